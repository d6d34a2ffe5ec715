"""Why the bounds hold, or do not: the kernel, the claims and the papers.

What a claim file imports stands here; the built-in libraries are written with the same names. They load when they are
used, so that `import convbound.proofs` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from convbound.proofs.claims import Claim, Hypothesis, Library, Premise, Refutation
    from convbound.proofs.derivation import Derivation, Fact
    from convbound.proofs.language import (
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
    from convbound.proofs.models import Model
    from convbound.proofs.objectives import quadratic
    from convbound.proofs.processes import Move, Process
    from convbound.proofs.prover import Prover
    from convbound.proofs.record import Record
    from convbound.proofs.segments import Along
    from convbound.proofs.verdicts import verify, verify_library

_HOME = {
    "Along": "segments",
    "Claim": "claims",
    "Derivation": "derivation",
    "Fact": "derivation",
    "Hypothesis": "claims",
    "Library": "claims",
    "Model": "models",
    "Move": "processes",
    "Premise": "claims",
    "Process": "processes",
    "Prover": "prover",
    "Record": "record",
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
    "Along",
    "Claim",
    "Derivation",
    "Fact",
    "Hypothesis",
    "Library",
    "Model",
    "Move",
    "Premise",
    "Process",
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
    return getattr(importlib.import_module(f"convbound.proofs.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
