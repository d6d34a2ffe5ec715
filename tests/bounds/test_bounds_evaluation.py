"""Numbers against 60-digit arithmetic, over the whole range that parameters may have."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transcribed import transcribed_value

from convbound.bounds import CATALOGUE, InputError, bound, evaluate
from convbound.bounds.arithmetic import difference
from convbound.bounds.evaluation import evaluate_decimal

TOLERANCE = mpmath.mpf("1e-12")
LARGEST, SMALLEST = 1.7976931348623157e308, 2.2250738585072014e-308


def wide(low: int, high: int) -> st.SearchStrategy[float]:
    """Positive doubles whose logarithm is spread evenly."""
    return st.builds(lambda mantissa, exponent: mantissa * 10.0**exponent, st.floats(1, 9.99), st.integers(low, high))


WHOLE = st.one_of(st.integers(1, 100), st.builds(int, wide(0, 18)))
SIZES = wide(-300, 299)
STRATEGIES: dict[str, st.SearchStrategy[Any]] = {
    "L": SIZES,
    "d": WHOLE,
    "c": st.one_of(st.just(0.0), SIZES),
    "n": st.one_of(st.just(1), st.integers(2, 10**6)),
    "r": st.one_of(st.just(1.0), wide(-300, -1)),
    "G": SIZES,
    "Delta": st.one_of(st.just(0.0), SIZES),
    "K": WHOLE,
    "T": SIZES,
    "alpha": SIZES,
    "mu": SIZES,
    "M": st.one_of(st.just(0.0), SIZES),
    "M_G": st.one_of(st.just(0.0), SIZES),
    "kappa": SIZES,
    "R": st.one_of(st.just(0.0), SIZES),
    "p": st.one_of(st.just(1.0), wide(-300, -1)),
}
ORDINARY = {
    **{name: wide(-6, 6) for name in ("L", "c", "G", "Delta", "T", "alpha", "mu", "M", "M_G", "kappa", "R")},
    "d": st.integers(1, 10**9),
    "n": st.integers(1, 1000),
    "K": st.integers(1, 10**9),
    "r": st.floats(1e-3, 1),
    "p": st.floats(1e-9, 1),
}


@st.composite
def points(draw: Any, strategies: dict[str, Any] | None = None) -> tuple[str, dict[str, Any]]:
    """A bound and parameters for it, at which its condition may or may not hold."""
    identifier = draw(st.sampled_from(sorted(CATALOGUE)))
    chosen = strategies or draw(st.sampled_from([STRATEGIES, ORDINARY]))
    entry = bound(identifier)
    parameters = {name: draw(chosen[name]) for name in entry.needs}
    if "n = 1" in entry.condition_text:
        parameters["n"] = 1
    return identifier, parameters


def check(identifier: str, parameters: dict[str, Any], value: float) -> None:
    """The value is right to 1e-12, or infinite or zero where a double can say no more."""
    needed = {name: parameters[name] for name in bound(identifier).parameters}
    truth = transcribed_value(identifier, needed)
    if truth > LARGEST * (1 - TOLERANCE):
        assert value == math.inf or abs(value - truth) <= TOLERANCE * truth
    elif truth < SMALLEST:
        assert abs(value - truth) <= 5e-324
    else:
        assert abs(value - truth) <= TOLERANCE * truth, (identifier, parameters, value, truth)


@settings(max_examples=400, deadline=None)
@given(points())
def test_one_point_is_right_to_twelve_digits(point: tuple[str, dict[str, Any]]) -> None:
    identifier, parameters = point
    value = evaluate(bound(identifier), parameters)
    if not math.isnan(value):
        check(identifier, parameters, value)


@settings(max_examples=250, deadline=None)
@given(points(), st.randoms(use_true_random=False))
def test_arrays_are_right_to_twelve_digits(point: tuple[str, dict[str, Any]], random: Any) -> None:
    """One entry of an array is extreme, its neighbours are not: none may spoil another."""
    identifier, parameters = point
    entry = bound(identifier)
    swept = random.choice(sorted(entry.parameters))
    other = 1.0 if swept in ("r", "n", "p") else 3.0
    array = np.array([float(parameters[swept]), other, float(parameters[swept])])
    values = evaluate(entry, {**parameters, swept: array})
    for value, at in zip(values, array, strict=True):
        point_here = {**parameters, swept: float(at)}
        alone = evaluate(entry, point_here)
        if math.isnan(alone):
            assert math.isnan(value)
        else:
            check(identifier, point_here, float(value))


@settings(max_examples=150, deadline=None)
@given(points())
def test_the_decimal_has_no_range(point: tuple[str, dict[str, Any]]) -> None:
    """Where the double overflows or underflows, the decimal that people are shown still has its digits."""
    identifier, parameters = point
    value = evaluate_decimal(bound(identifier), {name: Fraction(given) for name, given in parameters.items()})
    if value is not None:
        truth = transcribed_value(identifier, {name: parameters[name] for name in bound(identifier).parameters})
        with mpmath.workdps(40):
            assert abs(mpmath.mpf(str(value)) - truth) <= mpmath.mpf("1e-15") * abs(truth)


def test_overflow_is_an_explicit_infinity_and_underflow_a_zero() -> None:
    entry = bound("lattice-minimum:mean-square")
    assert entry(L=1e300, d=10**18) == math.inf
    assert entry(L=1e-300, d=10**18) == 0
    assert list(entry(L=np.array([1e300, 1e-300, 2.0]), d=4)) == [math.inf, 0, 4]


def test_an_intermediate_overflow_does_not_spoil_a_finite_value() -> None:
    entry = bound("zim-weak")
    assert entry(L=1e-300, d=1, c=1e300, n=1) == pytest.approx(math.sqrt(0.5), rel=1e-12)
    array = entry(L=np.array([1e-300, 1.0]), d=1, c=1e300, n=1)
    assert array[0] == pytest.approx(math.sqrt(0.5), rel=1e-12)
    far = {"L": 1e69, "c": 1e69, "Delta": 1e69, "r": 1e-69, "delta": 1e-69, "d": 1, "n": 1, "K": 1}
    whole = bound("zim-whole-envelope/K")
    assert whole(**{**far, "L": np.array([1e69, 1.0])})[0] == pytest.approx(whole(**far), rel=1e-12)


def test_cancellation_in_an_array_is_computed_again() -> None:
    n = np.array([2.0, 3.0, 5.0])
    d, c = 1, 1.0
    L = 2 * d * c / (n - 1) * (1 - 1e-13)  # the denominator 1 - LN/(2cd) is 1e-13
    value = bound("zim-moves")(L=L, d=d, c=c, n=n, r=1.0)
    for index, draws in enumerate(n):
        check("zim-moves", {"L": float(L[index]), "d": d, "c": c, "n": draws, "r": 1.0}, float(value[index]))


def test_difference_marks_what_cancellation_spoils() -> None:
    result = difference(np.array([1.0, 1.0]), np.array([1.0 + 1e-9, 0.5]))
    assert np.isnan(result[0])
    assert result[1] == 0.5
    assert difference(1.0, 0.999) == pytest.approx(0.001)


def test_arrays_broadcast_and_conditions_leave_gaps() -> None:
    d, n = np.array([[10.0], [100.0]]), np.array([1.0, 2.0, 3.0])
    values = bound("zim-norm")(L=1.0, d=d, c=1.0, n=n)
    assert values.shape == (2, 3)
    assert np.all(np.isnan(values[:, 1:]))
    assert values[1, 0] == pytest.approx(5 + 9 / 4)


def test_an_integer_array_does_not_overflow() -> None:
    value = bound("M-corrected")(d=np.array([10**18]), n=np.array([10**10]), r=1)
    assert value[0] == pytest.approx(1e10 + 100, rel=1e-14)


def test_fractions_are_taken_exactly() -> None:
    value = evaluate_decimal(bound("lattice-minimum:mean-square"), {"L": Fraction(1, 10), "d": 4, "n": 1})
    assert str(value) == "0.01"


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(InputError, match=r"zim-norm needs c, n"):
        bound("zim-norm")(L=1, d=1)
