"""A subject is a folder that is found: nothing else of the project is touched to add one, and nothing else knows it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from convbound.bounds.discovery import NAMESPACE
from convbound.bounds.errors import InputError
from convbound.proofs import libraries

ROOT = Path(__file__).parents[2]
DECLARATION = 'name = "coin"\ntitle = "a coin"\nlibrary = "coin"\norder = 9\n[example]\nL = "1/2"\n'
CLAIMS = """
from convbound.proofs import Library, Vocabulary, eq, ge, le

coin = Library("coin", "A coin", "our own")
v = Vocabulary()
v.random("outcome")
x, m = v.real("x", over=["outcome"]), v.real("m")
E = v.functional("E", "expectation")
double = ge(2 * m, 0)
coin.claim("bounded", "line 1", "doubled", v, suppose=[ge(m, 0)], then=double, proof=lambda p: p.have(double, ge(m, 0)))
tosses = [eq(x**2, x), le(E(x**2), m)]
coin.claim("mean", "line 2", "a mean", v, suppose=tosses, then=le(E(x), m), expected="supported")
"""
EVIDENCE = """
from fractions import Fraction
from convbound.checks.evidence import Case, register
from convbound.proofs.libraries import load_library
from convbound_subjects.coin.proofs import E, x

half = Fraction(1, 2)
draw = lambda rng, size: rng.random(size) < 0.5
cases = [Case("a fair coin", {"m": half, "E(x**2)": half}, draw, 0, 1, expectation=half)]
register(load_library("coin")["mean"], measures=E(x), instances=cases)
"""


def write(folder: Path, declaration: str = DECLARATION, name: str = "coin") -> Path:
    home = folder / NAMESPACE / name
    (home / "proofs").mkdir(parents=True)
    for file, text in (
        ("__init__.py", ""),
        ("proofs/__init__.py", CLAIMS),
        ("proofs/subject.toml", declaration),
        ("evidence.py", EVIDENCE),
    ):
        (home / file).write_text(text, encoding="utf-8")
    return home


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.syspath_prepend(str(tmp_path))
    libraries.subjects.cache_clear()
    yield tmp_path
    libraries.subjects.cache_clear()
    for name in [n for n in sys.modules if n.partition(".")[0] == NAMESPACE]:
        del sys.modules[name]


def test_a_subject_in_a_package_of_its_own_is_verified_with_its_evidence(tmp_path: Path) -> None:
    write(tmp_path)
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / '.src'}{os.pathsep}{tmp_path}",
        "XDG_CACHE_HOME": str(tmp_path),
    }
    command = [sys.executable, "-m", "convbound", "verify", "coin", "--level", "exact", "--json", "-"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    found = {claim["id"]: claim for claim in json.loads(done.stdout)["claims"]}
    assert found["bounded"]["verdict"] == "proved"
    assert found["mean"]["verdict"] in ("supported", "proved")  # proved, where a search finds a proof
    assert [e["verdict"] for e in found["mean"]["evidence"]] == ["supported"]


def test_a_listing_loads_no_library(elsewhere: Path) -> None:
    write(elsewhere)
    (elsewhere / NAMESPACE / "coin" / "proofs" / "__init__.py").write_text("1 / 0", encoding="utf-8")
    names = list(libraries.subjects())
    assert names[-1] == "coin" and names.index("discrete-updates") == 0
    assert libraries.example_of(["coin"]) == {"L": Fraction(1, 2)}
    assert libraries.subjects()["coin"].title == "a coin" and not libraries.subjects()["coin"].is_loaded
    with pytest.raises(InputError, match=r"coin' cannot be imported .*ZeroDivisionError"):
        libraries.load_library("coin")


@pytest.mark.parametrize(
    ("declaration", "message"),
    [
        ("name = 3 4", "declares no library"),
        ('name = "coin"\norder = 1', "'title' is missing"),
        (DECLARATION.replace("1/2", "one half"), "declares no library"),
        (DECLARATION.replace('"coin"\ntitle', '"lattice"\ntitle'), "are both called 'lattice'"),
    ],
)
def test_a_bad_declaration_is_refused_by_name(elsewhere: Path, declaration: str, message: str) -> None:
    write(elsewhere, declaration)
    with pytest.raises(InputError, match=message):
        libraries.subjects()


def test_a_package_that_holds_another_library_is_refused(elsewhere: Path) -> None:
    write(elsewhere, DECLARATION.replace('name = "coin"', 'name = "other"'), name="another")
    with pytest.raises(InputError, match=r"convbound_subjects\.another\.proofs\.coin is no library called 'other'"):
        libraries.load_library("other")


# a general module may say "lattice" of the grid of weights; what it may not know is a subject, a scheme or a reading
SUBJECTS_WORDS = re.compile(
    r"discrete.updates|[\"']lattice[\"':]|proofs\.lattice|\bZIM|zim|\bBOLD\b|\bR[123]\b|79 ?400|2512\.04051"
)
GENERAL = [
    *sorted((ROOT / "proofs").glob("*.py")),
    *(path for room in ("models", "language", "derivation") for path in sorted((ROOT / "proofs" / room).glob("*.py"))),
    *(ROOT / "checks" / "evidence" / f"{name}.py" for name in ("registry", "gather", "reading", "record")),
    ROOT / "checks" / "evidence" / "trajectory_instances.py",
]


@pytest.mark.parametrize("path", GENERAL, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_general_module_knows_a_subject(path: Path) -> None:
    assert not [line for line in path.read_text(encoding="utf-8").splitlines() if SUBJECTS_WORDS.search(line)]
