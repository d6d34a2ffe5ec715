"""T6: the lattice δZᵈ. Claims about the unit lattice, rescaled: derived once, by substitution in the certificate.

On δZᵈ, F(δw)/δ is a function on the unit lattice with the same gradient: L becomes δL, and values of F are divided
by δ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import sympy

from convbound.proofs.claims import Claim, Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Expr, Relation, eq, gt, next_value
from convbound.proofs.lattice import rounding
from convbound.proofs.lattice.best_iterate import stopped
from convbound.proofs.lattice.mean_norm import t1a_finite, t1b, t1b_finite
from convbound.proofs.lattice.minimum import minimum as minimum_claim
from convbound.proofs.lattice.theory import theory
from convbound.proofs.lattice.vocabulary import bounded_below, on_lattice_step, run, smooth_at_step
from convbound.proofs.models.model import Given
from convbound.proofs.models.processes import Instance

delta = run.delta
VALUES = (run.F, run.H, run.F_1, run.F_inf, run.Delta)
SCALED = {run.L: delta * run.L, run.w: run.w / delta, run.eta: run.eta / delta, **{x: x / delta for x in VALUES}}
# hypotheses that say the same of F on δZᵈ as of its rescaling on Zᵈ
UNCHANGED = [smooth_at_step, *bounded_below, *stopped]
POSITIVE = [gt(run.L, 0), gt(run.eta, 0)]
STEP = Hypothesis(eq(next_value(run.w), run.w - delta * run.u), "w_{k+1} = w_k - δḡ")


def rescaled_relation(relation: Relation) -> Relation:
    """The relation on the lattice of spacing δ."""
    left, right = (sympy.sympify(x).xreplace(SCALED) for x in (relation.left, relation.right))
    return Relation(left, relation.op, right)


def rescaled_hypothesis(hypothesis: Supposed) -> Supposed:
    """A hypothesis on the lattice of spacing δ."""
    assert isinstance(hypothesis, Hypothesis)  # a premise would have to be said anew
    if hypothesis in UNCHANGED or hypothesis.relation in POSITIVE:
        return hypothesis
    if hypothesis.relation == on_lattice_step.relation:
        return STEP
    relation = rescaled_relation(hypothesis.relation)
    if relation == hypothesis.relation:
        return hypothesis
    return replace(hypothesis, relation=relation, text="")  # the words were about the unit lattice


class Rescaled:
    """A derivation in which everything is said of the lattice of spacing δ: what a claim prepares, prepared for it."""

    def __init__(self, p: Derivation) -> None:
        self.p = p

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self.p, name)

        def rescaled(*arguments: object, **options: object) -> object:
            told = {key: _rescaled(value) for key, value in options.items()}
            return method(*map(_rescaled, arguments), **told)

        return rescaled

    def use(self, claim: Claim, mapping: Mapping[Expr, Expr] | None = None, **options: Any) -> Fact:
        """A claim of the unit lattice, rescaled."""
        own = {symbol: _rescaled(value) for symbol, value in (mapping or {}).items()}
        by = [_rescaled(options.pop("by", ())), self.p.hypotheses()]
        return self.p.use(claim, {**SCALED, **own}, by=by, **options)


def _rescaled(thing: Any) -> Any:
    """An expression, a relation or a list of these, on the lattice of spacing δ; anything else as it is."""
    if isinstance(thing, Relation):
        same = any(thing == hypothesis.relation for hypothesis in UNCHANGED)
        return thing if same or thing in POSITIVE else rescaled_relation(thing)
    if isinstance(thing, list | tuple):
        return [_rescaled(part) for part in thing]
    return thing.xreplace(SCALED) if isinstance(thing, sympy.Expr) else thing


def rescaled_models(claim: Claim) -> list[Instance]:
    """The claim's witnesses, stretched to spacing 2."""
    assert claim.witness is not None
    models = claim.witness()
    two = {"L": 1, "eta": -1} | {x.name: -1 for x in (*VALUES, run.w)}  # the power of 2 by which each is divided

    def stretched(model: Instance) -> Instance:
        values: dict[str, Given] = {**model.values, "delta": 2}
        for name, power in two.items():
            if name in values:
                values[name] = _times(values[name], sympy.Integer(2) ** -power)
        return replace(model, values=values)

    return [stretched(m) for m in ([models] if isinstance(models, Instance) else models)]


def _times(value: Given, factor: Expr) -> Given:
    from fractions import Fraction

    number = Fraction(int(factor.p), int(factor.q))
    return (lambda at: value(at) * number) if callable(value) else value * number


def _in_words(claim: Claim) -> str:
    """What stands for what in the words of the claim, which are those of the unit lattice."""
    said = {"L": "δL for L", "Delta": "Δ/δ for Δ", "eta": "η/δ for η"}
    parts = [claim.then, *(h.relation for h in claim.hypotheses)]
    names = {s.name for part in parts for side in (part.left, part.right) for s in sympy.sympify(side).free_symbols}
    return " and ".join(words for name, words in said.items() if name in names) or "lengths in units of δ"


def at_spacing(claim: Claim, *, anew: bool = False) -> Claim:
    """Register the claim for the lattice δZᵈ: by its certificate, or by its derivation, gone through `anew`.

    The second is for a conclusion with a root over a quotient: what is put into the certificate's root is another
    polynomial than the one that the rescaled conclusion is read as, though equal to it.
    """
    suppose: Sequence[Supposed] = [gt(delta, 0), *(rescaled_hypothesis(h) for h in claim.suppose)]

    def prepare(p: Derivation) -> None:
        if claim.prepare is not None:
            claim.prepare(cast("Derivation", Rescaled(p)))

    def proof(p: Derivation) -> Fact:
        if anew and claim.proof is not None:
            return claim.proof(cast("Derivation", Rescaled(p)))
        return p.use(claim, SCALED, by=p.hypotheses())

    return theory.claim(
        f"{claim.id}@spacing",
        f"T6, {claim.source}",
        f"on the lattice of spacing δ, with {_in_words(claim)}: {claim.title}",
        claim.vocabulary,
        suppose=suppose,
        then=rescaled_relation(claim.then),
        printed=False,
        prepare=prepare,
        proof=proof,
        witness=lambda: rescaled_models(claim),
    )


for claim in (minimum_claim, t1a_finite, t1b_finite, t1b, rounding.floor):
    at_spacing(claim)
