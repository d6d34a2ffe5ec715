"""Worst-case bounds of first-order methods, proved: a solver proposes, exact numbers are recovered, the kernel checks.

from convbound.proofs.methods import PEP, SmoothConvexFunction
"""

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

__all__ = [
    "PEP",
    "BoundedConvexIndicatorFunction",
    "CocoerciveOperator",
    "ConvexFunction",
    "ConvexIndicatorFunction",
    "ConvexLipschitzFunction",
    "ConvexQGFunction",
    "ConvexSupportFunction",
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
