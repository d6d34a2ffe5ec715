"""Outcomes for people and as data."""

from __future__ import annotations

from collections.abc import Iterator

from convbound.bounds.plain_data import JsonObject
from convbound.proofs.certificates import digest
from convbound.proofs.kernel import spell
from convbound.proofs.methods.linear import square_completion
from convbound.proofs.methods.problem import WorstCase
from convbound.proofs.methods.prove import Outcome
from convbound.proofs.methods.radicals import Number, approximate, is_zero, text
from convbound.proofs.methods.wording import spoken

LONGEST = 60


def number(x: Number) -> str:
    """A number for a line: in full where that is short, and as a decimal where it is no integer."""
    said, near = text(x), f"{float(approximate(x)):.10g}"
    if said == near:
        return said
    return f"{said} ≈ {near}" if len(said) <= LONGEST else f"a number of nested roots ≈ {near}"


def metric(problem: WorstCase) -> str:
    """What is bounded."""
    said = [spoken(problem, m) for m in problem.metrics]
    shown = said if len(said) <= 3 else [*said[:2], "…", said[-1]]
    return said[0] if len(said) == 1 else f"min({', '.join(shown)})"


def headline(problem: WorstCase, outcome: Outcome) -> str:
    """The verdict in one line."""
    line = f"{outcome.words:14} {outcome.title}"
    if outcome.bound is not None:
        line += f": {metric(problem)} <= {number(outcome.bound)}"
    if outcome.claimed is not None:
        line += f" (claimed: {number(outcome.claimed)})"
    return line


def details(problem: WorstCase, outcome: Outcome) -> Iterator[str]:
    """What stands below the headline."""
    if outcome.reason:
        yield f"why      {outcome.reason}"
    if outcome.instance is not None and outcome.bound is not None:
        size = outcome.instance.dimension
        where = f"an exact instance in dimension {size}" if size else "the instance in which all vectors are zero"
        if outcome.tight:
            yield f"lower    {where} attains it"
        elif outcome.reached:
            yield f"lower    {where} of what is supposed attains it, but may belong to no member of the class"
        else:
            yield f"lower    {where} has {number(outcome.instance.metric)}"
    if outcome.certificate is not None:
        steps = len(outcome.certificate["steps"])
        yield f"proof    {len(outcome.multipliers)} multipliers, {steps} steps of the kernel"
    for note in outcome.notes:
        yield f"note     {note}"


def derivation(outcome: Outcome) -> Iterator[str]:
    """The proof, as lines a person can follow."""
    if outcome.certificate is None or outcome.statement is None:
        return
    for name, multiplier in outcome.multipliers:
        yield f"times    {text(multiplier):>12}   {name}"
    for step in outcome.certificate["steps"]:
        if step["rule"] == "combination" and step["fact"][1:] == [">=", "0"] and any(t[2] for t in step["by"]["terms"]):
            yield f"squares  {spell(step['fact'][0])}"
    yield from (f"         {line}" for line in outcome.statement.lines())


def instance(problem: WorstCase, outcome: Outcome) -> Iterator[str]:
    """The instance behind the lower bound: values, and the vectors' coordinates in orthogonal directions."""
    found = outcome.instance
    if found is None:
        return
    if found.values:
        yield f"instance {', '.join(f'{n} = {text(x)}' for n, x in zip(problem.values, found.values, strict=True))}"
    for number, (weight, vector) in enumerate(square_completion(found.gram) or [], start=1):
        said = ", ".join(f"{n}: {text(x)}" for n, x in zip(problem.points, vector, strict=True) if not is_zero(x))
        length = "" if is_zero(weight - 1) else f"√({text(weight)}) times "
        yield f"         coordinate {number}: {length}({said})"


def record(problem: WorstCase, outcome: Outcome) -> JsonObject:
    """All of it as data: numbers as texts, in full."""
    instance = outcome.instance
    return {
        "title": outcome.title,
        "verdict": outcome.verdict,
        "tight": outcome.tight,
        "metric": metric(problem),
        "bound": None if outcome.bound is None else text(outcome.bound),
        "bound_decimal": None if outcome.bound is None else float(approximate(outcome.bound)),
        "attained": None if outcome.attained is None else text(outcome.attained),
        "claimed": None if outcome.claimed is None else text(outcome.claimed),
        "solver": outcome.estimate,
        "reason": outcome.reason,
        "notes": list(outcome.notes),
        "multipliers": [{"of": name, "value": text(x)} for name, x in outcome.multipliers],
        "instance": None
        if instance is None
        else {
            "dimension": instance.dimension,
            "points": list(problem.points),
            "gram": [[text(x) for x in row] for row in instance.gram],
            "values": {n: text(x) for n, x in zip(problem.values, instance.values, strict=True)},
        },
        "certificate": None if outcome.certificate is None else digest(outcome.certificate),
        "statement": None if outcome.statement is None else outcome.statement.lines(),
        "seconds": round(outcome.seconds, 3),
    }
