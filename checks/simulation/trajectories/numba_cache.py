"""Loading the compiled kernels: where their machine code is kept, and what is said while it is made."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import shutil
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

PACKAGE = "convbound.checks.simulation.trajectories"
KERNELS = ("compiled", "levels", "sweep", "columns")

_said: set[str] = set()


def has_numba() -> bool:
    """Whether the compiled engines can be used (the extra `fast`)."""
    return find_spec("numba") is not None


def kernels(name: str) -> ModuleType:
    """The module of that name with its compiled functions.

    Numba keeps machine code beside the source or in the user's cache folder; where it may write to neither, it goes to
    a temporary folder, for this run and the processes that it starts.

    Raises:
        ImportError: numba is missing or does not load.
    """
    try:
        _announce_compilation()
        return import_module(f"{PACKAGE}.{name}")
    except RuntimeError as problem:
        if "cannot cache" not in str(problem):
            raise
    _use_temporary_cache()
    return import_module(f"{PACKAGE}.{name}")


def usable() -> bool:
    """Whether the kernels load; where they do not, that is said once, and NumPy's engines serve."""
    if not has_numba():
        return False
    try:
        for name in KERNELS:
            kernels(name)
    except (ImportError, OSError, RuntimeError) as problem:
        _say(f"numba cannot be used here ({str(problem).splitlines()[0]}); NumPy does the work, more slowly.")
        return False
    return True


def _use_temporary_cache() -> None:
    from numba.core import config

    folder = tempfile.mkdtemp(prefix="convbound-numba-")  # private to this user: code is loaded from it
    owner = os.getpid()
    atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == owner else None)
    os.environ["NUMBA_CACHE_DIR"] = folder
    config.reload_config()
    for name in KERNELS:
        sys.modules.pop(f"{PACKAGE}.{name}", None)
    _say(
        "numba may write neither beside the installation nor to a cache folder; machine code is kept for this run only."
    )


def _announce_compilation() -> None:
    """On a terminal, say once that the first run takes longer: seconds of silence look like a fault."""
    if "listening" in _said or multiprocessing.parent_process() is not None or not sys.stderr.isatty():
        return
    from numba.core import event

    class Announcer(event.Listener):  # type: ignore[misc]  # numba has no types
        def on_start(self, event: object) -> None:
            _say("compiling, once per installation; this takes some seconds …")

        def on_end(self, event: object) -> None:
            pass

    _said.add("listening")
    event.register("numba:compile", Announcer())


def _say(sentence: str) -> None:
    if sentence not in _said:
        _said.add(sentence)
        print(f"convbound: {sentence}", file=sys.stderr, flush=True)
