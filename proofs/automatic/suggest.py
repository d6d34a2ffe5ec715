"""What would repair a claim: a sign, one of the usual hypotheses, or the best constant in front of a term.

A suggestion is a claim of its own, and is named only if that is proved as any claim is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

import sympy

from convbound.proofs.automatic.choose import simplest
from convbound.proofs.automatic.instances import find_counterexample
from convbound.proofs.automatic.quadratics import searchable
from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.language.vocabulary import Relation, first_value, ge, gt, last_value, le
from convbound.proofs.models.signatures import atoms_within
from convbound.proofs.statement import draft_of, mentioned_symbols

LOOK = 0.2  # seconds for a counterexample, before a proof is tried
MAX_ADDED = 24
MAX_FOUND = 3
FACTORS = (Fraction(2), Fraction(4), Fraction(8))
HALVINGS = 5


def suggestions(claim: Claim) -> Iterator[str]:
    """What would make the claim hold, in words; nothing where nothing that is tried does."""
    if not searchable(claim) or claim.instances:
        return
    yield from _constants(claim)
    found = 0
    for relation in islice(_usual(claim), MAX_ADDED):
        if found < MAX_FOUND and _holds(_with(claim, relation)):
            found += 1
            yield f"it holds if also {claim.vocabulary.text(relation)}"


def _with(claim: Claim, *added: Relation, then: Relation | None = None) -> Claim:
    """The claim with more hypotheses, or another conclusion, and without what its author gave."""
    extra = tuple(Hypothesis(r, "suggested", added=True) for r in added)
    return replace(
        claim,
        suppose=(*claim.suppose, *extra),
        then=then or claim.then,
        proof=None,
        witness=None,
        refutation=None,
        expected="proved",
    )


def _holds(claim: Claim) -> bool:
    """Whether it is proved, and its hypotheses can be met."""
    from convbound.proofs.prover import Prover
    from convbound.proofs.verify import verify

    if find_counterexample(claim, LOOK) is not None:
        return False
    prover = Prover()
    prover.seconds = LOOK
    return verify(claim, prover).verdict == "proved"


def _usual(claim: Claim) -> Iterator[Relation]:
    """Signs; products and numbers that are at most one; a run that is bounded below and starts where it is said to."""
    proof = draft_of(claim)[0].proof
    lengths = {s.get("length") for s in proof.scopes.values()}
    plain = [n for n in mentioned_symbols(claim) if not proof.reach[n] and n not in proof.definitions]
    letters = [sympy.Symbol(n, real=True) for n in plain if n not in lengths]
    known = [h.relation for h in claim.facts]
    signs = [gt(x, 0) for x in letters if gt(x, 0) not in known]
    yield from signs
    if len(signs) > 1:
        yield from (le(x, 1) for x in letters)
    yield from _stronger(claim)
    yield from (le(x * y, 1) for k, x in enumerate(letters) for y in letters[:k])
    yield from (ge(x, 1) for x in letters)
    yield from (le(x, 1) for x in letters if len(signs) <= 1)
    yield from (le(x, y) for x in letters for y in letters if x is not y)
    yield from _of_runs(claim, letters)


def _stronger(claim: Claim) -> Iterator[Relation]:
    """A product that is supposed to be at most one, with 1 + x for one of its factors x."""
    for relation in (h.relation for h in claim.facts if h.relation.op == "<="):
        for x in sorted(relation.left.free_symbols, key=str) if relation.left.is_Mul else ():
            yield le(relation.left.subs(x, 1 + x), relation.right)


def _of_runs(claim: Claim, letters: list[sympy.Expr]) -> Iterator[Relation]:
    draft, hypotheses, conclusion = draft_of(claim)
    proof = draft.proof
    atoms = frozenset[str]().union(*(atoms_within(proof, f.poly) for f in (*hypotheses, conclusion)))
    for name in sorted(a for a in atoms if proof.symbols.get(a, {}).get("sequence")):
        run = sympy.Symbol(name, real=True)
        for x in letters:
            yield Relation(last_value(run), ">=", x)
            yield Relation(first_value(run), "=", x)


def _constants(claim: Claim) -> Iterator[str]:
    """For each term of an upper bound, and for all of it: a factor with which it is proved, near one with which not."""
    if claim.then.op != "<=":
        return
    right = sympy.sympify(claim.then.right)
    for term in dict.fromkeys([*right.as_ordered_terms(), right]):
        if find_counterexample(_scaled(claim, term, Fraction(1)), LOOK) is None:
            return  # it is not refuted: no constant is to blame
        best = next((f for f in FACTORS if _holds(_scaled(claim, term, f))), None)
        if best is None:
            continue
        low = max(best / 2, Fraction(1))
        for _ in range(HALVINGS):
            middle = (low + best) / 2
            if _holds(_scaled(claim, term, middle)):
                best = middle
            else:
                low = middle
        simple = simplest(low, best)  # 4/3 is no half of a half
        if simple.denominator < best.denominator and _holds(_scaled(claim, term, simple)):
            best = simple
        shown = claim.vocabulary.text(sympy.Rational(best) * term)
        against = claim.vocabulary.text(sympy.Rational(low) * term)
        sure = find_counterexample(_scaled(claim, term, low), 5 * LOOK) is not None
        tail = f"; with {against} it is refuted" if sure else f"; with {against} it is not proved"
        yield f"it holds with {shown} in place of {claim.vocabulary.text(term)}{tail}"


def _scaled(claim: Claim, term: sympy.Expr, factor: Fraction) -> Claim:
    """The claim with one term of its right side multiplied."""
    right = claim.then.right + (sympy.Rational(factor) - 1) * term
    return _with(claim, then=Relation(claim.then.left, "<=", right))
