"""Conditions as values: exact at equality, true in every model, and no way to use a case outside itself."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from convbound.proofs.claims import Claim, Library
from convbound.proofs.derivation.cases import Case
from convbound.proofs.derivation.derivation import Derivation, Fact, ProofError
from convbound.proofs.language.conditions import (
    both,
    clip,
    complete,
    either,
    iff,
    implies,
    inverse,
    inverse_of,
    let,
    piecewise,
    quotient,
    when,
)
from convbound.proofs.language.translation import Draft
from convbound.proofs.language.vocabulary import Relation, Vocabulary, eq, ge, gt, impossible, le, lt
from convbound.proofs.models.model import Evaluation, Model
from convbound.proofs.models.surds import Surd
from convbound.proofs.prover import Prover
from convbound.proofs.statement import unmet
from convbound.proofs.verify import verify

NUMBERS = st.fractions(min_value=-2, max_value=2, max_denominator=2)
RELATIONS: dict[str, tuple[Callable[[Any, Any], Relation], Callable[[Fraction, Fraction], bool]]] = {
    ">": (gt, lambda a, b: a > b),
    ">=": (ge, lambda a, b: a >= b),
    "<": (lt, lambda a, b: a < b),
    "<=": (le, lambda a, b: a <= b),
    "=": (eq, lambda a, b: a == b),
}


def value(v: Vocabulary, expression: Any, **values: Fraction | int) -> Any:
    """The value of an expression in the model of these values."""
    draft = Draft(v)
    poly = draft.poly(expression)
    return Evaluation(draft.proof, complete(v, Model(dict(values)))).poly(poly, {})


def claimed(v: Vocabulary, then: Relation, *suppose: Relation, **about: Any) -> Claim:
    """A claim of a library of its own."""
    return Library("when", "conditions", "").claim("claim", "", "", v, suppose=suppose, then=then, **about)


def verdict(claim: Claim) -> str:
    return str(verify(claim, Prover()).verdict)


def at(v: Vocabulary, **values: Fraction | int) -> Callable[[], Model]:
    return lambda: complete(v, Model(dict(values)))


@given(a=NUMBERS, b=NUMBERS, op=st.sampled_from(sorted(RELATIONS)))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_a_condition_is_one_where_its_relation_holds_and_zero_elsewhere(a: Fraction, b: Fraction, op: str) -> None:
    v = Vocabulary()
    x, y = v.reals("x y")
    relation, holds = RELATIONS[op]
    assert value(v, when(v, relation(x, y)), x=a, y=b) == int(holds(a, b))


@given(a=NUMBERS, b=NUMBERS)
@settings(max_examples=40, derandomize=True, deadline=None)
def test_pieces_and_words_are_those_of_python(a: Fraction, b: Fraction) -> None:
    v = Vocabulary()
    x, y = v.reals("x y")
    pieces = piecewise(v, (2 * x, gt(x, 1)), (y, ge(x, 0)), otherwise=sympy.Integer(-1))
    assert value(v, pieces, x=a, y=b) == (2 * a if a > 1 else b if a >= 0 else -1)
    assert value(v, both(v, gt(x, 0), le(y, 1)), x=a, y=b) == int(a > 0 and b <= 1)
    assert value(v, either(v, gt(x, 0), le(y, 1)), x=a, y=b) == int(a > 0 or b <= 1)
    assert value(v, clip(x, -1, y), x=a, y=max(b, Fraction(-1))) == max(Fraction(-1), min(b, a)) or b < -1
    assert value(v, quotient(v, x, y), x=a, y=b) == (a / b if b else 0)
    assert value(v, let(v, "name", x + y), x=a, y=b) == a + b


def test_a_condition_is_shown_as_itself_and_pieces_as_cases() -> None:
    v = Vocabulary()
    x = v.real("x")
    assert v.text(when(v, ge(x, 0))) == "[x ≥ 0]"
    pieces = piecewise(v, (x, gt(x, 0)), otherwise=sympy.Integer(0))
    assert v.text(pieces) == "(x where x > 0, else 0)"
    y = v.real("y")
    nested = either(v, gt(y, 1), both(v, gt(x, 0), le(y, 0)))
    assert v.text(nested) == "[y > 1 or (x > 0 and y ≤ 0)]"
    assert v.text(piecewise(v, (y, nested))) == "(y where y > 1 or (x > 0 and y ≤ 0), else 0)"
    assert r"\text{ or }" in v.tex(nested)
    assert v.tex(pieces).startswith(r"\begin{cases} x & x > 0 \\ 0 &")


def test_a_claim_brings_the_equations_of_its_conditions_along_also_from_inside_definitions() -> None:
    v = Vocabulary()
    x, y = v.reals("x y")
    hidden = v.define("hidden", "maximum", when(v, gt(x, 0)), y)
    when(v, gt(y, 0))
    claim = claimed(v, ge(hidden, y))
    assert [v.text(h.relation) for h in claim.hypotheses] == ["x² inv(x) = x", "x inv(x)² = inv(x)"]
    assert unmet(claim, at(v, x=3, y=0)()) is None
    for wrong in (0, Fraction(1, 2), -3):  # of 3 there is one inverse
        assert unmet(claim, Model({"x": 3, "y": 0, str(inverse_of(v, x)): wrong})) is not None
    assert unmet(claim, Model({"x": 0, "y": 0, str(inverse_of(v, x)): 1})) is not None


TRUE = {
    "one of three": lambda v, x, y: eq(when(v, gt(x, 0)) + when(v, eq(x, 0)) + when(v, lt(x, 0)), 1),
    "weaker": lambda v, x, y: implies(v, gt(x, 0), ge(x, 0)),
    "opposite": lambda v, x, y: eq(when(v, ge(x, 0)) + when(v, lt(x, 0)), 1),
    "product": lambda v, x, y: ge(when(v, gt(x, 0)) * x, 0),
    "mirrored": lambda v, x, y: iff(v, lt(x, y), gt(y, x)),
}
FALSE = {
    "stronger": (lambda v, x, y: implies(v, ge(x, 0), gt(x, 0)), {"x": 0, "y": 0}),
    "equality": (lambda v, x, y: iff(v, ge(x, 0), gt(x, 0)), {"x": 0, "y": 0}),
    "other": (lambda v, x, y: implies(v, gt(x, 0), gt(y, 0)), {"x": 1, "y": 0}),
    "and": (lambda v, x, y: le(when(v, gt(x, 0)), both(v, gt(x, 0), gt(y, 0))), {"x": 1, "y": 0}),
    "or": (lambda v, x, y: le(either(v, gt(x, 0), gt(y, 0)), when(v, gt(x, 0))), {"x": 0, "y": 1}),
    "at zero": (lambda v, x, y: eq(when(v, ge(x, 0)), 0), {"x": 0, "y": 0}),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_of_conditions_is_proved(name: str) -> None:
    v = Vocabulary()
    x, y = v.reals("x y")
    assert verdict(claimed(v, TRUE[name](v, x, y), witness=at(v, x=0, y=1))) == "proved"


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_of_conditions_is_never_proved_and_is_refuted_at_its_point(name: str) -> None:
    from convbound.proofs.claims import Refutation

    v = Vocabulary()
    x, y = v.reals("x y")
    make, point = FALSE[name]
    then = make(v, x, y)
    assert not hasattr(Prover().prove(claimed(v, then)), "sha256")
    assert verdict(claimed(v, then, refutation=Refutation(at(v, **point), "there"))) == "refuted"


def by_cases(positive: Any, zero: Any, negative: Any) -> Callable[[Derivation], Fact]:
    """A proof by the sign of x, the vocabulary's first symbol."""
    x = sympy.Symbol("x", real=True)
    return lambda p: p.cases(x, positive=positive, zero=zero, negative=negative)


