"""A sheet that another worker reads arrives just as when one worker does everything, whatever becomes of the other."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.errors import Cancelled
from workers.core.model.options import ImportOptions, Mode, PgType
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.prefetch_request import AheadRequest, Meeting
from workers.core.model.tasks import InspectRequest, Progress
from workers.importing.loading.file_import import run_import
from workers.importing.loading.prefetch.reader import run_ahead
from workers.importing.loading.prefetch.wire import PackedBatch
from workers.importing.reading.xlsx import reader
from workers.importing.rows import sheet_rows
from workers.importing.survey.inspect import run_inspect
from workers.system.local_link import LinkListener

ROWS = 4_300
HEAD_CELLS = 4_000
WORDS = ("lantern", "union flag", "cream coat", "", "N/A", "#N/A", " spaced ")


@pytest.fixture(autouse=True)
def row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets that are read in blocks need no second worker that reads them row by row."""
    monkeypatch.setattr(reader, "BLOCKS_FROM", 1 << 40)


class Reader(RecordingContext):
    """The other worker's context; it leaves after so many looks at whether it should."""

    def __init__(self, looks: int | None) -> None:
        super().__init__()
        self.looks = looks

    def check(self) -> None:
        if self.looks is not None:
            self.looks -= 1
            if self.looks < 0:
                raise Cancelled


class Helped(RecordingContext):
    """A context whose pool sends somebody, who really reads, on a thread."""

    def __init__(self, folder: Path, looks: int | None = None, *, comes: bool = True) -> None:
        super().__init__()
        self.asked = 0
        self._folder = folder
        self._looks = looks
        self._comes = comes
        self._threads: list[threading.Thread] = []

    def assistant(self, request: Callable[[Meeting], AheadRequest]) -> LinkListener:
        self.asked += 1
        listener = LinkListener(self._folder / f"listener-{self.asked}")
        if self._comes:
            self._threads.append(threading.Thread(target=self._read, args=(request(listener.meeting),), daemon=True))
            self._threads[-1].start()
        else:
            listener.give_up()
        return listener

    def _read(self, request: AheadRequest) -> None:
        try:
            run_ahead(request, Reader(self._looks))
        except Cancelled:
            return

    def all_left(self) -> bool:
        for thread in self._threads:
            thread.join(10.0)
        return not any(thread.is_alive() for thread in self._threads)


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each batch had that went over the line; heads are small here."""
    monkeypatch.setattr(sheet_rows.read_head, "__defaults__", (HEAD_CELLS,))
    sizes: list[int] = []
    batch = PackedBatch.batch

    def counted(self: PackedBatch) -> Any:
        sizes.append(len(self.rows))
        return batch(self)

    monkeypatch.setattr(PackedBatch, "batch", counted)
    return sizes


def load(loader: Loader, path: str, context: RecordingContext, **options: Any) -> ImportOutcome:
    request = replace(loader.request(path, **options), share_from=0)
    (outcome,) = run_import(request, context)
    return outcome


def seen(loader: Loader, outcome: ImportOutcome) -> tuple[Any, ...]:
    """All that an import leaves behind and says, but for what is another each time."""
    told = replace(outcome, import_id="", table="", seconds=0.0)
    if outcome.table is None or outcome.state is not ImportState.LOADED or not loader.exists(outcome.table):
        return told, None, None, None
    name = outcome.table.split(".")[1]
    rows = loader.query(f"SELECT to_jsonb(t) - '_import_id' FROM {name} t ORDER BY _source_row")
    key = loader.query(f"SELECT content_key FROM sheetferry.imports WHERE import_id = '{outcome.import_id}'")
    return told, rows, loader.types(name), key


def both(loader: Loader, path: str, context: Helped, **options: Any) -> ImportOutcome:
    """Import alone and helped; all has to be the same. Gives the helped one's outcome."""
    alone = load(loader, path, RecordingContext(), table="alone", again=True, lineage=True, **options)
    helped = load(loader, path, context, table="helped", again=True, lineage=True, **options)
    assert seen(loader, helped) == seen(loader, alone)
    assert context.all_left()
    return helped


