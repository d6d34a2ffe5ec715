"""The libraries of claims by name, found where they are. Importing one costs time, and waits until it is asked for.

A library is a package that holds `subject.toml`, a table of plain data:

    name = "askewsgd"                         what the command line calls it
    title = "quantized training, section 3"   what a list says of it
    library = "paper"                         the attribute of the package that is its `Library`
    order = 3                                 its place among the libraries; the first is the command's default
    example = { L = "4", d = "1000" }         parameters at which reports show the bounds that rest on it
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from convbound.bounds.discovery import Part, subject_folders
from convbound.bounds.errors import InputError, nearest

if TYPE_CHECKING:
    from convbound.proofs.claims import Library

HOME, PART, DECLARED = "convbound.proofs", "proofs", "subject.toml"


@dataclass(frozen=True)
class Subject:
    """What is known of a library that nobody has loaded."""

    name: str
    title: str
    part: Part
    attribute: str
    order: int
    example: Mapping[str, Fraction] = field(default_factory=dict)

    @classmethod
    def declared(cls, part: Part, file: Path) -> Subject:
        """The subject that a package declares.

        Raises:
            InputError: the file is no such declaration.
        """
        try:
            told = tomllib.loads(file.read_text(encoding="utf-8"))
            example = {letter: Fraction(value) for letter, value in told.get("example", {}).items()}
            name, title, attribute = (str(told[key]) for key in ("name", "title", "library"))
            return cls(name, title, part, attribute, int(told["order"]), example)
        except (OSError, ValueError, TypeError, AttributeError, ZeroDivisionError) as problem:
            raise InputError(f"{str(file)!r} declares no library: {problem}.") from problem
        except KeyError as problem:
            raise InputError(f"{str(file)!r} declares no library: {problem} is missing.") from problem

    def load(self) -> Library:
        """The library itself.

        Raises:
            InputError: the package does not hold it, or cannot be imported and is somebody else's.
        """
        from convbound.proofs.claims import Library

        library = getattr(self.part.load(), self.attribute, None)
        if not isinstance(library, Library) or library.name != self.name:
            raise InputError(f"{self.part.module}.{self.attribute} is no library called {self.name!r}.")
        return library

    @property
    def is_loaded(self) -> bool:
        """Whether some import has loaded it already."""
        return self.part.module in sys.modules


@cache
def subjects() -> Mapping[str, Subject]:
    """All libraries that can be named, in their order.

    Raises:
        InputError: a declaration cannot be read, or two libraries have one name.
    """
    found = [Subject.declared(part, file) for part, file in subject_folders(HOME, PART, DECLARED)]
    named = {subject.name: subject for subject in sorted(found, key=lambda s: s.order)}
    if len(named) < len(found):
        twice = next(s for s in found if named[s.name] is not s)
        raise InputError(f"{twice.part.module} and {named[twice.name].part.module} are both called {twice.name!r}.")
    return named


def default_library() -> str:
    """What a command is about when no target is named: the first library."""
    return next(iter(subjects()))


def check_name(name: str) -> None:
    """Do nothing if there is a library of that name.

    Raises:
        InputError: there is none; the nearest ones are named.
    """
    if name not in subjects():
        near = nearest(name, subjects(), 2, cutoff=0.3) or list(subjects())
        raise InputError(f"there is no target {name!r}. Nearest: {', '.join(near)}.")


def load_library(name: str) -> Library:
    """The library of that name.

    Raises:
        InputError: there is none, or somebody else's cannot be imported.
    """
    check_name(name)
    return subjects()[name].load()


def loaded_libraries() -> list[Library]:
    """Those of the libraries that some import has loaded already."""
    return [subject.load() for subject in subjects().values() if subject.is_loaded]


def is_built_in(library: Library) -> bool:
    """Whether this is one of the libraries itself: the name alone says nothing."""
    return any(library is known for known in loaded_libraries())


def example_of(names: Iterable[str]) -> Mapping[str, Fraction]:
    """The example parameters of the first of the named libraries that has some."""
    chosen = set(names)
    return next((s.example for s in subjects().values() if s.name in chosen and s.example), {})
