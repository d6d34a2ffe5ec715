"""Four lines that are often written, each wrong in one place: convbound finds numbers in which they fail."""

from convbound.textbook import *

paper = Paper("false-lines", "a first draft")
L, alpha, sigma = positive("L alpha sigma")
F, g, h = known("F"), known_vector("g", "∇F(x_k)"), drawn_vector("h", "the stochastic gradient")
step = [*smooth(F, L, step=-alpha * h), E_k(h) == g, E_k(norm2(h - g)) <= sigma**2, "short step" | (alpha * L <= 1)]
decrease = F - alpha / 2 * norm2(g)

paper.line("missing-half", step, E_k(next(F)) <= decrease + L * alpha**2 / 4 * sigma**2, expected="refuted")
paper.line("missing-square", step, E_k(next(F)) <= decrease + L * alpha**2 / 2 * sigma, expected="refuted")
paper.line("wrong-sign", step, E_k(next(F)) <= decrease - L * alpha**2 / 2 * sigma**2, expected="refuted")
paper.line("no-noise", step, E_k(norm2(h)) <= norm2(g), expected="refuted")
