"""Objects of somebody else's files: `MODULE:OBJECT` or `file.py:OBJECT`, and their mistakes in one sentence."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from convbound.bounds.errors import InputError

Answer = TypeVar("Answer")


def is_foreign(specification: str) -> bool:
    """Whether this names an object of a file or module, rather than something that ships."""
    return ":" in specification


def load_object(specification: str, option: str, what: str) -> Any:
    """The object that `MODULE:OBJECT` or `file.py:OBJECT` names.

    Args:
        specification: as it was typed.
        option: what it was typed for, as `--problem`; for the message.
        what: what stands behind the colon, as `OBJECT`; for the message.

    Raises:
        InputError: there is no such file, module or object, or importing it fails; with the line, where there is one.
    """
    place, _, name = specification.rpartition(":")
    if not place or not name.isidentifier():
        raise InputError(f"{option} must be MODULE:{what} or file.py:{what}, not {specification!r}.")
    path = file_of(specification)
    if path is not None and not path.is_file():
        raise InputError(f"there is no file {str(path)!r}.")
    try:
        module = _import_file(path) if path is not None else importlib.import_module(place)
    except (KeyboardInterrupt, MemoryError, InputError):
        raise
    except BaseException as problem:  # SystemExit too: a file that ends the program has given nothing
        raise InputError(f"{place!r} cannot be used: {_where(problem, path)}.") from None
    if not hasattr(module, name):
        raise InputError(f"{place!r} has no {name!r}.")
    return getattr(module, name)


def guarded(specification: str, call: Callable[[], Answer]) -> Answer:
    """What a call of somebody else's code returns; whatever it raises is one sentence that names the line.

    Raises:
        InputError: it raised anything but Ctrl-C.
    """
    try:
        return call()
    except (KeyboardInterrupt, MemoryError, InputError):
        raise
    except BaseException as problem:
        raise InputError(f"{specification}: {_where(problem, file_of(specification))}.") from None


def file_of(specification: str) -> Path | None:
    """The file, None for a module."""
    place = specification.rpartition(":")[0]
    return Path(place) if place.endswith(".py") else None


def _import_file(path: Path) -> ModuleType:
    name = f"foreign_{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None, "a name that ends in .py has a loader"
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    folder = str(path.resolve().parent)
    sys.path.insert(0, folder)  # so that it can import its neighbours
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    finally:
        sys.path.remove(folder)
    return module


def _where(problem: BaseException, path: Path | None) -> str:
    """The mistake and its line, in a few words."""
    frames = traceback.extract_tb(problem.__traceback__)
    own = [f for f in frames if path is not None and Path(f.filename).resolve() == path.resolve()] or frames[-1:]
    line = getattr(problem, "lineno", None) or (own[-1].lineno if own else None)
    if isinstance(problem, SystemExit):
        return f"line {line}: it ends the program (SystemExit)"
    text = getattr(problem, "msg", None) or str(problem) or "no reason given"
    return f"line {line}: {type(problem).__name__}: {text.rstrip('.')}"
