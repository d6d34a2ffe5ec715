"""What declarations assume is shown as sentences: nothing that the kernel reads from them is hidden from a reader."""

from __future__ import annotations

import pytest

from convbound.bounds.verdict import STRENGTH, Verdict, weakest
from convbound.proofs.claims import Claim, Hypothesis, Library, Refutation
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, next_value
from convbound.proofs.libraries import load_library
from convbound.proofs.models.model import Model
from convbound.proofs.presentation import record_of
from convbound.proofs.prover import Prover
from convbound.proofs.verify import Judge, verify


def process() -> Vocabulary:
    v = Vocabulary()
    d, K = v.real("d", integer=True), v.real("K", integer=True)
    v.index("i", d)
    v.time("step", "k", 1, K)
    v.random("run")
    return v


def said(v: Vocabulary, *sides: object, suppose: tuple[Hypothesis, ...] = ()) -> str:
    """The declarations of a claim whose conclusion has these two sides, a line each."""
    claim = Library("own", "", "").claim("a", "", "", v, suppose=suppose, then=ge(*sides))
    return "\n".join(record_of(claim, Verdict.OPEN, "", None, None, 0.0).declarations)


def test_an_integer_is_said_to_be_one() -> None:
    v = Vocabulary()
    z, x = v.real("z", integer=True), v.real("x")
    assert said(v, z**2, z) == "z: an integer" and said(v, x**2, x) == ""


def test_a_length_and_what_it_counts() -> None:
    v = process()
    g, S = v.real("g", over=["i"]), v.functional("S", "sum", over="i")
    text = said(v, S(g), 0)
    assert "d: an integer, at least 1: the number of values of i" in text and "g: a real number, for every i" in text


def test_what_the_normal_form_takes_away_is_still_said() -> None:
    """E_k[x y] = x E_k[y] is 0 = 0 in normal form, because of what is known when: that is what has to be shown."""
    v = process()
    x, y = v.real("x", over=["step", "run"]), v.real("y", over=["step", "run", "~step"])
    E, E_k = v.functional("E", "expectation"), v.functional("E_k", "expectation", given=["step"])
    text = said(v, E_k(x * y), x * E_k(y))
    assert "x: a real number, for every k = 1, …, K, random, known at step k" in text
    assert "y: a real number, for every k = 1, …, K, random, drawn at step k, not known there" in text
    assert "E_k[·]: the expectation given all that is known at step k" in text
    assert "the conclusion is for all of these: k = 1, …, K; every outcome" in text
    assert "E[·]: the expectation given nothing" in said(v, E(y * E(y)), E(y) ** 2)
    z = v.real("z", integer=True)
    supposed = said(v, y, 0, suppose=(Hypothesis(eq(E_k(x * y), x)), Hypothesis(eq(z, z))))
    assert "z: an integer" in supposed and "x: a real number" in supposed and "E_k[·]" in supposed


@pytest.mark.parametrize(
    ("over", "words"),
    [
        (["run"], "random, known from the start"),
        (["step", "run"], "random, known at step k"),
        (["step", "run", "~step"], "random, drawn at step k, not known there"),
        (["run", "~step"], "random, not known at any step"),
        (["step"], "for every k = 1, …, K"),
    ],
)
def test_when_something_random_is_known(over: list[str], words: str) -> None:
    """The forgotten "~step" that turns a noise into a constant can be read off."""
    v = process()
    h = v.real("h", over=over)
    (line,) = [x for x in said(v, h, 0).splitlines() if x.startswith("h")]
    assert line.endswith(words)


def test_what_an_expectation_is_given() -> None:
    v = process()
    x = v.real("x", over=["step", "run", "~step"])
    E_k, total = v.functional("E_k", "expectation", given=["step"]), v.functional("E_j", "expectation")
    assert "E_k[·]: the expectation given all that is known at step k" in said(v, E_k(x), 0)
    assert "E_j[·]: the expectation given nothing" in said(v, total(x), 0)


def test_quantifiers_and_what_is_fixed_before_them() -> None:
    """ "For all k there is c" is not "there is c for all k": c is one number."""
    v = process()
    c, a = v.real("c"), v.real("a", over=["step"])
    text = said(v, c, a, suppose=(Hypothesis(ge(c, a)),))
    assert "a hypothesis is supposed for all of these that occur in it: k = 1, …, K" in text
    assert "the conclusion is for all of these: k = 1, …, K" in text and "fixed before all of that: c" in text


