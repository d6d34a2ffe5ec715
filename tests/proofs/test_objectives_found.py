"""Claims about an objective: false ones are refuted by a quadratic that nobody wrote, true ones are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from convbound.proofs import (
    At,
    Library,
    Model,
    Premise,
    Vocabulary,
    eq,
    first_value,
    ge,
    gt,
    huber,
    last_value,
    le,
    limsup,
    next_value,
)
from convbound.proofs import objective as of_objective
from convbound.proofs.automatic.instances import find_counterexample, find_witness
from convbound.proofs.automatic.quadratics import in_words
from convbound.proofs.automatic.suggest import suggestions
from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.language.vocabulary import Relation
from convbound.proofs.libraries import load_library
from convbound.proofs.models.objectives import DiagonalQuadratic, quadratic
from convbound.proofs.prover import Prover
from convbound.proofs.statement import unmet
from convbound.proofs.verify import verify

HALF = Fraction(1, 2)
Supposed = list[Hypothesis | Premise | Relation]

v = Vocabulary()
v.index("i", v.real("d", integer=True))
v.random("outcome")
w, y, eta, L, mu, sigma = v.reals("w y eta L mu sigma")
f, g, f_y, g_y, f_next, f_star = v.reals("f g f_y g_y f_next f_star")
h, f_h = (v.real(name, over=["outcome"]) for name in ("h", "f_h"))
W, G, W_y, G_y = (v.real(name, over=["i"]) for name in ("W", "G", "W_y", "G_y"))
S, E = v.functional("S", "sum", over="i"), v.functional("E", "expectation")

here, there, step = At(w, f, g), At(y, f_y, g_y), At(w - eta * g, f_next)
SMOOTH_STEP: Supposed = [of_objective(v, here, step, smooth=L), gt(L, 0), gt(eta, 0)]
SMOOTH: Supposed = [of_objective(v, here, there, smooth=L), gt(L, 0)]
STRONG: Supposed = [of_objective(v, here, there, smooth=L, convex=mu), gt(mu, 0), gt(L, mu)]
CONVEX: Supposed = [of_objective(v, here, there, smooth=L, convex=0), gt(L, 0)]
POLYAK: Supposed = [of_objective(v, here, polyak=mu, least=f_star), gt(mu, 0)]
AT_BEST: Supposed = [
    of_objective(v, here, At(y, gradient=0), smooth=L, convex=mu),
    gt(mu, 0),
    gt(L, mu),
    eq(eta * L, 1),
]
LEAST: Supposed = [of_objective(v, here, smooth=L, convex=0, least=f_star), gt(L, 0)]
VECTORS: Supposed = [of_objective(v, At(W, f, G), At(W - eta * G, f_next), smooth=L), gt(L, 0), gt(eta, 0)]
PAIR: Supposed = [of_objective(v, At(W, gradient=G), At(W_y, gradient=G_y), smooth=L, convex=0), gt(L, 0)]
NOISE: Supposed = [
    *(of_objective(v, here, At(w - eta * h, f_h), smooth=L), gt(L, 0), gt(eta, 0), eq(E(h), g)),
    le(E(h**2), sigma**2),
]
apart = (w - y) ** 2

# what is supposed, what is false, what is true
CLAIMS: dict[str, tuple[Supposed, Relation, Relation]] = {
    "descent-lemma-with-a-quarter": (
        SMOOTH_STEP,
        *(le(f_next, f - eta * g**2 + share * L * eta**2 * g**2) for share in (HALF / 2, HALF)),
    ),
    "step-of-two-over-L": (
        [*SMOOTH_STEP, eq(eta * L, 2)],
        *(le(f_next, f - gain * eta * g**2) for gain in (1, 0)),
    ),
    "step-of-one-over-L": (
        [*SMOOTH_STEP, eq(eta * L, 1)],
        *(le(f_next, f - gain * eta * g**2) for gain in (1, HALF)),
    ),
    "strong-convexity-swapped": (STRONG, *(ge(f_y, f + g * (y - w) + m / 2 * apart) for m in (L, mu))),
    "smoothness-swapped": (STRONG, *(le(f_y, f + g * (y - w) + m / 2 * apart) for m in (mu, L))),
    "polyak-with-four": (POLYAK, *(ge(g**2, m * mu * (f - f_star)) for m in (4, 2))),
    "smoothness-bounds-the-gradient": (SMOOTH, le(g**2, L**2), le((g - g_y) ** 2, L**2 * apart)),
    "convex-without-convexity": (SMOOTH, *(ge(f_y, f + g * (y - w) - m * L * apart / 2) for m in (0, 1))),
    "cocoercive-with-two": (CONVEX, *(ge(L * (g - g_y) * (w - y), m * (g - g_y) ** 2) for m in (2, 1))),
    "contraction-too-fast": (AT_BEST, *(le(L * (w - eta * g - y) ** 2, (L - m * mu) * apart) for m in (2, 1))),
    "gap-without-the-half": (LEAST, *(ge(m * L * (f - f_star), g**2) for m in (1, 2))),
    "descent-lemma-of-vectors": (
        VECTORS,
        *(le(f_next, f - eta * S(G**2) + share * L * eta**2 * S(G**2)) for share in (HALF / 2, HALF)),
    ),
    "cocoercive-vectors": (
        PAIR,
        *(ge(L * S((G - G_y) * (W - W_y)), m * S((G - G_y) ** 2)) for m in (2, 1)),
    ),
    "noise-missing-half": (
        NOISE,
        *(le(E(f_h), f - eta * g**2 + share * L * eta**2 * sigma**2) for share in (HALF / 2, HALF)),
    ),
}


def made(suppose: Supposed, then: Relation, vocabulary: Vocabulary = v) -> Claim:
    return Library("mine", "", "").claim("it", "", "", vocabulary, suppose=suppose, then=then)


@pytest.mark.parametrize("name", CLAIMS)
def test_what_is_false_of_an_objective_is_refuted_and_what_is_true_is_not(name: str) -> None:
    suppose, false, true = CLAIMS[name]
    record = verify(made(suppose, false), Prover())
    assert record.verdict == "refuted"
    assert record.counterexample is not None and "F(w) = " in record.counterexample.instance
    claim = made(suppose, true)
    assert find_counterexample(claim, 0.3) is None
    witness = find_witness(claim)
    assert isinstance(witness, Model) and isinstance(witness.objective, DiagonalQuadratic)
    assert unmet(claim, witness) is None


def test_what_holds_in_one_coordinate_is_refuted_in_two() -> None:
    suppose: Supposed = [of_objective(v, At(W, gradient=G), smooth=L, convex=0), gt(L, 0)]
    found = find_counterexample(made(suppose, le(S(G) ** 2, S(G**2))))
    assert found is not None
    assert len(found.objective.curvatures) >= 2


def test_a_limit_gets_no_objective() -> None:
    u = Vocabulary()
    K = u.real("K", integer=True)
    u.time("step", "k", 1, K, random=False)
    x, slope = u.real("x", over=["step"], sequence="step"), u.real("g", over=["step"])
    claim = made([of_objective(u, At(x, gradient=slope), convex=0)], le(limsup(K, last_value(x) ** 2), 0), u)
    assert find_counterexample(claim) is None
    assert find_witness(claim) is None


def test_what_is_declared_of_a_run_holds_also_after_its_last_step() -> None:
    u = Vocabulary()
    u.time("step", "k", 1, u.real("K", integer=True), random=False)
    x, F = (u.real(name, over=["step"], sequence="step") for name in ("x", "F"))
    slope, eta, L = u.real("g", over=["step"]), *u.reals("eta L")
    premise = of_objective(u, At(x, F, slope), smooth=L, convex=0)
    run: Supposed = [premise, gt(L, 0), gt(eta, 0), eq(next_value(x), x - eta * slope)]
    for then in (le(next_value(F), F), le(last_value(F), first_value(F))):
        assert verify(made([*run, le(eta * L, 3)], then, u), Prover()).verdict == "refuted"
        short = made([*run, le(eta * L, 2)], then, u)
        assert find_counterexample(short, 0.3) is None
        witness = find_witness(short)
        assert isinstance(witness, Model)
        assert unmet(short, replace(witness, values=raised_at_the_end(witness.values))) == premise.text


def raised_at_the_end(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same, but for the value of F after the last step."""
    return {**values, "F": lambda at: values["F"](at) + (at["step"] == values["K"] + 1)}


