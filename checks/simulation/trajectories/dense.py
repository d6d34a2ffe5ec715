"""Lattice schemes on a dense quadratic: the gradient is carried along by adding the columns that moved, O(n d) a step.

The gradient is exact while A, b and the moves are dyadic with few bits; otherwise it is computed afresh every so often,
and whenever it has become so much smaller that its rounding errors would no longer be small beside it.
"""

from __future__ import annotations

import numpy as np

from convbound.checks.arrays import Floats
from convbound.checks.simulation.problems import Quadratic
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.simulation.trajectories.state import Group, Walk, carried_by, close, demand, record_one

# Moves between two computations from w, at least, and at least 4 d: one costs as much as d moves.
REBUILD = 1000
# The gradient is computed afresh when |g|_2^2 has fallen by this factor since the last time.
FALL = 16.0


class Gradients(Walk):
    """Chains on a dense quadratic.

    Carried: `gradient`, shape (chains, d); after how many moves (`due`) or below which |g|_2^2 (`least`) it is computed
    afresh.
    """

    problem: Quadratic
    gradient: Floats

    def __init__(self, problem: Quadratic, group: Group) -> None:
        super().__init__(problem, group)
        one = (len(group.w),)
        self.gradient, self.due, self.least = np.zeros_like(group.w), np.zeros(one), np.zeros(one)
        if group.carried:
            self.gradient, self.due, self.least = carried_by(group, gradient=group.w.shape, due=one, least=one)

    def refresh(self, chain: int) -> None:
        """Compute a chain's gradient from its point, if it is due."""
        if self.due[chain] <= 0:
            self.gradient[chain] = self.problem.gradient(self.group.w[chain])
            self.due[chain] = max(REBUILD, 4 * self.problem.dimension)
            self.least[chain] = (self.gradient[chain] @ self.gradient[chain]) / FALL

    def settle(self) -> None:
        """Save the gradient that is carried."""
        self.group.carried = {"gradient": self.gradient.copy(), "due": self.due.copy(), "least": self.least.copy()}

    def check(self) -> None:
        """The gradient that is carried is that of the points."""
        super().check()
        for w, gradient, due in zip(self.group.w, self.gradient, self.due, strict=True):
            true = self.problem.gradient(w)
            demand(due <= 0 or close(gradient, true, np.linalg.norm(true)), "the carried gradient is that of the point")


class DenseWalk(Gradients):
    """A scheme that moves few coordinates (ZIM, rounding, greedy), in NumPy."""

    def __init__(self, problem: Quadratic, scheme: Scheme, group: Group) -> None:
        super().__init__(problem, group)
        self.scheme = scheme

    def advance(self, steps: int) -> None:
        """One chain after the other."""
        for chain in range(len(self.group.w)):
            self._advance_chain(chain, steps)
        self.group.step += steps

    def _advance_chain(self, chain: int, steps: int) -> None:
        from scipy.linalg.blas import daxpy

        scheme, matrix, w, rng = self.scheme, self.problem.matrix, self.group.w[chain], self.group.rng
        c, d = float(scheme.smoothing), self.problem.dimension
        absolute, sums, gradient = np.empty(d), self.group.sums[chain].tolist(), self.gradient[chain]
        for _ in range(steps):
            square = float(gradient @ gradient)
            if self.due[chain] <= 0 or square < self.least[chain]:
                self.due[chain] = 0
                self.refresh(chain)
                square = float(gradient @ gradient)
            np.abs(gradient, out=absolute)
            record_one(sums, float(absolute.sum()), square, c, d)
            where, moves = scheme.moves_at(gradient, absolute, self.problem.smoothness, rng)
            self.due[chain] -= where.size
            for i, move in zip(where.tolist(), moves.tolist(), strict=True):
                w[i] -= move
                daxpy(matrix[i], gradient, a=-move)
        self.group.sums[chain] = sums
