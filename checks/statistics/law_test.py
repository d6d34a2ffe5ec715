"""Whether draws follow an exactly known law, and whether one draw depends on another: e-processes, at any sample size.

A draw falls into one of k cells, whose probabilities p are known. The e-value after N draws is the probability of the
sample under a Dirichlet(1/2) mixture of all laws, divided by that under p (Krichevsky and Trofimov, "The performance of
universal encoding", 1981). Under p it is a nonnegative martingale with mean one, so the probability that it ever
reaches 1/alpha is at most alpha (Ville 1939). The same mixture against any other law q makes the set of all q that are
not rejected a confidence sequence: with probability 1 - alpha the true law is at relative entropy at most R/N from the
observed frequencies at all N at once, R = log(1/alpha) + the regret of the mixture; and by Pinsker's inequality at a
distance of at most sqrt(R / 2N) in total variation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from convbound.bounds.plain_data import Json
from convbound.checks.arrays import Integers
from convbound.checks.statistics.confidence import Interval
from convbound.checks.statistics.decision import Relation, Verdict, Watch
from convbound.checks.statistics.fit import law_evidence, regret

# Successive draws are compared in this many groups of cells, of about equal probability.
GROUPS = 4


@dataclass(frozen=True)
class CellCounts:
    """How often each cell (or each pair of cells, flat) occurred; `stray` is the first value that is no cell."""

    counts: tuple[int, ...]
    stray: float | None = None


@dataclass(frozen=True)
class Law:
    """Draws are cells 0..k-1 with these probabilities; the number watched is the distance in total variation.

    Any other value is an impossible draw. `tolerance` is the distance within which the law counts as confirmed.
    """

    name: str
    probabilities: tuple[float, ...]
    tolerance: float
    relation: Relation = "="
    claimed: float = 0.0

    def summarise(self, values: npt.NDArray[np.float64]) -> CellCounts:
        """The number of draws in each cell."""
        cells, stray = as_cells(values, len(self.probabilities))
        return CellCounts(tuple(np.bincount(cells, minlength=len(self.probabilities)).tolist()), stray)

    def restored(self, numbers: Json) -> CellCounts:
        """A summary as JSON kept it."""
        return CellCounts(tuple(numbers[0]), numbers[1])

    def watch(self, alpha: float) -> Watch:
        """By the e-process of the cells."""
        return _LawWatch(self.tolerance, np.array(self.probabilities), 1, 1, alpha)


@dataclass(frozen=True)
class Successive:
    """Each draw follows the law given the draw before it, and given the one half a batch before it.

    So draws that are repeated, alternated or handed out twice are found. Cells are joined into a few groups. The number
    watched is the distance in total variation from the law, averaged over the earlier draw's group.
    """

    name: str
    probabilities: tuple[float, ...]
    tolerance: float
    relation: Relation = "="
    claimed: float = 0.0

    @property
    def group(self) -> Integers:
        """The group of each cell, shape (k,)."""
        p = np.array(self.probabilities)
        middle = np.cumsum(p) - p / 2
        _, group = np.unique(np.minimum(middle * GROUPS, GROUPS - 1).astype(np.int64), return_inverse=True)
        return group.astype(np.int64)

    def summarise(self, values: npt.NDArray[np.float64]) -> CellCounts:
        """Pairs of neighbours, then pairs half a batch apart, each by the earlier draw's group."""
        cells, stray = as_cells(values, len(self.probabilities))
        group, half = self.group, values.size // 2
        seen, number = group[cells], int(group.max()) + 1
        if stray is not None:
            return CellCounts((0,) * (2 * number**2), stray)
        near = seen[:-1] * number + seen[1:]
        far = seen[:half] * number + seen[half : 2 * half]
        pairs = [np.bincount(x, minlength=number**2) for x in (near, far)]
        return CellCounts(tuple(np.concatenate(pairs).tolist()))

    def restored(self, numbers: Json) -> CellCounts:
        """A summary as JSON kept it."""
        return CellCounts(tuple(numbers[0]), numbers[1])

    def watch(self, alpha: float) -> Watch:
        """By one e-process for either distance, each with half of alpha."""
        grouped = np.bincount(self.group, weights=np.array(self.probabilities)).astype(np.float64)
        return _LawWatch(self.tolerance, grouped, 2, grouped.size, alpha)


def as_cells(values: npt.NDArray[np.float64], number: int) -> tuple[Integers, float | None]:
    """The cells among the values, and the first value that is none."""
    cells = np.nan_to_num(values, nan=-1.0, posinf=-1.0, neginf=-1.0).astype(np.int64)
    impossible = (cells != values) | (cells < 0) | (cells >= number)
    if impossible.any():
        return cells[~impossible], float(values[impossible][0])
    return cells, None


@dataclass
class _LawWatch:
    """`tests` tables of counts with `rows` rows each; every row of every table should follow the law."""

    tolerance: float
    probabilities: npt.NDArray[np.float64]
    tests: int
    rows: int
    alpha: float
    stray: float | None = None
    counts: Integers = field(init=False)

    def __post_init__(self) -> None:
        self.counts = np.zeros((self.tests, self.rows, self.probabilities.size), dtype=np.int64)

    def add(self, summary: CellCounts) -> None:
        if self.stray is None:
            self.stray = summary.stray
        self.counts += np.array(summary.counts, dtype=np.int64).reshape(self.counts.shape)

    @property
    def price(self) -> float:
        """log(1 / alpha), the error probability shared among the tables."""
        return math.log(self.tests / self.alpha)

    def verdict(self, tolerance: float) -> Verdict:
        """A tolerance for means says nothing of laws: theirs is their own."""
        if self.stray is not None or any(self._evidence(table) >= self.price for table in self.counts):
            return "contradicted"
        return "supported" if self.interval.high <= self.tolerance else "open"

    def _evidence(self, table: Integers) -> float:
        return sum(law_evidence(row, self.probabilities) for row in table)

    def _distance(self, table: Integers) -> tuple[float, float]:
        """The distance of the frequencies from the law, and how far the truth may be from the frequencies."""
        total = int(table.sum())
        if total == 0:
            return 0.0, 1.0
        distance = lost = 0.0
        for row in table[table.sum(axis=1) > 0]:
            distance += float(np.abs(row - row.sum() * self.probabilities).sum()) / (2 * total)
            lost += regret(row)
        return distance, math.sqrt((self.price + lost) / (2 * total))

    @property
    def interval(self) -> Interval:
        """Of the total variation distance, the larger of the tables'."""
        pairs = [self._distance(table) for table in self.counts]
        low, high = max(max(0.0, x - r) for x, r in pairs), max(min(1.0, x + r) for x, r in pairs)
        return Interval(low, high)

    @property
    def estimate(self) -> float:
        return max(x for x, _ in map(self._distance, self.counts))
