"""Forged limits and integers: what varies along the horizon is no constant, and not every number is whole."""

from __future__ import annotations

from typing import Any

import pytest
from kernel_examples import MEAN, limit_steps
from proof_builders import certificate, combine, p, step, suppose

from convbound.proofs.kernel import KernelError, replay

LIMITS = {
    "numerator-another": ({"numerator": p("y + 2*K*c")}, "limit: the bound is another statement"),
    "denominator-another": ({"denominator": p("L*K^2")}, "limit: the bound is another statement"),
    "of-another": ({"of": p("E[avg[v]]")}, "limit: the bound is another statement"),
    "upper-is-the-lower": ({"upper": [7, 0]}, "limit: the bound is another statement"),
    "floor-another": ({"floor": p("c")}, "limit: the lower bound is another statement"),
    "lower-is-another": ({"lower": [8, 0]}, "limit: the lower bound is another statement"),
    "leading-is-not-the-leading-one": ({"leading": [1, 0]}, "limit: the leading coefficient is not proved positive"),
    "leading-only-nonnegative": ({"leading": [4, 0]}, "limit: the leading coefficient is not proved positive"),
    "horizon-undeclared": ({"horizon": "T"}, "limit: the leading coefficient is not proved"),
    "horizon-no-integer": ({"horizon": "L"}, "limit: "),
    "horizon-another": ({"horizon": "N"}, "limit: "),
    "upper-is-local": ({"upper": "previous"}, "limit: there is no fact 'previous' here"),
    "denominator-zero": ({"denominator": []}, "limit: "),
}


@pytest.mark.parametrize(("changes", "message"), LIMITS.values(), ids=LIMITS)
def test_a_limit_is_of_what_was_bounded(changes: Any, message: str) -> None:
    with pytest.raises(KernelError, match=r"^step 10: limit: ") as refusal:
        replay(certificate(list(limit_steps(**changes))))
    assert refusal.match(f"step 10: {message}")


def bounded_by(top: str, *before: Any, bottom: str = "1", of: str = MEAN, upper: str | None = None) -> Any:
    """`top - bottom*of >= 0` as a hypothesis, and the limit that would follow from it."""
    first = len(before)
    return certificate(
        [
            *before,
            suppose(upper or f"{top} - {of} >= 0"),
            suppose(f"{of} >= 0"),
            combine("1 > 0", ["1", [], []]),
            step(
                "limit",
                horizon="K",
                of=p(of),
                numerator=p(top),
                denominator=p(bottom),
                floor=[],
                upper=[first, 0],
                lower=[first + 1, 0],
                leading=[first + 2, 0],
            ),
        ]
    )


def define(symbol: str, body: str, *more: str, kind: str = "absolute", **about: Any) -> Any:
    return step("definition", symbol=symbol, kind=kind, body=[p(body), *map(p, more)], **about)


VARIES = {
    "the-horizon-in-a-hypothesis": (bounded_by("K"), "a hypothesis restricts K|grows without limit"),
    "a-functional-as-constant": (bounded_by("E[avg[v]]"), r"limit: E\[avg\[v\]\] may vary with K"),
    "a-sum-over-an-index-as-constant": (bounded_by("S[g]"), r"limit: S\[g\] may vary with K"),
    "the-last-value-as-constant": (bounded_by("E[last[w]]"), r"limit: E\[last\[w\]\] may vary with K"),
    "a-definition-by-a-functional": (
        bounded_by("mean_size", define("mean_size", MEAN)),
        "limit: mean_size may vary with K",
    ),
    "a-definition-by-an-index-sum": (
        bounded_by("norm_1", define("norm_1", "S[g]")),
        "limit: norm_1 may vary with K",
    ),
    "a-definition-by-a-definition": (
        bounded_by("outer", define("inner_one", MEAN), define("outer", "inner_one", "x", kind="maximum")),
        "limit: outer may vary with K",
    ),
    "a-definition-by-the-horizon": (
        bounded_by("size_K", define("size_K", "K - x")),
        "limit: size_K may vary with K",
    ),
    "a-limit-along-it": (bounded_by(f"limsup[K: {MEAN}]"), "limit: .* may vary with K"),
    "a-scoped-symbol": (bounded_by("rate"), "limit: rate may vary with K"),
    "a-random-symbol": (bounded_by("r"), "limit: r may vary with K"),
    "of-a-scoped-expression": (bounded_by("c", of="w"), "limit: a limit is of a closed expression"),
    "of-a-random-average": (bounded_by("c", of="avg[w]"), "limit: a limit is of a closed expression"),
}


@pytest.mark.parametrize(("forged", "message"), VARIES.values(), ids=VARIES)
def test_what_varies_along_the_horizon_is_no_constant(forged: Any, message: str) -> None:
    with pytest.raises(KernelError, match=r"step \d+: limit: ") as refusal:
        replay(forged)
    assert refusal.match(f".*({message})")


def test_a_constant_bound_is_accepted() -> None:
    replay(bounded_by("c"))
    replay(bounded_by("size", define("size", "c")))


@pytest.mark.parametrize(
    "hypothesis", ["K - 2 >= 0", "5 - K >= 0", "K - 1 = 0", "K - N = 0", "K*L - 1 >= 0", "2*K > 0"]
)
def test_a_hypothesis_may_not_restrict_the_horizon(hypothesis: str) -> None:
    """limsup <= N/D needs all large K; of the horizon itself nothing may be supposed but that it is positive."""
    steps = list(limit_steps())
    steps[1] = suppose(hypothesis)
    steps[9] = suppose(f"y + K*c - L*K*{MEAN} >= 0")
    with pytest.raises(KernelError, match="step 10: limit: a hypothesis restricts K"):
        replay(certificate(steps))


@pytest.mark.parametrize("hypothesis", ["K > 0", "K >= 0", "K - 1 >= 0", "K - 1 > 0"])
def test_the_horizon_may_be_positive(hypothesis: str) -> None:
    steps = [*limit_steps()]
    relation = ">" if ">=" not in hypothesis else ">="
    offset = ["1", [], []] if "1" in hypothesis else ["0", [], []]
    steps[1] = suppose(hypothesis)
    steps.insert(2, combine("K >= 0", ["1", [[1, 0]], []], offset))
    assert relation in hypothesis
    moved = certificate(_renumbered(steps))
    _, theorem = replay(moved)
    assert repr(theorem) == f"- L*limsup[K: {MEAN}] + c >= 0"


def _renumbered(steps: list[Any]) -> list[Any]:
    """References after the inserted step 2 move by one; the positivity of K is now that step."""
    for s in steps[3:]:
        for key in ("of", "upper", "lower", "leading"):
            if key in s and len(s[key]) == 2 and isinstance(s[key][0], int) and s[key][0] >= 2:
                s[key] = [s[key][0] + 1, 0]
        for term in s.get("terms", []):
            term[1][:] = [[2 if r[0] == 1 else r[0] + (r[0] >= 2), 0] for r in term[1]]
    return steps


def test_the_bound_may_not_outgrow_its_denominator() -> None:
    steps = [*limit_steps(numerator=p("y + K^2*c"))]
    steps[9] = combine(f"y + K^2*c - L*K*{MEAN} >= 0", ["1", [], []])
    with pytest.raises(KernelError, match="combination"):
        replay(certificate(steps))
    outgrown = bounded_by("K*c", suppose("c >= 0"), upper=f"K*c - {MEAN} >= 0")
    with pytest.raises(KernelError, match=r"limit: (the bound grows without limit|a hypothesis restricts K)"):
        replay(outgrown)


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
