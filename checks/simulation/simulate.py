"""One scheme on one problem, measured against every bound of the catalogue whose hypotheses hold on the run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from convbound.bounds import CATALOGUE, Assessment, Bound, InputError, assess_all
from convbound.bounds import parameters as bound_parameters
from convbound.bounds.arithmetic import Number
from convbound.bounds.subjects.discrete_updates import CONSTANTS, SMOOTH
from convbound.checks.simulation.problems import (
    LowRank,
    Problem,
    Quadratic,
    Separable,
    dense_spectrum,
    diagonal,
    huber,
    indefinite,
    low_rank,
    sawtooth,
)
from convbound.checks.simulation.problems.own import OwnProblem
from convbound.checks.simulation.sampling import stream
from convbound.checks.simulation.schemes import scheme_classes
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.simulation.trajectories import Trajectory

PROBLEMS = ("quadratic", "half-integer", "dense", "low-rank", "indefinite", "huber", "sawtooth")
# What a trajectory records and which quantities of the catalogue that is: over K steps, and in the limit.
RECORDS = {
    "mean-square": "mean_square",
    "mean-norm": "mean_norm",
    "best-iterate": "best_norm",
    "alignment": "mean_alignment",
}
SAWTOOTH_CLIMBS = 10
# Streams of chains are numbered from zero; the problem's own data come from a stream out of their reach.
PROBLEM_STREAM = 1 << 31
# The chance that a bound which holds is said to be exceeded, were averages over chains normal.
FALSE_ALARM = 1e-5


def build_problem(kind: str, dimension: int, smoothness: Fraction, seed: int) -> Problem:
    """A synthetic problem with that L, in floats; random data are drawn from the seed.

    Raises:
        InputError: the kind is unknown, or the dimension does not suit it.
    """
    d, L, rng = dimension, smoothness, stream(seed, PROBLEM_STREAM)
    if d < 1 or L <= 0:
        raise InputError("--d must be at least 1 and --L positive.")
    curvature = float(L) * rng.integers(1, 9, size=d) / 8
    curvature[0] = float(L)
    centre = rng.integers(-16, 17, size=d) / 8
    match kind:
        case "quadratic":
            return diagonal(curvature, centre)
        case "half-integer":
            return diagonal(np.full(d, float(L)), np.full(d, 0.5))
        case "dense":
            return dense_spectrum(curvature, centre, rng)
        case "low-rank":
            rank = min(d, 4)
            root = np.sqrt(float(L) / 2 / np.ceil(d / rank))
            return low_rank(float(L) / 2, [root] * rank, centre)
        case "indefinite":
            return indefinite(curvature * np.where(np.arange(d) % 2, -1, 1), centre, 2.0)
        case "huber" if d == 1:
            return huber(4 * L, L).floating()
        case "sawtooth":
            return sawtooth(SAWTOOTH_CLIMBS, L, d).floating()
        case "huber":
            raise InputError("--problem huber has one dimension; give --d 1.")
    raise InputError(f"there is no problem {kind!r}; choose {', '.join(PROBLEMS)}.")


def on_unit_lattice(problem: Problem, spacing: Fraction) -> Problem:
    """The objective u -> F(spacing * u) / spacing (T6): the same gradients, spacing * L.

    Raises:
        InputError: the problem is periodic or folded at fixed points, and is not offered on other lattices.
    """
    scale = float(spacing)
    match problem:
        case _ if spacing == 1:
            return problem
        case Separable() if problem.profile is None:
            return Separable(problem.curvature * scale, problem.centre / scale)
        case Quadratic():
            return Quadratic(problem.matrix * scale, problem.centre / scale, problem.smoothness * scale)
        case LowRank():
            return LowRank(problem.shift * scale, problem.factors * np.sqrt(scale), problem.centre / scale)
    raise InputError("--spacing other than 1 is for quadratic, half-integer, dense, low-rank and problems of your own.")


@dataclass(frozen=True)
class Setup:
    """What is run: problem and scheme on the unit lattice, and the lattice's spacing, L and F_inf of F itself."""

    problem: Problem
    scheme: Scheme
    spacing: Fraction = Fraction(1)

    @property
    def own(self) -> OwnProblem | None:
        """The user's problem, None for a built-in one."""
        return self.problem if isinstance(self.problem, OwnProblem) else None

    @property
    def smoothness(self) -> Fraction:
        """L of F."""
        if self.own is not None:
            return self.own.constant
        return Fraction(float(self.problem.smoothness)) / self.spacing

    def gap(self, start: npt.NDArray[np.float64]) -> Fraction | None:
        """F(w_1) - F_inf at a start on the unit lattice; None where F_inf is unknown."""
        if self.own is not None and self.own.lower_bound is None:
            return None
        lowest = Fraction(float(self.problem.infimum))
        return max((Fraction(float(self.problem.value(start))) - lowest) * self.spacing, Fraction(0))


