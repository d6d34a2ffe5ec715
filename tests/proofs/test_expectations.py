"""An expectation of what is known there says less than it seems to: a statement with one is refused, term by term."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from convbound.proofs.claims import Library
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, next_value
from convbound.proofs.prover import Prover
from convbound.proofs.verify import verify


def vocabulary(forgotten: bool = False) -> tuple[Any, ...]:
    v = Vocabulary()
    v.time("step", "k", 1, v.real("K", integer=True))
    v.random("run")
    F = v.real("F", over=["run", "step"], sequence="step")
    h = v.real("h", over=["run", "step", *([] if forgotten else ["~step"])])
    a = v.real("a")
    return v, F, h, a, v.functional("E_k", "expectation", given=["step"]), v.functional("E", "expectation")


CHANGES_NOTHING: dict[str, tuple[Callable[..., Any], str]] = {
    "what is known": (lambda F, h, a, E_k, E: E_k(F), "E_k changes nothing in F"),
    "a parameter": (lambda F, h, a, E_k, E: E(a), "E changes nothing in a"),
    "one term of two": (lambda F, h, a, E_k, E: E_k(h + F), "E_k changes nothing in F"),
    "one term of two, inside": (lambda F, h, a, E_k, E: E(E_k(h - a)), "E_k changes nothing in −a"),
    "twice": (lambda F, h, a, E_k, E: E_k(E_k(h)), "E_k changes nothing in E_k[h]"),
    "a term that cancels": (lambda F, h, a, E_k, E: E_k(h * (a - a) + F), "E_k changes nothing in F"),
    "nothing": (lambda F, h, a, E_k, E: E_k(0), "E_k changes nothing in 0"),
}


@pytest.mark.parametrize("case", CHANGES_NOTHING)
def test_an_expectation_that_changes_nothing_is_an_error(case: str) -> None:
    make, reason = CHANGES_NOTHING[case]
    v, *words = vocabulary()
    own = Library("own", "", "")
    value = make(*words)
    for number, (suppose, then) in enumerate([([], eq(value, 0)), ([ge(value, 0)], ge(words[0], 0))]):
        record = verify(own.claim(str(number), "", "", v, suppose=suppose, then=then), Prover())
        assert record.verdict == "error" and reason in record.reason


def test_a_scope_that_was_forgotten_is_found() -> None:
    """E_k[h] = g and E_k[(h - g)²] <= σ² would both be true of any h that is g."""
    for forgotten, verdict in ((False, "open"), (True, "error")):
        v, _, h, a, E_k, _ = vocabulary(forgotten)
        claim = Library("own", "", "").claim("a", "", "", v, suppose=[eq(E_k(h), a)], then=ge(h, a), assumed=True)
        assert (verify(claim, Prover()).verdict == "error") == (verdict == "error")


def test_an_expectation_of_what_is_drawn_is_none() -> None:
    v, F, h, a, E_k, E = vocabulary()
    own = Library("own", "", "")
    fine = [E_k(h), E_k(next_value(F) - 2 * h), E_k((h - F) ** 2), E(F), E(E_k(h)), E(E_k(h * F)), E(a * F)]
    for number, value in enumerate(fine):
        claim = own.claim(
            str(number), "", "", v, suppose=[], then=eq(value, value), proof=lambda p: p.have(p.claim.then)
        )
        assert verify(claim, Prover()).verdict != "error"
