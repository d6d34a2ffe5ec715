"""What is decided in a process holds in its runs of every length; the models' evaluator agrees with another one."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from convbound.proofs.claims import Claim, Library, Refutation
from convbound.proofs.language.crosscheck import crosscheck
from convbound.proofs.language.vocabulary import Vocabulary, eq, first_value, ge, gt, last_value, le, lt, next_value
from convbound.proofs.models.instance_data import instance_data, process_data
from convbound.proofs.models.model import Evaluation, Model, ModelError
from convbound.proofs.models.processes import Move, Process
from convbound.proofs.models.segments import Along
from convbound.proofs.prover import Prover
from convbound.proofs.record import InstanceData
from convbound.proofs.statement import draft_of, finite, mentioned_symbols, unending, unmet, unmet_for_ever
from convbound.proofs.verify import verify
from shared import first

v = Vocabulary()
d, K, n = (v.real(name, integer=True) for name in ("d", "K", "n"))
v.index("i", d)
k, _ = v.time("step", "k", 1, K), v.time("draw", "nu", 0, n)
v.random("run")
a = v.real("a")
F = v.real("F", over=["step", "run"], sequence="step")
w = v.real("w", over=["step", "run", "i"], sequence="step")
u = v.real("u", over=["step", "run", "i", "~step", "~draw"])
b = v.real("b", over=["step", "run", "draw", "~step", "~draw"])
S, E, E_k = (
    v.functional("S", "sum", over="i"),
    v.functional("E", "expectation"),
    v.functional("E_k", "expectation", given=["step"]),
)
E_nu, avg = v.functional("E_nu", "expectation", given=["step", "draw"]), v.functional("avg", "average", over="step")
segment = Vocabulary()
m = segment.real("m", integer=True)
segment.index("j", m)
theta = segment.unit("segment", "theta")
c, G, h = segment.real("c"), segment.real("G", over=["j", "segment"]), segment.real("h", over=["j"])
T, integral = segment.functional("T", "sum", over="j"), segment.functional("int", "integral", over="segment")


def walk(seed: int, states: int = 3, chance: bool = True) -> Process:
    """A random chain with one or two moves a state, and random values that are what they are declared to be."""
    draw = random.Random(seed)
    targets = [[draw.randrange(states) for _ in range(draw.choice([1, 2]) if chance else 1)] for _ in range(states)]
    table = {key: Fraction(draw.randint(-2, 2)) for key in [("F", s) for s in range(states)]}
    table |= {("w", s, i): Fraction(draw.randint(-1, 2)) for s in range(states) for i in range(2)}

    def moves(state: int) -> list[Move]:
        weights = [Fraction(1), *[Fraction(2)] * (len(targets[state]) - 1)]
        return [Move(x / sum(weights), (j,), to) for j, (x, to) in enumerate(zip(weights, targets[state], strict=True))]

    values = {
        **{"d": 2, "n": 1, "a": Fraction(draw.randint(-2, 2))},
        "F": lambda at: table["F", at["state"]],
        "w": lambda at: table["w", at["state"], at["i"]],
        "u": lambda at: at["move"][0] - table["w", at["state"], at["i"]],
        "b": lambda at: at["move"][at["draw"]],
    }
    return Process(0, moves, values)


def hypotheses(draw: random.Random) -> Any:
    """A random relation between what a process has."""
    terms = [
        F,
        next_value(F),
        S(w**2),
        w,
        E_k(u),
        E_k(next_value(F)),
        S(w * E_k(u)),
        S(u),
        first_value(F),
        a,
        E_nu(b),
        b,
    ]
    if draw.random() < 0.3:
        terms = [last_value(F), S(last_value(w)), first_value(F), a]
    left = sum(draw.choice([1, 2, -1]) * t for t in draw.sample(terms, 2))
    return draw.choice([le, ge, lt, gt, eq])(left, draw.randint(-3, 3))


def claim_of(*suppose: Any) -> Claim:
    return Library("processes", "", "").claim("claim", "", "", v, suppose=list(suppose), then=ge(F + a, 0))


def for_ever(claim: Claim, process: Process) -> str | None:
    return unmet_for_ever(claim, process, frozenset({"K"}))


@given(seed=st.integers(0, 10**6))
@settings(max_examples=120, derandomize=True, deadline=None)
def test_what_holds_for_ever_holds_for_every_number_of_steps(seed: int) -> None:
    """And what holds in the runs of up to five steps, longer than any way between the three states, holds for ever."""
    process, claim = walk(seed), claim_of(hypotheses(random.Random(seed + 1)))
    runs = [unmet(claim, finite(claim, process, K)) for K in (1, 2, 3, 4)]
    assert (for_ever(claim, process) is None) == all(problem is None for problem in runs), runs


def test_some_of_these_hold_and_some_do_not() -> None:
    """The test above would be idle if it met one answer only."""
    found = [for_ever(claim_of(hypotheses(random.Random(seed + 1))), walk(seed)) for seed in range(60)]
    assert sum(x is None for x in found) >= 5 and sum(x is not None for x in found) >= 20


@given(seed=st.integers(0, 10**6))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_expectations_over_all_runs_are_decided_without_chance(seed: int) -> None:
    relation = ge(E(F) - E_k(next_value(F)), 0)
    certain, claim = walk(seed, chance=False), claim_of(relation)
    runs = [unmet(claim, finite(claim, certain, K)) for K in (1, 2, 3, 4)]
    assert (for_ever(claim, certain) is None) == all(problem is None for problem in runs)
    if not walk(seed).is_certain:
        assert "only without chance" in str(for_ever(claim, walk(seed)))


WRONG = {
    "weights": (lambda s: [Move(Fraction(1, 2), (0,), 0)], "positive and sum to one"),
    "a-negative-weight": (
        lambda s: [Move(Fraction(3, 2), (0,), 0), Move(Fraction(-1, 2), (1,), 0)],
        "positive and sum to one",
    ),
    "two-of-a-name": (lambda s: [Move(Fraction(1, 2), (0,), 0)] * 2, "have the same label"),
    "no-end": (lambda s: [Move(Fraction(1), (0,), s + 1)], "not closed"),
    "no-permutation": (lambda s: [Move(Fraction(1), (0,), 0, (0, 0))], "does not permute"),
}


@pytest.mark.parametrize(("moves", "reason"), WRONG.values(), ids=WRONG)
def test_what_is_no_chain(moves: Any, reason: str) -> None:
    process = replace(walk(0), moves=moves, values={**walk(0).values, "F": 0, "w": 0})
    assert reason in str(for_ever(claim_of(ge(F, 0)), process))


UNFIT = {
    "it-sees-the-step": ({"values": {**walk(1).values, "F": lambda at: at["step"]}}, "asks for 'step'"),
    "it-sees-the-run": ({"values": {**walk(1).values, "F": lambda at: len(at["run"])}}, "asks for 'run'"),
    "it-has-a-horizon": ({"values": {**walk(1).values, "K": 3}}, "K has no value in a process"),
    "another-time": ({"time": "draw"}, "is not one over step"),
    "another-start": ({"first": 0}, "is not one over step"),
    "other-outcomes": ({"random": "omega"}, "the outcomes of the process"),
    "it-is-known-too-early": (
        {"values": {**walk(1).values, "F": lambda at: at.get("move", (0,))[0]}},
        "depends on what comes later",
    ),
}


@pytest.mark.parametrize(("change", "reason"), UNFIT.values(), ids=UNFIT)
def test_what_does_not_fit_the_claim(change: Any, reason: str) -> None:
    branching = next(walk(seed) for seed in range(20) if len(walk(seed).moves(0)) == 2)
    if "values" in change:
        change = {
            "values": {**branching.values, **{x: change["values"][x] for x in ("F", "K") if x in change["values"]}}
        }
    assert reason in str(for_ever(claim_of(ge(F, -9)), replace(branching, **change)))


def swapping(**values: Any) -> Process:
    """Two coordinates, 0 and 1, of which one is drawn and becomes the other; the state has them in order."""

    def moves(state: Any) -> list[Move]:
        found = []
        for i in (0, 1):
            to = [x if j != i else 1 - x for j, x in enumerate(state)]
            order = sorted((0, 1), key=to.__getitem__)
            found.append(Move(Fraction(1, 2), (i,), tuple(to[j] for j in order), tuple(order.index(j) for j in (0, 1))))
        return found

    given = {
        **{"d": 2, "n": 1, "a": 0, "F": 0},
        "w": lambda at: at["state"][at["i"]],
        "u": lambda at: int(at["move"][0] == at["i"]) * (2 * at["state"][at["i"]] - 1),
    }
    return Process((0, 0), moves, {**given, **values})


def test_coordinates_that_are_numbered_anew() -> None:
    """w_{k+1} = w_k - u in each coordinate, though a state has them in order; three states for four points."""
    process, steps = swapping(), claim_of(eq(next_value(w), w - u), eq(S(u**2), 1), eq(w**2, w))
    assert len(process.chain) == 3 and for_ever(steps, process) is None
    assert [unmet(steps, finite(steps, process, K)) for K in (1, 2, 3)] == [None] * 3
    wrong = replace(process, moves=lambda s: [replace(x, relabel=(0, 1)) for x in process.moves(s)])
    assert "in the state" in str(for_ever(steps, wrong))
    assert for_ever(claim_of(eq(first_value(w), 0)), process) is None
    uneven = replace(process, start=(0, 1))
    assert "depends on the coordinate" in str(for_ever(claim_of(ge(first_value(w), 0)), uneven))


# ------------------------------------------------------------------------------------- another evaluator agrees


def expression(draw: random.Random, depth: int = 3, where: str = "point") -> Any:
    """A random expression of a run."""
    if depth == 0:
        return draw.choice([a, F, S(w), sympy.Integer(draw.randint(-3, 3)), K, d])
    inner = [expression(draw, depth - 1) for _ in range(2)]
    leaf = draw.choice([F, S(w * u), S(u**2), S(w) ** 2, next_value(F) * S(w), first_value(F), last_value(F)])
    kind = draw.randrange(8)
    made = [
        inner[0] + draw.choice([1, -2]) * inner[1],
        inner[0] * leaf,
        E(inner[0] * leaf),
        avg(E(leaf * S(w))),
        E_k(S(u * w) * inner[0]),
        sympy.Max(inner[0], inner[1]),
        abs(inner[0]) + sympy.Min(leaf, inner[1], a),
        E_nu(b * leaf) if leaf != last_value(F) else leaf,
    ]
    return made[kind]


@pytest.mark.parametrize("seed", first(15, range(60)))
def test_the_evaluators_agree_on_random_expressions(seed: int) -> None:
    """The models evaluate the kernel's normal form, the comparison the expression: at random instances."""
    draw = random.Random(seed)
    sides = [expression(draw), expression(draw)]
    while any(side.has(E(0)) for side in sides):  # an expectation that changes nothing is refused
        sides = [expression(draw), expression(draw)]
    claim = Library("random", "", "").claim(f"{seed}", "", "", v, suppose=[], then=ge(*sides))
    assert crosscheck(claim) is None


