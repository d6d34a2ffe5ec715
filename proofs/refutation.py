"""Counterexamples: an exact instance that satisfies every hypothesis and violates the conclusion."""

from __future__ import annotations

from convbound.proofs.claims import Claim, Refutation
from convbound.proofs.derivation.derivation import ProofError
from convbound.proofs.kernel import Formula, Poly, Proof
from convbound.proofs.language.crosscheck import crosscheck
from convbound.proofs.models.instance_data import instance_data, process_data
from convbound.proofs.models.model import Evaluation, Given
from convbound.proofs.models.processes import Process
from convbound.proofs.models.signatures import meaning
from convbound.proofs.models.surds import Surd
from convbound.proofs.presentation import ingredients
from convbound.proofs.prover import Prover
from convbound.proofs.record import Counterexample
from convbound.proofs.statement import draft_of, limits, mentioned_symbols, unending, unmet, unmet_for_ever


def number(value: Given) -> str:
    """A value with its decimal where it is not short."""
    text = str(value)
    whole = text.removeprefix("-").isdigit()
    return text if whole or len(text) < 4 else f"{text} ≈ {float(value):.6g}"


def counterexample(claim: Claim, refutation: Refutation, prover: Prover) -> Counterexample | str:
    """The checked instance, or why it is none."""
    try:
        return _checked_instance(claim, refutation, prover)
    except (ValueError, ZeroDivisionError) as error:
        return f"the instance does not decide the conclusion: {error}"


def _checked_instance(claim: Claim, refutation: Refutation, prover: Prover) -> Counterexample | str:
    instance = refutation.model()
    problem = unmet(claim, instance)
    if problem is not None:
        return f"in the instance a hypothesis fails: {problem}"
    difference = crosscheck(claim, [instance])
    if difference is not None:
        return difference
    if limits(claim):
        assert isinstance(instance, Process)  # else a hypothesis fails
        if refutation.opposite is None:
            return "a limit is refuted by a proof of the opposite, for the instance and for every K: none is given"
        return _limit_violated(claim, refutation, refutation.opposite, instance, prover)
    if refutation.opposite is not None:
        return "the conclusion does not bound one limit superior from above"
    if isinstance(instance, Process):
        return "a claim about no limit is refuted by a Model, a run of K steps"
    draft, _, conclusion = draft_of(claim)
    evaluation = Evaluation(draft.proof, instance)
    failure = evaluation.failure(conclusion)
    if failure is None:
        return "in the instance the conclusion holds"
    point = failure["point"]
    sides = [evaluation.poly(draft.poly(side), point) for side in (claim.then.left, claim.then.right)]
    return Counterexample(
        instance=instance.facts,
        words=refutation.words,
        left=number(sides[0]),
        right=number(sides[1]),
        relation=claim.then.op,
        values=_parameters(evaluation, conclusion),
        data=instance_data(evaluation, mentioned_symbols(claim)),
        point={k: str(v) for k, v in point.items() if k != "omega"},
        ingredients=ingredients(claim, draft, evaluation, point),
    )


def _parameters(evaluation: Evaluation, conclusion: Formula) -> dict[str, str]:
    proof, given = evaluation.signature, evaluation.model.values
    names = sorted(proof.mentioned(conclusion.poly))
    return {s: str(evaluation.atom(s, {})) for s in names if s in proof.symbols and not proof.reach[s] and s in given}


def _limit_violated(
    claim: Claim, refutation: Refutation, opposite: Claim, process: Process, prover: Prover
) -> Counterexample | str:
    """The claim bounds a limit superior by X; the opposite proves, for every K, a floor above X in this process."""
    result = prover.prove(opposite)
    if isinstance(result, ProofError):
        return f"{opposite.id} is not proved: {result}"
    problem = unmet_for_ever(opposite, process, limits(claim))
    if problem is not None:
        return f"the instance is not one of {opposite.id}: {problem}"
    difference = crosscheck(opposite, [process])
    if difference is not None:
        return difference
    here, there = unending(claim, process), unending(opposite, process, limits(claim))
    draft, other, conclusion = here.signature, there.signature, draft_of(claim)[2]
    bounded = [a for m in conclusion.poly for a, _ in m if draft.structure.get(a, ("",))[0] == "limsup"]
    if len(bounded) != 1 or conclusion.relation != ">=" or conclusion.poly.get(((bounded[0], 1),)) != -1:
        return "the conclusion does not bound one limit superior from above"
    horizon, averaged = draft.structure[bounded[0]][1]
    claimed = {m: c for m, c in conclusion.poly.items() if m != ((bounded[0], 1),)}
    theorem = draft_of(opposite)[2]
    left = {m: c for m, c in theorem.poly.items() if not _of_parameters(other, {m: c}, horizon)}
    if meaning(draft, averaged) != meaning(other, left):
        return f"{opposite.id} is about another average"
    rest = {m: -c for m, c in theorem.poly.items() if m not in left}
    if theorem.relation == "=" or not _of_parameters(draft, claimed, horizon):
        return f"{opposite.id} does not bound the average from below by parameters"
    floor, bound = there.origin.poly(rest, {}), here.origin.poly(claimed, {})
    if (Surd.of(floor) - bound).sign() <= 0:
        return f"the floor {floor} does not exceed the claimed limit {bound}"
    return Counterexample(
        instance=process.facts,
        words=refutation.words,
        left=f"at least {number(floor)} for every K",
        right=number(bound),
        relation=claim.then.op,
        values=_parameters(here.origin, conclusion),
        data=process_data(here, mentioned_symbols(claim)),
        point={},
        by=opposite.name,
        certificate=result.sha256,
    )


def _of_parameters(proof: Proof, poly: Poly, horizon: str) -> bool:
    """Whether a polynomial has the same value along the horizon: it is made of parameters, and of no functional."""
    parts = {x for m in poly for a, _ in m for x in proof.parts[a]}
    return all(x in proof.symbols and not proof.reach[x] and x != horizon for x in parts)
