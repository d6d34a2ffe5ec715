"""`convbound compare`: sweep one or two parameters; tables, crossovers and figures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from convbound.bounds import InputError
from convbound.checks.commands.destinations import PathOption, check_destinations
from convbound.checks.parameter_options import letters_given, parameter_options, read_parameters

if TYPE_CHECKING:
    from convbound.checks.commands.options import Option
    from convbound.checks.compare.crossovers import Crossover
    from convbound.checks.compare.sweep import Axis, Sweep
    from convbound.checks.scheme_constants import OwnConstants

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
@click.option("--scheme", metavar="file.py:CLASS", help="A scheme of your own, for its α, μ, M and M_G at every d.")
@click.option("--set", "settings", metavar="NAME=NUMBER", multiple=True, help="A parameter of that scheme.")
@click.option("--json", "as_data", is_flag=True, help="Print the sweep as one JSON document instead of a table.")
def command(
    quantities: tuple[str, ...],
    names: tuple[str, ...],
    outputs: tuple[Path, ...],
    scheme: str | None,
    settings: tuple[str, ...],
    as_data: bool,
    **options: Option,
) -> None:
    """Sweep one or two parameters; tables, crossovers and figures.

    A parameter is a number, or a range FROM:TO, FROM:TO:COUNT, FROM:TO:log or FROM:TO:log:COUNT. One range gives a
    table and curves, two give a regime map: which valid bound is smallest, and where the printed ones are impossible.

    \b
    convbound compare --L 17 --c 1 --d 10:1e6:log -o curves.svg
    convbound compare --c 1 --d 10:1e9:log:200 --L 0.1:100:log:200 -o regimes.png -o regimes.csv
    convbound compare --L 1 --d 10:1e4:log --scheme own_schemes.py:Ternary --set eta=0.1
    """
    from convbound.checks.compare.crossovers import find_crossovers
    from convbound.checks.compare.sweep import LETTERS, choose_bounds, read_axis, run_sweep

    _check_outputs(outputs)
    texts = letters_given(options)
    axes = [read_axis(text, letter) for letter, text in texts.items() if text is not None and ":" in text]
    if not 1 <= len(axes) <= 2:
        found = ", ".join(axis.letter for axis in axes) or "none"
        raise InputError(f"give one or two parameters a range such as 10:1e6:log:60; there is {found}.")
    fixed = read_parameters({letter: text for letter, text in texts.items() if text is None or ":" not in text})
    given = {letter for letter, text in texts.items() if text is not None}
    axes.sort(key=lambda axis: axis.letter != "d")  # the dimension runs from left to right
    own = _own_constants(scheme, settings, given, fixed, axes)
    if own is not None:
        chosen = own.adapted(choose_bounds(names, quantities, given | {*LETTERS}))
    else:
        chosen = choose_bounds(names, quantities, given)
    sweep = run_sweep(axes, fixed, chosen, named=bool(names), own=own)
    crossovers = find_crossovers(sweep)
    for path in outputs:
        _write(path, sweep, crossovers)
    if as_data:
        from convbound.checks.compare.output import as_json

        click.echo(json.dumps(as_json(sweep, crossovers), ensure_ascii=False))
        return
    from convbound.checks.compare.summary import as_text

    if own is not None:
        click.echo(own.text(*_ends(axes, fixed)))
    click.echo(as_text(sweep, crossovers))
    for path in outputs:
        click.echo(f"wrote {path}")


def _own_constants(
    scheme: str | None,
    settings: tuple[str, ...],
    given: set[str],
    fixed: Mapping[str, Fraction | None],
    axes: Sequence[Axis],
) -> OwnConstants | None:
    """What --scheme names; None without it."""
    if scheme is None:
        if settings:
            raise InputError("--set is for the parameters of --scheme.")
        return None
    from convbound.checks.scheme_constants import proved_constants

    if any(axis.letter == "delta" for axis in axes):
        raise InputError("a range of --spacing is not for --scheme: its constants are those of the unit lattice.")
    return proved_constants(scheme, settings, given, fixed.get("delta"))


def _ends(axes: Sequence[Axis], fixed: Mapping[str, Fraction | None]) -> list[Fraction]:
    """The dimension, or the first and the last one."""
    if (d := fixed.get("d")) is not None:
        return [d]
    return [Fraction(end) for axis in axes if axis.letter == "d" for end in (axis.values[0], axis.values[-1])]


def _write(path: Path, sweep: Sweep, crossovers: Sequence[Crossover]) -> None:
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
