"""The one exception for bad input: a clear sentence for people, exit code 2, no traceback; and what may be meant."""

from __future__ import annotations

from collections.abc import Iterable


class InputError(ValueError):
    """The input is at fault; the message names the argument and says what is allowed."""


def nearest(name: str, known: Iterable[str], count: int = 3, *, cutoff: float = 0.6) -> list[str]:
    """The names most like one that is not known, the most like first, at most so many; none where none is like it."""
    import difflib

    return difflib.get_close_matches(name, list(known), n=count, cutoff=cutoff)