def test_a_lemma_inside_a_case_is_used_in_it_and_says_nothing_outside() -> None:
    """|x| = x [x > 0] - x [x < 0], with a lemma in each case; the lemma of one case does not close another."""
    v = Vocabulary()
    x, y = v.reals("x y")
    relu = piecewise(v, (x, gt(x, 0)))
    suppose = [ge(y, x), ge(y, 0)]
    kept: list[Fact] = []

    def positive(case: Case) -> Fact:
        lemma = case.have(eq(relu, x), by=case.p.resolve(when(v, gt(x, 0))))
        kept.append(lemma)
        return case.have(ge(y, relu), by=[lemma, ge(y, x)])

    def elsewhere(case: Case) -> Fact:
        nothing = case.have(le(relu, 0), by=[*case.p.resolve(when(v, gt(x, 0))), *case.p.about(gt(x, 0)).facts])
        return case.have(ge(y, relu), by=[nothing, ge(y, 0)])

    proof = by_cases(positive, elsewhere, elsewhere)
    assert verdict(claimed(v, ge(y, relu), *suppose, proof=proof, witness=at(v, x=1, y=1))) == "proved"

    def outside(p: Derivation) -> Fact:
        lemma = Case(p, x, 1).have(eq(relu, x), by=p.resolve(when(v, gt(x, 0))))
        return p.have(eq(relu, x), by=lemma)  # true in the case only

    stolen = Prover().prove(claimed(v, eq(relu, x), *suppose, proof=outside))
    assert isinstance(stolen, ProofError) and "cannot close" in str(stolen)


