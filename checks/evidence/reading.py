"""What a claim says at an instance: its own conclusion, with numbers for symbols and one expectation left to measure.

Numbers are Fractions; a root that is not rational is an interval (mpmath), so that every comparison has three outcomes.
Functions of the coordinate are tuples with one entry for each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, prod
from typing import TYPE_CHECKING, Any

import sympy
from sympy.core.function import AppliedUndef

from convbound.bounds.errors import InputError

if TYPE_CHECKING:
    from convbound.checks.statistics.decision import Relation, Verdict
    from convbound.proofs.claims import Claim
    from convbound.proofs.language.vocabulary import Vocabulary

Number = Any  # Fraction or mpmath interval
Given = Any  # a Number, or a tuple with one for each coordinate
FLIPPED: dict[str, Relation] = {"<=": ">=", ">=": "<=", "=": "="}
MEASURED = sympy.Dummy("measured", real=True)


class UnknownValueError(InputError):
    """An instance gives no value to a symbol or an expectation of the claim."""


@dataclass(frozen=True)
class MeasurableConclusion:
    """A claim's conclusion as `slope * measured + rest  op  0`, read for one measured expectation."""

    claim: Claim
    op: Relation
    slope: sympy.Expr
    rest: sympy.Expr

    @classmethod
    def of(cls, claim: Claim, measures: sympy.Expr) -> MeasurableConclusion:
        """Read the conclusion of a claim.

        Args:
            claim: the claim; its conclusion is an equation or a weak inequality.
            measures: a SymPy expression in the claim's vocabulary that holds one expectation, such as E(y) or
                E_k(next(F)) - F. What instances measure is this.

        Raises:
            InputError: the conclusion is not about that expectation, or not linear in it.
        """
        shown = claim.vocabulary.text(measures)
        if claim.then.op not in FLIPPED:
            raise InputError(f"evidence for {claim.name}: a strict inequality cannot be measured.")
        atoms = _expectations(measures, claim.vocabulary)
        if len(atoms) != 1 or (measures - atoms[0]).has(atoms[0]):
            raise InputError(f"evidence for {claim.name}: {shown} must hold one expectation, by itself.")
        (atom,) = atoms
        difference = claim.then.left - claim.then.right
        left = difference.xreplace({atom: MEASURED + atom - measures})
        slope = sympy.diff(left, MEASURED)
        buried = any(MEASURED in f.free_symbols for f in left.atoms(AppliedUndef))
        if not difference.has(atom) or slope == 0:
            raise InputError(f"evidence for {claim.name}: its conclusion says nothing of {shown}.")
        if buried or MEASURED in slope.free_symbols:
            raise InputError(f"evidence for {claim.name}: its conclusion is not linear in {shown}.")
        return cls(claim, FLIPPED[FLIPPED[claim.then.op]], slope, left.xreplace({MEASURED: sympy.Integer(0)}))

    @property
    def about_a_limit(self) -> bool:
        """Whether the conclusion is about K to infinity."""
        functions = {f for side in (self.claim.then.left, self.claim.then.right) for f in side.atoms(AppliedUndef)}
        return any(f.func.__name__ == "limsup" for f in functions)

    def at(self, values: Mapping[str, Given]) -> tuple[Relation, list[Number]]:
        """What the claim says of the measured number at these values: a relation, and one claimed number or several.

        Raises:
            UnknownValueError: a symbol or an expectation has no value.
            InputError: the slope changes its sign from coordinate to coordinate, vanishes, or is not decided.
        """
        reader = Reader(self.claim.vocabulary, values)
        slope, rest = reader.value(self.slope), reader.value(self.rest)
        signs = {_sign(x) for x in _entries(slope)}
        if len(signs) != 1 or signs & {0, None}:
            raise InputError(f"evidence for {self.claim.name}: the measured number has no coefficient of one sign.")
        claimed = _entries(_apply(lambda a, b: -b / a, *_same_kind(slope, rest)))
        return self.op if signs == {1} else FLIPPED[self.op], claimed


def broken_hypothesis(claim: Claim, values: Mapping[str, Given]) -> str | None:
    """A hypothesis of the claim that is false at the values; those that they do not decide are left out."""
    reader = Reader(claim.vocabulary, values)
    for hypothesis in claim.facts:
        relation = hypothesis.relation
        try:
            difference = reader.value(relation.left - relation.right)
        except UnknownValueError:
            continue
        allowed = {"<=": (-1, 0), "<": (-1,), ">=": (0, 1), ">": (1,), "=": (0,)}[relation.op]
        if any(_sign(x) not in (*allowed, None) for x in _entries(difference)):
            return hypothesis.text or claim.vocabulary.text(relation)
    return None


