"""Where commands write: paths as options, judged before the work; `-` is the standard output."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click

from convbound.bounds.errors import InputError
from convbound.bounds.files import check_output, write_whole

STDOUT = Path("-")


class PathOption(click.Path):
    """A path, which is never the empty text (that would be the current folder) and holds no null character."""

    def __init__(self, **about: bool) -> None:
        """As `click.Path`, but a `Path` is what the command gets."""
        super().__init__(path_type=Path, **about)

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Refuse what cannot be the name of anything."""
        text = os.fspath(value)
        if not text.strip() or "\0" in text:
            self.fail(f"{text!r} is no name of a file or a folder.", param, ctx)
        return super().convert(value, param, ctx)


def check_destinations(
    files: Iterable[tuple[str, Path | None]], folders: Iterable[tuple[str, Path | None]] = ()
) -> None:
    """Find out before the work whether everything asked for can be written.

    Args:
        files: options with the files they ask for, None where one was not given; `-` is the standard output.
        folders: the same for folders that take many files.

    Raises:
        InputError: one of them cannot be written, or two are the same.
    """
    taken: dict[str, str] = {}
    for places, folder in ((files, False), (folders, True)):
        for option, path in places:
            if path is None:
                continue
            if path != STDOUT or folder:
                check_output(path, folder=folder)
            place = "-" if path == STDOUT else os.path.realpath(path)
            if place in taken and not place.startswith("/dev/"):
                both = option if taken[place] == option else f"{taken[place]} and {option}"
                raise InputError(f"{both}: {str(path)!r} can be written once only; name different files.")
            taken[place] = option


def deliver(path: Path, text: str) -> None:
    """Write a document to its file, whole or not at all, or to the standard output."""
    if path == STDOUT:
        click.echo(text, nl=False)
    else:
        write_whole(path, text)
