"""Many sequential experiments under one error budget, on any executor, with the same numbers on each."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from convbound.checks.executors import SerialExecutor, lookahead
from convbound.checks.simulation.sampling.streams import stream
from convbound.checks.statistics.confidence import Interval
from convbound.checks.statistics.decision import Batch, Tested, Verdict, Watch
from convbound.checks.statistics.journal import Journal

# Batches grow by this factor, so a stream of N draws takes O(log N) round trips and overshoots by less than half.
GROWTH = 1.5


class Sampler(Protocol):
    """Draws the quantities of an experiment; it travels to other processes, so it must pickle."""

    def sample(self, rng: np.random.Generator, size: int) -> npt.NDArray[np.float64]:
        """`size` independent draws of all quantities, shape (size, columns)."""
        ...


@dataclass(frozen=True)
class Experiment:
    """A stream of draws and what is claimed of them; `name` also names its random streams, so no two share one.

    Quantity k is decided from column k of the draws, or from `columns[k]`. At most `most_samples` draws are made, in
    batches of `first_batch` to `largest_batch`. A `local` sampler cannot travel: its batches are drawn in this process.
    """

    name: str
    sampler: Sampler
    quantities: tuple[Tested, ...]
    first_batch: int = 512
    largest_batch: int = 1 << 17
    most_samples: int = 1 << 27
    columns: tuple[int, ...] | None = None
    local: bool = False

    def batch_size(self, index: int) -> int:
        """The size of batch `index`: geometric growth up to the largest."""
        return int(min(self.largest_batch, self.first_batch * GROWTH ** min(index, 64)))


@dataclass(frozen=True)
class Outcome:
    """What a stream showed: a verdict, and for every quantity its own verdict, estimate, interval and stray draw."""

    experiment: Experiment
    verdict: Verdict
    verdicts: tuple[Verdict, ...]
    estimates: tuple[float, ...]
    intervals: tuple[Interval, ...]
    strays: tuple[float | None, ...]
    samples: int
    alpha: float  # spent on this experiment


@dataclass
class _Progress:
    """An experiment under way: batches come back in any order and are used in their own."""

    experiment: Experiment
    watches: list[Watch]
    tolerance: float
    journal: Journal | None
    submitted: int = 0
    used: int = 0
    samples: int = 0
    waiting: dict[int, tuple[Batch, ...]] = field(default_factory=dict)
    verdict: Verdict = "open"
    finished: bool = False

    def restore(self) -> None:
        """Use the batches that an earlier run left."""
        for numbers in self.journal.batches.get(self.experiment.name, []) if self.journal else []:
            if not self.finished:
                pairs = zip(self.experiment.quantities, numbers, strict=True)
                self._use(tuple(q.restored(x) for q, x in pairs))
        self.submitted = self.used

    def take(self, index: int, batch: tuple[Batch, ...]) -> None:
        self.waiting[index] = batch
        while not self.finished and self.used in self.waiting:
            summaries = self.waiting.pop(self.used)
            self._use(summaries)
            if self.journal:
                self.journal.add(self.experiment.name, summaries)

    def _use(self, summaries: tuple[Batch, ...]) -> None:
        for watch, summary in zip(self.watches, summaries, strict=True):
            watch.add(summary)
        self.samples += self.experiment.batch_size(self.used)
        self.used += 1
        verdicts = self.verdicts()
        if "contradicted" in verdicts:
            self.verdict, self.finished = "contradicted", True
        elif all(v == "supported" for v in verdicts):
            self.verdict, self.finished = "supported", True
        elif self.samples >= self.experiment.most_samples:
            self.finished = True

    def verdicts(self) -> tuple[Verdict, ...]:
        return tuple(watch.verdict(self.tolerance) for watch in self.watches)

    def outcome(self, alpha: float) -> Outcome:
        return Outcome(
            self.experiment,
            self.verdict,
            self.verdicts(),
            tuple(w.estimate for w in self.watches),
            tuple(w.interval for w in self.watches),
            tuple(w.stray for w in self.watches),
            self.samples,
            alpha * len(self.watches),
        )


def draw_batch(experiment: Experiment, seed: int, index: int) -> tuple[Batch, ...]:
    """Batch `index` of an experiment: the same wherever and whenever it is drawn."""
    rng = stream(seed, zlib.crc32(experiment.name.encode()), index)
    values = experiment.sampler.sample(rng, experiment.batch_size(index))
    columns = experiment.columns or range(len(experiment.quantities))
    return tuple(q.summarise(values[:, k]) for k, q in zip(columns, experiment.quantities, strict=True))


def run_experiments(
    experiments: Sequence[Experiment],
    *,
    seed: int = 0,
    alpha: float = 1e-9,
    tolerance: float = 0.01,
    budget: float = 60.0,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
    journal: Journal | None = None,
) -> list[Outcome]:
    """Run every experiment until it is decided, out of draws, or `budget` seconds have passed.

    Verdicts and numbers do not depend on the executor or its workers, unless the budget ends first; then they are
    `open` with the interval reached. The clock is looked at before every batch.

    Args:
        experiments: what is tested; the name of each chooses its stream of random numbers.
        seed: of all that is drawn.
        alpha: at most the probability that any verdict `supported` or `contradicted` is wrong; it is split evenly
            over all quantities of all experiments.
        tolerance: how far from the claimed number, relative to it, still confirms it, where a quantity does not say.
        budget: seconds.
        executor: where batches are drawn; by default here.
        progress: told (finished, of all).
        journal: batches of an earlier run, which are not drawn again; what is drawn goes there.

    Returns:
        An outcome for each experiment, in their order.
    """
    executor, here = executor or SerialExecutor(), SerialExecutor()
    share = alpha / max(1, sum(len(e.quantities) for e in experiments))
    states = [_Progress(e, [q.watch(share) for q in e.quantities], tolerance, journal) for e in experiments]
    for state in states:
        state.restore()
    deadline = time.monotonic() + budget
    pending: dict[Future[tuple[Batch, ...]], tuple[_Progress, int]] = {}
    try:
        while True:
            active = [s for s in states if not s.finished]
            if progress:
                progress(len(states) - len(active), len(states))
            if not active or time.monotonic() >= deadline:
                break
            ahead = lookahead(executor, len(active))
            for state in active:
                where = here if state.experiment.local else executor
                while state.submitted < state.used + ahead and time.monotonic() < deadline:
                    future = where.submit(draw_batch, state.experiment, seed, state.submitted)
                    pending[future] = (state, state.submitted)
                    state.submitted += 1
            done, _ = wait(pending, timeout=max(0.0, deadline - time.monotonic()), return_when=FIRST_COMPLETED)
            for future in done:
                state, index = pending.pop(future)
                state.take(index, future.result())
    finally:
        for future in pending:
            future.cancel()
        if journal:
            journal.write()
    return [state.outcome(share) for state in states]
