"""Engines and samplers with one mistake each, for the tests of the evidence: every one must be found and named.

`advance_stale` is the compiled engine as it once was: where a move crosses an empty bucket, an entry of `order` is
read before it is written, and from then on one coordinate is doubled and another lost.
"""

from __future__ import annotations

import math

import numpy as np

from convbound.checks.simulation.sampling import draws
from convbound.checks.simulation.trajectories.state import record

# ------------------------------------------------------------------------------------------------------ the old engine

SHIFT, BUCKETS = 40, 81  # of the magnitudes 2^-40 to 2^40


def bucket(weight):
    """The binary order of magnitude."""
    return max(1, min(BUCKETS - 1, math.frexp(weight)[1] + SHIFT)) if weight > 0 else 0


def shift(i, old, new, order, place, start):
    """Carry a coordinate to another bucket; `order[border]` is not written before the next round reads it."""
    position = place[i]
    while old < new:
        border = start[old + 1] - 1
        other = order[border]
        order[position], place[other] = other, position
        position = border
        start[old + 1] = border
        old += 1
    while old > new:
        border = start[old]
        other = order[border]
        order[position], place[other] = other, position
        position = border
        start[old] = border + 1
        old -= 1
    order[position] = i
    place[i] = position


def stale_chain(w, a, b, trials, rate, c, sums, steps, rng):
    """ZIM on a separable quadratic by buckets."""
    d = w.size
    order, place, start = np.zeros(d, np.int64), np.zeros(d, np.int64), np.zeros(BUCKETS + 1, np.int64)
    buckets = np.zeros(d, np.int64)
    for i in range(d):
        buckets[i] = bucket(abs(a[i] * (w[i] - b[i])) + c)
        start[buckets[i] + 1] += 1
    for k in range(BUCKETS):
        start[k + 1] += start[k]
    fill = start.copy()
    for i in range(d):
        order[fill[buckets[i]]], place[i] = i, fill[buckets[i]]
        fill[buckets[i]] += 1
    for _ in range(steps):
        g = a * (w - b)
        square = (g * g).sum()
        sums[0] += math.sqrt(square)
        sums[2] += square
        mass = 0.0
        for k in range(1, BUCKETS):
            mass += (start[k + 1] - start[k]) * 2.0 ** (k - SHIFT)
        moved = np.zeros(trials, np.int64)
        moves = 0
        for _ in range(trials):
            if rng.random() >= rate or mass == 0:
                continue
            for _ in range(100_000):  # the old one had no end
                u = rng.random() * mass
                k = BUCKETS - 1
                while k > 1 and u >= (start[k + 1] - start[k]) * 2.0 ** (k - SHIFT):
                    u -= (start[k + 1] - start[k]) * 2.0 ** (k - SHIFT)
                    k -= 1
                position = start[k] + int(u / 2.0 ** (k - SHIFT))
                if position >= start[k + 1]:
                    continue
                i = order[position]
                if rng.random() * 2.0 ** (k - SHIFT) < abs(a[i] * (w[i] - b[i])) + c:
                    break
            moved[moves] = i
            moves += 1
        signs = np.sign(a * (w - b))
        for j in range(moves):
            i = moved[j]
            before = bucket(abs(a[i] * (w[i] - b[i])) + c)
            w[i] -= signs[i]
            after = bucket(abs(a[i] * (w[i] - b[i])) + c)
            if before != after:
                shift(i, before, after, order, place, start)


_COMPILED = []


def stale():
    """`stale_chain`, compiled where numba is there."""
    if not _COMPILED:
        try:
            from numba import njit
        except ImportError:
            _COMPILED.append(stale_chain)
        else:
            space = dict(globals())
            space["bucket"] = njit(bucket)
            space["shift"] = njit(shift)
            chain = type(stale_chain)(stale_chain.__code__, space)
            _COMPILED.append(njit(chain))
    return _COMPILED[0]


def advance_stale(problem, scheme, group, steps):
    """The engine with the stale entry."""
    for w, sums in zip(group.w, group.sums, strict=True):
        chain = stale()
        rate, c = scheme.rate, scheme.smoothing
        chain(w, problem.curvature, problem.centre, scheme.trials, rate, c, sums, steps, group.rng)
    group.step += steps


# ------------------------------------------------------------------------------------- one mistake in a lock-step loop


def faulty(change):
    """The plain loop with an update that was changed."""

    def advance(problem, scheme, group, steps):
        for _ in range(steps):
            gradient = problem.gradient(group.w)
            square = (gradient**2).sum(axis=1)
            record(group.sums, np.abs(gradient).sum(axis=1), square, float(scheme.smoothing), problem.dimension)
            group.w -= change(scheme, gradient, problem.smoothness, group.rng)
        group.step += steps

    return advance


