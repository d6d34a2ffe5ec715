"""The corrected theory: every claim as expected, and the exact objects behind its refutations."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from convbound.bounds.verdicts import RECORD
from convbound.proofs.lattice import theory
from convbound.proofs.lattice.sawtooth import beyond, instance, mean_square, potential, sawtooth, stationary_mean
from convbound.proofs.objectives import PiecewiseLinearGradient
from convbound.proofs.prover import Prover
from convbound.proofs.surds import Surd
from convbound.proofs.verdicts import verify

CLAIMS = list(theory)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_verdict_is_the_expected_one_and_the_recorded_one(claim, prover: Prover) -> None:
    record = verify(claim, prover)
    assert record.verdict == claim.expected, record.reason
    recorded = json.loads(RECORD.read_text(encoding="utf-8"))
    assert recorded[claim.name]["verdict"] == record.verdict


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
