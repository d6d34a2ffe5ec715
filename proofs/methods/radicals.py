"""Exact real numbers: rationals, and towers of square roots over them.

A `Tower` is a list of radicands, each a positive number of the field below it that is no square there. So the
products of distinct roots are linearly independent, a number is zero only if all its coefficients are, and its sign
is decided by squaring.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from convbound.proofs.models.surds import square_free

MOST_ROOTS = 5
BITS = 2200  # binary places of the enclosures behind `approximate`


class TooManyRootsError(ValueError):
    """A number would need more nested or independent square roots than are followed."""


class Tower:
    """The rationals with square roots adjoined, one after another."""

    def __init__(self) -> None:
        """The rationals."""
        self.radicands: list[Number] = []
        self.approximations: list[int] = []  # times 2^BITS

    def sqrt(self, x: Number | int) -> Number:
        """The nonnegative square root; adjoined where it is not in the field yet.

        Raises:
            ValueError: the number is negative.
            TooManyRootsError: the tower is as high as it may be.
        """
        x = lower(x)
        if sign(x) < 0:
            raise ValueError(f"the square root of the negative number {text(x)}")
        found = self.find_root(x)
        if found is not None:
            return found
        factor = Fraction(1)
        if isinstance(x, Fraction):
            s, m = square_free(x.numerator * x.denominator)
            factor, x = Fraction(s, x.denominator), Fraction(m)
        if len(self.radicands) >= MOST_ROOTS:
            raise TooManyRootsError(f"more than {MOST_ROOTS} independent square roots")
        self.radicands.append(x)
        self.approximations.append(isqrt(_fixed(x) << BITS))
        return Radical(self, {1 << (len(self.radicands) - 1): factor})

    def find_root(self, x: Number, level: int | None = None) -> Number | None:
        """The nonnegative root of a nonnegative number within the field, or None."""
        level = len(self.radicands) if level is None else level
        root = self._root(x, level)
        return -root if root is not None and sign(root) < 0 else root

    def _root(self, x: Number, level: int) -> Number | None:
        if level == 0:
            if not isinstance(x, Fraction) or x < 0:
                return None
            p, q = isqrt(x.numerator), isqrt(x.denominator)
            return Fraction(p, q) if p * p == x.numerator and q * q == x.denominator else None
        p_, q_ = split(x, level - 1)
        radicand = self.radicands[level - 1]
        r = Radical(self, {1 << (level - 1): Fraction(1)})
        if is_zero(q_):
            plain = self._root(p_, level - 1)
            if plain is not None:
                return plain
            quotient = self._root(divide(p_, radicand), level - 1)
            return None if quotient is None else quotient * r
        norm = self._root(p_ * p_ - q_ * q_ * radicand, level - 1)
        if norm is None:
            return None
        for half in ((p_ + norm) * Fraction(1, 2), (p_ - norm) * Fraction(1, 2)):
            s = self._root(half, level - 1)
            if s is not None and not is_zero(s):
                return s + divide(q_, 2 * s) * r
        return None


class Radical:
    """A number of a tower: rational multiples of products of its roots, keyed by the set of roots as a bit mask."""

    __slots__ = ("terms", "tower")

    def __init__(self, tower: Tower, terms: dict[int, Fraction]) -> None:
        self.tower, self.terms = tower, {m: c for m, c in terms.items() if c}

    def __add__(self, other: Number | int) -> Number:
        terms = dict(self.terms)
        for m, c in _terms(other).items():
            terms[m] = terms.get(m, Fraction(0)) + c
        return lower(Radical(self.tower, terms))

    def __neg__(self) -> Radical:
        return Radical(self.tower, {m: -c for m, c in self.terms.items()})

    def __sub__(self, other: Number | int) -> Number:
        return self + (-other)

    def __rsub__(self, other: Number | int) -> Number:
        return (-self) + other

    def __mul__(self, other: Number | int) -> Number:
        if isinstance(other, Fraction | int):
            return lower(Radical(self.tower, {m: c * other for m, c in self.terms.items()}))
        level = max(*self.terms, *other.terms).bit_length() - 1
        (a, b), (c, d) = split(self, level), split(other, level)
        crossed = _times_root(a * d + b * c, self.tower, level)
        return a * c + b * d * self.tower.radicands[level] + crossed

    __radd__, __rmul__ = __add__, __mul__

    def __truediv__(self, other: Number | int) -> Number:
        return self * inverse(other)

    def __rtruediv__(self, other: Number | int) -> Number:
        return inverse(self) * other

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Radical) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))

    def __float__(self) -> float:
        return _fixed(self) / (1 << BITS)

    def __repr__(self) -> str:
        return text(self)


Number = Fraction | Radical


def _terms(x: Number | int) -> dict[int, Fraction]:
    return x.terms if isinstance(x, Radical) else {0: Fraction(x)}


def lower(x: Number | int) -> Number:
    """A rational as a `Fraction`, anything else as it is."""
    if isinstance(x, Radical):
        return x if any(x.terms) else x.terms.get(0, Fraction(0))
    return x if type(x) is Fraction else Fraction(x)


def split(x: Number, level: int) -> tuple[Number, Number]:
    """(a, b) of x = a + b·r for the root r of that level, which is the highest that x has."""
    if isinstance(x, Fraction):
        return x, Fraction(0)
    bit = 1 << level
    with_root = {m ^ bit: c for m, c in x.terms.items() if m & bit}
    without = {m: c for m, c in x.terms.items() if not m & bit}
    return lower(Radical(x.tower, without)), lower(Radical(x.tower, with_root))


def _times_root(x: Number, tower: Tower, level: int) -> Number:
    return lower(Radical(tower, {m | (1 << level): c for m, c in _terms(x).items()}))


def inverse(x: Number | int) -> Number:
    """1/x. Raises ZeroDivisionError for zero."""
    if isinstance(x, Fraction | int):
        return 1 / Fraction(x)
    level = max(x.terms).bit_length() - 1
    a, b = split(x, level)
    return (a - _times_root(b, x.tower, level)) * inverse(a * a - b * b * x.tower.radicands[level])


def divide(x: Number | int, y: Number | int) -> Number:
    """x/y."""
    return lower(x) * inverse(y)


def is_zero(x: Number | int) -> bool:
    """Whether the number is zero."""
    return not x.terms if isinstance(x, Radical) else not x


def sign(x: Number | int) -> int:
    """-1, 0 or 1, decided exactly."""
    if isinstance(x, Fraction | int):
        return (x > 0) - (x < 0)
    if not x.terms:
        return 0
    level = max(x.terms).bit_length() - 1
    if level < 0:
        return sign(lower(x))
    a, b = split(x, level)
    s, t = sign(a), sign(b)
    if s == t or not s or not t:
        return s or t
    return s * sign(a * a - b * b * x.tower.radicands[level])


def _fixed(x: Number | int) -> int:
    """x·2^BITS, nearly."""
    if not isinstance(x, Radical):
        x = Fraction(x)
        return (x.numerator << BITS) // x.denominator
    total = 0
    for m, c in x.terms.items():
        product = 1 << BITS
        for k in range(m.bit_length()):
            if m >> k & 1:
                product = product * x.tower.approximations[k] >> BITS
        total += product * c.numerator // c.denominator
    return total


def approximate(x: Number | int) -> Fraction:
    """A rational near the number: about `BITS` binary places, for floats, guesses and display only."""
    return Fraction(_fixed(x), 1 << BITS) if isinstance(x, Radical) else Fraction(x)


def text(x: Number | int) -> str:
    """The number for people: 2/3, √11, 131/50 + 9/50·√481."""
    if not isinstance(x, Radical):
        return str(x)
    return " + ".join(_term(m, c, x.tower) for m, c in sorted(x.terms.items())).replace("+ -", "- ") or "0"


def _term(mask: int, c: Fraction, tower: Tower) -> str:
    roots = [_root_text(tower.radicands[k]) for k in range(mask.bit_length()) if mask >> k & 1]
    head = "" if c == 1 and roots else "-" if c == -1 and roots else str(c) + ("·" if roots else "")
    return head + "·".join(roots)


def _root_text(radicand: Number) -> str:
    inner = text(radicand)
    return f"√{inner}" if inner.isdigit() else f"√({inner})"
