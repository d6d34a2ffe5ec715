"""Files that state methods: our own objects at the top level, or a script for PEPit. They are run, so trust them as
you trust a test.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from convbound.bounds.errors import InputError
from convbound.proofs.faults import located
from convbound.proofs.methods.language import PEP
from convbound.proofs.methods.problem import WorstCase

if TYPE_CHECKING:
    from convbound.proofs.methods.families import Family

PATTERN = "*_methods.py"


def problems_in(path: Path) -> list[WorstCase]:
    """The problems of a file, in its order.

    Raises:
        InputError: it cannot be read, or states none.
    """
    return stated_in(path)[0]


def stated_in(path: Path) -> tuple[list[WorstCase], list[Family]]:
    """The problems of a file and its families, in their order.

    Raises:
        InputError: it cannot be read, or states none.
    """
    if not path.is_file():
        raise InputError(f"there is no file {str(path)!r} that states a method.")
    if _is_for_pepit(path):
        from convbound.proofs.methods.pepit import read_script

        return read_script(path), []
    found, families = _our_own(path)
    if not found and not families:
        raise InputError(
            f"{str(path)!r} states no method: it needs a PEP at its top level, or a script that solves one with PEPit."
        )
    return [problem.worst_case() for problem in found], families


def _is_for_pepit(path: Path) -> bool:
    try:
        tree = ast.parse(path.read_bytes(), str(path))
    except (SyntaxError, ValueError) as problem:
        raise InputError(f"{str(path)!r} is no Python file: {problem}.") from None
    imports = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    imports += [alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names]
    return any(name.partition(".")[0] == "PEPit" for name in imports)


def _our_own(path: Path) -> tuple[list[PEP], list[Family]]:
    name = f"methods_{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise InputError(f"a file of methods is Python, with a name that ends in .py; {str(path)!r} has none.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    sys.path.insert(0, str(path.resolve().parent))
    try:
        spec.loader.exec_module(module)
    except InputError as problem:
        raise InputError(f"{str(path)!r}: {problem}") from None
    except (Exception, SystemExit) as problem:
        raise InputError(f"{str(path)!r} cannot be imported: {located(problem, path)}.") from problem
    finally:
        sys.modules.pop(name, None)
        sys.path.remove(str(path.resolve().parent))
    found: list[PEP] = []
    families: list[Family] = []
    for variable, value in vars(module).items():
        for item in value if isinstance(value, list | tuple) else [value]:
            if isinstance(item, PEP) and item not in found:
                item.title = item.title or variable
                found.append(item)
            elif type(item).__name__ == "Family" and isinstance(item, _family()):
                families += [item] * (item not in families)
    return found, families


def _family() -> type[Family]:
    from convbound.proofs.methods.families import Family  # needs SymPy, which files without families need not load

    return Family
