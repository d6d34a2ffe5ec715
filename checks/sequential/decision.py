"""When an interval supports a claim, contradicts it, or leaves it open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from convbound.checks.sequential.confidence import Interval

Relation = Literal["=", "<=", ">="]
Verdict = Literal["supported", "contradicted", "open"]


@dataclass(frozen=True)
class Quantity:
    """A claim about one mean: it stands in `relation` to `claimed`; single draws lie in [low, high].

    `scale` turns the relative tolerance into an absolute one; by default |claimed|.
    """

    name: str
    relation: Relation
    claimed: float
    low: float
    high: float
    scale: float | None = None

    def slack(self, tolerance: float) -> float:
        """How far from `claimed` still counts as confirmed."""
        return tolerance * (abs(self.claimed) if self.scale is None else self.scale)


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
