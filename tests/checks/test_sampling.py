"""The sampler: its law, its forms of output, its choice of method, its streams.

Every comparison with a random draw allows an error of probability 1e-9 (a two-sided Hoeffding bound).
"""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from convbound.bounds.errors import InputError
from convbound.checks.simulation.sampling import (
    ZIMultinomial,
    choose_method,
    draw_counts,
    draw_sparse,
    draw_updates,
    draw_updates_each,
    draw_updates_sparse,
    stream,
    zim_multinomial,
)
from convbound.checks.simulation.sampling.alias import AliasTable

METHODS = ["multinomial", "alias", "sorted"]


def hoeffding(width: float, samples: int) -> float:
    return width * math.sqrt(math.log(2 / 1e-9) / (2 * samples))


weights = st.lists(st.one_of(st.just(0.0), st.floats(1e-12, 1e12)), min_size=1, max_size=40).filter(
    lambda w: sum(w) > 0
)


@settings(deadline=None)
@given(st.one_of(weights, st.lists(st.integers(0, 4), min_size=1, max_size=12).filter(any)))
@example([21, 22, 21, 24])  # one weight is exactly the average
def test_alias_table_realises_q(w):
    q = np.array(w) / sum(w)
    np.testing.assert_allclose(AliasTable.build(q).law(), q, rtol=0, atol=1e-14)


def test_a_large_alias_table_realises_q():
    q = np.random.default_rng(0).pareto(1.1, 100_000)
    q /= q.sum()
    np.testing.assert_allclose(AliasTable.build(q).law(), q, rtol=1e-8, atol=0)


@pytest.mark.parametrize(("d", "n", "c"), [(40, 3, 0.0), (40, 40, 1.0), (9000, 3, 0.5), (9001, 2, 0.0)])
def test_single_updates_follow_the_law(d, n, c):
    """The path of training, in blocks and without, folded into twenty groups; ragged ends included."""
    rng, draws, rate = stream(8), 4000, 0.75
    gradient = np.random.default_rng(d).normal(size=d) ** 3
    gradient[:: d // 7] = 0
    groups = np.arange(d) * 20 // d
    weights = np.abs(gradient) + c
    moved, hit = np.zeros(20), np.zeros(20)
    for _ in range(draws):
        update = draw_updates_sparse(gradient, n, rate, c, 1, rng)
        assert np.all(np.diff(update.indices) > 0)
        np.add.at(moved, groups[update.indices], update.counts)
        np.add.at(hit, groups[update.indices], np.abs(update.counts))
    for seen, sign in ((moved, np.sign(gradient)), (hit, np.abs(np.sign(gradient)))):
        expected = n * rate * np.bincount(groups, weights / weights.sum() * sign)
        np.testing.assert_allclose(seen / draws, expected, rtol=0, atol=hoeffding(2 * n, draws))
    with pytest.raises(InputError, match="undefined"):
        draw_updates_sparse(np.zeros(d), n, rate, 0.0, 1, rng)


@pytest.mark.parametrize("method", METHODS)
def test_mean_counts(method):
    law = ZIMultinomial(5, 0.75, np.array([0.1, 0.2, 0.0, 0.7]))
    counts = draw_counts(law, 40_000, stream(1), method)
    assert counts.sum(axis=1).max() <= 5
    assert np.all(counts[:, 2] == 0)
    np.testing.assert_allclose(counts.mean(axis=0), 5 * 0.75 * law.q, rtol=0, atol=hoeffding(5, 40_000))


@pytest.mark.parametrize("method", METHODS)
def test_sparse_and_dense_are_the_same_draws(method):
    law = zim_multinomial([0.5, -1, 2, 0], 6, 0.5, 0.25)
    dense = draw_counts(law, 50, stream(2), method)
    sparse = draw_sparse(law, 50, stream(2), method)
    assert np.array_equal(sparse.dense(), dense)
    assert np.array_equal(sparse.squared_norms(), (dense**2).sum(axis=1))
    for b in range(50):
        assert np.all(np.diff(sparse.indices[sparse.start[b] : sparse.start[b + 1]]) > 0)


def test_update_has_the_sign_of_the_gradient():
    gradient = np.array([0.5, -1, 0, 2])
    dense = draw_updates(gradient, 7, 1.0, 1.0, 200, stream(3))
    assert np.all(dense * np.sign(gradient) >= 0)
    assert np.all(dense[:, 2] == 0)
    assert np.array_equal(draw_updates_sparse(gradient, 7, 1.0, 1.0, 200, stream(3)).dense(), dense)


def test_updates_of_many_gradients():
    gradients = np.tile([3.0, -1.0], (40_000, 1))
    updates = draw_updates_each(gradients, 1, 0.5, 0.0, stream(4))
    np.testing.assert_allclose(updates.mean(axis=0), [0.375, -0.125], rtol=0, atol=hoeffding(1, 40_000))
    with pytest.raises(InputError, match="undefined"):
        draw_updates_each(np.zeros((2, 2)), 1, 0.5, 0.0, stream(4))


def test_method_follows_trials_and_dimension():
    assert choose_method(100, 10, 1) == "multinomial"
    assert choose_method(8, 1000, 1000) == "alias"
    assert choose_method(8, 10**6, 1) == "sorted"


def test_streams_are_named_not_ordered():
    assert stream(7, 1, 2).random() == stream(7, 1, 2).random()
    assert stream(7, 1, 2).random() != stream(7, 2, 1).random()
    child = np.random.SeedSequence(7).spawn(2)[1]
    assert stream(7, 1).random() == np.random.Generator(np.random.PCG64DXSM(child)).random()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ((-1, 0.5, np.ones(1)), "trials"),
        ((1, 1.5, np.ones(1)), "rate"),
        ((1, 0.5, np.array([0.5, 0.6])), "sum to one"),
        ((1, 0.5, np.ones((2, 2))), "vector"),
    ],
)
def test_bad_laws_are_refused(arguments, word):
    with pytest.raises(InputError, match=word):
        ZIMultinomial(*arguments)


def test_undefined_weights_are_refused():
    with pytest.raises(InputError, match="undefined"):
        zim_multinomial([0.0, 0.0], 1, 0.5, 0.0)
    with pytest.raises(InputError, match="negative"):
        zim_multinomial([1.0], 1, 0.5, -1.0)
