"""Instances about one step: the expected decrease of F under a ZIM update (Propositions 8 and 9)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from convbound.bounds.arithmetic import Number
from convbound.checks.evidence.record import Instance, Numbers, Values
from convbound.checks.evidence.subjects.discrete_updates.updates import show
from convbound.checks.simulation.exact import ExactLaw, OneStep, one_step
from convbound.checks.simulation.problems import Problem
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.sampling import draw_updates
from convbound.checks.simulation.schemes.zim import enumerate_update


@dataclass(frozen=True, eq=False)
class DecreaseSampler:
    """Draws of F(w+) - F(w) for one ZIM step from w."""

    problem: Problem  # in floats
    w: npt.NDArray[np.float64]
    n: int
    r: float
    c: float

    def sample(self, rng: np.random.Generator, size: int) -> npt.NDArray[np.float64]:
        """Shape (size, 1)."""
        updates = draw_updates(self.problem.gradient(self.w), self.n, self.r, self.c, size, rng)
        change: npt.NDArray[np.float64] = self.problem.value(self.w - updates) - self.problem.value(self.w)
        return change[:, None]


@dataclass(frozen=True, eq=False)
class Decrease(Instance):
    """E F(w+) - F(w) for one ZIM step from w on a problem in Fractions.

    The constants mu, M, M_G of Assumption 3 are those with which (2.2) and (2.3) hold with equality at w; `share` is
    the part of the second moment that M_G |g|^2 carries.
    """

    name: str
    problem: Problem
    w: Numbers
    n: int
    r: Fraction
    c: Fraction
    share: Fraction = Fraction(1, 2)

    @property
    def text(self) -> str:
        """The problem, the point and the parameters."""
        return f"{self.name}, w = {show(self.w)}, n = {self.n}, r = {self.r}, c = {self.c}"

    @cached_property
    def law(self) -> ExactLaw:
        """The update at w."""
        return enumerate_update(self.problem.gradient(fractions(self.w)), self.n, self.r, self.c)

    @cached_property
    def step(self) -> OneStep:
        """The exact one-step quantities."""
        return one_step(self.problem, fractions(self.w), self.law)

    @property
    def engines(self) -> tuple[str, ...]:
        """The samplers of updates."""
        return ("updates",)

    def values(self) -> Values:
        """L, d, n, r, c, the gradient g, F, E_k(u) and E_k of its square, alpha = rate = r, and mu, M, M_G."""
        step, w = self.step, fractions(self.w)
        known = {"L": self.problem.smoothness, "d": len(self.w), "n": self.n, "r": self.r, "c": self.c}
        gradient = self.problem.gradient(w)
        return {
            **known,
            "F": self.problem.value(w),
            "g": tuple(gradient),
            "E_k(u)": tuple(self.law.mean),
            "E_k(sum_i(u**2))": step.second_moment,
            "alpha": self.r,
            "rate": self.r,  # of step k, in Proposition 9
            "mu": step.alignment / (self.r * step.squared_gradient),
            "M": (1 - self.share) * step.second_moment / self.r,
            "M_G": self.share * step.second_moment / (self.r**2 * step.squared_gradient),
        }

    def exact(self) -> list[Number]:
        """By enumeration."""
        return [self.step.decrease]

    def sampler(self) -> DecreaseSampler:
        """One step, many times."""
        w = np.array([float(x) for x in self.w])
        return DecreaseSampler(self.problem.floating(), w, self.n, float(self.r), float(self.c))

    def ranges(self) -> list[tuple[float, float]]:
        """The least and the largest change over all outcomes, a little widened for rounding."""
        w = fractions(self.w)
        changes = self.problem.value(w - self.law.outcomes.astype(object)) - self.problem.value(w)
        low, high = float(min(changes)), float(max(changes))
        margin = 1e-9 * (1 + abs(low) + abs(high))
        return [(low - margin, high + margin)]
