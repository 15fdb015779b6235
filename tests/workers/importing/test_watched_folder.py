"""A watched folder on the disk: what counts as a file to take, and moving without ever overwriting."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from pathlib import Path

import pytest

from workers.core.watched_folder import MoveFile, SeenFile, Verdict
from workers.importing.watched_folder import list_files, move_file

NOW = dt.datetime(2026, 11, 22, 0, 15, 12)


def put(folder: Path, name: str, text: str = "x") -> SeenFile:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return SeenFile(name, path.stat().st_size, path.stat().st_mtime_ns)


def move(folder: Path, name: str, to: Verdict, seen: SeenFile | None, why: str = "") -> bool:
    return move_file(folder, MoveFile(name, to, why), seen, lambda: NOW)


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_only_spreadsheets_of_the_folder_itself(tmp_path: Path) -> None:
    seen = put(tmp_path, "a.xlsx")
    for name in ("~$a.xlsx", ".hidden.xlsx", "notes.docx", ".~lock.a.ods#"):
        put(tmp_path, name)
    (tmp_path / "done").mkdir()
    put(tmp_path / "done", "old.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    with contextlib.suppress(OSError, NotImplementedError):  # Windows asks for a right of its own
        os.symlink(tmp_path / "a.xlsx", tmp_path / "link.xlsx")
    assert list_files(tmp_path) == (seen,)
    with pytest.raises(FileNotFoundError):
        list_files(tmp_path / "nowhere")


def test_nothing_is_overwritten_and_a_failure_says_why(tmp_path: Path) -> None:
    for number in range(3):
        assert move(tmp_path, "a.xlsx", Verdict.FAILED, put(tmp_path, "a.xlsx", str(number)), f"reason {number}")
    assert names(tmp_path) == [
        "failed/a-20261122-001512-2.xlsx",
        "failed/a-20261122-001512-2.xlsx.txt",
        "failed/a-20261122-001512.xlsx",
        "failed/a-20261122-001512.xlsx.txt",
        "failed/a.xlsx",
        "failed/a.xlsx.txt",
    ]
    assert (tmp_path / "failed" / "a-20261122-001512.xlsx.txt").read_text(encoding="utf-8") == "reason 1\n"
    assert move(tmp_path, "b.xlsx", Verdict.DONE, put(tmp_path, "b.xlsx"))
    assert (tmp_path / "done" / "b.xlsx").exists()


def test_a_file_that_is_another_by_now_stays(tmp_path: Path) -> None:
    seen = put(tmp_path, "a.xlsx")
    put(tmp_path, "a.xlsx", "something else")
    assert move(tmp_path, "a.xlsx", Verdict.DONE, seen)
    assert names(tmp_path) == ["a.xlsx"]


def test_a_file_that_is_gone_needs_no_move(tmp_path: Path) -> None:
    assert move(tmp_path, "a.xlsx", Verdict.DONE, SeenFile("a.xlsx", 1, 1))
    assert names(tmp_path) == []
