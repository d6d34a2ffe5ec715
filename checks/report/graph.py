"""The graph of claims: what each proof really used, laid out in layers, every claim below what it rests on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from convbound.checks.report.report_model import Report, View

HEIGHT, GAP, LAYER = 40.0, 14.0, 74.0
LETTER = 7.3  # width of a letter
WIDEST = 930.0  # a layer that needs more room is broken into rows
SWEEPS = 12


@dataclass(frozen=True)
class Node:
    """A claim as a box; `x` and `y` are its upper left corner."""

    view: View
    x: float
    y: float
    width: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Graph:
    """Boxes and arrows, and how much room they need; `alone` is where the claims without arrows begin."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[Node, Node], ...]
    width: float
    height: float
    alone: float


def label(view: View) -> tuple[str, ...]:
    """The identifier, in two lines where it is long."""
    head, slash, tail = view.record.id.partition("/")
    return (head, slash + tail) if slash else (head,)


def _width(view: View) -> float:
    return max(len(x) for x in label(view)) * LETTER + 30


def uses(report: Report) -> dict[str, list[str]]:
    """Claim: the claims in the report that its proof uses, without those that it uses through another one anyway.

    Raises:
        CycleError: a claim rests on itself; only a document that somebody edited says so.
    """
    direct = {v.name: [n for n in v.rests_on if n in report.by_name and n != v.name] for v in report.views}
    reach: dict[str, set[str]] = {}
    for name in TopologicalSorter(direct).static_order():
        reach[name] = set(direct[name]).union(*(reach[n] for n in direct[name]))
    return {name: [n for n in used if not any(n in reach[m] for m in used if m != n)] for name, used in direct.items()}


def _ranks(used: Mapping[str, Sequence[str]], users: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Layers: as high as possible, then claims that rest on nothing as low as their first user allows."""
    rank: dict[str, int] = {}
    for name in TopologicalSorter(used).static_order():
        rank[name] = 1 + max((rank[n] for n in used[name]), default=-1)
    for name in used:
        if not used[name] and users[name]:
            rank[name] = min(rank[n] for n in users[name]) - 1
    return rank


def lay_out(report: Report) -> Graph:
    """Place every claim of the report."""
    used = uses(report)
    users = {name: [m for m in used if name in used[m]] for name in used}
    linked = [name for name in used if used[name] or users[name]]
    rank = _ranks({n: used[n] for n in linked}, {n: users[n] for n in linked})
    layers: list[list[str]] = [[] for _ in range(1 + max(rank.values(), default=-1))]
    for name in linked:
        layers[rank[name]].append(name)
    widths = {name: _width(report.by_name[name]) for name in used}
    rows = [row for layer in layers for row in _rows(layer, widths)]
    centre = _centres(rows, {n: [*used[n], *users[n]] for n in linked}, widths)
    nodes = {
        n: Node(report.by_name[n], centre[n] - widths[n] / 2, k * LAYER, widths[n], label(report.by_name[n]))
        for k, row in enumerate(rows)
        for n in row
    }
    left = min((node.x for node in nodes.values()), default=0.0)
    nodes = {n: Node(b.view, b.x - left, b.y, b.width, b.lines) for n, b in nodes.items()}
    width = max((b.x + b.width for b in nodes.values()), default=0.0)
    alone = len(rows) * LAYER + (LAYER / 2 if rows else 0)
    x, y = 0.0, alone
    for n in (n for n in used if n not in nodes):
        if x and x + widths[n] > max(width, WIDEST):
            x, y = 0.0, y + HEIGHT + GAP
        nodes[n] = Node(report.by_name[n], x, y, widths[n], label(report.by_name[n]))
        x += widths[n] + GAP
    width = max((b.x + b.width for b in nodes.values()), default=0.0)
    height = max((b.y + HEIGHT for b in nodes.values()), default=0.0)
    edges = tuple((nodes[m], nodes[n]) for n in linked for m in used[n])
    return Graph(tuple(nodes[n] for n in used), edges, width, height, alone)


def _rows(layer: Sequence[str], widths: Mapping[str, float]) -> list[list[str]]:
    """A layer, or what is left of it when it is dealt out to as many rows as it needs."""
    count = math.ceil(_length(layer, widths) / WIDEST)
    return [list(layer[k::count]) for k in range(count)]


def _centres(
    rows: Sequence[list[str]], near: Mapping[str, Sequence[str]], widths: Mapping[str, float]
) -> dict[str, float]:
    """Where boxes stand: each drawn towards its neighbours, kept apart within its layer."""
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
            _spread(row, wanted, widths, centre)
    return centre


def _spread(
    row: Sequence[str], wanted: Mapping[str, float], widths: Mapping[str, float], centre: dict[str, float]
) -> None:
    """Place a row in its order at the wanted places, moved no further than the gaps ask for."""
    blocks: list[tuple[list[str], float]] = []  # names side by side without room between, and their centre
    for name in row:
        names, middle = [name], wanted[name]
        while blocks:
            before, place = blocks[-1]
            room = (_length(before, widths) + _length(names, widths)) / 2 + GAP
            if middle - place >= room:
                break
            blocks.pop()
            joined = [*before, *names]
            middle = (place * len(before) + middle * len(names)) / len(joined)
            names = joined
        blocks.append((names, middle))
    for names, middle in blocks:
        x = middle - _length(names, widths) / 2
        for name in names:
            centre[name] = x + widths[name] / 2
            x += widths[name] + GAP


def _length(names: Sequence[str], widths: Mapping[str, float]) -> float:
    return sum(widths[n] for n in names) + GAP * (len(names) - 1)
