"""The kernel and the referee on the same certificates: python compare_referee.py DIRECTORY [COUNT] [SEED].

Runs both on every certificate in DIRECTORY, on all that the tests of the kernel give to `replay`, on certificates
grown at random, and on COUNT mutants of all of them. Prints how often they agree, by outcome and by rule, and every
disagreement; exit code 1 if there is one. Both read the same text; what the kernel accepts the referee accepts only for
the same statement.

What is no disagreement: the kernel limits work and size, and the referee time; those are counted apart.
"""

from __future__ import annotations

import contextlib
import copy
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from convbound.checks.referee import program
from convbound.proofs import kernel

TESTS = Path(__file__).parents[1] / "proofs"
sys.path.insert(0, str(TESTS))

from random_certificates import RandomCertificate  # noqa: E402

Json = Any
LIMITS = ("too much work", "too long", "too many", "exceeds", "nested too deep", "more than", "RecursionError")
SUITE = ("forged_combinations", "forged_declarations", "forged_limits", "forged_scopes", "forged_shapes")
OTHERS = ("hostile_certificates", "kernel_attacks", "kernel_rules", "kernel_polynomials")
TEXTS = ("0", "1", "-1", "1/2", ">=", ">", "=", "<=", "next", "denied", "previous", "case0")
SMALL = 20_000  # characters of a certificate that mutants are made of
AT_ONCE = 2_000
AGREE = ("both accept, the same statement", "both refuse", "a limit of size or time")


def by_kernel(text: str) -> tuple[str, Json]:
    """`accepted` with the statement, or why not."""
    try:
        proof, theorem = kernel.replay(kernel.load(text))
        return "accepted", proof.statement(theorem)
    except kernel.KernelError as error:
        return ("limit" if any(x in str(error) for x in LIMITS) else "refused"), str(error)


def by_referee(lines: list[str]) -> list[str]:
    """What the referee answers to certificates, one line for each; a referee that dies is no answer."""
    with tempfile.TemporaryFile() as asked:
        asked.write("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"))
        asked.seek(0)
        run = subprocess.run([program(), "--lines"], stdin=asked, stdout=subprocess.PIPE, check=True, timeout=3600)
    answers = run.stdout.decode(errors="replace").splitlines()
    if len(answers) != len(lines):
        raise SystemExit(f"the referee answered {len(answers)} of {len(lines)} certificates")
    return answers


def rules(certificate: Json, outcome: str, said: str) -> list[str]:
    """The rules of what is accepted; the rule of the step that is refused."""
    steps = certificate.get("steps") if isinstance(certificate, dict) else None
    names = [s.get("rule") if isinstance(s, dict) else None for s in steps] if isinstance(steps, list) else []
    if outcome == AGREE[0]:
        return sorted({str(x) for x in names})
    place = said.partition(":")[0].removeprefix("step ")
    known = place.isdigit() and int(place) < len(names) and isinstance(names[int(place)], str)
    rule = names[int(place)] if known else "declarations and shape"
    return [rule if rule in kernel.RULES or not known else "no rule"]


class Comparison:
    """Counts of what came of a group of certificates."""

    def __init__(self, name: str) -> None:
        self.name, self.outcomes, self.by_rule = name, Counter[str](), Counter[tuple[str, str]]()
        self.apart: list[str] = []

    def add(self, texts: Iterable[str]) -> None:
        """Both checkers on certificates, given as JSON."""
        waiting = iter(texts)
        while some := list(islice(waiting, AT_ONCE)):
            kernels = [by_kernel(text) for text in some]
            stated = [f", {json.dumps(says)}" if one == "accepted" else "" for one, says in kernels]
            answers = by_referee([f"[{text}{also}]" for text, also in zip(some, stated, strict=True)])
            for text, (one, says), answer in zip(some, kernels, answers, strict=True):
                self.one(text, one, says, answer)

    def one(self, text: str, one: str, says: Json, answer: str) -> None:
        """Count one certificate."""
        other = {"checked": "accepted", "LIMIT": "limit"}.get(answer, "refused")
        if "limit" in (one, other):
            outcome = AGREE[2]
        elif one == other:
            outcome = AGREE[0 if one == "accepted" else 1]
        else:
            outcome = f"kernel {one}, referee {other}"
            self.apart.append(f"{says if one == 'refused' else ''} | {answer} | {text}")
        self.outcomes[outcome] += 1
        if outcome != AGREE[2]:
            self.by_rule.update((rule, outcome) for rule in rules(json.loads(text), outcome, str(says)))

    def report(self) -> None:
        """Print the outcomes, and the first disagreements."""
        for line in self.apart[:20]:
            print(f"  {self.name}: {line[:2000]}")
        counts = ", ".join(f"{n} {what}" for what, n in self.outcomes.most_common())
        print(f"{self.name}: {self.outcomes.total()}: {counts}", flush=True)


