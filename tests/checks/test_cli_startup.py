"""Cold processes: help and errors import neither SymPy nor NumPy, and the main job works."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROBE = """
import sys
from convbound.checks.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    code = end.code
heavy = [m for m in ("sympy", "numpy", "scipy", "mpmath", "matplotlib", "numba") if m in sys.modules]
print("IMPORTED", ",".join(heavy), file=sys.stderr)
sys.exit(code)
"""


def cold(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder), "PYTHONPATH": str(ROOT / ".src"), "COLUMNS": "140"}
    command = [sys.executable, "-c", PROBE, *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=False, env=environment, encoding="utf-8", cwd=folder
    )


LIGHT = {
    "help": (("--help",), 0),
    "version": (("--version",), 0),
    "verify-help": (("verify", "--help"), 0),
    "recheck-help": (("recheck", "--help"), 0),
    "list-help": (("list", "--help"), 0),
    "unknown-command": (("verfiy",), 2),
    "unknown-option": (("verify", "--oops"), 2),
    "recheck-nothing": (("recheck", "no-such-folder"), 2),
}


@pytest.mark.parametrize(("arguments", "code"), LIGHT.values(), ids=LIGHT)
def test_light(arguments: tuple[str, ...], code: int, tmp_path: Path) -> None:
    result = cold(*arguments, folder=tmp_path)
    assert result.returncode == code
    assert result.stderr.splitlines()[-1] == "IMPORTED ", result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_target_is_found_out_without_loading_one(tmp_path: Path) -> None:
    result = cold("verify", "discrete-updatse", folder=tmp_path)
    assert result.returncode == 2 and "discrete-updates" in result.stderr
    assert result.stderr.splitlines()[-1] == "IMPORTED "


def test_recheck_of_a_foreign_claim_imports_the_kernel_alone(tmp_path: Path) -> None:
    made = cold("verify", "--only", "prop-8", "--certificates", "made", folder=tmp_path)
    assert made.returncode == 0 and "1 proved" in made.stdout
    (made_file,) = (tmp_path / "made").iterdir()
    foreign = made_file.read_text(encoding="utf-8").replace('"claim":"discrete-updates:', '"claim":"mine:')
    made_file.write_text(foreign, encoding="utf-8")
    result = cold("recheck", "made", folder=tmp_path)
    assert result.returncode == 0 and "1 certificate checked, 0 refused" in result.stdout
    assert result.stderr.splitlines()[-1] == "IMPORTED "


def test_the_overview_names_every_command(tmp_path: Path) -> None:
    out = cold("--help", folder=tmp_path).stdout
    for name in ("verify", "recheck", "list", "bound"):
        assert name in out
