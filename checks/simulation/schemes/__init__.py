"""The update rules that a run can follow: one file each, found in this folder. The file's name is the scheme's.

Nothing is imported before it is asked for, so that the names alone cost nothing.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from convbound.bounds.errors import InputError

if TYPE_CHECKING:
    from convbound.checks.simulation.schemes.base import Scheme

NO_SCHEMES = ("base", "claims", "coordinate", "own")


def scheme_names() -> tuple[str, ...]:
    """The schemes that ship."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(__path__) if found.name not in NO_SCHEMES))


def scheme_class(name: str) -> type[Scheme]:
    """The class of a scheme that ships.

    Raises:
        InputError: there is none of that name.
    """
    if name not in scheme_names():
        raise InputError(f"there is no scheme {name!r}; choose {', '.join(scheme_names())}.")
    from convbound.checks.simulation.schemes.base import Scheme

    module = importlib.import_module(f"{__name__}.{name}")
    (found,) = (
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Scheme) and vars(thing).get("name") == name
    )
    return found


def scheme_classes() -> tuple[type[Scheme], ...]:
    """All of them, by name."""
    return tuple(scheme_class(name) for name in scheme_names())
