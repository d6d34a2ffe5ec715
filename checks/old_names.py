"""Claim files that still say `from proofs import …`: the import name is `convbound.proofs`, and both find one module.

Only where no module of the old name exists otherwise: somebody's own `proofs.py` beside a claim file comes first.
"""

from __future__ import annotations

import importlib
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

OLD = ("bounds", "checks", "proofs")


class Alias(ModuleType):
    """A package under its old name: everything in it is the package's own, and nothing is set on that.

    The import system sets a submodule on its package; on the package itself that would hide an object of that name.
    """

    def __init__(self, name: str, real: ModuleType) -> None:
        """An alias of a package that is loaded."""
        super().__init__(name)
        self.__dict__.update(__path__=list(getattr(real, "__path__", [])), _real=real)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["_real"], name)

    def __setattr__(self, name: str, value: object) -> None:
        if name.startswith("__"):
            super().__setattr__(name, value)


class _SameModule:
    """A loader that hands out what is loaded already, under its new name."""

    def __init__(self, name: str, module: ModuleType) -> None:
        self.spec = module.__spec__
        self.module = Alias(name, module) if hasattr(module, "__path__") else module

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return self.module

    def exec_module(self, module: ModuleType) -> None:
        if not isinstance(module, Alias):
            module.__spec__ = self.spec  # the import system has put the old name's there


class OldNames:
    """A finder of the old names; `used` are those that the file asked for which is being loaded."""

    def __init__(self) -> None:
        """Nothing was asked for yet."""
        self.used: list[str] = []
        self.told: set[Path] = set()  # the files that have used some, of which that was said

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The module of the new name, unless the old one is somebody else's."""
        top = name.partition(".")[0]
        if top not in OLD or (name != top and not _is_ours(sys.modules.get(top), top)) or _is_taken(top):
            return None
        new = f"convbound.{name}"
        if importlib.util.find_spec(new) is None:
            return None
        module = importlib.import_module(new)
        if top not in self.used:
            self.used.append(top)
        return importlib.util.spec_from_loader(name, _SameModule(name, module))  # type: ignore[arg-type]

    def forget(self) -> None:
        """Take the old names out of the loaded modules; who asks again is answered again."""
        for name in [n for n, m in sys.modules.items() if n.partition(".")[0] in OLD and _is_ours(m, n)]:
            del sys.modules[name]


def _is_ours(module: ModuleType | None, name: str) -> bool:
    return isinstance(module, Alias) or (module is not None and module is sys.modules.get(f"convbound.{name}"))


def _is_taken(top: str) -> bool:
    """Whether a module of that name exists otherwise (this project's own folder, seen from its root, is no other)."""
    spec = importlib.machinery.PathFinder.find_spec(top)
    if spec is None:
        return False
    home = importlib.util.find_spec(f"convbound.{top}")
    return not (spec.origin and home and home.origin and Path(spec.origin).resolve() == Path(home.origin).resolve())


FINDER = OldNames()


def activate() -> None:
    """Answer the old names, also in what a claim file's functions import later."""
    FINDER.used.clear()
    if FINDER not in sys.meta_path:
        sys.meta_path.insert(0, FINDER)


def settle(file: Path) -> None:
    """After a file is loaded: say which old names it used, and forget them; where it used none, leave no trace."""
    if FINDER.used:
        old = " and ".join(f"{name!r}" for name in FINDER.used)
        new = " and ".join(f"'convbound.{name}'" for name in FINDER.used)
        if file.resolve() not in FINDER.told:
            print(f"convbound: {str(file)!r} imports {old}; the name is now {new}.", file=sys.stderr)
        FINDER.told.add(file.resolve())
        FINDER.forget()
    elif not FINDER.told:
        sys.meta_path.remove(FINDER)
