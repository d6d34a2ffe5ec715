"""The kernel's polynomial arithmetic against SymPy's, and its limits."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from random_models import open_proof

from convbound.proofs.kernel import (
    MAX_BITS,
    MAX_EXPONENT,
    KernelError,
    Poly,
    add,
    constant,
    multiply,
    rational,
    scale,
    show,
    subtract,
    variable,
)
from shared import examples

NAMES = ("x", "y", "c", "L")
often = settings(max_examples=examples(40), derandomize=True, deadline=None)
numbers = st.fractions(min_value=-20, max_value=20, max_denominator=12)
monomials = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 4), max_size=3).map(
    lambda m: tuple(sorted(m.items()))
)
polys = st.dictionaries(monomials, numbers, max_size=6).map(
    lambda p: add(*({m: c} for m, c in p.items() if c))  # normal form: no zero coefficients, integers as integers
)


def expression(p: Poly) -> sympy.Expr:
    """The same polynomial in SymPy."""
    terms = (
        sympy.Rational(Fraction(c).numerator, Fraction(c).denominator)
        * sympy.Mul(*(sympy.Symbol(a) ** e for a, e in m))
        for m, c in p.items()
    )
    return sympy.Add(*terms)


def same(p: Poly, e: sympy.Expr) -> bool:
    return sympy.expand(expression(p) - e) == 0


@given(p=polys, q=polys)
@often
def test_sum_difference_and_product(p: Poly, q: Poly) -> None:
    a, b = expression(p), expression(q)
    assert same(add(p, q), a + b)
    assert same(subtract(p, q), a - b)
    assert same(multiply(p, q), a * b)


@given(p=polys, q=polys, c=numbers)
@often
def test_equality_is_that_of_expanded_expressions(p: Poly, q: Poly, c: Fraction) -> None:
    assert (p == q) == (sympy.expand(expression(p) - expression(q)) == 0)
    assert same(scale(c, p), sympy.Rational(c.numerator, c.denominator) * expression(p))
    assert subtract(p, p) == {} and scale(0, p) == {}


@given(p=polys, q=polys, r=polys)
@often
def test_ring(p: Poly, q: Poly, r: Poly) -> None:
    assert multiply(p, add(q, r)) == add(multiply(p, q), multiply(p, r))
    assert multiply(p, q) == multiply(q, p)
    assert multiply(multiply(p, q), r) == multiply(p, multiply(q, r))
    assert add(p, q) == add(q, p)
    assert multiply(p, constant(1)) == p and multiply(p, {}) == {}


@given(p=polys, q=polys)
@often
def test_normal_form(p: Poly, q: Poly) -> None:
    for result in (add(p, q), multiply(p, q), subtract(p, q)):
        assert all(result.values()), "no zero coefficients"
        assert all(isinstance(c, int) or c.denominator > 1 for c in result.values()), "integers are integers"
        assert all(list(m) == sorted(m) and len({a for a, _ in m}) == len(m) for m in result)


@given(p=polys, q=polys)
@often
def test_reading_and_writing(p: Poly, q: Poly) -> None:
    proof = open_proof()
    assert proof.read(proof.write(p)) == p
    assert (proof.write(p) == proof.write(q)) == (p == q)
    assert (show(p) == show(q)) == (p == q)


@given(p=polys)
@often
def test_what_is_shown_is_the_polynomial(p: Poly) -> None:
    assert same(p, sympy.sympify(show(p).replace("^", "**")))


@given(
    data=st.permutations(
        [["*", "1/2", ["^", "x", 2]], ["*", "-1/2", "x", "x"], ["*", "y", "3"], ["*", "0", ["^", "c", 9]]]
    )
)
@often
def test_reading_collects(data: Any) -> None:
    """Terms in any order, one monomial twice, factors twice, zeros: the same polynomial."""
    assert open_proof().read(["+", *data]) == scale(3, variable("y"))


NOT_RATIONAL = [
    "",
    "1.5",
    "1e3",
    " 1",
    "1 ",
    "+1",
    "--1",
    "1/-2",
    "1/0",
    "1/00",
    "/2",
    "½",
    "１",
    "1_000",
    "x",
    "1" * (MAX_BITS + 1),
]


@pytest.mark.parametrize("text", [*NOT_RATIONAL, 1, 1.0, True, None, ["1"]], ids=lambda x: repr(x)[:12])
def test_not_a_rational_number(text: Any) -> None:
    with pytest.raises(KernelError, match="is not a rational number"):
        rational(text)
    with pytest.raises(KernelError):
        open_proof().read(["*", "ghost" if text == "x" else text, "2"])


@pytest.mark.parametrize("text", ["0", "-0", "007", "-3/4", "6/4", "10/010"])
def test_a_rational_number(text: str) -> None:
    assert rational(text) == Fraction(text)


@pytest.mark.parametrize("power", [0, -1, MAX_EXPONENT + 1, 10**30, True, 1.0, "2", None, [1]])
def test_exponents(power: Any) -> None:
    with pytest.raises(KernelError, match="exponents are 1 to 64"):
        open_proof().read(["^", "x", power])


def test_limits() -> None:
    x = variable("x")
    power = constant(1)
    for _ in range(MAX_EXPONENT):
        power = multiply(power, x)
    with pytest.raises(KernelError, match="an exponent exceeds 64"):
        multiply(power, x)
    with pytest.raises(KernelError, match="a coefficient is too long"):
        constant(2**MAX_BITS)
    with pytest.raises(KernelError, match="a coefficient is too long"):
        multiply(constant(2 ** (MAX_BITS - 1)), constant(Fraction(3)))
    wide = add(*({(("x", k + 1), ("y", j + 1)): 1} for k in range(20) for j in range(20)))
    with pytest.raises(KernelError, match="a product has too many terms"):
        multiply(wide, wide)


MISSHAPEN = [
    None,
    7,
    1.0,
    True,
    {},
    {"x": 1},
    [],
    ["x"],
    ["+"],
    ["+", "x"],
    ["*", "x"],
    ["^", "x"],
    ["^", "x", 2, 2],
    [7, "x"],
    [["+", "x", "y"], "x"],
    ["S"],
    ["S", "g", "g"],
    ["-", "x", "y"],
    ["next", "w"],
    ["next", "step", "w", "w"],
    ["next", ["step"], "w"],
    ["limsup", "K"],
    ["limsup", ["K"], "x"],
    ["+", "x", ["1", [["x", 1]]]],
]


@pytest.mark.parametrize("data", MISSHAPEN, ids=repr)
def test_misshapen_expressions(data: Any) -> None:
    with pytest.raises(KernelError):
        open_proof().read(data)
