"""What a group of chains carries from step to step, and how it is kept exact."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array, Floats
from convbound.checks.simulation.problems import Problem

# Columns of `sums`: high and low parts of the running sums of |g|_2, |g|_2^2 and the alignment, then the least |g|_2.
NORM, SQUARE, ALIGNMENT, BEST = 0, 2, 4, 6
COLUMNS = 7


class BrokenStateError(RuntimeError):
    """What an engine carries contradicts itself: its numbers would be those of another law."""


@dataclass
class Group:
    """Chains that advance together: `w` of shape (chains, d), `sums` of shape (chains, 7), and their generator.

    `carried` is what an engine needs beyond them to go on to the same numbers as if it had never stopped. It belongs to
    these points: whoever changes `w` empties it.
    """

    w: Floats
    sums: Floats
    rng: np.random.Generator
    step: int = 0  # steps done; the sums cover w_1 .. w_step
    carried: dict[str, Array] = field(default_factory=dict)

    @classmethod
    def start(cls, w: Floats, rng: np.random.Generator) -> Group:
        """Chains at their first points, nothing recorded."""
        sums = np.zeros((len(w), COLUMNS))
        sums[:, BEST] = np.inf
        return cls(w, sums, rng)


def carried_by(group: Group, **shapes: tuple[int, ...]) -> list[Array]:
    """Copies of what a group carries under these names, in these shapes.

    Raises:
        InputError: it carries something else, as only a file that was tampered with can make it.
    """
    found = [group.carried.get(name) for name in shapes]
    if any(x is None or x.shape != shape for x, shape in zip(found, shapes.values(), strict=True)):
        raise InputError("the saved state of the chains does not fit the run; start anew without it.")
    return [x.copy() for x in found if x is not None]


class Walk:
    """An engine at work on one group. Between `settle` and the next `advance` the group tells everything.

    Engines are subclasses; this one carries nothing.
    """

    def __init__(self, problem: Problem, group: Group) -> None:
        self.problem = problem
        self.group = group
        # arrays that arrive from another process may be read-only
        group.w, group.sums = np.require(group.w, requirements="W"), np.require(group.sums, requirements="W")

    def advance(self, steps: int) -> None:
        """Advance every chain by `steps` steps and record them; `sums` and `step` of the group are kept up to date."""
        raise NotImplementedError

    def values(self) -> Floats:
        """F at the points of the chains, shape (chains,)."""
        return np.array([self.problem.value(w) for w in self.group.w], dtype=np.float64)

    def settle(self) -> None:
        """Bring `w` and `carried` of the group up to date."""

    def check(self) -> None:
        """Compare everything that is carried with what the points say.

        Raises:
            BrokenStateError: it says which invariant does not hold.
        """
        self.settle()
        if not np.all(np.isfinite(self.group.w)):
            raise BrokenStateError("a point is not finite.")


def demand(holds: bool | np.bool_, invariant: str) -> None:
    """Raise where an invariant does not hold.

    Raises:
        BrokenStateError: it does not.
    """
    if not holds:
        raise BrokenStateError(f"broken invariant: {invariant}.")


def close(carried: npt.ArrayLike, true: npt.ArrayLike, scale: npt.ArrayLike, tolerance: float = 1e-12) -> bool:
    """Whether numbers that were carried agree with those computed afresh, relative to `scale`."""
    return bool(np.all(np.abs(np.asarray(carried) - true) <= tolerance * np.asarray(scale)))


def exact_sum(terms: Floats) -> tuple[float, float]:
    """The sum as an unevaluated pair."""
    high = math.fsum(terms)
    return high, math.fsum([*terms.tolist(), -high])


def two_sum(high: Number, low: Number, term: Number) -> tuple[Number, Number]:
    """Add `term` to the unevaluated sum high + low: no bit of `term` is lost (Knuth). Floats or arrays."""
    total = high + term
    shadow = total - high
    return total, low + ((high - (total - shadow)) + (term - shadow))


def record(sums: Floats, absolute_sum: Floats, square: Floats, smoothing: float, dimension: int) -> None:
    """Add one step's |g|_2, |g|_2^2 and alignment to the running sums; all arguments have one entry a chain."""
    square = np.maximum(square, 0.0)
    norm = np.sqrt(square)
    weight = absolute_sum + smoothing * dimension
    alignment = np.divide(square + smoothing * absolute_sum, weight, out=np.zeros_like(weight), where=weight > 0)
    for column, value in ((NORM, norm), (SQUARE, square), (ALIGNMENT, alignment)):
        sums[:, column], sums[:, column + 1] = two_sum(sums[:, column], sums[:, column + 1], value)
    np.minimum(sums[:, BEST], norm, out=sums[:, BEST])


def record_one(sums: list[float], absolute_sum: float, square: float, smoothing: float, dimension: int) -> None:
    """The same for one chain in plain floats, ten times faster than arrays of length one."""
    square = max(square, 0.0)
    norm = math.sqrt(square)
    weight = absolute_sum + smoothing * dimension
    alignment = (square + smoothing * absolute_sum) / weight if weight > 0 else 0.0
    for column, value in ((NORM, norm), (SQUARE, square), (ALIGNMENT, alignment)):
        sums[column], sums[column + 1] = two_sum(sums[column], sums[column + 1], value)
    sums[BEST] = min(sums[BEST], norm)
