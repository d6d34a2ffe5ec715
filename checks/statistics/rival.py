"""Which of two exactly known laws the draws follow: a likelihood ratio, at any sample size.

Under either law its ratio to the other is a nonnegative martingale with mean one, so that the probability that it ever
reaches 1/alpha is at most alpha (Ville 1939). No test needs fewer draws on average to tell the two (Wald and Wolfowitz
1948).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from convbound.checks.arrays import Floats
from convbound.checks.statistics.confidence import Interval
from convbound.checks.statistics.decision import Relation, Verdict, Watch
from convbound.checks.statistics.law_test import CellCounts, as_cells


@dataclass(frozen=True)
class Rival:
    """Draws are cells 0..k-1 with these probabilities, not with those of the `other` law, which add up to at most 1.

    The number watched is the log of how much more likely the other law makes the draws: supported when the other law
    is excluded, contradicted when the law itself is. Where neither is true, either may be excluded.
    """

    name: str
    probabilities: tuple[float, ...]
    other: tuple[float, ...]
    relation: Relation = "<="
    claimed: float = 0.0

    @property
    def information(self) -> float:
        """By how much the log falls with a draw, on average, where the law is the true one."""
        p, q = np.array(self.probabilities), np.array(self.other)
        with np.errstate(divide="ignore"):
            return float(p @ np.log(p / q))

    def summarise(self, values: npt.NDArray[np.float64]) -> CellCounts:
        """The number of draws in each cell."""
        cells, stray = as_cells(values, len(self.probabilities))
        return CellCounts(tuple(np.bincount(cells, minlength=len(self.probabilities)).tolist()), stray)

    def restored(self, numbers: tuple[tuple[int, ...], float | None]) -> CellCounts:
        """A summary as JSON kept it."""
        return CellCounts(tuple(numbers[0]), numbers[1])

    def watch(self, alpha: float) -> Watch:
        """By the likelihood ratio."""
        return _RivalWatch(self, math.log(1 / alpha))


@dataclass
class _RivalWatch:
    rival: Rival
    price: float  # log(1 / alpha)
    stray: float | None = None
    counts: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.counts = np.zeros(len(self.rival.probabilities))

    def add(self, summary: CellCounts) -> None:
        if self.stray is None:
            self.stray = summary.stray
        self.counts += np.array(summary.counts)

    def verdict(self, tolerance: float) -> Verdict:
        """A tolerance for means says nothing of laws."""
        if self.stray is not None or self.estimate >= self.price:
            return "contradicted"
        return "supported" if self.estimate <= -self.price else "open"

    @property
    def interval(self) -> Interval:
        """The number itself: it is no estimate."""
        return Interval(self.estimate, self.estimate)

    @property
    def estimate(self) -> float:
        seen = self.counts > 0
        p, q = np.array(self.rival.probabilities)[seen], np.array(self.rival.other)[seen]
        with np.errstate(divide="ignore"):
            return float(self.counts[seen] @ np.log(q / p))
