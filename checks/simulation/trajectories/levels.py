"""Compiled trajectories on separable objectives: constant work a move, whatever the dimension (needs numba).

The coordinates lie sorted by the binary order of magnitude of their weight, one record of 32 bytes each: w, a, b and
which coordinate it is. A draw picks a magnitude by its count (an upper bound on its weight, exact to one rounding), a
record within it uniformly, and accepts with the ratio of the weight to that bound, at least one half. So the law of a
draw rests on counts, which are integers, and on weights computed afresh from w: no running sum of weights exists that
could drift, and a move that changes the magnitude by one costs one swap. The candidates of a step are looked up
together, so that their waits for memory overlap. (Measured against a Fenwick tree: docs/benchmarks.md.) After Matias,
Vitter and Ni 2003.

The recorded sums |g|_1, |g|_2^2 and F are kept as unevaluated pairs (Knuth's two-sum), exact on dyadic data.
"""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

import math

import numpy as np
from numba import njit

from convbound.checks.arrays import FlatProfile, Floats, Integers
from convbound.checks.simulation.trajectories.compiled import PATIENCE, exchange, record_step, slope_and_height, two_sum

# Bucket 0 holds the weights that are exactly zero; bucket k > 0 those with 2^(k-1075) <= weight < 2^(k-1074).
BUCKETS = 2100
SHIFT = 1074
BOUND = np.ldexp(1.0, np.minimum(np.arange(BUCKETS) - SHIFT, 1023))
# Columns of a record.
POINT, CURVATURE, CENTRE, WHO = 0, 1, 2, 3


@njit(cache=True, inline="always")
def _bucket(weight: float) -> int | np.int64:
    exponent = np.float64(weight).view(np.int64) >> 52  # weights are not negative
    if exponent > 0:
        return exponent + 52
    return 0 if weight == 0 else math.frexp(weight)[1] + SHIFT


@njit(cache=True, nogil=True)
def build_levels(
    w: Floats, a: Floats, b: Floats, profile: FlatProfile, c: float, records: Floats, place: Integers, start: Integers
) -> Floats:
    """Sort the coordinates into buckets by counting; returns the three running sums, shape (3, 2)."""
    d = w.size
    running = np.zeros((3, 2))
    start[:] = 0
    for i in range(d):
        g, height = slope_and_height(a[i], b[i], w[i], profile)
        start[_bucket(abs(g) + c) + 1] += 1
        running[0, 0], running[0, 1] = two_sum(running[0, 0], running[0, 1], abs(g))
        running[1, 0], running[1, 1] = two_sum(running[1, 0], running[1, 1], g * g)
        running[2, 0], running[2, 1] = two_sum(running[2, 0], running[2, 1], height)
    for k in range(BUCKETS):
        start[k + 1] += start[k]
    fill = start.copy()
    for i in range(d):
        g, _ = slope_and_height(a[i], b[i], w[i], profile)
        k = _bucket(abs(g) + c)
        _write(records, place, fill[k], w[i], a[i], b[i], np.float64(i))
        fill[k] += 1
    return running


@njit(cache=True, nogil=True)
def restore_levels(
    w: Floats,
    a: Floats,
    b: Floats,
    profile: FlatProfile,
    c: float,
    order: Integers,
    records: Floats,
    place: Integers,
    start: Integers,
) -> None:
    """Lay the records out in an order that was saved; `check_levels` says whether it was a good one."""
    start[:] = 0
    place[:] = -1
    for position in range(w.size):
        i = order[position]
        if not 0 <= i < w.size:
            raise ValueError("the saved order names a coordinate that does not exist.")
        g, _ = slope_and_height(a[i], b[i], w[i], profile)
        start[_bucket(abs(g) + c) + 1] += 1
        _write(records, place, position, w[i], a[i], b[i], np.float64(i))
    for k in range(BUCKETS):
        start[k + 1] += start[k]


@njit(cache=True, inline="always")
def _write(records: Floats, place: Integers, position: int, w: float, a: float, b: float, who: float) -> None:
    records[position, POINT] = w
    records[position, CURVATURE] = a
    records[position, CENTRE] = b
    records[position, WHO] = who
    place[np.int64(who)] = position


