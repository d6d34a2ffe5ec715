"""Schemes of training with levels, vectorised: arrays are (seeds, weights).

Each update of ASkewSGD is that of the claims of `askewsgd`: psi' s = max(-psi' g, -α psi) where psi ≤ 0, and s = -g
elsewhere; as printed, psi' s is 0 where psi = 0 (`update/closed-form`, refuted).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from convbound.checks.experiments.levels import BINARY, Array, Levels

Flags = NDArray[np.bool_]


class Scheme(Protocol):
    """A scheme of training; one object trains all seeds at once."""

    @property
    def name(self) -> str:
        """The row of the table."""

    def begin(self, shape: tuple[int, int]) -> None:
        """Forget everything: training starts, with weights of this shape."""

    def epoch(self, improved: Callable[[], Flags]) -> None:
        """An epoch ends; who asks is told for which seeds the loss of the quantised weights is the least so far."""

    def used(self, w: Array, rng: np.random.Generator) -> Array:
        """The weights at which the gradient is taken."""

    def step(self, w: Array, g: Array, gamma: float) -> Array:
        """The weights after a step of length gamma."""


@dataclass
class FullPrecision:
    """Gradient descent, without levels."""

    name: str = "full precision"
    levels: Levels = BINARY

    def begin(self, shape: tuple[int, int]) -> None:
        """Nothing to forget."""

    def epoch(self, improved: Callable[[], Flags]) -> None:
        """Nothing changes."""

    def used(self, w: Array, rng: np.random.Generator) -> Array:
        """The weights themselves."""
        return w

    def step(self, w: Array, g: Array, gamma: float) -> Array:
        """w - γ g."""
        return w - gamma * g


@dataclass
class BinaryConnect(FullPrecision):
    """The gradient at levels, drawn with mean clip(w) (4) or the nearest; the latent weights are clipped."""

    name: str = "BinaryConnect"
    stochastic: bool = True

    def used(self, w: Array, rng: np.random.Generator) -> Array:
        """A neighbouring level at random, or the nearest."""
        return self.levels.drawn(w, rng) if self.stochastic else self.levels.nearest(w)

    def step(self, w: Array, g: Array, gamma: float) -> Array:
        """clip(w - γ g)."""
        return np.asarray(np.clip(w - gamma * g, *self.levels.ends))


@dataclass
class StraightThrough(FullPrecision):
    """The gradient at the nearest levels, masked outside them; no clipping, so that such a weight never moves again."""

    name: str = "STE"

    def used(self, w: Array, rng: np.random.Generator) -> Array:
        """The nearest levels."""
        return self.levels.nearest(w)

    def step(self, w: Array, g: Array, gamma: float) -> Array:
        """w - γ g where w lies between the first and the last level."""
        low, high = self.levels.ends
        return w - gamma * g * ((low <= w) & (w <= high))


@dataclass
class ASkewSGD(FullPrecision):
    """Steps that lead back to the feasible set; `annealing` says when the tolerance shrinks by `factor`.

    Attributes:
        kind: "psi" (19) or "phi" (22, "modified").
        eps: the first tolerance.
        annealing: "epoch" after each, "plateau" after those that did not improve, "none".
        alpha: how fast a push leads back.
        clip: the longest push.
        printed_rule: stand still where psi = 0, as the closed form is printed.
    """

    name: str = "ASkewSGD"
    kind: str = "psi"
    eps: float = 1.0
    annealing: str = "epoch"
    factor: float = 0.88
    alpha: float = 0.1
    clip: float = 1.0
    printed_rule: bool = False
    tolerance: Array = field(default_factory=lambda: np.ones((1, 1)), init=False)

    def begin(self, shape: tuple[int, int]) -> None:
        """Back to the first tolerance."""
        self.tolerance = np.full((shape[0], 1), self.eps)

    def epoch(self, improved: Callable[[], Flags]) -> None:
        """The tolerance shrinks."""
        if self.annealing != "none":
            stays = improved()[:, None] if self.annealing == "plateau" else False
            self.tolerance = self.tolerance * np.where(stays, 1.0, self.factor)

    def direction(self, w: Array, g: Array) -> Array:
        """The element of V nearest to -g, pushes clipped; 0 where V is empty (at a midpoint)."""
        value, slope = self.levels.constraint(self.kind, w, self.tolerance)
        wanted, needed = -slope * g, -self.alpha * value
        pushed = (value <= 0) & ((wanted < needed) | ((value == 0) & self.printed_rule))
        safe = np.where(slope == 0, 1.0, slope)
        push = np.clip(np.where(slope == 0, 0.0, needed / safe), -self.clip, self.clip)
        return np.where(pushed, push, -g)

    def step(self, w: Array, g: Array, gamma: float) -> Array:
        """w + γ v."""
        return w + gamma * self.direction(w, g)


@dataclass
class ConstrainedFlow(ASkewSGD):
    """The flow that ASkewSGD comes from (17): one tolerance for ever, and pushes of any length."""

    name: str = "constrained flow"
    annealing: str = "none"
    clip: float = float("inf")


@dataclass
class DescentAscent(FullPrecision):
    """Descent on ℓ - λ phi, ascent on λ in [0, cap], once after `inner` steps of descent."""

    name: str = "SGDA"
    eps: float = 0.01
    ascent: float = 0.001
    cap: float = 100.0
    inner: int = 1
    multiplier: Array = field(default_factory=lambda: np.zeros((1, 1)), init=False)
    taken: int = field(default=0, init=False)

    def begin(self, shape: tuple[int, int]) -> None:
        """All multipliers are 0."""
        self.multiplier, self.taken = np.zeros(shape), 0

    def step(self, w: Array, g: Array, gamma: float) -> Array:
        """w - γ (g - λ phi'), and then λ - η phi."""
        value, slope = self.levels.constraint("phi", w, self.eps)
        after = w - gamma * (g - self.multiplier * slope)
        self.taken += 1
        if self.taken % self.inner == 0:
            self.multiplier = np.clip(self.multiplier - self.ascent * value, 0, self.cap)
        return after


@dataclass
class DualAscent(DescentAscent):
    """The multipliers move only where descent has come near the minimiser of ℓ - λ phi: after ten steps here."""

    name: str = "dual ascent"
    inner: int = 10


@dataclass
class ProxQuant(FullPrecision):
    """A gradient step, then the proximal map of `strength` times the distance to the levels (`prox/soft-threshold`)."""

    name: str = "ProxQuant"
    strength: float = 0.01

    def step(self, w: Array, g: Array, gamma: float) -> Array:
        """Soft thresholding towards the nearest level."""
        z = w - gamma * g
        level = self.levels.nearest(z)
        gap = z - level
        return np.asarray(level + np.sign(gap) * np.maximum(np.abs(gap) - gamma * self.strength, 0))
