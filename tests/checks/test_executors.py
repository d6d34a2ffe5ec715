"""Executors: the same numbers in this process, in a pool, and on a Dask cluster that loses a worker half-way."""

import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from convbound.bounds.errors import InputError
from convbound.checks import executors
from convbound.checks.evidence import gather
from convbound.checks.executors import ATTEMPTS, SerialExecutor, lookahead, open_executor, shares_memory, workers_of
from convbound.checks.simulation.problems import diagonal
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.simulation.trajectories import run_trajectory
from convbound.checks.simulation.trajectories.engines import has_numba
from convbound.proofs.libraries import load_library

RUN = {"steps": 20_000 if has_numba() else 500, "chains": 16, "seed": 3, "start": [9.0, 9, 9]}
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


def test_something_else_at_the_address_is_no_scheduler(monkeypatch):
    """A port that listens and never answers: the half-built client is closed, so that no thread of it stays behind."""
    pytest.importorskip("distributed")
    import socket

    from convbound.checks import executors

    monkeypatch.setattr(executors, "ANSWER_SECONDS", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(InputError, match="no Dask scheduler"), open_executor(dask=address):
            pass


def kill_once(marker):
    """Die in the first process that comes here, live in the second."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "lived"


def kill_always():
    os.kill(os.getpid(), signal.SIGKILL)


def square(x):
    return x * x


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_a_pool_outlives_a_killed_worker(tmp_path):
    with open_executor(jobs=2) as pool:
        assert workers_of(pool) == 2
        assert lookahead(pool, 1) == 4
        futures = [pool.submit(square, k) for k in range(20)]
        killed = pool.submit(kill_once, tmp_path / "marker")
        futures += [pool.submit(square, k) for k in range(20)]
        assert killed.result(timeout=60) == "lived"
        assert [future.result(timeout=60) for future in futures] == [k * k for k in range(20)] * 2


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_a_task_that_always_kills_is_given_up():
    with pytest.raises(InputError, match=f"--jobs 2: .* died {ATTEMPTS} times"), open_executor(jobs=2) as pool:
        pool.submit(kill_always).result(timeout=60)


def test_processes_are_started_only_where_they_can_pay(monkeypatch):
    with open_executor(jobs=2, patient=True) as pool:
        assert shares_memory(pool)
        assert {pool.submit(os.getpid).result() for _ in range(5)} == {os.getpid()}
        monkeypatch.setattr(executors, "PATIENCE_SECONDS", 0.0)
        assert not shares_memory(pool)
        assert pool.submit(os.getpid).result(timeout=60) != os.getpid()
    with open_executor(jobs=2, threads=True) as pool:
        assert shares_memory(pool)
        assert workers_of(pool) == 2
        assert pool.submit(os.getpid).result() == os.getpid()


class KillingPool:
    """Hands tasks to a pool, and kills one of its workers after every third."""

    def __init__(self, pool):
        self.pool, self.workers, self.count = pool, 2, 0

    def submit(self, *task):
        self.count += 1
        if self.count % 3 == 0 and self.count < 20:
            processes = list(self.pool._pool._processes or {})
            os.kill(processes[0], signal.SIGKILL)
        return self.pool.submit(*task)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_killed_workers_do_not_change_a_number():
    arguments = {"steps": 300, "chains": 30, "seed": 3, "start": [9.0, 9, 9], "compiled": False}
    serial = run_trajectory(PROBLEM, Zim(2, 0.5, 1.0), **arguments)
    with open_executor(jobs=2) as pool:
        shared = run_trajectory(PROBLEM, Zim(2, 0.5, 1.0), **arguments, executor=KillingPool(pool))
    same_numbers(serial, shared)


@pytest.mark.parametrize("compiled", [False, True])
def test_threads_do_not_change_a_number(compiled):
    if compiled:
        pytest.importorskip("numba")
    arguments = {"steps": 300, "chains": 30, "seed": 3, "start": [9.0, 9, 9], "compiled": compiled}
    serial = run_trajectory(PROBLEM, Zim(1, 0.5, 1.0), **arguments)
    with open_executor(jobs=3, threads=True) as pool:
        same_numbers(serial, run_trajectory(PROBLEM, Zim(1, 0.5, 1.0), **arguments, executor=pool))


def same_numbers(serial, shared):
    for name in ("mean_norm", "mean_square", "mean_alignment", "best_norm", "value", "final"):
        assert np.array_equal(getattr(serial, name), getattr(shared, name)), name


PARENT = """
import os, signal, time
from convbound.checks.executors import open_executor

if __name__ == "__main__":
    with open_executor(jobs=2) as pool:
        pids = {pool.submit(os.getpid).result() for _ in range(20)}
        [pool.submit(time.sleep, 600) for _ in range(4)]
        print(*pids, *pool._pool._processes, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks processes up in /proc")
def test_a_killed_parent_leaves_no_orphans(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    run = subprocess.run([sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=120)
    workers = {int(pid) for pid in run.stdout.split()}
    assert len(workers) == 2
    give_up = time.monotonic() + 60
    while any(os.path.exists(f"/proc/{pid}") and not zombie(pid) for pid in workers):
        assert time.monotonic() < give_up, "a worker outlived its parent"
        time.sleep(0.05)


def zombie(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


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


@pytest.mark.long  # two workers that import everything
def test_a_dask_cluster_that_loses_a_worker_gives_the_same_numbers(cluster):
    serial = run_trajectory(PROBLEM, Zim(2, 0.5, 1.0), **RUN)
    claims = [load_library("discrete-updates")["prop-9"], load_library("lattice")["t3/i@any/K"]]
    asked = {"seed": 7, "every_engine": False, "budget": 3600}  # the clock must not decide where a run stops
    evidence = gather(claims, **asked)
    killed = threading.Event()
    killer = threading.Thread(target=kill_a_busy_worker, args=(cluster, killed))

    def half_way(done, of):
        if done >= of // 3 and killer.ident is None:
            killer.start()

    with open_executor(dask=cluster.scheduler_address) as executor:
        assert workers_of(executor) == 2
        shared = run_trajectory(PROBLEM, Zim(2, 0.5, 1.0), **RUN, executor=executor, progress=half_way)
        killer.join()
        assert killed.is_set()
        assert gather(claims, **asked, executor=executor) == evidence
    for name in ("mean_norm", "mean_square", "mean_alignment", "best_norm", "value", "final"):
        assert np.array_equal(getattr(serial, name), getattr(shared, name)), name
