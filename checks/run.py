"""A run: the claims of the targets, verified, with the evidence that a level asks for."""

from __future__ import annotations

import fnmatch
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from convbound.bounds.errors import InputError, nearest

if TYPE_CHECKING:
    from convbound.bounds.plain_data import JsonObject
    from convbound.checks.report.document import Document, EngineEvidence
    from convbound.proofs.claims import Claim, Library
    from convbound.proofs.prover import Prover
    from convbound.proofs.record import Evidence, Record
    from convbound.proofs.verify import Judge

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
    checkpoint: Path | None = None  # where the draws of the evidence are remembered
    timeout: float | None = None  # seconds for a claim; None is a minute for claims of somebody's own files

    def options(self) -> JsonObject:
        """What decides the outcome, for the record."""
        chosen: JsonObject = {"level": self.level, "only": list(self.only)}
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
            names = [c.name if ":" in pattern else c.id for c in claims]
            near = nearest(pattern, names, cutoff=0.3)
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


def run(claims: Sequence[Claim], prover: Prover, seconds: float | None = None) -> list[Record]:
    """Verify the claims, each within so many seconds, with a progress bar on a terminal."""
    from convbound.checks.report.terminal import progress_bar
    from convbound.proofs.verify import Judge

    records, judge = [], Judge(prover)
    with progress_bar() as progress:
        task = progress.add_task("verifying", total=len(claims))
        for claim in claims:
            records.append(judged(claim, judge, seconds))
            progress.advance(task)
    return records


def judged(claim: Claim, judge: Judge, seconds: float | None) -> Record:
    """The verdict on a claim, or that it had none when the time was up: error, if its own code was running."""
    from convbound.bounds.verdict import Verdict
    from convbound.checks.limits import OutOfTimeError, within
    from convbound.proofs.faults import located, runs_through
    from convbound.proofs.presentation import record_of, unreadable

    start = time.perf_counter()
    try:
        with within(seconds):
            return judge.verdict(claim)
    except OutOfTimeError as problem:
        spent = time.perf_counter() - start
        if runs_through(problem, claim.place[0]):
            record = unreadable(claim, located(problem, *claim.place), spent)
        else:
            record = record_of(claim, Verdict.OPEN, f"the search had found nothing: {problem}", None, None, spent)
        judge.records[claim] = record
        return record


def exit_code(records: Sequence[Record]) -> int:
    """0 where every verdict is the expected one, 2 where some claim's own code fails, 1 otherwise."""
    if any(r.verdict == "error" for r in records):
        return 2
    return 0 if all(r.as_expected for r in records) else 1


def run_targets(targets: Sequence[str], settings: Settings) -> tuple[Document, list[Claim], Prover]:
    """Open the targets, verify their claims and gather evidence; a file at fault is a record of its own, at the end.

    Args:
        targets: names of libraries, claim files, or folders of such files.
        settings: which claims, at which level of evidence, and how long.

    Returns:
        The document of the run, the claims in their order, and the prover, which holds their certificates.

    Raises:
        ContradictionError: as `verify` does.
    """
    from convbound.checks.limits import SECONDS
    from convbound.checks.report.document import make_document, record_of_fault
    from convbound.checks.targets import ClaimFileError, is_path, open_targets

    start = time.perf_counter()
    seconds = settings.timeout or (SECONDS if any(map(is_path, targets)) else None)
    faults: list[ClaimFileError] = []
    libraries = open_targets(targets, seconds, faults)
    claims = select(libraries, settings.only)
    prover = new_prover(settings.use_cache)
    if settings.timeout is not None:
        prover.seconds = 0.6 * settings.timeout  # the rest is for what is checked of it
    records, engines = with_evidence(claims, run(claims, prover, seconds), settings)
    records += [record_of_fault(x.file, x.line, x.reason) for x in faults]
    spent = time.perf_counter() - start
    document = make_document(targets, libraries, records, settings.options(), spent)
    return replace(document, engines=engines), claims, prover


def with_evidence(
    claims: Sequence[Claim], records: Sequence[Record], settings: Settings
) -> tuple[list[Record], tuple[EngineEvidence, ...]]:
    """The records of the claims with what exact enumeration and sampling say of them, and what is said of the engines.

    Raises:
        ContradictionError: a claim is proved, and the world excludes it.
    """
    if settings.level == "symbolic":
        return list(records), ()
    from convbound.checks.evidence import checks_of, gather
    from convbound.checks.executors import open_executor

    if not checks_of(claims):
        return list(records), ()
    found: dict[str, list[Evidence]] = {}
    with open_executor(settings.jobs, settings.dask) as executor:
        findings = [gather(claims, "exact", executor=executor)]
        if settings.level == "montecarlo":
            chosen: JsonObject = {k: getattr(settings, k) for k in ("seed", "alpha", "tolerance", "budget")}
            chosen |= {"every_engine": not settings.only, "checkpoint": settings.checkpoint}
            findings.append(gather(claims, "montecarlo", executor=executor, **chosen))
    for evidence in (e for f in findings for e in f.evidence):
        found.setdefault(evidence.claim, []).append(evidence)
    settled = [_settled(record, found.get(claim.name, [])) for claim, record in zip(claims, records, strict=True)]
    return settled, findings[-1].engines


def _settled(record: Record, evidence: Sequence[Evidence]) -> Record:
    """The record with its evidence, which decides where nothing was proved or refuted."""
    from convbound.proofs.verify import ContradictionError

    against = [e for e in evidence if e.verdict == "contradicted"]
    if record.verdict == "proved" and against:
        raise ContradictionError(f"{record.library}:{record.id} is proved, and {against[0].text}")
    verdict, reason = record.verdict, record.reason
    if verdict in ("open", "assumed") and against:
        verdict, reason = "contradicted", against[0].text
    elif verdict == "open" and any(e.verdict == "supported" for e in evidence):
        verdict, reason = "supported", next(e.text for e in reversed(evidence) if e.verdict == "supported")
    return replace(record, verdict=verdict, reason=reason, evidence=tuple(evidence))
