"""What a search for a proof works with: the steps so far, and what closes a routine one."""

from __future__ import annotations

from collections.abc import Sequence

from convbound.bounds.plain_data import Json
from convbound.proofs.derivation.multipliers import Known
from convbound.proofs.derivation.search import StepSearch
from convbound.proofs.derivation.state import Fact, ProofState
from convbound.proofs.kernel import Poly


class Bench:
    """A proof under construction, without its author's words."""

    def __init__(self, state: ProofState, search: StepSearch) -> None:
        """Both are shared with whoever writes the proof."""
        self.state, self.search, self.proof = state, search, state.proof
        self.parts, self.signs = state.parts, state.signs
        self.combine, self.sign, self.sign_of_monomial = state.combine, state.sign, state.sign_of_monomial

    def record(self, step: Json) -> list[Fact]:
        """A step of the kernel."""
        return self.state.record(step)

    def attempt(
        self, relation: str, poly: Poly, facts: Sequence[Fact] = (), squares: Sequence[Poly] = (), rounds: int = 5
    ) -> Fact | None:
        """The fact, if it is known or a combination closes it."""
        return self.search.attempt(relation, poly, facts, squares=squares, rounds=rounds)

    def recipe(
        self,
        relation: str,
        poly: Poly,
        facts: Sequence[Fact],
        squares: Sequence[Poly] = (),
        extra: Sequence[Known] = (),
        rounds: int = 5,
    ) -> Json | None:
        """A combination that derives it, or None."""
        return self.search.recipe(relation, poly, facts, squares, extra, rounds)

    def by_cases(
        self,
        relation: str,
        poly: Poly,
        facts: Sequence[Fact],
        squares: Sequence[Poly],
        splits: Sequence[Poly],
        rounds: int,
    ) -> Json:
        """A combination for each sign of each of `splits`. Raises ProofError where one does not close."""
        return self.search.cases(relation, poly, facts, squares, splits, [], rounds)

    def product(self, one: Fact, other: Fact) -> Fact:
        """The product of two nonnegative facts."""
        poly = self.proof.multiply(one.poly, other.poly)
        relation = ">" if one.relation == other.relation == ">" else ">="
        return self.combine(relation, poly, {"terms": [["1", [one.reference, other.reference], []]]})

    def sign_of(self, body: Poly, name: str) -> str:
        """The symbol of a sign, defined where it is needed."""
        if name not in self.parts:
            step = {
                "rule": "definition",
                "symbol": name,
                "kind": "sign",
                "bodies": [self.proof.write(body)],
                "because": None,
            }
            self.parts[name] = self.record(step)
        return name
