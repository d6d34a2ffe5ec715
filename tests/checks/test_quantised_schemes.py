"""The schemes of quantised training: levels, the two constraint functions, and each update against exact rationals."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convbound.bounds.errors import InputError
from convbound.checks.experiments.levels import BINARY, Levels, integer_levels
from convbound.checks.experiments.quantised import (
    ASkewSGD,
    BinaryConnect,
    ConstrainedFlow,
    DescentAscent,
    DualAscent,
    FullPrecision,
    ProxQuant,
    StraightThrough,
)

eighths = st.integers(-40, 40).map(lambda k: Fraction(k, 8))  # exact as floats, sums and products too
positive_eighths = st.integers(1, 8).map(lambda k: Fraction(k, 8))
kinds = st.sampled_from(["psi", "phi"])
level_sets = st.sampled_from([(-1, 1), (0, 1, 4), (-2, -1, 0, 1), (1, 3, 4, 7), (-4, -3)])
ONE = np.array([True])


def levels(values: tuple[int, ...]) -> Levels:
    return Levels(tuple(map(float, values)))


def at(x: Fraction | float) -> np.ndarray:
    return np.array([[float(x)]])


def exact_constraint(kind: str, q: tuple[int, ...], w: Fraction, eps: Fraction) -> tuple[Fraction, Fraction]:
    """psi (19) or phi (22) and the slope, case by case as printed, in rationals."""
    if w < q[0]:
        u, slope = q[0] - w, Fraction(-1)
    elif w >= q[-1]:
        u, slope = w - q[-1], Fraction(1)
    else:
        left, right = next((a, b) for a, b in itertools.pairwise(q) if a <= w < b)
        u, slope = (w - left) * (right - w), left + right - 2 * w
    return (eps - u, -slope) if kind == "phi" else (eps - u * u, -2 * u * slope)


@given(kinds, level_sets, eighths, positive_eighths)
def test_the_constraint_functions(kind: str, q: tuple[int, ...], w: Fraction, eps: Fraction) -> None:
    value, slope = levels(q).constraint(kind, at(w), float(eps))
    assert (Fraction(value[0, 0]), Fraction(slope[0, 0])) == exact_constraint(kind, q, w, eps)


@given(kinds, level_sets, eighths, eighths, positive_eighths, st.booleans())
def test_the_update_is_that_of_the_claims(
    kind: str, q: tuple[int, ...], w: Fraction, g: Fraction, eps: Fraction, printed: bool
) -> None:
    """psi' s = max(-psi' g, -α psi) where psi <= 0 (as printed: times sign(-psi)), s = -g elsewhere."""
    alpha = Fraction(1, 8)
    scheme = ASkewSGD(kind=kind, levels=levels(q), eps=float(eps), alpha=float(alpha), clip=1e9, printed_rule=printed)
    scheme.begin((1, 1))
    s = Fraction(scheme.direction(at(w), at(g))[0, 0])
    value, slope = exact_constraint(kind, q, w, eps)
    if value > 0:
        assert s == -g
    elif slope == 0:
        assert s == (0 if value < 0 or printed else -g)  # V is empty below 0, and everything at it
    else:
        top = max(-slope * g, -alpha * value) * (value < 0 or not printed)
        assert abs(slope * s - top) <= Fraction(1, 10**9)  # one division is rounded


def test_a_push_is_clipped_and_a_gradient_is_not() -> None:
    scheme = ASkewSGD(kind="phi", eps=0.25, alpha=100.0, clip=1.0)
    scheme.begin((1, 2))
    found = scheme.direction(np.array([[0.5, 1.0]]), np.array([[0.0, -7.0]]))
    assert found.tolist() == [[1.0, 7.0]]
    flow = ConstrainedFlow(kind="phi", eps=0.25, alpha=100.0)
    flow.begin((1, 1))
    assert flow.direction(at(0.5), at(0.0)).tolist() == [[50.0]]


@pytest.mark.parametrize(("annealing", "expected"), [("epoch", 0.25), ("plateau", 0.5), ("none", 1.0)])
def test_when_the_tolerance_shrinks(annealing: str, expected: float) -> None:
    """Of two epochs the second does not improve."""
    scheme = ASkewSGD(eps=1.0, factor=0.5, annealing=annealing)
    scheme.begin((1, 1))
    scheme.epoch(lambda: ONE)
    scheme.epoch(lambda: ~ONE)
    assert scheme.tolerance.tolist() == [[expected]]


@given(level_sets, eighths)
def test_the_nearest_level(q: tuple[int, ...], w: Fraction) -> None:
    found = Fraction(levels(q).nearest(at(w))[0, 0])
    assert found == min(q, key=lambda x: (abs(x - w), -x))  # halfway the upper one


@pytest.mark.parametrize("weight", [-2.0, -0.5, 0.0, 0.5, 3.0])
def test_binary_connect_draws_its_mean(weight: float) -> None:
    """20 000 draws with a mean of clip(w): Hoeffding puts the chance to be 0.05 off below 1e-10."""
    w = np.full((1, 20_000), weight)
    drawn = BinaryConnect().used(w, np.random.default_rng(0))
    assert set(np.unique(drawn)) <= {-1.0, 1.0}
    assert abs(drawn.mean() - np.clip(weight, -1, 1)) < 0.05


@given(level_sets, eighths, eighths)
def test_steps_of_a_line(q: tuple[int, ...], w: Fraction, g: Fraction) -> None:
    """Full precision, BinaryConnect and STE with a step of 1/2."""
    moved, low, high = w - g / 2, q[0], q[-1]
    common = {"levels": levels(q)}
    assert Fraction(FullPrecision(**common).step(at(w), at(g), 0.5)[0, 0]) == moved
    assert Fraction(BinaryConnect(**common).step(at(w), at(g), 0.5)[0, 0]) == min(max(moved, low), high)
    assert Fraction(StraightThrough(**common).step(at(w), at(g), 0.5)[0, 0]) == (moved if low <= w <= high else w)
    rng = np.random.default_rng(0)
    assert BinaryConnect(stochastic=False, **common).used(at(w), rng) == levels(q).nearest(at(w))


@given(level_sets, st.lists(st.tuples(eighths, eighths), min_size=1, max_size=4), st.sampled_from([1, 2]))
def test_descent_and_ascent(q: tuple[int, ...], moves: list[tuple[Fraction, Fraction]], inner: int) -> None:
    """w - γ (g - λ phi'), λ - η phi within [0, cap]; dual ascent moves λ after several steps only."""
    eps, cap, eta, gamma = Fraction(1, 4), Fraction(2), Fraction(1, 2), Fraction(1, 2)
    scheme = (DescentAscent if inner == 1 else DualAscent)(
        levels=levels(q), eps=float(eps), ascent=float(eta), cap=float(cap), inner=inner
    )
    scheme.begin((1, 1))
    multiplier = Fraction(0)
    for number, (w, g) in enumerate(moves, 1):
        value, slope = exact_constraint("phi", q, w, eps)
        assert Fraction(scheme.step(at(w), at(g), float(gamma))[0, 0]) == w - gamma * (g - multiplier * slope)
        if number % inner == 0:
            multiplier = min(max(multiplier - eta * value, Fraction(0)), cap)
        assert Fraction(scheme.multiplier[0, 0]) == multiplier


@given(level_sets, eighths, positive_eighths, eighths)
def test_prox_quant_minimises(q: tuple[int, ...], z: Fraction, strength: Fraction, rival: Fraction) -> None:
    """No rival has a smaller (x - z)²/2 + λ min_q |x - q|."""
    scheme = ProxQuant(levels=levels(q), strength=float(strength))
    x = Fraction(scheme.step(at(z), at(0.0), 1.0)[0, 0])

    def cost(y: Fraction) -> Fraction:
        return (y - z) ** 2 / 2 + strength * min(abs(y - level) for level in q)

    assert cost(x) <= cost(rival)


def test_integers_of_k_bits() -> None:
    assert integer_levels(1).values == (-1.0, 0.0)
    assert integer_levels(4).ends == (-8.0, 7.0)
    assert integer_levels(2, printed=True).values == (-1.0, 0.0, 1.0, 2.0)
    assert BINARY.values == (-1.0, 1.0)


@pytest.mark.parametrize("values", [(), (1.0,), (1.0, 1.0), (2.0, 1.0), (0.0, float("inf")), (0.0, float("nan"))])
def test_what_no_levels_are(values: tuple[float, ...]) -> None:
    with pytest.raises(InputError, match="ascending numbers"):
        Levels(values)
    with pytest.raises(InputError, match="bits"):
        integer_levels(0)
