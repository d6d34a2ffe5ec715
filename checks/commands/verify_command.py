"""`convbound verify`: verdicts, with certificates or counterexamples, and an exit code for CI."""

from __future__ import annotations

import fnmatch
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bounds.errors import InputError

if TYPE_CHECKING:
    from proofs.claims import Claim, Library
    from proofs.verdicts import Prover, Record


def select(libraries: Sequence[Library], patterns: Sequence[str]) -> list[Claim]:
    """The claims whose identifiers match one of the patterns; all where there is none."""
    claims = [claim for library in libraries for claim in library]
    if not patterns:
        return claims
    chosen = [c for c in claims if any(fnmatch.fnmatchcase(c.id, p) for p in patterns)]
    for pattern in patterns:
        if not any(fnmatch.fnmatchcase(c.id, pattern) for c in claims):
            import difflib

            near = difflib.get_close_matches(pattern, [c.id for c in claims], n=3, cutoff=0.3)
            hint = f" Nearest: {', '.join(near)}." if near else ""
            raise InputError(f"--only {pattern!r} matches no claim.{hint}")
    return chosen


def run(claims: Sequence[Claim], prover: Prover) -> list[Record]:
    """Verify the claims, with a progress bar on a terminal."""
    from rich.progress import Progress

    from checks.rendering import console
    from proofs.verdicts import verify, weakest

    records = []
    output = console()
    with Progress(console=output, transient=True, disable=not output.is_terminal) as progress:
        task = progress.add_task("verifying", total=len(claims))
        for claim in claims:
            records.append(verify(claim, prover))
            progress.advance(task)
    return weakest(records)


def document(targets: Sequence[str], records: Sequence[Record], seconds: float) -> Any:
    """The JSON document of a run."""
    from importlib.metadata import version

    return {
        "convbound": version("convbound"),
        "target": ",".join(targets),
        "claims": [r.json() for r in records],
        "summary": dict(Counter(r.verdict for r in records)),
        "seconds": {"verify": round(seconds, 3), "recheck": round(sum(r.replay_seconds for r in records), 4)},
    }


def write_certificates(directory: Path, claims: Sequence[Claim], prover: Prover) -> int:
    """One file a theorem; returns how many."""
    from proofs.certificates import dump, write_whole
    from proofs.verdicts import Proved

    count = 0
    for claim in claims:
        result = prover.results.get(claim.name)
        if isinstance(result, Proved):
            write_whole(directory / f"{claim.library}.{claim.id.replace('/', '.')}.json", dump(result.certificate))
            count += 1
    return count


@click.command()
@click.argument("targets", nargs=-1)
@click.option("--only", multiple=True, metavar="GLOB", help="Only claims whose identifier matches; may be repeated.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write the verdicts as a JSON document.")
@click.option("--certificates", type=click.Path(path_type=Path), help="Write one certificate a theorem to this folder.")
@click.option("--explain", metavar="CLAIM", help="Show one claim's derivation, step by step.")
@click.option(
    "--record", type=click.Path(path_type=Path), help="Write the verdicts that the catalogue of bounds shows."
)
def command(
    targets: tuple[str, ...],
    only: tuple[str, ...],
    json_file: Path | None,
    certificates: Path | None,
    explain: str | None,
    record: Path | None,
) -> int:
    """Say of every claim of the TARGETs whether it is proved, refuted or open, and why.

    A TARGET is a library (discrete-updates). Exit code 0: every verdict is as expected; 1: some is not; 2: the input
    was at fault; 3: the tool contradicts itself.
    """
    from checks.rendering import console, explanation, paragraph, summary, verdict_table
    from proofs.certificates import write_whole
    from proofs.libraries import load_library
    from proofs.verdicts import ContradictionError, Prover

    start = time.perf_counter()
    targets = targets or ("discrete-updates",)
    libraries = [load_library(name) for name in dict.fromkeys(targets)]
    if explain is not None:
        only = (*only, next((lib[explain].id for lib in libraries if explain in lib.claims), libraries[0].name))
        libraries[0][explain] if not any(explain in lib.claims for lib in libraries) else None
    prover = Prover()
    claims = select(libraries, only)
    try:
        records = run(claims, prover)
    except ContradictionError as problem:
        click.echo(
            f"convbound: CONTRADICTION: {problem}. Please report this; nothing it says can be trusted.", err=True
        )
        return 3
    seconds = time.perf_counter() - start
    if explain is not None:
        for r in records:
            click.echo(explanation(r))
    else:
        console().print(verdict_table(records))
        for r in records:
            if r.counterexample is not None:
                click.echo("\n" + paragraph(r))
            elif not r.as_expected or r.verdict in ("open", "vacuous"):
                click.echo(f"\n{r.id}   {r.verdict}   {r.reason}")
        click.echo("\n" + summary(records, seconds))
    if json_file is not None:
        write_whole(json_file, json.dumps(document(targets, records, seconds), indent=1, ensure_ascii=False) + "\n")
    if certificates is not None:
        count = write_certificates(certificates, claims, prover)
        click.echo(f"{count} certificates in {certificates}; convbound recheck {certificates} replays them.")
    if record is not None:
        known = {f"{r.library}:{r.id}": {"verdict": r.verdict, "certificate": r.certificate} for r in records}
        write_whole(record, json.dumps(known, indent=1, sort_keys=True) + "\n")
    return 0 if all(r.as_expected for r in records) else 1
