"""For all tests: a folder for each run of the suite, in which what costs seconds is made once and shared."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading

import pytest

from shared import FOLDER

# A shell that starts the tests in the background has Ctrl-C ignored, and so would the processes to which tests send it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What continuous integration sets changes what is printed; a test that asks for that sets it itself.
CI = ("CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE")


def pytest_configure(config: pytest.Config) -> None:
    """The run's own cache folder: workers and the commands that tests start inherit it."""
    for name in CI:
        os.environ.pop(name, None)
    if FOLDER in os.environ:  # a worker
        return
    folder = tempfile.mkdtemp(prefix="convbound-tests-")
    about = {FOLDER: folder, "XDG_CACHE_HOME": folder, "MPLCONFIGDIR": folder}  # Matplotlib lists fonts for seconds
    before = {name: os.environ.get(name) for name in about}
    os.environ.update(about)

    def restore() -> None:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
        shutil.rmtree(folder, ignore_errors=True)

    config.add_cleanup(restore)
