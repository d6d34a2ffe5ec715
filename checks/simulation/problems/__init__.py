"""Synthetic L-smooth objectives that know F, its gradient, L and F_inf exactly."""

from convbound.checks.simulation.problems.base import Problem
from convbound.checks.simulation.problems.library import (
    dense_rational,
    dense_spectrum,
    diagonal,
    half_integer,
    huber,
    indefinite,
    indefinite_dense,
    low_rank,
    sawtooth,
)
from convbound.checks.simulation.problems.quadratic import LowRank, Quadratic, Rotated
from convbound.checks.simulation.problems.separable import Profile, Separable

__all__ = [
    "LowRank",
    "Problem",
    "Profile",
    "Quadratic",
    "Rotated",
    "Separable",
    "dense_rational",
    "dense_spectrum",
    "diagonal",
    "half_integer",
    "huber",
    "indefinite",
    "indefinite_dense",
    "low_rank",
    "sawtooth",
]
