"""Sign descent: signSGD with a lattice step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from convbound.bounds.arithmetic import Number
from convbound.checks.arrays import Array, Floats
from convbound.checks.simulation.exact.enumeration import ExactLaw, certain
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.schemes.base import Scheme


@dataclass(frozen=True)
class SignDescent(Scheme):
    """Every coordinate moves by -sign(g_i)."""

    name = "sign"
    title = "sign descent"
    coordinatewise = True

    def updates(self, gradients: Floats, smoothness: float, rng: np.random.Generator) -> Floats:
        """Nothing is drawn."""
        return np.sign(gradients)

    def exact_law(self, gradient: Sequence[Number] | Array, smoothness: Number = 0) -> ExactLaw:
        """One outcome."""
        return certain([(x > 0) - (x < 0) for x in fractions(gradient)])

    def reach(self, slope: float) -> float:
        """One."""
        return float(slope != 0)
