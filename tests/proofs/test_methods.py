"""Worst-case bounds of methods: constants of the literature come out, and nothing false does."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import method_examples as examples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convbound.bounds.errors import InputError
from convbound.proofs.kernel import KernelError, replay
from convbound.proofs.methods import (
    PEP,
    ConvexFunction,
    SmoothConvexFunction,
    SmoothStronglyConvexFunction,
    exact_linesearch_step,
)
from convbound.proofs.methods.certificate import Writer, Written
from convbound.proofs.methods.dual import Dual
from convbound.proofs.methods.files import problems_in
from convbound.proofs.methods.instances import check
from convbound.proofs.methods.language import Constraint
from convbound.proofs.methods.linear import square_completion
from convbound.proofs.methods.prove import Outcome, prove
from convbound.proofs.methods.radicals import Tower, divide, sign, text
from convbound.proofs.methods.recovery import Recovery, simplest_between
from convbound.proofs.methods.statement import StatementError, accepted
from convbound.proofs.methods.wording import Wording
from convbound.proofs.models.model import Evaluation, Model
from convbound.proofs.models.surds import Surd

pytest.importorskip("clarabel")
pytest.importorskip("flint")

TIGHT = [
    (examples.gradient_descent(1), "1/6"),  # L/(4N + 2): Drori and Teboulle 2014
    (examples.gradient_descent(2, L=3), "3/10"),
    (examples.contraction(1, Fraction(1, 10), Fraction(1)), "81/100"),  # max(1 - μη, Lη - 1)²
    (examples.contraction(1, Fraction(1, 10), Fraction(19, 10)), "81/100"),
    (examples.proximal_point(3, Fraction(1, 10)), "5/6"),  # 1/(4ηN): Taylor, Hendrickx, Glineur 2017
    (examples.monotone_proximal_point(3), "4/27"),  # (1 - 1/N)^(N-1)/N: Gu and Yang 2020
    (examples.nonconvex_gradient_descent(2), "2/3"),  # 4/(3N)·LΔ with the last value
    (examples.halpern(3), "1/4"),  # (2/(N+1))²: Lieder 2021
    (examples.subgradient(1), "1/2·√2"),  # MR/√(N+1)
    (examples.subgradient(2), "1/3·√3"),
    # Taylor, Hendrickx, Glineur 2017: the gradient after N steps is at most LR/(N + 1)
    (examples.one_gradient_step("distance", "gradient", SmoothConvexFunction, L=1), "1/4"),
    # Kim, Fessler 2021: its square is at most 2L(f(x0) - f*)/(2N + 1)
    (examples.one_gradient_step("value", "gradient", SmoothConvexFunction, L=3), "2"),
    # Taylor, Hendrickx, Glineur 2018, theorems 3.2 and 3.3: values and gradients shrink as distances do, by (1 - μη)²
    (examples.one_gradient_step("value", "value", SmoothStronglyConvexFunction, L=1, mu=Fraction(1, 10)), "81/100"),
    (
        examples.one_gradient_step("gradient", "gradient", SmoothStronglyConvexFunction, L=1, mu=Fraction(1, 10)),
        "81/100",
    ),
    (examples.proximal_subgradient(2), "1/4"),  # R/(ηN): Taylor, Hendrickx, Glineur 2017
    (examples.strongly_monotone_resolvent(Fraction(1, 2)), "4/9"),  # 1/(1 + ημ)²: Rockafellar 1976
]


def bound(problem: PEP, **options: Any) -> Outcome:
    return prove(problem.worst_case(), **options)


@pytest.mark.parametrize(("problem", "value"), TIGHT, ids=[p.title for p, _ in TIGHT])
def test_constants_of_the_literature_are_proved_and_attained(problem: PEP, value: str) -> None:
    outcome = bound(problem)
    assert outcome.words == "proved, tight", outcome.reason
    assert outcome.bound is not None and text(outcome.bound) == value
    assert outcome.statement is not None and outcome.statement["conclusion"][1] == "<="


def test_directions_that_no_proof_can_touch_are_found_first() -> None:
    """One step of SAGA: no proof is inside the cone. The rate 1 - μγ of Defazio, Bach, Lacoste-Julien 2014 is tight."""
    problem = examples.saga(2, Fraction(1, 10))
    recovery = Recovery(Dual(problem.worst_case()))
    assert len(recovery.structural().vectors[0]) == 2
    outcome = bound(problem)
    assert outcome.words == "proved, tight" and text(outcome.bound or 0) == "23/24"


def test_a_claimed_bound_is_judged_by_an_instance_or_a_proof() -> None:
    assert bound(examples.gradient_descent(1), claimed=Fraction(1, 7)).verdict == "refuted"
    assert bound(examples.gradient_descent(1), claimed=Fraction(1, 6)).verdict == "proved"
    assert bound(examples.gradient_descent(1), claimed=Fraction(1, 5)).verdict == "proved"


def test_an_irrational_optimum_of_rational_data_is_recognised() -> None:
    """GD with step 3/2 and the gradient's norm: nothing in the data says √; nor does it in 1/16."""
    problem = PEP("gradient norm")
    f = problem.declare_function(SmoothConvexFunction, L=1)
    xs, x = f.stationary_point(), problem.set_initial_point()
    problem.set_initial_condition((x - xs) ** 2 <= 1)
    for _ in range(2):
        x = x - f.gradient(x) * Fraction(3, 2)
    problem.set_performance_metric(f.gradient(x) ** 2)
    assert text(bound(problem).bound or 0) == "1/16"


