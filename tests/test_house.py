"""The rules of the house that a machine can check: which way imports go, how long things are, who knows a subject."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("bounds", "proofs", "checks")  # each may import itself and those before it
LONGEST_MODULE, LONGEST_FUNCTION = 400, 60  # lines, blank ones and the docstring of a function aside
MOST_ANY = 80  # places that say `Any`: an alias says once, where it is, what is meant
KERNEL = "proofs/kernel.py"  # on its own, and read in one sitting
SUBJECT = re.compile(r"discrete.updates|\b[Zz][Ii][Mm]|\bBOLD\b|\bR[123]\b|79 ?400|2512\.04051")
# the rooms that may know no paper, scheme or reading of one
GENERAL = (
    *("bounds", "proofs", "checks"),
    *(f"proofs/{room}" for room in ("automatic", "derivation", "language", "methods", "models", "textbook")),
    *(f"checks/{room}" for room in ("commands", "compare", "conformance", "report", "statistics")),
    *(f"checks/simulation{room}" for room in ("", "/exact", "/problems")),
)
SCHEMES = tuple(f"checks/commands/{name}_command.py" for name in ("simulate", "conform"))  # are about schemes


@cache
def parsed() -> dict[str, ast.Module]:
    """All modules, by their path in the project."""
    files = [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules of this project that a module names in an import, wherever that stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("convbound."))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("convbound"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_go_one_way(layer: str) -> None:
    above = LAYERS[LAYERS.index(layer) + 1 :]
    for path, tree in parsed().items():
        if path.startswith(f"{layer}/"):
            wrong = [name for name in imported(tree) if name.split(".")[1] in above]
            assert not wrong, f"{path} imports {wrong}"


def test_the_kernel_imports_nothing_of_the_project() -> None:
    assert list(imported(parsed()[KERNEL])) == []


def functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Each function with the lines of its body, its docstring aside."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            yield node.name, (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_modules_and_functions_are_short() -> None:
    for path, tree in parsed().items():
        text = (ROOT / path).read_text(encoding="utf-8")
        assert path == KERNEL or sum(bool(line.strip()) for line in text.splitlines()) <= LONGEST_MODULE, path
        long = [(name, lines) for name, lines in functions(tree) if lines > LONGEST_FUNCTION]
        assert not long, f"{path}: {long}"


def test_any_is_said_no_more_often_than_it_was() -> None:
    count = sum(isinstance(n, ast.Name) and n.id == "Any" for tree in parsed().values() for n in ast.walk(tree))
    assert count <= MOST_ANY


def said(tree: ast.Module) -> Iterator[str]:
    """What the code of a module says: names and texts, without docstrings."""
    documented = ast.Module | ast.ClassDef | ast.FunctionDef
    docstrings = {id(n.body[0].value) for n in ast.walk(tree) if isinstance(n, documented) and ast.get_docstring(n)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value
        elif isinstance(node, ast.Name | ast.Attribute | ast.arg | ast.FunctionDef | ast.ClassDef):
            yield getattr(node, "id", "") or getattr(node, "attr", "") or getattr(node, "arg", "") or node.name


@pytest.mark.parametrize("room", GENERAL)
def test_no_general_module_knows_a_subject(room: str) -> None:
    for path, tree in parsed().items():
        if Path(path).parent.as_posix() == room and path not in SCHEMES:
            assert not [text for text in said(tree) if SUBJECT.search(text)], path


def test_no_template_knows_a_subject() -> None:
    for path in sorted((ROOT / "checks" / "report" / "templates").iterdir()):
        assert not SUBJECT.search(path.read_text(encoding="utf-8")), path.name


def test_the_page_on_the_house_names_every_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {Path(path).parts[1] for path in parsed() if len(Path(path).parts) > 2}
    assert not [room for room in sorted(rooms) if not re.search(rf"\b{room}\b", page)]


def test_the_rules_would_notice() -> None:
    """Each of them fails on a module that breaks it."""
    tree = ast.parse(
        'import convbound.checks.run\ndef f(x: Any) -> None:\n    """ZIM."""\n    y = "R1"\n' + "    y = 0\n" * 60
    )
    assert list(imported(tree)) == ["convbound.checks.run"]
    assert list(functions(tree)) == [("f", 61)]
    assert [text for text in said(tree) if SUBJECT.search(text)] == ["R1"], "a docstring may give an example"
