"""The kernel and the referee on the same certificates: python compare_referee.py DIRECTORY [MUTANTS] [SEED].

Runs both on every certificate in DIRECTORY, on everything that the tests of the kernel give to `replay`, and on mutants
of the certificates. Prints how often they agree and every kind of disagreement; exit code 1 if one is unexplained.

What explains one: the kernel limits work and size (the referee has no such limits, but for time), and it refuses
names without meaning.
"""

from __future__ import annotations

import contextlib
import copy
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from convbound.checks.referee import program
from convbound.proofs import kernel

Json = Any
LIMITS = ("too much work", "too long", "too many", "exceeds", "nested too deep", "more than", "RecursionError")
SUITE = ("forged_combinations", "forged_declarations", "forged_limits", "forged_scopes", "forged_shapes")
OTHERS = ("hostile_certificates", "kernel_attacks", "kernel_rules", "kernel_polynomials")


def by_kernel(certificate: Json) -> tuple[str, Json]:
    """`accepted` with the statement, or why not."""
    try:
        proof, theorem = kernel.replay(certificate)
        return "accepted", proof.statement(theorem)
    except kernel.KernelError as error:
        return ("limit" if any(x in str(error) for x in LIMITS) else "refused"), str(error)


def by_referee(folder: Path, certificate: Json, statement: Json) -> tuple[str, str]:
    """The same by the referee; where there is a statement, it is to be what is proved."""
    files = [folder / "certificate.json", folder / "statement.json"][: 1 if statement is None else 2]
    try:
        for path, data in zip(files, (certificate, statement), strict=False):
            path.write_text(json.dumps(data), encoding="utf-8")
        run = subprocess.run([program(), *files], capture_output=True, timeout=20, check=False)
    except (subprocess.TimeoutExpired, ValueError, TypeError, RecursionError, UnicodeError) as error:
        return "limit", type(error).__name__
    said = run.stdout.decode(errors="replace").splitlines() or [""]
    return {0: "accepted", 1: "refused"}.get(run.returncode, "limit"), said[-1]


def outcome(folder: Path, certificate: Json) -> tuple[str, str]:
    """How the two compare, and what they said."""
    one, says = by_kernel(copy.deepcopy(certificate))
    other, also = by_referee(folder, certificate, says if one == "accepted" else None)
    if "limit" in (one, other):
        return "a limit of size or time", ""
    if one == other:
        return ("both refuse" if one == "refused" else "both accept, the same statement"), ""
    return f"kernel {one}, referee {other}", f"{says} | {also}"


def places(data: Json, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to everything inside."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(p for k, x in inside for p in places(x, (*path, k)))]


def get(data: Json, path: tuple[Any, ...]) -> Json:
    """What is at the end of a way."""
    for key in path:
        data = data[key]
    return data


def mutant(certificate: Json, chance: random.Random) -> Json:
    """A copy with one thing changed, dropped, doubled, or put in another's place."""
    made = copy.deepcopy(certificate)
    ways = [p for p in places(made) if p and p[0] != "claim"]
    path = chance.choice(ways)
    holder, key = get(made, path[:-1]), path[-1]
    old = holder[key]
    kind = chance.choice(("like", "like", "drop", "swap", "number"))
    if kind == "like":
        holder[key] = copy.deepcopy(chance.choice([x for x in (get(made, p) for p in ways) if type(x) is type(old)]))
    elif kind == "drop":
        del holder[key]
    elif kind == "swap" and isinstance(holder, list) and len(holder) > 1:
        chance.shuffle(holder)
    elif isinstance(old, bool):
        holder[key] = not old
    elif isinstance(old, int):
        holder[key] = old + chance.choice((-1, 1))
    elif isinstance(old, str):
        holder[key] = chance.choice(
            ("0", "1", "-1", "1/2", ">=", ">", "=", "<=", "next", "denied", "previous", "case0")
        )
    else:
        holder[key] = chance.choice(([], {}, None, "1"))
    return made


def of_the_tests() -> list[Json]:
    """Everything that the tests of the kernel replay."""
    seen: dict[str, Json] = {}
    real = kernel.replay

    def recorded(certificate: Json) -> Any:
        with contextlib.suppress(TypeError, ValueError, RecursionError):  # not what a file can hold
            seen.setdefault(json.dumps(certificate), copy.deepcopy(certificate))
        return real(certificate)

    kernel.replay = recorded
    tests = Path(__file__).parents[1] / "proofs"
    try:
        pytest.main(["-q", "-p", "no:cacheprovider", *(str(tests / f"test_{x}.py") for x in SUITE + OTHERS)])
    finally:
        kernel.replay = real
    return list(seen.values())


def main(directory: str, mutants: str = "1000", seed: str = "0") -> int:
    """Compare, and print what came of it."""
    chance, wrong = random.Random(int(seed)), 0
    shipped = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(Path(directory).glob("*.json"))]
    small = [c for c in shipped if len(json.dumps(c)) < 20_000]
    groups = {
        "certificates": shipped,
        "of the tests": of_the_tests(),
        "mutants": [mutant(chance.choice(small), chance) for _ in range(int(mutants))],
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, group in groups.items():
            counts: Counter[str] = Counter()
            for certificate in group:
                what, said = outcome(Path(folder), certificate)
                counts[what] += 1
                if said:
                    wrong += 1
                    print(f"  {name}: {what}: {said[:300]}")
            print(f"{name}: " + ", ".join(f"{n} {what}" for what, n in counts.most_common()), flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
