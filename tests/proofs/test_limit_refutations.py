"""A bound on a limit is refuted by a process that goes on for ever and a proof of the opposite for it, for every K."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy

from convbound.proofs.claims import Claim, Library, Refutation
from convbound.proofs.kernel import KernelError
from convbound.proofs.language.vocabulary import Vocabulary, eq, first_value, ge, gt, last_value, le, limsup, next_value
from convbound.proofs.models.model import Model
from convbound.proofs.models.processes import Move, Process
from convbound.proofs.prover import Prover
from convbound.proofs.statement import draft_of, unmet_for_ever
from convbound.proofs.verify import verify


def words() -> tuple[Vocabulary, Any, Any, Any, Any, Any, Any]:
    v = Vocabulary()
    K, c, M = v.real("K", integer=True), v.real("c"), v.real("M", integer=True)
    k = v.time("step", "k", 1, K, random=False)
    return v, K, k, c, M, v.real("x", over=["step"], sequence="step"), v.functional("avg", "average", over="step")


v, K, k, c, M, x, avg = words()


def cycle(*values: Any, **parameters: Any) -> Process:
    """x takes these values in turn, for ever."""
    count = len(values)
    given = {"M": 1, "c": Fraction(3), "x": lambda at: values[at["state"]], **parameters}
    return Process(0, lambda s: [Move(Fraction(1), (), (s + 1) % count)], given, facts="x goes round")


STAYS = cycle(Fraction(3))


def opposite(library: Library, **about: Any) -> Claim:
    """x >= c at every step, so its average is at least c, for every K."""
    shape: dict[str, Any] = {
        "suppose": [ge(x, c)],
        "then": ge(avg(x), c),
        "witness": lambda: Model({"K": 1, "c": 3, "x": 3}),
    }
    shape["proof"] = lambda p: p.have(about.get("then", shape["then"]), by=p.apply(avg, ge(x, c)))
    return library.claim("opposite", "", "", about.pop("vocabulary", v), **{**shape, **about})


def verdict(then: Any = None, instance: Any = STAYS, suppose: Any = (), **about: Any) -> Any:
    """The verdict on `limsup of the average <= 2`, refuted by the opposite."""
    library = Library("limits", "", "")
    refutation = Refutation(lambda: instance, "it stays at c", opposite(library, **about))
    then = then if then is not None else le(limsup(K, avg(x)), 2)
    return verify(library.claim("claim", "", "", v, suppose=list(suppose), then=then, refutation=refutation), Prover())


def test_refuted() -> None:
    record = verdict()
    assert record.verdict == "refuted"
    assert record.counterexample.by == "limits:opposite" and record.rests_on == ("limits:opposite",)
    assert record.counterexample.data.states == [
        {"state": 0, "moves": [["1", [], 0]], "values": [["x", {}, "3"]]},
    ]


def test_the_horizon_may_be_positive() -> None:
    assert verdict(suppose=[gt(K, 0)]).verdict == "refuted"
    assert verdict(suppose=[ge(K, 1)]).verdict == "refuted"


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "the-floor-does-not-exceed": ({"then": le(limsup(K, avg(x)), 3)}, "does not exceed the claimed limit"),
    "the-floor-is-far-below": ({"then": le(limsup(K, avg(x)), c + 1)}, "does not exceed the claimed limit"),
    "another-average": ({"then": le(limsup(K, avg(x**2)), 2)}, "is about another average"),
    "a-bound-from-below": ({"then": ge(limsup(K, avg(x)), 4)}, "does not bound one limit superior from above"),
    "a-multiple": ({"then": le(2 * limsup(K, avg(x)), 2)}, "does not bound one limit superior from above"),
    "no-limit": ({"then": le(avg(x), 2)}, "does not bound one limit superior from above"),
    "a-bound-that-varies": ({"then": le(limsup(K, avg(x)), avg(x) - 1)}, "by parameters"),
    "a-bound-by-the-horizon": ({"then": le(limsup(K, avg(x)), K)}, "by parameters"),
    "one-run-of-one-step": ({"instance": Model({"K": 1, "M": 1, "c": 3, "x": 3})}, "goes on for ever"),
    "not-in-the-second-state": (
        {"instance": cycle(Fraction(3), Fraction(4)), "suppose": [le(x, 3)]},
        "x ≤ 3, in the state 1",
    ),
    "not-one-step-later": (
        {"instance": cycle(Fraction(3), Fraction(4)), "suppose": [le(next_value(x), x)]},
        "in the state 0",
    ),
    "not-after-the-last-step": (
        {"instance": cycle(Fraction(3), Fraction(4), Fraction(5)), "suppose": [le(last_value(x), 4)]},
        "in the state 1",
    ),
    "not-the-first-value": (
        {"instance": cycle(Fraction(3), Fraction(4)), "suppose": [eq(first_value(x), 4)]},
        "a hypothesis fails",
    ),
    "the-first-value-is-not-this-one": (
        {"instance": cycle(Fraction(3), Fraction(4)), "suppose": [eq(first_value(x), x)]},
        "in the state 1",
    ),
}


@pytest.mark.parametrize(("about", "reason"), REFUSED.values(), ids=REFUSED)
def test_not_refuted(about: Any, reason: str) -> None:
    record = verdict(**about)
    assert record.verdict == "open" and reason in record.reason, record.reason


COUNTING = [le(K, 5), eq(K, 1), ge(K, 2), le(avg(x), 3), le(last_value(x), x)]


@pytest.mark.parametrize("hypothesis", COUNTING, ids=range(len(COUNTING)))
def test_the_kernel_has_no_limit_under_a_hypothesis_that_counts_the_steps(hypothesis: Any) -> None:
    claim = Library("limits", "", "").claim("claim", "", "", v, suppose=[hypothesis], then=le(limsup(K, avg(x)), 2))
    with pytest.raises(KernelError, match=r"counts the steps|with the last one"):
        draft_of(claim)


def test_a_limit_along_another_parameter() -> None:
    """Only the length of a time goes to infinity; M is a parameter."""
    claim = Library("limits", "", "").claim("claim", "", "", v, suppose=[], then=le(limsup(M, avg(x)), 2))
    with pytest.raises(KernelError, match="'M' is not the length of exactly one time"):
        draft_of(claim)


def decided(hypothesis: Any, process: Process) -> str | None:
    """Whether a hypothesis holds in the process at every step and for every K: None, or why not."""
    claim = Library("limits", "", "").claim("claim", "", "", v, suppose=[hypothesis], then=le(x, 2))
    return unmet_for_ever(claim, process, frozenset({"K"}))


CYCLE = cycle(Fraction(3), Fraction(4))
DECIDED: dict[str, tuple[Any, str]] = {
    "the-first": (eq(first_value(x), 3), ""),
    "the-last": (le(last_value(x), 4), ""),
    "the-next": (eq(next_value(x) + x, 7), ""),
    "this-and-the-first": (gt(x, first_value(x) - 1), ""),
    "the-last-and-the-first": (ge(last_value(x), first_value(x)), ""),
    "every-K": (ge(K**2 * x, K), ""),
    "every-step": (ge(k * x, 3), ""),
    "not-every-step": (le(k, 5), "is not decided for every k"),
    "not-every-K": (le(K, 5), "is not decided for every K"),
    "not-the-first-K": (ge(K, 2), "K ≥ 2"),
    "no-step": (le(k * x, 0), "in the state 0"),
    "a-square-in-K": (ge(K**2 - 4 * K + 4, 0), "is not decided for every K"),
    "a-sum": (le(avg(x), 4), "over all steps is not decided"),
    "the-last-and-this": (le(last_value(x), x + 1), "step k and the last step together"),
    "inside-a-root": (ge(sympy.sqrt(K), 1), "part of something else"),
    "inside-a-quotient": (ge(1 / k, 0), "part of something else"),
    "both": (ge(K, k), "is not decided for every K"),
}


@pytest.mark.parametrize(("hypothesis", "reason"), DECIDED.values(), ids=DECIDED)
def test_what_a_cycle_decides_for_every_number_of_steps(hypothesis: Any, reason: str) -> None:
    found = decided(hypothesis, CYCLE)
    assert (found is None) if not reason else (found is not None and reason in found), found


def prove(relation: Any, *by: Any) -> Any:
    return lambda p: p.have(relation, by=[p.apply(avg, ge(x, c)), *by])


OPPOSITES: dict[str, tuple[dict[str, Any], str]] = {
    "for-one-horizon-only": ({"suppose": [ge(x, c), eq(K, 1)], "proof": prove(ge(avg(x), c))}, "not one of opposite"),
    "that-falls-with-the-horizon": (
        {
            "suppose": [ge(x, c), gt(K, 0), ge(K, 1)],
            "then": ge(avg(x), c + 1 - K),
            "proof": prove(ge(avg(x), c + 1 - K), ge(K, 1)),
        },
        "is about another average",
    ),
    "that-the-instance-leaves": ({"suppose": [ge(x, c), le(x, c)]}, "not one of opposite"),
    "without-proof": ({"proof": None, "then": ge(avg(x), c + 1)}, "opposite is not proved"),  # and it has none
}


@pytest.mark.parametrize(("about", "reason"), OPPOSITES.values(), ids=OPPOSITES)
def test_an_opposite_that_is_none(about: Any, reason: str) -> None:
    library = Library("limits", "", "")
    other = opposite(library, **about)
    refutation = Refutation(lambda: cycle(Fraction(3), Fraction(4)), "x", other)
    then = le(limsup(K, avg(x)), 2)
    record = verify(library.claim("claim", "", "", v, suppose=[], then=then, refutation=refutation), Prover())
    assert record.verdict == "open" and reason in record.reason, record.reason


def test_no_opposite_at_all() -> None:
    library = Library("limits", "", "")
    refutation = Refutation(lambda: STAYS, "x")
    then = le(limsup(K, avg(x)), 2)
    record = verify(library.claim("claim", "", "", v, suppose=[], then=then, refutation=refutation), Prover())
    assert record.verdict == "open" and "none is given" in record.reason


def average_over_an_index(w: Vocabulary) -> Any:
    w.index("i", w.real("m", integer=True))
    y = w.real("x", over=["i"])
    return y, w.functional("avg", "average", over="i")


def average_over_another_time(w: Vocabulary) -> Any:
    w.time("other", "j", 1, w.real("m", integer=True), random=False)
    y = w.real("x", over=["other"])
    return y, w.functional("avg", "average", over="other")


@pytest.mark.parametrize("make", [average_over_an_index, average_over_another_time])
def test_an_average_of_the_same_name_is_another_object(make: Any) -> None:
    """x = 1/2 at every step: its average is 1/2, whatever some `avg` of some `x` of another vocabulary may be."""
    w = Vocabulary()
    w.time("step", "k", 1, w.real("K", integer=True), random=False)
    level = w.real("c")
    y, total = make(w)
    library = Library("limits", "", "")
    about = {"vocabulary": w, "suppose": [ge(y, level)], "then": ge(total(y), level)}
    other = opposite(library, **about, proof=lambda p: p.have(ge(total(y), level), by=p.apply(total, ge(y, level))))
    process = cycle(0, m=1, c=Fraction(1, 2), x=Fraction(1, 2))
    then = le(limsup(K, avg(x)), Fraction(1, 4))
    claim = library.claim("claim", "", "", v, suppose=[], then=then, refutation=Refutation(lambda: process, "", other))
    record = verify(claim, Prover())
    assert record.verdict == "open" and "opposite is " in record.reason, record.reason


def test_the_same_average_in_another_vocabulary_is_the_same_object() -> None:
    w, _, _, level, _, y, mean = words()
    library = Library("limits", "", "")
    about = {"vocabulary": w, "suppose": [ge(y, level)], "then": ge(mean(y), level)}
    proof = lambda p: p.have(ge(mean(y), level), by=p.apply(mean, ge(y, level)))  # noqa: E731
    other = opposite(library, **about, proof=proof)
    then = le(limsup(K, avg(x)), 2)
    claim = library.claim("claim", "", "", v, suppose=[], then=then, refutation=Refutation(lambda: STAYS, "", other))
    assert verify(claim, Prover()).verdict == "refuted"