def places(data: Json, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to everything inside."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(p for k, x in inside for p in places(x, (*path, k)))]


def get(data: Json, path: tuple[Any, ...]) -> Json:
    """What is at the end of a way."""
    for key in path:
        data = data[key]
    return data


class Mutants:
    """Copies of one certificate with one thing changed, dropped, doubled, or put in another's place."""

    def __init__(self, certificate: Json) -> None:
        self.text = json.dumps(certificate)
        self.ways = [p for p in places(certificate) if p and p[0] != "claim"]
        self.like: dict[tuple[type, str], list[tuple[Any, ...]]] = {}
        for p in self.ways:
            self.like.setdefault(self.place(p, get(certificate, p)), []).append(p)

    @staticmethod
    def place(path: tuple[Any, ...], data: Json) -> tuple[type, str]:
        """What something can be taken for: its type, and the key that it belongs to."""
        return type(data), next(x for x in reversed(path) if isinstance(x, str))

    def draw(self, chance: random.Random) -> str:
        """One of them, as JSON."""
        made = json.loads(self.text)
        path = chance.choice(self.ways)
        holder, key = get(made, path[:-1]), path[-1]
        old = holder[key]
        kind = chance.choices(("like", "drop", "swap", "number"), (6, 1, 2, 3))[0]
        if kind == "like":
            holder[key] = copy.deepcopy(get(made, chance.choice(self.like[self.place(path, old)])))
        elif kind == "drop":
            del holder[key]
        elif kind == "swap" and isinstance(holder, list) and len(holder) > 1:
            chance.shuffle(holder)
        elif isinstance(old, bool):
            holder[key] = not old
        elif isinstance(old, int):
            holder[key] = old + chance.choice((-1, 1))
        elif isinstance(old, str):
            holder[key] = chance.choice(TEXTS)
        else:
            holder[key] = chance.choice(([], {}, None, "1"))
        return json.dumps(made)


def of_the_tests() -> list[str]:
    """Everything that the tests of the kernel replay."""
    seen: dict[str, None] = {}
    real = kernel.replay

    def recorded(certificate: Json) -> Any:
        with contextlib.suppress(TypeError, ValueError, RecursionError):  # not what a file can hold
            seen.setdefault(json.dumps(certificate))
        return real(certificate)

    kernel.replay = recorded
    try:
        pytest.main(["-q", "-p", "no:cacheprovider", *(str(TESTS / f"test_{x}.py") for x in SUITE + OTHERS)])
    finally:
        kernel.replay = real
    return list(seen)


def grown(seeds: Iterable[int]) -> Iterator[Json]:
    """Certificates of random steps that the kernel accepts: true ones, of all rules but the limit."""
    for seed in seeds:
        one = RandomCertificate(seed)
        one.grow(25)
        if one.steps:
            yield {**one.header, "steps": one.steps, "conclusion": [len(one.steps) - 1, 0]}


def main(directory: str, count: str = "1000", seed: str = "0") -> int:
    """Compare, and print what came of it."""
    chance, began = random.Random(int(seed)), time.monotonic()
    shipped = [p.read_text(encoding="utf-8") for p in sorted(Path(directory).glob("*.json")) if p.name != "index.json"]
    tested = of_the_tests()
    seeds = range(int(seed) * 10_000, int(seed) * 10_000 + max(20, int(count) // 200))
    at_random = [json.dumps(c) for c in grown(seeds)]
    groups = {"certificates": shipped, "of the tests": tested, "at random": at_random}
    total = Comparison("all")
    for name, group in groups.items():
        total = compare(name, group, total)
    for name, group in (("certificates", shipped), ("certificates at random", at_random)):
        parents = [Mutants(json.loads(text)) for text in group if len(text) < SMALL]
        weights = [1 / len(x.text) for x in parents]  # of each about the same amount of text
        texts = (x.draw(chance) for x in chance.choices(parents, weights, k=int(count) // 2))
        total = compare(f"mutants of {name}", texts, total)
    total.report()
    for rule in sorted({rule for rule, _ in total.by_rule}):
        print(f"  {rule:24}" + ", ".join(f"{total.by_rule[rule, x]} {x}" for x in AGREE[:2]))
    print(f"{len(total.apart)} disagreements, {time.monotonic() - began:.0f} s")
    return 1 if total.apart else 0


def compare(name: str, texts: Iterable[str], total: Comparison) -> Comparison:
    """One group; the totals with it."""
    comparison = Comparison(name)
    comparison.add(texts)
    comparison.report()
    total.outcomes.update(comparison.outcomes)
    total.by_rule.update(comparison.by_rule)
    total.apart += comparison.apart
    return total


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