def order_lines(rows: int, seed: int = 1) -> list[list[Any]]:
    chance = random.Random(seed)
    start = dt.datetime(2011, 1, 1)
    lines: list[list[Any]] = [["Invoice", "Code", "Words", "Quantity", "Moment", "Day", "Price", "Customer", "Flag"]]
    for number in range(rows):
        lines.append(
            [
                f"C{number}" if chance.random() < 0.02 else 536_365 + number // 20,
                chance.choice(["85123A", 22752, "00420"]),
                chance.choice(WORDS),
                chance.choice([-1, 0, 1, 12]),
                start + dt.timedelta(minutes=30 * number),
                dt.datetime(2020, 1, 1) + dt.timedelta(days=number % 400),
                round(chance.random() * 99, 2),
                chance.choice([None, 12_346, 0]),
                chance.choice([True, False, None]),
            ]
        )
    return lines


def test_ordinary_rows(loader: Loader, packed: list[int], tmp_path: Path) -> None:
    outcome = both(loader, loader.book("book", Data=order_lines(ROWS)), Helped(tmp_path))
    assert outcome.state is ImportState.LOADED
    assert sum(packed) == outcome.rows_read == ROWS


@pytest.mark.parametrize("looks", [0, 1, 2, 3])
def test_a_reader_that_leaves_half_way_leaves_no_gap(
    loader: Loader, packed: list[int], tmp_path: Path, looks: int
) -> None:
    outcome = both(loader, loader.book("book", Data=order_lines(ROWS)), Helped(tmp_path, looks))
    assert outcome.rows_loaded == ROWS
    assert sum(packed) < ROWS


def test_where_nobody_comes_the_loader_reads_alone(loader: Loader, packed: list[int], tmp_path: Path) -> None:
    context = Helped(tmp_path, comes=False)
    assert both(loader, loader.book("book", Data=order_lines(ROWS)), context).rows_loaded == ROWS
    assert context.asked == 1
    assert not packed


def test_small_files_and_other_formats_are_not_shared(loader: Loader, packed: list[int], tmp_path: Path) -> None:
    context = Helped(tmp_path)
    request = loader.request(loader.book("book", Data=order_lines(50)), table="small")
    run_import(request, context)
    (tmp_path / "lines.csv").write_text("a,b\n1,2\n3,4\n")
    run_import(replace(loader.request(str(tmp_path / "lines.csv")), share_from=0), context)
    assert context.asked == 0


def test_a_sheet_that_is_over_before_its_head(loader: Loader, packed: list[int], tmp_path: Path) -> None:
    assert both(loader, loader.book("book", Data=order_lines(20)), Helped(tmp_path)).rows_loaded == 20
    assert not packed


LATE: dict[str, Callable[[list[list[Any]]], list[list[Any]]]] = {
    "a text among numbers": lambda lines: [*lines, [1, 2, 3, "many", lines[1][4], None, 1.5, None, True]],
    "a fraction among whole numbers": lambda lines: [*lines, [1, 2, "x", 2.5, lines[1][4], lines[1][5], 1, 2, None]],
    "a time of day among days": lambda lines: [
        *lines,
        [1, 2, "x", 3, lines[1][4], dt.datetime(2024, 5, 6, 7, 8, 9), 1, 2, None],
    ],
    "a total": lambda lines: [*lines, ["Total", None, None, 4711, None, None, 99.5, None, None]],
    "a footnote after a gap": lambda lines: [*lines, [], ["Source: the till"]],
    "a second table": lambda lines: [*lines, [], [], ["Name", "Age"], ["Ann", 31], ["Bob", 27]],
    "a cell right of the table": lambda lines: [*lines, [*lines[1], None, "beyond"]],
    "blank rows": lambda lines: [*lines[:3000], *[[] for _ in range(70)], *lines[3000:], *[[] for _ in range(9)]],
    "whole numbers of twenty digits": lambda lines: [*lines, [1, 2, "x", "1" * 20, lines[1][4], None, 1, 2, None]],
}


