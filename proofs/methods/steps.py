"""Steps of methods that are not explicit: the new point is known by a condition."""

from __future__ import annotations

from collections.abc import Sequence

from convbound.bounds.errors import InputError
from convbound.proofs.methods.language import Function, Point, Triple, Value


def proximal_step(x0: Point, f: Function, gamma: object) -> Triple:
    """x = prox of γ·f at x0, or the resolvent of γ·A: (x, a subgradient there, the value there)."""
    gradient, value = (
        x0.problem.new_point(f"g{f.name}{len(f.triples)}"),
        x0.problem.new_value(f"{f.name}{len(f.triples)}"),
    )
    x = x0 - gradient * gamma
    f.add_point((x, gradient, value))
    return x, gradient, value


def linear_optimization_step(direction: Point, indicator: Function) -> Triple:
    """A point of a convex set at which the direction is least: (x, -direction, the value of the indicator function)."""
    x, value = (
        _new_point_like(direction, indicator),
        direction.problem.new_value(f"{indicator.name}{len(indicator.triples)}"),
    )
    normal = -direction
    indicator.add_point((x, normal, value))
    return x, normal, value


def _new_point_like(point: Point, f: Function) -> Point:
    """A new point of the same problem."""
    return point.problem.new_point(f"s{f.name}{len(f.triples)}")


def exact_linesearch_step(x0: Point, f: Function, directions: Sequence[Point]) -> Triple:
    """The minimiser of f on x0 + span(directions), known by its gradient, which is orthogonal to all of it."""
    x = _new_point_like(x0, f)
    x0.problem.relaxed.append("exact_linesearch_step")  # nothing says that the step is in the span
    gradient, value = f.oracle(x)
    x0.problem.add_constraint((x - x0) * gradient == 0, "line search: the step")
    for direction in directions:
        x0.problem.add_constraint(direction * gradient == 0, "line search: a direction")
    return x, gradient, value


def inexact_gradient_step(
    x0: Point, f: Function, gamma: object, epsilon: object, notion: str = "absolute"
) -> tuple[Point, Point, Value]:
    """x0 - γ·d for some d within ε of the gradient, absolutely or relatively to its norm: (x, d, the value at x0).

    Raises:
        InputError: the notion is neither.
    """
    if notion not in ("absolute", "relative"):
        raise InputError(f"the notion of inexactness is 'absolute' or 'relative', not {notion!r}.")
    problem = x0.problem
    gradient, value = f.oracle(x0)
    direction = problem.new_point(f"d{len(problem.points)}")
    epsilon = problem.reading.number(epsilon)
    largest: Value = problem.value(epsilon * epsilon) if notion == "absolute" else gradient**2 * (epsilon * epsilon)
    problem.add_constraint((gradient - direction) ** 2 <= largest, f"{notion} inexactness")
    return x0 - direction * gamma, direction, value
