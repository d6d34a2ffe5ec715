"""The corrected theory: every claim as expected, and the exact objects behind its refutations."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import comb, sqrt

import pytest
from sympy import Rational

from convbound.bounds.verdicts import recorded
from convbound.proofs.claims import Hypothesis, Refutation
from convbound.proofs.language.vocabulary import Relation, eq
from convbound.proofs.lattice import theory
from convbound.proofs.lattice.corners import chain
from convbound.proofs.lattice.corners import instance as instance_of_corner
from convbound.proofs.lattice.sawtooth import beyond, instance, mean_square, potential, sawtooth, stationary_mean
from convbound.proofs.lattice.vocabulary import run
from convbound.proofs.models.objectives import PiecewiseLinearGradient
from convbound.proofs.models.surds import Surd
from convbound.proofs.prover import Prover
from convbound.proofs.verify import verify
from shared import first

# Continuous integration verifies every claim, by the command. Here: those on which most rest, and one of each kind.
QUICK = {"t0/tangent", "t0/norms@low", "t1a/K", "t1b", "t1b@c=0", "t1c/inverse", "t2/lower", "t3/i", "t5/floor@spacing"}
QUICK |= {"sawtooth/period", "sawtooth/limit@R3,d=1,r=1", "corners/minimum@d=2,c=1/2", "rounding/floor"}
CLAIMS = [c if c.id in QUICK else pytest.param(c, marks=pytest.mark.long) for c in theory]
HALF = Fraction(1, 2)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_verdict_is_the_expected_one_and_the_recorded_one(claim, prover: Prover) -> None:
    record = verify(claim, prover)
    assert record.verdict == claim.expected, record.reason
    assert recorded()[claim.name].verdict == record.verdict


def test_what_is_recorded_is_what_is_expected() -> None:
    """Of every claim; that it is so, `convbound verify` says, and the test above of those that it has."""
    known = {name: entry.verdict for name, entry in recorded().items()}
    assert {c.name: c.expected for c in theory}.items() <= known.items()


@pytest.mark.parametrize("m", [1, 2, 3, 7])
@pytest.mark.parametrize("L", [Fraction(1), Fraction(17, 3)])
def test_sawtooth_is_what_it_is_said_to_be(m: int, L: Fraction) -> None:
    F = sawtooth(L, m)
    period = int(F.knots[-1])
    assert period == 8 * m * m + 4 * m
    assert F.is_smooth(L) and not F.is_smooth(L * Fraction(999, 1000))
    squares = [F.slope(Fraction(w)) ** 2 for w in range(period)]
    assert all(F.slope(Fraction(w)) > 0 for w in range(period))
    assert sum(squares) / period == mean_square(L, m) == stationary_mean(L, m, Fraction(1), 1)
    assert mean_square(L, m) >= L**2 * m / 12
    assert F.value([Fraction(3)]) == F.value([Fraction(3 + period)])


@pytest.mark.parametrize("m", [1, 2, 5])
def test_the_symbolic_period_has_the_gradients_of_the_objective(m: int) -> None:
    """What the induction adds up is, integer by integer, what the sawtooth has; the ramp's integers have L/8."""
    L = Fraction(3)
    F = sawtooth(L, m)
    ramp, period = 8 * m * m + 2 * m, 8 * m * m + 4 * m
    supposed = [L / 8] * ramp + [L / 8 + L * j for j in range(m)] + [L / 8 + L * (j + 1) for j in reversed(range(m))]
    assert supposed == [F.slope(Fraction(w)) for w in range(period)]
    assert [F.slope(Fraction(2 * w + 1, 2)) for w in range(ramp)] == [L / 8 - L / 2] * ramp
    drop = range(ramp, period)
    assert all(2 * F.slope(Fraction(2 * w + 1, 2)) == F.slope(Fraction(w)) + F.slope(Fraction(w + 1)) for w in drop)


@pytest.mark.parametrize("wrong", [theory["sawtooth/period"], theory["sawtooth/unbounded"], theory["sawtooth/closes"]])
def test_a_false_sum_over_the_period_is_not_proved(wrong, prover: Prover) -> None:
    """One cell's gradient off, and no sum comes out."""
    moved = {h.relation: Relation(h.relation.left, "=", h.relation.right - 1) for h in wrong.facts if h.text}
    suppose = tuple(replace(h, relation=moved.get(h.relation, h.relation)) for h in wrong.facts)
    assert moved
    assert verify(replace(wrong, suppose=suppose, witness=None), prover).verdict != "proved"


