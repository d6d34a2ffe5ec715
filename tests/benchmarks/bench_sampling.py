"""Speed and memory of the sampler, as ratios in one interleaved run: `python tests/benchmarks/bench_sampling.py`.

What the commands draw: squared norms of many draws of one law (evidence), and one update a gradient (training). Median
and range of the ratios over five repetitions.
"""

from __future__ import annotations

import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from convbound.checks.simulation.sampling import UpdateSampler, draw_sparse, stream, zim_multinomial

REPETITIONS = 5


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was measured, a ratio (or number) in several repetitions, and what it should be."""

    name: str
    values: list[float]
    target: float | None = None
    at_least: bool = True

    @property
    def met(self) -> bool:
        """Whether the median keeps the target; lines without one are for information."""
        middle = statistics.median(self.values)
        return self.target is None or (middle >= self.target if self.at_least else middle <= self.target)

    def row(self) -> str:
        """The line, as a row of Markdown."""
        goal = "" if self.target is None else f"{'≥' if self.at_least else '≤'} {self.target:g}"
        verdict = "" if self.target is None else "yes" if self.met else "NO"
        low, high = min(self.values), max(self.values)
        return f"| {self.name} | {statistics.median(self.values):.4g} | {low:.4g} to {high:.4g} | {goal} | {verdict} |"


def report(figures: Iterable[Figure]) -> int:
    """Print the table, each row as soon as it is measured; 1 where a target is missed."""
    print("| figure | median | range | target | met |\n|---|---|---|---|---|", flush=True)
    met = True
    for figure in figures:
        print(figure.row(), flush=True)
        met &= figure.met
    return 0 if met else 1


def seconds(function: Callable[[], object]) -> float:
    """Processor seconds of one call: other work on the machine takes turns with it."""
    start = time.process_time()
    function()
    return time.process_time() - start


def ratios(slow: Callable[[], object], fast: Callable[[], object], slow_work: float, fast_work: float) -> list[float]:
    """Time a unit of work of `slow` over that of `fast`, once a repetition, interleaved."""
    fast()
    return [(seconds(slow) / slow_work) / (seconds(fast) / fast_work) for _ in range(REPETITIONS)]


def peak(function: Callable[[], object]) -> float:
    """Peak bytes allocated during one call."""
    tracemalloc.start()
    function()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return float(most)


def training(d: int, n: int) -> tuple[list[float], list[float]]:
    """One update a gradient, as in training, against the lines of NumPy that do the same.

    First where every trial hit and its sign, by a sampler that is prepared once; then the hits counted by coordinate.
    """
    gradient, rng = np.random.default_rng(d).normal(size=d), stream(1)
    sampler = UpdateSampler(d, n, 1.0, 1.0)

    def lines() -> tuple[np.ndarray, np.ndarray]:
        upto = np.cumsum(np.abs(gradient) + 1.0)
        where = np.searchsorted(upto, rng.random(n) * upto[-1], side="right")
        return where, np.sign(gradient[where])

    def counted() -> None:
        where, counts = np.unique(lines()[0], return_counts=True)
        counts * np.sign(gradient[where])

    repeats = max(3, 2_000_000 // d)

    def many(function: Callable[[], object]) -> Callable[[], None]:
        return lambda: [function() for _ in range(repeats)] and None

    hits = ratios(many(lines), many(lambda: sampler.hits(gradient, rng)), 1, 1)
    pairs = ratios(many(counted), many(lambda: sampler.counts(gradient, rng)), 1, 1)
    return hits, pairs


def evidence_draws(d: int, n: int) -> tuple[list[float], list[float]]:
    """Squared norms of many draws of one law, as evidence takes them: faster than `rng.multinomial`, and leaner."""
    law, rng = zim_multinomial(np.random.default_rng(0).normal(size=d), n, 0.5, 1.0), stream(0)
    p = np.append(law.rate * law.q, 1 - law.rate)
    p /= p.sum()
    few, many = max(2, 5_000_000 // d), 200_000 // n

    def plain(draws: int) -> None:
        (rng.multinomial(n, p, size=draws)[:, :-1] ** 2).sum(axis=1)

    def ours(draws: int) -> None:
        draw_sparse(law, draws, rng).squared_norms()

    faster = ratios(lambda: plain(few), lambda: ours(many), few, many)
    return faster, [peak(lambda: plain(few)) / peak(lambda: ours(few)) for _ in range(REPETITIONS)]


def main() -> int:
    """Measure and print."""
    figures = []
    for d, n in ((100, 4), (10_000, 10)):
        faster, leaner = evidence_draws(d, n)
        figures.append(Figure(f"squared norms, d = {d}, n = {n}: rng.multinomial / ours", faster, 1))
        figures.append(Figure("the same: memory", leaner, 1))
    for d in (10, 100, 1000, 10_000, 100_000, 1_000_000):
        hits, pairs = training(d, 8)
        figures.append(Figure(f"one update a gradient, d = {d}, n = 8: three lines of NumPy / ours", hits, 1))
        figures.append(Figure("the same, hits counted by coordinate", pairs, 1))
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())
