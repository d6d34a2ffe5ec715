"""Executors: the same numbers in this process, in a pool, and on a Dask cluster that loses a worker half-way."""

import os
import signal
import threading
import time

import numpy as np
import pytest

from convbound.bounds.errors import InputError
from convbound.checks.evidence import gather
from convbound.checks.executors import SerialExecutor, open_executor
from convbound.checks.problems import diagonal
from convbound.checks.trajectories import Zim, run_trajectory
from convbound.checks.trajectories.engines import has_numba

RUN = {"steps": 100_000 if has_numba() else 500, "chains": 64, "seed": 3, "start": [9.0, 9, 9]}
PROBLEM = diagonal([1.0, 0.5, 2.0], [0.25, 0.5, 0.375])


def test_serial_executor_runs_at_once_and_keeps_errors():
    with SerialExecutor() as executor:
        assert executor.submit(sum, [1, 2]).result() == 3
        failed = executor.submit(int, "x")
        assert failed.done()
        with pytest.raises(ValueError, match="invalid literal"):
            failed.result()


@pytest.mark.parametrize(("options", "word"), [({"jobs": 0}, "--jobs"), ({"jobs": 2, "dask": "x"}, "exclude")])
def test_bad_options_are_refused(options, word):
    with pytest.raises(InputError, match=word), open_executor(**options):
        pass


def test_an_absent_scheduler_is_reported():
    pytest.importorskip("distributed")
    with pytest.raises(InputError, match="no Dask scheduler"), open_executor(dask="nowhere"):
        pass


@pytest.fixture
def cluster():
    distributed = pytest.importorskip("distributed")
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster:
        yield cluster


def kill_a_busy_worker(cluster, killed):
    """Kill (not ask to leave) the process of a worker that has a task in hand; wait for one if need be."""
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        for nanny in cluster.workers.values():
            state = cluster.scheduler.workers.get(nanny.worker_address)
            if state is not None and state.processing:
                os.kill(nanny.process.pid, signal.SIGKILL)
                killed.set()
                return


def test_a_dask_cluster_that_loses_a_worker_gives_the_same_numbers(cluster):
    serial = run_trajectory(PROBLEM, Zim(2, 0.5, 1.0), **RUN)
    evidence = gather(["prop-9", "t3/i"], seed=7)
    killed = threading.Event()
    killer = threading.Thread(target=kill_a_busy_worker, args=(cluster, killed))

    def half_way(done, of):
        if done >= of // 3 and killer.ident is None:
            killer.start()

    with open_executor(dask=cluster.scheduler_address) as executor:
        shared = run_trajectory(PROBLEM, Zim(2, 0.5, 1.0), **RUN, executor=executor, progress=half_way)
        killer.join()
        assert killed.is_set()
        assert gather(["prop-9", "t3/i"], seed=7, executor=executor) == evidence
    for name in ("mean_norm", "mean_square", "mean_alignment", "best_norm", "value", "final"):
        assert np.array_equal(getattr(serial, name), getattr(shared, name)), name
