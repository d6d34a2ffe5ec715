"""The bounds themselves: each one a plain function of its parameters, written once.

Letters: L smoothness, d dimension, c smoothing, n draws per step, r probability that a draw moves, G bound on the
gradient's Euclidean norm, Delta the gap F(w_1) - F_inf, K steps, p a probability to fail, kappa BOLD's accumulator
bound, (mu, M, M_G) the constants of Assumption 3, alpha a fixed rate, T a gradient norm to reach. Lattice spacing is 1
here: spacing delta is L -> delta L, Delta -> Delta/delta (T6), applied by `bounds.entry`.

Sources: "paper" is arXiv 2512.04051, T0 to T6 the corrected theory of lattice updates (the library `lattice`).
Forms are chosen so that nothing cancels: where the sources subtract nearly equal numbers, the conjugate stands here.
"""

from __future__ import annotations

from typing import Any

from convbound.bounds.arithmetic import difference, maximum, minimum, sqrt, square

Number = Any  # float, array, decimal, symbol, ball, interval or notation: whatever the caller computes with


# --- the paper as printed: section 3, the specialisation of Proposition 4 ---------------------------------------------


def printed_mu_r1(L: Number, d: Number, c: Number, n: Number) -> Number:
    """The alignment constant of Proposition 7, read with √d·L (what Cauchy-Schwarz gives from ‖∇F‖₂ ≤ L)."""
    return n / (sqrt(d) * L + c * d)


def printed_mu_r2(L: Number, d: Number, c: Number, n: Number) -> Number:
    """The same, read with √(d·L): Proposition 12 as transcribed."""
    return n / (sqrt(d * L) + c * d)


def printed_mu_r3(L: Number, d: Number, c: Number, n: Number) -> Number:
    """The same, read with √(d·L + c·d): Proposition 7 as transcribed."""
    return n / sqrt(d * L + c * d)


def zim_floor_r1(L: Number, d: Number, c: Number) -> Number:
    """The printed limit, first reading."""
    return L * (sqrt(d) * L + c * d)


def zim_floor_r2(L: Number, d: Number, c: Number) -> Number:
    """The printed limit, second reading."""
    return L * (sqrt(d * L) + c * d)


def zim_floor_r3(L: Number, d: Number, c: Number) -> Number:
    """The printed limit, third reading."""
    return L * sqrt(d * L + c * d)


# --- Proposition 4, for any update that satisfies Assumption 3 --------------------------------------------------------


def printed_limit(L: Number, mu: Number, M: Number) -> Number:
    """Proposition 4's limit."""
    return L * M / mu


def printed_average(L: Number, mu: Number, M: Number, alpha: Number, Delta: Number, K: Number) -> Number:
    """Proposition 4's bound after K steps."""
    return 2 * Delta / (K * mu * alpha) + L * M / mu


def refined_limit(L: Number, mu: Number, M: Number, M_G: Number, alpha: Number) -> Number:
    """Proposition 4 without giving half of the decrease away: its limit."""
    return L * M / 2 / difference(mu, alpha * L * M_G / 2)


def refined_average(L: Number, mu: Number, M: Number, M_G: Number, alpha: Number, Delta: Number, K: Number) -> Number:
    """Proposition 4 without giving half of the decrease away, after K steps."""
    return (Delta / (K * alpha) + L * M / 2) / difference(mu, alpha * L * M_G / 2)


def step_limit(L: Number, mu: Number, M_G: Number) -> Number:
    """The largest rate Proposition 4 admits, for M_G > 0."""
    return mu / (L * M_G)


def zim_average_r1(L: Number, d: Number, c: Number, n: Number, r: Number, Delta: Number, K: Number) -> Number:
    """The printed bound after K steps, first reading."""
    return printed_average(L, printed_mu_r1(L, d, c, n), n, r, Delta, K)


def zim_average_r2(L: Number, d: Number, c: Number, n: Number, r: Number, Delta: Number, K: Number) -> Number:
    """The printed bound after K steps, second reading."""
    return printed_average(L, printed_mu_r2(L, d, c, n), n, r, Delta, K)


