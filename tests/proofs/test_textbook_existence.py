"""There is a constant, and there is none: what is claimed of a term, and of an instance for every constant."""

from __future__ import annotations

from typing import Any

import pytest

from convbound.proofs.models.model import Model
from convbound.proofs.prover import Prover
from convbound.proofs.textbook import (
    E,
    E_k,
    K,
    MisuseError,
    Paper,
    constants,
    d,
    drawn_vector,
    known,
    known_vector,
    mean,
    next,
    norm2,
    positive,
    vectors,
)
from convbound.proofs.verify import verify

L, C = constants("L C")
F, g, h = known("F"), known_vector("g"), drawn_vector("h")
mu = positive("mu")


def paper() -> Paper:
    return Paper("own", "here")


def test_a_term_that_does_is_proved_and_one_that_does_not_is_refuted() -> None:
    def proof(p: Any) -> Any:
        return p.have(p.claim.then, by=[x.relation for x in p.claim.facts])

    witness = lambda: Model({"L": 1, "g": 1, "d": 1, "K": 1})  # noqa: E731
    for factor, verdict in ((2, "proved"), (1, "proved")):
        claim = paper().exists("a", C, [norm2(g) <= L, L >= 0], norm2(g) <= C, take=factor * L, proof=proof)
        assert verify(claim, Prover()).verdict == verdict
        assert "C" not in claim.vocabulary.meanings
    assert claim.title == "there is C with ‖g‖² ≤ C; here C = L"
    false = paper().exists("a", C, [norm2(g) <= L, L >= 0], norm2(g) <= C, take=L / 2, witness=witness)
    assert verify(false, Prover()).verdict == "refuted"


def test_that_there_is_none_is_proved_for_every_constant() -> None:
    claim = paper().none(
        "b",
        C,
        [E_k(h) == g, mean(E(norm2(g))) >= 0],
        E_k(norm2(h)) <= C,
        against={h: C + 1, g: C + 1},
        proof=lambda p: p.have(p.claim.then, squares=[C.expr + 1, C.expr]),
    )
    assert claim.title == "there is no C with E_k[‖h‖²] ≤ C: it fails where h = 1 + C, g = 1 + C"
    assert claim.vocabulary.text(claim.then) == "(1 + C)² > C"
    assert [claim.vocabulary.text(x.relation) for x in claim.facts] == ["(1 + C)² ≥ 0"]
    assert verify(claim, Prover()).verdict == "proved"


def test_that_there_is_none_is_refuted_where_there_is_one() -> None:
    """F = 1 is no instance against C with F <= C: it does not exceed every C."""
    claim = paper().none("b", C, [F >= 0], F <= C, against={F: 1})
    assert claim.vocabulary.text(claim.then) == "1 > C"
    assert verify(claim, Prover()).verdict == "refuted"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: paper().none("b", C, [F >= 2], F <= C, against={F: 1}), "a hypothesis fails: F >= 2|1 >= 2"),
        (lambda: paper().none("b", C, [F >= mu], F <= C, against={F: 1}), "no value to mu"),
        (lambda: paper().none("b", C, [F >= mu], F <= C, against={F: 1, mu: 0}), "a hypothesis fails"),
        (lambda: paper().none("b", C, [E_k(h) == g], F <= C, against={F: C + 1, h: 1}), "no value to g"),
        (lambda: paper().none("b", C, [E_k(h) == g], F <= C, against={F: C, h: 1, g: 2}), "a hypothesis fails"),
        (lambda: paper().none("b", C, [], F <= C, against={F: L}), "may depend on C alone"),
        (lambda: paper().none("b", C, [], C == F, against={F: 1}), "its two inequalities"),
        (lambda: paper().none("b", C, [C >= 0], F <= C, against={F: 1}), "supposes something of C"),
        (lambda: paper().none("b", mu, [], F <= mu, against={F: 1}), "what exists is a constant"),
        (lambda: paper().none("b", C, [], F <= C, against={"F": 1}), "gives values to symbols; a text"),
        (lambda: paper().none("b", C, [next(F) <= C ** (K + 1)], F <= L, against={F: 1}), "supposes something"),
        (lambda: paper().none("b", C, [], F <= C * L ** (K + 1), against={F: 1, L: 1}), "powers of the step"),
        (lambda: paper().exists("a", C, [], F <= C, take=F), "F is not"),
        (lambda: paper().exists("a", C, [], F <= C, take=K), "K is not"),
        (lambda: paper().exists("a", C, [], F <= C, take=C + 1), "C is not"),
        (lambda: paper().exists("a", C, [], F <= L, take=1), "does not speak of C"),
        (lambda: paper().exists("a", C, [], F <= C, take=vectors("x")), "x is not"),
        (lambda: paper().exists("a", C, [C >= 0], F <= C, take=1), "supposes something of C"),
        (lambda: paper().exists("a", F, [], F <= C, take=1), "what exists is a constant"),
    ],
)
def test_what_cannot_be_said_is_refused(make: Any, reason: str) -> None:
    with pytest.raises(MisuseError, match=reason):
        make()


def test_the_instance_has_one_coordinate_one_step_and_no_chance() -> None:
    claim = paper().none(
        "b", C, [next(F) == F, d >= 1], mean(E(norm2(h))) + next(F) + norm2(g) <= C, against={F: C, h: 2, g: 1}
    )
    assert claim.vocabulary.text(claim.then) == "5 + C > C" and not claim.facts