def parameters_of_run(setup: Setup, start: npt.NDArray[np.float64], steps: int) -> dict[str, Number]:
    """The parameters of bounds that the run fixes, by their letters, on the unit lattice, where the run takes place.

    There the objective is F(spacing * u) / spacing, with the same gradients: so the claims at spacing 1 are about it.
    """
    scheme, gap = setup.scheme, setup.gap(start)
    return dict(
        bound_parameters(
            L=setup.smoothness * setup.spacing,
            d=setup.problem.dimension,
            Delta=None if gap is None else gap / setup.spacing,
            K=steps,
            **scheme.constants(setup.problem.dimension),
        )
    )


@dataclass(frozen=True)
class Seen:
    """What a run showed of the hypotheses on its problem: the steepest change of the gradient, and the least value."""

    steepest: float = 0.0
    least: float = np.inf
    refuted: bool = False  # a bound whose hypotheses held as far as they were looked at was exceeded all the same


CONTRADICTED = "the run itself exceeds a bound that follows from what is declared of F, so that is wrong"


def _smooth(setup: Setup, seen: Seen) -> str | None:
    own = setup.own
    if own is None:
        return None  # by construction
    if own.estimated:
        return "L is an estimate from below, not a constant that is known to hold"
    if seen.steepest > float(own.constant) * (1 + 1e-6):
        return f"L = {float(own.constant):g} is too small: the gradient changes {seen.steepest:.4g} times as fast as w"
    if own.wrong_derivative() is not None:
        return "the gradient is not the derivative of F"
    if own.lower_bound is None:
        return "no lower bound of F is declared (`infimum`)"
    if seen.least < float(own.lower_bound) - 1e-9 * (1 + abs(seen.least)):
        return f"F went down to {seen.least:g}, below its declared infimum"
    return CONTRADICTED if seen.refuted else None


def _follows(setup: Setup) -> str | None:
    """Why a bound on the scheme is not about this run, which follows the scheme; None where it is."""
    if setup.own is not None and setup.own.stochastic:
        return "it follows minibatch gradients, the bound is about exact ones"
    if setup.own is not None and not setup.scheme.coordinatewise and len(setup.own.tensors) > 1:
        return "it treats each tensor on its own, the bound is about all weights together"
    if setup.own is not None and any(tensor.overrides for tensor in setup.own.tensors):
        return "some tensor has parameters of its own"
    return None


def unmet(assumption: str, setup: Setup, seen: Seen) -> str | None:
    """Why an assumption of a catalogue's entry does not hold on a run; None where it does."""
    if assumption == SMOOTH:
        return _smooth(setup, seen)
    if assumption in setup.scheme.assumptions:
        return _follows(setup)
    if assumption == CONSTANTS and "mu" in setup.scheme.constants(setup.problem.dimension):
        return "its constants are declared, and not proved here: convbound bound --scheme does that"
    if any(assumption in scheme.assumptions for scheme in scheme_classes()):
        return "the update is another one"
    return f"not checked: {assumption}"


@dataclass(frozen=True)
class Judged:
    """A bound beside a measurement: `unmet` says which hypotheses do not hold on this run, `exceeded` that the
    measurement lies above the bound by more than chance allows."""

    assessment: Assessment
    unmet: tuple[str, ...]
    exceeded: bool

    @property
    def bound(self) -> Bound:
        """The entry of the catalogue."""
        return self.assessment.bound

    @property
    def holds(self) -> bool:
        """Whether this is a proved upper bound whose hypotheses hold on the run."""
        return self.assessment.verdict == "proved" and self.bound.role == "upper" and not self.unmet

    @property
    def worth(self) -> str:
        """What the bound is worth on this run."""
        if self.unmet and self.assessment.worth in ("valid", "vacuous", "elsewhere"):
            return "not valid here"
        return self.assessment.worth

    @property
    def remark(self) -> str:
        """Why, in words."""
        if self.bound.role == "lower":
            return f"{self.assessment.verdict}; a worst case over all F with this L, no floor for this F"
        return "; ".join([*self.unmet, self.assessment.remark])


