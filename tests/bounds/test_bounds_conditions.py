"""Conditions: exact for one point and for arrays, on the boundary and an ulp beside it; their text is derived."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from convbound.bounds import CATALOGUE, InputError, bound
from convbound.bounds.conditions import Comparison, Enclosed, UndecidedError, doubtful, holds

TEXTS = {
    "prop-4": "α L M_G ≤ μ",
    "prop-4-refined": "α L M_G < 2 μ",
    "zim-norm": "n = 1",
    "zim-moves": "n ≥ 2, L r(n − 1) < 2 c d",
    "zim-wait": "n = 1, min(T/√d, T(T + c)/(T + c d)) > L/2",
    "rounding": "α L ≤ 1",
    "zim-spread": "n ≥ 2",
    "M_G-corrected": "c > 0",
    "lattice-minimum:mean-norm": "",
}
SIZES = st.floats(1e-3, 1e3)
NEAR = st.sampled_from([0.0, 1e-17, 1e-16, 2e-16, 1e-15, 1e-12, 1e-9, 1e-3])
SIGNED = st.builds(lambda size, sign: size * sign, NEAR, st.sampled_from([-1, 1]))


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_of_a_condition_is_written_by_its_formula(name: str) -> None:
    assert CATALOGUE[name].condition_text == TEXTS[name]


def test_with_a_spacing_the_text_speaks_of_it() -> None:
    condition = bound("zim-moves").written_condition(spacing=True)
    assert condition is not None and condition.text == "n ≥ 2, δ L r(n − 1) < 2 c d"
    assert condition.latex == r"n \ge 2,\; \delta \, L \, r \, \left(n - 1\right) < 2 \, c \, d"


def boundary(name: str, p: dict[str, float], nudge: float) -> dict[str, float]:
    """The parameters with one moved to where doubles see the two sides of the condition as (almost) equal."""
    match name:
        case "zim-moves":
            p["c"] = p["L"] * p["r"] * (p["n"] - 1) / (2 * p["d"]) * (1 + nudge)
        case "prop-4":
            p["mu"] = p["alpha"] * p["L"] * p["M_G"] * (1 + nudge)
        case "prop-4-refined":
            p["mu"] = p["alpha"] * p["L"] * p["M_G"] / 2 * (1 + nudge)
        case "rounding":
            p["alpha"] = 1 / p["L"] * (1 + nudge)
        case "zim-wait":
            p["T"] = math.sqrt(p["d"]) * p["L"] / 2 * (1 + nudge)
            p["c"] = p["L"] / 4
    return p


def truly(name: str, p: dict[str, float]) -> bool:
    """Whether the condition holds, by fractions alone."""
    L, d, c, n, r, T, alpha, mu, M_G = (Fraction(p[x]) for x in ("L", "d", "c", "n", "r", "T", "alpha", "mu", "M_G"))
    match name:
        case "zim-moves":
            return L * r * (n - 1) < 2 * c * d
        case "prop-4":
            return alpha * L * M_G <= mu
        case "prop-4-refined":
            return alpha * L * M_G < 2 * mu
        case "rounding":
            return alpha * L <= 1
    return d * L**2 / 4 < T**2 and T * (T + c) * 2 > L * (T + c * d)


POINTS = st.fixed_dictionaries(
    {
        **dict.fromkeys(("L", "c", "T", "alpha", "mu", "M", "M_G", "Delta"), SIZES),
        "d": st.integers(1, 10**6).map(float),
        "n": st.integers(2, 100).map(float),
        "r": st.floats(1e-3, 1),
    }
)
PINNED = {"L": 1.0, "d": 1.0, "c": 3.0, "n": 19.0, "r": 1 / 3, "T": 1.0, "alpha": 1.0, "mu": 1.0, "M": 1.0, "M_G": 1.0}


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(["zim-moves", "prop-4", "prop-4-refined", "rounding", "zim-wait"]), POINTS, SIGNED)
@example("zim-moves", {**PINNED, "Delta": 1.0}, 0.0)
@example("zim-wait", {**PINNED, "Delta": 1.0, "L": 7.799}, 0.0)
def test_arrays_and_scalars_decide_alike_and_rightly(name: str, point: dict[str, float], nudge: float) -> None:
    p = boundary(name, dict(point), nudge)
    entry = bound(name)
    known: dict[str, Any] = {letter: p[letter] for letter in entry.wanted if letter in p}
    if name == "zim-wait":
        known["n"] = 1
    expected = truly(name, p)
    assert math.isnan(entry(**known)) is not expected
    for swept in known:
        array = np.array([known[swept]] * 2, dtype=float)
        assert list(np.isnan(entry(**{**known, swept: array}))) == [not expected] * 2


def test_a_rational_parameter_is_not_rounded_before_a_condition() -> None:
    """α = 1 + 10⁻⁷⁰ is above μ/(L M_G) = 1, and 2 − 10⁻⁷⁰ below 2: sixty digits could not tell."""
    known = {"L": 1, "mu": 1, "M": 1, "M_G": 1}
    tiny = Fraction(1, 10**70)
    assert math.isnan(bound("prop-4")(**known, alpha=1 + tiny))
    assert math.isnan(bound("prop-4")(**{**known, "L": np.ones(2)}, alpha=1 + tiny)[0])
    assert bound("prop-4-refined")(**known, alpha=2 - tiny) == pytest.approx(1e70, rel=1e-12)
    assert math.isnan(bound("prop-4-refined")(**known, alpha=2))


def test_a_condition_that_only_parameters_of_one_point_decide_costs_one_decision() -> None:
    """α = 1/L exactly at each of a million points: they share one decision, or this would take minutes."""
    values = bound("rounding/K")(L=1.0, alpha=1.0, Delta=1.0, K=10.0, d=np.arange(1.0, 1e6))
    assert np.all(np.isfinite(values))


@given(st.fractions(0, 10**6), st.fractions(0, 10**6))
def test_enclosures_hold_roots_and_are_exact_for_squares(a: Fraction, b: Fraction) -> None:
    x, y = (Enclosed(value, value, 100) for value in (a, b))
    root = x.sqrt()
    assert root.low**2 <= a <= root.high**2
    assert root.high - root.low <= Fraction(1, 2**30)
    square = (x * x).sqrt()
    assert square.low == square.high == a
    total = (x + y) * 2 - y / 3 - 1
    assert total.low == total.high == (a + b) * 2 - b / 3 - 1
    assert Enclosed.extremum(x, y, "max").low == max(a, b)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_comparisons_of_roots_are_decided_as_the_squares_are(a: int, b: int) -> None:
    """√a < b against a < b², also where the root is a whole number."""
    point = {"a": Fraction(a), "b": Fraction(b)}
    for root_of in (a, b * b, b * b + 1, b * b - 1):
        point["a"] = Fraction(root_of)
        assert holds(lambda p: [Comparison(p["a"].sqrt(), "<", p["b"])], point) == (root_of < b * b)
        assert holds(lambda p: [Comparison(p["a"].sqrt(), "<=", p["b"])], point) == (root_of <= b * b)
        assert holds(lambda p: [Comparison(p["b"], ">", p["a"].sqrt())], point) == (root_of < b * b)


def test_a_wide_enclosure_divides_nothing_and_decides_nothing() -> None:
    wide = Enclosed(Fraction(-1), Fraction(1), 10)
    with pytest.raises(UndecidedError):
        1 / wide
    with pytest.raises(ZeroDivisionError):
        1 / (wide * 0)
    assert (wide**2).low == 0
    equal = [Comparison(sympy_like_root(), "<", 2)]
    with pytest.raises(InputError, match="too close to call"):
        holds(lambda p: equal, {"a": Fraction(1)})


def sympy_like_root() -> Enclosed:
    """√2·√2, whose enclosures never become a point."""
    two = Enclosed(Fraction(2), Fraction(2), 100)
    return two.sqrt() * two.sqrt()


def test_doubles_decide_only_what_is_far_apart() -> None:
    left = np.array([1.0, 1.0, 1.0, np.nan])
    right = np.array([2.0, 1.0 + 1e-12, 1.0, 1.0])
    verdict, close = doubtful(Comparison(left, "<", right), [])
    assert list(verdict[:1]) == [True]
    assert list(close) == [False, True, True, True]
    _, close = doubtful(Comparison(left, "==", 1), [left])
    assert not close.any()


def test_conditions_are_relations_of_symbols_too() -> None:
    symbols = {name: sympy.Symbol(name, positive=True) for name in bound("zim-moves").needs}
    (_, (left, sign, right)) = bound("zim-moves").conditions_at(symbols)
    assert sign == "<"
    assert sympy.simplify(left - symbols["L"] * symbols["r"] * (symbols["n"] - 1)) == 0
    assert right == 2 * symbols["c"] * symbols["d"]