@pytest.mark.parametrize("late", LATE)
def test_what_only_the_end_of_the_sheet_tells(loader: Loader, packed: list[int], tmp_path: Path, late: str) -> None:
    path = loader.book("book", Data=LATE[late](order_lines(ROWS)))
    context, alone = Helped(tmp_path), RecordingContext()
    mine = run_import(replace(loader.request(path, table="a", again=True, lineage=True), share_from=0), alone)
    theirs = run_import(replace(loader.request(path, table="b", again=True, lineage=True), share_from=0), context)
    assert [seen(loader, o) for o in theirs] == [seen(loader, o) for o in mine]
    assert context.all_left()
    assert packed


@pytest.mark.parametrize(
    "options",
    [
        {"hidden": "skip"},
        {"fill_down": ("customer",)},
        {"errors": "text"},
        {"types": "text"},
        {"types": "cells"},
        {"null_tokens": ("union flag",)},
        {"type_overrides": (("code", PgType.BIGINT),), "max_rejects": 100_000},
        {"mode": Mode.REPLACE},
        {"cell_range": "A1:D4000"},
        {"sheets": ("Data",), "keys": ("moment",), "mode": Mode.UPSERT},
        {"dry_run": True},
        {"atomic": True},
    ],
    ids=lambda options: next(iter(options)),
)
def test_with_options(loader: Loader, packed: list[int], tmp_path: Path, options: dict[str, Any]) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(order_lines(ROWS)):
            sheet.write_row(number, 0, row)
            if number % 50 == 7:
                sheet.set_row(number, None, None, {"hidden": True})
        sheet.write_formula(40, 6, "=1/0", None, "#DIV/0!")
        sheet.write_formula(4_200, 6, "=1/0", None, "#DIV/0!")
    both(loader, str(path), Helped(tmp_path), **options)


def test_a_table_that_was_confirmed(loader: Loader, packed: list[int], tmp_path: Path) -> None:
    path = loader.book("book", Data=[["Prices of May"], [], *order_lines(ROWS)])
    survey = run_inspect(InspectRequest("i", path, ImportOptions()), RecordingContext())
    tables = tuple(plan for sheet in survey.sheets for plan in sheet.tables)
    made = []
    for name, context in (("alone", RecordingContext()), ("helped", Helped(tmp_path))):
        request = loader.request(path, table=name, again=True, lineage=True)
        (outcome,) = run_import(replace(request, tables=tables, sha256=survey.sha256, share_from=0), context)
        made.append(seen(loader, outcome))
    assert made[0] == made[1]
    assert sum(packed) == ROWS


def test_a_file_that_was_changed_since_it_was_confirmed(loader: Loader, packed: list[int], tmp_path: Path) -> None:
    path = loader.book("book", Data=order_lines(ROWS))
    survey = run_inspect(InspectRequest("i", path, ImportOptions()), RecordingContext())
    tables = tuple(plan for sheet in survey.sheets for plan in sheet.tables)
    loader.book("book", Data=order_lines(ROWS + 10, seed=2))
    request = replace(loader.request(path, table="t"), tables=tables, sha256=survey.sha256, share_from=0)
    (outcome,) = run_import(request, Helped(tmp_path))
    assert outcome.rows_loaded == ROWS + 10
    assert "file-changed" in {finding.code for finding in outcome.warnings}


