"""The sampler: its law, its forms of output, its choice of method, its streams.

Every comparison with a random draw allows an error of probability 1e-9 (a two-sided Hoeffding bound).
"""

import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from convbound.bounds.errors import InputError
from convbound.checks.sampling import (
    ZIMultinomial,
    accumulate_moments,
    choose_method,
    draw_counts,
    draw_sparse,
    draw_updates,
    draw_updates_each,
    draw_updates_sparse,
    stream,
    zim_law,
)
from convbound.checks.sampling.alias import AliasTable
from convbound.checks.sampling.moments import squared_norms

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


@pytest.mark.parametrize("method", METHODS)
def test_mean_counts(method):
    law = ZIMultinomial(5, 0.75, np.array([0.1, 0.2, 0.0, 0.7]))
    counts = draw_counts(law, 40_000, stream(1), method)
    assert counts.sum(axis=1).max() <= 5
    assert np.all(counts[:, 2] == 0)
    np.testing.assert_allclose(counts.mean(axis=0), 5 * 0.75 * law.q, rtol=0, atol=hoeffding(5, 40_000))


@pytest.mark.parametrize("method", METHODS)
def test_sparse_and_dense_are_the_same_draws(method):
    law = zim_law([0.5, -1, 2, 0], 6, 0.5, 0.25)
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


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 12), st.integers(1, 5), st.integers(1, 20), st.integers(0, 2**32))
def test_squared_norms_from_trials(trials, dimension, draws, seed):
    rng = np.random.default_rng(seed)
    hits = rng.integers(0, trials + 1, size=draws)
    where = rng.integers(0, dimension, size=hits.sum())
    counts = np.zeros((draws, dimension), dtype=int)
    np.add.at(counts, (np.repeat(np.arange(draws), hits), where), 1)
    assert np.array_equal(squared_norms(hits, where, dimension), (counts**2).sum(axis=1))


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([(3, 2), (40, 3), (2, 50)]), st.integers(1, 300), st.integers(0, 2**32))
def test_moments_are_those_of_the_draws(shape, draws, seed):
    trials, dimension = shape
    law = zim_law(np.arange(dimension) - 1.0, trials, 0.5, 1.0)
    whole = accumulate_moments(law, draws, np.random.default_rng(seed), chunk_trials=10**9)
    counts = draw_counts(law, draws, np.random.default_rng(seed), choose_method(trials, dimension, draws))
    assert np.array_equal(whole.counts, counts.sum(axis=0))
    assert whole.squared_norm == (counts**2).sum()
    assert whole.squared_norm_squared == ((counts**2).sum(axis=1) ** 2).sum()
    merged = whole + accumulate_moments(law, 5, np.random.default_rng(seed), chunk_trials=7)
    assert merged.draws == draws + 5
    assert merged.squared_norm >= whole.squared_norm


def test_moments_need_no_array_of_draws():
    law = zim_law(np.linspace(-1, 1, 10_000), 10, 0.5, 1.0)
    tracemalloc.start()
    accumulate_moments(law, 20_000, stream(5))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000 * 10_000 * 8 / 100


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
        zim_law([0.0, 0.0], 1, 0.5, 0.0)
    with pytest.raises(InputError, match="negative"):
        zim_law([1.0], 1, 0.5, -1.0)
