"""A bound on a limit is refuted by a proof of the opposite: for the same average, for every horizon, by parameters."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy

from convbound.proofs.claims import Claim, Library, Refutation
from convbound.proofs.kernel import KernelError
from convbound.proofs.language import Vocabulary, eq, ge, gt, le, limsup
from convbound.proofs.models import Model
from convbound.proofs.prover import Prover
from convbound.proofs.verdicts import verify

v = Vocabulary()
K, c, M = v.real("K", integer=True), v.real("c"), v.real("M", integer=True)
step = v.time("step", "k", 1, K, random=False)
x = v.real("x", over=["step"])
avg = v.functional("avg", "average", over="step")
MODEL = Model({"K": 1, "M": 1, "c": Fraction(3), "x": Fraction(3)}, facts="x = 3 at every step")


def opposite(library: Library, **about: Any) -> Claim:
    """x >= c at every step, so its average is at least c, for every K."""
    shape: dict[str, Any] = {"suppose": [ge(x, c)], "then": ge(avg(x), c), "witness": lambda: MODEL}
    shape["proof"] = lambda p: p.have(about.get("then", shape["then"]), by=p.apply(avg, ge(x, c)))
    return library.claim("opposite", "", "", v, **{**shape, **about})


def verdict(then: Any = None, model: Model = MODEL, suppose: Any = (), **about: Any) -> Any:
    """The verdict on `limsup of the average <= 2`, refuted by the opposite."""
    library = Library("limits", "", "")
    refutation = Refutation(lambda: model, "it stays at c", opposite(library, **about))
    then = then if then is not None else le(limsup(K, avg(x)), 2)
    return verify(library.claim("claim", "", "", v, suppose=list(suppose), then=then, refutation=refutation), Prover())


def test_refuted() -> None:
    record = verdict()
    assert record.verdict == "refuted"
    assert record.counterexample["by"] == "limits:opposite" and record.rests_on == ("limits:opposite",)


def test_the_horizon_may_be_positive() -> None:
    assert verdict(suppose=[gt(K, 0)]).verdict == "refuted"


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "the-floor-does-not-exceed": ({"then": le(limsup(K, avg(x)), 3)}, "does not exceed the claimed limit"),
    "the-floor-is-far-below": ({"then": le(limsup(K, avg(x)), c + 1)}, "does not exceed the claimed limit"),
    "another-average": ({"then": le(limsup(K, avg(x**2)), 2)}, "is about another average"),
    "a-bound-from-below": ({"then": ge(limsup(K, avg(x)), 4)}, "does not bound one limit superior from above"),
    "a-multiple": ({"then": le(2 * limsup(K, avg(x)), 2)}, "does not bound one limit superior from above"),
    "no-limit": ({"then": le(avg(x), 2)}, "does not bound one limit superior from above"),
    "a-bound-that-varies": ({"then": le(limsup(K, avg(x)), avg(x) - 1)}, "by parameters"),
    "a-bound-by-the-horizon": ({"then": le(limsup(K, avg(x)), K)}, "by parameters"),
}


@pytest.mark.parametrize(("about", "reason"), REFUSED.values(), ids=REFUSED)
def test_not_refuted(about: Any, reason: str) -> None:
    record = verdict(**about)
    assert record.verdict == "open" and reason in record.reason


def prove(relation: Any, *by: Any) -> Any:
    return lambda p: p.have(relation, by=[p.apply(avg, ge(x, c)), *by])


def test_an_opposite_for_one_horizon_only() -> None:
    """It holds for K = 1 and says nothing of the limit."""
    about = {"suppose": [ge(x, c), eq(K, 1)]}
    library = Library("limits", "", "")
    other = opposite(library, **about, proof=prove(ge(avg(x), c)))
    claim = library.claim(
        "claim", "", "", v, suppose=[], then=le(limsup(K, avg(x)), 2), refutation=Refutation(lambda: MODEL, "x", other)
    )
    record = verify(claim, Prover())
    assert record.verdict == "open" and "supposes something of K" in record.reason


def test_an_opposite_that_falls_with_the_horizon() -> None:
    """avg >= c + 1 - K is above 2 for K = 1, and below everything later."""
    then = ge(avg(x), c + 1 - K)
    library = Library("limits", "", "")
    other = opposite(library, suppose=[ge(x, c), gt(K, 0), ge(K, 1)], then=then, proof=prove(then, ge(K, 1)))
    claim = library.claim(
        "claim", "", "", v, suppose=[], then=le(limsup(K, avg(x)), 2), refutation=Refutation(lambda: MODEL, "x", other)
    )
    record = verify(claim, Prover())
    assert record.verdict == "open" and "by parameters" in record.reason


def test_a_limit_along_another_parameter() -> None:
    """Only the length of a time goes to infinity; M is a parameter."""
    with pytest.raises(KernelError, match="'M' is not the length of exactly one time"):
        verdict(then=le(limsup(M, avg(x)), 2))


@pytest.mark.parametrize("value", [Fraction(1), sympy.Integer(0)])
def test_the_instance_satisfies_the_opposite(value: Any) -> None:
    model = Model({"K": 1, "c": Fraction(3), "x": Fraction(int(value))})
    record = verdict(model=model)
    assert record.verdict == "open" and "the instance is not one of opposite" in record.reason


def test_an_opposite_without_proof() -> None:
    record = verdict(proof=None)
    assert record.verdict == "open" and "opposite is not proved" in record.reason
