"""The compiled engines as walks: what each carries, how it is saved, and what must hold of it."""

from __future__ import annotations

import math

import numpy as np

from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array, FlatProfile, Floats
from convbound.checks.simulation.problems import Quadratic, Separable
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.simulation.trajectories import numba_cache
from convbound.checks.simulation.trajectories.dense import Gradients
from convbound.checks.simulation.trajectories.state import (
    BrokenStateError,
    Group,
    Walk,
    carried_by,
    close,
    demand,
)

# Work of one call, which Ctrl-C has to wait for: about a tenth of a second.
Layout = tuple[Array, Array, Array, Array]  # records, place, start, running
MOVES_A_CALL = 1 << 20
INVARIANTS = {
    1: "every coordinate has one record",
    2: "the place of a coordinate is where its record lies",
    3: "a record holds its coordinate's a and b",
    4: "a record lies in the bucket of its weight",
}


def profile_of(problem: Separable) -> FlatProfile:
    """The profile as the kernels take it: (knots, slopes, curvatures, heights, left, period)."""
    profile, nothing = problem.profile, np.zeros(1)
    if profile is None:
        return (nothing, nothing, nothing, nothing, 0.0, 0.0)
    period = float(profile.period or 0)
    return (profile.knots, profile.slopes, profile.curvatures, profile.heights, float(profile.left), period)


def aligned_records(dimension: int) -> Floats:
    """Room for records of 32 bytes, shape (d, 4), none of them across two lines of the cache."""
    raw = np.empty(4 * dimension + 8)
    first = -(raw.ctypes.data // raw.itemsize) % 8
    return raw[first : first + 4 * dimension].reshape(dimension, 4)


class LevelsWalk(Walk):
    """ZIM or stochastic rounding on a separable problem: constant work a move (module `levels`).

    Carried: which coordinate lies where (`order`, int32), and the running sums (`running`, shape (chains, 3, 2)).
    """

    problem: Separable

    def __init__(self, problem: Separable, scheme: Scheme, group: Group) -> None:
        super().__init__(problem, group)
        self.kernels = numba_cache.kernels("levels")
        self.scheme = scheme
        self.rule = scheme.compiled_rule()
        self.c = self.rule[1]
        self.profile = profile_of(problem)
        saved: list[Array] = []
        if group.carried:
            saved = carried_by(group, order=group.w.shape, running=(len(group.w), 3, 2))
        self.chains = [self._lay_out(chain, *(x[chain] for x in saved)) for chain in range(len(group.w))]

    def _lay_out(self, chain: int, order: Array | None = None, running: Array | None = None) -> Layout:
        a, b, w, d = self.problem.curvature, self.problem.centre, self.group.w[chain], self.problem.dimension
        records, place = aligned_records(d), np.empty(d, np.int32)
        start = np.empty(self.kernels.BUCKETS + 1, np.int64)
        about = (w, a, b, self.profile, self.c)
        if order is None or running is None:
            return records, place, start, self.kernels.build_levels(*about, records, place, start)
        try:
            self.kernels.restore_levels(*about, order.astype(np.int32), records, place, start)
            self._check_layout((records, place, start))
        except (ValueError, BrokenStateError) as problem:
            raise InputError(f"the saved state of the chains contradicts itself ({problem}); start anew.") from None
        return records, place, start, running

    def advance(self, steps: int) -> None:
        """One chain after the other, in calls that Ctrl-C can wait for."""
        stretch = max(1, MOVES_A_CALL // self.scheme.moves_a_step(self.problem.dimension))
        for (records, place, start, running), sums in zip(self.chains, self.group.sums, strict=True):
            state = (records, place, start, running, self.profile, *self.rule, sums)
            for done in range(0, steps, stretch):
                self.kernels.advance_levels(*state, min(stretch, steps - done), self.group.rng)
        self.group.step += steps

    def values(self) -> Floats:
        """The running sums of F."""
        return np.array([running[2].sum() for *_, running in self.chains])

    def settle(self) -> None:
        """Write the points and the order back: O(d)."""
        order = np.empty(self.group.w.shape, np.int32)
        for chain, (records, *_) in enumerate(self.chains):
            self.kernels.settle_levels(records, self.group.w[chain], order[chain])
        self.group.carried = {"order": order, "running": np.array([running for *_, running in self.chains])}

    def _check_layout(self, layout: tuple[Array, ...]) -> None:
        a, b = self.problem.curvature, self.problem.centre
        broken = self.kernels.check_levels(a, b, self.profile, self.c, *layout)
        demand(not broken, INVARIANTS.get(broken, ""))

    def check(self) -> None:
        """The order is a permutation, the place its inverse, the buckets are right, the sums those of the points."""
        for records, place, start, _ in self.chains:
            self._check_layout((records, place, start))
        super().check()
        bottom = 2 * abs(float(self.problem.infimum))
        for w, (*_, running) in zip(self.group.w, self.chains, strict=True):
            g, value = self.problem.gradient(w), float(self.problem.value(w))
            true = (math.fsum(abs(g)), math.fsum(g * g), value)
            scales = (*true[:2], abs(value) + bottom)
            for name, pair, number, scale in zip(("|g|_1", "|g|_2^2", "F"), running, true, scales, strict=True):
                demand(close(pair.sum(), number, scale), f"{name} is carried exactly")


class SweepWalk(Walk):
    """ZIM on a separable problem with many trials: every weight afresh, O(n + d) a step (module `sweep`)."""

    problem: Separable

    def __init__(self, problem: Separable, scheme: Zim, group: Group) -> None:
        super().__init__(problem, group)
        self.kernels = numba_cache.kernels("sweep")
        self.rule = (profile_of(problem), float(scheme.smoothing), scheme.trials, float(scheme.rate))
        self.stretch = max(1, MOVES_A_CALL // (min(scheme.trials, 4 * problem.dimension) + problem.dimension))

    def advance(self, steps: int) -> None:
        """One chain after the other, in calls that Ctrl-C can wait for."""
        a, b = self.problem.curvature, self.problem.centre
        for w, sums in zip(self.group.w, self.group.sums, strict=True):
            for done in range(0, steps, self.stretch):
                piece = min(self.stretch, steps - done)
                self.kernels.advance_sweep(w, a, b, *self.rule, sums, piece, self.group.rng)
        self.group.step += steps


class ColumnsWalk(Gradients):
    """ZIM on a dense quadratic: the rows that moved are added to the gradient (module `columns`)."""

    def __init__(self, problem: Quadratic, scheme: Zim, group: Group) -> None:
        super().__init__(problem, group)
        self.kernels = numba_cache.kernels("columns")
        self.rule = (float(scheme.smoothing), scheme.trials, float(scheme.rate))

    def advance(self, steps: int) -> None:
        """One chain after the other; the gradient is computed afresh now and then."""
        trials = self.rule[1]
        for chain, (w, sums) in enumerate(zip(self.group.w, self.group.sums, strict=True)):
            left = steps
            while left:
                self.refresh(chain)
                piece = min(left, -int(-self.due[chain] // trials))
                state = (w, self.gradient[chain], self.problem.matrix, *self.rule, self.least[chain], sums)
                made = self.kernels.advance_columns(*state, piece, self.group.rng)
                self.due[chain] = self.due[chain] - made * trials if made == piece else 0
                left -= made
        self.group.step += steps
