"""`convbound verify`, `recheck` and `list`: exit codes, the document, the table, and what bad input is told."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from report_samples import EXAMPLE

from convbound.bounds.errors import InputError
from convbound.bounds.verdicts import recorded
from convbound.checks.cli import main
from convbound.checks.run import select
from convbound.proofs.kernel import FORMAT, replay
from convbound.proofs.libraries import load_library
from convbound.proofs.statement import statement
from convbound.proofs.verify import ContradictionError
from shared import main_job

GOLDEN = Path(__file__).parent.parent / "proofs" / "golden" / "verify_discrete_updates.txt"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process: exit code, standard output, standard error."""
    monkeypatch.setenv("COLUMNS", "140")

    def runner(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main([str(a) for a in arguments])
        out, err = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, out, err

    return runner


@pytest.fixture(scope="module")
def whole() -> tuple[int, str, Path]:
    """The main job once, with everything it writes."""
    folder = main_job()
    return int((folder / "code").read_text()), (folder / "output.txt").read_text(encoding="utf-8"), folder


def shape(text: str) -> list[str]:
    """The table without its milliseconds, and what follows without seconds and folders."""
    lines = text.splitlines()
    column = lines[0].rindex("ms")
    end = lines.index("")
    start = lines[0].index("rests on")
    table = [re.sub(r"\s+\d*$", "", line[: column + 2]) if len(line) > start else line.rstrip() for line in lines[:end]]
    rest = [re.sub(r"\d+\.\d+ s", "… s", line) for line in lines[end:] if "certificates in" not in line]
    return [line.rstrip() for line in [*table, *rest]]


def test_the_main_job_is_as_expected(whole: tuple[int, str, Path]) -> None:
    code, out, _ = whole
    assert code == 0
    summary = next(line for line in out.splitlines() if re.match(r"\d+ claims: ", line))
    assert "all as expected" in summary and "proved" in summary and "refuted" in summary


def test_the_table_is_the_golden_one(whole: tuple[int, str, Path]) -> None:
    """Only the milliseconds may differ. After a wanted change: CONVBOUND_GOLDEN=1 pytest, and read the difference."""
    import os

    seen = shape(whole[1])
    if os.environ.get("CONVBOUND_GOLDEN"):
        GOLDEN.write_text("\n".join(seen) + "\n", encoding="utf-8")
    assert seen == GOLDEN.read_text(encoding="utf-8").splitlines()


KEYS = {
    **{"id": str, "source": str, "title": str, "printed": bool, "corrects": str | None, "verdict": str},
    **{"expected": str, "hypotheses": list, "added_hypotheses": list, "conclusion": str, "latex": str},
    **{
        "rests_on": list,
        "rules": dict,
        "certificate": str | None,
        "counterexample": dict | None,
        "seconds": float | int,
    },
}


def test_the_document(whole: tuple[int, str, Path]) -> None:
    document = json.loads((whole[2] / "run.json").read_text(encoding="utf-8"))
    assert {"convbound", "target", "claims", "summary", "seconds"} <= set(document)
    assert document["target"] == "discrete-updates"
    assert document["summary"] == dict(Counter(c["verdict"] for c in document["claims"]))
    assert set(document["seconds"]) >= {"verify", "recheck"}
    assert document["seconds"]["recheck"] > 0
    names = [c["id"] for c in document["claims"]]
    assert names == [c.id for c in load_library("discrete-updates")] and len(set(names)) == len(names)
    for c in document["claims"]:
        for key, kind in KEYS.items():
            assert isinstance(c[key], kind), (c["id"], key)
        assert (c["certificate"] is not None) == (c["verdict"] == "proved")
        assert (c["counterexample"] is not None) == (c["verdict"] == "refuted")
        assert bool(c["rules"]) == (c["verdict"] == "proved")
        assert set(c["added_hypotheses"]) <= set(c["hypotheses"])
        assert c["corrects"] is None or (c["corrects"] in names and not c["printed"])
        if c["counterexample"]:
            assert {"instance", "words", "left", "right"} <= set(c["counterexample"])


def test_the_certificates_are_of_the_claims(whole: tuple[int, str, Path]) -> None:
    """One file a theorem, its hash is the record's, and it proves what the claim states."""
    from hashlib import sha256

    document = json.loads((whole[2] / "run.json").read_text(encoding="utf-8"))
    paper = load_library("discrete-updates")
    files = {p.name: p.read_text(encoding="utf-8") for p in (whole[2] / "certificates").iterdir()}
    proved = [c for c in document["claims"] if c["verdict"] == "proved"]
    assert len(files) == len(proved)
    for c in proved:
        text = files[f"discrete-updates.{c['id'].replace('/', '.')}.json"]
        assert sha256(text.encode()).hexdigest() == c["certificate"]
        proof, theorem = replay(json.loads(text))
        assert proof.statement(theorem) == statement(paper[c["id"]])


def test_recheck(run: Run, whole: tuple[int, str, Path]) -> None:
    folder = whole[2] / "certificates"
    code, out, _ = run("recheck", folder)
    count = len(list(folder.iterdir()))
    assert code == 0 and out.startswith(f"{count} certificates checked, 0 refused, 0 missing")
    code, out, _ = run("recheck", "-v", "--complete", folder)
    assert code == 0 and out.count("checked  ") == count == out.count("         proves     ")
    assert "checked  discrete-updates.prop-9.json: discrete-updates:prop-9   (" in out
    assert "         hypothesis " in out and "         symbol     " in out


def test_recheck_refuses(run: Run, whole: tuple[int, str, Path], tmp_path: Path) -> None:
    source = whole[2] / "certificates" / "discrete-updates.prop-4.json"
    text = source.read_text(encoding="utf-8")
    for name, forged in {
        "discrete-updates.prop-4": text,
        "truncated": text[: len(text) // 2],
        "altered": text.replace('"1/2"', '"1/3"', 1),
        "empty": "",
        "another": '{"a": 1}',
    }.items():
        (tmp_path / f"{name}.json").write_text(forged, encoding="utf-8")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder.json").mkdir()
    code, out, err = run("recheck", tmp_path)
    assert code == 1 and err == ""
    assert {line.split()[1] for line in out.splitlines() if line.startswith("REFUSED")} == {
        *("truncated.json:", "altered.json:", "empty.json:", "another.json:", "binary.json:", "folder.json:")
    }
    assert re.search(r"REFUSED  truncated.json: step \d+: not JSON", out)
    assert "1 certificate checked, 6 refused" in out


def test_recheck_says_which_claim(run: Run, whole: tuple[int, str, Path], tmp_path: Path) -> None:
    """A renamed file, two that changed places, a foreign theorem under a known name, an assumption as a theorem."""
    source = whole[2] / "certificates"
    nine, eight = ((source / f"discrete-updates.{x}.json").read_text(encoding="utf-8") for x in ("prop-9", "prop-8"))
    header = {"format": FORMAT, "scopes": [], "symbols": [{"name": "x", "scopes": []}], "functionals": []}
    steps = [{"rule": "hypothesis", "fact": ["x", "=", "0"]}]
    assumed = {**header, "steps": steps, "conclusion": [0, 0]}
    steps = [{"rule": "combination", "fact": ["1", ">", "0"], "by": {"terms": [["1", [], []]]}}]
    other = {**header, "steps": steps, "conclusion": [0, 0], "claim": "mine:one"}
    forged = {
        "discrete-updates.prop-8": (nine, "this is the certificate of discrete-updates:prop-9, whose file is"),
        "discrete-updates.prop-9": (eight, "this is the certificate of discrete-updates:prop-8, whose file is"),
        "lattice.t5.floor": (
            json.dumps({**json.loads(nine), "claim": "lattice:t5/floor"}),
            "it does not prove lattice:t5/floor, but another statement",
        ),
        "lattice.none": (json.dumps({**other, "claim": "lattice:none"}), "there is no claim lattice:none"),
        "assumed": (json.dumps(assumed), "the conclusion is one of its own hypotheses"),
    }
    for name, (text, _) in forged.items():
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
    (tmp_path / "mine.json").write_text(json.dumps(other), encoding="utf-8")
    code, out, err = run("recheck", tmp_path)
    assert code == 1 and err == "" and "1 certificate checked, 5 refused" in out
    for name, (_, problem) in forged.items():
        assert f"REFUSED  {name}.json: {problem}" in out
    assert "checked  mine.json: mine:one, not compared with a claim   (1 step)" in out


def test_recheck_misses_files(run: Run, whole: tuple[int, str, Path], tmp_path: Path) -> None:
    name = "discrete-updates.prop-9.json"
    (tmp_path / name).write_bytes((whole[2] / "certificates" / name).read_bytes())
    code, out, _ = run("recheck", tmp_path)
    assert code == 0 and "missing  discrete-updates.eq-2.1.json: no certificate of" in out
    assert "1 certificate checked, 0 refused, " in out
    assert run("recheck", "--complete", tmp_path)[0] == 1


@pytest.mark.parametrize("arguments", [("recheck", "no-such-folder"), ("recheck", "."), ("recheck",)])
def test_recheck_of_nothing(
    run: Run, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert code == 2 and out == "" and err.startswith("convbound: ") and "Traceback" not in err


BAD = {
    "command": (("verfy",), "there is no command 'verfy'. Did you mean verify?"),
    "target": (("verify", "discrete-update"), "discrete-updates"),
    "only": (("verify", "--only", "prop-4x"), "--only 'prop-4x' matches no claim. Nearest: prop-4"),
    "explain": (("verify", "--explain", "prop-44"), "there is no claim 'prop-44' in discrete-updates. Nearest: prop-4"),
    "option": (("verify", "--onyl", "x"), "No such option"),
    "list": (("list", "latice"), "lattice"),
}


@pytest.mark.parametrize(("arguments", "message"), BAD.values(), ids=BAD)
def test_bad_input(run: Run, arguments: tuple[str, ...], message: str) -> None:
    code, out, err = run(*arguments)
    assert code == 2 and out == ""
    assert err.startswith("convbound: ") and message in err and len(err.strip().splitlines()) == 1


def test_only(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("verify", "--only", "prop-9*", "--only", "def-5/*", "--json", tmp_path / "a" / "run.json")
    assert code == 0
    document = json.loads((tmp_path / "a" / "run.json").read_text(encoding="utf-8"))
    assert {c["id"].split("/")[0] for c in document["claims"]} == {"prop-9", "def-5"}
    assert f"{len(document['claims'])} claims: " in out
    assert list((tmp_path / "a").iterdir()) == [tmp_path / "a" / "run.json"], "nothing half-written"


def test_explain(run: Run) -> None:
    code, out, _ = run("verify", "--explain", "prop-9")
    assert code == 0
    assert out.splitlines()[0].startswith("prop-9   proved   Proposition 9")
    assert "then     " in out and "suppose  " in out and "discrete-updates:prop-8" in out
    assert re.search(r"certificate  [0-9a-f]{64}", out)


def test_explain_a_refutation(run: Run) -> None:
    code, out, _ = run("verify", "--explain", "prop-7/positive-M_G")
    assert code == 0 and "does not follow" in out and "n = 1" in out


def test_an_unexpected_verdict(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from dataclasses import replace

    paper = load_library("discrete-updates")
    monkeypatch.setitem(paper.claims, "prop-9", replace(paper["prop-9"], expected="refuted"))
    code, out, _ = run("verify", "--all", "--only", "prop-9", "--json", tmp_path / "run.json")
    assert code == 1 and "NOT: refuted" in out and "1 NOT as expected" in out
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["claims"][0]["verdict"] == "proved"


def test_a_contradiction(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A proof against the world: exit code 3, loudly, and nothing is written."""

    def contradict(*_: Any) -> Any:
        raise ContradictionError("discrete-updates:prop-9 is proved and refuted")

    monkeypatch.setattr("convbound.proofs.verify.verify", contradict)
    code, out, err = run("verify", "--only", "prop-9", "--json", tmp_path / "run.json")
    assert code == 3 and "CONTRADICTION" in err and "prop-9 is proved and refuted" in err
    assert not (tmp_path / "run.json").exists() and "proved" not in out


def test_list(run: Run, whole: tuple[int, str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every claim with its recorded verdict, and nothing is proved for it."""
    monkeypatch.setattr("convbound.proofs.verify.verify", lambda *a: pytest.fail("proved again"))
    monkeypatch.setenv("COLUMNS", "400")
    code, out, _ = run("list")
    assert code == 0
    rows = dict(re.findall(r"^(\S+:\S+) +(\w+(?: \w+)?)  ", out, re.M))
    for library in ("discrete-updates", "lattice"):
        for claim in load_library(library):
            expected = recorded()[claim.name].verdict if claim.name in recorded() else "not recorded"
            assert rows[claim.name] == expected


def test_a_file_of_claims_is_listed_and_inherits_nothing(run: Run, tmp_path: Path) -> None:
    """A library that calls itself `lattice` gets none of the verdicts that are recorded for the real one."""
    path = tmp_path / "own_claims.py"
    path.write_text(
        "from convbound.proofs import Library, Vocabulary, gt, le\n"
        "library, v = Library('lattice', 'mine', 'notes'), Vocabulary()\n"
        "x, y = v.reals('x y')\n"
        "library.claim('t1b', 'line 1', 'false', v, suppose=[gt(x, 0)], then=le(x, y), expected='open')\n"
    )
    assert recorded()["lattice:t1b"].verdict == "proved"
    for target in (path, tmp_path):
        code, out, _ = run("list", target)
        assert code == 0 and len(out.splitlines()) == 2
        assert re.match(r"lattice:t1b +not recorded +line 1 +false", out.splitlines()[1])


@pytest.mark.parametrize(
    "name", ["t2/lower", "lattice:t2/lower", "prop-9/collected", "discrete-updates:prop-9/collected"]
)
def test_a_claim_is_found_by_its_name_in_any_library(run: Run, name: str) -> None:
    claim = name.rpartition(":")[2]
    code, out, _ = run("verify", "--explain", name)
    assert code == 0 and out.startswith(f"{claim}   proved   ")


def test_qualified_names_choose_claims(run: Run, tmp_path: Path) -> None:
    for arguments in (
        ("--only", "lattice:t2/lower"),
        ("lattice", "--only", "lattice:t2/lower"),
        ("lattice", "--only", "t2/lower"),
    ):
        code, _, _ = run("verify", *arguments, "--json", tmp_path / "x.json")
        document = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
        assert code == 0 and [f"{c['library']}:{c['id']}" for c in document["claims"]] == ["lattice:t2/lower"]
    both = ("--only", "lattice:t2/lower", "--only", "discrete-updates:prop-9/collected")
    assert run("verify", *both, "--json", tmp_path / "x.json")[0] == 0
    document = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert {c["id"] for c in document["claims"]} == {"prop-9/collected", "t2/lower"}


def test_a_star_without_a_library_does_not_reach_into_names_of_libraries() -> None:
    libraries = [load_library("discrete-updates"), load_library("lattice")]
    assert {c.library for c in select(libraries, ["lattice:*"])} == {"lattice"}
    with pytest.raises(InputError, match="matches no claim"):
        select(libraries, ["latt*"])


def test_a_folder_is_all_its_claim_files(run: Run, tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for k, place in enumerate(("a_claims.py", "deep/er/b_claims.py", ".hidden/c_claims.py", "notes.py")):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace('"gradient-descent"', f'"gradient-descent-{k}"'), encoding="utf-8")
    code, out, _ = run("verify", "--all", tmp_path, "--json", tmp_path / "x.json")
    document = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert code == 0 and "4 claims: 2 refuted, 2 proved" in out
    assert [x["name"] for x in document["libraries"]] == ["gradient-descent-0", "gradient-descent-1"]
    code, out, _ = run("verify", "--all", tmp_path, tmp_path / "a_claims.py")
    assert code == 0 and "4 claims: " in out, "a file that is named twice is opened once"


def test_one_claim_is_one_claim(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("verify", "--only", "prop-9", "--certificates", tmp_path / "c")
    assert code == 0 and "1 claim: 1 proved" in out and "1 certificate in " in out
    assert "1 certificate checked" in run("recheck", tmp_path / "c")[1]
