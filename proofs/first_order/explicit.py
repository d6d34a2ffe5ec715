"""The rates as bounds state them: solved for what they bound, in the letters of `bounds.subjects.first_order`.

The start is w_0 here and w_1 there. Where only the gap to a lower bound of F is known, nothing is supposed to be
convex.
"""

from __future__ import annotations

from convbound.bounds.subjects import first_order as formulas
from convbound.proofs.claims import Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.first_order.rates import gradient_descent, proximal_point
from convbound.proofs.first_order.rates import subgradient as subgradient_method
from convbound.proofs.first_order.vocabulary import library
from convbound.proofs.language.vocabulary import (
    Vocabulary,
    eq,
    first_value,
    ge,
    gt,
    last_value,
    le,
    next_value,
)

v = Vocabulary()
v.index("i", v.real("d", "dimension", integer=True))
K = v.real("K", "number of steps", integer=True)
v.time("step", "k", 0, K)
L = v.real("L", "smoothness")
R = v.real("R", "bound on |x_0 - x*|")
Delta = v.real("Delta", "f(x_0) - f_inf", latex=r"\Delta")
alpha = v.real("alpha", "step size", latex=r"\alpha")
G = v.real("G", "bound on subgradients")
A = v.real("A", "a norm that no gradient is below")
inf = v.real("f_inf", "lower bound of f", latex=r"f_{\inf}")
fs = v.real("f_star", "f(x*)", latex=r"f_\star")
best = v.real("f_best", "the least of the values", latex=r"f_{\min}")
F = v.real("F", "f(x_k)", over=["step"], sequence="step", latex="f(x_k)")
x = v.real("x", "x_k", over=["step", "i"], sequence="step", latex="(x_k)_i")
s = v.real("x_star", "a minimiser", over=["i"], latex=r"(x_\star)_i")
g = v.real("g", "gradient at x_k", over=["step", "i"], latex="(g_k)_i")
forward = v.real("p", "subgradient at x_{k+1}", over=["step", "i"], latex="(g_{k+1})_i")
S = v.functional("S", "sum", over="i")
avg = v.functional("avg_k", "average", over="step")
X = next_value(x)

moved = Hypothesis(eq(L * (X - x), -g), "x_{k+1} = x_k - g_k/L")
descent = Hypothesis(le(next_value(F), F + S(g * (X - x)) + L / 2 * S((X - x) ** 2)), "the descent lemma at x_{k+1}")
convex = Hypothesis(ge(fs, F + S(g * (s - x))), "convexity: f(x*) ≥ f(x_k) + <g_k, x* - x_k>")
near = Hypothesis(le(S((first_value(x) - s) ** 2), R**2), "|x_0 - x*| ≤ R")
gap = [
    Hypothesis(eq(Delta, first_value(F) - inf), "Δ = f(x_0) - f_inf"),
    Hypothesis(ge(last_value(F), inf), "f ≥ f_inf at the last iterate"),
]
above = Hypothesis(ge(first_value(F), inf), "f ≥ f_inf at the start")
smooth_run: list[Supposed] = [gt(K, 0), gt(L, 0), moved, descent]
implicit = Hypothesis(eq(X, x - alpha * forward), "x_{k+1} = x_k - α p, p a subgradient at x_{k+1}")
to_minimum = Hypothesis(ge(fs, next_value(F) + S(forward * (s - X))), "convexity from x_{k+1} to x*")
to_last = Hypothesis(ge(F, next_value(F) + S(forward * (x - X))), "convexity from x_{k+1} to x_k")
along = Hypothesis(eq(X, x - alpha * g), "x_{k+1} = x_k - α g_k")
bounded = Hypothesis(le(S(g**2), G**2), "|g_k| ≤ G")
least = Hypothesis(le(best, F), "f_min is at most each value")
at_least = Hypothesis(ge(S(g**2), A**2), "|g_k| ≥ A at every step")


def _mean_square(p: Derivation) -> Fact:
    """2L(f(x_k) - f(x_{k+1})) ≥ |g_k|², averaged over the steps."""
    positive = p.have(gt(L, 0))
    inner = p.apply(S, p.have(eq(L * g * (X - x), -(g**2)), by=moved.relation))
    size = p.apply(S, p.have(eq(L**2 * (X - x) ** 2, g**2), by=moved.relation))
    falls = p.product(positive, p.have(descent.relation))
    step = p.have(ge(2 * L * (F - next_value(F)), S(g**2)), by=[falls, inner, size])
    fall = p.have(le(first_value(F) - last_value(F), Delta), by=[h.relation for h in gap])
    return p.have(
        le(K * avg(S(g**2)), 2 * L * Delta), by=[p.apply(avg, step), p.product(positive, fall), p.telescope(avg, F)]
    )


