"""Speed, drift and memory of trajectories, in one interleaved run: `python tests/benchmarks/bench_trajectories.py`.

"naive" recomputes g and q and draws with `rng.multinomial`; "best naive" draws by cumulative sums and a search. Median
and range of the ratios over five repetitions. Needs numba, except for the lock-step line.
"""

from __future__ import annotations

import math
import resource
import subprocess
import sys
from fractions import Fraction

import numpy as np
from bench_sampling import REPETITIONS, Figure, ratios, report, seconds
from bench_sampling_fenwick import advance_fenwick

from convbound.checks.problems import Quadratic, Separable, dense_spectrum, diagonal
from convbound.checks.problems.base import fractions
from convbound.checks.sampling import stream
from convbound.checks.trajectories import Zim
from convbound.checks.trajectories.columns import advance_columns
from convbound.checks.trajectories.dense import REBUILD
from convbound.checks.trajectories.engines import compiled_chain, engine
from convbound.checks.trajectories.state import Group

N = 8
SCHEME = Zim(N, 1.0, 1.0)
DRIFT_STEPS = 10_000_000


def problem_of(dimension: int, dyadic: bool = True) -> Separable:
    """Curvatures up to 1 and centres of all kinds."""
    rng = np.random.default_rng(dimension)
    if dyadic:
        return diagonal(rng.integers(1, 9, dimension) / 8, rng.integers(-64, 65, dimension) / 8)
    return diagonal(rng.uniform(0.1, 1, dimension), 5 * rng.standard_normal(dimension))


def naive(problem: Separable | Quadratic, w: np.ndarray, steps: int, rng: np.random.Generator) -> None:
    """The step as one would write it: gradient, q, a multinomial draw."""
    for _ in range(steps):
        g = problem.gradient(w)
        q = np.abs(g) + SCHEME.smoothing
        q /= q.sum()
        w -= rng.multinomial(rng.binomial(N, SCHEME.rate), q) * np.sign(g)


def best_naive(problem: Separable | Quadratic, w: np.ndarray, steps: int, rng: np.random.Generator) -> None:
    """The same with N searches in cumulative sums instead of a multinomial draw."""
    for _ in range(steps):
        g = problem.gradient(w)
        upto = np.cumsum(np.abs(g) + SCHEME.smoothing)
        where = np.searchsorted(upto[:-1], rng.random(N) * upto[-1], side="right")
        np.subtract.at(w, where, np.sign(g[where]))


