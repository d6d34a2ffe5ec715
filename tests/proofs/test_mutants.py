"""Mutated claims: a proof of the true claim must not prove the altered one, unless that is true as well.

Every claim of the paper is altered in its constants, exponents, terms, signs and hypotheses and in its relation, and
its own derivation is run on each mutant. `surviving_mutants` lists those that are proved, with the reason why they are
true. A mutant that fails in the author's witness is shown to be false, and may not be proved in any case.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice

import pytest
from claim_mutants import changes, false_in, mutants, witnesses
from surviving_mutants import FOLLOWS, IDLE, WEAKER

from convbound.proofs.claims import Claim, Library
from convbound.proofs.libraries import load_library
from convbound.proofs.models.model import Evaluation
from convbound.proofs.prover import Proved, Prover
from convbound.proofs.statement import draft_of

PROVED = [c.id for c in load_library("discrete-updates") if c.proof is not None]
A_CLAIM = 2  # mutants of each claim in the quick run


SLOW = ("specialisation/limit~corrected", "specialisation/average~corrected")


def survivors(claim: Claim) -> set[str]:
    """The names of the mutants that are expected to be proved."""
    weaker = WEAKER.get(claim.id, ("", ()))[1]
    numbers = [*IDLE.get(claim.id, ()), *(k for id, k in FOLLOWS if id == claim.id)]
    return {f"{claim.id}: {x}" for x in (*weaker, *(f"without hypothesis {k}" for k in numbers))}


def some(claim: Claim) -> list[Claim]:
    """A sample of the mutants, the same in every run: one by its name and not by its place in the list."""
    shuffled = sorted(changes(claim), key=lambda change: change[0])
    random.Random(claim.id).shuffle(shuffled)
    return list(islice(mutants(claim, shuffled), 1 if claim.id in SLOW else A_CLAIM))


def proved_among(claim: Claim, altered: list[Claim], prover: Prover) -> Iterator[Claim]:
    """Those that come back proved; none of them fails in a witness."""
    models = witnesses(claim)
    for mutant in altered:
        if isinstance(prover.prove(mutant), Proved):
            assert not false_in(mutant, models), f"proved, and false in the witness: {mutant.id}"
            yield mutant


@pytest.fixture(autouse=True)
def derivations_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the authors' own lines prove: the search would close true mutants that they do not."""
    monkeypatch.setattr("convbound.proofs.automatic.proof.assist", lambda *given: None)


@pytest.mark.parametrize("id", PROVED)
def test_mutants(id: str, paper: Library, prover: Prover) -> None:
    claim = paper[id]
    sample = some(claim)
    proved = {m.id for m in proved_among(claim, sample, prover)}
    assert proved == survivors(claim) & {m.id for m in sample}


@pytest.mark.long
@pytest.mark.parametrize("id", PROVED)
def test_all_mutants(id: str, paper: Library, prover: Prover) -> None:
    claim = paper[id]
    assert {m.id for m in proved_among(claim, list(mutants(claim)), prover)} == survivors(claim)


def test_there_are_enough() -> None:
    """More than 100 in the quick run; and the witnesses show that many are false, whatever a proof might say."""
    paper = load_library("discrete-updates")
    sample = [(paper[id], m) for id in PROVED for m in some(paper[id])]
    assert len(sample) >= 100
    assert len({m.id for _, m in sample}) == len(sample)
    assert sum(false_in(m, witnesses(claim)) for claim, m in sample[::2]) >= 10


def test_idle_hypotheses_are_not_used(paper: Library, prover: Prover) -> None:
    """The reason given for `IDLE`: the true claim's certificate does without them."""
    for id, numbers in IDLE.items():
        result = prover.prove(paper[id])
        assert isinstance(result, Proved)
        facts = [k for k, h in enumerate(paper[id].suppose, 1) if h in paper[id].facts]
        assert not any(used for k, used in zip(facts, result.used, strict=True) if k in numbers), id


@pytest.mark.long
def test_numbers_are_what_they_are(paper: Library) -> None:
    """The reason given for the comparisons in numbers: evaluated exactly, each survivor is true."""
    for id in ("comparison/zim@R1", "comparison/zim@R2", "comparison/bold", "comparison/tighter"):
        expected, (model,) = survivors(paper[id]), witnesses(paper[id])
        for mutant in mutants(paper[id]):
            draft, _, conclusion = draft_of(mutant)
            holds = Evaluation(draft.proof, model).failure(conclusion) is None
            assert holds or mutant.id not in expected


@pytest.mark.long
def test_the_list_is_of_mutants_that_exist(paper: Library) -> None:
    for id in {*WEAKER, *IDLE, *(id for id, _ in FOLLOWS)}:
        assert survivors(paper[id]) <= {m.id for m in mutants(paper[id])}
