"""What the theorems say, as numbers. Imports nothing else of this project.

    from convbound.bounds import bound, parameters

    known = parameters(L=17, d=79400, c=1)
    bound("zim-envelope")(**known)                  # 2465.20…
    bound("zim-envelope")(L=17, d=dimensions, c=1, n=1)  # an array where `dimensions` is one
    bound("zim-envelope").as_symbols()              # the SymPy expression

Names load when they are used, so that `import convbound.bounds.errors` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convbound.bounds.assessment import Assessment, LeftOut, Table, assess_all, left_out
    from convbound.bounds.catalogue import CATALOGUE, PARAMETERS, QUANTITIES, SUBJECTS, bound, determined, parameters
    from convbound.bounds.enclosure import Enclosure, enclose
    from convbound.bounds.entry import Bound, Quantity, Scheme
    from convbound.bounds.errors import InputError
    from convbound.bounds.evaluation import evaluate
    from convbound.bounds.guidance import admissible_steps, advice, reading
    from convbound.bounds.subject import Subject
    from convbound.bounds.verdicts import verdict_of

_HOME = {
    "guidance": "admissible_steps advice reading",
    "assessment": "Assessment LeftOut Table assess_all left_out",
    "catalogue": "CATALOGUE PARAMETERS QUANTITIES SUBJECTS bound determined parameters",
    "enclosure": "Enclosure enclose",
    "entry": "Bound Quantity Scheme",
    "errors": "InputError",
    "evaluation": "evaluate",
    "subject": "Subject",
    "verdicts": "verdict_of",
}

__all__ = [
    "CATALOGUE",
    "PARAMETERS",
    "QUANTITIES",
    "SUBJECTS",
    "Assessment",
    "Bound",
    "Enclosure",
    "InputError",
    "LeftOut",
    "Quantity",
    "Scheme",
    "Subject",
    "Table",
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
    "verdict_of",
]


def __getattr__(name: str) -> object:
    for module, names in _HOME.items():
        if name in names.split():
            return getattr(importlib.import_module(f"convbound.bounds.{module}"), name)
    raise AttributeError(f"module 'bounds' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