def zim_average_r3(L: Number, d: Number, c: Number, n: Number, r: Number, Delta: Number, K: Number) -> Number:
    """The printed bound after K steps, third reading."""
    return printed_average(L, printed_mu_r3(L, d, c, n), n, r, Delta, K)


# --- ZIM under a bounded gradient, ‖∇F(w_k)‖₂ ≤ G ---------------------------------------------------------------------


def bounded_mu(d: Number, c: Number, n: Number, G: Number) -> Number:
    """Proposition 12 corrected: the alignment constant in (2.2)."""
    return n / (sqrt(d) * G + c * d)


def sharp_mu(d: Number, c: Number, n: Number, G: Number) -> Number:
    """T5: the best alignment constant, the first form being the smaller iff G ≥ c√d."""
    return minimum(n / (sqrt(d) * G), n * (G + c) / (G * (G + c * d)))


def corrected_M(d: Number, n: Number, r: Number) -> Number:
    """Proposition 7 corrected: M in (2.3) with α = r."""
    return n + r * (n**2 - n) / d


def corrected_M_G(d: Number, c: Number, n: Number) -> Number:
    """Proposition 7 corrected: the best M_G in (2.3) with that M, for c > 0."""
    return (n**2 - n) * (1 - 1 / d) / (c * d) ** 2


def bounded_limit(L: Number, d: Number, c: Number, n: Number, r: Number, G: Number) -> Number:
    """The paper's specialisation, corrected: the refined Proposition 4 with the corrected constants, for c > 0."""
    return refined_limit(L, bounded_mu(d, c, n, G), corrected_M(d, n, r), corrected_M_G(d, c, n), r)


def bounded_average(
    L: Number, d: Number, c: Number, n: Number, r: Number, G: Number, Delta: Number, K: Number
) -> Number:
    """The same after K steps."""
    return refined_average(L, bounded_mu(d, c, n, G), corrected_M(d, n, r), corrected_M_G(d, c, n), r, Delta, K)


def sharp_limit(L: Number, d: Number, c: Number, G: Number) -> Number:
    """T5 in the refined Proposition 4, one draw (M_G = 0): L/(2μ)."""
    return L / 2 / sharp_mu(d, c, 1, G)


def sharp_average(L: Number, d: Number, c: Number, r: Number, G: Number, Delta: Number, K: Number) -> Number:
    """The same after K steps."""
    return (Delta / (K * r) + L / 2) / sharp_mu(d, c, 1, G)


def sharp_draws_limit(L: Number, d: Number, c: Number, n: Number, r: Number, G: Number) -> Number:
    """T5 in the refined Proposition 4, n draws."""
    return refined_limit(L, sharp_mu(d, c, n, G), corrected_M(d, n, r), corrected_M_G(d, c, n), r)


# --- ZIM without a bounded gradient -----------------------------------------------------------------------------------


def least_alignment(t: Number, d: Number, c: Number) -> Number:
    """T0: m(t), the smallest alignment φ that a gradient of Euclidean norm t > 0 can have."""
    return minimum(t / sqrt(d), t * (t + c) / (t + c * d))


def norm_from_alignment(alignment: Number, d: Number, c: Number) -> Number:
    """T0: what a bound on the mean of φ says of the mean gradient norm."""
    return sqrt(d) * alignment + c * (sqrt(d) - 1) / 4


def envelope_excess(d: Number, c: Number) -> Number:
    """T0: the envelope's constant G* in place of c(√d - 1)/4, its difference of roots written as a quotient."""
    return c * sqrt(d) * (sqrt(d) - 1) / (sqrt(sqrt(d) + 1) + sqrt(sqrt(d))) ** 2


def zim_alignment(L: Number, r: Number, Delta: Number, K: Number) -> Number:
    """T1(a): the mean of φ over K steps, one draw."""
    return L / 2 + Delta / (r * K)


