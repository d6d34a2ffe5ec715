"""The rates as bounds state them: solved for what they bound, in the letters of `bounds.subjects.first_order`.

The start is w_0 here and w_1 there. Where only the gap to a lower bound of F is known, nothing is supposed to be
convex.
"""

from __future__ import annotations

from convbound.bounds.subjects import first_order as formulas
from convbound.proofs.claims import Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.first_order import accelerated
from convbound.proofs.first_order.fixed_points import halpern
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
k = v.time("step", "k", 0, K)
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
g = v.real("g", "gradient at x_k", over=["step", "i"], sequence="step", latex="(g_k)_i")
forward = v.real("p", "subgradient at x_{k+1}", over=["step", "i"], latex="(g_{k+1})_i")
theta = v.real("theta", "θ_k", over=["step"], sequence="step", latex=r"\theta_k")
z = v.real("z", "z_k", over=["step", "i"], sequence="step", latex="(z_k)_i")
end_value = v.real("f_end", "f(x_K - g_K/L)", latex="f(x_K - g_K/L)")
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

mixed = Hypothesis(
    eq(L * (k + 2) * X, L * first_value(x) + (k + 1) * (L * x - 2 * g)),
    "x_{k+1} = x_0/(k + 2) + (k + 1)/(k + 2)·(x_k - 2g_k/L)",
)
change = next_value(g) - g
cocoercive = Hypothesis(ge(L * S(change * (X - x)), S(change**2)), "∇f is cocoercive from x_k to x_{k+1}")
to_the_end = Hypothesis(ge(L * S(last_value(g) * (last_value(x) - s)), S(last_value(g) ** 2)), "and from x_K to x*")
still = Hypothesis(ge(S(last_value(g) ** 2), A**2), "|g_K| ≥ A")


def _halpern(p: Derivation) -> Fact:
    """T x = x - 2∇f(x)/L is nonexpansive, and its residual is 2g/L."""
    residual, end = 2 * g / L, 2 * last_value(g) / L
    inverse = p.have(gt(1 / L, 0), by=gt(L, 0))
    square = p.product(inverse, inverse)
    step = p.have(eq((k + 2) * X, first_value(x) + (k + 1) * (x - residual)), by=mixed.relation)
    closer = p.have(
        ge(S((X - x) ** 2), S((X - x - 2 * change / L) ** 2)), by=p.product(square, p.have(cocoercive.relation))
    )
    last = p.have(
        ge(S((last_value(x) - s) ** 2), S((last_value(x) - end - s) ** 2)),
        by=p.product(square, p.have(to_the_end.relation)),
    )
    rate = p.use(halpern, {"N": K, "R": residual}, by=[step, closer, last])
    scale = p.product(p.have(gt(L, 0)), p.have(gt(L, 0)))
    more = p.have(ge(K + 1, 0))
    start, norm = p.product(scale, p.have(near.relation)), p.product(p.product(more, more), p.have(still.relation))
    squares = p.have(ge(L**2 * R**2 - (K + 1) ** 2 * A**2, 0), by=[p.product(scale, rate), start, norm])
    top, low = p.product(p.have(gt(L, 0)), p.have(ge(R, 0))), p.product(p.have(ge(K + 1, 0)), p.have(ge(A, 0)))
    return p.conclude(by=p.have(le((K + 1) * A, L * R), by=[squares, top, low], split=[L * R - (K + 1) * A]))


halpern_norm = library.claim(
    "bound/halpern-norm",
    "Lieder 2021, theorem 2.1",
    "after K Halpern steps with x - 2∇f(x)/L, f convex and L-smooth, |g_K| ≥ A only if A ≤ LR/(K + 1)",
    v,
    suppose=[gt(K, 0), gt(L, 0), ge(R, 0), ge(A, 0), mixed, cocoercive, to_the_end, still, near],
    then=le(A, formulas.halpern_norm(L, R, K)),
    proof=_halpern,
)

T = next_value(theta)
positive_roots = [Hypothesis(gt(theta, 0), "θ_k > 0"), Hypothesis(gt(T, 0), "θ_{k+1} > 0")]
ends = [
    Hypothesis(ge(2 * L * (last_value(F) - end_value), S(last_value(g) ** 2)), "the descent lemma at x_K - g_K/L"),
    Hypothesis(ge(end_value, fs), "x* is a minimiser"),
]
optimized_steps: list[Supposed] = [gt(K, 0), gt(L, 0), *positive_roots, accelerated.weights, accelerated.mixed]
optimized_steps += [accelerated.moved, *accelerated.begin]
optimized_inequalities = [accelerated.along, accelerated.ahead, accelerated.first]


def _optimized(p: Derivation) -> Fact:
    """2θ_k ≥ k + 2, since θ_{k+1} ≥ θ_k + 1/2."""
    signs = [h.relation for h in positive_roots]
    grows = p.have(ge(T, 1), by=[accelerated.weights.relation, *signs], split=[T - 1])
    faster = p.have(
        ge(2 * T, 2 * theta + 1), by=[accelerated.weights.relation, grows, *signs], split=[2 * T - 2 * theta - 1]
    )
    large = p.induction("step", ge(2 * theta, k + 2), accelerated.begin[0].relation, faster)[0]
    rate = p.use(accelerated.optimized_gradient, {"N": K})
    positive, least_value = p.have(gt(L, 0)), p.have(ge(end_value - fs, 0), by=ends[1].relation)
    last, away = last_value(theta), last_value(z) - s
    weight = p.have(ge(last**2, 0), squares=[last])
    scale = p.product(positive, positive)
    facts = [
        *[rate, p.product(weight, p.have(ends[0].relation)), p.product(scale, p.have(near.relation))],
        p.product(scale, p.apply(S, p.have(ge(away**2, 0), squares=[away]))),
    ]
    value = p.have(le(4 * L * last**2 * (end_value - fs), L**2 * R**2), by=facts)
    room = p.product(p.have(ge(2 * last - K - 2, 0), by=large), p.have(ge(2 * last + K + 2, 0), by=[large, gt(K, 0)]))
    rest = p.product(p.product(positive, least_value), room)
    scaled = p.have(ge(L**2 * R**2 - L * (K + 2) ** 2 * (end_value - fs), 0), by=[value, rest])
    inverse, shorter = p.have(gt(1 / L, 0), by=gt(L, 0)), p.have(gt(1 / (K + 2), 0), by=gt(K, 0))
    return p.conclude(by=p.product(p.product(shorter, shorter), p.product(inverse, scaled)))


optimized_value = library.claim(
    "bound/optimized-value",
    "Kim and Fessler 2016; d'Aspremont, Scieur, Taylor 2021",
    "K steps of the optimized gradient method, and a gradient step, end at most LR²/(K + 2)² above the minimum",
    v,
    suppose=[*optimized_steps, *optimized_inequalities, *ends, near],
    then=le(end_value - fs, formulas.optimized_value(L, R, K)),
    proof=_optimized,
)
