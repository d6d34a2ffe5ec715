"""`convbound verify`: verdicts, with certificates or counterexamples, and an exit code for CI."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from convbound.checks.running import LEVELS, Settings, run, select
from convbound.checks.user_claims import check_targets

if TYPE_CHECKING:
    from convbound.checks.reporting.document import Document
    from convbound.proofs.claims import Claim
    from convbound.proofs.prover import Prover
    from convbound.proofs.record import Record

__all__ = ["command", "contradiction", "run", "run_options", "select", "write_certificates"]


def run_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which claims are verified, and how: the fields of `Settings`."""
    options = [
        click.option("--only", multiple=True, metavar="GLOB", help="Only claims whose identifier matches; repeatable."),
        click.option(
            "--level",
            type=click.Choice(LEVELS),
            default="symbolic",
            show_default=True,
            help="Add evidence by exact enumeration, or by that and Monte Carlo.",
        ),
        click.option("--seed", type=int, default=0, show_default=True, help="Seed of the Monte Carlo evidence."),
        click.option(
            "--alpha",
            type=float,
            default=1e-9,
            show_default=True,
            help="Probability that any Monte Carlo verdict of the run is wrong.",
        ),
        click.option(
            "--tolerance",
            type=float,
            default=0.02,
            show_default=True,
            help="Relative tolerance within which Monte Carlo supports a claim.",
        ),
        click.option(
            "--budget",
            type=float,
            default=50.0,
            show_default=True,
            help="Seconds for the Monte Carlo evidence; what is undecided then is open.",
        ),
        click.option("--jobs", type=int, default=1, show_default=True, help="Processes for the evidence."),
        click.option("--dask", metavar="ADDRESS", help="Gather the evidence on a Dask cluster."),
        click.option("--no-cache", is_flag=True, help="Search every proof anew; remember nothing."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def make_settings(options: dict[str, Any]) -> Settings:
    """The settings of a run from the options of the command line."""
    return Settings(**{k: v for k, v in options.items() if k != "no_cache"}, use_cache=not options["no_cache"])


def contradiction(problem: Exception) -> int:
    """Say loudly that the tool contradicts itself; returns the exit code."""
    text = f"convbound: CONTRADICTION: {problem}. Please report this; nothing it says can be trusted."
    click.echo(text, err=True)
    return 3


def write_certificates(directory: Path, claims: Sequence[Claim], prover: Prover) -> int:
    """One file a theorem; returns how many."""
    from convbound.proofs.certificates import dump, write_whole
    from convbound.proofs.prover import Proved

    count = 0
    for claim in claims:
        result = prover.results.get(claim.name)
        if isinstance(result, Proved):
            write_whole(directory / f"{claim.library}.{claim.id.replace('/', '.')}.json", dump(result.certificate))
            count += 1
    return count


@click.command()
@click.argument("targets", nargs=-1)
@run_options
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write the verdicts as a JSON document.")
@click.option("--junit", type=click.Path(path_type=Path), help="Write JUnit XML, one test case a claim.")
@click.option("--sarif", type=click.Path(path_type=Path), help="Write SARIF 2.1.0, the claims not as expected.")
@click.option("--certificates", type=click.Path(path_type=Path), help="Write one certificate a theorem to this folder.")
@click.option("--explain", metavar="CLAIM", help="Show one claim's derivation, step by step.")
@click.option(
    "--record", type=click.Path(path_type=Path), help="Write the verdicts that the catalogue of bounds shows."
)
def command(
    targets: tuple[str, ...],
    json_file: Path | None,
    junit: Path | None,
    sarif: Path | None,
    certificates: Path | None,
    explain: str | None,
    record: Path | None,
    **options: Any,
) -> int:
    """Say of every claim of the TARGETs whether it is proved, refuted or open, and why.

    A TARGET is a library (discrete-updates, lattice) or a Python file of your own claims, which is imported. Exit code
    0: every verdict is as expected; 1: some is not; 2: the input was at fault; 3: the tool contradicts itself.
    """
    check_targets(targets)
    from convbound.checks.outputs.github import tell_github
    from convbound.checks.reporting.document import save_document
    from convbound.checks.running import run_targets
    from convbound.proofs.certificates import write_whole
    from convbound.proofs.verdicts import ContradictionError

    targets = targets or ("discrete-updates",)
    if explain is not None:
        options["only"] = (*options["only"], _existing(targets, explain))
    try:
        document, claims, prover = run_targets(targets, make_settings(options))
    except ContradictionError as problem:
        return contradiction(problem)
    _show(document, explained=explain is not None)
    if json_file is not None:
        save_document(json_file, document)
    if junit is not None:
        from convbound.checks.outputs.junit import render_junit

        write_whole(junit, render_junit(document))
    if sarif is not None:
        from convbound.checks.outputs.sarif import render_sarif

        write_whole(sarif, render_sarif(document))
    if certificates is not None:
        count = write_certificates(certificates, claims, prover)
        click.echo(f"{count} certificates in {certificates}; convbound recheck {certificates} replays them.")
    if record is not None:
        known = {f"{r.library}:{r.id}": _recorded(r) for r in document.records}
        write_whole(record, json.dumps(known, indent=1, sort_keys=True) + "\n")
    for line in tell_github(document):
        click.echo(line)
    return 0 if all(r.as_expected for r in document.records) else 1


def _recorded(record: Record) -> dict[str, str | None]:
    return {"verdict": record.verdict, "certificate": record.certificate}


def _existing(targets: Sequence[str], claim: str) -> str:
    """The claim's identifier. Raises InputError naming the nearest ones where no target has it."""
    from convbound.checks.user_claims import open_targets

    libraries = open_targets(targets)
    found = next((library for library in libraries if claim in library.claims), libraries[0])
    return found[claim].id


def _show(document: Document, *, explained: bool) -> None:
    """The verdicts on the terminal."""
    from convbound.checks.rendering import console, explanation, paragraph, summary, verdict_table

    if explained:
        for r in document.records:
            click.echo(explanation(r))
        return
    console().print(verdict_table(document.records))
    for r in document.records:
        if r.counterexample is not None:
            click.echo("\n" + paragraph(r))
        elif not r.as_expected or r.verdict in ("open", "vacuous"):
            click.echo(f"\n{r.id}   {r.verdict}   {r.reason}")
    click.echo("\n" + summary(document.records, document.seconds))
