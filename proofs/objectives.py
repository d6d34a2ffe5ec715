"""Concrete objectives with rational data, for witnesses and counterexamples: F, its gradient, and exact smoothness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

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


@dataclass(frozen=True)
class PiecewiseLinearGradient:
    """F on the line, F' periodic and linear between its values at the given knots of one period; F(knots[0]) = 0.

    The gradient is Lipschitz with the largest |slope| as its constant; F is bounded because the integral of F' over a
    period is zero, which is checked when the object is made.
    """

    knots: tuple[Fraction, ...]
    slopes_at: tuple[Fraction, ...]  # F' at the knots; the last knot is the first one of the next period

    def __post_init__(self) -> None:
        """Raises ValueError unless F' and F are periodic."""
        if self.slopes_at[0] != self.slopes_at[-1] or self._rise(len(self.knots) - 1) != 0:
            raise ValueError("F' and F must be periodic")

    def _rise(self, upto: int) -> Fraction:
        """F(knots[upto]) - F(knots[0])."""
        total = Fraction(0)
        for j in range(upto):
            width = self.knots[j + 1] - self.knots[j]
            total += width * (self.slopes_at[j] + self.slopes_at[j + 1]) / 2
        return total

    def _locate(self, x: Fraction) -> tuple[int, Fraction]:
        period = self.knots[-1] - self.knots[0]
        y = self.knots[0] + (x - self.knots[0]) % period
        j = max(k for k in range(len(self.knots) - 1) if self.knots[k] <= y)
        return j, y

    def value(self, w: Vector) -> Fraction:
        """F(w)."""
        j, y = self._locate(Fraction(w[0]))
        here = self.gradient((y,))[0]
        return self._rise(j) + (y - self.knots[j]) * (self.slopes_at[j] + here) / 2

    def gradient(self, w: Vector) -> tuple[Fraction, ...]:
        """F'(w)."""
        j, y = self._locate(Fraction(w[0]))
        a, b = self.slopes_at[j], self.slopes_at[j + 1]
        return (a + (b - a) * (y - self.knots[j]) / (self.knots[j + 1] - self.knots[j]),)

    def is_smooth(self, smoothness: Fraction) -> bool:
        """Whether |F'(w) - F'(v)| <= smoothness |w - v| for all w, v."""
        pieces = range(len(self.knots) - 1)
        return all(
            abs(self.slopes_at[j + 1] - self.slopes_at[j]) <= smoothness * (self.knots[j + 1] - self.knots[j])
            for j in pieces
        )

    def is_bounded_below(self, floor: Fraction) -> bool:
        """Whether F >= floor everywhere: F is least at a knot or where F' changes its sign."""
        points = list(self.knots)
        for j in range(len(self.knots) - 1):
            a, b = self.slopes_at[j], self.slopes_at[j + 1]
            if a * b < 0:
                points.append(self.knots[j] + (self.knots[j + 1] - self.knots[j]) * a / (a - b))
        return all(self.value((x,)) >= floor for x in points)


Objective = DiagonalQuadratic | PiecewiseLinearGradient


def quadratic(curvatures: Sequence[int | Fraction], centre: Sequence[int | Fraction]) -> DiagonalQuadratic:
    """F(w) = ½ Σ a_i (w_i - b_i)²."""
    return DiagonalQuadratic(tuple(map(Fraction, curvatures)), tuple(map(Fraction, centre)))
