"""ZIM on separable objectives in NumPy: all chains in lock-step, O(sqrt d) a move and nothing O(d) a step.

Weights stand in blocks of about sqrt(d); a draw picks a block by the block sums, then a coordinate within the block.
The sums are exact on dyadic data and rebuilt from w every REBUILD steps otherwise.
"""

from __future__ import annotations

import math

import numpy as np

from checks.problems import Separable
from checks.trajectories.schemes import Zim
from checks.trajectories.state import Floats, Group, record, two_sum

# A rebuild costs about as much as three steps, so a thousand steps make it free; rounding grows by 2^-53 a move.
REBUILD = 1000


class _Blocks:
    """Weights |g_i| + c of all chains, their block sums, and the running |g|_1 and |g|_2^2."""

    def __init__(self, problem: Separable, scheme: Zim, w: Floats) -> None:
        chains, d = w.shape
        self.smoothing = scheme.smoothing
        self.width = max(1, math.isqrt(d))
        number = -(-d // self.width)
        gradient = problem.gradient(w)
        self.weights = np.zeros((chains, number * self.width))
        self.weights[:, :d] = np.abs(gradient) + scheme.smoothing
        self.weights = self.weights.reshape(chains, number, self.width)
        self.sums = self.weights.sum(axis=2)
        self.absolute = np.abs(gradient).sum(axis=1), np.zeros(chains)
        self.square = (gradient**2).sum(axis=1), np.zeros(chains)

    def draw(self, chain: np.ndarray, uniforms: Floats) -> np.ndarray:
        """A coordinate for each entry of `chain`, by inversion of the uniform beside it."""
        upto = self.sums.cumsum(axis=1)
        target = uniforms * upto[chain, -1]
        last = self.sums.shape[1] - 1
        block = np.minimum((upto[chain] <= target[:, None]).sum(axis=1), last)
        target -= upto[chain, block] - self.sums[chain, block]
        inside = self.weights[chain, block]
        index = np.minimum((inside.cumsum(axis=1) <= target[:, None]).sum(axis=1), self.width - 1)
        # a rounding of the sums may point past the last positive weight: take the block's heaviest coordinate then
        astray = inside[np.arange(len(chain)), index] == 0
        index[astray] = inside[astray].argmax(axis=1)
        coordinate: np.ndarray = block * self.width + index
        return coordinate

    def change(self, chain: np.ndarray, coordinate: np.ndarray, old: Floats, new: Floats) -> None:
        """Gradients at distinct (chain, coordinate) pairs went from `old` to `new`."""
        size = len(self.sums)
        block, index = np.divmod(coordinate, self.width)
        self.weights[chain, block, index] = np.abs(new) + self.smoothing
        difference = np.abs(new) - np.abs(old)
        np.add.at(self.sums, (chain, block), difference)
        self.absolute = two_sum(*self.absolute, np.bincount(chain, difference, size))
        self.square = two_sum(*self.square, np.bincount(chain, new**2 - old**2, size))


def advance_blocks(problem: Separable, scheme: Zim, group: Group, steps: int) -> None:
    """Advance all chains of the group by `steps` steps."""
    w, rng, d = group.w, group.rng, problem.dimension
    for done in range(steps):
        if done % REBUILD == 0:
            blocks = _Blocks(problem, scheme, w)
        record(group.sums, np.add(*blocks.absolute), np.add(*blocks.square), scheme.smoothing, d)
        hits = rng.binomial(scheme.trials, scheme.rate, size=len(w))
        hits[blocks.sums.sum(axis=1) == 0] = 0
        chain = np.repeat(np.arange(len(w)), hits)
        if not chain.size:
            continue
        keys = chain * d + blocks.draw(chain, rng.random(chain.size))
        keys.sort()
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        counts = np.diff(first, append=keys.size)
        chain, coordinate = np.divmod(keys[first], d)
        old = problem.gradient_at(coordinate, w[chain, coordinate])
        w[chain, coordinate] -= counts * np.sign(old)
        new = problem.gradient_at(coordinate, w[chain, coordinate])
        blocks.change(chain, coordinate, old, new)
    group.step += steps
