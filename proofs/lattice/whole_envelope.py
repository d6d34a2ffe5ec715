"""Where smoothing is large: the mean norm is bounded by the value that T1(c) gives the best iterate."""

from __future__ import annotations

from fractions import Fraction

import sympy

from convbound.bounds.subjects import lattice as formulas
from convbound.proofs.claims import Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Expr, eq, ge, gt, le, limsup
from convbound.proofs.lattice import one_step as o
from convbound.proofs.lattice.mean_norm import mean_norm, roots, single, single_claim, t1a_finite
from convbound.proofs.lattice.run_step import (
    Delta,
    E,
    K,
    L,
    avg,
    bounces,
    c,
    d,
    in_the_limit,
    norms_claims,
    phi_is,
    r,
    s,
    t,
)
from convbound.proofs.lattice.run_step import phi as phi_k
from convbound.proofs.lattice.vocabulary import run

x = sympy.sqrt(d)


def slope_at(T: Expr, c: Expr, d: Expr) -> Expr:
    """ψ′(T) for ψ(t) = t(t + c)/(t + cd)."""
    return (T**2 + 2 * c * d * T + c**2 * d) / (T + c * d) ** 2


def value_at(T: Expr, c: Expr, d: Expr) -> Expr:
    """ψ(T)."""
    return T * (T + c) / (T + c * d)


# ------------------------------------------------------------------------------------------------ at one gradient

flat = Hypothesis(
    le(o.x * (o.T**2 + 2 * o.c * o.d * o.T + o.c**2 * o.d), (o.T + o.c * o.d) ** 2),
    "ψ′(T) ≤ 1/√d, where ψ(t) = t(t + c)/(t + cd)",
)


def _tangent(p: Derivation) -> Fact:
    t, c, d, T, x = o.t, o.c, o.d, o.T, o.x
    value, slope = value_at(T, c, d), slope_at(T, c, d)
    sizes, (_, _, root) = o.by_size(p), o.facts(p)
    square = p.have(ge((t - T) ** 2, 0), squares=[t - T])
    wide = p.have(ge(c**2 * d * (d - 1), 0), by=p.product(p.have(ge(c**2 * d, 0)), p.have(ge(d - 1, 0))))
    bend = p.have(ge(c**2 * d * (d - 1) * (t - T) ** 2, 0), by=p.product(wide, square))
    line_at_T = value + slope * (t - T)
    curve = p.have(ge(t * (t + c) / (t + c * d), line_at_T), by=[bend, sizes[-1], gt(T + c * d, 0)])
    inverse = p.have(ge(1 / (T + c * d) ** 2, 0), by=gt(T + c * d, 0))
    less = p.have(ge(1 / x - slope, 0), by=[flat.relation, inverse])
    gap = p.product(p.product(root, p.have(ge(c * x * (c * x - T) ** 2, 0), squares=[c * x - T])), inverse)
    line = p.have(
        eq(
            t / x - value - slope * (t - T),
            c * x * (x - 1) * (c * x - T) ** 2 / (T + c * d) ** 2 + (1 / x - slope) * (t - c * x),
        ),
        by=[p.part_of_root(x, 1), p.have(eq((T + c * d) * (1 / (T + c * d)), 1))],
    )
    return p.have(ge(o.phi, line_at_T), by=[*sizes, curve, less, gap, line], split=[t - c * x])


tangent = o.scalar_claim(
    "t0/whole-envelope",
    "the tangent of ψ(t) = t(t + c)/(t + cd) at a T where it is no steeper than 1/√d lies below φ everywhere",
    suppose=[*o.one_step, gt(o.T + o.c * o.d, 0), flat],
    then=ge(o.phi, value_at(o.T, o.c, o.d) + slope_at(o.T, o.c, o.d) * (o.t - o.T)),
    proof=_tangent,
    witness=lambda: o.witness(t=1, s=Fraction(3, 2), c=1, d=4, T=Fraction(1, 5)),
)


# ----------------------------------------------------------------------------------------------------- along a run

T = run.T
slope = slope_at(T, c, d)
touching = Hypothesis(eq(2 * T * (T + c), L * (T + c * d)), "ψ(T) = L/2")
flat_in_run = Hypothesis(le(x * (T**2 + 2 * c * d * T + c**2 * d), (T + c * d) ** 2), "ψ′(T) ≤ 1/√d")
at_level: list[Supposed] = [*single, gt(T, 0), touching, flat_in_run]


