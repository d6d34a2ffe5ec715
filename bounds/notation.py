"""A formula as people write it: the same functions, evaluated on letters, give plain text and LaTeX.

This is one more arithmetic, beside floats and symbols, so that the text beside a number cannot differ from what was
computed, and printing it needs no computer algebra.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

_NAMES = "alpha beta gamma delta epsilon eta theta kappa lambda mu nu xi pi rho sigma tau phi varphi psi omega Delta"
GREEK = dict(zip(_NAMES.split(), "αβγδεηθκλμνξπρστφφψωΔ", strict=True))
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
SUM, TERM, PRODUCT, POWER, ATOM = range(5)  # how tightly the outermost operation of an expression binds


@dataclass(frozen=True)
class Written:
    """An expression as plain text and as LaTeX; supports the arithmetic that the formulas use."""

    text: str
    latex: str
    binds: int = ATOM
    number: bool = False

    @classmethod
    def letter(cls, name: str) -> Written:
        """A parameter, by the name it has in the code; `M_G` is written with a subscript."""
        return cls(GREEK.get(name, name), f"\\{name}" if name in GREEK else name)

    @classmethod
    def of(cls, value: Written | int | Fraction) -> Written:
        """An expression as it is, or an exact number."""
        if isinstance(value, Written):
            return value
        if value < 0:
            raise ValueError("formulas write a difference, not a negative number")
        fraction = Fraction(value)
        if fraction.denominator == 1:
            return cls(str(fraction), str(fraction), ATOM, number=True)
        latex = rf"\frac{{{fraction.numerator}}}{{{fraction.denominator}}}"
        return cls(str(fraction), latex, PRODUCT, number=True)

    def _inside(self, at_least: int) -> Written:
        """The expression, in brackets unless its outermost operation binds at least so tightly."""
        if self.binds >= at_least:
            return self
        if self.binds == TERM and at_least < ATOM:  # a displayed fraction is its own bracket
            return Written(f"({self.text})", self.latex)
        return Written(f"({self.text})", rf"\left({self.latex}\right)")

    def __add__(self, other: Written | int) -> Written:
        right = Written.of(other)
        return Written(f"{self.text} + {right.text}", f"{self.latex} + {right.latex}", SUM)

    def __radd__(self, other: int) -> Written:
        return Written.of(other) + self

    def __sub__(self, other: Written | int) -> Written:
        right = Written.of(other)._inside(TERM)
        return Written(f"{self.text} − {right.text}", f"{self.latex} - {right.latex}", SUM)

    def __rsub__(self, other: int) -> Written:
        return Written.of(other) - self

    def __mul__(self, other: Written | int) -> Written:
        left, right = self._inside(TERM), Written.of(other)._inside(PRODUCT)
        if left.number and left.text == "1":
            return right
        if right.number and right.text == "1":
            return self
        if not right.number and left.binds == TERM:  # a/b · c is read as (a/b)·c only with a dot
            return Written(f"{left.text}·{right.text}", rf"{left.latex} \, {right.latex}", TERM)
        sign, latex_sign = (" · ", r" \cdot ") if right.number else (" ", r" \, ")
        if right.text.startswith("("):
            sign = ""
        return Written(f"{left.text}{sign}{right.text}", f"{left.latex}{latex_sign}{right.latex}", PRODUCT)

    def __rmul__(self, other: int) -> Written:
        return Written.of(other) * self

    def __truediv__(self, other: Written | int) -> Written:
        right = Written.of(other)
        text = f"{self._inside(PRODUCT).text}/{right._inside(POWER).text}"
        return Written(text, rf"\frac{{{self.latex}}}{{{right.latex}}}", TERM)

    def __rtruediv__(self, other: int) -> Written:
        return Written.of(other) / self

    def __pow__(self, exponent: int) -> Written:
        base = self._inside(ATOM)
        return Written(f"{base.text}{str(exponent).translate(SUPERSCRIPTS)}", f"{base.latex}^{{{exponent}}}", POWER)

    def sqrt(self) -> Written:
        """The square root."""
        return Written(f"√{self._inside(ATOM).text}", rf"\sqrt{{{self.latex}}}", POWER)

    @staticmethod
    def extremum(a: Written | int, b: Written | int, name: str) -> Written:
        """The maximum (`name` is "max") or minimum of two expressions."""
        left, right = Written.of(a), Written.of(b)
        return Written(
            f"{name}({left.text}, {right.text})", rf"\{name}\left({left.latex},\, {right.latex}\right)", ATOM
        )


def readable(value: Decimal) -> str:
    """A number for people: grouped, two decimals, six significant digits where it is small, a power of ten beyond."""
    if value == 0:
        return "0"
    size = value.adjusted()
    if -5 <= size < 15:
        places = 2 if size >= 1 else 5 - size
        text = f"{value:,.{places}f}".replace(",", " ")
        return text if size >= 1 or "." not in text else text.rstrip("0").rstrip(".")
    rounded = Context(prec=7).plus(value)
    return f"{rounded:.6e}".replace("e+", "e")


def short(value: Decimal) -> str:
    """The same within a sentence: no decimals that say nothing."""
    text = readable(value)
    return text.removesuffix(".00")