def zim_norm_limit(L: Number, d: Number, c: Number) -> Number:
    """T1(b), K → ∞."""
    return norm_from_alignment(L / 2, d, c)


def zim_norm_average(L: Number, d: Number, c: Number, r: Number, Delta: Number, K: Number) -> Number:
    """T1(b): mean gradient norm over K steps, one draw."""
    return norm_from_alignment(zim_alignment(L, r, Delta, K), d, c)


def zim_envelope_limit(L: Number, d: Number, c: Number) -> Number:
    """T1(b) with the envelope's constant, K → ∞."""
    return sqrt(d) * (L / 2) + envelope_excess(d, c)


def zim_envelope_average(L: Number, d: Number, c: Number, r: Number, Delta: Number, K: Number) -> Number:
    """T1(b) with the envelope's constant, over K steps."""
    return sqrt(d) * zim_alignment(L, r, Delta, K) + envelope_excess(d, c)


def zim_weak_limit(L: Number, d: Number, c: Number) -> Number:
    """T1(b), the form that drops c·s from the alignment; smaller than the others where c is well above L."""
    return sqrt(d) * L / 4 * (1 + sqrt(1 + 8 * c / L))


def zim_best_iterate(L: Number, d: Number, c: Number) -> Number:
    """T1(c): the inverse of m at L/2; with probability 1 some iterate is below any larger norm.

    Below c = L/2 smoothing costs nothing: there the value is √d·L/2, what this gives at c = L/2.
    """
    b = maximum(c, L / 2)
    return L * b * d / (b - L / 2 + sqrt(square(b - L / 2) + 2 * L * b * d))


def zim_best_iterate_within(L: Number, d: Number, c: Number, r: Number, Delta: Number, K: Number, p: Number) -> Number:
    """T1(c): a norm that one of K iterates comes below, or arbitrarily near to, with probability at least 1 - p."""
    return zim_best_iterate(L + 2 * Delta / (r * K * p), d, c)


def moves_envelope_limit(L: Number, d: Number, c: Number, n: Number, r: Number) -> Number:
    """T3(ii) with T0's envelope constant G*, K → ∞."""
    return sqrt(d) * moves_alignment_limit(L, d, c, n, r) + envelope_excess(d, c)


def moves_envelope_average(L: Number, d: Number, c: Number, n: Number, r: Number, Delta: Number, K: Number) -> Number:
    """T3(ii) with T0's envelope constant G*, over K steps."""
    return sqrt(d) * moves_alignment_average(L, d, c, n, r, Delta, K) + envelope_excess(d, c)


def zim_whole_envelope_limit(L: Number, d: Number, c: Number) -> Number:
    """T1(b) by the whole envelope, K → ∞: the mean norm is at most the T with ψ(T) = L/2, for smoothing c ≥ c_e L."""
    return L * c * d / (c - L / 2 + sqrt(square(c - L / 2) + 2 * L * c * d))


def zim_whole_envelope_average(L: Number, d: Number, c: Number, r: Number, Delta: Number, K: Number) -> Number:
    """T1(b) by the whole envelope, over K steps."""
    T = zim_whole_envelope_limit(L, d, c)
    return T + Delta / (r * K) * square(T + c * d) / (square(T) + 2 * c * d * T + square(c) * d)


def zim_wait(L: Number, r: Number, Delta: Number, h: Number) -> Number:
    """T1(c): expected number of steps before φ < h, for h > L/2."""
    return Delta / (r * difference(h, L / 2))


def zim_wait_for_norm(L: Number, d: Number, c: Number, r: Number, Delta: Number, T: Number) -> Number:
    """T1(c): expected number of steps before ‖g‖₂ < T, since φ < m(T) implies it."""
    return zim_wait(L, r, Delta, least_alignment(T, d, c))


def zim_miss(L: Number, d: Number, c: Number, r: Number, Delta: Number, K: Number, T: Number) -> Number:
    """T1(c): the probability that none of K iterates has a gradient norm below T, by Markov's inequality."""
    return zim_wait_for_norm(L, d, c, r, Delta, T) / K


