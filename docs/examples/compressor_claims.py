"""Descent through an unbiased compressor of a stochastic gradient: two draws in a step, one after the other."""

from convbound.textbook import *

paper = Paper("compressor", "Alistarh et al. 2017, with noise")
L, alpha, sigma, omega = positive("L alpha sigma omega")
F_1, F_inf = constants("F_1 F_inf")
F, g = known("F"), known_vector("g", "∇F(x_k)")
h, c = drawn_vector("h", "the stochastic gradient", stage=1), drawn_vector("c", "C(h)", stage=2)
given_h = E_k.after(1)

noise = ["unbiased" | (E_k(h) == g), "variance" | (E_k(norm2(h - g)) <= sigma**2)]
compressor = [given_h(c) == h, "ω-compressor" | (given_h(norm2(c - h)) <= omega * norm2(h))]
step = [*smooth(F, L, step=-alpha * c), *noise, *compressor, "short step" | (alpha * L * (1 + omega) <= 1)]
noisy = F - alpha / 2 * norm2(g) + L * alpha**2 / 2 * (1 + omega) * sigma**2
one_step = paper.lemma("one-step", step, E_k(next(F)) <= noisy)
bound = 2 * (F_1 - F_inf) / (alpha * K) + alpha * L * (1 + omega) * sigma**2
paper.theorem("average", [*step, *run(F, F_1, F_inf)], mean(E(norm2(g))) <= bound, uses=[one_step])
