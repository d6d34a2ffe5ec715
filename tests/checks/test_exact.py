"""Exact enumeration against closed forms, and exact stationary laws against chains that can be solved by hand."""

from fractions import Fraction
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convbound.bounds.errors import InputError
from convbound.checks.simulation.exact import LatticeChain, average_over_steps, build_chain, enumerate_counts, one_step
from convbound.checks.simulation.exact.enumeration import count_vectors
from convbound.checks.simulation.problems import diagonal, half_integer, sawtooth
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.schemes.rounding import enumerate_rounding
from convbound.checks.simulation.schemes.zim import enumerate_update

rates = st.fractions(0, 1, max_denominator=20)
gradients = st.lists(st.fractions(-3, 3, max_denominator=12), min_size=1, max_size=4)
smoothings = st.fractions(Fraction(1, 20), 3, max_denominator=20)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5), rates, gradients, smoothings)
def test_enumerated_moments_are_the_closed_forms(n, r, g, c):
    """Propositions 10 and 11, the second moment of 11 as corrected: only coordinates with g_i != 0 move."""
    g = fractions(g)
    q = (abs(g) + c) / (abs(g) + c).sum()
    counts = enumerate_counts(n, r, q)
    assert sum(counts.weights) == counts.denominator
    assert list(counts.mean) == list(n * r * q)
    assert counts.second_moment == n * r + r**2 * (n**2 - n) * (q**2).sum()
    update = enumerate_update(g, n, r, c)
    sign = np.sign(g.astype(float)).astype(int)
    assert list(update.mean) == list(n * r * q * sign)
    moving = sign != 0
    assert update.second_moment == n * r * q[moving].sum() + r**2 * (n**2 - n) * (q[moving] ** 2).sum()


def test_second_moment_of_proposition_11_as_printed_fails_at_a_zero():
    update = enumerate_update([1, 0], 2, 1, 1)
    assert update.second_moment == Fraction(20, 9)


@settings(deadline=None)
@given(st.integers(0, 6), st.integers(1, 5))
def test_every_count_vector_once(n, d):
    vectors = count_vectors(n, d)
    assert len({tuple(v) for v in vectors}) == len(vectors)
    assert vectors.min(initial=0) >= 0
    assert vectors.sum(axis=1).max(initial=0) <= n


def test_eight_trials_on_five_coordinates():
    law = enumerate_counts(8, Fraction(1, 3), [Fraction(k, 15) for k in range(1, 6)])
    assert len(law.outcomes) == 1287
    assert sum(law.weights) == law.denominator == 45**8
    assert law.probabilities().sum() == pytest.approx(1, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(gradients, st.fractions(0, 3, max_denominator=12))
def test_stochastic_rounding_is_unbiased(g, eta):
    law = enumerate_rounding(g, eta)
    assert list(law.mean) == [eta * x for x in g]
    if all(eta * abs(x) <= 1 for x in g):
        assert law.second_moment == eta * sum(abs(x) for x in g)


def test_one_step_on_an_isotropic_quadratic_is_proposition_8_with_equality():
    problem = half_integer(3, Fraction(2))
    w = fractions([2, -1, 0])
    step = one_step(problem, w, enumerate_update(problem.gradient(w), 3, Fraction(1, 2), 1))
    assert step.decrease == -step.alignment + Fraction(2, 2) * step.second_moment


@pytest.mark.parametrize(("m", "n", "r"), [(1, 1, 1), (1, 3, Fraction(1, 2)), (2, 2, Fraction(2, 3))])
def test_stationary_law_on_the_sawtooth_is_uniform(m, n, r):
    problem, period = sawtooth(m), 8 * m * m + 4 * m
    chain = build_chain(problem, [0], lambda g: enumerate_update(g, n, r, 1), period=Fraction(period))
    assert len(chain.states) == period
    assert chain.stationary() == [Fraction(1, period)] * period
    squares = (problem.gradient(chain.points()) ** 2).sum(axis=1)
    expected = Fraction(8 * m * m + 3 * m + 4, 48 * (2 * m + 1)) + Fraction(1, 64)
    assert chain.stationary_mean(squares) == expected


def test_a_chain_solved_by_hand():
    """F = (w - b)^2 / 2 with b = 1/4, n = 1: from 0 up with probability r, from 1 down with probability r."""
    problem = diagonal(fractions([1]), fractions([Fraction(1, 4)]))
    chain = build_chain(problem, [3], update := partial(enumerate_update, trials=1, rate=Fraction(1, 3), smoothing=1))
    assert sorted(chain.states) == [(0,), (1,), (2,), (3,)]
    assert chain.closed_classes() == [sorted([chain.states.index((0,)), chain.states.index((1,))])]
    norms = np.abs(problem.gradient(chain.points()))[:, 0]
    assert chain.stationary_mean(norms) == Fraction(1, 2)
    # K = 2: the first state 3 with |g| = 11/4, then 2 with probability 1/3
    average = average_over_steps(problem, [3], update, lambda w: np.abs(problem.gradient(w))[:, 0], 2)
    assert average == (Fraction(11, 4) + Fraction(2, 3) * Fraction(11, 4) + Fraction(7, 12)) / 2


def test_time_average_approaches_the_stationary_mean():
    problem = diagonal(fractions([1, Fraction(1, 2)]), fractions([Fraction(1, 4), Fraction(1, 3)]))
    chain = build_chain(problem, [0, 0], lambda g: enumerate_rounding(g, Fraction(1, 2)))
    limit = chain.stationary_mean((problem.gradient(chain.points()) ** 2).sum(axis=1))
    average = average_over_steps(
        problem,
        [0, 0],
        partial(enumerate_rounding, step=Fraction(1, 2)),
        lambda w: (problem.gradient(w) ** 2).sum(axis=1),
        60,
    )
    assert abs(average - limit) < Fraction(1, 50)


def test_an_absorbing_state_takes_all():
    """sign(0) = 0, so ZIM never leaves an integer minimum."""
    problem = diagonal(fractions([1, 1]), fractions([0, 0]))
    chain = build_chain(problem, [1, 1], lambda g: enumerate_update(g, 1, Fraction(1, 2), 1))
    assert chain.closed_classes() == [[chain.states.index((0, 0))]]
    assert chain.stationary()[chain.states.index((0, 0))] == 1


def test_two_recurrent_classes_are_refused():
    half = Fraction(1, 2)
    chain = LatticeChain([(0,), (1,), (2,)], [{1: half, 2: half}, {1: Fraction(1)}, {2: Fraction(1)}])
    with pytest.raises(InputError, match="2 recurrent classes"):
        chain.stationary()


@pytest.mark.parametrize(
    "call",
    [
        lambda: enumerate_counts(1, 2, [1]),
        lambda: enumerate_counts(1, 1, [Fraction(1, 2)]),
        lambda: enumerate_update([0], 1, 1, 0),
        lambda: count_vectors(50, 20),
        lambda: build_chain(sawtooth(1), [0], lambda g: enumerate_update(g, 1, 1, 1), most_states=50),
    ],
)
def test_bad_input_is_refused(call):
    with pytest.raises(InputError):
        call()
