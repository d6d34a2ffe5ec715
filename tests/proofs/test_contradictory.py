"""Hypotheses that contradict each other are found out, also through squares, sums and expectations; others are not."""

from __future__ import annotations

from typing import Any

import pytest

from convbound.proofs.models.witnesses import contradictory
from convbound.proofs.prover import Prover
from convbound.proofs.textbook import (
    E,
    E_k,
    K,
    Paper,
    constants,
    drawn_vector,
    first,
    known,
    known_vector,
    last,
    mean,
    next,
    norm1,
    norm2,
)
from convbound.proofs.verify import verify

a, b, c = constants("a b c")
F, g = known("F"), known_vector("g")
h = drawn_vector("h")

CONTRADICTORY: dict[str, list[Any]] = {
    "signs": [a > 0, a < 0],
    "a strict circle": [a < b, b < c, c < a],
    "a square": [a**2 <= -1],
    "the square of a difference": [a**2 + b**2 <= 2 * a * b - 1],
    "a norm": [norm2(g) <= -1],
    "a norm under an expectation": [E_k(norm2(h - g)) <= -1],
    "a sum of absolute values": [norm1(g) < 0],
    "an average of norms": [mean(E(norm2(g))) < 0],
    "two norms": [norm2(g) <= a, norm2(h) <= b, a + b < 0],
    "a constant that is too small": [a >= 1, b >= 1, a * b < 0],
    "an equation": [a == b, a == b + 1],
}
SATISFIABLE: dict[str, list[Any]] = {
    "signs": [a > 0, b < 0],
    "a square": [a**2 <= 0],
    "a norm that is 0": [norm2(g) <= 0, E_k(h) == g],
    "a decrease": [next(F) <= F - norm2(g), first(F) <= a, last(F) >= b, K >= 1],
    "a variance": [E_k(h) == g, E_k(norm2(h - g)) <= a**2],
    "a negative number": [a * b < 0, a + b < -1],
    "nothing": [],
}


def claimed(suppose: list[Any]) -> Any:
    return Paper("own", "here").line("a", suppose, a + b + c + F >= 0)


@pytest.mark.parametrize("name", CONTRADICTORY)
def test_a_contradiction_is_found(name: str) -> None:
    assert contradictory(claimed(CONTRADICTORY[name]))


@pytest.mark.parametrize("name", ["a norm under an expectation", "two norms"])
def test_a_claim_from_a_contradiction_is_vacuous_with_a_proof_and_without(name: str) -> None:
    def fails(p: Any) -> Any:
        return p.have(p.claim.then, by=[])

    for proof in (None, fails):
        claim = Paper("own", "here").line("a", CONTRADICTORY[name], a + b + c + F >= 0, proof=proof)
        record = verify(claim, Prover())
        assert record.verdict == "vacuous" and "contradict" in record.reason


@pytest.mark.parametrize("name", SATISFIABLE)
def test_what_can_be_met_is_no_contradiction(name: str) -> None:
    assert not contradictory(claimed(SATISFIABLE[name]))
