"""Sign descent: signSGD with a lattice step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from convbound.checks.simulation.exact.enumeration import ExactLaw, certain
from convbound.checks.simulation.problems.base import Array, fractions
from convbound.checks.simulation.schemes.base import Floats, Scheme


@dataclass(frozen=True)
class SignDescent(Scheme):
    """Every coordinate moves by -sign(g_i)."""

    name = "sign"
    title = "sign descent"
    coordinatewise = True

    def updates(self, gradients: Floats, smoothness: float, rng: np.random.Generator) -> Floats:
        """Nothing is drawn."""
        return np.sign(gradients)

    def exact_law(self, gradient: Sequence[Any] | Array, smoothness: Any = 0) -> ExactLaw:
        """One outcome."""
        return certain([(x > 0) - (x < 0) for x in fractions(gradient)])

    def reach(self, slope: float) -> float:
        """One."""
        return float(slope != 0)
