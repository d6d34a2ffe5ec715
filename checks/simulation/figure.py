"""The figure of a simulation: gradient norms over steps, bounds as lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from convbound.bounds.arithmetic import Number
from convbound.checks.arrays import Integers
from convbound.checks.compare.drawing import (
    BLUE,
    FAINT,
    GREEN,
    ORANGE,
    PURPLE,
    RED,
    house_style,
    new_figure,
    save_figure,
)
from convbound.checks.simulation.simulate import Judged, Measured
from convbound.checks.simulation.trajectories import Trajectory

# how each recorded quantity is drawn: its field, colour, label, and the root that makes it a norm
CURVES = {
    "mean-norm": ("mean_norm", BLUE, "mean ‖g‖ over K steps", 1),
    "mean-square": ("mean_square", GREEN, "root of mean ‖g‖² over K steps", 2),
    "best-iterate": ("best_norm", PURPLE, "smallest ‖g‖ within K steps", 1),
}
SHADES = {"impossible": RED, "refuted": ORANGE, "not valid here": FAINT}
# told apart without their colours: bounds of one colour take these in turn
DASHES = ("--", "-.", (0, (1, 1)), (0, (5, 1, 1, 1, 1, 1)), (0, (8, 2)), (0, (3, 3, 1, 3)))

APART = 0.005  # two bounds that differ by less at every K are one line to the eye


@dataclass
class _Line:
    """A bound as it is drawn; bounds that coincide share one line."""

    names: list[str]
    heights: npt.NDArray[np.float64]
    shade: str

    def coincides(self, other: _Line) -> bool:
        """Whether a reader could not tell the two apart."""
        return self.shade == other.shade and bool(np.allclose(self.heights, other.heights, rtol=APART, atol=0))


def draw_simulation(
    trajectory: Trajectory, rows: Sequence[Measured], parameters: dict[str, Number], title: str, path: Path
) -> None:
    """Write the figure; every quantity is shown as a norm, so mean squares and their bounds by their roots.

    Curves are solid, bounds broken; the lattice's minimum is one faint line: it is about the worst F, not this one.
    """
    with house_style():
        figure = new_figure(9.6, 4.8)
        axes = figure.add_subplot()
        lines: list[_Line] = []
        for row in rows:
            if row.quantity not in CURVES:
                continue
            field, colour, label, power = CURVES[row.quantity]
            values = getattr(trajectory, field) ** (1 / power)
            axes.plot(trajectory.steps, (values**power).mean(axis=0) ** (1 / power), color=colour, lw=2, label=label)
            if len(values) > 1:
                low, high = np.quantile(values, [0.05, 0.95], axis=0)
                axes.fill_between(trajectory.steps, low, high, color=colour, alpha=0.15, lw=0)
            for judged in row.bounds:
                if judged.bound.role != "lower":
                    _add(lines, _line(judged, parameters, trajectory.steps, power, colour))
        turn: Counter[str] = Counter()
        for line in lines:
            style = DASHES[turn[line.shade] % len(DASHES)]
            turn[line.shade] += 1
            axes.plot(trajectory.steps, line.heights, color=line.shade, lw=1.2, ls=style, label=",\n".join(line.names))
        minimum = [j for row in rows if row.quantity == "mean-norm" for j in row.bounds if j.bound.role == "lower"]
        if minimum:
            height = float(minimum[0].assessment.value)
            axes.axhline(
                height, color=FAINT, lw=0.8, label="√d δL/2: a worst case over all F with this L,\nno floor for this F"
            )
        axes.set(xscale="log", yscale="log", xlabel="K  (number of steps)", ylabel="gradient norm", title=title)
        axes.legend(fontsize=7, frameon=False, loc="upper left", bbox_to_anchor=(1.01, 1.0))
    save_figure(figure, path)


def _add(lines: list[_Line], line: _Line) -> None:
    for other in lines:
        if other.coincides(line):
            other.names += line.names
            return
    lines.append(line)


def _line(judged: Judged, parameters: dict[str, Number], steps: Integers, power: int, colour: str) -> _Line:
    bound = judged.bound
    finite = bound.quantity.endswith("/K")
    value = bound(**{**parameters, "K": steps.astype(float)}) if finite else bound(**parameters)
    heights = np.broadcast_to(np.asarray(value, dtype=float) ** (1 / power), steps.shape)
    limit = "" if finite else ", K → ∞"
    return _Line([f"{bound.title} ({bound.id}{limit}): {judged.worth}"], heights, SHADES.get(judged.worth, colour))
