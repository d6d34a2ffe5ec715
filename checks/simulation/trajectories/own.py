"""A user's own problem: gradients of minibatches if it has them, each tensor on its own, any scheme."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from convbound.checks.simulation.problems.own import OwnProblem
from convbound.checks.simulation.trajectories.plain import update
from convbound.checks.simulation.trajectories.schemes import Rounding, Scheme, Sgd, Zim, smoothing_of
from convbound.checks.simulation.trajectories.state import Group, Walk, record


def scheme_on(scheme: Scheme, overrides: tuple[tuple[str, float], ...], spacing: float) -> Scheme:
    """The scheme with the parameters that a tensor overrides; rates are those of the user's lattice."""
    given = dict(overrides)
    match scheme:
        case Zim():
            return Zim(
                int(given.get("n", scheme.trials)),
                float(given.get("r", scheme.rate)),
                float(given.get("c", scheme.smoothing)),
            )
        case Rounding() if "alpha" in given:
            return replace(scheme, step=given["alpha"] / spacing)
        case Sgd():
            rate = given["alpha"] / spacing if "alpha" in given else scheme.step
            return replace(scheme, step=rate, noise=float(given.get("noise", scheme.noise)))
    return scheme


class OwnWalk(Walk):
    """A user's own problem under any scheme; the gradient that is recorded is the whole one. Nothing is carried."""

    problem: OwnProblem

    def __init__(self, problem: OwnProblem, scheme: Scheme, group: Group) -> None:
        super().__init__(problem, group)
        self.smoothing, spacing = smoothing_of(scheme), float(problem.spacing)
        self.parts = [(slice(t.start, t.stop), scheme_on(scheme, t.overrides, spacing)) for t in problem.tensors]

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
                group.w[:, part] -= update(scheme, np.ascontiguousarray(gradient[:, part]), smoothness, group.rng)
        group.step += steps
