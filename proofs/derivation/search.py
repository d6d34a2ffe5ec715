"""Proof search for one step: candidate facts, signs and squares, and what was found, as a recipe of the kernel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypedDict, Unpack

from convbound.bounds.plain_data import Json
from convbound.proofs.derivation.multipliers import MAX_COLUMNS, Column, Known, Search, combine
from convbound.proofs.derivation.noise import moved_out
from convbound.proofs.derivation.state import Fact, ProofError, ProofState
from convbound.proofs.kernel import Poly, multiply, scale, show
from convbound.proofs.language.readback import Readback


class Options(TypedDict, total=False):
    """What an attempt may be given beside the facts; see `StepSearch.attempt`."""

    written: Json
    squares: Sequence[Poly]
    rounds: int


class StepSearch:
    """Routine steps close by themselves: a combination of known facts is looked for, and handed to the kernel."""

    def __init__(self, state: ProofState, remembered: Sequence[Json] = ()) -> None:
        """`remembered` are the recipes that an earlier run found, in their order; the kernel checks them too."""
        self.state, self.remembered = state, remembered
        self.recipes: list[Json] = []  # what was found, in the same order
        self.most = MAX_COLUMNS  # columns of one search
        self.assisting = False

    def _search(
        self, facts: Sequence[Fact], target: Poly, squares: Sequence[Poly], extra: Sequence[Known]
    ) -> tuple[Search, list[Known]]:
        pool = [Known(f.reference, f.relation, f.poly) for f in facts]
        atoms = {a for p in (target, *(k.poly for k in (*pool, *extra)), *squares) for m in p for a, _ in m}
        signs = {
            a: Known(f.reference, f.relation, f.poly) for a in sorted(atoms) if (f := self.state.sign(a)) is not None
        }
        for a in sorted(atoms & set(self.state.parts)):  # quotients and roots bring their equations along
            if self.state.proof.definitions[a][0] in ("quotient", "root"):
                pool += [Known(f.reference, f.relation, f.poly) for f in self.state.parts[a] if f.relation == "="]
        return Search([*pool, *extra], signs, squares, self.most), pool

    def recipe(
        self,
        relation: str,
        target: Poly,
        facts: Sequence[Fact] = (),
        squares: Sequence[Poly] = (),
        extra: Sequence[Known] = (),
        rounds: int = 5,
    ) -> Json | None:
        """A combination that derives `target relation 0` from the facts, or None: directly, then by contradiction."""
        search, _ = self._search(facts, target, squares, extra)  # also where it is remembered: it records signs
        return self.remember(lambda: self._find(search, relation, target, facts, squares, extra, rounds))

    def remember(self, find: Callable[[], Json | None]) -> Json | None:
        """What an earlier run found at this place, or what is found now; the kernel checks either."""
        number = len(self.recipes)
        found = self.remembered[number] if number < len(self.remembered) else find()
        self.recipes.append(found)
        return found

    def _find(
        self,
        search: Search,
        relation: str,
        target: Poly,
        facts: Sequence[Fact],
        squares: Sequence[Poly],
        extra: Sequence[Known],
        rounds: int,
    ) -> Json | None:
        if relation == "=":
            found = self._equation(search, target, rounds)
            return None if found is None else self._write(found, refute=False)
        for case in extra:  # what holds only in this case, against each inequality
            for own in [*search.facts]:
                if case.relation != "=" and own.relation != "=" and own is not case:
                    self._pair(search, case, own)
        found = search.solve(target, relation == ">", rounds)
        if found is not None:
            return self._write(found, refute=False)
        denied = Known("denied", ">=" if relation == ">" else ">", scale(-1, target))
        search, _ = self._search(facts, target, squares, [*extra, denied])
        for case in (*extra, denied):  # the denial and the case against each inequality, and against themselves
            for own in [*search.facts]:
                if case.relation != "=" and own.relation != "=":
                    self._pair(search, case, own)
        support = {m for p in (target, *(f.poly for f in facts), *(c.poly for c in search.columns.values())) for m in p}
        search.add_products(sorted(support))
        found = search.solve({}, True, rounds)
        return None if found is None else self._write(found, refute=True)

    @staticmethod
    def _pair(search: Search, a: Known, b: Known) -> None:
        strict = ">" if a.relation == b.relation == ">" else ">="
        column = Column(multiply(a.poly, b.poly), strict, (a.reference, b.reference), ())
        search.columns.setdefault(("pair", str(a.reference), str(b.reference)), column)

    @staticmethod
    def _equation(search: Search, target: Poly, rounds: int) -> list[tuple[Column, Fraction]] | None:
        search.facts = [f for f in search.facts if f.relation == "="]
        search.signs, search.squares = {}, ()
        support = set(target)
        if not target:
            return []
        for _ in range(rounds):
            search.add_products(sorted(support))
            columns = [c for c in search.columns.values() if c.relation == "="]
            found = combine(columns, target, False) if columns else None
            if found is not None:
                return found
            support |= {m for c in columns for m in c.poly}
        return None

    def _write(self, found: Sequence[tuple[Column, Fraction]], refute: bool) -> Json:
        terms, equations = [], []
        for column, x in found:
            if column.relation == "=":
                factor = self.state.proof.write(scale(x, column.factor or {}))
                equations.append([column.references[0], factor])
            else:
                squares = [self.state.proof.write(s) for s in column.squares]
                terms.append([str(x), list(column.references), squares])
        return {"terms": terms, "equations": equations, **({"refute": True} if refute else {})}

    def attempt(
        self,
        relation: str,
        poly: Poly,
        facts: Sequence[Fact] = (),
        *,
        written: Json = None,
        squares: Sequence[Poly] = (),
        rounds: int = 5,
    ) -> Fact | None:
        """The fact, if it is known or the finder closes it; `written` is how its author put it."""
        found = self.state.look_up(relation, poly)
        if found is not None:
            return found
        recipe = self.recipe(relation, poly, facts, squares, rounds=rounds)
        if recipe is None:
            return None
        return self.state.combine(relation, poly, recipe, written)

    def have_poly(self, relation: str, poly: Poly, facts: Sequence[Fact] = (), **options: Unpack[Options]) -> Fact:
        """The fact, or a ProofError that says what is missing."""
        found = self.attempt(relation, poly, facts, **options)
        if found is None:
            found = self._assist(relation, poly, facts, options.get("written"))
        if found is None:
            why = moved_out(self.state, poly)
            raise ProofError(f"{self.state.claim.id}: cannot close {self._said(relation, poly)[:400]}{why}")
        return found

    def _said(self, relation: str, poly: Poly) -> str:
        """A fact in the author's notation, or in the kernel's where that cannot be read back."""
        vocabulary = self.state.claim.vocabulary
        try:
            return vocabulary.text(Readback(self.state.proof, vocabulary).fact(relation, poly))
        except (KeyError, ValueError, TypeError):
            return f"{show(poly)} {relation} 0"

    def _assist(self, relation: str, poly: Poly, facts: Sequence[Fact], written: Json) -> Fact | None:
        """Squares, cases, products and structure, for a line that the combinations alone do not close."""
        if self.assisting:
            return None
        from convbound.proofs.automatic.bench import Bench
        from convbound.proofs.automatic.proof import assist

        most, self.assisting = self.most, True
        try:
            return assist(Bench(self.state, self), relation, poly, facts, written)
        finally:
            self.most, self.assisting = most, False

    def cases(
        self,
        relation: str,
        poly: Poly,
        facts: Sequence[Fact],
        squares: Sequence[Poly],
        splits: Sequence[Poly],
        extra: list[Known],
        rounds: int,
    ) -> Json:
        """A combination for each case of the signs of `splits`; `extra` is what holds in the case at hand."""
        if not splits:
            recipe = self.recipe(relation, poly, facts, squares, extra, rounds)
            if recipe is None:
                where = ", ".join(self._said(k.relation, k.poly) for k in extra)
                what = self._said(relation, poly)[:300]
                raise ProofError(f"{self.state.claim.id}: cannot close {what} in the case {where}")
            return recipe
        f = splits[0]
        branch = f"case{len(extra)}"
        cases = [Known(branch, ">", f), Known(branch, "=", f), Known(branch, ">", scale(-1, f))]
        left = splits[1:]
        rest = [self.cases(relation, poly, facts, squares, left, [*extra, c], rounds) for c in cases]
        return {"split": self.state.proof.write(f), "cases": rest}
