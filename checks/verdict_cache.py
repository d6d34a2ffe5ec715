"""What the search for proofs found, kept between runs.

An entry holds the combinations that the finder came up with, in the order in which a derivation asked for them, and,
for a claim without a proof, which attempt asked; never a verdict, a displayed line, or what a claim rests on. It is
read only if the claim's statement, the checker's own source, the file of the claim and the versions under it are the
same. The derivation then runs as ever, each remembered combination is a step for the kernel like a new one, and the
certificate is replayed and its statement compared. So an entry, whatever is written in it, can neither make a theorem
nor change what is shown of one; where a derivation fails with it, it runs again without.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

from convbound.bounds.errors import InputError
from convbound.bounds.files import write_whole
from convbound.bounds.plain_data import Json
from convbound.proofs.certificates import dump
from convbound.proofs.claims import Claim
from convbound.proofs.prover import Found, Proved, Prover
from convbound.proofs.statement import statement


def cache_folder() -> Path | None:
    """Where entries are: convbound in the user's cache folder (XDG_CACHE_HOME); None for a user without a home."""
    from platformdirs import user_cache_path

    chosen = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(chosen):
        return Path(chosen) / "convbound"
    try:
        folder = user_cache_path("convbound", appauthor=False)
    except RuntimeError:  # a user whom nobody knows; some versions answer "~/.cache" instead
        return None
    return folder if folder.is_absolute() else None


@cache
def source_digest() -> str:
    """The checker's own source and what it runs on."""
    total = hashlib.sha256(f"{platform.python_version()} {version('sympy')} {version('scipy')}".encode())
    from convbound import bounds, proofs

    for package in (proofs, bounds):
        home = Path(str(package.__file__)).parent
        for path in sorted(home.rglob("*.py")):
            total.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


@cache
def neighbours_digest(file: str) -> str:
    """The claim's file and every loaded module from its folder, on which its proofs may rest."""
    total = hashlib.sha256()
    home = Path(file).parent
    loaded = {Path(f) for m in list(sys.modules.values()) if (f := getattr(m, "__file__", None))}
    near = {path for path in loaded if path.is_relative_to(home)}
    for path in sorted(path for path in near | {Path(file)} if path.is_file()):  # `python -c` and notebooks have none
        total.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


class CachedProver(Prover):
    """A prover that looks into the cache before it searches."""

    def __init__(self, folder: Path | None = None) -> None:
        """The folder is the user's, unless another is given; where there is none, nothing is remembered."""
        super().__init__()
        self.folder = folder or cache_folder()
        self.hits = 0

    def _prove(self, claim: Claim) -> Proved:
        key = self._key(claim)
        remembered = self._read(claim, key)
        if remembered is not None:
            try:
                proved = self.admit(claim, self.search(claim, *remembered))
            except Exception:  # not what it says it is: search again, and let that say what is wrong, if anything
                pass
            else:
                self.hits += 1
                return proved
        found = self.search(claim)
        proved = self.admit(claim, found)
        self._write(claim, key, found)
        return proved

    @staticmethod
    def _key(claim: Claim) -> str:
        parts = [source_digest(), neighbours_digest(claim.place[0]) if claim.place[0] else "", claim.name]
        return hashlib.sha256("\0".join([*parts, dump(statement(claim))]).encode()).hexdigest()

    @staticmethod
    def _path(folder: Path, claim: Claim) -> Path:
        name = hashlib.sha256(f"{claim.place[0]}\0{claim.name}".encode()).hexdigest()
        return folder / f"{name[:32]}.json"

    def _read(self, claim: Claim, key: str) -> tuple[list[Json], int | None] | None:
        if self.folder is None:
            return None
        try:
            entry = json.loads(self._path(self.folder, claim).read_text(encoding="utf-8"))
            if entry["key"] != key or (claim.proof is None and entry["attempt"] is None):
                return None
            return list(entry["recipes"]), entry["attempt"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def _write(self, claim: Claim, key: str, found: Found) -> None:
        if self.folder is None:
            return
        entry = {"key": key, "recipes": found.recipes, "attempt": found.attempt}
        try:
            write_whole(self._path(self.folder, claim), json.dumps(entry))
        except (OSError, InputError):  # a cache that cannot be written is no reason to fail
            return
