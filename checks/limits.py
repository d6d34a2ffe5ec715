"""What somebody's own code may take: time for one claim, memory for the process that runs it.

Time is up by a signal, which raises an exception in the code that runs; where there is none (Windows, or another
thread than the main one) there is no limit. A code that catches that exception is ended with its process.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

SECONDS = 60.0  # for a claim of somebody's file, and for importing it
BYTES = 8 * 2**30
PATIENCE = 5  # seconds in which code that is told that its time is up may go on


class OutOfTimeError(BaseException):
    """The time is up. Not an `Exception`: code that catches those does not catch this."""


class _Alarm:
    """Raises when the time is up, and once a second from then on; in the end it ends the process."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.rung = seconds, 0

    def __call__(self, number: int, frame: FrameType | None) -> NoReturn:
        self.rung += 1
        if self.rung > PATIENCE:
            os.write(2, b"convbound: the code of a claim file does not end, and does not let itself be ended.\n")
            os._exit(2)
        raise OutOfTimeError(f"it had not ended after {self.seconds:g} s (--timeout)")


@contextlib.contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Let what runs inside take so long. Raises OutOfTimeError there when the time is up."""
    possible = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if seconds is None or not possible:
        yield
        return
    handler = signal.signal(signal.SIGALRM, _Alarm(seconds))
    timer = signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, *timer)  # somebody else's, such as a test runner's


def limit_memory() -> None:
    """Let this process have so much address space and no more: an allocation beyond it is a MemoryError, on Linux."""
    if sys.platform != "linux":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY or soft > BYTES:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (BYTES, hard))
