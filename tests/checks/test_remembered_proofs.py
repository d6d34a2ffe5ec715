"""Proofs that were found by themselves are remembered: as recipes, which the kernel checks like new ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sympy import Abs

from convbound.checks.verdict_cache import CachedProver
from convbound.proofs import Library, Vocabulary, eq, ge, le
from convbound.proofs.claims import Claim
from convbound.proofs.derivation.search import StepSearch
from convbound.proofs.language.vocabulary import Relation
from convbound.proofs.prover import Proved

Json = Any
v = Vocabulary()
a, b, n = v.real("a"), v.real("b"), v.real("n", integer=True)
v.index("i", n)
u, w, S = v.real("u", over=["i"]), v.real("w", over=["i"]), v.functional("S", "sum", over="i")
TRUE: dict[str, tuple[list[Relation], Relation]] = {
    "cases": ([], le(Abs(a + b), Abs(a) + Abs(b))),
    "squares": ([], le(2 * a * b, a**2 + b**2)),
    "sums": ([eq(w, a * u)], eq(S(w**2), a**2 * S(u**2))),
}
FALSE = ([], le(Abs(a + b), Abs(a)))


def claim(suppose: list[Relation], then: Relation) -> Claim:
    return Library("mine", "", "").claim("it", "", "", v, suppose=suppose, then=then)


def entry_of(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


@pytest.mark.parametrize("name", TRUE)
def test_a_proof_is_found_once(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = CachedProver(tmp_path), CachedProver(tmp_path)
    proved = first.prove(claim(*TRUE[name]))
    monkeypatch.setattr(StepSearch, "_find", lambda *_: pytest.fail("searched again"))
    again = second.prove(claim(*TRUE[name]))
    assert isinstance(proved, Proved) and isinstance(again, Proved)
    assert (first.hits, second.hits) == (0, 1)
    assert (again.sha256, again.lines, again.used) == (proved.sha256, proved.lines, proved.used)


def all_none(entry: Json) -> None:
    entry["recipes"] = [None for _ in entry["recipes"]]


def doubled(entry: Json) -> None:
    for recipe in entry["recipes"]:
        for part in [recipe, *(recipe or {}).get("cases", ())] if recipe else []:
            for term in part.get("terms", ()):
                term[0] = "2"


def another_attempt(entry: Json) -> None:
    entry["attempt"] = (entry["attempt"] + 1) % 3


def no_attempt(entry: Json) -> None:
    entry["attempt"] = "the first"


def far_attempt(entry: Json) -> None:
    entry["attempt"] = 99


def nothing(entry: Json) -> None:
    entry["recipes"] = [{"terms": [], "equations": []} for _ in entry["recipes"]]


def nonsense(entry: Json) -> None:
    entry["recipes"] = [[], 3, {"terms": 1}, {"split": ["exec", "x"], "cases": []}] * 5


POISON = [all_none, doubled, another_attempt, no_attempt, far_attempt, nothing, nonsense]


@pytest.mark.parametrize("poison", POISON)
def test_a_poisoned_entry_changes_nothing(poison: Callable[[Json], None], tmp_path: Path) -> None:
    proved = CachedProver(tmp_path).prove(claim(*TRUE["cases"]))
    path = entry_of(tmp_path)
    entry = json.loads(path.read_text())
    poison(entry)
    path.write_text(json.dumps(entry))
    again = CachedProver(tmp_path).prove(claim(*TRUE["cases"]))
    assert isinstance(proved, Proved) and isinstance(again, Proved)
    assert (again.certificate["steps"][-1]["fact"], again.lines) == (
        proved.certificate["steps"][-1]["fact"],
        proved.lines,
    )


@pytest.mark.parametrize("name", TRUE)
def test_the_entry_of_a_true_claim_proves_no_false_one(name: str, tmp_path: Path) -> None:
    """It is written under the key of the false claim, as nobody but a forger would."""
    prover, false = CachedProver(tmp_path), claim(*FALSE)
    prover.prove(claim(*TRUE[name]))
    path = entry_of(tmp_path)
    entry = json.loads(path.read_text())
    path.write_text(json.dumps({**entry, "key": prover._key(false)}))
    assert not isinstance(CachedProver(tmp_path).prove(false), Proved)


def test_what_is_not_proved_leaves_no_entry(tmp_path: Path) -> None:
    assert not isinstance(CachedProver(tmp_path).prove(claim([ge(a, 0)], ge(b, 0))), Proved)
    assert list(tmp_path.iterdir()) == []
