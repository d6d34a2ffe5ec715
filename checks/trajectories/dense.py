"""Lattice schemes on a dense quadratic: the gradient is carried along by adding the columns that moved, O(n d) a step.

The gradient is exact while A, b and the moves are dyadic with few bits; otherwise it is rebuilt from w every so often.
"""

from __future__ import annotations

import numpy as np

from convbound.checks.problems import Quadratic
from convbound.checks.trajectories.plain import update
from convbound.checks.trajectories.schemes import Scheme, Zim, smoothing_of
from convbound.checks.trajectories.state import Group, record_one

# Steps between rebuilds, at least, and at least d: a rebuild costs d columns, so it never dominates.
REBUILD = 1000


def advance_dense_compiled(problem: Quadratic, scheme: Zim, group: Group, steps: int) -> None:
    """ZIM compiled by numba: every chain by `steps` steps."""
    from convbound.checks.trajectories.columns import advance_columns

    rebuild, hit_law = max(REBUILD, problem.dimension), scheme.hit_law()
    for w, sums in zip(group.w, group.sums, strict=True):
        for done in range(0, steps, rebuild):
            gradient = problem.gradient(w)
            piece = min(rebuild, steps - done)
            advance_columns(
                w, gradient, problem.matrix, scheme.smoothing, hit_law, scheme.trials, sums, piece, group.rng
            )
    group.step += steps


def advance_dense(problem: Quadratic, scheme: Scheme, group: Group, steps: int) -> None:
    """Advance every chain by `steps` steps of a scheme that moves few coordinates (ZIM, rounding, greedy)."""
    from scipy.linalg.blas import daxpy

    rebuild = max(REBUILD, problem.dimension)
    c, d, matrix, rng = smoothing_of(scheme), problem.dimension, problem.matrix, group.rng
    upto = np.empty(d)
    for chain, w in enumerate(group.w):
        sums = group.sums[chain].tolist()
        for done in range(steps):
            if done % rebuild == 0:
                gradient = problem.gradient(w)
            np.abs(gradient, out=upto)
            record_one(sums, float(upto.sum()), float(gradient @ gradient), c, d)
            if isinstance(scheme, Zim):
                upto += c
                np.cumsum(upto, out=upto)
                hits = rng.binomial(scheme.trials, scheme.rate) if upto[-1] > 0 else 0
                where = upto[:-1].searchsorted(rng.random(hits) * upto[-1], side="right")
                moves = np.sign(gradient[where])
            else:
                update_all = update(scheme, gradient[None], problem.smoothness, rng)[0]
                where = np.flatnonzero(update_all)
                moves = update_all[where]
            for i, move in zip(where.tolist(), moves.tolist(), strict=True):
                w[i] -= move
                gradient = daxpy(matrix[i], gradient, a=-move)
        group.sums[chain] = sums
    group.step += steps
