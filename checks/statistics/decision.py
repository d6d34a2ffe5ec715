"""A claim about a mean, and when an interval supports it, contradicts it, or leaves it open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from convbound.bounds.plain_data import Json
from convbound.checks.statistics.confidence import BatchSummary, ConfidenceSequence, Interval

Relation = Literal["=", "<=", ">="]
Verdict = Literal["supported", "contradicted", "open"]
ORDER: tuple[Verdict, ...] = ("contradicted", "open", "supported")  # from the worst


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """A contradiction if there is one, else `open` if there is one, else `supported`."""
    return min(verdicts, key=ORDER.index)


Batch = Any  # what has to be remembered of a batch: a dataclass of the quantity's own


class Watch(Protocol):
    """One quantity under way: it takes summaries of batches in their order and says what they come to."""

    def add(self, summary: Batch) -> None:
        """Take one more batch into account."""
        ...

    def verdict(self, tolerance: float) -> Verdict:
        """What the draws so far say."""
        ...

    @property
    def interval(self) -> Interval:
        """Where the number that the quantity is about lies."""
        ...

    @property
    def estimate(self) -> float:
        """The number itself, as the draws have it."""
        ...

    @property
    def stray(self) -> float | None:
        """A draw that is impossible, if there was one."""
        ...


class Tested(Protocol):
    """What an experiment can watch: `relation` to `claimed`, decided from the values in one column of its draws."""

    @property
    def name(self) -> str:
        """What the quantity is, for people."""
        ...

    @property
    def relation(self) -> Relation:
        """How the number that is watched should stand to `claimed`."""
        ...

    @property
    def claimed(self) -> float:
        """The number claimed."""
        ...

    def summarise(self, values: npt.NDArray[np.float64]) -> Batch:
        """What has to be remembered of a batch; `values` has shape (size,)."""
        ...

    def restored(self, numbers: Json) -> Batch:
        """A summary from its numbers, as `dataclasses.astuple` and JSON keep them."""
        ...

    def watch(self, alpha: float) -> Watch:
        """Begin to watch, with error probability alpha."""
        ...


@dataclass(frozen=True)
class Quantity:
    """A claim about one mean: it stands in `relation` to `claimed`; single draws lie in [low, high].

    `scale` turns the relative tolerance into an absolute one; by default |claimed|. `within` is an absolute tolerance
    of the quantity's own.
    """

    name: str
    relation: Relation
    claimed: float
    low: float
    high: float
    scale: float | None = None
    within: float | None = None

    def slack(self, tolerance: float) -> float:
        """How far from `claimed` still counts as confirmed."""
        if self.within is not None:
            return self.within
        return tolerance * (abs(self.claimed) if self.scale is None else self.scale)

    def summarise(self, values: npt.NDArray[np.float64]) -> BatchSummary:
        """Sums, in units of the range."""
        return BatchSummary.of(values, self.low, self.high)

    def restored(self, numbers: Json) -> BatchSummary:
        """A summary as JSON kept it."""
        return BatchSummary(*numbers)

    def watch(self, alpha: float) -> Watch:
        """By a confidence sequence for the mean."""
        return _MeanWatch(self, ConfidenceSequence(self.low, self.high, alpha))


@dataclass
class _MeanWatch:
    quantity: Quantity
    sequence: ConfidenceSequence

    def add(self, summary: BatchSummary) -> None:
        self.sequence.add(summary)

    def verdict(self, tolerance: float) -> Verdict:
        """A draw outside its range contradicts, for certain, that draws lie there."""
        if self.sequence.stray is not None:
            return "contradicted"
        return decide(self.quantity, self.sequence.interval, tolerance)

    @property
    def interval(self) -> Interval:
        return self.sequence.interval

    @property
    def estimate(self) -> float:
        return self.sequence.estimate

    @property
    def stray(self) -> float | None:
        return self.sequence.stray


def decide(quantity: Quantity, interval: Interval, tolerance: float) -> Verdict:
    """Contradicted when the interval excludes the claim; supported when it lies within the tolerance of it."""
    slack = quantity.slack(tolerance)
    too_high = quantity.relation in ("=", "<=") and interval.low > quantity.claimed
    too_low = quantity.relation in ("=", ">=") and interval.high < quantity.claimed
    if too_high or too_low:
        return "contradicted"
    above = quantity.relation == ">=" or interval.high <= quantity.claimed + slack
    below = quantity.relation == "<=" or interval.low >= quantity.claimed - slack
    return "supported" if above and below else "open"
