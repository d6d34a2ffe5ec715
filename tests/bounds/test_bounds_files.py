"""Files are judged before the work and written whole or not at all, by one rule."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from convbound.bounds.errors import InputError
from convbound.bounds.files import check_output, write_folder, write_whole


def test_a_file_is_written_whole_and_its_folders_are_made(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b.json"
    check_output(target)
    assert list(tmp_path.iterdir()) == [], "judging makes nothing"
    write_whole(target, "one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two" and list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("failing", ["replace", "chmod", "open"])
def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    target = tmp_path / "b.json"
    write_whole(target, "before")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, failing, fail)
    with pytest.raises(InputError, match=r"cannot write '.*b\.json': no space left on device\."):
        write_whole(target, "after")
    monkeypatch.undo()
    assert target.read_text(encoding="utf-8") == "before" and list(tmp_path.iterdir()) == [target]


def test_what_interrupts_a_writer_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "b.json"
    write_whole(target, "before")

    def half(temporary: Path) -> None:
        temporary.write_text("half", encoding="utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(target, half)
    assert target.read_text(encoding="utf-8") == "before" and list(tmp_path.iterdir()) == [target]


def test_a_refusal_of_the_writer_is_its_own(tmp_path: Path) -> None:
    def refuse(_: Path) -> None:
        raise InputError("this needs another package.")

    with pytest.raises(InputError, match=r"^this needs another package\.$"):
        write_whole(tmp_path / "x.parquet", refuse)
    assert list(tmp_path.iterdir()) == []


def test_half_a_character_is_written_as_an_escape(tmp_path: Path) -> None:
    write_whole(tmp_path / "x", "\udcff")
    assert (tmp_path / "x").read_bytes() == b"\\udcff"


def test_a_link_is_written_through_and_permissions_are_ordinary(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real" / "x")
    write_whole(tmp_path / "link", "text")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real" / "x").read_text() == "text"
    (tmp_path / "ordinary").write_text("")
    assert (tmp_path / "real" / "x").stat().st_mode == (tmp_path / "ordinary").stat().st_mode


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    path = Path(f"/dev/fd/{writing}")
    if not path.exists():
        pytest.skip("no /dev/fd here")
    check_output(path)
    write_whole(path, "text")
    os.close(writing)
    with os.fdopen(reading, "rb") as reader:
        assert reader.read() == b"text"


BAD = {
    "a folder": (".", "it is a folder"),
    "below a file": ("file/x", "not a directory"),
    "deep below a file": ("file/x/y/z", "not a directory"),
    "a long name": ("x" * 256, "file name too long"),
    "a long folder": ("x" * 256 + "/y", "file name too long"),
    "a long name in a new folder": ("new/" + "x" * 256, "file name too long"),
    "a long path": ("/".join(["x"] * 5000), "file name too long"),
    "a null character": ("x\0y", "null character"),
    "no such device": ("/dev/null/x", "not a directory"),
}


@pytest.mark.parametrize(("name", "reason"), BAD.values(), ids=BAD)
@pytest.mark.parametrize("act", [check_output, lambda path: write_whole(path, "x")], ids=["judged", "written"])
def test_what_cannot_be_written_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, reason: str, act: object
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("kept")
    assert callable(act)
    with pytest.raises(InputError) as problem:
        act(Path(name))
    text = str(problem.value)
    assert text.startswith("cannot write ") and "\n" not in text
    assert reason in text or (name == "." and "is a directory" in text)
    assert (tmp_path / "file").read_text() == "kept"


def test_a_folder_gets_all_of_its_files_or_none(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "certificates"
    check_output(folder, folder=True)
    write_folder(folder, {"x.json": "1", "y.json": "2"})
    (folder / "mine.txt").write_text("kept")
    write_folder(folder, {"x.json": "3"})
    assert {p.name: p.read_text() for p in folder.iterdir()} == {"x.json": "3", "y.json": "2", "mine.txt": "kept"}
    assert list(folder.parent.iterdir()) == [folder]
    with pytest.raises(InputError, match="file name too long"):
        write_folder(folder, {"x.json": "4", "z" * 300: "5"})
    assert (folder / "x.json").read_text() == "3" and list(folder.parent.iterdir()) == [folder]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="it is not a folder"):
        check_output(tmp_path / "file", folder=True)
