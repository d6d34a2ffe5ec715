"""Printed tables beside what was measured, and whether one reading explains one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click
from rich.table import Table

from convbound.checks.experiments.figures import Beside, beside
from convbound.checks.experiments.outcome import (
    EXCLUDED,
    IMPOSSIBLE,
    REPRODUCED,
    Outcome,
    best_choice,
    best_of_all,
    consistent,
    outcome,
)
from convbound.checks.report.terminal import console


def plain_table(title: str, columns: Sequence[str]) -> Table:
    """A table without lines; all columns but the first are numbers."""
    table = Table(box=None, pad_edge=False, header_style="bold", title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


@dataclass(frozen=True)
class Unprinted:
    """A row that the printed tables do not have, under a choice: the numbers of every seed, by reading."""

    row: str
    choice: str
    numbers: Mapping[str, Sequence[float]]


def show_tables(
    tables: Mapping[str, Sequence[str]], outcomes: Sequence[Outcome], seeds: int, others: Sequence[Unprinted] = ()
) -> None:
    """Each printed table, whether a reading explains it, and what is excluded.

    Args:
        tables: the readings of each, by its title.
        outcomes: of all tables, under one choice or several; of several, the best is shown.
        seeds: of how many runs.
        others: rows that are not printed, for comparison.
    """
    for title, readings in tables.items():
        chosen = [o for o in outcomes if o.reading in readings]
        if not chosen:
            continue
        choice, reading, good, all_ = best_choice(chosen)
        choices = {o.choice for o in chosen}
        table = plain_table(title, ["row", "printed", *readings])
        for row in dict.fromkeys(o.row for o in chosen):
            cells = [o for o in chosen if o.row == row and o.choice == choice]
            if cells:
                table.add_row(row, f"{cells[0].printed:.4f}", *map(_cell, cells))
        for other in (x for x in others if x.choice == choice):
            table.add_row(other.row, "", *(_spread(other.numbers[reading]) for reading in readings))
        if len(choices) > 1:
            click.echo(f"{len(choices)} choices of what is left open; the best for this table is shown: {choice}")
        console().print(table)
        whole = [key for key, (explained, rows) in consistent(chosen).items() if explained == rows]
        verdict = (
            f"{reading} explains all {all_} rows"
            if whole
            else f"no reading explains all rows; {reading}: {good} of {all_}"
        )
        tried = f"; the best of {len(choices) * len(readings)} tried" if len(choices) > 1 else ""
        click.echo(f"  {verdict} (✓: within two standard deviations of a run, {seeds} seeds{tried})\n")
    if len({o.choice for o in outcomes}) > 1 and len(tables) > 1:
        choice, taken, good, all_ = best_of_all(outcomes, list(tables.values()))
        click.echo(f"  all tables with one choice: at most {good} of {all_} rows, by {choice}; {', '.join(taken)}\n")
    for line in dict.fromkeys(_excluded(o) for o in outcomes if o.verdict in (EXCLUDED, IMPOSSIBLE)):
        click.echo(line)


def table_figures(tables: Mapping[str, Sequence[str]], outcomes: Sequence[Outcome]) -> Mapping[str, str]:
    """A figure of each printed table, under the choice that explains most of it."""
    found = {}
    for number, (title, readings) in enumerate(tables.items(), 1):
        chosen = [o for o in outcomes if o.reading in readings]
        choice = best_choice(chosen)[0]
        rows = []
        for row in dict.fromkeys(o.row for o in chosen):
            cells = [o for o in chosen if o.row == row and o.choice == choice]
            rows.append(Beside(row, cells[0].printed, [(o.mean, o.spread) for o in cells]))
        found[f"table-{number}.svg"] = beside(f"{title}: printed, and two standard deviations of a run", readings, rows)
    return found


def _spread(values: Sequence[float]) -> str:
    """Of a row without a printed number."""
    o = outcome("", "", 0.0, values)
    return f"{o.mean:.4f} ± {o.spread:.4f}"


def _cell(o: Outcome) -> str:
    return f"{'✓ ' if o.verdict == REPRODUCED else ''}{o.mean:.4f} ± {o.spread:.4f}"


def _excluded(o: Outcome) -> str:
    error = "" if o.error is None else f"; error at most {o.error:.1g}"
    return f"  {o.row}: {o.printed} is {o.verdict} as {o.reading} ({o.by}{error})"
