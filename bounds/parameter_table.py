"""What a parameter of bounds is: letter, option, meaning, and what it may be; and the parameters common to all."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from convbound.bounds.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Real = int | float | Fraction | Decimal


@dataclass(frozen=True)
class Kind:
    """What a parameter may be: `allows` decides for one number or for an array, `words` says it."""

    allows: Callable[[Any], Any]
    words: str


POSITIVE = Kind(lambda x: x > 0, "must be positive")
NONNEGATIVE = Kind(lambda x: x >= 0, "must not be negative")
COUNT = Kind(lambda x: (x >= 1) & (x % 1 == 0), "must be a whole number, at least 1")
PROBABILITY = Kind(lambda x: (x > 0) & (x <= 1), "must be above 0 and at most 1")


@dataclass(frozen=True)
class Parameter:
    """One parameter: its letter in the formulas, its option on the command line, what it may be, and what it is.

    `default` is its value where nobody gives one, None where it is then unknown.
    """

    letter: str
    option: str
    kind: Kind
    help: str
    default: int | None = None

    @property
    def whole(self) -> bool:
        """Whether it counts something."""
        return self.kind is COUNT


# What every problem and every run may have; the rest belongs to the schemes and the subjects that speak of it.
COMMON = (
    Parameter("L", "--L", POSITIVE, "Lipschitz constant of the gradient"),
    Parameter("d", "--d", COUNT, "number of weights"),
    Parameter("G", "--G", POSITIVE, "a bound on the gradient's Euclidean norm at every iterate"),
    Parameter("Delta", "--gap", NONNEGATIVE, "F(w₁) − F_inf"),
    Parameter("K", "--steps", COUNT, "number of steps K"),
    Parameter("delta", "--spacing", POSITIVE, "lattice spacing δ", 1),
    Parameter("T", "--target", POSITIVE, "a gradient norm to reach"),
    Parameter("p", "--failure", PROBABILITY, "probability that a bound on a single run may fail"),
    Parameter("alpha", "--alpha", POSITIVE, "the rate α of schemes that have one"),
)


def exact(value: object, name: str) -> Fraction:
    """A finite real number as the fraction it is exactly; InputError naming the argument otherwise."""
    if isinstance(value, bool) or not isinstance(value, Real):
        item = getattr(value, "item", None)  # NumPy scalars and arrays without axes know their Python value
        if isinstance(value, bool) or item is None or getattr(value, "shape", None) != () or hasattr(value, "mask"):
            raise InputError(f"{name} must be a real number, not {_text(value)}.")
        return exact(item(), name)
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        raise InputError(f"{name} must be finite, not {value}.")
    return Fraction(value)


def _text(value: object) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else text[:57] + "..."


def shown(value: Fraction, kind: Kind) -> str:
    """A number for an error message: short, never an overflow, and still one that `kind` does not allow."""
    if value.denominator == 1 and abs(value) < 10**16:
        return str(value.numerator)
    for digits in (6, 17, 50, 1000):
        rounded = Context(prec=digits).divide(Decimal(value.numerator), Decimal(value.denominator))
        if not kind.allows(Fraction(rounded)):
            break
    return f"{rounded.normalize():g}"


def checked(value: object, kind: Kind, name: str) -> Fraction:
    """The exact value of an argument, if its kind allows it; InputError naming the argument otherwise."""
    number = exact(value, name)
    if not kind.allows(number):
        raise InputError(f"{name} {kind.words}, not {shown(number, kind)}.")
    return number


def is_array(value: object) -> bool:
    """Whether a value stands for several numbers: a list, a tuple, or a NumPy array with an axis."""
    if isinstance(value, list | tuple):
        return True
    return "numpy" in sys.modules and isinstance(value, sys.modules["numpy"].ndarray) and value.ndim > 0


def checked_array(value: object, kind: Kind, name: str) -> npt.NDArray[np.float64]:
    """Several numbers as an array of doubles; InputError naming the argument where one of them is not allowed."""
    import numpy as np

    if isinstance(value, np.ma.MaskedArray):
        raise InputError(f"{name} must not be masked: leave the masked points out.")
    try:
        found = np.asarray(value)
    except ValueError:
        raise InputError(f"{name} must be an array of real numbers, not a ragged list.") from None
    if found.dtype.kind == "O":  # fractions, decimals, integers beyond 64 bits
        found = np.array([float(exact(x, name)) for x in found.ravel().tolist()]).reshape(found.shape)
    if isinstance(value, list | tuple) and any(isinstance(x, bool) for x in value):
        raise InputError(f"{name} must be an array of real numbers, not of truth values.")
    if found.dtype.kind not in "iuf":
        raise InputError(f"{name} must be an array of real numbers, not of {found.dtype.name}.")
    array = found.astype(np.float64, copy=False)
    if not np.all(np.isfinite(array)):
        raise InputError(f"{name} must be finite everywhere.")
    allowed = kind.allows(array)
    if not np.all(allowed):
        raise InputError(f"{name} {kind.words}, not {array[~allowed].flat[0]:.17g}.")
    return array
