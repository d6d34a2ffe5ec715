"""Claim files with the import names of before: `from proofs import …` for `from convbound.proofs import …`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from shared import first

SOURCES = {
    "the words": "from proofs import Library, Vocabulary, ge, gt",
    "a module": "from proofs.claims import Library\nfrom proofs.language.vocabulary import Vocabulary, ge, gt",
    "a package whose module is called like its library": (
        "from proofs.lattice.theory import theory\nfrom proofs.lattice import one_step, run_step\n"
        "from proofs import Library, Vocabulary, ge, gt\nassert type(theory) is Library"
    ),
    "import as": (
        "import proofs.language.vocabulary as l\nimport proofs\n"
        "Library, Vocabulary, ge, gt = proofs.Library, l.Vocabulary, l.ge, l.gt"
    ),
    "both names": "from convbound.proofs import Library, Vocabulary\nfrom proofs.language.vocabulary import ge, gt",
    "bounds and checks": (
        "from bounds import bound\nimport checks.simulation.sampling\nfrom proofs import Library, Vocabulary, ge, gt"
    ),
    "in a function": "from convbound.proofs import Library, Vocabulary, ge, gt\nfrom proofs import claims",
}
CLAIM = """
own = Library("own", "Own", "here")
v = Vocabulary()
x, = v.reals("x")

def proof(p):
    from proofs.language.vocabulary import ge as same
    from proofs.discrete_updates import paper
    from convbound.proofs.discrete_updates import paper as again
    assert same is ge and paper is again
    return p.have(ge(x, 0))

own.claim("a", "1", "a", v, suppose=[gt(x, 0)], then=ge(x, 0), proof=proof)
"""


def verify(path: Path, *more: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "convbound", "verify", str(path), *map(str, more), "--no-cache"]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=path.parent)


# by default the two of most kinds of import
@pytest.mark.parametrize("source", first(2, sorted(SOURCES, key=len, reverse=True)))
def test_a_file_with_the_old_names_loads_and_is_told_the_new_ones(tmp_path: Path, source: str) -> None:
    path = tmp_path / "own_claims.py"
    path.write_text(SOURCES[source] + CLAIM, encoding="utf-8")
    result = verify(path)
    assert result.returncode == 0 and "1 claim: 1 proved" in result.stdout, result.stdout + result.stderr
    assert len(result.stderr.splitlines()) == 1 and "the name is now 'convbound." in result.stderr


def test_a_file_with_the_new_names_is_told_nothing(tmp_path: Path) -> None:
    path = tmp_path / "own_claims.py"
    text = (SOURCES["the words"] + CLAIM).replace("from proofs", "from convbound.proofs")
    path.write_text(text, encoding="utf-8")
    assert verify(path).stderr == ""


def test_somebodys_own_module_of_that_name_comes_first(tmp_path: Path) -> None:
    (tmp_path / "proofs.py").write_text("MINE = 1\n", encoding="utf-8")
    path = tmp_path / "own_claims.py"
    text = (SOURCES["the words"] + CLAIM).replace("from proofs", "from convbound.proofs")
    path.write_text("import proofs\nassert proofs.MINE == 1\n" + text, encoding="utf-8")
    result = verify(path)
    assert result.returncode == 0 and result.stderr == "", result.stderr
    path.write_text(SOURCES["the words"] + CLAIM, encoding="utf-8")
    assert verify(path).returncode == 2  # their module has no Library


def test_a_name_that_no_module_has_is_an_ordinary_error(tmp_path: Path) -> None:
    path = tmp_path / "own_claims.py"
    path.write_text("from proofs import nothing_of_that_name\n", encoding="utf-8")
    result = verify(path)
    assert result.returncode == 2 and "line 1, column 1: ImportError" in result.stderr
    path.write_text("import proofs.nothing_of_that_name\n", encoding="utf-8")
    result = verify(path)
    assert result.returncode == 2 and "line 1, column 1: ModuleNotFoundError" in result.stderr


def test_a_letter_cannot_be_declared_twice(tmp_path: Path) -> None:
    """Not in one's own vocabulary, and not in a built-in one, whose claims it would make unreadable."""
    path = tmp_path / "own_claims.py"
    text = (SOURCES["the words"] + CLAIM).replace("from proofs", "from convbound.proofs")
    path.write_text(text + "v.real('x')\n", encoding="utf-8")
    result = verify(path)
    assert result.returncode == 2 and "'x' is declared already in this vocabulary" in result.stderr