def test_a_premise_notices_every_change_of_its_objective_and_values() -> None:
    premise = of_objective(v, here, step, smooth=L, convex=mu, polyak=mu, least=f_star)
    claim = made([premise], ge(f, 0))
    values = {"w": 3, "eta": 1, "L": 2, "mu": 1, "f": 4, "g": 4, "f_next": 4, "f_star": 0}
    model = Model(values, objective=quadratic([2], [1]))
    assert unmet(claim, model) is None
    wrong: dict[str, int] = {"w": 2, "eta": 2, "L": 1, "mu": 3, "f": 3, "g": -4, "f_next": 5, "f_star": 1}
    for name, value in wrong.items():
        assert unmet(claim, replace(model, values={**values, name: value})) == premise.text, name
    for F in (
        None,
        quadratic([1], [1]),
        quadratic([2], [0]),
        huber(Fraction(9), Fraction(1)),
        quadratic([2, 2], [1, 1]),
    ):
        assert unmet(claim, replace(model, objective=F)) is not None


def test_what_a_premise_says_is_read_from_its_arguments() -> None:
    premise = of_objective(v, At(W, f, G), smooth=L, convex=0, polyak=mu, least=f_star)
    assert premise.text == ("F is L-smooth, F is convex, ‖∇F‖² ≥ 2 μ (F - min F), min F = f_star, F(W) = f, ∇F(W) = G")


