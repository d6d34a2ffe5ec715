"""Reproducible streams: one generator per task, the same whatever process or machine runs the task."""

from __future__ import annotations

import numpy as np


def stream(seed: int, *task: int) -> np.random.Generator:
    """The generator of a task, named by integers.

    It is the child that `SeedSequence(seed).spawn` would reach along `task`, so streams of different tasks are
    independent and none depends on the order in which tasks run.
    """
    return np.random.Generator(np.random.PCG64DXSM(np.random.SeedSequence(seed, spawn_key=task)))
