"""Somebody's own claims in Python, and what is remembered of their proofs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from report_samples import EXAMPLE

from convbound.bounds.errors import InputError
from convbound.checks import verdict_cache
from convbound.checks.cli import main
from convbound.checks.targets import load_claims, open_targets
from convbound.checks.verdict_cache import CachedProver
from convbound.proofs.derivation.search import StepSearch
from convbound.proofs.kernel import replay
from convbound.proofs.prover import Proved, Prover
from convbound.proofs.verify import verify

RESTS_ON_OPEN = """
from convbound.proofs import Library, Model, Vocabulary, ge
own = Library("own", "Own", "here")
v = Vocabulary()
n, x = v.real("n", integer=True), v.real("x")
v.index("i", n)
h, S = v.real("h", over=["i"]), v.functional("S", "sum", over="i")
A = own.claim("A", "1", "no witness is right", v, suppose=[ge(h, x)], then=ge(S(h), n * x), expected="open",
              proof=lambda p: p.apply(S, ge(h, x)), witness=lambda: [])
own.claim("B", "2", "rests on A", v, suppose=[ge(h, x)], then=ge(2 * S(h), 2 * n * x),
          proof=lambda p: p.have(ge(2 * S(h), 2 * n * x), by=A), witness=lambda: Model({"n": 1, "h": 1, "x": 1}))
