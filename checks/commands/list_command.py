"""`convbound list`: all claims with verdict and source."""

from __future__ import annotations

import click


@click.command()
@click.argument("targets", nargs=-1)
def command(targets: tuple[str, ...]) -> int:
    """All claims of the TARGETs (of every library, if none is named) with verdict, source and title."""
    from rich.table import Table
    from rich.text import Text

    from convbound.checks.commands.verify_command import run
    from convbound.checks.rendering import STYLES, console
    from convbound.proofs.libraries import LIBRARIES, load_library
    from convbound.proofs.prover import Prover

    libraries = [load_library(name) for name in dict.fromkeys(targets or LIBRARIES)]
    records = run([claim for library in libraries for claim in library], Prover())
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in ("claim", "verdict", "source", "what it says"):
        table.add_column(name, overflow="fold")
    for r in records:
        verdict = Text(r.verdict, style=STYLES[r.verdict])
        table.add_row(Text(f"{r.library}:{r.id}"), verdict, Text(r.source), Text(r.title))
    console().print(table)
    return 0
