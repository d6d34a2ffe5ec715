"""Trajectories from the definitions alone, and the comparison of an engine's with them.

Nothing here uses the project's gradients, samplers or sums. The comparison is a family of two-sample Kolmogorov-Smirnov
tests, exact for continuous laws and conservative for others; the family errs with probability FAMILY_ERROR at most.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.stats import ks_2samp

from convbound.checks.simulation.problems import Problem, diagonal, indefinite
from convbound.checks.simulation.problems.quadratic import Quadratic
from convbound.checks.simulation.sampling import stream
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.simulation.schemes.rounding import Rounding
from convbound.checks.simulation.schemes.sgd import Sgd
from convbound.checks.simulation.schemes.sign import SignDescent
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.simulation.trajectories.engines import Engine
from convbound.checks.simulation.trajectories.state import BEST, SQUARE, Group

FAMILY_ERROR = 1e-6
COMPARISONS = 4000  # no fewer than the p-values that all tests of this kind compute, the long ones included
LEVEL = FAMILY_ERROR / COMPARISONS

CHAINS = 400
LOOKS = 25  # hitting times are seen on a grid of so many steps
FOLD = 2.0


@dataclass(frozen=True)
class Case:
    """A problem of dimension d with smoothness L, and a scheme on it; all chains start at 8 in every coordinate."""

    kind: str  # separable, folded or dense
    d: int
    scheme: Scheme
    L: float = 1.0
    steps: int = 1000
    chains: int = CHAINS

    def data(self) -> tuple[np.ndarray, np.ndarray]:
        """Curvatures (negative ones are folded) and centres."""
        rng = np.random.default_rng(self.d)
        curvature = rng.integers(1, 9, self.d) / 8
        curvature[0] = 1.0
        if self.kind == "folded":
            curvature[1::2] *= -1
        return self.L * curvature, rng.integers(-16, 17, self.d) / 8

    def matrix(self) -> np.ndarray:
        """A symmetric positive definite matrix of largest eigenvalue L, with dyadic entries."""
        curvature, _ = self.data()
        v = np.ones(4)
        basis = np.eye(self.d)
        for k in range(0, self.d - 3, 4):
            basis[k : k + 4, k : k + 4] -= np.outer(v, v) / 2
        return (basis * curvature) @ basis.T

    def problem(self) -> Problem:
        """The same for the engines."""
        curvature, centre = self.data()
        if self.kind == "dense":
            return Quadratic(self.matrix(), centre, self.L)
        return indefinite(curvature, centre, FOLD) if self.kind == "folded" else diagonal(curvature, centre)

    def gradient(self) -> Callable[[np.ndarray], np.ndarray]:
        """The gradient from its definition, at points of shape (chains, d)."""
        curvature, centre = self.data()
        if self.kind == "dense":
            matrix = self.matrix()
            return lambda w: (matrix @ (w - centre).T).T
        if self.kind == "separable":
            return lambda w: curvature * (w - centre)

        def folded(w: np.ndarray) -> np.ndarray:
            u = w - centre
            inside = np.abs(u) <= FOLD
            down = np.where(inside, curvature * u, -curvature * (u - 2 * FOLD * np.sign(u)))
            return np.where(curvature < 0, down, curvature * u)

        return folded


def definition(scheme: Scheme, g: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What one step subtracts, word by word: `g` has shape (chains, d)."""
    chains, d = g.shape
    if isinstance(scheme, Zim):
        weights = np.abs(g) + scheme.smoothing
        weights[weights.sum(axis=1) == 0] = 1.0  # nothing can move there
        # all chains in one search: the cumulative law of chain k ends at k + 1
        upto = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True) + np.arange(chains)[:, None]
        target = rng.random((chains, scheme.trials)) + np.arange(chains)[:, None]
        where = np.searchsorted(upto.ravel(), target.ravel(), side="right")
        where = np.minimum(where, np.repeat(np.arange(1, chains + 1), scheme.trials) * d - 1)
        hit = rng.random(where.size) < scheme.rate
        return np.bincount(where[hit], minlength=g.size).reshape(g.shape) * np.sign(g)
    if isinstance(scheme, Rounding):
        wanted = scheme.step * g
        below = np.floor(wanted)
        return below + (rng.random(g.shape) < wanted - below)
    if isinstance(scheme, Sgd):
        return scheme.step * (g + scheme.noise * rng.normal(size=g.shape))
    assert isinstance(scheme, SignDescent)
    return np.sign(g)


@dataclass(frozen=True)
class Sample:
    """Statistics of independent chains, one entry a chain each."""

    mean_square: np.ndarray
    last_square: np.ndarray
    first_coordinate: np.ndarray
    sum_of_coordinates: np.ndarray
    hitting: np.ndarray  # looks at which the least |g|_2 was still above the level

    def columns(self) -> dict[str, np.ndarray]:
        return vars(self)


def looks(steps: int) -> list[int]:
    return [steps * k // LOOKS for k in range(1, LOOKS + 1)]


@cache
def reference(case: Case) -> tuple[Sample, float]:
    """Chains from the definitions, and the level of the hitting times: the median of their least |g|_2."""
    rng, gradient = np.random.default_rng(77), case.gradient()
    w = np.full((CHAINS, case.d), 8.0)
    squares, least, seen, grid = np.zeros(CHAINS), np.full(CHAINS, np.inf), [], set(looks(case.steps))
    for step in range(1, case.steps + 1):
        g = gradient(w)
        square = (g**2).sum(axis=1)
        squares += square
        least = np.minimum(least, np.sqrt(square))
        if step in grid:
            seen.append(least)
        w = w - definition(case.scheme, g, rng)
    level = float(np.median(least))
    last = (gradient(w) ** 2).sum(axis=1)
    hitting = (np.array(seen) > level * (1 + 1e-9)).sum(axis=0)
    return Sample(squares / case.steps, last, w[:, 0], w.sum(axis=1), hitting), level


def run(engine: Engine, case: Case, seed: int = 5) -> Sample:
    """The same statistics of an engine's chains; its state is checked at the end."""
    _, level = reference(case)
    group = Group.start(np.full((case.chains, case.d), 8.0), stream(seed))
    walk = engine.walk(case.problem(), case.scheme, group)
    above = np.zeros(case.chains)
    for look in looks(case.steps):
        walk.advance(look - group.step)
        above += group.sums[:, BEST] > level * (1 + 1e-9)
    walk.check()
    square = (group.sums[:, SQUARE] + group.sums[:, SQUARE + 1]) / case.steps
    last = (case.gradient()(group.w) ** 2).sum(axis=1)
    return Sample(square, last, group.w[:, 0].copy(), group.w.sum(axis=1), above)


def least_p_value(engine: Engine, case: Case) -> tuple[float, str]:
    """The smallest p-value over the statistics, and which it was."""
    ours, (theirs, _) = run(engine, case).columns(), reference(case)
    p = {name: _p_value(ours[name], values) for name, values in theirs.columns().items()}
    worst = min(p, key=lambda name: p[name])
    return p[worst], worst


def _p_value(ours: np.ndarray, theirs: np.ndarray) -> float:
    # sums in another order differ by roundings: what agrees to ten digits is the same
    scale = max(np.abs(theirs).max(), 1e-300)
    ours, theirs = (np.round(x / scale, 10) for x in (ours, theirs))
    rough = float(ks_2samp(ours, theirs, method="asymp").pvalue)
    # near one, where nothing is decided, the exact sum may come out above one, and SciPy warns of that
    return rough if rough > 0.5 else float(ks_2samp(ours, theirs, method="exact").pvalue)
