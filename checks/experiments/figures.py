"""Curves over epochs, and printed numbers beside measured ones, as SVG: one file for light pages and dark ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, LEFT, TOP, BELOW, GAP = 300.0, 230.0, 46.0, 46.0, 40.0, 22.0
LEGEND = 190.0
# Okabe and Ito's palette, a lighter one on dark pages; dashes tell curves apart without their colours
LIGHT = ("#0072B2", "#56B4E9", "#D55E00", "#E69F00", "#009E73", "#CC79A7")
DARK = ("#5AB4FF", "#A9DCFF", "#FF8A4C", "#F5C04A", "#4FD1A5", "#E79BC4")
DASHES = ("", "6 3", "", "6 3", "", "6 3")


@dataclass(frozen=True)
class Curve:
    """A mean at every epoch, and its standard deviation."""

    name: str
    mean: Sequence[float]
    spread: Sequence[float]


@dataclass(frozen=True)
class Beside:
    """A printed number of a row, and what was measured in each reading: mean and standard deviation."""

    row: str
    printed: float
    measured: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Panel:
    """Curves that share axes."""

    title: str
    curves: Sequence[Curve]


def figure(title: str, across: str, panels: Sequence[Panel]) -> str:
    """Panels side by side, the curves' names at the right.

    Args:
        title: what is drawn upwards.
        across: what is drawn to the right.
        panels: with the same curves in the same order; some may lack the last.
    """
    width = len(panels) * (LEFT + WIDTH + GAP) + LEGEND
    height = TOP + HEIGHT + BELOW
    parts = _page(width, height, title)
    ends = [end for panel in panels for c in panel.curves for end in _range(c)]
    low, high = math.floor(min(ends)), math.ceil(max(ends))
    for number, panel in enumerate(panels):
        parts += _panel(panel, across, LEFT + number * (LEFT + WIDTH + GAP), low, high)
    at = len(panels) * (LEFT + WIDTH + GAP) + 8
    for number, curve in enumerate(max(panels, key=lambda panel: len(panel.curves)).curves):
        y = TOP + 14 + 20 * number
        parts.append(f'<path class="c{number}" d="M{at:.0f} {y - 4:.0f}h26"/>')
        parts.append(f'<text x="{at + 32:.0f}" y="{y:.0f}">{escape(curve.name)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _style() -> str:
    def colours(palette: Sequence[str]) -> str:
        return "".join(f".c{n}{{stroke:{c}}}.b{n}{{fill:{c}}}" for n, c in enumerate(palette))

    dashes = "".join(f".c{n}{{stroke-dasharray:{d}}}" for n, d in enumerate(DASHES) if d)
    return (
        "<style>text{font:12px sans-serif;fill:#222}.title{font-size:14px;font-weight:bold}.page{fill:#fff}"
        ".axis{stroke:#888;fill:none}.printed{stroke:#222;stroke-width:3}.grid{stroke:#8884;fill:none}path{fill:none;stroke-width:2}.band{opacity:.14;stroke:none}"
        f"{dashes}{colours(LIGHT)}@media(prefers-color-scheme:dark){{text{{fill:#ddd}}.page{{fill:#1a1a1a}}.printed{{stroke:#fff}}"
        f"{colours(DARK)}}}</style>"
    )


def _page(width: float, height: float, title: str) -> list[str]:
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img"'
        f' aria-label="{escape(title)}">',
        _style(),
        f'<rect class="page" width="{width:.0f}" height="{height:.0f}"/>',
        f'<text x="{LEFT:.0f}" y="18" class="title">{escape(title)}</text>',
    ]


def _range(curve: Curve) -> list[float]:
    """What the axis has to hold of a curve: its later epochs; steep beginnings are cut off."""
    first = len(curve.mean) // 4
    pairs = zip(curve.mean[first:], curve.spread[first:], strict=True)
    return [end for m, s in pairs for end in (m - s, m + s)]


def _panel(panel: Panel, across: str, left: float, low: int, high: int) -> list[str]:
    count = max(len(c.mean) for c in panel.curves)

    def point(epoch: int, value: float) -> str:
        x = left + WIDTH * (epoch / max(count - 1, 1))
        y = TOP + HEIGHT * (1 - (min(max(value, low), high) - low) / max(high - low, 1e-9))
        return f"{x:.1f} {y:.1f}"

    parts = [f'<text x="{left:.0f}" y="{TOP - 8:.0f}">{escape(panel.title)}</text>']
    step = max(1, round((high - low) / 6))
    for value in range(low, high + 1, step):
        _, y = point(0, value).split()
        parts.append(f'<path class="grid" d="M{left:.1f} {y}h{WIDTH:.0f}" style="stroke-width:1"/>')
        parts.append(f'<text x="{left - 6:.0f}" y="{float(y) + 4:.1f}" text-anchor="end">{value}</text>')
    for epoch in sorted({0, count // 2, count - 1}):
        x = point(epoch, low).split()[0]
        parts.append(f'<text x="{x}" y="{TOP + HEIGHT + 16:.0f}" text-anchor="middle">{epoch + 1}</text>')
    parts.append(
        f'<text x="{left + WIDTH / 2:.0f}" y="{TOP + HEIGHT + 32:.0f}" text-anchor="middle">{escape(across)}</text>'
    )
    for number, c in enumerate(panel.curves):
        upper = [point(e, m + s) for e, (m, s) in enumerate(zip(c.mean, c.spread, strict=True))]
        lower = [point(e, m - s) for e, (m, s) in enumerate(zip(c.mean, c.spread, strict=True))]
        parts.append(f'<path class="band b{number}" style="stroke:none" d="M{"L".join(upper + lower[::-1])}Z"/>')
        parts.append(f'<path class="c{number}" d="M{"L".join(point(e, m) for e, m in enumerate(c.mean))}"/>')
    parts.append(f'<path class="axis" d="M{left:.1f} {TOP:.1f}v{HEIGHT:.0f}h{WIDTH:.0f}" style="stroke-width:1"/>')
    return parts


NAMES, ROW, READING = 150.0, 22.0, 12.0  # the rows' names; the height of a row and of each reading in it


def beside(title: str, readings: Sequence[str], rows: Sequence[Beside]) -> str:
    """Printed numbers, each a mark across its row, beside two standard deviations of what was measured; logarithmic.

    Args:
        title: of the table.
        readings: what the numbers of every row are, in their order.
        rows: with positive numbers; what is not finite is left out.
    """
    wide, row = 2 * WIDTH, ROW + READING * len(readings)
    left, height = NAMES + 16, TOP + row * len(rows) + BELOW
    bars = [[_bar(pair) for pair in line.measured] for line in rows]
    ends = [end for line in bars for bar in line if bar for end in bar] + [line.printed for line in rows]
    low, high = math.log10(min(ends)) - 0.03, math.log10(max(ends)) + 0.03

    def across(value: float) -> float:
        return left + wide * (math.log10(value) - low) / (high - low)

    parts = _page(left + wide + LEGEND + 60, height, title)
    for tick in _ticks(low, high):
        parts.append(f'<path class="grid" style="stroke-width:1" d="M{across(tick):.1f} {TOP}V{height - BELOW:.0f}"/>')
        parts.append(f'<text x="{across(tick):.1f}" y="{height - 22:.0f}" text-anchor="middle">{tick:.6g}</text>')
    for number, (line, found) in enumerate(zip(rows, bars, strict=True)):
        top = TOP + row * number
        parts.append(f'<text x="{NAMES:.0f}" y="{top + row / 2 + 4:.1f}" text-anchor="end">{escape(line.row)}</text>')
        for place, bar in enumerate(found):
            if bar:
                y, (start, middle, end) = top + 14 + READING * place, map(across, bar)
                parts.append(
                    f'<path class="c{place}" style="stroke-dasharray:none" d="M{start:.1f} {y:.1f}H{end:.1f}"/>'
                )
                parts.append(f'<circle class="b{place}" r="3.5" cx="{middle:.1f}" cy="{y:.1f}"/>')
        parts.append(f'<path class="printed" d="M{across(line.printed):.1f} {top + 4:.1f}v{row - 8:.1f}"/>')
    at = left + wide + 14
    for place, name in enumerate(readings):
        y = TOP + 14 + 20 * (place + 1)
        parts.append(f'<path class="c{place}" style="stroke-dasharray:none" d="M{at:.0f} {y - 4:.0f}h26"/>')
        parts.append(f'<text x="{at + 32:.0f}" y="{y:.0f}">{escape(name)}</text>')
    parts.append(f'<path class="printed" d="M{at + 13:.0f} {TOP + 2:.0f}v16"/>')
    parts.append(f'<text x="{at + 32:.0f}" y="{TOP + 14:.0f}">printed</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers between powers of ten, four or more where the range has them."""
    found: list[float] = []
    for steps in ((10, 20, 50), (10, 20, 30, 50), range(10, 100, 10), range(10, 100, 5)):
        found = [k * 10.0 ** (e - 1) for e in range(-6, 6) for k in steps if low <= math.log10(k) + e - 1 <= high]
        if len(found) >= 4:
            break
    return found


def _bar(pair: tuple[float, float]) -> tuple[float, float, float] | None:
    """Two standard deviations either way of a mean, but no lower than a tenth of it: the axis is logarithmic."""
    mean, spread = pair
    if not (math.isfinite(mean) and math.isfinite(spread) and mean > 0):
        return None
    return max(mean - 2 * spread, mean / 10), mean, mean + 2 * spread
