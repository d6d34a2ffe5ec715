"""One proof of each built-in claim in a run of the suite."""

from __future__ import annotations

import hashlib
import io
import pickle
from typing import Any

from convbound.bounds.files import write_whole
from convbound.checks.verdict_cache import CachedProver
from convbound.proofs.claims import Claim
from convbound.proofs.libraries import load_library, subjects
from convbound.proofs.prover import Proved
from shared import shared_folder


class SharedProver(CachedProver):
    """A prover for built-in claims that takes what another worker of this run has proved, replayed and compared.

    Claims that a test makes or alters are proved here and now, as by any prover.
    """

    def _prove(self, claim: Claim) -> Proved:
        if not _is_built_in(claim):
            return super()._prove(claim)
        path = shared_folder() / "proved" / hashlib.sha256(claim.name.encode()).hexdigest()
        if path.exists():
            return _Unpickler(io.BytesIO(path.read_bytes())).load()  # type: ignore[no-any-return]
        proved = super()._prove(claim)
        out = io.BytesIO()
        _Pickler(out).dump(proved)
        write_whole(path, out.getvalue())
        return proved


def _is_built_in(claim: Claim) -> bool:
    return claim.library in subjects() and load_library(claim.library).claims.get(claim.id) is claim


class _Pickler(pickle.Pickler):
    """Built-in claims by their names: they hold functions, and there is one object of each in a process."""

    def persistent_id(self, value: Any) -> Any:
        return (value.library, value.id) if isinstance(value, Claim) else None


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, name: Any) -> Claim:
        library, identifier = name
        return load_library(library)[identifier]
