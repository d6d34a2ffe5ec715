"""`convbound bound`: every bound for given parameters, and what it is worth."""

from __future__ import annotations

import json
import os

import click

from convbound.bounds.catalogue import determined
from convbound.bounds.errors import InputError
from convbound.checks.commands.options import Option
from convbound.checks.compare.table import as_json, as_text, report_bounds
from convbound.checks.parameter_options import known_parameters, letters_given, parameter_options, read_parameters


@click.command("bound")
@parameter_options("NUMBER")
@click.option("--digits", type=int, metavar="N", help="Enclose every value rigorously, to N digits.")
@click.option("--scheme", metavar="file.py:CLASS", help="A scheme of your own, for its α, μ, M and M_G.")
@click.option("--set", "settings", metavar="NAME=NUMBER", multiple=True, help="A parameter of that scheme.")
@click.option("--json", "as_data", is_flag=True, help="Print one JSON document instead of a table.")
def command(
    digits: int | None, as_data: bool, scheme: str | None, settings: tuple[str, ...], **options: Option
) -> None:
    """Every bound for a given L and d, and what it is worth.

    Numbers are read exactly as written: 0.1 is one tenth. Bounds whose parameters are not all given are left out.

    \b
    convbound bound --L 17 --d 79400 --c 1
    convbound bound --L 1 --d 100 --gap 50 --scheme own_schemes.py:Ternary --set eta=0.1
    convbound bound --L 17 --d 79400 --c 1 --n 282 --G 3000 --gap 1000 --steps 1e6
    """
    given = read_parameters(letters_given(options))
    own = None
    if scheme is not None:
        from convbound.checks.scheme_constants import proved_constants

        letters = {letter for letter, value in given.items() if value is not None}
        own = proved_constants(scheme, settings, letters, given.get("delta"))
        dimension = known_parameters(given)["d"]
        given |= own.at(dimension)
        click.echo(own.text(dimension), err=as_data)
    elif settings:
        raise InputError("--set is for the parameters of --scheme.")
    parameters = known_parameters(given)
    entries = None if own is None else own.adapted(determined(parameters))
    report = report_bounds(parameters, digits, entries)
    if as_data:
        click.echo(json.dumps(as_json(report), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(report), color=False if os.environ.get("NO_COLOR") else None)
