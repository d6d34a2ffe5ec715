"""ZIM on separable objectives in NumPy: all chains in lock-step, O(log d) a move and nothing O(d) a step.

Each chain's weights are the leaves of a binary tree of sums. A draw descends by the left sums; a move sets a leaf and
adds up its ancestors afresh, so the sums are a function of the weights and cannot drift.
"""

from __future__ import annotations

import math

import numpy as np

from convbound.checks.arrays import Floats, Integers
from convbound.checks.simulation.problems import Separable
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.simulation.trajectories.state import (
    Group,
    Walk,
    carried_by,
    close,
    demand,
    exact_sum,
    record,
    two_sum,
)


class SumTrees:
    """One tree of nonnegative weights a chain, stored flat: node 1 is the root, 2k and 2k + 1 are the children of k."""

    def __init__(self, weights: Floats) -> None:
        chains, d = weights.shape
        self.depth = max(1, (d - 1).bit_length())
        self.leaves = 1 << self.depth
        trees = np.zeros((chains, 2 * self.leaves))
        trees[:, self.leaves : self.leaves + d] = weights
        for level in reversed(range(self.depth)):
            children = trees[:, 2 << level : 4 << level]
            trees[:, 1 << level : 2 << level] = children[:, ::2] + children[:, 1::2]
        self.nodes = trees.reshape(-1)

    @property
    def totals(self) -> Floats:
        """The sum of each chain's weights, shape (chains,)."""
        return self.nodes[1 :: 2 * self.leaves]

    def draw(self, chain: Integers, uniforms: Floats) -> Integers:
        """A coordinate for each entry of `chain`, with probability proportional to its weight, from its uniform."""
        base = chain * (2 * self.leaves)
        target = uniforms * self.totals[chain]
        node = np.ones_like(chain)
        for _ in range(self.depth):
            node *= 2
            left = self.nodes.take(base + node)
            right = target >= left
            target -= left * right
            node += right
        # a rounding may lead past the last positive weight: take the chain's heaviest coordinate then
        for astray in np.flatnonzero(self.nodes.take(base + node) == 0):
            start = base[astray] + self.leaves
            node[astray] = self.leaves + self.nodes[start : start + self.leaves].argmax()
        coordinate: Integers = node - self.leaves
        return coordinate

    def set(self, chain: Integers, coordinate: Integers, weights: Floats) -> None:
        """Set weights; a pair may occur twice if its weights agree."""
        base = chain * (2 * self.leaves)
        node = coordinate + self.leaves
        self.nodes[base + node] = weights
        for _ in range(self.depth):
            node //= 2
            child = base + 2 * node
            self.nodes[base + node] = self.nodes.take(child) + self.nodes.take(child + 1)


class LockstepWalk(Walk):
    """ZIM on a separable problem, all chains at once.

    Carried: the unevaluated pairs |g|_1 and |g|_2^2 (`running`, shape (2, 2, chains)); trees follow from the points.
    """

    problem: Separable

    def __init__(self, problem: Separable, scheme: Zim, group: Group) -> None:
        super().__init__(problem, group)
        self.scheme = scheme
        gradient = problem.gradient(group.w)
        self.trees = SumTrees(np.abs(gradient) + scheme.smoothing)
        self.stamp = np.empty(group.w.size, dtype=np.int32)
        if group.carried:
            (self.running,) = carried_by(group, running=(2, 2, len(group.w)))
            return
        pairs = [[exact_sum(row) for row in terms] for terms in (np.abs(gradient), gradient**2)]
        self.running = np.array(pairs).transpose(0, 2, 1).copy()

    def advance(self, steps: int) -> None:
        """Nothing O(d) in it."""
        group, problem, scheme, trees = self.group, self.problem, self.scheme, self.trees
        rng, chains, d = group.rng, len(group.w), problem.dimension
        w = group.w.reshape(-1)
        for _ in range(steps):
            record(group.sums, self.running[0].sum(axis=0), self.running[1].sum(axis=0), scheme.smoothing, d)
            hits = rng.binomial(scheme.trials, scheme.rate, size=chains)
            hits[trees.totals == 0] = 0
            chain = np.repeat(np.arange(chains), hits)
            coordinate = trees.draw(chain, rng.random(chain.size))
            key = chain * d + coordinate
            old = problem.gradient_at(coordinate, w.take(key))
            np.subtract.at(w, key, np.sign(old))
            new = problem.gradient_at(coordinate, w.take(key))
            trees.set(chain, coordinate, np.abs(new) + scheme.smoothing)
            # a coordinate that was hit several times counts once: for the trial that stamped it last
            trial = np.arange(key.size, dtype=np.int32)
            self.stamp[key] = trial
            once = self.stamp.take(key) == trial
            exchange(self.running[0], chain, np.abs(old) * once, np.abs(new) * once)
            exchange(self.running[1], chain, old**2 * once, new**2 * once)
        group.w = w.reshape(chains, d)
        group.step += steps

    def settle(self) -> None:
        """Save the pairs."""
        self.group.carried = {"running": self.running.copy()}

    def check(self) -> None:
        """Every tree is the tree of its weights, and the sums are those of the points."""
        super().check()
        gradient = self.problem.gradient(self.group.w)
        fresh = SumTrees(np.abs(gradient) + self.scheme.smoothing)
        demand(np.array_equal(self.trees.nodes, fresh.nodes), "the trees are those of the weights")
        for name, pair, terms in zip(("|g|_1", "|g|_2^2"), self.running, (np.abs(gradient), gradient**2), strict=True):
            true = np.array([math.fsum(row) for row in terms])
            demand(close(pair.sum(axis=0), true, true), f"{name} is carried exactly")


def exchange(pair: Floats, chain: Integers, old: Floats, new: Floats) -> None:
    """Replace terms of many unevaluated sums `pair`, shape (2, chains), at once: entry j in the sum of chain[j].

    The differences are cut into a coarse part, whose sums are exact, and a rest below its last bit (Rump 2008).
    """
    difference, rest = two_sum(new, np.zeros_like(new), -old)
    largest = np.abs(difference).max(initial=0.0)
    if largest == 0:
        return
    grid = 2.0 ** (np.ceil(np.log2(largest)) + np.ceil(np.log2(difference.size)) + 1)
    coarse = (difference + grid) - grid
    for part in (coarse, (difference - coarse) + rest):
        pair[0], pair[1] = two_sum(pair[0], pair[1], np.bincount(chain, part, pair.shape[1]))
