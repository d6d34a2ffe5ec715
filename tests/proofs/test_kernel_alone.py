"""`python -I proofs/kernel.py FILE`: a process with nothing but the standard library."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from kernel_examples import EXAMPLES
from proof_builders import certificate, combine

from convbound.proofs import kernel


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", kernel.__file__, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, encoding="utf-8")


def test_the_kernel_alone(tmp_path: Path) -> None:
    file = tmp_path / "limit.json"
    file.write_text(json.dumps(EXAMPLES[-1].certificate), encoding="utf-8")
    result = run(str(file))
    assert result.returncode == 0 and result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0] == "scope      step: kind time; length K; random; start 1; variable k"
    assert "proves     -1*L*limsup[K: E[avg[w]]] + c >= 0" in lines
    assert "hypothesis L > 0" in lines
    assert (
        lines[-2].startswith("rules      combination 1, functional 4, hypothesis 5, limit 1") and lines[-1] == "checked"
    )


def test_the_kernel_alone_refuses(tmp_path: Path) -> None:
    file = tmp_path / "forged.json"
    file.write_text(json.dumps(certificate([combine("0 - 1 >= 0")])), encoding="utf-8")
    result = run(str(file))
    assert result.returncode == 1 and "REFUSED" in result.stdout and "step 0: combination" in result.stdout
    assert run(str(tmp_path / "none.json")).returncode == 1
    file.write_bytes(b"\xff\xfe\x00")
    assert (run(str(file)).returncode, run(str(file)).stderr) == (1, "")
    assert run().returncode == 2


def test_the_kernel_alone_compares_with_a_statement(tmp_path: Path) -> None:
    """The same statement, written apart from the proof; another relation; an integer that is a real; broken text."""
    one = EXAMPLES[1].certificate
    proof, theorem = kernel.replay(one)
    said = proof.statement(theorem)
    file, statement = tmp_path / "one.json", tmp_path / "statement.json"
    file.write_text(json.dumps(one), encoding="utf-8")
    statement.write_text(json.dumps(said), encoding="utf-8")
    result = run(str(file), str(statement))
    assert result.returncode == 0 and result.stdout.splitlines()[-1] == f"checked    as stated in {statement}"
    left, _, right = said["conclusion"]
    for forged in ({**said, "conclusion": [left, ">=", right]}, {**said, "symbols": []}, {**said, "scopes": 0}, []):
        statement.write_text(json.dumps(forged), encoding="utf-8")
        result = run(str(file), str(statement))
        assert result.returncode == 1 and result.stderr == "" and "it does not prove what" in result.stdout
    whole = json.dumps(said).replace('"integer": false', '"integer": 0')
    statement.write_text(whole, encoding="utf-8")
    assert run(str(file), str(statement)).returncode == 1
    statement.write_text("{", encoding="utf-8")
    assert "REFUSED" in run(str(file), str(statement)).stdout
