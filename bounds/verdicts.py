"""What is known of each claim: a file beside every subject's bounds, which `convbound verify --record` writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from convbound.bounds.arithmetic import Number
from convbound.bounds.catalogue import SUBJECTS
from convbound.bounds.entry import Bound
from convbound.bounds.verdict import Verdict, weakest


@dataclass(frozen=True)
class Recorded:
    """A claim's verdict and the SHA-256 of the certificate that shows it, where there is one."""

    verdict: Verdict
    certificate: str | None


OWN = Path(__file__).with_name("subjects")  # a subject of claims alone has a record there, too
OPEN = Recorded(Verdict.OPEN, None)


@cache
def recorded() -> Mapping[str, Recorded]:
    """All recorded verdicts, by "library:id"."""
    found: dict[str, Recorded] = {}
    for file in sorted({*OWN.glob("*.json"), *(subject.record for subject in SUBJECTS.values())}):
        if file.exists():
            record = json.loads(file.read_text(encoding="utf-8"))
            found |= {
                claim: Recorded(Verdict(entry["verdict"]), entry["certificate"]) for claim, entry in record.items()
            }
    return found


def verdict_of_claim(claim: str) -> Recorded:
    """The recorded verdict of one claim; open where nothing is recorded."""
    return recorded().get(claim, OPEN)


def verdict_of(bound: Bound, parameters: Mapping[str, Number] | None = None) -> Verdict:
    """A bound is worth no more than its premises, nor than the weakest claim that it rests on, at these parameters.

    A refuted formula stays refuted whatever the parameters; a proved one is proved only where a claim says so.

    Args:
        bound: an entry of the catalogue.
        parameters: numbers by letter; by default ordinary ones, on the unit lattice.
    """
    verdict = weakest((_weakest(bound.claims), bound.premises))
    if parameters is None or verdict in (Verdict.REFUTED, Verdict.CONTRADICTED):
        return verdict
    return weakest((verdict, _weakest(bound.claims_at(parameters))))


def _weakest(claims: Iterable[str]) -> Verdict:
    return weakest(verdict_of_claim(claim).verdict for claim in claims)
