"""Stochastic gradient descent off the lattice, with Gaussian noise: what discrete schemes are compared with."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.bounds.subjects.discrete_updates import CONSTANTS
from convbound.checks.arrays import Floats
from convbound.checks.simulation.schemes.base import Scheme


@dataclass(frozen=True)
class Sgd(Scheme):
    """w - alpha (g + noise * Z) with Z standard normal."""

    step: float = 0.1
    noise: float = 0.0

    name = "sgd"
    title = "SGD"
    letters: ClassVar[Mapping[str, str]] = {"step": "alpha", "noise": "noise"}
    rates = ("step",)
    assumptions = (CONSTANTS,)
    on_lattice = False

    def __post_init__(self) -> None:
        if not self.step > 0:
            raise InputError(f"alpha must be positive, not {self.step}.")
        if not self.noise >= 0:
            raise InputError(f"the noise must not be negative, but is {self.noise}.")

    def updates(self, gradients: Floats, smoothness: float, rng: np.random.Generator) -> Floats:
        """One normal number a coordinate."""
        noisy = gradients + self.noise * rng.standard_normal(gradients.shape) if self.noise else gradients
        return self.step * noisy

    def reach(self, slope: float) -> float:
        """As far as the tails of the noise."""
        return math.inf if self.noise else self.step * abs(slope)

    def constants(self, dimension: int) -> dict[str, Number]:
        """Those of Assumption 3."""
        variance = Fraction(self.noise) ** 2 * dimension
        return {"alpha": Fraction(self.step), "mu": 1, "M": variance, "M_G": 1}
