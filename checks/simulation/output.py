"""A simulation as text and as a document; nothing is computed here."""

from __future__ import annotations

import math
from collections.abc import Sequence

from convbound.bounds import QUANTITIES
from convbound.bounds.plain_data import JsonObject
from convbound.checks.simulation.answers import Answers, Estimate
from convbound.checks.simulation.simulate import Comparison, Judged, Measured, Setup
from convbound.checks.simulation.trajectories import Trajectory

FORMAT = "convbound-simulation/1"
LEADING = {"mean-norm": "mean ‖g‖", "mean-square": "mean ‖g‖²", "best-iterate": "smallest ‖g‖", "alignment": "mean φ"}


def title_of(setup: Setup, problem: str) -> str:
    """One line on what was run."""
    spacing = "" if setup.spacing == 1 else f", spacing = {float(setup.spacing):g}"
    estimate = " (estimated)" if setup.own is not None and setup.own.estimated else ""
    about = f"d = {setup.problem.dimension}, L = {float(setup.smoothness):g}{estimate}{spacing}"
    return f"{setup.scheme.text(float(setup.spacing))} on {problem}, {about}"


def warnings_of(setup: Setup, comparison: Comparison) -> list[str]:
    """What a reader must not miss."""
    found = []
    own = setup.own
    if own is not None and own.estimated:
        found.append(
            f"L = {float(own.constant):.6g} is an estimate, the steepest change of the gradient that was seen; L may "
            "be larger, so no bound counts as valid. Declare `smoothness` or give --L."
        )
    if own is not None and (sentence := own.wrong_derivative()):
        found.append(f"{sentence}.")
    blame = "which is a fault of convbound: please report it"
    if own is not None:
        blame = "by more than chance allows: something declared of F is wrong, and no bound counts as valid"
    for row, judged in comparison.exceeded():
        found.append(
            f"the measured {LEADING[row.quantity]} {row.mean:.6g} exceeds {judged.bound.id} = "
            f"{float(judged.assessment.value):.6g}, whose hypotheses hold on this run as far as they were checked; "
            f"{blame}."
        )
    return found


def answer_lines(answers: Answers, comparison: Comparison) -> list[str]:
    """The first questions and their answers."""
    lines = [answers.sentence()]
    lines.append(
        f"at the end F = {answers.value}, ‖g‖ = {answers.last_norm}; over the late window mean ‖g‖² = {answers.square}."
    )
    for name, (before, now) in answers.metrics.items():
        lines.append(f"{name}: {before:.6g} at the start, {now} at the end.")
    measured = {"mean-norm": answers.norm, "mean-square": answers.square}
    for quantity, judged in answers.floors.items():
        value = float(judged.assessment.value)
        late = measured.get(quantity)
        ratio = f"; the late window is at {late.mean / value:.3g} of it" if late is not None and value else ""
        lines.append(
            f"floor valid for this run, K → ∞: {LEADING[quantity]} at most {value:.6g} "
            f"({judged.bound.title}, {judged.bound.id}){ratio}."
        )
    if "mean-norm" not in answers.floors:
        lines.append(f"no floor on mean ‖g‖ is known to be valid for this run{_why_none(comparison)}.")
    return lines


def _why_none(comparison: Comparison) -> str:
    reasons = [reason for row in comparison.rows for judged in row.limits for reason in judged.unmet]
    unproved = [j for row in comparison.rows if row.quantity == "mean-norm" for j in row.limits]
    reasons += [
        f"{j.bound.id} is {j.assessment.verdict} at these parameters"
        for j in unproved
        if j.bound.role == "upper" and j.assessment.verdict != "proved"
    ]
    reasons += [f"{bound.id} needs {text}" for bound, text in comparison.elsewhere if bound.quantity == "mean-norm"]
    return f": {'; '.join(dict.fromkeys(reasons))}" if reasons else ""


