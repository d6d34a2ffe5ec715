"""`convbound explain`: one claim's statement and derivation, or counterexample, and what holds instead."""

from __future__ import annotations

import glob
from typing import TYPE_CHECKING

import click

from convbound.checks.commands.verify_command import contradiction
from convbound.checks.run import Settings
from convbound.checks.targets import check_targets

if TYPE_CHECKING:
    from convbound.proofs.record import Record


@click.command()
@click.argument("claim")
@click.argument("targets", nargs=-1)
@click.option("--no-cache", is_flag=True, help="Search the proof anew; remember nothing.")
def command(claim: str, targets: tuple[str, ...], no_cache: bool) -> int:
    """Show CLAIM as it is verified: hypotheses, conclusion, derivation step by step, or the counterexample.

    CLAIM is an identifier (prop-9) or one with its library (lattice:t1b); it is looked for in the TARGETs, or in every
    built-in library. Exit code 0: shown, whatever the verdict; 2: the input was at fault; 3: the tool contradicts
    itself.

    \b
    convbound explain prop-9
    convbound explain lattice:t1b
    convbound explain one-step my_claims.py
    """
    check_targets(targets)
    from convbound.checks.report.terminal import explanation
    from convbound.checks.run import run_targets
    from convbound.checks.targets import find_claim
    from convbound.proofs.verify import ContradictionError

    targets, name = find_claim(targets, claim)
    try:
        document, _, _ = run_targets(targets, Settings(only=(glob.escape(name),), use_cache=not no_cache))
    except ContradictionError as problem:
        return contradiction(problem)
    for record in document.records:
        click.echo(explanation(record))
        for line in instead(record):
            click.echo(line)
    return 0


def instead(record: Record) -> list[str]:
    """What puts a claim right that does not hold, for those who read on; nothing for one that holds."""
    from convbound.proofs.libraries import load_library, subjects

    if record.verdict not in ("refuted", "contradicted") or record.library not in subjects():
        return []
    better = [c for c in load_library(record.library) if c.corrects == record.id]
    return ["", *(f"What holds instead: {c.id}, {c.title} (convbound explain {c.name})." for c in better)]
