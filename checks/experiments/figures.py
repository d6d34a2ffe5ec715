"""Curves over epochs as SVG, in one file for light pages and dark ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, LEFT, TOP, BELOW, GAP = 300.0, 230.0, 46.0, 46.0, 40.0, 22.0
LEGEND = 170.0
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
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img"'
        f' aria-label="{escape(title)}">',
        _style(),
        f'<rect class="page" width="{width:.0f}" height="{height:.0f}"/>',
        f'<text x="{LEFT:.0f}" y="18" class="title">{escape(title)}</text>',
    ]
    low = _floor(min(_lowest(panel) for panel in panels))
    high = _ceiling(max(m + s for panel in panels for c in panel.curves for m, s in zip(c.mean, c.spread, strict=True)))
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
        ".axis{stroke:#888;fill:none}.grid{stroke:#8884;fill:none}path{fill:none;stroke-width:2}.band{opacity:.14;stroke:none}"
        f"{dashes}{colours(LIGHT)}@media(prefers-color-scheme:dark){{text{{fill:#ddd}}.page{{fill:#1a1a1a}}"
        f"{colours(DARK)}}}</style>"
    )


def _lowest(panel: Panel) -> float:
    """Where the axis begins: below the last epochs of every curve; steep beginnings are cut off."""
    return min(min(c.mean[len(c.mean) // 4 :]) - max(c.spread[len(c.spread) // 4 :]) for c in panel.curves)


def _floor(value: float) -> float:
    return float(math.floor(value))


def _ceiling(value: float) -> float:
    return float(math.ceil(value))


def _panel(panel: Panel, across: str, left: float, low: float, high: float) -> list[str]:
    count = max(len(c.mean) for c in panel.curves)

    def point(epoch: int, value: float) -> str:
        x = left + WIDTH * (epoch / max(count - 1, 1))
        y = TOP + HEIGHT * (1 - (min(max(value, low), high) - low) / max(high - low, 1e-9))
        return f"{x:.1f} {y:.1f}"

    parts = [f'<text x="{left:.0f}" y="{TOP - 8:.0f}">{escape(panel.title)}</text>']
    step = max(1, round((high - low) / 6))
    for value in range(int(low), int(high) + 1, step):
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
