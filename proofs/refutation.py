"""Counterexamples: an exact instance that satisfies every hypothesis and violates the conclusion."""

from __future__ import annotations

from typing import Any

from convbound.proofs.certificates import Json
from convbound.proofs.claims import Claim, Refutation
from convbound.proofs.derivation import ProofError
from convbound.proofs.kernel import Formula, Poly, Proof, constant, subtract, variable
from convbound.proofs.models import Evaluation, Model
from convbound.proofs.presentation import ingredients
from convbound.proofs.prover import Prover
from convbound.proofs.statement import draft_of, unmet
from convbound.proofs.surds import Surd
from convbound.proofs.translate import Draft


def number(value: Any) -> str:
    """A value with its decimal where it is not short."""
    text = str(value)
    whole = text.removeprefix("-").isdigit()
    return text if whole or len(text) < 4 else f"{text} ≈ {float(value):.6g}"


def counterexample(claim: Claim, refutation: Refutation, prover: Prover) -> Json | str:
    """The checked instance, or why it is none."""
    try:
        return _checked_instance(claim, refutation, prover)
    except (ValueError, ZeroDivisionError) as error:
        return f"the instance does not decide the conclusion: {error}"


def _checked_instance(claim: Claim, refutation: Refutation, prover: Prover) -> Json | str:
    model = refutation.model()
    problem = unmet(claim, model)
    if problem is not None:
        return f"in the instance a hypothesis fails: {problem}"
    draft, _, conclusion = draft_of(claim)
    evaluation = Evaluation(draft.proof, model)
    values = {
        s: str(evaluation.atom(s, {}))
        for s in sorted(draft.proof.mentioned(conclusion.poly))
        if s in draft.proof.symbols and not draft.proof.reach[s] and s in model.values
    }
    found: Json = {"instance": model.facts, "words": refutation.words, "values": values}
    if refutation.opposite is not None:
        return _limit_violated(claim, refutation.opposite, model, evaluation, conclusion, prover, found)
    failure = evaluation.failure(conclusion)
    if failure is None:
        return "in the instance the conclusion holds"
    point = failure["point"]
    sides = [evaluation.poly(draft.poly(side), point) for side in (claim.then.left, claim.then.right)]
    found |= {"left": number(sides[0]), "right": number(sides[1]), "relation": claim.then.op}
    found["ingredients"] = ingredients(claim, draft, evaluation, point)
    return found | {"point": {k: str(v) for k, v in point.items() if k != "omega"}}


def _limit_violated(
    claim: Claim,
    opposite: Claim,
    model: Model,
    evaluation: Evaluation,
    conclusion: Formula,
    prover: Prover,
    found: Json,
) -> Json | str:
    """The claim bounds a limit superior by X; the opposite proves, for every K, a floor above X in this instance."""
    result = prover.prove(opposite)
    if isinstance(result, ProofError):
        return f"{opposite.id} is not proved: {result}"
    problem = unmet(opposite, model)
    if problem is not None:
        return f"the instance is not one of {opposite.id}: {problem}"
    draft = evaluation.signature
    limits = [a for m in conclusion.poly for a, _ in m if draft.structure.get(a, ("",))[0] == "limsup"]
    if len(limits) != 1 or conclusion.relation != ">=" or conclusion.poly.get(((limits[0], 1),)) != -1:
        return "the conclusion does not bound one limit superior from above"
    horizon, averaged = draft.structure[limits[0]][1]
    claimed = {m: c for m, c in conclusion.poly.items() if m != ((limits[0], 1),)}
    bound = evaluation.poly(claimed, {})
    other = Draft(opposite.vocabulary)
    for hypothesis in opposite.facts:
        other.suppose(hypothesis.relation)
    theorem = other.fact(opposite.then)
    if draft.write(averaged) != other.proof.write({m: c for m, c in theorem.poly.items() if m in averaged}):
        return f"{opposite.id} is about another average"
    rest = {m: -c for m, c in theorem.poly.items() if m not in averaged}
    parameters = _of_parameters(draft, claimed, horizon) and _of_parameters(other.proof, rest, horizon)
    if theorem.relation == "=" or not parameters:
        return f"{opposite.id} does not bound the average from below by parameters"
    if any(_restricts(other.proof, other.proof.facts[h][0], horizon) for h in other.proof.hypotheses):
        return f"{opposite.id} supposes something of {horizon}"
    floor = Evaluation(other.proof, model).poly(rest, {})
    difference = Surd.of(floor) - bound
    if difference.sign() <= 0:
        return f"the floor {floor} does not exceed the claimed limit {bound}"
    sides = {"left": f"at least {number(floor)} for every K", "right": number(bound), "relation": claim.then.op}
    return found | sides | {"by": opposite.name, "certificate": result.sha256, "point": {}}


def _of_parameters(proof: Proof, poly: Poly, horizon: str) -> bool:
    """Whether a polynomial has the same value along the horizon: it is made of parameters, and of no functional."""
    parts = {x for m in poly for a, _ in m for x in proof.parts[a]}
    return all(x in proof.symbols and not proof.reach[x] and x != horizon for x in parts)


def _restricts(proof: Proof, fact: Formula, horizon: str) -> bool:
    """Whether a hypothesis says more of the horizon than that it is positive."""
    positive = (variable(horizon), subtract(variable(horizon), constant(1)))
    return horizon in proof.mentioned(fact.poly) and (fact.relation == "=" or fact.poly not in positive)
