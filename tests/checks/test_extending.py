"""What the contributing page says one can add, added in a package of its own: nothing of the project is changed.

One package brings a subject with a claim and a bound, a scheme, and a format of a report. Every command knows them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BOUNDS = '''"""A subject: the bounds of a made-up paper."""

from convbound.bounds.arithmetic import Number
from convbound.bounds.subject import Subject

paper = Subject("halves", __file__, source="A made-up paper")


@paper.bound("halves-limit", "mean-square", "half of dL", claim="limit", assuming=("its assumption",), item="line 1")
def halves_limit(L: Number, d: Number) -> Number:
    """Line 1, K → ∞."""
    return d * L / 2


@paper.bound("halves-wrong", "mean-square", "a tenth of dL", claim="wrong", assuming=("nothing",), item="line 2")
def halves_wrong(L: Number, d: Number) -> Number:
    """Line 2, K → ∞."""
    return d * L / 10
'''
CLAIMS = '''"""The claims behind them."""

from convbound.proofs import Library, Model, Refutation, Vocabulary, gt, le

paper = Library("halves", "Halves", "A made-up paper")
v = Vocabulary()
L, d, x = v.reals("L d x")
positive = [gt(L, 0), gt(d, 0)]
paper.claim("limit", "line 1", "at most half", v, suppose=[*positive, le(2 * x, d * L)], then=le(x, d * L / 2),
            proof=lambda p: p.have(le(x, d * L / 2), by=le(2 * x, d * L)))
paper.claim("wrong", "line 2", "at most a tenth", v, suppose=[*positive, le(2 * x, d * L)], then=le(x, d * L / 10),
            expected="refuted", refutation=Refutation(lambda: Model({"L": 2, "d": 1, "x": 1}), "x may be a half of dL"))
'''
DECLARED = """name = "halves"
title = "a made-up paper"
library = "paper"
order = 99
example = { L = "4", d = "10" }
"""
SCHEME = '''"""A scheme."""

from convbound.schemes import CoordinateScheme, Positive, sign


class Halves(CoordinateScheme):
    """Move by -sign(g) with probability eta |g| / 2."""

    eta: Positive

    def law(self, g):
        """One move, or none."""
        return [(sign(g), self.eta * abs(g) / 2)]
'''
FORMAT = "def render(report):\n    return '\\n'.join(f'{v.record.id} {v.status}' for v in report.views) + '\\n'\n"
FILES = {
    "convbound_subjects/halves/__init__.py": "",
    "convbound_subjects/halves/bounds.py": BOUNDS,
    "convbound_subjects/halves/proofs/__init__.py": CLAIMS,
    "convbound_subjects/halves/proofs/subject.toml": DECLARED,
    "halves_format.py": FORMAT,
    "halves_scheme.py": SCHEME,
    "halves-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: halves\nVersion: 1.0\n",
    "halves-1.0.dist-info/entry_points.txt": "[convbound.formats]\n.txt = halves_format:render\n",
}
# one process, in which a command follows the other
DRIVER = """
import contextlib, io, json, sys
from convbound.checks.cli import main
for arguments in json.loads(sys.argv[1]):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            main(arguments)
        except SystemExit as end:
            code = end.code
    print(json.dumps([code, out.getvalue()]))
"""


def run(folder: Path, *commands: list[str]) -> list[tuple[int, str]]:
    """Exit code and output of each command, with the package on Python's path."""
    path = os.pathsep.join([str(ROOT / ".src"), str(folder)])
    environment = {**os.environ, "PYTHONPATH": path, "COLUMNS": "140"}
    command = [sys.executable, "-c", DRIVER, json.dumps(commands)]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    found = [tuple(json.loads(line)) for line in done.stdout.splitlines()]
    assert len(found) == len(commands), done.stderr
    return found


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder on the path, with everything that is added, and the recorded verdicts that `verify --record` writes."""
    home = tmp_path_factory.mktemp("package")
    for name, text in FILES.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    ((code, out),) = run(home, ["verify", "halves", "--record", "convbound_subjects/halves"])
    assert code == 0 and "2 claims" in out
    recorded = json.loads((home / "convbound_subjects" / "halves" / "bounds.json").read_text(encoding="utf-8"))
    assert {name: entry["verdict"] for name, entry in recorded.items()} == {
        "halves:limit": "proved",
        "halves:wrong": "refuted",
    }
    return home


def test_a_scheme_of_another_package_runs(package: Path) -> None:
    arguments = ["--set", "eta=1/16", "--d", "4", "--start", "3", "--steps", "20", "--chains", "4", "--json"]
    for place in ("halves_scheme:Halves", "halves_scheme.py:Halves"):
        ((code, out),) = run(package, ["simulate", "--scheme", place, *arguments])
        assert code == 0 and "Halves" in out


def test_a_subject_a_bound_and_a_format_of_another_package_work_in_every_command(package: Path) -> None:
    bound = ["bound", "--L", "4", "--d", "10"]
    explained = ["explain", "halves:limit"]
    listed, told, priced, shown, written = run(
        package, ["list"], explained, [*bound, "--json"], bound, ["report", "halves", "-o", "x.txt", "-o", "x.md"]
    )
    assert [code for code, _ in (listed, told, priced, shown, written)] == [0] * 5
    assert "halves:limit" in listed[1] and "lattice:t1b" in listed[1]
    assert told[1].startswith("limit   proved   line 1")
    entries = {b["id"]: b for b in json.loads(priced[1])["bounds"]}
    assert (entries["halves-limit"]["value"], entries["halves-limit"]["verdict"]) == (20, "proved")
    assert (entries["halves-wrong"]["value"], entries["halves-wrong"]["verdict"]) == (4, "refuted")
    assert "half of dL" in shown[1]
    assert (package / "x.txt").read_text(encoding="utf-8") == "limit proved\nwrong refuted\n"
    report = (package / "x.md").read_text(encoding="utf-8")
    assert "Halves" in report and "At L = 4, d = 10" in report and "half of dL" in report
