"""What the rules yield without hypotheses is true in every model: each is tried in random exact ones."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from proof_builders import certificate, fact, recipe, step, suppose
from random_models import SEQUENCES, RandomModel, evaluation, open_proof, random_poly

from convbound.proofs.kernel import KernelError, Proof, Theorem, multiply, replay, show
from convbound.proofs.models.model import Evaluation, ModelError

seeds = st.integers(min_value=0, max_value=2**32)
often = settings(max_examples=80, derandomize=True, deadline=None)


def square(proof: Proof, seed: int, letters: Any = None) -> list[int]:
    """The fact p² >= 0 for a random p, as a step of the proof."""
    p = random_poly(proof, random.Random(seed), 1, *([letters] if letters else []))
    written = proof.write(p)
    squared = proof.write(proof.multiply(p, p))
    proof.step({"rule": "combination", "fact": [squared, ">=", "0"], "by": {"terms": [["1", [], [written]]]}})
    return [len(proof.steps) - 1, 0]


def try_step(proof: Proof, **about: Any) -> tuple[Theorem, ...]:
    """The step's facts; the example is dropped where the rule does not apply."""
    try:
        return proof.step(about)
    except KernelError:
        assume(False)
        raise


def true(model: Evaluation, *theorems: Theorem) -> None:
    for t in theorems:
        failure = model.failure(t)
        assert failure is None, f"{show(t.poly)} {t.relation} 0 fails: {failure}"


FUNCTIONALS = sorted(open_proof().functionals)


@pytest.mark.parametrize("name", FUNCTIONALS)
@given(seed=seeds)
@settings(max_examples=40, derandomize=True, deadline=None)
def test_normal_forms_keep_the_value(name: str, seed: int) -> None:
    """What `apply` pulls out of a functional does not vary in it: the value is that of the functional of the whole."""
    proof = open_proof()
    letters = ("x", "g", "theta", "G", "w", "u") if name == "int" else None
    p = random_poly(proof, random.Random(seed), 0 if name == "int" else 1, *([letters] if letters else []))
    assume(p)
    applied = proof.apply(name, p)
    model = evaluation(proof, seed)
    f = proof.functionals[name]
    needed = frozenset().union(*(proof.reach[a] for m in (*p, *applied) for a, _ in m)) | proof.at[name]
    over = {f["over"]} if "over" in f else set() if proof.at[name] else {"run"}
    for at in model.points(needed - over - {"segment"}):
        assert model.poly(applied, at) == model._functional(f, p, at), (show(p), at)


@pytest.mark.parametrize("name", FUNCTIONALS)
@given(seed=seeds)
@settings(max_examples=25, derandomize=True, deadline=None)
def test_functional(name: str, seed: int) -> None:
    proof = open_proof()
    letters = ("x", "g", "theta", "G", "w") if name == "int" else None
    of = square(proof, seed, letters)
    facts = try_step(proof, rule="functional", functional=name, of=of)
    if "segment" not in frozenset().union(*(proof.reach[a] for m in facts[0].poly for a, _ in m)):
        true(evaluation(proof, seed), *facts)


@given(seed=seeds, name=st.sampled_from(["S", "S_j", "total", "S_nu", "S_plan"]))
@often
def test_member(seed: int, name: str) -> None:
    proof = open_proof()
    facts = try_step(proof, rule="member", functional=name, of=square(proof, seed))
    true(evaluation(proof, seed), *facts)


@given(seed=seeds, outer=st.sampled_from(FUNCTIONALS), inner=st.sampled_from(FUNCTIONALS))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_interchange(seed: int, outer: str, inner: str) -> None:
    proof = open_proof()
    body = proof.write(random_poly(proof, random.Random(seed), 1))
    true(evaluation(proof, seed), *try_step(proof, rule="interchange", outer=outer, inner=inner, body=body))


@given(seed=seeds, pair=st.sampled_from([("E", "E_k"), ("E", "E_nu"), ("E_k", "E_nu"), ("E_k", "E_k"), ("E", "E")]))
@often
def test_tower(seed: int, pair: tuple[str, str]) -> None:
    proof = open_proof()
    body = proof.write(random_poly(proof, random.Random(seed), 1))
    true(evaluation(proof, seed), *try_step(proof, rule="tower", outer=pair[0], inner=pair[1], body=body))


@given(seed=seeds, pair=st.sampled_from([("avg", "total"), ("mean_i", "S")]))
@often
def test_average(seed: int, pair: tuple[str, str]) -> None:
    proof = open_proof()
    body = proof.write(random_poly(proof, random.Random(seed), 1))
    true(evaluation(proof, seed), *try_step(proof, rule="average", functional=pair[0], sum=pair[1], body=body))


SHIFTABLE = {
    "step": ("x", "g", "w", "lattice", "k", "s", "m", "d", "r"),
    "draw": ("x", "count", "nu", "w", "v", "g", "r"),
    "plan": ("x", "s", "m", "w", "u", "b", "count"),
}


@given(seed=seeds, name=st.sampled_from(["total", "avg", "S_nu", "S_plan"]))
@often
def test_telescoping(seed: int, name: str) -> None:
    proof = open_proof()
    letters = SHIFTABLE[proof.functionals[name]["over"]]
    body = proof.write(random_poly(proof, random.Random(seed), 1, letters))
    true(evaluation(proof, seed), *try_step(proof, rule="telescoping", functional=name, body=body))


