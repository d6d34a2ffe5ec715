"""Forged functionals: nothing that varies inside leaks out, what is not known is not pulled out, scopes keep apart."""

from __future__ import annotations

from typing import Any

import pytest
from kernel_examples import EXAMPLES
from proof_builders import certificate, combine, fact, p, recipe, step, suppose

from convbound.proofs.kernel import KernelError, replay

KNOWN = [
    suppose("g >= 0"),  # 0, at every i
    suppose("next[s] - s - x = 0"),  # 1, at every m
    suppose("first[s] = 0"),  # 2
    suppose("u >= 0"),  # 3
    suppose("x - y = 0"),  # 4
    suppose("first[w] = 0"),  # 5
    suppose("next[w] - w = 0"),  # 6
]


def apply(functional: str, of: Any) -> Any:
    return step("functional", functional=functional, of=of)


def induct(text: str, *terms: Any, base: Any = (2, 0), time: str = "plan", equations: Any = ()) -> Any:
    return step("induction", time=time, fact=fact(text), base=list(base), by=recipe(*terms, equations=equations))


def telescope(body: str, functional: str = "total") -> Any:
    return step("telescoping", functional=functional, body=p(body))


def swap(outer: str, inner: str, body: str) -> Any:
    return step("interchange", outer=outer, inner=inner, body=p(body))


def tower(outer: str, inner: str, body: str) -> Any:
    return step("tower", outer=outer, inner=inner, body=p(body))


