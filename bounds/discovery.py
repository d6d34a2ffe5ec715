"""Where subjects are: a paper or a theory is found in every layer, and listed in none.

A subject has up to three parts, each found by being there:

* `bounds`: what it says, as numbers (`bounds/subjects/NAME.py`);
* `proofs`: its claims (the folder `proofs/NAME/`, which declares a `SUBJECT`);
* `evidence`: the instances its claims are checked on (`checks/evidence/subjects/NAME.py`).

Somebody else's subject is a package NAME in the namespace package `convbound_subjects`, anywhere on Python's path, with
the modules `bounds`, `proofs` and `evidence`, or those of them that it has. Nothing is imported before it is asked for.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from convbound.bounds.errors import InputError

NAMESPACE = "convbound_subjects"


def subject_modules(home: str, part: str, *, folders: bool = False) -> Iterator[ModuleType]:
    """The modules of all subjects for one layer: the project's own, by name, then those of other packages, by name.

    Args:
        home: the package that holds the project's own modules of this layer.
        part: what such a module is called in somebody else's subject: `bounds`, `proofs` or `evidence`.
        folders: whether only packages count in `home`, which holds other modules, too.

    Raises:
        InputError: somebody else's module cannot be imported.
    """
    for found in _inside(home):
        if found.ispkg or not folders:
            yield importlib.import_module(f"{home}.{found.name}")
    for name in foreign_subjects():
        module = f"{NAMESPACE}.{name}.{part}"
        try:
            if importlib.util.find_spec(module) is not None:
                yield importlib.import_module(module)
        except (Exception, SystemExit) as problem:  # whatever it does wrong is a fault of the input
            what = f"{type(problem).__name__}: {problem}"
            raise InputError(f"the subject {name!r} cannot be imported ({module}): {what}.") from problem


def foreign_subjects() -> list[str]:
    """The names of the subjects that other packages bring along."""
    return [found.name for found in _inside(NAMESPACE) if found.ispkg]


def _inside(package: str) -> list[pkgutil.ModuleInfo]:
    """What a package holds, by name; nothing where there is no such package."""
    spec = importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec is not None else None
    return sorted(pkgutil.iter_modules(places), key=lambda found: found.name) if places else []
