"""The formulas: the numbers of the theory page, the four arithmetics, and what relates one formula to another."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy
from transcribed import TRANSCRIBED

from convbound.bounds import CATALOGUE, bound, parameters
from convbound.bounds.enclosure import ARITHMETICS, enclose
from convbound.bounds.entry import Bound, parameters_of
from convbound.bounds.subjects import discrete_updates as printed_formulas
from convbound.bounds.subjects import lattice as formulas

PAPER = parameters(L=17, d=79400, c=1)
EVERYTHING = parameters(
    L=Fraction(3, 2),
    d=50,
    Delta=7,
    G=20,
    n=3,
    r=Fraction(1, 2),
    c=Fraction(4, 5),
    K=1000,
    T=15,
    p=Fraction(1, 100),
    alpha=Fraction(1, 9),
    mu=2,
    M=3,
    M_G=Fraction(1, 4),
    kappa=2,
    R=Fraction(5, 2),
)


@pytest.mark.parametrize(
    ("identifier", "printed"),
    [
        ("zim-printed-r1", "1431234.44"),
        ("zim-printed-r2", "1369550.75"),
        ("zim-printed-r3", "20323.36"),
        ("bold", "2699600.00"),
        ("lattice-minimum:mean-square", "5736650.00"),
        ("rounding", "5736650.00"),
        ("zim-norm", "2465.33"),
        ("zim-envelope", "2465.20"),
        ("zim-weak", "2649.83"),
        ("zim-best", "2395.13"),
    ],
)
def test_the_papers_example(identifier: str, printed: str) -> None:
    assert f"{bound(identifier)(**PAPER):.2f}" == printed


def test_the_example_network_has_that_many_weights() -> None:
    assert PAPER["d"] == 784 * 100 + 100 * 10


def applicable(entry: Bound) -> dict[str, Fraction]:
    """Values of all parameters, at which the entry applies on a lattice of spacing 1 and of spacing 3/2."""
    known = {**EVERYTHING, "n": Fraction(1)} if "n = 1" in entry.condition_text else dict(EVERYTHING)
    return {**known, "c": 4 * known["L"]} if "whole-envelope" in entry.id else known


@pytest.mark.parametrize("identifier", CATALOGUE)
def test_every_arithmetic_gives_the_same_number(identifier: str) -> None:
    entry = bound(identifier)
    known = applicable(entry)
    number = entry(**known)
    assert math.isfinite(number)
    symbols = {name: sympy.Rational(value.numerator, value.denominator) for name, value in known.items()}
    expression = entry.expression(spacing=True)
    exact = expression.subs({s: symbols[s.name] for s in expression.free_symbols})
    assert float(exact) == pytest.approx(number, rel=1e-14)
    array = entry(**{name: np.array([float(value)]) for name, value in known.items()})
    assert array[0] == pytest.approx(number, rel=1e-13)
    for arithmetic in ARITHMETICS:
        enclosure = enclose(entry, known, 20, arithmetic=arithmetic)
        assert enclosure is not None
        assert Decimal(enclosure.low) <= Decimal(str(sympy.N(exact, 40))) <= Decimal(enclosure.high)


@pytest.mark.parametrize("identifier", CATALOGUE)
def test_expressions_use_the_standard_letters_and_all_are_positive(identifier: str) -> None:
    entry = bound(identifier)
    symbols = entry.as_symbols().free_symbols
    assert {symbol.name for symbol in symbols} == set(entry.parameters)
    assert all(symbol.is_positive for symbol in symbols)


def test_every_entry_is_transcribed_for_the_tests() -> None:
    assert set(TRANSCRIBED) == set(CATALOGUE)


@pytest.mark.parametrize("identifier", [i for i, entry in CATALOGUE.items() if entry.scaling])
def test_spacing_is_the_substitution_of_t6(identifier: str) -> None:
    entry = bound(identifier)
    known = applicable(entry)
    delta = Fraction(3, 2)
    moved = {**known, "L": known["L"] * delta, "Delta": known["Delta"] / delta}
    moved["alpha"] = known["alpha"] / delta  # the rate in lattice units
    assert entry(**{**known, "delta": delta}) == pytest.approx(entry(**moved), rel=1e-14)


def test_weights_of_plus_and_minus_one_have_minimum_d_L_squared() -> None:
    entry = bound("lattice-minimum:mean-square")
    assert entry(L=3, d=7, delta=2) == 7 * 9


@pytest.mark.parametrize("reading", ["r1", "r2", "r3"])
def test_a_printed_limit_is_L_M_over_mu(reading: str) -> None:
    L, d, c, n = sympy.symbols("L d c n", positive=True)
    limit = printed_formulas.printed_limit(L, getattr(printed_formulas, f"printed_mu_{reading}")(L, d, c, n), n)
    assert sympy.simplify(limit - getattr(printed_formulas, f"zim_floor_{reading}")(L, d, c)) == 0


@pytest.mark.parametrize(
    ("finite", "limit"),
    [
        (i, i.removesuffix("/K"))
        for i, entry in CATALOGUE.items()
        if i.endswith("/K") and i.removesuffix("/K") in CATALOGUE and "K" in entry.parameters
    ],
)
def test_a_limit_is_the_limit_of_its_bound_after_K_steps(finite: str, limit: str) -> None:
    after = bound(finite).expression()
    K = next(symbol for symbol in after.free_symbols if symbol.name == "K")
    rest = sympy.Symbol("rest", positive=True)
    difference = after.subs(K, 1 / rest).subs(rest, 0) - bound(limit).expression()  # continuous in 1/K
    points = {symbol: sympy.Rational(2 + i, 3) for i, symbol in enumerate(sorted(difference.free_symbols, key=str))}
    assert abs(sympy.N(difference.subs(points), 30)) < 1e-25


def test_several_draws_with_one_draw_are_one_draw() -> None:
    L, d, c, r, G = sympy.symbols("L d c r G", positive=True)
    assert sympy.simplify(printed_formulas.bounded_limit(L, d, c, 1, r, G) - L / 2 * (sympy.sqrt(d) * G + c * d)) == 0
    assert formulas.moves_norm_limit(L, d, c, 1, r).equals(formulas.zim_norm_limit(L, d, c))
    assert formulas.spread_norm_limit(L, d, c, 1, r).equals(formulas.zim_norm_limit(L, d, c))


def test_the_sharp_constants_change_case_at_c_root_d() -> None:
    d, c = 16, 3
    at_case = formulas.sharp_mu(d, c, 1, c * 4.0)
    assert at_case == pytest.approx(1 / (4 * c * 4.0))
    assert formulas.sharp_mu(d, c, 1, 100.0) == pytest.approx(1 / 400)
    assert formulas.sharp_mu(d, c, 1, 2.0) == pytest.approx(5 / (2 * 50))


def test_parameters_of_reads_positional_names() -> None:
    assert parameters_of(printed_formulas.zim_floor_r1) == ("L", "d", "c")
