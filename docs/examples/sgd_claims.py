"""Stochastic gradient descent, from its assumptions to its theorem."""

from convbound.textbook import *

paper = Paper("sgd", "Ghadimi & Lan 2013")
L, alpha, sigma, F_1, F_inf = constants("L alpha sigma F_1 F_inf")
F, g = known("F"), known_vector("g", "∇F(x_k)")
h = drawn_vector("h", "the stochastic gradient")

step = [L > 0, alpha > 0, "L-smooth" | (next(F) <= F - alpha * (g @ h) + L * alpha**2 / 2 * norm2(h))]
step += ["unbiased" | (E_k(h) == g), "variance" | (E_k(norm2(h - g)) <= sigma**2), "short step" | (alpha * L <= 1)]
one_step = paper.lemma("one-step", step, E_k(next(F)) <= F - alpha / 2 * norm2(g) + L * alpha**2 / 2 * sigma**2)
run = [K >= 1, first(F) == F_1, last(F) >= F_inf]
bound = 2 * (F_1 - F_inf) / (alpha * K) + alpha * L * sigma**2
paper.theorem("average", [*step, *run], mean(E(norm2(g))) <= bound, uses=[one_step])
