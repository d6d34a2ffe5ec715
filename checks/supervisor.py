"""A command that imports somebody's file runs in a child process, so that the file cannot end the command unnoticed.

`os._exit(0)` in a claim file, or in a proof, ends the process at once: nothing was verified, and the exit code says
that all is well. So the command runs in a fork, which hands its exit code to the parent before it ends; where it ends
without, the parent reports that. Where processes cannot fork (Windows), the command runs as it is.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from convbound.checks.limits import limit_memory

FILE_ENDED_IT = 2  # the input is at fault


def names_code(arguments: Sequence[str]) -> bool:
    """Whether some argument may name Python code to import: a .py file, or a folder of them."""
    return any(".py" in a or Path(a).is_dir() for a in arguments if "\0" not in a)


def supervised(limited: bool = True) -> Callable[[int], None]:
    """Go on in a child process; returns, there, what takes its exit code. The parent waits, and exits with that.

    Where it is limited, the child has so much memory as a claim file may have (see `limits`).
    """
    if not hasattr(os, "fork"):
        return lambda code: None
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        _wait(child, reading)
    os.close(reading)
    _end_with_parent()
    if limited:
        limit_memory()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, Interrupt())

    def done(code: int) -> None:
        with contextlib.suppress(OSError):
            os.write(writing, bytes([code]))

    return done


class Interrupt:
    """Ctrl-C as usual, but once a second: at a terminal it reaches the child directly and through its parent."""

    def __init__(self) -> None:
        """No interrupt yet."""
        self.last = float("-inf")

    def __call__(self, number: int, frame: object) -> None:
        """Raise KeyboardInterrupt, unless this is the same Ctrl-C again."""
        before, self.last = self.last, time.monotonic()
        if self.last - before > 1:
            raise KeyboardInterrupt


def _end_with_parent() -> None:
    """On Linux: a child whose parent is killed outright does not run on."""
    if sys.platform == "linux":
        import ctypes

        set_parent_death_signal = 1
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def _wait(child: int, reading: int) -> NoReturn:
    for name in (
        "SIGINT",
        "SIGTERM",
        "SIGHUP",
    ):  # what is sent to this process alone is meant for the child, which says so
        if signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN:
            signal.signal(getattr(signal, name), lambda number, _: os.kill(child, number))
    _, status = os.waitpid(child, 0)
    os.set_blocking(reading, False)  # a process that the file left behind may hold the other end open
    with contextlib.suppress(BlockingIOError):
        for code in os.read(reading, 1):
            os._exit(code)
    ended = os.waitstatus_to_exitcode(status)
    how = f"code {ended}" if ended >= 0 else f"signal {-ended}"
    text = f"convbound: the process ended with {how} before its verdicts, in the code of a claim file.\n"
    with contextlib.suppress(OSError):
        os.write(2, text.encode())
    os._exit(FILE_ENDED_IT if ended >= 0 else 128 - ended)
