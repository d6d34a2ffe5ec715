"""The figure of a simulation: gradient norms over steps, bounds as lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from convbound.bounds import Assessment
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
from convbound.checks.simulation import Measured
from convbound.checks.trajectories import Trajectory

# how each recorded quantity is drawn: its field, colour, label, and the root that makes it a norm
CURVES = {
    "mean-norm": ("mean_norm", BLUE, "mean ‖g‖ over K steps", 1),
    "mean-square": ("mean_square", GREEN, "root of mean ‖g‖² over K steps", 2),
    "best-iterate": ("best_norm", PURPLE, "smallest ‖g‖ within K steps", 1),
}
WARNING = {"impossible": RED, "refuted": ORANGE}


def draw_simulation(
    trajectory: Trajectory, rows: Sequence[Measured], parameters: dict[str, Any], title: str, path: Path
) -> None:
    """Write the figure; every quantity is shown as a norm, so mean squares and their bounds by their roots.

    Bounds that depend on K are dashed, limits dotted; the lattice's minimum is drawn once.
    """
    with house_style():
        figure = new_figure(9.0, 4.6)
        axes = figure.add_subplot()
        for row in rows:
            if row.quantity not in CURVES:
                continue
            field, colour, label, power = CURVES[row.quantity]
            values = getattr(trajectory, field) ** (1 / power)
            axes.plot(trajectory.steps, (values**power).mean(axis=0) ** (1 / power), color=colour, lw=2, label=label)
            if len(values) > 1:
                low, high = np.quantile(values, [0.05, 0.95], axis=0)
                axes.fill_between(trajectory.steps, low, high, color=colour, alpha=0.15, lw=0)
            for assessment in row.bounds:
                if assessment.bound.role != "lower":
                    _draw_bound(axes, assessment, parameters, trajectory.steps, power, colour)
        minimum = [a for row in rows if row.quantity == "mean-norm" for a in row.bounds if a.bound.role == "lower"]
        if minimum:
            axes.axhline(float(minimum[0].value), color=FAINT, lw=1, label="any lattice scheme: minimum")
        axes.set(xscale="log", yscale="log", xlabel="K  (number of steps)", ylabel="gradient norm", title=title)
        axes.legend(fontsize=7, frameon=False, loc="upper left", bbox_to_anchor=(1.01, 1.0))
    save_figure(figure, path)


def _draw_bound(
    axes: Any, assessment: Assessment, parameters: dict[str, Any], steps: Any, power: int, colour: str
) -> None:
    bound = assessment.bound
    finite = bound.quantity.endswith("/K")
    value = bound(**{**parameters, "K": steps.astype(float)}) if finite else bound(**parameters)
    heights = np.broadcast_to(np.asarray(value, dtype=float) ** (1 / power), steps.shape)
    label = f"{bound.title}, {bound.id}: {assessment.worth}"
    shade = WARNING.get(assessment.worth, colour)
    axes.plot(steps, heights, color=shade, lw=1.0, ls="--" if finite else ":", label=label)
