"""Certificates as files: only the steps that the conclusion needs, and their hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from convbound.bounds.plain_data import Json
from convbound.proofs.kernel import FACT_KEYS, RECIPE_KEYS, words


def digest(certificate: Json) -> str:
    """The SHA-256 of a certificate in its canonical form."""
    return hashlib.sha256(dump(certificate).encode()).hexdigest()


def dump(certificate: Json) -> str:
    """The canonical text."""
    return json.dumps(certificate, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def references(step: Json) -> Iterator[list[int]]:
    """The facts of other steps that a step uses."""
    yield from (step[key] for key in FACT_KEYS if step.get(key) is not None)
    for recipe in (r for key in RECIPE_KEYS if key in step for r in recipes(step[key])):
        for _, facts, _ in recipe.get("terms", []):
            yield from (f for f in facts if isinstance(f, list))
        yield from (fact for fact, _ in recipe.get("equations", []) if isinstance(fact, list))


def recipes(recipe: Json) -> Iterator[Json]:
    """A recipe and those of its cases."""
    yield recipe
    for part in (*recipe.get("cases", []), *recipe.get("both", [])):
        yield from recipes(part)


def _mentioned(step: Json) -> set[str]:
    """All texts in a step, the defined symbols among them."""
    inside = (value for key in RECIPE_KEYS if key in step for r in recipes(step[key]) for value in r.values())
    return {w for value in (*step.values(), *inside) for w in words(value)}


def prune(header: Json, steps: list[Json], conclusion: list[int]) -> tuple[Json, dict[int, int]]:
    """The certificate with only what the conclusion needs (and every hypothesis), and where each kept step went."""
    defined = {s["symbol"]: n for n, s in enumerate(steps) if s["rule"] == "definition"}
    needed = {n for n, s in enumerate(steps) if s["rule"] == "hypothesis"} | {conclusion[0]}
    todo = list(needed)
    while todo:
        step = steps[todo.pop()]
        used = {r[0] for r in references(step)} | {defined[x] for x in _mentioned(step) if x in defined}
        todo += used - needed
        needed |= used
    order = sorted(needed)
    place = {old: new for new, old in enumerate(order)}
    kept = [json.loads(json.dumps(steps[n])) for n in order]
    for step in kept:
        for reference in references(step):
            reference[0] = place[reference[0]]
    return {**header, "steps": kept, "conclusion": [place[conclusion[0]], conclusion[1]]}, place
