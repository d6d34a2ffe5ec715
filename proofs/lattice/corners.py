"""The corners: quadratics on which smoothing raises the mean gradient norm above √d L/2, exactly.

F = ½(w_1 - ½)² + ½ Σ_{i>1} (w_i - ε)². Every coordinate ends on the two integers around its offset. The number j of
coordinates that stand at 1, where their gradient is long, is a birth and death chain; detailed balance gives the
stationary law, and a potential V with E_k[V(w')] - V(w) = A - ‖g(w)‖₂ turns the stationary mean A into a floor for
every K. A and V are sums of square roots of rationals; every comparison is decided exactly.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache, partial
from math import comb

from convbound.bounds.subjects import lattice as formulas
from convbound.proofs.claims import Claim, Hypothesis, Refutation, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.discrete_updates.instances import zim_process
from convbound.proofs.language.vocabulary import eq, first_value, ge, gt, last_value, le, limsup, next_value
from convbound.proofs.lattice.mean_norm import mean_norm, single
from convbound.proofs.lattice.run_step import E, E_k, K, L, avg, c, d, run_claim, t
from convbound.proofs.lattice.theory import theory
from convbound.proofs.lattice.vocabulary import run
from convbound.proofs.models.objectives import quadratic
from convbound.proofs.models.processes import Process
from convbound.proofs.models.surds import Surd


@cache
def chain(d: int, c: Fraction, offset: Fraction) -> tuple[Surd, tuple[Surd, ...]]:
    """(A, V): the stationary mean of ‖g‖₂ and the potential with V(0) = 0, both by j.

    Raises:
        ValueError: there is none.
    """
    small, large, m = offset, 1 - offset, d - 1
    sums = [Fraction(1, 2) + (m - j) * small + j * large + c * d for j in range(d)]
    norms = [Surd.of(Fraction(1, 4) + (m - j) * small**2 + j * large**2).root() for j in range(d)]
    weights = [comb(m, j) * sums[j] * (small + c) ** j * (large + c) ** (m - j) for j in range(d)]
    mean = sum((norm * weight for norm, weight in zip(norms, weights, strict=True)), Surd.of(0))
    mean = mean * (1 / sum(weights, Fraction(0)))
    values, rise = [Surd.of(0)], Surd.of(0)
    for j in range(d):
        up, down = (m - j) * (small + c) / sums[j], j * (large + c) / sums[j]
        outward = mean - norms[j] + rise * down  # up (V(j + 1) - V(j)) + down (V(j - 1) - V(j)) = A - ‖g‖₂
        if up:
            rise = outward * (1 / up)
            values.append(values[-1] + rise)
        elif outward != 0:
            raise ValueError("the mean is not the stationary one")
    return mean, tuple(values)


def instance(d: int, c: Fraction, offset: Fraction) -> Process:
    """A run on the corner for ever, one draw per step and r = 1, from where the potential is largest."""
    mean, values = chain(d, c, offset)
    top = max(range(d), key=values.__getitem__)
    start = [0, *[1] * top, *[0] * (d - 1 - top)]
    F = quadratic([1] * d, [Fraction(1, 2), *[offset] * (d - 1)])
    facts = f"F = ½(w_1 - ½)² + ½Σ_(i>1)(w_i - {offset})², d = {d}, c = {c}, n = r = 1, w_1 = {tuple(start)}"
    gap = F.value([Fraction(x) for x in start])
    process = zim_process(F, start, c=c, facts=facts, L=1, F_inf=0, Delta=gap)
    known = {"A": mean, "V_1": values[top], "V": lambda at: values[sum(map(int, at["state"][1:]))]}
    return replace(process, values={**process.values, **known})


V, A = run.V, run.A
poisson = Hypothesis(eq(E_k(next_value(V)) - V, A - t), "V solves the Poisson equation of the chain, with mean A")


def _floor(p: Derivation) -> Fact:
    facts = [p.apply(avg, p.apply(E, poisson.relation)), p.apply(avg, p.tower(E, E_k, next_value(V)))]
    ends = [p.apply(E, eq(first_value(V), run.V_1)), p.apply(E, le(last_value(V), run.V_1))]
    scaled = p.have(ge(K * (mean_norm - A), 0), by=[*facts, p.telescope(avg, E(V)), *ends])
    return p.conclude(by=[scaled, gt(K, 0)])


HALF = Fraction(1, 2)
floor = run_claim(
    "corners/floor",
    "the corners",
    "from a start at which V is largest, the mean norm is at least the stationary one after any number of steps",
    suppose=[
        gt(K, 0),
        poisson,
        eq(first_value(V), run.V_1),
        Hypothesis(le(last_value(V), run.V_1), "V is largest at w_1"),
    ],
    then=ge(mean_norm, A),
    prepare=None,
    proof=_floor,
    witness=partial(instance, 2, HALF, Fraction(1, 100)),
)


def refuted(d_: int, c_: Fraction, offset: Fraction) -> Claim:
    """Smoothing by c_ costs something in dimension d_."""
    suppose: list[Supposed] = [*single, eq(L, 1), eq(c, c_), eq(d, d_)]
    return theory.claim(
        f"corners/minimum@d={d_},c={c_}",
        "the corners",
        f"smoothing costs the mean norm nothing: its floor is √d L/2 at d = {d_}, L = 1, c = {c_} too",
        run.v,
        suppose=suppose,
        then=le(limsup(K, mean_norm), formulas.lattice_minimum_norm(L, d)),
        expected="refuted",
        printed=False,
        refutation=Refutation(
            partial(instance, d_, c_, offset),
            "all but one coordinate would be nearly at rest, and smoothing keeps pushing them off",
            floor,
        ),
    )


refuted(2, HALF, Fraction(1, 100))
refuted(2, Fraction(2, 5), Fraction(1, 10_000))
refuted(3, HALF, Fraction(1, 100))
