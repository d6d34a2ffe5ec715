"""Vectorised draws of ZIMultinomial(n, r, q) and of the ZIM update, dense or as (index, count) pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from convbound.bounds.errors import InputError
from convbound.checks.simulation.sampling.law import ZIMultinomial, zim_law, zim_weights

Integers = npt.NDArray[np.int64]
Method = Literal["multinomial", "alias", "sorted"]

# A multinomial draw visits every coordinate; a categorical draw costs about a tenth of a visit a trial.
DENSE_TRIALS_PER_COORDINATE = 10
# Building an alias table costs more than a search in cumulative sums where there are fewer trials than coordinates.
ALIAS_TRIALS_PER_COORDINATE = 1

# Coordinates that are added up together for a single draw.
BLOCK = 256


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
    counts = draw_counts(zim_law(gradient, trials, rate, smoothing), draws, rng)
    return counts * np.sign(np.asarray(gradient, dtype=np.float64)).astype(np.int64)


def draw_updates_sparse(
    gradient: npt.ArrayLike, trials: int, rate: float, smoothing: float, draws: int, rng: np.random.Generator
) -> SparseDraws:
    """The same as `draw_updates`, as (index, signed count) pairs; a hit where g_i = 0 keeps its place with count 0."""
    g = np.asarray(gradient, dtype=np.float64)
    if draws == 1 and g.ndim == 1 and trials <= g.size and 0 < rate <= 1:
        return _one_update(g, trials, rate, smoothing, rng)
    drawn = draw_sparse(zim_law(g, trials, rate, smoothing), draws, rng)
    signs = np.sign(g[drawn.indices]).astype(np.int64)
    return SparseDraws(drawn.dimension, drawn.start, drawn.indices, drawn.counts * signs)


def _one_update(
    g: npt.NDArray[np.float64], trials: int, rate: float, c: float, rng: np.random.Generator
) -> SparseDraws:
    """One update at a gradient that is used once, as in training: two passes over |g| at most, and no law is built.

    Where there are few trials, a block of coordinates is drawn by the sums of the blocks, then a coordinate in it.
    """
    weights = zim_weights(g, c)
    hits = trials if rate == 1 else int(rng.binomial(trials, rate))
    if trials * BLOCK * 4 < g.size:
        where = _draw_in_blocks(weights, hits, rng)
    else:
        upto = weights.cumsum()
        _demand_weight(upto[-1])
        where = upto.searchsorted(rng.random(hits) * upto[-1], side="right")
    where.sort()
    if hits and where[-1] >= g.size:  # one rounding of the sum
        where[where >= g.size] = g.size - 1
    fresh = np.empty(hits, dtype=bool)
    fresh[:1] = True
    np.not_equal(where[1:], where[:-1], out=fresh[1:])
    first = fresh.nonzero()[0]
    counts = np.empty(first.size, dtype=np.int64)
    counts[:-1] = first[1:] - first[:-1]
    counts[-1:] = hits - first[-1:]
    indices = where[first]
    return SparseDraws(g.size, np.array([0, first.size]), indices, counts * np.sign(g[indices]).astype(np.int64))


def _demand_weight(total: float) -> None:
    if not 0 < total < np.inf:
        raise InputError("q is undefined: the weights |g_i| + c must be finite and not all zero.")


def _draw_in_blocks(weights: npt.NDArray[np.float64], hits: int, rng: np.random.Generator) -> npt.NDArray[np.intp]:
    """Categorical draws: a block of coordinates by the sums of the blocks, then a coordinate in it."""
    blocks = weights.size // BLOCK
    body, tail = weights[: blocks * BLOCK].reshape(blocks, BLOCK), weights[blocks * BLOCK :]
    upto = np.cumsum(np.concatenate((body.sum(axis=1), tail)))
    _demand_weight(upto[-1])
    cell = np.minimum(np.searchsorted(upto, rng.random(hits) * upto[-1], side="right"), upto.size - 1)
    where: npt.NDArray[np.intp] = cell + blocks * (BLOCK - 1)
    inside = cell < blocks
    rows = np.cumsum(body[cell[inside]], axis=1)
    # a fresh uniform, so that the coordinate is drawn with all digits
    within = (rows <= rng.random((len(rows), 1)) * rows[:, -1:]).sum(axis=1)
    where[inside] = cell[inside] * BLOCK + np.minimum(within, BLOCK - 1)
    return where


def draw_updates_each(
    gradients: npt.NDArray[Any], trials: int, rate: float, smoothing: float, rng: np.random.Generator
) -> Integers:
    """One ZIM update for each gradient, shapes (draws, d): the plain way, every weight recomputed.

    Raises:
        InputError: some row has no positive weight.
    """
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
