"""What the theorems say, as numbers. Imports nothing else of this project.

    from convbound.bounds import Problem, Scheme, bound, parameters

    known = parameters(Problem(L=17, d=79400), Scheme(c=1))
    bound("zim-envelope")(**known)                  # 2465.20…
    bound("zim-envelope")(L=17, d=dimensions, c=1, n=1)  # an array where `dimensions` is one
    bound("zim-envelope").as_symbols()              # the SymPy expression

Names load when they are used, so that `import convbound.bounds.errors` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from convbound.bounds.assessment import Assessment, LeftOut, assess_all, left_out, recommended
    from convbound.bounds.catalogue import CATALOGUE, bound, determined
    from convbound.bounds.enclosure import Enclosure, enclose
    from convbound.bounds.entry import QUANTITIES, Bound, Quantity
    from convbound.bounds.errors import InputError
    from convbound.bounds.evaluation import evaluate
    from convbound.bounds.guidance import admissible_steps, advice
    from convbound.bounds.interpretation import reading
    from convbound.bounds.problem import Problem, Run, Scheme, parameters
    from convbound.bounds.verdicts import verdict_of

_HOME = {
    "CATALOGUE": "catalogue",
    "QUANTITIES": "entry",
    "Assessment": "assessment",
    "Bound": "entry",
    "Enclosure": "enclosure",
    "InputError": "errors",
    "LeftOut": "assessment",
    "Problem": "problem",
    "Quantity": "entry",
    "Run": "problem",
    "Scheme": "problem",
    "admissible_steps": "guidance",
    "advice": "guidance",
    "assess_all": "assessment",
    "bound": "catalogue",
    "determined": "catalogue",
    "enclose": "enclosure",
    "evaluate": "evaluation",
    "left_out": "assessment",
    "parameters": "problem",
    "reading": "interpretation",
    "recommended": "assessment",
    "verdict_of": "verdicts",
}

__all__ = [
    "CATALOGUE",
    "QUANTITIES",
    "Assessment",
    "Bound",
    "Enclosure",
    "InputError",
    "LeftOut",
    "Problem",
    "Quantity",
    "Run",
    "Scheme",
    "admissible_steps",
    "advice",
    "assess_all",
    "bound",
    "determined",
    "enclose",
    "evaluate",
    "left_out",
    "parameters",
    "reading",
    "recommended",
    "verdict_of",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'bounds' has no attribute {name!r}")
    return getattr(importlib.import_module(f"convbound.bounds.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
