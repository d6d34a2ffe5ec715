"""Certificates as files: only the steps that the conclusion needs, and their hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

Json = Any


def digest(certificate: Json) -> str:
    """The SHA-256 of a certificate in its canonical form."""
    return hashlib.sha256(dump(certificate).encode()).hexdigest()


def dump(certificate: Json) -> str:
    """The canonical text."""
    return json.dumps(certificate, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def strings(data: Json) -> Iterator[str]:
    """All texts in a JSON value."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for x in data:
            yield from strings(x)
    elif isinstance(data, dict):
        for x in data.values():
            yield from strings(x)


def references(step: Json) -> Iterator[list[int]]:
    """The facts of other steps that a step uses."""
    for key in ("because", "of", "base", "upper", "lower", "leading"):
        data = step.get(key)
        if isinstance(data, list) and len(data) == 2 and type(data[0]) is int:
            yield data
    for recipe in _recipes(step):
        for _, facts, _ in recipe.get("terms", []):
            yield from (f for f in facts if isinstance(f, list))
        for fact, _ in recipe.get("equations", []):
            if isinstance(fact, list):
                yield fact


def _recipes(step: Json) -> Iterator[Json]:
    if step.get("rule") == "induction":
        step = step["step"]
    yield step
    for part in (*step.get("cases", []), *step.get("both", [])):
        yield from _recipes(part)


def prune(header: Json, steps: list[Json], conclusion: list[int]) -> tuple[Json, dict[int, int]]:
    """The certificate with only what the conclusion needs (and every hypothesis), and where each kept step went."""
    defined = {s["symbol"]: n for n, s in enumerate(steps) if s["rule"] == "definition"}
    needed = {n for n, s in enumerate(steps) if s["rule"] == "hypothesis"} | {conclusion[0]}
    todo = list(needed)
    while todo:
        step = steps[todo.pop()]
        used = {r[0] for r in references(step)} | {defined[x] for x in strings(step) if x in defined}
        todo += used - needed
        needed |= used
    order = sorted(needed)
    place = {old: new for new, old in enumerate(order)}
    kept = [json.loads(json.dumps(steps[n])) for n in order]
    for step in kept:
        for reference in references(step):
            reference[0] = place[reference[0]]
    return {**header, "steps": kept, "conclusion": [place[conclusion[0]], conclusion[1]]}, place
