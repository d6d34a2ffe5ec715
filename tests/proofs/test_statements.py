"""A certificate is bound to its statement: on any other claim it is refused."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from proof_builders import suppose

from convbound.proofs.certificates import prune
from convbound.proofs.claims import Library
from convbound.proofs.derivation.derivation import ProofError
from convbound.proofs.kernel import KernelError, Proof, replay
from convbound.proofs.libraries import load_library
from convbound.proofs.prover import BrokenProofError, Found, Proved, Prover
from convbound.proofs.statement import statement
from convbound.proofs.verify import verify

PROVED = [c.id for c in load_library("discrete-updates") if c.proof is not None]


@pytest.fixture(scope="module")
def certificates(paper: Library, prover: Prover) -> dict[str, Any]:
    results = {id: prover.prove(paper[id]) for id in PROVED}
    return {id: r.certificate for id, r in results.items() if isinstance(r, Proved)}


def test_every_derivation_has_a_certificate(certificates: dict[str, Any]) -> None:
    assert sorted(certificates) == sorted(PROVED)
    assert len(PROVED) >= 60


def test_each_certificate_on_every_other_claim(paper: Library, certificates: dict[str, Any]) -> None:
    """All pairs: what a certificate proves is what its own claim states, and what no other claim states."""
    proved = {}
    for id, certificate in certificates.items():
        proof, theorem = replay(certificate)
        proved[id] = proof.statement(theorem)
    stated = {claim.id: statement(claim) for claim in paper}
    accepted = {(a, b) for a in proved for b in stated if proved[a] == stated[b]}
    assert {(a, a) for a in proved} <= accepted
    assert {(a, b) for a, b in accepted if a != b} == set()


@pytest.mark.parametrize("id", PROVED[::8])
def test_admission_compares_statements(id: str, paper: Library, prover: Prover, certificates: dict[str, Any]) -> None:
    """The whole way in: a claim that is handed the certificate of another one is not proved."""
    other = PROVED[(PROVED.index(id) + 1) % len(PROVED)]
    with pytest.raises(ProofError, match="the certificate proves another statement"):
        prover.admit(paper[other], Found(json.dumps(certificates[id]), (), ()))


ALTERED = {
    "a-hypothesis-more": lambda c: c["steps"].append(suppose("x >= 0") | {"fact": c["steps"][0]["fact"]}),
    "a-symbol-is-an-integer": lambda c: next(s for s in c["symbols"] if s["name"] == "mu").update(integer=True),
    "a-symbol-is-known-early": lambda c: next(s for s in c["symbols"] if s["name"] == "u")["scopes"].remove("~step"),
    "a-time-starts-later": lambda c: next(s for s in c["scopes"] if s["kind"] == "time").update(start="2"),
    "a-time-is-not-random": lambda c: next(s for s in c["scopes"] if s["kind"] == "time").update(random=False),
    "an-average-is-a-sum": lambda c: next(f for f in c["functionals"] if f["name"] == "avg_k").update(kind="sum"),
    "an-expectation-is-total": lambda c: next(f for f in c["functionals"] if f["name"] == "E_k").update(given=[]),
    "another-length": lambda c: next(s for s in c["scopes"] if s["kind"] == "index").update(length="K"),
}


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED)
def test_another_signature_is_another_statement(alter: Any, paper: Library, certificates: dict[str, Any]) -> None:
    forged = copy.deepcopy(certificates["prop-4"])
    alter(forged)
    try:
        proof, theorem = replay(forged)
    except KernelError:
        return
    assert proof.statement(theorem) != statement(paper["prop-4"])


def test_order_and_kind_of_hypotheses_count(paper: Library, certificates: dict[str, Any]) -> None:
    """Strict for weak, one more, one less: the statement is another one."""
    honest = statement(paper["prop-4"])
    for k, step in enumerate(certificates["prop-4"]["steps"]):
        if step["rule"] != "hypothesis" or step["fact"][1] == "=":
            continue
        forged = copy.deepcopy(certificates["prop-4"])
        forged["steps"][k]["fact"][1] = {">=": ">", "<=": "<", ">": ">=", "<": "<="}[step["fact"][1]]
        try:
            proof, theorem = replay(forged)
        except KernelError:
            continue
        assert proof.statement(theorem) != honest


@pytest.mark.parametrize("id", PROVED)
def test_a_certificate_stands_alone(id: str, certificates: dict[str, Any]) -> None:
    """Written, read and replayed it proves the same, quickly; every step in it is needed."""
    certificate = certificates[id]
    again = json.loads(json.dumps(certificate))
    proof, theorem = replay(again)
    header = {k: v for k, v in again.items() if k not in ("steps", "conclusion")}
    pruned, kept = prune(header, again["steps"], again["conclusion"])
    assert pruned == again and len(kept) == len(again["steps"])
    assert theorem.uses <= set(proof.hypotheses)


@pytest.mark.parametrize("id", PROVED[::5])
def test_no_step_of_a_certificate_can_be_left_out(id: str, certificates: dict[str, Any], paper: Library) -> None:
    """Without one of its steps (renumbered) a certificate is refused, or proves another statement."""
    certificate = certificates[id]
    for k in range(len(certificate["steps"]) - 1):
        forged = copy.deepcopy(certificate)
        forged["steps"][k] = {"rule": "hypothesis", "fact": ["0", ">=", "0"]}  # 0 >= 0 in its place
        try:
            proof, theorem = replay(forged)
        except KernelError:
            continue
        assert proof.statement(theorem) != statement(paper[id])


def test_an_unfinished_proof_states_nothing() -> None:
    with pytest.raises(KernelError, match="declarations: not a convbound-certificate"):
        replay({"steps": []})
    with pytest.raises(KernelError):
        Proof({"format": "convbound-certificate/2"}).fact([0, 0])


def test_records_carry_what_was_checked(paper: Library, prover: Prover) -> None:
    record = verify(paper["prop-4"], prover)
    result = prover.prove(paper["prop-4"])
    assert isinstance(result, Proved)
    assert record.certificate == result.sha256 and record.rules == result.rules
    assert record.verdict == "proved" and "discrete-updates:prop-4/divided" in record.rests_on


@pytest.mark.parametrize("id", ["specialisation/average~corrected", "specialisation/limit~corrected"])
def test_the_composed_theorem_needs_the_bounded_gradient(paper: Library, prover: Prover, id: str) -> None:
    """From the draws: what repairs the paper is used, by Proposition 12 as corrected, and is marked added."""
    record = verify(paper[id], prover)
    assert record.verdict == "proved"
    assert {"discrete-updates:prop-12~corrected", "discrete-updates:prop-7/second-moment~corrected"} < set(
        record.rests_on
    )
    (bounded,) = [h for h in record.assumptions if h.label == "‖∇F(w_k)‖₂ ≤ G"]
    assert bounded.used is True and bounded.added
    assert not any("‖∇F(w_k)‖₂ ≤ G" in h.words for h in record.unused)
    derived = [h for h in record.assumptions if h.instance_of]
    assert [h.label for h in derived] == ["(2.2)", "(2.3)"]
    result = prover.prove(paper[id])
    assert isinstance(result, Proved)
    supposed = [s for s in result.certificate["steps"] if s["rule"] == "hypothesis"]
    assert len(supposed) == len(record.assumptions) - len(derived)  # the instances are no hypotheses of the kernel


@pytest.mark.parametrize("dropped", ["‖∇F(w_k)‖₂ ≤ G", "r is a probability", "p_i = r q_i", "each draw is counted"])
def test_without_any_of_its_hypotheses_the_composed_theorem_has_no_proof(paper: Library, dropped: str) -> None:
    claim = paper["specialisation/average~corrected"]
    kept = tuple(h for h in claim.suppose if h.text != dropped)
    assert len(kept) < len(claim.suppose)
    result = Prover().prove(replace(claim, suppose=kept))
    assert isinstance(result, ProofError) and not isinstance(result, BrokenProofError)


@pytest.mark.parametrize("name", ["discrete-updates", "lattice", "askewsgd", "first-order", "inequalities"])
def test_no_claim_supposes_what_it_concludes(name: str) -> None:
    """A conclusion that the algebra turns into a hypothesis says nothing, and `recheck` refuses its certificate."""
    for claim in load_library(name):
        if claim.expected == "proved":
            stated = statement(claim)
            assert stated["conclusion"] not in stated["hypotheses"], claim.name
