"""Forged limits and integers: what varies along the horizon is no constant, and not every number is whole."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from kernel_examples import MEAN, limit_steps
from proof_builders import certificate, combine, p, signature, step, suppose

from convbound.proofs.kernel import FACT_KEYS, KernelError, replay

LIMITS = {
    "numerator-another": ({"numerator": p("y + 2*K*c")}, "limit: the bound is another statement"),
    "denominator-another": ({"denominator": p("L*K^2")}, "limit: the bound is another statement"),
    "of-another": ({"body": p("E[avg[v]]")}, "limit: the bound is another statement"),
    "upper-is-the-lower": ({"upper": [7, 0]}, "limit: the bound is another statement"),
    "floor-another": ({"floor": p("c")}, "limit: the lower bound is another statement"),
    "lower-is-another": ({"lower": [8, 0]}, "limit: the lower bound is another statement"),
    "leading-is-not-the-leading-one": ({"leading": [1, 0]}, "limit: the leading coefficient is not proved positive"),
    "leading-only-nonnegative": ({"leading": [4, 0]}, "limit: the leading coefficient is not proved positive"),
    "horizon-undeclared": ({"horizon": "T"}, "limit: 'T' is not the length of exactly one time"),
    "horizon-no-integer": ({"horizon": "L"}, "limit: 'L' is not the length of exactly one time"),
    "horizon-another": ({"horizon": "N"}, r"limit: E\[avg\[w\]\] may|limit: K may vary|limit: the leading"),
    "upper-is-local": ({"upper": "previous"}, "limit: there is no fact 'previous' here"),
    "denominator-zero": ({"denominator": "0"}, "limit: the bound is another statement"),
}


@pytest.mark.parametrize(("changes", "message"), LIMITS.values(), ids=LIMITS)
def test_a_limit_is_of_what_was_bounded(changes: Any, message: str) -> None:
    with pytest.raises(KernelError, match=r"^step 10: limit: ") as refusal:
        replay(certificate(list(limit_steps(**changes))))
    assert refusal.match(f"step 10: {message}")


def constant(top: str, *before: Any, lower: Any = None) -> Any:
    """The limit of `top`, bounded by itself: right if it is a constant. `lower` proves top >= 0 after `before`."""
    first, floor = len(before), p(top) if lower is None else "0"
    return certificate(
        [
            *before,
            combine("1 > 0", ["1", [], []]),
            combine("0 >= 0"),
            step("limit", horizon="K", body=p(top), numerator=p(top), denominator="1", floor=floor,
                 upper=[first + 1, 0], lower=[first + 1, 0] if lower is None else lower, leading=[first, 0]),
        ]
    )  # fmt: skip


def define(symbol: str, body: str, *more: str, kind: str = "absolute", **about: Any) -> Any:
    return step("definition", symbol=symbol, kind=kind, bodies=[p(body), *map(p, more)], **about)


NONNEGATIVE = (
    suppose("v >= 0"),
    step("functional", functional="avg", of=[0, 0]),
    step("functional", functional="E", of=[1, 0]),
)
VARIES = {
    "the-horizon": (constant("K"), "the lower bound varies"),
    "a-functional": (constant("E[avg[v]]", *NONNEGATIVE, lower=[2, 0]), r"E\[avg\[v\]\] may vary with K"),
    "a-floor": (constant("E[avg[v]]"), r"E\[avg\[v\]\] may vary with K"),
    "a-sum-over-an-index": (constant("S[g]"), r"S\[g\] may vary with K"),
    "the-last-value": (constant("E[last[w]]"), r"E\[last\[w\]\] may vary with K"),
    "a-definition-by-a-functional": (constant("mean_size", define("mean_size", MEAN)), "mean_size may vary with K"),
    "a-definition-by-an-index-sum": (constant("norm_1", define("norm_1", "S[g]")), "norm_1 may vary with K"),
    "a-definition-by-a-definition": (
        constant("outer", define("inner_one", MEAN), define("outer", "inner_one", "x", kind="maximum")),
        "outer may vary with K",
    ),
    "a-definition-by-the-horizon": (constant("size_K", define("size_K", "K - x")), "size_K may vary with K"),
    "a-definition-by-a-limit": (constant("size_u", define("size_u", f"limsup[K: {MEAN}]")), "size_u may vary with K"),
    "a-limit": (constant(f"limsup[K: {MEAN}]"), "may vary with K"),
    "of-a-scoped-symbol": (constant("rate"), "a limit is of a closed expression"),
    "of-a-random-symbol": (constant("r"), "a limit is of a closed expression"),
    "of-a-step": (constant("k"), "a limit is of a closed expression"),
    "of-a-random-average": (constant("avg[w]"), "a limit is of a closed expression"),
    "of-the-last-value": (constant("last[w]"), "a limit is of a closed expression"),
    "of-a-coordinate": (constant("g"), "a limit is of a closed expression"),
}


@pytest.mark.parametrize(("forged", "message"), VARIES.values(), ids=VARIES)
def test_what_varies_along_the_horizon_is_no_constant(forged: Any, message: str) -> None:
    with pytest.raises(KernelError, match=rf"step \d+: limit: .*{message}"):
        replay(forged)


def test_a_constant_is_its_own_limit() -> None:
    replay(constant("c"))
    replay(constant("size", define("size", "c")))
    replay(constant("2*L*x^2 - d*N"))


# --------------------------------------------------------------------------------- what a hypothesis may speak of

COUNTS = [
    "K - 2 >= 0",
    "5 - K >= 0",
    "K = 1",
    "K - N = 0",
    "n - K >= 0",
    "K*L - 1 >= 0",
    "2*K > 0",
    "K > 1",
    "0 - K >= 0",
    "k <= 5",
    "5 >= k",
    "k >= 1",
    "k - L*w >= 0",
    "next[k] <= 7",
    "rate*k = 1",
    "total[rate^2] <= 5",
    "total[1] <= 5",
    "avg[w] <= L",
    "E[avg[w]] <= L",
    "avg[k] <= 3",
    "S[avg[w*g]] >= 0",
    "E_k[total[u]] >= 0",
    "limsup[K: E[avg[w]]] >= 0",
]
COMPARED = ["last[w] - w >= 0", "w - E_k[last[w]] >= 0", "last[w] = next[w]", "rate*E[last[w]] >= 0"]
PER_STEP = [
    "w <= 1",
    "next[w] - w >= 0",
    "E_k[next[w]] <= w",
    "first[w] = x",
    "w - first[w] >= 0",
    "last[w] >= x",
    "E[last[w]] - S[g] >= 0",
    "last[w] - first[w] >= 0",
    "rate > 0",
    "N >= 3",
    "m <= 9",
    "S_plan[s] <= L",
    "last[count] = v",
    "S_nu[b] = v",
    "d >= 2",
    "K > 0",
    "K >= 1",
    "K - 1 >= 0",
    "0 < K",
]


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("hypothesis", [*COUNTS, *COMPARED])
def test_no_hypothesis_of_a_limit_counts_the_steps(hypothesis: str, late: bool) -> None:
    """Used or not, before the limit or after it."""
    steps = [*limit_steps()]
    steps = [*steps, suppose(hypothesis)] if late else [*steps[:-1], suppose(hypothesis), steps[-1]]
    what = "counts the steps of step" if hypothesis in COUNTS else "compares steps of step with the last one"
    with pytest.raises(KernelError, match=rf"step \d+: (limit|hypothesis): a hypothesis {what}"):
        replay(certificate(steps, [10, 0] if late else None))


@pytest.mark.parametrize("through", ["K", "k", "total[rate]", "avg[w]", "E[avg[v]]"])
def test_nor_does_a_definition_in_a_hypothesis(through: str) -> None:
    steps = [*limit_steps()][:-1]
    steps += [define("size", through), suppose("size <= 9"), limit_steps()[-1]]
    with pytest.raises(KernelError, match="step 12: limit: a hypothesis counts the steps of step"):
        replay(certificate(steps))


@pytest.mark.parametrize("hypothesis", PER_STEP)
def test_a_hypothesis_may_be_about_every_step(hypothesis: str) -> None:
    _, theorem = replay(certificate([suppose(hypothesis), *_moved(limit_steps())]))
    assert repr(theorem) == f"- L*limsup[K: {MEAN}] + c >= 0"


def _moved(steps: Any) -> list[Any]:
    """The same steps, one place later."""
    moved = copy.deepcopy(list(steps))
    for s in moved:
        for key in FACT_KEYS:
            if key in s:
                s[key][0] += 1
        for term in s.get("by", {}).get("terms", []):
            term[1][:] = [[r[0] + 1, r[1]] for r in term[1]]
    return moved


HORIZONS = {
    "a-times-variable": "k",
    "another-times-variable": "m",
    "a-parameter": "z",
    "a-real-parameter": "L",
    "the-length-of-an-index": "d",
    "a-random-integer": "lattice",
    "a-scoped-integer": "q",
    "a-scope": "step",
    "a-functional": "avg",
    "nothing": "T",
    "a-defined-sign": "sg",
}


@pytest.mark.parametrize("horizon", HORIZONS.values(), ids=HORIZONS)
def test_only_the_length_of_a_time_goes_to_infinity(horizon: str) -> None:
    """A sign is at most 1 and a time's variable at most its length: along them no limit is taken."""
    limit = {**constant("c")["steps"][-1], "horizon": horizon, "upper": [2, 0], "lower": [2, 0], "leading": [1, 0]}
    steps = [define("sg", "x", kind="sign"), combine("1 > 0", ["1", [], []]), combine("0 >= 0"), limit]
    with pytest.raises(KernelError, match=f"step 3: limit: '{horizon}' is not the length of exactly one time"):
        replay(certificate(steps))


