"""`--referee coq`: what is said of each file, and that nothing but the referee's own last line reads as checked."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from convbound.bounds.errors import InputError
from convbound.checks import referee
from convbound.checks.cli import main

CERTIFICATE = {
    "format": "convbound-certificate/2",
    "scopes": [],
    "symbols": [{"name": "x", "scopes": []}],
    "functionals": [],
    "steps": [
        {"rule": "hypothesis", "fact": ["x", ">=", "1"]},
        {"rule": "combination", "fact": ["x", ">=", "0"], "by": {"terms": [["1", [[0, 0]], []], ["1", [], []]]}},
    ],
    "conclusion": [1, 0],
}
SAYS = {
    'echo "checked    as stated in $2"': "checked",
    'echo "REFUSED $1: a step or a declaration is refused"; exit 1': "rejected",
    "true": "not run",  # it says nothing
    "echo checked": "not run",  # not as stated
    'echo "checked    as stated in $2"; exit 1': "not run",
    'echo "checked    as stated in $2"; echo more': "not run",
    'echo "checked    as stated in $1"': "not run",  # another statement
    "kill -9 $$": "not run",
    "exit 2": "not run",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    (made / "one.json").write_text(json.dumps(CERTIFICATE), encoding="utf-8")
    return made


def install(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "referee"
    path.write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv(referee.PLACE, str(path))


@pytest.mark.parametrize("program", SAYS)
def test_what_is_said(
    program: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(program, tmp_path, monkeypatch)
    with pytest.raises(SystemExit) as ended:
        main(["recheck", str(folder), "--referee", "coq", "-v"])
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith(f"coq      {SAYS[program]:8} one.json") for line in lines)
    assert ended.value.code == (0 if SAYS[program] == "checked" else 1)
    counts = {x: int(x == SAYS[program]) for x in ("checked", "rejected", "not run")}
    assert lines[-1] == "coq      " + ", ".join(f"{n} {x}" for x, n in counts.items())


@pytest.mark.parametrize("program", ['echo "checked    as stated in $2"', 'echo "REFUSED $1: a step"; exit 1', None])
def test_a_report_says_it_of_each_theorem(
    program: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the document of a run and in every report of that; a run without the referee says that it was not run."""
    said = "not run" if program is None else SAYS.get(program, "rejected")
    saved = tmp_path / "results.json"
    asked = [] if program is None else ["--referee", "coq"]
    if program is not None:
        install(program, tmp_path, monkeypatch)
    with pytest.raises(SystemExit) as ended:
        main(["verify", "discrete-updates", "--only", "def-1/lattice", "--json", str(saved), *asked])
    assert ended.value.code == (1 if said == "rejected" else 0)
    claims = json.loads(saved.read_text(encoding="utf-8"))["claims"]
    assert claims and {c["referee"] for c in claims if c["certificate"]} == {said}
    reports = [tmp_path / f"report{suffix}" for suffix in (".html", ".md", ".tex")]
    with pytest.raises(SystemExit):
        main(["report", str(saved), *(x for path in reports for x in ("-o", str(path)))])
    for path in reports:
        text = path.read_text(encoding="utf-8").lower().replace("</dt><dd>", ": ")
        assert f"proved checker: {said}" in text


@pytest.mark.parametrize("command", [["recheck"], ["verify"]])
def test_missing(
    command: list[str],
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing is checked or written without it, and the sentence has the command that installs it."""
    monkeypatch.setenv(referee.PLACE, str(tmp_path / "nowhere"))
    target = [str(folder)] if command == ["recheck"] else ["lattice", "--certificates", str(tmp_path / "out")]
    with pytest.raises(SystemExit) as ended:
        main([*command, *target, "--referee", "coq"])
    out, err = capsys.readouterr()
    assert ended.value.code == 2 and not out and referee.INSTALL in err
    assert not (tmp_path / "out").exists()


def test_a_folder_or_text_is_no_referee(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (tmp_path, tmp_path / "text"):
        (tmp_path / "text").write_text("", encoding="utf-8")
        monkeypatch.setenv(referee.PLACE, str(path))
        with pytest.raises(InputError):
            referee.program()
