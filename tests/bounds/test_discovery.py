"""Subjects are found by being there: the project's own, and those of packages anywhere on Python's path."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from convbound.bounds.discovery import NAMESPACE, foreign_subjects, subject_folders, subject_modules
from convbound.bounds.errors import InputError


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Two folders on the path, each with a part of the namespace, and a home with two modules and a folder."""
    for folder in ("one", "two"):
        (tmp_path / folder / NAMESPACE).mkdir(parents=True)
        monkeypatch.syspath_prepend(str(tmp_path / folder))
    home = tmp_path / "one" / "some_home"
    (home / "inner").mkdir(parents=True)
    for name in ("__init__", "zeta", "alpha", "inner/__init__"):
        (home / f"{name}.py").write_text("", encoding="utf-8")
    yield tmp_path
    for name in [n for n in sys.modules if n.partition(".")[0] in (NAMESPACE, "some_home")]:
        del sys.modules[name]


def add(folder: Path, subject: str, **parts: str) -> None:
    place = folder / NAMESPACE / subject
    place.mkdir()
    for name, text in {"__init__": "", **parts}.items():
        (place / f"{name}.py").write_text(text, encoding="utf-8")


def found(part: str) -> list[str]:
    return [each.load().__name__ for each in subject_modules("some_home", part)]


def test_own_modules_come_first_and_all_of_them_by_name(elsewhere: Path) -> None:
    assert found("bounds") == ["some_home.alpha", "some_home.inner", "some_home.zeta"]
    add(elsewhere / "two", "beta", bounds="")
    add(elsewhere / "one", "gamma", bounds="", evidence="")
    assert foreign_subjects() == ["beta", "gamma"]
    assert found("bounds")[3:] == [f"{NAMESPACE}.beta.bounds", f"{NAMESPACE}.gamma.bounds"]
    assert found("evidence")[3:] == [f"{NAMESPACE}.gamma.evidence"]
    assert found("proofs")[3:] == []


def test_folders_are_told_by_a_file_and_nothing_is_imported(elsewhere: Path) -> None:
    ours, theirs = elsewhere / "one" / "some_home" / "inner", elsewhere / "two" / NAMESPACE / "beta" / "proofs"
    add(elsewhere / "two", "beta", bounds="")
    theirs.mkdir()
    (theirs / "__init__.py").write_text("raise RuntimeError('imported')", encoding="utf-8")
    assert list(subject_folders("some_home", "proofs", "subject.toml")) == []
    for folder in (ours, theirs):
        (folder / "subject.toml").write_text("", encoding="utf-8")
    assert list(subject_folders("some_home", "proofs", "subject.toml")) == [
        (("inner", "some_home.inner"), ours / "subject.toml"),
        ((f"{NAMESPACE}.beta", f"{NAMESPACE}.beta.proofs"), theirs / "subject.toml"),
    ]


def test_a_subject_that_cannot_be_imported_is_named(elsewhere: Path) -> None:
    add(elsewhere / "two", "broken", bounds="import no_such_module_at_all")
    with pytest.raises(InputError, match=r"broken' cannot be imported \(.*broken\.bounds\): ModuleNotFoundError"):
        found("bounds")
    assert found("evidence")[3:] == []  # its other parts are nobody's business


def test_where_no_package_brings_a_subject_there_is_none() -> None:
    assert foreign_subjects() == []
    assert subject_modules("no_such_home", "bounds") == []
