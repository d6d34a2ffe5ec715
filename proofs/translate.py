"""From SymPy expressions to the kernel's polynomials; what is not polynomial becomes a definition."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import Any

import sympy

from convbound.proofs.kernel import _TOKEN as DRAFT_TOKEN
from convbound.proofs.kernel import NAME, SHIFTS, Poly, Proof, Theorem, add, constant, scale, show, variable
from convbound.proofs.language import Expr, Relation, Vocabulary

DEFINED_FUNCTIONS = {sympy.Abs: "absolute", sympy.sign: "sign", sympy.Max: "maximum"}


class TranslationError(ValueError):
    """An expression that the kernel has no words for."""


class Translator:
    """Reads expressions into a `Proof`; roots, quotients, absolute values, signs and maxima become definitions."""

    def __init__(self, proof: Proof, vocabulary: Vocabulary) -> None:
        """`introduce` decides how a definition enters the proof."""
        self.proof, self.vocabulary = proof, vocabulary
        self.defined: dict[tuple[str, ...], str] = {}  # (kind, bodies): symbol
        self.cache: dict[Expr, Poly] = {}

    def introduce(self, symbol: str, kind: str, bodies: list[Poly]) -> None:
        """Add the definition to the proof."""
        raise NotImplementedError

    def poly(self, expression: Expr) -> Poly:
        """The polynomial of an expression."""
        e = sympy.sympify(expression, strict=True)
        if e not in self.cache:
            self.cache[e] = self._poly(e)
        return self.cache[e]

    def relation(self, relation: Relation) -> tuple[str, Poly]:
        """The fact of a relation."""
        name, expression = relation.fact
        return name, self.poly(expression)

    def _poly(self, e: Any) -> Poly:
        proof = self.proof
        if e.is_Symbol:
            if e.name in self.vocabulary.definitions and e.name not in proof.symbols:
                kind, body = self.vocabulary.definitions[e.name]
                return variable(self.definition(kind, [self.poly(b) for b in body], e.name))
            if e.name not in proof.symbols:
                raise TranslationError(f"{e.name} is not declared")
            return variable(e.name)
        if e.is_Rational:
            return constant(Fraction(int(e.p), int(e.q)))
        if e.is_Add:
            return add(*(self.poly(a) for a in e.args))
        if e.is_Mul:
            product = constant(1)
            for a in e.args:
                product = proof.multiply(product, self.poly(a))
            return product
        if e.is_Pow:
            return self._power(e.base, e.exp)
        for function, kind in DEFINED_FUNCTIONS.items():
            if isinstance(e, function):
                return variable(self.definition(kind, [self.poly(a) for a in e.args]))
        if isinstance(e, sympy.Min):
            return negate(self.poly(sympy.Max(*(-a for a in e.args))))
        if e.is_Function:
            return self._application(e.func.__name__, e.args)
        raise TranslationError(f"cannot read {e}")

    def _power(self, base: Any, exponent: Any) -> Poly:
        if exponent.is_Integer and exponent >= 0:
            power, factor = int(exponent), self.poly(base)
        elif exponent.is_Integer:
            power, factor = -int(exponent), self.inverse(self.poly(base))
        elif exponent.is_Rational and exponent.q & (exponent.q - 1) == 0:  # √, √√, …
            factor = self.poly(base)
            for _ in range(int(exponent.q).bit_length() - 1):
                factor = variable(self.definition("root", [factor]))
            factor = factor if exponent > 0 else self.inverse(factor)
            power = abs(int(exponent.p))
        else:
            raise TranslationError(f"cannot read the exponent {exponent}")
        product = constant(1)
        for _ in range(power):
            product = self.proof.multiply(product, factor)
        return product

    def inverse(self, denominator: Poly) -> Poly:
        """1/denominator."""
        return variable(self.definition("quotient", [constant(1), denominator]))

    def definition(self, kind: str, bodies: list[Poly], name: str = "") -> str:
        """The symbol of a definition, a new one where there is none yet."""
        key = (kind, *(str(sorted(b.items())) for b in bodies))
        if key not in self.defined:
            name = name or self._name(kind, bodies)
            self.introduce(name, kind, bodies)
            self.defined[key] = name
        return self.defined[key]

    @staticmethod
    def _name(kind: str, bodies: list[Poly]) -> str:
        """A name that depends on the definition only: sqrt_d, inv_K, or with a digest of a longer body."""
        prefix = {"root": "sqrt", "quotient": "inv", "absolute": "abs", "maximum": "max"}.get(kind, kind)
        body = show(bodies[-1]) if kind in ("root", "quotient") else ", ".join(show(b) for b in bodies)
        plain = NAME.match(body) is not None
        return f"{prefix}_{body if plain else hashlib.sha256(body.encode()).hexdigest()[:6]}"

    def _application(self, name: str, arguments: Any) -> Poly:
        if name in SHIFTS:
            (argument,) = arguments
            declared = (self.proof.symbols.get(s.name, {}) for s in argument.free_symbols)
            times = {s.get("sequence") for s in declared} - {None}
            if len(times) != 1:
                raise TranslationError(f"{name} of {argument}: over which time?")
            return self.proof.shift(name, times.pop(), self.poly(argument))
        if name == "limsup":
            horizon, argument = arguments
            return variable(self.proof._limsup(horizon.name, self.poly(argument)))
        if name not in self.proof.functionals:
            raise TranslationError(f"there is no functional {name}")
        (argument,) = arguments
        return self.proof.apply(name, self.poly(argument))


class Draft(Translator):
    """Writes the statement of a claim without proving anything, not even that its definitions make sense."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """An empty draft."""
        super().__init__(Proof(vocabulary.header()), vocabulary)

    def introduce(self, symbol: str, kind: str, bodies: list[Poly]) -> None:
        """Declare the symbol as the kernel would, without its side condition."""
        proof = self.proof
        scopes = frozenset[str]().union(*(proof.reach[a] for b in bodies for m in b for a, _ in m))
        parts = frozenset[str]().union(*(proof.mentioned(b) for b in bodies))
        proof._declare_symbol({"name": symbol, "scopes": scopes, "integer": kind == "sign"}, parts)
        proof.definitions[symbol] = [kind, *(proof.write(b) for b in bodies)]

    def fact(self, relation: Relation) -> Theorem:
        """The fact of a relation, for evaluation in a model or for display; it proves nothing."""
        name, poly = self.relation(relation)
        return Theorem(name, poly, frozenset(), DRAFT_TOKEN)

    def suppose(self, relation: Relation) -> Theorem:
        """Add a hypothesis to the statement."""
        fact = self.fact(relation)
        number = len(self.proof.steps)
        self.proof.steps.append({"rule": "hypothesis"})
        self.proof.facts.append((fact,))
        self.proof.hypotheses.append(number)
        return fact


def negate(poly: Poly) -> Poly:
    """The negative of a polynomial."""
    return scale(-1, poly)
