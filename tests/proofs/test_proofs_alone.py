"""Proofs that nobody wrote: every true step of the corpus is proved, no false one is, and what was tried is said."""

from __future__ import annotations

import pytest
from corpus_false import FALSE
from corpus_language import E, S, a, b, c, claims, d, first, g, h, r, rho, total, u, v, w
from corpus_language import E_k as expect
from corpus_language import next_ as after
from corpus_true import ALGEBRA, TRUE, VECTORS
from sympy import Abs, Max, sign, sqrt

from convbound.proofs import Library, eq, ge, gt, le, lt
from convbound.proofs.automatic.bench import Bench
from convbound.proofs.automatic.gram import sum_of_squares
from convbound.proofs.automatic.lemmas import at_least_one, schwarz
from convbound.proofs.automatic.squares import halves, pairs
from convbound.proofs.claims import Claim
from convbound.proofs.derivation.derivation import Derivation
from convbound.proofs.derivation.state import ProofError
from convbound.proofs.inequalities import inequalities
from convbound.proofs.kernel import Poly, show
from convbound.proofs.language.vocabulary import Relation
from convbound.proofs.prover import Proved, Prover
from convbound.proofs.textbook import E_k as expectation
from convbound.proofs.textbook import (
    Paper,
    constants,
    drawn_vector,
    known,
    known_vector,
    norm2,
    positive,
    smooth,
    vectors,
)
from convbound.proofs.textbook import first as first_value
from convbound.proofs.textbook import next as next_value
from convbound.proofs.verify import verify

FALSE_CLAIMS, TRUE_CLAIMS = claims(FALSE, "refuted"), claims(TRUE, "proved")
SAMPLE = (
    "young-square", "triangle", "sign-times", "max-by-absolute", "cauchy-schwarz", "sign-descent",
    "jensen-root", "one-step", "average", "memory",
)  # fmt: skip


def made(suppose: list[Relation], then: Relation, **about: object) -> Claim:
    return Library("mine", "", "").claim("it", "", "", v, suppose=suppose, then=then, **about)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SAMPLE)
def test_a_true_step_is_proved_without_a_proof(name: str) -> None:
    claim = next(c for c in TRUE_CLAIMS if c.id == f"proved/{name}")
    record = verify(claim, Prover())
    assert (record.verdict, record.reason) == ("proved", "")
    assert record.lines


@pytest.mark.long
def test_every_true_step_is_proved_without_a_proof() -> None:
    assert [c.id for c in TRUE_CLAIMS if verify(c, Prover()).verdict != "proved"] == []


@pytest.mark.parametrize("claim", FALSE_CLAIMS[::18], ids=lambda c: c.id)
def test_no_false_step_is_proved(claim: Claim) -> None:
    assert isinstance(Prover().prove(claim), ProofError)


@pytest.mark.long
def test_no_false_step_is_proved_at_all() -> None:
    assert [c.id for c in FALSE_CLAIMS if isinstance(Prover().prove(c), Proved)] == []


@pytest.mark.long
def test_routine_steps_close_with_no_hint() -> None:
    """`p.have(step, by=hypotheses)`, with no squares, no cases and no lemma named."""
    closed = 0
    for _, suppose, then in (*ALGEBRA, *VECTORS):
        claim = made(list(suppose), then, proof=lambda p, t=then, h=suppose: p.have(t, by=list(h)))
        closed += isinstance(Prover().prove(claim), Proved)
    assert closed >= 36  # of 40


def bench(claim: Claim) -> Bench:
    derivation = Derivation(claim, Prover())
    return Bench(derivation.state, derivation.search)


HAVES: dict[str, tuple[list[Relation], Relation]] = {
    "squares": ([], le(2 * a * b, a**2 + b**2)),
    "cases": ([], le(Abs(a + b), Abs(a) + Abs(b))),
    "products": ([le(a, 1), le(b, 1)], ge((1 - a) * (1 - b), 0)),
    "signs": ([], eq(a * sign(a), Abs(a))),
    "maxima": ([ge(a, 0), ge(b, 0)], le(Max(a, b), a + b)),
    "roots": ([ge(a, 0)], le(sqrt(a), (1 + a) / 2)),
    "vectors": ([eq(w, -a * u)], eq(S(w**2), a**2 * S(u**2))),
    "a-length-is-positive": ([], le(S(u) ** 2 / d, S(u**2))),
}


