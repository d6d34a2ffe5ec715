"""Forged shapes: a certificate that is right but for one key, type or item too many is refused, by what is wrong."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from kernel_examples import EXAMPLES
from proof_builders import certificate, combine, p, recipe, step, suppose

from convbound.proofs.kernel import RULES, KernelError, load, replay

Json = Any


def base() -> Json:
    """A right certificate with something of everything."""
    return certificate(
        [
            suppose("L > 0"),
            step("definition", symbol="ratio", kind="quotient", bodies=["x", "L"], because=[0, 0]),
            combine("g^2 >= 0", ["1", [], ["g"]]),
            step("functional", functional="S", of=[2, 0]),
            step("combination", fact=["x", "=", ["*", "L", "ratio"]], equations=[[[1, 0], "-1"]]),
            combine("L*S[g^2] >= 0", ["1", [[0, 0], [3, 0]], []]),
        ]
    )


def test_the_base_is_right() -> None:
    replay(base())


def put(*path: Any, value: Json) -> Callable[[Json], None]:
    """Set what stands at the path."""

    def alter(data: Json) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = value

    return alter


def drop(*path: Any) -> Callable[[Json], None]:
    """Remove what stands at the path."""

    def alter(data: Json) -> None:
        for key in path[:-1]:
            data = data[key]
        del data[path[-1]]

    return alter


def extend(*path: Any, value: Json) -> Callable[[Json], None]:
    """Append to the list at the path."""

    def alter(data: Json) -> None:
        for key in path:
            data = data[key]
        data.append(value)

    return alter


SCOPE = {"index": 0, "time": 2, "random": 5, "unit": 6}
X, W, E, SUM = 6, 15, 8, 0  # symbols and functionals of the signature
TERMS = ("steps", 5, "by", "terms", 0)
FORGED: dict[str, tuple[Callable[[Json], None], str]] = {
    # ---------------------------------------------------------------------------------------------- certificate
    "certificate/unknown-key": (put("note", value="x"), "declarations: a certificate has the keys .*wrong: 'note'"),
    "certificate/no-conclusion": (drop("conclusion"), "declarations: a certificate has the keys .*'conclusion'"),
    "certificate/no-functionals": (drop("functionals"), "declarations: a certificate has the keys .*'functionals'"),
    "certificate/claim-number": (put("claim", value=7), "declarations: a claim's name is a short text"),
    "certificate/claim-control": (put("claim", value="a\x1b[2Jb"), "declarations: a claim's name is a short text"),
    "certificate/claim-surrogate": (put("claim", value="\ud800"), "declarations: a claim's name is a short text"),
    "certificate/claim-long": (put("claim", value="a" * 201), "declarations: a claim's name is a short text"),
    "certificate/other-format": (put("format", value="convbound-certificate/1"), "declarations: not a convbound"),
    "certificate/scopes-object": (put("scopes", value={}), "declarations: scopes is a list, not a dict"),
    "certificate/symbols-text": (put("symbols", value="x"), "declarations: symbols is a list, not 'x'"),
    "certificate/functionals-null": (put("functionals", value=None), "declarations: functionals is a list, not None"),
    "conclusion/three-items": (put("conclusion", value=[5, 0, 0]), "the conclusion .* a reference has 2 items, not 3"),
    "conclusion/float": (put("conclusion", value=[5.0, 0]), "the conclusion .* no step 5.0 before"),
    "conclusion/local": (put("conclusion", value="denied"), "the conclusion .* there is no fact 'denied' here"),
    # --------------------------------------------------------------------------------------------------- scopes
    **{
        f"scope/{kind}-with-{key}": (
            put("scopes", n, key, value=value),
            f"declarations: a scope has the keys .*'{key}'",
        )
        for kind, n, key, value in [
            ("index", 0, "variable", "ii"),
            ("index", 0, "start", "1"),
            ("index", 0, "random", True),
            ("time", 2, "over", "i"),
            ("time", 2, "note", ""),
            ("random", 5, "length", "K"),
            ("random", 5, "variable", "omega"),
            ("random", 5, "start", "0"),
            ("unit", 6, "length", "d"),
            ("unit", 6, "random", False),
        ]
    },
    **{
        f"scope/time-without-{key}": (drop("scopes", 2, key), f"declarations: a scope has the keys .*'{key}'")
        for key in ("length", "variable", "start", "random", "name")
    },
    **{
        f"scope/random-is-{value!r}": (
            put("scopes", 2, "random", value=value),
            "declarations: whether a time is random is true or false",
        )
        for value in ("true", 1, 0, None, [True])
    },
    "scope/start-number": (put("scopes", 2, "start", value=1), "declarations: 1 is not a rational number"),
    "scope/start-space": (put("scopes", 2, "start", value="1 "), "declarations: '1 ' is not a rational number"),
    "scope/kind-list": (put("scopes", 0, "kind", value=["index"]), "declarations: a scope is of a kind"),
    "scope/list": (put("scopes", 0, value=["i", "index", "d"]), "declarations: a scope is an object, not a list"),
    # -------------------------------------------------------------------------------------------------- symbols
    "symbol/unknown-key": (put("symbols", X, "positive", value=True), "declarations: a symbol has the keys"),
    "symbol/known-key": (put("symbols", W, "known", value=["step"]), "declarations: a symbol has the keys"),
    **{
        f"symbol/integer-is-{value!r}": (
            put("symbols", X, "integer", value=value),
            "declarations: whether x is an integer is true or false",
        )
        for value in ("false", "true", 0, 1, None, [])
    },
    "symbol/scopes-text": (put("symbols", 10, "scopes", value="i"), "declarations: scopes of a symbol is a list"),
    "symbol/scopes-object": (put("symbols", X, "scopes", value={}), "declarations: scopes of a symbol is a list"),
    "symbol/scope-twice": (
        extend("symbols", 10, "scopes", value="i"),
        "declarations: g has an undeclared scope, or one",
    ),
    "symbol/scope-number": (
        extend("symbols", 10, "scopes", value=7),
        "declarations: g has an undeclared scope, or one",
    ),
    "symbol/scope-list": (extend("symbols", 10, "scopes", value=["j"]), "declarations: g has an undeclared scope, or"),
    "symbol/sequence-true": (
        put("symbols", W, "sequence", value=True),
        "declarations: w is a sequence over none of its times",
    ),
    "symbol/sequence-empty": (
        put("symbols", W, "sequence", value=""),
        "declarations: w is a sequence over none of its times",
    ),
    "symbol/sequence-list": (
        put("symbols", W, "sequence", value=["step"]),
        "declarations: w is a sequence over none of its times",
    ),
    # ---------------------------------------------------------------------------------------------- functionals
    "functional/sum-given": (put("functionals", SUM, "given", value=[]), "declarations: a functional has the keys"),
    "functional/expectation-over": (put("functionals", E, "over", value="run"), "declarations: a functional has the"),
    "functional/expectation-without-given": (
        drop("functionals", E, "given"),
        "declarations: a functional has the keys",
    ),
    "functional/binds": (put("functionals", E, "binds", value=[]), "declarations: a functional has the keys"),
    "functional/at": (put("functionals", E, "at", value=["run"]), "declarations: a functional has the keys"),
    "functional/given-text": (put("functionals", E, "given", value="step"), "declarations: what is given is a list"),
    "functional/given-number": (put("functionals", E, "given", value=[0]), "declarations: an expectation is given the"),
    "functional/over-list": (
        put("functionals", SUM, "over", value=["i"]),
        "declarations: the sum .* is over no scope of its kind",
    ),
    "functional/over-null": (
        put("functionals", SUM, "over", value=None),
        "declarations: the sum .* is over no scope of its kind",
    ),
    "functional/kind-true": (put("functionals", SUM, "kind", value=True), "declarations: a functional is of a kind"),
    # ---------------------------------------------------------------------------------------------------- steps
    "step/unknown-key": (put("steps", 0, "note", value="x"), "step 0: hypothesis: the step has the keys .*'note'"),
    "step/recipe-beside": (put("steps", 2, "terms", value=[]), "step 2: combination: the step has the keys .*'terms'"),
    "step/no-recipe": (drop("steps", 2, "by"), "step 2: combination: the step has the keys .*'by'"),
    "step/no-because": (drop("steps", 1, "because"), "step 1: definition: the step has the keys .*'because'"),
    "step/because-of-a-sum": (put("steps", 3, "because", value=[0, 0]), "step 3: functional: the step has the keys"),
    "step/rule-list": (put("steps", 0, "rule", value=["hypothesis"]), "step 0: there is no rule a list"),
    "step/rule-space": (put("steps", 0, "rule", value="hypothesis "), "step 0: there is no rule 'hypothesis '"),
    "step/null": (put("steps", 0, value=None), "step 0: there is no rule None"),
    # ------------------------------------------------------------------------------------------------- formulas
    "formula/two-items": (
        put("steps", 0, "fact", value=["L", ">"]),
        "step 0: hypothesis: a formula has 3 items, not 2",
    ),
    "formula/four-items": (extend("steps", 0, "fact", value="x"), "step 0: hypothesis: a formula has 3 items, not 4"),
    "formula/prefix": (put("steps", 0, "fact", value=[">", "L", "0"]), "step 0: hypothesis: 'L' is not a relation"),
    "formula/object": (
        put("steps", 0, "fact", value={"L": ">"}),
        "step 0: hypothesis: a formula is a list, not a dict",
    ),
    "formula/relation-list": (put("steps", 0, "fact", 1, value=[">"]), "step 0: hypothesis: a list is not a relation"),
    "formula/relation-true": (put("steps", 0, "fact", 1, value=True), "step 0: hypothesis: True is not a relation"),
    "formula/relation-space": (put("steps", 0, "fact", 1, value="> "), "step 0: hypothesis: '> ' is not a relation"),
    # ---------------------------------------------------------------------------------------------- expressions
    **{
        f"expression/{name}": (put("steps", 0, "fact", 0, value=value), f"step 0: hypothesis: {message}")
        for name, value, message in [
            ("number", 3, "an expression is a list, not 3"),
            ("float", 0.5, "an expression is a list, not 0.5"),
            ("true", True, "an expression is a list, not True"),
            ("null", None, "an expression is a list, not None"),
            ("object", {"x": 1}, "an expression is a list, not a dict"),
            ("empty", [], "an expression begins with its operator"),
            ("old-style", [["1", [["x", 1]]]], "an expression begins with its operator"),
            ("sum-of-one", ["+", "x"], "a sum or product has two parts or more"),
            ("product-of-none", ["*"], "a sum or product has two parts or more"),
            ("difference", ["-", "x", "y"], "what an operator is applied to has 1 items, not 2"),
            ("quotient", ["/", "x", "y"], "what an operator is applied to has 1 items, not 2"),
            ("negation", ["-", "x"], "'-' is no functional"),
            ("power-zero", ["^", "x", 0], "exponents are 1 to 64"),
            ("power-negative", ["^", "x", -1], "exponents are 1 to 64"),
            ("power-text", ["^", "x", "2"], "exponents are 1 to 64"),
            ("power-true", ["^", "x", True], "exponents are 1 to 64"),
            ("power-float", ["^", "x", 2.0], "exponents are 1 to 64"),
            ("power-of-three", ["^", "x", 2, 2], "a power has 2 items, not 3"),
            ("functional-of-two", ["S", "g", "g"], "what an operator is applied to has 1 items, not 2"),
            ("functional-of-none", ["S"], "what an operator is applied to has 1 items, not 0"),
            ("functional-list", [["S"], "g"], "an expression begins with its operator"),
            ("symbol-as-functional", ["x", "y"], "'x' is no functional"),
            ("scope-as-functional", ["step", "y"], "'step' is no functional"),
            ("functional-as-symbol", "S", "'S' is not declared"),
            ("scope-as-symbol", "run", "'run' is not declared"),
            ("unknown-as-symbol", "~step", "'~step' is not a rational number"),
            ("atom-as-symbol", "S[g]", r"'S\[g\]' is not a rational number"),
            ("reserved-as-symbol", "next", "'next' is not declared"),
            ("next-without-time", ["next", "w"], "next has 2 items, not 1"),
            ("next-of-two", ["next", "step", "w", "w"], "next has 2 items, not 3"),
            ("next-over-an-index", ["next", "i", "g"], "only a time has next, first and last"),
            ("next-over-the-outcomes", ["next", "run", "w"], "only a time has next, first and last"),
            ("next-over-a-list", ["next", ["step"], "w"], "only a time has next, first and last"),
            ("next-over-another-time", ["next", "draw", "b"], "b is not a sequence over draw"),
            ("next-of-no-sequence", ["next", "step", "v"], "v is not a sequence over step"),
            ("next-of-next", ["next", "step", ["next", "step", "w"]], r"next\[w\] cannot be shifted again"),
            ("last-of-next", ["last", "step", ["next", "step", "w"]], r"next\[w\] cannot be shifted again"),
            ("first-of-a-conditional", ["first", "step", ["E_k", "u"]], r"E_k\[u\] is bound to its own step"),
            ("limsup-without-horizon", ["limsup", "x"], "limsup has 2 items, not 1"),
            ("limsup-along-a-list", ["limsup", ["K"], "x"], "a list is not the length of exactly one time"),
            ("limsup-along-a-number", ["limsup", "1", "x"], "'1' is not the length of exactly one time"),
            ("limsup-of-a-step", ["limsup", "K", "w"], "a limit is of a closed expression"),
            ("decimal", "0.5", "'0.5' is not a rational number"),
            ("exponential", "1e3", "'1e3' is not a rational number"),
            ("sum-as-text", "x + y", r"'x \+ y' is not a rational number"),
            ("space", " x", "' x' is not a rational number"),
        ]
    },
    # -------------------------------------------------------------------------------------------------- recipes
    "recipe/list": (put("steps", 2, "by", value=[]), "step 2: combination: a recipe is an object, not a list"),
    "recipe/unknown-key": (
        put("steps", 2, "by", "hint", value=1),
        "step 2: combination: a recipe has the keys .*'hint'",
    ),
    "recipe/split-and-terms": (put("steps", 2, "by", "split", value="x"), "step 2: combination: a recipe has the keys"),
    "recipe/both-and-terms": (put("steps", 2, "by", "both", value=[]), "step 2: combination: a recipe has the keys"),
    "recipe/cases-without-split": (put("steps", 2, "by", "cases", value=[]), "step 2: combination: a recipe has the"),
    "recipe/terms-object": (
        put("steps", 2, "by", "terms", value={}),
        "step 2: combination: terms is a list, not a dict",
    ),
    "recipe/equations-null": (
        put("steps", 2, "by", "equations", value=None),
        "step 2: combination: equations is a list",
    ),
    **{
        f"recipe/refute-is-{value!r}": (
            put("steps", 2, "by", "refute", value=value),
            "step 2: combination: whether to refute is true or false",
        )
        for value in ("false", 0, 1, None)
    },
    "term/four-items": (extend(*TERMS, value=[]), "step 5: combination: a term has 3 items, not 4"),
    "term/text": (put(*TERMS, value="100"), "step 5: combination: a term is a list, not '100'"),
    "term/coefficient-number": (put(*TERMS, 0, value=1), "step 5: combination: 1 is not a rational number"),
    "term/references-object": (put(*TERMS, 1, value={}), "step 5: combination: references is a list, not a dict"),
    "term/squares-text": (put(*TERMS, 2, value="x"), "step 5: combination: squares is a list, not 'x'"),
    "term/reference-of-three": (extend(*TERMS, 1, 0, value=0), "step 5: combination: a reference has 2 items, not 3"),
    "term/reference-null": (put(*TERMS, 1, 0, value=None), "step 5: combination: a reference is a list, not None"),
    "term/reference-object": (put(*TERMS, 1, 0, value={"0": 0}), "step 5: combination: a reference is a list, not a"),
    "equation/three-items": (
        extend("steps", 4, "by", "equations", 0, value="1"),
        "step 4: combination: an equation has 2 items, not 3",
    ),
    "equation/of-an-inequality": (
        put("steps", 4, "by", "equations", 0, 0, value=[0, 0]),
        "step 4: combination: only an equation can be multiplied by anything",
    ),
    # ---------------------------------------------------------------------------------------------- definitions
    "definition/bodies-text": (put("steps", 1, "bodies", value="xL"), "step 1: definition: bodies is a list, not 'xL'"),
    "definition/bodies-three": (extend("steps", 1, "bodies", value="1"), "step 1: definition: the denominator is not"),
    "definition/because-null": (put("steps", 1, "because", value=None), "step 1: definition: the denominator is not"),
    "definition/because-false": (put("steps", 1, "because", value=False), "step 1: definition: a reference is a list"),
    "definition/kind-null": (
        put("steps", 1, "kind", value=None),
        "step 1: definition: only a quotient and a root have",
    ),
    "definition/kind-list": (put("steps", 1, "kind", value=["root"]), "step 1: definition: only a quotient and a root"),
    "definition/symbol-null": (put("steps", 1, "symbol", value=None), "step 1: definition: None cannot be a name"),
    "definition/reason-of-an-absolute": (
        lambda c: c["steps"][1].update(kind="absolute", bodies=["x"]),
        "step 1: definition: only a quotient and a root have a reason",
    ),
    "functional/name-null": (put("steps", 3, "functional", value=None), "step 3: functional: None is no functional"),
    "functional/of-null": (put("steps", 3, "of", value=None), "step 3: functional: a reference is a list, not None"),
}


@pytest.mark.parametrize(("alter", "message"), FORGED.values(), ids=FORGED)
def test_refused(alter: Callable[[Json], None], message: str) -> None:
    forged = base()
    alter(forged)
    with pytest.raises(KernelError) as refusal:
        replay(forged)
    assert refusal.match(message)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_every_key_of_every_rule_is_needed_and_no_other(example: Any) -> None:
    number, rule = len(example.steps) - 1, example.rule
    for key in ("rule " + RULES[rule][1]).split():
        forged = example.certificate
        del forged["steps"][number][key]
        with pytest.raises(KernelError, match=rf"step {number}: (there is no rule|{rule}: the step has the keys)"):
            replay(forged)
    forged = example.certificate
    forged["steps"][number]["because of"] = [0, 0]
    with pytest.raises(KernelError, match=rf"step {number}: {rule}: the step has the keys .*'because of'"):
        replay(forged)


REPEATED = {
    "integer": ('"integer": true', '"integer": false, "integer": true'),
    "rule": ('"rule": "hypothesis"', '"rule": "combination", "rule": "hypothesis"'),
    "fact": ('"fact": ["L", ">", "0"]', '"fact": ["L", "=", "0"], "fact": ["L", ">", "0"]'),
    "steps": ('"steps": [', '"steps": [], "steps": ['),
    "conclusion": ('"conclusion": [5, 0]', '"conclusion": [0, 0], "conclusion": [5, 0]'),
    "because": ('"because": [0, 0]', '"because": null, "because": [0, 0]'),
    "kind": ('"kind": "sum"', '"kind": "average", "kind": "sum"'),
}


@pytest.mark.parametrize(("once", "twice"), REPEATED.values(), ids=REPEATED)
def test_a_repeated_key(once: str, twice: str) -> None:
    text = json.dumps(base())
    assert once in text
    replay(load(text))
    with pytest.raises(KernelError, match="a key is repeated"):
        load(text.replace(once, twice, 1))


# ---------------------------------------------------------------------- rules whose own condition is the one that fails

RULE_FORGED = {
    "interchange/integral-outside": (
        step("interchange", outer="int", inner="E", body=p("theta*w")),
        "interchange: 'int' is no sum or average or expectation",
    ),
    "interchange/integral-inside": (
        step("interchange", outer="S", inner="int", body=p("G")),
        "interchange: 'int' is no sum or average or expectation",
    ),
    "interchange/same-scope": (
        step("interchange", outer="S", inner="mean_i", body=p("g*x")),
        "interchange: the two functionals bind the same scope",
    ),
    "interchange/two-expectations": (
        step("interchange", outer="E_k", inner="E_nu", body=p("b")),
        "interchange: the two functionals bind the same scope",
    ),
    "interchange/conditional-and-its-time": (
        step("interchange", outer="E_nu", inner="S_nu", body=p("b")),
        "interchange: one functional depends on the other",
    ),
    "interchange/time-and-its-conditional": (
        step("interchange", outer="avg", inner="E_k", body=p("u")),
        "interchange: one functional depends on the other",
    ),
    "tower/two-integrals": (step("tower", outer="int", inner="int", body=p("G")), "tower: 'int' is no expectation"),
    "tower/upside-down": (
        step("tower", outer="E_nu", inner="E_k", body=p("b")),
        "tower: the inner expectation is not given more",
    ),
    "member/of-an-equation": (step("member", functional="S", of=[1, 0]), "member: the parts are nonnegative facts"),
    "member/of-what-does-not-vary": (
        step("member", functional="S_j", of=[0, 0]),
        "member: the fact is not a part of the sum",
    ),
    "average/another-scope": (
        step("average", functional="avg", sum="S", body=p("g")),
        "average: the average and the sum are over different scopes",
    ),
    "telescoping/over-an-index": (
        step("telescoping", functional="S", body=p("g")),
        "telescoping: only a time has next, first and last",
    ),
    "telescoping/of-no-sequence": (
        step("telescoping", functional="total", body=p("rate")),
        "telescoping: rate is not a sequence over step",
    ),
    "induction/another-base": (
        step("induction", time="plan", fact=["s", ">=", "0"], base=[0, 0], by=recipe()),
        "induction: the base is another statement",
    ),
    "integrality/half": (step("integrality", body=p("1/2*z")), "integrality: a coefficient is not an integer"),
    "integrality/real": (step("integrality", body=p("z + x")), "integrality: not every symbol is declared an integer"),
    "integrality/average": (step("integrality", body=p("avg[z*lattice]")), "integrality: not every symbol is declared"),
    "definition/sign-along-a-segment": (
        step("definition", symbol="sg", kind="sign", bodies=[p("theta - 1/2")]),
        "definition: a sign jumps along a segment",
    ),
    "definition/sign-of-what-varies-along-it": (
        step("definition", symbol="sg", kind="sign", bodies=[p("x*G")]),
        "definition: a sign jumps along a segment",
    ),
    "combination/identity": (combine("g >= 0"), "combination: the identity fails by - g"),
    "combination/own-conditional": (
        step("combination", fact=[p("E_k[u]"), "=", p("u")]),
        r"combination: the identity fails by - E_k\[u\] \+ u",
    ),
    "combination/wrong-way": (
        step("combination", fact=["0", ">=", ["^", "x", 2]], terms=[["1", [], ["x"]]]),
        "combination: the identity fails",
    ),
}


@pytest.mark.parametrize(("forged", "message"), RULE_FORGED.values(), ids=RULE_FORGED)
def test_each_condition_of_a_rule(forged: Json, message: str) -> None:
    with pytest.raises(KernelError) as refusal:
        replay(certificate([suppose("g >= 0"), suppose("g = x"), copy.deepcopy(forged)]))
    assert refusal.match(f"step 2: {message}")


def test_a_negative_relation_is_turned_round() -> None:
    """x <= y says y - x >= 0; taken as it stands it would prove the opposite."""
    _, theorem = replay(certificate([suppose("x <= y"), combine("y - x >= 0", ["1", [[0, 0]], []])]))
    assert repr(theorem) == "- x + y >= 0"
    _, theorem = replay(certificate([suppose("x < 0"), combine("-x > 0", ["1", [[0, 0]], []])]))
    assert repr(theorem) == "- x > 0"
    with pytest.raises(KernelError, match="step 1: combination: the identity fails"):
        replay(certificate([suppose("x <= y"), combine("x - y >= 0", ["1", [[0, 0]], []])]))
