"""Verdicts: when a claim is vacuous, open, refuted or assumed, and when the tool has to contradict itself."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy

from convbound.bounds.errors import InputError
from convbound.proofs.claims import Claim, Hypothesis, Library, Premise, Refutation
from convbound.proofs.derivation.derivation import ProofError
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, le, lt
from convbound.proofs.models.model import Model
from convbound.proofs.prover import Prover
from convbound.proofs.record import Counterexample, InstanceData
from convbound.proofs.verify import ContradictionError, verify, verify_library

v = Vocabulary()
x, y, c = v.reals("x y c")


def claim(library: Library | None = None, **about: Any) -> Claim:
    """A small claim: from x >= 1 that 2x >= 2, with its proof, unless told otherwise."""
    then = about.get("then", ge(2 * x, 2))
    given: dict[str, Any] = {"suppose": [ge(x, 1)], "then": then, "proof": lambda p: p.have(then, by=about["suppose"])}
    about.setdefault("suppose", given["suppose"])
    name = about.pop("id", f"claim-{len((library or Library('', '', '')).claims)}")
    return (library or Library("small", "", "")).claim(name, "here", "", v, **{**given, **about})


def test_proved() -> None:
    record = verify(claim(), Prover())
    assert (record.verdict, record.unused) == ("proved", ())


def test_proved_without_using_a_hypothesis() -> None:
    record = verify(claim(suppose=[ge(x, 1), ge(y, 0)]), Prover())
    assert record.verdict == "proved" and len(record.unused) == 1


CONTRADICTORY = {
    "two-signs": [gt(x, 0), lt(x, 0)],
    "an-interval-the-wrong-way": [ge(x, 2), le(x, 1)],
    "an-equation-and-its-denial": [eq(x, y), gt(x, y)],
    "a-product": [gt(x, 0), gt(y, 0), eq(x * y, 0)],
    "a-number": [ge(x, 0), ge(sympy.Integer(-1), 0)],
}


@pytest.mark.parametrize("suppose", CONTRADICTORY.values(), ids=CONTRADICTORY)
def test_vacuous(suppose: Any) -> None:
    """The conclusion is a consequence, as everything is; the verdict says so."""
    record = verify(claim(suppose=[ge(x, 1), *suppose], then=ge(2 * x, 2)), Prover())
    assert (record.verdict, record.reason) == ("vacuous", "the hypotheses contradict each other")
    given = claim(suppose=[ge(x, 1), *suppose], then=ge(2 * x, 2), witness=lambda: Model({"x": 1, "y": 1, "c": 0}))
    assert verify(given, Prover()).verdict == "vacuous"


def test_without_a_witness_nothing_is_proved() -> None:
    """x³ = 2 has no solution among rationals and square roots, and the hypotheses do not contradict each other."""
    record = verify(claim(suppose=[ge(x, 1), eq(x**3, 2)]), Prover())
    assert (record.verdict, record.reason) == ("open", "no exact model of the hypotheses is known")
    assert record.certificate is None


def test_a_witness_that_is_none() -> None:
    record = verify(claim(witness=lambda: Model({"x": Fraction(1, 2)})), Prover())
    assert record.verdict == "open" and "the witness does not satisfy" in record.reason


def test_no_witness_among_none() -> None:
    """An empty list of models satisfies anything."""
    record = verify(claim(witness=lambda: []), Prover())
    assert (record.verdict, record.reason) == ("open", "no exact model of the hypotheses is known")


def test_every_witness_counts() -> None:
    models = [Model({"x": 1}), Model({"x": 0})]
    assert verify(claim(witness=lambda: models), Prover()).verdict == "open"
    assert verify(claim(witness=lambda: models[:1]), Prover()).verdict == "proved"


@pytest.mark.parametrize("values", [{}, {"y": 1}, {"x": Fraction(1), "y": 0}], ids=["empty", "another", "enough"])
def test_a_witness_gives_every_value(values: Any) -> None:
    record = verify(claim(witness=lambda: Model(values)), Prover())
    assert record.verdict == ("proved" if "x" in values else "open")


def test_a_derivation_that_does_not_close() -> None:
    record = verify(claim(proof=lambda p: p.have(ge(2 * x, 2))), Prover())
    assert record.verdict == "open" and "does not close" in record.reason and record.certificate is None


def test_a_claim_without_derivation_is_open() -> None:
    beyond = claim(proof=None, suppose=[ge(x, 1), eq(x**5 - x, 1)], then=le(x**7, 3))
    assert verify(beyond, Prover()).verdict == "open"
    assert verify(claim(proof=None, assumed=True), Prover()).verdict == "assumed"


def refuted_by(**values: Any) -> Refutation:
    return Refutation(lambda: Model(values, facts="an instance"), "a reason")


def test_refuted() -> None:
    record = verify(claim(then=ge(2 * x, 3), proof=None, refutation=refuted_by(x=1)), Prover())
    assert record.verdict == "refuted"
    assert record.counterexample and (record.counterexample.left, record.counterexample.right) == ("2", "3")


NO_REFUTATIONS = {
    "a-hypothesis-fails": (refuted_by(x=0), "a hypothesis fails"),
    "the-conclusion-holds": (refuted_by(x=2), "the conclusion holds"),
    "a-value-is-missing": (refuted_by(y=2), "gives no value to x"),
}


@pytest.mark.parametrize(("refutation", "reason"), NO_REFUTATIONS.values(), ids=NO_REFUTATIONS)
def test_no_refutation(refutation: Refutation, reason: str) -> None:
    record = verify(claim(then=ge(2 * x, 3), proof=None, refutation=refutation), Prover())
    assert record.verdict == "open" and reason in record.reason


def test_a_counterexample_that_decides_nothing_is_none() -> None:
    """A root of a negative number, a division by zero: the conclusion has no value there."""
    for then in (ge(sympy.sqrt(-x), 3), ge(1 / (x - 1), 3)):
        record = verify(claim(then=then, proof=None, refutation=refuted_by(x=1)), Prover())
        assert record.verdict == "open" and "does not decide" in record.reason


def test_a_premise_of_the_instance_is_checked() -> None:
    premise = Premise("F is convex", "", lambda model: model.about.get("convex", False))
    about = {"suppose": [premise, ge(x, 1)], "then": ge(2 * x, 3), "proof": None}
    assert verify(claim(**about, refutation=refuted_by(x=1)), Prover()).verdict == "open"
    convex = Refutation(lambda: Model({"x": 1}, about={"convex": True}), "a reason")
    assert verify(claim(**about, refutation=convex), Prover()).verdict == "refuted"


# ------------------------------------------------------------------------------------------------ contradictions


@pytest.mark.parametrize("witness", [None, lambda: [], lambda: Model({"x": 0})], ids=["found", "none", "wrong"])
def test_proved_and_refuted(witness: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A counterexample to what the kernel proves is a contradiction, whatever the claim's own witness is worth."""
    monkeypatch.setattr(
        "convbound.proofs.verify.counterexample",
        lambda *_: Counterexample("forced", "", "1", "2", "<=", {}, InstanceData({}, [], None), {}),
    )
    with pytest.raises(ContradictionError, match="small:claim-0 is proved and refuted"):
        verify(claim(witness=witness, refutation=refuted_by(x=1)), Prover())


