"""Conditions on parameters: written once, as comparisons of formulas; decided exactly, for one point and for arrays.

A condition is a function of parameters that returns comparisons, all of which must hold. On letters they are the text
that people read. At a point they are decided by enclosures with rational ends, which are exact as long as no square
root intervenes and are narrowed until the two sides are apart otherwise. On arrays doubles decide wherever the two
sides differ by more than rounding could explain, and every other point is decided exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import NamedTuple

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.bounds.notation import Written

FIRST_BITS, LAST_BITS = 128, 1 << 17
ROUNDING = 2.0**-32  # sides of a comparison closer than this, relatively, are not told apart by doubles
SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "="}
LATEX_SIGNS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "="}


class Comparison(NamedTuple):
    """`left sign right`, of two formulas in whatever arithmetic they were evaluated."""

    left: Number
    sign: str
    right: Number


Condition = Callable[..., Sequence[Comparison]]


class UndecidedError(Exception):
    """The enclosures are too wide to tell."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A real number between two fractions; one number where they are equal. Roots are enclosed to `bits` bits."""

    low: Fraction
    high: Fraction
    bits: int

    def _other(self, value: Number) -> Enclosed:
        if isinstance(value, Enclosed):
            return value
        number = Fraction(value)
        return Enclosed(number, number, self.bits)

    def _hull(self, values: Sequence[Fraction]) -> Enclosed:
        return Enclosed(min(values), max(values), self.bits)

    def __add__(self, other: Number) -> Enclosed:
        right = self._other(other)
        return Enclosed(self.low + right.low, self.high + right.high, self.bits)

    __radd__ = __add__

    def __sub__(self, other: Number) -> Enclosed:
        right = self._other(other)
        return Enclosed(self.low - right.high, self.high - right.low, self.bits)

    def __rsub__(self, other: Number) -> Enclosed:
        return self._other(other) - self

    def __mul__(self, other: Number) -> Enclosed:
        right = self._other(other)
        if self.low == self.high and right.low == right.high:
            return self._hull([self.low * right.low])
        return self._hull([a * b for a in (self.low, self.high) for b in (right.low, right.high)])

    __rmul__ = __mul__

    def __truediv__(self, other: Number) -> Enclosed:
        right = self._other(other)
        if right.low <= 0 <= right.high:
            if right.low == right.high:
                raise ZeroDivisionError
            raise UndecidedError
        return self * Enclosed(1 / right.high, 1 / right.low, self.bits)

    def __rtruediv__(self, other: Number) -> Enclosed:
        return self._other(other) / self

    def __pow__(self, exponent: int) -> Enclosed:
        if exponent % 2 == 0 and self.low < 0 < self.high:
            return Enclosed(Fraction(0), max(-self.low, self.high) ** exponent, self.bits)
        return self._hull([self.low**exponent, self.high**exponent])

    def sqrt(self) -> Enclosed:
        """The square root, exact where it is rational."""
        low = _root(max(self.low, Fraction(0)), self.bits)
        high = low if self.low == self.high else _root(self.high, self.bits)
        return Enclosed(low[0], high[1], self.bits)

    @staticmethod
    def extremum(a: Number, b: Number, name: str) -> Enclosed:
        """The maximum (`name` is "max") or minimum of two numbers."""
        of = a if isinstance(a, Enclosed) else b
        left, right = of._other(a), of._other(b)
        pick = max if name == "max" else min
        return Enclosed(pick(left.low, right.low), pick(left.high, right.high), of.bits)


def _root(value: Fraction, bits: int) -> tuple[Fraction, Fraction]:
    """Fractions around the square root of a nonnegative fraction, equal where the root is rational."""
    square = value.numerator * value.denominator  # √(a/b) = √(ab)/b
    whole = isqrt(square)
    if whole * whole == square:
        root = Fraction(whole, value.denominator)
        return root, root
    shift = max(0, bits - square.bit_length() // 2)
    scaled = isqrt(square << (2 * shift))
    over = value.denominator << shift
    return Fraction(scaled, over), Fraction(scaled + 1, over)


def _holds(comparison: Comparison) -> bool:
    """Whether a comparison of enclosed numbers holds; raises UndecidedError where they overlap."""
    sides = comparison.left, comparison.right
    of = next(side for side in sides if isinstance(side, Enclosed))
    left, right = (of._other(side) for side in sides)
    sign = comparison.sign
    if left.high < right.low:
        return sign in ("<", "<=")
    if left.low > right.high:
        return sign in (">", ">=")
    if left.low == left.high == right.low == right.high:
        return sign in ("<=", ">=", "==")
    if left.high == right.low and sign in ("<=", ">"):
        return sign == "<="
    if left.low == right.high and sign in (">=", "<"):
        return sign == ">="
    raise UndecidedError


def holds(condition: Callable[[Mapping[str, Number]], Sequence[Comparison]], point: Mapping[str, Fraction]) -> bool:
    """Whether all comparisons hold at a point of exact parameters; InputError where 10⁵ bits do not tell."""
    bits = FIRST_BITS
    while bits <= LAST_BITS:
        undecided = False
        try:
            comparisons = condition({name: Enclosed(value, value, bits) for name, value in point.items()})
        except UndecidedError:
            comparisons, undecided = (), True
        for comparison in comparisons:
            try:
                if not _holds(comparison):
                    return False
            except UndecidedError:
                undecided = True
        if not undecided:
            return True
        bits *= 4
    raise InputError("a condition on these parameters is too close to call.")


def doubtful(comparison: Comparison, inputs: Sequence[Number]) -> tuple[Number, Number]:
    """Whether a comparison of arrays holds, by doubles, and where doubles cannot tell.

    A parameter as it was given (one of `inputs`) against a number is exact.
    """
    import numpy as np

    left, right = np.asarray(comparison.left), np.asarray(comparison.right)
    verdict = {
        "<": np.less,
        "<=": np.less_equal,
        ">": np.greater,
        ">=": np.greater_equal,
        "==": np.equal,
    }[comparison.sign](left, right)
    if isinstance(comparison.right, int) and any(comparison.left is given for given in inputs):
        return verdict, np.zeros_like(verdict)
    close = ~(np.abs(left - right) > ROUNDING * np.maximum(np.abs(left), np.abs(right)))  # also where either is NaN
    return verdict, close


def written(comparisons: Sequence[Comparison]) -> Written | None:
    """The comparisons as text and LaTeX, None where there are none."""
    if not comparisons:
        return None
    texts, latex = [], []
    for left, sign, right in comparisons:
        first, second = Written.of(left), Written.of(right)
        texts.append(f"{first.text} {SIGNS[sign]} {second.text}")
        latex.append(f"{first.latex} {LATEX_SIGNS[sign]} {second.latex}")
    return Written(", ".join(texts), r",\; ".join(latex))
