"""The file from which an interrupted run goes on to the same numbers, and what identifies the run."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
from collections.abc import Mapping, Sequence, Set
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from convbound.bounds.errors import InputError
from convbound.bounds.files import write_whole
from convbound.checks.arrays import Floats
from convbound.checks.simulation.trajectories.state import COLUMNS, Group

FORMAT = "convbound-run/3"


def fingerprint(*parts: object) -> str:
    """A digest of everything that decides a run's numbers, by content: equal in every process, and only for equals.

    Numbers, text, arrays, collections, dataclasses, functions (by their code) and any other object by its class and
    attributes; an object may say itself what decides its numbers with a method `content()`.

    Raises:
        InputError: a part holds something that has no content of that kind, such as an open file.
    """
    digest = hashlib.sha256()
    seen: dict[int, int] = {}

    def feed(part: object) -> None:
        match part:
            case None | bool() | int() | float() | complex() | str() | bytes() | Fraction() | np.generic():
                digest.update(f"{type(part).__name__}:{part!r};".encode())
                return
            case np.ndarray() if part.dtype != object:
                digest.update(f"{part.dtype}{part.shape}".encode())
                digest.update(np.ascontiguousarray(part).data)
                return
        if id(part) in seen:  # shared or circular: by its place
            digest.update(f"again {seen[id(part)]};".encode())
            return
        seen[id(part)] = len(seen)
        digest.update(f"{type(part).__module__}.{type(part).__qualname__}(".encode())
        for piece in _content(part):
            feed(piece)
        digest.update(b");")

    for part in parts:
        feed(part)
    return digest.hexdigest()


def _content(part: object) -> Sequence[object]:
    """The pieces that make up an object."""
    content = getattr(part, "content", None)
    if callable(content):
        return [content()]
    match part:
        case np.ndarray():
            return [part.shape, *part.ravel().tolist()]
        case Mapping():
            return [piece for pair in part.items() for piece in pair]
        case list() | tuple():
            return part
        case Set():
            return sorted(part, key=repr)
        case types.FunctionType():
            cells = [cell.cell_contents for cell in part.__closure__ or ()]
            return [part.__code__, part.__defaults__, part.__kwdefaults__, cells]
        case types.MethodType():
            return [part.__func__, part.__self__]
        case types.CodeType():
            return [part.co_code, part.co_consts, part.co_names]
        case type() | types.ModuleType() | types.BuiltinFunctionType():
            return [part.__name__]
    if dataclasses.is_dataclass(part):
        return [getattr(part, field.name) for field in dataclasses.fields(part)]
    slots = [name for kind in type(part).__mro__ for name in getattr(kind, "__slots__", ())]
    if hasattr(part, "__dict__") or slots:
        functions = {k: v for k, v in vars(type(part)).items() if isinstance(v, types.FunctionType)}
        return [functions, getattr(part, "__dict__", {}), {k: getattr(part, k, None) for k in slots}]
    raise InputError(f"a run whose problem holds a {type(part).__qualname__} cannot be told from others by content.")


def save_groups(path: Path, identity: str, groups: list[Group], history: list[list[Floats]]) -> None:
    """Write the state of a run; the file appears whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """
    arrays: dict[str, Any] = {}
    notes = []
    for k, (group, pieces) in enumerate(zip(groups, history, strict=True)):
        rows = np.concatenate(pieces) if pieces else np.zeros((0, 5, len(group.w)))
        arrays |= {f"w{k}": group.w, f"sums{k}": group.sums, f"history{k}": rows}
        arrays |= {f"carried{k}:{name}": array for name, array in group.carried.items()}
        notes.append({"step": group.step, "rng": group.rng.bit_generator.state})
    arrays["notes"] = np.array(json.dumps({"format": FORMAT, "identity": identity, "groups": notes}))

    def write(temporary: Path) -> None:
        with temporary.open("wb") as file:  # an open file keeps the name whatever its suffix
            np.savez(file, **arrays)

    write_whole(path, write)


def load_groups(path: Path, identity: str, shapes: Sequence[tuple[int, ...]]) -> tuple[list[Group], list[list[Floats]]]:
    """Read the state of a run whose groups have points of these shapes.

    Raises:
        InputError: the file is no checkpoint, a damaged one, or one of another run.
    """
    try:
        return _read(path, identity, shapes)
    except InputError:
        raise
    except PermissionError as problem:
        raise InputError(f"cannot read the checkpoint {str(path)!r}: {problem.strerror}.") from None
    except Exception:  # damage shows in whichever library happens to read the damaged part
        raise InputError(
            f"{str(path)!r} is not a checkpoint of a run, or is damaged; remove it to start anew."
        ) from None


def _read(path: Path, identity: str, shapes: Sequence[tuple[int, ...]]) -> tuple[list[Group], list[list[Floats]]]:
    with np.load(path, allow_pickle=False) as file:
        notes = json.loads(str(file["notes"]))
        if notes.get("format") != FORMAT or notes["identity"] != identity:
            raise InputError(f"the checkpoint {str(path)!r} belongs to another run; remove it or name another file.")
        groups, history = [], []
        for k, (note, shape) in enumerate(zip(notes["groups"], shapes, strict=True)):
            bits = np.random.PCG64DXSM()
            bits.state = note["rng"]
            w, sums, rows = file[f"w{k}"], file[f"sums{k}"], file[f"history{k}"]
            if w.shape != shape or sums.shape != (shape[0], COLUMNS) or rows.shape[1:] != (5, shape[0]):
                raise ValueError("the arrays do not fit the run")
            carried = {name.partition(":")[2]: file[name] for name in file.files if name.startswith(f"carried{k}:")}
            groups.append(Group(w, sums, np.random.Generator(bits), int(note["step"]), carried))
            history.append([rows] if len(rows) else [])
    return groups, history
