"""Somebody's own claims in a Python file. It is imported, so trust it as you trust a test file."""

from __future__ import annotations

import fnmatch
import hashlib
import importlib.util
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from convbound.bounds.errors import InputError
from convbound.checks import old_names
from convbound.checks.limits import SECONDS, OutOfTimeError, within

if TYPE_CHECKING:
    from convbound.proofs.claims import Library


PATTERN = "*_claims.py"


class ClaimFileError(InputError):
    """A claim file of which nothing can be verified: which, at which line, and why."""

    def __init__(self, file: Path, reason: str, said: str | None = None) -> None:
        """`reason` begins with "line 7", where the line is known; `said` is the whole sentence, where it is another."""
        super().__init__(said or f"{str(file)!r} cannot be imported: {reason}.")
        found = re.match(r"line (\d+)", reason)
        self.file, self.reason, self.line = file, reason, int(found[1]) if found else 1


def is_path(target: str) -> bool:
    """Whether a target names a file or a folder rather than a built-in library."""
    from convbound.proofs.libraries import subjects

    if target in subjects() or not target.strip():
        return False
    return target.endswith(".py") or "/" in target or "\\" in target or Path(target).is_dir()


def check_targets(targets: Sequence[str]) -> None:
    """Find a misspelt name out before anything is loaded. Raises InputError naming the nearest libraries."""
    from convbound.proofs.libraries import check_name

    for target in targets:
        if "\0" in target:
            raise InputError(f"the target {target!r} holds a null character.")
        if not is_path(target):
            check_name(target)
        else:
            claim_files(Path(target))


def claim_files(path: Path) -> list[Path]:
    """The claim files that a path names: itself, or all `*_claims.py` below a folder, hidden folders aside.

    Raises:
        InputError: there is no such file, or none in the folder.
    """
    if path.is_dir():
        below = (p.relative_to(path) for p in path.rglob(PATTERN) if p.is_file())
        found = [path / p for p in sorted(below) if not any(part.startswith(".") for part in p.parts)]
        if not found:
            raise InputError(f"there is no claim file ({PATTERN}) in the folder {str(path)!r}.")
        return found
    if not path.is_file():
        raise InputError(f"there is no claim file {str(path)!r}.")
    return [path]


def open_targets(
    targets: Sequence[str], seconds: float | None = SECONDS, faults: list[ClaimFileError] | None = None
) -> list[Library]:
    """The libraries of all targets: built-in ones by name, files and folders by path, each file within so many seconds.

    Args:
        targets: as they were typed.
        seconds: for the import of a file.
        faults: where it is given, a file at fault is told here, and does not keep the others from being opened.

    Raises:
        InputError: a target is none of these, two of them hold libraries of one name, or a file is at fault and it is
            the only one, or `faults` is not given.
    """
    from convbound.proofs.libraries import load_library

    libraries: list[Library] = []
    opened: set[Path] = set()
    for target in dict.fromkeys(targets):
        if not is_path(target):
            libraries.append(load_library(target))
            continue
        for path in claim_files(Path(target)):
            if path.resolve() not in opened:
                opened.add(path.resolve())
                try:
                    found = load_claims(path, seconds)
                    _check_names(path, found, libraries)
                except ClaimFileError as problem:
                    if faults is None:
                        raise
                    faults.append(problem)
                    continue
                libraries += found
    if faults and len(opened) == 1 and not libraries:
        raise faults[0]
    names = [library.name for library in libraries]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"two of the targets hold a library called {name!r}; give them different names.")
    return libraries


def _check_names(path: Path, found: Sequence[Library], others: Sequence[Library]) -> None:
    taken = [library.name for library in others]
    for library in found:
        if library.name in taken:
            said = f"two of the targets hold a library called {library.name!r}; give them different names."
            raise ClaimFileError(path, f"another file has a library called {library.name!r}, too", said)


def targets_of(targets: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """The targets; where there are none, the built-in libraries that qualified names (`library:claim`) speak of."""
    from convbound.proofs.libraries import default_library, subjects

    if targets:
        return tuple(targets)
    heads = [name.partition(":")[0] for name in names if ":" in name]
    qualified = [library for library in subjects() if any(fnmatch.fnmatchcase(library, head) for head in heads)]
    bare = any(":" not in name for name in names)
    return tuple(dict.fromkeys([*([default_library()] if bare else []), *qualified])) or (default_library(),)


def find_claim(targets: Sequence[str], name: str) -> tuple[tuple[str, ...], str]:
    """The targets that hold a claim, and its qualified name; where no target is named, any built-in library will do.

    Raises:
        InputError: there is no such claim; the nearest ones are named.
    """
    from convbound.proofs.libraries import default_library, load_library, subjects

    head, _, tail = name.partition(":")
    libraries = open_targets(targets, faults=[])
    known = [head] if head in subjects() else subjects()
    for library in libraries or (load_library(x) for x in known):
        for claim in library:
            if name in (claim.id, claim.name):
                return tuple(targets) or (library.name,), claim.name
    home = next((x for x in libraries if x.name == head), libraries[0] if libraries else None)
    home = home or load_library(head if head in subjects() else default_library())
    return tuple(targets), home[tail if home.name == head else name].name  # raises, with the nearest


def load_claims(path: Path, seconds: float | None = SECONDS) -> list[Library]:
    """The libraries that a claim file defines. Raises ClaimFileError where it cannot be imported or defines none."""
    from convbound.proofs.claims import Library
    from convbound.proofs.faults import located
    from convbound.proofs.libraries import loaded_libraries

    if not path.is_file():
        raise InputError(f"there is no claim file {str(path)!r}.")
    name = f"claims_{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise InputError(f"a claim file is Python, with a name that ends in .py; {str(path)!r} has none.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    sys.path.insert(0, str(path.resolve().parent))  # so that it can import its neighbours
    old_names.activate()
    try:
        with within(seconds):
            spec.loader.exec_module(module)
    except (Exception, SystemExit, OutOfTimeError) as problem:  # whatever the file does wrong is a fault of the input
        sys.modules.pop(name, None)
        raise ClaimFileError(path, located(problem, path)) from problem
    finally:
        sys.path.remove(str(path.resolve().parent))
        old_names.settle(path)
    known = {id(x) for x in loaded_libraries()}  # a claim file may rest on them, and does not verify them again
    found = {id(x): x for x in vars(module).values() if isinstance(x, Library) and id(x) not in known}
    if not any(len(library.claims) for library in found.values()):
        said = f"{str(path)!r} defines no claims: it needs a proofs.Library at its top level, with claims."
        raise ClaimFileError(path, "it defines no claims", said)
    return list(found.values())
