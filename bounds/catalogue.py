"""The catalogue: every bound the project knows, by identifier and by what it bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from convbound.bounds import entries_lattice, entries_paper
from convbound.bounds.entry import QUANTITIES, Bound
from convbound.bounds.errors import InputError

CATALOGUE: Mapping[str, Bound] = {bound.id: bound for bound in (*entries_paper.ENTRIES, *entries_lattice.ENTRIES)}


def bound(identifier: str) -> Bound:
    """The entry with this identifier; InputError naming the nearest ones where there is none."""
    if not isinstance(identifier, str):
        raise InputError(f"a bound is named by its identifier, a text such as 'zim-norm', not {identifier!r}.")
    if identifier in CATALOGUE:
        return CATALOGUE[identifier]
    import difflib

    near = difflib.get_close_matches(identifier, CATALOGUE, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(CATALOGUE)}."
    raise InputError(f"there is no bound {identifier!r}; {hint}")


def by_quantity(bounds: Iterable[Bound]) -> dict[str, list[Bound]]:
    """Bounds grouped by the quantity they bound, in the order of `QUANTITIES`."""
    groups: dict[str, list[Bound]] = {quantity: [] for quantity in QUANTITIES}
    for entry in bounds:
        groups[entry.quantity].append(entry)
    return {quantity: entries for quantity, entries in groups.items() if entries}


def determined(parameters: Mapping[str, Any]) -> list[Bound]:
    """The bounds for which every needed parameter is given (their conditions are not looked at)."""
    return [entry for entry in CATALOGUE.values() if all(name in parameters for name in entry.needs)]
