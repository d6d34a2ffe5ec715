"""Forged hypotheses, combinations and definitions: each wrong in one place, each refused by the rule's name."""

from __future__ import annotations

from typing import Any

import pytest
from proof_builders import certificate, combine, fact, p, recipe, step, suppose

from convbound.proofs.kernel import KernelError, replay

KNOWN = [suppose("x >= 0"), suppose("y > 0"), suppose("x - y = 0")]  # steps 0, 1, 2


def both(text: str, *recipes: Any) -> Any:
    return step("combination", fact=fact(text), both=list(recipes))


def split(text: str, divider: str, *cases: Any) -> Any:
    return step("combination", fact=fact(text), split=p(divider), cases=list(cases))


def define(kind: str, *body: str, because: Any = None, symbol: Any = "new") -> Any:
    about = {} if because is None else {"because": because}
    return step("definition", symbol=symbol, kind=kind, bodies=[p(b) for b in body], **about)


FORGED = {
    # -------------------------------------------------------------------------------------------- hypothesis
    "hypothesis/no-such-relation": (step("hypothesis", fact=["x", "=<", "0"]), "hypothesis: '=<' is not a relation"),
    "hypothesis/relation-not-equal": (step("hypothesis", fact=["x", "!=", "0"]), "hypothesis: '!=' is not a relation"),
    "hypothesis/undeclared-symbol": (suppose("x + ghost >= 0"), "hypothesis: 'ghost' is not declared"),
    "hypothesis/no-fact": (step("hypothesis"), "hypothesis: the step has the keys rule fact .wrong: 'fact'"),
    "hypothesis/local-fact-as-atom": (suppose("denied >= 0"), "hypothesis: 'denied' is not declared"),
    # ------------------------------------------------------------------------------------------- combination
    "combination/identity-off-by-a-constant": (
        combine("x + y - 1 >= 0", ["1", [[0, 0]], []], ["1", [[1, 0]], []]),
        "combination: the identity fails by 1",
    ),
    "combination/wrong-sign": (combine("x - y >= 0", ["1", [[0, 0]], []], ["1", [[1, 0]], []]), "identity fails"),
    "combination/reversed": (combine("0 - x >= 0", ["1", [[0, 0]], []]), "combination: the identity fails"),
    "combination/negative-coefficient": (combine("0 - x >= 0", ["-1", [[0, 0]], []]), "coefficient -1 is negative"),
    "combination/coefficient-not-rational": (combine("x >= 0", ["1e0", [[0, 0]], []]), "combination: '1e0' is not a r"),
    "combination/coefficient-is-a-float": (combine("x >= 0", [1.0, [[0, 0]], []]), "combination: 1.0 is not a r"),
    "combination/coefficient-infinite": (combine("x >= 0", [float("inf"), [[0, 0]], []]), "combination: inf is not"),
    "combination/coefficient-over-zero": (combine("x >= 0", ["1/0", [[0, 0]], []]), "combination: '1/0' is not a rat"),
    "combination/strict-from-weak": (combine("x > 0", ["1", [[0, 0]], []]), "nothing in the combination is strictly"),
    "combination/strict-from-a-square": (combine("x^2 > 0", ["1", [], ["x"]]), "combination: nothing .* strictly"),
    "combination/strict-from-strict-times-square": (combine("y*x^2 > 0", ["1", [[1, 0]], ["x"]]), "strictly"),
    "combination/strict-from-strict-times-weak": (combine("y*x > 0", ["1", [[1, 0], [0, 0]], []]), "strictly"),
    "combination/strict-from-zero-times-strict": (
        combine("x > 0", ["1", [[0, 0]], []], ["0", [[1, 0]], []]),
        "combination: nothing in the combination is strictly positive",
    ),
    "combination/equation-from-inequality": (
        combine("x = 0", ["1", [[0, 0]], []]),
        "combination: an equation follows from equations only",
    ),
    "combination/inequality-times-anything": (
        combine("x*y*z >= 0", equations=[([0, 0], "y*z")]),
        "combination: only an equation can be multiplied by anything",
    ),
    "combination/square-that-is-none": (combine("x*y >= 0", ["1", [], ["x"]]), "combination: the identity fails"),
    "combination/empty": (combine("x >= 0"), "combination: the identity fails"),
    "combination/empty-strict-zero": (combine("0*x > 0"), "combination: nothing in the combination is strictly"),
    "combination/reference-to-itself": (combine("0 - 1 >= 0", ["1", [[3, 0]], []]), "no step 3 before"),
    "combination/reference-forward": (combine("0 - 1 >= 0", ["1", [[99, 0]], []]), "combination: no step 99 before"),
    "combination/reference-negative": (combine("x - y >= 0", ["1", [[-1, 0]], []]), "combination: no step -1 before"),
    "combination/reference-boolean": (combine("y > 0", ["1", [[True, 0]], []]), "combination: no step True before"),
    "combination/reference-float": (combine("y > 0", ["1", [[1.0, 0]], []]), "combination: no step 1.0 before"),
    "combination/reference-text-number": (combine("y > 0", ["1", [["1", 0]], []]), "combination: no step '1' before"),
    "combination/part-missing": (combine("x >= 0", ["1", [[0, 1]], []]), "combination: step 0 has no part 1"),
    "combination/part-negative": (combine("x >= 0", ["1", [[0, -1]], []]), "combination: step 0 has no part -1"),
    "combination/part-boolean": (combine("x >= 0", ["1", [[0, False]], []]), "combination: step 0 has no part False"),
    "combination/reference-too-short": (
        combine("x >= 0", ["1", [[0]], []]),
        "a reference has 2 items, not 1",
    ),
    "combination/local-fact-outside": (combine("x >= 0", ["1", ["denied"], []]), "there is no fact 'denied' here"),
    "combination/previous-outside-induction": (combine("x >= 0", ["1", ["previous"], []]), "no fact 'previous' here"),
    "combination/case-outside-split": (combine("x >= 0", ["1", ["case0"], []]), "there is no fact 'case0' here"),
    # ------------------------------------------------------------------------------------------------ refute
    "refute/not-zero": (combine("x - y >= 0", ["1", ["denied"], []], refute=True), "combination: the identity fails"),
    "refute/not-strict": (
        combine("x >= 0", ["1", [[0, 0]], []], ["1", [[2, 0]], []], refute=True),
        "combination: the identity fails",
    ),
    "refute/weak-denial-of-strict": (  # not (x > 0) is -x >= 0, which with x >= 0 is no contradiction
        combine("x > 0", ["1", ["denied"], []], ["1", [[0, 0]], []], refute=True),
        "combination: nothing in the combination is strictly positive",
    ),
    "refute/equation": (
        combine("x = 0", ["1", ["denied"], []], ["1", [[0, 0]], []], refute=True),
        "combination: an equation is not proved by contradiction",
    ),
    "refute/previous": (combine("x >= 0", ["1", ["previous"], []], refute=True), "no fact 'previous' here"),
    # ------------------------------------------------------------------------------------------------- split
    "split/two-cases": (
        split("x^2 >= 0", "x", *[recipe(["1", [], ["x"]])] * 2),
        "combination: cases of a split has 3 items, not 2",
    ),
    "split/four-cases": (
        split("x^2 >= 0", "x", *[recipe(["1", [], ["x"]])] * 4),
        "cases of a split has 3 items",
    ),
    "split/one-case-open": (
        split("z >= 0", "z", recipe(["1", ["case0"], []]), recipe(equations=[("case0", "1")]), recipe()),
        "combination: the identity fails",
    ),
    "split/negative-case-taken-as-positive": (
        split("z >= 0", "z", *[recipe(["1", ["case0"], []])] * 3),
        "combination: the identity fails",
    ),
    "split/zero-case-strict": (
        split("z^2 > 0", "z", *[recipe(["1", ["case0", "case0"], []])] * 3),
        "combination: nothing in the combination is strictly positive",
    ),
    "split/case-of-another-depth": (
        split("z^2 >= 0", "z", *[recipe(["1", ["case1", "case1"], []])] * 3),
        "combination: there is no fact 'case1' here",
    ),
    "split/case-leaks-into-the-other": (  # the second split may use its own case, and the outer one, no third
        split(
            "z^2 >= 0",
            "z",
            recipe(["1", [], ["z"]]),
            {"split": p("x"), "cases": [recipe(["1", ["case2", "case2"], []])] * 3},
            recipe(["1", [], ["z"]]),
        ),
        "combination: there is no fact 'case2' here",
    ),
    # -------------------------------------------------------------------------------------------------- both
    "both/one-recipe": (both("x - y = 0", recipe(equations=[([2, 0], "1")])), "combination: both has 2 items, not 1"),
    "both/inequality": (both("x >= 0", *[recipe(["1", [[0, 0]], []])] * 2), "follows from its two inequalities"),
    "both/same-side-twice": (both("x = 0", *[recipe(["1", [[0, 0]], []])] * 2), "combination: the identity fails"),
    "both/nested": (
        both("x = 0", {"both": [recipe(), recipe()]}, recipe()),
        "combination: an equation follows from its two inequalities",
    ),
    # -------------------------------------------------------------------------------------------- definition
    "definition/no-such-kind": (define("logarithm", "x"), "definition: 'logarithm'"),
    "definition/too-many-bodies": (define("absolute", "x", "y"), "definition: 'absolute'"),
    "definition/too-few-bodies": (define("quotient", "x", because=[1, 0]), "definition: the denominator is not"),
    "definition/name-taken": (define("absolute", "x", symbol="y"), "definition: y is taken"),
    "definition/name-of-a-functional": (define("absolute", "x", symbol="E"), "definition: E is taken"),
    "definition/name-of-a-scope": (define("absolute", "x", symbol="run"), "definition: run is taken"),
    "definition/name-reserved": (define("absolute", "x", symbol="next"), "definition: 'next' cannot be a name"),
    "definition/name-like-an-atom": (define("absolute", "x", symbol="E[w]"), r"definition: 'E\[w\]' cannot be a name"),
    "definition/name-no-text": (define("absolute", "x", symbol=["y"]), "cannot be a name"),
    "definition/of-itself": (define("absolute", "new"), "definition: 'new' is not declared"),
    "quotient/no-reason": (define("quotient", "x", "y"), "definition: the denominator is not proved positive"),
    "quotient/denominator-only-nonnegative": (
        define("quotient", "y", "x", because=[0, 0]),
        "definition: the denominator is not proved positive",
    ),
    "quotient/denominator-another": (
        define("quotient", "x", "2*y", because=[1, 0]),
        "definition: the denominator is not proved positive",
    ),
    "quotient/denominator-negated": (define("quotient", "x", "-y", because=[1, 0]), "denominator is not proved"),
    "quotient/upside-down": (define("quotient", "y", "x", because=[1, 0]), "the denominator is not proved positive"),
    "quotient/equation-as-reason": (define("quotient", "1", "x - y", because=[2, 0]), "denominator is not proved"),
    "quotient/local-fact-as-reason": (define("quotient", "1", "x", because="denied"), "no fact 'denied' here"),
    "root/no-reason": (define("root", "x"), "definition: the radicand is not proved nonnegative"),
    "root/radicand-another": (define("root", "x - 1", because=[0, 0]), "definition: the radicand is not proved nonne"),
    "root/radicand-negated": (define("root", "-x", because=[0, 0]), "definition: the radicand is not proved nonneg"),
    "root/equation-as-reason": (define("root", "x - y", because=[2, 0]), "the radicand is not proved nonnegative"),
}


