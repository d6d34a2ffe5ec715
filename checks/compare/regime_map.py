"""The regime map: over a plane of two parameters, where printed bounds are impossible, and the smallest valid one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from convbound.bounds import QUANTITIES, Bound, InputError
from convbound.bounds.assessment import minimum_of
from convbound.checks.compare.crossovers import MAX_COLUMNS, Crossover
from convbound.checks.compare.drawing import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    SKY,
    axis_label,
    fixed_text,
    house_style,
    new_figure,
    save_figure,
)
from convbound.checks.compare.sweep import Sweep, impossible, minimum_values, smallest, valid_bounds

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D
    from numpy.typing import NDArray

EXCESS_LEVELS = (0.01, 0.1, 0.5, 1.0, 4.0, 10.0, 100.0)  # above the lattice minimum, drawn as contours
REDS = ("#F7F7F5", "#FDE9DB", "#F9CBAE", "#F4B48D", "#EE9A6C")
REGIME_COLOURS = ("#CFE7DD", "#F6EBC8", "#CFE1F0", "#EBD9E8", "#DDEFF8")
PRINTED_LINES = ("#8C1D00", "#7B3294", BLUE, SKY, GREEN)  # of readings, in the order of their names
LONGEST_FORMULA = 70  # characters; a longer one is left to the data


@dataclass(frozen=True)
class Region:
    """A part of the plane: where it is, its colour, and what it is called in the legend."""

    where: NDArray[np.bool_]
    colour: str
    label: str


def _short(bound: Bound) -> str:
    """A bound's name on a curve."""
    if bound.role == "lower":
        return "lattice minimum"
    return bound.printed or bound.title


def _colour(bound: Bound, sweep: Sweep) -> str:
    """A reading's own colour, ink for everything else."""
    readings = sorted({other.printed for other in sweep.bounds if other.printed})
    return PRINTED_LINES[readings.index(bound.printed) % len(PRINTED_LINES)] if bound.printed else INK


def impossible_regions(sweep: Sweep, quantity: str) -> list[Region]:
    """The plane cut up by which printed bounds are below the lattice minimum, from none to most."""
    printed = [bound for bound in sweep.of_quantity(quantity) if bound.printed]
    masks = np.array([impossible(sweep, bound) for bound in printed])
    combinations = sorted({tuple(column) for column in masks.reshape(len(printed), -1).T}, key=lambda c: (sum(c), c))
    regions = []
    shades = {0: 0, 1: 1, 2: 2, 3: 4}
    used: dict[int, int] = {}
    for combination in combinations:
        where = np.all(masks == np.array(combination).reshape(-1, *[1] * len(sweep.shape)), axis=0)
        names = [_short(bound) for bound, below in zip(printed, combination, strict=True) if below]
        label = " and ".join(names) + " impossible" if names else "refuted, but not below the lattice minimum"
        if len(names) == len(printed):
            label = "every reading impossible"
        shade = shades.get(len(names), 4) + (used.get(len(names), 0) if len(names) == 2 else 0)
        used[len(names)] = used.get(len(names), 0) + 1
        regions.append(Region(where, REDS[min(shade, 4)], label))
    return regions


def smallest_regions(sweep: Sweep, quantity: str, scheme: str) -> list[Region]:
    """The plane cut up by which valid bound of a scheme is smallest."""
    valid = valid_bounds(sweep, quantity, scheme)
    index = smallest(sweep, valid)
    regions = [
        Region(index == i, REGIME_COLOURS[i % len(REGIME_COLOURS)], f"smallest: {bound.title} ({bound.id})")
        for i, bound in enumerate(valid)
        if np.any(index == i)
    ]
    if np.any(index < 0):
        regions.append(Region(index < 0, "#EEEEEE", f"no valid bound of {sweep.studied[scheme]} applies"))
    return regions


def _edges(values: NDArray[np.float64], log: bool) -> NDArray[np.float64]:
    """Borders of the cells around grid values, the outermost at the values themselves."""
    inner = np.sqrt(values[:-1] * values[1:]) if log else (values[:-1] + values[1:]) / 2
    return np.concatenate((values[:1], inner, values[-1:]))


def _fill(axes: Axes, sweep: Sweep, regions: Sequence[Region]) -> list[Artist]:
    """Colour the regions; returns their entries for the legend."""
    from matplotlib.colors import ListedColormap
    from matplotlib.patches import Patch

    image = np.zeros(sweep.shape)
    for number, region in enumerate(regions):
        image[region.where] = number
    x, y = sweep.axes
    axes.pcolormesh(
        _edges(x.values, x.log),
        _edges(y.values, y.log),
        image.T,
        cmap=ListedColormap([region.colour for region in regions]),
        vmin=-0.5,
        vmax=len(regions) - 0.5,
        rasterized=True,
    )
    return [Patch(facecolor=region.colour, edgecolor=FAINT, label=region.label) for region in regions]


def _frame(axes: Axes, sweep: Sweep, title: str) -> None:
    x, y = sweep.axes
    for axis, set_scale, set_limits in ((x, axes.set_xscale, axes.set_xlim), (y, axes.set_yscale, axes.set_ylim)):
        if axis.log:
            set_scale("log")
        set_limits(axis.values[0], axis.values[-1])
    axes.set_xlabel(axis_label(x.letter))
    axes.set_ylabel(axis_label(y.letter))
    axes.set_title(title)


