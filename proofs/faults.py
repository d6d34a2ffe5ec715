"""What an author's own code did wrong, in one sentence with its line and column."""

from __future__ import annotations

import traceback
from pathlib import Path

from convbound.bounds.errors import InputError


def runs_through(problem: BaseException, file: str | Path) -> bool:
    """Whether code of `file` was running when an exception was raised."""
    own = {str(file), str(Path(file).resolve())} if str(file) else set()
    return any(frame.filename in own for frame in traceback.extract_tb(problem.__traceback__))


def located(problem: BaseException, file: str | Path, line: int | None = None) -> str:
    """ "line 7, column 5: TypeError: …": the deepest place in `file` that the exception came through, else `line`."""
    own = {str(file), str(Path(file).resolve())} if str(file) else set()
    column = None
    for frame in traceback.extract_tb(problem.__traceback__):
        if frame.filename in own:
            line, column = frame.lineno, None if frame.colno is None else frame.colno + 1
    if isinstance(problem, SyntaxError) and problem.lineno:
        line, column = problem.lineno, problem.offset
    text = (problem.msg if isinstance(problem, SyntaxError) else str(problem)) or "no reason given"
    if isinstance(problem, SystemExit):
        text = f"the code ends the program with sys.exit({problem.code!r})"
    if isinstance(problem, KeyError) and problem.args:
        text = f"there is no {problem.args[0]!r}"
    if isinstance(problem, MemoryError):
        text = "it needs more memory than there is, or than a claim may have"
    text = " ".join(text.split())  # one sentence, on one line
    place = f"line {line}, column {column}: " if line and column else f"line {line}: " if line else ""
    kind = "" if isinstance(problem, InputError) else f"{type(problem).__name__}: "
    return f"{place}{kind}{text.rstrip('.')}"
