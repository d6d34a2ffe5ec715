"""The answer of `convbound bound`: one record, rendered as text for people or as JSON for programs."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

import click

from convbound.bounds import (
    QUANTITIES,
    Assessment,
    Bound,
    Enclosure,
    LeftOut,
    Table,
    admissible_steps,
    advice,
    assess_all,
    enclose,
    left_out,
    reading,
)
from convbound.bounds.arithmetic import decimal
from convbound.bounds.catalogue import BY_LETTER, PARAMETERS, STUDIED
from convbound.bounds.guidance import StepLimits
from convbound.bounds.notation import Written, readable
from convbound.bounds.plain_data import JsonObject
from convbound.bounds.sentences import Advice, StepLimit

COLOURS = {"impossible": "red", "refuted": "red", "minimum": "cyan", "valid": "green", "vacuous": "yellow"}
USEFUL = {"valid": 0, "minimum": 1, "vacuous": 2, "elsewhere": 4, "refuted": 5, "impossible": 6}
UNSETTLED = 3  # everything else: open, assumed, supported
NARROWEST = 60  # columns
FORMAT = "convbound-bound/1"
EXACT_DOUBLE = 1 << 53  # whole numbers up to here are doubles


@dataclass(frozen=True)
class BoundReport:
    """Everything that is said about one set of parameters."""

    parameters: Mapping[str, Fraction]
    assessments: Table
    enclosures: Mapping[str, Enclosure]
    steps: Sequence[StepLimits]
    advice: Sequence[Advice]
    reading: Sequence[str]
    left_out: Sequence[LeftOut]


def report_bounds(
    parameters: Mapping[str, Fraction], digits: int | None = None, entries: Sequence[Bound] | None = None
) -> BoundReport:
    """Assess bounds at one point.

    Args:
        parameters: values by letter.
        digits: where given, each value is enclosed to so many digits.
        entries: the bounds; by default all that the parameters determine.
    """
    assessments = assess_all(parameters, entries)
    enclosures: dict[str, Enclosure] = {}
    if digits is not None:
        for assessment in assessments:
            enclosure = enclose(assessment.bound, parameters, digits)
            if enclosure is not None:
                enclosures[assessment.bound.id] = enclosure
    return BoundReport(
        parameters,
        assessments,
        enclosures,
        admissible_steps(parameters),
        advice(parameters),
        reading(assessments),
        left_out(parameters),
    )


# --- JSON -------------------------------------------------------------------------------------------------------------


def as_number(value: Decimal | Fraction | None) -> float | int | None:
    """A JSON number: whole numbers as such, else the nearest double; None where no finite nonzero double is near."""
    if value is None:
        return None
    if isinstance(value, Fraction) and value.denominator == 1 and abs(value) <= EXACT_DOUBLE:
        return value.numerator
    number = float(decimal(value))
    return number if abs(number) != float("inf") and (number != 0 or value == 0) else None


def _digits_of(value: Decimal) -> str:
    return str(Context(prec=17).plus(value).normalize())


def exact_text(value: Fraction) -> str:
    """A parameter exactly: as a decimal where it has one, with an exponent where that is long, else as a fraction."""
    odd = value.denominator
    for prime in (2, 5):
        while odd % prime == 0:
            odd //= prime
    if odd != 1:
        return str(value)
    digits = len(str(value.numerator)) + value.denominator.bit_length()
    return str(Context(prec=2 * digits + 20).divide(Decimal(value.numerator), Decimal(value.denominator)).normalize())


def _assumed(bound: Bound, report: BoundReport) -> list[str]:
    """What a bound assumes, its condition on the parameters last."""
    condition = bound.written_condition(spacing=_spaced(report))
    return [*bound.assumptions, *([condition.text] if condition else [])]


def _spaced(report: BoundReport) -> bool:
    """Whether the lattice is not the unit lattice, so that formulas show δ."""
    return report.parameters.get("delta", 1) != 1


def _bound_record(assessment: Assessment, report: BoundReport) -> dict[str, object]:
    bound = assessment.bound
    written = bound.written(spacing=_spaced(report))
    enclosure, claims = report.enclosures.get(bound.id), bound.claims_at(report.parameters)
    return {
        "id": bound.id,
        "title": bound.title,
        "quantity": bound.quantity,
        "value": as_number(assessment.value),
        "decimal": _digits_of(assessment.value),
        "enclosure": [enclosure.low, enclosure.high] if enclosure else None,
        "formula": written.text,
        "latex": written.latex,
        "assumptions": _assumed(bound, report),
        "source": bound.source,
        "claim": claims[0],
        "rests_on": list(claims[1:]),
        "verdict": assessment.verdict,
        "worth": assessment.worth,
        "vacuous": assessment.vacuous,
        "remark": assessment.remark,
    }


def _step_record(step: StepLimit) -> dict[str, object]:
    return {
        "condition": step.limit is not None,
        "limit": as_number(step.limit),
        **{letter: as_number(value) for letter, value in step.constants.items()},
        "satisfied": step.satisfied,
        "remark": step.remark,
    }


def _recommended(report: BoundReport, quantity: str) -> dict[str, str | None]:
    """The smallest valid bound on a quantity, for any scheme and for each that is studied, by identifier."""
    table = report.assessments
    choices = {"any": table.recommended(quantity), **{s: table.recommended(quantity, s) for s in STUDIED}}
    return {scheme: choice.bound.id if choice else None for scheme, choice in choices.items()}


def _left_out_record(entry: LeftOut) -> dict[str, object]:
    return {
        "id": entry.bound.id,
        "quantity": entry.bound.quantity,
        "missing": [BY_LETTER[letter].option for letter in entry.missing],
        "condition": entry.condition or None,
    }


def as_json(report: BoundReport) -> JsonObject:
    """The record as plain data. `value` is null beyond the range of a double; `decimal` always has 17 digits."""
    quantities = dict.fromkeys(a.bound.quantity for a in report.assessments if a.bound.role == "upper")
    return {
        "format": FORMAT,
        "parameters": {letter: as_number(value) for letter, value in report.parameters.items()},
        "exact_parameters": {letter: exact_text(value) for letter, value in report.parameters.items()},
        "recommended": {quantity: _recommended(report, quantity) for quantity in quantities},
        "left_out": [_left_out_record(entry) for entry in report.left_out],
        "bounds": [_bound_record(assessment, report) for assessment in report.assessments],
        "admissible_step": {s.name: _step_record(s) for steps in report.steps for s in steps.limits},
        "reading": list(report.reading),
        "advice": [
            {"about": piece.about, "value": as_number(piece.value), "text": piece.text} for piece in report.advice
        ],
    }


# --- text -------------------------------------------------------------------------------------------------------------


def _wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most that width where the words allow it: neither words nor grouped digits are cut."""
    kept = re.sub(r"(?<=[\d.]) (?=\d)", "\N{NO-BREAK SPACE}", text)
    lines = textwrap.wrap(
        kept,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def _paragraph(text: str, width: int, indent: str = "") -> str:
    return "\n".join(_wrapped(text, width, indent, indent + "  "))


def _cells(assessment: Assessment, report: BoundReport) -> tuple[str, str, str, str]:
    """Title, formula, value, remark."""
    bound = assessment.bound
    shown = (f"{Written.letter(name).text} = {readable_fraction(report.parameters[name])}" for name in bound.shown)
    title = ", ".join((bound.title, *shown))
    written = bound.written(spacing=_spaced(report))
    return title, written.text, readable(assessment.value), assessment.remark


def readable_fraction(value: Fraction) -> str:
    """A parameter as short as it can be written."""
    if value.denominator == 1 and abs(value) < 10**7:
        return str(value.numerator)
    return f"{decimal(value):.10g}"


def _rows(
    group: Sequence[Assessment],
    report: BoundReport,
    numbers: Mapping[str, int],
    widths: tuple[int, int, int],
    width: int,
) -> list[str]:
    """The lines of one quantity; the remark is wrapped under itself, a long formula gets a line of its own."""
    lines = []
    title_width, formula_width, value_width = widths
    for assessment in group:
        title, formula, value, remark = _cells(assessment, report)
        remark += f" [{' '.join(str(numbers[assumption]) for assumption in _assumed(assessment.bound, report))}]"
        label = click.style(f"{assessment.worth:<10}", fg=COLOURS.get(assessment.worth), bold=True)
        long = len(formula) > formula_width
        struck = assessment.worth in ("impossible", "refuted")
        middle = f"{title:<{title_width}}  {'' if long else formula:<{formula_width}}  {value:>{value_width}}"
        lead = 2 + 10 + 2 + len(middle) + 2
        room = width - lead
        wrapped = _wrapped(remark, room) if room >= 24 else []
        styled = click.style(middle, strikethrough=True) if struck else middle
        lines.append(f"  {label}  {styled}  {wrapped[0] if wrapped else ''}".rstrip())
        lines += [" " * lead + line for line in wrapped[1:]]
        if long:
            lines.append(_paragraph(f"= {formula}", width, " " * 14))
        if not wrapped:
            lines.append(_paragraph(remark, width, " " * 14))
        enclosure = report.enclosures.get(assessment.bound.id)
        if enclosure:
            lines.append(f"{'':14}[{enclosure.low},")
            lines.append(f"{'':14} {enclosure.high}]  by {enclosure.arithmetic}")
    return lines


def _groups(report: BoundReport) -> list[tuple[str, list[Assessment]]]:
    """The assessments by quantity, what one may use first and what is no bound last, each smallest first.

    Without the constants, which belong to the admissible step.
    """
    shown = [assessment for assessment in report.assessments if assessment.bound.role != "constant"]
    shown.sort(key=lambda a: USEFUL.get(a.worth, UNSETTLED))
    return [(q, group) for q in QUANTITIES if (group := [a for a in shown if a.bound.quantity == q])]


def _number_assumptions(groups: Sequence[tuple[str, list[Assessment]]], report: BoundReport) -> dict[str, int]:
    """Every assumption and condition that some shown bound makes, numbered from 1 in order of appearance."""
    numbers: dict[str, int] = {}
    for _, group in groups:
        for assessment in group:
            for assumption in _assumed(assessment.bound, report):
                numbers.setdefault(assumption, len(numbers) + 1)
    return numbers


def _step_lines(report: BoundReport, width: int) -> list[str]:
    lines = []
    for condition in report.steps:
        letter, given = condition.letter, readable_fraction(report.parameters[condition.letter])
        lines.append(click.style(condition.heading, bold=True))
        if all(step.limit is None for step in condition.limits):
            lines.append("  no condition at these parameters, in any version")
            continue
        for step in condition.limits:
            limit = "no condition" if step.limit is None else f"{letter} ≤ {readable(step.limit)}"
            met = "" if step.limit is None else f"{letter} = {given} {'obeys' if step.satisfied else 'does not'}; "
            lead = f"  {step.name:<18}  {limit:<18}  "
            lines += _wrapped(f"{met}{step.remark}", width, lead, " " * len(lead))
    return lines


def _left_out_lines(report: BoundReport) -> list[str]:
    """What more options would bring in, and whose condition fails."""
    wanting: dict[str, list[str]] = {}
    for entry in report.left_out:
        if entry.missing:
            options = " ".join(letter.option for letter in PARAMETERS if letter.letter in entry.missing)
            wanting.setdefault(options, []).append(entry.bound.id)
    lines = [f"{options}: {', '.join(names)}" for options, names in wanting.items()]
    failing: dict[str, list[str]] = {}
    for entry in report.left_out:
        if not entry.missing:
            failing.setdefault(entry.condition, []).append(entry.bound.id)
    return [*lines, *(f"do not have {condition}: {', '.join(names)}" for condition, names in failing.items())]


def as_text(report: BoundReport, width: int | None = None) -> str:
    """The table, the reading, the admissible step and the advice, for a terminal of that many columns."""
    width = max(width or shutil.get_terminal_size((140, 24)).columns, NARROWEST)
    groups = _groups(report)
    cells = [_cells(assessment, report) for _, group in groups for assessment in group]
    formula_limit = 34 if width >= 120 else 24
    widths = (
        max((len(cell[0]) for cell in cells), default=0),
        max((len(cell[1]) for cell in cells if len(cell[1]) <= formula_limit), default=0),
        max((len(cell[2]) for cell in cells), default=0),
    )
    numbers = _number_assumptions(groups, report)
    lines: list[str] = []
    for quantity, group in groups:
        lines += [
            click.style(QUANTITIES[quantity].title, bold=True),
            *_rows(group, report, numbers, widths, width),
            "",
        ]
    sections = (
        ("assumptions", [f"[{number}] {assumption}" for assumption, number in numbers.items()]),
        ("reading", report.reading),
        ("advice", [piece.text for piece in report.advice]),
        ("left out, for want of an option or because their condition fails", _left_out_lines(report)),
    )
    lines += _step_lines(report, width)
    for heading, paragraphs in sections:
        if paragraphs:
            lines += ["", click.style(heading, bold=True), *(_paragraph(text, width, "  ") for text in paragraphs)]
    return "\n".join(lines)
