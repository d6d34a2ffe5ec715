"""The law ZIMultinomial(n, r, q) and the law that a gradient gives it (arXiv 2512.04051, Definitions 5 and 6)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array, Floats
from convbound.checks.simulation.sampling.alias import AliasTable


@dataclass(frozen=True, eq=False)
class ZIMultinomial:
    """`trials` trials; each hits coordinate i with probability `rate * q[i]` and none with `1 - rate`.

    Source: arXiv 2512.04051, Definition 5. `q` has shape (d,), is nonnegative and sums to one.

    Raises:
        InputError: trials is negative, the rate is outside [0, 1], or q is no distribution.
    """

    trials: int
    rate: float
    q: Floats

    def __post_init__(self) -> None:
        if self.trials < 0:
            raise InputError(f"trials must be a natural number, not {self.trials}.")
        if not 0 <= self.rate <= 1:
            raise InputError(f"rate must be a probability between 0 and 1, not {self.rate}.")
        q = np.asarray(self.q, dtype=np.float64)
        if q.ndim != 1 or q.size == 0:
            raise InputError(f"q must be a vector with at least one entry, not an array of shape {q.shape}.")
        if not np.all(q >= 0) or not abs(float(q.sum()) - 1) <= 1e-9:
            raise InputError("q must be nonnegative and sum to one.")
        object.__setattr__(self, "q", q)

    @property
    def dimension(self) -> int:
        """The number d of coordinates."""
        return int(self.q.size)

    @cached_property
    def alias_table(self) -> AliasTable:
        """The table for categorical draws of q, built once."""
        return AliasTable.build(self.q)

    @cached_property
    def cumulative(self) -> Floats:
        """Cumulative sums of q, the last one exactly 1."""
        sums = np.cumsum(self.q)
        sums /= sums[-1]
        return sums


def zim_weights(gradient: Array, smoothing: Number) -> Array:
    """|g_i| + c, the weights that q is proportional to; any leading axes, floats or Fractions."""
    if smoothing < 0:
        raise InputError(f"the smoothing constant c must not be negative, but is {smoothing}.")
    weights: Array = np.abs(gradient) + smoothing
    return weights


def zim_multinomial(gradient: npt.ArrayLike, trials: int, rate: float, smoothing: float) -> ZIMultinomial:
    """The law of the counts x in the ZIM update at a gradient of shape (d,) (Definition 6).

    Raises:
        InputError: every weight |g_i| + c is zero, so that q is undefined, or a parameter is out of range.
    """
    weights = zim_weights(np.asarray(gradient, dtype=np.float64), smoothing)
    total = float(weights.sum())
    if not 0 < total < np.inf:
        raise InputError("q is undefined: the weights |g_i| + c must be finite and not all zero.")
    return ZIMultinomial(trials, rate, weights / total)
