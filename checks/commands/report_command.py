"""`convbound report`: the derivation report, from a run or from what an earlier run saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from convbound.bounds.errors import InputError
from convbound.checks.commands.verify_command import contradiction, make_settings, run_options

if TYPE_CHECKING:
    from convbound.checks.reporting.view import Report

FORMATS = (".html", ".md", ".tex", ".pdf")


@click.command()
@click.argument("targets", nargs=-1)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"A file to write, {' '.join(FORMATS)}; may be repeated.",
)
@run_options
def command(targets: tuple[str, ...], outputs: tuple[Path, ...], **options: Any) -> int:
    """Write a derivation report of the TARGETs: what is proved, what is refuted, and why.

    A TARGET is a library, a Python file of claims, or the JSON document that `convbound verify --json` wrote: that
    one is rendered as it is, and nothing is computed again. Exit code 0: written, whatever the verdicts; 2: the input
    was at fault; 3: the tool contradicts itself.

    \b
    convbound report discrete-updates -o report.html -o report.pdf
    convbound report results.json -o report.md
    """
    from convbound.checks.reporting.document import load_document
    from convbound.checks.reporting.view import Report
    from convbound.checks.running import run_targets
    from convbound.proofs.verdicts import ContradictionError

    for path in outputs:
        if path.suffix not in FORMATS:
            raise InputError(f"cannot write {path}: its name must end in one of {', '.join(FORMATS)}.")
    targets = targets or ("discrete-updates",)
    saved = [t for t in targets if t.endswith(".json")]
    if saved and len(targets) > 1:
        raise InputError("a saved JSON document is reported on alone, without other targets.")
    try:
        document = load_document(Path(saved[0])) if saved else run_targets(targets, make_settings(options))[0]
    except ContradictionError as problem:
        return contradiction(problem)
    report = Report(document)
    for path in outputs:
        write_report(report, path)
        click.echo(f"wrote {path}, {path.stat().st_size / 1000:,.0f} kB".replace(",", " "))
    return 0


def write_report(report: Report, path: Path) -> None:
    """Write the report in the format that the suffix names, whole or not at all."""
    from convbound.proofs.certificates import write_whole

    if path.suffix == ".html":
        from convbound.checks.reporting.html import render_html

        write_whole(path, render_html(report))
    elif path.suffix == ".md":
        from convbound.checks.reporting.markdown import render_markdown

        write_whole(path, render_markdown(report))
    elif path.suffix == ".tex":
        from convbound.checks.reporting.latex import render_latex

        write_whole(path, render_latex(report))
    else:
        from convbound.checks.reporting.html import render_html
        from convbound.checks.reporting.latex import render_latex
        from convbound.checks.reporting.pdf import make_pdf

        write_whole(path, make_pdf(render_latex(report), render_html(report)))
