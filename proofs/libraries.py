"""The built-in libraries by name. Importing one is what costs time, so nothing is imported before it is asked for."""

from __future__ import annotations

import difflib
import importlib
from typing import TYPE_CHECKING, cast

from convbound.bounds.errors import InputError

if TYPE_CHECKING:
    from convbound.proofs.claims import Library

LIBRARIES = {
    "discrete-updates": ("convbound.proofs.discrete_updates", "paper", "arXiv 2512.04051, every displayed line"),
    "lattice": ("convbound.proofs.lattice", "theory", "what holds instead: the corrected theory of lattice updates"),
}


def check_name(name: str) -> None:
    """Raise InputError, naming the nearest libraries, unless there is one of that name."""
    if name not in LIBRARIES:
        near = difflib.get_close_matches(name, LIBRARIES, n=2, cutoff=0.3) or list(LIBRARIES)
        raise InputError(f"there is no target {name!r}. Nearest: {', '.join(near)}.")


def load_library(name: str) -> Library:
    """The library of that name. Raises InputError as `check_name` does."""
    check_name(name)
    module, attribute, _ = LIBRARIES[name]
    return cast("Library", getattr(importlib.import_module(module), attribute))


def is_built_in(library: Library) -> bool:
    """Whether this is a built-in library itself: the name alone says nothing."""
    return library.name in LIBRARIES and library is load_library(library.name)
