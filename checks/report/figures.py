"""Figures as SVG, with the colours of the page they stand in, so that they follow light, dark and print."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

from convbound.bounds.plain_data import Json
from convbound.checks.report.argument import KINDS
from convbound.checks.report.graph import HEIGHT, Graph, Node
from convbound.checks.report.numbers import WORTH, number, power
from convbound.checks.report.report_model import SIGNS

if TYPE_CHECKING:
    from convbound.checks.report.argument import Argument, Box, Drawing, Printed
    from convbound.checks.report.layers import Point
    from convbound.proofs.record import Evidence

WIDTH, NARROW = 680.0, 400.0
HEAD = 8.0  # length of an arrow's head


def _svg(width: float, height: float, title: str, body: Sequence[str], *, role: str = "img") -> str:
    head = f'<svg viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" role="{role}"'
    return f'{head} aria-label="{escape(title)}">{"".join(body)}</svg>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", kind: str = "") -> str:
    about = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{about}>{escape(text)}</text>'


def _line(x: float, y: float, to_x: float, to_y: float, kind: str) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" class="{kind}"/>'


# ------------------------------------------------------------------------------------------------- graph of claims


def _box(node: Node) -> str:
    v = node.view
    status = v.status
    words = f"{v.record.id}: {v.record.verdict}" + (f", rests on {status}" if status != v.record.verdict else "")
    first = node.y + HEIGHT / 2 + (4 if len(node.lines) == 1 else -4)
    mark = _text(node.x + 12, node.y + HEIGHT / 2 + 5, SIGNS[status], anchor="middle", kind=f"mark {status}")
    texts = "".join(_text(node.x + 23, first + 15 * k, x) for k, x in enumerate(node.lines))
    return (
        f'<a href="#{v.anchor}" aria-label="{escape(words)}"><title>{escape(words)}</title>'
        f'<rect x="{node.x:.1f}" y="{node.y:.1f}" width="{node.width:.1f}" height="{HEIGHT:.0f}" rx="6"'
        f' class="box {status}"/>'
        f"{mark}{texts}</a>"
    )


def _arrow(route: Sequence[Point], kind: str) -> str:
    """A line through some points, which leaves and enters each from above, with a head at its end."""
    (x, y), *rest = route
    path = f"M{x:.0f} {y:.0f}"
    for k, (to_x, to_y) in enumerate(rest):
        end = to_y - (HEAD if k == len(rest) - 1 else 0.0)
        bend = (end - y) / 2
        path += (
            f"V{end:.0f}" if x == to_x else f"C{x:.0f} {y + bend:.0f} {to_x:.0f} {end - bend:.0f} {to_x:.0f} {end:.0f}"
        )
        x, y = to_x, to_y
    head = f"M{x - HEAD / 2:.1f} {y - HEAD:.0f}h{HEAD:.0f}L{x:.1f} {y:.0f}z"
    return f'<path d="{path}" class="{kind}"/><path d="{head}" class="{kind} head"/>'


def graph_figure(graph: Graph) -> str:
    """The graph of claims; every box leads to its claim."""
    body = ['<g transform="translate(10 10)">']
    body += [_arrow(edge.route, "edge") for edge in graph.edges]
    body += [_box(node) for node in graph.nodes]
    title = "Graph of claims: an edge leads from a claim to one whose proof uses it"
    return _svg(graph.width + 20, graph.height + 20, title, [*body, "</g>"], role="group")


# ------------------------------------------------------------------------------------------- the source's own argument


def _statement(box: Box, printed: Printed, drawing: Drawing, target: Callable[[str], str]) -> str:
    wide, high = drawing.box
    sign, verdict, meaning = KINDS[box.kind]
    words = escape(f"{printed.name}: {printed.text} ({meaning})")
    first = box.y + high / 2 + 4.5 - 7.5 * (len(box.lines) - 1)
    mark = _text(box.x + 14, box.y + high / 2 + 5, sign, anchor="middle", kind=f"mark {verdict}")
    parts = [*(f"{x} " for x in box.lines[:-1]), *box.lines[-1:]]  # with what parts them, for who reads by ear
    texts = "".join(_text(box.x + 27, first + 15 * k, x) for k, x in enumerate(parts))
    shape = (
        f'<rect x="{box.x:.0f}" y="{box.y:.0f}" width="{wide:.0f}" height="{high:.0f}" rx="6"'
        f' class="box {verdict} {box.kind}"/>'
    )
    inside = f"<title>{words}</title>{shape}{mark}{texts}"
    if not printed.claims:
        return f"<g>{inside}</g>"
    return f'<a href="{escape(target(printed.claims[0]))}" aria-label="{words}">{inside}</a>'


def argument_figure(drawing: Drawing, argument: Argument, target: Callable[[str], str]) -> str:
    """The argument of a source; every box leads where `target` says that its first claim stands."""
    body = ['<g transform="translate(6 6)">']
    for link, route in sorted(drawing.arrows, key=lambda arrow: arrow[0].red):  # red ones above the others
        kind = "edge falls" if link.red else "edge weaker" if link.weaker else "edge"
        body.append(_arrow(route, kind))
    body += [_statement(box, argument.statements[box.number], drawing, target) for box in drawing.boxes]
    title = "What is derived from what; an error brings down what the red arrows reach"
    return _svg(drawing.width + 12, drawing.height + 12, title, [*body, "</g>"], role="group")


def argument_legend(argument: Argument) -> str:
    """What boxes and arrows mean, of those that there are."""
    parts = [
        f'<span class="badge {verdict} {kind}">{sign} {meaning}</span>'
        for kind, (sign, verdict, meaning) in KINDS.items()
        if kind in argument.kinds
    ]
    found = {"falls": any(x.red for x in argument.links), "weaker": any(x.weaker for x in argument.links)}
    words = {"falls": "brings down", "weaker": "needs less than is printed"}
    for kind, there in {"": True, **found}.items():
        if there:
            body = [_line(1, 7, 27, 7, f"edge {kind}"), f'<path d="M27 3v8l8 -4z" class="edge {kind} head"/>']
            parts.append(f'<span class="key">{_svg(36, 14, "arrow", body)} {words.get(kind, "is derived from")}</span>')
    return " ".join(parts)


# ------------------------------------------------------------------------------------------------------ evidence


def evidence_figure(evidence: Evidence) -> str:
    """An estimate with its interval against the claimed value, on one axis."""
    low, high = evidence.interval
    marks = [float(x) for x in (low, high, evidence.estimate, evidence.claimed)]
    finite = [x for x in marks if math.isfinite(x)]
    first, last = min(finite), max(finite)
    room = (last - first) * 0.15 or abs(first) * 0.1 or 1.0
    first, last = first - room, last + room

    def at(x: float) -> float:
        return 20 + (NARROW - 40) * (min(max(x, first), last) - first) / (last - first)

    middle, claimed = 34.0, at(marks[3])
    words = f"estimate {marks[2]:.6g}, interval {marks[0]:.6g} to {marks[1]:.6g}, claimed {marks[3]:.6g}"
    body = [
        _line(20, middle, NARROW - 20, middle, "axis"),
        f'<rect x="{at(marks[0]):.1f}" y="{middle - 6:.1f}" width="{max(at(marks[1]) - at(marks[0]), 2):.1f}"'
        f' height="12" class="interval"/>',
        f'<circle cx="{at(marks[2]):.1f}" cy="{middle:.1f}" r="4" class="estimate"/>',
        _line(claimed, middle - 14, claimed, middle + 14, "claimed"),
        _text(claimed, 14, f"claimed {number(marks[3])}", anchor="middle" if 60 < claimed < NARROW - 60 else "start"),
        _text(at(marks[2]), 62, f"estimate {number(marks[2])}", anchor="middle"),
    ]
    return _svg(NARROW, 70, words, body)


# ------------------------------------------------------------------------------------------------- counterexample


def sides_figure(left: float, right: float, relation: str) -> str:
    """The two sides of a refuted relation as bars."""
    largest = max(abs(left), abs(right)) or 1.0
    body, words = [], f"left side {left:.6g}, right side {right:.6g}"
    for k, (name, value) in enumerate((("left", left), ("right", right))):
        y, length = 4 + 24.0 * k, abs(value) / largest * (NARROW - 160)
        body.append(f'<rect x="52" y="{y:.0f}" width="{max(length, 1):.1f}" height="16" class="bar {name}"/>')
        body.append(_text(46, y + 12.5, name, anchor="end"))
        body.append(_text(58 + length, y + 12.5, f"{number(value)}"))
    return _svg(NARROW, 50, f"{words}: {relation} fails", body)


# -------------------------------------------------------------------------------------------------------- bounds


def _decades(low: float, high: float) -> list[int]:
    return list(range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1))


def bounds_figure(entries: Sequence[Json]) -> str:
    """The bounds on one quantity at one point, as dots on a logarithmic axis."""
    values = [(e, e["value"]) for e in entries if e["value"]]
    decades = _decades(min(v for _, v in values), max(v for _, v in values))
    left, right, row = 190.0, WIDTH - 110, 26.0
    bottom = row * len(values) + 6

    def at(x: float) -> float:
        return left + (right - left) * (math.log10(x) - decades[0]) / max(decades[-1] - decades[0], 1)

    body = []
    for k in decades:
        body += [
            _line(at(10.0**k), 2, at(10.0**k), bottom, "grid"),
            _text(at(10.0**k), bottom + 16, power(k), anchor="middle"),
        ]
    for n, (entry, value) in enumerate(values):
        y, kind = row * n + 16, WORTH.get(entry["worth"], "assumed")
        body.append(_line(left, y, at(value), y, f"stem {kind}"))
        body.append(f'<circle cx="{at(value):.1f}" cy="{y:.1f}" r="5" class="dot {kind}"/>')
        body.append(_text(left - 8, y + 4, entry["title"], anchor="end"))
        body.append(_text(right + 14, y + 4, number(value)))
    words = "; ".join(f"{e['title']} ({e['worth']}) {v:.6g}" for e, v in values)
    return _svg(WIDTH, bottom + 24, words, body)


def curves_figure(entries: Sequence[Json], curves: Json) -> str:
    """The bounds on one quantity against the dimension, both axes logarithmic."""
    drawn = [(e, [(x, y) for x, y in curves[e["id"]] if y > 0]) for e in entries if curves.get(e["id"])]
    across = _decades(min(p[0][0] for _, p in drawn), max(p[-1][0] for _, p in drawn))
    up = _decades(min(y for _, p in drawn for _, y in p), max(y for _, p in drawn for _, y in p))
    left, right, top, bottom = 50.0, WIDTH - 190, 10.0, 300.0

    def at(x: float, y: float) -> tuple[float, float]:
        along = (math.log10(x) - across[0]) / (across[-1] - across[0])
        return left + (right - left) * along, bottom - (bottom - top) * (math.log10(y) - up[0]) / (up[-1] - up[0])

    body = [_text((left + right) / 2, bottom + 36, "dimension d", anchor="middle")]
    for k in across:
        x, _ = at(10.0**k, 10.0 ** up[0])
        body += [_line(x, top, x, bottom, "grid"), _text(x, bottom + 18, power(k), anchor="middle")]
    for k in up:
        _, y = at(10.0 ** across[0], 10.0**k)
        body += [_line(left, y, right, y, "grid"), _text(left - 6, y + 4, power(k), anchor="end")]
    ends = []
    for entry, points in drawn:
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (at(*p) for p in points))
        body.append(f'<path d="{path}" class="curve {WORTH.get(entry["worth"], "assumed")}"/>')
        ends.append((at(*points[-1])[1], entry["title"]))
    place = top - 10.0
    for y, title in sorted(ends):
        place = max(place + 15, y)
        body += [_line(right, y, right + 10, place, "grid"), _text(right + 13, place + 4, title)]
    return _svg(WIDTH, max(bottom + 44, place + 10), "bounds against the dimension", body)