@pytest.mark.parametrize("name", HAVES)
def test_a_line_of_ones_own_proof_closes_in_the_same_way(name: str) -> None:
    suppose, then = HAVES[name]
    assert isinstance(Prover().prove(made(suppose, then, proof=lambda p: p.have(then, by=suppose))), Proved)


def test_a_false_line_does_not_close() -> None:
    claim = made([], le(a * b, a**2), proof=lambda p: p.have(le(a * b, a**2)))
    assert "cannot close a b ≤ a²" in str(Prover().prove(claim))


def test_squares_of_three_terms() -> None:
    pytest.importorskip("clarabel")
    pytest.importorskip("flint")
    form = 3 * a**2 + 5 * b**2 + 4 * c**2 - 4 * a * b - 6 * b * c
    for then, suppose, holds in (
        (ge(form + 2 * a * c, 0), [], True),
        (ge(form + 3 * a * c, 0), [eq(a + b + c, 0)], True),
        (ge(2 * a**4 + 2 * a**3 * b - a**2 * b**2 + 5 * b**4, 0), [], True),
        (ge(form - 5 * a * b, 0), [], False),
        (ge(form - 20 * a * c, 0), [eq(a + b + c, 0)], False),
    ):
        p = bench(made(suppose, then))
        goal = p.proof.read(p.proof.write(p_of(then)))
        recipe = sum_of_squares(p, goal, p.state.hypotheses)
        assert (recipe is not None) == holds
        if recipe is not None:
            p.combine(">=", goal, recipe)  # the kernel decides


@pytest.mark.parametrize("claim", list(inequalities)[::10], ids=lambda c: c.id)
def test_the_library_of_inequalities_proves_itself(claim: Claim) -> None:
    assert verify(claim, Prover()).verdict == "proved"


@pytest.mark.long
def test_all_of_it() -> None:
    assert [c.id for c in inequalities if verify(c, Prover()).verdict != "proved"] == []


def test_an_inequality_is_a_lemma_of_other_claims() -> None:
    lemma = inequalities["young"]
    then = le(S(u**2) * S(w**2), rho * S(u**2) ** 2 / 2 + S(w**2) ** 2 / (2 * rho))
    names = {"x": S(u**2), "y": S(w**2), "c": rho}
    claim = made([gt(rho, 0)], then, proof=lambda p: p.use(lemma, names))
    proved = Prover().prove(claim)
    assert isinstance(proved, Proved)
    assert proved.rests_on == ("inequalities:young",)


def test_what_is_left_to_show_is_in_the_authors_words() -> None:
    problem = str(Prover().prove(made([ge(a, b)], ge(a, b + c))))
    assert "left to show, with rounded numbers: c ≤ 0" in problem


def test_a_lemma_may_be_used() -> None:
    library = Library("mine", "", "")
    lemma = library.claim("lemma", "", "", v, suppose=[ge(a, 1)], then=ge(a**3, 1))
    top = library.claim("top", "", "", v, suppose=[ge(a, 1)], then=ge(2 * a**3 + b**2, 2), uses=(lemma,))
    prover = Prover()
    record = verify(top, prover)
    assert record.verdict == "proved"
    proved = prover.prove(top)
    assert isinstance(proved, Proved)


def test_what_was_tried_is_said() -> None:
    problem = str(Prover().prove(made([ge(a, 0)], le(a, b))))
    assert "tried: " in problem
    assert "squares" in problem


def test_a_definition_that_makes_no_sense_is_named() -> None:
    assert "cannot close" in str(Prover().prove(made([], le(1 / a, 1))))


def test_the_length_of_an_index_is_at_least_one() -> None:
    p = bench(made([], ge(S(u**2), 0)))
    for functional in (S, total):
        fact = at_least_one(p, functional.__name__)
        assert fact is not None
        assert show(fact.poly).startswith("- 1 + ")


def test_cauchy_and_schwarz_in_any_functional() -> None:
    p = bench(made([], ge(S(u**2), 0)))
    one, other = (("u", 1),), (("w", 1),)
    (fact,) = schwarz(p, "S", one, other)
    assert show(fact.poly) == "- S[u*w]^2 + S[u^2]*S[w^2]"
    (fact,) = schwarz(p, "E", (("X", 1),), ())
    assert show(fact.poly) == "- E[X]^2 + E[X^2]"


