"""What a bound is worth at given parameters: valid, vacuous, impossible, or about something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from convbound.bounds.arithmetic import decimal
from convbound.bounds.catalogue import CATALOGUE, QUANTITIES, determined
from convbound.bounds.entry import Bound
from convbound.bounds.evaluation import evaluate_decimal, missing
from convbound.bounds.verdict import Verdict
from convbound.bounds.verdicts import verdict_of

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
    verdict: Verdict
    worth: str
    vacuous: bool | None
    remark: str


@dataclass(frozen=True, eq=False)
class Table:
    """All assessments at one point, by quantity, the smallest value first."""

    parameters: Mapping[str, Fraction]
    assessments: tuple[Assessment, ...]

    def __iter__(self) -> Iterator[Assessment]:
        return iter(self.assessments)

    def __len__(self) -> int:
        return len(self.assessments)

    def get(self, identifier: str) -> Assessment | None:
        """The assessment of the bound with this identifier, None where the bound says nothing here."""
        return next((a for a in self if a.bound.id == identifier), None)

    def minimum(self, quantity: str) -> Assessment | None:
        """What no scheme can promise less than, None where nothing of the kind is known."""
        return next((a for a in self if a.bound.quantity == quantity and a.bound.role == "lower"), None)

    def recommended(self, quantity: str, scheme: str | None = None) -> Assessment | None:
        """The smallest valid bound on a quantity, of one scheme if named.

        Args:
            quantity: its identifier in `QUANTITIES`, such as `mean-norm`.
            scheme: the identifier of a scheme; by default of any.

        Returns:
            The assessment of that bound; None where no bound on the quantity is valid.
        """
        valid = (
            a
            for a in self
            if a.worth == "valid" and a.bound.quantity == quantity and scheme in (None, a.bound.scheme.id)
        )
        return min(valid, key=lambda a: a.value, default=None)

    @property
    def beyond_G(self) -> bool:
        """Whether G is given and below the lattice's own minimum, so that no bound says as much as G does."""
        return beyond_G(self.parameters)


def minimum_of(bound: Bound) -> Bound | None:
    """The entry that says what no scheme of the bound's setting can promise less than."""
    wanted = (bound.quantity, bound.setting, "lower")
    return next((b for b in CATALOGUE.values() if (b.quantity, b.setting, b.role) == wanted), None)


def below_minimum(bound: Bound, value: Decimal, parameters: Mapping[str, Fraction]) -> bool:
    """Whether `value` promises less than the setting allows, judged only if its minimum itself is proved."""
    if bound.role != "upper" or (lowest := minimum_of(bound)) is None:
        return False
    if verdict_of(lowest, parameters) is not Verdict.PROVED:
        return False
    minimum = evaluate_decimal(lowest, parameters)
    if minimum is None or beyond_G(parameters):
        return False  # where ‖∇F‖₂ ≤ G the objective behind the minimum is none of those that are spoken of
    return minimum - value > ROUNDING * minimum


def is_vacuous(bound: Bound, value: Decimal, parameters: Mapping[str, Fraction]) -> bool | None:
    """Whether the bound says no more than ‖∇F(w_k)‖₂ ≤ G does, or than 1 of a probability; None if nobody can ask."""
    quantity = QUANTITIES[bound.quantity]
    if quantity.most is not None:
        return value >= quantity.most
    if quantity.power is None or bound.role != "upper" or "G" not in parameters:
        return None
    return bool(value >= decimal(parameters["G"]) ** quantity.power)


def _worth(bound: Bound, verdict: Verdict, impossible: bool, vacuous: bool | None) -> str:
    if bound.setting != "lattice":
        return "elsewhere"
    if impossible:
        return "impossible"
    if verdict is not Verdict.PROVED:
        return verdict
    if bound.role == "lower":
        return "minimum"
    return "vacuous" if vacuous else "valid"


def _remark(bound: Bound, verdict: Verdict, worth: str, parameters: Mapping[str, Fraction]) -> str:
    parts: list[str] = [verdict]
    if verdict is Verdict.OPEN and verdict_of(bound) is Verdict.PROVED:
        special = bound.special_at(parameters)
        parts.append(f"proved only for {special.otherwise if special else 'spacing δ = 1'}")
    if worth == "impossible":
        parts.append("below the lattice minimum")
        if verdict is Verdict.PROVED:
            parts.append("no lattice scheme has these constants on every L-smooth objective")
    if worth == "vacuous":
        most = QUANTITIES[bound.quantity].most
        parts.append("no better than G itself" if most is None else f"no probability exceeds {most}")
    if bound.note:
        parts.append(bound.note)
    if worth == "minimum" and beyond_G(parameters):
        parts.append("for all L-smooth F; those with ‖∇F‖₂ ≤ G stay below it")
    return "; ".join(parts)


def beyond_G(parameters: Mapping[str, Fraction]) -> bool:
    """Whether G is given and below the lattice's own minimum, so that no bound says as much as G does."""
    if "G" not in parameters:
        return False
    for entry in CATALOGUE.values():
        power = QUANTITIES[entry.quantity].power
        if entry.role == "lower" and power is not None and not missing(entry, parameters):
            minimum = evaluate_decimal(entry, parameters)
            if minimum is not None:
                return minimum - decimal(parameters["G"]) ** power > ROUNDING * minimum
    return False


def assess(bound: Bound, parameters: Mapping[str, Fraction]) -> Assessment | None:
    """The bound at these parameters and what it is worth there; None where its condition does not hold."""
    value = evaluate_decimal(bound, parameters)
    if value is None:
        return None
    verdict = verdict_of(bound, parameters)
    vacuous = is_vacuous(bound, value, parameters)
    worth = _worth(bound, verdict, below_minimum(bound, value, parameters), vacuous)
    return Assessment(bound, value, verdict, worth, vacuous, _remark(bound, verdict, worth, parameters))


def assess_all(parameters: Mapping[str, Fraction], bounds: Iterable[Bound] | None = None) -> Table:
    """Every bound that the parameters determine and whose condition holds, by quantity, smallest value first.

    A quantity of which nothing but a minimum is known is left out.

    Args:
        parameters: values by letter, as `parameters(L=1, d=100)` gives them.
        bounds: the bounds to assess; by default all of the catalogue that the parameters determine.
    """
    entries = determined(parameters) if bounds is None else bounds
    found = [assessment for entry in entries if (assessment := assess(entry, parameters)) is not None]
    spoken_of = {a.bound.quantity for a in found if a.bound.role != "lower"}
    found = [a for a in found if a.bound.quantity in spoken_of]
    order = list(QUANTITIES)
    lower_first = {"lower": 0, "upper": 1, "constant": 2}
    found.sort(key=lambda a: (order.index(a.bound.quantity), a.value, lower_first[a.bound.role]))
    return Table(parameters, tuple(found))


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
