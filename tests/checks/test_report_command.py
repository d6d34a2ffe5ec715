"""`convbound report` as its users meet it."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from report_samples import EXAMPLE, example, paper, save_document

from convbound.checks.cli import main


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as end:
        main([str(a) for a in arguments])
    assert isinstance(end.value.code, int)
    return end.value.code


def test_a_saved_run_is_rendered_in_every_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_document(tmp_path / "run.json", paper())
    files = [tmp_path / f"new folder/report.{x}" for x in ("html", "md", "tex")]
    assert run("report", tmp_path / "run.json", *(x for f in files for x in ("-o", f))) == 0
    assert all(f.stat().st_size > 50_000 for f in files)
    assert capsys.readouterr().out.count("wrote ") == 3
    assert [p.name for p in (tmp_path / "new folder").iterdir()].sort() == [f.name for f in files].sort()


def test_a_saved_run_is_not_computed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_document(tmp_path / "run.json", example())
    monkeypatch.setattr("convbound.proofs.verify.verify", lambda *a: pytest.fail("verified again"))
    assert run("report", tmp_path / "run.json", "-o", tmp_path / "x.html") == 0


def test_a_file_of_claims_is_reported_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert run("report", EXAMPLE, "-o", tmp_path / "x.md") == 0
    assert "Gradient descent with a fixed step" in (tmp_path / "x.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("level", ["exact", "montecarlo"])
def test_a_report_with_evidence_says_how_to_repeat_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], level: str
) -> None:
    """Every option that decided the outcome is in the command, and the command is one that runs."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    files = [tmp_path / f"r.{x}" for x in ("html", "md", "tex")]
    chosen = ["--only", "def-6/*", "--level", level, "--seed", "7", "--tolerance", "0.03"]
    assert run("report", *chosen, *(x for f in files for x in ("-o", f))) == 0
    capsys.readouterr()
    (line,) = [x for x in files[1].read_text(encoding="utf-8").splitlines() if x.startswith("convbound verify")]
    words = shlex.split(line)[1:]
    assert ("--seed" in words) == (level == "montecarlo") and "def-6/*" in words
    monkeypatch.chdir(tmp_path)
    assert run(*words, "--json", "again.json") == 0
    options = json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))["options"]
    assert options["level"] == level and options.get("seed", 7) == 7 and options.get("tolerance", 0.03) == 0.03


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["report", "-o", "x.docx"], "must end in one of .html"),
        (["report", "nowhere.json", "-o", "x.html"], "there is no file"),
        (["report", "a.json", "b.json", "-o", "x.html"], "reported on alone"),
        (["report", "discrete-update", "-o", "x.html"], "Nearest: discrete-updates"),
        (["report"], "Missing option '-o'"),
        (["verify", "--only", "porp-9"], "matches no claim"),
    ],
)
def test_bad_input_is_one_sentence(
    arguments: list[str],
    reason: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 2
    error = capsys.readouterr().err
    assert reason in error and error.startswith("convbound: ") and error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_an_input_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_document(tmp_path / "run.json", example())
    assert run("report", tmp_path / "run.json", "-o", tmp_path / "run.json" / "x.html") == 2
    assert "cannot write" in capsys.readouterr().err


def test_help_loads_no_engine() -> None:
    commands = "report_command, verify_command"
    code = f"import sys; from convbound.checks.commands import {commands}; print([m for m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not any(f"'{m}'" in loaded for m in ("sympy", "numpy", "jinja2", "latex2mathml", "convbound.proofs.kernel"))
