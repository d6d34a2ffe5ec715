"""Chains `a <= b <= c` as a paper displays them, each link with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict, Unpack

import sympy

from convbound.proofs.derivation.state import Fact
from convbound.proofs.kernel import subtract
from convbound.proofs.language.vocabulary import Expr, Relation, eq, le

if TYPE_CHECKING:
    from convbound.proofs.derivation.derivation import Derivation, Reason


class Options(TypedDict, total=False):
    """What a link may be given beside its reasons; see `Derivation.have`."""

    squares: Sequence[Expr]
    split: Sequence[Expr]
    rounds: int
    label: str


class Chain:
    """`start <= b <= c`, each link with its reason; `fact` is the whole."""

    def __init__(self, derivation: Derivation, start: Expr) -> None:
        """A chain without links."""
        self.derivation, self.start, self.end = derivation, start, start
        self.links: list[Fact] = []
        self.equal = True

    def eq(self, expression: Expr, by: Reason = (), **options: Unpack[Options]) -> Chain:
        """… = expression."""
        return self._link(eq(self.end, expression), by, options)

    def le(self, expression: Expr, by: Reason = (), **options: Unpack[Options]) -> Chain:
        """… <= expression."""
        self.equal = False
        return self._link(le(self.end, expression), by, options)

    def ge(self, expression: Expr, by: Reason = (), **options: Unpack[Options]) -> Chain:
        """… >= expression."""
        self.equal = False
        return self._link(Relation(self.end, ">=", sympy.sympify(expression, strict=True)), by, options)

    def _link(self, relation: Relation, by: Reason, options: Options) -> Chain:
        self.links.append(self.derivation.have(relation, by, **options))
        self.end = relation.right
        return self

    @property
    def fact(self) -> Fact:
        """From the start to the end."""
        terms, search = self.derivation.terms, self.derivation.search
        start, end = terms.poly(self.start), terms.poly(self.end)
        if self.equal:
            return search.have_poly("=", subtract(start, end), self.links)
        up = any(f.poly == subtract(end, start) for f in self.links)
        found = None if up else search.attempt(">=", subtract(start, end), self.links)
        return found or search.have_poly(">=", subtract(end, start), self.links)