@pytest.mark.parametrize("seed", first(10, range(40)))
def test_the_evaluators_agree_on_random_integrals(seed: int) -> None:
    """Products of several letters that vary along the segment, sums of them inside, and powers of the variable."""
    draw = random.Random(seed)
    terms = [G**2, G * h * theta, T(G * h) ** 2, T(G**2) * theta**2, T(G) * G, c * G, (G - h) ** 3, T(G * theta) * T(h)]
    inside = sum((draw.choice([1, -2, Fraction(1, 2)]) * t for t in draw.sample(terms, 3)), sympy.Integer(0))
    outside = draw.choice([integral(inside), T(integral(inside)), integral(T(inside)) ** 2, integral(inside) * h])
    claim = Library("random", "", "").claim(f"{seed}", "", "", segment, suppose=[], then=ge(outside, c))
    assert crosscheck(claim) is None


def value(relation: Any, model: Model) -> Any:
    claim = Library("values", "", "").claim("claim", "", "", segment, suppose=[], then=relation)
    draft, _, conclusion = draft_of(claim)
    return Evaluation(draft.proof, model).failure(conclusion)


LINEAR = Model({"m": 1, "c": 0, "G": Along(0, 1), "h": 2})


def test_integrals_of_composed_atoms_have_the_degree_of_what_is_inside() -> None:
    """G = θ: ∫ Σ G² = 1/3, which a rule for linear functions takes for 1/2."""
    third = sympy.Rational(1, 3)
    assert value(eq(integral(T(G**2)), third), LINEAR) is None
    assert value(eq(integral(T(G) ** 2 * T(G * h)), sympy.Rational(1, 2)), LINEAR) is None
    assert value(eq(integral(T(G**2)), sympy.Rational(1, 2)), LINEAR) is not None
    assert value(eq(T(integral(G**3)), sympy.Rational(1, 4)), LINEAR) is None


