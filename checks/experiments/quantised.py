"""Schemes of quantised training with levels -1 and 1, vectorised: arrays are (seeds, weights).

Each update of ASkewSGD is that of the claims of `askewsgd`: psi' s = max(-psi' g, -α psi) where psi ≤ 0, and s = -g
elsewhere; as printed, psi' s is 0 where psi = 0 (`update/closed-form`, refuted).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Scheme(Protocol):
    """A scheme of training; one object trains all seeds at once."""

    @property
    def name(self) -> str:
        """The row of the table."""

    def begin(self, shape: tuple[int, int]) -> None:
        """Forget everything: training starts, with weights of this shape."""

    def epoch(self, number: int) -> None:
        """An epoch ends, the first of number 1."""

    def used(self, w: Array, rng: np.random.Generator) -> Array:
        """The weights at which the gradient is taken."""

    def step(self, w: Array, g: Array, gamma: float) -> Array:
        """The weights after a step of length gamma."""


def quantised(w: Array) -> Array:
    """The nearest levels; 1 halfway."""
    return np.where(w >= 0, 1.0, -1.0)


def constraint(kind: str, w: Array, eps: float) -> tuple[Array, Array]:
    """(value, slope) of psi (19) or phi (22) for the levels -1 and 1."""
    inner = np.abs(w) <= 1
    u = np.where(inner, 1 - w * w, np.abs(w) - 1)
    slope = np.where(inner, -2 * w, np.sign(w))
    return (eps - u, -slope) if kind == "phi" else (eps - u * u, -2 * u * slope)


@dataclass
class FullPrecision:
    """Gradient descent, without levels."""

    name: str = "full precision"

    def begin(self, shape: tuple[int, int]) -> None:
        """Nothing to forget."""

    def epoch(self, number: int) -> None:
        """Nothing changes."""

    def used(self, w: Array, rng: np.random.Generator) -> Array:
        """The weights themselves."""
        return w

    def step(self, w: Array, g: Array, gamma: float) -> Array:
        """w - γ g."""
        return w - gamma * g


@dataclass
class BinaryConnect(FullPrecision):
    """The gradient at binary weights, drawn with mean clip(w) (4) or their signs; the latent weights are clipped."""

    name: str = "BinaryConnect"
    stochastic: bool = True

    def used(self, w: Array, rng: np.random.Generator) -> Array:
        """1 with probability (1 + clip(w))/2, else -1."""
        if not self.stochastic:
            return quantised(w)
        return np.where(rng.random(w.shape) < (1 + np.clip(w, -1, 1)) / 2, 1.0, -1.0)

    def step(self, w: Array, g: Array, gamma: float) -> Array:
        """clip(w - γ g)."""
        return np.asarray(np.clip(w - gamma * g, -1, 1))


@dataclass
class StraightThrough(FullPrecision):
    """The gradient at the signs, masked where |w| > 1; no clipping, so that such a weight never moves again."""

    name: str = "STE"

    def used(self, w: Array, rng: np.random.Generator) -> Array:
        """The signs."""
        return quantised(w)

    def step(self, w: Array, g: Array, gamma: float) -> Array:
        """w - γ g where |w| ≤ 1."""
        return w - gamma * g * (np.abs(w) <= 1)


@dataclass
class ASkewSGD(FullPrecision):
    """Steps that lead back to the feasible set; `annealing` multiplies the tolerance after every epoch."""

    name: str = "ASkewSGD"
    kind: str = "psi"
    eps: float = 1.0
    annealing: float = 0.88
    alpha: float = 0.1
    clip: float = 1.0
    printed_rule: bool = False
    tolerance: float = field(default=1.0, init=False)

    def begin(self, shape: tuple[int, int]) -> None:
        """Back to the first tolerance."""
        self.tolerance = self.eps

    def epoch(self, number: int) -> None:
        """The tolerance shrinks."""
        self.tolerance = self.eps * self.annealing**number

    def direction(self, w: Array, g: Array) -> Array:
        """The element of V nearest to -g, pushes clipped; 0 where V is empty (at a midpoint)."""
        value, slope = constraint(self.kind, w, self.tolerance)
        wanted, needed = -slope * g, -self.alpha * value
        pushed = (value <= 0) & ((wanted < needed) | ((value == 0) & self.printed_rule))
        safe = np.where(slope == 0, 1.0, slope)
        push = np.clip(np.where(slope == 0, 0.0, needed / safe), -self.clip, self.clip)
        return np.where(pushed, push, -g)

    def step(self, w: Array, g: Array, gamma: float) -> Array:
        """w + γ v."""
        return w + gamma * self.direction(w, g)


@dataclass
class DescentAscent(FullPrecision):
    """Descent on ℓ - λ phi, ascent on λ in [0, cap]."""

    name: str = "SGDA"
    eps: float = 0.01
    ascent: float = 0.001
    cap: float = 100.0
    multiplier: Array = field(default_factory=lambda: np.zeros((1, 1)), init=False)

    def begin(self, shape: tuple[int, int]) -> None:
        """All multipliers are 0."""
        self.multiplier = np.zeros(shape)

    def step(self, w: Array, g: Array, gamma: float) -> Array:
        """w - γ (g - λ phi'), and then λ - η phi."""
        value, slope = constraint("phi", w, self.eps)
        after = w - gamma * (g - self.multiplier * slope)
        self.multiplier = np.clip(self.multiplier - self.ascent * value, 0, self.cap)
        return after


@dataclass
class ProxQuant(FullPrecision):
    """A gradient step, then the proximal map of `strength` times the distance to the levels (`prox/soft-threshold`)."""

    name: str = "ProxQuant"
    strength: float = 0.01

    def step(self, w: Array, g: Array, gamma: float) -> Array:
        """Soft thresholding towards the nearest level."""
        z = w - gamma * g
        level = quantised(z)
        gap = z - level
        return np.asarray(level + np.sign(gap) * np.maximum(np.abs(gap) - gamma * self.strength, 0))
