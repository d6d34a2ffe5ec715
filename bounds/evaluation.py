"""Numbers out of formulas: right to rounding whatever the range of the parameters.

One point is computed in 60-digit decimals, whose exponents have no practical limit, and rounded once. Arrays are
computed in NumPy's doubles, whose status flags say whether anything overflowed or underflowed on the way; the entries
that may have suffered, and those that cancellation would spoil, are computed again in decimals.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

from convbound.bounds.arithmetic import decimal
from convbound.bounds.entry import Bound
from convbound.bounds.errors import InputError

DIGITS = 60
# parameters in this range (or zero) keep every intermediate of every formula inside the range of a double
COMFORTABLE = (1e-45, 1e45)
BLOCK = 16_384  # entries of an array computed at a time: 128 KB each


def calculation(digits: int = DIGITS) -> Context:
    """The decimal arithmetic of a calculation: so many digits, any exponent."""
    return Context(prec=digits, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX)


def _is_array(value: Any) -> bool:
    return "numpy" in sys.modules and isinstance(value, sys.modules["numpy"].ndarray) and value.ndim > 0


def _missing(bound: Bound, parameters: Mapping[str, Any]) -> None:
    missing = [name for name in bound.needs if name not in parameters]
    if missing:
        raise InputError(f"{bound.id} needs {', '.join(missing)}.")


def evaluate_decimal(bound: Bound, parameters: Mapping[str, Any], digits: int = DIGITS) -> Decimal | None:
    """The value at one point, to about `digits` digits; None where the bound's condition does not hold."""
    _missing(bound, parameters)
    with localcontext(calculation(digits)):
        scaled = bound.scaled({name: decimal(value) for name, value in parameters.items()})
        if not bound.applies_at(scaled):
            return None
        value: Decimal = bound.formula_at(scaled)
        return +value


def evaluate(bound: Bound, parameters: Mapping[str, Any]) -> Any:
    """The value of a bound: a float, or an array where some parameter is an array (they broadcast).

    Parameters go by the letters of the formulas (`bounds.problem.parameters`; `delta` is the lattice spacing, 1 if it
    is left out) and are taken as validated: `bounds.problem` does that. Relative error below 1e-12; beyond the range of
    a double the value is infinite or 0. NaN where the bound's condition does not hold. InputError where a parameter
    is missing.
    """
    _missing(bound, parameters)
    chosen = {name: value for name, value in parameters.items() if name in bound.needs or name == "delta"}
    if any(_is_array(value) for value in chosen.values()):
        return _evaluate_array(bound, chosen)
    value = evaluate_decimal(bound, chosen)
    return float("nan") if value is None else float(value)


def _as_doubles(value: Any) -> Any:
    """A parameter as an array of doubles, infinite where an exact number is beyond their range."""
    import numpy as np

    exact = isinstance(value, int | Fraction | Decimal)
    return np.asarray(float(decimal(value)) if exact else value, dtype=np.float64)


def _evaluate_array(bound: Bound, parameters: Mapping[str, Any]) -> Any:
    """The value over broadcast arrays, block by block, so that what a formula needs in between stays in the cache."""
    import numpy as np

    arrays = {name: _as_doubles(value) for name, value in parameters.items()}
    if (delta := arrays.get("delta")) is not None and delta.ndim == 0 and delta == 1:
        del arrays["delta"]  # two multiplications saved
    shape = np.broadcast_shapes(*(array.shape for array in arrays.values()))
    result = np.empty(shape)
    rows = max(1, BLOCK * shape[0] // max(result.size, 1))
    for start in range(0, shape[0], rows):
        block = {
            name: array[start : start + rows] if array.ndim == len(shape) and array.shape[0] > 1 else array
            for name, array in arrays.items()
        }
        _evaluate_block(bound, block, result[start : start + rows])
    return result


def _evaluate_block(bound: Bound, arrays: Mapping[str, Any], result: Any) -> None:
    """Fill `result` with the bound's values; entries that doubles may have spoilt are computed in decimals."""
    import numpy as np

    again: Any = False
    try:
        with np.errstate(over="raise", under="raise", divide="raise", invalid="raise"):
            scaled = bound.scaled(arrays)
            applies = bound.applies_at(scaled)
            result[...] = bound.formula_at(scaled)
    except FloatingPointError:
        with np.errstate(all="ignore"):
            scaled = bound.scaled(arrays)
            applies = bound.applies_at(scaled)
            result[...] = bound.formula_at(scaled)
        low, high = COMFORTABLE
        for array in arrays.values():
            size = np.abs(array)
            again = again | ((size != 0) & ((size < low) | (size > high)))
    if np.isnan(result.min()):  # NaN wherever there is one: `difference` marks what it spoils
        again = again | (np.isnan(result) & applies)
    if not np.all(applies):
        np.copyto(result, np.nan, where=np.logical_not(applies))
    if not np.any(again):
        return
    for index in zip(*np.nonzero(np.broadcast_to(again, result.shape)), strict=True):
        point = {name: float(np.broadcast_to(array, result.shape)[index]) for name, array in arrays.items()}
        exact = evaluate_decimal(bound, point)
        result[index] = np.nan if exact is None else float(exact)
