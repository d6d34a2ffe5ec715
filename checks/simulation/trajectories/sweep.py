"""Compiled ZIM on separable objectives with about as many trials as coordinates: O(n + d) a step (needs numba)."""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

import numpy as np
from numba import njit

from convbound.checks.arrays import FlatProfile, Floats
from convbound.checks.simulation.trajectories.compiled import count_hits, record_step, slope_and_height, weigh


@njit(cache=True, nogil=True)
def advance_sweep(
    w: Floats,
    a: Floats,
    b: Floats,
    profile: FlatProfile,
    c: float,
    trials: int,
    rate: float,
    sums: Floats,
    steps: int,
    rng: np.random.Generator,
) -> None:
    """Advance one chain by `steps` steps, in place; every weight is computed afresh, so nothing is carried."""
    d = w.size
    gradient, upto = np.empty(d), np.empty(d)
    counts, guide = np.zeros(d, np.int64), np.empty(d, np.int32)
    for _ in range(steps):
        for i in range(d):
            gradient[i], _ = slope_and_height(a[i], b[i], w[i], profile)
        s, t2 = weigh(gradient, c, upto)
        record_step(sums, s, t2, c, d)
        count_hits(trials if rate == 1 else rng.binomial(trials, rate), gradient, c, upto, counts, guide, rng)
        for i in range(d):
            w[i] -= counts[i] * np.sign(gradient[i])
