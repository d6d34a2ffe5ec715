"""Numbers as people write them, read exactly; each float that had to be recognised is kept for the reader."""

from __future__ import annotations

import math
from fractions import Fraction

from convbound.bounds.errors import InputError
from convbound.proofs.methods.radicals import Number, Radical, Tower, lower, text

LARGEST_DENOMINATOR = 10_000


class Reading:
    """The exact numbers of one problem, and the floats that were taken for them."""

    def __init__(self) -> None:
        """Nothing read yet."""
        self.tower = Tower()
        self.recognised: dict[float, Number] = {}

    def number(self, x: object) -> Number:
        """The exact number.

        Raises:
            InputError: it is no number, or a float that is near no simple one.
        """
        exact = getattr(x, "exact", x)
        if isinstance(exact, Radical) and exact.tower is not self.tower:
            raise InputError(f"the root in {text(exact)} belongs to another problem; take it from this one's sqrt.")
        if isinstance(exact, Radical | Fraction | int) and not isinstance(exact, bool):
            return lower(exact)
        try:
            value = float(x)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            raise InputError(f"a number of a method is an integer, a fraction or a root, not {x!r}.") from None
        if not math.isfinite(value):
            raise InputError(f"a number of a method is finite, not {value}.")
        if value.is_integer() and abs(value) < 2**53:
            return Fraction(int(value))
        if value not in self.recognised:
            self.recognised[value] = self._recognise(value)
        return self.recognised[value]

    def _recognise(self, value: float) -> Number:
        short = Fraction(repr(value))
        if short.denominator <= 10**9:
            return short
        near = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
        if _close(float(near), value):
            return near
        square = Fraction(value * value).limit_denominator(LARGEST_DENOMINATOR)
        if square > 0 and _close(math.sqrt(square), abs(value)):
            root = self.tower.sqrt(square)
            return root if value > 0 else -root
        raise InputError(f"the float {value!r} is near no simple number; write it exactly, as a fraction or a root.")

    def sqrt(self, x: object) -> Number:
        """The square root, exactly. Raises InputError for a negative number."""
        number = self.number(x)
        try:
            return self.tower.sqrt(number)
        except ValueError as problem:
            raise InputError(f"{problem}.") from None

    def notes(self) -> tuple[str, ...]:
        """A line for each float that was recognised."""
        return tuple(f"the float {value!r} was read as {text(x)}" for value, x in self.recognised.items())


def _close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=4e-16)
