"""The sawtooth, on which the ZIM update keeps no mean square at all; and the half-integer region.

On the sawtooth the sampled gradient is positive at every integer, so the walk goes left for ever: up a long ramp of
cells in which F rises although its gradient at the integers says otherwise, and down a short steep drop. A solution V
of the Poisson equation E[V(w')] - V(w) = (mean of ‖g‖²) - ‖g(w)‖² turns that into a floor for every K, from a start at
which V is largest; both are checked at every state of the period.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache

import sympy

from convbound.bounds.subjects import discrete_updates as formulas
from convbound.bounds.subjects import lattice as lattice_formulas
from convbound.proofs.claims import Claim, Hypothesis, Refutation, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.discrete_updates.instances import zim_process
from convbound.proofs.discrete_updates.specialisation import bounded, smooth, zim
from convbound.proofs.language.vocabulary import Expr, eq, first_value, ge, gt, last_value, le, limsup, next_value
from convbound.proofs.lattice.run_step import E, E_k, K, L, avg, c, d, run_claim, t2
from convbound.proofs.lattice.theory import theory
from convbound.proofs.lattice.vocabulary import bounded_below, run
from convbound.proofs.models.model import Model
from convbound.proofs.models.objectives import PiecewiseLinearGradient
from convbound.proofs.models.processes import Process
from convbound.proofs.models.surds import Surd


@cache
def sawtooth(L: Fraction, m: int, dimension: int = 1) -> PiecewiseLinearGradient:
    """The objective: 8m² + 2m cells of the ramp, then the drop over 2m cells with integer gradients up to L/8 + mL."""
    base, ramp = L / 8, 8 * m * m + 2 * m
    knots, slopes = [Fraction(0)], [base]
    for cell in range(ramp):
        knots += [Fraction(2 * cell + 1, 2), Fraction(cell + 1)]
        slopes += [base - L / 2, base]
    for step in range(1, 2 * m + 1):
        knots.append(Fraction(ramp + step))
        slopes.append(base + L * min(step, 2 * m - step))
    return PiecewiseLinearGradient(tuple(knots), tuple(slopes), dimension)


def mean_square(L: Fraction, m: int) -> Fraction:
    """The mean of F'² over the integers of a period, in closed form (d = 1: the stationary law is uniform)."""
    return L**2 * (Fraction(8 * m * m + 3 * m + 4, 48 * (2 * m + 1)) + Fraction(1, 64))


def moves(objective: PiecewiseLinearGradient, w: int, r: Fraction, c: Fraction) -> Fraction:
    """The probability of a move to the left from w, with one draw per step."""
    slope = objective.slope(Fraction(w))
    return r * (slope + c) / (slope + c * objective.dimension)


def potential(objective: PiecewiseLinearGradient, mean: Fraction, r: Fraction, c: Fraction) -> list[Fraction]:
    """V over one period, with V(0) = 0 and chance(w) (V(w - 1) - V(w)) = mean - g(w)².

    Raises:
        ValueError: there is none.
    """
    period = int(objective.knots[-1])
    values, here = [Fraction(0)] * period, Fraction(0)
    for w in range(period, 0, -1):
        here += (mean - objective.slope(Fraction(w)) ** 2) / moves(objective, w, r, c)
        values[w - 1] = here
    if here != 0:
        raise ValueError("the mean is not the stationary one")
    return values


def stationary_mean(L: Fraction, m: int, c: Fraction, d: int) -> Fraction:
    """The stationary mean of ‖g‖², one draw per step: an integer is visited in proportion to 1/(chance to leave it)."""
    slopes = {L / 8: Fraction(8 * m * m + 2 * m + 1), L / 8 + L * m: Fraction(1)}
    slopes |= {L / 8 + L * j: Fraction(2) for j in range(1, m)}
    weights = {g: count * (g + c * d) / (g + c) for g, count in slopes.items()}
    return sum((g**2 * x for g, x in weights.items()), Fraction(0)) / sum(weights.values(), Fraction(0))


@cache
def beyond(L: int, c: int, d: int, limit: Surd) -> tuple[int, Fraction]:
    """The smallest m for which the sawtooth's mean square exceeds the limit, and that mean."""

    def mean(m: int) -> Fraction:
        return stationary_mean(Fraction(L), m, Fraction(c), d)

    high = 1
    while Surd.of(mean(high)) <= limit:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if Surd.of(mean(middle)) <= limit else (low, middle)
    return high, mean(high)


def instance(L: int, c: int, d: int, limit: Surd, r: Fraction = Fraction(1)) -> Process:
    """A run on the sawtooth that exceeds the limit, for ever, from where V is largest."""
    m, mean = beyond(L, c, d, limit)
    F = sawtooth(Fraction(L), m, d)
    V = potential(F, mean, r, Fraction(c))
    start = max(range(len(V)), key=V.__getitem__)
    facts = f"the sawtooth with m = {m} (period {len(V)}), L = {L}, c = {c}, d = {d}, n = 1, r = {r}, w_1 = {start}"
    gap = F.value([Fraction(start)]) - F.minimum
    more = {"L": L, "F_inf": F.minimum, "Delta": gap, "A": mean, "V_1": V[start]}
    process = zim_process(F, [start, *[0] * (d - 1)], c=c, r=r, facts=facts, **more)  # type: ignore[arg-type]
    return replace(process, values={**process.values, "V": lambda at: V[int(at["state"][0])]})


V, A = run.V, run.A


