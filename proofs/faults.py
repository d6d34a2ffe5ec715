"""What an author's own code did wrong, in one sentence with its line."""

from __future__ import annotations

import traceback
from pathlib import Path


def located(problem: BaseException, file: str | Path, line: int | None = None) -> str:
    """ "line 7: TypeError: …": the deepest line of `file` that the exception passed through, else `line`."""
    own = {str(file), str(Path(file).resolve())} if str(file) else set()
    for frame in traceback.extract_tb(problem.__traceback__):
        if frame.filename in own:
            line = frame.lineno
    if isinstance(problem, SyntaxError):
        line = problem.lineno or line
    text = (problem.msg if isinstance(problem, SyntaxError) else str(problem)) or "no reason given"
    if isinstance(problem, SystemExit):
        text = f"the code ends the program with sys.exit({problem.code!r})"
    if isinstance(problem, KeyError) and problem.args:
        text = f"there is no {problem.args[0]!r}"
    text = " ".join(text.split())  # one sentence, on one line
    place = f"line {line}: " if line else ""
    return f"{place}{type(problem).__name__}: {text.rstrip('.')}"
