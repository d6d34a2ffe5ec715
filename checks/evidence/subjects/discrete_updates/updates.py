"""Instances about one draw: counts of the zero-inflated multinomial, and the ZIM update at one gradient."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
import numpy.typing as npt

from convbound.bounds.arithmetic import Number
from convbound.checks.arrays import Array
from convbound.checks.evidence.record import Instance, Numbers, Values
from convbound.checks.simulation.exact import enumerate_counts
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.sampling import (
    ZIMultinomial,
    draw_counts,
    draw_sparse,
    draw_updates,
    draw_updates_sparse,
)
from convbound.checks.simulation.schemes.zim import enumerate_update


def show(values: Numbers, most: int = 4) -> str:
    """A vector for people: its first entries."""
    entries = ", ".join(str(x) for x in values[:most])
    return f"({entries}{', ...' if len(values) > most else ''})"


@dataclass(frozen=True)
class CountSampler:
    """Draws of y ~ ZIMultinomial(n, r, q), or of its squared norm."""

    n: int
    r: float
    q: tuple[float, ...]
    squared: bool

    def sample(self, rng: np.random.Generator, size: int) -> npt.NDArray[np.float64]:
        """Shape (size, d), or (size, 1) for the squared norm."""
        law = ZIMultinomial(self.n, self.r, np.array(self.q))
        if self.squared:
            return draw_sparse(law, size, rng).squared_norms()[:, None].astype(float)
        return draw_counts(law, size, rng).astype(float)


@dataclass(frozen=True)
class Counts(Instance):
    """E y, coordinate by coordinate, or E |y|^2, for y ~ ZIMultinomial(n, r, q)."""

    n: int
    r: Fraction
    q: Numbers
    squared: bool = False

    @property
    def text(self) -> str:
        """The parameters."""
        return f"n = {self.n}, r = {self.r}, q = {show(self.q)}"

    @property
    def engines(self) -> tuple[str, ...]:
        """The samplers of counts."""
        return ("counts",)

    def values(self) -> Values:
        """n, r, d and the vectors q and p = r q."""
        return {"n": self.n, "r": self.r, "d": len(self.q), "q": self.q, "p": tuple(self.r * x for x in self.q)}

    def exact(self) -> list[Number]:
        """By enumeration."""
        law = enumerate_counts(self.n, self.r, self.q)
        return [law.second_moment] if self.squared else list(law.mean)

    def sampler(self) -> CountSampler:
        """The fast sampler."""
        return CountSampler(self.n, float(self.r), tuple(float(x) for x in self.q), self.squared)

    def ranges(self) -> list[tuple[float, float]]:
        """Counts are at most n."""
        return [(0.0, float(self.n**2))] if self.squared else [(0.0, float(self.n))] * len(self.q)


@dataclass(frozen=True)
class UpdateSampler:
    """Draws of a ZIM update at one gradient, of its squared norm, or of its product with the gradient."""

    gradient: tuple[float, ...]
    n: int
    r: float
    c: float
    quantity: str

    def sample(self, rng: np.random.Generator, size: int) -> npt.NDArray[np.float64]:
        """Shape (size, d), or (size, 1) for a scalar quantity."""
        g = np.array(self.gradient)
        if self.quantity == "mean":
            return draw_updates(g, self.n, self.r, self.c, size, rng).astype(float)
        drawn = draw_updates_sparse(g, self.n, self.r, self.c, size, rng)
        if self.quantity == "square":
            return drawn.squared_norms()[:, None].astype(float)
        running = np.concatenate(([0.0], np.cumsum(drawn.counts * g[drawn.indices])))
        products: npt.NDArray[np.float64] = np.diff(running[drawn.start])[:, None]
        return products


@dataclass(frozen=True)
class Update(Instance):
    """E of the ZIM update at gradient g: the vector ("mean"), E |.|^2 ("square") or g . E(.) ("alignment").

    `L` and `G` are what Assumption 2 and a bound on the gradient say at that point, where a claim needs them.
    """

    g: Numbers
    n: int
    r: Fraction
    c: Fraction
    quantity: Literal["mean", "square", "alignment"]
    L: Number = None
    G: Number = None

    @property
    def gradient(self) -> Array:
        """g as an object array."""
        return fractions(self.g)

    @property
    def text(self) -> str:
        """The parameters."""
        known = "".join(f", {name} = {value}" for name, value in (("L", self.L), ("G", self.G)) if value is not None)
        return f"g = {show(self.g)}, d = {len(self.g)}, n = {self.n}, r = {self.r}, c = {self.c}{known}"

    @property
    def engines(self) -> tuple[str, ...]:
        """The samplers of updates."""
        return ("updates",)

    def values(self) -> Values:
        """n, r, c, d and the gradient; L and G where they are known."""
        known = {"n": self.n, "r": self.r, "c": self.c, "d": len(self.g), "g": self.g}
        return known | {name: x for name, x in (("L", self.L), ("G", self.G)) if x is not None}

    def exact(self) -> list[Number]:
        """By enumeration."""
        law = enumerate_update(self.gradient, self.n, self.r, self.c)
        match self.quantity:
            case "mean":
                return list(law.mean)
            case "square":
                return [law.second_moment]
        return [(self.gradient * law.mean).sum()]

    def sampler(self) -> UpdateSampler:
        """The fast sampler."""
        g = tuple(float(x) for x in self.g)
        return UpdateSampler(g, self.n, float(self.r), float(self.c), self.quantity)

    def ranges(self) -> list[tuple[float, float]]:
        """At most n hits, all on one coordinate."""
        match self.quantity:
            case "mean":
                return [(-float(self.n), float(self.n))] * len(self.g)
            case "square":
                return [(0.0, float(self.n**2))]
        return [(0.0, self.n * float(max(abs(x) for x in self.g)) + 1e-9)]
