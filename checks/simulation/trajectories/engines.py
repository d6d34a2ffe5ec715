"""The engines, and the fastest one for a problem and a scheme; all of them follow the same law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from convbound.bounds.errors import InputError
from convbound.checks.simulation.problems import Problem, Quadratic, Separable
from convbound.checks.simulation.problems.own import OwnProblem
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.simulation.trajectories import numba_cache
from convbound.checks.simulation.trajectories.dense import DenseWalk
from convbound.checks.simulation.trajectories.lockstep import LockstepWalk
from convbound.checks.simulation.trajectories.numba_cache import has_numba
from convbound.checks.simulation.trajectories.own import OwnWalk
from convbound.checks.simulation.trajectories.plain import HeapWalk, PlainWalk
from convbound.checks.simulation.trajectories.state import Group, Walk
from convbound.checks.simulation.trajectories.walks import ColumnsWalk, LevelsWalk, SweepWalk

__all__ = ["ENGINES", "Engine", "choose", "engine", "has_numba", "named", "walk"]

Advance = Callable[[Group, int], None]

# With fewer coordinates than this for each trial that hits, a pass over all of them costs less than a visit a trial.
COORDINATES_PER_TRIAL = 8


@dataclass(frozen=True)
class Engine:
    """One way to follow the law of a scheme: the problems it takes, and whether it needs numba.

    A scheme names the engines that know it; a `general` one takes every scheme.
    """

    name: str
    walk: Callable[..., Walk]  # of a problem, a scheme and a group
    problems: tuple[type, ...]
    compiled: bool = False
    general: bool = False
    for_few_hits: bool = False  # slower than a pass over all coordinates where a step hits many of them
    together: bool = False  # chains of a group advance in lock-step, so that many of them cost little more than one

    def takes(self, problem: Problem, scheme: Scheme) -> bool:
        """Whether it follows that scheme on that problem."""
        return isinstance(problem, self.problems) and (self.general or self.name in scheme.engines)

    def advance(self, problem: Problem, scheme: Scheme, group: Group, steps: int) -> None:
        """Advance a group of chains by a number of steps, in place."""
        walking = self.walk(problem, scheme, group)
        walking.advance(steps)
        walking.settle()

    def suits(self, problem: Problem, scheme: Scheme) -> bool:
        """Whether it is meant for that number of trials; every engine is right for any."""
        if scheme.hits is None or not self.for_few_hits:
            return True
        return scheme.hits * COORDINATES_PER_TRIAL < problem.dimension


# In order of preference: the first that takes the problem and suits the scheme is used.
ENGINES = (
    Engine("own", OwnWalk, (OwnProblem,), general=True),
    Engine("levels", LevelsWalk, (Separable,), compiled=True, for_few_hits=True),
    Engine("sweep", SweepWalk, (Separable,), compiled=True),
    Engine("columns", ColumnsWalk, (Quadratic,), compiled=True),
    Engine("lockstep", LockstepWalk, (Separable,), together=True, for_few_hits=True),
    Engine("heap", HeapWalk, (Separable,)),
    Engine("dense", DenseWalk, (Quadratic,)),
    Engine("plain", PlainWalk, (object,), general=True, together=True),
)


def choose(problem: Problem, scheme: Scheme, compiled: bool) -> Engine:
    """The engine that runs a scheme on a problem; where numba turns out not to load, one that needs none."""
    for candidate in ENGINES:
        if candidate.takes(problem, scheme) and candidate.suits(problem, scheme):
            if not candidate.compiled:
                return candidate
            if compiled and numba_cache.usable():
                return candidate
    raise AssertionError("the plain engine takes everything")


def named(name: str) -> Engine:
    """The engine of that name.

    Raises:
        InputError: there is none.
    """
    for candidate in ENGINES:
        if candidate.name == name:
            return candidate
    raise InputError(f"there is no engine {name!r}; choose {', '.join(e.name for e in ENGINES)}.")


def walk(problem: Problem, scheme: Scheme, group: Group, compiled: bool) -> Walk:
    """The fastest engine at work on a group, from where the group stands."""
    return choose(problem, scheme, compiled).walk(problem, scheme, group)


def engine(problem: Problem, scheme: Scheme, compiled: bool) -> Advance:
    """A function that advances a group of chains by a number of steps, in place."""
    return partial(choose(problem, scheme, compiled).advance, problem, scheme)
