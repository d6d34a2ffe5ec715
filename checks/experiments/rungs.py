"""Task I: which losses a net of signs can have, and how unlikely a printed one is for any of them.

Let z be the best weights' product with x, the sum of ten variables uniform in [-1, 1]. A vector with m wrong signs has
the margin y (u - v) where z = u + v and v is the sum of the m wrong terms; (x, y) and (-x, -y) have the same law, so
that the mean of h(y (u - v)) is that of 2 σ(u + v) h(u - v).
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from convbound.checks.experiments.levels import Array

WEIGHTS = 10
NODES = 12  # of Gauss and Legendre's rule in each piece of a density
LARGEST_TILT = 200.0
ROUNDED = 5e-5  # a printed number of four digits may be so far off


@cache
def _density(terms: int) -> tuple[Array, Array]:
    """Points and weights that integrate against the law of a sum of uniform variables on [-1, 1]."""
    if terms == 0:
        return np.zeros(1), np.ones(1)
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    points = (np.arange(-terms, terms, 2)[:, None] + 1 + nodes).ravel()
    signs = [(-1) ** k * math.comb(terms, k) for k in range(terms + 1)]
    near = -np.abs(points)  # symmetric, and without cancellation far out
    powers = np.maximum(near[:, None] + terms - 2 * np.arange(terms + 1), 0)
    steps = (powers ** (terms - 1)) * (powers > 0)
    density = steps @ np.array(signs, dtype=float) / (2.0**terms * math.factorial(terms - 1))
    return points, np.tile(weights, terms) * density


@cache
def _law(wrong: int) -> tuple[Array, Array]:
    """The losses of a vector with so many wrong signs, and their probabilities."""
    (u, at_u), (v, at_v) = _density(WEIGHTS - wrong), _density(wrong)
    z, margin = u[:, None] + v, u[:, None] - v
    probability = 2 / (1 + np.exp(-z)) * at_u[:, None] * at_v
    return np.logaddexp(0, -margin).ravel(), probability.ravel()


def mean_loss(wrong: int) -> float:
    """The expected loss of a vector with so many wrong signs, by quadrature; `recheck` encloses it."""
    losses, probability = _law(wrong)
    return float(losses @ probability)


def rate(wrong: int, value: float) -> float:
    """Cramér's rate: the mean of n losses is so far off with probability at most exp(-n rate)."""
    losses, probability = _law(wrong)
    side = 1.0 if value > mean_loss(wrong) else -1.0
    low, high = 0.0, LARGEST_TILT
    for _ in range(60):  # the exponent is concave in the tilt; any tilt gives a bound
        third = (high - low) / 3
        left, right = (_exponent(side * s, value, losses, probability) for s in (low + third, high - third))
        low, high = (low + third, high) if left < right else (low, high - third)
    return max(0.0, _exponent(side * low, value, losses, probability))


def _exponent(tilt: float, value: float, losses: Array, probability: Array) -> float:
    powers = tilt * (losses - value)
    top = float(powers.max())
    return -top - math.log(float(np.exp(powers - top) @ probability))


@cache
def chance(printed: float, samples: int) -> float:
    """At most how likely it is that some vector of signs has this loss on so many samples (Chernoff, union)."""
    total = 0.0
    for wrong in range(WEIGHTS + 1):
        above = printed > mean_loss(wrong)
        nearest = printed - ROUNDED if above else printed + ROUNDED
        if (nearest > mean_loss(wrong)) != above:
            return 1.0
        total += math.comb(WEIGHTS, wrong) * math.exp(-samples * rate(wrong, nearest))
    return min(1.0, total)
