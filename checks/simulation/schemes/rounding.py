"""Stochastic rounding of a gradient step to the lattice."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.bounds.subjects.lattice_schemes import FOLLOWS_ROUNDING
from convbound.checks.arrays import Array, Floats
from convbound.checks.simulation.exact.enumeration import ExactLaw
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.schemes.base import Scheme


@dataclass(frozen=True)
class Rounding(Scheme):
    """Stochastic rounding of the gradient step eta * g to integers, coordinates independent."""

    step: float = 0.1

    name = "rounding"
    title = "stochastic rounding"
    letters: ClassVar[Mapping[str, str]] = {"step": "alpha"}
    rates = ("step",)
    assumptions = (FOLLOWS_ROUNDING,)
    engines = ("levels", "dense")
    coordinatewise = True

    def __post_init__(self) -> None:
        if not self.step > 0:
            raise InputError(f"eta must be positive, not {self.step}.")

    def updates(self, gradients: Floats, smoothness: float, rng: np.random.Generator) -> Floats:
        """One uniform a coordinate."""
        length = self.step * np.abs(gradients)
        whole = np.floor(length)
        rounded: Floats = whole + (rng.random(gradients.shape) < length - whole)
        return rounded * np.sign(gradients)

    def exact_law(self, gradient: Sequence[Number] | Array, smoothness: Number = 0) -> ExactLaw:
        """By enumeration of the corners."""
        return enumerate_rounding(gradient, Fraction(self.step))

    def law_in_floats(self, gradients: Floats, smoothness: float = 0.0) -> tuple[Floats, Floats]:
        """The same in double precision."""
        lengths = self.step * np.abs(gradients)
        whole = np.floor(lengths)
        rest = (lengths - whole)[:, None, :]
        ups = np.indices((2,) * gradients.shape[1]).reshape(gradients.shape[1], -1).T
        probabilities = np.where(ups == 1, rest, 1 - rest).prod(axis=2)
        return (whole[:, None, :] + ups) * np.sign(gradients)[:, None, :], probabilities

    def reach(self, slope: float) -> float:
        """One beyond the length that is rounded."""
        return float(math.floor(self.step * abs(slope)) + 1) if slope else 0.0

    def compiled_rule(self) -> tuple[bool, float, Floats, float]:
        """No trials."""
        return False, 0.0, np.ones(1), float(self.step)

    def constants(self, dimension: int) -> dict[str, Number]:
        """Its rate."""
        return {"alpha": Fraction(self.step)}

    def symbols(self) -> dict[str, Fraction]:
        """Its rate is eta."""
        return {"eta": Fraction(self.step)}


def enumerate_rounding(gradient: Sequence[Number] | Array, step: Number) -> ExactLaw:
    """Stochastic rounding of `step` * g to integers, coordinate by coordinate and independently.

    Coordinate i becomes sign(g_i) times floor(step |g_i|), plus one with the probability that is left over.
    """
    g = fractions(gradient)
    lengths = [Fraction(step) * abs(x) for x in g]
    whole = [math.floor(x) for x in lengths]
    rest = [x - k for x, k in zip(lengths, whole, strict=True)]
    signs = np.array([(x > 0) - (x < 0) for x in g], dtype=np.int64)
    ups = np.array(list(itertools.product((0, 1), repeat=g.size)), dtype=np.int64)
    denominator = math.lcm(*(x.denominator for x in rest))
    weights = np.ones(len(ups), dtype=object)
    for up, share in zip(ups.T, rest, strict=True):
        both = np.array([int((1 - share) * denominator), int(share * denominator)], dtype=object)  # beyond 64 bits too
        weights = weights * both[up]
    return ExactLaw((ups + np.array(whole, dtype=np.int64)) * signs, weights, denominator**g.size)