def test_the_reader_may_have_another_file_before_it(
    loader: Loader, packed: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = loader.book("book", Data=order_lines(ROWS))
    ask = Helped.assistant

    def ask_with_another_stamp(self: Helped, request: Callable[[Meeting], AheadRequest]) -> LinkListener:
        def other(meeting: Meeting) -> AheadRequest:
            asked = request(meeting)
            return replace(asked, stamp=replace(asked.stamp, size=asked.stamp.size + 1))

        return ask(self, other)

    monkeypatch.setattr(Helped, "assistant", ask_with_another_stamp)
    assert both(loader, path, Helped(tmp_path)).rows_loaded == ROWS
    assert not packed


def _rewritten(path: str, change: Callable[[bytes], bytes]) -> str:
    """The workbook with its first sheet's XML changed."""
    data = io.BytesIO(Path(path).read_bytes())
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            new.writestr(item, change(content) if item.filename.endswith("sheet1.xml") else content)
    return path


ODD: dict[str, Callable[[bytes], bytes]] = {
    "no row numbers": lambda xml: re.sub(rb'<row r="\d+"', b"<row", xml),
    "no cell addresses": lambda xml: re.sub(rb'<c r="[A-Z]+\d+"', b"<c", xml),
    "cut in the middle": lambda xml: xml[: len(xml) * 2 // 3],
    "a broken cell late in the sheet": lambda xml: xml.replace(b'<c r="D4200"><v>', b'<c r="D4200"><v>x', 1),
    "rows out of order": lambda xml: xml.replace(b'<row r="4000"', b'<row r="12"', 1),
    "a lone surrogate": lambda xml: xml.replace(b'<c r="D4200"><v>', b'<c r="D4200" t="str"><v>_xD800_', 1),
    "an error's text": lambda xml: xml.replace(b'<c r="D4100"><v>', b'<c r="D4100" t="str"><v>#REF!</v></c><c><v>', 1),
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_and_damaged_sheets(loader: Loader, packed: list[int], tmp_path: Path, odd: str) -> None:
    path = _rewritten(loader.book("book", Data=order_lines(ROWS)), ODD[odd])
    both(loader, path, Helped(tmp_path))


def test_a_cancelled_import_lets_its_reader_go(loader: Loader, packed: list[int], tmp_path: Path) -> None:
    context = Helped(tmp_path)

    def late(progress: Progress) -> bool:
        return progress.rows > 2_000

    context.cancel_when = late
    with pytest.raises(Cancelled):
        load(loader, loader.book("book", Data=order_lines(ROWS)), context, table="t")
    assert context.all_left()
    assert not loader.exists("t")


_CELL = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.booleans(),
    st.sampled_from(["a", "12", "1.50", "2024-05-06", "#N/A", "n/a", "ä\u0308", "x" * 50]),
    st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2040, 1, 1)).map(lambda m: m.replace(microsecond=0, fold=0)),
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    bodies=st.lists(st.lists(_CELL, min_size=3, max_size=3), min_size=1, max_size=12),
    ends=st.lists(st.lists(_CELL, min_size=0, max_size=4), max_size=4),
    looks=st.sampled_from([None, None, 2, 3]),
)
def test_any_sheet(
    loader: Loader,
    packed: list[int],
    tmp_path: Path,
    bodies: list[list[Any]],
    ends: list[list[Any]],
    looks: int | None,
) -> None:
    repeated = [bodies[number % len(bodies)] for number in range(2_600)]
    path = loader.book("book", Data=[["one", "two", "three"], *repeated, *ends])
    mine = run_import(
        replace(loader.request(path, again=True, lineage=True, table="a", mode=Mode.REPLACE), share_from=0),
        RecordingContext(),
    )
    context = Helped(tmp_path, looks)
    theirs = run_import(
        replace(loader.request(path, again=True, lineage=True, table="b", mode=Mode.REPLACE), share_from=0), context
    )
    assert context.all_left()
    assert [seen(loader, o) for o in theirs] == [seen(loader, o) for o in mine]
    for name in ("a", "b", "a_2", "b_2", "a_3", "b_3"):
        loader.connection.execute(f"DROP TABLE IF EXISTS {name}".encode())