def _floor(p: Derivation) -> Fact:
    mean = p.apply(E, poisson.relation)
    facts = [p.apply(avg, mean), p.apply(avg, p.tower(E, E_k, next_value(V))), p.telescope(avg, E(V))]
    ends = [p.apply(E, eq(first_value(V), run.V_1)), p.apply(E, le(last_value(V), run.V_1))]
    scaled = p.have(ge(K * (avg(E(t2)) - A), 0), by=[*facts, *ends])
    return p.conclude(by=[scaled, gt(K, 0)])


poisson = Hypothesis(eq(E_k(next_value(V)) - V, A - t2), "V solves the Poisson equation of the chain, with mean A")
R1 = Surd.of(Fraction(4)) * (Surd.of(Fraction(4)) + Fraction(1))
floor = run_claim(
    "sawtooth/floor",
    "the sawtooth",
    "from a start at which V is largest, the mean square is at least the stationary one after any number of steps",
    suppose=[
        gt(K, 0),
        poisson,
        eq(first_value(V), run.V_1),
        Hypothesis(le(last_value(V), run.V_1), "V is largest at w_1"),
    ],
    then=ge(avg(E(t2)), A),
    prepare=None,
    proof=_floor,
    witness=lambda: instance(4, 1, 1, R1),
)
suppositions: list[Supposed] = [
    smooth,
    bounded,
    zim,
    *[gt(x, 0) for x in (K, L, c, d, run.r)],
    eq(run.n, 1),
    *bounded_below,
]


def _refuted(id: str, limit: Expr, L_: int, c_: int, d_: int, value: Surd, r: Fraction, words: str) -> Claim:
    return theory.claim(
        id,
        "the sawtooth",
        f"the printed limit holds at d = {d_}, L = {L_}, c = {c_}, r = {r} ({words})",
        run.v,
        suppose=[*suppositions, eq(L, L_), eq(c, c_), eq(d, d_)],
        then=le(limsup(K, avg(E(t2))), limit),
        expected="refuted",
        printed=False,
        refutation=Refutation(
            lambda: instance(L_, c_, d_, value, r),
            "F rises where gradients are small and drops where they are large: the mean of ‖∇F‖² stays above the limit",
            floor,
        ),
    )


def _value(function: Callable[..., Expr], L_: int, c_: int, d_: int) -> Surd:
    """A printed limit in numbers, as an exact surd."""
    total = Surd.of(0)
    for term in sympy.Add.make_args(sympy.expand(function(sympy.Integer(L_), sympy.Integer(d_), sympy.Integer(c_)))):
        coefficient, root = term.as_coeff_Mul()
        number = root**2 if root != 1 else sympy.Integer(1)
        total += Surd.of(Fraction(int(coefficient.p), int(coefficient.q))) * Surd.of(Fraction(int(number))).root()
    return total


READINGS = {"R1": formulas.zim_floor_r1, "R2": formulas.zim_floor_r2, "R3": formulas.zim_floor_r3}
INSTANCES = [(4, 1, 1, Fraction(1)), (4, 1, 1, Fraction(1, 2)), (16, 1, 2, Fraction(1))]
for reading, function in READINGS.items():
    for L_, c_, d_, r_ in INSTANCES:
        name = f"sawtooth/limit@{reading},d={d_},r={r_}"
        _refuted(name, function(L, d, c), L_, c_, d_, _value(function, L_, c_, d_), r_, reading)

# ------------------------------------------------------------- the region that the half-integer quadratic refutes

half = lattice_formulas.lattice_minimum(L, d)
for reading, limit, margin, condition, why in (
    (
        "R1",
        formulas.zim_floor_r1,
        L * sympy.sqrt(d) / 4,
        L * (sympy.sqrt(d) - 4) - 4 * c * sympy.sqrt(d),
        "d > 16 and L > 4c√d/(√d - 4)",
    ),
    ("R2", formulas.zim_floor_r2, L / 4, L * d - 4 * sympy.sqrt(d * L) - 4 * c * d, "dL > 4√(dL) + 4cd"),
):
    run_claim(
        f"t2/region@{reading}",
        "T2, where the printed limit is below it",
        f"dL²/4 exceeds the printed limit exactly where {why}: their difference is a positive multiple of it",
        suppose=[gt(L, 0), ge(d, 1), gt(c, 0)],
        then=eq(half - limit(L, d, c), margin * condition),
        prepare=None,
        proof=lambda p: p.conclude(by=p.parts_known()),
        witness=None,
    )
run_claim(
    "t2/region@R3",
    "T2, where the printed limit is below it",
    "dL²/4 exceeds the printed limit L√(dL + cd) where dL² > 16(L + c)",
    suppose=[gt(L, 0), ge(d, 1), gt(c, 0), gt(d * L**2, 16 * (L + c))],
    then=gt(half, formulas.zim_floor_r3(L, d, c)),
    prepare=None,
    proof=lambda p: _region_r3(p),
    witness=lambda: Model({"d": 1, "L": 32, "c": 4}),
)


def _region_r3(p: Derivation) -> Fact:
    root = sympy.sqrt(d * L + c * d)
    larger = p.product(p.resolve(gt(d, 0))[0], p.resolve(gt(d * L**2, 16 * (L + c)))[0])
    size = p.have(gt(d * L / 4, root), by=[larger, p.part_of_root(root), p.part_of_root(root, 1)])
    return p.have(gt(half, L * root), by=size)
