"""What every objective offers, and the two arithmetics it can be asked in."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Protocol

import numpy as np
import numpy.typing as npt

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array


class Problem(Protocol):
    """A continuously differentiable F on R^d with an L-Lipschitz gradient, bounded below (Assumption 2, 3a).

    The same formulas run on float64 arrays and on object arrays of Fractions; the second are exact.
    """

    @property
    def dimension(self) -> int:
        """The number d of coordinates."""
        ...

    @property
    def smoothness(self) -> Number:
        """The least L for which the gradient is L-Lipschitz."""
        ...

    @property
    def infimum(self) -> Number:
        """F_inf, the greatest lower bound of F on R^d."""
        ...

    def value(self, w: Array) -> Number:
        """F at points of shape (..., d); shape (...)."""
        ...

    def gradient(self, w: Array) -> Array:
        """The gradient at points of shape (..., d); the same shape."""
        ...

    def floating(self) -> Problem:
        """The same function on float64 arrays, every number rounded once."""
        ...


def numbers(values: Iterable[Number] | npt.ArrayLike, name: str) -> Array:
    """An array that keeps Fractions and integers exact (object) and everything else as float64.

    Raises:
        InputError: an entry is infinite or not a number.
    """
    array: Array = np.asarray(values)
    if array.dtype == object:
        return array
    array = array.astype(np.float64)
    if not np.all(np.isfinite(array)):
        raise InputError(f"{name} must be finite.")
    return array


def fractions(values: Iterable[Number] | npt.ArrayLike) -> Array:
    """An object array of Fractions of the same shape; lossless, for every float is a rational number."""
    array = np.asarray(values)
    exact = np.empty(array.shape, dtype=object)
    for place, entry in np.ndenumerate(array):
        exact[place] = Fraction(entry.item() if isinstance(entry, np.generic) else entry)
    return exact
