"""What the compiled kernels share: slopes, sums without loss, records, and many draws at once (needs numba).

A compiled loop cannot be interrupted, so every loop here and in the kernels ends after a number of rounds that is known
beforehand, or raises.
"""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

import math

import numpy as np
from numba import njit

from convbound.checks.arrays import FlatProfile, Floats, Integers

# A candidate is accepted with probability at least one half, so nobody ever sees this many rounds of refusals, unless
# the state is broken.
PATIENCE = 10_000
# From so many trials a coordinate on, one binomial a coordinate costs less than one look-up a trial.
TRIALS_PER_BINOMIAL = 4
# With so many coordinates a trial, a table of starting points costs more than searches without one.
COORDINATES_PER_SEARCH = 8
# Entries that are added up before their sum is added to the whole, which keeps the error near one rounding.
BLOCK = 256


@njit(cache=True, inline="always")
def slope_and_height(a: float, b: float, w: float, profile: FlatProfile) -> tuple[float, float]:
    """F_i'(w) and F_i(w): a (w - b) and a (w - b)^2 / 2, or |a| times the profile and its derivative where a < 0."""
    u = w - b
    if a >= 0:
        g = a * u
        return g, g * u / 2
    knots, slopes, curvatures, heights, left, period = profile
    if period > 0:
        u = knots[0] + (u - knots[0]) % period
    low, high = 0, knots.size
    while high - low > 1:
        middle = (low + high) // 2
        if knots[middle] <= u:
            low = middle
        else:
            high = middle
    distance = u - knots[low]
    curvature = left if distance < 0 else curvatures[low]
    height = heights[low] + slopes[low] * distance + curvature * distance * distance / 2
    return -a * (slopes[low] + curvature * distance), -a * height


@njit(cache=True, inline="always")
def two_sum(high: float, low: float, term: float) -> tuple[float, float]:
    """Add `term` to the unevaluated sum high + low without loss (Knuth)."""
    total = high + term
    shadow = total - high
    return total, low + ((high - (total - shadow)) + (term - shadow))


@njit(cache=True, inline="always")
def exchange(pairs: Floats, row: int, old: float, new: float) -> None:
    """Replace the term `old` of the unevaluated sum in that row of `pairs` by `new`."""
    change, error = two_sum(new, 0.0, -old)
    high, low = two_sum(pairs[row, 0], pairs[row, 1], change)
    pairs[row, 0], pairs[row, 1] = high, low + error


@njit(cache=True, inline="always")
def record_step(sums: Floats, s: float, t2: float, c: float, d: int) -> None:
    """Add one step's |g|_2, |g|_2^2 and alignment to the running sums, from s = |g|_1 and t2 = |g|_2^2."""
    t2 = max(t2, 0.0)
    norm = math.sqrt(t2)
    weight = s + c * d
    sums[0], sums[1] = two_sum(sums[0], sums[1], norm)
    sums[2], sums[3] = two_sum(sums[2], sums[3], t2)
    sums[4], sums[5] = two_sum(sums[4], sums[5], (t2 + c * s) / weight if weight > 0 else 0.0)
    if norm < sums[6]:
        sums[6] = norm


@njit(cache=True, nogil=True)
def weigh(gradient: Floats, c: float, upto: Floats) -> tuple[float, float]:
    """Cumulative sums of |g_i| + c into `upto`; returns |g|_1 and |g|_2^2."""
    d = gradient.size
    total = s = t2 = 0.0
    for first in range(0, d, BLOCK):
        s_block = t_block = 0.0
        for i in range(first, min(first + BLOCK, d)):
            size = abs(gradient[i])
            s_block += size
            t_block += size * size
            total += size + c
            upto[i] = total
        s += s_block
        t2 += t_block
    return s, t2


@njit(cache=True, nogil=True)
def count_hits(
    hits: int, gradient: Floats, c: float, upto: Floats, counts: Integers, guide: Integers, rng: np.random.Generator
) -> None:
    """Spread `hits` categorical draws, weights |g_i| + c with their cumulative sums `upto`, over the coordinates.

    Few draws are searched for one by one; as many as coordinates are looked up through a table of starting points (Chen
    and Asau 1974); many are conditional binomials from the last coordinate down, where the sum of the weights that are
    left is a cumulative sum, so that no digit is lost. O(hits + d).
    """
    d = upto.size
    total = upto[d - 1]
    counts[:] = 0
    if not 0 < total < np.inf:
        return
    if hits > TRIALS_PER_BINOMIAL * d:
        left = hits
        for i in range(d - 1, 0, -1):
            weight = abs(gradient[i]) + c
            if weight > 0 and left > 0:
                counts[i] = rng.binomial(left, min(weight / upto[i], 1.0))
                left -= counts[i]
        counts[0] += left
    elif hits * COORDINATES_PER_SEARCH < d:
        for _ in range(hits):
            counts[min(np.searchsorted(upto, rng.random() * total, side="right"), d - 1)] += 1
    else:
        _look_up(hits, upto, counts, guide, rng)


@njit(cache=True, nogil=True)
def _look_up(hits: int, upto: Floats, counts: Integers, guide: Integers, rng: np.random.Generator) -> None:
    d = cells = upto.size
    total = upto[d - 1]
    j = 0
    for k in range(cells):
        edge = total * k / cells
        while j < d - 1 and upto[j] <= edge:
            j += 1
        guide[k] = j
    for _ in range(hits):
        u = rng.random() * total
        j = guide[min(int(u / total * cells), cells - 1)]
        while j > 0 and upto[j - 1] > u:
            j -= 1
        while j < d - 1 and upto[j] <= u:
            j += 1
        counts[j] += 1
