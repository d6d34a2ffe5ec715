"""The engines against the definition: every sampler of updates and every trajectory engine, each by its name.

An engine is held to exactly known laws (`references`): of one draw, of the state after K steps, of the displacement
along slopes that do not change, and of the mean of |g|_2^2; and each draw to its independence of the draw before it. A
wrong engine is `contradicted` by name, and nothing that it drew is used for a claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from convbound.checks.evidence.drifts import drift_tests
from convbound.checks.evidence.one_draw import sampler_tests
from convbound.checks.evidence.references import Advance
from convbound.checks.evidence.states import state_tests, whole_path_tests
from convbound.checks.report.document import EngineEvidence
from convbound.checks.simulation.problems import Problem, Quadratic, Separable
from convbound.checks.simulation.problems.own import OwnProblem
from convbound.checks.simulation.schemes import scheme_classes
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.simulation.schemes.greedy import Greedy
from convbound.checks.simulation.schemes.rounding import Rounding
from convbound.checks.simulation.schemes.sgd import Sgd
from convbound.checks.simulation.schemes.sign import SignDescent
from convbound.checks.simulation.schemes.sparse import Sparse
from convbound.checks.simulation.schemes.ternary import Ternary
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.simulation.trajectories import engines as shipped
from convbound.checks.simulation.trajectories.engines import has_numba
from convbound.checks.simulation.trajectories.state import Group
from convbound.checks.statistics import Experiment, Outcome, worst


@dataclass(frozen=True)
class Engine:
    """A function that advances chains: its name, what it takes, and whether it needs numba.

    `work` is roughly what a step costs, in units of a fast engine's: slow engines are tested with fewer draws.
    """

    name: str
    advance: Advance
    schemes: tuple[type[Scheme], ...]
    problem: str  # "separable", "dense" or "any"
    compiled: bool = False
    work: int = 1


class _Owned:
    """A problem of the tests as a user would give it: two functions and a start."""

    def __init__(self, problem: Problem) -> None:
        self.value, self.gradient = problem.value, problem.gradient
        self.start = np.zeros(problem.dimension)


def _advance_own(problem: Problem, scheme: Scheme, group: Group, steps: int) -> None:
    """The engine for a user's own problem, on a problem whose law is known."""
    own = OwnProblem("the problem of a test", _Owned(problem), Fraction(float(problem.smoothness)), Fraction(1))
    shipped.named("own").advance(own, scheme, group, steps)


# NumPy's engines do less in a second.
_WORK = {"plain": 2, "lockstep": 2, "dense": 20, "own": 20}
_PROBLEMS = {Separable: "separable", Quadratic: "dense", OwnProblem: "any", object: "any"}
ENGINES: dict[str, Engine] = {
    e.name: Engine(
        e.name,
        _advance_own if e.problems == (OwnProblem,) else e.advance,
        tuple(scheme for scheme in scheme_classes() if e.general or e.name in scheme.engines),
        _PROBLEMS[e.problems[0]],
        e.compiled,
        _WORK.get(e.name, 1),
    )
    for e in shipped.ENGINES
    if e.problems[0] in _PROBLEMS  # a test asks for all of them
}


def engine_name(problem: Problem, scheme: Scheme, compiled: bool) -> str:
    """The name of the engine that a run of this kind is given."""
    return shipped.choose(problem, scheme, compiled).name


@dataclass(frozen=True)
class EngineCheck:
    """An engine by name, and the experiments that it has to pass."""

    name: str
    experiments: tuple[Experiment, ...]


def engine_checks(engines: Mapping[str, Engine] | None = None) -> list[EngineCheck]:
    """The checks of all samplers and engines that can run here."""
    checks = [EngineCheck(name, tests) for name, tests in sampler_tests().items()]
    for e in (ENGINES if engines is None else engines).values():
        if e.compiled and not has_numba():
            continue
        checks.append(EngineCheck(e.name, tuple(_experiments(e))))
    return checks


def _experiments(e: Engine) -> list[Experiment]:
    tests: list[Experiment] = []
    for scheme in (Zim, Rounding):
        if scheme in e.schemes:
            tests += drift_tests(e.name, e.advance, scheme, e.work)
            tests += state_tests(e.name, e.advance, scheme, e.problem == "dense", e.work)
    for general in (Ternary, Sparse):  # only general engines take them
        if general in e.schemes:
            tests += state_tests(e.name, e.advance, general, False, e.work)
    others = tuple(s for s in (SignDescent, Greedy, Sgd) if s in e.schemes)
    return [*tests, *whole_path_tests(e.name, e.advance, others, e.problem == "dense")]


def engine_evidence(check: EngineCheck, outcomes: Sequence[Outcome]) -> EngineEvidence:
    """The worst outcome over all experiments speaks for the engine, and of it the worst quantity."""
    verdict = worst([o.verdict for o in outcomes])
    outcome = next(o for o in outcomes if o.verdict == verdict)
    k = next((k for k, v in enumerate(outcome.verdicts) if v == verdict), 0)
    quantity, stray = outcome.experiment.quantities[k], outcome.strays[k]
    low, high = outcome.intervals[k].low, outcome.intervals[k].high
    samples, spent = sum(o.samples for o in outcomes), sum(o.alpha for o in outcomes)
    tests = sum(len(o.verdicts) for o in outcomes)
    said = f"in [{low:.4g}, {high:.4g}], by the definition {quantity.claimed:.4g}"
    if stray is not None:
        said = f"an impossible draw ({stray:g})"
    text = (
        f"{verdict} by {samples} draws in {tests} tests, error at most {spent:.1e}; decisive: {quantity.name}: {said}"
    )
    return EngineEvidence(check.name, verdict, quantity.name, len(outcomes), samples, spent, text)
