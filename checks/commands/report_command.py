"""`convbound report`: the derivation report, from a run or from what an earlier run saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from convbound.bounds.errors import InputError
from convbound.bounds.files import write_whole
from convbound.checks.commands.destinations import PathOption, check_destinations
from convbound.checks.commands.options import Option
from convbound.checks.commands.verify_command import contradiction, make_settings, run_options
from convbound.checks.report.formats import formats, render
from convbound.checks.targets import check_targets

if TYPE_CHECKING:
    from convbound.checks.report.document import Document


@click.command()
@click.argument("targets", nargs=-1)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    type=PathOption(),
    help=f"A file to write, {' '.join(formats())}; may be repeated.",
)
@run_options
def command(targets: tuple[str, ...], outputs: tuple[Path, ...], **options: Option) -> int:
    """Write a derivation report of the TARGETs: what is proved, what is refuted, and why.

    A TARGET is a library, a Python file of claims, a folder of such files, or the JSON document that
    `convbound verify --json` wrote: that one is rendered as it is, nothing is computed again, and the report says so.
    Exit code 0: written, whatever the verdicts; 2: the input was at fault; 3: the tool contradicts itself.

    \b
    convbound report discrete-updates -o report.html -o report.pdf
    convbound report results.json -o report.md
    """
    for path in outputs:
        if path.suffix not in formats():
            raise InputError(f"cannot write {str(path)!r}: its name must end in one of {', '.join(formats())}.")
    settings = make_settings(options)
    saved = [t for t in targets if t.endswith(".json")]
    if saved:
        _check_alone(targets)
    check_destinations([*(("-o", path) for path in outputs), ("--checkpoint", settings.checkpoint)])
    if not saved:
        check_targets(targets)
    from convbound.checks.report.document import load_document, with_curves
    from convbound.checks.run import run_targets
    from convbound.checks.targets import targets_of
    from convbound.proofs.verify import ContradictionError

    try:
        if saved:
            document = load_document(Path(saved[0]))
        else:
            document = with_curves(run_targets(targets_of(targets, settings.only), settings)[0])
    except ContradictionError as problem:
        return contradiction(problem)
    rendered = {path: _render(document, path.suffix) for path in outputs}
    for path, content in rendered.items():
        write_whole(path, content)
    for path, content in rendered.items():
        size = len(content if isinstance(content, bytes) else content.encode(errors="replace"))
        click.echo(f"wrote {path}, {size / 1000:,.0f} kB".replace(",", " "))
    return 0


def _check_alone(targets: tuple[str, ...]) -> None:
    """A saved document is rendered as it is. Raises InputError where other targets, or options of a run, are given."""
    if len(targets) > 1:
        raise InputError("a saved JSON document is reported on alone, without other targets.")
    context = click.get_current_context()
    for name in context.params:
        if name not in ("targets", "outputs") and context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            option = f"--{name.replace('_', '-')}"
            raise InputError(f"{option} is for a run; a saved JSON document is rendered as it is.")


def _render(document: Document, suffix: str) -> str | bytes:
    """The report in one format. Raises InputError where the document was read from a file and is damaged."""
    from jinja2 import TemplateError

    from convbound.checks.report.document import DAMAGE, damaged
    from convbound.checks.report.report_model import Report

    try:
        return render(Report(document), suffix)
    except InputError:
        raise
    except (*DAMAGE, TemplateError) as problem:
        if not document.read_from:
            raise
        raise damaged(document.read_from, problem) from None
