"""The statement of a claim, rebuilt from the claim alone, and whether its hypotheses hold in a model."""

from __future__ import annotations

from functools import lru_cache

from convbound.proofs.claims import Claim
from convbound.proofs.kernel import Formula, Statement, Theorem
from convbound.proofs.models import Evaluation, Model
from convbound.proofs.translate import Draft


@lru_cache(maxsize=512)
def draft_of(claim: Claim) -> tuple[Draft, list[Theorem], Formula]:
    """The claim's signature, hypotheses and conclusion, for display and for evaluation in models."""
    draft = Draft(claim.vocabulary)
    hypotheses = [draft.suppose(h.relation) for h in claim.facts]
    return draft, hypotheses, draft.fact(claim.then)


def statement(claim: Claim) -> Statement:
    """The claim's statement, rebuilt from the claim alone."""
    draft, _, conclusion = draft_of(claim)
    return draft.proof.statement(conclusion)


def unmet(claim: Claim, model: Model) -> str | None:
    """The first hypothesis that does not hold in the model, or None."""
    draft, hypotheses, conclusion = draft_of(claim)
    evaluation = Evaluation(draft.proof, model)
    polys = [h.poly for h in (*hypotheses, conclusion)]
    names = sorted(n for n in set().union(*(draft.proof.mentioned(p) for p in polys)) if n in draft.proof.symbols)
    try:
        broken = evaluation.broken_declaration(names)
        if broken:
            return broken
        for hypothesis, fact in zip(claim.facts, hypotheses, strict=True):
            if evaluation.failure(fact) is not None:
                return hypothesis.text or claim.vocabulary.text(hypothesis.relation)
        for premise in claim.premises:
            if not premise.holds(model):
                return premise.text
    except (ValueError, ZeroDivisionError) as error:
        return str(error)
    return None
