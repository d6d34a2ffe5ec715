"""Any scheme on any problem, every gradient recomputed: what the fast engines are measured and tested against."""

from __future__ import annotations

import heapq
import math

import numpy as np

from convbound.checks.arrays import Floats
from convbound.checks.simulation.problems import Problem, Separable
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.simulation.trajectories.state import (
    Group,
    Walk,
    carried_by,
    close,
    demand,
    exact_sum,
    record,
    record_one,
    two_sum,
)


class PlainWalk(Walk):
    """Any scheme on any problem, O(chains * gradient) a step; nothing is carried."""

    def __init__(self, problem: Problem, scheme: Scheme, group: Group) -> None:
        super().__init__(problem, group)
        self.scheme = scheme

    def advance(self, steps: int) -> None:
        """All chains together."""
        group, c, smoothness = self.group, float(self.scheme.smoothing), float(self.problem.smoothness)
        for _ in range(steps):
            gradient = self.problem.gradient(group.w)
            squares = (gradient**2).sum(axis=1)
            record(group.sums, np.abs(gradient).sum(axis=1), squares, c, self.problem.dimension)
            group.w -= self.scheme.updates(gradient, smoothness, group.rng)
        group.step += steps


class HeapWalk(Walk):
    """Greedy descent on a separable problem, O(log d) a move: only the top of a heap of |g_i| ever changes.

    Carried: the unevaluated pairs |g|_1 and |g|_2^2 (`running`, shape (chains, 2, 2)). The heap follows from the point.
    """

    problem: Separable
    running: Floats

    def __init__(self, problem: Separable, scheme: Scheme, group: Group) -> None:
        super().__init__(problem, group)
        gradients = problem.gradient(group.w)
        self.heaps = [[(-abs(g), i) for i, g in enumerate(row)] for row in gradients.tolist()]
        for heap in self.heaps:
            heapq.heapify(heap)
        if group.carried:
            (self.running,) = carried_by(group, running=(len(group.w), 2, 2))
            return
        fresh = [[exact_sum(abs(row)), exact_sum(row**2)] for row in gradients]
        self.running = np.array(fresh)

    def advance(self, steps: int) -> None:
        """One chain after the other."""
        half, d = float(self.problem.smoothness) / 2, self.problem.dimension
        for chain, (w, heap) in enumerate(zip(self.group.w, self.heaps, strict=True)):
            sums = self.group.sums[chain].tolist()
            (s_high, s_low), (t_high, t_low) = self.running[chain].tolist()
            for _ in range(steps):
                record_one(sums, s_high + s_low, t_high + t_low, 0.0, d)
                steepest, i = heap[0]
                if -steepest <= half:
                    continue
                old = float(self.problem.gradient_at(i, w[i]))
                w[i] -= math.copysign(1.0, old)
                new = float(self.problem.gradient_at(i, w[i]))
                heapq.heapreplace(heap, (-abs(new), i))
                s_high, s_low = two_sum(*two_sum(s_high, s_low, -abs(old)), abs(new))
                t_high, t_low = two_sum(*two_sum(t_high, t_low, -(old**2)), new**2)
            self.group.sums[chain], self.running[chain] = sums, ((s_high, s_low), (t_high, t_low))
        self.group.step += steps

    def settle(self) -> None:
        """Save the pairs."""
        self.group.carried = {"running": self.running.copy()}

    def check(self) -> None:
        """The heap holds every coordinate with its |g_i|, in heap order; the sums are those of the points."""
        super().check()
        for row, heap, pairs in zip(self.problem.gradient(self.group.w), self.heaps, self.running, strict=True):
            demand(
                sorted(heap, key=lambda top: top[1]) == [(-abs(g), i) for i, g in enumerate(row.tolist())], "the heap"
            )
            demand(all(heap[(k - 1) // 2] <= heap[k] for k in range(1, len(heap))), "the heap is in heap order")
            for pair, terms in zip(pairs, (abs(row), row**2), strict=True):
                demand(close(pair.sum(), math.fsum(terms), math.fsum(terms)), "the sums are carried exactly")
