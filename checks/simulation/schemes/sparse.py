"""A compressed gradient step on the lattice: random sparsification, then stochastic rounding of what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from convbound.bounds.arithmetic import Number
from convbound.checks.simulation.schemes.coordinate import CoordinateScheme, Positive, Share, floor, sign


class Sparse(CoordinateScheme):
    """Each coordinate is kept with probability r, enlarged to alpha g / r, and rounded: omega is 1/r - 1."""

    alpha: Positive = 0.1
    r: Share = 0.5

    name = "sparse"
    title = "rounded random sparsification"
    letters: ClassVar[Mapping[str, str]] = {"alpha": "alpha", "r": "r"}
    rates = ("alpha",)

    def law(self, g: Number) -> list[tuple[Number, Number]]:
        """The two neighbours of alpha |g| / r with the sign of g, or nothing."""
        length = self.alpha * abs(g) / self.r
        whole = floor(length)
        rest = length - whole
        return [(sign(g) * whole, self.r * (1 - rest)), (sign(g) * (whole + 1), self.r * rest)]

    def constants(self, dimension: int) -> dict[str, Number]:
        """Those of (2.2) and (2.3): 1 + omega = 1/r times the square, and what rounding adds where one is kept."""
        return {"alpha": self.alpha, "mu": 1, "M": dimension * self.r / (4 * self.alpha), "M_G": 1 / self.r}
