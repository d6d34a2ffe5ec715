"""Speed and memory of the sampler, as ratios in one interleaved run: `python tests/benchmarks/bench_sampling.py`.

Moments of ZIMultinomial(10, 1/2, q) at d = 10^4, streamed, against `rng.multinomial(n, p, size=B)` a draw, and against
drawing, sorting and counting as many uniforms a trial. Median and range of the ratios over five repetitions.
"""

from __future__ import annotations

import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from convbound.checks.sampling import accumulate_moments, stream, zim_law

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


def report(figures: list[Figure]) -> int:
    """Print the table; 1 where a target is missed."""
    print("| figure | median | range | target | met |\n|---|---|---|---|---|")
    for figure in figures:
        print(figure.row(), flush=True)
    return 0 if all(figure.met for figure in figures) else 1


def seconds(function: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


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


def main() -> int:
    """Measure and print."""
    n, d = 10, 10_000
    law = zim_law(np.random.default_rng(0).normal(size=d), n, 0.5, 1.0)
    p = np.append(law.rate * law.q, 1 - law.rate)
    p /= p.sum()
    rng = stream(0)
    naive_draws, draws = 500, 200_000
    hits = draws * n // 2  # half of the trials hit a coordinate

    def uniforms() -> None:
        u = rng.random(hits)
        u.sort()
        np.bincount((u * d).astype(np.intp), minlength=d)

    faster = ratios(
        lambda: rng.multinomial(n, p, size=naive_draws), lambda: accumulate_moments(law, draws, rng), naive_draws, draws
    )
    overhead = ratios(lambda: accumulate_moments(law, draws, rng), uniforms, hits, hits)
    same_draws = 2_000
    naive_memory = peak(lambda: rng.multinomial(n, p, size=same_draws))
    leaner = [naive_memory / peak(lambda: accumulate_moments(law, same_draws, rng)) for _ in range(REPETITIONS)]
    return report(
        [
            Figure("moments, d = 10⁴, n = 10: times faster than rng.multinomial", faster, 300),
            Figure(f"the same: times less memory, {same_draws} draws", leaner, 100),
            Figure("the same: time a trial over drawing, sorting, counting a uniform", overhead, 8, at_least=False),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