@given(seed=seeds, time=st.sampled_from(sorted(SHIFTABLE)), how=st.sampled_from(["next", "first", "last"]))
@settings(max_examples=150, derandomize=True, deadline=None)
def test_shifts(seed: int, time: str, how: str) -> None:
    """The shifted polynomial, where it stands, is the polynomial where it was shifted to; and it is known in time."""
    proof = open_proof()
    p = random_poly(proof, random.Random(seed), 1, SHIFTABLE[time])
    try:
        shifted = proof.shift(how, time, p)
    except KernelError:
        assume(False)
        raise
    model = evaluation(proof, seed)
    start, length = model.range(time)
    reach = frozenset().union(*(proof.reach[a] for m in (*p, *shifted) for a, _ in m)) | {time}
    for at in model.points(reach):
        there = {"next": at[time] + 1, "first": start, "last": start + length}[how]
        assert model.poly(shifted, at) == model.poly(p, {**at, time: there}), show(p)


@given(seed=seeds)
@often
def test_integrality(seed: int) -> None:
    proof = open_proof()
    p = random_poly(proof, random.Random(seed), 1, ("z", "d", "K", "q", "lattice", "k", "m"))
    whole = proof.write({m: int(c * 2) for m, c in p.items()})
    true(evaluation(proof, seed), *try_step(proof, rule="integrality", body=whole))


@given(seed=seeds, kind=st.sampled_from(["absolute", "sign", "maximum", "root", "quotient"]))
@often
def test_definitions(seed: int, kind: str) -> None:
    """All facts of a definition hold; roots are of squares, denominators are one more than a square."""
    proof = open_proof()
    chance = random.Random(seed)
    p, q = random_poly(proof, chance, 0), random_poly(proof, chance, 0)
    about: dict[str, Any] = {"because": None}
    body = [proof.write(p)] if kind in ("absolute", "sign") else [proof.write(p), proof.write(q)]
    if kind in ("root", "quotient"):
        positive = {**multiply(q, q)}
        terms: list[Any] = [["1", [], [proof.write(q)]]]
        if kind == "quotient":
            positive[()] = positive.get((), 0) + 1
            terms.append(["1", [], []])
        relation = ">" if kind == "quotient" else ">="
        facts = try_step(proof, rule="combination", fact=[proof.write(positive), relation, "0"], by={"terms": terms})
        body = [*([proof.write(p)] if kind == "quotient" else []), proof.write(facts[0].poly)]
        about["because"] = [0, 0]
    facts = try_step(proof, rule="definition", symbol="made", kind=kind, bodies=body, **about)
    true(evaluation(proof, seed), *facts)


@given(seed=seeds)
@often
def test_induction(seed: int) -> None:
    """s with nonnegative steps from a nonnegative start: the hypotheses hold, so the conclusions do."""
    steps = [
        suppose("first[s] - x^2 >= 0"),
        suppose("next[s] - s - y^2 >= 0"),
        step(
            "induction",
            time="plan",
            fact=fact("s - x^2 - m*y^2 + 2*y^2 >= 0"),
            base=[0, 0],
            by=recipe(["1", ["previous"], []], ["1", [[1, 0]], []]),
        ),
    ]
    proof, theorem = replay(certificate(steps))
    drawn = RandomModel(seed)
    x, y, jump = (drawn.model.values[n] for n in ("x", "y", "L"))
    drawn.model.values["s"] = lambda at: x**2 + (at["plan"] - 2) * (y**2 + jump**2)  # type: ignore[index]
    model = Evaluation(proof, drawn.model)
    for f in (*proof.facts[0], *proof.facts[1], *proof.facts[2]):
        assert model.failure(f) is None
    assert theorem.poly in [f.poly for f in proof.facts[2]]


@given(seed=seeds)
@settings(max_examples=30, derandomize=True, deadline=None)
def test_the_models_keep_their_declarations(seed: int) -> None:
    """Otherwise these tests would say nothing."""
    proof = open_proof()
    names = sorted(set(proof.symbols) - {"G", "theta", "k", "nu", "m"})
    assert evaluation(proof, seed).broken_declaration(names) is None


@given(seed=seeds, name=st.sampled_from(["r", "u", "w"]))
@settings(max_examples=30, derandomize=True, deadline=None)
def test_wrong_equations_fail_in_some_model(seed: int, name: str) -> None:
    """The method can tell: that the future is known is false in a random model (unless its values happen to agree)."""
    proof = open_proof()
    future = proof.shift("last", "step", {((name, 1),): 1}) if name in SEQUENCES else {((name, 1),): 1}
    wrong = Theorem.__new__(Theorem)
    wrong.relation, wrong.uses = "=", frozenset()
    wrong.poly = {**proof.apply("E_k", future), **{m: -c for m, c in future.items()}}
    models = [evaluation(proof, seed + k) for k in range(8)]
    assert any(m.failure(wrong) is not None for m in models)


def test_undecided_is_not_false() -> None:
    """(θ - ½)² >= 0 has a negative Bernstein coefficient and is true: the answer is neither yes nor no."""
    proof = open_proof()
    proof.step(
        {"rule": "combination", "fact": fact("theta^2 - theta + 1/4 >= 0"), "by": {"terms": [["1", [], [half()]]]}}
    )
    with pytest.raises(ModelError, match="not decided"):
        evaluation(proof, 1).failure(proof.facts[0][0])


def half() -> Any:
    return ["+", "theta", "-1/2"]
