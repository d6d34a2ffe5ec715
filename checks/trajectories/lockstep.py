"""ZIM on separable objectives in NumPy: all chains in lock-step, O(log d) a move and nothing O(d) a step.

Each chain's weights are the leaves of a binary tree of sums. A draw descends by the left sums; a move sets a leaf and
adds up its ancestors afresh, so the sums are a function of the weights and cannot drift.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convbound.checks.problems import Separable
from convbound.checks.trajectories.schemes import Zim
from convbound.checks.trajectories.state import Floats, Group, record, two_sum

Integers = np.ndarray[Any, np.dtype[np.int64]]


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


def advance_lockstep(problem: Separable, scheme: Zim, group: Group, steps: int) -> None:
    """Advance all chains of the group by `steps` steps."""
    rng, chains, d = group.rng, len(group.w), problem.dimension
    gradient = problem.gradient(group.w)
    trees = SumTrees(np.abs(gradient) + scheme.smoothing)
    absolute = np.abs(gradient).sum(axis=1), np.zeros(chains)
    square = (gradient**2).sum(axis=1), np.zeros(chains)
    w = group.w.reshape(-1)
    stamp = np.empty(w.size, dtype=np.int32)
    for _ in range(steps):
        record(group.sums, np.add(*absolute), np.add(*square), scheme.smoothing, d)
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
        stamp[key] = trial
        once = stamp.take(key) == trial
        absolute = two_sum(*absolute, np.bincount(chain, (np.abs(new) - np.abs(old)) * once, chains))
        square = two_sum(*square, np.bincount(chain, (new**2 - old**2) * once, chains))
    group.w = w.reshape(chains, d)
    group.step += steps
