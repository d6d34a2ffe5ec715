"""Vectorised draws of ZIMultinomial(n, r, q) and of the ZIM update, dense or as (index, count) pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array, Integers
from convbound.checks.simulation.sampling.law import ZIMultinomial, zim_multinomial, zim_weights
from convbound.checks.simulation.sampling.one_update import UpdateSampler

Method = Literal["multinomial", "alias", "sorted"]

# A multinomial draw visits every coordinate; a categorical draw costs about a tenth of a visit a trial.
DENSE_TRIALS_PER_COORDINATE = 10
# Building an alias table costs more than a search in cumulative sums where there are fewer trials than coordinates.
ALIAS_TRIALS_PER_COORDINATE = 1
# From so many coordinates on, one update a gradient is searched for rather than drawn coordinate by coordinate, ...
SEARCHED = 256
# ... unless there are more trials than this share of them.
COORDINATES_PER_SEARCH = 4


@dataclass(frozen=True, eq=False)
class SparseDraws:
    """Draws as the coordinates that were hit: draw b holds `indices[start[b]:start[b+1]]`, ascending, and `counts`.

    `start` has shape (draws + 1,); `indices` and `counts` have one entry per hit coordinate of a draw. For updates the
    counts carry the sign of the gradient.
    """

    dimension: int
    start: Integers
    indices: Integers
    counts: Integers

    def dense(self) -> Integers:
        """The same draws as an array of shape (draws, d)."""
        full = np.zeros((self.start.size - 1, self.dimension), dtype=np.int64)
        full[np.repeat(np.arange(self.start.size - 1), np.diff(self.start)), self.indices] = self.counts
        return full

    def squared_norms(self) -> Integers:
        """The squared Euclidean norm of every draw, shape (draws,)."""
        running = np.concatenate(([0], np.cumsum(self.counts**2)))
        norms: Integers = np.diff(running[self.start])
        return norms


def choose_method(trials: int, dimension: int, draws: int) -> Method:
    """The cheapest method for `draws` draws of `trials` trials over `dimension` coordinates.

    Dense multinomial draws only where there are about ten trials a coordinate; else Binomial(n, r) first, then
    categorical draws, by alias table where its construction pays and by sorted uniforms where it does not.
    """
    if trials >= DENSE_TRIALS_PER_COORDINATE * dimension:
        return "multinomial"
    return "alias" if trials * draws >= ALIAS_TRIALS_PER_COORDINATE * dimension else "sorted"


def draw_hits(
    law: ZIMultinomial, draws: int, rng: np.random.Generator, method: Method | None = None
) -> tuple[Integers, npt.NDArray[np.intp]]:
    """Every trial that hits a coordinate, draw after draw: how many a draw has, shape (draws,), and where they hit.

    Within a draw the order of the hits carries no information.
    """
    hits = rng.binomial(law.trials, law.rate, size=draws)
    total = int(hits.sum())
    if (method or choose_method(law.trials, law.dimension, draws)) == "alias":
        return hits, law.alias_table.draw(rng, total)
    # Sorted uniforms make the search one sweep; a random permutation then gives the hits back to their draws.
    uniforms = np.sort(rng.random(total))
    where = np.searchsorted(law.cumulative, uniforms, side="right")
    if draws > 1:
        rng.shuffle(where)
    return hits, where


def draw_sparse(law: ZIMultinomial, draws: int, rng: np.random.Generator, method: Method | None = None) -> SparseDraws:
    """`draws` independent draws of the counts as (index, count) pairs."""
    method = method or choose_method(law.trials, law.dimension, draws)
    if method == "multinomial":
        full = _multinomial(law, draws, rng)
        rows, indices = np.nonzero(full)
        start = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=draws))))
        return SparseDraws(law.dimension, start, indices, full[rows, indices])
    hits, where = draw_hits(law, draws, rng, method)
    keys = np.repeat(np.arange(draws), hits) * law.dimension + where
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(first, append=keys.size)
    rows, indices = np.divmod(keys[first], law.dimension)
    start = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=draws))))
    return SparseDraws(law.dimension, start, indices, counts)


def draw_counts(law: ZIMultinomial, draws: int, rng: np.random.Generator, method: Method | None = None) -> Integers:
    """`draws` independent draws of the counts, shape (draws, d)."""
    method = method or choose_method(law.trials, law.dimension, draws)
    if method == "multinomial":
        return _multinomial(law, draws, rng)
    hits, where = draw_hits(law, draws, rng, method)
    keys = np.repeat(np.arange(draws), hits) * law.dimension + where
    return np.bincount(keys, minlength=draws * law.dimension).reshape(draws, law.dimension)


def draw_updates(
    gradient: npt.ArrayLike, trials: int, rate: float, smoothing: float, draws: int, rng: np.random.Generator
) -> Integers:
    """`draws` independent ZIM updates x * sign(g) at one gradient of shape (d,); shape (draws, d).

    Source: arXiv 2512.04051, Definition 6. Where g_i = 0 the update is zero, whatever the count.
    """
    counts = draw_counts(zim_multinomial(gradient, trials, rate, smoothing), draws, rng)
    return counts * np.sign(np.asarray(gradient, dtype=np.float64)).astype(np.int64)


def draw_updates_sparse(
    gradient: npt.ArrayLike, trials: int, rate: float, smoothing: float, draws: int, rng: np.random.Generator
) -> SparseDraws:
    """The same as `draw_updates`, as (index, signed count) pairs; a hit where g_i = 0 keeps its place with count 0.

    For one update a gradient, step after step, prepare an `UpdateSampler`.
    """
    g = np.asarray(gradient, dtype=np.float64)
    if draws == 1 and g.ndim == 1 and trials <= g.size and 0 < rate <= 1:
        where, counts = UpdateSampler(g.size, trials, rate, smoothing).counts(g, rng)
        return SparseDraws(g.size, np.array([0, where.size]), where, counts)
    drawn = draw_sparse(zim_multinomial(g, trials, rate, smoothing), draws, rng)
    signs = np.sign(g[drawn.indices]).astype(np.int64)
    return SparseDraws(drawn.dimension, drawn.start, drawn.indices, drawn.counts * signs)


def draw_updates_each(
    gradients: Array, trials: int, rate: float, smoothing: float, rng: np.random.Generator
) -> Integers:
    """One ZIM update for each gradient, shapes (draws, d): the plain way, every weight recomputed.

    Raises:
        InputError: some row has no positive weight.
    """
    dimension = gradients.shape[1]
    if dimension >= max(SEARCHED, COORDINATES_PER_SEARCH * trials):
        sampler = UpdateSampler(dimension, trials, rate, smoothing)
        searched = np.zeros(gradients.shape, dtype=np.int64)
        for row, gradient in zip(searched, gradients, strict=True):
            where, signs = sampler.hits(gradient, rng)
            np.add.at(row, where, signs.astype(np.int64))
        return searched
    weights = zim_weights(gradients, smoothing)
    totals = weights.sum(axis=1, keepdims=True)
    if not np.all(totals > 0):
        raise InputError("q is undefined: c is 0 and a gradient vanishes.")
    p = np.empty((gradients.shape[0], gradients.shape[1] + 1))
    p[:, :-1] = rate * (weights / totals)
    p[:, -1] = 1 - rate
    updates: Integers = rng.multinomial(trials, p)[:, :-1] * np.sign(gradients).astype(np.int64)
    return updates


def _multinomial(law: ZIMultinomial, draws: int, rng: np.random.Generator) -> Integers:
    hits = rng.binomial(law.trials, law.rate, size=draws)
    return rng.multinomial(hits, law.q / law.q.sum())
