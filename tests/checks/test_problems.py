"""Every synthetic problem: the gradient is the derivative of F, L and F_inf are what they are said to be."""

from fractions import Fraction

import numpy as np
import pytest
from assumptions import check_assumptions
from hypothesis import given, settings
from hypothesis import strategies as st

from convbound.bounds.errors import InputError
from convbound.checks.simulation.problems import (
    Profile,
    Quadratic,
    Rotated,
    Separable,
    dense_rational,
    dense_spectrum,
    diagonal,
    half_integer,
    huber,
    indefinite,
    indefinite_dense,
    low_rank,
    sawtooth,
)
from convbound.checks.simulation.problems.base import fractions
from convbound.proofs.lattice.sawtooth import sawtooth as witness_sawtooth

H = Fraction(1, 2)
EXACT = {
    "diagonal": diagonal(fractions([1, 2, H]), fractions([0, H, Fraction(1, 3)])),
    "half-integer": half_integer(4, Fraction(17)),
    "indefinite": indefinite(fractions([1, -2, -H]), fractions([0, 0, H]), Fraction(2)),
    "huber": huber(Fraction(3), Fraction(1, 5)),
    "sawtooth": sawtooth(2, Fraction(3)),
    "sawtooth in 3-space": sawtooth(1, Fraction(1), 3),
    "dense": dense_rational([3, 1, H, 2], [H] * 4, [[1, 1, 1, 1], [1, 2, 3, 0]]),
    "dense indefinite": indefinite_dense([3, -1, -2], [H, 0, 1], 2, [[1, 2, 2]]),
    "low rank": low_rank(Fraction(1, 4), fractions([1, 2]), fractions([H, 0, 1, H])),
}


@pytest.mark.parametrize("name", EXACT)
def test_assumptions_hold_and_are_tight(name):
    report = check_assumptions(EXACT[name], np.random.default_rng(1), pairs=120)
    assert report.exact
    assert report.holds, report
    # L cannot be lowered much: some pair comes close (low-rank and rotated bases need an aligned pair, so less)
    assert report.steepest > 0.5


@pytest.mark.parametrize("name", EXACT)
def test_gradient_is_the_derivative(name):
    """F is piecewise quadratic, so the trapezoid of the gradient over a short step misses F by O(step^2) only."""
    problem = EXACT[name]
    w = fractions(np.linspace(-2, 3, problem.dimension).round(2))
    for i in range(problem.dimension):
        step = fractions(np.zeros(problem.dimension))
        step[i] = Fraction(1, 10**6)
        slope = (problem.value(w + step) - problem.value(w - step)) / (2 * step[i])
        assert abs(slope - problem.gradient(w)[i]) <= problem.smoothness * step[i]


@pytest.mark.parametrize(("change", "caught"), [(Fraction(9, 10), True), (Fraction(1), False)])
def test_a_smaller_constant_is_caught(change, caught):
    honest = dense_rational([3, 1], [0, 0], [[1, 2]])
    problem = Quadratic(honest.matrix, honest.centre, honest.smoothness * change)
    report = check_assumptions(problem, np.random.default_rng(2), pairs=400)
    assert report.holds is not caught


def test_a_wrong_infimum_is_caught():
    class Shifted(Separable):
        @property
        def infimum(self):
            return Fraction(1, 100)

    problem = Shifted(fractions([1]), fractions([0]))
    assert not check_assumptions(problem, np.random.default_rng(3), pairs=400).bounded_below


@settings(deadline=None)
@given(st.integers(1, 5), st.fractions(Fraction(1, 10), 20))
def test_sawtooth_matches_its_closed_forms(m, L):
    f = sawtooth(m, L)
    period = 8 * m * m + 4 * m
    g = f.gradient(fractions(np.arange(period)[:, None]))[:, 0]
    assert min(g) == L / 8
    assert (g**2).sum() / period == L**2 * (Fraction(8 * m * m + 3 * m + 4, 48 * (2 * m + 1)) + Fraction(1, 64))
    assert f.smoothness == L
    assert f.infimum == -L / 128
    assert f.value(fractions([-Fraction(1, 8)])) == -L / 128
    assert f.value(fractions([0])) == f.value(fractions([period])) == 0