@pytest.mark.parametrize(
    ("places", "smooth", "problem"),
    [
        ([], L, "of some point"),
        ([At(w)], L, "of some point"),
        ([here], h, "is a constant of an objective, and varies"),
        ([At(W, W)], L, "W is a value of an objective, and varies with i"),
    ],
)
def test_a_premise_that_says_nothing_is_refused(places: list[At], smooth: sympy.Expr, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        of_objective(v, *places, smooth=smooth)


def test_a_premise_that_only_its_author_can_decide_gets_no_instances() -> None:
    claim = made([Premise("F is smooth", "", lambda _: True), *SMOOTH_STEP], le(f, 0))
    assert find_counterexample(claim, 0.1) is None
    assert find_witness(claim, 0.1) is None


CURVATURES = st.lists(st.fractions(min_value=-3, max_value=3, max_denominator=4), min_size=1, max_size=3)


@given(curvatures=CURVATURES, mu=st.fractions(min_value=-1, max_value=3, max_denominator=4))
def test_the_classes_of_quadratics_are_decided_by_the_coordinates(curvatures: list[Fraction], mu: Fraction) -> None:
    F = quadratic(curvatures, [Fraction(1)] * len(curvatures))
    points = [[Fraction(1 + (i == j)) for j in range(len(curvatures))] for i in range(len(curvatures))]
    values = [F.value(x) for x in points]
    assert F.is_convex(mu) == all(2 * value >= mu for value in values)
    bounded = all(value >= 0 for value in values)
    squares = [sum(slope**2 for slope in F.gradient(x)) for x in points]
    assert F.least == (0 if bounded else None)
    steep = all(square >= 2 * mu * value for square, value in zip(squares, values, strict=True))
    assert F.satisfies_polyak(mu) == (bounded and steep)


def test_a_quadratic_is_written_as_it_is_read() -> None:
    F = quadratic([2, Fraction(1, 2), 4, -1], [0, -1, 3, Fraction(1, 2)])
    assert in_words(F) == "F(w) = w_1² + (1/4) (w_2 + 1)² + 2 (w_3 - 3)² + (-1/2) (w_4 - 1/2)²"


def test_the_best_constant_is_suggested_for_an_objective() -> None:
    """With the descent inequality beside the premise: from it the kernel proves what no quadratic refutes."""
    descent = Hypothesis(le(f_next, f - eta * g**2 + L * eta**2 * g**2 / 2), "F is L-smooth")
    claim = made([*SMOOTH_STEP, descent], CLAIMS["descent-lemma-with-a-quarter"][1])
    assert "it holds with ½ η² L g² in place of ¼ η² L g²" in next(suggestions(claim))


def test_a_built_in_refutation_is_found_without_its_instance() -> None:
    claim = replace(load_library("askewsgd")["lemma-6/min"], refutation=None)
    assert verify(claim, Prover()).verdict == "refuted"
