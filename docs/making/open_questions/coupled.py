"""Quadratics with coupled coordinates, d = 2: the mean norm of their exact stationary laws, enclosed in rationals."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from convbound.bounds.errors import InputError
from convbound.checks.simulation.exact import build_chain
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.problems.quadratic import Quadratic
from convbound.checks.simulation.schemes.zim import enumerate_update
from open_questions.hypercube import root_bounds

# (cos, sin) of rational rotations; with the eigenvalues exchanged they cover both halves of the right angle
ROTATIONS = ((Fraction(4, 5), Fraction(3, 5)), (Fraction(12, 13), Fraction(5, 13)), (Fraction(24, 25), Fraction(7, 25)))


def rotated(cosine: Fraction, sine: Fraction, second: Fraction, centre: tuple[Fraction, Fraction]) -> Quadratic:
    """½ (w - b)ᵀ R diag(1, second) Rᵀ (w - b) with a rotation R: L = 1 for 0 <= second <= 1."""
    off = cosine * sine * (1 - second)
    matrix = [[cosine**2 + second * sine**2, off], [off, sine**2 + second * cosine**2]]
    return Quadratic(fractions(matrix), fractions(centre), Fraction(1))


def mean_norm_bounds(problem: Quadratic, c: Fraction) -> tuple[Fraction, Fraction]:
    """Rationals around the stationary E‖g‖₂ of one-draw ZIM from the origin.

    Raises:
        InputError: there is more than one recurrent class, or too many states.
    """
    start = fractions([0] * problem.dimension)
    chain = build_chain(problem, start, lambda g: enumerate_update(g, 1, 1, c), most_states=200)
    low = high = Fraction(0)
    for p, g in zip(chain.stationary(), problem.gradient(chain.points()), strict=True):
        below, above = root_bounds((g**2).sum())
        low, high = low + p * below, high + p * above
    return low, high


@dataclass(frozen=True)
class CoupledScan:
    """How many coupled quadratics were solved and how many were not, and the largest mean norm (an upper rational)."""

    solved: int
    skipped: int
    largest: Fraction
    best: Quadratic


def centres(steps: int) -> Iterator[tuple[Fraction, Fraction]]:
    """Offsets b in [0, 1)² in steps of 1/`steps`."""
    grid = [Fraction(k, steps) for k in range(steps)]
    return itertools.product(grid, grid)


def scan_coupled(c: Fraction, seconds: Iterable[Fraction], steps: int) -> CoupledScan:
    """Solve every rotation, second eigenvalue and offset of the grid exactly (L = 1)."""
    solved = skipped = 0
    largest, best = Fraction(-1), None
    for (cosine, sine), second, centre in itertools.product(ROTATIONS, seconds, list(centres(steps))):
        problem = rotated(cosine, sine, second, centre)
        try:
            high = mean_norm_bounds(problem, c)[1]
        except InputError:
            skipped += 1
            continue
        solved += 1
        if high > largest:
            largest, best = high, problem
    if best is None:
        raise InputError("no quadratic of the grid could be solved.")
    return CoupledScan(solved, skipped, largest, best)
