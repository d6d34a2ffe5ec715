"""Rates for all parameters and any number of steps, by potentials and by contraction."""

from __future__ import annotations

from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.first_order.vocabulary import (
    F,
    L,
    N,
    S,
    Sr,
    best,
    eta,
    forward,
    fs,
    fx,
    fy,
    g,
    gradient,
    h,
    k,
    library,
    mu,
    points,
    run,
    s,
    smoothness,
    steepness,
    step_size,
    w,
    x,
    y,
)
from convbound.proofs.language.vocabulary import Expr, eq, first_value, ge, gt, last_value, le, next_value

# ------------------------------------------------------------------------------------------------- contraction


def _taylor(a: Expr, b: Expr, p: Expr, q: Expr, u: Expr, v: Expr) -> Hypothesis:
    right = (L - mu) * S((u - v) ** 2) + mu * S((L * (p - q) - (u - v)) ** 2)
    return Hypothesis(ge(2 * L * (L - mu) * (a - b - S(v * (p - q))), right), "smooth strong convexity")


there, back = _taylor(fx, fy, x, y, g, h), _taylor(fy, fx, y, x, h, g)
short = Hypothesis(le(eta * (L + mu), 2), "η ≤ 2/(L + μ)")
SIGNS = [gt(mu, 0), gt(L, mu), ge(eta, 0)]


def _contraction(p: Derivation) -> Fact:
    """(1 - ημ)²|u|² - |u - ηv|² is a multiple of the two inequalities and of |v - μu|²."""
    u, v = x - y, g - h
    pair = p.have(
        ge(L * (L - mu) * S(u * v), (L - mu) * S(v**2) + mu * S((L * u - v) ** 2)), by=[there.relation, back.relation]
    )
    scale = p.product(p.have(gt(L, 0), by=SIGNS[:2]), p.have(gt(L - mu, 0), by=SIGNS[1]))
    cocoercive = p.have(ge((L + mu) * S(u * v) - S(v**2) - L * mu * S(u**2), 0), by=[pair, scale, *SIGNS])
    square = p.apply(S, p.have(ge((v - mu * u) ** 2, 0), squares=[v - mu * u]))
    room = p.product(p.have(ge(eta, 0)), p.have(ge(2 - eta * (L + mu), 0), by=short.relation))
    first = p.product(
        p.product(p.have(ge(2 * eta, 0)), p.have(ge(1 - eta * mu, 0), by=[short.relation, *SIGNS])), cocoercive
    )
    second = p.product(room, square)
    return p.have(ge((L - mu) * ((1 - eta * mu) ** 2 * S(u**2) - S((u - eta * v) ** 2)), 0), by=[first, second])


contraction = library.claim(
    "rate/contraction",
    "Nesterov 2004, theorem 2.1.15",
    "a gradient step of η ≤ 2/(L + μ) brings any two points closer by 1 - ημ",
    points,
    suppose=[*SIGNS, short, there, back],
    then=le((L - mu) * S((x - y - eta * (g - h)) ** 2), (L - mu) * (1 - eta * mu) ** 2 * S((x - y) ** 2)),
    proof=lambda p: p.conclude(by=_contraction(p)),
)

# ------------------------------------------------------------------------------------------------- potentials

minimal = Hypothesis(ge(fs, F + Sr(gradient * (s - w))), "convexity: f(x*) ≥ f(x_k) + <g_k, x* - x_k>")
descent = Hypothesis(
    le(next_value(F), F + Sr(gradient * (next_value(w) - w)) + smoothness / 2 * Sr((next_value(w) - w) ** 2)),
    "the descent lemma at x_{k+1}",
)
gradient_step = Hypothesis(eq(smoothness * (next_value(w) - w), -gradient), "x_{k+1} = x_k - g_k/L")
start = Sr((first_value(w) - s) ** 2)


def _count(p: Derivation) -> Fact:
    return p.induction("step", ge(k, 0), (), ())[1]


def _gradient_descent(p: Derivation) -> Fact:
    """V_k = 2kL(f(x_k) - f*) + L²|x_k - x*|² does not increase."""
    gap, distance = F - fs, Sr((w - s) ** 2)
    a = gradient * (next_value(w) - w)
    moved = p.apply(Sr, p.have(eq(smoothness * a, -(gradient**2)), by=gradient_step.relation))
    size = p.apply(Sr, p.have(eq(smoothness**2 * (next_value(w) - w) ** 2, gradient**2), by=gradient_step.relation))
    nearer = p.apply(
        Sr,
        p.have(
            eq(
                smoothness**2 * ((next_value(w) - s) ** 2 - (w - s) ** 2),
                2 * smoothness * gradient * (s - w) + gradient**2,
            ),
            by=gradient_step.relation,
        ),
    )
    positive = p.have(gt(smoothness, 0))
    falls = p.have(
        ge(2 * smoothness * (F - next_value(F)) - Sr(gradient**2), 0),
        by=[p.product(positive, p.have(descent.relation)), moved, size],
    )
    number = _count(p)
    squares = p.apply(Sr, p.have(ge(gradient**2, 0), squares=[gradient]))
    step = [
        p.product(number, falls),
        falls,
        p.product(positive, p.have(minimal.relation)),
        nearer,
        p.product(number, squares),
    ]
    potential = le(2 * k * smoothness * gap + smoothness**2 * distance, smoothness**2 * start)
    return p.induction("step", potential, (), step)[0]