FORGED = {
    # ------------------------------------------------------------------------------------------- functional
    "functional/unknown": (apply("median", [0, 0]), "functional: 'median' is no functional"),
    "functional/a-shift-is-none": (apply("next", [0, 0]), "functional: 'next' is no functional"),
    "functional/a-symbol-is-none": (apply("x", [0, 0]), "functional: 'x' is no functional"),
    "functional/of-a-later-step": (apply("S", [9, 0]), "functional: no step 9 before"),
    "functional/of-a-local-fact": (apply("S", "previous"), "functional: there is no fact 'previous' here"),
    "functional/of-a-polynomial": (apply("S", p("g")), "functional: (a list is no functional|there is no fact)"),
    "functional/name-unhashable": (apply(["S"], [0, 0]), "functional: (a list is no functional|there is no fact)"),  # type: ignore[arg-type]
    # ----------------------------------------------------------------------------------------------- member
    "member/of-an-average": (
        step("member", functional="mean_i", of=[0, 0]),
        "member: 'mean_i' is no sum",
    ),
    "member/of-an-expectation": (step("member", functional="E", of=[3, 0]), "member: .* is no sum"),
    "member/of-an-integral": (step("member", functional="int", of=[0, 0]), "member: .* is no sum"),
    "member/of-an-equation": (step("member", functional="S_plan", of=[1, 0]), "member: the parts are nonnegative"),
    "member/not-a-part": (step("member", functional="S_j", of=[0, 0]), "member: the fact is not a part of the sum"),
    "member/unknown-sum": (step("member", functional="S_z", of=[0, 0]), "member: 'S_z' is no sum"),
    # ------------------------------------------------------------------------------------------ interchange
    "interchange/conditional-over-its-own-time": (swap("E_k", "total", "u"), "one functional depends on the other"),
    "interchange/the-other-way-round": (swap("total", "E_k", "u"), "interchange: one functional depends on the other"),
    "interchange/inner-conditional-over-outer-time": (swap("E_nu", "total", "b"), "one functional depends"),
    "interchange/inner-conditional-over-its-draws": (swap("S_nu", "E_nu", "b"), "one functional depends"),
    "interchange/average-over-its-own-time": (swap("E_k", "avg", "u"), "one functional depends on the other"),
    "interchange/two-expectations": (swap("E", "E_k", "u"), "interchange: the two functionals bind the same scope"),
    "interchange/nested-expectations": (swap("E_k", "E_nu", "b"), "the two functionals bind the same scope"),
    "interchange/sum-and-average-over-one-scope": (swap("S", "mean_i", "g"), "bind the same scope"),
    "interchange/with-itself": (swap("S", "S", "g"), "interchange: the two functionals bind the same scope"),
    "interchange/unknown": (swap("S", "median", "g"), "interchange: 'median' is no sum"),
    # ------------------------------------------------------------------------------------------------ tower
    "tower/inner-is-given-less": (tower("E_k", "E", "u"), "tower: the inner expectation is not given more"),
    "tower/inner-is-given-an-earlier-time": (tower("E_nu", "E_k", "b"), "the inner expectation is not given more"),
    "tower/outer-is-a-sum": (tower("total", "E_k", "u"), "tower: .* is no expectation"),
    "tower/inner-is-an-average": (tower("E", "avg", "w"), "tower: .* is no expectation"),
    "tower/two-sums": (tower("S", "S", "g"), "tower: .* is no expectation"),
    # ---------------------------------------------------------------------------------------------- average
    "average/two-sums": (
        step("average", functional="total", sum="total", body=p("w")),
        "average: 'total' is no average",
    ),
    "average/swapped": (step("average", functional="total", sum="avg", body=p("w")), "average: .* is no average"),
    "average/other-scope": (
        step("average", functional="avg", sum="S", body=p("w")),
        "average: the average and the sum are over different scopes",
    ),
    "average/expectation": (step("average", functional="E", sum="total", body=p("w")), "average: .* is no average"),
    # ------------------------------------------------------------------------------------------ telescoping
    "telescoping/expectation": (telescope("w", "E"), "telescoping: .* is no sum or average"),
    "telescoping/integral": (telescope("theta", "int"), "telescoping: .* is no sum or average"),
    "telescoping/index": (telescope("g", "S"), "telescoping: only a time has next, first and last"),
    "telescoping/no-sequence": (telescope("v"), "telescoping: v is not a sequence over step"),
    "telescoping/no-sequence-in-a-product": (telescope("w*rate"), "telescoping: rate is not a sequence over step"),
    "telescoping/sequence-over-another-time": (telescope("count"), "count is not a sequence over step"),
    "telescoping/twice-shifted": (telescope("next[w]"), r"telescoping: next\[w\] cannot be shifted again"),
    "telescoping/conditional-expectation": (telescope("E_k[next[w]]"), "is bound to its own step"),
    "telescoping/inner-conditional-expectation": (telescope("E_nu[b]"), "telescoping: .* is bound to its own step"),
    "telescoping/conditional-inside-a-sum": (telescope("S_nu[E_nu[b]]"), "telescoping: .* is bound to its own step"),
    "telescoping/conditional-of-its-sum": (telescope("E_nu[b]", "S_nu"), "telescoping: .* is bound to its own step"),
    # -------------------------------------------------------------------------------------------- induction
    "induction/base-of-another-statement": (
        induct("s - m*x = 0", equations=[([1, 0], "1"), ("previous", "1")]),
        "induction: the base is another statement",
    ),
    "induction/base-of-another-relation": (
        induct("s >= 0", ["1", ["previous"], []], equations=[([1, 0], "1")]),
        "induction: the base is another statement",
    ),
    "induction/base-not-at-the-start": (
        induct("s - x = 0", equations=[("previous", "1")], base=(1, 0)),
        "induction: the base is another statement",
    ),
    "induction/base-itself": (induct("s = 0", equations=[("previous", "1")], base=(7, 0)), "no step 7 before"),
    "induction/base-local": (
        step("induction", time="plan", fact=fact("s = 0"), base="previous", by=recipe()),
        "induction: there is no fact 'previous' here",
    ),
    "induction/step-does-not-follow": (induct("s = 0", equations=[("previous", "1")]), "induction: the identity fails"),
    "induction/previous-already-later": (
        induct("s = 0", equations=[("next", "1")]),
        "induction: there is no fact 'next' here",
    ),
    "induction/another-time": (induct("s = 0", time="step"), "induction: the base is another statement"),
    "induction/index-as-time": (induct("g >= 0", time="i", base=(0, 0)), "induction: only a time has next, first"),
    "induction/no-sequence": (
        induct("v = 0", time="step", base=(5, 0), equations=[("previous", "1")]),
        "induction: v is not a sequence over step",
    ),
    "induction/double-shift": (
        induct("next[w] = 0", time="step", base=(5, 0)),
        r"induction: next\[w\] cannot be shifted again",
    ),
    "induction/bound-to-its-step": (induct("E_k[u] = 0", time="step", base=(5, 0)), "is bound to its own step"),
}


@pytest.mark.parametrize(("forged", "message"), FORGED.values(), ids=FORGED)
def test_refused(forged: Any, message: str) -> None:
    with pytest.raises(KernelError, match=rf"^step 7: {forged['rule']}: .*") as refusal:
        replay(certificate([*KNOWN, forged]))
    assert refusal.match(message)