@pytest.mark.parametrize(("forged", "message"), FORGED.values(), ids=FORGED)
def test_refused(forged: Any, message: str) -> None:
    with pytest.raises(KernelError, match=rf"^step 3: {forged['rule']}: .*") as refusal:
        replay(certificate([*KNOWN, forged]))
    assert refusal.match(message)


DEFINED = [
    *KNOWN,
    define("sign", "x", symbol="sg"),
    define("absolute", "x", symbol="size"),
    define("maximum", "x", "z", symbol="top"),
    define("root", "x", because=[0, 0], symbol="root_x"),
    define("quotient", "z", "y", because=[1, 0], symbol="ratio"),
]
TOO_STRONG = {
    "sign-of-zero-is-zero": combine("sg^2 = 0", equations=[([3, 0], "1")]),
    "sign-is-one-for-weak-positives": combine("sg - 1 = 0", equations=[([3, 0], "1"), ([3, 2], "1")]),
    "absolute-is-the-number": combine("size - x = 0", equations=[([4, 1], "1")]),
    "absolute-strict": combine("size > 0", ["1", [[4, 0]], []]),
    "maximum-below-both": combine("x - top >= 0", ["1", [[5, 0]], []]),
    "root-strict": combine("root_x > 0", ["1", [[6, 0]], []]),
    "root-is-the-number": combine("root_x - x = 0", equations=[([6, 1], "1")]),
    "quotient-positive": combine("ratio >= 0", ["1", [[1, 0]], []], equations=[([7, 0], "1")]),
}


