"""Do the hypotheses of a claim contradict each other? A model shows that they do not, a certificate that they do."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import sympy

from convbound.bounds.plain_data import Json
from convbound.proofs.claims import Claim
from convbound.proofs.derivation.multipliers import Known, Search
from convbound.proofs.kernel import Poly
from convbound.proofs.language.vocabulary import Expr
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


MAX_PAIRS = 8  # of symbols, whose sums and differences are squared


def contradictory(claim: Claim) -> bool:
    """Whether the hypotheses add up to 0 > 0, by an exact combination with squares, their sums and their means."""
    draft, hypotheses, _ = draft_of(claim)
    known = [Known(k, h.relation, h.poly) for k, h in enumerate(hypotheses)]
    sides = [side for h in claim.facts for side in (h.relation.left, h.relation.right)]
    for e in dict.fromkeys(part for side in sides for part in sympy.preorder_traversal(side)):
        if e.is_Function and _nonnegative(e, set(draft.proof.functionals)):
            known.append(Known("square", ">=", draft.poly(e)))
    signs = {}
    for fact in known:
        bound = fact.poly.get((), 0)
        alone = [m for m in fact.poly if m]
        if fact.relation != "=" and len(alone) == 1 and bound <= 0 < fact.poly[alone[0]]:
            ((atom, power), *more) = alone[0]
            if power == 1 and not more:
                relation = ">" if bound < 0 else fact.relation
                signs[atom] = Known(fact.reference, relation, {((atom, 1),): 1})
    for name, (kind, *_) in draft.proof.definitions.items():
        if kind in ("root", "absolute"):
            signs.setdefault(name, Known("definition", ">=", {((name, 1),): 1}))
    support = sorted({m for f in known for m in f.poly} | {()})
    atoms = sorted({a for m in support for a, _ in m})[:MAX_PAIRS]
    pairs: list[Poly] = [{((a, 1),): 1, ((b, 1),): sign} for a, b in combinations(atoms, 2) for sign in (1, -1)]
    found = Search(known, signs, pairs)
    found.add_products(support)
    return found.solve({}, True, 2) is not None


def _nonnegative(e: Expr, functionals: set[str]) -> bool:
    """Whether an expression is seen to be no less than 0: an even power, an absolute value, their sums and means."""
    if isinstance(e, sympy.Abs) or (e.is_Pow and e.exp.is_Integer and e.exp % 2 == 0):
        return True
    if e.is_Function and e.func.__name__ in functionals:
        return _nonnegative(e.args[0], functionals)
    if e.is_Add or e.is_Mul:
        return all(_nonnegative(x, functionals) for x in e.args)
    return bool(e.is_Rational and e >= 0)