def test_a_notation_and_a_letter_stand_beside_what_they_hide() -> None:
    v = process()
    g, b = v.real("g", over=["i"]), v.real("b", latex="b^2")
    S = v.functional("S", "sum", over="i")
    v.notation(S(g**2), "‖g‖₁", r"\|g\|_1")
    v.notation(next_value(g), "g⁺", "g^+")
    text = said(v, S(g**2) + b, 0)
    assert "‖g‖₁ stands for Σ_i g²" in text and "b² [b]: a real number" in text and "g⁺" not in text


@pytest.mark.parametrize("name", ["discrete-updates", pytest.param("lattice", marks=pytest.mark.long)])
def test_no_two_letters_of_a_statement_look_alike(name: str) -> None:
    """So no hypothesis is a tautology to look at: "every iterate is a lattice point: w = w"."""
    for claim in load_library(name):
        record = record_of(claim, Verdict.OPEN, "", None, None, 0.0)
        letters = [x.partition(":")[0].partition(" [")[0] for x in record.declarations if " stands for " not in x]
        assert len(set(letters)) == len(letters), claim.id
        for h in claim.facts:
            sides = [claim.vocabulary.text(side) for side in (h.relation.left, h.relation.right)]
            assert sides[0] != sides[1] or h.text == "y_i = x_i after n draws", (claim.id, sides)


# --------------------------------------------------------------------------- a correction against what it corrects


def corrected(*extra: Hypothesis) -> Claim:
    library, v = Library("own", "", ""), Vocabulary()
    x, _ = v.reals("x y")
    library.claim("a", "", "", v, suppose=[ge(x, 1)], then=ge(x, 2))
    more = {"corrects": "a", "printed": False}
    return library.claim("a~corrected", "", "", v, suppose=[ge(x, 1), *extra], then=ge(x, 1), **more)


def test_an_unmarked_hypothesis_of_a_correction_is_reported() -> None:
    v = Vocabulary()
    x, y = v.reals("x y")
    cases = [
        ((Hypothesis(gt(y, 0), "Assumption 2"),), [None, "a"]),
        ((Hypothesis(gt(y, 0), "Assumption 2", added=True),), [None, None]),  # its author says so
        ((Hypothesis(ge(x - 1, 0)),), [None, None]),  # the same in other words
        ((Hypothesis(gt(x, 1)),), [None, "a"]),  # stronger
    ]
    for extra, expected in cases:
        record = verify(corrected(*extra), Prover())
        assert [h.beyond for h in record.assumptions] == expected


def test_a_correction_of_nothing_says_so() -> None:
    library, v = Library("own", "", ""), Vocabulary()
    (x,) = v.reals("x")
    claim = library.claim("b~corrected", "", "", v, suppose=[], then=ge(x, 0), corrects="b")
    assert "it is said to correct 'b', of which nothing is known here" in verify(claim, Prover()).declarations


# -------------------------------------------------------------------------------------------- verdicts in one order


def test_the_weakest_of_every_pair() -> None:
    for one in Verdict:
        assert weakest([one]) == weakest([one.value, one]) == one
        for other in Verdict:
            assert STRENGTH.index(weakest([one, other])) == max(STRENGTH.index(one), STRENGTH.index(other))
    for wrong in (["true"], [], ["proved", ""]):
        with pytest.raises(ValueError):
            weakest(wrong)


def test_claims_of_one_name_are_told_apart() -> None:
    """A false claim that takes the name of a proved one, in one run with it, stays what it is."""
    v = Vocabulary()
    (x,) = v.reals("x")
    true = Library("own", "", "").claim(
        "a", "", "", v, suppose=[gt(x, 0)], then=ge(x, 0), proof=lambda p: p.have(ge(x, 0))
    )
    false = Library("own", "", "").claim("a", "", "", v, suppose=[gt(x, 0)], then=ge(x, 1), proof=lambda p: p.use(true))
    for order in ((true, false), (false, true)):
        judge = Judge(Prover())
        verdicts = {claim: judge.verdict(claim).verdict for claim in order}
        assert (verdicts[true], verdicts[false]) == ("proved", "refuted")


def test_a_refutation_without_words() -> None:
    from convbound.checks.report.terminal import explanation, paragraph

    library, v = Library("own", "", ""), Vocabulary()
    (x,) = v.reals("x")
    claim = library.claim("a", "", "", v, suppose=[], then=eq(x, 0), refutation=Refutation(lambda: Model({"x": 1}), ""))
    record = verify(claim, Prover())
    assert record.verdict == "refuted" and paragraph(record) and explanation(record)


def test_a_definition_is_made_once() -> None:
    v = Vocabulary()
    x = v.real("x")
    v.define("a", "absolute", x)
    with pytest.raises(ValueError, match="'a' is declared already"):
        v.define("a", "sign", x)
    with pytest.raises(ValueError, match="'x' is declared already"):
        v.define("x", "absolute", x)
