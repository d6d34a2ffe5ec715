"""From the kernel's polynomials back to expressions, so that a step that nobody wrote out can be shown as a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy

from proofs.language import Expr, Relation, limsup
from proofs.models import DEFINED
from proofs.kernel import SHIFTS, Poly, Proof, scale

if TYPE_CHECKING:
    from proofs.language import Vocabulary


class Readback:
    """Expressions for the polynomials of one proof; definitions that the vocabulary does not name are written out."""

    def __init__(self, proof: Proof, vocabulary: Vocabulary) -> None:
        self.proof, self.vocabulary = proof, vocabulary

    def poly(self, p: Poly) -> Expr:
        """The expression of a polynomial."""
        return sympy.Add(*(c * sympy.Mul(*(self.atom(a) ** e for a, e in m)) for m, c in p.items()))