def test_an_instance_of_a_relaxation_refutes_nothing_and_makes_nothing_tight() -> None:
    """The conditions of a line search do not say that the step is along the gradient."""
    problem = PEP("line search")
    f = problem.declare_function(SmoothStronglyConvexFunction, mu=Fraction(1, 10), L=1)
    xs, x0 = f.stationary_point(), problem.set_initial_point()
    problem.set_initial_condition(f(x0) - f(xs) <= 1)
    _, _, value = exact_linesearch_step(x0, f, [f.gradient(x0)])
    problem.set_performance_metric(value - f(xs))
    outcome = bound(problem)
    assert outcome.words == "proved" and outcome.reached and text(outcome.bound or 0) == "81/121"
    doubted = bound(problem, claimed=Fraction(1, 2))
    assert doubted.verdict == "open" and "may belong to no member" in doubted.reason


# ------------------------------------------------------------------------------------------- forged certificates


def written() -> tuple[Any, Written, Fraction]:
    problem = examples.gradient_descent(1).worst_case()
    outcome = prove(problem)
    dual = Dual(problem)
    y = [Fraction(0)] * len(dual.columns)
    y[0] = Fraction(1)
    for c, column in enumerate(dual.columns):
        for name, x in outcome.multipliers:
            if column.kind == "inequality" and problem.supposed[column.number].name == name:
                y[c] = Fraction(text(x))
    return problem, Writer(dual, y, Fraction(1, 6), "method: forged").write(), Fraction(1, 6)


