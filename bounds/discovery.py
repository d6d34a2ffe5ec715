"""Where subjects are: a paper or a theory is found in every layer, and listed in none.

A subject has up to three parts, each found by being there:

* `bounds`: what it says, as numbers (`bounds/subjects/NAME.py`);
* `proofs`: its claims (the folder `proofs/NAME/`, told by the file `subject.toml` in it);
* `evidence`: the instances its claims are checked on (`checks/evidence/subjects/NAME.py`).

Somebody else's subject is a package NAME in the namespace package `convbound_subjects`, anywhere on Python's path, with
the modules `bounds` and `evidence` and the folder `proofs`, or those of them that it has. Nothing is imported before it
is asked for.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from convbound.bounds.errors import InputError

NAMESPACE = "convbound_subjects"


class Part(NamedTuple):
    """One layer of a subject: the subject, which is the same name in every layer, and the module to import."""

    subject: str
    module: str

    @property
    def is_foreign(self) -> bool:
        """Whether another package brings it along."""
        return self.module.startswith(f"{NAMESPACE}.")

    def load(self) -> ModuleType:
        """Import the module.

        Raises:
            InputError: it is somebody else's, and cannot be imported.
        """
        try:
            return importlib.import_module(self.module)
        except (Exception, SystemExit) as problem:
            if not self.is_foreign:
                raise  # a fault of the tool
            what = f"{type(problem).__name__}: {problem}"
            raise InputError(f"the subject {self.subject!r} cannot be imported ({self.module}): {what}.") from problem


def subject_modules(home: str, part: str) -> list[Part]:
    """One layer of all subjects: the project's own, by name, then those that other packages bring along, by name.

    Args:
        home: the package that holds the project's own modules of this layer.
        part: what such a module is called in somebody else's subject: `bounds` or `evidence`.
    """
    own = [Part(name, f"{home}.{name}") for name, _ in _inside(home)]
    others = [f"{NAMESPACE}.{name}" for name in foreign_subjects()]
    return own + [Part(subject, f"{subject}.{part}") for subject in others if part in dict(_inside(subject))]


def subject_folders(home: str, part: str, told_by: str) -> Iterator[tuple[Part, Path]]:
    """The packages of all subjects for one layer, in the same order, each with the file that tells it.

    Args:
        home: the package that holds the project's own packages of this layer, among other modules.
        part: what such a package is called in somebody else's subject: `proofs`.
        told_by: the name of the file that such a package holds.
    """
    own = [Part(name, f"{home}.{name}") for name, is_folder in _inside(home) if is_folder]
    for found in (*own, *(Part(f"{NAMESPACE}.{x}", f"{NAMESPACE}.{x}.{part}") for x in foreign_subjects())):
        files = (Path(place) / told_by for place in _places(found.module))
        file = next((file for file in files if file.is_file()), None)
        if file is not None:
            yield found, file


def foreign_subjects() -> list[str]:
    """The names of the subjects that other packages bring along."""
    return [name for name, is_folder in _inside(NAMESPACE) if is_folder]


def _inside(package: str) -> list[tuple[str, bool]]:
    """What a package holds, by name, and whether that is a package; nothing where there is no such package."""
    return sorted((found.name, found.ispkg) for found in pkgutil.iter_modules(_places(package)))


def _places(package: str) -> list[str]:
    """The folders of a package, which is not imported; none where there is no such package."""
    try:
        spec = importlib.util.find_spec(package)
    except Exception:  # the package above it cannot be imported; that is said where a part of it is loaded
        return []
    return list(spec.submodule_search_locations or []) if spec is not None else []
