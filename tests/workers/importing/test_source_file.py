"""One opening of a file: what is hashed, looked at and loaded is the same, whatever happens to its path meanwhile."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.workers.importing.reading.making import write_parts, xlsx_parts
from workers.core.model.errors import UserError
from workers.importing.reading.opening import open_workbook
from workers.importing.source_file import SourceFile

posix = pytest.mark.skipif(sys.platform == "win32", reason="there an open file cannot be replaced")


def book(path: Path, value: int) -> Path:
    row = f'<row r="1"><c r="A1"><v>{value}</v></c></row>'
    return write_parts(path, xlsx_parts(row))


@pytest.fixture
def source(tmp_path: Path) -> Iterator[SourceFile]:
    with closing(SourceFile(book(tmp_path / "a.xlsx", 1))) as opened:
        yield opened


def kind_of(source: SourceFile) -> str:
    with pytest.raises(UserError) as caught:
        source.verify()
    return caught.value.info.kind


def test_identity_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 3_000_000)
    with closing(SourceFile(path)) as source:
        identity = source.identify()
        source.verify()
    assert identity.size == 3_000_000
    assert identity.sha256 == hashlib.sha256(b"x" * 3_000_000).hexdigest()


def test_hashing_can_be_stopped(source: SourceFile) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        source.identify(stop)


def test_two_readings_have_places_of_their_own(source: SourceFile) -> None:
    with source.stream() as one, source.stream() as other:
        head = one.read(4)
        assert other.read(4) == head
        assert one.seek(0, os.SEEK_END) == source.size
        assert one.seek(-source.size, os.SEEK_CUR) == 0
        assert one.read() == other.seek(0) * b"" + Path(source.path).read_bytes()
        with pytest.raises(OSError, match="Invalid"):
            one.seek(-1)


def test_a_closed_file_is_not_read_on_under_its_number(source: SourceFile) -> None:
    with source.stream() as reading:
        source.close()
        assert source.closed
        with pytest.raises(OSError, match="descriptor"):
            reading.read(1)


@posix
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_rows_come_from_the_file_that_was_hashed_though_its_path_leads_elsewhere(tmp_path: Path, suffix: str) -> None:
    path, other = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    for each, value in ((path, 1), (other, 2)):
        if suffix == "csv":
            each.write_text(f"{value}\n{value}\n")
        else:
            book(each, value)
    with closing(SourceFile(path)) as source:
        source.identify()
        other.replace(path)
        with closing(open_workbook(source)) as workbook:
            first = next(workbook.rows(workbook.sheets[0]))
        source.verify()
    assert [str(cell) for cell in first] == ["1"]


@posix
def test_where_libraries_open_by_name_another_file_is_noticed(
    source: SourceFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.importing.source_file._NAMED_DESCRIPTORS", tmp_path / "none")
    assert source.name_for_libraries() == source.path
    book(tmp_path / "b.xlsx", 2).replace(source.path)
    with pytest.raises(UserError) as caught:
        open_workbook(source)
    assert caught.value.info.kind == "in-use"


def test_what_is_written_meanwhile_is_noticed(source: SourceFile) -> None:
    source.identify()
    with open(source.path, "r+b") as file:
        file.write(b"x")
    os.utime(source.path, ns=(1, 1))
    assert kind_of(source) == "in-use"


@posix
def test_a_time_that_was_set_back_does_not_hide_a_change(source: SourceFile) -> None:
    source.identify()
    with open(source.path, "r+b") as file:
        file.write(b"x")
    os.utime(source.path, ns=(source.stamp.changed, source.stamp.changed))
    assert kind_of(source) == "in-use"


@posix
def test_another_name_or_mode_is_no_change(source: SourceFile) -> None:
    source.identify()
    os.chmod(source.path, 0o600)
    os.rename(source.path, source.path + ".moved")
    source.verify()


@posix
def test_the_expected_file_and_no_other(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", 1)
    with closing(SourceFile(path)) as first:
        stamp = first.stamp
    SourceFile(path, stamp, follow=False).close()
    book(tmp_path / "b.xlsx", 2).replace(path)
    with pytest.raises(UserError) as caught:
        SourceFile(path, stamp, follow=False)
    assert caught.value.info.kind == "in-use"


@posix
def test_no_link_is_followed_where_none_may_be(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", 1)
    (tmp_path / "link.xlsx").symlink_to(path)
    SourceFile(tmp_path / "link.xlsx").close()
    with pytest.raises(UserError):
        SourceFile(tmp_path / "link.xlsx", follow=False)
