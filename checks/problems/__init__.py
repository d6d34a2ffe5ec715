"""Synthetic L-smooth objectives that know F, its gradient, L and F_inf exactly."""

from convbound.checks.problems.assumptions import AssumptionReport, check_assumptions
from convbound.checks.problems.base import Problem
from convbound.checks.problems.library import (
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
from convbound.checks.problems.quadratic import LowRank, Quadratic, Rotated
from convbound.checks.problems.separable import Profile, Separable

__all__ = [
    "AssumptionReport",
    "LowRank",
    "Problem",
    "Profile",
    "Quadratic",
    "Rotated",
    "Separable",
    "check_assumptions",
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