def misgiven(claim: Claim, values: Mapping[str, Given]) -> str | None:
    """What the values break of the claim's declarations and definitions; None where they are an instance of it."""
    v = claim.vocabulary
    scopes = {s["name"]: s for s in v.scopes}
    lengths = {s["length"] for s in v.scopes if "length" in s}
    for symbol in v.symbols:
        name, given = symbol["name"], values.get(symbol["name"])
        entries = [Fraction(x) for x in _entries(given)] if given is not None else []
        if symbol["integer"] and any(x.denominator != 1 for x in entries):
            return f"{name} is declared an integer"
        if name in lengths and any(x < 1 for x in entries):
            return f"{name} is the length of a scope, at least 1"
        counts = [scopes[x]["length"] for x in symbol["scopes"] if scopes.get(x, {}).get("kind") == "index"]
        if isinstance(given, tuple) and (len(counts) != 1 or values.get(counts[0], len(given)) != len(given)):
            return f"{name} has {len(given)} values, which is not one for each coordinate"
    relations = [*(h.relation for h in claim.facts), claim.then]
    for part in {x for r in relations for side in (r.left, r.right) for x in sympy.preorder_traversal(side)}:
        if isinstance(part, AppliedUndef | sympy.Symbol) and str(part) in values:
            problem = _recomputed(v, part, values)
            if problem:
                return problem
    return None


def _recomputed(vocabulary: Vocabulary, part: sympy.Expr, values: Mapping[str, Given]) -> str | None:
    """Whether a value is given to what has another one by its definition, or as the sum of what is given."""
    reader = Reader(vocabulary, {k: x for k, x in values.items() if k != str(part)})
    try:
        pairs = zip(_entries(reader.value(part)), _entries(Reader(vocabulary, values).value(part)), strict=False)
        differ = any(_sign(b - a) not in (0, None) for a, b in (_same_kind(x, y) for x, y in pairs))
    except (UnknownValueError, ZeroDivisionError):
        return None  # nothing else says what it is
    return f"{vocabulary.text(part)} has another value than is given for it" if differ else None


class Reader:
    """Evaluates expressions of a vocabulary; values are given to symbols, or to whole expectations by their text."""

    def __init__(self, vocabulary: Vocabulary, values: Mapping[str, Given]) -> None:
        self.vocabulary, self.values = vocabulary, values
        self.functionals = {f["name"]: f for f in vocabulary.functionals}

    def value(self, expression: sympy.Expr) -> Given:
        """A number, or a tuple with one for each coordinate.

        Raises:
            UnknownValueError: a value is missing.
        """
        if expression.is_Rational:
            return Fraction(int(expression.p), int(expression.q))
        if isinstance(expression, AppliedUndef | sympy.Symbol) and str(expression) in self.values:
            given = self.values[str(expression)]
            return tuple(map(Fraction, given)) if isinstance(given, tuple) else Fraction(given)
        if isinstance(expression, sympy.Symbol) and expression.name in self.vocabulary.definitions:
            return self._defined(*self.vocabulary.definitions[expression.name])
        if isinstance(expression, AppliedUndef):
            return self._functional(expression)
        arguments = [self.value(x) for x in expression.args]
        match expression:
            case sympy.Add():
                return self._fold(lambda a, b: a + b, arguments)
            case sympy.Mul():
                return self._fold(lambda a, b: a * b, arguments)
            case sympy.Max():
                return self._fold(lambda a, b: _extremum(a, b, max), arguments)
            case sympy.Min():
                return self._fold(lambda a, b: _extremum(a, b, min), arguments)
            case sympy.Abs():
                return _apply(abs, arguments[0])
            case sympy.sign():
                return _apply(lambda x: Fraction(_decided_sign(x)), arguments[0])
            case sympy.Pow():
                return _apply(lambda x: _power(x, expression.exp), arguments[0])
        raise UnknownValueError(f"the instance gives no value to {expression}.")

    @staticmethod
    def _fold(function: Callable[[Number, Number], Number], arguments: list[Given]) -> Given:
        result = arguments[0]
        for x in arguments[1:]:
            result = _apply(function, *_same_kind(result, x))
        return result

    def _defined(self, kind: str, body: tuple[sympy.Expr, ...]) -> Given:
        values = [self.value(b) for b in body]
        match kind:
            case "quotient":
                return _apply(lambda a, b: a / b, *_same_kind(*values))
            case "root":
                return _apply(_root, values[0])
            case "maximum":
                return _apply(lambda a, b: _extremum(a, b, max), *_same_kind(*values))
            case "absolute":
                return _apply(abs, values[0])
        return _apply(lambda x: Fraction(_decided_sign(x)), values[0])

    def _functional(self, expression: sympy.Expr) -> Given:
        """A sum over coordinates is computed; an expectation or an average that is not given is not guessed."""
        functional = self.functionals.get(expression.func.__name__)
        if functional is None or functional["kind"] != "sum" or _is_time(self.vocabulary, functional["over"]):
            raise UnknownValueError(f"the instance gives no value to {expression}.")
        terms = self.value(expression.args[0])
        if isinstance(terms, tuple):
            return self._fold(lambda a, b: a + b, list(terms))
        length = next(s["length"] for s in self.vocabulary.scopes if s["name"] == functional["over"])
        return _apply(lambda a, b: a * b, *_same_kind(self.value(sympy.Symbol(length, real=True)), terms))