def test_roots_of_monomials() -> None:
    assert halves((("c", 1), ("a", 2)), ["c"]) == ((("c", 1),), (("a", 1),))
    assert halves((("c", 1), ("a", 2)), []) is None
    target = p_of(le(2 * a * b, a**2 + b**2))
    assert {(("a", 1),): 1, (("b", 1),): -1} in pairs(target, [])


def p_of(relation: Relation) -> Poly:
    return Derivation(made([], relation), Prover()).goal.poly


def test_strict_conclusions() -> None:
    assert isinstance(Prover().prove(made([gt(a, 0)], gt(a**2 + b**2, 0))), Proved)
    assert isinstance(Prover().prove(made([gt(a, 0), lt(a, b)], lt(1 / b, 1 / a))), Proved)


def test_induction_needs_its_first_step() -> None:
    step = [ge(rho, 0), le(after(r), rho * r)]
    assert isinstance(Prover().prove(made([*step, le(first(r), 0)], le(r, 0))), Proved)
    assert isinstance(Prover().prove(made(step, le(r, 0))), ProofError)


def test_the_lines_of_a_proof_that_nobody_wrote_are_shown() -> None:
    shown = verify(made([eq(expect(h), g)], eq(E(S(g * h)), E(S(g**2)))), Prover())
    assert {line.rule for line in shown.lines} >= {"tower", "interchange", "functional"}
    assert shown.lines[-1].text == shown.conclusion.text


def test_contradictory_hypotheses_are_vacuous_without_a_proof() -> None:
    impossible = made([le(S(u**2), -1), eq(a**5, b)], le(a**7, b))
    assert verify(impossible, Prover()).verdict == "vacuous"


def test_young_with_a_parameter_needs_no_square_by_hand() -> None:
    """Error feedback: a product of two vectors is shared out by δ, which stands in a quotient."""
    delta, alpha, e, grad, C = *positive("delta alpha"), known_vector("e"), known_vector("g"), drawn_vector("C")
    moved = e + alpha * grad
    contract = [delta <= 1, expectation(norm2(moved - C)) <= (1 - delta) * norm2(moved)]
    for bound, verdict in (
        ((1 - delta / 2) * norm2(e) + 2 / delta * alpha**2 * norm2(grad), "proved"),
        ((1 - delta) * norm2(e) + (1 - delta) * alpha**2 * norm2(grad), "refuted"),
    ):
        claim = Paper("own", "here").line("memory", contract, expectation(norm2(moved - C)) <= bound)
        assert verify(claim, Prover()).verdict == verdict


def test_a_square_closes_an_induction() -> None:
    """A convex combination of vectors stays in the ball in which they are."""
    beta, R, x, y = *constants("beta R"), known_vector("x"), known_vector("y")
    moves = [beta >= 0, beta <= 1, next_value(x) == beta * x + (1 - beta) * y, norm2(y) <= R**2]
    for radius, verdict in ((R**2, "proved"), (R**2 / 2, "refuted")):
        claim = Paper("own", "here").line("ball", [*moves, first_value(norm2(x)) <= R**2], norm2(x) <= radius)
        assert verify(claim, Prover()).verdict == verdict


def test_what_is_left_to_show_has_the_norms_of_the_author() -> None:
    """‖x‖² and ‖y‖² are not in the claim, but ‖x - y‖² is: the sums of squares that are left read alike."""
    x, y = vectors("x y")
    problem = str(Prover().prove(Paper("own", "here").line("it", [x @ y >= 0], norm2(x - y) <= 1)))
    assert "left to show, with rounded numbers: ‖x‖² + ‖y‖² ≤ 1 + 2 Σ_i x y;" in problem


def test_what_is_left_to_show_is_held_against_what_there_is() -> None:
    """Without a short step the descent lacks L α ≤ 1, times ½ α ‖g‖²; and not that ‖g‖ is zero."""
    L, alpha, F, g = *positive("L alpha"), known("F"), known_vector("g", "∇F(x_k)")
    step = smooth(F, L, step=-alpha * g)
    problem = str(Prover().prove(Paper("own", "here").line("it", step, next_value(F) <= F - alpha / 2 * norm2(g))))
    assert "left to show, with rounded numbers: ½ L α² ‖g‖² ≤ ½ α ‖g‖²;" in problem
