"""T1(a) and T1(b): the mean of φ and of the gradient norm, one draw per step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import sympy

from convbound.bounds.subjects import lattice as formulas
from convbound.proofs.claims import Claim, Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Expr, eq, ge, gt, le, limsup
from convbound.proofs.lattice import one_step
from convbound.proofs.lattice.run_step import (
    Delta,
    E,
    K,
    L,
    S,
    a,
    average,
    avg,
    bounces,
    c,
    d,
    in_the_limit,
    n,
    norms_claims,
    phi,
    phi_is,
    prepare,
    r,
    run_claim,
    s,
    scalar,
    t,
)
from convbound.proofs.lattice.vocabulary import run, zim_on_smooth

# ------------------------------------------------------------------------------------------------- T1(a) and T1(b)

one_draw = Hypothesis(eq(n, 1), "one draw per step")
single: list[Supposed] = [one_draw, *zim_on_smooth]
mean_phi, mean_norm, x = avg(E(phi)), avg(E(t)), one_step.x
single_claim = partial(run_claim, suppose=single, witness=bounces)


def _t1a(p: Derivation) -> Fact:
    return p.conclude(by=[p.use(average), one_draw.relation])


t1a_finite = single_claim(
    "t1a/K",
    "T1(a)",
    "the mean of φ over K steps",
    then=le(mean_phi, formulas.zim_alignment(L, r, Delta, K)),
    proof=_t1a,
)


def nonnegative_phi(p: Derivation) -> Fact:
    """φ >= 0."""
    parts = [p.apply(S, p.part(a, 0)), p.part(phi, 0)]
    return p.have(ge(phi, 0), by=[*parts, p.have(gt(s + c * d, 0))])


def _t1a_limit(p: Derivation) -> Fact:
    positive = p.apply(avg, p.apply(E, nonnegative_phi(p)))
    limit = in_the_limit(p, t1a_finite, mean_phi, r, Delta, r * L / 2, positive)
    return p.conclude(by=limit)


t1a = single_claim("t1a", "T1(a)", "the mean of φ as K → ∞", then=le(limsup(K, mean_phi), L / 2), proof=_t1a_limit)


def averaged(p: Derivation, claim: Claim, slope: Expr, level: Expr) -> Fact:
    """E and the mean over k of `φ >= slope t - level`, from a claim of `one_step`."""
    pointwise = p.have(ge(phi, slope * t - level), by=[scalar(p, claim), phi_is(p)])
    return p.apply(avg, p.apply(E, pointwise))


def from_alignment(claim: Claim, level: Expr, source: Claim) -> Callable[[Derivation], Fact]:
    """A proof of a bound on the mean norm from one on the mean of φ, by a line below φ: `φ >= t/√d - level`."""

    def proof(p: Derivation) -> Fact:
        tangent = averaged(p, claim, 1 / x, level)
        whole = [tangent, p.use(source), p.part_of_root(x, 1)]
        return p.conclude(by=whole)

    return proof


def norm_limit(finite: Claim, floor: Expr, scale: Expr = r, gap: Expr = x * Delta) -> Callable[[Derivation], Fact]:
    """A proof that the limit of the mean norm is at most a floor, from `mean <= floor + gap/(scale K)`."""

    def proof(p: Derivation) -> Fact:
        positive = p.apply(avg, p.apply(E, p.part(t, 0)))
        return p.conclude(by=in_the_limit(p, finite, mean_norm, scale, gap, scale * floor, positive))

    return proof


def roots(p: Derivation) -> None:
    """√d > 0, and the denominators."""
    prepare(p)
    p.have(gt(x, 0), by=[p.part_of_root(x), p.part_of_root(x, 1), gt(d, 0)])
    p.learn(gt(x, 0))


tangent_level = c / 4 * (1 - 1 / x)
then = formulas.zim_norm_average(L, d, c, r, Delta, K)
t1b_finite = single_claim(
    "t1b/K",
    "T1(b)",
    "the mean gradient norm over K steps",
    then=le(mean_norm, then),
    prepare=roots,
    proof=from_alignment(one_step.tangent, tangent_level, t1a_finite),
)
then = formulas.zim_norm_limit(L, d, c)
t1b = single_claim(
    "t1b",
    "T1(b)",
    "the floor of the mean gradient norm: √d L/2 + c(√d - 1)/4",
    then=le(limsup(K, mean_norm), then),
    prepare=roots,
    proof=norm_limit(t1b_finite, then),
)


def envelope_roots(p: Derivation) -> None:
    """The roots in G* are positive."""
    roots(p)
    for root in (one_step.y, one_step.z):
        p.have(gt(root, 0), by=[p.part_of_root(root), p.part_of_root(root, 1), gt(x, 0)])
        p.learn(gt(root, 0))
    p.have(gt((one_step.y + one_step.z) ** 2, 0), by=[gt(one_step.y, 0), gt(one_step.z, 0)])


envelope_level = formulas.envelope_excess(d, c) / x
then = formulas.zim_envelope_average(L, d, c, r, Delta, K)
envelope_finite = single_claim(
    "t1b/envelope/K",
    "T1(b) with G*",
    "the mean gradient norm over K steps, with the exact envelope constant",
    then=le(mean_norm, then),
    prepare=envelope_roots,
    proof=from_alignment(one_step.envelope, envelope_level, t1a_finite),
)
then = formulas.zim_envelope_limit(L, d, c)
single_claim(
    "t1b/envelope",
    "T1(b) with G*",
    "the floor of the mean gradient norm with the exact envelope constant",
    then=le(limsup(K, mean_norm), then),
    prepare=envelope_roots,
    proof=norm_limit(envelope_finite, then),
)

T, weak_floor = run.T, formulas.zim_weak_limit(L, d, c)
touching = Hypothesis(eq(2 * T**2, L * (x * T + c * d)), "T is where t²/(√d t + cd) = L/2")


def _at_level(p: Derivation) -> Fact:
    """The tangent of t²/(√d t + cd) at T lies below φ, and there its value is L/2."""
    norms_ = [*map(p.use, norms_claims), p.part(t, 0)]
    pointwise = p.use(one_step.weak, {one_step.s: s, one_step.t: t, one_step.T: T}, by=norms_)
    slope = (x * T**2 + 2 * T * c * d) / (x * T + c * d) ** 2
    value = p.have(eq(T**2 / (x * T + c * d), L / 2), by=touching.relation)
    mean = p.apply(avg, p.apply(E, p.have(ge(phi, L / 2 + slope * (t - T)), by=[pointwise, value, phi_is(p)])))
    part = p.have(gt((x * T + 2 * c * d) / (x * T + c * d) ** 2, 0))
    steep = p.have(gt(slope, 0), by=p.product(p.resolve(gt(T, 0))[0], part))
    bound = p.have(le(slope * mean_norm, Delta / (r * K) + slope * T), by=[mean, p.use(t1a_finite)])
    lower, leading = p.apply(avg, p.apply(E, p.part(t, 0))), p.product(steep, p.resolve(gt(r, 0))[0])
    limit = in_the_limit(p, bound, mean_norm, r * slope, Delta, r * slope * T, lower, leading)
    return p.conclude(by=[limit, steep])


weak_level = single_claim(
    "t1b/weak-level",
    "T1(b), weak form",
    "the mean gradient norm is in the limit at most the T with T²/(√d T + cd) = L/2",
    suppose=[*single, gt(T, 0), touching],
    then=le(limsup(K, mean_norm), T),
    prepare=roots,
    proof=_at_level,
    witness=lambda: bounces(T=1),
)


def _weak(p: Derivation) -> Fact:
    Q = sympy.sqrt(1 + 8 * c / L)
    level = p.have(eq(2 * weak_floor**2, L * (x * weak_floor + c * d)), by=[p.part_of_root(Q, 1), p.part_of_root(x, 1)])
    return p.use(weak_level, {T: weak_floor}, by=[level, p.have(gt(weak_floor, 0), by=p.part_of_root(Q))])


single_claim(
    "t1b/weak",
    "T1(b), weak form",
    "the floor of the mean gradient norm without the term cs: (√d L/4)(1 + √(1 + 8c/L))",
    then=le(limsup(K, mean_norm), weak_floor),
    prepare=roots,
    proof=_weak,
)
