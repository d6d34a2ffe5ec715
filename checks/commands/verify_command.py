"""`convbound verify`: verdicts, with certificates or counterexamples, and an exit code for CI."""

from __future__ import annotations

import glob
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from convbound.bounds.errors import InputError
from convbound.bounds.files import write_folder
from convbound.checks import referee as referees
from convbound.checks.commands.destinations import STDOUT, PathOption, check_destinations, deliver
from convbound.checks.commands.options import Function, Option
from convbound.checks.report.wording import counted
from convbound.checks.run import LEVELS, Settings
from convbound.checks.targets import check_targets, is_path

if TYPE_CHECKING:
    from convbound.checks.report.document import Document
    from convbound.proofs.claims import Claim
    from convbound.proofs.prover import Prover
    from convbound.proofs.record import Record

ALLOWED: dict[str, tuple[str, Callable[[Option], bool]]] = {
    "seed": ("0 or more, and below 2**64", lambda x: 0 <= x < 2**64),
    "alpha": ("above 0 and at most 0.001", lambda x: 0 < x <= 1e-3),
    "tolerance": ("between 0 and 1", lambda x: 0 < x < 1),
    "timeout": ("a positive number of seconds", lambda x: x is None or 0 < x < float("inf")),
    "budget": ("a positive number of seconds", lambda x: 0 < x < float("inf")),
}