def print_text(
    title: str, comparison: Comparison, answers: Answers, chains: int, reached: str, warnings: Sequence[str]
) -> None:
    """The answers, then a table a quantity."""
    from rich.table import Table
    from rich.text import Text

    from convbound.checks.report.terminal import console

    output = console()
    output.print(Text(f"{title}: {chains} chains of {reached}"))
    for line in [*answer_lines(answers, comparison), *(f"WARNING: {warning}" for warning in warnings)]:
        output.print(Text(f"  {line}"))
    for row in comparison.rows:
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0), title_justify="left")
        for column in ("", "bound", "value", "measured / bound", "remark"):
            table.add_column(column, justify="right" if column in ("value", "measured / bound") else "left")
        error = "" if math.isnan(row.error) else f" ± {row.error:.2g}"
        table.add_row("measured", "", f"{row.mean:.6g}{error}", "", "")
        for judged in row.bounds:
            table.add_row(*(Text(cell) for cell in _cells(row, judged)))
        output.print(f"\n{QUANTITIES[f'{row.quantity}/K'].title}", style="bold")
        output.print(table)
    if comparison.elsewhere:
        output.print("\nbounds that do not apply here", style="bold")
        for bound, condition in comparison.elsewhere:
            output.print(Text(f"  {bound.title} ({bound.id}): needs {condition}"))


def _cells(row: Measured, judged: Judged) -> tuple[str, ...]:
    value, bound = float(judged.assessment.value), judged.bound
    after_steps = bound.quantity.endswith("/K")  # a limit says nothing yet of K steps
    ratio = f"{row.mean / value:.4g}" if value and after_steps else ""
    remark = judged.remark if after_steps else f"K → ∞; {judged.remark}"
    if judged.exceeded:
        remark = f"EXCEEDED; {remark}"
    title = "worst case over F" if bound.role == "lower" else bound.title
    return judged.worth, f"{title} ({bound.id})", f"{value:.6g}", ratio, remark


def document(
    title: str,
    trajectory: Trajectory,
    comparison: Comparison,
    answers: Answers,
    warnings: Sequence[str],
    complete: bool,
) -> JsonObject:
    """Everything as plain data; numbers that are not finite are None."""
    quantities = [
        {
            "quantity": row.quantity,
            "mean": number(row.mean),
            "standard_error": number(row.error),
            "bounds": [_bound_data(judged) for judged in row.bounds],
        }
        for row in comparison.rows
    ]
    recorded = ("mean_norm", "mean_square", "mean_alignment", "best_norm", "value")
    return {
        "format": FORMAT,
        "run": title,
        "complete": complete,
        "warnings": list(warnings),
        "answers": _answers_data(answers),
        "steps": trajectory.steps.tolist(),
        "curves": {name: [number(x) for x in getattr(trajectory, name).mean(axis=0)] for name in recorded},
        "quantities": quantities,
        "not_applicable": [{"id": bound.id, "condition": text} for bound, text in comparison.elsewhere],
    }


def _bound_data(judged: Judged) -> JsonObject:
    return {
        "id": judged.bound.id,
        "value": number(float(judged.assessment.value)),
        "worth": judged.worth,
        "verdict": judged.assessment.verdict,
        "unmet": list(judged.unmet),
        "exceeded": judged.exceeded,
    }


def _answers_data(answers: Answers) -> JsonObject:
    def estimate(value: Estimate) -> JsonObject:
        return {"mean": number(value.mean), "half_width_95": number(value.half_width)}

    return {
        "state": answers.state,
        "since": answers.since,
        "window": list(answers.window),
        "mean_norm": estimate(answers.norm),
        "mean_square": estimate(answers.square),
        "value": estimate(answers.value),
        "last_norm": estimate(answers.last_norm),
        "change": number(answers.change),
        "metrics": {k: {"start": number(start), **estimate(end)} for k, (start, end) in answers.metrics.items()},
        "floors": {quantity: _bound_data(judged) for quantity, judged in answers.floors.items()},
    }


def number(value: float) -> float | None:
    """A float that JSON can say."""
    return float(value) if math.isfinite(value) else None
