"""The fastest engine for a problem and a scheme; all of them follow the same law."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np

from convbound.checks.problems import Problem, Quadratic, Separable
from convbound.checks.trajectories.dense import advance_dense, advance_dense_compiled
from convbound.checks.trajectories.lockstep import advance_lockstep
from convbound.checks.trajectories.plain import advance_greedy, advance_plain
from convbound.checks.trajectories.schemes import Greedy, Rounding, Scheme, Zim, smoothing_of
from convbound.checks.trajectories.state import Floats, Group

Advance = Callable[[Group, int], None]


def has_numba() -> bool:
    """Whether the compiled engine can be used (the extra `fast`)."""
    return find_spec("numba") is not None


def engine(problem: Problem, scheme: Scheme, compiled: bool) -> Advance:
    """A function that advances a group of chains by a number of steps, in place."""
    match problem, scheme:
        case Separable(), Zim() | Rounding() if compiled:
            return partial(_advance_compiled, problem, scheme)
        case Separable(), Zim():
            return partial(advance_lockstep, problem, scheme)
        case Separable(), Greedy():
            return partial(advance_greedy, problem)
        case Quadratic(), Zim() if compiled:
            return partial(advance_dense_compiled, problem, scheme)
        case Quadratic(), Zim() | Rounding() | Greedy():
            return partial(advance_dense, problem, scheme)
    return partial(advance_plain, problem, scheme)


def _advance_compiled(problem: Separable, scheme: Zim | Rounding, group: Group, steps: int) -> None:
    advance_chain = compiled_chain(problem, scheme)
    for w, sums in zip(group.w, group.sums, strict=True):
        advance_chain(w, sums, steps, group.rng)
    group.step += steps


def compiled_chain(
    problem: Separable, scheme: Zim | Rounding
) -> Callable[[Floats, Floats, int, np.random.Generator], tuple[float, float]]:
    """A function that advances one chain (w, sums) in place by a number of steps of the compiled engine.

    It returns the running |g|_1 and |g|_2^2 after the last step, so that their drift can be measured.
    """
    from convbound.checks.trajectories.levels import advance_levels

    profile, nothing = problem.profile, np.zeros(1)
    pieces: Any = (nothing, nothing, nothing, 0.0, 0.0)
    if profile is not None:
        pieces = (profile.knots, profile.slopes, profile.curvatures, float(profile.left), float(profile.period or 0))
    hit_law, step = (scheme.hit_law(), 0.0) if isinstance(scheme, Zim) else (nothing, float(scheme.step))
    zim, smoothing = isinstance(scheme, Zim), float(smoothing_of(scheme))

    def advance_chain(w: Floats, sums: Floats, steps: int, rng: np.random.Generator) -> tuple[float, float]:
        running: tuple[float, float] = advance_levels(
            w, problem.curvature, problem.centre, pieces, zim, smoothing, hit_law, step, sums, steps, rng
        )
        return running

    return advance_chain
