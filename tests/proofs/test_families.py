"""Rates with letters: what is guessed from exact proofs, and what of it is a claim."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from convbound.bounds.errors import InputError
from convbound.proofs import Library, Vocabulary, eq, ge, gt
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Relation
from convbound.proofs.methods import PEP, ConvexFunction, Family, SmoothStronglyConvexFunction, proximal_step
from convbound.proofs.methods.families import _Fitter, fit
from convbound.proofs.prover import Proved, Prover

pytest.importorskip("clarabel")
pytest.importorskip("flint")


def proximal_point(d: Any) -> PEP:
    """One proximal step; the parameter has the kernel's name for the dimension."""
    problem = PEP("proximal point")
    f = problem.declare_function(ConvexFunction)
    xs, x = f.stationary_point(), problem.set_initial_point()
    problem.set_initial_condition((x - xs) ** 2 <= 1)
    x, _, value = proximal_step(x, f, d)
    problem.set_performance_metric(value - f(xs))
    return problem


def gradient_step(mu: Any, eta: Any) -> PEP:
    problem = PEP("gradient step")
    f = problem.declare_function(SmoothStronglyConvexFunction, L=1, mu=mu)
    x, y = problem.set_initial_point(), problem.set_initial_point()
    problem.set_initial_condition((x - y) ** 2 <= 1)
    problem.set_performance_metric((x - f.gradient(x) * eta - y + f.gradient(y) * eta) ** 2)
    return problem


def test_a_rate_is_a_function_of_the_parameter() -> None:
    fitted = fit(Family(proximal_point, lambda d: [d > 0]))
    (d,) = fitted.family.letters
    assert fitted.bound == 1 / (4 * d) and len(fitted.samples) > 20
    assert {name: y for name, _, _, y in fitted.facts}["initial condition"] == 1 / (4 * d)


def test_two_regimes_are_not_one_function() -> None:
    """(1 - ημ)² and (η - 1)²: no rational function of low degree is both."""
    with pytest.raises(InputError, match="no functions of low degree"):
        fit(Family(gradient_step, lambda mu, eta: [mu > 0, mu < 1, eta > 0, eta < 2]))


@pytest.mark.parametrize(
    ("build", "where", "words"),
    [
        (lambda: PEP(), lambda: [], "one to three parameters"),
        (proximal_point, lambda d: [d], "no inequality"),
        (proximal_point, lambda d: [sympy.exp(d) > 1], "no inequality"),
        (proximal_point, lambda d: [d > 0, d < 0], "too few"),
        (lambda a: PEP(), lambda a: [], "no performance metric"),
    ],
)
def test_what_is_no_family_is_one_sentence(build: Any, where: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        fit(Family(build, where, "wrong"))


COEFFICIENTS = st.lists(st.integers(-3, 3), min_size=6, max_size=6)


@given(COEFFICIENTS, st.integers(0, 44))
@settings(max_examples=5, deadline=None)
def test_a_function_is_found_again_and_a_changed_value_is_not_fitted(c: list[int], changed: int) -> None:
    family = Family(gradient_step, lambda mu, eta: [mu > 0, mu < 1, eta > 0, eta < 2])
    samples = family.samples()[:45]
    values = [(c[0] + c[1] * a + c[2] * a * b) / (13 + c[3] * a + c[4] * b + c[5] * a * b / 4) for a, b in samples]
    fitter, (mu, eta) = _Fitter(family, samples), family.letters
    found = fitter.function(values)
    top, bottom = c[0] + c[1] * mu + c[2] * mu * eta, 13 + c[3] * mu + c[4] * eta + c[5] * mu * eta / sympy.Integer(4)
    assert sympy.cancel(found - top / bottom) == 0
    values[changed] += Fraction(1, 3)
    with pytest.raises(InputError, match="no functions"):
        fitter.function(values)


def proved(suppose: list[Relation], then: Relation, weights: list[str], over: int) -> bool:
    """Of a derivation that adds up hypotheses, the first `over` of which are what the sum is divided by."""
    library = Library("weighed", "sums", "here")

    def proof(p: Derivation) -> Fact:
        facts = [p.have(h) for h in suppose]
        terms = list(zip(weights, facts[over:], strict=True))
        return p.weigh(then, terms, over=facts[:over])

    claim = library.claim("sum", "here", "a sum", VOCABULARY, suppose=suppose, then=then, proof=proof)
    return isinstance(Prover().prove(claim), Proved)


VOCABULARY = Vocabulary()
X, Y = VOCABULARY.reals("x y")


@pytest.mark.parametrize(
    ("suppose", "then", "weights", "over", "right"),
    [
        ([ge(X, 1), ge(Y, 2)], ge(3 * X + Y / 2, 4), ["3", "1/2"], 0, True),
        ([ge(X, 1), ge(Y, 2)], ge(3 * X + Y / 2, 4), ["3", "1"], 0, False),
        ([ge(X, 1), ge(Y, 2)], ge(X - Y, -1), ["1", "-1"], 0, False),
        ([eq(X, 1), ge(Y, 2)], ge(Y - 2 * X, 0), ["-2", "1"], 0, True),
        ([eq(X, 1), ge(Y, 2)], ge(Y - 2 * X, 0), ["2", "1"], 0, False),
        ([gt(X, 0), ge(X * Y, X)], ge(Y, 1), ["1"], 1, True),
        ([ge(X, 0), ge(X * Y, X)], ge(Y, 1), ["1"], 1, False),
        ([gt(X, 0), eq(Y, 1), ge(X * Y, X)], ge(Y, 1), ["0", "1"], 1, True),
    ],
)
def test_a_weighed_sum_is_what_the_kernel_says(
    suppose: list[Relation], then: Relation, weights: list[str], over: int, right: bool
) -> None:
    assert proved(suppose, then, weights, over) == right