def test_integrals_of_what_is_no_polynomial_are_refused() -> None:
    """∫ |θ - 1/2| = 1/4 is true, and no rule of ours computes it."""
    half = sympy.Rational(1, 2)
    for inside in (abs(theta - half), sympy.Max(theta, half), sympy.sqrt(theta), 1 / (1 + theta)):
        with pytest.raises(ModelError, match="no polynomial along segment"):
            value(eq(integral(inside), sympy.Rational(1, 4)), LINEAR)


def test_a_function_along_a_segment_is_given_by_its_coefficients() -> None:
    with pytest.raises(ModelError, match="a value is an Along"):
        value(ge(integral(G), 0), replace(LINEAR, values={**LINEAR.values, "G": lambda at: at["segment"] ** 2}))


@pytest.mark.parametrize("largest", range(4))
def test_a_maximum_of_several(largest: int) -> None:
    words = Vocabulary()
    letters = words.reals("p q r s")
    model = Model({x.name: int(j == largest) for j, x in enumerate(letters)})
    for relation in (
        *(ge(sympy.Max(*letters), x) for x in letters),
        eq(sympy.Max(*letters), 1),
        eq(sympy.Min(*letters), 0),
    ):
        claim = Library("max", "", "").claim("claim", "", "", words, suppose=[relation], then=ge(letters[0], 0))
        assert unmet(claim, model) is None


