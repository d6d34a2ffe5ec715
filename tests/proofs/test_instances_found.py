"""Instances found by search: every false step of the corpus is refuted, no true one is, witnesses for all of them."""

from __future__ import annotations

import pytest
from corpus_false import FALSE
from corpus_language import E, K, S, a, alpha, avg, b, claims, g, library, next_, r, v
from corpus_language import known as known_before
from corpus_true import TRUE

from convbound.proofs import Library, Model, Process, Vocabulary, eq, ge, gt, le
from convbound.proofs.automatic.choose import Budget, WorkDoneError, between, roots, simplest
from convbound.proofs.automatic.instances import (
    DEGENERATE,
    describe,
    find_counterexample,
    find_witness,
    search_refutation,
)
from convbound.proofs.claims import Claim
from convbound.proofs.libraries import load_library, subjects
from convbound.proofs.prover import Prover
from convbound.proofs.statement import unmet
from convbound.proofs.textbook import (
    E_k,
    Paper,
    constants,
    drawn_vector,
    first,
    known,
    known_vector,
    last,
    next,
    norm2,
    positive,
)
from convbound.proofs.verify import verify

FALSE_CLAIMS, TRUE_CLAIMS = claims(FALSE, "refuted"), claims(TRUE, "proved")


def test_the_corpus_is_as_large_as_it_says() -> None:
    assert len(FALSE_CLAIMS) >= 60
    assert len(TRUE_CLAIMS) >= 60


def test_false_steps_are_refuted_without_a_model() -> None:
    missed = [c.id for c in FALSE_CLAIMS if find_counterexample(c, 4) is None]
    assert not missed


def test_no_true_step_is_refuted() -> None:
    assert [c.id for c in TRUE_CLAIMS[::4] if find_counterexample(c, 0.1) is not None] == []


@pytest.mark.long
def test_no_true_step_is_refuted_however_long_one_searches() -> None:
    assert [c.id for c in TRUE_CLAIMS if find_counterexample(c, 5) is not None] == []


def test_every_true_step_has_a_witness_that_is_not_degenerate() -> None:
    found = [(c, find_witness(c)) for c in TRUE_CLAIMS]
    assert [c.id for c, w in found if w is None or w.facts == DEGENERATE or unmet(c, w) is not None] == []


def test_both_stages_of_a_step_draw() -> None:
    """What is drawn at the first is known at the second, and is drawn: a quarter of the variance is too little."""
    g, one, two, sigma = known_vector("g"), drawn_vector("u", stage=1), drawn_vector("w", stage=2), positive("sigma")
    given = E_k.after(1)
    noise = [E_k(one) == g, E_k(norm2(one - g)) <= sigma**2, given(two) == g, given(norm2(two - g)) <= sigma**2]
    alike = [E_k(two) == g, E_k(norm2(two - g)) <= sigma**2]  # then the two may depend on each other
    for suppose, share, verdict in ((noise, 2, "proved"), (noise, 4, "refuted"), ([*noise[:2], *alike], 2, "refuted")):
        claim = Paper("own", "here").line("mean", suppose, E_k(norm2((one + two) / 2 - g)) <= sigma**2 / share)
        assert verify(claim, Prover()).verdict == verdict


def test_a_run_without_chance_has_more_than_one_step() -> None:
    X, a, c = known("X"), *constants("a c")
    grows = [next(X) == X + c, first(X) == a, c >= 0]
    assert verify(Paper("own", "here").line("x", grows, last(X) <= a + c), Prover()).verdict == "refuted"


@pytest.mark.long
def test_built_in_claims_have_witnesses_that_nobody_wrote() -> None:
    """Of the proved claims of the libraries; those of claims about limits go on for ever."""
    proved = [c for name in subjects() for c in load_library(name) if c.proof is not None]
    found = [c for c in proved if find_witness(c, 2) is not None]
    assert len(found) >= 200
    assert len(found) >= 0.9 * len(proved)


def verdict_of(claim: Claim) -> tuple[str, str]:
    record = verify(claim, Prover())
    return record.verdict, record.counterexample.instance if record.counterexample else record.reason


def made(suppose: object, then: object, **about: object) -> Claim:
    return Library("mine", "", "").claim("it", "", "", v, suppose=suppose, then=then, **about)  # type: ignore[arg-type]


def test_a_refutation_that_nobody_wrote_shows_its_numbers() -> None:
    verdict, instance = verdict_of(made([ge(a, 1)], le(a**2, a)))
    assert verdict == "refuted"
    assert "a = " in instance


def test_a_witness_in_which_nothing_moves_says_so() -> None:
    found = find_witness(made([eq(g, 0)], ge(S(g**2), 0)))
    assert isinstance(found, Model)
    assert found.facts == DEGENERATE
    assert verdict_of(made([eq(g, 0)], le(S(g**2), 0))) == ("proved", f"the only witness: {DEGENERATE}")


def test_there_is_no_witness_of_a_contradiction() -> None:
    assert find_witness(made([ge(a, 1), le(a, 0)], ge(b, 0)), 1) is None


def test_a_limit_has_a_witness_that_goes_on_for_ever() -> None:
    from convbound.proofs.language.vocabulary import limsup

    claim = made([gt(alpha, 0), le(S(g**2), alpha)], le(limsup(K, avg(E(S(g**2)))), alpha))
    found = find_witness(claim)
    assert isinstance(found, Process)
    assert unmet(claim, found) is None
    assert find_counterexample(claim) is None  # no finite run refutes a limit


def test_work_is_counted_and_ends() -> None:
    budget = Budget(5)
    with pytest.raises(WorkDoneError):
        budget.spend(6)
    assert search_refutation(made([], le(a, b)), 0) is None


def test_the_same_search_finds_the_same_instance() -> None:
    claim = made([ge(a, 0)], le(a**2, b))
    one, other = (find_counterexample(claim) for _ in range(2))
    assert one is not None and other is not None
    assert describe(claim, one) == describe(claim, other)


def test_candidates_are_the_roots_and_something_between_them() -> None:
    from fractions import Fraction

    assert roots([Fraction(-6), Fraction(1), Fraction(1)], exactly=True) == [2, -3]
    assert roots([Fraction(-2), Fraction(0), Fraction(1)], exactly=True)[0] ** 2 == 2
    low, high = Fraction(1, 3), Fraction(2, 5)
    assert low < simplest(low, high) < high
    assert simplest(Fraction(0), Fraction(1, 7)) == Fraction(1, 8)
    assert simplest(Fraction(-3), Fraction(-2)) == Fraction(-5, 2)
    assert all(any(x < y for y in between([low, high])) for x in (low, high))


def test_integers_stay_integers() -> None:
    w = Vocabulary()
    n = w.real("n", integer=True)
    claim = Library("mine", "", "").claim("it", "", "", w, suppose=[ge(n, 0)], then=ge(n**2, n))
    assert find_counterexample(claim, 1) is None  # it fails between 0 and 1 only


def test_names_of_the_language_are_used() -> None:
    assert known_before == ["step", "run"]
    assert library().name == "corpus"
    assert next_(r) != r
