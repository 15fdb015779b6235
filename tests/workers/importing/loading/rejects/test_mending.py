"""Rejects out, mended, dropped back: only those rows, into the same import, and one undo takes all of it back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.errors import UserError
from workers.core.model.options import ImportOptions, Mode, PgType, RejectLimit
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.reject_export import RejectsRequest
from workers.core.model.tasks import InspectRequest
from workers.core.model.undo_report import UndoRequest
from workers.importing.loading.file_import import run_import
from workers.importing.loading.rejects.workbook import run_rejects
from workers.importing.loading.undo.pruning import prune
from workers.importing.loading.undo.undo import run_undo
from workers.importing.rows.rejects_mark import rejects_of
from workers.importing.source_file import SourceFile
from workers.importing.survey.inspect import run_inspect

ROWS: list[list[Any]] = [
    ["Item", "Qty", "Day"],
    ["a", 1, dt.datetime(2026, 1, 1)],
    ["=b", "many", dt.datetime(2026, 1, 2)],
    ["c", "few", dt.datetime(2026, 1, 3)],
    ["d", 4, dt.datetime(2026, 1, 4)],
]
CHOICES: dict[str, Any] = {
    "table": "stock",
    "type_overrides": (("qty", PgType.BIGINT), ("day", PgType.DATE)),
    "max_rejects": RejectLimit(5),
}


def rejects(loader: Loader, outcome: ImportOutcome) -> str:
    """The rejects workbook of an import."""
    path = str(loader.folder / "rejects.xlsx")
    run_rejects(RejectsRequest(str(uuid.uuid4()), outcome.import_id, loader.target, path), RecordingContext())
    return path


def mend(path: str, change: Callable[[Worksheet], object]) -> None:
    """What a person does in a spreadsheet program."""
    book = openpyxl.load_workbook(path)
    assert isinstance(book.active, Worksheet)
    change(book.active)
    book.save(path)


def put(cells: dict[str, Any]) -> Callable[[Worksheet], object]:
    """A change that sets cells."""

    def change(sheet: Worksheet) -> None:
        for place, value in cells.items():
            sheet[place] = value

    return change


def undo(loader: Loader, import_id: str) -> Any:
    return run_undo(UndoRequest(str(uuid.uuid4()), import_id, loader.target), RecordingContext())


def ledger_row(loader: Loader, import_id: str) -> tuple[Any, ...]:
    (row,) = loader.query(
        "SELECT rows_read, rows_loaded, rows_rejected, rows_skipped FROM sheetferry.imports"
        f" WHERE import_id = '{import_id}'"
    )
    return row


def marked(path: str) -> str | None:
    with closing(SourceFile(path)) as source:
        return rejects_of(source)


def test_mended_rows_join_their_import_and_leave_with_it(loader: Loader) -> None:
    first = loader.load_rows(ROWS, name="stock", **CHOICES)
    assert (first.rows_loaded, first.rows_rejected) == (2, 2)
    path = rejects(loader, first)
    mend(path, put({"B2": 2, "B3": 3}))
    assert marked(path) == first.import_id
    second = loader.load_one(path)
    assert second.error is None
    assert (second.import_id, second.state) == (first.import_id, ImportState.LOADED)
    assert (second.rows_read, second.rows_loaded, second.rows_rejected) == (2, 2, 0)
    assert loader.query("SELECT item, qty, day::text, _source_row FROM stock ORDER BY _source_row") == [
        ("a", 1, "2026-01-01", 2),
        ("=b", 2, "2026-01-02", 3),
        ("c", 3, "2026-01-03", 4),
        ("d", 4, "2026-01-04", 5),
    ]
    assert loader.query("SELECT count(DISTINCT _import_id) FROM stock") == [(1,)]
    assert loader.query("SELECT count(*) FROM sheetferry.imports") == [(1,)]
    assert loader.query("SELECT count(*) FROM sheetferry.rejects") == [(0,)]
    assert ledger_row(loader, first.import_id) == (4, 4, 0, 0)
    report = undo(loader, first.import_id)
    assert (report.state, report.rows_kept) == ("undone", 0)
    assert not loader.exists("stock")


def test_a_row_is_mended_once_however_often_the_workbook_comes(loader: Loader) -> None:
    first = loader.load_rows(ROWS, name="stock", **CHOICES)
    path = rejects(loader, first)
    mend(path, put({"B2": 2, "B3": 3}))
    loader.load_one(path)
    again = loader.load_one(path)
    assert again.state is ImportState.UNCHANGED
    assert loader.query("SELECT count(*) FROM stock") == [(4,)]


def test_what_still_does_not_fit_stays_a_reject(loader: Loader) -> None:
    first = loader.load_rows(ROWS, name="stock", **CHOICES)
    path = rejects(loader, first)
    mend(path, put({"B2": 2, "B3": "still few"}))
    refused = loader.load_one(path)
    assert refused.state is ImportState.FAILED
    assert refused.error is not None
    assert (refused.error.kind, refused.error.cell) == ("too-many-rejects", "B4")
    assert ledger_row(loader, first.import_id) == (4, 2, 2, 0)
    partly = loader.load_one(path, max_rejects=RejectLimit(1))
    assert (partly.rows_read, partly.rows_loaded, partly.rows_rejected) == (2, 1, 1)
    assert ledger_row(loader, first.import_id) == (4, 3, 1, 0)
    assert loader.query("SELECT source_row, value FROM sheetferry.rejects") == [(4, "still few")]
    mend(path, put({"B3": 3}))
    assert loader.load_one(path).rows_loaded == 1
    assert loader.query("SELECT sum(qty) FROM stock") == [(10,)]


def test_rows_may_be_sorted_and_left_out(loader: Loader) -> None:
    first = loader.load_rows(ROWS, name="stock", **CHOICES)
    path = rejects(loader, first)

    def only_the_second(sheet: Worksheet) -> None:
        sheet.delete_rows(2)
        sheet["B2"] = 33

    mend(path, only_the_second)
    assert loader.load_one(path).rows_loaded == 1
    assert loader.query("SELECT item, _source_row FROM stock WHERE qty = 33") == [("c", 4)]
    assert ledger_row(loader, first.import_id) == (4, 3, 1, 0)


@pytest.mark.parametrize("place", ["F1", "F2", "A1"])
def test_a_workbook_whose_rows_cannot_be_told_is_refused_whole(loader: Loader, place: str) -> None:
    path = rejects(loader, loader.load_rows(ROWS, name="stock", **CHOICES))
    mend(path, put({"B2": 2, "B3": 3, place: "scribble"}))
    outcome = loader.load_one(path)
    assert outcome.error is not None
    assert outcome.error.kind == "not-mendable"
    assert loader.query("SELECT count(*) FROM stock") == [(2,)]


def test_an_undone_import_takes_no_more_rows(loader: Loader) -> None:
    first = loader.load_rows(ROWS, name="stock", **CHOICES)
    path = rejects(loader, first)
    undo(loader, first.import_id)
    outcome = loader.load_one(path)
    assert outcome.error is not None
    assert outcome.error.kind == "not-in-force"


def test_a_trial_changes_nothing(loader: Loader) -> None:
    first = loader.load_rows(ROWS, name="stock", **CHOICES)
    path = rejects(loader, first)
    mend(path, put({"B2": 2, "B3": 3}))
    assert loader.load_one(path, dry_run=True).rows_loaded == 2
    assert ledger_row(loader, first.import_id) == (4, 2, 2, 0)
    assert loader.query("SELECT count(*) FROM stock") == [(2,)]


def test_the_workbook_is_known_before_it_is_imported(loader: Loader) -> None:
    path = rejects(loader, loader.load_rows(ROWS, name="stock", **CHOICES))
    survey = run_inspect(InspectRequest(str(uuid.uuid4()), path, ImportOptions()), RecordingContext())
    assert [f.code for f in survey.sheets[0].tables[0].findings][:1] == ["mended-rejects"]
    assert marked(str(loader.folder / "stock.xlsx")) is None


@pytest.mark.parametrize("lineage", [True, False])
def test_mended_rows_of_an_upsert_are_merged_and_undone_with_it(loader: Loader, lineage: bool) -> None:
    before: list[list[Any]] = [["Id", "Qty"], [1, 10], [2, 20], [7, 35]]
    loader.load_rows(before, name="old", table="stock", keys=("id",), lineage=lineage)
    changes: list[list[Any]] = [["Id", "Qty"], [1, 11], [2, "x"], [4, "y"], [5, 55]]
    first = loader.load_rows(
        changes,
        name="new",
        table="stock",
        mode=Mode.UPSERT,
        keys=("id",),
        type_overrides=(("qty", PgType.BIGINT),),
        max_rejects=RejectLimit(5),
    )
    assert (first.rows_loaded, first.rows_rejected) == (2, 2)
    path = rejects(loader, first)
    mend(path, put({"B2": 22, "B3": 44}))
    second = loader.load_one(path)
    assert (second.error, second.rows_loaded, second.mode) == (None, 2, "upsert")
    table = "SELECT id, qty FROM stock ORDER BY id"
    assert loader.query(table) == [(1, 11), (2, 22), (4, 44), (5, 55), (7, 35)]
    assert undo(loader, first.import_id).state == "undone"
    assert loader.query(table) == [(1, 10), (2, 20), (7, 35)]


def test_what_can_no_more_be_undone_stays_so(loader: Loader) -> None:
    loader.load_rows([["Id", "Qty"], [1, 10], [2, 20], [7, 35]], name="old", table="stock", keys=("id",))
    changes: list[list[Any]] = [["Id", "Qty"], [1, 11], [2, "x"]]
    first = loader.load_rows(
        changes,
        name="new",
        table="stock",
        mode=Mode.UPSERT,
        keys=("id",),
        type_overrides=(("qty", PgType.BIGINT),),
        max_rejects=RejectLimit(5),
    )
    path = rejects(loader, first)
    mend(path, put({"B2": 22}))
    loader.connection.execute("UPDATE sheetferry_kept.imports SET kept_at = kept_at - interval '31 days'")
    prune(loader.connection, 30, 1 << 30)
    assert loader.load_one(path).rows_loaded == 1
    report = undo(loader, first.import_id)
    assert report.error.kind == "nothing-kept"
    assert loader.query("SELECT id, qty FROM stock ORDER BY id") == [(1, 11), (2, 22), (7, 35)]


def test_every_kind_of_cell_that_was_good_comes_back_as_it_was(loader: Loader) -> None:
    moment, clock, span = dt.datetime(2026, 1, 2, 14, 5, 30), dt.time(9, 30), dt.timedelta(hours=30, minutes=15)
    good: list[Any] = ["  01.50", True, moment, clock, span, 2.5, 7]
    rows: list[list[Any]] = [
        ["Text", "Flag", "At", "Clock", "Span", "Price", "Qty"],
        good,
        [*good[:6], "seven"],
        ["x", False, dt.datetime(2026, 1, 3, 1, 2, 3), dt.time(1, 2, 3), dt.timedelta(hours=1), 0.1, 8],
    ]
    types = ("boolean", "timestamp", "time", "interval", "double precision", "bigint")
    overrides = tuple(zip(("flag", "at", "clock", "span", "price", "qty"), map(PgType, types), strict=True))
    first = loader.load_one(
        mixed_book(loader, rows), table="mixed", type_overrides=overrides, max_rejects=RejectLimit(1)
    )
    assert (first.error, first.rows_rejected) == (None, 1)
    path = rejects(loader, first)
    mend(path, put({"G2": 7}))
    second = loader.load_one(path)
    assert (second.error, second.rows_loaded) == (None, 1)
    same = "SELECT count(*), count(DISTINCT (text, flag, at, clock, span, price, qty)) FROM mixed WHERE _source_row < 4"
    assert loader.query(same) == [(2, 1)]


def mixed_book(loader: Loader, rows: list[list[Any]]) -> str:
    """A workbook with formats for times and durations."""
    path = str(loader.folder / "mixed.xlsx")
    with xlsxwriter.Workbook(path) as book:
        formats = {
            dt.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            dt.time: book.add_format({"num_format": "hh:mm:ss"}),
            dt.timedelta: book.add_format({"num_format": "[h]:mm:ss"}),
        }
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(number, place, value, formats.get(type(value)))
    return path


def test_the_window_s_own_plan_of_the_workbook_does_not_matter(loader: Loader) -> None:
    first = loader.load_rows(ROWS, name="stock", **CHOICES)
    path = rejects(loader, first)
    mend(path, put({"B2": 2, "B3": 3}))
    survey = run_inspect(InspectRequest(str(uuid.uuid4()), path, ImportOptions()), RecordingContext())
    request = loader.request(path)
    request = replace(request, tables=(survey.sheets[0].tables[0],), sha256=survey.sha256)
    (outcome,) = run_import(request, RecordingContext())
    assert (outcome.table, outcome.rows_loaded) == ("public.stock", 2)
    assert not loader.exists("elsewhere")


def refusal(loader: Loader, path: str, **options: Any) -> str:
    """The kind of the error with which a rejects workbook is refused; nothing is loaded of it."""
    before = loader.query("SELECT count(*) FROM stock")
    try:
        error = loader.load_one(path, **options).error
    except UserError as raised:
        error = raised.info
    assert error is not None
    assert loader.query("SELECT count(*) FROM stock") == before
    return error.kind


def test_a_target_that_was_named_is_not_overruled_by_a_mark_in_the_file(loader: Loader) -> None:
    first = loader.load_rows(ROWS, name="stock", **CHOICES)
    path = rejects(loader, first)
    mend(path, put({"B2": 2, "B3": 3}))
    assert refusal(loader, path, table="other") == "other-target"
    assert refusal(loader, path, schema="elsewhere") == "other-target"
    assert refusal(loader, path, mode=Mode.REPLACE) == "other-target"
    assert refusal(loader, path, mended_rejects=False) == "mended-rejects"
    assert not loader.exists("other")
    assert loader.load_one(path, schema="public", table="stock").rows_loaded == 2
