"""The library of the ASkewSGD family, and what its chapters share: one coordinate between two levels.

Two documents print nearly the same theory: "On the Robustness of Quantization Algorithms during the Training Phase of
Deep Neural Networks" (Wong and Wai; below: the paper) and an earlier draft of it (below: the draft). Where they differ
each has its own claim.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import sympy

from convbound.proofs.claims import Claim, Hypothesis, Library, Premise, Refutation
from convbound.proofs.derivation.derivation import Derivation, Fact, ProofError
from convbound.proofs.language.conditions import complete
from convbound.proofs.language.vocabulary import Relation, Vocabulary
from convbound.proofs.models.model import Given, Model, Objective

family = Library("askewsgd", "ASkewSGD and its peers: quantised training", "Wong and Wai, and an earlier draft")

Suppose = Sequence[Hypothesis | Premise | Relation]


def true(
    id: str,
    source: str,
    title: str,
    v: Vocabulary,
    suppose: Suppose,
    then: Relation,
    values: Mapping[sympy.Symbol, Given],
    proof: Callable[[Derivation], Fact],
    *,
    corrects: str | None = None,
    printed: bool = False,
    outcomes: Sequence[tuple[Fraction, str]] = ((Fraction(1), ""),),
    objective: Objective = None,
) -> Claim:
    """A claim that is proved; `values` are those of an instance in which its hypotheses hold.

    Of a claim with premises, `objective` is what they are decided for.
    """
    return family.claim(
        id,
        source,
        title,
        v,
        suppose=suppose,
        then=then,
        proof=proof,
        witness=lambda: complete(v, _instance(values, outcomes, objective)),
        corrects=corrects,
        printed=printed,
    )


def false(
    id: str,
    source: str,
    title: str,
    v: Vocabulary,
    suppose: Suppose,
    then: Relation,
    values: Mapping[sympy.Symbol, Given],
    words: str,
    *,
    printed: bool = True,
    outcomes: Sequence[tuple[Fraction, str]] = ((Fraction(1), ""),),
    objective: Objective = None,
) -> Claim:
    """A claim that is refuted, by the instance with these values, and with this objective where it has premises."""
    return family.claim(
        id,
        source,
        title,
        v,
        suppose=suppose,
        then=then,
        expected="refuted",
        refutation=Refutation(lambda: complete(v, _instance(values, outcomes, objective)), words),
        printed=printed,
    )


def undecided(id: str, source: str, title: str, v: Vocabulary, suppose: Suppose, then: Relation, why: str) -> Claim:
    """A printed claim that is neither proved nor refuted here, and why."""

    def gap(p: Derivation) -> Fact:
        raise ProofError(why)

    return family.claim(
        id, source, title, v, suppose=suppose, then=then, expected="open", proof=gap, printed=True, note=why
    )


def cited(id: str, source: str, title: str, v: Vocabulary, suppose: Suppose, then: Relation, note: str) -> Claim:
    """What the sources take from somebody else, or from textbooks: it is not checked here."""
    return family.claim(id, source, title, v, suppose=suppose, then=then, expected="assumed", assumed=True, note=note)


def _instance(
    values: Mapping[sympy.Symbol, Given], outcomes: Sequence[tuple[Fraction, str]], objective: Objective
) -> Model:
    """The instance with these values; its words are the values of its parameters."""
    facts = [f"{name} = {value}" for name, value in values.items() if not callable(value)]
    facts += [f"{label} with probability {weight}" for weight, label in outcomes if label]
    given = {str(name): value for name, value in values.items()}
    return Model(given, outcomes, facts=", ".join(facts), objective=objective)
