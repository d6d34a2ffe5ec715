"""Instances about whole trajectories: time averages over K steps, averaged over chains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array
from convbound.checks.evidence.engines import engine_name
from convbound.checks.evidence.record import Numbers, Values
from convbound.checks.simulation.exact import ExactLaw, average_over_steps, build_chain
from convbound.checks.simulation.problems import Separable
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.simulation.trajectories.engines import engine, has_numba
from convbound.checks.simulation.trajectories.state import NORM, SQUARE, Group

# Below this many steps setting up a compiled chain costs more than its steps do in lock-step with thousands of others.
COMPILED_STEPS = 200

RunQuantity = Literal["norm", "square"]


@dataclass(frozen=True, eq=False)
class RunSampler:
    """Draws of a chain's average of |g|_2 or |g|_2^2 over K steps.

    With `spread`, chains start uniformly on that many consecutive integers of the first coordinate.
    """

    problem: Separable  # in floats
    scheme: Scheme
    start: npt.NDArray[np.float64]
    steps: int
    quantity: RunQuantity
    compiled: bool
    spread: int = 1

    def sample(self, rng: np.random.Generator, size: int) -> npt.NDArray[np.float64]:
        """Shape (size, 1)."""
        w = np.tile(self.start, (size, 1))
        w[:, 0] += rng.integers(self.spread, size=size)
        group = Group.start(w, rng)
        advance = engine(self.problem, self.scheme, self.compiled)
        advance(group, self.steps)
        column = NORM if self.quantity == "norm" else SQUARE
        averages: npt.NDArray[np.float64] = (group.sums[:, [column]] + group.sums[:, [column + 1]]) / self.steps
        return averages


@dataclass(frozen=True, eq=False)
class Run:
    """The mean of |g|_2 or |g|_2^2 over K = `steps` steps of a scheme on a separable problem.

    `extra` adds values (constants of Assumption 3). `period` closes a periodic problem; then the
    chain is stationary from the start, uniform on one period.
    """

    name: str
    problem: Separable  # in Fractions
    scheme: Scheme
    start: Numbers
    steps: int
    quantity: RunQuantity
    extra: Mapping[str, Number] = field(default_factory=dict)
    period: int | None = None

    @property
    def text(self) -> str:
        """The problem and the scheme."""
        return f"{self.name}, d = {self.problem.dimension}, {self.scheme}, K = {self.steps}"

    @property
    def engines(self) -> tuple[str, ...]:
        """The engine that advances the chains."""
        return (engine_name(self.problem, self.scheme, self._compiled),)

    @property
    def _compiled(self) -> bool:
        return has_numba() and self.steps >= COMPILED_STEPS

    def values(self) -> Values:
        """L, d, K, F at the start, its infimum and their difference Delta; n, r, c, or eta, from the scheme."""
        problem = self.problem
        first = problem.value(fractions(self.start))
        known = {"L": problem.smoothness, "d": problem.dimension, "K": self.steps, "first(F)": first}
        known |= {"F_1": first, "F_inf": problem.infimum, "Delta": first - problem.infimum}
        return {**known, **self.scheme.symbols(), **self.extra}

    def stationary(self) -> bool:
        """|g|_2 is the same on every path, or the chain is uniform on a period and moves everywhere alike.

        In one dimension q = 1, so the length of a move has the same law everywhere; where all slopes on the period have
        one sign, a uniform point stays uniform.
        """
        least, most = reachable_squares(self.problem.floating(), self.scheme, self.start, self.period)
        if self.period is None:
            return least == most
        points = fractions(self.start[0]) + np.arange(self.period)[:, None]
        slopes = self.problem.gradient(points)
        one_way = bool(np.all(slopes > 0) or np.all(slopes < 0))
        return one_way and self.scheme.hits is not None and self.problem.dimension == 1

    def _law(self, gradient: Array) -> ExactLaw:
        return self.scheme.exact_law(gradient, self.problem.smoothness)

    def _quantity(self, points: Array) -> Array:
        gradients = self.problem.gradient(points)
        if self.quantity == "square":
            squares: Array = (gradients**2).sum(axis=1)
            return squares
        if self.problem.dimension > 1:
            raise InputError("norms are irrational beyond one dimension; ask for squares.")
        return np.abs(gradients)[:, 0]

    def exact(self) -> list[Number]:
        """The expectation by rational arithmetic: over K steps, or on the stationary law of a period."""
        start = fractions(self.start)
        if self.period is not None:
            chain = build_chain(self.problem, start, self._law, period=Fraction(self.period))
            return [chain.stationary_mean(self._quantity(chain.points()))]
        return [average_over_steps(self.problem, start, self._law, self._quantity, self.steps)]

    def sampler(self) -> RunSampler:
        """Chains by the fastest engine there is."""
        start = np.array([float(x) for x in self.start])
        problem = self.problem.floating()
        return RunSampler(problem, self.scheme, start, self.steps, self.quantity, self._compiled, self.period or 1)

    def ranges(self) -> list[tuple[float, float]]:
        """From the least to the largest |g|_2 that any path can meet (or its square), a little widened."""
        least, most = reachable_squares(self.problem.floating(), self.scheme, self.start, self.period)
        low, high = (least, most) if self.quantity == "square" else (sqrt(least), sqrt(most))
        margin = 0.01 * high + 1e-9
        return [(max(0.0, low - margin), high + margin)]


def reachable_squares(
    problem: Separable, scheme: Scheme, start: Numbers, period: int | None = None
) -> tuple[float, float]:
    """Bounds on |g|_2^2 along every path: each coordinate moves against the sign of its own slope only.

    So the points that coordinate i can reach are found by themselves, and the extremes of its slope on them add up.
    """
    if period is not None:
        points = np.zeros((period, problem.dimension)) + np.array([float(x) for x in start])
        points[:, 0] += np.arange(period)
        on_period = (problem.gradient(points) ** 2).sum(axis=1)
        return float(on_period.min()), float(on_period.max())
    least = most = 0.0
    for i, first in enumerate(start):
        slopes: dict[float, float] = {}
        waiting = [float(first)]
        while waiting:
            w = waiting.pop()
            if w in slopes:
                continue
            g = slopes[w] = float(problem.gradient_at(i, np.asarray(w)))
            if g:
                length = scheme.reach(g)
                waiting += [w - k if g > 0 else w + k for k in range(1, int(length) + 1)]
        squares = [g * g for g in slopes.values()]
        least, most = least + min(squares), most + max(squares)
    return least, most