def _crossover_line(axes: Axes, sweep: Sweep, crossover: Crossover) -> Line2D:
    """Draw one crossover curve; returns its entry for the legend, with the formula where there is one."""
    points = [(bracket.at, bracket.value) for bracket in crossover.brackets if bracket.at is not None]
    if crossover.unknown != sweep.axes[1].letter:
        points = [(value, at) for at, value in points]
    xs, ys = np.array(points, dtype=float).T
    dash: str | tuple[int, tuple[int, int]] = (0, (6, 2)) if crossover.second.setting != "lattice" else "-"
    if crossover.formula is None:
        dash = (0, (1, 1))
    label = f"{_short(crossover.first)} = {_short(crossover.second)}"
    if crossover.latex is not None and len(crossover.formula or "") <= LONGEST_FORMULA:
        label += f":  ${crossover.unknown} = {crossover.latex}$"
    (line,) = axes.plot(xs, ys, color=_colour(crossover.first, sweep), linestyle=dash, linewidth=1.6, label=label)
    return line


def _excess_contours(axes: Axes, sweep: Sweep, quantity: str, scheme: str) -> None:
    """Contours of a scheme's smallest valid bound relative to the lattice minimum."""
    valid = valid_bounds(sweep, quantity, scheme)
    entry = minimum_of(valid[0])
    if entry is None:
        return
    best = np.min(np.array([np.where(np.isnan(sweep.values[b.id]), np.inf, sweep.values[b.id]) for b in valid]), axis=0)
    excess = best / minimum_values(sweep, entry) - 1
    levels = [level for level in EXCESS_LEVELS if np.nanmin(excess) < level < np.max(excess[np.isfinite(excess)])]
    if not levels:
        return
    x, y = sweep.axes
    lines = axes.contour(x.values, y.values, excess.T, levels=levels, colors=FAINT, linewidths=0.7)
    axes.clabel(lines, fmt={level: f"+{100 * level:g}%" for level in levels}, fontsize=7, colors=INK)


def _panels(sweep: Sweep) -> list[tuple[str, str]]:
    """The questions that the sweep can answer: (quantity, what is asked), "" for impossible, else a studied scheme."""
    panels = []
    for quantity in sweep.quantities():
        if any(bound.printed for bound in sweep.of_quantity(quantity)):
            panels.append((quantity, ""))
        for scheme in sweep.studied:
            if any(np.any(np.isfinite(sweep.values[b.id])) for b in valid_bounds(sweep, quantity, scheme)):
                panels.append((quantity, scheme))
    return panels


def _belongs(crossover: Crossover, quantity: str, scheme: str) -> bool:
    """Whether a crossover curve says something in a panel."""
    disputed = bool(crossover.first.printed) or crossover.first.setting != "lattice"
    return crossover.first.quantity == quantity and disputed == (not scheme)


def _certified_where(sweep: Sweep, crossovers: Sequence[Crossover]) -> str:
    """At how many of the grid's columns (or rows) the crossover curves were certified."""
    unknown = {crossover.unknown for crossover in crossovers}
    lines = [len(axis.values) for axis in sweep.axes if unknown - {axis.letter}]
    if not lines or max(lines) <= MAX_COLUMNS:
        return "at every grid column"
    return f"at {MAX_COLUMNS} of the {max(lines)} grid columns"


def draw_regime_map(path: Path, sweep: Sweep, crossovers: Sequence[Crossover]) -> None:
    """Draw a two-parameter sweep to a .png, .svg or .pdf file: a panel per question and quantity.

    Raises InputError where no bound of the sweep can be put on a map.
    """
    panels = _panels(sweep)
    if not panels:
        raise InputError(
            "there is nothing to map: the sweep has no printed bound, and no valid one of a studied scheme."
        )
    with house_style():
        figure = new_figure(6.6 * len(panels), 6.6)
        for axes, (quantity, scheme) in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels, strict=True):
            title = QUANTITIES[quantity].title
            if not scheme:
                _frame(axes, sweep, f"{title}\nwhere the printed limit is below what any lattice scheme can reach")
                handles = _fill(axes, sweep, impossible_regions(sweep, quantity))
            else:
                name = sweep.studied[scheme]
                _frame(axes, sweep, f"{title}\nsmallest valid bound of {name}; contours: above the lattice minimum")
                handles = _fill(axes, sweep, smallest_regions(sweep, quantity, scheme))
                _excess_contours(axes, sweep, quantity, scheme)
            handles += [_crossover_line(axes, sweep, c) for c in crossovers if _belongs(c, quantity, scheme)]
            axes.legend(
                handles=handles,
                loc="upper left",
                bbox_to_anchor=(0, -0.13),
                ncols=2,
                fontsize=8,
                frameon=False,
                borderaxespad=0,
                labelspacing=0.7,
            )
        note = f"curves in closed form, or dotted where bracketed; certified {_certified_where(sweep, crossovers)}"
        figure.supxlabel(f"{fixed_text(sweep.fixed)}   ·   {note}", fontsize=8, color=FAINT)
    save_figure(figure, path)
