"""Standing hypotheses: those that many claims of a library suppose together, named once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convbound.proofs.record import Assumption, Record

FEWEST = 3  # so many hypotheses, and so many claims, are worth a name
GROUPS = 6  # a reader keeps no more apart

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Standing:
    """Hypotheses that some claims of a library all suppose.

    Attributes:
        name: S1, S2, …, by how much each spares its reader.
        library: whose claims they are.
        anchor: where the group stands in a report.
        assumptions: the hypotheses, in the order in which they are first supposed.
        claims: how many claims suppose all of them.
    """

    name: str
    library: str
    anchor: str
    assumptions: tuple[Assumption, ...]
    claims: int


@dataclass(frozen=True)
class Supposed:
    """What one claim supposes, arranged: standing groups, each with the claim's own marks, and what it adds to them."""

    groups: tuple[tuple[Standing, tuple[Assumption, ...]], ...]
    own: tuple[Assumption, ...]


def standing_of(library: str, records: Sequence[Record], place: str) -> tuple[Standing, ...]:
    """The standing hypotheses of a library's claims, those first that spare the most lines.

    A group is named by a claim only where the claim supposes every hypothesis of it. What is added to a source, or
    derived, or new in a correction is never part of one: it stands at its claim.

    Args:
        library: whose claims they are.
        records: the claims.
        place: what the anchors of the groups begin with.
    """
    first: dict[Key, Assumption] = {}
    bits: dict[Key, int] = {}
    left = []
    for record in records:
        held = 0
        for a in record.assumptions:
            if can_stand(a):
                first.setdefault(key_of(a), a)
                held |= 1 << bits.setdefault(key_of(a), len(bits))
        left.append(held)
    found: list[Standing] = []
    while len(found) < GROUPS and (group := _best(left)):
        members = tuple(first[key] for key, bit in bits.items() if group >> bit & 1)
        holders = sum(group & ~held == 0 for held in left)
        name = f"S{len(found) + 1}"
        found.append(Standing(name, library, f"{place}-{name}", members, holders))
        left = [held & ~group if group & ~held == 0 else held for held in left]
    return tuple(found)


def supposed(record: Record, standing: Sequence[Standing]) -> Supposed:
    """A claim's hypotheses by the groups that it supposes as a whole; each of them stands in just one place."""
    left = list(record.assumptions)
    groups = []
    for group in standing:
        keys = {key_of(a) for a in group.assumptions}
        own = {key_of(a): a for a in left if can_stand(a) and key_of(a) in keys}
        if len(own) == len(keys):
            groups.append((group, tuple(own[key_of(a)] for a in group.assumptions)))
            left = [a for a in left if not (can_stand(a) and key_of(a) in keys)]
    return Supposed(tuple(groups), tuple(left))


def can_stand(a: Assumption) -> bool:
    """Whether a hypothesis may be named elsewhere than at its claim."""
    return not (a.added or a.instance_of or a.beyond)


def key_of(a: Assumption) -> Key:
    """What makes two hypotheses the same to a reader."""
    return (a.label, a.text, a.latex)


def _best(left: Sequence[int]) -> int:
    """The set of hypotheses, as bits, whose name spares the most lines; 0 where none is worth a name."""
    candidates = {a & b for k, a in enumerate(left) for b in left[:k]}
    worth = {}
    for group in candidates:
        holders = sum(group & ~held == 0 for held in left)
        if group.bit_count() >= FEWEST and holders >= FEWEST:
            worth[group] = (group.bit_count() - 1) * holders
    return min(worth, key=lambda group: (-worth[group], group), default=0)
