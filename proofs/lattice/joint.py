"""T3 with its two terms kept together, and T3(ii) with the envelope constant."""

from __future__ import annotations

from fractions import Fraction

import sympy

from convbound.bounds.subjects import lattice as formulas
from convbound.proofs.claims import Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import eq, ge, le, limsup
from convbound.proofs.lattice import one_step
from convbound.proofs.lattice.mean_norm import (
    envelope_level,
    envelope_roots,
    from_alignment,
    mean_norm,
    norm_limit,
    roots,
)
from convbound.proofs.lattice.run_step import (
    Delta,
    E,
    K,
    L,
    N,
    average,
    avg,
    bounces,
    c,
    d,
    n,
    phi,
    phi_is,
    r,
    run_claim,
    s,
    spread,
    t,
)
from convbound.proofs.lattice.several_draws import few, identity, room, room_left, t3_ii_finite
from convbound.proofs.lattice.vocabulary import run, zim_on_smooth
from convbound.proofs.models.processes import Process

x, J = sympy.sqrt(d), run.J
whole = s + c * d
joint_excess = (x * t - s) / whole * (x * c - t + L * N / (2 * x) * (x * t + s) / whole)
within = Hypothesis(
    le(joint_excess, J), "((√d t - s)/D)(√d c - t + (LN/(2√d))(√d t + s)/D) ≤ J along the run, D = s + cd"
)
together: list[Supposed] = [ge(n, 1), *zim_on_smooth, within]


def _pointwise(p: Derivation) -> Fact:
    """t - √dφ + √d(LN/2)Σq² = √dLN/(2d) + the joint excess."""
    split = p.have(
        eq(t - x * phi, (x * t - s) * (x * c - t) / whole), by=[phi_is(p), p.part_of_root(x, 1), p.part(t, 1)]
    )
    share = p.use(identity)
    rest = p.have(
        eq(x * L * N / 2 * (spread - 1 / d), L * N / (2 * x) * (x * t - s) * (x * t + s) / whole**2),
        by=[share, p.part_of_root(x, 1), p.part(t, 1)],
    )
    return p.have(le(t - x * phi + x * L * N / 2 * spread, x * L * N / (2 * d) + J), by=[split, rest, within.relation])


def _joint(p: Derivation) -> Fact:
    mean = p.apply(avg, p.apply(E, _pointwise(p)))
    scaled = p.product(p.have(ge(x, 0)), p.use(average))
    return p.conclude(by=[mean, scaled, p.part_of_root(x, 1)])


def joint_witness() -> Process:
    """Two draws per step on the line, where √d t = s and the joint excess is 0."""
    return bounces(n=2, r=Fraction(1, 2), J=1)


joint_floor = x * (L / 2) * (1 + N / d) + J
joint_average = joint_floor + x * Delta / (n * r * K)
joint_finite = run_claim(
    "t4/K",
    "T4",
    "the mean gradient norm over K steps of n draws, with the two terms of T3 bounded together",
    suppose=together,
    then=le(mean_norm, joint_average),
    prepare=roots,
    proof=_joint,
    witness=joint_witness,
)


run_claim(
    "t4",
    "T4",
    "the floor of the mean gradient norm with n draws, with the two terms of T3 bounded together",
    suppose=together,
    then=le(limsup(K, mean_norm), joint_floor),
    prepare=roots,
    proof=norm_limit(joint_finite, joint_floor, n * r),
    witness=joint_witness,
)


def few_roots(p: Derivation) -> None:
    """The roots of G* and 1 - LN/(2cd) > 0."""
    envelope_roots(p)
    room_left(p)


moves_envelope = formulas.moves_envelope_average(L, d, c, n, r, Delta, K)
moves_envelope_finite = run_claim(
    "t3/ii/envelope/K",
    "T3(ii), T0 with G*",
    "the mean gradient norm over K steps of n draws, while LN < 2cd, with the envelope constant",
    suppose=few,
    then=le(mean_norm, moves_envelope),
    prepare=few_roots,
    proof=from_alignment(one_step.envelope, envelope_level, t3_ii_finite),
)
moves_envelope_floor = formulas.moves_envelope_limit(L, d, c, n, r)

run_claim(
    "t3/ii/envelope",
    "T3(ii), T0 with G*",
    "the floor of the mean gradient norm with n draws, while LN < 2cd, with the envelope constant",
    suppose=few,
    then=le(limsup(K, mean_norm), moves_envelope_floor),
    prepare=few_roots,
    proof=norm_limit(moves_envelope_finite, moves_envelope_floor, n * r, x * Delta / room),
)
