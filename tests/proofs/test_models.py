"""Models: exact values, what breaks a declaration, and answers that are neither yes nor no."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proof_builders import certificate, fact, p, step, suppose
from random_models import RandomModel, open_proof

from convbound.proofs.kernel import Proof, Theorem, replay
from convbound.proofs.models.model import Evaluation, Model, ModelError, nested_past
from convbound.proofs.models.segments import Along, exact_quadrature
from convbound.proofs.models.surds import Surd

FAIR = [(Fraction(1, 2), ((0,),)), (Fraction(1, 2), ((1,),))]  # one step of one draw: a fair coin
BASE: dict[str, Any] = {
    "d": 2,
    "e": 1,
    "K": 1,
    "n": 1,
    "N": 1,
    "x": Fraction(1, 2),
    "L": 2,
    "g": lambda at: at["i"] + 1,
}


def model(**values: Any) -> Model:
    return Model({**BASE, **values}, FAIR)


def value(text: str, at: Any = None, **values: Any) -> Any:
    proof = open_proof()
    return Evaluation(proof, model(**values)).poly(proof.read(p(text)), at or {})


def holds(text: str, **values: Any) -> bool:
    proof = open_proof()
    said = proof.formula(fact(text))
    theorem = Theorem.__new__(Theorem)
    theorem.relation, theorem.poly, theorem.uses = said.relation, said.poly, frozenset()
    return Evaluation(proof, model(**values)).failure(theorem) is None


def test_sums_averages_and_integrals() -> None:
    assert value("S[g^2]") == 5 and value("mean_i[g]") == Fraction(3, 2)
    assert value("S[x]") == 1 and value("int[theta^3]") == Fraction(1, 4)
    assert value("int[theta*G]", {"i": 0}, G=Along(-1, 3)) == Fraction(1, 2)


def test_expectations() -> None:
    def coin(at: Any) -> int:
        return at["run"][0][0]

    assert value("E[r]", r=coin) == Fraction(1, 2) and value("E[r^2] - E[r]*E[r]", r=coin) == Fraction(1, 4)
    assert value("E_k[r]", {"step": 1, "run": ((1,),)}, r=coin) == Fraction(1, 2)
    weighted = replace(model(r=coin), outcomes=[(Fraction(1, 3), ((0,),)), (Fraction(2, 3), ((1,),))])
    proof = open_proof()
    assert Evaluation(proof, weighted).poly(proof.read(p("E[r]")), {}) == Fraction(2, 3)


def test_conditioning_is_on_the_past_only() -> None:
    """Two steps: at the first nothing is known, at the second the first coin is."""
    outcomes = [(Fraction(1, 4), ((a,), (b,))) for a in (0, 1) for b in (0, 1)]
    two = Model({**BASE, "K": 2, "r": lambda at: at["run"][0][0] + 10 * at["run"][1][0]}, outcomes)
    proof = open_proof()
    evaluation, poly = Evaluation(proof, two), proof.read(p("E_k[r]"))
    assert evaluation.poly(poly, {"step": 1, "run": ((1,), (1,))}) == Fraction(11, 2)
    assert evaluation.poly(poly, {"step": 2, "run": ((1,), (1,))}) == 6
    assert nested_past(((1, 0), (0, 1)), [1]) == ((1, 0),)
    assert nested_past(((1, 0), (0, 1)), [1, 1]) == (((1, 0),), (0,))


@pytest.mark.parametrize("kind", ["quotient", "root", "absolute", "sign", "maximum"])
@pytest.mark.parametrize("number", [Fraction(-3, 2), Fraction(0), Fraction(9, 4)])
def test_definitions(kind: str, number: Fraction) -> None:
    bodies = {"quotient": ["L", "x"], "maximum": ["x", "L"]}.get(kind, ["x"])
    proof = open_proof()
    proof.declare("made", kind, [proof.read(p(b)) for b in bodies])
    evaluation = Evaluation(proof, model(x=number))
    if (kind == "quotient" and number == 0) or (kind == "root" and number < 0):
        with pytest.raises(ValueError, match=r"zero|negative"):
            evaluation.atom("made", {})
        return
    expected = {
        "quotient": 2 / number if number else 0,
        "root": Fraction(3, 2) if number > 0 else 0,
        "absolute": abs(number),
        "sign": (number > 0) - (number < 0),
        "maximum": max(number, Fraction(2)),
    }
    assert evaluation.atom("made", {}) == expected[kind]


def test_roots_stay_exact() -> None:
    steps = [
        suppose("L > 0"),
        step("definition", symbol="root_L", kind="root", bodies=[p("L")], because=[0, 0]),
    ]
    proof, _ = replay(certificate(steps))
    evaluation = Evaluation(proof, model())
    assert evaluation.atom("root_L", {}) == Surd.of(2).root()
    assert evaluation.poly(proof.read(p("root_L^2 - L")), {}) == Fraction(0)


BROKEN = {
    "an-integer-that-is-none": ({"z": Fraction(1, 2)}, "z", "z is declared an integer and is 1/2"),
    "an-irrational-integer": ({"z": Surd.of(2).root()}, "z", "z is declared an integer and is √2"),
    "an-integer-at-one-point": ({"q": lambda at: Fraction(1, 2)}, "q", "q is declared an integer"),
    "an-integer-after-the-last-step": (
        {"lattice": lambda at: Fraction(at["step"], 4) if at["step"] > 1 else 1},
        "lattice",
        "lattice is declared an integer",
    ),
    "known-at-its-step-and-is-not": ({"w": lambda at: at["run"][0][0]}, "w", "w is declared known at step step"),
    "the-draws-so-far-and-the-next": ({"count": lambda at: at["run"][0][0]}, "count", "known at step draw"),
}


@pytest.mark.parametrize(("values", "name", "reason"), BROKEN.values(), ids=BROKEN)
def test_broken_declarations(values: Any, name: str, reason: str) -> None:
    broken = Evaluation(open_proof(), model(**values)).broken_declaration([name])
    assert broken is not None and reason in broken


def test_without_a_time_known_means_known_from_the_start() -> None:
    """A random symbol without a time and without `~`: the kernel takes it out of every conditional expectation."""
    symbols = [{"name": "early", "scopes": ["run"]}]
    proof = Proof({**certificate([suppose("x >= 0")]), "symbols": [*certificate([])["symbols"], *symbols]})
    assert proof.read(p("E_k[early]")) == proof.read(p("early"))
    evaluation = Evaluation(proof, model(early=lambda at: at["run"][0][0]))
    assert "early is declared known at step step" in str(evaluation.broken_declaration(["early"]))
    assert Evaluation(proof, model(early=lambda at: 7)).broken_declaration(["early"]) is None


@pytest.mark.parametrize("length", [0, -1, Fraction(1, 2)])
def test_lengths(length: Any) -> None:
    for name in ("d", "K", "n"):
        with pytest.raises(ModelError, match=f"{name} is the length of .*, a positive integer"):
            Evaluation(open_proof(), model(**{name: length})).broken_declaration([name])


@pytest.mark.parametrize("weights", [[Fraction(1, 2)], [Fraction(3, 2), Fraction(-1, 2)], [1, 0], [1, 1]], ids=str)
def test_probabilities(weights: Any) -> None:
    with pytest.raises(ModelError, match="positive and sum to one"):
        Evaluation(open_proof(), Model(BASE, [(w, ((k,),)) for k, w in enumerate(weights)]))


def test_a_missing_value() -> None:
    with pytest.raises(ModelError, match="gives no value to y"):
        value("y")
    with pytest.raises(ModelError, match="is about all K"):
        value("limsup[K: x]")


def test_facts_at_every_point() -> None:
    assert holds("g - 1 >= 0") and not holds("g - 1 > 0") and not holds("g - 2 >= 0")
    assert holds("g^2 - 3*g + 2 = 0") and not holds("g - 1 = 0")


SEGMENT = {
    "theta >= 0": True,
    "1 - theta >= 0": True,
    "theta > 0": False,  # at θ = 0
    "theta - 1/2 >= 0": False,
    "theta - theta^2 >= 0": True,
    "theta^2 - theta + 1/5 >= 0": False,  # only between 0.27 and 0.73
    "theta^2 - theta + 1/4 >= 0": None,  # true, and not shown by Bernstein's criterion
    "theta^2 - theta + 3/4 > 0": True,
    "theta*theta - theta^2 = 0": True,
    "theta^2 - theta = 0": False,
}


@pytest.mark.parametrize(("text", "answer"), SEGMENT.items(), ids=SEGMENT)
def test_facts_along_a_segment(text: str, answer: bool | None) -> None:
    """An inequality on [0, 1] fails at a point that can be named, or is shown, or is undecided; never guessed."""
    if answer is None:
        with pytest.raises(ModelError, match="not decided"):
            holds(text)
    else:
        assert holds(text) is answer


@given(coefficients=st.lists(st.fractions(min_value=-4, max_value=4, max_denominator=6), min_size=1, max_size=6))
@settings(max_examples=80, derandomize=True, deadline=None)
def test_quadrature(coefficients: list[Fraction]) -> None:
    degree = max(1, len(coefficients) - 1)
    exact = sum((c / (k + 1) for k, c in enumerate(coefficients)), Fraction(0))
    nodes = exact_quadrature(degree)
    assert sum((w * sum(c * x**k for k, c in enumerate(coefficients)) for x, w in nodes), Fraction(0)) == exact


@given(seed=st.integers(0, 10**6))
@settings(max_examples=30, derandomize=True, deadline=None)
def test_laws_of_expectation(seed: int) -> None:
    """Linear, the value of 1, and no variance below zero; conditional on more, then on less, is on less."""
    proof = open_proof()
    evaluation = Evaluation(proof, RandomModel(seed).model)
    one = evaluation._functional(proof.functionals["E"], {(): 1}, {})
    assert one == 1
    at = {"i": 0, "step": 1, "run": evaluation.model.outcomes[0][1]}
    u = evaluation.poly(proof.read(p("E_k[u]")), at)
    assert evaluation.poly(proof.read(p("E_k[u^2]")), at) - u * u >= 0
    assert evaluation.poly(proof.read(p("E[E_k[u]] - E[u]")), at) == 0