def _is_time(vocabulary: Vocabulary, scope: str) -> bool:
    return any(s["name"] == scope and s["kind"] == "time" for s in vocabulary.scopes)


def _expectations(expression: sympy.Expr, vocabulary: Vocabulary) -> list[sympy.Expr]:
    """The outermost applications that hold an expectation, each once."""
    kinds = {f["name"] for f in vocabulary.functionals if f["kind"] == "expectation"} | {"limsup"}
    if isinstance(expression, AppliedUndef):
        inside = {expression, *expression.atoms(AppliedUndef)}
        return [expression] if any(f.func.__name__ in kinds for f in inside) else []
    return list(dict.fromkeys(a for x in expression.args for a in _expectations(x, vocabulary)))


# ------------------------------------------------------------------------------------------------------- numbers


def _interval(x: Number) -> Number:
    from mpmath import iv

    return iv.mpf(x.numerator) / iv.mpf(x.denominator) if isinstance(x, Fraction) else x


def _same_kind(a: Given, b: Given) -> tuple[Given, Given]:
    """Both as intervals if one of them holds an interval."""
    if all(isinstance(x, Fraction) for x in (*_entries(a), *_entries(b))):
        return a, b
    return _apply(_interval, a), _apply(_interval, b)


def _entries(value: Given) -> list[Number]:
    return list(value) if isinstance(value, tuple) else [value]


def _apply(function: Callable[..., Number], *values: Given) -> Given:
    """Coordinate by coordinate, where one of the values is a tuple."""
    lengths = {len(v) for v in values if isinstance(v, tuple)}
    if not lengths:
        return function(*values)
    if len(lengths) > 1:
        raise InputError(f"an instance has vectors of different lengths, {sorted(lengths)}.")
    (length,) = lengths
    rows = zip(*(v if isinstance(v, tuple) else (v,) * length for v in values), strict=True)
    return tuple(function(*row) for row in rows)


def _root(x: Number) -> Number:
    from mpmath import iv

    if isinstance(x, Fraction):
        if x < 0:
            raise InputError(f"an instance asks for the root of the negative number {x}.")
        top, bottom = isqrt(x.numerator), isqrt(x.denominator)
        if top * top == x.numerator and bottom * bottom == x.denominator:
            return Fraction(top, bottom)
    return iv.sqrt(_interval(x))


def _power(x: Number, exponent: sympy.Expr) -> Number:
    if not exponent.is_Rational or exponent.q not in (1, 2):
        raise InputError(f"the power {exponent} of a number is not computed; whole and half powers are.")
    base = _root(x) if exponent.q == 2 else x
    one = Fraction(1) if isinstance(base, Fraction) else _interval(Fraction(1))
    whole = prod([base] * abs(int(exponent.p)), start=one)
    return whole if exponent.p > 0 else 1 / whole


def _extremum(a: Number, b: Number, pick: Callable[[Number, Number], Number]) -> Number:
    if isinstance(a, Fraction):
        return pick(a, b)
    from mpmath import iv

    return iv.mpf([pick(a.a, b.a), pick(a.b, b.b)])


def ends(x: Number) -> tuple[Fraction, Fraction]:
    """Fractions below and above a number."""
    if isinstance(x, Fraction):
        return x, x
    from mpmath import libmp, mpf

    low, high = (Fraction(*libmp.to_rational(mpf(end)._mpf_)) for end in (x.a, x.b))
    return low, high


def as_float(x: Number) -> float:
    """The number, or the middle of its interval, rounded once more."""
    low, high = ends(x)
    return float((low + high) / 2)


def _sign(x: Number) -> int | None:
    """-1, 0 or 1; None where an interval cannot tell."""
    low, high = ends(x)
    if low == high == 0:
        return 0
    return 1 if low > 0 else -1 if high < 0 else None


def _decided_sign(x: Number) -> int:
    sign = _sign(x)
    if sign is None:
        raise InputError("the sign of a number that is zero to all digits computed is not decided.")
    return sign


def compare(true: Fraction, relation: str, claimed: Number) -> Verdict:
    """Whether `true relation claimed` holds, in exact arithmetic; open where an interval for `claimed` cannot tell."""
    low, high = ends(claimed)
    holds = {"<=": true <= low, ">=": true >= high, "=": low == true == high}[relation]
    fails = {"<=": true > high, ">=": true < low, "=": not low <= true <= high}[relation]
    return "supported" if holds else "contradicted" if fails else "open"
