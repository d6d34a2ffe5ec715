"""Square root, maximum and guarded difference for whatever a formula is evaluated on.

A bound is one Python function of its parameters. `+ - * / **` already mean the right thing for floats, NumPy arrays,
decimals, SymPy symbols, balls and intervals, and the notation of `bounds.notation`; the functions here supply the rest
by looking at the type of their argument, and import nothing for it: an argument of a library's type means that the
library is there already.
"""

from __future__ import annotations

import math
import sys
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal, getcontext
from typing import Any

Number = Any  # float, array, decimal, symbol, ball, interval or notation: whatever the caller computes with
DIGITS = 60


def calculation(digits: int = DIGITS) -> Context:
    """The decimal arithmetic of a calculation: so many digits, any exponent."""
    return Context(prec=digits, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX)


def _library(value: object) -> str:
    """The top-level package that the type of `value` comes from."""
    return type(value).__module__.partition(".")[0]


def sqrt(x: Number) -> Number:
    """The square root of a nonnegative `x`."""
    if isinstance(x, int | float):
        return math.sqrt(x)
    library = _library(x)
    if library in ("numpy", "sympy"):
        return sys.modules[library].sqrt(x)
    if library == "mpmath":
        return x.ctx.sqrt(x)
    return x.sqrt()  # decimals, balls, enclosures, the notation


def square(x: Number) -> Number:
    """`x**2`, also where `x` is a ball around zero: python-flint's power is undefined there, its product is not."""
    return x * x if _library(x) == "flint" else x**2


def _extremum(a: Number, b: Number, name: str) -> Number:
    """`max` or `min` of `a` and `b`, by the type of either."""
    for value in (a, b):
        library = _library(value)
        if library == "numpy":
            return getattr(sys.modules["numpy"], f"{name}imum")(a, b)
        if library == "sympy":
            return getattr(sys.modules["sympy"], name.capitalize())(a, b)
        if library == "flint":
            return getattr(type(value)(a), name)(type(value)(b))
        if library == "mpmath":
            pick = {"max": max, "min": min}[name]
            left, right = value.ctx.convert(a), value.ctx.convert(b)
            return value.ctx.mpf([pick(left.a, right.a), pick(left.b, right.b)])
        if hasattr(value, "extremum"):
            return value.extremum(a, b, name)
    return {"max": max, "min": min}[name](a, b)


def maximum(a: Number, b: Number) -> Number:
    """The larger of `a` and `b`; for intervals, the interval of all maxima."""
    return _extremum(a, b, "max")


def minimum(a: Number, b: Number) -> Number:
    """The smaller of `a` and `b`; for intervals, the interval of all minima."""
    return _extremum(a, b, "min")


# The operands carry at most some ten roundings: a difference this small against them keeps a relative error of 1e-12.
CLOSE = 1 / 256
KEPT = 50  # digits that a difference of decimals has to keep


class CancelledError(ArithmeticError):
    """A difference of decimals kept too few digits."""


def difference(a: Number, b: Number) -> Number:
    """`a - b` for positive `a`, where both may be almost equal.

    On floating-point arrays an entry that cancellation would spoil becomes NaN, and `bounds.evaluation` computes that
    entry again with more digits; decimals raise CancelledError, and are computed again with more digits too. Everywhere
    else this is plain subtraction.
    """
    result = a - b
    if isinstance(result, Decimal):
        lost = Decimal(a).adjusted() - result.adjusted()
        if not result or getcontext().prec - lost < KEPT:
            raise CancelledError
    if _library(result) == "numpy":
        numpy = sys.modules["numpy"]
        close = abs(result) < CLOSE * a
        if numpy.any(close):
            result = numpy.where(close, numpy.nan, result)
    return result


def decimal(value: Number) -> Decimal:
    """A number as a decimal, rounded to the current context only where it is a fraction with no finite expansion."""
    if hasattr(value, "denominator"):  # int, Fraction
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(value)