def test_true_claims_have_no_counterexample() -> None:
    record = verify(claim(refutation=refuted_by(x=1)), Prover())
    assert record.verdict == "proved"


# ------------------------------------------------------------------------------------- claims that rest on claims


def test_a_circle_is_no_proof() -> None:
    library = Library("circle", "", "")
    goal = ge(2 * x, 2)
    a = claim(library, id="a", proof=lambda p: p.use(library["b"]))
    b = claim(library, id="b", proof=lambda p: p.use(library["a"]))
    records = verify_library([a, b])
    assert [r.verdict for r in records] == ["open", "open"]
    assert "a circle: circle:a -> circle:b -> circle:a" in records[0].reason
    itself = claim(library, id="itself", proof=lambda p: p.have(goal, by=library["itself"]))
    assert "a circle" in verify(itself, Prover()).reason


def test_a_claim_is_no_better_than_what_it_rests_on() -> None:
    library = Library("chain", "", "")
    base = claim(library, id="base", witness=lambda: [])
    top = claim(library, id="top", then=ge(4 * x, 4), proof=lambda p: p.have(ge(4 * x, 4), by=base))
    records = {r.id: r for r in verify_library([top, base])}
    assert records["base"].verdict == "open"
    assert (records["top"].verdict, records["top"].reason) == ("open", "rests on chain:base")


