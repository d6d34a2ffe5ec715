"""Numbers out of formulas: right to rounding whatever the range of the parameters.

One point is computed in 60-digit decimals, whose exponents have no practical limit, and rounded once; where formulas
cancel, with as many digits more as that costs. Arrays are computed in NumPy's doubles, whose status flags say whether
anything overflowed or underflowed on the way; the entries that may have suffered, those that cancellation would spoil,
and those so near to a condition's boundary that doubles cannot tell the side, are computed again as single points.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from convbound.bounds.arithmetic import DIGITS, CancelledError, Number, calculation, decimal
from convbound.bounds.catalogue import BY_LETTER, refuse_unknown
from convbound.bounds.conditions import doubtful
from convbound.bounds.errors import InputError
from convbound.bounds.parameter_table import checked, checked_array, is_array

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from convbound.bounds.entry import Bound

    Floats = npt.NDArray[np.float64]
    Truths = npt.NDArray[np.bool_] | np.bool_

MOST_DIGITS = 100_000
# parameters in this range (or zero) keep every intermediate of every formula inside the range of a double
COMFORTABLE = (1e-45, 1e45)
BLOCK = 16_384  # entries of an array computed at a time: 128 KB each


def missing(bound: Bound, parameters: Mapping[str, Number]) -> list[str]:
    """The letters that the bound needs and that are not given."""
    return [name for name in bound.needs if name not in parameters]


def chosen(bound: Bound, parameters: Mapping[str, Number]) -> dict[str, Number]:
    """The parameters that matter to the bound, checked: fractions, and arrays of doubles for lists and arrays.

    Raises InputError where a name is unknown, a needed parameter is missing or a value is not allowed.
    """
    refuse_unknown(parameters)
    if absent := missing(bound, parameters):
        raise InputError(f"{bound.id} needs {', '.join(absent)}.")
    found: dict[str, Number] = {}
    for name in bound.wanted:
        if name in parameters:
            check = checked_array if is_array(parameters[name]) else checked
            found[name] = check(parameters[name], BY_LETTER[name].kind, name)
    return found


def evaluate_decimal(bound: Bound, parameters: Mapping[str, Fraction], digits: int = DIGITS) -> Decimal | None:
    """The value at one point, to about `digits` digits; None where the bound's condition does not hold."""
    if absent := missing(bound, parameters):
        raise InputError(f"{bound.id} needs {', '.join(absent)}.")
    if not bound.applies_at(parameters):
        return None
    while True:
        try:
            with localcontext(calculation(digits)):
                value: Decimal = bound.formula_at({name: decimal(value) for name, value in parameters.items()})
                return +value
        except CancelledError:
            if digits > MOST_DIGITS:
                raise InputError(f"{bound.id} cannot be computed at these parameters.") from None
            digits *= 2


def evaluate(bound: Bound, parameters: Mapping[str, Number]) -> Number:
    """The value of a bound.

    Args:
        bound: an entry of the catalogue.
        parameters: numbers, lists or arrays (which broadcast) by the letters of the formulas
            (`bounds.parameter_table`); `delta` is the spacing, 1 if it is left out.

    Returns:
        A float, or an array where some parameter is a list or an array. The relative error is below 1e-12; beyond the
        range of a double the value is infinite or 0. NaN where the bound's condition does not hold.

    Raises:
        InputError: a name is unknown, a parameter is missing or a value not allowed.
    """
    found = chosen(bound, parameters)
    if any(is_array(value) for value in found.values()):
        return _evaluate_array(bound, found)
    value = evaluate_decimal(bound, found)
    return float("nan") if value is None else float(value)


def _as_doubles(value: Number) -> Floats:
    """A parameter as an array of doubles, infinite where an exact number is beyond their range."""
    import numpy as np

    return np.asarray(float(decimal(value)) if isinstance(value, Fraction) else value, dtype=np.float64)


def _evaluate_array(bound: Bound, parameters: Mapping[str, Number]) -> Number:
    """The value over broadcast arrays, block by block, so that what a formula needs in between stays in the cache."""
    import numpy as np

    arrays = {name: _as_doubles(value) for name, value in parameters.items()}
    exact = {name: value for name, value in parameters.items() if isinstance(value, Fraction)}
    if exact.get("delta") == 1:
        del arrays["delta"]  # two multiplications saved
    try:
        shape = np.broadcast_shapes(*(array.shape for array in arrays.values()))
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items() if array.ndim)
        raise InputError(f"arrays must broadcast to one shape; here are {shapes}.") from None
    result = np.empty(shape)
    rows = max(1, BLOCK * shape[0] // max(result.size, 1))
    for start in range(0, shape[0], rows):
        block = {
            name: array[start : start + rows] if array.ndim == len(shape) and array.shape[0] > 1 else array
            for name, array in arrays.items()
        }
        _evaluate_block(bound, block, exact, result[start : start + rows])
    return result


def _point(
    arrays: Mapping[str, Floats], exact: Mapping[str, Fraction], shape: tuple[int, ...], index: tuple[int, ...]
) -> dict[str, Fraction]:
    """The exact parameters at one entry of a block."""
    import numpy as np

    return {
        name: exact[name] if name in exact else Fraction(float(np.broadcast_to(array, shape)[index]))
        for name, array in arrays.items()
    }


def _applies(bound: Bound, arrays: Mapping[str, Floats], exact: Mapping[str, Fraction]) -> Truths:
    """Where the bound applies, in the shape that its condition's parameters span: by doubles where they can tell."""
    import numpy as np

    applies: Truths = np.True_
    unsure: Truths = np.False_
    for comparison in bound.conditions_at(arrays):
        verdict, close = doubtful(comparison, list(arrays.values()))
        applies, unsure = applies & (verdict | close), unsure | close
    unsure = applies & unsure
    if np.any(unsure):
        own = {name: array for name, array in arrays.items() if name in bound.condition_parameters}
        applies = np.array(np.broadcast_to(applies, unsure.shape))
        for index in zip(*np.nonzero(np.atleast_1d(unsure)), strict=True):
            at = index if unsure.ndim else ()
            applies[at] = bound.applies_at(_point(own, exact, unsure.shape, at))
    return applies


def _evaluate_block(bound: Bound, arrays: Mapping[str, Floats], exact: Mapping[str, Fraction], result: Floats) -> None:
    """Fill `result` with the bound's values; entries that doubles may have spoilt are computed as single points."""
    import numpy as np

    again: Truths | bool = False
    try:
        with np.errstate(over="raise", under="raise", divide="raise", invalid="raise"):
            applies = _applies(bound, arrays, exact)
            result[...] = bound.formula_at(arrays)
    except FloatingPointError:
        with np.errstate(all="ignore"):
            applies = _applies(bound, arrays, exact)
            result[...] = bound.formula_at(arrays)
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
        value = evaluate_decimal(bound, _point(arrays, exact, result.shape, index))
        result[index] = np.nan if value is None else float(value)
