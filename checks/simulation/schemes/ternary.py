"""Ternary steps: one lattice step against the slope, as often as makes its mean that of a gradient step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from convbound.bounds.arithmetic import Number
from convbound.checks.simulation.schemes.coordinate import CoordinateScheme, Positive, sign


class Ternary(CoordinateScheme):
    """Move by -sign(g) with probability alpha |g|; no slope may exceed 1 / alpha."""

    alpha: Positive = 0.1

    name = "ternary"
    title = "ternary steps"
    letters: ClassVar[Mapping[str, str]] = {"alpha": "alpha"}
    rates = ("alpha",)

    def law(self, g: Number) -> list[tuple[Number, Number]]:
        """One move, or none."""
        return [(sign(g), self.alpha * abs(g))]

    def moments(self, g: Number) -> tuple[Number, Number]:
        """Unbiased; a move has length one."""
        return self.alpha * g, self.alpha * abs(g)

    def constants(self, dimension: int) -> dict[str, Number]:
        """Those of (2.2) and (2.3): alpha |g| is at most 1/4 + alpha^2 g^2."""
        return {"alpha": self.alpha, "mu": 1, "M": dimension / (4 * self.alpha), "M_G": 1}
