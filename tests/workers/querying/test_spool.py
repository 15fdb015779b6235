from __future__ import annotations

import itertools
import os
import stat
import time
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.model.errors import EnvironmentFailure, UserError
from workers.core.query.columns import ResultColumn
from workers.core.query.outcome import StatementState
from workers.querying.spool import writer
from workers.querying.spool.meta import INDEX, ResultMeta
from workers.querying.spool.reader import SpoolReader
from workers.querying.spool.rows import count_rows, format_fields, format_row, parse_rows, whole_length
from workers.querying.spool.shelf import OpenResult, ResultShelf

_VALUES = st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_characters="\0")))
_ROWS = st.lists(st.lists(_VALUES, min_size=3, max_size=3))


def meta(result_id: str, created: float = 1.0, columns: int = 2) -> ResultMeta:
    names = tuple(ResultColumn(f"c{n}", "text") for n in range(columns))
    return ResultMeta(result_id, "q", 1, "select", "db", names, created=created)


def filled(shelf: ResultShelf, result_id: str, size: int, created: float) -> OpenResult:
    opened = shelf.create(meta(result_id, created))
    opened.writer.take([b"x" * (size - 2) + b",\n"])
    opened.close(StatementState.DONE, 1.0)
    return opened


def fill(opened: OpenResult, row: bytes) -> None:
    for _ in range(100):
        opened.writer.take([row])


@given(_ROWS)
def test_rows_come_back_as_they_were(rows: list[list[str | None]]) -> None:
    block = b"".join(map(format_row, rows))
    assert block == b"".join(format_fields([None if v is None else v.encode() for v in row]) for row in rows)
    texts = [tuple(None if v is None else v.decode() for v in row) for row in parse_rows(block)]
    assert texts == [tuple(row) for row in rows]
    assert count_rows(block) == len(rows)
    assert whole_length(block) == len(block)


@given(_ROWS, st.integers(min_value=0))
def test_a_block_that_is_cut_keeps_its_whole_rows(rows: list[list[str | None]], at: int) -> None:
    pieces = list(map(format_row, rows))
    block = b"".join(pieces)
    cut = block[: at % (len(block) + 1)]
    whole = whole_length(cut)
    assert count_rows(cut[:whole]) == count_rows(cut)
    assert block[:whole] == b"".join(pieces[: count_rows(cut)])


def test_null_and_an_empty_text_differ_also_alone_on_a_line() -> None:
    assert parse_rows(b'\n""\n') == [(None,), (b"",)]


@given(st.lists(st.lists(st.integers(min_value=1, max_value=40), max_size=60), max_size=12))
def test_the_index_points_to_rows_however_they_come(batches: list[list[int]]) -> None:
    patch = pytest.MonkeyPatch()
    patch.setattr(writer, "STRIDE_ROWS", 7)
    patch.setattr(writer, "STRIDE_BYTES", 50)
    folder = Path(os.environ["SHEETFERRY_HOME"]) / f"index-{time.monotonic_ns()}"
    folder.mkdir()
    try:
        spool = writer.SpoolWriter(folder)
        sizes = [0]
        for batch in batches:
            spool.take([b"x" * (size - 1) + b"\n" for size in batch])
            sizes += batch
        spool.close()
    finally:
        patch.undo()
    offsets = [sum(sizes[: n + 1]) for n in range(len(sizes))]
    numbers = array("Q", (folder / INDEX).read_bytes())
    marks = list(zip(numbers[::2], numbers[1::2], strict=True))
    assert marks[0] == (0, 0)
    assert all(offsets[row] == offset for row, offset in marks)
    for (row, offset), (later, after) in itertools.pairwise(marks):
        assert 0 < later - row <= 7
        assert after - offset < 50 + 40
    assert spool.rows == sum(map(len, batches))


def test_pages_are_read_from_anywhere_and_while_rows_come(tmp_path: Path) -> None:
    shelf = ResultShelf(tmp_path, 1 << 30)
    opened = shelf.create(meta("r"))
    with shelf.open("r") as reader:
        assert (reader.count(), reader.page(0, 10)) == (0, [])
        opened.writer.take([format_row([str(n), None if n % 3 else ""]) for n in range(1000)])
        assert reader.count() == 1000
        assert reader.page(700, 2) == [("700", None), ("701", None)]
        opened.writer.take([format_row([str(n), "a\nb"]) for n in range(1000, 1500)])
        assert reader.page(999, 3) == [("999", ""), ("1000", "a\nb"), ("1001", "a\nb")]
        assert reader.page(1499, 5) == [("1499", "a\nb")]
        assert reader.page(1500, 5) == []
        opened.close(StatementState.DONE, 2.0)
        assert (reader.count(), reader.meta.state) == (1500, StatementState.DONE)
        assert sum(map(len, reader.batches())) == 1500


