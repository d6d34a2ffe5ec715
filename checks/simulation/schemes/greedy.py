"""Greedy descent on the lattice (theory page, T2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from convbound.bounds.arithmetic import Number
from convbound.bounds.subjects.lattice_schemes import FOLLOWS_GREEDY
from convbound.checks.arrays import Array, Floats
from convbound.checks.simulation.exact.enumeration import ExactLaw, certain
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.schemes.base import Scheme


@dataclass(frozen=True)
class Greedy(Scheme):
    """The coordinate of largest |g_i|, the first of several, moves by -sign(g_i) while that exceeds L/2."""

    name = "greedy"
    title = "greedy lattice descent"
    assumptions = (FOLLOWS_GREEDY,)
    engines = ("heap", "dense")
    may_rest = True

    def updates(self, gradients: Floats, smoothness: float, rng: np.random.Generator) -> Floats:
        """Nothing is drawn."""
        steepest = np.abs(gradients).argmax(axis=1)[:, None]
        slope = np.take_along_axis(gradients, steepest, axis=1)
        moves = np.zeros_like(gradients)
        np.put_along_axis(moves, steepest, np.where(np.abs(slope) > smoothness / 2, np.sign(slope), 0.0), axis=1)
        return moves

    def exact_law(self, gradient: Sequence[Number] | Array, smoothness: Number = 0) -> ExactLaw:
        """One outcome."""
        g = fractions(gradient)
        steepest = max(range(len(g)), key=lambda i: abs(g[i]))
        moves = abs(g[steepest]) > smoothness / 2
        return certain([((x > 0) - (x < 0)) * (moves and i == steepest) for i, x in enumerate(g)])

    def reach(self, slope: float) -> float:
        """One."""
        return float(slope != 0)
