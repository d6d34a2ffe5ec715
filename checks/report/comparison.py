"""The comparison of bounds in a report, arranged once: by the quantity that they bound."""

from __future__ import annotations

from dataclasses import dataclass

from convbound.bounds.plain_data import Json
from convbound.checks.report.report_model import Report


@dataclass(frozen=True)
class Group:
    """The bounds on one quantity, in the order of the catalogue's answer.

    Attributes:
        quantity: its identifier in the catalogue.
        title: what it is called.
        entries: the bounds, as `convbound bound --json` has them.
        curves: their values by the dimension, by the bound's identifier.
    """

    quantity: str
    title: str
    entries: tuple[Json, ...]
    curves: Json

    @property
    def drawn(self) -> list[Json]:
        """The bounds that have a place on a logarithmic axis."""
        return [e for e in self.entries if e["value"]]


@dataclass(frozen=True)
class Comparison:
    """All bounds that rest on the claims of a report, at its subject's example."""

    groups: tuple[Group, ...]
    point: str
    reading: tuple[str, ...]


def compared(report: Report) -> Comparison | None:
    """The comparison of a report's document; None where it holds none."""
    found = report.document.bounds
    if not found:
        return None
    from convbound.bounds import QUANTITIES

    titles = {q.id: q.title for q in QUANTITIES.values()}
    entries: dict[str, list[Json]] = {}
    for entry in found["bounds"]:
        if entry["value"] is not None:
            entries.setdefault(entry["quantity"], []).append(entry)
    groups = (Group(q, titles.get(q, q), tuple(rows), found["curves"]) for q, rows in entries.items())
    point = ", ".join(f"{k} = {v}" for k, v in found["parameters"].items() if k in ("L", "d", "c"))
    return Comparison(tuple(groups), point, tuple(found["reading"]))