def test_a_large_cell_is_cut_for_the_screen_and_whole_on_disk(tmp_path: Path) -> None:
    shelf = ResultShelf(tmp_path, 1 << 30)
    opened = shelf.create(meta("r", columns=1))
    opened.writer.take([format_row(["ä" * 3_000_000]), format_row(["after"])])
    opened.close(StatementState.DONE, 1.0)
    with shelf.open("r") as reader:
        assert reader.page(0, 2, cell_limit=10) == [("ä" * 10 + "…",), ("after",)]
        assert len(reader.page(0, 1)[0][0] or "") == 3_000_000
        assert sum(map(len, reader.batches())) == 2


def test_results_can_be_read_by_their_owner_only(tmp_path: Path) -> None:
    shelf = ResultShelf(tmp_path / "results", 1 << 30)
    folder = filled(shelf, "r", 100, 1.0).folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_the_oldest_result_goes_first_and_pinned_ones_stay(tmp_path: Path) -> None:
    shelf = ResultShelf(tmp_path, 1 << 30)
    for n in range(4):
        filled(shelf, f"r{n}", 1000, float(n))
    shelf.pin("r0")
    shelf.quota = 2500
    assert shelf.sweep() == ["r1", "r2"]
    assert [result.meta.result_id for result in shelf.results()] == ["r3", "r0"]
    shelf.pin("r0", pinned=False)
    shelf.quota = 1500
    assert shelf.sweep() == ["r0"]


def test_a_result_makes_room_for_itself_and_stops_at_the_quota(tmp_path: Path) -> None:
    shelf = ResultShelf(tmp_path, 40 << 20)
    filled(shelf, "old", 30 << 20, 1.0)
    opened = shelf.create(meta("new", 2.0))
    row = b"x" * ((1 << 20) - 2) + b",\n"
    with pytest.raises(EnvironmentFailure) as caught:
        fill(opened, row)
    opened.close(StatementState.FAILED, 1.0)
    assert caught.value.info.kind == "results-full"
    assert [result.meta.result_id for result in shelf.results()] == ["new"]
    assert shelf.total() < 60 << 20


def test_an_open_result_is_not_taken_away(tmp_path: Path) -> None:
    shelf = ResultShelf(tmp_path, 10)
    opened = shelf.create(meta("r"))
    opened.writer.take([b"x,\n" * 100])
    assert shelf.sweep() == []
    shelf.remove("r")
    opened.close(StatementState.DONE, 1.0)
    assert shelf.sweep() == ["r"]


def test_a_result_whose_worker_died_is_brought_to_its_end_with_its_whole_rows(tmp_path: Path) -> None:
    shelf = ResultShelf(tmp_path, 1 << 30)
    opened = shelf.create(meta("r"))
    opened.writer.take([format_row([str(n), "x"]) for n in range(300)])
    os.write(opened.writer._data, b'300,"half a r')
    opened.abandon()
    found = shelf.mend("r", StatementState.INCOMPLETE)
    assert found is not None
    assert (found.state, found.rows) == (StatementState.INCOMPLETE, 300)
    with SpoolReader(tmp_path / "r") as reader:
        assert reader.page(299, 5) == [("299", "x")]
    assert shelf.mend("nothing", StatementState.INCOMPLETE) is None


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".", "a b"])
def test_what_is_no_id_is_no_path_either(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError):
        ResultShelf(tmp_path, 1).folder(name)


def test_a_result_of_a_newer_program_is_not_read(tmp_path: Path) -> None:
    shelf = ResultShelf(tmp_path, 1 << 30)
    folder = filled(shelf, "r", 100, 1.0).folder
    path = folder / "result.json"
    path.write_text(path.read_text().replace('"version": 1', '"version": 99'))
    with pytest.raises(EnvironmentFailure) as caught:
        shelf.open("r")
    assert caught.value.info.kind == "result-broken"


def test_what_programs_that_are_gone_have_left_is_brought_to_its_end(tmp_path: Path) -> None:
    shelf = ResultShelf(tmp_path, 1 << 30)
    opened = shelf.create(meta("r"))
    opened.writer.take([format_row(["1", "x"])])
    opened.abandon()
    debris = tmp_path / ".gone"
    debris.mkdir()
    os.utime(debris, (0, 0))
    fresh = tmp_path / ".fresh"
    fresh.mkdir()
    assert shelf.sweep() == []
    (result,) = shelf.results()
    assert (result.meta.state, result.meta.rows) == (StatementState.INCOMPLETE, 1)
    assert not debris.exists()
    assert fresh.exists()


def test_there_are_never_too_many_results_to_look_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.querying.spool.shelf.MOST", 3)
    shelf = ResultShelf(tmp_path, 1 << 30)
    for n in range(6):
        filled(shelf, f"r{n}", 10, float(n))
    assert {result.meta.result_id for result in shelf.results()} <= {"r2", "r3", "r4", "r5"}


def test_a_result_of_a_second_run_gets_an_id_of_its_own(tmp_path: Path) -> None:
    shelf = ResultShelf(tmp_path, 1 << 30)
    assert [filled(shelf, "r", 10, float(n)).meta.result_id for n in range(3)] == ["r", "r-2", "r-3"]
