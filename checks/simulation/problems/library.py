"""Builders of the synthetic problems: each fixes L and F_inf by construction."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from convbound.bounds.arithmetic import Number
from convbound.bounds.errors import InputError
from convbound.checks.arrays import Array
from convbound.checks.simulation.problems.base import fractions, numbers
from convbound.checks.simulation.problems.quadratic import LowRank, Quadratic, Rotated
from convbound.checks.simulation.problems.separable import Profile, Separable


def diagonal(curvature: npt.ArrayLike, centre: npt.ArrayLike) -> Separable:
    """F(w) = sum a_i (w_i - b_i)^2 / 2 with a_i >= 0: L = max a_i, F_inf = 0."""
    return Separable(np.asarray(curvature), np.asarray(centre))


def half_integer(dimension: int, smoothness: Number = Fraction(1)) -> Separable:
    """F(w) = (L/2) |w - 1/2|^2: every integer point has a squared gradient norm of at least d L^2 / 4.

    Source: theory of discrete updates, T2 (the lattice's worst case).
    """
    _positive(dimension, "dimension")
    return Separable(fractions([smoothness] * dimension), fractions([Fraction(1, 2)] * dimension))


def indefinite(curvature: npt.ArrayLike, centre: npt.ArrayLike, fold: Number) -> Separable:
    """A quadratic of any signature that is bounded below: L = max |a_i|, F_inf = -fold^2 * sum of |a_i| over a_i < 0.

    A coordinate with a_i < 0 goes down as a_i u^2 / 2 for |u| <= fold, then bends up with curvature |a_i|, so that its
    gradient is -|a_i| u inside and |a_i| (u -+ 2 fold) outside.
    """
    if not fold > 0:
        raise InputError(f"fold must be positive, not {fold}.")
    profile = Profile(numbers([-fold, fold], "fold"), numbers([fold, -fold], "fold"), -fold * fold / 2, 1, 1)
    return Separable(np.asarray(curvature), np.asarray(centre), profile)


def huber(slope: Number, smoothness: Number) -> Separable:
    """d = 1: a quadratic of curvature L near 0 that goes on with constant gradient `slope`; F_inf = 0."""
    if not (slope > 0 and smoothness > 0):
        raise InputError("slope and smoothness must be positive.")
    reach = Fraction(slope) / Fraction(smoothness)
    profile = Profile(fractions([-reach, reach]), fractions([-slope, slope]), Fraction(slope) * reach / 2)
    return Separable(fractions([-1]), fractions([0]), profile)


def sawtooth(climbs: int, smoothness: Number = Fraction(1), dimension: int = 1) -> Separable:
    """The periodic piecewise quadratic on which ZIM has no mean-square floor; F(w) = f(w_1).

    Source: theory of discrete updates, section 4, with m = `climbs`: going left, 8 m^2 + 2 m unit cells in which F'
    goes L/8, -3L/8, L/8, then 2 m cells with integer gradients L/8 + j L, j = 0..m..0. F' is positive at every integer,
    F_inf = -L/128, and F(0) = 0 where the climb begins.
    """
    _positive(climbs, "climbs")
    _positive(dimension, "dimension")
    m, L = climbs, Fraction(smoothness)
    cells = 8 * m * m + 2 * m
    period = cells + 2 * m
    # Rightwards from -period: the drop first (its gradients are symmetric), then the climbing cells up to 0.
    knots = [Fraction(-period + k) for k in range(2 * m)]
    slopes = [L / 8 + L * min(k, 2 * m - k) for k in range(2 * m)]
    for k in range(cells):
        knots += [Fraction(-cells + k), Fraction(-cells + k) + Fraction(1, 2)]
        slopes += [L / 8, -3 * L / 8]
    profile = Profile(fractions([*knots, 0]), fractions([*slopes, L / 8]), Fraction(0), period=Fraction(period))
    return Separable(fractions([-1] + [0] * (dimension - 1)), fractions([0] * dimension), profile)


def dense_spectrum(eigenvalues: npt.ArrayLike, centre: npt.ArrayLike, rng: np.random.Generator) -> Quadratic:
    """A = Q diag(eigenvalues) Q^T with Q uniform on the orthogonal group; L = the largest eigenvalue, to rounding."""
    spectrum = numbers(eigenvalues, "eigenvalues").astype(np.float64)
    if np.any(spectrum < 0):
        raise InputError("eigenvalues must not be negative; indefinite_dense takes any sign.")
    basis = _random_basis(spectrum.size, rng)
    matrix = (basis * spectrum) @ basis.T
    return Quadratic((matrix + matrix.T) / 2, np.asarray(centre, dtype=np.float64), float(spectrum.max()))


def dense_rational(
    eigenvalues: Sequence[Number], centre: npt.ArrayLike, reflections: Sequence[Sequence[int]]
) -> Quadratic:
    """A = Q diag(eigenvalues) Q^T in Fractions, Q a product of reflections I - 2 v v^T / v^T v: L is exact.

    Where every v^T v is a power of two and the eigenvalues are dyadic, so is A, and float64 arithmetic is exact too.
    """
    basis = _reflected(len(eigenvalues), reflections)
    matrix = (basis * fractions(eigenvalues)) @ basis.T
    return Quadratic(matrix, fractions(centre), max(Fraction(x) for x in eigenvalues))


def indefinite_dense(
    eigenvalues: Sequence[Number], centre: npt.ArrayLike, fold: Number, reflections: Sequence[Sequence[int]]
) -> Rotated:
    """The wrapped indefinite quadratic in a rotated basis, in Fractions; the quadratic part is flat at `centre`."""
    basis = _reflected(len(eigenvalues), reflections)
    inner = indefinite(fractions(eigenvalues), fractions(centre) @ basis, Fraction(fold))
    return Rotated(basis, inner)


def low_rank(shift: Number, lengths: Sequence[Number], centre: npt.ArrayLike) -> LowRank:
    """Rank k = len(lengths) plus shift * I: column j holds lengths[j] on the coordinates i with i mod k = j."""
    middle = numbers(centre, "centre")
    factors = np.zeros((middle.size, len(lengths)), dtype=middle.dtype)
    for j, length in enumerate(lengths):
        factors[j :: len(lengths), j] = length
    return LowRank(shift, factors, middle)


def _random_basis(dimension: int, rng: np.random.Generator) -> Array:
    orthogonal, triangle = np.linalg.qr(rng.standard_normal((dimension, dimension)))
    basis: Array = orthogonal * np.sign(np.diag(triangle))
    return basis


def _reflected(dimension: int, reflections: Sequence[Sequence[int]]) -> Array:
    basis = fractions(np.eye(dimension, dtype=int))
    for vector in reflections:
        v = fractions(vector)
        if v.shape != (dimension,) or not np.any(v != 0):
            raise InputError("a reflection needs a nonzero vector with one entry for every eigenvalue.")
        basis = basis - np.outer(basis @ v, 2 * v / (v @ v))
    return basis


def _positive(number: int, name: str) -> None:
    if number < 1:
        raise InputError(f"{name} must be at least 1, not {number}.")
