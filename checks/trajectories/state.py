"""What a group of chains carries from step to step, and how it is kept exact."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# Columns of `sums`: high and low parts of the running sums of |g|_2, |g|_2^2 and the alignment, then the least |g|_2.
NORM, SQUARE, ALIGNMENT, BEST = 0, 2, 4, 6
COLUMNS = 7


@dataclass
class Group:
    """Chains that advance together: `w` of shape (chains, d), `sums` of shape (chains, 7), and their generator."""

    w: Floats
    sums: Floats
    rng: np.random.Generator
    step: int = 0  # steps done; the sums cover w_1 .. w_step

    @classmethod
    def start(cls, w: Floats, rng: np.random.Generator) -> Group:
        """Chains at their first points, nothing recorded."""
        sums = np.zeros((len(w), COLUMNS))
        sums[:, BEST] = np.inf
        return cls(w, sums, rng)


def two_sum(high: Any, low: Any, term: Any) -> tuple[Any, Any]:
    """Add `term` to the unevaluated sum high + low: no bit of `term` is lost (Knuth). Floats or arrays."""
    total = high + term
    shadow = total - high
    return total, low + ((high - (total - shadow)) + (term - shadow))


def record(sums: Floats, absolute_sum: Floats, square: Floats, smoothing: float, dimension: int) -> None:
    """Add one step's |g|_2, |g|_2^2 and alignment to the running sums; all arguments have one entry a chain."""
    square = np.maximum(square, 0.0)
    norm = np.sqrt(square)
    weight = absolute_sum + smoothing * dimension
    alignment = np.divide(square + smoothing * absolute_sum, weight, out=np.zeros_like(weight), where=weight > 0)
    for column, value in ((NORM, norm), (SQUARE, square), (ALIGNMENT, alignment)):
        sums[:, column], sums[:, column + 1] = two_sum(sums[:, column], sums[:, column + 1], value)
    np.minimum(sums[:, BEST], norm, out=sums[:, BEST])


def record_one(sums: list[float], absolute_sum: float, square: float, smoothing: float, dimension: int) -> None:
    """The same for one chain in plain floats, ten times faster than arrays of length one."""
    square = max(square, 0.0)
    norm = math.sqrt(square)
    weight = absolute_sum + smoothing * dimension
    alignment = (square + smoothing * absolute_sum) / weight if weight > 0 else 0.0
    for column, value in ((NORM, norm), (SQUARE, square), (ALIGNMENT, alignment)):
        sums[column], sums[column + 1] = two_sum(sums[column], sums[column + 1], value)
    sums[BEST] = min(sums[BEST], norm)
