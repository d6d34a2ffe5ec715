"""What a project has, said once: the version, the licence, what is installed and what is not."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import convbound

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_version_is_stated_once_and_the_papers_agree() -> None:
    assert "version" not in PROJECT["project"] and PROJECT["project"]["dynamic"] == ["version"]
    assert PROJECT["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "convbound.__version__"}
    citation = yaml.safe_load((ROOT / ".citation.cff").read_text(encoding="utf-8"))
    assert (
        citation["version"] == convbound.__version__ and citation["license"] == PROJECT["project"]["license"] == "MIT"
    )
    headings = re.findall(r"^## (\S+)$", (ROOT / "docs" / "changelog.md").read_text(encoding="utf-8"), re.M)
    assert headings[0] == convbound.__version__


def test_the_licence_is_a_file_of_the_package() -> None:
    (path,) = PROJECT["project"]["license-files"]
    text = (ROOT / path).read_text(encoding="utf-8")
    assert text.startswith("MIT License") and (ROOT / path).parent == Path(convbound.__file__).parent
    assert PROJECT["project"]["authors"][0]["name"] in text


def imported() -> set[str]:
    """The top-level modules that the package imports anywhere."""
    names = set()
    for folder in ("bounds", "proofs", "checks"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    names |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"convbound"}


COMES_WITH = {
    "flint": "python-flint",
    "markupsafe": "jinja2",
    "dask": "distributed",
    "sklearn": "scikit-learn",
    "_pytest": "pytest",  # the type of what a failure shows
}


def declared(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=\[ ]", x)[0] for x in requirements}


def test_everything_imported_is_declared_and_everything_required_is_imported() -> None:
    required = declared(PROJECT["project"]["dependencies"])
    extras = set().union(*(declared(x) for x in PROJECT["project"]["optional-dependencies"].values()))
    used = {COMES_WITH.get(name, name) for name in imported()}
    assert used <= required | extras, used - required - extras
    assert required <= used, required - used
    assert not {"pytest", "hypothesis"} & required


@pytest.mark.parametrize(
    "arguments", [["verify", "--only", "prop-8"], ["bound", "--L", "3", "--d", "9"]], ids=lambda x: x[0]
)
def test_no_run_needs_what_only_the_tests_need(tmp_path: Path, arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "for name in 'pytest hypothesis yaml numba flint matplotlib distributed pyarrow'.split():\n"
        "    sys.modules[name] = None\n"
        "from convbound.checks.cli import main\nmain()"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def test_the_top_level_has_seven_entries() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    if not tracked:
        pytest.skip("not a checkout")
    top = {line.partition("/")[0] for line in tracked.splitlines()}
    assert {x for x in top if not x.startswith(".")} == {
        *("bounds", "proofs", "checks", "tests", "docs", "README.md", "pyproject.toml")
    }
