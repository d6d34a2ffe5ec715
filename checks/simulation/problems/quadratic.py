"""Objectives whose coordinates are coupled: dense quadratics, low rank plus a multiple of the identity, rotations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array
from convbound.checks.simulation.problems.base import Problem, numbers
from convbound.checks.simulation.problems.separable import Separable


@dataclass(frozen=True, eq=False)
class Quadratic:
    """F(w) = (w - b)^T A (w - b) / 2 with A symmetric, positive semidefinite, of largest eigenvalue `smoothness`.

    `matrix` has shape (d, d), `centre` (d,). The eigenvalue is given, not computed: the builders know it.

    Raises:
        InputError: the shapes do not fit, or A is not symmetric.
    """

    matrix: Array
    centre: Array
    smoothness: Number

    def __post_init__(self) -> None:
        object.__setattr__(self, "matrix", numbers(self.matrix, "matrix"))
        object.__setattr__(self, "centre", numbers(self.centre, "centre"))
        if self.centre.ndim != 1 or self.matrix.shape != (self.centre.size, self.centre.size):
            raise InputError("the matrix must be square, with one row for every entry of the centre.")
        if not np.array_equal(self.matrix, self.matrix.T):
            raise InputError("the matrix must be symmetric.")

    @property
    def dimension(self) -> int:
        """The number d of coordinates."""
        return int(self.centre.size)

    @property
    def infimum(self) -> Number:
        """F_inf = 0, attained at b."""
        return 0 * self.centre[0]

    def gradient(self, w: Array) -> Array:
        """A (w - b) at points of shape (..., d)."""
        gradient: Array = (w - self.centre) @ self.matrix
        return gradient

    def value(self, w: Array) -> Number:
        """F at points of shape (..., d); shape (...)."""
        return ((w - self.centre) * self.gradient(w)).sum(axis=-1) / 2

    def floating(self) -> Quadratic:
        """The same function on float64 arrays, every number rounded once."""
        return Quadratic(self.matrix.astype(np.float64), self.centre.astype(np.float64), float(self.smoothness))


@dataclass(frozen=True, eq=False)
class LowRank:
    """F(w) = (w - b)^T (shift I + U U^T) (w - b) / 2, the columns of U (shape (d, k)) orthogonal to one another.

    Then L = shift + the largest squared length of a column, exactly, and a gradient costs O(d k).

    Raises:
        InputError: the shift is negative, or the columns are not orthogonal.
    """

    shift: Number
    factors: Array
    centre: Array

    def __post_init__(self) -> None:
        object.__setattr__(self, "factors", numbers(self.factors, "factors"))
        object.__setattr__(self, "centre", numbers(self.centre, "centre"))
        if self.factors.ndim != 2 or self.factors.shape[0] != self.centre.size or self.factors.shape[1] == 0:
            raise InputError("the factors must have one row for every entry of the centre, and at least one column.")
        products = self.factors.T @ self.factors
        if self.shift < 0 or np.any(products - np.diag(np.diag(products)) != 0):
            raise InputError("the shift must not be negative and the factors must be orthogonal columns.")

    @property
    def dimension(self) -> int:
        """The number d of coordinates."""
        return int(self.centre.size)

    @property
    def smoothness(self) -> Number:
        """L = shift + max |u_j|^2."""
        return self.shift + max((self.factors**2).sum(axis=0))

    @property
    def infimum(self) -> Number:
        """F_inf = 0, attained at b."""
        return 0 * self.centre[0]

    def gradient(self, w: Array) -> Array:
        """shift (w - b) + U U^T (w - b) at points of shape (..., d)."""
        u = w - self.centre
        gradient: Array = self.shift * u + (u @ self.factors) @ self.factors.T
        return gradient

    def value(self, w: Array) -> Number:
        """F at points of shape (..., d); shape (...)."""
        u = w - self.centre
        return (self.shift * (u**2).sum(axis=-1) + ((u @ self.factors) ** 2).sum(axis=-1)) / 2

    def floating(self) -> LowRank:
        """The same function on float64 arrays, every number rounded once."""
        return LowRank(float(self.shift), self.factors.astype(np.float64), self.centre.astype(np.float64))


@dataclass(frozen=True, eq=False)
class Rotated:
    """F(w) = S(Q^T w) for a separable S and an orthogonal Q of shape (d, d): the same L and the same infimum.

    With S indefinite and wrapped this is the dense nonconvex objective.

    Raises:
        InputError: Q does not fit, or is not orthogonal (exactly for Fractions, to 1e-12 for floats).
    """

    basis: Array
    inner: Separable

    def __post_init__(self) -> None:
        object.__setattr__(self, "basis", numbers(self.basis, "basis"))
        if self.basis.shape != (self.inner.dimension, self.inner.dimension):
            raise InputError("the basis must be square, of the dimension of the separable objective.")
        error = np.abs(self.basis.T @ self.basis - np.eye(self.inner.dimension, dtype=int)).max()
        if error > (0 if self.basis.dtype == object else 1e-12):
            raise InputError("the basis must be orthogonal.")

    @property
    def dimension(self) -> int:
        """The number d of coordinates."""
        return self.inner.dimension

    @property
    def smoothness(self) -> Number:
        """L of the separable objective."""
        return self.inner.smoothness

    @property
    def infimum(self) -> Number:
        """F_inf of the separable objective."""
        return self.inner.infimum

    def gradient(self, w: Array) -> Array:
        """Q grad S(Q^T w) at points of shape (..., d)."""
        gradient: Array = self.inner.gradient(w @ self.basis) @ self.basis.T
        return gradient

    def value(self, w: Array) -> Number:
        """F at points of shape (..., d); shape (...)."""
        return self.inner.value(w @ self.basis)

    def floating(self) -> Rotated:
        """The same function on float64 arrays, every number rounded once."""
        return Rotated(self.basis.astype(np.float64), self.inner.floating())


def is_exact(problem: Problem) -> bool:
    """Whether the problem's numbers are Fractions, so that its formulas are exact."""
    match problem:
        case Separable():
            return problem.curvature.dtype == object and problem.centre.dtype == object
        case Quadratic():
            return problem.matrix.dtype == object and problem.centre.dtype == object
        case LowRank():
            return problem.factors.dtype == object and problem.centre.dtype == object
        case Rotated():
            return problem.basis.dtype == object and is_exact(problem.inner)
    return False