def test_evaluating_costs_the_kernel_nothing() -> None:
    """A definition is read once for a signature, not at each of thirty thousand points."""
    words = Vocabulary()
    words.index("i", words.real("many", integer=True))
    x, y = words.real("x", over=["i"]), words.real("y")
    claim = Library("budget", "", "").claim("claim", "", "", words, suppose=[ge(abs(x - y), 0)], then=ge(x, 0))
    before = draft_of(claim)[0].proof.work
    for length in (30_000, 20):
        assert unmet(claim, Model({"many": length, "y": 1, "x": lambda at: at["i"]})) is None
    for _ in range(300):
        assert unmet(claim, Model({"many": 1, "y": 1, "x": 0})) is None
    assert draft_of(claim)[0].proof.work <= before + 1000


# ------------------------------------------------------------------------------------------------ pasts and data


def two_coins(past: Any) -> Model:
    quarter = Fraction(1, 4)
    outcomes = [(quarter, ((x,), (y,))) for x in (0, 1) for y in (0, 1)]
    values = {"d": 1, "K": 2, "n": 1, "a": 0, "F": 0, "w": 0, "u": lambda at: at["run"][0][0], "b": 0}
    return Model(values, outcomes, **({"past": past} if past else {}))


PASTS = {
    "it-forgets": lambda label, steps: label[0] if steps[0] == 0 else label[1],
    "less-inside-the-step": lambda label, steps: label if len(steps) == 1 else (),
    "less-at-the-second-step": lambda label, steps: label if steps[0] == 0 else label[0],
}


@pytest.mark.parametrize("past", PASTS.values(), ids=PASTS)
def test_a_past_that_forgets_is_no_filtration(past: Any) -> None:
    claim = claim_of(ge(S(E_k(u)) + E_nu(b), 0))
    assert "the past is no filtration" in str(unmet(claim, two_coins(past)))
    assert unmet(claim, two_coins(None)) is None


# Instances that are none: true claims that they would refute. Each has its own hypotheses, and breaks one of them.
coin = Vocabulary()
coin.random("run")
toss = coin.real("toss", over=["run"])
mean = coin.functional("E", "expectation")
FLOATS = [0.17, 0.02, 0.72, 0.05, 0.040000000000000036]  # their sum is 1.0, and three times each adds up to more than 3


def test_floats_are_no_probabilities() -> None:
    """Rounding would put the mean of numbers that are at most 3 above 3."""
    claim = Library("floats", "", "").claim("c", "", "", coin, suppose=[le(toss, 3)], then=le(mean(toss), 3))
    model = Model({"toss": 3}, [(p, (k,)) for k, p in enumerate(FLOATS)])  # type: ignore[misc]
    assert "no floats" in str(unmet(claim, model))
    process = Process(0, lambda s: [Move(p, (k,), 0) for k, p in enumerate(FLOATS)], {"a": 0})  # type: ignore[arg-type]
    assert "positive and sum to one, exactly" in str(for_ever(claim_of(ge(a, 0)), process))


def changing(*answers: int) -> Any:
    """A function that answers otherwise the next time it is asked."""
    left = list(answers)
    return lambda *_: left.pop(0) if len(left) > 1 else left[0]


