"""What a scheme of your own is made of: `from convbound.schemes import CoordinateScheme, Positive, sign`."""

from convbound.checks.simulation.schemes.claims import claims_of
from convbound.checks.simulation.schemes.coordinate import (
    CoordinateScheme,
    Natural,
    Nonnegative,
    Positive,
    Probability,
    Share,
    floor,
    sign,
)

__all__ = [
    "CoordinateScheme",
    "Natural",
    "Nonnegative",
    "Positive",
    "Probability",
    "Share",
    "claims_of",
    "floor",
    "sign",
]
