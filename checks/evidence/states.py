"""Near the minimum the law of the state is known: where a chain is after K steps, and what it recorded on the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from convbound.checks.arrays import Floats
from convbound.checks.evidence.references import Advance, StateLaw, state_law
from convbound.checks.simulation.problems import Quadratic, Separable, diagonal
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.simulation.schemes.rounding import Rounding
from convbound.checks.simulation.schemes.sgd import Sgd
from convbound.checks.simulation.schemes.sparse import Sparse
from convbound.checks.simulation.schemes.ternary import Ternary
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.simulation.trajectories.state import SQUARE, Group
from convbound.checks.statistics import Experiment, Law, Quantity, Successive

# Supported within this distance in total variation, and this share of the mean.
TOLERANCE, SHARE = 0.1, 0.1
RAREST = 0.004  # states less likely than this share a cell


@dataclass(frozen=True, eq=False)
class Near:
    """A problem with a start, a scheme and a number of steps; `exchangeable` as in `state_law`."""

    label: str
    problem: Separable | Quadratic
    scheme: Scheme
    start: Floats
    steps: int
    exchangeable: bool = False


@dataclass(frozen=True, eq=False)
class SquareSampler:
    """The cell of |g|_2^2 at the last point, and the mean of |g|_2^2 that the engine recorded; shape (size, 2).

    The cell is -1 where a weight is no integer.
    """

    advance: Advance
    near: Near
    thresholds: Floats

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """Shape (size, 2)."""
        near = self.near
        group = Group.start(np.tile(near.start, (size, 1)), rng)
        self.advance(near.problem, near.scheme, group, near.steps)
        squares = (near.problem.gradient(group.w) ** 2).sum(axis=1)
        whole = (group.w == np.floor(group.w)).all(axis=1)
        cells = np.where(whole, np.searchsorted(self.thresholds, squares), -1.0)
        return np.column_stack([cells, (group.sums[:, SQUARE] + group.sums[:, SQUARE + 1]) / near.steps])


@dataclass(frozen=True, eq=False)
class PointSampler:
    """The cell of the point itself, reached by one call for each step; -1 for a point that cannot be reached, or where
    a step recorded another |g|_2^2 than that of the point it left. Shape (size, 1)."""

    advance: Advance
    near: Near
    cells: dict[bytes, int]

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """Shape (size, 1)."""
        near = self.near
        group = Group.start(np.tile(near.start, (size, 1)), rng)
        expected = np.zeros(size)
        for _ in range(near.steps):
            expected += (near.problem.gradient(group.w) ** 2).sum(axis=1)
            self.advance(near.problem, near.scheme, group, 1)
        cells = np.array([self.cells.get((w + 0.0).tobytes(), -1) for w in group.w], dtype=np.float64)
        recorded = group.sums[:, SQUARE] + group.sums[:, SQUARE + 1]
        cells[np.abs(recorded - expected) > 1e-9 * (1 + expected)] = -1.0
        return cells[:, None]


def alike(dimension: int, centre: float) -> Separable:
    """Coordinates of curvature one, all alike."""
    return diagonal(np.ones(dimension), np.full(dimension, centre))


def coupled() -> Quadratic:
    """Two coordinates, coupled, dyadic."""
    return Quadratic(np.array([[1.0, 0.5], [0.5, 0.75]]), np.array([0.25, 0.375]), 1.3903882032022077)


@lru_cache(maxsize=4)
def nears(steps: int) -> dict[tuple[type, bool], list[Near]]:
    """The cases, by scheme and by whether the problem is dense; the longest are of so many steps."""
    three = diagonal(np.array([1.0, 0.5, 2.0]), np.array([0.25, 0.0, -0.125]))  # the second starts at its minimum
    full = Quadratic(np.diag(three.curvature), three.centre, 2.0)
    start, sixteenth = np.array([1.0, 0.0, -2.0]), 1 / 16
    zim, bold = Zim(2, 0.75, 0.5), Zim(3, 0.75, 0.125)

    def many(scheme: Scheme, label: str, dimension: int, first: float, steps: int) -> Near:
        # a move from -1/16 to 15/16 crosses magnitudes at which no weight is
        problem = alike(dimension, sixteenth)
        return Near(label, problem, scheme, np.full(dimension, first), steps, exchangeable=True)

    pair = np.array([1.0, -1.0])
    return {
        (Ternary, False): [Near("2 steps", three, Ternary(0.25), start, 2)],
        (Sparse, False): [Near("2 steps", three, Sparse(0.25, 0.5), start, 2)],
        (Zim, False): [
            Near("2 steps", three, zim, start, 2),
            many(bold, f"d = 5, {steps} steps", 5, 1.0, steps),
            many(Zim(3, 0.75, 0.0), f"d = 5, c = 0, {steps} steps", 5, 1.0, steps),
            many(Zim(1, 1.0, 0.125), f"d = 40, {steps} steps", 40, 0.0, steps),
        ],
        (Rounding, False): [
            Near("2 steps", three, Rounding(0.75), start, 2),
            many(Rounding(0.375), f"d = 6, {steps} steps", 6, 1.0, steps),
        ],
        (Zim, True): [
            Near("2 steps", full, zim, start, 2),
            Near(f"coupled, {steps} steps", coupled(), Zim(2, 0.75, 0.125), pair, steps),
        ],
        (Rounding, True): [
            Near("2 steps", full, Rounding(0.75), start, 2),
            Near(f"coupled, {steps} steps", coupled(), Rounding(0.375), pair, steps),
        ],
    }


@lru_cache(maxsize=32)
def law_of(near: Near) -> StateLaw:
    """The law of the state of one case, computed once."""
    return state_law(near.problem, near.scheme, near.start, near.steps, exchangeable=near.exchangeable)


def state_tests(name: str, advance: Advance, scheme: type, dense: bool, work: int) -> list[Experiment]:
    """The law of the state of an engine under ZIM or under stochastic rounding."""
    tests = []
    steps = 200 if work == 1 else 60 if work < 10 else 20
    for near in nears(steps)[scheme, dense]:
        law, label = law_of(near), f"{scheme.__name__}, {near.label}"
        if near.steps == 2:
            cells, shares = _points(law)
            tests.append(
                Experiment(
                    f"{name}: {label}",
                    PointSampler(advance, near, cells),
                    (Law(f"{label}: law of the point", shares, TOLERANCE),),
                    512,
                    4096,
                    1 << 22,
                )
            )
            continue
        squares = (near.problem.gradient(law.states) ** 2).sum(axis=1)
        thresholds, shares = law.cells(squares, 6)
        mean, margin = law.mean_square, 1e-6 * (1 + law.most)
        low, high = law.least - margin, law.most + margin
        quantities = (
            Law(f"{label}: law of |g|^2", shares, TOLERANCE * min(2, work)),
            Quantity(f"{label}: mean of |g|^2", "=", mean, low, high, within=mean * SHARE * min(2, work)),
            Successive(f"{label}: independence of successive chains", shares, 2 * TOLERANCE * min(2, work)),
        )
        sampler = SquareSampler(advance, near, thresholds)
        tests.append(Experiment(f"{name}: {label}", sampler, quantities, 128, 2048, 1 << 20, columns=(0, 1, 0)))
    return tests


def _points(law: StateLaw) -> tuple[dict[bytes, int], tuple[float, ...]]:
    """A cell for every likely point, one for all the others that can be reached."""
    cells: dict[bytes, int] = {}
    shares: list[float] = []
    rest = 0.0
    reached = [(w, p) for w, p in zip(law.states, law.probabilities, strict=True) if p > 0]
    likely = [(w, p) for w, p in reached if p >= RAREST]
    for w, p in likely:
        cells[w.tobytes()] = len(shares)
        shares.append(float(p))
    for w, p in reached:
        if p < RAREST:
            cells[w.tobytes()] = len(likely)
            rest += float(p)
    shares += [rest] if rest else []
    return cells, tuple(x / sum(shares) for x in shares)


# --------------------------------------------------------------------------------------- schemes without a law of hits


@dataclass(frozen=True, eq=False)
class PathSampler:
    """Cell 0 where an engine ends where the definition of a deterministic scheme ends, else -1."""

    advance: Advance
    problem: Separable | Quadratic
    scheme: Scheme
    steps: int

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """Chains from random integer points; shape (size, 1)."""
        start = rng.integers(-5, 6, (size, self.problem.dimension)).astype(np.float64)
        group = Group.start(start.copy(), rng)
        self.advance(self.problem, self.scheme, group, self.steps)
        for w in start:
            for _ in range(self.steps):
                moves, _ = self.scheme.law_in_floats(self.problem.gradient(w)[None], float(self.problem.smoothness))
                w -= moves[0, 0]
        return np.where((group.w == start).all(axis=1), 0.0, -1.0)[:, None]


@dataclass(frozen=True, eq=False)
class NoiseSampler:
    """The cells of SGD's noise: of one coordinate, and of the sum of two over two steps; shape (size, 2)."""

    advance: Advance
    problem: Separable
    scheme: Sgd
    thresholds: Floats

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """Shape (size, 2)."""
        w = np.tile(np.array([3.0, -2.0]), (size, 1))
        noises = []
        group = Group.start(w.copy(), rng)
        for _ in range(2):
            before = group.w.copy()
            self.advance(self.problem, self.scheme, group, 1)
            drift = before - group.w - self.scheme.step * self.problem.gradient(before)
            noises.append(drift / (self.scheme.step * self.scheme.noise))
        both = (noises[0].sum(axis=1) + noises[1].sum(axis=1)) / 2
        return np.column_stack([np.searchsorted(self.thresholds, x) for x in (noises[0][:, 0], both)]).astype(float)


def whole_path_tests(name: str, advance: Advance, schemes: tuple[type, ...], dense: bool) -> list[Experiment]:
    """Deterministic schemes step by step, and the noise of SGD."""
    from scipy.special import ndtri

    problem = coupled() if dense else diagonal(np.array([1.0, 0.5, 0.75]), np.array([0.25, 0.5, -0.375]))
    tests = []
    for scheme in schemes:
        label = f"{scheme.__name__}, step by step"
        if scheme is Sgd:
            number = 8
            cuts = ndtri(np.arange(1, number) / number)
            flat = diagonal(np.array([1.0, 0.5]), np.array([0.25, 0.5]))
            shares = (1 / number,) * number
            quantities = tuple(Law(f"{label}: law of {x}", shares, TOLERANCE) for x in ("the noise", "sums of noise"))
            tests.append(Experiment(f"{name}: {label}", NoiseSampler(advance, flat, Sgd(0.25, 2.0), cuts), quantities))
            continue
        sampler = PathSampler(advance, problem, scheme(), 8)
        # a hundred random starts; a single wrong path contradicts
        tests.append(Experiment(f"{name}: {label}", sampler, (Law(f"{label}: the path", (1.0,), 0.5),), 100, 100))
    return tests