def moves_alignment_limit(L: Number, d: Number, c: Number, n: Number, r: Number) -> Number:
    """T3(ii), K → ∞: the mean of φ with n draws per step, for L·r(n - 1) < 2cd."""
    N = r * (n - 1)
    return L / 2 * (1 + N / d) / difference(1, L * N / (2 * c * d))


def moves_alignment_average(L: Number, d: Number, c: Number, n: Number, r: Number, Delta: Number, K: Number) -> Number:
    """T3(ii) after K steps."""
    N = r * (n - 1)
    return (L / 2 * (1 + N / d) + Delta / (n * r * K)) / difference(1, L * N / (2 * c * d))


def moves_norm_limit(L: Number, d: Number, c: Number, n: Number, r: Number) -> Number:
    """T3(ii) through T0, K → ∞."""
    return norm_from_alignment(moves_alignment_limit(L, d, c, n, r), d, c)


def moves_norm_average(L: Number, d: Number, c: Number, n: Number, r: Number, Delta: Number, K: Number) -> Number:
    """T3(ii) through T0, after K steps."""
    return norm_from_alignment(moves_alignment_average(L, d, c, n, r, Delta, K), d, c)


def spread_norm_limit(L: Number, d: Number, c: Number, n: Number, r: Number, sigma: Number = 1) -> Number:
    """T3(i), K → ∞: mean gradient norm where Σq² ≤ sigma along the path (sigma = 1 always works)."""
    return norm_from_alignment(L / 2 * (1 + r * (n - 1) * sigma), d, c)


def spread_norm_average(
    L: Number, d: Number, c: Number, n: Number, r: Number, Delta: Number, K: Number, sigma: Number = 1
) -> Number:
    """T3(i) after K steps."""
    return norm_from_alignment(L / 2 * (1 + r * (n - 1) * sigma) + Delta / (n * r * K), d, c)


# --- the lattice, and other schemes -----------------------------------------------------------------------------------


def lattice_minimum(L: Number, d: Number) -> Number:
    """T2: some L-smooth objective has at least this squared gradient norm at every lattice point."""
    return d * L**2 / 4


def lattice_minimum_norm(L: Number, d: Number) -> Number:
    """T2, as a norm."""
    return sqrt(d) * L / 2


def greedy_best_iterate(L: Number, d: Number, Delta: Number, K: Number) -> Number:
    """T2: smallest gradient norm within K moves of greedy descent on the lattice."""
    return sqrt(d) * (L / 2 + Delta / K)


def rounding_limit(L: Number, d: Number) -> Number:
    """Stochastic rounding of gradient steps of any length from lattice points, alpha·L ≤ 1: mean square, K → ∞."""
    return lattice_minimum(L, d)


def rounding_average(L: Number, d: Number, alpha: Number, Delta: Number, K: Number) -> Number:
    """Stochastic rounding at rate alpha ≤ 1/L, mean square over K steps."""
    return lattice_minimum(L, d) + 2 * Delta / (alpha * K)


def rounding_norm_average(L: Number, d: Number, alpha: Number, Delta: Number, K: Number) -> Number:
    """The same, as the root of the mean square, which bounds the mean gradient norm."""
    return sqrt(rounding_average(L, d, alpha, Delta, K))


def sgd_limit(L: Number, mu: Number, M: Number, alpha: Number) -> Number:
    """Bottou, Curtis and Nocedal, Theorem 4.8: the floor of stochastic gradient at a fixed rate."""
    return alpha * L * M / mu


def sgd_average(L: Number, mu: Number, M: Number, alpha: Number, Delta: Number, K: Number) -> Number:
    """The same theorem after K steps."""
    return alpha * L * M / mu + 2 * Delta / (K * mu * alpha)


def bold_limit(L: Number, d: Number, kappa: Number) -> Number:
    """BOLD / Boolean training, as recalled: 2·L·d·κ."""
    return 2 * L * d * kappa
