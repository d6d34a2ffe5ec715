"""Definitions of a proof under construction: quotients, roots, absolute values, signs and maxima enter it here."""

from __future__ import annotations

from collections.abc import Callable

from convbound.bounds.plain_data import Json
from convbound.proofs.derivation.search import StepSearch
from convbound.proofs.derivation.state import Fact, ProofState
from convbound.proofs.kernel import Poly, variable
from convbound.proofs.language.translation import Translator
from convbound.proofs.language.vocabulary import Expr


class Definitions:
    """Reads expressions into the proof, and defines what they need, with the proofs of the side conditions."""

    def __init__(self, state: ProofState, search: StepSearch, named: Callable[[str, Fact], None]) -> None:
        """`named` is told of each fact of a definition."""
        self.state, self.search, self.named = state, search, named
        self.terms = Translator(state.proof, state.claim.vocabulary, self.introduce)

    def introduce(self, symbol: str, kind: str, bodies: list[Poly]) -> None:
        """Define a symbol in the kernel, with the proof of its side condition."""
        side = None
        if kind in ("quotient", "root"):
            relation, poly = (">", bodies[1]) if kind == "quotient" else (">=", bodies[0])
            found = self.search.attempt(relation, poly)
            side = found or self.search.have_poly(relation, poly, self.state.hypotheses_on(poly))
        self._define(symbol, kind, bodies, side.reference if side else None)

    def _define(self, symbol: str, kind: str, bodies: list[Poly], side: Json) -> None:
        state = self.state
        written = [state.proof.write(b) for b in bodies]
        step = {"rule": "definition", "symbol": symbol, "kind": kind, "bodies": written, "because": side}
        state.parts[symbol] = state.record(step)
        for fact in state.parts[symbol]:
            state.learn_sign(fact)
            self.named(symbol, fact)
        if kind == "root":
            inside = self.search.attempt(">", bodies[0])
            if inside is not None:
                positive = self.search.have_poly(">", variable(symbol), [*state.parts[symbol], inside])
                state.signs[symbol] = positive
        if kind == "quotient":
            self._sign_of_quotient(symbol, bodies[0], state.facts[(side[0], side[1])])

    def _sign_of_quotient(self, symbol: str, numerator: Poly, side: Fact) -> None:
        above = self.search.attempt(">", numerator) or self.search.attempt(">=", numerator)
        if above is not None:
            pool = [above, self.state.parts[symbol][0], side]
            sign = self.search.attempt(above.relation, variable(symbol), pool)
            if sign is not None:
                self.state.signs[symbol] = sign

    def adopt(self, symbol: str, kind: str, bodies: list[Poly], side: Json) -> tuple[str, list[Json]]:
        """The symbol of a definition taken from another proof: the same one if it is known here."""
        terms, proof = self.terms, self.state.proof
        key = terms.key(kind, bodies)
        if key not in terms.defined:
            name, count = symbol, 1
            while name in proof.symbols or (name == symbol and self._means_another(symbol, key)):
                count += 1
                name = f"{symbol}_{count}"
            self._define(name, kind, bodies, side)
            terms.defined[key] = name
        name = terms.defined[key]
        return name, [f.reference for f in self.state.parts[name]]

    def _means_another(self, symbol: str, key: tuple[str, ...]) -> bool:
        """Whether the claim's own vocabulary defines a symbol otherwise."""
        wanted = self.state.claim.vocabulary.definitions.get(symbol)
        return wanted is not None and self.terms.key(wanted[0], [self.terms.poly(b) for b in wanted[1]]) != key

    def of(self, expression: Expr) -> list[Fact]:
        """The facts of the definition that a root or an extremum in an expression became."""
        ((monomial, _),) = self.terms.poly(expression).items()
        return self.state.parts[monomial[0][0]]
