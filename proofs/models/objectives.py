"""Concrete objectives with rational data, for witnesses and counterexamples: F, its gradient, and exact smoothness."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

Vector = Sequence[Fraction]


@dataclass(frozen=True)
class DiagonalQuadratic:
    """F(w) = ½ Σ a_i (w_i - b_i)²; its gradient is Lipschitz with the constant max |a_i|, and with no smaller one."""

    curvatures: tuple[Fraction, ...]
    centre: tuple[Fraction, ...]

    def value(self, w: Vector) -> Fraction:
        """F(w)."""
        terms = (a * (x - b) ** 2 for a, x, b in zip(self.curvatures, w, self.centre, strict=True))
        return sum(terms, Fraction(0)) / 2

    def gradient(self, w: Vector) -> tuple[Fraction, ...]:
        """∇F(w)."""
        return tuple(a * (x - b) for a, x, b in zip(self.curvatures, w, self.centre, strict=True))

    def is_smooth(self, smoothness: Fraction) -> bool:
        """Whether ‖∇F(w) - ∇F(v)‖₂ <= smoothness ‖w - v‖₂ for all w, v."""
        return max(abs(a) for a in self.curvatures) <= smoothness

    def is_bounded_below(self, floor: Fraction) -> bool:
        """Whether F >= floor everywhere."""
        return all(a >= 0 for a in self.curvatures) and floor <= 0

    def is_convex(self, modulus: Fraction) -> bool:
        """Whether F(w) - modulus/2 ‖w‖² is convex: strong convexity, where the modulus is positive."""
        return min(self.curvatures) >= modulus

    def satisfies_polyak(self, mu: Fraction) -> bool:
        """Whether F is bounded below and ‖∇F(w)‖² >= 2 mu (F(w) - min F) for all w: Polyak and Łojasiewicz."""
        return all(a == 0 or a >= max(mu, Fraction(0)) for a in self.curvatures)

    @property
    def least(self) -> Fraction | None:
        """The least value of F, or None where there is none."""
        return Fraction(0) if all(a >= 0 for a in self.curvatures) else None

    @property
    def is_symmetric(self) -> bool:
        """Whether F does not change when the coordinates are permuted."""
        return len(set(zip(self.curvatures, self.centre, strict=True))) == 1


@dataclass(frozen=True)
class PiecewiseLinearGradient:
    """F(w) = f(w_1), f' periodic and linear between its values at the given knots of one period; f(knots[0]) = 0.

    The gradient is Lipschitz with the largest |slope| as its constant; F is bounded because the integral of f' over a
    period is zero, which is checked when the object is made.
    """

    knots: tuple[Fraction, ...]
    slopes_at: tuple[Fraction, ...]  # f' at the knots; the last knot is the first one of the next period
    dimension: int = 1

    def __post_init__(self) -> None:
        """Refuse, as a ValueError, an f' or f that is not periodic."""
        if self.slopes_at[0] != self.slopes_at[-1] or self.rises[-1] != 0:
            raise ValueError("f' and f must be periodic")

    @cached_property
    def rises(self) -> tuple[Fraction, ...]:
        """f at the knots."""
        total, rises = Fraction(0), [Fraction(0)]
        for j in range(len(self.knots) - 1):
            width = self.knots[j + 1] - self.knots[j]
            total += width * (self.slopes_at[j] + self.slopes_at[j + 1]) / 2
            rises.append(total)
        return tuple(rises)

    @property
    def is_symmetric(self) -> bool:
        """Whether F does not change when the coordinates are permuted."""
        return self.dimension == 1

    @property
    def period(self) -> Fraction:
        """F(w) has this period in w_1."""
        return self.knots[-1] - self.knots[0]

    def _locate(self, x: Fraction) -> tuple[int, Fraction]:
        y = self.knots[0] + (x - self.knots[0]) % self.period
        return min(bisect_right(self.knots, y), len(self.knots) - 1) - 1, y

    def slope(self, x: Fraction) -> Fraction:
        """f'(x)."""
        j, y = self._locate(Fraction(x))
        a, b = self.slopes_at[j], self.slopes_at[j + 1]
        return a + (b - a) * (y - self.knots[j]) / (self.knots[j + 1] - self.knots[j])

    def value(self, w: Vector) -> Fraction:
        """F(w)."""
        j, y = self._locate(Fraction(w[0]))
        return self.rises[j] + (y - self.knots[j]) * (self.slopes_at[j] + self.slope(y)) / 2

    def gradient(self, w: Vector) -> tuple[Fraction, ...]:
        """∇F(w)."""
        return (self.slope(Fraction(w[0])), *[Fraction(0)] * (self.dimension - 1))

    def is_smooth(self, smoothness: Fraction) -> bool:
        """Whether ‖∇F(w) - ∇F(v)‖₂ <= smoothness ‖w - v‖₂ for all w, v."""
        pieces = range(len(self.knots) - 1)
        return all(
            abs(self.slopes_at[j + 1] - self.slopes_at[j]) <= smoothness * (self.knots[j + 1] - self.knots[j])
            for j in pieces
        )

    @cached_property
    def minimum(self) -> Fraction:
        """The least value of F: at a knot, or where f' changes its sign."""
        values = list(self.rises)
        for j in range(len(self.knots) - 1):
            a, b = self.slopes_at[j], self.slopes_at[j + 1]
            if a * b < 0:
                width = (self.knots[j + 1] - self.knots[j]) * a / (a - b)
                values.append(self.rises[j] + width * a / 2)
        return min(values)

    def is_bounded_below(self, floor: Fraction) -> bool:
        """Whether F >= floor everywhere."""
        return self.minimum >= floor