def test_cases_need_a_claim_that_speaks_of_the_sign_and_no_strict_line() -> None:
    v = Vocabulary()
    x, y = v.reals("x y")
    when(v, gt(x, 0))
    silent = Prover().prove(claimed(v, ge(y**2, 0), proof=by_cases(*[lambda case: case.positive] * 3)))
    assert isinstance(silent, ProofError) and "when(x > 0)" in str(silent)
    strict = by_cases(*[lambda case: case.have(gt(y, 0))] * 3)
    refused = Prover().prove(claimed(v, ge(when(v, gt(x, 0)), 0), proof=strict))
    assert isinstance(refused, ProofError) and "strict" in str(refused)


def drawn() -> tuple[Vocabulary, sympy.Symbol, Any]:
    v = Vocabulary()
    v.random("outcome")
    return v, v.real("x", over=["outcome"]), v.functional("E", "expectation")


def test_a_case_of_what_is_drawn_stays_a_case_under_an_expectation() -> None:
    """[x > 0] x >= 0 gives E[[x > 0] x] >= 0, and not E[x] >= 0."""
    v, x, E = drawn()
    positive = when(v, gt(x, 0))

    def through(p: Derivation) -> Fact:
        return p.apply(E, p.about(gt(x, 0)).holds)

    coin = [(Fraction(1, 2), "1"), (Fraction(1, 2), "-2")]
    model = complete(v, Model({"x": lambda at: Fraction(at["outcome"])}, coin))
    assert verdict(claimed(v, ge(E(positive * x), 0), proof=through, witness=lambda: model)) == "proved"
    escaped = Prover().prove(claimed(v, ge(E(x), 0), ge(positive, 0), proof=lambda p: p.conclude(by=through(p))))
    assert isinstance(escaped, ProofError)
    assert verdict(claimed(v, eq(E(positive * x), positive * E(x)))) != "proved"


def test_the_inverse_of_a_number_that_is_not_rational() -> None:
    """1/√2 is exactly √2/2; an instance may have such a value."""
    v = Vocabulary()
    x = v.real("x")
    found = inverse(v, x)
    root = Surd.of(2).root()
    model = complete(v, Model({"x": root}))
    draft = Draft(v)
    assert Evaluation(draft.proof, model).poly(draft.poly(found * x), {}) == 1
    assert Evaluation(draft.proof, model).poly(draft.poly(found), {}) == Surd.of(2).root() * Fraction(1, 2)


def test_what_the_noise_decides_is_not_moved_out_of_an_expectation() -> None:
    v = Vocabulary()
    K = v.real("K", integer=True)
    v.time("step", "k", 1, K)
    v.random("run")
    g, h = v.real("g", over=["run", "step"]), v.real("h", over=["run", "step", "~step"])
    E_k = v.functional("E_k", "expectation", given=["step"])
    taken, before = when(v, gt(h, 0)), when(v, gt(g, 0))
    wrong = Prover().prove(claimed(v, eq(E_k(taken * h), taken * E_k(h)), proof=lambda p: p.conclude()))
    assert "[h > 0] is decided by what is drawn, and not known where E_k is taken" in str(wrong)
    model = complete(v, Model({"K": 1, "g": 1, "h": 1}))
    right = claimed(v, eq(E_k(before * h), before * E_k(h)), proof=lambda p: p.conclude(), witness=lambda: model)
    assert verdict(right) == "proved"


def test_nothing_satisfies_what_is_impossible_and_something_refutes_the_rest() -> None:
    v = Vocabulary()
    x = v.real("x")
    assert verdict(claimed(v, impossible, gt(x, 0), lt(x, 0))) == "proved"
    assert verdict(claimed(v, impossible, ge(x, 0), le(x, 0))) == "refuted"
    assert verdict(claimed(v, impossible, gt(x, 0))) == "refuted"
    assert verdict(claimed(v, ge(x, 5), gt(x, 0), lt(x, 0))) == "vacuous"  # not what was claimed
    assert v.text(impossible) == "nothing satisfies all of this"


def test_an_inverse_does_not_vary_along_a_segment() -> None:
    v = Vocabulary()
    theta = v.unit("segment", "theta")
    with pytest.raises(ValueError, match="jumps"):
        inverse(v, theta - sympy.Rational(1, 2))
