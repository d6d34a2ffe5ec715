"""What to do with a table of bounds, in sentences: which to use, what says nothing, and what the subjects add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from convbound.bounds.arithmetic import calculation, decimal
from convbound.bounds.assessment import Table
from convbound.bounds.catalogue import QUANTITIES, STUDIED, SUBJECTS
from convbound.bounds.notation import short
from convbound.bounds.sentences import Advice, StepLimit, percent


def reading(table: Table) -> list[str]:
    """A few sentences for people: which bounds to use, what says nothing, then what the subjects say."""
    with localcontext(calculation()):
        sentences = [_use(table, quantity) for quantity in QUANTITIES if QUANTITIES[quantity].use]
        sentences.append(_small_G(table) or _vacuous(table))
        sentences += [sentence(table) for subject in SUBJECTS.values() for sentence in subject.sentences]
        return [sentence for sentence in sentences if sentence is not None]


def advice(parameters: Mapping[str, Fraction]) -> list[Advice]:
    """What the theories let one choose freely at these parameters."""
    with localcontext(calculation()):
        pieces = [adviser(parameters) for subject in SUBJECTS.values() for adviser in subject.advisers]
        return [piece for piece in pieces if piece is not None]


@dataclass(frozen=True)
class StepLimits:
    """A condition on the parameter `letter` under its heading, in all versions."""

    heading: str
    letter: str
    limits: tuple[StepLimit, ...]


def admissible_steps(parameters: Mapping[str, Fraction]) -> list[StepLimits]:
    """The conditions that subjects put on a parameter of their schemes, each in all its versions."""
    with localcontext(calculation()):
        found: dict[tuple[str, str], list[StepLimit]] = {}
        for subject in SUBJECTS.values():
            if (step := subject.step) is not None:
                found.setdefault((step.heading, step.letter), []).extend(step.limits(parameters))
        return [StepLimits(*key, tuple(limits)) for key, limits in found.items() if limits]


def _use(table: Table, quantity: str) -> str | None:
    """Which valid bound to use for one quantity: the best of each scheme that is studied, and the best of all."""
    best = table.recommended(quantity)
    if best is None:
        return None
    minimum = table.minimum(quantity)
    parts: list[str] = []
    for choice in dict.fromkeys((*(table.recommended(quantity, scheme) for scheme in STUDIED), best)):
        if choice is None:
            continue
        part = f"{choice.bound.title}, {short(choice.value)}"
        if minimum is not None:
            excess = choice.value / minimum.value - 1
            attained = excess < Decimal("1e-12")
            part += ", the lattice minimum itself" if attained else f", {percent(excess)} above the lattice minimum"
        parts.append(part)
    return f"For {QUANTITIES[quantity].use}: " + "; ".join(parts) + "."


def _small_G(table: Table) -> str | None:
    """What remains to be said where G is below the lattice's own minimum."""
    if not table.beyond_G:
        return None
    G = decimal(table.parameters["G"])
    minimum = table.minimum("mean-square")
    which = f"the lattice minimum {minimum.bound.written(spacing=True).text}" if minimum else "the lattice minimum"
    return (
        f"Every bound on the lattice is vacuous: ‖∇F(w_k)‖₂ ≤ G says more already, G² = {short(G * G)}, which is below "
        f"{which}; only objectives with larger gradients keep that one."
    )


def _vacuous(table: Table) -> str | None:
    named = [a.bound.title for a in table if a.worth == "vacuous"]
    if not named:
        return None
    return f"No better than the gradient bound G that is given, so vacuous: {'; '.join(dict.fromkeys(named))}."
