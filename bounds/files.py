"""Files that people asked for: judged before the work begins, written whole or not at all. One rule for every command.

Folders that are missing are made. What stands under the name already is replaced; a device or a pipe (`/dev/stdout`, a
process substitution) is written to as it is.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from convbound.bounds.errors import InputError

LONGEST_NAME = 255  # bytes, on every file system in use
Content = str | bytes | Callable[[Path], None]


def write_whole(path: Path, content: Content) -> None:
    """Write a file whole or not at all.

    Args:
        path: the file; folders on the way to it are made.
        content: text, bytes, or a function that fills the (temporary) file whose path it is given.

    Raises:
        InputError: it cannot be written; the sentence names the file, and what stood there before stands there still.
    """
    target = _target(path)
    temporary: Path | None = None
    try:
        if _is_stream(path):
            _pour(path, content)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        suffix = target.suffix if len(target.suffix) < 16 else ""  # figures are drawn in the format of the suffix
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".convbound-", suffix=suffix)
        os.close(handle)
        temporary = Path(name)
        _fill(temporary, content)
        temporary.chmod(_ordinary_mode())
        temporary.replace(target)
        temporary = None
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise _refusal(path, problem) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder, which is made if it is missing: all of them, or (on a full disk, say) none.

    Raises:
        InputError: they cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".convbound-") as name:
            for file, text in files.items():
                (Path(name) / file).write_bytes(_encoded(text))
            folder.mkdir(exist_ok=True)
            for file in files:
                (Path(name) / file).replace(folder / file)
    except OSError as problem:
        raise _refusal(folder, problem) from None


def check_output(path: Path, *, folder: bool = False) -> None:
    """Find out, before any work is done, whether a file (or a folder of files) can be written there.

    Raises:
        InputError: it cannot be; nothing was made or changed.
    """
    target = _target(path)
    try:
        if target.is_dir() != folder and target.exists():
            raise InputError(f"cannot write {str(path)!r}: it is {'not ' if folder else ''}a folder.")
        if not folder and _is_stream(path):
            if not os.access(path, os.W_OK):
                raise InputError(f"cannot write {str(path)!r}: permission denied.")
            return
        if any(len(os.fsencode(part)) > LONGEST_NAME for part in target.parts):
            raise InputError(f"cannot write {str(path)!r}: file name too long.")
        home = target if folder else target.parent
        while not home.exists():
            home = home.parent
        with tempfile.TemporaryFile(dir=home):  # says what permissions do not: a read-only or full disk
            pass
    except OSError as problem:
        raise _refusal(path, problem) from None


def _target(path: Path) -> Path:
    """Where an ordinary write would go: through links."""
    if "\0" in str(path):
        raise InputError(f"cannot write {str(path)!r}: a name holds no null character.")
    return Path(os.path.realpath(path))


def _is_stream(path: Path) -> bool:
    """Whether there is something that is neither a file nor a folder: a device, a pipe, an open file's number."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    devices = Path("/dev")
    return not stat.S_ISDIR(mode) and (not stat.S_ISREG(mode) or devices in Path(os.path.abspath(path)).parents)


def _pour(path: Path, content: Content) -> None:
    """Into a stream, which cannot be replaced, only written to."""
    if callable(content):
        raise OSError(None, "this format is for files")
    with path.open("ab") as file:
        file.write(content if isinstance(content, bytes) else _encoded(content))


def _fill(path: Path, content: Content) -> None:
    if callable(content):
        content(path)
    else:
        with path.open("wb") as file:
            file.write(content if isinstance(content, bytes) else _encoded(content))


def _encoded(text: str) -> bytes:
    """UTF-8; half a character, as a strange file name may hold, is written as an escape, which JSON reads back."""
    return text.encode("utf-8", errors="backslashreplace")


def _ordinary_mode() -> int:
    """The permissions of an ordinary new file; a temporary one is private."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refusal(path: Path, problem: OSError) -> InputError:
    reason = (problem.strerror or str(problem) or type(problem).__name__).rstrip(".")
    return InputError(f"cannot write {str(path)!r}: {reason[0].lower()}{reason[1:]}.")
