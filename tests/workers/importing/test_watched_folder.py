"""A watched folder on the disk: what counts as a file to take, and moving without ever overwriting."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
from pathlib import Path

import pytest

from workers.core.model.errors import UserError
from workers.core.watched_folder import MoveFile, SeenFile, Verdict
from workers.importing.source_file import SourceFile
from workers.importing.watched_folder import list_files, move_file

NOW = dt.datetime(2026, 11, 22, 0, 15, 12)


def put(folder: Path, name: str, text: str = "x") -> SeenFile:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    status = path.stat()
    return SeenFile(name, status.st_size, status.st_mtime_ns, status.st_ino, status.st_dev, status.st_uid)


def move(folder: Path, name: str, to: Verdict, seen: SeenFile | None, why: str = "") -> bool:
    return move_file(folder, MoveFile(name, to, why), seen, lambda: NOW)


posix = pytest.mark.skipif(sys.platform == "win32", reason="links and owners are a Unix matter")


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


@posix
def test_another_file_of_the_same_size_and_time_stays(tmp_path: Path) -> None:
    seen = put(tmp_path, "a.xlsx", "one")
    put(tmp_path, "b.xlsx", "two")
    os.utime(tmp_path / "b.xlsx", ns=(seen.changed, seen.changed))
    (tmp_path / "b.xlsx").replace(tmp_path / "a.xlsx")
    assert move(tmp_path, "a.xlsx", Verdict.DONE, seen)
    assert names(tmp_path) == ["a.xlsx"]


@posix
@pytest.mark.parametrize("to", [Verdict.DONE, Verdict.FAILED])
def test_nothing_is_moved_through_a_link(tmp_path: Path, to: Verdict) -> None:
    folder, elsewhere = tmp_path / "in", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / to.value).symlink_to(elsewhere)
    seen = put(folder, "a.xlsx")
    with pytest.raises(UserError) as caught:
        move(folder, "a.xlsx", to, seen)
    assert caught.value.info.kind == "not-trusted"
    assert (list(elsewhere.iterdir()), (folder / "a.xlsx").exists()) == ([], True)


@posix
def test_a_place_of_somebody_else_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "done").mkdir()
    seen = put(tmp_path, "a.xlsx")
    monkeypatch.setattr(os, "geteuid", lambda: 12_345)
    with pytest.raises(UserError) as caught:
        move(tmp_path, "a.xlsx", Verdict.DONE, seen)
    assert caught.value.info.kind == "not-trusted"
    assert names(tmp_path) == ["a.xlsx"]


@posix
def test_a_reason_is_never_written_through_a_planted_name(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    folder = tmp_path / "in"
    (folder / "failed").mkdir(parents=True)
    # A dangling or living link under the reason's name counts as a name that is taken.
    (folder / "failed" / "a.xlsx.txt").symlink_to(victim)
    assert move(folder, "a.xlsx", Verdict.FAILED, put(folder, "a.xlsx"), "why")
    assert victim.read_text(encoding="utf-8") == "mine"
    assert (folder / "failed" / "a-20261122-001512.xlsx.txt").read_text(encoding="utf-8") == "why\n"


@posix
def test_a_link_in_the_place_of_the_file_is_not_moved(tmp_path: Path) -> None:
    seen = put(tmp_path, "a.xlsx")
    (tmp_path / "a.xlsx").rename(tmp_path / "other")
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "other")
    assert move(tmp_path, "a.xlsx", Verdict.DONE, seen)
    assert not (tmp_path / "done").exists()


@posix
@pytest.mark.parametrize(("mode", "alone"), [(0o755, False), (0o775, True), (0o757, True)])
def test_where_others_can_write_a_file_may_have_one_name_only(tmp_path: Path, mode: int, alone: bool) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    private = tmp_path / "private.csv"
    private.write_text("a\n1\n", encoding="utf-8")
    os.link(private, folder / "a.csv")
    folder.chmod(mode)
    (seen,) = list_files(folder)
    assert seen.alone is alone
    if alone:
        with pytest.raises(UserError) as caught:
            SourceFile(folder / "a.csv", seen.stamp(), follow=False)
        assert caught.value.info.kind == "not-trusted"
    else:
        SourceFile(folder / "a.csv", seen.stamp(), follow=False).close()
