"""Where long work runs: in this process, in threads or processes, or on a Dask cluster. No scheduler of our own.

Tasks are pure functions of their arguments, so one that a dying worker took with it is simply run again.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from convbound.bounds.errors import InputError

if TYPE_CHECKING:
    from distributed import Client

P = ParamSpec("P")
Result = TypeVar("Result")
# A task whose worker dies every time (out of memory, a crash in a library) is given up after so many attempts.
ATTEMPTS = 4
MOST_JOBS = 1024
PATIENCE_SECONDS = 5.0  # of work that is done here before processes are started, which takes some seconds itself
ANSWER_SECONDS = 10.0  # how long a Dask scheduler may take to answer


class SerialExecutor(Executor):
    """Runs every task at once, in the caller."""

    workers = 1

    def submit(self, fn: Callable[P, Result], /, *args: P.args, **kwargs: P.kwargs) -> Future[Result]:
        """Run the task now; the future is finished when it is returned."""
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:
            future.set_exception(problem)
        return future


class WorkerLostError(RuntimeError):
    """A task's worker died at every attempt."""


class ResilientPool(Executor):
    """A pool of processes that survives the death of a worker: a new pool takes over what was in hand.

    Workers leave when this process is gone, however it ended, and ignore Ctrl-C, which is this process's to handle.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._lock = threading.Lock()
        self._closed = False
        self._pool = self._new_pool()

    def submit(self, fn: Callable[P, Result], /, *args: P.args, **kwargs: P.kwargs) -> Future[Result]:
        """Run the task in some worker, again if that worker dies."""
        if self._closed:
            raise RuntimeError("the pool is shut down")
        future: Future[Result] = Future()
        self._try(future, lambda pool: pool.submit(fn, *args, **kwargs), 1)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers; running tasks finish, waiting ones are dropped if asked."""
        with self._lock:
            self._closed = True
            pool = self._pool
        pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def terminate(self) -> None:
        """End the workers in the middle of what they do; for an interrupted run, whose tasks nobody waits for."""
        with self._lock:
            self._closed = True
            pool = self._pool
        processes = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()

    def _new_pool(self) -> ProcessPoolExecutor:
        import multiprocessing

        # not a plain fork: a progress bar may hold a lock in a thread of this process; Windows knows only spawn
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        return ProcessPoolExecutor(self.workers, mp_context=context, initializer=_start_worker)

    def _try(self, future: Future[Result], send: Callable[[ProcessPoolExecutor], Future[Result]], attempt: int) -> None:
        with self._lock:
            pool = self._pool
        try:
            inner = send(pool)
        except BrokenProcessPool:
            self._replace(pool)
            with self._lock:
                pool = self._pool
            inner = send(pool)

        def settle(done: Future[Result]) -> None:
            if done.cancelled():
                future.cancel()
                return
            problem = done.exception()
            if isinstance(problem, BrokenProcessPool) and not future.cancelled() and not self._closed:
                if attempt < ATTEMPTS:
                    self._replace(pool)
                    self._try(future, send, attempt + 1)
                    return
                problem = WorkerLostError(
                    f"a worker process died {ATTEMPTS} times at the same task; it may need more memory than there is."
                )
            if future.set_running_or_notify_cancel():
                if problem is None:
                    future.set_result(done.result())
                else:
                    future.set_exception(problem)

        inner.add_done_callback(settle)
        future.add_done_callback(lambda outer: inner.cancel() if outer.cancelled() else None)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Put a new pool in the place of a broken one; whoever notices first does it."""
        with self._lock:
            if self._pool is broken and not self._closed:
                self._pool = self._new_pool()


class PatientPool(Executor):
    """A pool of processes that is not opened before it can pay: the first seconds of work are done here."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._here = SerialExecutor()
        self._pool: ResilientPool | None = None
        self._spent = 0.0

    @property
    def shares_memory(self) -> bool:
        """Whether the next task will run in this process."""
        return self._pool is None and self._spent < PATIENCE_SECONDS

    def submit(self, fn: Callable[P, Result], /, *args: P.args, **kwargs: P.kwargs) -> Future[Result]:
        """Run the task now, here, or in some worker."""
        if self.shares_memory:
            start = time.monotonic()
            future = self._here.submit(fn, *args, **kwargs)
            self._spent += time.monotonic() - start
            return future
        if self._pool is None:
            self._pool = ResilientPool(self.workers)
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers, if there are any."""
        if self._pool is not None:
            self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def terminate(self) -> None:
        """End them in the middle of what they do."""
        if self._pool is not None:
            self._pool.terminate()


class DaskExecutor(Executor):
    """A Dask client as an executor that knows how many threads its cluster has."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._inner = client.get_executor()

    @property
    def workers(self) -> int:
        """How many tasks the cluster can run at once, now."""
        return max(1, sum(int(threads) for threads in self._client.nthreads().values()))

    def submit(self, fn: Callable[P, Result], /, *args: P.args, **kwargs: P.kwargs) -> Future[Result]:
        """Run the task on the cluster, which runs it again if a worker is lost."""
        future: Future[Result] = self._inner.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for what runs, or drop it."""
        self._inner.shutdown(wait=wait and not cancel_futures)


def workers_of(executor: Executor) -> int:
    """How many tasks an executor runs at once."""
    workers = getattr(executor, "workers", None) or getattr(executor, "_max_workers", None)
    return int(workers or os.cpu_count() or 1)


def shares_memory(executor: Executor) -> bool:
    """Whether the next task runs in this process, so that its arguments need not be sent."""
    return bool(getattr(executor, "shares_memory", isinstance(executor, SerialExecutor | ThreadPoolExecutor)))


def lookahead(executor: Executor, streams: int) -> int:
    """How many tasks of one stream to keep in flight, so that `streams` streams keep every worker busy."""
    if isinstance(executor, SerialExecutor):
        return 1
    return max(1, 2 * workers_of(executor) // streams)


def check_workers(jobs: int, dask: str | None) -> None:
    """Judge `--jobs` and `--dask` before any work, and before anybody waits for an address that is none.

    Raises:
        InputError: the number of processes is out of range, both are given, or the address has no host or no port.
    """
    if not 1 <= jobs <= MOST_JOBS:
        raise InputError(f"--jobs must be from 1 to {MOST_JOBS}, not {jobs}.")
    if dask is None:
        return
    if jobs != 1:
        raise InputError("--jobs and --dask exclude each other.")
    if not re.fullmatch(r"([a-z]+://)?[^\s/]+:\d{1,5}", dask):
        raise InputError(f"no Dask scheduler answers at {dask!r}: --dask is an address such as tcp://host:8786.")


@contextmanager
def open_executor(
    jobs: int = 1, dask: str | None = None, *, threads: bool = False, patient: bool = False
) -> Iterator[Executor]:
    """An executor for `--jobs N` or `--dask ADDRESS`; it is shut down, and waiting tasks dropped, on leaving.

    Args:
        jobs: how many tasks run at once on this machine.
        dask: the address of a scheduler, which then runs them.
        threads: whether tasks leave the interpreter's lock to others, so that threads do for them, and nothing is sent.
        patient: whether processes are started only once the work has lasted for some seconds.

    Raises:
        InputError: `check_workers` refuses the two, Dask is missing or cannot be reached, or a worker
            died at every attempt of a task.
    """
    check_workers(jobs, dask)
    if dask is not None:
        with _dask_client(dask) as client:
            executor = DaskExecutor(client)
            try:
                yield executor
            finally:
                executor.shutdown(cancel_futures=True)
    elif jobs == 1:
        yield SerialExecutor()
    elif threads:
        pool = ThreadPoolExecutor(jobs)
        try:
            yield pool
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    else:
        with _processes(PatientPool(jobs) if patient else ResilientPool(jobs), jobs) as processes:
            yield processes


@contextmanager
def _processes(pool: PatientPool | ResilientPool, jobs: int) -> Iterator[Executor]:
    try:
        yield pool
    except WorkerLostError as problem:
        pool.terminate()
        raise InputError(f"--jobs {jobs}: {problem}") from None
    except BaseException:  # nobody waits for what still runs
        pool.terminate()
        raise
    else:
        pool.shutdown(wait=True, cancel_futures=True)


def _start_worker() -> None:
    """What a worker does first: leave Ctrl-C to the parent, and watch for the parent's end."""
    import multiprocessing
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None, "a worker is a child of the process that opened the pool"

    def leave_with_the_parent() -> None:
        parent.join()  # a pipe that closes when the parent ends, however it ends
        os._exit(1)

    threading.Thread(target=leave_with_the_parent, daemon=True).start()


def _dask_client(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise InputError("--dask needs the extra `dask`: pip install convbound[dask].") from None
    try:
        _knock(address)
        return Client(address, timeout=f"{ANSWER_SECONDS:g}s", set_as_default=False)
    except (OSError, ValueError) as problem:
        raise InputError(f"no Dask scheduler answers at {address!r}: {problem}.") from None


def _knock(address: str) -> None:
    """Raise OSError or ValueError where no scheduler answers: a client that fails leaves threads of Dask behind."""
    import asyncio

    from distributed.core import rpc

    async def ask() -> None:
        scheduler = rpc(address, timeout=ANSWER_SECONDS)
        try:
            await asyncio.wait_for(scheduler.identity(), ANSWER_SECONDS)
        except TimeoutError:
            raise OSError(f"nothing for {ANSWER_SECONDS:g} seconds") from None
        finally:
            await scheduler.close_rpc()

    asyncio.run(ask())
