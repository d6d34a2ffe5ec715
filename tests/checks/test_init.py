"""`convbound init`: a claim file that verifies as it stands, and that overwrites nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from convbound.checks.cli import main
from convbound.checks.targets import load_claims
from convbound.proofs.automatic.instances import find_counterexample
from convbound.proofs.textbook import Paper


def init(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(["init", *arguments])
    assert isinstance(end.value.code, int)
    return end.value.code


def test_a_file_with_a_true_and_a_false_claim(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert init() == 0 and "Next: convbound verify my_claims.py" in capsys.readouterr().out
    (library,) = load_claims(tmp_path / "my_claims.py")
    assert isinstance(library, Paper)
    assert [c.expected for c in library] == ["proved", "refuted"]
    assert [find_counterexample(c, 1) is not None for c in library] == [False, True]
    text = (tmp_path / "my_claims.py").read_text(encoding="utf-8")
    assert "convbound verify my_claims.py" in text and max(map(len, text.splitlines())) <= 120


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "new" / "some_claims.py"
    assert init(str(path)) == 0
    path.write_text("mine", encoding="utf-8")
    capsys.readouterr()
    assert init(str(path)) == 2 and "exists already" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "mine"
