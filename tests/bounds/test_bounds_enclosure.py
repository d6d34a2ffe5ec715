"""Enclosures hold the value, are as narrow as promised, and are rounded outwards."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transcribed import transcribed_value

from convbound.bounds import CATALOGUE, InputError, bound, enclose, parameters
from convbound.bounds.enclosure import (
    ARITHMETICS,
    available_arithmetic,
    certified_order,
    enclosing_fractions,
    round_outwards,
)

PAPER = parameters(L=17, d=79400, c=1)
fractions = st.fractions(min_value=Fraction(1, 10**30), max_value=10**30)


@given(fractions, fractions, st.integers(1, 60))
def test_rounding_goes_outwards_and_no_further_than_one_unit(a: Fraction, b: Fraction, digits: int) -> None:
    low, high = min(a, b), max(a, b)
    below, above = round_outwards(low, high, digits)
    assert Fraction(below) <= low
    assert high <= Fraction(above)
    assert len(below.as_tuple().digits) <= digits
    assert len(above.as_tuple().digits) <= digits
    assert low - Fraction(below) < Fraction(Decimal((0, (1,), below.adjusted() - digits + 1)))
    assert Fraction(above) - high < Fraction(Decimal((0, (1,), above.adjusted() - digits + 1)))


def test_a_third_lies_strictly_between_its_decimals() -> None:
    below, above = round_outwards(Fraction(1, 3), Fraction(1, 3), 5)
    assert (str(below), str(above)) == ("0.33333", "0.33334")


def test_a_negative_number_is_rounded_away_from_the_inside() -> None:
    below, above = round_outwards(Fraction(-2, 3), Fraction(-1, 3), 3)
    assert (str(below), str(above)) == ("-0.667", "-0.333")


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
@settings(max_examples=120, deadline=None)
@given(L=fractions, d=st.integers(1, 10**18), c=fractions, digits=st.integers(1, 40))
def test_the_value_lies_inside_and_the_ends_are_close(
    arithmetic: str, L: Fraction, d: int, c: Fraction, digits: int
) -> None:
    known = parameters(L=L, d=d, c=c)
    for identifier in ("zim-printed-r1", "zim-envelope", "zim-weak", "zim-best"):
        enclosure = enclose(bound(identifier), known, digits, arithmetic=arithmetic)
        assert enclosure is not None
        low, high = Fraction(Decimal(enclosure.low)), Fraction(Decimal(enclosure.high))
        with mpmath.workdps(300):
            exact = {name: mpmath.mpf(known[name].numerator) / known[name].denominator for name in ("L", "d", "c")}
            truth = transcribed_value(identifier, exact, digits=120)
            assert mpmath.mpf(low.numerator) / low.denominator <= truth * (1 + mpmath.mpf("1e-100"))
            assert truth * (1 - mpmath.mpf("1e-100")) <= mpmath.mpf(high.numerator) / high.denominator
        assert high - low <= 2 * Fraction(Decimal((0, (1,), Decimal(enclosure.high).adjusted() - digits + 1)))


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_intervals_really_widen(arithmetic: str) -> None:
    """With few bits the enclosure is wide, holds the truth, and shrinks as bits are added: it is no bare float."""
    widths = []
    for bits in (8, 16, 32, 64, 128):
        ends = enclosing_fractions(bound("zim-printed-r2"), PAPER, bits, arithmetic=arithmetic)
        assert ends is not None
        assert ends[0] < Fraction("1369550.75188442202065626996609598241123664552146915") < ends[1]
        widths.append(ends[1] - ends[0])
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < widths[0] / 2**90


def test_an_exact_value_is_enclosed_by_itself() -> None:
    enclosure = enclose(bound("lattice-minimum:mean-square"), PAPER, 50)
    assert enclosure is not None
    assert enclosure.low == enclosure.high == "5736650"


def test_both_arithmetics_print_the_same_digits() -> None:
    for entry in CATALOGUE.values():
        if set(entry.needs) <= set(PAPER):
            found = [enclose(entry, PAPER, 40, arithmetic=arithmetic) for arithmetic in ARITHMETICS]
            assert len({(e.low, e.high) if e else None for e in found}) == 1, entry.id


def test_balls_are_preferred_where_they_are_installed() -> None:
    pytest.importorskip("flint")
    assert available_arithmetic() == "flint"


def test_where_the_condition_fails_nothing_is_enclosed() -> None:
    assert enclose(bound("zim-norm"), {**PAPER, "n": Fraction(2)}, 10) is None


@pytest.mark.parametrize("digits", [0, -3, 10**9])
def test_digits_out_of_range_are_refused(digits: int) -> None:
    with pytest.raises(InputError, match="digits must lie between"):
        enclose(bound("zim-norm"), PAPER, digits)


def test_order_is_certified_or_undecided() -> None:
    first, second = bound("zim-envelope"), bound("zim-norm")
    assert certified_order(first, second, PAPER) == -1
    assert certified_order(second, first, PAPER) == 1
    assert certified_order(bound("rounding"), bound("lattice-minimum:mean-square"), PAPER) == 0
