"""The two figures of docs/open-questions.md; the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from convbound.bounds.subjects import lattice as formulas
from convbound.checks.compare.drawing import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    house_style,
    new_figure,
    save_figure,
)
from open_questions.draws import Measured, family, smallest_floor, stationary
from open_questions.envelope import whole_envelope
from open_questions.game import game_excess
from open_questions.hypercube import best_corner, root_bounds, threshold
from open_questions.joint import joint_floor

# c = ρ L/√d up to which the floor is proved to be √d L/2 (`small_smoothing`)
CERTIFIED = Fraction(3, 8)


def draw_floors(
    path: Path, points: int = 121, game: Sequence[float] = (0.3, 0.36, 0.38, 0.4, 0.45, 0.5, 0.7, 1.0)
) -> None:
    """The sharp floor of the mean norm between what is proved and what is found, over c/L, for d = 2 and 3."""
    grid = {Fraction(round(x * 1000), 1000) for x in np.geomspace(0.05, 16, points)}
    with house_style():
        figure = new_figure(10.0, 4.6)
        for place, d in enumerate((2, 3)):
            axes = figure.add_subplot(1, 2, place + 1)
            least = d**0.5 / 2
            safe = root_bounds(CERTIFIED**2 / d)[0]
            exact = sorted(grid | {safe, safe + Fraction(1, 1000)})
            c = np.array([float(x) for x in exact])
            upper = np.array([whole_envelope(d, x) for x in c]) / least
            lower = np.array([float(best_corner(d, x)[1]) for x in exact]) / least
            axes.fill_between(
                c, lower, np.where(c <= float(safe), 1, upper), color=SKY, alpha=0.25, lw=0, label="undecided"
            )
            axes.plot(c, formulas.zim_norm_limit(1.0, d, c) / least, color=FAINT, lw=1, ls=":", label="T1(b)")
            axes.plot(
                c, formulas.zim_weak_limit(1.0, d, c) / least, color=ORANGE, lw=1, ls="--", label="T1(b), weak form"
            )
            axes.plot(c, upper, color=BLUE, lw=1.5, label="T0's whole envelope: an upper bound")
            axes.plot(c, lower, color=GREEN, lw=2, label="largest found (exact)")
            axes.plot(
                [c[0], float(safe)],
                [1, 1],
                color=RED,
                lw=4,
                solid_capstyle="butt",
                label="sharp: the floor is √d L/2",
            )
            if d == 2 and game:
                values = [1 + game_excess(x) / least for x in game]
                axes.plot(game, values, ".", color=INK, ms=5, label="free adversary (float, a grid)")
            axes.axvline(float(threshold(d)[0]), color=GREEN, lw=0.8, ls=":")
            axes.set(xscale="log", xlabel="c / L", title=f"d = {d}", ylim=(0.97, d**0.5 * 1.02), xlim=(0.05, 16))
            axes.set_ylabel("mean ‖g‖ in the limit, over √d L/2" if place == 0 else "")
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, fontsize=8, frameon=False, loc="outside lower center", ncols=4)
    save_figure(figure, path)


def draw_draws(path: Path, most: int, rows: Sequence[Measured], target: float, gap: float, d: int, c: Fraction) -> None:
    """Exact mean norms over n against the bounds (d = 2), and the steps to a target over n, promised and measured."""
    one, low = Fraction(1), Fraction(1, 2)
    n = list(range(1, most + 1))
    with house_style():
        figure = new_figure(10.0, 4.2)
        axes = figure.add_subplot(1, 2, 1)
        axes.plot(
            n, [smallest_floor(2, low, k, one) for k in n], color=FAINT, ls=":", label="T3, the smaller of (i) and (ii)"
        )
        axes.plot(n, [float(joint_floor(2, low, k, one)) for k in n], color=BLUE, label="T3, both terms together")
        for (name, problem), colour, mark in zip(family(2).items(), (GREEN, PURPLE, ORANGE), "os^", strict=True):
            values = [float(stationary(problem, k, one, low).norm) for k in n]
            axes.plot(n, values, color=colour, marker=mark, ms=4, lw=1, label=f"exact, {name}")
        axes.plot(n, [2**0.5 / 2 * (1 + (k - 1) / 2) for k in n], color=INK, lw=0.8, ls="--", label="(√d L/2)(1 + N/d)")
        axes.set(
            xlabel="n  (draws per step, r = 1)", ylabel="mean ‖g‖ in the limit", title="d = 2, L = 1, c = ½", xticks=n
        )
        axes.legend(fontsize=7, frameon=False, loc="upper left")
        axes = figure.add_subplot(1, 2, 2)
        counts = [row.n for row in rows]
        for label, colour, style, floors in (
            ("T3, the smaller of (i) and (ii)", FAINT, ":", [smallest_floor(d, c, k, one) for k in counts]),
            ("T3, both terms together", BLUE, "-", [float(joint_floor(d, c, k, one)) for k in counts]),
        ):
            promised = [
                (k, d**0.5 * gap / (k * (target - floor)))
                for k, floor in zip(counts, floors, strict=True)
                if floor < target
            ]
            axes.plot(*zip(*promised, strict=True), color=colour, ls=style, marker=".", label=f"enough by {label}")
        seen = [(row.n, row.steps) for row in rows if row.steps is not None]
        axes.plot(*zip(*seen, strict=True), color=GREEN, marker="o", ms=4, label="simulated, all b = ½")
        axes.set(
            xscale="log", yscale="log", xlabel="n  (draws per step, r = 1)", ylabel="K with mean ‖g‖ at most the target"
        )
        axes.set(title=f"d = {d}, L = 1, c = {c}: steps to a mean norm of {target:.2f}", xticks=counts)
        axes.set_xticks(counts, [str(k) for k in counts])
        axes.minorticks_off()
        axes.legend(fontsize=7, frameon=False, loc="lower left")
    save_figure(figure, path)
