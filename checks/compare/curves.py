"""Curves of bounds over one parameter, a panel per quantity, the lattice's minimum drawn in."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from convbound.bounds import QUANTITIES, Bound, verdict_of
from convbound.bounds.evaluation import evaluate_decimal
from convbound.checks.compare.drawing import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    axis_label,
    fixed_text,
    house_style,
    new_figure,
    save_figure,
)
from convbound.checks.compare.sweep import Array, Sweep, impossible

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from convbound.checks.compare.crossovers import Crossover

VALID_COLOURS = (GREEN, BLUE, SKY, PURPLE, "#7A5C00", "#5B4B9A")
REFUTED_COLOURS = (RED, "#A63C00", "#F08A4B")
NEAR = 20.0  # times the lattice minimum
GAP = 0.045  # of the panel's height, between the labels at the right


def _style(bound: Bound, used: dict[str, int]) -> dict[str, Any]:  # what matplotlib calls them
    """Colour and dash of a bound's curve: by its verdict, not by its name."""
    if bound.role == "lower":
        return {"color": INK, "linewidth": 2.2, "zorder": 5}
    if bound.setting != "lattice":
        return {"color": ORANGE, "linestyle": (0, (5, 2)), "linewidth": 1.4}
    verdict = verdict_of(bound)
    kind = "refuted" if verdict in ("refuted", "contradicted") else "valid" if verdict == "proved" else "open"
    position = used.get(kind, 0)
    used[kind] = position + 1
    if kind == "refuted":
        return {"color": REFUTED_COLOURS[position % len(REFUTED_COLOURS)], "linestyle": (0, (2, 1.5)), "linewidth": 1.4}
    if kind == "valid":
        return {"color": VALID_COLOURS[position % len(VALID_COLOURS)], "linewidth": 1.6}
    return {"color": FAINT, "linestyle": ":", "linewidth": 1.4}


def _label(bound: Bound, sweep: Sweep) -> str:
    verdict = verdict_of(bound)
    if bound.role == "lower":
        return "lattice minimum"
    text = bound.title
    if verdict != "proved":
        text += f", {verdict}"
    if np.all(impossible(sweep, bound)):
        text += ", impossible"
    return text


def _spread(positions: Sequence[float], gap: float) -> list[float]:
    """Heights near `positions`, at least `gap` apart and, where they all fit, between 0 and 1."""
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    placed: list[float] = []
    for index in order:
        placed.append(max(positions[index], placed[-1] + gap) if placed else positions[index])
    ceiling = 1.0
    for rank in reversed(range(len(placed))):
        placed[rank] = min(placed[rank], ceiling)
        ceiling = placed[rank] - gap
    heights = [0.0] * len(placed)
    for rank, index in enumerate(order):
        heights[index] = placed[rank]
    return heights


def _groups(sweep: Sweep, bounds: Sequence[Bound]) -> list[tuple[Bound, str, Array]]:
    """The bounds that are finite somewhere; those with one and the same curve share a label."""
    groups: list[tuple[Bound, str, Array]] = []
    for bound in sorted(bounds, key=lambda b: b.role != "lower"):
        values = sweep.values[bound.id]
        if not np.any(np.isfinite(values)):
            continue
        for index, (first, label, others) in enumerate(groups):
            if np.allclose(values, others, rtol=1e-9, equal_nan=True):
                groups[index] = (first, f"{label} = {_label(bound, sweep)}", others)
                break
        else:
            groups.append((bound, _label(bound, sweep), values))
    return groups


def _reference(sweep: Sweep, quantity: str) -> Array | None:
    """The lattice minimum, where all curves are so near it that only their ratio to it can be read off."""
    bounds = sweep.of_quantity(quantity)
    minimum = next((sweep.values[bound.id] for bound in bounds if bound.role == "lower"), None)
    if minimum is None or not np.all(np.isfinite(minimum) & (minimum > 0)):
        return None
    ratios = np.array([sweep.values[bound.id] / minimum for bound in bounds])
    ratios = ratios[np.isfinite(ratios)]
    return minimum if ratios.max() < NEAR and ratios.min() > 1 / NEAR else None


def _panel(axes: Axes, sweep: Sweep, quantity: str, crossovers: Sequence[Crossover]) -> None:
    axis = sweep.axes[0]
    used: dict[str, int] = {}
    lines = []
    reference = _reference(sweep, quantity)
    scale = np.ones(sweep.shape) if reference is None else 1 / reference
    for bound, label, values in _groups(sweep, sweep.of_quantity(quantity)):
        shown = np.isfinite(values) & (values > 0)
        if not np.any(shown):
            continue
        style = _style(bound, used)
        marker: dict[str, Any] = {"marker": "s", "markersize": 4} if np.sum(shown) == 1 else {}
        axes.plot(axis.values[shown], (values * scale)[shown], **style, **marker)
        lines.append((label, style["color"], float((values * scale)[shown][-1])))
    if axis.log:
        axes.set_xscale("log")
    if reference is None:
        axes.set_yscale("log")
    axes.set_xlim(axis.values[0], axis.values[-1])
    axes.set_xlabel(axis_label(axis.letter))
    title = QUANTITIES[quantity].title
    axes.set_title(title if reference is None else f"{title}, relative to the lattice minimum")
    axes.grid(True, which="major", color="#e6e6e6", linewidth=0.6)
    heights = [axes.transAxes.inverted().transform(axes.transData.transform((1, value)))[1] for *_, value in lines]
    for (label, colour, _), height in zip(lines, _spread(heights, GAP), strict=True):
        axes.text(1.015, height, label, color=colour, transform=axes.transAxes, va="center", fontsize=8)
    for crossover in crossovers:
        if crossover.first.quantity == quantity:
            for bracket in crossover.brackets:
                factor = float(np.interp(bracket.value, axis.values, scale))
                _mark(axes, sweep, crossover, bracket.value, factor)


def _mark(axes: Axes, sweep: Sweep, crossover: Crossover, at: float, factor: float) -> None:
    """A dot where two curves meet, with the place; open where it was bracketed, filled where a formula gives it."""
    there = evaluate_decimal(crossover.first, sweep.point({crossover.unknown: Fraction(at)}))  # d need not be whole
    if there is None:
        return
    height = factor * float(there)
    filled = crossover.formula is not None
    axes.plot([at], [height], "o", ms=4.5, mfc=INK if filled else "white", mec=INK, zorder=6)
    axes.annotate(
        f"{crossover.unknown} = {at:.4g}",
        (at, height),
        (6, -9),
        textcoords="offset points",
        fontsize=7.5,
        color=INK,
        bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.75},
        zorder=7,
    )


def draw_curves(path: Path, sweep: Sweep, crossovers: Sequence[Crossover]) -> None:
    """Draw a one-parameter sweep, a panel per quantity, to a .png, .svg or .pdf file."""
    quantities = [q for q in sweep.quantities() if any(b.role == "upper" for b in sweep.of_quantity(q))]
    with house_style():
        figure = new_figure(max(6.8 * len(quantities), 6.8), 4.6)
        panels = figure.subplots(1, len(quantities), squeeze=False)[0]
        for axes, quantity in zip(panels, quantities, strict=True):
            _panel(axes, sweep, quantity, crossovers)
        note = "dots: crossovers, filled where in closed form, open where bracketed; all certified"
        shown = fixed_text(sweep.fixed)
        figure.supxlabel(f"{shown}   ·   {note}" if crossovers else shown, fontsize=8, color=FAINT)
    save_figure(figure, path)
