"""Moments of many draws in a stream: memory for one chunk of trials, never for a (draws x d) array."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from convbound.checks.sampling.draws import choose_method, draw_counts, draw_hits
from convbound.checks.sampling.law import ZIMultinomial

# Trials held at once; two integers a trial, so about a megabyte, which fits in a processor's cache.
CHUNK_TRIALS = 1 << 16


@dataclass(eq=False)
class Moments:
    """Exact integer sums over draws: `counts` (shape (d,)), the squared norms, and their squares; add to merge."""

    draws: int
    counts: npt.NDArray[np.int64]
    squared_norm: int
    squared_norm_squared: int

    def __add__(self, more: Moments) -> Moments:
        return Moments(
            self.draws + more.draws,
            self.counts + more.counts,
            self.squared_norm + more.squared_norm,
            self.squared_norm_squared + more.squared_norm_squared,
        )

    @property
    def mean(self) -> npt.NDArray[np.float64]:
        """The average draw, shape (d,)."""
        return self.counts / self.draws

    @property
    def second_moment(self) -> float:
        """The average squared norm."""
        return self.squared_norm / self.draws


def squared_norms(hits: npt.NDArray[np.int64], where: npt.NDArray[np.intp], dimension: int) -> npt.NDArray[np.int64]:
    """The squared norm of every draw from its trials, shape (draws,).

    The squared norm is the number of hits plus twice the number of pairs of trials that hit the same coordinate; after
    sorting, equal keys stand together, so pairs at distance 1, 2, ... are counted until there are none.
    """
    norms = hits.astype(np.int64)
    draw = np.repeat(np.arange(hits.size), hits)
    keys = np.sort(draw * dimension + where)
    same = np.flatnonzero(keys[1:] == keys[:-1])
    distance = 1
    while same.size:
        np.add.at(norms, keys[same] // dimension, 2)
        distance += 1
        same = same[same < keys.size - distance]
        same = same[keys[same + distance] == keys[same]]
    return norms


def accumulate_moments(
    law: ZIMultinomial, draws: int, rng: np.random.Generator, chunk_trials: int = CHUNK_TRIALS
) -> Moments:
    """Moments of `draws` draws of the law, drawn chunk by chunk."""
    total = Moments(0, np.zeros(law.dimension, dtype=np.int64), 0, 0)
    method = choose_method(law.trials, law.dimension, draws)
    per_chunk = max(1, chunk_trials // (law.dimension if method == "multinomial" else max(1, law.trials)))
    while total.draws < draws:
        size = min(per_chunk, draws - total.draws)
        if method == "multinomial":
            full = draw_counts(law, size, rng, method)
            counts, norms = full.sum(axis=0), (full**2).sum(axis=1)
        else:
            hits, where = draw_hits(law, size, rng, method)
            counts, norms = np.bincount(where, minlength=law.dimension), squared_norms(hits, where, law.dimension)
        total.counts += counts
        total.draws += size
        total.squared_norm += int(norms.sum())
        total.squared_norm_squared += int((norms**2).sum())
    return total
