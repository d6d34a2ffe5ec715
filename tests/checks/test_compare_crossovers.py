"""Crossovers: the closed forms are right, the brackets are certified, and the method is named truthfully."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
import sympy

from convbound.bounds import bound
from convbound.bounds.enclosure import certified_order
from convbound.checks.compare.crossovers import (
    Crossover,
    closed_forms,
    find_crossover,
    find_crossovers,
    interesting_pairs,
    written,
)
from convbound.checks.compare.sweep import Sweep, choose_bounds, read_axis, run_sweep

ONE = {"c": Fraction(1), "n": Fraction(1), "r": Fraction(1), "delta": Fraction(1), "kappa": Fraction(1)}
MINIMUM = "lattice-minimum:mean-square"


def sweep(ranges: dict[str, str], names: tuple[str, ...] = (), **fixed: Any) -> Sweep:
    axes = [read_axis(text, letter) for letter, text in ranges.items()]
    known = {**ONE, **{letter: Fraction(value) for letter, value in fixed.items()}}
    known = {letter: value for letter, value in known.items() if letter not in ranges}
    quantities = ("mean-square", "mean-norm", "best-iterate")
    return run_sweep(axes, known, choose_bounds(names, quantities, {*known, *ranges}))


def the(first: str, second: str, found: Sweep) -> Crossover:
    crossover = find_crossover(found, bound(first), bound(second))
    assert crossover is not None
    return crossover


L, d, c, kappa = sympy.symbols("L d c kappa", positive=True)
ROOT = sympy.sqrt(d)


@pytest.mark.parametrize(
    ("first", "second", "unknown", "solution"),
    [
        ("zim-printed-r1", MINIMUM, "L", 4 * c * ROOT / (ROOT - 4)),  # the theory page
        ("zim-printed-r1", MINIMUM, "c", L * (ROOT - 4) / (4 * ROOT)),
        ("zim-printed-r3", MINIMUM, "c", L**2 * d / 16 - L),
        ("bold", MINIMUM, "L", 8 * kappa),
        ("zim-printed-r1", "bold", "L", ROOT * (2 * kappa - c)),
        # s = √(1 + 8c/L) solves (s + 1)(√d - 1) = 8√d
        ("zim-norm", "zim-weak", "c", L / 8 * ((8 * ROOT / (ROOT - 1) - 1) ** 2 - 1)),
    ],
)
def test_closed_forms(first: str, second: str, unknown: str, solution: sympy.Expr) -> None:
    assert any(sympy.simplify(form - solution) == 0 for form in closed_forms(first, second, unknown, False))


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (16 * L**2 / (4 * c - L) ** 2, "16 L²/(4 c − L)²"),
        (ROOT * (c - L) / 3, "√d(c − L)/3"),
        (L / 2 - c, "L/2 − c"),
        (2 * kappa * sympy.sqrt(d + 1) / (L - c), "2 κ √(d + 1)/(L − c)"),
        (-L, "-L"),
        (sympy.log(L), "log(L)"),
    ],
)
def test_closed_forms_are_written_as_people_write_them(formula: sympy.Expr, text: str) -> None:
    assert written(formula).text == text


def test_a_maximum_has_no_closed_form_here() -> None:
    assert closed_forms("zim-best", "zim-norm", "c", False) == ()


def test_brackets_are_certified_at_both_ends() -> None:
    found = sweep({"d": "20:1e6:log:9", "L": "0.1:100:log:30"})
    crossovers = find_crossovers(found)
    assert len(crossovers) >= 6
    for crossover in crossovers:
        for bracket in crossover.brackets:
            assert bracket.at is not None
            point = {**found.fixed, "d": Fraction(bracket.at)}
            signs = [
                certified_order(crossover.first, crossover.second, {**point, crossover.unknown: Fraction(end)})
                for end in (bracket.low, bracket.high)
            ]
            assert sorted(signs) == [-1, 1]
            assert bracket.high - bracket.low <= 3e-12 * bracket.high


def test_bracketing_finds_what_the_closed_form_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    found = sweep({"L": "1:100:log:40"}, d=79400)
    exact = the("zim-printed-r1", MINIMUM, found)
    assert exact.method == "closed form, certified"
    assert exact.formula == "4*c*sqrt(d)/(sqrt(d) - 4)"
    monkeypatch.setattr("convbound.checks.compare.crossovers.closed_forms", lambda *_: ())
    bracketed = the("zim-printed-r1", MINIMUM, found)
    assert bracketed.method == "certified bracketing"
    assert bracketed.formula is None
    value = 4 * math.sqrt(79400) / (math.sqrt(79400) - 4)
    assert exact.brackets[0].value == pytest.approx(value, rel=1e-12)
    assert bracketed.brackets[0].low <= value * (1 + 1e-15) and value <= bracketed.brackets[0].high * (1 + 1e-15)


def test_a_crossover_with_a_maximum_is_bracketed_and_says_so() -> None:
    found = sweep({"c": "0.1:1000:log:50"}, ("zim-best", "zim-weak"), L=17, d=400)
    meeting = find_crossover(found, bound("zim-best"), bound("zim-weak"))
    assert meeting is None  # the best iterate is never above the mean
    scaled = sweep({"G": "100:1e6:log:50"}, ("zim-bounded-sharp", "rounding"), L=1, d=400, c=30)
    assert find_crossover(scaled, bound("zim-bounded-sharp"), bound("rounding")) is None
    found = sweep({"c": "1:1e4:log:80"}, ("zim-bounded-sharp", "zim-printed-r1"), L=1, d=400, G=100)
    crossover = the("zim-bounded-sharp", "zim-printed-r1", found)
    assert crossover.method == "certified bracketing"
    at = crossover.brackets[0].value
    known = {**{k: float(v) for k, v in found.fixed.items()}, "c": at}
    assert bound("zim-bounded-sharp")(**known) == pytest.approx(bound("zim-printed-r1")(**known), rel=1e-11)


def test_roots_outside_the_sweep_or_the_condition_are_not_shown() -> None:
    found = sweep({"d": "1000:1e6:log:20"}, L=17)
    assert find_crossover(found, bound("zim-printed-r1"), bound(MINIMUM)) is None
    several = sweep({"c": "0.1:1000:log:50"}, L=1, d=400, n=2)
    assert find_crossover(several, bound("zim-norm"), bound("zim-weak")) is None


def test_spacing_moves_the_crossover() -> None:
    found = sweep({"L": "0.1:100:log:40"}, d=79400, delta=2)
    crossover = the("zim-printed-r1", MINIMUM, found)
    value = 4 * math.sqrt(79400) / (math.sqrt(79400) - 4) / 2  # δL in place of L
    assert crossover.brackets[0].value == pytest.approx(value, rel=1e-12)
    assert crossover.formula is not None and "delta" in crossover.formula


def test_a_curve_that_does_not_depend_on_the_last_axis_is_found_along_the_other() -> None:
    found = sweep({"L": "1:100:log:30", "r": "0.1:1:5"}, d=79400)
    crossover = the("zim-printed-r1", MINIMUM, found)
    assert crossover.unknown == "L"
    assert len(crossover.brackets) == 5


def test_pairs_mean_something() -> None:
    pairs = {(a.id, b.id) for a, b in interesting_pairs(sweep({"c": "0.1:1000:log:60"}, L=17, d=79400))}
    assert ("zim-printed-r1", MINIMUM) in pairs
    assert ("zim-printed-r1", "bold") in pairs
    assert ("zim-envelope", "zim-whole-envelope") in pairs
    assert ("zim-norm", "zim-weak") not in pairs  # zim-norm is nowhere the smallest
