"""The file from which an interrupted run goes on to the same numbers."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from convbound.bounds.errors import InputError
from convbound.bounds.files import write_whole
from convbound.checks.trajectories.state import Floats, Group


def fingerprint(*parts: Any) -> str:
    """A digest of everything that decides a run's numbers: dataclasses, arrays, numbers, lists."""
    digest = hashlib.sha256()

    def feed(part: Any) -> None:
        if dataclasses.is_dataclass(part):
            digest.update(type(part).__name__.encode())
            for field in dataclasses.fields(part):
                feed(getattr(part, field.name))
        elif isinstance(part, np.ndarray):
            digest.update(f"{part.dtype}{part.shape}".encode())
            digest.update(np.ascontiguousarray(part).data)
        else:
            digest.update(f"{part!r};".encode())

    for part in parts:
        feed(part)
    return digest.hexdigest()


def save_groups(path: Path, identity: str, groups: list[Group], history: list[list[Floats]]) -> None:
    """Write the state of a run; the file appears whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """
    arrays: dict[str, Any] = {}
    notes = []
    for k, (group, pieces) in enumerate(zip(groups, history, strict=True)):
        arrays |= {f"w{k}": group.w, f"sums{k}": group.sums, f"history{k}": np.concatenate(pieces)}
        notes.append({"step": group.step, "rng": group.rng.bit_generator.state})
    arrays["notes"] = np.array(json.dumps({"identity": identity, "groups": notes}))

    def write(temporary: Path) -> None:
        with temporary.open("wb") as file:  # an open file keeps the name whatever its suffix
            np.savez(file, **arrays)

    write_whole(path, write)


def load_groups(path: Path, identity: str) -> tuple[list[Group], list[list[Floats]]]:
    """Read the state of a run.

    Raises:
        InputError: the file is no checkpoint, or one of another run.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            notes = json.loads(str(file["notes"]))
            if notes["identity"] != identity:
                raise InputError(
                    f"the checkpoint {str(path)!r} belongs to another run; remove it or name another file."
                )
            groups, history = [], []
            for k, note in enumerate(notes["groups"]):
                bits = np.random.PCG64DXSM()
                bits.state = note["rng"]
                groups.append(Group(file[f"w{k}"], file[f"sums{k}"], np.random.Generator(bits), note["step"]))
                history.append([file[f"history{k}"]])
            return groups, history
    except InputError:
        raise
    except (OSError, ValueError, KeyError, EOFError) as problem:
        raise InputError(f"{str(path)!r} is not a checkpoint of a run: {problem}") from None
