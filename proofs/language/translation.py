"""From SymPy expressions to the kernel's polynomials; what is not polynomial becomes a definition."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from fractions import Fraction

import sympy

from convbound.proofs.kernel import NAME, SHIFTS, Expression, Formula, Poly, Proof, Theorem, constant, show
from convbound.proofs.language.vocabulary import Expr, Relation, Vocabulary

Introduce = Callable[[str, str, list[Poly]], object]
DEFINED_FUNCTIONS = {sympy.Abs: "absolute", sympy.sign: "sign", sympy.Max: "maximum"}


class TranslationError(ValueError):
    """An expression that the kernel has no words for."""


class Translator:
    """Reads expressions into a `Proof`; roots, quotients, absolute values, signs and maxima become definitions.

    An expression is written for the kernel as it stands: nothing is expanded, collected or moved out of a functional.
    The kernel alone brings it into normal form.
    """

    def __init__(self, proof: Proof, vocabulary: Vocabulary, introduce: Introduce) -> None:
        """`introduce` adds a definition to the proof: the symbol, its kind and its bodies."""
        self.proof, self.vocabulary, self.introduce = proof, vocabulary, introduce
        self.defined: dict[tuple[str, ...], str] = {}  # (kind, bodies): symbol
        self.cache: dict[Expr, Poly] = {}
        self.written: dict[Expr, Expression] = {}

    def poly(self, expression: Expr) -> Poly:
        """The polynomial of an expression."""
        e = sympy.sympify(expression, strict=True)
        if e not in self.cache:
            self.cache[e] = self.proof.read(self.expression(e))
        return self.cache[e]

    def relation(self, relation: Relation) -> tuple[str, Poly]:
        """The fact of a relation."""
        fact = self.proof.formula(self.formula(relation))
        return fact.relation, fact.poly

    def formula(self, relation: Relation) -> Expression:
        """A relation as the kernel reads it: left side, sign, right side."""
        return [self.expression(relation.left), relation.op, self.expression(relation.right)]

    def expression(self, expression: Expr) -> Expression:
        """An expression as the kernel reads it."""
        e = sympy.sympify(expression, strict=True)
        if e not in self.written:
            self.written[e] = self._expression(e)
        return self.written[e]

    def _expression(self, e: Expr) -> Expression:
        if e.is_Symbol:
            if e.name in self.vocabulary.definitions and e.name not in self.proof.symbols:
                kind, body = self.vocabulary.definitions[e.name]
                return self.definition(kind, [self.poly(b) for b in body], e.name)
            if e.name not in self.proof.symbols:
                raise TranslationError(f"{e.name} is not declared")
            return e.name
        if e.is_Rational:
            return str(Fraction(int(e.p), int(e.q)))
        if e.is_Add or e.is_Mul:
            return ["+" if e.is_Add else "*", *(self.expression(a) for a in e.args)]
        if e.is_Pow:
            return self._power(e.base, e.exp)
        if isinstance(e, sympy.Max) and len(e.args) > 2:  # the kernel has maxima of two
            greatest = self.expression(e.args[0])
            for a in e.args[1:]:
                greatest = self.definition("maximum", [self.proof.read(greatest), self.poly(a)])
            return greatest
        for function, kind in DEFINED_FUNCTIONS.items():
            if isinstance(e, function):
                return self.definition(kind, [self.poly(a) for a in e.args])
        if isinstance(e, sympy.Min):
            return ["*", "-1", self.expression(sympy.Max(*(-a for a in e.args)))]
        if e.is_Function:
            return self._application(e.func.__name__, e.args)
        raise TranslationError(f"cannot read {e}")

    def _power(self, base: Expr, exponent: Expr) -> Expression:
        factor = self.expression(base)
        if not exponent.is_Rational or exponent.q & (exponent.q - 1):
            raise TranslationError(f"cannot read the exponent {exponent}")
        for _ in range(int(exponent.q).bit_length() - 1):  # √, √√, …
            factor = self.definition("root", [self.proof.read(factor)])
        if exponent < 0:
            factor = self.definition("quotient", [constant(1), self.proof.read(factor)])
        power = abs(int(exponent.p))
        return "1" if power == 0 else factor if power == 1 else ["^", factor, power]

    def definition(self, kind: str, bodies: list[Poly], name: str = "") -> str:
        """The symbol of a definition, a new one where there is none yet."""
        key = self.key(kind, bodies)
        if key not in self.defined:
            name = name or self._name(kind, bodies)
            self.introduce(name, kind, bodies)
            self.defined[key] = name
        return self.defined[key]

    @staticmethod
    def key(kind: str, bodies: Sequence[Poly]) -> tuple[str, ...]:
        """What tells a definition apart."""
        return (kind, *(str(sorted(b.items())) for b in bodies))

    @staticmethod
    def _name(kind: str, bodies: list[Poly]) -> str:
        """A name that depends on the definition only: sqrt_d, inv_K, or with a digest of a longer body."""
        prefix = {"root": "sqrt", "quotient": "inv", "absolute": "abs", "maximum": "max"}.get(kind, kind)
        body = show(bodies[-1]) if kind in ("root", "quotient") else ", ".join(show(b) for b in bodies)
        plain = NAME.match(body) is not None
        return f"{prefix}_{body if plain else hashlib.sha256(body.encode()).hexdigest()[:6]}"

    def _application(self, name: str, arguments: Sequence[Expr]) -> Expression:
        if name in SHIFTS:
            (argument,) = arguments
            declared = (self.proof.symbols.get(s.name, {}) for s in argument.free_symbols)
            times = {s.get("sequence") for s in declared} - {None}
            if len(times) != 1:
                raise TranslationError(f"{name} of {argument}: over which time?")
            return [name, times.pop(), self.expression(argument)]
        if name == "limsup":
            horizon, argument = arguments
            return [name, horizon.name, self.expression(argument)]
        if name not in self.proof.functionals:
            raise TranslationError(f"there is no functional {name}")
        (argument,) = arguments
        return [name, self.expression(argument)]


class Draft(Translator):
    """Writes the statement of a claim without proving anything, not even that its definitions make sense."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """An empty draft; a definition is declared as the kernel would, without its side condition."""
        proof = Proof(vocabulary.header())
        super().__init__(proof, vocabulary, proof.declare)

    def refuse_idle(self, relation: Relation) -> None:
        """Refuse an expectation of what is known: it says less than it seems to.

        A scope that was forgotten makes E_k[h] into h; so each term under an expectation has to vary in it.

        Raises:
            TranslationError: some expectation leaves a term as it is.
        """
        functionals = self.proof.functionals
        for e in (x for side in (relation.left, relation.right) for x in sympy.preorder_traversal(side)):
            name = e.func.__name__ if e.is_Function else ""
            if name not in functionals or functionals[name]["kind"] != "expectation":
                continue
            for part in sympy.Add.make_args(e.args[0]):
                if not any(self.proof.reach[a] & self.proof.binds[name] for m in self.poly(part) for a, _ in m):
                    what = f"{self.vocabulary.operator(name)} changes nothing in {self.vocabulary.text(part)}"
                    raise TranslationError(f"{what}: nothing in it is unknown there")

    def fact(self, relation: Relation) -> Formula:
        """The formula of a relation, for evaluation in a model or for display; it proves nothing."""
        return self.proof.formula(self.formula(relation))

    def suppose(self, relation: Relation) -> Theorem:
        """Add a hypothesis to the statement."""
        (fact,) = self.proof.step({"rule": "hypothesis", "fact": self.formula(relation)})
        return fact
