"""Separable objectives F(w) = sum_i F_i(w_i): quadratics, and coordinates that follow one piecewise quadratic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array, Indices
from convbound.checks.simulation.problems.base import fractions, numbers


@dataclass(frozen=True, eq=False)
class Profile:
    """A function f on R whose derivative is continuous and linear between knots: f' = slopes[j] at knots[j].

    With `period`, f' and f repeat (knots[-1] = knots[0] + period and equal slopes and heights there); without, f' goes
    on with curvature `left` before the first knot and `right` after the last. f(knots[0]) is `start`.
    """

    knots: Array
    slopes: Array
    start: Number
    left: Number = 0
    right: Number = 0
    period: Number = None
    heights: Array = field(init=False)
    curvatures: Array = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "knots", numbers(self.knots, "knots"))
        object.__setattr__(self, "slopes", numbers(self.slopes, "slopes"))
        steps = np.diff(self.knots)
        if self.knots.size < 2 or not np.all(steps > 0):
            raise InputError("a profile needs at least two knots, in ascending order.")
        heights = self.start + np.concatenate(([0], np.cumsum((self.slopes[1:] + self.slopes[:-1]) * steps / 2)))
        curvatures = np.concatenate((np.diff(self.slopes) / steps, [self.right]))
        object.__setattr__(self, "heights", heights)
        object.__setattr__(self, "curvatures", curvatures)
        if self.period is not None and not (
            self.knots[-1] == self.knots[0] + self.period
            and self.slopes[-1] == self.slopes[0]
            and heights[-1] == heights[0]
        ):
            raise InputError("a periodic profile must end where it began.")
        if self.period is None and (self.left < 0 or self.right < 0 or self._falls_outside()):
            raise InputError("the profile is not bounded below.")

    def _falls_outside(self) -> bool:
        before = self.left == 0 and self.slopes[0] > 0
        return bool(before or (self.right == 0 and self.slopes[-1] < 0))

    def locate(self, x: Array) -> tuple[Array, Array, Array]:
        """The knot that rules at x, the distance from it, and the curvature there; the shape of x."""
        if self.period is not None:
            x = self.knots[0] + (x - self.knots[0]) % self.period
        knot = np.maximum(np.searchsorted(self.knots, x, side="right") - 1, 0)
        return knot, x - self.knots[knot], np.where(x < self.knots[0], self.left, self.curvatures[knot])

    def slope(self, x: Array) -> Array:
        """f'(x), elementwise."""
        knot, distance, curvature = self.locate(x)
        slope: Array = self.slopes[knot] + curvature * distance
        return slope

    def height(self, x: Array) -> Array:
        """f(x), elementwise."""
        knot, distance, curvature = self.locate(x)
        height: Array = self.heights[knot] + self.slopes[knot] * distance + curvature * distance**2 / 2
        return height

    @property
    def steepest_curvature(self) -> Number:
        """The Lipschitz constant of f'."""
        return max(*(abs(k) for k in self.curvatures), abs(self.left))

    @property
    def minimum(self) -> Number:
        """The least value of f: at a knot, or where f' vanishes between knots."""
        lowest = list(self.heights)
        for j in range(self.knots.size - 1):
            if self.slopes[j] < 0 < self.slopes[j + 1]:
                lowest.append(self.heights[j] - self.slopes[j] ** 2 / self.curvatures[j] / 2)
        if self.period is None and self.left > 0 and self.slopes[0] > 0:
            lowest.append(self.heights[0] - self.slopes[0] ** 2 / self.left / 2)
        if self.period is None and self.right > 0 and self.slopes[-1] < 0:
            lowest.append(self.heights[-1] - self.slopes[-1] ** 2 / self.right / 2)
        return min(lowest)

    def converted(self, convert: Callable[[Array], Array]) -> Profile:
        """The same profile with every number converted (float or Fraction)."""
        exact = convert is fractions
        scalar = (lambda x: fractions([x])[0]) if exact else float
        return Profile(
            convert(self.knots),
            convert(self.slopes),
            scalar(self.start),
            scalar(self.left),
            scalar(self.right),
            None if self.period is None else scalar(self.period),
        )


@dataclass(frozen=True, eq=False)
class Separable:
    """F(w) = sum over a_i >= 0 of a_i (w_i - b_i)^2 / 2 plus sum over a_i < 0 of |a_i| f(w_i - b_i).

    `curvature` a and `centre` b have shape (d,); f is `profile`, needed where some a_i is negative.

    Raises:
        InputError: the shapes differ, or a profile is missing.
    """

    curvature: Array
    centre: Array
    profile: Profile | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "curvature", numbers(self.curvature, "curvature"))
        object.__setattr__(self, "centre", numbers(self.centre, "centre"))
        if self.curvature.ndim != 1 or self.curvature.size == 0 or self.curvature.shape != self.centre.shape:
            raise InputError("curvature and centre must be vectors of the same length, at least one.")
        if self.profile is None and np.any(self.curvature < 0):
            raise InputError("a negative curvature needs a profile that is bounded below.")

    @property
    def dimension(self) -> int:
        """The number d of coordinates."""
        return int(self.curvature.size)

    @property
    def smoothness(self) -> Number:
        """L = max over the coordinates."""
        steepest = self.curvature.max()
        if self.profile is None:
            return steepest
        return max(steepest, -self.curvature.min() * self.profile.steepest_curvature)

    @property
    def infimum(self) -> Number:
        """F_inf: each coordinate at its own minimum."""
        if self.profile is None:
            return 0 * self.curvature[0]
        return -self.curvature[self.curvature < 0].sum() * self.profile.minimum

    def gradient(self, w: Array) -> Array:
        """The gradient at points of shape (..., d)."""
        return self._slope(self.curvature, w - self.centre)

    def gradient_at(self, coordinates: Indices | slice | int, w: Array) -> Array:
        """Single entries of the gradient: `w` holds the value of each of the given coordinates, in their shape."""
        return self._slope(self.curvature[coordinates], w - self.centre[coordinates])

    def _slope(self, curvature: Array, u: Array) -> Array:
        slope: Array = curvature * u
        if self.profile is None:
            return slope
        return np.where(curvature < 0, -curvature * self.profile.slope(u), slope)

    def value(self, w: Array) -> Number:
        """F at points of shape (..., d); shape (...)."""
        u = w - self.centre
        height = self.curvature * u**2 / 2
        if self.profile is not None:
            height = np.where(self.curvature < 0, -self.curvature * self.profile.height(u), height)
        return height.sum(axis=-1)

    def rational(self) -> Separable:
        """The same function in exact arithmetic."""
        profile = None if self.profile is None else self.profile.converted(fractions)
        return Separable(fractions(self.curvature), fractions(self.centre), profile)

    def floating(self) -> Separable:
        """The same function on float64 arrays, every number rounded once; itself where it is on such arrays already."""
        if self.profile is None and self.curvature.dtype == self.centre.dtype == np.float64:
            return self
        profile = None if self.profile is None else self.profile.converted(_floats)
        return Separable(_floats(self.curvature), _floats(self.centre), profile)


def _floats(values: Array) -> Array:
    return values.astype(np.float64)
