"""Why the bounds hold, or do not: the kernel, the claims and the papers.

What a claim file imports stands here; the built-in libraries are written with the same names. They load when they are
used, so that `import proofs` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from proofs.claims import Claim, Hypothesis, Library, Premise, Refutation
    from proofs.derivation import Derivation, Fact
    from proofs.language import (
        Vocabulary,
        eq,
        first_value,
        ge,
        gt,
        last_value,
        le,
        limsup,
        lt,
        next_value,
    )
    from proofs.models import Model
    from proofs.objectives import quadratic
    from proofs.verdicts import Prover, Record, verify, verify_library

_HOME = {
    "Claim": "claims",
    "Derivation": "derivation",
    "Fact": "derivation",
    "Hypothesis": "claims",
    "Library": "claims",
    "Model": "models",
    "Premise": "claims",
    "Prover": "verdicts",
    "Record": "verdicts",
    "Refutation": "claims",
    "Vocabulary": "language",
    "eq": "language",
    "first_value": "language",
    "ge": "language",
    "gt": "language",
    "last_value": "language",
    "le": "language",
    "limsup": "language",
    "lt": "language",
    "next_value": "language",
    "quadratic": "objectives",
    "verify": "verdicts",
    "verify_library": "verdicts",
}

__all__ = [
    "Claim",
    "Derivation",
    "Fact",
    "Hypothesis",
    "Library",
    "Model",
    "Premise",
    "Prover",
    "Record",
    "Refutation",
    "Vocabulary",
    "eq",
    "first_value",
    "ge",
    "gt",
    "last_value",
    "le",
    "limsup",
    "lt",
    "next_value",
    "quadratic",
    "verify",
    "verify_library",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'proofs' has no attribute {name!r}")
    return getattr(importlib.import_module(f"proofs.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
