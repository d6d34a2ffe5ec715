"""Where long work runs: in this process, in a pool of processes, or on a Dask cluster. No scheduler of our own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from convbound.bounds.errors import InputError


class SerialExecutor(Executor):
    """Runs every task at once, in the caller."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run the task now; the future is finished when it is returned."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:
            future.set_exception(problem)
        return future


def lookahead(executor: Executor, streams: int) -> int:
    """How many tasks of one stream to keep in flight, so that `streams` streams keep every worker busy."""
    if isinstance(executor, SerialExecutor):
        return 1
    return max(1, 2 * (os.cpu_count() or 1) // streams)


@contextmanager
def open_executor(jobs: int = 1, dask: str | None = None) -> Iterator[Executor]:
    """An executor for `--jobs N` or `--dask ADDRESS`; it is shut down, and waiting tasks dropped, on leaving.

    Raises:
        InputError: jobs is not positive, both options are given, or Dask is missing or cannot be reached.
    """
    if jobs < 1:
        raise InputError(f"--jobs must be at least 1, not {jobs}.")
    if dask is not None and jobs != 1:
        raise InputError("--jobs and --dask exclude each other.")
    if dask is not None:
        with _dask_client(dask) as client, client.get_executor() as executor:
            yield executor
    elif jobs == 1:
        yield SerialExecutor()
    else:
        import multiprocessing
        import signal

        # not a plain fork: a progress bar may hold a lock in a thread of this process
        context = multiprocessing.get_context("forkserver")
        # Ctrl-C is for this process, which then drops what waits; a worker would only add its traceback
        ignore = (signal.SIGINT, signal.SIG_IGN)
        pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=signal.signal, initargs=ignore)
        try:
            yield pool
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _dask_client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise InputError("--dask needs the extra `dask`: pip install convbound[dask].") from None
    try:
        return Client(address, timeout="10s")
    except (OSError, ValueError) as problem:
        raise InputError(f"no Dask scheduler answers at {address!r}: {problem}.") from None
