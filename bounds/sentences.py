"""What subjects say in words about bounds at given parameters is made of: pieces of advice, limits, percentages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from convbound.bounds.arithmetic import decimal
from convbound.bounds.entry import LATTICE_SCALING
from convbound.bounds.notation import SUPERSCRIPTS


@dataclass(frozen=True)
class Advice:
    """One piece of advice: what it is about, the number it turns on (None where there is none), and a sentence."""

    about: str
    value: Decimal | None
    text: str


@dataclass(frozen=True)
class StepLimit:
    """A condition on a step for one choice of constants (of the unit lattice); `limit` None means no condition.

    `satisfied` says whether the given step obeys.
    """

    name: str
    constants: Mapping[str, Decimal | None]
    limit: Decimal | None
    satisfied: bool
    remark: str


def unit_lattice(parameters: Mapping[str, Fraction]) -> dict[str, Decimal]:
    """The parameters as decimals, on the lattice of spacing 1."""
    letters = {name: decimal(value) for name, value in parameters.items()}
    delta = letters.pop("delta", Decimal(1))
    for letter, power in LATTICE_SCALING.items():
        if letter in letters:
            letters[letter] = letters[letter] * delta if power > 0 else letters[letter] / delta
    return letters


def percent(share: Decimal) -> str:
    """A share as a percentage, to two significant digits or the whole percent; a power of ten where it is huge."""
    value = share * 100
    if value >= 10**6:
        rounded = Context(prec=2).plus(value)
        digits = rounded.scaleb(-rounded.adjusted()).normalize()
        return f"{digits:f}·10{str(rounded.adjusted()).translate(SUPERSCRIPTS)}%"
    if value == 0 or value >= 10:
        return f"{value:,.0f}%".replace(",", " ")
    return f"{float(value):.2g}%"
