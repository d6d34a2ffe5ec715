"""Somebody's own claims in a Python file. It is imported, so trust it as you trust a test file."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from convbound.bounds.errors import InputError

if TYPE_CHECKING:
    from convbound.proofs.claims import Library


def is_path(target: str) -> bool:
    """Whether a target names a file rather than a built-in library."""
    return target.endswith(".py") or "/" in target or "\\" in target


def check_targets(targets: Sequence[str]) -> None:
    """Find a misspelt name out before anything is loaded. Raises InputError naming the nearest libraries."""
    from convbound.proofs.libraries import check_name

    for target in targets:
        if not is_path(target):
            check_name(target)


def open_targets(targets: Sequence[str]) -> list[Library]:
    """The libraries of all targets, built-in ones by name and files by path. Raises InputError where one is neither."""
    from convbound.proofs.libraries import load_library

    libraries: list[Library] = []
    for target in dict.fromkeys(targets):
        libraries += load_claims(Path(target)) if is_path(target) else [load_library(target)]
    names = [library.name for library in libraries]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"two of the targets hold a library called {name!r}; give them different names.")
    return libraries


def load_claims(path: Path) -> list[Library]:
    """The libraries that a claim file defines. Raises InputError where it cannot be imported or defines none."""
    from convbound.proofs.claims import Library

    if not path.is_file():
        raise InputError(f"there is no claim file {str(path)!r}.")
    name = f"claims_{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise InputError(f"a claim file is Python, with a name that ends in .py; {str(path)!r} has none.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    sys.path.insert(0, str(path.resolve().parent))  # so that it can import its neighbours
    try:
        spec.loader.exec_module(module)
    except Exception as problem:  # whatever the file does wrong is a fault of the input
        del sys.modules[name]
        raise InputError(f"{str(path)!r} cannot be imported: {_where(problem, path)}.") from problem
    finally:
        sys.path.remove(str(path.resolve().parent))
    known = _built_in()
    found = {id(x): x for x in vars(module).values() if isinstance(x, Library) and id(x) not in known}
    if not any(len(library.claims) for library in found.values()):
        raise InputError(f"{str(path)!r} defines no claims: it needs a proofs.Library at its top level, with claims.")
    return list(found.values())


def _built_in() -> set[int]:
    """The built-in libraries that are loaded: a claim file may rest on them, and does not verify them again."""
    from convbound.proofs.libraries import LIBRARIES

    homes = ((sys.modules.get(module), attribute) for module, attribute, _ in LIBRARIES.values())
    return {id(getattr(module, attribute, None)) for module, attribute in homes if module is not None}


def _where(problem: Exception, path: Path) -> str:
    """The mistake and its line, in a few words."""
    line = getattr(problem, "lineno", None)
    for frame in traceback.extract_tb(problem.__traceback__):
        if Path(frame.filename) == path.resolve() or Path(frame.filename) == path:
            line = frame.lineno
    text = getattr(problem, "msg", None) or str(problem) or "no reason given"
    place = f"line {line}: " if line else ""
    return f"{place}{type(problem).__name__}: {text.rstrip('.')}"
