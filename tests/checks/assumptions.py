"""Assumption 2 and inequality (2.1) of arXiv 2512.04051, checked at pairs of points."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from convbound.checks.simulation.problems.base import Problem, fractions
from convbound.checks.simulation.problems.quadratic import is_exact

# Relative slack for problems in floating point; problems in Fractions get none.
ROUNDING = 1e-9


@dataclass(frozen=True)
class AssumptionReport:
    """What `pairs` random pairs of points showed; `exact` when the arithmetic was."""

    pairs: int
    lipschitz: bool
    quadratic_bound: bool
    bounded_below: bool
    steepest: float  # the largest |grad F(w) - grad F(v)| / (L |w - v|) seen
    exact: bool

    @property
    def holds(self) -> bool:
        """Whether no pair contradicted anything."""
        return self.lipschitz and self.quadratic_bound and self.bounded_below


def check_assumptions(problem: Problem, rng: np.random.Generator, pairs: int = 100, reach: int = 8) -> AssumptionReport:
    """Check the Lipschitz condition, (2.1) and F >= F_inf at random dyadic points within `reach` of the origin.

    Points are multiples of 1/8; half of the pairs differ in one coordinate only, where separable problems are tight.
    """
    exact = is_exact(problem)
    L = Fraction(problem.smoothness) if exact else float(problem.smoothness)
    lipschitz = quadratic_bound = bounded_below = True
    steepest = 0.0
    for pair in range(pairs):
        v = rng.integers(-8 * reach, 8 * reach + 1, size=problem.dimension)
        step = rng.integers(-16, 17, size=problem.dimension)
        if pair % 2:
            step[np.arange(problem.dimension) != rng.integers(problem.dimension)] = 0
        points = [fractions(v) / 8, fractions(v + step) / 8]
        if not exact:
            points = [p.astype(np.float64) for p in points]
        start, end = points
        move = end - start
        slope, height = problem.gradient(start), problem.value(start)
        change = problem.gradient(end) - slope
        squared_change, squared_move = (change**2).sum(), (move**2).sum()
        slack = 0 if exact else ROUNDING
        lipschitz &= bool(squared_change <= L**2 * squared_move * (1 + slack))
        upper = height + (slope * move).sum() + L * squared_move / 2
        quadratic_bound &= bool(problem.value(end) <= upper + slack * (1 + abs(upper)))
        bounded_below &= bool(height >= problem.infimum - slack * (1 + abs(height)))
        if squared_move and L:
            steepest = max(steepest, float(squared_change / (L**2 * squared_move)) ** 0.5)
    return AssumptionReport(pairs, lipschitz, quadratic_bound, bounded_below, steepest, exact)
