"""Sums of square roots against mpmath (with many digits) and SymPy (exactly)."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convbound.proofs.models.surds import Surd, square_free

often = settings(max_examples=150, derandomize=True, deadline=None)
fractions = st.fractions(min_value=-9, max_value=9, max_denominator=8)
surds = st.dictionaries(st.sampled_from([1, 2, 3, 5, 6, 7, 10, 15, 30]), fractions, max_size=4).map(Surd)
mpmath.mp.dps = 60


def near(s: Surd) -> mpmath.mpf:
    return mpmath.fsum(mpmath.mpf(c.numerator) / c.denominator * mpmath.sqrt(m) for m, c in s.terms.items())


def exact(s: Surd) -> sympy.Expr:
    return sympy.Add(*(sympy.Rational(c.numerator, c.denominator) * sympy.sqrt(m) for m, c in s.terms.items()))


def close(a: mpmath.mpf, b: mpmath.mpf) -> bool:
    return bool(abs(a - b) < mpmath.mpf(10) ** -45)


@given(a=surds, b=surds)
@often
def test_arithmetic(a: Surd, b: Surd) -> None:
    assert close(near(a + b), near(a) + near(b))
    assert close(near(a - b), near(a) - near(b))
    assert close(near(a * b), near(a) * near(b))
    assert (a - a).terms == {} and a + b == b + a and a * b == b * a
    assert 1 - a == -(a - 1) and 2 * a == a + a


@given(a=surds)
@often
def test_inverse(a: Surd) -> None:
    assume(a.terms)
    assert a * a.inverse() == 1
    assert a / a == 1


@given(a=surds, b=surds)
@often
def test_order(a: Surd, b: Surd) -> None:
    difference = near(a) - near(b)
    assert (a == b) == (abs(difference) < mpmath.mpf(10) ** -45)
    assert (a < b) == (a != b and difference < 0)
    assert (a <= b) == (a == b or difference < 0)
    assert a.sign() == (0 if not a.terms else 1 if near(a) > 0 else -1)
    assert (a == b) <= (hash(a) == hash(b))


@given(a=surds)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_zero_is_decided_exactly(a: Surd) -> None:
    assert (sympy.nsimplify(exact(a)) == 0) == (not a.terms)
    assert (a.rational is not None) == bool(exact(a).is_rational)


@given(a=surds, bits=st.integers(4, 80))
@often
def test_enclosures_hold_the_number(a: Surd, bits: int) -> None:
    low, high = a.enclosure(bits)
    x = near(a)
    slack = mpmath.mpf(10) ** -50
    assert (
        mpmath.mpf(low.numerator) / low.denominator - slack
        <= x
        <= mpmath.mpf(high.numerator) / high.denominator + slack
    )
    assert (low <= high) and abs(float(a) - float(x)) < 1e-9


@given(x=st.fractions(min_value=0, max_value=10_000, max_denominator=500))
@often
def test_roots_of_rationals(x: Fraction) -> None:
    root = Surd.of(x).root()
    assert root * root == x and root.sign() == (x > 0)
    assert exact(root) == sympy.sqrt(sympy.Rational(x.numerator, x.denominator))


@given(n=st.integers(1, 200_000))
@often
def test_square_part(n: int) -> None:
    s, m = square_free(n)
    assert s * s * m == n
    assert all(e == 1 for e in sympy.factorint(m).values())


def test_signs_of_numbers_that_are_close() -> None:
    """√a + √b against √c where floats see no difference."""
    a, b = Surd.of(10**8 + 1).root(), Surd.of(10**8).root()
    assert (a - b).sign() == 1 and a > b  # type: ignore[operator]
    # (√2 - 1)^20, as large numbers that nearly cancel
    power = Surd.of(1)
    for _ in range(20):
        power = power * (Surd.of(2).root() - 1)
    assert power.sign() == 1 and float(power) < 1e-7


@pytest.mark.parametrize(
    ("number", "error"),
    [(Surd.of(-1), "negative"), (Surd.of(2).root(), "not a sum of square roots")],
    ids=["negative", "irrational"],
)
def test_roots_that_are_refused(number: Surd, error: str) -> None:
    with pytest.raises(ValueError, match=error):
        number.root()


def test_a_large_square_part_is_refused_not_guessed() -> None:
    p, q = sympy.nextprime(10**6), sympy.nextprime(2 * 10**6)
    with pytest.raises(ValueError, match="cannot take the square part"):
        square_free(int(p * q * p))
    assert square_free(int(p * p)) == (p, 1)


def test_division_by_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        Surd({}).inverse()


@pytest.mark.parametrize(("value", "text"), [(Surd({}), "0"), (Surd({1: Fraction(1, 2), 2: Fraction(-1)}), "1/2 - √2")])
def test_text(value: Surd, text: str) -> None:
    assert str(value) == text
