"""A run: many chains of one scheme on one problem, recorded at chosen steps, on any executor, resumable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from convbound.bounds.errors import InputError
from convbound.checks.executors import SerialExecutor
from convbound.checks.problems import Problem
from convbound.checks.sampling.streams import stream
from convbound.checks.trajectories.engines import engine, has_numba
from convbound.checks.trajectories.resume import fingerprint, load_groups, save_groups
from convbound.checks.trajectories.schemes import Scheme
from convbound.checks.trajectories.state import ALIGNMENT, BEST, NORM, SQUARE, Floats, Group

# Chains in a task: few where each is compiled, many where NumPy advances them in lock-step. Part of the run's identity,
# because chains of a task share a generator; so it depends on nothing else.
COMPILED_CHAINS = 16
LOCKSTEP_CHAINS = 1000
# A long run is cut at least into this many pieces, so that there is something to resume from.
PIECES = 20


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


def default_checkpoints(steps: int, number: int = 40) -> list[int]:
    """About `number` step counts from 1 to `steps`, evenly spaced on a logarithmic scale."""
    return sorted({round(x) for x in np.geomspace(1, steps, number)} | {steps})


def advance_group(
    problem: Problem, scheme: Scheme, group: Group, targets: Sequence[int], compiled: bool
) -> tuple[Group, Floats]:
    """Advance a group through the given step counts; returns it with the records, shape (targets, 5, chains)."""
    advance = engine(problem, scheme, compiled)
    # arrays that arrive from another process may be read-only
    group.w, group.sums = np.require(group.w, requirements="W"), np.require(group.sums, requirements="W")
    rows = []
    for target in targets:
        advance(group, target - group.step)
        averages = [(group.sums[:, k] + group.sums[:, k + 1]) / target for k in (NORM, SQUARE, ALIGNMENT)]
        values = np.array([problem.value(w) for w in group.w], dtype=np.float64)
        rows.append([*averages, group.sums[:, BEST].copy(), values])
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
    """Run `chains` chains for `steps` steps from `start` (shape (d,), or (chains, d); the origin by default).

    With `resume`, the state is written to that file after every piece of the run, and a file of the same run is
    continued; the numbers are those of an uninterrupted run. They do not depend on the executor or its workers.
    `compiled` chooses numba or NumPy (by default numba where it is installed); the two draw different numbers from the
    same law. `progress` is told (steps done, steps) of the slowest group.

    Raises:
        InputError: a number is out of range, the start does not fit, or the file belongs to another run.
    """
    if steps < 1 or chains < 1:
        raise InputError("steps and chains must be at least 1.")
    problem = problem.floating()
    compiled = has_numba() if compiled is None else compiled
    try:
        w = np.array(np.broadcast_to(0.0 if start is None else start, (chains, problem.dimension)), dtype=np.float64)
    except ValueError:
        raise InputError(f"the start must have shape ({problem.dimension},), or one such row a chain.") from None
    recorded = default_checkpoints(steps) if checkpoints is None else sorted(set(checkpoints) | {steps})
    if recorded[0] < 1 or recorded[-1] > steps:
        raise InputError(f"checkpoints must lie between 1 and {steps}.")
    targets = sorted(set(recorded) | {steps * k // PIECES for k in range(1, PIECES)} - {0})
    size = COMPILED_CHAINS if compiled else LOCKSTEP_CHAINS
    groups = [Group.start(w[k : k + size], stream(seed, k // size)) for k in range(0, chains, size)]
    history: list[list[Floats]] = [[] for _ in groups]
    identity = fingerprint(problem, scheme, w, seed, targets, size, compiled)
    if resume is not None and resume.exists():
        groups, history = load_groups(resume, identity)
    executor = executor or SerialExecutor()
    pieces = [piece.tolist() for piece in np.array_split(targets, min(PIECES, len(targets)))]
    for piece in pieces:
        if progress:
            progress(min(group.step for group in groups), steps)
        late = [k for k, group in enumerate(groups) if group.step < piece[-1]]
        futures = [executor.submit(advance_group, problem, scheme, groups[k], piece, compiled) for k in late]
        for k, future in zip(late, futures, strict=True):
            groups[k], rows = future.result()
            history[k].append(rows)
        if resume is not None and late:
            save_groups(resume, identity, groups, history)
    if progress:
        progress(steps, steps)
    return _collect(np.array(targets), recorded, groups, history)


def _collect(
    targets: npt.NDArray[np.int64], recorded: list[int], groups: list[Group], history: list[list[Floats]]
) -> Trajectory:
    rows = np.concatenate([np.concatenate(pieces) for pieces in history], axis=2)  # (targets, 5, chains)
    kept = rows[np.isin(targets, recorded)]
    columns: dict[str, Any] = {name: kept[:, k].T.copy() for k, name in enumerate(RECORDED)}
    return Trajectory(np.array(recorded), **columns, final=np.concatenate([group.w for group in groups]))
