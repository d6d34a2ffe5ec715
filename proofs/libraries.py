"""The built-in libraries by name. Importing one is what costs time, so nothing is imported before it is asked for."""

from __future__ import annotations

import difflib
import importlib

from bounds.errors import InputError
from proofs.claims import Library

LIBRARIES = {
    "discrete-updates": ("proofs.discrete_updates", "paper", "arXiv 2512.04051, every displayed line"),
    "lattice": ("proofs.lattice", "theory", "what holds instead: the corrected theory of lattice updates"),
}


def load_library(name: str) -> Library:
    """The library of that name. Raises InputError naming the nearest ones."""
    if name not in LIBRARIES:
        near = difflib.get_close_matches(name, LIBRARIES, n=2, cutoff=0.3) or list(LIBRARIES)
        raise InputError(f"there is no target {name!r}. Nearest: {', '.join(near)}.")
    module, attribute, _ = LIBRARIES[name]
    library = getattr(importlib.import_module(module), attribute)
    assert isinstance(library, Library)
    return library
