"""A user's own problem: gradients of minibatches if it has them, each tensor on its own, any scheme."""

from __future__ import annotations

import numpy as np

from convbound.checks.simulation.problems.own import OwnProblem
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.simulation.trajectories.state import Group, Walk, record


class OwnWalk(Walk):
    """A user's own problem under any scheme; the gradient that is recorded is the whole one. Nothing is carried."""

    problem: OwnProblem

    def __init__(self, problem: OwnProblem, scheme: Scheme, group: Group) -> None:
        super().__init__(problem, group)
        self.smoothing = float(scheme.smoothing)
        # the rates that a tensor names are those of the user's lattice
        self.parts = [
            (slice(t.start, t.stop), scheme.with_options(dict(t.overrides), problem.spacing)) for t in problem.tensors
        ]

    def advance(self, steps: int) -> None:
        """Each tensor on its own, chain after chain where gradients are those of minibatches."""
        group, problem, smoothness = self.group, self.problem, self.problem.smoothness
        for _ in range(steps):
            gradient = problem.gradient(group.w)
            squares = (gradient**2).sum(axis=1)
            record(group.sums, np.abs(gradient).sum(axis=1), squares, self.smoothing, problem.dimension)
            if problem.stochastic:
                gradient = np.array([problem.step_gradient(w, group.rng) for w in group.w])
            for part, scheme in self.parts:
                group.w[:, part] -= scheme.updates(np.ascontiguousarray(gradient[:, part]), smoothness, group.rng)
        group.step += steps
