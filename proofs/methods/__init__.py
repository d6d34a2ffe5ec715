"""Worst-case bounds of first-order methods, proved: a solver proposes, exact numbers are recovered, the kernel checks.

from convbound.proofs.methods import PEP, SmoothConvexFunction
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convbound.proofs.methods.classes import (
    BoundedConvexIndicatorFunction,
    CocoerciveOperator,
    ConvexFunction,
    ConvexIndicatorFunction,
    ConvexLipschitzFunction,
    ConvexQGFunction,
    ConvexSupportFunction,
    LipschitzOperator,
    MonotoneOperator,
    NonexpansiveOperator,
    SmoothConvexFunction,
    SmoothFunction,
    SmoothStronglyConvexFunction,
    StronglyConvexFunction,
    StronglyMonotoneOperator,
)
from convbound.proofs.methods.language import PEP, Function, Point, Value
from convbound.proofs.methods.steps import (
    exact_linesearch_step,
    inexact_gradient_step,
    linear_optimization_step,
    proximal_step,
)

if TYPE_CHECKING:
    from convbound.proofs.methods.families import Family


def __getattr__(name: str) -> type[Family]:
    """`Family` needs SymPy, which files without families need not load."""
    if name == "Family":
        from convbound.proofs.methods.families import Family

        return Family
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "PEP",
    "BoundedConvexIndicatorFunction",
    "CocoerciveOperator",
    "ConvexFunction",
    "ConvexIndicatorFunction",
    "ConvexLipschitzFunction",
    "ConvexQGFunction",
    "ConvexSupportFunction",
    "Family",
    "Function",
    "LipschitzOperator",
    "MonotoneOperator",
    "NonexpansiveOperator",
    "Point",
    "SmoothConvexFunction",
    "SmoothFunction",
    "SmoothStronglyConvexFunction",
    "StronglyConvexFunction",
    "StronglyMonotoneOperator",
    "Value",
    "exact_linesearch_step",
    "inexact_gradient_step",
    "linear_optimization_step",
    "proximal_step",
]
