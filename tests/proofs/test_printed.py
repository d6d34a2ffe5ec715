"""What stands in print is proved or refuted with no proof, witness or model by hand; none the wrong way round."""

from __future__ import annotations

import pytest
from printed_memory import paper as memory
from printed_steps import paper as steps

from convbound.proofs.claims import Claim
from convbound.proofs.prover import Prover
from convbound.proofs.verify import Judge, verify

LINES = {claim.id: claim for claim in (*memory, *steps)}
SOLVER = ("svrg-variance", "svrg-lemma", "svrg-step")  # squares of four vectors at once
OPEN = ("polyak-bounded",)  # true: a fact times a sum of squares that is no monomial
QUICK = ("m-jensen-sq", "svrg-variance-without-two", "ef-recursion", "quantised-noise-false", "clip-bias")


def test_both_kinds_are_there() -> None:
    expected = [claim.expected for claim in LINES.values()]
    assert expected.count("proved") >= 30 and expected.count("refuted") >= 24


@pytest.mark.parametrize("name", QUICK)
def test_a_printed_line_has_its_verdict(name: str) -> None:
    assert verify(LINES[name], Prover()).verdict == LINES[name].expected


@pytest.mark.long
@pytest.mark.parametrize("claim", list(LINES.values()), ids=lambda claim: claim.id)
def test_every_printed_line_has_its_verdict(claim: Claim) -> None:
    if claim.id in SOLVER:
        pytest.importorskip("clarabel")
    found = Judge(Prover()).verdict(claim).verdict
    assert found == (claim.expected if claim.id not in OPEN else "open")