@njit(cache=True, inline="always")
def _fill_hole(records: Floats, place: Integers, hole: int, border: int) -> int:
    """Move the record at the border into the hole; where they coincide (an empty bucket is crossed) nothing moves."""
    if border != hole:
        w, a, b = records[border, POINT], records[border, CURVATURE], records[border, CENTRE]
        _write(records, place, hole, w, a, b, records[border, WHO])
    return border


@njit(cache=True, nogil=True)
def shift(position: int, old: int, new: int, records: Floats, place: Integers, start: Integers) -> None:
    """Carry the record at `position` from bucket `old` to bucket `new`: a swap and a border for each bucket between."""
    w, a, b = records[position, POINT], records[position, CURVATURE], records[position, CENTRE]
    who = records[position, WHO]
    while old < new:
        position = _fill_hole(records, place, position, start[old + 1] - 1)
        start[old + 1] = position
        old += 1
    while old > new:
        position = _fill_hole(records, place, position, start[old])
        start[old] = position + 1
        old -= 1
    _write(records, place, position, w, a, b, who)


@njit(cache=True, nogil=True)
def _mass(start: Integers, highest: int) -> float:
    """The bound on the sum of all weights that the counts give; zero if all weights are."""
    mass = 0.0
    k = highest
    while k > 0 and start[k + 1] > start[1]:
        mass += (start[k + 1] - start[k]) * BOUND[k]
        k -= 1
    return mass


@njit(cache=True, inline="always")
def _draw_hits(
    hits: int,
    mass: float,
    highest: int,
    c: float,
    profile: FlatProfile,
    records: Floats,
    start: Integers,
    tried: Floats,
    moves: Floats,
    rng: np.random.Generator,
) -> int:
    """Write the moves of `hits` ZIM draws to `moves` (position, who, amount); returns how many move something.

    Candidates are drawn half as many again as are wanted, and taken in their order; `tried` has a row for each: its
    position, the least |g| that is accepted, then its g. One loop chooses, the next reads memory, the last decides.
    """
    got = count = 0
    for _ in range(PATIENCE):
        if got == hits:
            return count
        candidates = hits - got + (hits - got + 1) // 2
        for j in range(candidates):
            u = rng.random() * mass
            k = highest
            share = (start[k + 1] - start[k]) * BOUND[k]
            while u >= share and start[k] > start[1]:
                u -= share
                k -= 1
                share = (start[k + 1] - start[k]) * BOUND[k]
            position = start[k] + np.int64(u / BOUND[k])
            tried[j, 1] = rng.random() * BOUND[k] - c
            if not start[k] <= position < start[k + 1]:  # one rounding of the mass
                position, tried[j, 1] = start[k], np.inf
            tried[j, 0] = position
        for j in range(candidates):
            at = np.int64(tried[j, 0])
            tried[j, 2], _ = slope_and_height(records[at, CURVATURE], records[at, CENTRE], records[at, POINT], profile)
            tried[j, 3] = records[at, WHO]
        for j in range(candidates):
            g = tried[j, 2]
            if tried[j, 1] < abs(g) and got < hits:
                got += 1
                if g != 0:
                    moves[count, 0], moves[count, 1] = tried[j, 0], tried[j, 3]
                    moves[count, 2] = 1.0 if g > 0 else -1.0
                    count += 1
    raise RuntimeError("the compiled engine is broken: no candidate is ever accepted.")


@njit(cache=True, inline="always")
def _draw_rounding(
    eta: float,
    highest: int,
    profile: FlatProfile,
    records: Floats,
    start: Integers,
    moves: Floats,
    rng: np.random.Generator,
) -> int:
    """Write the moves of stochastic rounding at rate `eta` to `moves`; geometric gaps skip unlikely movers."""
    count = 0
    k = highest
    while k > 0 and start[k + 1] > start[1]:
        chance = eta * BOUND[k]
        position = np.float64(start[k])
        rare = math.log1p(-chance) if chance < 0.5 else 0.0
        while True:  # every round passes a record
            if rare < 0:
                position += math.floor(math.log(1.0 - rng.random()) / rare)
            if not position < start[k + 1]:
                break
            at = np.int64(position)
            g, _ = slope_and_height(records[at, CURVATURE], records[at, CENTRE], records[at, POINT], profile)
            if rare < 0:
                length = 1.0 if rng.random() * BOUND[k] < abs(g) else 0.0
            else:
                length = eta * abs(g)
                whole = math.floor(length)
                length = whole + (1.0 if rng.random() < length - whole else 0.0)
            if length > 0:
                moves[count, 0], moves[count, 1] = position, records[at, WHO]
                moves[count, 2] = length if g > 0 else -length
                count += 1
            position += 1
        k -= 1
    return count


