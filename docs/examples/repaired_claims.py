"""A line with a slip, and the line as it is true: what was wrong is kept beside what is right."""

from convbound.textbook import *

paper = Paper("repaired", "a first draft")
L, alpha, G = positive("L alpha G")
F, g, h = known("F"), known_vector("g", "∇F(x_k)"), drawn_vector("h", "the stochastic gradient")
step = [*smooth(F, L, step=-alpha * h), "unbiased" | (E_k(h) == g), "bounded" | (E_k(norm2(h)) <= G**2)]

paper.line("one-step", step, E_k(next(F)) <= F - alpha * norm2(g) + L * alpha**2 / 4 * G**2, expected="refuted")
right = E_k(next(F)) <= F - alpha * norm2(g) + L * alpha**2 / 2 * G**2
paper.line("one-step~corrected", step, right, corrects="one-step")
