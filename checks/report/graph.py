"""The graph of claims: what each proof really used, laid out in layers, every claim below what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from convbound.checks.report import layers
from convbound.checks.report.report_model import Report, View

HEIGHT = 40.0
LETTER = 7.3  # width of a letter
SIZE = layers.Size(widest=760.0, height=HEIGHT, step=74.0)


@dataclass(frozen=True)
class Node:
    """A claim as a box; `x` and `y` are its upper left corner."""

    view: View
    x: float
    y: float
    width: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Edge:
    """An arrow from a claim to one whose proof uses it; `route` is what it goes through."""

    above: Node
    below: Node
    route: tuple[layers.Point, ...]


@dataclass(frozen=True)
class Graph:
    """Boxes and arrows, and how much room they need."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: float
    height: float


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
    widths = {name: _width(report.by_name[name]) for name in used}
    layout = layers.lay_out(used, _ranks(used, users), widths, SIZE)
    boxes = {n: Node(report.by_name[n], *layout.corners[n], widths[n], label(report.by_name[n])) for n in used}
    edges = tuple(Edge(boxes[m], boxes[n], layout.routes[m, n]) for n in used for m in used[n])
    return Graph(tuple(boxes.values()), edges, layout.width, layout.height)