@njit(cache=True, inline="always")
def _move(
    count: int,
    moves: Floats,
    c: float,
    profile: FlatProfile,
    running: Floats,
    records: Floats,
    place: Integers,
    start: Integers,
) -> int:
    """Make the moves; returns the highest bucket that something moved to, or -1 if all stayed in theirs."""
    reached = -1
    for j in range(count):
        position = np.int64(moves[j, 0])
        if records[position, WHO] != moves[j, 1]:  # an earlier move of this step displaced it
            position = np.int64(place[np.int64(moves[j, 1])])
        w, a, b = records[position, POINT], records[position, CURVATURE], records[position, CENTRE]
        old, height = slope_and_height(a, b, w, profile)
        w -= moves[j, 2]
        records[position, POINT] = w
        new, new_height = slope_and_height(a, b, w, profile)
        exchange(running, 2, height, new_height)
        if abs(new) != abs(old):
            exchange(running, 0, abs(old), abs(new))
            exchange(running, 1, old * old, new * new)
            before, after = _bucket(abs(old) + c), _bucket(abs(new) + c)
            if before != after:
                shift(position, before, after, records, place, start)
                reached = max(reached, after)
    return reached


@njit(cache=True, nogil=True)
def advance_levels(
    records: Floats,
    place: Integers,
    start: Integers,
    running: Floats,
    profile: FlatProfile,
    zim: bool,
    c: float,
    hit_law: Floats,
    eta: float,
    sums: Floats,
    steps: int,
    rng: np.random.Generator,
) -> None:
    """Advance one chain by `steps` steps of ZIM (`zim` true) or of stochastic rounding at rate `eta`, in place.

    `records` has shape (d, 4), `place` and `start` say where a coordinate and where a bucket is, `running` has shape
    (3, 2); `hit_law` holds P(hits <= m) for m = 0..n; `sums` is described in `state`.
    """
    d, n = place.size, hit_law.size - 1
    tried = np.empty((n + (n + 1) // 2 + 1, 4))
    moves = np.empty((n if zim else d, 3))
    highest = BUCKETS - 1
    changed = True
    mass = 0.0
    for _ in range(steps):
        record_step(sums, running[0, 0] + running[0, 1], running[1, 0] + running[1, 1], c, d)
        if changed:
            while highest > 0 and start[highest] == start[highest + 1]:
                highest -= 1
            mass = _mass(start, highest)
        if zim:
            hits = 0
            if mass > 0:
                hits = n if hit_law[n - 1] == 0 else int(np.searchsorted(hit_law, rng.random(), side="right"))
            count = _draw_hits(hits, mass, highest, c, profile, records, start, tried, moves, rng)
        else:
            count = _draw_rounding(eta, highest, profile, records, start, moves, rng)
        reached = _move(count, moves, c, profile, running, records, place, start)
        changed = reached >= 0
        highest = max(highest, reached)


@njit(cache=True, nogil=True)
def settle_levels(records: Floats, w: Floats, order: Integers) -> None:
    """Write the points, and which coordinate lies where."""
    for position in range(w.size):
        i = np.int64(records[position, WHO])
        w[i] = records[position, POINT]
        order[position] = i


@njit(cache=True, nogil=True)
def check_levels(
    a: Floats, b: Floats, profile: FlatProfile, c: float, records: Floats, place: Integers, start: Integers
) -> int:
    """Which of the invariants is broken: 0 none, 1 every coordinate once, 2 its place, 3 its data, 4 its bucket."""
    d = place.size
    seen = np.zeros(d, np.bool_)
    if start[0] != 0 or start[BUCKETS] != d:
        return 4
    for k in range(BUCKETS):
        if start[k] > start[k + 1]:
            return 4
    for k in range(BUCKETS):
        for position in range(start[k], start[k + 1]):
            w, i = records[position, POINT], np.int64(records[position, WHO])
            if not 0 <= i < d or seen[i]:
                return 1
            seen[i] = True
            if place[i] != position:
                return 2
            if records[position, CURVATURE] != a[i] or records[position, CENTRE] != b[i]:
                return 3
            g, _ = slope_and_height(a[i], b[i], w, profile)
            if _bucket(abs(g) + c) != k:
                return 4
    return 0