@pytest.mark.parametrize("times", range(8))
def test_a_value_that_changes_is_the_first_one(times: int) -> None:
    """A function that satisfies the hypothesis when it is asked for that, and later violates the conclusion."""
    words = Vocabulary()
    x, y = words.reals("x y")
    refutation = Refutation(lambda: Model({"x": changing(*[5] * times, 1), "y": 0}), "x was 5 at first")
    claim = Library("changing", "", "").claim(
        "c", "", "", words, suppose=[ge(x, 5), ge(y, 0)], then=ge(x + y, 5), refutation=refutation
    )
    assert verify(claim, Prover()).verdict == "open"


def test_a_past_and_moves_that_change_are_the_first_ones() -> None:
    pasts = two_coins(lambda label, steps: (changing_past(), label[: steps[0]]))
    assert pasts.past(((0,), (0,)), (1,)) == pasts.past(((0,), (0,)), [1])
    process = Process(0, lambda s: [Move(Fraction(1), (), changing_state())], {"a": 0})
    assert process.moves(0) == process.moves(0)


changing_past, changing_state = changing(*range(50)), changing(*range(50))


def test_a_value_sees_the_scopes_of_its_symbol_and_no_other() -> None:
    """A parameter that is another one where the coordinate, the step or the state is known is none."""
    model = replace(two_coins(None), values={**two_coins(None).values, "a": lambda at: 1 if at else 5})
    assert unmet(claim_of(eq(a, 5), ge(w + a, 5)), model) is None
    nine = Process(
        1,
        lambda s: [Move(Fraction(1, 9), (k,), 5) for k in range(9)],
        {"d": 1, "n": 1, "F": lambda at: at["state"], "a": lambda at: at.get("state", 1)},
    )
    assert for_ever(claim_of(eq(F, a), eq(a, 1)), nine) is not None  # F is 1, and 5 for ever after


def test_a_label_that_is_too_short() -> None:
    model = replace(two_coins(None), outcomes=[(Fraction(1, 2), ((0,),)), (Fraction(1, 2), ((1,),))])
    assert "its label is too short" in str(unmet(claim_of(ge(E_nu(b), 0)), model))
    assert (
        unmet(claim_of(ge(E_nu(b), 0)), replace(model, outcomes=[(Fraction(1), ())], values={**model.values, "u": 0}))
        is None
    )


def test_an_instance_shows_all_its_data() -> None:
    claim = claim_of(ge(S(u), -9))
    data = process_data(unending(claim, swapping(), frozenset({"K"})), mentioned_symbols(claim))
    assert data.start == [0, 0] and data.parameters["a"] == "0" and len(data.states) == 3
    first = data.states[0]
    assert first["state"] == [0, 0] and [x[0] for x in first["moves"]] == ["1/2", "1/2"]
    assert ["u", {"i": 0, "run": [[0]]}, "-1"] in first["values"]
    text = "\n".join(data.lines())
    assert "starts in [0, 0]" in text and "u(i = 0, run = [[0]]) = -1" in text and "[1] with probability 1/2" in text
    model = two_coins(None)
    whole = instance_data(Evaluation(draft_of(claim)[0].proof, model), mentioned_symbols(claim))
    assert len(whole.outcomes) == 4 and ["u", {"i": 0, "run": [[1], [0]], "step": 2}, "1"] in whole.values
    assert "outcome [[0], [0]] with probability 1/4" in whole.lines()


def test_very_much_data_is_given_by_its_digest() -> None:
    words = Vocabulary()
    words.index("i", words.real("many", integer=True))
    claim = Library("data", "", "").claim("c", "", "", words, suppose=[], then=ge(words.real("x", over=["i"]), 0))
    evaluation = Evaluation(draft_of(claim)[0].proof, Model({"many": 3000, "x": lambda at: at["i"]}))
    short = instance_data(evaluation, mentioned_symbols(claim))
    assert short.values["number"] == 3000 and len(short.values["sha256"]) == 64
    assert len(instance_data(evaluation, mentioned_symbols(claim), whole=True).values) == 3000
    assert "3000 values, sha256" in "\n".join(short.lines())


def test_an_instance_has_a_line_that_says_the_most_of_it() -> None:
    rows = [["u", {"i": k, "run": []}, str(k)] for k in range(20)]
    data = InstanceData({"d": "20"}, [*rows, ["g", {"i": 0}, "1/2"]], None)
    assert data.summary(most=2) == "d = 20, g(i = 0) = 1/2, u(i = 0, run = []) = 0; and 19 more values"
    assert InstanceData({}, {"number": 3000, "sha256": "0"}, None).summary() == "and 3000 more values"
    assert InstanceData({"c": "1"}, [], None, start=0, states=[{}, {}]).summary() == "c = 1; 2 states"
