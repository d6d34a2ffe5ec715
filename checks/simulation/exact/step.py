"""One step of a discrete scheme in exact arithmetic: the four numbers that the paper's inequalities compare."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from convbound.checks.arrays import Array
from convbound.checks.simulation.exact.enumeration import ExactLaw
from convbound.checks.simulation.problems.base import Problem


@dataclass(frozen=True)
class OneStep:
    """At a point w, for w+ = w - update: E F(w+) - F(w), g . E update, E |update|^2 and |g|^2, all exact."""

    decrease: Fraction
    alignment: Fraction
    second_moment: Fraction
    squared_gradient: Fraction


def one_step(problem: Problem, w: Array, law: ExactLaw) -> OneStep:
    """The exact one-step quantities of a problem in Fractions at w (shape (d,)) under the law of its update."""
    gradient = problem.gradient(w)
    values = problem.value(w - law.outcomes.astype(object))
    return OneStep(
        Fraction(law.expectation(values) - problem.value(w)),
        Fraction((gradient * law.mean).sum()),
        law.second_moment,
        Fraction((gradient**2).sum()),
    )
