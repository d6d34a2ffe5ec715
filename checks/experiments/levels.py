"""Levels that weights are to take, and the two functions that say how far a weight is from them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from convbound.bounds.errors import InputError

Array = NDArray[np.float64]
MOST_BITS = 16


@dataclass(frozen=True)
class Levels:
    """Ascending levels q_1 < ... < q_K."""

    values: tuple[float, ...]

    def __post_init__(self) -> None:
        finite = all(abs(q) < float("inf") for q in self.values)
        if len(self.values) < 2 or not finite or any(a >= b for a, b in pairwise(self.values)):
            raise InputError(f"levels are two or more ascending numbers, not {self.values}.")

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest."""
        return self.values[0], self.values[-1]

    def _cell(self, w: Array) -> tuple[Array, Array]:
        """The neighbours q_{j-1} <= w < q_j; of a weight outside, those of the nearest cell."""
        q = np.asarray(self.values)
        right = np.clip(np.searchsorted(q, w, side="right"), 1, len(q) - 1)
        return q[right - 1], q[right]

    def nearest(self, w: Array) -> Array:
        """The nearest level; halfway the upper one."""
        left, right = self._cell(w)
        return np.where(2 * w >= left + right, right, left)

    def drawn(self, w: Array, rng: np.random.Generator) -> Array:
        """One of the two neighbours, with the clipped weight as its mean (equation 4)."""
        left, right = self._cell(w)
        share = np.clip((w - left) / (right - left), 0, 1)
        return np.where(rng.random(w.shape) < share, right, left)

    def feasible(self, w: Array, eps: Array | float) -> Array:
        """The nearest weights at which phi (22) is not negative."""
        low, high = self.ends
        left, right = self._cell(w)
        reach = (right - left) / 2 - np.sqrt(np.maximum((right - left) ** 2 / 4 - eps, 0))
        upper = 2 * w >= left + right
        inside = np.where(upper, np.maximum(w, right - reach), np.minimum(w, left + reach))
        return np.where((low <= w) & (w <= high), inside, np.clip(w, low - eps, high + eps))

    def constraint(self, kind: str, w: Array, eps: Array | float) -> tuple[Array, Array]:
        """(value, slope) of psi (19) or phi (22), as the cases are printed: a level belongs to what lies right of it.

        Args:
            kind: "psi" or "phi".
            w: weights.
            eps: the tolerance, of a shape that broadcasts with w.
        """
        low, high = self.ends
        left, right = self._cell(w)
        inner = (low <= w) & (w < high)
        u = np.where(inner, (w - left) * (right - w), np.where(w < low, low - w, w - high))
        slope = np.where(inner, left + right - 2 * w, np.where(w < low, -1.0, 1.0))
        return (eps - u, -slope) if kind == "phi" else (eps - u * u, -2 * u * slope)


BINARY = Levels((-1.0, 1.0))


def integer_levels(bits: int, *, printed: bool = False) -> Levels:
    """The 2^k integers of the experiments, -2^(k-1) to 2^(k-1) - 1; as equation (5) prints them, one higher."""
    if not 1 <= bits <= MOST_BITS:
        raise InputError(f"a level has from 1 to {MOST_BITS} bits, not {bits}.")
    first = -(2 ** (bits - 1)) + printed
    return Levels(tuple(float(first + j) for j in range(2**bits)))
