"""The library of the ASkewSGD family, and what its chapters share: one coordinate between two levels.

Two documents print nearly the same theory: "On the Robustness of Quantization Algorithms during the Training Phase of
Deep Neural Networks" (Wong and Wai; below: the paper) and an earlier draft of it (below: the draft). Where they differ
each has its own claim.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from convbound.proofs.claims import Claim, Hypothesis, Library, Premise, Refutation
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Relation, Vocabulary
from convbound.proofs.models.model import Model

family = Library("askewsgd", "ASkewSGD and its peers: quantised training", "Wong and Wai, and an earlier draft")

Suppose = Sequence[Hypothesis | Premise | Relation]


def true(
    id: str,
    source: str,
    title: str,
    v: Vocabulary,
    suppose: Suppose,
    then: Relation,
    values: Mapping[Any, Any],
    proof: Callable[[Derivation], Fact],
    *,
    corrects: str | None = None,
    printed: bool = False,
    outcomes: Sequence[tuple[Fraction, str]] = ((Fraction(1), ""),),
) -> Claim:
    """A claim that is proved; `values` are those of an instance in which its hypotheses hold."""
    return family.claim(
        id,
        source,
        title,
        v,
        suppose=suppose,
        then=then,
        proof=proof,
        witness=lambda: _instance(values, outcomes),
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
    values: Mapping[Any, Any],
    words: str,
    *,
    printed: bool = True,
    outcomes: Sequence[tuple[Fraction, str]] = ((Fraction(1), ""),),
) -> Claim:
    """A claim that is refuted, by the instance with these values."""
    return family.claim(
        id,
        source,
        title,
        v,
        suppose=suppose,
        then=then,
        expected="refuted",
        refutation=Refutation(lambda: _instance(values, outcomes), words),
        printed=printed,
    )


def _instance(values: Mapping[Any, Any], outcomes: Sequence[tuple[Fraction, str]]) -> Model:
    """The instance with these values; its words are the values of its parameters."""
    facts = [f"{name} = {value}" for name, value in values.items() if not callable(value)]
    facts += [f"{label} with probability {weight}" for weight, label in outcomes if label]
    return Model({str(name): value for name, value in values.items()}, outcomes, facts=", ".join(facts))
