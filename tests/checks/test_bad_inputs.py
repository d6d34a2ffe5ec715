"""Bad input to every command: exit code 2, one sentence on standard error, nothing printed, nothing written.

`bad_inputs.txt` holds them, so that a new option costs a few rows. Faults of the surroundings are in
`test_cli_faults.py`; what is wrong inside certificates in the tests of `recheck`.
"""

from __future__ import annotations

import json
import shlex
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from report_samples import EXAMPLE, example

from convbound.checks.cli import COMMANDS, main
from convbound.checks.report.document import render_json

INPUTS = Path(__file__).with_name("bad_inputs.txt")
Contents = dict[Path, tuple[int, int] | None]
STANDS_FOR = {"<long>": "x" * 300, "<digits>": "9" * 5000, "<nul>": "\0"}


def lines() -> list[str]:
    """The command lines of the table."""
    rows = INPUTS.read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]


def contents(folder: Path) -> Contents:
    """All files and folders with their times and sizes; what importing a file leaves is not the command's."""
    found = ((p, p.stat()) for p in folder.rglob("*") if p.name != "__pycache__" and p.suffix != ".pyc")
    return {p: (s.st_mtime_ns, s.st_size) if p.is_file() else None for p, s in found}


@cache
def saved() -> str:
    """A document as `verify --json` writes it."""
    return render_json(example())


def damaged_documents() -> dict[str, str | bytes]:
    """Files that are not, or no longer, what a run wrote."""
    good = json.loads(saved())

    def claim(**change: object) -> str:
        return json.dumps({**good, "claims": [{**good["claims"][0], **change}, *good["claims"][1:]]})

    deep = "[" * 100_000
    return {
        **{"list": "[]", "empty": "", "null": "null", "number": "7", "text": '"x"', "other": '{"format": "other/1"}'},
        **{"deep": deep, "half": saved()[: len(saved()) // 2], "binary": b"\xff\xfe\x00"},
        "deep-claims": saved().replace('"claims": [', '"claims": [' + deep, 1),
        "no-claims": json.dumps({k: v for k, v in good.items() if k != "claims"}),
        "claims-text": json.dumps({**good, "claims": "text"}),
        "no-versions": json.dumps({**good, "versions": {}}),
        "versions-text": json.dumps({**good, "versions": "text"}),
        "options-text": json.dumps({**good, "options": "text"}),
        "level": json.dumps({**good, "options": {"level": 7}}),
        "bounds": json.dumps({**good, "bounds": {"bounds": 3}}),
        "nan": json.dumps({**good, "seconds": {"verify": "x"}, "claims": [1]}),
        "record-text": json.dumps({**good, "claims": ["text"]}),
        "evidence": claim(evidence=[{"level": 1}]),
        "verdict": claim(verdict="true"),
        "counterexample": claim(counterexample={"left": 1}),
        "lines": claim(lines=[{"text": 1}]),
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Contents]:
    """A folder with things that are not what a command wants; no command changes anything in it."""
    home = tmp_path_factory.mktemp("home")
    (home / "folder").mkdir()
    for name in ("folder.json", "folder.csv", "folder.md", "folder.png", "bad", "damaged"):
        (home / name).mkdir()
    text = EXAMPLE.read_text(encoding="utf-8")
    (home / "good_claims.py").write_text(text, encoding="utf-8")
    (home / "copy").mkdir()
    (home / "copy" / "same_claims.py").write_text(text, encoding="utf-8")
    (home / "text.txt").write_text("text")
    (home / "results.json").write_text(saved(), encoding="utf-8")
    (home / "bad" / "broken_claims.py").write_text("x = (")
    (home / "bad" / "raises_claims.py").write_text("1 / 0")
    (home / "bad" / "empty_claims.py").write_text("")
    (home / "bad" / "exits_claims.py").write_text("import sys\nsys.exit(0)\n")
    (home / "bad" / "no_library_claims.py").write_text("library = 3\n")
    (home / "bad" / "binary_claims.py").write_bytes(b"\xff\xfe\x00\x01")
    for name, content in damaged_documents().items():
        path = home / "damaged" / f"{name}.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return home, contents(home)


def test_there_are_enough_of_every_command() -> None:
    assert len(lines()) == len(set(lines())) >= 400
    counts = Counter(line.split()[0] for line in lines())
    assert all(counts[command] >= 10 for command in COMMANDS), counts


@pytest.mark.parametrize("line", lines())
def test_bad_input_is_one_sentence(
    line: str, home: tuple[Path, Contents], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, before = home
    monkeypatch.chdir(folder)
    for sign, text in STANDS_FOR.items():
        line = line.replace(sign, text)
    with pytest.raises(SystemExit) as end:
        main(shlex.split(line))
    out, err = capsys.readouterr()
    assert end.value.code == 2, out + err
    assert out == ""
    assert err.startswith("convbound: ") and err.count("\n") == 1 and err.endswith("\n") and len(err) > 20, err
    assert "Traceback" not in err
    assert contents(folder) == before
