"""Evidence for the corrected theory: the claims about K steps. Limits are proved, not sampled."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from convbound.checks.evidence.record import Split
from convbound.checks.evidence.registry import register
from convbound.checks.evidence.trajectory_instances import Run
from convbound.checks.simulation.problems import Separable, diagonal, half_integer, indefinite
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.schemes.rounding import Rounding
from convbound.checks.simulation.schemes.zim import Zim
from convbound.proofs.lattice import theory
from convbound.proofs.lattice.vocabulary import run

F = Fraction
ONE = F(1)


def _spread(dimension: int) -> Separable:
    """Curvatures from 1/4 to 1 and centres of all kinds, dyadic."""
    rng = np.random.default_rng(dimension)
    curvature = [F(int(k), 4) for k in rng.integers(1, 5, dimension)]
    curvature[0] = ONE
    return diagonal(fractions(curvature), fractions([F(int(k), 8) for k in rng.integers(0, 8, dimension)]))


def one_draw(long_steps: int) -> Split:
    """T1(b): the half-integer line, where it is tight, a nonconvex case, and many coordinates."""

    def tight(steps: int) -> Run:
        return Run("half-integer", half_integer(1, ONE), Zim(1, 0.5, 1.0), (F(0),), steps, "norm")

    def folded(steps: int) -> Run:
        problem = indefinite(fractions([-1]), fractions([F(1, 4)]), F(2))
        return Run("wrapped concave", problem, Zim(1, 1.0, 0.5), (F(0),), steps, "norm")

    wide = _spread(64)
    long = _spread(256)
    return (
        (tight(20), folded(20)),
        (
            tight(1000),
            folded(1000),
            Run("quadratic", wide, Zim(1, 1.0, 0.25), (F(2),) * 64, 2000, "norm"),
            Run("quadratic", long, Zim(1, 1.0, 0.25), (F(0),) * 256, long_steps, "norm"),
        ),
    )


def many_draws() -> Split:
    """T3(i): several draws per step; tight in one dimension when the walk jumps to and fro over the minimum."""

    def tight(steps: int) -> Run:
        problem = diagonal(fractions([1]), fractions([F(3, 2)]))
        return Run("quadratic", problem, Zim(3, 1.0, 1.0), (F(0),), steps, "norm")

    wide = _spread(32)
    return (
        (tight(20), Run("half-integer", half_integer(1, F(2)), Zim(2, 0.5, 1.0), (F(2),), 12, "norm")),
        (tight(1000), Run("quadratic", wide, Zim(4, 0.5, 1.0), (F(1),) * 32, 2000, "norm")),
    )


def roundings(long_steps: int) -> Split:
    """Stochastic rounding: its mean-square floor is met on the half-integer quadratic."""

    def run(problem: Separable, start: Fraction, steps: int) -> Run:
        return Run("quadratic", problem, Rounding(0.25), (start,) * problem.dimension, steps, "square")

    return (
        (run(half_integer(1, ONE), F(2), 12), run(_spread(2), F(1), 4)),
        (
            run(half_integer(1, ONE), F(0), 50_000),
            run(_spread(64), F(1), 2000),
            run(half_integer(64, ONE), F(0), long_steps),
        ),
    )


mean_norm, mean_square = run.avg(run.E(run.t)), run.avg(run.E(run.S(run.g**2)))

register(theory["t1b/K"], measures=mean_norm, instances=one_draw)
register(theory["t3/i@any/K"], measures=mean_norm, instances=lambda steps: many_draws())
register(theory["rounding/finite"], measures=mean_square, instances=roundings)
