"""The verdicts on a claim, in one order: from the most that one may rely on to the least."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What is known of a claim; each member is its own name as text.

    The order of the members is that of trust: `proved` is the strongest, `refuted` the weakest. `vacuous` stands below
    `open`, since a claim from contradictory hypotheses says nothing of any instance, and `error` below that: the claim
    could not even be read.
    """

    PROVED = "proved"
    SUPPORTED = "supported"
    ASSUMED = "assumed"
    OPEN = "open"
    VACUOUS = "vacuous"
    ERROR = "error"
    CONTRADICTED = "contradicted"
    REFUTED = "refuted"


STRENGTH = tuple(Verdict)  # from the strongest to the weakest
EXPECTED = tuple(v for v in Verdict if v is not Verdict.ERROR)  # an author may announce any but an error


def weakest(verdicts: Iterable[str]) -> Verdict:
    """The verdict that one may rely on least. Raises ValueError where one is no verdict, or where there is none."""
    return max(map(Verdict, verdicts), key=STRENGTH.index)