def numbers(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where rationals stand."""
    if isinstance(data, list):
        return [p for k, x in enumerate(data) for p in numbers(x, (*path, k))]
    if isinstance(data, dict):
        return [p for k, x in data.items() for p in numbers(x, (*path, k))]
    fine = isinstance(data, str) and data.lstrip("-").replace("/", "").isdigit() and "claim" not in path
    return [path] if fine else []


def place(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        data = data[key]
    return data


def test_every_changed_number_is_refused() -> None:
    problem, good, value = written()
    assert accepted(problem, good, value)
    paths = numbers(good.certificate["steps"])
    assert len(paths) > 30
    survivors = []
    for path in paths:
        forged = copy.deepcopy(good.certificate)
        home = place(forged["steps"], path)
        old = home[path[-1]]
        home[path[-1]] = str(Fraction(old) + Fraction(1, 7))
        try:
            accepted(problem, replace(good, certificate=forged), value)
            survivors.append((path, old))
        except (KernelError, StatementError):
            pass
    assert not survivors


def test_a_dropped_square_or_multiplier_is_refused() -> None:
    problem, good, value = written()
    dropped = 0
    for number, step in enumerate(good.certificate["steps"]):
        for k in range(len(step.get("by", {}).get("terms", []))):
            forged = copy.deepcopy(good.certificate)
            del forged["steps"][number]["by"]["terms"][k]
            with pytest.raises((KernelError, StatementError)):
                accepted(problem, replace(good, certificate=forged), value)
            dropped += 1
    assert dropped >= 6


def test_hypotheses_of_another_problem_are_refused() -> None:
    """The same certificate is no proof of the bound for another step size, another L, or with a renamed symbol."""
    problem, good, value = written()
    for other in (examples.gradient_descent(1, step=Fraction(1, 2)), examples.gradient_descent(1, L=2)):
        with pytest.raises(StatementError):
            accepted(other.worst_case(), good, value)
    renamed = json.loads(json.dumps(good.certificate).replace('"g1"', '"h1"'))
    replay(renamed)  # the kernel has nothing against it
    with pytest.raises(StatementError):
        accepted(problem, replace(good, certificate=renamed), value)
    with pytest.raises(StatementError):
        accepted(problem, good, Fraction(1, 7))


def test_an_added_hypothesis_is_refused() -> None:
    problem, good, value = written()
    forged = copy.deepcopy(good.certificate)
    forged["steps"].insert(0, {"rule": "hypothesis", "fact": ["f1", "<=", "fs"]})
    for step in forged["steps"][1:]:
        for term in step.get("by", {}).get("terms", []):
            for reference in term[1]:
                reference[0] += 1
        if "of" in step:
            step["of"][0] += 1
    forged["conclusion"][0] += 1
    replay(forged)
    with pytest.raises(StatementError, match="supposes"):
        accepted(problem, replace(good, certificate=forged), value)


def test_an_instance_outside_the_class_is_refused() -> None:
    """No change of an instance in which the bound is attained gives one above it."""
    problem = examples.gradient_descent(1).worst_case()
    instance = prove(problem).instance
    assert instance is not None and check(problem, instance.gram, instance.values) == instance
    refused = 0
    for change in (Fraction(1, 10), Fraction(-1, 10)):
        for k in range(len(instance.values)):
            moved = list(instance.values)
            moved[k] += change
            found = check(problem, instance.gram, moved)
            assert found is None or found.metric < instance.metric
            refused += found is None
        for a in range(len(instance.gram)):
            gram = [list(row) for row in instance.gram]
            gram[a][a] += change
            found = check(problem, gram, instance.values)
            assert found is None or found.metric <= instance.metric
            refused += found is None
    assert refused >= 9


# ---------------------------------------------------------------------------------------------------- wrong input


def test_an_unbounded_problem_is_one_sentence() -> None:
    problem = PEP("no start")
    f = problem.declare_function(SmoothConvexFunction, L=1)
    xs, x = f.stationary_point(), problem.set_initial_point()
    problem.set_performance_metric(f(x) - f(xs))
    with pytest.raises(InputError, match="no bound"):
        bound(problem)


def test_contradictory_conditions_are_one_sentence() -> None:
    problem = examples.gradient_descent(1)
    x = problem.new_point("z")
    problem.add_constraint(x**2 <= -1)
    with pytest.raises(InputError, match="contradictory"):
        bound(problem)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({}, "takes L"),
        ({"L": -1}, "positive"),
        ({"L": 1, "mu": 2}, "takes L"),
        ({"L": "x"}, "number"),
        ({"L": float("inf")}, "finite"),
    ],
)
def test_wrong_parameters_of_a_class_are_one_sentence(parameters: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        PEP().declare_function(SmoothConvexFunction, **parameters)


def test_mu_above_L_is_refused() -> None:
    with pytest.raises(InputError, match="below"):
        PEP().declare_function(SmoothStronglyConvexFunction, mu=2, L=1)


def test_a_metric_that_is_no_expression_is_refused() -> None:
    problem = PEP()
    f = problem.declare_function(ConvexFunction)
    x = problem.set_initial_point()
    with pytest.raises(InputError, match="metric"):
        problem.set_performance_metric(x)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="condition"):
        problem.set_initial_condition(True)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="not multiplied"):
        f(x) * f(x)
    problem.set_performance_metric(problem.value(3))
    with pytest.raises(InputError, match="constant"):
        bound(problem)


def test_floats_are_listed_or_refused() -> None:
    problem = PEP()
    x = problem.set_initial_point()
    assert (0.1 * x).terms == {0: Fraction(1, 10)} and (x * (1 / 3)).terms == {0: Fraction(1, 3)}
    assert text((x * 2**0.5).terms[0]) == "√2"
    assert len(problem.reading.notes()) == 3
    with pytest.raises(InputError, match="no simple number"):
        x * 0.12345678901234567
    with pytest.raises(InputError, match="another problem"):
        x * PEP().sqrt(2)


def test_two_problems_are_not_mixed() -> None:
    one, two = examples.gradient_descent(1), PEP()
    x, y = one.new_point("x"), two.new_point("y")
    f = two.declare_function(ConvexFunction)
    mixed = [
        lambda: x + y,
        lambda: x * y,
        lambda: x**2 + y**2,
        lambda: f.gradient(x),
        lambda: f.add_point((y, x, f(y))),
        lambda: two.set_performance_metric(x**2),
        lambda: two.set_initial_condition(x**2 <= 1),
        lambda: f + one.functions[0],
    ]
    for action in mixed:
        with pytest.raises(InputError, match="two problems"):
            action()


def test_the_instance_is_a_model_of_the_kernels_statement() -> None:
    """Coordinates from the Gram matrix: every hypothesis holds in it, and the conclusion with equality."""
    problem = examples.halpern(2).worst_case()
    outcome = prove(problem)
    assert outcome.instance is not None and outcome.certificate is not None
    squares = square_completion(outcome.instance.gram)
    assert squares is not None and len(squares) == outcome.instance.dimension
    words, proof = Wording(problem), replay(outcome.certificate)[0]

    def vector(k: int) -> Any:
        return lambda at: Surd.of(Fraction(str(squares[at["i"]][0]))).root() * Fraction(str(squares[at["i"]][1][k]))

    values = {"d": len(squares), **{n: vector(k) for k, n in enumerate(words.points)}}
    values |= dict(zip(words.values, map(str, outcome.instance.values), strict=True))
    evaluation = Evaluation(proof, Model({k: Fraction(v) if isinstance(v, str) else v for k, v in values.items()}))
    assert len(proof.hypotheses) >= 3
    for number in proof.hypotheses:
        assert evaluation.failure(proof.facts[number][0]) is None
    (step, part) = outcome.certificate["conclusion"]
    assert evaluation.poly(proof.facts[step][part].poly, {}) == 0


def test_a_file_without_methods_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text("a = 1\n")
    with pytest.raises(InputError, match="states no method"):
        problems_in(path)


# ----------------------------------------------------------------------------------------------------- exact numbers

SMALL = st.fractions(min_value=-9, max_value=9, max_denominator=9)


@given(st.lists(SMALL, min_size=4, max_size=4), st.lists(SMALL, min_size=4, max_size=4))
@settings(max_examples=60, deadline=None)
def test_numbers_with_roots_are_a_field_and_have_signs(a: list[Fraction], b: list[Fraction]) -> None:
    tower = Tower()
    r = tower.sqrt(2)
    s = tower.sqrt(r + 3)  # nested
    x, y = (c[0] + c[1] * r + c[2] * s + c[3] * (r * s) for c in (a, b))
    assert sign((x + y) * (x - y) - (x * x - y * y)) == 0
    if sign(y):
        assert sign(divide(x, y) * y - x) == 0
    assert sign(x - y) == (float(x) > float(y)) - (float(x) < float(y)) or abs(float(x) - float(y)) < 1e-9
    square = tower.sqrt(x * x)
    assert sign(square) >= 0 and sign(square * square - x * x) == 0 and len(tower.radicands) == 2


@given(st.fractions(min_value=-5, max_value=5), st.fractions(min_value=0, max_value=1))
@settings(max_examples=60, deadline=None)
def test_the_simplest_number_between(low: Fraction, width: Fraction) -> None:
    found = simplest_between(low, low + width)
    assert low <= found <= low + width
    assert not any((low * q).__ceil__() <= (low + width) * q for q in range(1, min(found.denominator, 40)))


def test_constraints_keep_their_names() -> None:
    names = [s.name for s in examples.gradient_descent(1).worst_case().supposed]
    assert names[0] == "initial condition" and all("smooth convexity" in n for n in names[1:])
    assert isinstance(PEP().value(1) <= 2, Constraint)
