"""How expressions are written: what stands on the page has the value of what was meant."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from convbound.proofs.discrete_updates import vocabulary as words
from convbound.proofs.language.printing import VULGAR, plain
from convbound.proofs.language.vocabulary import Vocabulary, eq, le

v = Vocabulary()
A, B, C = v.reals("a b c")
VALUES = {"a": 0.7, "b": 1.9, "c": 3.3}
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
TOKEN = re.compile(r"\s*(\d+|[abc]|[½¼¾⅓⅔]|√|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[-+−/(),]|max|min|\^\(\d+/\d+\))")


class Reader:
    """Reads the plain text as a person does: juxtaposition multiplies, and binds as tightly as a stroke."""

    def __init__(self, text: str) -> None:
        self.tokens, place = [], 0
        while place < len(text):
            found = TOKEN.match(text, place)
            assert found, f"{text!r} at {place}"
            self.tokens.append(found[1])
            place = found.end()

    def peek(self) -> str:
        return self.tokens[0] if self.tokens else ""

    def next(self) -> str:
        return self.tokens.pop(0)

    def sum(self) -> float:
        value = -self.product(self.next()) if self.peek() == "−" else self.product()
        while self.peek() in ("+", "−"):
            value = value + self.product() if self.next() == "+" else value - self.product()
        return value

    def product(self, _: str = "") -> float:
        value = self.power()
        while self.peek() not in ("", "+", "−", ")", ","):
            value = value / self.power(self.next()) if self.peek() == "/" else value * self.power()
        return value

    def power(self, _: str = "") -> float:
        value = self.atom()
        while re.fullmatch(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\^\(\d+/\d+\)", self.peek()):
            exponent = self.next()
            value **= float(Fraction(exponent[2:-1])) if exponent[0] == "^" else int(exponent.translate(DIGITS))
        return value

    def atom(self) -> float:
        token = self.next()
        if token == "√":
            return self.atom() ** 0.5
        if token == "(":
            value = self.sum()
            assert self.next() == ")"
            return value
        if token in ("max", "min"):
            assert self.next() == "("
            values = [self.sum()]
            while (sign := self.next()) == ",":
                values.append(self.sum())
            assert sign == ")"
            return max(values) if token == "max" else min(values)
        vulgar = {text: float(value) for value, text in VULGAR.items()}
        return VALUES.get(token) or vulgar.get(token) or float(token)


expressions = st.recursive(
    st.sampled_from([A, B, C])
    | st.integers(-4, 4).map(sympy.Integer)
    | st.fractions(-3, 3, max_denominator=4).map(lambda x: sympy.Rational(x.numerator, x.denominator)),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: p[0] + p[1]),
        st.tuples(inner, inner).map(lambda p: p[0] - p[1]),
        st.tuples(inner, inner).map(lambda p: p[0] * p[1]),
        st.tuples(inner, st.sampled_from([A, A + B, B * C, 2 * A + 1])).map(lambda p: p[0] / p[1]),
        st.tuples(inner, st.integers(2, 3)).map(lambda p: p[0] ** p[1]),
        inner.map(lambda e: sympy.sqrt(e**2 + 1)),
        st.tuples(inner, inner).map(lambda p: sympy.Max(p[0], p[1])),
    ),
    max_leaves=7,
)


@settings(deadline=None)
@given(expressions)
def test_the_text_has_the_value_of_the_expression(e: Any) -> None:
    text = v.text(e)
    reader = Reader(text)
    value = reader.sum()
    assert not reader.tokens
    exact = {letter: sympy.Rational(str(VALUES[letter.name])) for letter in (A, B, C)}
    meant = float(e.xreplace(exact))  # a float here is no number to SymPy where two of them cancel
    assert value == pytest.approx(meant, rel=1e-6, abs=1e-6), text


@settings(deadline=None)
@given(expressions)
def test_the_latex_is_balanced_and_loses_no_exponent(e: Any) -> None:
    latex = v.tex(e)
    assert latex.count("{") == latex.count("}") and latex.count(r"\left") == latex.count(r"\right")
    assert not re.search(r"\^\{[^{}]*\}\^", latex)  # a double superscript is an error in TeX


def test_the_paper_reads_as_it_is_printed() -> None:
    i = words.iterates()
    decrease = -(i.mu - i.alpha * i.L * i.M_G / 2) * i.alpha * i.S(i.g**2) + i.alpha * i.L * i.M / 2
    assert i.v.text(decrease) == "−ᾱ(μ − ½ ᾱ L M_G) ‖∇F(w_k)‖₂² + ½ ᾱ L M"
    mean = i.E(i.avg(i.S(i.g**2)))
    assert i.v.tex(mean) == r"\mathbb{E}\left[\frac{1}{K}\sum_{k=1}^{K} \|\nabla F(w_k)\|_2^2\right]"
    assert i.v.tex(le(words.limsup(i.K, mean), i.L * i.M / i.mu)).startswith(r"\limsup_{K \to \infty} \mathbb{E}")
    gap = 2 * (i.F_1 - i.F_inf) / (i.K * i.mu * i.alpha)
    assert i.v.tex(gap) == r"\frac{2 \left(F(w_1) - F_{\inf}\right)}{\mu \bar\alpha K}"
    assert i.v.sides(eq(i.E_k(i.S(i.u**2)), i.M))[0].startswith(r"\mathbb{E}_{\xi_k}")


def test_an_index_is_not_lost_and_a_square_keeps_its_exponent() -> None:
    m = words.multinomial(gradient=False)
    assert m.v.text(m.E(words.last_value(m.x) ** 2)) == "E[x_i²]"
    assert m.v.tex(m.E(words.last_value(m.x) ** 2)) == r"\mathbb{E}\left[x_i^{2}\right]"
    assert m.v.text(words.next_value(m.x) ** 2) == "(x_i one draw later)²"
    assert m.v.text(m.S(m.q) * m.S(m.q**2)).count("(") == 1  # the first sum ends where its bracket does


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\bar\alpha", "ᾱ"),
        (r"\nabla F(w_k)_i", "∇F(w_k)_i"),
        (r"\|\nabla F(w)\|^2", "‖∇F(w)‖²"),
        (r"(w-\bar w)_i", "(w − w̄)_i"),
        (r"F_{\inf}", "F_inf"),
        ("M_G", "M_G"),
    ],
)
def test_names_in_latex_as_plain_text(latex: str, text: str) -> None:
    import unicodedata

    assert unicodedata.normalize("NFC", plain(latex)) == unicodedata.normalize("NFC", text)
