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
from convbound.checks.sampling.streams import stream
from convbound.checks.sequential.confidence import BatchSummary, ConfidenceSequence, Interval
from convbound.checks.sequential.decision import Quantity, Verdict, decide

# Batches grow by this factor, so a stream of N draws takes O(log N) round trips and overshoots by less than half.
GROWTH = 1.5


class Sampler(Protocol):
    """Draws the quantities of an experiment; it travels to other processes, so it must pickle."""

    def sample(self, rng: np.random.Generator, size: int) -> npt.NDArray[np.float64]:
        """`size` independent draws of all quantities, shape (size, quantities)."""
        ...


@dataclass(frozen=True)
class Experiment:
    """A stream of draws and what is claimed of their means; `name` also names its random streams.

    At most `most_samples` draws are made, in batches of `first_batch` to `largest_batch`.
    """

    name: str
    sampler: Sampler
    quantities: tuple[Quantity, ...]
    first_batch: int = 512
    largest_batch: int = 1 << 17
    most_samples: int = 1 << 27

    def batch_size(self, index: int) -> int:
        """The size of batch `index`: geometric growth up to the largest."""
        return int(min(self.largest_batch, self.first_batch * GROWTH ** min(index, 64)))


@dataclass(frozen=True)
class Outcome:
    """What a stream showed: a verdict, and for every quantity its own verdict, estimate and interval."""

    experiment: Experiment
    verdict: Verdict
    verdicts: tuple[Verdict, ...]
    estimates: tuple[float, ...]
    intervals: tuple[Interval, ...]
    samples: int
    alpha: float  # spent on this experiment


@dataclass
class _Progress:
    """An experiment under way: batches come back in any order and are used in their own."""

    experiment: Experiment
    sequences: list[ConfidenceSequence]
    tolerance: float
    submitted: int = 0
    used: int = 0
    samples: int = 0
    waiting: dict[int, tuple[BatchSummary, ...]] = field(default_factory=dict)
    verdict: Verdict = "open"
    finished: bool = False

    def take(self, index: int, batch: tuple[BatchSummary, ...]) -> None:
        self.waiting[index] = batch
        while not self.finished and self.used in self.waiting:
            summaries = self.waiting.pop(self.used)
            for sequence, summary in zip(self.sequences, summaries, strict=True):
                sequence.add(summary)
            self.used += 1
            self.samples += summaries[0].count
            verdicts = self.verdicts()
            if "contradicted" in verdicts:
                self.verdict, self.finished = "contradicted", True
            elif all(v == "supported" for v in verdicts):
                self.verdict, self.finished = "supported", True
            elif self.samples >= self.experiment.most_samples:
                self.finished = True

    def verdicts(self) -> tuple[Verdict, ...]:
        pairs = zip(self.experiment.quantities, self.sequences, strict=True)
        return tuple(decide(q, s.interval, self.tolerance) for q, s in pairs)

    def outcome(self, alpha: float) -> Outcome:
        return Outcome(
            self.experiment,
            self.verdict,
            self.verdicts(),
            tuple(s.estimate for s in self.sequences),
            tuple(s.interval for s in self.sequences),
            self.samples,
            alpha * len(self.sequences),
        )


def draw_batch(experiment: Experiment, seed: int, index: int) -> tuple[BatchSummary, ...]:
    """Batch `index` of an experiment: the same wherever and whenever it is drawn."""
    rng = stream(seed, zlib.crc32(experiment.name.encode()), index)
    values = experiment.sampler.sample(rng, experiment.batch_size(index))
    return tuple(BatchSummary.of(values[:, k], q.low, q.high) for k, q in enumerate(experiment.quantities))


def run_experiments(
    experiments: Sequence[Experiment],
    *,
    seed: int = 0,
    alpha: float = 1e-9,
    tolerance: float = 0.01,
    budget: float = 60.0,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Outcome]:
    """Run every experiment until it is decided, out of draws, or `budget` seconds have passed.

    The probability that any verdict `supported` or `contradicted` is wrong is at most `alpha`: it is split evenly over
    all quantities of all experiments. Verdicts and numbers do not depend on the executor or its workers, unless the
    budget ends first; then they are `open` with the interval reached. `progress` is told (finished, of all).
    """
    executor = executor or SerialExecutor()
    share = alpha / max(1, sum(len(e.quantities) for e in experiments))
    states = [
        _Progress(e, [ConfidenceSequence(q.low, q.high, share) for q in e.quantities], tolerance) for e in experiments
    ]
    deadline = time.monotonic() + budget
    pending: dict[Future[tuple[BatchSummary, ...]], tuple[_Progress, int]] = {}
    try:
        while True:
            active = [s for s in states if not s.finished]
            if progress:
                progress(len(states) - len(active), len(states))
            if not active or time.monotonic() >= deadline:
                break
            ahead = lookahead(executor, len(active))
            for state in active:
                while state.submitted < state.used + ahead:
                    future = executor.submit(draw_batch, state.experiment, seed, state.submitted)
                    pending[future] = (state, state.submitted)
                    state.submitted += 1
            done, _ = wait(pending, timeout=max(0.0, deadline - time.monotonic()), return_when=FIRST_COMPLETED)
            for future in done:
                state, index = pending.pop(future)
                state.take(index, future.result())
    finally:
        for future in pending:
            future.cancel()
    return [state.outcome(share) for state in states]
