"""Compiled trajectories on separable objectives: constant work a move, whatever the dimension (needs numba).

The coordinates are kept sorted by the binary order of magnitude of their weight. A draw picks a magnitude by its count
(an upper bound on its weight, exact to one rounding), a coordinate within it uniformly, and accepts with the ratio of
the weight to that bound, at least one half. So the law of a draw rests on counts, which are integers, and on weights
computed afresh from w: no running sum of weights exists that could drift, and a move that changes the magnitude by one
costs one swap. (Measured against a Fenwick tree: see docs/benchmarks.md.) After Matias, Vitter and Ni 2003.

The recorded sums |g|_1 and |g|_2^2 are kept as unevaluated pairs (Knuth's two-sum), exact on dyadic data.
"""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

# Bucket 0 holds the weights that are exactly zero; bucket k > 0 those with 2^(k-1076) <= weight < 2^(k-1075).
BUCKETS = 2101
SHIFT = 1075
# A candidate is accepted with probability at least one half, so nobody ever sees this many refusals in a row, unless
# the state is broken: then the run must end with an error, for a compiled loop cannot be interrupted.
PATIENCE = 10_000


@njit(cache=True, inline="always")
def _slope(a: Any, b: Any, w: Any, knots: Any, slopes: Any, curvatures: Any, left: Any, period: Any) -> Any:
    u = w - b
    if a >= 0:
        return a * u
    if period > 0:
        u = knots[0] + (u - knots[0]) % period
    if u < knots[0]:
        return -a * (slopes[0] + left * (u - knots[0]))
    low, high = 0, knots.size
    while high - low > 1:
        middle = (low + high) // 2
        if knots[middle] <= u:
            low = middle
        else:
            high = middle
    return -a * (slopes[low] + curvatures[low] * (u - knots[low]))


@njit(cache=True, inline="always")
def _bucket(weight: Any) -> Any:
    if weight == 0:
        return 0
    return math.frexp(weight)[1] + SHIFT


@njit(cache=True, inline="always")
def _two_sum(high: Any, low: Any, term: Any) -> Any:
    total = high + term
    shadow = total - high
    return total, low + ((high - (total - shadow)) + (term - shadow))


@njit(cache=True)
def _sort_into_buckets(w: Any, a: Any, b: Any, profile: Any, c: Any, order: Any, place: Any, start: Any) -> Any:
    """Counting sort of the coordinates; returns the running sums and the highest occupied bucket."""
    knots, slopes, curvatures, left, period = profile
    d = w.size
    start[:] = 0
    s_high = s_low = t_high = t_low = 0.0
    for i in range(d):
        g = _slope(a[i], b[i], w[i], knots, slopes, curvatures, left, period)
        start[_bucket(abs(g) + c) + 1] += 1
        s_high, s_low = _two_sum(s_high, s_low, abs(g))
        t_high, t_low = _two_sum(t_high, t_low, g * g)
    highest = 0
    for k in range(BUCKETS):
        if start[k + 1] > 0:
            highest = k
        start[k + 1] += start[k]
    fill = start.copy()
    for i in range(d):
        g = _slope(a[i], b[i], w[i], knots, slopes, curvatures, left, period)
        k = _bucket(abs(g) + c)
        order[fill[k]] = i
        place[i] = fill[k]
        fill[k] += 1
    return s_high, s_low, t_high, t_low, highest


@njit(cache=True, inline="always")
def _shift(i: Any, old: Any, new: Any, order: Any, place: Any, start: Any) -> None:
    """Carry coordinate i from bucket `old` to bucket `new`, one swap and one boundary for each bucket between."""
    position = place[i]
    while old < new:
        border = start[old + 1] - 1
        other = order[border]
        order[position], place[other] = other, position
        order[border] = i  # the next bucket's border may be this very position: an empty bucket is crossed
        position = border
        start[old + 1] = border
        old += 1
    while old > new:
        border = start[old]
        other = order[border]
        order[position], place[other] = other, position
        order[border] = i
        position = border
        start[old] = border + 1
        old -= 1
    place[i] = position


