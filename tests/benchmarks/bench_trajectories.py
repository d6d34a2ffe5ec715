"""Speed, drift and memory of trajectories, in one interleaved run: `python tests/benchmarks/bench_trajectories.py`.

Names of parts (lockstep, dense, memory, drift, separable, grid) as arguments run those alone; rows are printed as they
are measured.

"naive" recomputes g and q and draws with `rng.multinomial`; "urn" draws with SciPy's alias table, built at every step;
"ten lines" is the O(d) step that anyone would compile with numba. Median and range of the ratios over five
repetitions. Needs numba, except for the lock-step line.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from bench_baselines import ten_lines, urn_steps
from bench_sampling import REPETITIONS, Figure, ratios, report, seconds
from bench_sampling_fenwick import advance_fenwick

from convbound.checks.simulation.problems import Quadratic, Separable, dense_spectrum, diagonal
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.sampling import stream
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.simulation.trajectories.engines import choose, named, walk
from convbound.checks.simulation.trajectories.state import Group

N = 8
SCHEME = Zim(N, 1.0, 1.0)
DRIFT_STEPS = 10_000_000


def problem_of(dimension: int, dyadic: bool = True) -> Separable:
    """Curvatures up to 1 and centres of all kinds."""
    rng = np.random.default_rng(dimension)
    if dyadic:
        return diagonal(rng.integers(1, 9, dimension) / 8, rng.integers(-64, 65, dimension) / 8)
    return diagonal(rng.uniform(0.1, 1, dimension), 5 * rng.standard_normal(dimension))


def naive(problem: Separable | Quadratic, w: np.ndarray, steps: int, rng: np.random.Generator, trials: int = N) -> None:
    """The step as one would write it: gradient, q, a multinomial draw."""
    for _ in range(steps):
        g = problem.gradient(w)
        q = np.abs(g) + SCHEME.smoothing
        q /= q.sum()
        w -= rng.multinomial(trials, q) * np.sign(g)


def best_naive(problem: Separable | Quadratic, w: np.ndarray, steps: int, rng: np.random.Generator) -> None:
    """The same with N searches in cumulative sums instead of a multinomial draw."""
    for _ in range(steps):
        g = problem.gradient(w)
        upto = np.cumsum(np.abs(g) + SCHEME.smoothing)
        where = np.searchsorted(upto[:-1], rng.random(N) * upto[-1], side="right")
        np.subtract.at(w, where, np.sign(g[where]))


class Chain:
    """One compiled chain, near its floor after `warm` moves."""

    def __init__(self, dimension: int, warm: int, trials: int = N) -> None:
        self.problem, self.trials = problem_of(dimension), trials
        self.group = Group.start(np.round(self.problem.centre)[None], stream(1))
        self.walk = walk(self.problem, Zim(trials, 1.0, 1.0), self.group, compiled=True)
        self.walk.advance(max(10, warm // trials))

    def move_seconds(self, steps: int) -> float:
        """Seconds a move."""
        return seconds(lambda: self.walk.advance(steps)) / (steps * self.trials)


def grid_figures() -> Iterator[Figure]:
    """The best of three baselines against the engine that a command would use, over dimensions and trials."""
    cells = [(d, n) for d in (10, 1000, 100_000, 1_000_000) for n in (1, 8, 100, 1000, 100_000)]
    return (cell_figure(d, n) for d, n in cells if d <= 1_000_000 * n and n <= 10_000 * d)


def cell_figure(d: int, n: int) -> Figure:
    """One dimension, one number of trials."""
    chain, rng = Chain(d, 10_000, n), stream(4)
    problem, point = chain.problem, np.round(chain.problem.centre)
    ours = max(2, int(2e6 / (n + (d if 8 * n >= d else 0))))
    theirs = max(1, int(1e6 / (n + d)))
    rivals = {
        "multinomial": lambda: naive(problem, point, theirs, rng, n),
        "urn": lambda: urn_steps(problem, point, n, theirs, rng),
        "ten lines": lambda: ten_lines(problem.curvature, problem.centre, point, n, theirs, rng),
    }
    times: dict[str, list[float]] = {name: [] for name in rivals}
    for run in rivals.values():
        run()
    chain.walk.advance(ours)
    quotients = []
    for _ in range(REPETITIONS):
        step = seconds(lambda: chain.walk.advance(ours)) / ours
        for name, run in rivals.items():
            times[name].append(seconds(run) / theirs)
        quotients.append(min(t[-1] for t in times.values()) / step)
    best = min(times, key=lambda name: sorted(times[name])[REPETITIONS // 2])
    engine = choose(problem, Zim(n, 1.0, 1.0), compiled=True).name
    return Figure(f"d = {d}, n = {n}, {engine}: best baseline ({best}) / ours", quotients, 1)


def separable_figures() -> list[Figure]:
    """One chain with numba at d = 10⁶."""
    rng = stream(2)
    large, small = Chain(1_000_000, 3_000_000), Chain(1_000, 100_000)
    steps = 100_000
    times: dict[str, list[float]] = {name: [] for name in ("large", "small", "naive", "ten", "fenwick")}
    w = np.round(large.problem.centre)
    a, b = large.problem.curvature, large.problem.centre
    advance_fenwick(w.copy(), a, b, 1.0, N, 10, rng)
    ten_lines(a, b, w, N, 2, rng)
    for _ in range(REPETITIONS):
        times["large"].append(large.move_seconds(steps))
        times["small"].append(small.move_seconds(steps))
        times["naive"].append(seconds(lambda: naive(large.problem, w, 3, rng)) / (3 * N))
        times["ten"].append(seconds(lambda: ten_lines(a, b, w, N, 20, rng)) / (20 * N))
        tree = (w.copy(), a, b, 1.0, N)
        set_up = seconds(lambda tree=tree: advance_fenwick(*tree, 0, rng))
        times["fenwick"].append((seconds(lambda tree=tree: advance_fenwick(*tree, steps, rng)) - set_up) / (steps * N))
    return [
        Figure("numba, d = 10⁶, n = 8: ten lines / ours", _quotients(times["ten"], times["large"]), 1000),
        Figure("the same: naive / ours", _quotients(times["naive"], times["large"]), 5000),
        Figure("the same: Fenwick tree / ours", _quotients(times["fenwick"], times["large"])),
        Figure("the same: nanoseconds a move", [1e9 * t for t in times["large"]]),
        Figure("time a move, d = 10⁶ over d = 10³", _quotients(times["large"], times["small"]), 8, at_least=False),
    ]


def _quotients(above: list[float], below: list[float]) -> list[float]:
    return [a / b for a, b in zip(above, below, strict=True)]


def lockstep_figure() -> list[Figure]:
    """1000 chains without numba at d = 1000."""
    problem, rng = problem_of(1000), stream(3)
    walking = walk(problem, SCHEME, Group.start(np.zeros((1000, 1000)), rng), compiled=False)
    w = np.zeros(1000)
    ours, chains = 20, 1000
    quotients = ratios(lambda: naive(problem, w, 500, rng), lambda: walking.advance(ours), 500, ours * chains)
    best = ratios(lambda: best_naive(problem, w, 500, rng), lambda: walking.advance(ours), 500, ours * chains)
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
        walking = walk(problem, SCHEME, Group.start(np.zeros((1, d)), rng), compiled)
        walking.advance(10)
        quotients = ratios(lambda: best_naive(problem, w, 20, rng), lambda a=walking: a.advance(3000), 20, 3000)
        figures.append(Figure(f"dense A, d = 3000, {name}: matrix-vector step / ours", quotients, target))
    return figures


def drift_figures() -> list[Figure]:
    """Running sums after 10⁷ steps against exact recomputation; the way down from a far start, without numba too."""
    figures = []
    for name, dyadic, start, steps, trials in (
        ("levels", True, 0.0, DRIFT_STEPS, N),
        ("levels", False, 0.0, DRIFT_STEPS, N),
        ("lockstep", False, 1e6, 40_000, 100),
    ):
        problem = problem_of(1000 if start == 0 else 3, dyadic)
        group = Group.start(np.full((1, problem.dimension), start), stream(5))
        walking = named(name).walk(problem, Zim(trials, 1.0, 1.0), group)
        walking.advance(steps)
        walking.settle()
        pairs = group.carried["running"]
        square = pairs[0, 1] if name == "levels" else pairs[1, :, 0]
        exact = (problem.rational().gradient(fractions(group.w[0])) ** 2).sum()
        error = abs(float((Fraction(float(square[0])) + Fraction(float(square[1])) - exact) / exact))
        what = f"{name}, {'dyadic' if dyadic else 'any'} data, {steps} steps from {start:g}"
        figures.append(Figure(f"relative drift of |g|²: {what}", [error], 0 if dyadic else 1e-13, at_least=False))
    d, rng = 64, stream(6)
    problem = dense_spectrum(np.linspace(0.1, 1, d), rng.standard_normal(d), rng)
    walking, worst = named("columns").walk(problem, SCHEME, Group.start(np.full((1, d), 1e5), rng)), 0.0
    for _ in range(3000):
        walking.advance(333)
        true = problem.gradient(walking.group.w[0])
        worst = max(worst, float(np.linalg.norm(walking.gradient[0] - true) / np.linalg.norm(true)))
    figures.append(
        Figure("relative drift of g: dense, d = 64, 10⁶ steps from 1e5, worst of 3000", [worst], 1e-13, at_least=False)
    )
    return figures


def memory_figure() -> list[Figure]:
    """Peak memory of a process that runs one chain at d = 10⁷."""
    run = subprocess.run([sys.executable, __file__, "--memory"], capture_output=True, text=True, check=True)
    return [Figure("memory of one chain at d = 10⁷, GiB", [float(run.stdout)], 1, at_least=False)]


def measure_memory() -> None:
    """One chain at d = 10⁷ through the public function; prints the peak resident set of this process in GiB."""
    from convbound.checks.simulation.trajectories import run_trajectory

    d, rng = 10_000_000, np.random.default_rng(0)
    problem = diagonal(rng.random(d), rng.random(d))
    run_trajectory(problem, SCHEME, steps=100_000, checkpoints=[100_000])
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)


if __name__ == "__main__":
    if "--memory" in sys.argv:
        measure_memory()
        sys.exit()
    PARTS = {
        "lockstep": lockstep_figure,
        "dense": dense_figure,
        "memory": memory_figure,
        "drift": drift_figures,
        "separable": separable_figures,
        "grid": grid_figures,
    }
    sys.exit(report(figure for name in sys.argv[1:] or PARTS for figure in PARTS[name]()))
