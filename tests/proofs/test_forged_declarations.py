"""Forged signatures: scopes, symbols and functionals that do not fit together are refused before the first step."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from proof_builders import SIGNATURE, certificate, combine, p, signature, step, suppose

from convbound.proofs.kernel import FORMAT, KernelError, Proof, replay

INDEX = {"name": "i2", "kind": "index", "length": "d"}
TIME = {"name": "t2", "kind": "time", "length": "K", "variable": "tau", "start": "0", "random": True}


def scope(**about: Any) -> Any:
    return {"scopes": [about]}


def symbol(**about: Any) -> Any:
    return {"symbols": [{"name": "new", "scopes": [], **about}]}


def functional(**about: Any) -> Any:
    return {"functionals": [{"name": "new", **about}]}


FORGED = {
    "scope/of-no-kind": (scope(name="a", kind="circle"), "a scope is of a kind: index, time, random, unit"),
    "scope/index-without-length": (scope(name="a", kind="index"), ".wrong: 'length'"),
    "scope/time-without-length": (scope(name="a", kind="time"), ".wrong: 'length, random, start, variable'"),
    "scope/unit-without-variable": (scope(name="a", kind="unit"), ".wrong: 'variable'"),
    "scope/two-random": (scope(name="a", kind="random"), "one random scope"),
    "scope/fractional-start": (scope(**{**TIME, "start": "1/2"}), "a time starts at an integer"),
    "scope/exponential-start": (scope(**{**TIME, "start": "1e999999999"}), "is not a rational number"),
    "scope/start-over-zero": (scope(**{**TIME, "start": "1/0"}), "is not a rational number"),
    "scope/start-no-text": (scope(**{**TIME, "start": 0.5}), "is not a rational number"),
    "scope/name-taken-by-a-scope": (scope(**{**INDEX, "name": "run"}), "run is taken"),
    "scope/name-like-an-unknown": (scope(**{**INDEX, "name": "~step"}), "'~step' cannot be a name"),
    "scope/name-reserved": (scope(**{**INDEX, "name": "limsup"}), "'limsup' cannot be a name"),
    "scope/name-empty": (scope(**{**INDEX, "name": ""}), "'' cannot be a name"),
    "scope/name-with-a-bracket": (scope(**{**INDEX, "name": "a[b]"}), "cannot be a name"),
    "scope/name-with-a-newline": (scope(**{**INDEX, "name": "a\n"}), "cannot be a name"),
    "scope/name-unhashable": (scope(**{**INDEX, "name": ["a"]}), "cannot be a name"),
    "scope/length-undeclared": (scope(**{**INDEX, "length": "ghost"}), "a length is an integer parameter"),
    "scope/length-real": (scope(**{**INDEX, "length": "L"}), "a length is an integer parameter"),
    "scope/length-varies": (scope(**{**INDEX, "length": "q"}), "a length is an integer parameter"),
    "scope/length-a-number": (scope(**{**INDEX, "length": 3}), "a length is an integer parameter"),
    "scope/length-unhashable": (scope(**{**INDEX, "length": ["d"]}), "a length is an integer parameter"),
    "scope/variable-taken": (scope(**{**TIME, "variable": "k"}), "k is taken"),
    "scope/variable-reserved": (scope(**{**TIME, "variable": "last"}), "'last' cannot be a name"),
    "scope/without-a-kind": (scope(name="a"), "a scope is of a kind: index, time, random, unit"),
    "symbol/undeclared-scope": (symbol(scopes=["ghost"]), "new has an undeclared scope"),
    "symbol/symbol-as-scope": (symbol(scopes=["d"]), "new has an undeclared scope"),
    "symbol/unknown-at-an-index": (symbol(scopes=["run", "~i"]), "new has an undeclared scope"),
    "symbol/unknown-at-a-plan": (symbol(scopes=["run", "~plan"]), "new has an undeclared scope"),
    "symbol/unknown-but-not-random": (symbol(scopes=["step", "~step"]), "new is unknown but not random"),
    "symbol/twice": (symbol(name="x"), "x is taken"),
    "symbol/name-of-a-scope": (symbol(name="run"), "run is taken"),
    "symbol/name-of-an-atom": (symbol(name="E[w]"), "cannot be a name"),
    "symbol/name-of-a-shift": (symbol(name="next"), "'next' cannot be a name"),
    "symbol/name-is-a-number": (symbol(name="1"), "cannot be a name"),
    "symbol/sequence-over-an-index": (symbol(scopes=["i"], sequence="i"), "new is a sequence over none of its times"),
    "symbol/sequence-over-a-time-it-has-not": (
        symbol(scopes=["i"], sequence="step"),
        "new is a sequence over none of its times",
    ),
    "symbol/sequence-over-what-is-unknown": (
        symbol(scopes=["run", "~step"], sequence="~step"),
        "new is a sequence over none of its times",
    ),
    "symbol/sequence-over-the-outcomes": (
        symbol(scopes=["run"], sequence="run"),
        "new is a sequence over none of its times",
    ),
    "symbol/without-scopes": ({"symbols": [{"name": "new"}]}, "a symbol has the keys name scopes .wrong: 'scopes'"),
    "functional/of-no-kind": (
        functional(kind="median", over="i"),
        "a functional is of a kind: sum",
    ),
    "functional/sum-over-outcomes": (functional(kind="sum", over="run"), "the sum S?.* is over no scope of its kind"),
    "functional/sum-over-a-segment": (
        functional(kind="sum", over="segment"),
        "the sum S?.* is over no scope of its kind",
    ),
    "functional/average-over-nothing": (
        functional(kind="average"),
        "a functional has the keys name kind over .wrong: 'over'",
    ),
    "functional/average-over-a-symbol": (
        functional(kind="average", over="d"),
        "the average S?.* is over no scope of its kind",
    ),
    "functional/integral-over-an-index": (
        functional(kind="integral", over="i"),
        "the integral S?.* is over no scope of its kind",
    ),
    "functional/integral-over-a-time": (
        functional(kind="integral", over="step"),
        "the integral S?.* is over no scope of its kind",
    ),
    "functional/given-an-index": (functional(kind="expectation", given=["i"]), "is given the first times"),
    "functional/given-the-inner-time-alone": (functional(kind="expectation", given=["draw"]), "given the first times"),
    "functional/given-in-another-order": (functional(kind="expectation", given=["draw", "step"]), "the first times"),
    "functional/given-a-plan": (functional(kind="expectation", given=["plan"]), "given the first times"),
    "functional/given-a-step-twice": (functional(kind="expectation", given=["step", "step"]), "the first times"),
    "functional/given-too-much": (functional(kind="expectation", given=["step", "draw", "plan"]), "the first times"),
    "functional/name-taken": ({"functionals": [{"name": "x", "kind": "sum", "over": "i"}]}, "x is taken"),
    "functional/name-of-a-functional": (
        {"functionals": [{"name": "E", "kind": "expectation", "given": []}]},
        "E is taken",
    ),
    "functional/name-of-a-shift": (
        {"functionals": [{"name": "first", "kind": "expectation", "given": []}]},
        "cannot be a name",
    ),
    "functional/name-of-a-limit": (
        {"functionals": [{"name": "limsup", "kind": "expectation", "given": []}]},
        "cannot be a name",
    ),
    "functional/without-a-kind": ({"functionals": [{"name": "new"}]}, "a functional is of a kind: "),
}


@pytest.mark.parametrize(("more", "message"), FORGED.values(), ids=FORGED)
def test_refused(more: Any, message: str) -> None:
    with pytest.raises(KernelError, match=r"^declarations: ") as refusal:
        replay(certificate([suppose("x >= 0")], signature=signature(**more)))
    assert refusal.match(f".*{message}")


def test_an_expectation_needs_outcomes() -> None:
    bare = {"scopes": [], "symbols": [], "functionals": [{"name": "E", "kind": "expectation", "given": []}]}
    with pytest.raises(KernelError, match="an expectation needs a random scope"):
        Proof({"format": FORMAT, **bare})


@pytest.mark.parametrize("table", ["scopes", "symbols", "functionals"])
@pytest.mark.parametrize("value", [None, 7, "text", True, [7], [None], ["x"], [[]], {"a": 1}])
def test_tables_of_another_shape(table: str, value: Any) -> None:
    forged = {**certificate([suppose("0*x >= 0")]), table: value}
    with pytest.raises(KernelError):
        replay(forged)


@pytest.mark.parametrize("value", [None, [], "text", 7, {}, {"format": "convbound-certificate/1"}, {"format": None}])
def test_not_a_certificate(value: Any) -> None:
    with pytest.raises(KernelError, match="not a convbound-certificate/2"):
        replay(value)


@pytest.mark.parametrize("steps", [None, [], {}, "steps", 7])
def test_no_steps(steps: Any) -> None:
    with pytest.raises(KernelError, match="the certificate has no steps"):
        replay({**certificate([suppose("x >= 0")]), "steps": steps})


def test_computed_fields_are_not_taken_from_the_certificate() -> None:
    """`binds` and `at` say what a functional binds; a certificate that brings its own is not believed."""
    forged = copy.deepcopy(SIGNATURE)
    proof, _ = replay(certificate([combine("E_k[w*u] - w*E_k[u] = 0")], signature=forged))
    assert proof.binds["E_k"] == {"~step", "~draw"}
    forged["functionals"][-2]["binds"] = []
    with pytest.raises(KernelError, match=r"declarations: a functional has the keys name kind given .wrong: 'binds'"):
        replay(certificate([combine("E_k[u] - u = 0")], signature=forged))


def test_a_time_that_is_not_random_has_no_filtration() -> None:
    """Without `random` a time is an ordinary index: an expectation cannot be given it."""
    changed = copy.deepcopy(SIGNATURE)
    changed["scopes"][3]["random"] = False
    with pytest.raises(KernelError, match="declarations: u has an undeclared scope"):
        replay(certificate([suppose("x >= 0")], signature=changed))


def test_declared_twice_by_a_definition() -> None:
    again = step("definition", symbol="size", kind="absolute", bodies=[p("x")])
    with pytest.raises(KernelError, match="step 1: definition: size is taken"):
        replay(certificate([again, again]))


@pytest.mark.parametrize("count", [501, 100_000])
def test_too_many_names(count: int) -> None:
    many = {"symbols": [{"name": f"x{n}", "scopes": []} for n in range(count)]}
    with pytest.raises(KernelError, match="declarations: too many names"):
        replay(certificate([suppose("x >= 0")], signature=signature(**many)))
