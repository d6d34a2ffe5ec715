"""Propositions 7 to 12 on instances drawn at random, evaluated exactly: the corrected ones hold in all of them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convbound.proofs.discrete_updates import paper
from convbound.proofs.discrete_updates.instances import zim_run, zim_step
from convbound.proofs.models.model import Evaluation, Model
from convbound.proofs.models.objectives import quadratic
from convbound.proofs.models.surds import Surd
from convbound.proofs.statement import draft_of, unmet

SMALL = st.fractions(min_value=-3, max_value=3, max_denominator=4)
POSITIVE = st.fractions(min_value=Fraction(1, 4), max_value=3, max_denominator=4)
RATE = st.fractions(min_value=Fraction(1, 4), max_value=1, max_denominator=4)
ONE_STEP = ["prop-11/mean", "prop-11/second-moment~corrected", "prop-11/second-moment~bound", "prop-12/norms"]
ONE_STEP += ["prop-7/second-moment~corrected", "prop-7/sum-of-squares", "prop-12~corrected"]
PRINTED = ["prop-12/alignment@R1", "prop-7/alignment@R3", "prop-7/second-moment", "prop-11/second-moment"]


def holds(name: str, model: Model) -> bool:
    """Whether the conclusion holds in the model, whose hypotheses are checked first."""
    claim = paper[name]
    assert unmet(claim, model) is None
    draft, _, conclusion = draft_of(claim)
    return Evaluation(draft.proof, model).failure(conclusion) is None


@pytest.mark.parametrize("name", ONE_STEP)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(gradient=st.lists(SMALL, min_size=1, max_size=3), n=st.integers(1, 2), r=RATE, c=POSITIVE)
def test_one_step_at_a_random_gradient(name: str, gradient: list[Fraction], n: int, r: Fraction, c: Fraction) -> None:
    length = Surd.of(sum((g * g for g in gradient), Fraction(0))).root()
    bound = Fraction(int(float(length)) + 1)  # a rational G that is at least ‖g‖₂
    assert holds(name, zim_step(gradient, n=n, r=r, c=c, L=1, G=bound))


@pytest.mark.parametrize("name", ["prop-8", "prop-8/by-2.1", "prop-8/by-definition-1"])
@settings(max_examples=20, deadline=None, derandomize=True)
@given(
    data=st.lists(st.tuples(POSITIVE, SMALL, st.integers(-2, 2)), min_size=1, max_size=2),
    n=st.integers(1, 2),
    r=RATE,
    c=POSITIVE,
)
def test_descent_on_a_random_quadratic(
    name: str, data: list[tuple[Fraction, Fraction, int]], n: int, r: Fraction, c: Fraction
) -> None:
    curvatures, centre, start = zip(*data, strict=True)
    model = zim_run(quadratic(curvatures, centre), start, K=1, n=n, r=r, c=c, L=max(curvatures))
    assert holds(name, model)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(curvature=POSITIVE, offset=SMALL, start=st.integers(-2, 2), c=POSITIVE)
def test_proposition_9_with_the_constants_of_the_instance(
    curvature: Fraction, offset: Fraction, start: int, c: Fraction
) -> None:
    F = quadratic([curvature], [offset])
    size = abs(F.gradient([Fraction(start)])[0])
    mu = 1 / (size + 1)  # |g| >= μ g² on the line, where the one draw moves for sure
    assert holds("prop-9", zim_run(F, [start], K=1, c=c, L=curvature, mu=mu, M=1, M_G=1, alpha=1, rate=1))


@pytest.mark.parametrize("name", PRINTED)
def test_a_printed_one_fails_in_its_own_counterexample(name: str) -> None:
    refutation = paper[name].refutation
    assert refutation is not None
    assert not holds(name, refutation.model())
