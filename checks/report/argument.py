"""A source's own argument: what it derives from what, how far an error goes in it, and how that is drawn.

* A *root* error is a refuted statement, derived from nothing that is refuted, with which something falls that nothing
  printed comes after: a result.
* A *consequence* is refuted, and derived from a root error.
* A *slip* is refuted, and no refuted result rests on it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from convbound.checks.report import layers

if TYPE_CHECKING:
    from convbound.checks.report.document import Use

WRONG = ("refuted", "contradicted")
SETTLED = ("proved", "supported", "assumed")
ROOT, CONSEQUENCE, SLIP, HOLDS, OPEN = "root", "consequence", "slip", "holds", "open"
KINDS = {  # kind: its sign in a figure, the verdict whose colour it has, and what it means
    ROOT: ("✗", "refuted", "root error"),
    CONSEQUENCE: ("✗", "refuted", "falls with it"),
    SLIP: ("!", "open", "slip: no result rests on it"),
    HOLDS: ("✓", "proved", "holds"),
    OPEN: ("?", "assumed", "not settled"),
}


@dataclass(frozen=True)
class Printed:
    """A printed statement: the claims that encode it, one for each reading, their verdicts, what it is derived from."""

    name: str
    text: str
    claims: tuple[str, ...]
    verdicts: tuple[str, ...]
    uses: tuple[Use, ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether it fails in every way in which it can be read."""
        return bool(self.verdicts) and all(v in WRONG for v in self.verdicts)

    @property
    def holds(self) -> bool:
        """Whether it holds in every way in which it can be read."""
        return bool(self.verdicts) and all(v in SETTLED for v in self.verdicts)


@dataclass(frozen=True)
class Link:
    """That one statement is derived from another; an error goes along the red ones.

    Attributes:
        used: the number of the statement that is used.
        user: the number of the one derived from it.
        red: whether the error of the first brings down the second.
        weaker: the claim, where less than what is printed is used.
    """

    used: int
    user: int
    red: bool
    weaker: str | None


class Argument:
    """What falls with what: errors flow along the uses, except where a weaker claim that holds is all that is used."""

    def __init__(self, statements: Sequence[Printed], proved: Collection[str]) -> None:
        """Follow the errors.

        Args:
            statements: in the source's order; their uses name others by number.
            proved: the names of the claims that hold.
        """
        self.statements = tuple(statements)
        self.used_by: dict[int, set[int]] = {n: set() for n in range(len(statements))}
        self.spoils: dict[int, set[int]] = {n: set() for n in range(len(statements))}
        for n, s in enumerate(statements):
            for use in s.uses:
                self.used_by[use.quote].add(n)
                if s.wrong and statements[use.quote].wrong and use.claim not in proved:
                    self.spoils[use.quote].add(n)

    @cached_property
    def fatal(self) -> set[int]:
        """The refuted statements with which a result falls, that result included."""
        results = {n for n, s in enumerate(self.statements) if s.wrong and not self.used_by[n]}
        found = {n for n in results if self.ancestors(n)}
        return found | {a for n in found for a in self.ancestors(n)}

    def ancestors(self, number: int) -> set[int]:
        """The refuted statements that a refuted one is derived from, directly or through refuted ones."""
        found: set[int] = set()
        waiting = [number]
        while waiting:
            below = waiting.pop()
            above = {n for n, spoilt in self.spoils.items() if below in spoilt} - found
            found |= above
            waiting += above
        return found

    def refuted_uses(self, number: int) -> list[int]:
        """The refuted statements that one is derived from directly."""
        return [n for n, spoilt in self.spoils.items() if number in spoilt]

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """What each statement is: a key of `KINDS`."""
        wrong = [n for n, s in enumerate(self.statements) if s.wrong]
        roots = {n for n in wrong if n in self.fatal and not self.fatal & self.ancestors(n)}
        fallen = {n for n in wrong if n not in roots and self.ancestors(n) & roots}
        found = []
        for n, s in enumerate(self.statements):
            if s.wrong:
                found.append(ROOT if n in roots else CONSEQUENCE if n in fallen else SLIP)
            else:
                found.append(HOLDS if s.holds else OPEN)
        return tuple(found)

    def of(self, kind: str) -> list[int]:
        """The numbers of the statements of one kind."""
        return [n for n, found in enumerate(self.kinds) if found == kind]

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every use, by the statement that uses."""
        return tuple(
            Link(
                use.quote,
                n,
                n in self.spoils[use.quote] and self.kinds[n] == CONSEQUENCE and self.kinds[use.quote] != SLIP,
                use.claim,
            )
            for n, s in enumerate(self.statements)
            for use in s.uses
        )


# ------------------------------------------------------------------------------------------------------- as a drawing

LINE, LETTER = 15.0, 6.6  # heights of a line and widths of a letter in a box


@dataclass(frozen=True)
class Shape:
    """How broad a drawing may be: letters in a line of a box, lines of a box, and width of a row."""

    letters: int
    lines: int
    widest: float


WIDE = Shape(letters=24, lines=2, widest=900.0)
NARROW = Shape(letters=16, lines=3, widest=320.0)  # two boxes beside each other on a phone


@dataclass(frozen=True)
class Box:
    """A statement in the drawing; `x` and `y` are its upper left corner."""

    number: int
    kind: str
    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Drawing:
    """The argument drawn: boxes of one size, and for each link the points that its arrow goes through."""

    boxes: tuple[Box, ...]
    arrows: tuple[tuple[Link, tuple[layers.Point, ...]], ...]
    box: tuple[float, float]  # width and height of a box
    width: float
    height: float


def draw(argument: Argument, shape: Shape = WIDE) -> Drawing:
    """Place every statement: what is derived below what it is derived from, and no higher than it has to be."""
    used = {str(n): sorted({str(u.quote) for u in s.uses}) for n, s in enumerate(argument.statements)}
    width, height = shape.letters * LETTER + 34, shape.lines * LINE + 14
    size = layers.Size(widest=shape.widest, height=height, step=height + 34)
    layout = layers.lay_out(used, _ranks(used), dict.fromkeys(used, width), size)
    boxes = tuple(
        Box(n, argument.kinds[n], *layout.corners[str(n)], _lines(s.name, shape))
        for n, s in enumerate(argument.statements)
    )
    arrows = tuple((link, layout.routes[str(link.used), str(link.user)]) for link in argument.links)
    return Drawing(boxes, arrows, (width, height), layout.width, layout.height)


def _ranks(used: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Layers, each statement as low as what is derived from it allows."""
    users: dict[str, list[str]] = {name: [] for name in used}
    for name, above in used.items():
        for n in above:
            users[n].append(name)
    depth: dict[str, int] = {}
    for name in TopologicalSorter(users).static_order():
        depth[name] = 1 + max((depth[n] for n in users[name]), default=-1)
    return {name: max(depth.values()) - d for name, d in depth.items()}


def _lines(name: str, shape: Shape) -> tuple[str, ...]:
    """A name in the lines of a box."""
    return tuple(textwrap.wrap(name, shape.letters, max_lines=shape.lines, placeholder=" …"))