gradient_descent = library.claim(
    "rate/gradient-descent",
    "Nesterov 2004, section 2.1.5",
    "N gradient steps of 1/L on an L-smooth convex function end at most L|x_0 - x*|²/(2N) above the minimum",
    run,
    suppose=[gt(smoothness, 0), minimal, descent, gradient_step],
    then=le(
        2 * N * smoothness * (last_value(F) - fs) + smoothness**2 * Sr((last_value(w) - s) ** 2), smoothness**2 * start
    ),
    proof=_gradient_descent,
)

implicit = Hypothesis(eq(next_value(w), w - step_size * forward), "x_{k+1} = x_k - η p, p a subgradient at x_{k+1}")
to_minimum = Hypothesis(ge(fs, next_value(F) + Sr(forward * (s - next_value(w)))), "convexity from x_{k+1} to x*")
to_last = Hypothesis(ge(F, next_value(F) + Sr(forward * (w - next_value(w)))), "convexity from x_{k+1} to x_k")


def _proximal_point(p: Derivation) -> Fact:
    """V_k = 2kη(f(x_k) - f*) + |x_k - x*|² does not increase."""
    back = p.apply(Sr, p.have(eq(forward * (w - next_value(w)), step_size * forward**2), by=implicit.relation))
    nearer = p.apply(
        Sr,
        p.have(
            eq(
                (next_value(w) - s) ** 2 - (w - s) ** 2,
                2 * step_size * forward * (s - next_value(w)) - step_size**2 * forward**2,
            ),
            by=implicit.relation,
        ),
    )
    positive, number = p.have(ge(step_size, 0)), _count(p)
    squares = p.apply(Sr, p.have(ge(forward**2, 0), squares=[forward]))
    curved = p.product(p.product(positive, positive), squares)
    falls = p.have(
        ge(step_size * (F - next_value(F)) - step_size**2 * Sr(forward**2), 0),
        by=[p.product(positive, p.have(to_last.relation)), back],
    )
    step = [
        p.product(number, falls),
        p.product(number, curved),
        curved,
        p.product(positive, p.have(to_minimum.relation)),
        nearer,
    ]
    potential = le(2 * k * step_size * (F - fs) + Sr((w - s) ** 2), start)
    return p.induction("step", potential, (), step)[0]


proximal_point = library.claim(
    "rate/proximal-point",
    "Güler 1991, theorem 2.1",
    "N proximal steps of η on a convex function end at most |x_0 - x*|²/(2ηN) above the minimum",
    run,
    suppose=[ge(step_size, 0), implicit, to_minimum, to_last],
    then=le(2 * N * step_size * (last_value(F) - fs) + Sr((last_value(w) - s) ** 2), start),
    proof=_proximal_point,
)

subgradient_step = Hypothesis(eq(next_value(w), w - step_size * gradient), "x_{k+1} = x_k - η g_k")
bounded = Hypothesis(le(Sr(gradient**2), steepness**2), "|g_k| ≤ M")
least = Hypothesis(le(best, F), "f_min is at most each value")


def _subgradient(p: Derivation) -> Fact:
    """V_k = |x_k - x*|² + 2kη(f_min - f*) - kη²M² does not increase."""
    nearer = p.apply(
        Sr,
        p.have(
            eq(
                (next_value(w) - s) ** 2 - (w - s) ** 2, 2 * step_size * gradient * (s - w) + step_size**2 * gradient**2
            ),
            by=subgradient_step.relation,
        ),
    )
    positive = p.have(ge(step_size, 0))
    below = p.have(ge(fs - best - Sr(gradient * (s - w)), 0), by=[minimal.relation, least.relation])
    curved = p.product(p.product(positive, positive), p.have(bounded.relation))
    potential = le(Sr((w - s) ** 2) + 2 * k * step_size * (best - fs) - k * step_size**2 * steepness**2, start)
    return p.induction("step", potential, (), [nearer, p.product(positive, below), curved])[0]


subgradient = library.claim(
    "rate/subgradient",
    "Nesterov 2004, theorem 3.2.2",
    "the best of N subgradient steps of η is at most |x_0 - x*|²/(2ηN) + ηM²/2 above the minimum",
    run,
    suppose=[ge(step_size, 0), subgradient_step, minimal, bounded, least],
    then=le(Sr((last_value(w) - s) ** 2) + 2 * N * step_size * (best - fs), start + N * step_size**2 * steepness**2),
    proof=lambda p: p.conclude(by=_subgradient(p)),
)