@dataclass(frozen=True)
class Measured:
    """A recorded quantity after K steps: its mean over the chains and the standard error of that mean."""

    quantity: str
    mean: float
    error: float
    bounds: tuple[Judged, ...]
    limits: tuple[Judged, ...] = ()  # the bounds on it for K to infinity


@dataclass(frozen=True)
class Comparison:
    """All measurements beside all bounds, and the bounds that do not apply, with their conditions."""

    rows: tuple[Measured, ...]
    elsewhere: tuple[tuple[Bound, str], ...] = field(default=())

    def exceeded(self) -> list[tuple[Measured, Judged]]:
        """Measurements above a bound that is shown as valid: this must not happen."""
        return [(row, judged) for row in self.rows for judged in row.bounds if judged.exceeded]


def standard_error(values: npt.NDArray[np.float64]) -> float:
    """The standard error of the mean over chains; NaN for one chain."""
    return float(values.std(ddof=1) / np.sqrt(values.size)) if values.size > 1 else float("nan")


def exceeds(values: npt.NDArray[np.float64], bound: float) -> bool:
    """Whether the expectation of a nonnegative quantity, drawn once a chain, lies above `bound`.

    By Student's law of the mean, and (also for one chain) by Markov's inequality; each errs with FALSE_ALARM at most,
    the first for normal averages.
    """
    from scipy.special import stdtrit

    mean, slack = float(values.mean()), 1e-9 * abs(bound)
    if mean * FALSE_ALARM > bound + slack:
        return True
    if values.size < 2:
        return False
    quantile = float(stdtrit(values.size - 1, 1 - FALSE_ALARM))
    return mean - quantile * standard_error(values) > bound + slack


def compare_with_bounds(
    trajectory: Trajectory, setup: Setup, parameters: dict[str, Number], seen: Seen | None = None
) -> Comparison:
    """Every recorded quantity at the last step, each with the bounds on it that apply to the scheme.

    A bound in the limit is left out where there is one after K steps that tends to it. Where a run on somebody's own
    problem exceeds a proved bound, what is declared of the problem is false, and no bound counts as valid.

    Args:
        trajectory: what was recorded.
        setup: the problem, the scheme and the spacing.
        parameters: what is known of the run, by letter (`parameters_of_run`).
        seen: what the run itself shows of somebody's own problem.
    """
    found = _compare(trajectory, setup, parameters, seen or Seen())
    if setup.own is None or not found.exceeded():
        return found
    return _compare(trajectory, setup, parameters, replace(seen or Seen(), refuted=True))


def _compare(trajectory: Trajectory, setup: Setup, parameters: dict[str, Number], seen: Seen) -> Comparison:
    scheme = setup.scheme
    ours = (scheme.name, "any") if scheme.on_lattice else (scheme.name,)
    assessments = [a for a in assess_all(parameters) if a.bound.scheme.id in ours]
    rows = []
    for quantity, name in RECORDS.items():
        last = getattr(trajectory, name)[:, -1]
        about = [a for a in assessments if a.bound.quantity in (quantity, f"{quantity}/K")]
        after_steps = {a.bound.id for a in about}
        judged = [_judge(a, setup, seen, last) for a in about]
        shown = tuple(j for j in judged if f"{j.bound.id}/K" not in after_steps)
        limits = tuple(j for j in judged if not j.bound.quantity.endswith("/K"))
        if quantity != "alignment" or scheme.has_alignment:
            rows.append(Measured(quantity, float(last.mean()), standard_error(last), shown, limits))
    applying = {a.bound.id for a in assessments}
    left_out = [
        (bound, bound.condition_text)
        for bound in CATALOGUE.values()
        if bound.scheme.id in ours and bound.role == "upper" and bound.id not in applying
        if bound.quantity.removesuffix("/K") in RECORDS and all(name in parameters for name in bound.needs)
    ]
    return Comparison(tuple(rows), tuple(left_out))


def _judge(assessment: Assessment, setup: Setup, seen: Seen, values: npt.NDArray[np.float64]) -> Judged:
    bound = assessment.bound
    if bound.role == "lower" or assessment.verdict != "proved":
        return Judged(assessment, (), False)
    answers = [unmet(text, setup, seen) for text in bound.assumptions]
    reasons = tuple(answer for answer in answers if answer is not None)
    asked = bound.role == "upper" and bound.quantity.endswith("/K") and set(reasons) <= {CONTRADICTED}
    return Judged(assessment, reasons, asked and exceeds(values, float(assessment.value)))