def test_a_proof_may_not_rest_on_a_refuted_claim() -> None:
    library = Library("chain", "", "")
    false = claim(library, id="false", then=ge(x, 2), proof=None, refutation=refuted_by(x=1))
    top = claim(library, id="top", then=ge(2 * x, 4), proof=lambda p: p.use(false))
    assert [r.verdict for r in verify_library([false, top])] == ["refuted", "refuted"]
    assert "false, on which it rests, is not proved" in str(Prover().prove(top))


def test_an_instance_is_derived() -> None:
    """A hypothesis that is said to be an instance of a claim has to be one, and its hypotheses have to hold."""
    library = Library("instances", "", "")
    general = claim(library, id="general")
    right = Hypothesis(ge(2 * y, 2), instance=(general, {x: y}))
    wrong = Hypothesis(ge(2 * y, 3), instance=(general, {x: y}))
    shape = {"then": ge(4 * y, 4)}
    doubled = {"proof": lambda p: p.have(ge(4 * y, 4), by=right.relation), **shape}
    good = claim(library, id="good", suppose=[right, ge(y, 1)], **doubled)
    record = verify(good, Prover())
    assert record.verdict == "proved" and record.rests_on == ("instances:general",)
    assert record.unused == ()  # the instance needs y >= 1
    unmet = verify(claim(library, id="unmet", suppose=[right, ge(y, 0)], **doubled), Prover())
    assert unmet.verdict == "open" and "is not the instance of general that it is said to be" in unmet.reason
    false = {"proof": lambda p: p.have(ge(4 * y, 4), by=wrong.relation), **shape}
    record = verify(claim(library, id="bad", suppose=[wrong, ge(y, 1)], **false), Prover())
    assert record.verdict == "open" and "is not the instance of general that it is said to be" in record.reason
    idle = claim(
        library, id="idle", suppose=[right, ge(y, 1)], proof=lambda p: p.have(ge(4 * y, 4), by=ge(y, 1)), **shape
    )
    record = verify(idle, Prover())
    assert record.rests_on == () and [h.words for h in record.unused] == ["2 y ≥ 2 (by instances:general)"]


def test_the_hypotheses_of_a_used_claim_are_proved() -> None:
    library = Library("used", "", "")
    general = claim(library, id="general")
    without = claim(library, id="without", suppose=[], then=ge(2 * y, 2), proof=lambda p: p.use(general, {x: y}))
    assert "cannot close" in str(Prover().prove(without))
    assert verify(without, Prover()).verdict == "refuted"
    weaker = [ge(y, 3)]
    enough = claim(
        library, id="enough", suppose=weaker, then=ge(2 * y, 2), proof=lambda p: p.use(general, {x: y}, by=weaker)
    )
    assert verify(enough, Prover()).verdict == "proved"


def test_a_derivation_that_returns_another_fact() -> None:
    record = verify(claim(proof=lambda p: p.have(ge(x, 0), by=ge(x, 1)), then=ge(x**2, x)), Prover())
    assert record.verdict == "open"


def test_names() -> None:
    library = Library("names", "", "")
    claim(library, id="prop-4")
    with pytest.raises(ValueError, match="registered already"):
        claim(library, id="prop-4")
    with pytest.raises(ValueError, match="no verdict to expect"):
        claim(library, id="other", expected="true")
    with pytest.raises(InputError, match=r"there is no claim 'prop-44' in names\. Nearest: prop-4"):
        library["prop-44"]
    assert isinstance(Prover().prove(claim(library, id="none", proof=None, then=ge(x, 2))), ProofError)