"""


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as end:
        main([str(a) for a in arguments])
    assert isinstance(end.value.code, int)
    return end.value.code


def test_the_example_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert run("verify", "--all", EXAMPLE) == 0
    assert "2 claims: 1 refuted, 1 proved; all as expected" in capsys.readouterr().out
    assert run("verify", EXAMPLE, "--explain", "one-step~corrected") == 0
    assert "(added: not in the source)" in capsys.readouterr().out


def test_a_wrong_expectation_is_exit_code_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "wrong_claims.py"
    path.write_text(EXAMPLE.read_text(encoding="utf-8").replace('    expected="refuted",\n', ""), encoding="utf-8")
    assert run("verify", path) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = 1 / 0", "line 1, column 5: ZeroDivisionError: division by zero"),
        ("\nx = (", "line 2, column 5: SyntaxError"),
        ("import nothing_of_that_name", "ModuleNotFoundError"),
        ("from convbound.proofs import Library", "defines no claims"),
        ("from convbound.proofs import Library\nlibrary = Library('a', 'b', 'c')", "defines no claims"),
        (
            "from convbound.proofs.discrete_updates import paper",
            "defines no claims",
        ),  # it has no privilege, nor its importer
        ("raise KeyError", "KeyError"),
    ],
)
def test_a_file_that_is_no_claim_file_is_refused_in_one_sentence(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "some_claims.py"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"some_claims\.py") as problem:
        load_claims(path)
    assert reason in str(problem.value) and "\n" not in str(problem.value)


def test_missing_files_and_doubled_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no claim file"):
        open_targets([str(tmp_path / "none.py")])
    (tmp_path / "text").write_text("")
    with pytest.raises(InputError, match=r"ends in \.py"):
        open_targets([str(tmp_path / "text")])
    shutil.copy(EXAMPLE, tmp_path / "copy_claims.py")
    with pytest.raises(InputError, match="two of the targets"):
        open_targets([str(EXAMPLE), str(tmp_path / "copy_claims.py")])


def test_a_file_may_import_its_neighbours_and_rest_on_the_paper(tmp_path: Path) -> None:
    (tmp_path / "neighbour_of_claims.py").write_text("FACTOR = 2\n")
    (tmp_path / "own_claims.py").write_text(
        "from neighbour_of_claims import FACTOR\n"
        "from convbound.proofs import Library, ge\n"
        "from convbound.proofs.discrete_updates import paper\n"
        "mine = Library('mine', 'Mine', 'here')\n"
        "sums = paper['def-6/normalised']\n"
        "then = ge(FACTOR * sums.then.left, 2)\n"
        "mine.claim('twice', 'line 1', 'twice the sum of q', sums.vocabulary, suppose=sums.suppose, then=then,\n"
        "           prepare=sums.prepare, witness=sums.witness, proof=lambda p: p.have(then, by=sums))\n"
    )
    (library,) = load_claims(tmp_path / "own_claims.py")
    record = verify(library["twice"], Prover())
    assert record.verdict == "proved" and record.rests_on == ("discrete-updates:def-6/normalised",)


# ----------------------------------------------------------------------------------------------------------- cache


def prove(folder: Path) -> tuple[CachedProver, Proved]:
    (library,) = load_claims(EXAMPLE)
    prover = CachedProver(folder)
    result = prover.prove(library["one-step~corrected"])
    assert isinstance(result, Proved)
    return prover, result


def test_what_was_found_once_is_not_searched_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, proved = prove(tmp_path)
    monkeypatch.setattr(StepSearch, "_find", lambda *a: pytest.fail("searched again"))
    second, again = prove(tmp_path)
    assert (first.hits, second.hits) == (0, 1)
    assert (again.sha256, again.lines, again.rests_on, again.used) == (
        proved.sha256,
        proved.lines,
        proved.rests_on,
        proved.used,
    )


def test_a_remembered_certificate_is_replayed_by_the_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prove(tmp_path)
    calls = []
    monkeypatch.setattr("convbound.proofs.prover.replay", lambda c: calls.append(1) or replay(c))
    assert prove(tmp_path)[0].hits == 1 and calls


@pytest.mark.parametrize("damage", ["", "{", "null", "[]", '{"key": 1}', "\x00" * 50])
def test_a_damaged_entry_is_ignored(tmp_path: Path, damage: str) -> None:
    _, proved = prove(tmp_path)
    (entry,) = tmp_path.iterdir()
    entry.write_text(damage, encoding="utf-8")
    prover, again = prove(tmp_path)
    assert prover.hits == 0 and again.sha256 == proved.sha256
    assert prove(tmp_path)[0].hits == 1  # mended


def deep(levels: int) -> Any:
    nested: Any = []
    for _ in range(levels):
        nested = [nested]
    return nested


def stated(proved: Proved) -> Any:
    proof, theorem = replay(proved.certificate)
    return proof.statement(theorem)


HOSTILE = [None, [], {}, "", 0, 1.5, True, "\ud800", deep(900), {"terms": []}, {"terms": [], "equations": []}]
HOSTILE += [{"terms": [["1", [[99, 0]], []]], "equations": []}, {"terms": [["-1", [[0, 0]], []]], "equations": []}]
HOSTILE += [{"terms": deep(5), "equations": {}}, {"split": [], "cases": []}, {"both": [{}, {}]}, {"refute": True}]
HOSTILE += [{"terms": [["1" * 9999, [], []]], "equations": []}, {"terms": [["1/0", [], []]], "equations": []}]


def test_no_entry_changes_what_is_proved_or_shown(tmp_path: Path) -> None:
    """Whatever stands in the place of a remembered combination: the same theorem, lines, reasons and verdict."""
    _, proved = prove(tmp_path)
    (entry,) = tmp_path.iterdir()
    text = entry.read_text(encoding="utf-8")
    data = json.loads(text)
    count = len(data["recipes"])
    forged = [[*data["recipes"][:k], other, *data["recipes"][k + 1 :]] for k in range(count) for other in HOSTILE]
    forged += [data["recipes"][::-1], data["recipes"][1:], [data["recipes"][0]] * count, "recipes", None, 7, {}]
    marked = [{**r, "\ud800": "\ud800", "lines": ["0 <= 1"], "sources": []} for r in data["recipes"]]
    for recipes in [*forged, marked]:
        for more in ({}, {"sources": [], "lines": [], "verdict": "proved", "certificate": text}):
            entry.write_text(json.dumps({"key": data["key"], "recipes": recipes, **more}), encoding="utf-8")
            _, again = prove(tmp_path)
            assert (again.lines, again.rests_on, again.used) == (proved.lines, proved.rests_on, proved.used)
            assert stated(again) == stated(proved)


def test_a_poisoned_cache_does_not_turn_an_open_claim_into_a_proved_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """B rests on A, whose hypotheses have no witness; no entry makes it forget that."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "own_claims.py"
    path.write_text(RESTS_ON_OPEN, encoding="utf-8")
    assert run("verify", path) == 1
    entries = sorted((tmp_path / "cache" / "convbound").iterdir())
    assert entries
    for entry in entries:
        data = json.loads(entry.read_text(encoding="utf-8"))
        for hostile in ({**data, "sources": [], "lines": []}, {**data, "recipes": []}, {**data, "recipes": [None] * 9}):
            entry.write_text(json.dumps(hostile), encoding="utf-8")
            capsys.readouterr()
            assert run("verify", "--all", path) == 1
            out = capsys.readouterr().out
            assert "B   open   rests on own:A" in out and "proved; " not in out


def test_another_checker_another_file_or_another_statement_is_another_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own_claims.py"
    text = EXAMPLE.read_text(encoding="utf-8")

    def key(changed: str) -> str:
        path.write_text(changed, encoding="utf-8")
        verdict_cache.neighbours_digest.cache_clear()
        return CachedProver._key(load_claims(path)[0]["one-step~corrected"])

    keys = {key(text), key(text + "\n"), key(text.replace("le(L * eta, 1)", "le(2 * L * eta, 1)"))}
    monkeypatch.setattr(verdict_cache, "source_digest", lambda: "another checker")
    assert len({*keys, key(text)}) == 4


def test_claims_written_in_no_file_are_cached_too() -> None:
    """`python -c`, a notebook and an interactive session name a file that there is not."""
    assert verdict_cache.neighbours_digest("<string>") == verdict_cache.neighbours_digest("<stdin>")


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert prove(tmp_path / "file" / "cache")[0].hits == 0


def test_no_cache_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert run("verify", EXAMPLE, "--no-cache") == 0
    assert list(tmp_path.iterdir()) == []
    assert run("verify", EXAMPLE) == 0
    assert len(list((tmp_path / "convbound").iterdir())) == 1
