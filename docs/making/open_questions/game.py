"""A relaxation of the question at d = 2, in floating point: an adversary who chooses the next gradient freely.

The objective is forgotten but for one inequality: after a move along σ e_i the next gradient is g - σ e_i + v, at the
price (√2/4) ‖v‖² (L = 1). The value of this game, on a grid, suggests how far the sharp floor can be above √2/2. It
proves nothing: the grid restricts the adversary, and no error of it is bounded.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def game_excess(c: float, cells: int = 40, reach: float = 1.5, rounds: int = 400) -> float:
    """The adversary's long-run excess of E‖g‖ over √2/2, on a grid of step 1/cells, by value iteration."""
    g = np.arange(round(reach * cells) + 1) / cells
    first, second = np.meshgrid(g, g, indexing="ij")
    t, s = np.hypot(first, second), first + second
    reward = (np.sqrt(2) * t - s) * (np.sqrt(2) * c - t) / (s + 2 * c)
    chance = (first + c) / (s + 2 * c)
    moved, stayed = _price(g - 1, g), _price(g, g)
    value = np.zeros_like(reward)
    low = high = 0.0
    for _ in range(rounds):
        along = np.max(value[None, :, :] - moved[:, :, None], axis=1)
        after = np.max(along[:, None, :] - stayed[None, :, :], axis=2)
        # a lazy step has the same long-run average per move, and it converges
        change = (reward + chance * after + (1 - chance) * after.T - value) / 2
        low, high = float(change.min()), float(change.max())
        value = value + change - change[0, 0]
        if high - low < 1e-7:
            break
    return low + high


def _price(origin: Floats, size: Floats) -> Floats:
    """The least price of going from each origin to a coordinate of each size, of either sign; (origins, sizes)."""
    nearest = np.abs(np.abs(origin[:, None]) - size[None, :])
    price: Floats = np.sqrt(2) / 4 * nearest**2
    return price
