"""What a scheme of your own is made of: `from convbound.schemes import CoordinateScheme, Positive, sign`."""

from convbound.checks.simulation.schemes.coordinate import (
    CoordinateScheme,
    Natural,
    Nonnegative,
    Positive,
    Probability,
    floor,
    sign,
)

__all__ = ["CoordinateScheme", "Natural", "Nonnegative", "Positive", "Probability", "floor", "sign"]
