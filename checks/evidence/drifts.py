"""Far from the minimum slopes do not change, so the displacement after K steps is a sum of independent draws.

The curvatures are 2^-40 and the distance is 2^40, so a slope changes by less than 1e-9 of itself in a test, and the law
of a displacement by less than 1e-6 in total variation: a thousandth of what a test can see. Weights are integers below
2^41, exact in double precision.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convbound.checks.arrays import Floats
from convbound.checks.evidence.references import Advance, binomial, binomial_cells, cells_of
from convbound.checks.simulation.problems import Quadratic, Separable, diagonal
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.simulation.schemes.rounding import Rounding
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.simulation.trajectories.state import Group
from convbound.checks.statistics import Experiment, Law, Successive

SLOPES = np.array([1.0, -0.5, 0.0, 0.25])  # the third coordinate rests; the last has the sign of the first
FAR = 2.0**40
RATE, SMOOTHING, STEP = 0.75, 0.25, 0.5
TRIALS = 400  # of ZIM in a test
CELLS = 6
# Supported within this distance in total variation; a bias of one percent in a q_i shows before that.
TOLERANCE = 0.06


def far_problem(dense: bool) -> tuple[Separable | Quadratic, Floats]:
    """The problem and its start, at which the slopes are `SLOPES`."""
    curvature = np.abs(SLOPES) / FAR
    start = np.sign(SLOPES) * FAR
    if dense:
        return Quadratic(np.diag(curvature), np.zeros(SLOPES.size), float(curvature.max())), start
    return diagonal(curvature, np.zeros(SLOPES.size)), start


@dataclass(frozen=True, eq=False)
class DriftSampler:
    """The cells of the displacement of the first coordinate and of all together, after `steps` steps; -1 where a
    coordinate moved against the descent, rested and moved, or moved more than it can; and as draws, chain by chain."""

    advance: Advance
    problem: Separable | Quadratic
    scheme: Scheme
    start: Floats
    steps: int
    first: Floats  # thresholds between cells
    together: Floats

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """Shape (size, 2)."""
        group = Group.start(np.tile(self.start, (size, 1)), rng)
        self.advance(self.problem, self.scheme, group, self.steps)
        moved = (self.start - group.w) * np.sign(SLOPES)
        rested = group.w[:, SLOPES == 0] == self.start[SLOPES == 0]
        most = self.steps * self.scheme.moves_a_step(SLOPES.size)
        lawful = rested.all(axis=1) & (moved >= 0).all(axis=1) & (moved.sum(axis=1) <= most)
        lawful &= (moved == np.floor(moved)).all(axis=1)
        cells = [np.searchsorted(self.first, moved[:, 0]), np.searchsorted(self.together, moved.sum(axis=1))]
        return np.where(lawful, np.array(cells, dtype=np.float64), -1.0).T


def drift_tests(name: str, advance: Advance, scheme: type, work: int) -> list[Experiment]:
    """The drift of an engine under ZIM or under stochastic rounding; `work` is what a step costs it."""
    problem, start = far_problem(name in ("dense", "columns"))
    slow = work >= 10
    tolerance, steps = (2 * TOLERANCE, 10) if slow else (TOLERANCE, 100)
    if scheme is Zim:
        zim = Zim(TRIALS // steps, RATE, SMOOTHING)
        weights = np.abs(SLOPES) + SMOOTHING
        q = weights / weights.sum()
        first = binomial_cells(TRIALS, RATE * q[0], CELLS)
        together = binomial_cells(TRIALS, RATE * q[SLOPES != 0].sum(), CELLS)
        sampler = DriftSampler(advance, problem, zim, start, steps, first[0], together[0])
    else:
        chances = STEP * np.abs(SLOPES)
        first = binomial_cells(steps, chances[0], CELLS)
        together = _sum_of_binomials(steps, chances)
        sampler = DriftSampler(advance, problem, Rounding(STEP), start, steps, first[0], together[0])
    label = f"{scheme.__name__}, constant slopes, {steps} steps"
    quantities = (
        Law(f"{label}: law of a coordinate's displacement", first[1], tolerance),
        Law(f"{label}: law of all displacements together", together[1], tolerance),
        Successive(f"{label}: independence of successive chains", first[1], 2 * tolerance),
    )
    return [Experiment(f"{name}: {label}", sampler, quantities, 256, 4096, 1 << 22, columns=(0, 1, 0))]


def _sum_of_binomials(steps: int, chances: Floats) -> tuple[Floats, tuple[float, ...]]:
    """Cells of the sum over coordinates of Binomial(steps, chance)."""
    law = np.ones(1)
    for chance in chances:
        law = np.convolve(law, binomial(steps, float(chance)))
    return cells_of(law, CELLS)
