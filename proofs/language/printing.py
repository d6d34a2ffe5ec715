"""How expressions are written, as text and as LaTeX: in the order of factors and terms in which papers write them.

Terms come by degree and a difference keeps its minus sign; factors come as number, parameters, brackets, sums, norms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import sympy

from convbound.bounds.notation import GREEK, SUPERSCRIPTS

if TYPE_CHECKING:
    from convbound.proofs.language.vocabulary import Vocabulary

Expr: TypeAlias = sympy.Expr
SUM, PRODUCT, LARGE, POWER, ATOM = range(5)  # how tightly the outermost sign binds; LARGE is a sum sign at the end
VULGAR = {Fraction(1, 2): "½", Fraction(1, 4): "¼", Fraction(3, 4): "¾", Fraction(1, 3): "⅓", Fraction(2, 3): "⅔"}
BARS = {"bar": "\u0304", "hat": "\u0302", "tilde": "\u0303"}


def plain(latex: str) -> str:
    """A name written in LaTeX, as plain text: ᾱ for \\bar\\alpha, ∇F(w_k)_i for \\nabla F(w_k)_i."""
    text = re.sub(r"\\(?:operatorname|mathbb|mathrm|text)\{([^{}]*)\}", r"\1", latex)
    text = text.replace(r"\nabla", "∇").replace(r"\|", "‖").replace(r"\inf", "inf")
    text = re.sub(r"\\([A-Za-z]+)", lambda m: GREEK.get(m[1], m[0]), text)
    text = re.sub(r"\\(bar|hat|tilde)\s*\{?(\w)\}?", lambda m: m[2] + BARS[m[1]], text)
    text = re.sub(r"(?<=‖)_(\d)", lambda m: "₀₁₂₃₄₅₆₇₈₉"[int(m[1])], text)
    text = re.sub(r"_\{(\w+)\}", r"_\1", text).replace("∇ ", "∇")
    text = re.sub(r"\^\{?(\d)\}?", lambda m: m[1].translate(SUPERSCRIPTS), text)
    return unicodedata.normalize("NFC", re.sub(r"(?<=\w)\s*-\s*(?=\w[^}]*$)", " − ", text))


@dataclass(frozen=True)
class Shown:
    """A piece of writing and how tightly it binds."""

    body: str
    binds: int = ATOM


class Writer:
    """Writes the expressions of a vocabulary; `latex` chooses LaTeX, else plain text."""

    def __init__(self, vocabulary: Vocabulary, latex: bool) -> None:
        self.latex = latex
        self.minus = "-" if latex else "−"
        self.names = vocabulary.latex
        self.rank = {name: k for k, name in enumerate(vocabulary.reading.split() or vocabulary.latex)}
        self.notations = {e: pair[latex] for e, pair in vocabulary.notations.items()}
        self.functionals = {f["name"]: f for f in vocabulary.functionals}
        self.scopes = {s["name"]: s for s in vocabulary.scopes}
        self.scoped = {s["name"] for s in vocabulary.symbols if s["scopes"]} | set(vocabulary.definitions)

    def write(self, expression: Expr) -> str:
        """The expression."""
        return self._show(expression, top=True).body

    def operator(self, name: str) -> str:
        """A functional without what it is applied to."""
        functional = self.functionals[name]
        if functional["kind"] == "expectation":
            return self._expectation(name)
        if functional["kind"] == "integral":
            return "the integral"
        sign = f"Σ_{self._range(functional['over'])[0]}"
        return sign if functional["kind"] == "sum" else f"the average over {sign[2:]}"

    # ------------------------------------------------------------------------------------------------- pieces

    def _in(self, shown: Shown, at_least: int) -> str:
        if shown.binds >= at_least:
            return shown.body
        return rf"\left({shown.body}\right)" if self.latex else f"({shown.body})"

    def _name(self, name: str) -> str:
        given = self.names.get(name) or name
        if given == name:
            stem, _, index = name.partition("_")
            if self.latex:
                stem = f"\\{stem}" if stem in GREEK else stem
                return f"{stem}_{{{index}}}" if index else stem
            return f"{GREEK.get(stem, stem)}_{index}" if index else GREEK.get(stem, stem)
        return given if self.latex else plain(given)

    def _number(self, c: Fraction) -> str:
        if c.denominator == 1:
            return str(c.numerator)
        if self.latex:
            return rf"\frac{{{c.numerator}}}{{{c.denominator}}}"
        return VULGAR.get(c, f"({c})")

    def _show(self, e: Expr, top: bool = False) -> Shown:
        if e in self.notations:
            body = self.notations[e]
            return Shown(body, self._binding(body))
        if e.is_Symbol:
            body = self._name(e.name)
            return Shown(body, self._binding(body))
        if e.is_Rational:
            c = Fraction(int(e.p), int(e.q))
            return Shown(self.minus * (c < 0) + self._number(abs(c)), SUM if c < 0 else ATOM)
        if e.is_Add:
            return self._sum(e, top)
        if e.is_Mul or (e.is_Pow and e.exp.is_negative):
            return self._product(e)
        if e.is_Pow:
            return self._power(e.base, e.exp)
        if isinstance(e, sympy.Abs):
            return Shown(f"|{self.write(e.args[0])}|")
        if isinstance(e, sympy.Max | sympy.Min):
            name = type(e).__name__.lower()
            inner = ", ".join(sorted((self.write(a) for a in e.args), key=len))
            return Shown(rf"\{name}\left({inner}\right)" if self.latex else f"{name}({inner})")
        if e.is_Function:
            return self._application(e.func.__name__, e.args)
        return Shown(str(e))

    def _binding(self, body: str) -> int:
        """How tightly a notation binds, to its looks: an inner product, words, or something with an exponent."""
        outside = re.sub(r"\([^()]*\)|\[.*\]|\{[^{}]*\}|‖[^‖]*‖", "", body)
        if re.search(r"\^T|^\\sum" if self.latex else r"ᵀ|^Σ| ", outside):
            return PRODUCT
        return POWER if re.search(r"[\^²]\S*$", body) else ATOM

    def _power(self, base: Expr, exponent: Expr) -> Shown:
        if exponent == sympy.Rational(1, 2):
            inner = self._show(base, top=True)
            return Shown(rf"\sqrt{{{inner.body}}}" if self.latex else f"√{self._in(inner, ATOM)}", POWER)
        body = self._in(self._show(base), ATOM)
        if self.latex:
            return Shown(f"{body}^{{{self.write(exponent)}}}", POWER)
        if exponent.is_Integer:
            return Shown(body + str(exponent).translate(SUPERSCRIPTS), POWER)
        return Shown(f"{body}^({exponent})", POWER)

    # ----------------------------------------------------------------------------------------------- products

    def _rank(self, factor: Expr) -> tuple[int, int, str]:
        base = factor.base if factor.is_Pow else factor
        if base.is_Rational:
            return (0, 0, "")
        if base in self.notations or base.is_Function:
            return (4, 0, "")
        if base.is_Symbol:
            return (3 if base.name in self.scoped else 1, self.rank.get(base.name, len(self.rank)), base.name)
        if factor.is_Pow and factor.exp.is_Rational and not factor.exp.is_Integer and base.is_Symbol:
            return self._rank(base)
        return (2, 0, "")

    def _factors(self, factors: Sequence[Expr]) -> list[str]:
        ordered = sorted(factors, key=self._rank)
        shown = [self._show(f) for f in ordered]
        return [self._in(s, PRODUCT if k == len(shown) - 1 else POWER) for k, s in enumerate(shown)]

    def _product(self, e: Expr) -> Shown:
        """A product with its sign: SUM if that is a minus."""
        c, rest = e.as_coeff_Mul()
        c = Fraction(int(c.p), int(c.q))
        above, below = [], []
        for f in sympy.Mul.make_args(rest):
            if f.is_Pow and f.exp.is_negative:
                below.append(sympy.Pow(f.base, -f.exp))
                continue
            if f.is_Add:
                content, f = self._content(f)
                c *= content
            above.append(f)
        above = [f for f in above if f != 1]
        sign, c = (self.minus if c < 0 else ""), abs(c)
        top, bottom = self._factors(above), self._factors(below)
        if not bottom:
            lead = [] if c == 1 and top else [self._number(c)]
            binds = PRODUCT if len(lead + top) > 1 else ATOM
            if binds == ATOM and len(above) == 1:
                binds = min(PRODUCT, self._show(above[0]).binds) if top else ATOM
            return Shown(sign + self._join(lead + top), SUM if sign else binds)
        if c.numerator != 1 or not top:
            top = [str(c.numerator), *top]
        if c.denominator != 1:
            bottom = [str(c.denominator), *bottom]
        if len(top) == len(above) == 1:
            top = [self._show(above[0], top=True).body] if self.latex else top
        if len(bottom) == len(below) == 1 and self.latex:
            bottom = [self._show(below[0], top=True).body]
        if self.latex:
            return Shown(rf"{sign}\frac{{{self._join(top)}}}{{{self._join(bottom)}}}", SUM if sign else PRODUCT)
        denominator = self._join(bottom)
        denominator = f"({denominator})" if len(bottom) > 1 else denominator
        return Shown(f"{sign}{self._join(top)}/{denominator}", SUM if sign else PRODUCT)

    def _join(self, factors: Sequence[str]) -> str:
        if self.latex:
            return " ".join(factors)
        gaps = ["" if b.startswith("(") else " " for b in factors[1:]]
        return "".join(f + gap for f, gap in zip(factors, [*gaps, ""], strict=True))

    def _content(self, e: Expr) -> tuple[Fraction, Expr]:
        """A sum as a number times a sum that begins as people begin it: 2(a - b), -(μ - ½αL)."""
        content, inner = e.primitive()
        c = Fraction(int(content.p), int(content.q)) if content.is_Integer else Fraction(1)
        inner = inner if content.is_Integer else e
        negative = [t for t in inner.args if t.could_extract_minus_sign()]
        others = [t for t in inner.args if t not in negative]
        alone = len(negative) == 1 and (-negative[0]).is_Symbol
        if alone and all(t.is_Mul and not t.has(-negative[0]) for t in others):
            return -c, -inner
        return c, inner

    # --------------------------------------------------------------------------------------------------- sums

    def _degree(self, term: Expr) -> int:
        total = 0
        for f in sympy.Mul.make_args(term):
            if f.is_Rational or (f.is_Pow and f.exp.is_negative):
                continue
            base, exponent = (f.base, f.exp) if f.is_Pow and f not in self.notations else (f, sympy.Integer(1))
            sizes = [self._degree(t) for t in base.args if not t.is_Rational] if base.is_Add else [1]
            size = min(sizes)
            total += size * int(exponent) if exponent.is_Integer else 1
        return total

    def _main(self, term: Expr) -> bool:
        """Whether a term has a norm, a sum, an expectation or a scoped symbol."""
        parts = sympy.preorder_traversal(term)
        return any(p in self.notations or p.is_Function or (p.is_Symbol and p.name in self.scoped) for p in parts)

    def _terms(self, e: Expr, top: bool) -> list[Expr]:
        def key(term: Expr) -> tuple[object, ...]:
            degree, minus = self._degree(term), term.could_extract_minus_sign()
            single = not (-term if minus else term).is_Symbol
            return degree, degree <= 1 and minus, single, not self._main(term), str(term)

        terms = sorted(e.args, key=key)
        plain_sum = not any(self._main(t) for t in terms)
        if terms[0].could_extract_minus_sign() and (plain_sum or not top):
            terms.sort(key=lambda t: t.could_extract_minus_sign())
        return terms

    def _sum(self, e: Expr, top: bool) -> Shown:
        content, inner = self._content(e) if not top else (Fraction(1), e)
        if content != 1:
            return self._product(sympy.Mul(content, inner, evaluate=False))
        body = ""
        for term in self._terms(e, top):
            piece = self._show(term)
            if body and piece.body.startswith(self.minus):
                body += f" {self.minus} {piece.body[1:]}"
            else:
                body += f" + {piece.body}" if body else piece.body
        return Shown(body, SUM)

    # ---------------------------------------------------------------------------------------------- functionals

    def _application(self, name: str, arguments: Sequence[Expr]) -> Shown:
        if name == "limsup":
            horizon, of = arguments
            sign = rf"\limsup_{{{horizon} \to \infty}}" if self.latex else f"limsup_{{{horizon}→∞}}"
            return self._large(sign, of)
        functional = self.functionals.get(name, {"kind": name})
        given = self.names.get(name) if name in self.functionals else None
        kind = functional["kind"]
        if kind == "expectation":
            head = given if given and self.latex else self._expectation(name)
            inner = self._show(arguments[0], top=True).body
            return Shown(rf"{head}\left[{inner}\right]" if self.latex else f"{head}[{inner}]")
        if kind == "integral":
            variable = self._name(self.scopes[functional["over"]]["variable"])
            inner = self._in(self._show(arguments[0]), PRODUCT)
            body = rf"\int_0^1 {inner} \, d{variable}" if self.latex else f"∫₀¹ {inner} d{variable}"
            return Shown(body, LARGE)
        if kind in ("sum", "average"):
            index, first, last, length = self._range(functional["over"])
            sign = rf"\sum_{{{index}={first}}}^{{{last}}}" if self.latex else f"Σ_{index}"
            if kind == "average":
                sign = (rf"\frac{{1}}{{{length}}}" if self.latex else f"(1/{length}) ") + sign
            return self._large(sign, arguments[0])
        inner = ", ".join(self.write(a) for a in arguments)
        return Shown(rf"\operatorname{{{name}}}\left({inner}\right)" if self.latex else f"{name}({inner})")

    def _expectation(self, name: str) -> str:
        stem, _, index = name.partition("_")
        if not self.latex:
            return f"{stem}_{GREEK.get(index, index)}" if index else stem
        head = r"\mathbb{E}" if stem == "E" else rf"\operatorname{{{stem}}}"
        return f"{head}_{{{self._name(index)}}}" if index else head

    def _range(self, scope: str) -> tuple[str, str, str, str]:
        s = self.scopes[scope]
        length = self._name(s["length"])
        if s["kind"] == "index":
            return s["name"], "1", length, length
        start = int(s["start"])
        last = length if start == 1 else f"{length}{start - 1:+d}"
        return self._name(s["variable"]), str(start), last, length

    def _large(self, sign: str, of: Expr) -> Shown:
        inner = self._in(self._show(of), PRODUCT)
        return Shown(f"{sign} {inner}", LARGE)
