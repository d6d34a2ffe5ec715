"""Compiled ZIM on a dense quadratic: the rows that moved are added to the gradient, at most d a step (needs numba)."""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

import numpy as np
from numba import njit

from convbound.checks.arrays import Floats
from convbound.checks.simulation.trajectories.compiled import count_hits, record_step, weigh

# Rows that one pass over the gradient adds.
TOGETHER = 8


@njit(cache=True, nogil=True)
def advance_columns(
    w: Floats,
    gradient: Floats,
    matrix: Floats,
    c: float,
    trials: int,
    rate: float,
    least: float,
    sums: Floats,
    steps: int,
    rng: np.random.Generator,
) -> int:
    """Advance one chain by `steps` steps, in place, or until |g|_2^2 falls below `least`; returns the steps made.

    `matrix` is symmetric, so its rows are its columns. Below `least` the rounding errors that the gradient gathered
    while it was large are no longer small beside it, and the caller computes it afresh.
    """
    d = w.size
    upto = np.empty(d)
    counts, guide = np.zeros(d, np.int64), np.empty(d, np.int32)
    where, amount = np.empty(d, np.int64), np.empty(d)
    for step in range(steps):
        s, t2 = weigh(gradient, c, upto)
        if t2 < least:
            return step
        record_step(sums, s, t2, c, d)
        count_hits(trials if rate == 1 else rng.binomial(trials, rate), gradient, c, upto, counts, guide, rng)
        moved = 0
        for i in range(d):
            if counts[i] > 0 and gradient[i] != 0:
                where[moved], amount[moved] = i, counts[i] * np.sign(gradient[i])
                w[i] -= amount[moved]
                moved += 1
        for first in range(0, moved, TOGETHER):
            last = min(first + TOGETHER, moved)
            for j in range(d):
                g = gradient[j]
                for k in range(first, last):
                    g -= amount[k] * matrix[where[k], j]
                gradient[j] = g
    return steps
