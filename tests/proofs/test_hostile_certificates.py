"""Broken, truncated and hostile certificates: refused with the step's number, by one exception."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kernel_examples import EXAMPLES
from proof_builders import certificate, combine, signature, step, suppose, terms

from convbound.proofs.kernel import FORMAT, MAX_BYTES, MAX_STEPS, KernelError, load, replay
from shared import examples

NAMES = [f"n{k}" for k in range(400)]
Json = Any


def bare(steps: Json, conclusion: Json = None) -> Json:
    """A certificate over many parameters and nothing else."""
    symbols = [{"name": n, "scopes": []} for n in NAMES]
    return {
        "format": FORMAT,
        "scopes": [],
        "symbols": symbols,
        "functionals": [],
        "steps": steps,
        "conclusion": conclusion if conclusion is not None else [len(steps) - 1, 0],
    }


def hypothesis(expression: Json) -> Json:
    return step("hypothesis", fact=[expression, ">=", "0"])


def nested(depth: int) -> Json:
    atom: Json = "x"
    for _ in range(depth):
        atom = ["E", ["*", atom, "w"]]
    return atom


def wrapped(times: int) -> Json:
    """One functional in the other by steps, not by nesting: the atoms grow, the text does not."""
    steps = [suppose("w*u >= 0")]
    for k in range(times):
        steps.append(step("functional", functional=("E_k", "total")[k % 2], of=[k, 0]))
    return certificate(steps)


def cases(depth: int, divider: str = "x") -> Json:
    if depth == 0:
        return {"terms": [["1", [[0, 0]], []]]}
    return {"split": divider, "cases": [cases(depth - 1, divider)] * 3}


WIDE = terms(*((str(k + 1), (NAMES[k % 400], 1 + k // 400), ("n1", 1)) for k in range(5000)))
ONE = combine("1 > 0", ["1", [], []])

HOSTILE: dict[str, tuple[Callable[[], Json], str]] = {
    "huge-exponent": (lambda: bare([hypothesis(["^", "n0", 10**9])]), "step 0: hypothesis: exponents are 1 to"),
    "huge-exponent-by-products": (
        lambda: bare([hypothesis(["^", "n0", 64]), combine("1 > 0", ["1", [[0, 0]] * 64, []])]),
        "step 1: combination: an exponent exceeds",
    ),
    "huge-coefficient": (lambda: bare([hypothesis("9" * 10**6)]), "step 0: hypothesis: .* not a rational"),
    "exponential-coefficient": (
        lambda: bare([ONE, combine("1 > 0", ["1e999999999", [], []])]),
        "step 1: combination: '1e999999999' is not a rational number",
    ),
    "infinite-coefficient": (
        lambda: bare([combine("1 > 0", [float("inf"), [], []])]),
        "step 0: combination: inf is not a rational number",
    ),
    "coefficient-by-products": (
        lambda: bare([hypothesis(["*", str(2**3000), "n0"]), combine("1 > 0", ["1", [[0, 0], [0, 0]], []])]),
        "step 1: combination: a coefficient is too long",
    ),
    "a-million-steps": (lambda: bare([{"rule": "x"}] * 1_000_000), "longer than 2000000 characters"),
    "steps-without-end": (lambda: bare([ONE] * 6000), f"step {MAX_STEPS}: more than {MAX_STEPS} steps"),
    "steps-of-nothing": (lambda: bare([ONE] + [[]] * 400_000), "step 1: there is no rule"),
    "a-polynomial-without-end": (
        lambda: bare([hypothesis(["+", *["1"] * 300_000])]),
        "step 0: hypothesis: .* too much work",
    ),
    "constants-without-end": (lambda: bare([hypothesis(["+", *["1"] * 2000])] * 140), "too much work"),
    "long-monomials": (lambda: bare([hypothesis(["+", *[["*", *NAMES]] * 5])] * 100), "too much work"),
    "wide-products": (
        lambda: bare([hypothesis(WIDE), combine("1 > 0", ["1", [[0, 0], [0, 0]], []])]),
        "step 1: combination: (a product has too many terms|the certificate needs too much work)",
    ),
    "long-fractions": (
        lambda: bare(
            [
                hypothesis(terms(*((f"{2**1000 + 3 * k}/{3**600 + 2 * k}", (NAMES[k], 1)) for k in range(200)))),
                combine("1 > 0", ["1", [[0, 0], [0, 0]], []]),
            ]
        ),
        "step 1: combination: the certificate needs too much work",
    ),
    "many-cases-of-a-wide-fact": (
        lambda: bare(
            [hypothesis(WIDE)] + [step("combination", fact=[WIDE, ">=", "0"], split="1", cases=[cases(0)] * 3)] * 5
        ),
        r"step \d+: (combination|hypothesis): the certificate needs too much work",
    ),
    "definitions-of-everything": (
        lambda: bare(
            [
                step(
                    "definition",
                    symbol=f"m{k}",
                    kind="sign",
                    bodies=[["+", *NAMES, *(f"m{j}" for j in range(k))]],
                )
                for k in range(120)
            ]
        ),
        r"step \d+: definition: the certificate needs too much work",
    ),
    "a-wide-product": (
        lambda: bare([hypothesis(["*", ["+", *NAMES[:80]], ["+", *NAMES[80:160]]])]),
        "step 0: hypothesis: a polynomial has too many terms",
    ),
    "references-to-a-fact-with-many-hypotheses": (
        lambda: bare(
            [
                *[hypothesis("0")] * 1500,
                combine("0 >= 0", *[["1", [[k, 0]], []] for k in range(1500)]),
                *[combine("0 >= 0", *[["1", [[1500, 0]], []]] * 200)] * 300,
            ]
        ),
        r"step \d+: combination: the certificate needs too much work",
    ),
    "cases-of-cases": (
        lambda: bare([hypothesis("0"), step("combination", fact=["0", ">=", "0"], by=cases(9, "n1"))]),
        "step 1: combination: the certificate needs too much work",
    ),
    "atoms-nested-deep": (lambda: certificate([hypothesis(nested(60))]), "step 0: hypothesis: .* too deep"),
    "json-nested-deep": (
        lambda: '{"steps": [{"rule": "x", "fact": ' + "[" * 10**6,
        "not JSON: nested too deep|step 0: not JSON",
    ),
    "objects-nested-deep": (lambda: '{"a":' * 10**5, "not JSON: nested too deep|step 0: not JSON"),
    "cases-nested-deep": (
        lambda: certificate([suppose("x >= 0"), step("combination", fact=["x", ">=", "0"], by=cases(7))]),
        "",
    ),
    "functionals-wrapped-deep": (lambda: wrapped(1000), r"step \d+: functional: an atom is too long|nested too deep"),
    "names-without-end": (
        lambda: certificate([ONE], signature=signature(symbols=[{"name": f"q{k}", "scopes": []} for k in range(9**4)])),
        "declarations: too many names",
    ),
    "scopes-without-end": (
        lambda: {
            "format": FORMAT,
            "scopes": [{"name": f"a{k}", "kind": "unit", "variable": f"b{k}"} for k in range(9**4)],
        },
        "declarations: too many names",
    ),
    "a-name-without-end": (
        lambda: certificate([hypothesis("q" * 10**6)]),
        "step 0: hypothesis: 'q{60}' is not declared",
    ),
    "a-long-declared-name": (
        lambda: certificate(
            [hypothesis(["E", "q" * 10**5])],
            signature=signature(symbols=[{"name": "q" * 10**5, "scopes": ["run"]}]),
        ),
        "step 0: hypothesis: an atom is too long",
    ),
}


@pytest.mark.parametrize(("make", "message"), HOSTILE.values(), ids=HOSTILE)
def test_refused_with_the_step(make: Callable[[], Json], message: str) -> None:
    data = make()
    text = data if isinstance(data, str) else json.dumps(data)
    if message:
        with pytest.raises(KernelError) as refusal:
            replay(load(text))
        assert refusal.match(message)
    else:
        replay(load(text))


def test_every_truncation_is_refused() -> None:
    text = json.dumps(EXAMPLES[4].certificate)
    for length in range(0, len(text), 7):
        with pytest.raises(KernelError, match=r"step \d+: not JSON"):
            load(text[:length])


def test_a_truncated_certificate_names_its_step() -> None:
    text = json.dumps(EXAMPLES[-1].certificate)
    cut = text.index('"rule": "limit"') + 12
    with pytest.raises(KernelError, match="step 10: not JSON"):
        load(text[:cut])


@pytest.mark.parametrize(
    "text",
    ["", " ", "null", "[]", "{", '"x"', "NaN", "{'a': 1}", "\x00", "9" * 5000, '{"a": ' + "9" * 5000 + "}"],
    ids=lambda x: repr(x)[:12],
)
def test_no_certificate(text: str) -> None:
    with pytest.raises(KernelError):
        replay(load(text))


def test_nothing_is_longer_than_the_limit() -> None:
    with pytest.raises(KernelError, match="longer than"):
        load(" " * (MAX_BYTES + 1))


# ------------------------------------------------------------------------------------------------------------ fuzzing

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 70),
    st.just(10**40),
    st.floats(),
    st.sampled_from(
        ["", "x", "E", "E_k", "i", "step", "~step", "next", "limsup", "0", "-1", "1/0", ">", "=", "denied"]
    ),
    st.just([]),
    st.just({}),
    st.lists(st.integers(0, 3), max_size=3),
)


def places(data: Json, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything in a JSON value."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(x for key, value in inside for x in places(value, (*path, key)))]


def at(data: Json, path: tuple[Any, ...]) -> Json:
    for key in path:
        data = data[key]
    return data


@st.composite
def mutated(draw: Any) -> tuple[Json, Json]:
    """An example's certificate, and one in which something was replaced, dropped, doubled or moved."""
    original = draw(st.sampled_from(EXAMPLES)).certificate
    forged = copy.deepcopy(original)
    for _ in range(draw(st.integers(1, 3))):
        known = [x for x in places(forged) if x]
        path = draw(st.sampled_from(known))
        parent, key = at(forged, path[:-1]), path[-1]
        how = draw(st.sampled_from(["replace", "drop", "double", "swap", "wrap"]))
        if how == "replace":
            parent[key] = draw(JUNK)
        elif how == "drop":
            del parent[key]
        elif how == "double" and isinstance(parent, list):
            parent.insert(key, copy.deepcopy(parent[key]))
        elif how == "wrap":
            parent[key] = [parent[key]]
        else:
            other = at(forged, draw(st.sampled_from(known)))
            parent[key] = copy.deepcopy(other)
    return original, forged


@given(pair=mutated())
@settings(max_examples=examples(200), derandomize=True, deadline=2000)
def test_mutated_certificates_are_refused_or_sound(pair: tuple[Json, Json]) -> None:
    """Only a KernelError, never another; and what is still accepted writes down what it states."""
    original, forged = pair
    try:
        text = json.dumps(forged)
    except (ValueError, RecursionError):
        return
    try:
        proof, theorem = replay(load(text))
    except KernelError as refusal:
        assert str(refusal)
        return
    said = json.loads(json.dumps(proof.statement(theorem)))
    honest, same = replay(original)
    if said["conclusion"] != honest.statement(same)["conclusion"]:
        assert theorem.poly != same.poly or theorem.relation != same.relation
    assert proof.formula(said["conclusion"]).poly == theorem.poly