@njit(cache=True)
def advance_levels(
    w: Any,
    a: Any,
    b: Any,
    profile: Any,
    zim: Any,
    c: Any,
    hit_law: Any,
    eta: Any,
    sums: Any,
    steps: Any,
    rng: Any,
) -> Any:
    """Advance one chain by `steps` steps of ZIM (`zim` true) or of stochastic rounding at rate `eta`, in place.

    `w`, `a`, `b` have shape (d,); `hit_law` holds P(hits <= m) for m = 0..n; `sums` is described in `state`. Returns
    the running |g|_1 and |g|_2^2 after the last step.
    """
    knots, slopes, curvatures, left, period = profile
    d = w.size
    order = np.empty(d, np.int32)
    place = np.empty(d, np.int32)
    start = np.zeros(BUCKETS + 1, np.int64)
    bound = np.array([math.ldexp(1.0, min(k - SHIFT, 1023)) for k in range(BUCKETS)])
    s_high, s_low, t_high, t_low, highest = _sort_into_buckets(w, a, b, profile, c, order, place, start)
    room = hit_law.size if zim else d
    moved = np.empty(room, np.int32)
    amount = np.empty(room, np.float64)
    for _ in range(steps):
        s, t2 = s_high + s_low, max(t_high + t_low, 0.0)
        norm = math.sqrt(t2)
        phi = (t2 + c * s) / (s + c * d) if s + c * d > 0 else 0.0
        sums[0], sums[1] = _two_sum(sums[0], sums[1], norm)
        sums[2], sums[3] = _two_sum(sums[2], sums[3], t2)
        sums[4], sums[5] = _two_sum(sums[4], sums[5], phi)
        if norm < sums[6]:
            sums[6] = norm
        while highest > 0 and start[highest] == start[highest + 1]:
            highest -= 1
        moves = 0
        if zim:
            mass = 0.0
            k = highest
            while k > 0 and start[k + 1] > start[1]:
                mass += (start[k + 1] - start[k]) * bound[k]
                k -= 1
            hits = np.searchsorted(hit_law, rng.random(), side="right") if mass > 0 else 0
            for _ in range(hits):
                patience = PATIENCE
                while True:
                    patience -= 1
                    if patience == 0:
                        raise RuntimeError("the compiled engine is broken: no candidate is ever accepted.")
                    u = rng.random() * mass
                    k = highest
                    share = (start[k + 1] - start[k]) * bound[k]
                    while u >= share and start[k] > start[1]:
                        u -= share
                        k -= 1
                        share = (start[k + 1] - start[k]) * bound[k]
                    position = start[k] + np.int64(u / bound[k])
                    if position >= start[k + 1]:  # one rounding of the mass
                        continue
                    i = order[position]
                    g = _slope(a[i], b[i], w[i], knots, slopes, curvatures, left, period)
                    if rng.random() * bound[k] < abs(g) + c:
                        break
                if g != 0:
                    moved[moves] = i
                    amount[moves] = 1.0 if g > 0 else -1.0
                    moves += 1
        else:
            k = highest
            while k > 0 and start[k + 1] > start[1]:
                chance = eta * bound[k]
                position = np.float64(start[k])
                rare = math.log1p(-chance) if chance < 0.5 else 0.0
                while True:
                    if rare < 0:
                        position += math.floor(math.log(1.0 - rng.random()) / rare)
                    if position >= start[k + 1]:
                        break
                    i = order[np.int64(position)]
                    g = _slope(a[i], b[i], w[i], knots, slopes, curvatures, left, period)
                    if rare < 0:
                        length = 1.0 if rng.random() * bound[k] < abs(g) else 0.0
                    else:
                        length = eta * abs(g)
                        whole = math.floor(length)
                        length = whole + (1.0 if rng.random() < length - whole else 0.0)
                    if length > 0:
                        moved[moves] = i
                        amount[moves] = length if g > 0 else -length
                        moves += 1
                    position += 1
                k -= 1
        for j in range(moves):
            i = moved[j]
            old = _slope(a[i], b[i], w[i], knots, slopes, curvatures, left, period)
            w[i] -= amount[j]
            new = _slope(a[i], b[i], w[i], knots, slopes, curvatures, left, period)
            if abs(new) != abs(old):
                s_high, s_low = _two_sum(s_high, s_low, -abs(old))
                s_high, s_low = _two_sum(s_high, s_low, abs(new))
                t_high, t_low = _two_sum(t_high, t_low, -(old * old))
                t_high, t_low = _two_sum(t_high, t_low, new * new)
                before, after = _bucket(abs(old) + c), _bucket(abs(new) + c)
                if before != after:
                    _shift(i, before, after, order, place, start)
                    highest = max(highest, after)
    return s_high + s_low, t_high + t_low
