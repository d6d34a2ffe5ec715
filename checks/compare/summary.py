"""A sweep for people: a table of some of its points, who is smallest where, and the crossovers."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from convbound.bounds import QUANTITIES, verdict_of
from convbound.bounds.catalogue import SCHEMES, STUDIED
from convbound.bounds.notation import readable
from convbound.checks.compare.crossovers import Crossover
from convbound.checks.compare.drawing import fixed_text
from convbound.checks.compare.output import left_out
from convbound.checks.compare.sweep import Sweep, impossible, smallest, valid_bounds

MAX_ROWS = 13
MARK = "!"  # beside a value that is below the lattice minimum


def _number(value: float) -> str:
    """A value of a table."""
    if np.isnan(value):
        return "–"
    return "∞" if np.isinf(value) else readable(Decimal(value))


def _table(sweep: Sweep, quantity: str) -> list[str]:
    """Some points of a one-parameter sweep, a bound per column."""
    axis = sweep.axes[0]
    rows = np.unique(np.linspace(0, len(axis.values) - 1, min(len(axis.values), MAX_ROWS)).astype(int))
    bounds = [bound for bound in sweep.of_quantity(quantity) if not np.all(np.isnan(sweep.values[bound.id]))]
    headings = [axis.letter, *(bound.id.partition(":")[0] for bound in bounds)]
    marks = {bound.id: impossible(sweep, bound) for bound in bounds}
    body = [
        [
            f"{axis.values[row]:.7g}",
            *(
                _number(float(sweep.values[bound.id][row])) + (MARK if marks[bound.id][row] else " ")
                for bound in bounds
            ),
        ]
        for row in rows
    ]
    widths = [max(len(line[i]) for line in [headings, *body]) for i in range(len(headings))]
    return ["  " + "  ".join(map(str.rjust, line, widths)) for line in [headings, *body]]


def _shares(sweep: Sweep, quantity: str) -> list[str]:
    """Who is smallest, and what is impossible, as shares of the sweep's points."""
    lines = []
    schemes: list[tuple[str, str | None]] = [("smallest valid bound", None)]
    schemes += [(f"smallest valid bound of {title}", scheme) for scheme, title in sweep.studied.items()]
    for title, scheme in schemes:
        valid = valid_bounds(sweep, quantity, scheme)
        index = smallest(sweep, valid)
        for position, bound in enumerate(valid):
            share = float(np.mean(index == position))
            if share:
                lines.append(f"  {title:<28} {bound.id:<24} at {100 * share:5.1f}% of the points")
    for bound in sweep.of_quantity(quantity):
        share = float(np.mean(impossible(sweep, bound)))
        if share:
            lines.append(f"  {'below the lattice minimum':<28} {bound.id:<24} at {100 * share:5.1f}% of the points")
    return lines


def _crossover_line(crossover: Crossover) -> str:
    pair = f"{crossover.first.id} = {crossover.second.id.partition(':')[0]}"
    where = f"{crossover.unknown} = {crossover.text}" if crossover.text else f"in {crossover.unknown}"
    if len(crossover.brackets) == 1 and crossover.brackets[0].at is None:
        where += f" ≈ {crossover.brackets[0].value:.12g}"
    elif not crossover.formula:
        values = [bracket.value for bracket in crossover.brackets]
        where += f" from {min(values):.6g} to {max(values):.6g}"
    return f"  {pair}: {where} ({crossover.method})"


def _left_out_lines(sweep: Sweep) -> list[str]:
    """What is not in the table, by the reason, with the schemes of which nothing is."""
    reasons: dict[str, list[str]] = {}
    for entry in left_out(sweep):
        why = f"for want of {' '.join(entry['missing'])}" if entry["missing"] else f"{entry['condition']} holds nowhere"
        reasons.setdefault(why, []).append(entry["id"])
    lines = [
        textwrap.fill(f"Left out, {why}: {', '.join(names)}.", 100, subsequent_indent="  ", break_on_hyphens=False)
        for why, names in reasons.items()
    ]
    shown = {bound.scheme.id for bound in sweep.bounds}
    missing = [SCHEMES[scheme].title for scheme in STUDIED if scheme not in shown]
    if sweep.own is not None:
        missing = []  # this is about another scheme
    return [*(f"Nothing here is about {title}: see what is left out." for title in missing), *lines]


def as_text(sweep: Sweep, crossovers: Sequence[Crossover]) -> str:
    """The summary that `convbound compare` prints."""
    axes = ", ".join(f"{a.letter} from {a.values[0]:.7g} to {a.values[-1]:.7g} ({len(a.values)})" for a in sweep.axes)
    lines = [f"{axes}; {fixed_text(sweep.fixed)}", ""]
    for quantity in sweep.quantities():
        lines.append(QUANTITIES[quantity].title)
        if len(sweep.axes) == 1:
            lines += _table(sweep, quantity)
        lines += _shares(sweep, quantity)
        own = [_crossover_line(c) for c in crossovers if c.first.quantity == quantity]
        lines += ["  crossovers:", *("  " + line for line in own)] if own else []
        lines.append("")
    lines += _left_out_lines(sweep)
    verdicts = [f"{bound.id} {verdict_of(bound)}" for bound in sweep.bounds if verdict_of(bound) != "proved"]
    if verdicts:
        lines.append(f"Not proved: {', '.join(verdicts)}. {MARK} marks values below the lattice minimum.")
    return "\n".join(lines).rstrip()
