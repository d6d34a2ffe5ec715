"""A run: the claims of the targets, verified, with the evidence that a level asks for."""

from __future__ import annotations

import fnmatch
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from convbound.bounds.errors import InputError

if TYPE_CHECKING:
    from convbound.checks.reporting.document import Document
    from convbound.proofs.claims import Claim, Library
    from convbound.proofs.prover import Prover
    from convbound.proofs.record import Record

LEVELS = ("symbolic", "exact", "montecarlo")


@dataclass(frozen=True)
class Settings:
    """How a run goes about it."""

    only: tuple[str, ...] = ()
    level: str = "symbolic"
    seed: int = 0
    alpha: float = 1e-9
    tolerance: float = 0.02
    budget: float = 50.0
    jobs: int = 1
    dask: str | None = None
    use_cache: bool = True

    def options(self) -> dict[str, Any]:
        """What decides the outcome, for the record."""
        chosen: dict[str, Any] = {"level": self.level, "only": list(self.only)}
        if self.level == "montecarlo":
            chosen |= {"seed": self.seed, "alpha": self.alpha, "tolerance": self.tolerance, "budget": self.budget}
        return chosen


def select(libraries: Sequence[Library], patterns: Sequence[str]) -> list[Claim]:
    """The claims whose identifiers, bare or as `library:claim`, match one of the patterns; all where there is none."""
    claims = [claim for library in libraries for claim in library]
    if not patterns:
        return claims
    chosen = [c for c in claims if any(_matches(c, p) for p in patterns)]
    for pattern in patterns:
        if not any(_matches(c, pattern) for c in claims):
            import difflib

            names = [c.name if ":" in pattern else c.id for c in claims]
            near = difflib.get_close_matches(pattern, names, n=3, cutoff=0.3)
            hint = f" Nearest: {', '.join(near)}." if near else ""
            raise InputError(f"--only {pattern!r} matches no claim.{hint}")
    return chosen


def _matches(claim: Claim, pattern: str) -> bool:
    return fnmatch.fnmatchcase(claim.id, pattern) or (":" in pattern and fnmatch.fnmatchcase(claim.name, pattern))


def new_prover(use_cache: bool = True) -> Prover:
    """A prover, with the memory of earlier runs unless that is not wanted."""
    from convbound.checks.verdict_cache import CachedProver
    from convbound.proofs.prover import Prover

    return CachedProver() if use_cache else Prover()


def run(claims: Sequence[Claim], prover: Prover) -> list[Record]:
    """Verify the claims, with a progress bar on a terminal."""
    from convbound.checks.rendering import progress_bar
    from convbound.proofs.verdicts import verify, weakest

    records = []
    with progress_bar() as progress:
        task = progress.add_task("verifying", total=len(claims))
        for claim in claims:
            records.append(verify(claim, prover))
            progress.advance(task)
    return weakest(records)


def run_targets(targets: Sequence[str], settings: Settings) -> tuple[Document, list[Claim], Prover]:
    """Open the targets, verify their claims and gather evidence. Raises ContradictionError as `verify` does."""
    from convbound.checks.reporting.document import make_document
    from convbound.checks.user_claims import open_targets

    start = time.perf_counter()
    libraries = open_targets(targets)
    claims = select(libraries, settings.only)
    prover = new_prover(settings.use_cache)
    records = with_evidence(run(claims, prover), settings)
    seconds = time.perf_counter() - start
    return make_document(targets, libraries, records, settings.options(), seconds), claims, prover


def with_evidence(records: Sequence[Record], settings: Settings) -> list[Record]:
    """The records with what exact enumeration and sampling say of them. Raises ContradictionError."""
    if settings.level == "symbolic":
        return list(records)
    from convbound.checks.evidence import claims_with_evidence, gather
    from convbound.checks.executors import open_executor
    from convbound.proofs.libraries import LIBRARIES
    from convbound.proofs.verdicts import ContradictionError

    known = set(claims_with_evidence())
    ids = [r.id for r in records if r.library in LIBRARIES and r.id in known]
    if not ids:
        return list(records)
    found: dict[str, list[Any]] = {}
    with open_executor(settings.jobs, settings.dask) as executor:
        for level in LEVELS[1 : LEVELS.index(settings.level) + 1]:
            chosen = {k: getattr(settings, k) for k in ("seed", "alpha", "tolerance", "budget")}
            for evidence in gather(ids, level, **chosen, executor=executor):  # type: ignore[arg-type]
                found.setdefault(evidence.claim, []).append(evidence)
    result = []
    for record in records:
        own = found.get(record.id, []) if record.library in LIBRARIES else []
        against = [e for e in own if e.verdict == "contradicted"]
        if record.verdict == "proved" and against:
            raise ContradictionError(f"{record.library}:{record.id} is proved, and {against[0].text}")
        verdict = record.verdict
        if verdict in ("open", "assumed") and against:
            verdict = "contradicted"
        elif verdict == "open" and any(e.verdict == "supported" for e in own):
            verdict = "supported"
        result.append(replace(record, verdict=verdict, evidence=tuple(e.json() for e in own)))
    return result