def _steep(p: Derivation) -> Fact:
    """ψ′(T) > 0."""
    inverse = p.have(gt(1 / (T + c * d) ** 2, 0), by=p.have(gt(T + c * d, 0)))
    return p.have(gt(slope, 0), by=p.product(p.have(gt(T**2 + 2 * c * d * T + c**2 * d, 0)), inverse))


def _level_average(p: Derivation) -> Fact:
    norms = [*map(p.use, norms_claims), p.part(t, 0)]
    pointwise = p.use(tangent, {o.s: s, o.t: t, o.T: T, o.c: c, o.d: d}, by=[*norms, flat_in_run.relation])
    value = p.have(eq(T * (T + c) / (T + c * d), L / 2), by=touching.relation)
    mean = p.apply(avg, p.apply(E, p.have(ge(phi_k, L / 2 + slope * (t - T)), by=[pointwise, value, phi_is(p)])))
    return p.conclude(by=[mean, p.use(t1a_finite)])


def level_roots(p: Derivation) -> None:
    """√d > 0 and T + cd > 0."""
    roots(p)
    p.have(gt(T + c * d, 0))


level_average = single_claim(
    "t1b/whole-envelope/level/K",
    "T1(b), whole envelope",
    "the mean gradient norm over K steps, for a T with ψ(T) = L/2 and ψ′(T) ≤ 1/√d: at most T + Δ/(rKψ′(T))",
    suppose=at_level,
    then=le(slope * mean_norm, Delta / (r * K) + slope * T),
    prepare=level_roots,
    proof=_level_average,
    witness=lambda: bounces(T=Fraction(1, 2), L=1),
)


def _level_limit(p: Derivation) -> Fact:
    steep = _steep(p)
    lower, leading = p.apply(avg, p.apply(E, p.part(t, 0))), p.product(steep, p.resolve(gt(r, 0))[0])
    limit = in_the_limit(p, level_average, mean_norm, r * slope, Delta, r * slope * T, lower, leading)
    return p.conclude(by=[limit, steep])


level_limit = single_claim(
    "t1b/whole-envelope/level",
    "T1(b), whole envelope",
    "the floor of the mean gradient norm is at most a T with ψ(T) = L/2 and ψ′(T) ≤ 1/√d",
    suppose=at_level,
    then=le(limsup(K, mean_norm), T),
    prepare=level_roots,
    proof=_level_limit,
    witness=lambda: bounces(T=Fraction(1, 2), L=1),
)

# ------------------------------------------------------------------------------------------- the level as a formula

u = sympy.sqrt(1 + 1 / x)
Q = sympy.sqrt((c - L / 2) ** 2 + 2 * L * c * d)
level = formulas.zim_whole_envelope_limit(L, d, c)
average_level = formulas.zim_whole_envelope_average(L, d, c, r, Delta, K)
large_smoothing = Hypothesis(
    le(L, 2 * c * (d * u + (d - 1) / u + 1 - 2 * d)),
    "c ≥ c_e L, where 1/c_e = 2(du + (d - 1)/u + 1 - 2d) and u = √(1 + 1/√d)",
)


def formula_roots(p: Derivation) -> None:
    """The roots and denominators in the condition and in the level are positive."""
    roots(p)
    p.have(gt(1 + 1 / x, 0))
    p.have(gt(u, 0), by=[p.part_of_root(u), p.part_of_root(u, 1), p.have(gt(1 + 1 / x, 0))])
    p.learn(gt(u, 0))
    p.have(gt((c - L / 2) ** 2 + 2 * L * c * d, 0), by=p.have(gt(L * c * d, 0)), squares=[c - L / 2])
    p.have(gt(Q, 0), by=[p.part_of_root(Q), p.part_of_root(Q, 1), gt((c - L / 2) ** 2 + 2 * L * c * d, 0)])
    p.have(gt(c - L / 2 + Q, 0), by=[p.part_of_root(Q, 1), p.part_of_root(Q), p.have(gt(L * c * d, 0))])


