"""The state of a proof under construction: its steps, the facts known so far, and the signs of single atoms."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from convbound.bounds.plain_data import Json
from convbound.proofs.claims import Claim
from convbound.proofs.kernel import KernelError, Monomial, Number, Poly, Proof, variable

Saying = tuple[str, frozenset[tuple[Monomial, Number]]]  # what a fact says


class ProofError(ValueError):
    """A step that could not be closed; the message says which."""


@dataclass(frozen=True)
class Fact:
    """A fact of the proof under construction: where it stands, and what it says."""

    reference: Json
    relation: str
    poly: Poly

    def __hash__(self) -> int:
        return hash(self.place)

    @property
    def place(self) -> tuple[int, int]:
        """The step, and its part."""
        return self.reference[0], self.reference[1]


def leading_coefficient(p: Poly, atom: str) -> Poly:
    """Of the highest power of an atom."""
    degree = max(dict(m).get(atom, 0) for m in p)
    return {tuple(x for x in m if x[0] != atom): c for m, c in p.items() if dict(m).get(atom, 0) == degree}


class ProofState:
    """Steps handed to the kernel, and the facts that they yielded."""

    def __init__(self, claim: Claim) -> None:
        """An empty proof with the declarations of the claim's vocabulary."""
        self.claim = claim
        self.proof = Proof(claim.vocabulary.header())
        self.facts: dict[tuple[int, int], Fact] = {}
        self.known: dict[Saying, Fact] = {}
        self.signs: dict[str, Fact | None] = {}
        self.parts: dict[str, list[Fact]] = {}  # definition: its facts
        self.sources: dict[int, Claim] = {}  # step: the claim it was taken from
        self.source: Claim | None = None

    def record(self, step: Json) -> list[Fact]:
        """Hand a step to the kernel and keep what it yields."""
        number = len(self.proof.steps)
        try:
            theorems = self.proof.step(step)
        except KernelError as error:
            raise ProofError(f"{self.claim.id}: {error}") from error
        if self.source is not None:
            self.sources[number] = self.source
        facts = []
        for part, theorem in enumerate(theorems):
            fact = Fact([number, part], theorem.relation, theorem.poly)
            self.facts[(number, part)] = fact
            self.known.setdefault(self._key(fact.relation, fact.poly), fact)
            facts.append(fact)
        return facts

    def combine(self, relation: str, poly: Poly, recipe: Json, written: Json = None) -> Fact:
        """The step that derives a fact by a recipe; `written` is how its author put it."""
        formula = written or [self.proof.write(poly), relation, "0"]
        return self.record({"rule": "combination", "fact": formula, "by": recipe})[0]

    @staticmethod
    def _key(relation: str, poly: Poly) -> Saying:
        return relation, frozenset(poly.items())

    def look_up(self, relation: str, poly: Poly) -> Fact | None:
        """A fact that says just this, or the strict form of it."""
        found = self.known.get(self._key(relation, poly))
        if found is None and relation == ">=":
            found = self.known.get(self._key(">", poly))
        return found

    def learn_sign(self, fact: Fact) -> None:
        """Remember facts about one atom, such as L > 0, or n - 1 >= 0."""
        if fact.relation == "=":
            return
        atoms = [m for m in fact.poly if m]
        if len(atoms) != 1 or len(atoms[0]) != 1 or atoms[0][0][1] != 1 or fact.poly[atoms[0]] <= 0:
            return
        atom, offset = atoms[0][0][0], fact.poly.get((), 0)
        if offset == 0 and fact.poly[atoms[0]] == 1:
            if self.signs.get(atom) is None or fact.relation == ">":
                self.signs[atom] = fact
        elif offset <= 0:
            relation = ">" if offset < 0 or fact.relation == ">" else ">="
            terms = [[str(Fraction(1) / fact.poly[atoms[0]]), [fact.reference], []]]
            if offset:
                terms.append([str(Fraction(-offset) / fact.poly[atoms[0]]), [], []])
            if self.signs.get(atom) is None:
                self.signs[atom] = self.combine(relation, variable(atom), {"terms": terms})

    def sign(self, atom: str) -> Fact | None:
        """A fact `atom >= 0` or `atom > 0`, derived for functionals of what is nonnegative."""
        if atom not in self.signs:
            self.signs[atom] = None
            operator, operand = self.proof.structure.get(atom, ("", None))
            if operator in self.proof.functionals:
                inside = self.sign_of_monomial(operand)
                if inside is not None:
                    applied = {"rule": "functional", "functional": operator, "of": inside.reference}
                    self.signs[atom] = self.record(applied)[0]
        return self.signs[atom]

    def sign_of_monomial(self, m: Monomial) -> Fact | None:
        """A fact `m >= 0`, for a monomial that is seen to be nonnegative by the signs of its atoms."""
        references, root = [], []
        for a, e in m:
            known = self.sign(a) if e % 2 else None
            if e % 2 and known is None:
                return None
            references += [known.reference] if known else []
            root += [(a, e // 2)] if e >= 2 else []
        found = self.look_up(">=", {m: 1})
        squares = [self.proof.write({tuple(root): 1})] if root else []
        return found or self.combine(">=", {m: 1}, {"terms": [["1", references, squares]]})

    def hypotheses_on(self, poly: Poly) -> list[Fact]:
        """The hypotheses so far that share a symbol with a polynomial."""
        names = self.proof.mentioned(poly) - set(self.proof.functionals)
        return [f for f in self.hypotheses if names & self.proof.mentioned(f.poly)]

    @property
    def hypotheses(self) -> list[Fact]:
        """The hypotheses so far, as facts."""
        return [self.facts[(number, 0)] for number in self.proof.hypotheses]
