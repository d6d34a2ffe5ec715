"""`convbound prove`: worst-case bounds of first-order methods, proved, and whether they are tight."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from convbound.bounds.errors import InputError
from convbound.checks.commands.destinations import PathOption, check_destinations, deliver
from convbound.checks.report.wording import counted

if TYPE_CHECKING:
    from convbound.proofs.methods.families import Family, Fitted
    from convbound.proofs.methods.problem import WorstCase
    from convbound.proofs.methods.prove import Outcome

FORMAT = "convbound-methods/1"
NUMBER = re.compile(r"\s*[0-9]{1,400}(\.[0-9]{1,400}|/[0-9]{0,400}[1-9][0-9]{0,400})?\s*\Z", re.ASCII)


def certificate_file(title: str) -> str:
    """The name of the file for a method's certificate."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", title).strip("-.")[:150] or "method"


def _positive(name: str, given: str) -> Fraction:
    if not NUMBER.match(given):
        raise InputError(f"{name} is a number such as 1/10 or 0.1, not {given[:60]!r}.")
    return Fraction(given.strip())


def _progress(title: str) -> Callable[[str], None]:
    """A line on a terminal that says what is being done; nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda stage: None
    return lambda stage: click.echo(f"\r\033[K{title}: {stage}" if stage else "\r\033[K", nl=False, err=True)


@click.command()
@click.argument("file", type=PathOption())
@click.option("--only", metavar="TEXT", help="Only the methods whose title holds this text.")
@click.option("--claim", metavar="NUMBER", help="A bound to judge, such as 1/10: proved, or refuted by an instance.")
@click.option(
    "--slack",
    default="1e-6",
    show_default=True,
    help="How far, relatively, a bound may be above the solver's value where no exact one is found.",
)
@click.option("--certificates", type=PathOption(), help="Write the certificates into this folder, for recheck.")
@click.option("--claims", type=PathOption(), help="Write what is proved as a claim file, for verify.")
@click.option("--json", "as_json", type=PathOption(), help="Write everything as JSON to this file; - prints it.")
@click.option("--verbose", "-v", is_flag=True, help="Print multipliers, squares, the statement and the instance.")
def command(
    file: Path,
    only: str | None,
    claim: str | None,
    slack: str,
    certificates: Path | None,
    claims: Path | None,
    as_json: Path | None,
    verbose: bool,
) -> int:
    """Prove the worst-case bounds of the methods in FILE.

    FILE states methods with convbound.proofs.methods, or is a script for PEPit, which is read exactly. A semidefinite
    solver proposes multipliers, they are recovered in exact numbers, and the kernel checks the proof. Exit code 0 if
    every bound is proved (and every claimed one holds), 1 if not.
    """
    claimed = None if claim is None else _positive("--claim", claim)
    try:
        room = Fraction(slack)
    except (ValueError, ZeroDivisionError):
        raise InputError(f"--slack is a number such as 1e-6, not {slack[:60]!r}.") from None
    if not Fraction(1, 10**9) <= room <= Fraction(1, 10):
        raise InputError(f"--slack is between 1e-9 and 0.1, not {slack[:60]}.")
    if claims is not None and claims.suffix != ".py":
        raise InputError(f"--claims is a file of Python, whose name ends in .py, not {str(claims)[:60]!r}.")
    check_destinations([("--json", as_json), ("--claims", claims)], [("--certificates", certificates)])
    from convbound.proofs.certificates import dump
    from convbound.proofs.methods.conic import require_solver
    from convbound.proofs.methods.display import record
    from convbound.proofs.methods.files import stated_in
    from convbound.proofs.methods.prove import prove

    require_solver()
    problems, families = stated_in(file)
    problems = [p for p in problems if only is None or only in p.title]
    families = [f for f in families if only is None or only in f.title]
    if not problems and not families:
        raise InputError(f"--only: no method in {str(file)!r} has {only!r} in its title.")
    quiet = as_json is not None and str(as_json) == "-"
    records, files, outcomes = [], dict[str, str](), []
    for problem in problems:
        progress = _progress(problem.title)
        outcome = prove(problem, claimed, room, progress)
        progress("")
        records.append(record(problem, outcome))
        outcomes.append((problem, outcome))
        if outcome.certificate is not None:
            name, number = certificate_file(problem.title), 1
            while f"{name}.json" in files:
                number += 1
                name = f"{certificate_file(problem.title)}-{number}"
            files[f"{name}.json"] = dump(outcome.certificate)
        if not quiet:
            _say(problem, outcome, verbose)
    if certificates is not None and files:
        from convbound.bounds.files import write_folder

        write_folder(certificates, files)
    fitted = _fitted(families, quiet)
    if claims is not None:
        from convbound.bounds.files import write_whole
        from convbound.proofs.methods.export import claim_file

        write_whole(claims, claim_file(file.name, outcomes, fitted))
    if as_json is not None:
        data: dict[str, object] = {"format": FORMAT, "methods": records}
        if families:
            data["families"] = [f.record() for f in fitted]
        deliver(as_json, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    proved = sum(r["verdict"] == "proved" for r in records)
    if not quiet and (records or not families):
        tight = sum(r["verdict"] == "proved" and r["tight"] for r in records)
        click.echo(f"{counted(len(records), 'method')}: {proved} proved, {tight} of them tight.")
    return 0 if proved == len(records) and len(fitted) == len(families) else 1


def _say(problem: WorstCase, outcome: Outcome, verbose: bool) -> None:
    """The verdict on one method, and what stands below it."""
    from convbound.proofs.methods.display import derivation, details, headline, instance

    more = (*derivation(outcome), *instance(problem, outcome)) if verbose else ()
    click.echo(headline(problem, outcome))
    click.echo("".join(f"    {line}\n" for line in (*details(problem, outcome), *more)), nl=False)


def _fitted(families: Sequence[Family], quiet: bool) -> list[Fitted]:
    """The guesses for all families, each said in a line, and why there is none for the others."""
    if not families:
        return []
    from convbound.proofs.methods.families import fit

    found = []
    for family in families:
        progress = _progress(family.title)
        try:
            guess = fit(family, progress)
        except InputError as reason:
            progress("")
            if not quiet:
                click.echo(f"open           {reason}")
            continue
        progress("")
        found.append(guess)
        if not quiet:
            click.echo(f"guessed        {family.title}: the metric <= {guess.said(guess.bound)}")
            click.echo(
                f"    from     {len(guess.samples)} exact proofs; convbound verify proves what --claims FILE.py writes"
            )
    return found
