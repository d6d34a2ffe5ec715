"""A run: many chains of one scheme on one problem, recorded at chosen steps, on any executor, resumable.

A run is cut at steps that depend on nothing but the problem and the scheme. From one cut to the next a group of chains
is a pure function of its state, so a stretch can be repeated, moved to another process, stopped before and gone on
with, and a longer run passes through the very states of a shorter one.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from convbound.bounds.errors import InputError
from convbound.checks.arrays import Floats
from convbound.checks.executors import SerialExecutor, shares_memory, workers_of
from convbound.checks.simulation.problems import Problem
from convbound.checks.simulation.sampling.streams import stream
from convbound.checks.simulation.schemes.base import Scheme
from convbound.checks.simulation.trajectories.engines import Engine, choose, has_numba, named
from convbound.checks.simulation.trajectories.resume import fingerprint, load_groups, save_groups
from convbound.checks.simulation.trajectories.state import ALIGNMENT, BEST, NORM, SQUARE, Group

# Chains in a task, which share a generator and so belong to the run's identity: few where an engine advances one after
# the other, more where NumPy advances them in lock-step and a step of one is short. They depend on neither the number
# of chains nor of jobs.
FEW_CHAINS = 2
LOCKSTEP_NUMBERS = 1 << 14
# The last call of an engine that Ctrl-C may have to wait for makes about so many moves.
MOVES_A_STRETCH = 1 << 20
# Calling a compiled engine costs about as much as so many moves.
MOVES_A_CALL = 1 << 14
# A run in other processes sends the chains there and back so often, as long as they are small.
PIECES = 20
SMALL_STATE = 1 << 20  # bytes
SAVE_SECONDS = 10.0


@dataclass(frozen=True, eq=False)
class Trajectory:
    """What was recorded: `steps` (shape (C,)) and, for every chain and step K, shape (chains, C).

    mean_norm, mean_square and mean_alignment average |g|_2, |g|_2^2 and (|g|_2^2 + c|g|_1)/(|g|_1 + c d) over w_1..w_K;
    best_norm is the least |g|_2 among them; value is F(w_{K+1}). `final` holds the last points, shape (chains, d).
    """

    steps: npt.NDArray[np.int64]
    mean_norm: Floats
    mean_square: Floats
    mean_alignment: Floats
    best_norm: Floats
    value: Floats
    final: Floats


RECORDED = ("mean_norm", "mean_square", "mean_alignment", "best_norm", "value")


class RunInterrupted(KeyboardInterrupt):
    """Ctrl-C during a run. `trajectory` is what all chains had done by then, None where that is nothing."""

    def __init__(self, trajectory: Trajectory | None, steps: int) -> None:
        super().__init__(f"interrupted before step {steps}")
        self.trajectory = trajectory


def cuts(steps: int, longest: int) -> list[int]:
    """Where runs are cut, from 1 to `steps`: eight times an octave, more where a stretch would exceed `longest`.

    A power of two is always a cut. No octave has more than 256 of them, however many steps there are.
    """
    found: list[int] = []
    octave = 0
    while 1 << octave <= steps:
        start = 1 << octave
        spacing = max(min(start >> 3, longest), start >> 8, 1)
        found += range(start, min(2 * start, steps + 1), spacing)
        octave += 1
    return found


def longest_stretch(problem: Problem, scheme: Scheme) -> int:
    """A power of two: steps that take no more than about a second on the fastest engine."""
    return 1 << max(6, (MOVES_A_STRETCH // max(1, scheme.moves_a_step(problem.dimension))).bit_length() - 1)


def chains_a_task(engine: Engine, dimension: int) -> int:
    """How many chains advance together."""
    return int(np.clip(LOCKSTEP_NUMBERS // dimension, FEW_CHAINS, 1000)) if engine.together else FEW_CHAINS


def advance_group(
    problem: Problem, scheme: Scheme, group: Group, targets: Sequence[int], engine: str
) -> tuple[Group, Floats]:
    """The group advanced by that engine through the given step counts, and the records, shape (targets, 5, chains).

    The group that is given stays as it is.
    """
    group = replace(group, w=group.w.copy(), sums=group.sums.copy(), rng=deepcopy(group.rng))
    rows = []
    with np.errstate(over="ignore", invalid="ignore"):  # a run that diverges is found out by its records
        walk = named(engine).walk(problem, scheme, group)
        for target in targets:
            walk.advance(target - group.step)
            averages = [(group.sums[:, k] + group.sums[:, k + 1]) / target for k in (NORM, SQUARE, ALIGNMENT)]
            rows.append([*averages, group.sums[:, BEST].copy(), walk.values()])
        walk.settle()
    return group, np.array(rows)


def run_trajectory(
    problem: Problem,
    scheme: Scheme,
    *,
    steps: int,
    chains: int = 1,
    start: npt.ArrayLike | None = None,
    seed: int = 0,
    checkpoints: Iterable[int] | None = None,
    executor: Executor | None = None,
    resume: Path | None = None,
    compiled: bool | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Trajectory:
    """Run several chains of a scheme on a problem, from one point or from a point for each.

    Args:
        problem: the objective, on the unit lattice.
        scheme: the update rule.
        steps: how many steps K, at least one.
        chains: how many independent chains.
        start: the first points, shape (d,) or (chains, d); by default the origin.
        seed: of all that is drawn; the numbers do not depend on the executor or its workers.
        checkpoints: the steps at which records are made, beside the last; by default some eight an octave.
        executor: where the chains run; by default here.
        resume: a file for the state, written now and then and at the end. A file of the same run is continued, also to
            more steps than were asked for then; the numbers are those of an uninterrupted run.
        compiled: numba or NumPy, which draw different numbers from one law; by default numba where it is installed.
        progress: told (steps done on average, steps).

    Returns:
        The records, each of shape (chains, checkpoints), and the last points.

    Raises:
        InputError: a number is out of range, the start does not fit, the file belongs to another run or is damaged, or
            the run diverges.
        RunInterrupted: Ctrl-C; the state is in the file, if one was named.
    """
    if steps < 1 or chains < 1:
        raise InputError("steps and chains must be at least 1.")
    problem = problem.floating()
    compiled = has_numba() if compiled is None else compiled
    w = _first_points(0.0 if start is None else start, chains, problem.dimension)
    chosen = None if checkpoints is None else sorted(set(checkpoints))
    if chosen and not 1 <= chosen[0] <= chosen[-1] <= steps:
        raise InputError(f"checkpoints must lie between 1 and {steps}.")
    # only a file, which a longer run may read, is kept free of the end of this run
    end = {steps} if resume is None else set()
    targets = sorted({*cuts(steps, longest_stretch(problem, scheme)), *(chosen or ()), *end})
    engine = choose(problem, scheme, compiled)
    size = chains_a_task(engine, problem.dimension)
    groups = [Group.start(w[k : k + size], stream(seed, k // size)) for k in range(0, chains, size)]
    run = _Run(problem, scheme, engine, targets, groups, [[] for _ in groups], resume)
    if resume is not None:
        run.identity = fingerprint(problem, scheme, w, seed, chosen, size, engine.name)
        if resume.exists():
            run.load(steps)
    recorded = sorted({*(targets if chosen is None else chosen), steps})
    executor = executor or SerialExecutor()
    try:
        run.advance(executor, steps, progress)
        ends = run.last_stretch(executor, steps)
    except KeyboardInterrupt:
        raise RunInterrupted(run.partial(recorded), steps) from None
    if progress:
        progress(steps, steps)
    return run.collect(recorded, ends)


def _first_points(start: npt.ArrayLike, chains: int, dimension: int) -> Floats:
    try:
        w = np.array(np.broadcast_to(start, (chains, dimension)), dtype=np.float64)
    except ValueError:
        raise InputError(f"the start must have shape ({dimension},), or one such row a chain.") from None
    if not np.all(np.isfinite(w)):
        raise InputError("the start must be finite.")
    return w


@dataclass
class _Run:
    """A run under way: its groups, and what they recorded at the cuts that they have passed."""

    problem: Problem
    scheme: Scheme
    engine: Engine
    targets: list[int]
    groups: list[Group]
    history: list[list[Floats]]
    file: Path | None
    identity: str = ""

    def load(self, steps: int) -> None:
        """Go on from the file."""
        assert self.file is not None
        shapes = [group.w.shape for group in self.groups]
        self.groups, self.history = load_groups(self.file, self.identity, shapes)
        latest = max(group.step for group in self.groups)
        if latest > steps:
            raise InputError(f"the checkpoint {str(self.file)!r} has done {latest} steps already; ask for more.")
        for group, pieces in zip(self.groups, self.history, strict=True):
            if sum(map(len, pieces)) != bisect_right(self.targets, group.step):
                raise InputError(f"the checkpoint {str(self.file)!r} belongs to another run; name another file.")

    def save(self) -> None:
        if self.file is not None and any(self.history):
            save_groups(self.file, self.identity, self.groups, self.history)

    def advance(self, executor: Executor, steps: int, progress: Callable[[int, int], None] | None) -> None:
        """Bring every group to the last cut; whatever ends this early, what is done is saved."""
        pending: dict[Future[tuple[Group, Floats]], int] = {}
        room = 1 if isinstance(executor, SerialExecutor) else 2 * workers_of(executor)
        waiting = deque(k for k, group in enumerate(self.groups) if group.step < self.targets[-1])
        saved, before = time.monotonic(), [group.step for group in self.groups]
        try:
            while waiting or pending:
                if progress:
                    progress(sum(group.step for group in self.groups) // len(self.groups), steps)
                while waiting and len(pending) < room:
                    k = waiting.popleft()
                    piece = self._next_piece(self.groups[k], shares_memory(executor))
                    task = (self.problem, self.scheme, self.groups[k], piece, self.engine.name)
                    pending[executor.submit(advance_group, *task)] = k
                for future in wait(pending, return_when=FIRST_COMPLETED).done:
                    k = pending.pop(future)
                    self.groups[k], rows = future.result()
                    self.history[k].append(rows)
                    self._check_finite(rows, self.groups[k].step)
                    if self.groups[k].step < self.targets[-1]:
                        waiting.append(k)
                if self.file is not None and time.monotonic() - saved > SAVE_SECONDS:
                    self.save()
                    saved = time.monotonic()
        finally:
            for future in pending:
                future.cancel()
            if [group.step for group in self.groups] != before:
                self.save()

    def last_stretch(self, executor: Executor, steps: int) -> list[tuple[Group, Floats]]:
        """From the last cut to the last step, where that is none: kept out of the file, which a longer run reads."""
        if self.targets[-1] == steps:
            return []
        tasks = [(self.problem, self.scheme, group, [steps], self.engine.name) for group in self.groups]
        futures = [executor.submit(advance_group, *task) for task in tasks]
        ends = [future.result() for future in futures]
        for _, rows in ends:
            self._check_finite(rows, steps)
        return ends

    def _next_piece(self, group: Group, here: bool) -> list[int]:
        """The cuts to advance through in one task: about a twentieth of the run in other processes.

        Large states are not sent about for the sake of progress, unless the run is to be resumable. In this process a
        task is one cut; a compiled engine passes as many as cost about what its start does, which is O(d), or what
        calling it does.
        """
        first = bisect_right(self.targets, group.step)
        dimension = self.problem.dimension
        trials = 1 if self.scheme.hits is None else self.scheme.moves_a_step(dimension)
        if here:
            a_step = dimension if self.scheme.hits is None else trials
            worth = max(dimension // trials, MOVES_A_CALL // a_step) if self.engine.compiled else 0
            return self.targets[first : max(first + 1, bisect_right(self.targets, group.step + worth))]
        often = self.file is not None or group.w.nbytes <= SMALL_STATE
        reach = self.targets[-1] // (PIECES if often else 1)
        return self.targets[first : max(first + 1, bisect_right(self.targets, group.step + reach))]

    @staticmethod
    def _check_finite(rows: Floats, step: int) -> None:
        if not np.all(np.isfinite(rows)):
            raise InputError(f"the run diverges: by step {step} its numbers are no longer finite; take a smaller step.")

    def collect(self, recorded: list[int], ends: Sequence[tuple[Group, Floats]]) -> Trajectory:
        """The trajectory, from the records at the cuts and at the last step."""
        rows = np.concatenate([np.concatenate(pieces) for pieces in self.history], axis=2)  # (targets, 5, chains)
        steps, groups = self.targets, self.groups
        if ends:
            rows = np.concatenate([rows, np.concatenate([end for _, end in ends], axis=2)])
            steps, groups = [*steps, recorded[-1]], [group for group, _ in ends]
        kept = rows[np.isin(steps, recorded)]
        columns: dict[str, Floats] = {name: kept[:, k].T.copy() for k, name in enumerate(RECORDED)}
        return Trajectory(np.array(recorded), **columns, final=np.concatenate([group.w for group in groups]))

    def partial(self, recorded: list[int]) -> Trajectory | None:
        """What every group has recorded so far; the last points are those of each group."""
        done = min(group.step for group in self.groups)
        common = bisect_right(self.targets, done)
        kept = [step for step in recorded if step <= done]
        if not kept:
            return None
        part = replace(
            self, targets=self.targets[:common], history=[[np.concatenate(h)[:common]] for h in self.history]
        )
        return part.collect(kept, [])
