"""Compiled ZIM on a dense quadratic: one pass over d adds moved columns, sums and the next law (needs numba)."""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from convbound.checks.trajectories.levels import _two_sum


@njit(cache=True)
def advance_columns(
    w: Any, gradient: Any, matrix: Any, c: Any, hit_law: Any, most_hits: Any, sums: Any, steps: Any, rng: Any
) -> None:
    """Advance one chain by `steps` steps, in place; `matrix` is symmetric, so its rows are its columns."""
    d = w.size
    upto = np.empty(d)
    where = np.empty(most_hits, np.int64)
    amount = np.empty(most_hits, np.float64)
    moves = 0
    for step in range(steps + 1):
        weight = s = t2 = 0.0
        for j in range(d):
            g = gradient[j]
            for k in range(moves):
                g -= amount[k] * matrix[where[k], j]
            gradient[j] = g
            s += abs(g)
            t2 += g * g
            weight += abs(g) + c
            upto[j] = weight
        if step == steps:  # the gradient now belongs to the last point, which the next call records
            return
        norm = math.sqrt(t2)
        sums[0], sums[1] = _two_sum(sums[0], sums[1], norm)
        sums[2], sums[3] = _two_sum(sums[2], sums[3], t2)
        sums[4], sums[5] = _two_sum(sums[4], sums[5], (t2 + c * s) / weight if weight > 0 else 0.0)
        if norm < sums[6]:
            sums[6] = norm
        moves = np.searchsorted(hit_law, rng.random(), side="right") if weight > 0 else 0
        for k in range(moves):
            i = min(np.searchsorted(upto, rng.random() * weight, side="right"), d - 1)
            g = gradient[i]
            where[k] = i
            amount[k] = 1.0 if g > 0 else (-1.0 if g < 0 else 0.0)
        for k in range(moves):
            w[where[k]] -= amount[k]