gradient_square = library.claim(
    "bound/gradient-square",
    "Nesterov 2004, (1.2.15)",
    "the mean of |g_k|² over K gradient steps of 1/L is at most 2L(f(x_0) - f_inf)/K, convex or not",
    v,
    suppose=[*smooth_run, *gap],
    then=le(avg(S(g**2)), formulas.gradient_square(L, Delta, K)),
    proof=lambda p: p.conclude(by=_mean_square(p)),
)


def _norm(p: Derivation) -> Fact:
    """A² is at most the mean of the squares."""
    root = formulas.gradient_norm(L, Delta, K)
    square = p.have(
        le(A**2, formulas.gradient_square(L, Delta, K)), by=[p.use(gradient_square), p.apply(avg, at_least.relation)]
    )
    return p.conclude(by=[square, p.part_of_root(root), p.part_of_root(root, 1)])


def _nonnegative(p: Derivation) -> None:
    """What stands under the root."""
    fall = p.have(ge(Delta, 0), by=[gap[0].relation, above.relation])
    p.have(
        ge(formulas.gradient_square(L, Delta, K), 0),
        by=p.product(p.product(p.have(gt(L, 0)), fall), p.have(gt(1 / K, 0))),
    )


gradient_norm = library.claim(
    "bound/gradient-norm",
    "Nesterov 2004, (1.2.15)",
    "if each of K iterates of gradient descent with steps of 1/L has |g_k| ≥ A, then A ≤ √(2L(f(x_0) - f_inf)/K)",
    v,
    suppose=[*smooth_run, *gap, above, ge(A, 0), at_least],
    then=le(A, formulas.gradient_norm(L, Delta, K)),
    prepare=_nonnegative,
    proof=_norm,
)


def _away(p: Derivation) -> Fact:
    """|x_K - x*|² ≥ 0."""
    away = last_value(x) - s
    return p.apply(S, p.have(ge(away**2, 0), squares=[away]))


def _gradient_value(p: Derivation) -> Fact:
    """The potential without its square."""
    scale = p.product(p.have(gt(L, 0)), p.have(gt(L, 0)))
    start = p.product(scale, p.have(near.relation))
    facts = [p.use(gradient_descent, {"N": K}), p.product(scale, _away(p)), start]
    return p.conclude(by=p.have(le(2 * K * L * (last_value(F) - fs), L**2 * R**2), by=facts))


gradient_value = library.claim(
    "bound/gradient-value",
    "Nesterov 2004, section 2.1.5",
    "K gradient steps of 1/L on an L-smooth convex function end at most LR²/(2K) above the minimum",
    v,
    suppose=[*smooth_run, convex, near],
    then=le(last_value(F) - fs, formulas.gradient_value(L, R, K)),
    proof=_gradient_value,
)


proximal_value = library.claim(
    "bound/proximal-value",
    "Güler 1991, theorem 2.1",
    "K proximal steps of α on a convex function end at most R²/(2αK) above the minimum",
    v,
    suppose=[gt(K, 0), gt(alpha, 0), implicit, to_minimum, to_last, near],
    then=le(last_value(F) - fs, formulas.proximal_value(R, alpha, K)),
    proof=lambda p: p.conclude(by=[p.use(proximal_point, {"N": K, "eta": alpha}), _away(p), near.relation]),
)


def _best_value(p: Derivation) -> Fact:
    """The potential without its square, after K steps."""
    return p.conclude(by=[p.use(subgradient_method, {"N": K, "eta": alpha, "M": G}), _away(p), near.relation])


subgradient_value = library.claim(
    "bound/subgradient-value",
    "Nesterov 2004, theorem 3.2.2",
    "the best of K subgradient steps of α is at most R²/(2αK) + αG²/2 above the minimum",
    v,
    suppose=[gt(K, 0), gt(alpha, 0), along, convex, bounded, least, near],
    then=le(best - fs, formulas.subgradient_value(R, alpha, G, K)),
    proof=_best_value,
)