def _touches(p: Derivation, T: Expr) -> Fact:
    """ψ(T) = L/2, from T (c - L/2 + Q) = Lcd."""
    whole = p.have(eq(T * (c - L / 2 + Q), L * c * d))
    other = p.have(eq(T, (L / 2 - c + Q) / 2), by=[p.part_of_root(Q, 1), gt(c - L / 2 + Q, 0)])
    return p.have(eq(2 * T * (T + c), L * (T + c * d)), by=[other, p.part_of_root(Q, 1), whole])


def _flat(p: Derivation, T: Expr, touches: Fact) -> Fact:
    """ψ′(T) ≤ 1/√d: T is at most the point t* = cd(u - 1) where ψ has the slope 1/√d, as ψ(T) = L/2 ≤ ψ(t*)."""
    W, end = T + c * d, c * d * u
    wide = p.have(ge(u - 1, 0), by=[p.part_of_root(u, 1), gt(u, 0), p.have(gt(1 / x, 0))])
    beyond = p.have(gt(W - c * d, 0), by=p.have(gt(T, 0)))
    other = p.have(gt(u * W - c * (d - 1), 0), by=[p.product(wide, p.have(ge(W, 0), by=beyond)), beyond, gt(c, 0)])
    curve = p.have(eq(c**2 * d * (d - 1), W * (L / 2 - W + 2 * c * d - c)), by=touches)
    stretched = p.product(p.have(ge(u, 0)), p.have(ge(W, 0), by=beyond))
    room = p.have(ge(2 * c * (d * u + (d - 1) / u + 1 - 2 * d) - L, 0), by=large_smoothing.relation)
    scaled = p.product(stretched, room)
    apart = p.have(ge((end - W) * (u * W - c * (d - 1)), 0), by=[scaled, curve])
    before = p.have(ge(end - W, 0), by=[apart, other])
    squares = p.have(ge(end**2 - W**2, 0), by=p.product(before, p.have(ge(end + W, 0), by=beyond)))
    root = p.have(ge(x - 1, 0), by=[p.part_of_root(x), p.part_of_root(x, 1), ge(d, 1)])
    return p.have(
        le(x * (T**2 + 2 * c * d * T + c**2 * d), W**2),
        by=[p.product(root, squares), p.part_of_root(u, 1), p.part_of_root(x, 1)],
    )


def _formula(p: Derivation) -> Fact:
    touches = _touches(p, level)
    return p.use(level_limit, {T: level}, by=[touches, _flat(p, level, touches), p.have(gt(level, 0))])


def _formula_average(p: Derivation) -> Fact:
    touches = _touches(p, level)
    p.have(gt(level, 0))
    more = [touches, _flat(p, level, touches), p.have(gt(level, 0))]
    bound, at = p.use(level_average, {T: level}, by=more), level
    inverse = p.have(
        ge(1 / (at**2 + 2 * c * d * at + c**2 * d), 0), by=p.have(gt(at**2 + 2 * c * d * at + c**2 * d, 0))
    )
    scale = p.product(inverse, p.have(ge((at + c * d) ** 2, 0), squares=[at + c * d]))
    return p.conclude(by=[bound, scale])


def average_roots(p: Derivation) -> None:
    """The denominators, and that of 1/ψ′(T)."""
    formula_roots(p)
    p.have(gt(level, 0))
    p.have(gt(level**2 + 2 * c * d * level + c**2 * d, 0))


at_large_smoothing: list[Supposed] = [*single, large_smoothing]
single_claim(
    "t1b/whole-envelope/K",
    "T1(b), whole envelope",
    "the mean gradient norm over K steps, once c ≥ c_e L",
    then=le(mean_norm, average_level),
    prepare=average_roots,
    proof=_formula_average,
    suppose=at_large_smoothing,
    witness=lambda: bounces(c=4),
)
single_claim(
    "t1b/whole-envelope",
    "T1(b), whole envelope",
    "the floor of the mean gradient norm is the best iterate's, ½[(L/2 - c) + √((L/2 - c)² + 2Lcd)], once c ≥ c_e L",
    then=le(limsup(K, mean_norm), level),
    prepare=formula_roots,
    proof=_formula,
    suppose=at_large_smoothing,
    witness=lambda: bounces(c=4),
)