@pytest.mark.parametrize("claim", TOO_STRONG.values(), ids=TOO_STRONG)
def test_a_definition_says_no_more_than_it_means(claim: Any) -> None:
    with pytest.raises(KernelError, match="step 8: combination"):
        replay(certificate([*DEFINED, claim]))


RULES_FORGED = {
    "unknown-rule": ({"rule": "axiom", "fact": fact("0 - 1 >= 0")}, "there is no rule 'axiom'"),
    "private-method": ({"rule": "_entails"}, "there is no rule '_entails'"),
    "no-rule": ({"fact": fact("x >= 0")}, "there is no rule"),
    "rule-no-text": ({"rule": ["hypothesis"]}, "there is no rule"),
    "step-no-object": (["hypothesis", fact("x >= 0")], "there is no rule"),
}


@pytest.mark.parametrize(("forged", "message"), RULES_FORGED.values(), ids=RULES_FORGED)
def test_no_other_rules(forged: Any, message: str) -> None:
    with pytest.raises(KernelError, match=f"step 3: {message}"):
        replay(certificate([*KNOWN, forged]))


@pytest.mark.parametrize("conclusion", [[3, 0], [-1, 0], [0, 1], [True, 0], "denied", [0], {}, 0, [[0, 0]], None])
def test_the_conclusion_is_a_fact_of_a_step(conclusion: Any) -> None:
    forged = {**certificate(KNOWN), "conclusion": conclusion}
    with pytest.raises(KernelError, match="conclusion is not a fact of a step"):
        replay(forged)
