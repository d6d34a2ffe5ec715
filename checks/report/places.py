"""Where a claim stands, for readers who know the repository and not the folder in which the command ran."""

from __future__ import annotations

import os
from pathlib import Path


def in_repository(file: str) -> str:
    """A path relative to the root of its repository, with strokes; as it is where there is no repository.

    The root is GITHUB_WORKSPACE, where the file is below it, else the nearest folder above the file with a `.git`.
    """
    path = Path(file).resolve()
    if not path.exists():  # a built-in claim, of an installed package
        return file
    workspace = os.environ.get("GITHUB_WORKSPACE", "")
    roots = [Path(workspace).resolve()] if workspace else []
    roots += [folder for folder in path.parents if (folder / ".git").exists()][:1]
    root = next((root for root in roots if path.is_relative_to(root)), None)
    return file if root is None else path.relative_to(root).as_posix()