def test_the_length_of_two_scopes_is_no_horizon() -> None:
    for second in (
        {"name": "late", "kind": "index", "length": "K"},
        {"name": "late", "kind": "time", "length": "K", "variable": "tau", "start": "0", "random": False},
    ):
        forged = {**constant("c"), **signature(scopes=[second])}
        with pytest.raises(KernelError, match="step 2: limit: 'K' is not the length of exactly one time"):
            replay(forged)


def test_a_nested_time_has_no_limit() -> None:
    forged = constant("c")
    forged["steps"][-1]["horizon"] = "n"
    with pytest.raises(KernelError, match="step 2: limit: the time of a limit is nested in another one"):
        replay(forged)


def test_one_horizon() -> None:
    forged = constant("c")
    forged["steps"].append({**forged["steps"][-1], "horizon": "N"})
    with pytest.raises(KernelError, match="step 3: limit: a certificate has one horizon"):
        replay(forged)


BELOW = (
    suppose("K >= 1"),
    suppose("L >= 0"),
    suppose("L - w >= 0"),
    suppose("w >= 0"),
    step("functional", functional="avg", of=[2, 0]),
    step("functional", functional="E", of=[4, 0]),
    step("functional", functional="avg", of=[3, 0]),
    step("functional", functional="E", of=[6, 0]),
    combine("1 > 0", ["1", [], []]),
)


