"""What a bound is worth at given parameters: valid, vacuous, impossible, or about something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from convbound.bounds.arithmetic import decimal
from convbound.bounds.catalogue import CATALOGUE, determined
from convbound.bounds.entry import QUANTITIES, WITHOUT_SMOOTHING, Bound
from convbound.bounds.evaluation import evaluate_decimal, missing
from convbound.bounds.verdicts import verdict_of

MINIMUM = {2: CATALOGUE["lattice-minimum:mean-square"], 1: CATALOGUE["lattice-minimum:mean-norm"]}
ROUNDING = Decimal("1e-40")  # two 60-digit values closer than this are one value


@dataclass(frozen=True, eq=False)
class Assessment:
    """A bound at a point: its `value` to 60 digits, the `verdict` of its claims, its `worth` and a `remark` on it.

    `worth` is "minimum" (no scheme can promise less), "valid", "vacuous" (proved, but no better than the bound G
    that is given, or than 1 for a probability), "impossible" (below the lattice's own minimum), "refuted",
    "elsewhere" (another setting), or the verdict itself where nothing is proved. `vacuous` is None where G is unknown
    or the quantity is no norm.
    """

    bound: Bound
    value: Decimal
    verdict: str
    worth: str
    vacuous: bool | None
    remark: str


def below_minimum(bound: Bound, value: Decimal, parameters: Mapping[str, Fraction]) -> bool:
    """Whether `value` promises less than the lattice allows (T2), judged only if T2 itself is proved."""
    power = QUANTITIES[bound.quantity].power
    if (
        power is None
        or bound.role != "upper"
        or bound.setting != "lattice"
        or (verdict_of(MINIMUM[power], parameters) != "proved")
    ):
        return False
    minimum = evaluate_decimal(MINIMUM[power], parameters)
    if minimum is None or beyond_G(parameters):
        return False  # where ‖∇F‖₂ ≤ G the objective behind the minimum is none of those that are spoken of
    return minimum - value > ROUNDING * minimum


def is_vacuous(bound: Bound, value: Decimal, parameters: Mapping[str, Fraction]) -> bool | None:
    """Whether the bound says no more than ‖∇F(w_k)‖₂ ≤ G does, or than 1 of a probability; None if nobody can ask."""
    if bound.quantity == "miss/K":
        return value >= 1
    power = QUANTITIES[bound.quantity].power
    if power is None or bound.role != "upper" or "G" not in parameters:
        return None
    return bool(value >= decimal(parameters["G"]) ** power)


def _worth(bound: Bound, verdict: str, impossible: bool, vacuous: bool | None) -> str:
    if bound.setting != "lattice":
        return "elsewhere"
    if impossible:
        return "impossible"
    if verdict != "proved":
        return verdict
    if bound.role == "lower":
        return "minimum"
    return "vacuous" if vacuous else "valid"


def _remark(bound: Bound, verdict: str, worth: str, parameters: Mapping[str, Fraction]) -> str:
    parts = [] if bound.scheme == "bold" and verdict == "assumed" else [verdict]  # its note says it in full
    if verdict == "open" and verdict_of(bound) == "proved":
        zero = bound.claims_at(parameters)[0].partition(bound.claim)[2].startswith(WITHOUT_SMOOTHING)
        parts.append(f"proved only for {'c > 0' if zero else 'spacing δ = 1'}")
    if worth == "impossible":
        parts.append("below the lattice minimum")
        if verdict == "proved":
            parts.append("no lattice scheme has these constants on every L-smooth objective")
    if worth == "vacuous":
        parts.append("no probability exceeds 1" if bound.quantity == "miss/K" else "no better than G itself")
    if bound.note:
        parts.append(bound.note)
    if worth == "minimum" and beyond_G(parameters):
        parts.append("for all L-smooth F; those with ‖∇F‖₂ ≤ G stay below it")
    return "; ".join(parts)


def beyond_G(parameters: Mapping[str, Fraction]) -> bool:
    """Whether G is given and below the lattice's own minimum √d·δL/2, so that no bound says as much as G does."""
    if "G" not in parameters:
        return False
    return 4 * parameters["G"] ** 2 < parameters["d"] * (parameters["L"] * parameters.get("delta", 1)) ** 2


def assess(bound: Bound, parameters: Mapping[str, Fraction]) -> Assessment | None:
    """The bound at these parameters and what it is worth there; None where its condition does not hold."""
    value = evaluate_decimal(bound, parameters)
    if value is None:
        return None
    verdict = verdict_of(bound, parameters)
    vacuous = is_vacuous(bound, value, parameters)
    worth = _worth(bound, verdict, below_minimum(bound, value, parameters), vacuous)
    return Assessment(bound, value, verdict, worth, vacuous, _remark(bound, verdict, worth, parameters))


def assess_all(parameters: Mapping[str, Fraction], bounds: Iterable[Bound] | None = None) -> list[Assessment]:
    """Every bound that the parameters determine and whose condition holds, by quantity, smallest value first.

    A quantity of which nothing but the lattice's minimum is known is left out.
    """
    entries = determined(parameters) if bounds is None else bounds
    found = [assessment for entry in entries if (assessment := assess(entry, parameters)) is not None]
    spoken_of = {a.bound.quantity for a in found if a.bound.role != "lower"}
    found = [a for a in found if a.bound.quantity in spoken_of]
    order = list(QUANTITIES)
    lower_first = {"lower": 0, "upper": 1, "constant": 2}
    return sorted(found, key=lambda a: (order.index(a.bound.quantity), a.value, lower_first[a.bound.role]))


@dataclass(frozen=True, eq=False)
class LeftOut:
    """A bound that says nothing at a point: the letters that are `missing`, or the `condition` that fails there."""

    bound: Bound
    missing: tuple[str, ...]
    condition: str


def left_out(parameters: Mapping[str, Fraction]) -> list[LeftOut]:
    """The bounds of the catalogue that `assess_all` leaves out for want of a parameter or of their condition."""
    spacing = parameters.get("delta", 1) != 1
    found = []
    for bound in CATALOGUE.values():
        if absent := missing(bound, parameters):
            found.append(LeftOut(bound, tuple(absent), ""))
        elif not bound.applies_at(parameters):
            condition = bound.written_condition(spacing=spacing)
            found.append(LeftOut(bound, (), condition.text if condition else ""))
    return found


def recommended(assessments: Iterable[Assessment], quantity: str, scheme: str | None = None) -> Assessment | None:
    """The smallest valid bound on a quantity, of one scheme if named."""
    valid = [
        a
        for a in assessments
        if a.worth == "valid" and a.bound.quantity == quantity and scheme in (None, a.bound.scheme)
    ]
    return min(valid, key=lambda a: a.value, default=None)