class Chain:
    """One compiled chain, near its floor after `warm` moves."""

    def __init__(self, dimension: int, warm: int) -> None:
        self.problem = problem_of(dimension)
        self.group = Group.start(np.zeros((1, dimension)), stream(1))
        self.advance = compiled_chain(self.problem, SCHEME)
        self.run(max(10, warm // N))

    def run(self, steps: int) -> None:
        """Advance; the set-up, O(d) once a call, is part of it."""
        self.advance(self.group.w[0], self.group.sums[0], steps, self.group.rng)

    def move_seconds(self, steps: int) -> float:
        """Seconds a move, the set-up taken off."""
        set_up = min(seconds(lambda: self.run(0)) for _ in range(3))
        return (seconds(lambda: self.run(steps)) - set_up) / (steps * N)


def separable_figures() -> list[Figure]:
    """One chain with numba at d = 10 to 10⁶."""
    rng = stream(2)
    large, small = Chain(1_000_000, 3_000_000), Chain(1_000, 100_000)
    steps = 100_000
    large_times, small_times, naive_times, best_times, fenwick_times = [], [], [], [], []
    w = large.group.w[0].copy()
    advance_fenwick(w.copy(), large.problem.curvature, large.problem.centre, 1.0, N, 10, rng)
    for _ in range(REPETITIONS):
        large_times.append(large.move_seconds(steps))
        small_times.append(small.move_seconds(steps))
        naive_times.append(seconds(lambda: naive(large.problem, w, 3, rng)) / (3 * N))
        best_times.append(seconds(lambda: best_naive(large.problem, w, 5, rng)) / (5 * N))
        tree = (w.copy(), large.problem.curvature, large.problem.centre, 1.0, N)
        set_up = seconds(lambda tree=tree: advance_fenwick(*tree, 0, rng))
        fenwick_times.append((seconds(lambda tree=tree: advance_fenwick(*tree, steps, rng)) - set_up) / (steps * N))
    pairs = [
        Figure("numba, d = 10⁶, n = 8: naive / ours", _quotients(naive_times, large_times), 5000),
        Figure("the same: best naive / ours", _quotients(best_times, large_times)),
        Figure("the same: Fenwick tree / ours", _quotients(fenwick_times, large_times)),
        Figure("the same: nanoseconds a move", [1e9 * t for t in large_times]),
        Figure("time a move, d = 10⁶ over d = 10³", _quotients(large_times, small_times), 8, at_least=False),
    ]
    for dimension in (2, 10, 100):
        chain, point = Chain(dimension, 1000), np.zeros(dimension)

        def plain(problem: Separable = chain.problem, point: np.ndarray = point) -> None:
            naive(problem, point, 1000, rng)

        quotient = ratios(plain, lambda chain=chain: chain.run(10_000), 1000, 10_000)
        pairs.append(Figure(f"crossover: naive / ours at d = {dimension}", quotient, 1))
    return pairs


def _quotients(above: list[float], below: list[float]) -> list[float]:
    return [a / b for a, b in zip(above, below, strict=True)]


def lockstep_figure() -> list[Figure]:
    """1000 chains without numba at d = 1000."""
    problem, rng = problem_of(1000), stream(3)
    advance, group, w = (
        engine(problem, SCHEME, compiled=False),
        Group.start(np.zeros((1000, 1000)), rng),
        np.zeros(1000),
    )
    ours, chains = 20, 1000
    quotients = ratios(lambda: naive(problem, w, 500, rng), lambda: advance(group, ours), 500, ours * chains)
    best = ratios(lambda: best_naive(problem, w, 500, rng), lambda: advance(group, ours), 500, ours * chains)
    return [
        Figure("without numba, d = 10³, 1000 chains: naive / ours", quotients, 10),
        Figure("the same: best naive / ours", best),
    ]


def dense_figure() -> list[Figure]:
    """Dense A at d = 3000."""
    d, rng = 3000, stream(4)
    problem = dense_spectrum(np.linspace(0.1, 1, d), rng.standard_normal(d), rng)
    w, figures = np.zeros(d), []
    for compiled, name, target in ((True, "numba", 30.0), (False, "NumPy", None)):
        advance, group = engine(problem, SCHEME, compiled), Group.start(np.zeros((1, d)), rng)
        advance(group, 10)
        quotients = ratios(lambda: best_naive(problem, w, 20, rng), lambda a=advance, g=group: a(g, 3000), 20, 3000)
        figures.append(Figure(f"dense A, d = 3000, {name}: matrix-vector step / ours", quotients, target))
    return figures


def drift_figures() -> list[Figure]:
    """Running sums after 10⁷ steps against exact recomputation."""
    errors = []
    for dyadic in (True, False):
        problem = problem_of(1000, dyadic)
        group = Group.start(np.zeros((1, 1000)), stream(5))
        running = compiled_chain(problem, SCHEME)(group.w[0], group.sums[0], DRIFT_STEPS, group.rng)
        g = problem.rational().gradient(fractions(group.w[0]))
        exact = (np.abs(g).sum(), (g**2).sum())
        errors.append(max(abs(float((Fraction(x) - y) / y)) for x, y in zip(running, exact, strict=True)))
    d, rng = 64, stream(6)
    problem = dense_spectrum(np.linspace(0.1, 1, d), rng.standard_normal(d), rng)
    w, law, sums = np.zeros(d), SCHEME.hit_law(), np.zeros(7)
    dense = 0.0
    for _ in range(DRIFT_STEPS // REBUILD):
        gradient = problem.gradient(w)
        advance_columns(w, gradient, problem.matrix, 1.0, law, N, sums, REBUILD, rng)
        true = problem.gradient(w)
        dense = max(dense, math.sqrt(((gradient - true) ** 2).sum() / (true**2).sum()))
    return [
        Figure("relative drift after 10⁷ steps: dyadic data", [errors[0]], 0, at_least=False),
        Figure("relative drift after 10⁷ steps: any data", [errors[1]], 1e-13, at_least=False),
        Figure(
            "relative drift after 10⁷ steps: dense, d = 64, worst before any rebuild", [dense], 1e-13, at_least=False
        ),
    ]


def memory_figure() -> list[Figure]:
    """Peak memory of a process that runs one chain at d = 10⁷."""
    run = subprocess.run([sys.executable, __file__, "--memory"], capture_output=True, text=True, check=True)
    return [Figure("memory of one chain at d = 10⁷, GiB", [float(run.stdout)], 1, at_least=False)]


def measure_memory() -> None:
    """One chain at d = 10⁷ through the public function; prints the peak resident set of this process in GiB."""
    from convbound.checks.trajectories import run_trajectory

    d, rng = 10_000_000, np.random.default_rng(0)
    problem = diagonal(rng.random(d), rng.random(d))
    run_trajectory(problem, SCHEME, steps=100_000, checkpoints=[100_000])
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)


if __name__ == "__main__":
    if "--memory" in sys.argv:
        measure_memory()
        sys.exit()
    parts = (separable_figures, lockstep_figure, dense_figure, drift_figures, memory_figure)
    sys.exit(report([figure for part in parts for figure in part()]))
