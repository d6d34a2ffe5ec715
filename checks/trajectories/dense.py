"""Lattice schemes on a dense quadratic: the gradient is carried along by adding the columns that moved, O(n d) a step.

The gradient is exact while A, b and the moves are dyadic with few bits; otherwise it is rebuilt from w every so often.
"""

from __future__ import annotations

import numpy as np

from checks.problems import Quadratic
from checks.trajectories.plain import update
from checks.trajectories.schemes import Scheme, Zim, smoothing_of
from checks.trajectories.state import Floats, Group, record_one

# Steps between rebuilds, at least, and at least d: a rebuild costs d columns, so it never dominates.
REBUILD = 1000


def _zim_moves(scheme: Zim, gradient: Floats, rng: np.random.Generator) -> tuple[np.ndarray, Floats]:
    """Where one ZIM update at a gradient of shape (d,) moves, and by how much."""
    weights = np.abs(gradient)
    weights += scheme.smoothing
    upto = np.cumsum(weights, out=weights)
    hits = rng.binomial(scheme.trials, scheme.rate) if upto[-1] > 0 else 0
    where = np.searchsorted(upto[:-1], rng.random(hits) * upto[-1], side="right")
    return where, np.sign(gradient[where])


def advance_dense(problem: Quadratic, scheme: Scheme, group: Group, steps: int) -> None:
    """Advance every chain by `steps` steps of a scheme that moves few coordinates (ZIM, rounding, greedy)."""
    rebuild = max(REBUILD, problem.dimension)
    c, matrix = smoothing_of(scheme), problem.matrix
    for chain, w in enumerate(group.w):
        sums = group.sums[chain].tolist()
        for done in range(steps):
            if done % rebuild == 0:
                gradient = problem.gradient(w)
            record_one(sums, float(np.abs(gradient).sum()), float(gradient @ gradient), c, problem.dimension)
            if isinstance(scheme, Zim):
                where, amount = _zim_moves(scheme, gradient, group.rng)
                np.subtract.at(w, where, amount)
            else:
                moves = update(scheme, gradient[None], problem.smoothness, group.rng)[0]
                where = np.flatnonzero(moves)
                amount = moves[where]
                w[where] -= amount
            for i, step in zip(where.tolist(), amount.tolist(), strict=True):
                gradient -= step * matrix[i]
        group.sums[chain] = sums
    group.step += steps
