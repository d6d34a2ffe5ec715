"""Why the bounds hold, or do not: the kernel, the claims and the papers.

What a claim file imports stands here; the built-in libraries are written with the same names. They load when they are
used, so that `import convbound.proofs` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from convbound.proofs.claims import Claim, Hypothesis, Library, Premise, Refutation
    from convbound.proofs.derivation.derivation import Derivation, Fact
    from convbound.proofs.language.conditions import (
        both,
        clip,
        complete,
        either,
        iff,
        implies,
        let,
        piecewise,
        quotient,
        when,
    )
    from convbound.proofs.language.derivative import derivative, expansion
    from convbound.proofs.language.vocabulary import (
        Vocabulary,
        eq,
        first_value,
        ge,
        gt,
        impossible,
        last_value,
        le,
        limsup,
        lt,
        next_value,
    )
    from convbound.proofs.models.model import Model
    from convbound.proofs.models.objectives import PiecewiseQuadratic, huber, quadratic
    from convbound.proofs.models.processes import Move, Process
    from convbound.proofs.models.segments import Along
    from convbound.proofs.premises import At, objective
    from convbound.proofs.prover import Prover
    from convbound.proofs.record import Record
    from convbound.proofs.verify import verify, verify_library

_HOME = {
    "Along": "models.segments",
    "At": "premises",
    "Claim": "claims",
    "Derivation": "derivation.derivation",
    "Fact": "derivation.derivation",
    "Hypothesis": "claims",
    "Library": "claims",
    "Model": "models.model",
    "Move": "models.processes",
    "PiecewiseQuadratic": "models.objectives",
    "Premise": "claims",
    "Process": "models.processes",
    "Prover": "prover",
    "Record": "record",
    "Refutation": "claims",
    "Vocabulary": "language.vocabulary",
    "both": "language.conditions",
    "clip": "language.conditions",
    "complete": "language.conditions",
    "derivative": "language.derivative",
    "either": "language.conditions",
    "eq": "language.vocabulary",
    "expansion": "language.derivative",
    "first_value": "language.vocabulary",
    "ge": "language.vocabulary",
    "gt": "language.vocabulary",
    "huber": "models.objectives",
    "iff": "language.conditions",
    "implies": "language.conditions",
    "impossible": "language.vocabulary",
    "last_value": "language.vocabulary",
    "le": "language.vocabulary",
    "let": "language.conditions",
    "limsup": "language.vocabulary",
    "lt": "language.vocabulary",
    "next_value": "language.vocabulary",
    "objective": "premises",
    "piecewise": "language.conditions",
    "quadratic": "models.objectives",
    "quotient": "language.conditions",
    "verify": "verify",
    "verify_library": "verify",
    "when": "language.conditions",
}

__all__ = [
    "Along",
    "At",
    "Claim",
    "Derivation",
    "Fact",
    "Hypothesis",
    "Library",
    "Model",
    "Move",
    "PiecewiseQuadratic",
    "Premise",
    "Process",
    "Prover",
    "Record",
    "Refutation",
    "Vocabulary",
    "both",
    "clip",
    "complete",
    "derivative",
    "either",
    "eq",
    "expansion",
    "first_value",
    "ge",
    "gt",
    "huber",
    "iff",
    "implies",
    "impossible",
    "last_value",
    "le",
    "let",
    "limsup",
    "lt",
    "next_value",
    "objective",
    "piecewise",
    "quadratic",
    "quotient",
    "verify",
    "verify_library",
    "when",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'proofs' has no attribute {name!r}")
    return getattr(importlib.import_module(f"convbound.proofs.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
