"""Rigorous enclosures: the same formulas on balls (python-flint) or intervals (mpmath), printed rounded outwards."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from functools import cache

from convbound.bounds.arithmetic import Number
from convbound.bounds.entry import Bound
from convbound.bounds.errors import InputError
from convbound.bounds.evaluation import chosen

MAX_DIGITS = 100_000
ATTEMPTS = 8  # each doubles the working precision


@dataclass(frozen=True)
class Enclosure:
    """Decimal texts `low` ≤ value ≤ `high`, at most two units of the last requested digit apart."""

    low: str
    high: str
    arithmetic: str


@cache
def available_arithmetic() -> str:
    """ "flint" where python-flint is installed, otherwise "mpmath"."""
    return "flint" if importlib.util.find_spec("flint") else "mpmath"


def round_outwards(low: Fraction, high: Fraction, digits: int) -> tuple[Decimal, Decimal]:
    """Decimals of `digits` digits, the first at most `low`, the second at least `high`."""

    def rounded(value: Fraction, rounding: str) -> Decimal:
        context = Context(prec=digits, rounding=rounding, Emin=MIN_EMIN, Emax=MAX_EMAX)
        return context.divide(Decimal(value.numerator), Decimal(value.denominator))

    return rounded(low, ROUND_FLOOR), rounded(high, ROUND_CEILING)


def _dyadic(mantissa: int, exponent: int) -> Fraction:
    return Fraction(mantissa * 2**exponent) if exponent >= 0 else Fraction(mantissa, 2**-exponent)


def _with_flint(bound: Bound, parameters: Mapping[str, Fraction], bits: int) -> tuple[Fraction, Fraction] | None:
    import flint

    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        balls = {
            name: flint.arb(flint.fmpz(value.numerator)) / flint.fmpz(value.denominator)
            for name, value in parameters.items()
        }
        ball = flint.arb(bound.formula_at(balls))
        if not ball.is_finite():
            return None
        low, high = (_dyadic(*map(int, end.man_exp())) for end in (ball.lower(), ball.upper()))
    finally:
        flint.ctx.prec = before
    return low, high


def _with_mpmath(bound: Bound, parameters: Mapping[str, Fraction], bits: int) -> tuple[Fraction, Fraction] | None:
    from mpmath.ctx_iv import MPIntervalContext

    context = MPIntervalContext()
    context.prec = bits
    intervals = {
        name: context.mpf(value.numerator) / context.mpf(value.denominator) for name, value in parameters.items()
    }
    ends = context.convert(bound.formula_at(intervals))._mpi_
    if any(not mantissa and exponent for _, mantissa, exponent, _ in ends):  # infinite or undefined
        return None
    low, high = (_dyadic(-int(m) if sign else int(m), int(exponent)) for sign, m, exponent, _ in ends)
    return low, high


ARITHMETICS = {"flint": _with_flint, "mpmath": _with_mpmath}


def enclosing_fractions(
    bound: Bound, parameters: Mapping[str, Fraction], bits: int, *, arithmetic: str | None = None
) -> tuple[Fraction, Fraction] | None:
    """Fractions that enclose the bound's value, computed with so many bits; None where that many say nothing."""
    known = {name: value for name, value in parameters.items() if name in bound.wanted}
    return ARITHMETICS[arithmetic or available_arithmetic()](bound, known, bits)


def certified_order(first: Bound, second: Bound, parameters: Mapping[str, Fraction]) -> int:
    """-1 where `first` is certainly the smaller, 1 where it is certainly the larger, 0 where nothing is certain.

    Conditions on the bounds are not looked at.
    """
    bits = 96
    for _ in range(4):
        left, right = (enclosing_fractions(bound, parameters, bits) for bound in (first, second))
        if left is not None and right is not None:
            if left[1] < right[0]:
                return -1
            if right[1] < left[0]:
                return 1
        bits *= 2
    return 0


def enclose(
    bound: Bound, parameters: Mapping[str, Number], digits: int, *, arithmetic: str | None = None
) -> Enclosure | None:
    """A rigorous enclosure of the bound's value.

    Args:
        bound: an entry of the catalogue.
        parameters: numbers by letter, taken exactly.
        digits: how many significant digits the two ends share, up to `MAX_DIGITS`.
        arithmetic: `flint` or `mpmath`; by default the better of those installed.

    Returns:
        The ends as decimals, rounded outwards; None where the bound's condition fails.

    Raises:
        InputError: `digits` is out of range, a parameter is missing or not allowed, or so many digits are not
            reached.
    """
    if not 1 <= digits <= MAX_DIGITS:
        raise InputError(f"digits must lie between 1 and {MAX_DIGITS}, not {digits}.")
    known = chosen(bound, parameters)
    if not bound.applies_at(known):
        return None
    arithmetic = arithmetic or available_arithmetic()
    bits = 64 + 4 * digits
    for _ in range(ATTEMPTS):
        ends = enclosing_fractions(bound, known, bits, arithmetic=arithmetic)
        if ends is not None:  # a short decimal such as 8.501 lies between its neighbours: two units
            low, high = round_outwards(*ends, digits)
            unit = Decimal((0, (1,), max(low.adjusted(), high.adjusted()) - digits + 1))
            if low == high or Decimal(Context(prec=digits + 3).subtract(high, low)) <= 2 * unit:
                return Enclosure(str(low), str(high), arithmetic)
        bits *= 2
    raise InputError(f"{bound.id} cannot be enclosed to {digits} digits at these parameters.")
