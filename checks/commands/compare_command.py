"""`convbound compare`: sweep one or two parameters; tables, crossovers and figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from convbound.bounds import InputError
from convbound.checks.commands.destinations import PathOption, check_destinations
from convbound.checks.parameter_options import letters_given, parameter_options, read_parameters

DATA = (".csv", ".json", ".parquet")


def _check_outputs(paths: tuple[Path, ...]) -> None:
    from convbound.checks.compare.drawing import FIGURES

    for path in paths:
        if path.suffix not in (*DATA, *FIGURES):
            raise InputError(f"cannot write {path}: its name must end in one of {', '.join((*DATA, *FIGURES))}.")
    check_destinations([("-o", path) for path in paths])


@click.command("compare")
@parameter_options("NUMBER|RANGE")
@click.option(
    "--quantity",
    "quantities",
    multiple=True,
    default=("mean-square", "mean-norm"),
    show_default=True,
    metavar="NAME",
    help="Compare the bounds on this; may be repeated.",
)
@click.option("--bound", "names", multiple=True, metavar="ID", help="Compare these bounds only; may be repeated.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=PathOption(),
    help="A file to write, .csv .json .parquet, or a figure, .png .svg .pdf; may be repeated.",
)
@click.option("--json", "as_data", is_flag=True, help="Print the sweep as one JSON document instead of a table.")
def command(
    quantities: tuple[str, ...], names: tuple[str, ...], outputs: tuple[Path, ...], as_data: bool, **options: Any
) -> None:
    """Sweep one or two parameters; tables, crossovers and figures.

    A parameter is a number, or a range FROM:TO, FROM:TO:COUNT, FROM:TO:log or FROM:TO:log:COUNT. One range gives a
    table and curves, two give a regime map: which valid bound is smallest, and where the printed ones are impossible.

    \b
    convbound compare --L 17 --c 1 --d 10:1e6:log -o curves.svg
    convbound compare --c 1 --d 10:1e9:log:200 --L 0.1:100:log:200 -o regimes.png -o regimes.csv
    """
    from convbound.checks.compare.crossovers import find_crossovers
    from convbound.checks.compare.sweep import choose_bounds, read_axis, run_sweep

    _check_outputs(outputs)
    texts = letters_given(options)
    axes = [read_axis(text, letter) for letter, text in texts.items() if text is not None and ":" in text]
    if not 1 <= len(axes) <= 2:
        found = ", ".join(axis.letter for axis in axes) or "none"
        raise InputError(f"give one or two parameters a range such as 10:1e6:log:60; there is {found}.")
    fixed = read_parameters({letter: text for letter, text in texts.items() if text is None or ":" not in text})
    given = {letter for letter, text in texts.items() if text is not None}
    axes.sort(key=lambda axis: axis.letter != "d")  # the dimension runs from left to right
    sweep = run_sweep(axes, fixed, choose_bounds(names, quantities, given), named=bool(names))
    crossovers = find_crossovers(sweep)
    for path in outputs:
        _write(path, sweep, crossovers)
    if as_data:
        from convbound.checks.compare.output import as_json

        click.echo(json.dumps(as_json(sweep, crossovers), ensure_ascii=False))
        return
    from convbound.checks.compare.summary import as_text

    click.echo(as_text(sweep, crossovers))
    for path in outputs:
        click.echo(f"wrote {path}")


def _write(path: Path, sweep: Any, crossovers: Any) -> None:
    """One output, in the format its suffix names."""
    if path.suffix in DATA:
        from convbound.checks.compare.output import write_data

        write_data(path, sweep, crossovers)
    elif len(sweep.axes) == 1:
        from convbound.checks.compare.curves import draw_curves

        draw_curves(path, sweep, crossovers)
    else:
        from convbound.checks.compare.regime_map import draw_regime_map

        draw_regime_map(path, sweep, crossovers)
