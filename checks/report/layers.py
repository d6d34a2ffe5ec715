"""Boxes in layers with arrows downwards: neighbours close together, and long arrows led past the boxes between."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

GAP = 14.0  # between the boxes of a row
THREAD = -6.0  # "width" of an arrow in a row that it only passes: less than the gaps on its sides
SWEEPS = 24

Point = tuple[float, float]


@dataclass(frozen=True)
class Size:
    """How much room there is: of a row, of a box's height, and from the top of one row to that of the next."""

    widest: float
    height: float
    step: float


@dataclass(frozen=True)
class Layout:
    """Upper left corners of the boxes, the points that each arrow goes through, and the room that all take."""

    corners: Mapping[str, Point]
    routes: Mapping[tuple[str, str], tuple[Point, ...]]
    width: float
    height: float


def lay_out(
    used: Mapping[str, Sequence[str]], rank: Mapping[str, int], widths: Mapping[str, float], size: Size
) -> Layout:
    """Place the boxes that an arrow touches, those that it comes from above, the others in rows below.

    Args:
        used: box: the boxes above it, from which an arrow comes.
        rank: the layer of each box, more than that of every box above it.
        widths: of the boxes.
        size: how much room there is; a layer that needs more is dealt out to several rows.
    """
    pairs = [(above, name) for name in used for above in used[name]]
    linked = {name for pair in pairs for name in pair}
    layers: list[list[str]] = [[] for _ in range(1 + max((rank[n] for n in linked), default=-1))]
    for name in (n for n in used if n in linked):
        layers[rank[name]].append(name)
    rows = [row for layer in layers if layer for row in _rows(layer, widths, size.widest)]
    chains = _threads(rows, pairs)
    wide = {**dict.fromkeys((n for chain in chains.values() for n in chain), THREAD), **widths}
    room = max([size.widest, *(_length(row, wide) for row in rows)])
    centre = _centres(rows, _near(chains), wide, room)
    row_of = {name: k for k, row in enumerate(rows) for name in row}
    left = min((centre[n] - wide[n] / 2 for n in row_of), default=0.0)
    corners = {n: (centre[n] - wide[n] / 2 - left, row_of[n] * size.step) for n in row_of if n in widths}
    routes = {
        pair: tuple(
            (centre[n] - left, row_of[n] * size.step + down)
            for k, n in enumerate(chain)
            for down in (0.0, size.height)
            if 0 < k < len(chain) - 1 or (k == 0) == bool(down)
        )
        for pair, chain in chains.items()
    }
    width = max((centre[n] + wide[n] / 2 - left for n in row_of), default=0.0)
    _below([n for n in used if n not in linked], widths, size, corners, (width, len(rows) * size.step))
    across = max([width, *(corners[n][0] + widths[n] for n in corners)])
    return Layout(corners, routes, across, max((y + size.height for _, y in corners.values()), default=0.0))


def _below(
    names: Sequence[str], widths: Mapping[str, float], size: Size, corners: dict[str, Point], room: tuple[float, float]
) -> None:
    """Boxes without arrows, in rows under the others."""
    x, y = 0.0, room[1] + (size.step - size.height if room[1] else 0.0)
    for name in names:
        if x and x + widths[name] > max(room[0], size.widest):
            x, y = 0.0, y + size.height + GAP
        corners[name] = (x, y)
        x += widths[name] + GAP


def _rows(layer: Sequence[str], widths: Mapping[str, float], widest: float) -> list[list[str]]:
    """A layer, or what is left of it when it is dealt out to as many rows as it needs."""
    count = math.ceil(_length(layer, widths) / widest)
    return [list(layer[k::count]) for k in range(count)]


def _threads(rows: Sequence[list[str]], pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    """What each arrow goes through, a place in every row between included; the rows get these places."""
    row_of = {name: k for k, row in enumerate(rows) for name in row}
    chains = {}
    for above, below in pairs:
        between = [f"{above}\n{below}\n{k}" for k in range(row_of[above] + 1, row_of[below])]
        for k, place in enumerate(between, row_of[above] + 1):
            rows[k].append(place)
        chains[above, below] = [above, *between, below]
    return chains


def _near(chains: Mapping[tuple[str, str], Sequence[str]]) -> dict[str, list[str]]:
    """The neighbours of everything that stands in a row."""
    near: dict[str, list[str]] = {}
    for chain in chains.values():
        for one, other in pairwise(chain):
            near.setdefault(one, []).append(other)
            near.setdefault(other, []).append(one)
    return near


def _centres(
    rows: Sequence[list[str]], near: Mapping[str, Sequence[str]], widths: Mapping[str, float], room: float
) -> dict[str, float]:
    """Where boxes stand: each drawn towards its neighbours, kept apart within its layer and inside the room."""
    centre: dict[str, float] = {}
    for row in rows:
        x = 0.0
        for name in row:
            centre[name] = x + widths[name] / 2
            x += widths[name] + GAP
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            wanted = {n: sum(centre[m] for m in near[n]) / len(near[n]) for n in row}
            row.sort(key=lambda n: (wanted[n], n))
            _spread(row, wanted, widths, centre, room)
    return centre


def _spread(
    row: Sequence[str], wanted: Mapping[str, float], widths: Mapping[str, float], centre: dict[str, float], room: float
) -> None:
    """Place a row in its order at the wanted places, moved no further than the gaps and the room ask for."""
    blocks: list[tuple[list[str], float]] = []  # names side by side without room between, and their centre
    for name in row:
        names, middle = [name], wanted[name]
        while blocks:
            before, place = blocks[-1]
            if middle - place >= (_length(before, widths) + _length(names, widths)) / 2 + GAP:
                break
            blocks.pop()
            joined = [*before, *names]
            middle = (place * len(before) + middle * len(names)) / len(joined)
            names = joined
        blocks.append((names, middle))
    first = 0.0
    for names, middle in blocks:
        x = max(middle - _length(names, widths) / 2, first)
        for name in names:
            centre[name] = x + widths[name] / 2
            x += widths[name] + GAP
        first = x
    last = room
    for name in reversed(row):
        centre[name] = min(centre[name], last - widths[name] / 2)
        last = centre[name] - widths[name] / 2 - GAP


def _length(names: Sequence[str], widths: Mapping[str, float]) -> float:
    return sum(widths[n] for n in names) + GAP * (len(names) - 1)
