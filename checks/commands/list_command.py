"""`convbound list`: all claims with their recorded verdicts and their sources."""

from __future__ import annotations

import click

NOT_RECORDED = "not recorded"


@click.command()
@click.argument("targets", nargs=-1)
def command(targets: tuple[str, ...]) -> int:
    """All claims of the TARGETs (of every built-in library, if none is named) with verdict, source and title.

    Nothing is proved: the verdicts are those that the maintainers' last full run recorded. Claims without one, such as
    those of your own files, are marked; `convbound verify` says what they are worth.
    """
    from convbound.checks.targets import check_targets

    check_targets(targets)
    from rich.table import Table
    from rich.text import Text

    from convbound.bounds.verdicts import recorded
    from convbound.checks.report.terminal import STYLES, console
    from convbound.checks.targets import ClaimFileError, open_targets
    from convbound.proofs.libraries import is_built_in, subjects

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in ("claim", "verdict", "source", "what it says"):
        table.add_column(name, overflow="fold")
    known = recorded()
    faults: list[ClaimFileError] = []
    for library in open_targets(targets or tuple(subjects()), faults=faults):
        built_in = is_built_in(library)
        for claim in library:
            verdict = known[claim.name].verdict if built_in and claim.name in known else NOT_RECORDED
            mark = Text(verdict, style=STYLES.get(verdict, "dim"))
            table.add_row(Text(claim.name), mark, Text(claim.source), Text(claim.title))
    console().print(table)
    for problem in faults:
        click.echo(f"convbound: {problem}", err=True)
    return 2 if faults else 0