def run_options(function: Function) -> Function:
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
        click.option(
            "--checkpoint", type=PathOption(), help="Remember the draws in this file; a run that ended early goes on."
        ),
        click.option("--jobs", type=int, default=1, show_default=True, help="Processes for the evidence."),
        click.option("--dask", metavar="ADDRESS", help="Gather the evidence on a Dask cluster."),
        click.option(
            "--timeout",
            type=float,
            metavar="SECONDS",
            help="Seconds for each claim; 60 for those of your own files, if it is not given.",
        ),
        click.option("--no-cache", is_flag=True, help="Search every proof anew; remember nothing."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def make_settings(options: Mapping[str, Option]) -> Settings:
    """The settings of a run from the options of the command line.

    Raises:
        InputError: one makes no sense, at whatever level; nothing has been verified then.
    """
    from convbound.checks.executors import check_workers

    settings = Settings(**{k: v for k, v in options.items() if k != "no_cache"}, use_cache=not options["no_cache"])
    for name, (allowed, holds) in ALLOWED.items():
        value = getattr(settings, name)
        if not holds(value):
            raise InputError(f"--{name} must be {allowed}, not {value}.")
    check_workers(settings.jobs, settings.dask)
    if settings.checkpoint == STDOUT:
        raise InputError("--checkpoint must be a file, which the next run can read.")
    if "" in settings.only:
        raise InputError("--only must be a claim or a pattern such as 'prop-*', not the empty text.")
    return settings


def contradiction(problem: Exception) -> int:
    """Say loudly that the tool contradicts itself; returns the exit code."""
    text = f"convbound: CONTRADICTION: {problem}. Please report this; nothing it says can be trusted."
    click.echo(text, err=True)
    return 3


def write_certificates(directory: Path, claims: Sequence[Claim], prover: Prover) -> int:
    """One file a theorem, all or none; returns how many."""
    from convbound.bounds.files import write_folder
    from convbound.proofs.certificates import dump
    from convbound.proofs.prover import Proved

    found = ((claim, prover.results.get(claim)) for claim in claims)
    files = {
        f"{claim.library}.{claim.id.replace('/', '.')}.json": dump(result.certificate)
        for claim, result in found
        if isinstance(result, Proved)
    }
    write_folder(directory, files)
    return len(files)


def judged(claims: Sequence[Claim], prover: Prover) -> list[referees.Judged]:
    """Let the referee check every theorem of the run against its claim's statement."""
    from convbound.proofs.certificates import dump
    from convbound.proofs.prover import Proved
    from convbound.proofs.statement import statement

    with tempfile.TemporaryDirectory() as folder:
        found = []
        for number, claim in enumerate(claims):
            result = prover.results.get(claim)
            if isinstance(result, Proved):
                path = Path(folder) / f"{number}.json"
                path.write_text(dump(result.certificate), encoding="utf-8")
                found.append((claim.name, path, statement(claim)))
        return referees.judge_all(found)


@click.command()
@click.argument("targets", nargs=-1)
@run_options
@click.option("--json", "json_file", type=PathOption(), help="Write the verdicts as a JSON document; - prints it.")
@click.option("--junit", type=PathOption(), help="Write JUnit XML, one test case per claim; - prints it.")
@click.option("--sarif", type=PathOption(), help="Write SARIF 2.1.0, the claims not as expected; - prints it.")
@click.option("--certificates", type=PathOption(), help="Write one certificate per theorem to this folder.")
@click.option(
    "--all", "all_rows", is_flag=True, help="Print every claim in a row, and each refuted one with its instance."
)
@click.option("--quiet", is_flag=True, help="Print only what is not as recorded, and the summary, as where CI is set.")
@click.option("--explain", metavar="CLAIM", help="Show one claim's derivation, step by step.")
@click.option(
    "--referee", type=click.Choice(referees.REFEREES), help="Check each theorem with the proved checker, too."
)
@click.option("--suggest", is_flag=True, help="Look for what would repair claims that are open or refuted.")
@click.option("--record", type=PathOption(), metavar="FOLDER", help="Write the verdicts that bounds are shown with.")
def command(
    targets: tuple[str, ...],
    json_file: Path | None,
    junit: Path | None,
    sarif: Path | None,
    certificates: Path | None,
    all_rows: bool,
    quiet: bool,
    explain: str | None,
    referee: str | None,
    suggest: bool,
    record: Path | None,
    **options: Option,
) -> int:
    """Say of every claim of the TARGETs whether it is proved, refuted or open, and why.

    A TARGET is a library (discrete-updates, lattice), a Python file of your own claims, which is imported, or a folder
    with such files (*_claims.py). Files are written before anything is printed. Exit code 0: every verdict is as
    expected; 1: some is not, or an engine that draws evidence is contradicted; 2: the input was at fault; 3: the tool
    contradicts itself.
    """
    settings = make_settings(options)
    files = {"--json": json_file, "--junit": junit, "--sarif": sarif}
    folders = [("--certificates", certificates), ("--record", record)]
    check_destinations([*files.items(), ("--checkpoint", settings.checkpoint)], folders)
    check_targets(targets)
    if record is not None and any(map(is_path, targets)):  # a file's library may have the name of one of ours
        raise InputError("--record takes built-in libraries alone: it writes the verdicts that bounds are shown with.")
    if referee is not None:
        referees.program()
    from convbound.checks.report.document import document_of_fault, with_curves
    from convbound.checks.report.github import tell_github
    from convbound.checks.run import exit_code, run_targets
    from convbound.checks.targets import ClaimFileError, find_claim, targets_of
    from convbound.proofs.verify import ContradictionError

    if explain is not None:
        targets, name = find_claim(targets, explain)
        settings = replace(settings, only=(*settings.only, glob.escape(name)))
    try:
        document, claims, prover = run_targets(targets_of(targets, settings.only), settings)
    except ContradictionError as problem:
        return contradiction(problem)
    except ClaimFileError as problem:
        fault = document_of_fault(targets, problem.file, problem.line, problem.reason)
        _write(files, fault)
        for line in tell_github(fault):
            click.echo(line)
        raise
    doubts = judged(claims, prover) if referee is not None else []
    outcomes = {name: outcome for name, outcome, _ in doubts}
    records = tuple(replace(r, referee=outcomes.get(r.name, r.referee)) for r in document.records)
    document = replace(document, records=records)
    if suggest:
        old = document.records  # files at fault come last, and have no claims
        repaired = [_with_repairs(*both, settings.timeout) for both in zip(claims, old, strict=False)]
        document = replace(document, records=(*repaired, *old[len(claims) :]))
    remarks = []
    if certificates is not None:
        count = counted(write_certificates(certificates, claims, prover), "certificate")
        remarks.append(f"{count} in {certificates}; convbound recheck {certificates} replays them.")
    if record is not None:
        write_folder(record, _recorded(document))
    _write(files, with_curves(document) if json_file is not None else document)
    remarks += tell_github(document)
    remarks += [f"\n{r.id}   {r.repair}" for r in document.records if r.repair]
    printed = STDOUT in files.values()  # then the document is all that stands there
    if not printed:
        form = "explained" if explain is not None else "rows" if all_rows else "quiet" if quiet or _in_ci() else "page"
        _show(document, form)
    for line in remarks:
        click.echo(line, err=printed)
    doubted = referees.tell(doubts, verbose=False, err=printed) if referee is not None else 0
    wrong_engine = any(e.verdict == "contradicted" for e in document.engines)
    return exit_code(document.records) or int(wrong_engine or doubted > 0)


def _write(files: Mapping[str, Path | None], document: Document) -> None:
    """Every file that was asked for, before anything is printed: a reader who goes away loses the table only."""
    from convbound.checks.report.document import render_json
    from convbound.checks.report.junit import render_junit
    from convbound.checks.report.sarif import render_sarif

    renderers = {"--json": render_json, "--junit": render_junit, "--sarif": render_sarif}
    for option, path in sorted(files.items(), key=lambda item: item[1] == STDOUT):  # the standard output last
        if path is not None:
            deliver(path, renderers[option](document))


def _recorded(document: Document) -> dict[str, str]:
    """A file of verdicts for each library, under the name that it has beside the subject's bounds."""
    from convbound.bounds.catalogue import SUBJECTS

    known: dict[str, dict[str, dict[str, str | None]]] = {}
    for r in document.records:
        file = SUBJECTS[r.library].record.name if r.library in SUBJECTS else f"{r.library.replace('-', '_')}.json"
        known.setdefault(file, {})[f"{r.library}:{r.id}"] = {"verdict": r.verdict, "certificate": r.certificate}
    return {file: json.dumps(verdicts, indent=1, sort_keys=True) + "\n" for file, verdicts in known.items()}


def _with_repairs(claim: Claim, record: Record, seconds: float | None) -> Record:
    """The record with what would repair the claim, where it is open or refuted, as far as it is found in time."""
    from convbound.checks.limits import SECONDS, OutOfTimeError, within
    from convbound.proofs.automatic.suggest import suggestions

    if record.verdict not in ("open", "refuted"):
        return record
    found = []
    try:
        with within(seconds or SECONDS):
            for suggestion in suggestions(claim):
                found.append(suggestion)
    except OutOfTimeError:
        found.append("there was no time to look further")
    return replace(record, repairs=tuple(found))


def _in_ci() -> bool:
    """Whether this runs where nobody reads along: the page is in the step's summary there."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def _show(document: Document, form: str) -> None:
    """The verdicts on the terminal: the front page, all rows, what is not as recorded, or one derivation."""
    if form in ("page", "quiet"):
        from convbound.checks.report.front import front_of
        from convbound.checks.report.front_text import front_text, hint, quiet_text
        from convbound.checks.report.terminal import columns, engine_lines

        front = front_of(document)
        click.echo(quiet_text(front, columns()) if form == "quiet" else front_text(front, columns()))
        wrong = [e for e in document.engines if e.verdict == "contradicted"]
        for line in engine_lines(wrong if form == "quiet" else document.engines):  # why the exit code may be 1
            click.echo(line)
        if form == "page":
            click.echo(hint(front, document.targets, columns()))
        return
    explained = form == "explained"
    from convbound.checks.report.terminal import console, engine_lines, explanation, paragraph, summary, verdict_table

    if explained:
        for r in document.records:
            click.echo(explanation(r))
        return
    console().print(verdict_table(document.records))
    for r in document.records:
        if r.counterexample is not None:
            click.echo("\n" + paragraph(r))
        elif not r.as_expected or r.verdict in ("open", "vacuous", "error"):
            click.echo(f"\n{r.id}   {r.verdict}   {r.reason}")
    for line in engine_lines(document.engines):
        click.echo(line)
    click.echo("\n" + summary(document.records, document.seconds))
