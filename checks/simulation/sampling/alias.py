"""Categorical draws in constant time: Walker's alias table, built without a loop over the coordinates.

SciPy's `DiscreteAliasUrn` draws twice as fast, but reports serious rounding errors from 10^5 coordinates on, and its
table cannot be read back; this one says which law it realises, and tests hold it to that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convbound.checks.arrays import Floats, Indices


@dataclass(frozen=True, eq=False)
class AliasTable:
    """Cell i keeps i with probability `keep[i]` and yields `other[i]` else; both have shape (d,).

    Walker 1977. One uniform gives the cell and the coin: its 53 bits leave a resolution of d / 2^53 in the coin.
    """

    keep: Floats
    other: Indices

    @classmethod
    def build(cls, q: Floats) -> AliasTable:
        """Fill every cell to height one: poor cells in order take what the rich cells have above one.

        With the running deficits D of the poor and surpluses S of the rich, poor k takes from the first rich cell j
        with S_j > D_{k-1}; rich j is emptied by the first poor k with D_k >= S_j, keeps 1 + S_j - D_k, and its own
        gap is filled by rich j + 1. Both look-ups are searches in sorted arrays.
        """
        heights = q * (q.size / q.sum())
        keep = np.ones(q.size)
        other = np.arange(q.size)
        level = min(1.0, float(heights.max()))  # rounding may leave all heights an ulp below one
        poor = np.flatnonzero(heights < level)
        rich = np.flatnonzero(heights >= level)
        deficits = np.cumsum(1 - heights[poor])
        surpluses = np.cumsum(heights[rich] - 1)
        keep[poor] = heights[poor]
        before = np.concatenate(([0.0], deficits[:-1])) if poor.size else deficits
        # rounding may leave the last deficits above the last surplus by a few ulps: they go to the last rich cell
        other[poor] = rich[np.minimum(np.searchsorted(surpluses, before, side="right"), rich.size - 1)]
        emptier = np.searchsorted(deficits, surpluses[:-1], side="left")
        # a cell of height exactly one (surplus sum still 0) gives nothing away and so is never emptied
        emptied = np.flatnonzero((emptier < poor.size) & (surpluses[:-1] > 0))
        keep[rich[emptied]] = np.clip(1 + surpluses[emptied] - deficits[emptier[emptied]], 0, 1)
        other[rich[emptied]] = rich[emptied + 1]
        return cls(keep, other)

    def draw(self, rng: np.random.Generator, size: int) -> Indices:
        """`size` independent indices, shape (size,)."""
        position = rng.random(size)
        position *= self.keep.size
        cell = position.astype(np.intp)
        np.minimum(cell, self.keep.size - 1, out=cell)
        position -= cell
        return np.where(position < self.keep[cell], cell, self.other[cell])

    def law(self) -> Floats:
        """The probabilities that the table realises, shape (d,): what `build` was given, up to rounding."""
        share = self.keep.copy()
        np.add.at(share, self.other, 1 - self.keep)
        return share / share.size