@pytest.mark.parametrize(("d", "r", "c"), [(1, Fraction(1), Fraction(1)), (3, Fraction(1, 2), Fraction(2, 5))])
def test_potential_solves_the_poisson_equation(d: int, r: Fraction, c: Fraction) -> None:
    L, m = Fraction(2), 2
    F, mean = sawtooth(L, m, d), stationary_mean(L, m, c, d)
    V = potential(F, mean, r, c)
    for w in range(len(V)):
        g = F.slope(Fraction(w))
        chance = r * (g + c) / (g + c * d)
        assert chance * (V[w - 1] - V[w]) == mean - g**2
    with pytest.raises(ValueError, match="stationary"):
        potential(F, mean + 1, r, c)


def test_period_is_picked_so_that_the_limit_fails_and_no_smaller_one_does() -> None:
    limit = Surd.of(20)
    m, mean = beyond(4, 1, 1, limit)
    assert Surd.of(mean_square(Fraction(4), m - 1)) <= limit < Surd.of(mean)


def test_a_gradient_that_is_not_periodic_is_refused() -> None:
    with pytest.raises(ValueError, match="periodic"):
        PiecewiseLinearGradient((Fraction(0), Fraction(1)), (Fraction(1), Fraction(2)))
    with pytest.raises(ValueError, match="periodic"):
        PiecewiseLinearGradient((Fraction(0), Fraction(1)), (Fraction(1), Fraction(1)))


def test_instance_starts_where_the_potential_is_largest() -> None:
    process = instance(4, 1, 1, Surd.of(20))
    first = process.values["V_1"]
    assert len(process.chain) == int(process.objective.period) == 1860
    assert all(process.values["V"]({"state": state}) <= first for state in process.chain)


def test_a_corner_refutes_nothing_where_smoothing_is_free(prover: Prover) -> None:
    """At c = 1/4 the floor is √2/2 by Theorem 1; the corner's mean norm is below it, and the claim stays open."""
    claim, c = theory["corners/minimum@d=2,c=1/2"], Fraction(1, 4)
    parameters = [eq(h.relation.left, c) if str(h.relation) == str(eq(run.c, HALF)) else h for h in claim.hypotheses]
    suppose = tuple(Hypothesis(h) if isinstance(h, Relation) else h for h in parameters)
    assert suppose != claim.suppose
    other = Refutation(lambda: instance_of_corner(2, c, Fraction(1, 100)), "a corner", theory["corners/floor"])
    assert verify(replace(claim, suppose=suppose, refutation=other), prover).verdict == "open"


@pytest.mark.parametrize(("d", "c"), [(2, HALF), (3, Fraction(2, 3)), (4, Fraction(1))])
def test_the_corner_is_the_formula_of_its_page(d: int, c: Fraction) -> None:
    """E‖g‖₂ = Σ v_j √(1/4 + j)/Σ v_j, v_j = C(m, j) c^j (1 + c)^(m - j) (1/2 + j + cd), as the offset tends to 0."""
    weights = [comb(d - 1, j) * c**j * (1 + c) ** (d - 1 - j) * (HALF + j + c * d) for j in range(d)]
    limit = sum(float(v) * sqrt(0.25 + j) for j, v in enumerate(weights)) / float(sum(weights))
    assert float(chain(d, c, Fraction(1, 10_000))[0]) == pytest.approx(limit, abs=5e-4)


@pytest.mark.parametrize("identifier", first(2, ["t0@c=0", "t1b/K@c=0", "t1c/wait@c=0"]))
def test_without_the_definition_of_q_nothing_is_proved_at_no_smoothing(identifier: str, prover: Prover) -> None:
    """One step falls as it says for any distribution q; what it says of norms needs the definition."""
    claim = theory[identifier]
    suppose = tuple(h for h in claim.suppose if not getattr(h, "text", "").startswith("q_i‖g_k‖₁ = |g_i|"))
    assert len(suppose) == len(claim.suppose) - 1
    assert verify(replace(claim, suppose=suppose), prover).verdict != "proved"


def test_a_smaller_floor_at_no_smoothing_is_not_proved(prover: Prover) -> None:
    claim = theory["t1b@c=0"]
    smaller = Relation(claim.then.left, "<=", claim.then.right * Rational(9, 10))
    assert verify(replace(claim, then=smaller), prover).verdict != "proved"
