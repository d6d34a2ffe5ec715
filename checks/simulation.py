"""One scheme on one problem, measured against every bound of the catalogue that applies."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from convbound.bounds import Assessment, InputError, Run, assess_all
from convbound.bounds import Problem as BoundedProblem
from convbound.bounds import Scheme as BoundedScheme
from convbound.bounds import parameters as bound_parameters
from convbound.checks.problems import (
    Problem,
    dense_spectrum,
    diagonal,
    huber,
    indefinite,
    low_rank,
    sawtooth,
)
from convbound.checks.sampling import stream
from convbound.checks.trajectories import Greedy, Rounding, Scheme, Sgd, SignDescent, Trajectory, Zim

PROBLEMS = ("quadratic", "half-integer", "dense", "low-rank", "indefinite", "huber", "sawtooth")
SCHEMES = ("zim", "rounding", "sign", "sgd", "greedy")
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
            raise InputError("the huber problem has one dimension; give --d 1.")
    raise InputError(f"there is no problem {kind!r}; choose {', '.join(PROBLEMS)}.")


def build_scheme(kind: str, *, n: int, r: float, c: float, alpha: float, noise: float) -> Scheme:
    """The scheme of that name with the parameters it uses."""
    match kind:
        case "zim":
            return Zim(n, r, c)
        case "rounding":
            return Rounding(alpha)
        case "sign":
            return SignDescent()
        case "sgd":
            return Sgd(alpha, noise)
        case "greedy":
            return Greedy()
    raise InputError(f"there is no scheme {kind!r}; choose {', '.join(SCHEMES)}.")


@dataclass(frozen=True)
class Measured:
    """A recorded quantity after K steps: its mean over the chains and the standard error of that mean."""

    quantity: str
    mean: float
    error: float
    bounds: tuple[Assessment, ...]


def known_parameters(problem: Problem, scheme: Scheme, start: npt.NDArray[np.float64], steps: int) -> dict[str, Any]:
    """The parameters of bounds that the run fixes, by their letters."""
    gap = Fraction(float(problem.value(start))) - Fraction(float(problem.infimum))
    about = BoundedProblem(L=Fraction(float(problem.smoothness)), d=problem.dimension, gap=max(gap, Fraction(0)))
    zim, run = BoundedScheme(), Run(steps=steps)
    match scheme:
        case Zim():
            zim = BoundedScheme(n=scheme.trials, r=Fraction(scheme.rate), c=Fraction(scheme.smoothing))
        case Rounding():
            run = Run(steps=steps, alpha=Fraction(scheme.step))
        case Sgd():
            variance = Fraction(scheme.noise) ** 2 * problem.dimension
            run = Run(steps=steps, alpha=Fraction(scheme.step), mu=1, M=variance, M_G=1)
    return dict(bound_parameters(about, zim, run))


def scheme_name(scheme: Scheme) -> str:
    """The scheme's name in the catalogue."""
    names = {Zim: "zim", Rounding: "rounding", SignDescent: "sign", Sgd: "sgd", Greedy: "greedy"}
    return names[type(scheme)]


def compare_with_bounds(trajectory: Trajectory, scheme: Scheme, parameters: dict[str, Any]) -> list[Measured]:
    """Every recorded quantity at the last step, each with the bounds on it that apply to the scheme.

    A bound in the limit is left out where there is one after K steps that tends to it.
    """
    ours = (scheme_name(scheme), "any") if not isinstance(scheme, Sgd) else ("sgd",)  # SGD leaves the lattice
    assessments = [a for a in assess_all(parameters) if a.bound.scheme in ours]
    rows = []
    for quantity, field in RECORDS.items():
        last = getattr(trajectory, field)[:, -1]
        error = float(last.std(ddof=1) / np.sqrt(last.size)) if last.size > 1 else float("nan")
        about = [a for a in assessments if a.bound.quantity in (quantity, f"{quantity}/K")]
        after_steps = {a.bound.id for a in about}
        bounds = tuple(a for a in about if f"{a.bound.id}/K" not in after_steps)
        if quantity != "alignment" or isinstance(scheme, Zim):
            rows.append(Measured(quantity, float(last.mean()), error, bounds))
    return rows
