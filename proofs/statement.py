"""The statement of a claim, rebuilt from the claim alone, and whether its hypotheses hold in a model."""

from __future__ import annotations

from functools import lru_cache

from convbound.proofs.claims import Claim
from convbound.proofs.kernel import Formula, Statement, Theorem
from convbound.proofs.language.translation import Draft
from convbound.proofs.models.model import Evaluation, Model
from convbound.proofs.models.processes import Instance, Process, Unending, horizons


@lru_cache(maxsize=512)
def draft_of(claim: Claim) -> tuple[Draft, list[Theorem], Formula]:
    """The claim's signature, hypotheses and conclusion, for display and for evaluation in models."""
    draft = Draft(claim.vocabulary)
    hypotheses = [draft.suppose(h.relation) for h in claim.facts]
    conclusion = draft.fact(claim.then)
    for relation in (*(h.relation for h in claim.facts), claim.then):
        draft.refuse_idle(relation)
    return draft, hypotheses, conclusion


def statement(claim: Claim) -> Statement:
    """The claim's statement, rebuilt from the claim alone."""
    draft, _, conclusion = draft_of(claim)
    return draft.proof.statement(conclusion)


@lru_cache(maxsize=512)
def mentioned_symbols(claim: Claim) -> list[str]:
    """The symbols of a claim's statement, also those inside its definitions."""
    draft, hypotheses, conclusion = draft_of(claim)
    names = set().union(*(draft.proof.mentioned(f.poly) for f in (*hypotheses, conclusion)))
    return sorted(n for n in names if n in draft.proof.symbols)


@lru_cache(maxsize=512)
def limits(claim: Claim) -> frozenset[str]:
    """The horizons of a claim that speaks of K to infinity, and so needs an instance that goes on for ever."""
    draft, hypotheses, conclusion = draft_of(claim)
    return horizons(draft.proof, [f.poly for f in (*hypotheses, conclusion)])


def unending(claim: Claim, process: Process, horizon: frozenset[str] | None = None) -> Unending:
    """A process with the signature of a claim, along its limits.

    Raises:
        ModelError: they do not fit.
    """
    return Unending(draft_of(claim)[0].proof, process, limits(claim) if horizon is None else horizon)


FINITE = "a limit is about runs of every length: its instance is a Process, which goes on for ever, not K steps"
LENGTHS = (1, 2)  # the runs by which a process stands in for models, where a claim is about no limit


def unmet(claim: Claim, instance: Instance) -> str | None:
    """The first hypothesis that does not hold in the instance, or None. For a limit: at every step, for every K."""
    if limits(claim):
        return unmet_for_ever(claim, instance) if isinstance(instance, Process) else FINITE
    if isinstance(instance, Process):
        return next((problem for K in LENGTHS if (problem := unmet(claim, finite(claim, instance, K)))), None)
    try:
        return _unmet(claim, instance)
    except (ValueError, ZeroDivisionError) as error:
        return str(error)


def unmet_for_ever(claim: Claim, process: Process, horizon: frozenset[str] | None = None) -> str | None:
    """The first hypothesis that does not hold in a process at every step, for every number K of steps, or None."""
    try:
        found = unending(claim, process, horizon).broken(mentioned_symbols(claim), draft_of(claim)[1])
        if found is None:
            return _unmet_premise(claim, process)
    except (ValueError, ZeroDivisionError) as error:
        return str(error)
    number, where = found
    return where if number < 0 else ", ".join(x for x in (_words(claim, number), where) if x)


def finite(claim: Claim, process: Process, K: int) -> Model:
    """The first K steps of a process, for a claim whose time may call its length otherwise."""
    scopes = draft_of(claim)[0].proof.scopes
    return process.model(K, scopes.get(process.time, {}).get("length", "K"))


def _unmet(claim: Claim, model: Model) -> str | None:
    draft, hypotheses, _ = draft_of(claim)
    evaluation = Evaluation(draft.proof, model)
    broken = evaluation.broken_declaration(mentioned_symbols(claim))
    if broken:
        return broken
    for number, fact in enumerate(hypotheses):
        if evaluation.failure(fact) is not None:
            return _words(claim, number)
    return _unmet_premise(claim, model)


def _words(claim: Claim, number: int) -> str:
    hypothesis = claim.facts[number]
    return hypothesis.text or claim.vocabulary.text(hypothesis.relation)


def _unmet_premise(claim: Claim, instance: Instance) -> str | None:
    return next((premise.text for premise in claim.premises if not premise.holds(instance)), None)