# equations that would hold if a scope leaked: each is derived wrongly from the true equation of a rule
LEAKS = {
    "index-out-of-a-sum": "S[g*h] - g*S[h] = 0",
    "index-out-of-an-average": "mean_i[g^2] - g*mean_i[g] = 0",
    "step-out-of-a-sum": "total[w*v] - w*total[v] = 0",
    "step-variable-out-of-an-average": "avg[k*w] - k*avg[w] = 0",
    "random-out-of-an-expectation": "E[w^2] - w*E[w] = 0",
    "unknown-out-of-a-conditional": "E_k[u^2] - u*E_k[u] = 0",
    "unknown-is-its-own-conditional": "E_k[u] - u = 0",
    "next-value-is-known": "E_k[next[w]] - next[w] = 0",
    "last-value-is-known": "E_k[last[w]] - last[w] = 0",
    "sum-over-time-is-known": "E_k[total[w]] - total[w] = 0",
    "average-over-time-is-known": "E_k[avg[w^2]] - avg[w^2] = 0",
    "draws-so-far-are-known-before-the-step": "E_k[count] - count = 0",
    "all-draws-are-known-at-one": "E_nu[S_nu[count]] - S_nu[count] = 0",
    "next-count-is-known": "E_nu[next[count]] - next[count] = 0",
    "last-count-is-known-at-the-step": "E_k[last[count]] - last[count] = 0",
    "timeless-is-known": "E_k[r] - r = 0",
    "conditional-is-total": "E_k[u] - E[u] = 0",
    "inner-conditional-is-known-at-the-step": "E_k[E_nu[b]] - E_nu[b] = 0",
    "segment-out-of-an-integral": "int[theta*G] - theta*int[G] = 0",
    "moments-of-the-segment": "int[theta^2] - int[theta]*int[theta] = 0",
    "a-sum-of-products-is-no-product": "S[g^2] - S[g]^2 = 0",
    "an-average-is-no-sum": "avg[w] - total[w] = 0",
    "conditional-of-its-sum-changes-places": "E_k[total[u]] - total[E_k[u]] = 0",
    "first-draws-unknown-at-the-step": "E_k[first[count]] - first[count] = 0",
    "the-start-is-the-present": "first[w] - w = 0",
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS)
def test_nothing_leaks(leak: str) -> None:
    """The two sides have different normal forms, so the empty combination does not prove them equal."""
    with pytest.raises(KernelError, match="step 0: combination: the identity fails by"):
        replay(certificate([combine(leak)]))


SOUND = {
    "known-is-pulled-out": "E_k[w*u] - w*E_k[u] = 0",
    "start-is-known": "E_k[first[w]] - first[w] = 0",
    "conditional-is-known": "E_k[E_k[u]^2] - E_k[u]^2 = 0",
    "draws-so-far-are-known-at-a-draw": "E_nu[count^2] - count^2 = 0",
    "what-is-known-at-the-step-is-known-at-the-draw": "E_nu[w*b] - w*E_nu[b] = 0",
    "what-is-not-random-leaves": "E[rate*k*w] - rate*k*E[w] = 0",
    "third-moment-of-the-segment": "4*int[theta^3] - 1 = 0",
}


@pytest.mark.parametrize("equation", SOUND.values(), ids=SOUND)
def test_what_may_leave_leaves(equation: str) -> None:
    replay(certificate([combine(equation)]))


@pytest.mark.parametrize("name", [e.name for e in EXAMPLES if e.rule != "hypothesis"])
@pytest.mark.parametrize("factor", [2, -1, 0])
def test_an_altered_conclusion_is_another(name: str, factor: int) -> None:
    """What a rule yields, scaled: a combination that claims it to be the same is refused."""
    (one,) = (e for e in EXAMPLES if e.name == name)
    left, relation, right = fact(one.proves)
    assert right == "0"
    reference = [len(one.steps) - 1, one.part]
    terms = [] if relation == "=" else [["1", [reference], []]]
    equations = [[reference, p("1")]] if relation == "=" else []
    claim = step("combination", fact=[["*", str(factor), left], relation, "0"], terms=terms, equations=equations)
    with pytest.raises(KernelError, match="combination: the identity fails"):
        replay(certificate([*one.steps, claim]))
