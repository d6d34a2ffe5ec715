"""Empirical-Bernstein confidence sequences for means of bounded variables: valid at every sample size at once.

Source: Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", 2024, Theorem 2. The stakes
and the centre may depend on the past in any way; here they are chosen once a batch, so that a batch is remembered by
three numbers and can be drawn anywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# The largest stake: close to one it pays where the variance is tiny, as on lattice chains near their floor.
LARGEST_STAKE = 0.9


@dataclass(frozen=True)
class Interval:
    """A closed interval; `low <= high`."""

    low: float
    high: float


# What rounding may add to a value at the end of its range, in units of the range.
SLACK = 1e-12


@dataclass(frozen=True)
class BatchSummary:
    """How many values in [0, 1] a batch had, their sum and the sum of their squares; `stray` is a value outside."""

    count: int
    total: float
    squares: float
    stray: float | None = None

    @classmethod
    def of(cls, values: npt.NDArray[np.float64], low: float, high: float) -> BatchSummary:
        """Summarise values that should lie in [low, high], after moving that interval to [0, 1]."""
        scaled = (values - low) / (high - low)
        outside = ~((scaled >= -SLACK) & (scaled <= 1 + SLACK))  # what is not a number lies outside too
        if outside.any():
            return cls(int(scaled.size), 0.0, 0.0, float(values[outside][0]))
        scaled = np.clip(scaled, 0, 1)
        return cls(int(scaled.size), float(scaled.sum()), float((scaled**2).sum()))


class ConfidenceSequence:
    """Intervals for the mean of [low, high]-valued draws; all of them hold together with probability 1 - alpha.

    The draws need the same conditional mean given the past; they need not be independent. A draw outside [low, high]
    ends the sequence: `stray` is that draw, and the interval stays what it was.
    """

    def __init__(self, low: float, high: float, alpha: float) -> None:
        if not (low < high and 0 < alpha < 1):
            raise ValueError("low must be below high, and alpha between 0 and 1.")
        self.low, self.high = low, high
        self.count = 0
        self.stray: float | None = None
        self._price = math.log(2 / alpha)
        self._total = self._squares = 0.0  # of the values seen, in [0, 1]
        self._stakes = self._winnings = self._penalty = 0.0
        self._unit = Interval(0.0, 1.0)

    def add(self, batch: BatchSummary) -> None:
        """Take one more batch into account; stake and centre are fixed by the batches before it."""
        if batch.count == 0 or self.stray is not None:
            return
        if batch.stray is not None:
            self.stray, self.count = batch.stray, self.count + batch.count
            return
        # half a point of prior weight on mean 1/2 and variance 1/4
        centre = (self._total + 0.5) / (self.count + 1)
        variance = (self._squares - 2 * centre * self._total + self.count * centre**2 + 0.25) / (self.count + 1)
        # A floor under the estimated variance: it only sets the stake, and any stake is valid.
        variance = max(variance, 1e-12)
        horizon = self.count + batch.count
        stake = min(LARGEST_STAKE, math.sqrt(2 * self._price / (variance * horizon * math.log1p(horizon))))
        spread = batch.squares - 2 * centre * batch.total + batch.count * centre**2
        self._stakes += stake * batch.count
        self._winnings += stake * batch.total
        self._penalty += (-math.log1p(-stake) - stake) * max(spread, 0.0)
        self.count += batch.count
        self._total += batch.total
        self._squares += batch.squares
        middle = self._winnings / self._stakes
        reach = (self._price + self._penalty) / self._stakes
        # All intervals hold at once, so their intersection does; should it be empty, the error of probability alpha
        # has happened, and the newest interval is kept.
        low, high = max(self._unit.low, middle - reach), min(self._unit.high, middle + reach)
        if low > high:
            low, high = max(0.0, middle - reach), min(1.0, middle + reach)
        self._unit = Interval(low, high)

    @property
    def interval(self) -> Interval:
        """The current interval for the mean, in the units of the draws."""
        width = self.high - self.low
        return Interval(self.low + width * self._unit.low, self.low + width * self._unit.high)

    @property
    def estimate(self) -> float:
        """The plain average of the draws; the middle of the range before the first."""
        return self.low + (self.high - self.low) * (self._total / self.count if self.count else 0.5)
