"""All outcomes of an integer update with their exact probabilities: integers over one common denominator."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array
from convbound.checks.simulation.problems.base import fractions

# Above this many outcomes an enumeration would take minutes rather than milliseconds.
MOST_OUTCOMES = 2_000_000


@dataclass(frozen=True, eq=False)
class ExactLaw:
    """A law on integer vectors: row j of `outcomes` (shape (N, d)) has probability weights[j] / denominator.

    `weights` is an object array of Python integers, shape (N,), with sum `denominator`.
    """

    outcomes: npt.NDArray[np.int64]
    weights: Array
    denominator: int

    def expectation(self, values: Sequence[Number] | Array) -> Number:
        """E of a quantity given at every outcome: `values` has shape (N,) or (N, ...), in integers or Fractions."""
        return (self.weights @ np.asarray(values, dtype=object)) * Fraction(1, self.denominator)

    @property
    def mean(self) -> Array:
        """E of the outcome, shape (d,)."""
        mean: Array = self.expectation(self.outcomes)
        return mean

    @property
    def second_moment(self) -> Fraction:
        """E of the squared Euclidean norm of the outcome."""
        return Fraction(self.expectation((self.outcomes**2).sum(axis=1)))

    def probabilities(self) -> npt.NDArray[np.float64]:
        """The probabilities, each rounded once, shape (N,)."""
        return np.array([float(Fraction(weight, self.denominator)) for weight in self.weights])


@lru_cache(maxsize=64)
def count_vectors(trials: int, dimension: int) -> npt.NDArray[np.int64]:
    """Every vector of d counts with sum at most n, shape (C(n + d, d), d), read-only.

    Raises:
        InputError: there are too many to enumerate.
    """
    number = math.comb(trials + dimension, dimension)
    if number > MOST_OUTCOMES:
        raise InputError(f"{number} outcomes are too many to enumerate; lower n or d.")
    bars = np.array(list(itertools.combinations(range(trials + dimension), dimension)), dtype=np.int64)
    counts: npt.NDArray[np.int64] = np.diff(bars, axis=1, prepend=-1) - 1
    counts.flags.writeable = False
    return counts


def enumerate_counts(trials: int, rate: Number, q: Sequence[Number] | Array) -> ExactLaw:
    """ZIMultinomial(n, r, q) with rational r and q (arXiv 2512.04051, Definition 5).

    Raises:
        InputError: the parameters are out of range, q is no distribution, or the outcomes are too many.
    """
    rate, q = Fraction(rate), fractions(q)
    if trials < 0 or not 0 <= rate <= 1:
        raise InputError("trials must be natural and the rate between 0 and 1.")
    if any(x < 0 for x in q) or sum(q) != 1:
        raise InputError("q must be nonnegative and sum to exactly one.")
    p = [rate * x for x in q] + [1 - rate]
    denominator = math.lcm(*(x.denominator for x in p))
    shares = [int(x * denominator) for x in p]
    outcomes = count_vectors(trials, q.size)
    idle = trials - outcomes.sum(axis=1)
    factorial = np.array([math.factorial(k) for k in range(trials + 1)], dtype=object)
    weights = np.full(len(outcomes), factorial[trials], dtype=object)
    for share, counts in zip(shares, [*outcomes.T, idle], strict=True):
        powers = np.array([share**k for k in range(trials + 1)], dtype=object)
        weights = weights * powers[counts] // factorial[counts]
    return ExactLaw(outcomes, weights, denominator**trials)


def certain(outcome: Sequence[int]) -> ExactLaw:
    """The law of an update that is no matter of chance."""
    return ExactLaw(np.array([outcome], dtype=np.int64), np.array([1], dtype=object), 1)
