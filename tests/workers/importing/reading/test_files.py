"""Files as they are."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from workers.core.model.errors import UserError
from workers.importing.files import expand_paths, explain_os_error, is_cloud_placeholder, open_descriptor
from workers.importing.memory_estimate import BASE, estimate_memory


def kind_of(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        open_descriptor(str(path))
    return caught.value.info.kind


def test_missing_and_folders(tmp_path: Path) -> None:
    assert kind_of(tmp_path / "none.xlsx") == "not-found"
    assert kind_of(tmp_path) == "not-a-workbook"
    assert kind_of(tmp_path / "nul\0byte") == "not-found"


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes in folders are a Unix matter")
def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert kind_of(tmp_path / "pipe.xlsx") == "not-a-workbook"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "closed.xlsx"
    path.write_bytes(b"x")
    path.chmod(0)
    assert kind_of(path) == "no-permission"


def test_sentences_for_system_errors() -> None:
    assert explain_os_error(PermissionError(13, "denied"), "/x/a.xlsx").info.kind == "no-permission"
    busy = OSError(16, "busy")
    assert explain_os_error(busy, "/x/a.xlsx").info.kind == "in-use"
    assert "a.xlsx" in explain_os_error(OSError(5, "I/O error"), "/x/a.xlsx").info.message


def test_cloud_placeholders(tmp_path: Path) -> None:
    placeholder = tmp_path / ".book.xlsx.icloud"
    placeholder.write_bytes(b"bplist")
    assert is_cloud_placeholder(placeholder, placeholder.stat())
    assert kind_of(placeholder) == "cloud-placeholder"
    assert kind_of(tmp_path / "book.xlsx") == "cloud-placeholder"


def test_folders_are_searched_and_litter_is_skipped(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    hidden = tmp_path / ".hidden"
    inner.mkdir()
    hidden.mkdir()
    for path in (
        tmp_path / "b.xlsx",
        tmp_path / "a.CSV",
        tmp_path / "~$b.xlsx",
        tmp_path / ".c.xlsx",
        tmp_path / "notes.docx",
        inner / "d.ods",
        hidden / "e.xlsx",
    ):
        path.write_bytes(b"x")
    found = expand_paths([tmp_path, tmp_path / "b.xlsx", tmp_path / "missing.xlsx"])
    assert [Path(p).name for p in found] == ["a.CSV", "b.xlsx", "d.ods", "missing.xlsx"]


def test_a_folder_without_spreadsheets_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_bytes(b"x")
    with pytest.raises(UserError) as caught:
        expand_paths([tmp_path])
    assert caught.value.info.kind == "no-data"
    assert str(tmp_path) in caught.value.info.message


def test_memory_estimates(tmp_path: Path) -> None:
    text = tmp_path / "a.csv"
    text.write_text("a,b\n1,2\n")
    assert estimate_memory(tmp_path / "none.xlsx") == BASE
    assert BASE < estimate_memory(text) < 200 << 20
