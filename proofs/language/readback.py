"""From the kernel's polynomials back to expressions, so that a step that nobody wrote out can be shown as a formula."""

from __future__ import annotations

import sympy

from convbound.proofs.kernel import SHIFTS, Monomial, Poly, Proof, scale
from convbound.proofs.language.vocabulary import Expr, Relation, Vocabulary, limsup

FORMS = {
    "quotient": lambda a, b: a / b,
    "root": sympy.sqrt,
    "absolute": sympy.Abs,
    "sign": sympy.sign,
    "maximum": sympy.Max,
}
TURNED = {">=": "<=", ">": "<", "=": "="}


class Readback:
    """Expressions for the polynomials of one proof; definitions that the vocabulary does not name are written out."""

    def __init__(self, proof: Proof, vocabulary: Vocabulary) -> None:
        """The atoms of the proof, and the names that people know."""
        self.proof, self.vocabulary = proof, vocabulary

    def poly(self, p: Poly) -> Expr:
        """The expression of a polynomial."""
        return sympy.Add(*(sympy.Rational(c) * self._monomial(m) for m, c in p.items()))

    def fact(self, relation: str, p: Poly) -> Relation:
        """`p relation 0`, with the negative terms on the left and the positive ones on the right."""
        right = {m: c for m, c in p.items() if c > 0}
        left = scale(-1, {m: c for m, c in p.items() if c < 0})
        if relation == "=" and len(right) == 1 and len(left) != 1:
            left, right = right, left
        return Relation(self.poly(left), TURNED[relation], self.poly(right))

    def _monomial(self, m: Monomial) -> Expr:
        return sympy.Mul(*(self.atom(a) ** e for a, e in m))

    def atom(self, name: str) -> Expr:
        """The expression of an atom."""
        if name in self.proof.structure:
            operator, operand = self.proof.structure[name]
            if operator == "limsup":
                return limsup(sympy.Symbol(operand[0], real=True), self.poly(operand[1]))
            inner: Expr = self.atom(operand) if operator in SHIFTS else self._monomial(operand)
            return sympy.Function(operator)(inner)
        if name in self.proof.definitions and name not in self.vocabulary.definitions:
            kind, *bodies = self.proof.definitions[name]
            return FORMS[kind](*(self.poly(self.proof.read(b)) for b in bodies))
        return sympy.Symbol(name, real=True)