@dataclass(frozen=True)
class PiecewiseQuadratic:
    """F(w) = f(w_1), f' linear between its values at the given knots and constant beyond them; f(knots[0]) is given.

    The gradient is Lipschitz with the largest |slope| of f' as its constant, and with no smaller one.
    """

    knots: tuple[Fraction, ...]
    slopes_at: tuple[Fraction, ...]  # f' at the knots
    first: Fraction = Fraction(0)  # f at the first knot

    def __post_init__(self) -> None:
        """Refuse, as a ValueError, knots that do not rise, or too few of them."""
        rising = all(a < b for a, b in pairwise(self.knots))
        if len(self.knots) < 2 or len(self.knots) != len(self.slopes_at) or not rising:
            raise ValueError("a piecewise quadratic has two knots or more, rising, and a slope at each")

    def slope(self, x: Fraction) -> Fraction:
        """f'(x)."""
        if x <= self.knots[0] or x >= self.knots[-1]:
            return self.slopes_at[0 if x <= self.knots[0] else -1]
        j = bisect_right(self.knots, x) - 1
        a, b = self.slopes_at[j], self.slopes_at[j + 1]
        return a + (b - a) * (x - self.knots[j]) / (self.knots[j + 1] - self.knots[j])

    def value(self, w: Vector) -> Fraction:
        """F(w): f' is linear between knots, so a piece adds its width times the mean of its two slopes."""
        x, total = Fraction(w[0]), self.first
        if x < self.knots[0]:
            return total + (x - self.knots[0]) * self.slopes_at[0]
        for a, b in pairwise([*(k for k in self.knots if k < x), x]):
            total += (b - a) * (self.slope(a) + self.slope(b)) / 2
        return total

    def gradient(self, w: Vector) -> tuple[Fraction, ...]:
        """∇F(w)."""
        return (self.slope(Fraction(w[0])),)

    def is_smooth(self, smoothness: Fraction) -> bool:
        """Whether |F'(w) - F'(v)| <= smoothness |w - v| for all w, v."""
        pieces = zip(pairwise(self.slopes_at), pairwise(self.knots), strict=True)
        return all(abs(b - a) <= smoothness * (y - x) for (a, b), (x, y) in pieces)

    @property
    def is_coercive(self) -> bool:
        """Whether F(w) grows without bound as |w| does."""
        return self.slopes_at[0] < 0 < self.slopes_at[-1]


Objective = DiagonalQuadratic | PiecewiseLinearGradient


def huber(delta: Fraction, centre: Fraction = Fraction(0)) -> PiecewiseQuadratic:
    """The Huber loss of w - centre: half the square up to delta, and then linear with the slope delta; 1-smooth."""
    return PiecewiseQuadratic((centre - delta, centre + delta), (-delta, delta), delta**2 / 2)


def quadratic(curvatures: Sequence[int | Fraction], centre: Sequence[int | Fraction]) -> DiagonalQuadratic:
    """F(w) = ½ Σ a_i (w_i - b_i)²."""
    return DiagonalQuadratic(tuple(map(Fraction, curvatures)), tuple(map(Fraction, centre)))