def with_scheme(**changes):
    """An update of the scheme with other parameters."""

    def change(scheme, gradient, smoothness, rng):
        from dataclasses import replace

        known = {name: f(getattr(scheme, name)) for name, f in changes.items()}
        return replace(scheme, **known).updates(gradient, smoothness, rng)

    return change


def biased_gradient(scheme, gradient, smoothness, rng):
    """q_0 is one percent too large, where it can be."""
    weights = np.abs(gradient) + scheme.smoothing
    others = weights[:, 1:].sum(axis=1)
    q = np.minimum(1.01 * weights[:, 0] / (weights[:, 0] + others), 0.999)
    biased = gradient.copy()
    wanted = np.maximum(q * others / (1 - q) - scheme.smoothing, 0.0)
    biased[:, 0] = np.where(gradient[:, 0] == 0, 0.0, np.copysign(wanted, gradient[:, 0]))
    return scheme.updates(biased, smoothness, rng)


def same_for_all(scheme, gradient, smoothness, rng):
    """Every second chain repeats the draw of the one before it."""
    moves = scheme.updates(gradient, smoothness, rng)
    same = (gradient[1::2] == gradient[: gradient.shape[0] - 1 : 2][: len(moves[1::2])]).all(axis=1)
    moves[1::2][same] = moves[: len(moves) - 1 : 2][: len(moves[1::2])][same]
    return moves


def zero_never_drawn(scheme, gradient, smoothness, rng):
    """Coordinates without a slope get no probability."""
    moves = np.zeros_like(gradient)
    for j, g in enumerate(gradient):
        weights = (np.abs(g) + scheme.smoothing) * (g != 0)
        p = np.append(scheme.rate * weights / weights.sum(), 1 - scheme.rate)
        moves[j] = rng.multinomial(scheme.trials, p)[:-1] * np.sign(g)
    return moves


def sign_of_zero(scheme, gradient, smoothness, rng):
    """sign(0) = +1."""
    weights = np.abs(gradient) + scheme.smoothing
    p = scheme.rate * weights / weights.sum(axis=1, keepdims=True)
    p = np.column_stack([p, 1 - p.sum(axis=1)])
    return rng.multinomial(scheme.trials, p)[:, :-1] * np.where(gradient >= 0, 1.0, -1.0)


ENGINES = {
    "one percent more of q_0": faulty(biased_gradient),
    "r off by 0.01": faulty(with_scheme(rate=lambda r: r - 0.01)),
    "n + 1": faulty(with_scheme(trials=lambda n: n + 1)),
    "n - 1": faulty(with_scheme(trials=lambda n: max(1, n - 1) if n > 1 else 1)),
    "draws repeated": faulty(same_for_all),
    "coordinates at rest never drawn": faulty(zero_never_drawn),
    "sign(0) = +1": faulty(sign_of_zero),
    "c forgotten": faulty(with_scheme(smoothing=lambda c: c / 2)),
}

# --------------------------------------------------------------------------------------------------------- samplers

counts = draws.draw_counts


def with_law(change):
    """Counts of another law."""

    def draw(law, size, rng, method=None):
        return counts(change(law), size, rng, method)

    return draw


def _law(law, **changes):
    from convbound.checks.simulation.sampling import ZIMultinomial

    return ZIMultinomial(**{"trials": law.trials, "rate": law.rate, "q": law.q, **changes})


def _more_of_the_first(law):
    more = 1.01 * law.q[0]
    q = law.q * (1 - more) / (1 - law.q[0])
    q[0] = more
    return _law(law, q=q)


def repeated(law, size, rng, method=None):
    """Every draw twice."""
    half = counts(law, (size + 1) // 2, rng, method)
    return np.repeat(half, 2, axis=0)[:size]


def second_half_repeats(law, size, rng, method=None):
    """The second half of a batch is the first again."""
    half = counts(law, (size + 1) // 2, rng, method)
    return np.concatenate([half, half])[:size]


def one_more_now_and_then(law, size, rng, method=None):
    """One draw in a hundred of coordinate 0 counts twice as much: a mean one percent too large."""
    drawn = counts(law, size, rng, method)
    drawn[:, 0] += (rng.random(size) < 0.01) * drawn[:, 0]
    return drawn


SAMPLERS = {
    "one percent more of q_0": with_law(_more_of_the_first),
    "one percent more of the mean": one_more_now_and_then,
    "r off by 0.01": with_law(lambda law: _law(law, rate=law.rate - 0.01)),
    "n + 1": with_law(lambda law: _law(law, trials=law.trials + 1)),
    "n - 1": with_law(lambda law: _law(law, trials=law.trials - 1)),
    "every draw twice": repeated,
    "the second half repeats the first": second_half_repeats,
}
