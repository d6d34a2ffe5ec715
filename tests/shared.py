"""What several tests need and what costs seconds: made once in a run of the suite, whichever worker comes first."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

if TYPE_CHECKING:
    from convbound.checks.report.document import Document

FOLDER = "CONVBOUND_TESTS"  # the environment's name of the run's folder


def shared_folder() -> Path:
    """The folder of this run of the suite."""
    return Path(os.environ[FOLDER])


def examples(count: int) -> int:
    """How many examples a property is tried on; CONVBOUND_EXAMPLES times as many where that is set, by hand."""
    return count * int(os.environ.get("CONVBOUND_EXAMPLES", "1"))


def first(count: int, every: Iterable[Any]) -> list[Any]:
    """Parameters of which so many, the first, are tried in any run; the others are for the long checks."""
    return [pytest.param(x, marks=() if k < count else pytest.mark.long) for k, x in enumerate(every)]


def pairs(one: Iterable[str], other: Iterable[str]) -> list[Any]:
    """Parameters in which each of both sides occurs at least once; all the other pairs are for the long checks."""
    rows, columns = list(one), list(other)
    size = min(len(rows), len(columns))
    return [
        pytest.param(row, column, marks=() if i % size == j % size else pytest.mark.long)
        for i, row in enumerate(rows)
        for j, column in enumerate(columns)
    ]


def once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name in the run's folder, filled by the first who asks; the others wait.

    Where `make` raises, everybody who asks tries again and sees why.
    """
    folder = shared_folder() / name
    with FileLock(f"{folder}.lock"):
        if not (folder / "complete").exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            (folder / "complete").touch()
    return folder


def command(*arguments: str | Path) -> tuple[int, str]:
    """The command in this process: exit code, standard output."""
    from convbound.checks.cli import main

    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), pytest.raises(SystemExit) as end:
        patch.setenv("COLUMNS", "140")
        patch.setenv("XDG_CACHE_HOME", str(shared_folder()))
        main([str(x) for x in arguments])
    assert isinstance(end.value.code, int)
    return end.value.code, out.getvalue()


def main_job() -> Path:
    """`convbound verify discrete-updates` with what it writes: code, output.txt, run.json, certificates."""

    def make(folder: Path) -> None:
        files = ("--json", folder / "run.json", "--certificates", folder / "certificates")
        code, out = command("verify", "discrete-updates", "--all", *files)
        (folder / "output.txt").write_text(out, encoding="utf-8")
        (folder / "code").write_text(str(code))

    return once("main-job", make)


@cache
def paper() -> Document:
    """The document of the paper, as the main job writes it."""
    from dataclasses import replace

    from convbound.checks.report.document import load_document

    return replace(load_document(main_job() / "run.json"), read_from="")
