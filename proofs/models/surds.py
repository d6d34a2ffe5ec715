"""Exact arithmetic with square roots: sums of rational multiples of roots of square-free integers.

The roots of distinct square-free integers are linearly independent over the rationals, so a number is zero only if all
its coefficients are, and the sign of any other number is found by narrowing a rational enclosure.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from math import gcd, isqrt


@cache
def square_free(n: int) -> tuple[int, int]:
    """(s, m) with n = s² m and m square-free, for n >= 1."""
    s, m, p = 1, n, 2
    while p * p <= m:
        while m % (p * p) == 0:
            m //= p * p
            s *= p
        p += 1
        if p > 100_000:
            root = isqrt(m)
            if root * root == m:
                return s * root, 1
            raise ValueError(f"cannot take the square part out of {n}")
    return s, m


class Surd:
    """A real number Σ c_m √m with rational c_m and square-free m. Immutable; exact in every operation."""

    __slots__ = ("terms",)

    def __init__(self, terms: Mapping[int, Fraction]) -> None:
        self.terms = {m: c if type(c) is Fraction else Fraction(c) for m, c in terms.items() if c}

    @staticmethod
    def of(x: Surd | Fraction | int) -> Surd:
        """The number itself, or a rational as a surd."""
        return x if isinstance(x, Surd) else Surd({1: Fraction(x)})

    @property
    def rational(self) -> Fraction | None:
        """The value where it is rational, else None."""
        return self.terms.get(1, Fraction(0)) if set(self.terms) <= {1} else None

    def __add__(self, other: Surd | Fraction | int) -> Surd:
        terms = dict(self.terms)
        for m, c in Surd.of(other).terms.items():
            terms[m] = terms.get(m, Fraction(0)) + c
        return Surd(terms)

    def __neg__(self) -> Surd:
        return Surd({m: -c for m, c in self.terms.items()})

    def __sub__(self, other: Surd | Fraction | int) -> Surd:
        return self + -Surd.of(other)

    def __mul__(self, other: Surd | Fraction | int) -> Surd:
        terms: dict[int, Fraction] = {}
        for a, x in self.terms.items():
            for b, y in Surd.of(other).terms.items():
                g = gcd(a, b)
                m = (a // g) * (b // g)
                terms[m] = terms.get(m, Fraction(0)) + x * y * g
        return Surd(terms)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other: Fraction | int) -> Surd:
        return Surd.of(other) - self

    def __pow__(self, exponent: int) -> Surd:
        result = Surd.of(1)
        for _ in range(exponent):
            result = result * self
        return result

    def inverse(self) -> Surd:
        """1/self, by multiplying with conjugates.

        Raises:
            ZeroDivisionError: it is zero.
        """
        if not self.terms:
            raise ZeroDivisionError("the inverse of zero")
        numerator, denominator = Surd.of(1), self
        while denominator.rational is None:
            m = max(denominator.terms)
            prime = next(p for p in range(2, m + 1) if m % p == 0)
            conjugate = Surd({k: -c if k % prime == 0 else c for k, c in denominator.terms.items()})
            numerator, denominator = numerator * conjugate, denominator * conjugate
        return numerator * (1 / denominator.terms[1])

    def __truediv__(self, other: Surd | Fraction | int) -> Surd:
        return self * Surd.of(other).inverse()

    def root(self) -> Surd:
        """The square root of a nonnegative rational.

        Raises:
            ValueError: it is anything else.
        """
        value = self.rational
        if value is None:
            raise ValueError(f"the root of {self} is not a sum of square roots")
        if value < 0:
            raise ValueError(f"the root of the negative number {value}")
        if value == 0:
            return self
        s, m = square_free(value.numerator * value.denominator)
        return Surd({m: Fraction(s, value.denominator)})

    def enclosure(self, bits: int) -> tuple[Fraction, Fraction]:
        """Rationals below and above; each root is enclosed to the given number of binary places."""
        low = high = Fraction(0)
        for m, c in self.terms.items():
            floor = isqrt(m << (2 * bits))
            exact = floor * floor == m << (2 * bits)
            a, b = Fraction(floor, 1 << bits), Fraction(floor if exact else floor + 1, 1 << bits)
            low, high = low + min(a * c, b * c), high + max(a * c, b * c)
        return low, high

    def sign(self) -> int:
        """-1, 0 or 1, decided exactly."""
        if not self.terms:
            return 0
        bits = 32
        while True:
            low, high = self.enclosure(bits)
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
            bits *= 2

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Surd | Fraction | int) and self.terms == Surd.of(other).terms

    def __lt__(self, other: Surd | Fraction | int) -> bool:
        return (self - other).sign() < 0

    def __le__(self, other: Surd | Fraction | int) -> bool:
        return (self - other).sign() <= 0

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))

    def __float__(self) -> float:
        low, high = self.enclosure(64)
        return float((low + high) / 2)

    def __str__(self) -> str:
        def term(m: int, c: Fraction) -> str:
            return str(c) if m == 1 else f"√{m}" if c == 1 else f"-√{m}" if c == -1 else f"{c}·√{m}"

        return " + ".join(term(m, c) for m, c in sorted(self.terms.items())).replace("+ -", "- ") or "0"

    __repr__ = __str__
