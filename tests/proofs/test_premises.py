"""Premises decide refutations and are trusted: each is tried with objectives and laws for which it is false."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convbound.proofs.discrete_updates.instances import follows_zim, zim_process, zim_run
from convbound.proofs.lattice.sawtooth import sawtooth
from convbound.proofs.models.model import Model
from convbound.proofs.models.objectives import DiagonalQuadratic, PiecewiseQuadratic, huber, quadratic
from convbound.proofs.models.processes import Move

SMALL = st.fractions(min_value=-4, max_value=4, max_denominator=4)
HALF = Fraction(1, 2)


def steepest(F: Any, points: Sequence[tuple[Fraction, ...]]) -> Fraction:
    """The largest ‖∇F(w) - ∇F(v)‖²/‖w - v‖² over pairs of points: below the square of the constant, if it is one."""
    ratios = [Fraction(0)]
    for w in points:
        for v in points:
            apart = sum(((a - b) ** 2 for a, b in zip(w, v, strict=True)), Fraction(0))
            slopes = zip(F.gradient(w), F.gradient(v), strict=True)
            if apart:
                ratios.append(sum(((a - b) ** 2 for a, b in slopes), Fraction(0)) / apart)
    return max(ratios)


@given(curvatures=st.lists(SMALL, min_size=1, max_size=3), L=st.fractions(min_value=0, max_value=5, max_denominator=4))
@settings(max_examples=150, derandomize=True, deadline=None)
def test_a_quadratic_is_smooth_as_its_gradients_say(curvatures: list[Fraction], L: Fraction) -> None:
    """Along each axis the ratio of slopes is the curvature, whatever its sign: no smaller constant serves."""
    F = quadratic(curvatures, [0] * len(curvatures))
    zero = (Fraction(0),) * len(curvatures)
    units = [tuple(Fraction(int(i == j)) for i in range(len(curvatures))) for j in range(len(curvatures))]
    assert F.is_smooth(L) == (steepest(F, [zero, *units]) <= L**2)


def test_a_concave_quadratic_is_as_smooth_as_a_convex_one() -> None:
    F = quadratic([1, -3], [0, 0])
    assert not F.is_smooth(Fraction(2)) and F.is_smooth(Fraction(3))
    assert not F.is_bounded_below(Fraction(-100)) and quadratic([1, 3], [0, 0]).is_bounded_below(Fraction(0))
    assert not quadratic([1], [0]).is_bounded_below(Fraction(1, 100))


@pytest.mark.parametrize("m", [1, 2])
def test_a_sawtooth_is_smooth_and_bounded_as_its_points_say(m: int) -> None:
    L = Fraction(4)
    F = sawtooth(L, m)
    points = [(k,) for k in F.knots]
    steep = steepest(F, points)
    assert steep == L**2 and F.is_smooth(L) and not F.is_smooth(L - Fraction(1, 1000))
    eighths = [F.value([Fraction(j, 8)]) for j in range(8 * int(F.period))]
    assert F.minimum <= min(eighths) and F.is_bounded_below(F.minimum)
    assert not F.is_bounded_below(F.minimum + Fraction(1, 1000))


def test_symmetry() -> None:
    assert quadratic([2, 2], [1, 1]).is_symmetric
    assert not quadratic([2, 3], [1, 1]).is_symmetric and not quadratic([2, 2], [1, 0]).is_symmetric
    assert sawtooth(Fraction(4), 1).is_symmetric and not sawtooth(Fraction(4), 1, 2).is_symmetric


# ---------------------------------------------------------------------------------------------- the law of a run

PAIR = DiagonalQuadratic((Fraction(1), Fraction(2)), (HALF, HALF))
RUNS: dict[str, dict[str, Any]] = {
    "one-draw": {"n": 1},
    "two-draws": {"n": 2, "r": HALF},
    "no-smoothing-but-little": {"n": 1, "r": Fraction(1, 3), "c": Fraction(1, 7)},
}


@pytest.mark.parametrize("about", RUNS.values(), ids=RUNS)
def test_the_update_follows_itself(about: Any) -> None:
    assert follows_zim(zim_run(PAIR, [0, 1], K=2, **about))
    assert follows_zim(zim_process(PAIR, [0, 1], **about))
    assert follows_zim(zim_process(quadratic([1] * 3, [HALF] * 3), [0] * 3, **about))
    assert follows_zim(zim_process(sawtooth(Fraction(4), 1), [0], **about))


def other_weights(model: Model) -> Model:
    """The same outcomes, all equally likely."""
    count = len(model.outcomes)
    return replace(model, outcomes=[(Fraction(1, count), label) for _, label in model.outcomes])


def first_only(model: Model) -> Model:
    """One outcome for sure."""
    return replace(model, outcomes=[(Fraction(1), model.outcomes[0][1])])


def moved_back(model: Model) -> Model:
    """The second iterate is the first again."""
    paths = {label: (path[0], path[0], *path[2:]) for label, path in model.about["paths"].items()}
    return replace(model, about={**model.about, "paths": paths})


def about(**more: Any) -> Any:
    return lambda instance: replace(instance, about={**instance.about, **more})


def values(**more: Any) -> Any:
    return lambda instance: replace(instance, values={**instance.values, **more})


ALTERED_RUNS = {
    "other-weights": other_weights,
    "one-outcome": first_only,
    "the-wrong-way": moved_back,
    "another-r": about(r=Fraction(1, 3)),
    "another-c": about(c=Fraction(9)),
    "another-n": about(n=1),
    "another-objective": lambda model: replace(model, objective=quadratic([2, 1], [0, 0])),
    "another-gradient": values(g=lambda at: Fraction(1)),
    "another-height": values(F=lambda at: Fraction(1)),
}


@pytest.mark.parametrize("alter", ALTERED_RUNS.values(), ids=ALTERED_RUNS)
def test_a_run_under_another_law_is_none_of_the_update(alter: Any) -> None:
    assert not follows_zim(alter(zim_run(PAIR, [0, 1], K=2, n=2, r=HALF)))


def with_moves(change: Any) -> Any:
    """A process with other moves from every state."""
    return lambda process: replace(process, moves=lambda state: change(list(process.moves(state))))


def equally_likely(moves: list[Move]) -> list[Move]:
    return [replace(m, probability=Fraction(1, len(moves))) for m in moves]


def stay(moves: list[Move]) -> list[Move]:
    return [replace(m, to=moves[0].to, relabel=()) for m in moves]


ALTERED_PROCESSES = {
    "equally-likely": with_moves(equally_likely),
    "always-to-the-same": with_moves(stay),
    "another-r": about(r=Fraction(1, 3)),
    "another-c": about(c=Fraction(9)),
    "another-n": about(n=1),
    "another-objective": lambda process: replace(process, objective=quadratic([2, 1], [0, 0])),
    "another-gradient": values(g=lambda at: Fraction(1)),
    "another-height": values(F=lambda at: Fraction(1)),
}


@pytest.mark.parametrize("alter", ALTERED_PROCESSES.values(), ids=ALTERED_PROCESSES)
def test_a_process_under_another_law_is_none_of_the_update(alter: Any) -> None:
    assert not follows_zim(alter(zim_process(PAIR, [0, 1], n=2, r=HALF)))


def test_one_wrong_state_far_from_the_start_is_found() -> None:
    right = zim_process(sawtooth(Fraction(4), 1), [9])

    def moves(state: Any) -> Sequence[Move]:
        return [Move(Fraction(1), (0,), state)] if state == (3,) else right.moves(state)

    assert len(right.chain) == 12 and not follows_zim(replace(right, moves=moves))


def test_coordinates_are_numbered_anew_only_where_that_makes_no_difference() -> None:
    """The states in order are those of a symmetric objective; of another one they are not."""
    ordered = zim_process(quadratic([1, 1], [HALF, HALF]), [0, 0])
    assert ordered.relabels == 2 and len(ordered.chain) == 3
    assert follows_zim(ordered) and not follows_zim(replace(ordered, objective=PAIR))


def test_a_period_too_short_to_tell_the_way_is_refused() -> None:
    F = sawtooth(Fraction(4), 1)
    assert follows_zim(zim_process(F, [0], n=5)) and F.period == 12
    assert not follows_zim(zim_process(F, [0], n=6))


KNOTS = st.lists(st.tuples(SMALL, SMALL), min_size=2, max_size=4, unique_by=lambda x: x[0]).map(sorted)


@given(points=KNOTS, w=SMALL, v=SMALL, L=st.fractions(min_value=0, max_value=20, max_denominator=4))
@settings(max_examples=100, derandomize=True, deadline=None)
def test_a_piecewise_quadratic_is_the_integral_of_its_slope(
    points: list[tuple[Fraction, Fraction]], w: Fraction, v: Fraction, L: Fraction
) -> None:
    """Between two points without a knot the value grows by the mean slope; the steepest piece is the smoothness."""
    knots, slopes = zip(*points, strict=True)
    F = PiecewiseQuadratic(knots, slopes)
    cuts = sorted({w, v, *(k for k in knots if min(w, v) < k < max(w, v))})
    rise = sum(((b - a) * (F.slope(a) + F.slope(b)) / 2 for a, b in pairwise(cuts)), Fraction(0))
    assert F.value([max(w, v)]) - F.value([min(w, v)]) == rise
    assert F.is_smooth(L) == (steepest(F, [(k,) for k in knots]) <= L**2)
    assert F.is_coercive == (slopes[0] < 0 < slopes[-1])


def test_the_huber_loss_is_half_the_square_near_its_centre_and_linear_beyond() -> None:
    F = huber(Fraction(1, 4), Fraction(1))
    assert [F.value([Fraction(x)]) for x in (1, Fraction(9, 8), Fraction(5, 4), 2, 0)] == [
        *(0, Fraction(1, 128), Fraction(1, 32)),
        *(Fraction(7, 32), Fraction(7, 32)),
    ]
    assert F.is_smooth(Fraction(1)) and not F.is_smooth(Fraction(99, 100)) and F.is_coercive
    with pytest.raises(ValueError, match="rising"):
        PiecewiseQuadratic((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