@settings(deadline=None)
@given(st.integers(1, 4), st.fractions(Fraction(1, 10), 20), st.fractions(-60, 60, max_denominator=16))
def test_the_sawtooth_is_the_one_that_proofs_speak_of(m, L, x):
    """Simulation needs arrays, witnesses exact pieces: each has its own construction, of one function."""
    simulated, of_proofs, ramp = sawtooth(m, L), witness_sawtooth(L, m), 8 * m * m + 2 * m
    at = fractions([x])
    assert simulated.gradient(at)[0] == of_proofs.gradient([x + ramp])[0]
    assert simulated.value(at) == of_proofs.value([x + ramp]) - of_proofs.value([Fraction(ramp)])


def test_half_integer_is_the_lattices_worst_case():
    problem = half_integer(3, Fraction(2))
    points = fractions(np.random.default_rng(4).integers(-3, 4, size=(50, 3)))
    squares = (problem.gradient(points) ** 2).sum(axis=1)
    assert min(squares) >= 3 * Fraction(4, 4)


def test_infimum_of_the_wrapped_quadratic_is_attained():
    problem = EXACT["indefinite"]
    assert problem.value(fractions([0, 4, 4 + H])) == problem.infimum == -10
    assert problem.smoothness == 2


def test_low_rank_equals_its_matrix():
    problem = EXACT["low rank"]
    matrix = Fraction(1, 4) * fractions(np.eye(4)) + problem.factors @ problem.factors.T
    assert max(np.linalg.eigvalsh(matrix.astype(float))) == pytest.approx(float(problem.smoothness))
    dense = Quadratic(matrix, problem.centre, problem.smoothness)
    w = fractions([1, -2, 3, 0])
    assert np.array_equal(dense.gradient(w), problem.gradient(w))
    assert dense.value(w) == problem.value(w)


def test_random_spectrum_is_the_prescribed_one():
    problem = dense_spectrum([0.5, 1, 7, 2], np.zeros(4), np.random.default_rng(5))
    np.testing.assert_allclose(np.linalg.eigvalsh(problem.matrix), [0.5, 1, 2, 7], atol=1e-12)
    report = check_assumptions(problem, np.random.default_rng(6))
    assert report.holds
    assert not report.exact


@pytest.mark.parametrize("name", ["diagonal", "indefinite", "sawtooth", "dense"])
def test_floats_and_fractions_agree(name):
    problem = EXACT[name]
    w = np.random.default_rng(7).integers(-40, 40, size=(20, problem.dimension))
    exact = problem.gradient(fractions(w)).astype(float)
    np.testing.assert_allclose(problem.floating().gradient(w.astype(float)), exact, rtol=1e-14, atol=1e-14)
    exact_values = problem.value(fractions(w)).astype(float)
    np.testing.assert_allclose(problem.floating().value(w.astype(float)), exact_values, rtol=1e-13, atol=1e-13)


def test_float_data_become_rational_without_loss():
    problem = indefinite([0.1, -0.7], [0.3, 0.2], 1.5)
    exact = problem.rational()
    assert exact.smoothness == Fraction(0.7)
    assert float(exact.infimum) == pytest.approx(-0.7 * 1.5**2)
    assert check_assumptions(exact, np.random.default_rng(8)).holds


@pytest.mark.parametrize(
    "build",
    [
        lambda: diagonal([-1.0], [0.0]),
        lambda: diagonal([1.0, 2.0], [0.0]),
        lambda: diagonal([np.inf], [0.0]),
        lambda: half_integer(0),
        lambda: indefinite([-1.0], [0.0], 0.0),
        lambda: huber(-1, 1),
        lambda: sawtooth(0),
        lambda: Quadratic(np.array([[1.0, 2.0], [0.0, 1.0]]), np.zeros(2), 1.0),
        lambda: Quadratic(np.eye(3), np.zeros(2), 1.0),
        lambda: dense_spectrum([-1.0], [0.0], np.random.default_rng(0)),
        lambda: dense_rational([1, 2], [0, 0], [[0, 0]]),
        lambda: Rotated(np.array([[1.0, 1.0], [0.0, 1.0]]), diagonal([1.0, 1.0], [0.0, 0.0])),
        lambda: low_rank(-1.0, [1.0], [0.0, 0.0]),
        lambda: Profile(fractions([0, 0]), fractions([1, 1]), 0),
        lambda: Profile(fractions([0, 1]), fractions([1, 2]), 0, period=1),
        lambda: Profile(fractions([0, 1]), fractions([1, 2]), 0),
    ],
)
def test_bad_problems_are_refused(build):
    with pytest.raises(InputError):
        build()
