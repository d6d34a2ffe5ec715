"""Do the hypotheses of a claim contradict each other? A model shows that they do not, a certificate that they do."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from convbound.proofs.certificates import Json
from convbound.proofs.claims import Claim
from convbound.proofs.derivation.multipliers import Known, Search
from convbound.proofs.models.model import Model
from convbound.proofs.models.processes import Instance, Move, Process
from convbound.proofs.statement import draft_of, limits, unmet

GRID = [Fraction(1), Fraction(2), Fraction(1, 2), Fraction(0), Fraction(3), Fraction(-1), Fraction(1, 4), Fraction(4)]
MAX_TRIES = 3000


def search(claim: Claim) -> Instance | None:
    """An exact instance of the hypotheses among small rationals, for claims whose symbols have no scopes."""
    draft, hypotheses, conclusion = draft_of(claim)
    mentioned = set().union(*(draft.proof.mentioned(f.poly) for f in (*hypotheses, conclusion)))
    names = sorted(n for n in mentioned if n in draft.proof.symbols and n not in draft.proof.definitions)
    if any(draft.proof.reach[n] for n in names) or claim.premises:
        return None
    times = [(n, s) for n, s in draft.proof.scopes.items() if s.get("length") in limits(claim)]
    if times:
        names = [n for n in names if n not in limits(claim)]
    for _, values in zip(range(MAX_TRIES), product(GRID, repeat=len(names)), strict=False):
        parameters = dict(zip(names, values, strict=True))
        instance = at_rest(parameters, *times[0]) if times else Model(parameters)
        if unmet(claim, instance) is None:
            return instance
    return None


def at_rest(parameters: dict[str, Fraction], time: str, scope: Json) -> Process:
    """The process of one state, which stays there: for claims in which nothing depends on the step."""
    return Process(0, lambda _: [Move(Fraction(1), (), 0)], parameters, time=time, first=int(scope.get("start", "0")))


def contradictory(claim: Claim) -> bool:
    """Whether the hypotheses add up to 0 > 0, by an exact combination."""
    _, hypotheses, _ = draft_of(claim)
    known = [Known(k, h.relation, h.poly) for k, h in enumerate(hypotheses)]
    signs = {}
    for fact in known:
        if len(fact.poly) == 1 and fact.relation != "=":
            ((monomial, c),) = fact.poly.items()
            if len(monomial) == 1 and monomial[0][1] == 1 and c > 0:
                signs[monomial[0][0]] = fact
    found = Search(known, signs, ())
    found.add_products(sorted({m for f in known for m in f.poly} | {()}))
    return found.solve({}, True, 2) is not None
