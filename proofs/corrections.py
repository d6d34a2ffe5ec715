"""A claim that puts another one right, against that one: which of its hypotheses are new, whatever its author marks."""

from __future__ import annotations

from sympy import Expr

from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.kernel import Theorem
from convbound.proofs.language.translation import Draft
from convbound.proofs.statement import draft_of


def beyond(claim: Claim) -> list[bool]:
    """For each entry of `claim.suppose`: that it does not stand in the claim that this one corrects.

    Hypotheses are compared as the kernel reads them, premises by their words. An instance of another claim is derived,
    and a length is at least 1 by declaration: these are not new. Nothing is new where there is nothing to compare.
    """
    original = claim.original
    if original is None:
        return [False] * len(claim.suppose)
    draft, facts, _ = draft_of(original)
    known = {_written(draft, fact) for fact in facts} | {p.text for p in original.premises}
    draft, facts, _ = draft_of(claim)
    own = iter(facts)
    new = []
    for h in claim.suppose:
        if not isinstance(h, Hypothesis):
            new.append(h.text not in known)
        elif h.instance is not None:
            new.append(False)
        else:
            fact = next(own)
            new.append(_written(draft, fact) not in known and not _of_a_length(draft, fact))
    return new


def _written(draft: Draft, fact: Theorem) -> Expr:
    return fact.relation, str(draft.proof.write(fact.poly))


def _of_a_length(draft: Draft, fact: Theorem) -> bool:
    """Whether the fact only says of a length that it is positive, or that it is no less than 1."""
    lengths = {scope["length"] for scope in draft.vocabulary.scopes if "length" in scope}
    atoms = [m for m in fact.poly if m]
    if fact.relation == "=" or len(atoms) != 1 or len(atoms[0]) != 1 or atoms[0][0][1] != 1:
        return False
    slope, at_one = fact.poly[atoms[0]], sum(fact.poly.values())
    return atoms[0][0][0] in lengths and slope > 0 and (at_one > 0 or (at_one == 0 and fact.relation == ">="))