def test_the_bound_may_not_outgrow_its_denominator() -> None:
    """From 0 <= u <= L follows L*K - u >= 0, whose top coefficient in K would bound u by 0."""
    steps = [
        *BELOW,
        combine(f"L*K - {MEAN} >= 0", ["1", [[0, 0], [1, 0]], []], ["1", [[5, 0]], []]),
        step("limit", horizon="K", body=p(MEAN), numerator=p("L*K"), denominator="1", floor="0",
             upper=[9, 0], lower=[7, 0], leading=[8, 0]),
    ]  # fmt: skip
    with pytest.raises(KernelError, match="step 10: limit: the bound grows without limit"):
        replay(certificate(steps))


def test_a_floor_may_not_sink() -> None:
    """u = -5K has no limit superior, yet u >= -5K, and -5 - u >= 0 for every K >= 1."""
    steps = [
        suppose("K >= 1"),
        combine("5*K - 5 >= 0", ["5", [[0, 0]], []]),
        combine("0 >= 0"),
        combine("1 > 0", ["1", [], []]),
        step("limit", horizon="K", body=p("-5*K"), numerator=p("-5"), denominator="1", floor=p("-5*K"),
             upper=[1, 0], lower=[2, 0], leading=[3, 0]),
    ]  # fmt: skip
    with pytest.raises(KernelError, match="step 4: limit: the lower bound varies"):
        replay(certificate(steps))


# ------------------------------------------------------------------------------------------------------ integrality

NOT_WHOLE = {
    "real-parameter": "x",
    "fraction-of-an-integer": "1/2*z",
    "integer-plus-half": "z - 1/2",
    "product-with-a-real": "z*x",
    "expectation-of-integers": "E[lattice]",
    "average-of-integers": "mean_i[lattice]",
    "conditional-expectation-of-integers": "E_k[next[lattice]]",
    "sum-of-expectations": "S[E[lattice]]",
    "integral": "int[theta*G]",
    "variable-of-a-segment": "theta",
    "sum-of-reals": "S[g]",
    "sum-of-an-integer-times-a-real": "S_j[q*h]",
    "next-of-a-real": "next[w]",
    "last-of-a-real": "last[s]",
    "limit-of-integers": "limsup[K: K]",
    "random-real": "u",
}


@pytest.mark.parametrize("body", NOT_WHOLE.values(), ids=NOT_WHOLE)
def test_not_whole(body: str) -> None:
    with pytest.raises(
        KernelError, match=r"step 0: integrality: not every symbol is declared an integer|not an integer"
    ):
        replay(certificate([step("integrality", body=p(body))]))


@pytest.mark.parametrize("kind", ["absolute", "maximum", "root", "quotient"])
def test_definitions_are_not_whole_but_signs_are(kind: str) -> None:
    """|z| is an integer for an integer z; the kernel does not claim to know."""
    because = {"because": [0, 0]} if kind in ("root", "quotient") else {}
    more = ["z"] if kind in ("maximum", "quotient") else []
    steps = [suppose("z > 0"), define("made", "z", *more, kind=kind, **because), step("integrality", body=p("made"))]
    with pytest.raises(KernelError, match="step 2: integrality: not every symbol is declared an integer"):
        replay(certificate(steps))


@pytest.mark.parametrize("body", ["z", "d*K - 3", "S_j[q]", "total[lattice]", "first[lattice] + m", "k*nu"])
def test_whole(body: str) -> None:
    replay(certificate([step("integrality", body=p(body))]))
