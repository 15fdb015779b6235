"""A workbook becomes a new table."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.workers.importing.loading.conftest import Loader
from workers.core.model.errors import Cancelled
from workers.core.model.options import HeaderChoice, ImportOptions, PgType, RejectLimit
from workers.core.model.outcomes import ImportState
from workers.core.model.tasks import ImportRequest
from workers.importing.loading.file_import import run_import
from workers.importing.rows import sheet_rows

STAFF: list[list[Any]] = [
    ["Name", "Born", "Hours", "Rate", "Paid"],
    ["Ada", dt.datetime(1990, 5, 1), 38, 41.5, True],
    ["Bo", dt.datetime(1985, 12, 24), 20, 30, False],
    ["Cy", None, 12, 28.25, True],
]


def test_rows_types_lineage_and_comments_arrive(loader: Loader) -> None:
    outcome = loader.load_rows(STAFF, table="staff")
    assert outcome.state is ImportState.LOADED, outcome.error
    assert (outcome.rows_read, outcome.rows_loaded, outcome.table) == (3, 3, "public.staff")
    assert loader.types("staff") == {
        "name": "text",
        "born": "date",
        "hours": "bigint",
        "rate": "double precision",
        "paid": "boolean",
    }
    assert loader.query("SELECT name, born, hours, rate, paid, _source_row FROM staff ORDER BY 1") == [
        ("Ada", dt.date(1990, 5, 1), 38, 41.5, True, 2),
        ("Bo", dt.date(1985, 12, 24), 20, 30.0, False, 3),
        ("Cy", None, 12, 28.25, True, 4),
    ]
    assert {str(i) for (i,) in loader.query("SELECT DISTINCT _import_id FROM staff")} == {outcome.import_id}
    assert loader.query("SELECT col_description('staff'::regclass, 3)") == [("Hours",)]
    assert loader.query("SELECT count(*) FROM pg_attrdef") == [(0,)] or not loader.query(
        "SELECT 1 FROM pg_attrdef WHERE adrelid = 'staff'::regclass"
    )


def test_the_ledger_row_tells_the_same_as_the_outcome(loader: Loader) -> None:
    outcome = loader.load_rows(STAFF, table="staff")
    found = loader.query(
        "SELECT import_id::text, state, rows_read, rows_loaded, target_oid = 'staff'::regclass, xid::text,"
        " committed_at >= started_at, length(content_key) FROM sheetferry.imports"
    )
    assert found == [(outcome.import_id, "loaded", 3, 3, True, loader.context.backends[0].xid, True, 66)]
    assert loader.context.outcomes == [outcome]
    assert loader.context.ended == [outcome.import_id]


def test_sums_of_workbook_and_table_are_in_the_receipt(loader: Loader) -> None:
    outcome = loader.load_rows(STAFF, table="staff")
    hours = next(s for s in outcome.sums if s.name == "hours")
    assert hours.workbook == hours.table == ("70", "12", "38")
    assert next(s for s in outcome.sums if s.name == "rate").workbook == ("99.75", "28.25", "41.5")


def test_several_sheets_become_several_tables_named_after_them(loader: Loader) -> None:
    path = loader.book("shop", Orders=STAFF, Empty=[], Returns=STAFF[:2])
    assert [o.table for o in loader.load(path)] == ["public.shop_orders", "public.shop_returns"]


def test_a_table_that_exists_is_refused_with_the_next_step(loader: Loader) -> None:
    loader.load_rows(STAFF, table="staff")
    outcome = loader.load_rows([*STAFF, ["Di", None, 1, 1, True]], name="other", table="staff")
    assert outcome.state is ImportState.FAILED
    assert outcome.error
    assert outcome.error.kind == "table-exists"
    assert "--mode" in (outcome.error.hint or "")
    assert loader.query("SELECT count(*) FROM staff") == [(3,)]


def test_one_failing_table_does_not_stop_the_others(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE shop_a (x int)")
    outcomes = loader.load(loader.book("shop", A=STAFF, B=STAFF))
    assert [o.state for o in outcomes] == [ImportState.FAILED, ImportState.LOADED]


def test_atomic_takes_all_tables_back_when_one_fails(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE shop_b (x int)")
    outcomes = loader.load(loader.book("shop", A=STAFF, B=STAFF), atomic=True)
    assert [o.state for o in outcomes] == [ImportState.FAILED, ImportState.FAILED]
    assert not loader.exists("shop_a")
    assert loader.query("SELECT count(*) FROM sheetferry.imports") == [(0,)]


def test_atomic_loads_all_tables_in_one_transaction(loader: Loader) -> None:
    outcomes = loader.load(loader.book("shop", A=STAFF, B=STAFF), atomic=True)
    assert [o.state for o in outcomes] == [ImportState.LOADED, ImportState.LOADED]
    assert loader.query("SELECT count(DISTINCT xid::text), count(*) FROM sheetferry.imports") == [(1, 2)]


def test_a_dry_run_tells_everything_and_keeps_nothing(loader: Loader) -> None:
    outcome = loader.load_rows(STAFF, table="staff", dry_run=True)
    assert (outcome.state, outcome.rows_loaded) == (ImportState.TRIAL, 3)
    assert "dry-run" in {w.code for w in outcome.warnings}
    assert not loader.exists("staff")
    assert loader.query("SELECT count(*) FROM sheetferry.imports") == [(0,)]


def test_a_cancel_leaves_no_row_and_no_table(loader: Loader) -> None:
    path = loader.book("staff", Data=STAFF)
    loader.context.cancel_when = lambda progress: progress.rows > 0
    with pytest.raises(Cancelled):
        run_import(loader.request(path, table="staff"), loader.context)
    assert [o.state for o in loader.context.outcomes] == [ImportState.CANCELLED]
    assert not loader.exists("staff")
    assert loader.query("SELECT count(*) FROM sheetferry.imports") == [(0,)]


def test_a_second_try_of_a_committed_job_tells_the_first_outcome(loader: Loader) -> None:
    request = loader.request(loader.book("staff", Data=STAFF), table="staff")
    (first,) = run_import(request, loader.context)
    (second,) = run_import(request, loader.context)
    assert second.state in (ImportState.LOADED, ImportState.UNCHANGED)
    assert second.import_id == first.import_id
    assert loader.query("SELECT count(*) FROM staff") == [(3,)]


def test_tables_done_in_an_earlier_try_are_left_out(loader: Loader) -> None:
    request = loader.request(loader.book("shop", A=STAFF, B=STAFF))
    again = ImportRequest(
        request.job_id, request.path, ImportOptions(), request.target, done=(request.import_id(0, 0),)
    )
    assert [o.table for o in run_import(again, loader.context)] == ["public.shop_b"]


def test_a_workbook_without_a_table_gives_one_failed_outcome(loader: Loader) -> None:
    outcome = loader.load_one(loader.book("empty", A=[], B=[]))
    assert (outcome.sheet, outcome.table, outcome.state) == (None, None, ImportState.FAILED)
    assert outcome.error
    assert outcome.error.kind == "no-data"


def test_a_header_alone_makes_a_table_of_no_rows(loader: Loader) -> None:
    outcome = loader.load_rows([["Alpha", "Beta"]], table="bare")
    assert (outcome.state, outcome.rows_read) == (ImportState.LOADED, 0)
    assert loader.types("bare") == {"alpha": "text", "beta": "text"}


def test_without_lineage_there_are_only_the_sheets_own_columns(loader: Loader) -> None:
    loader.load_rows(STAFF, table="staff", lineage=False)
    assert not loader.query(
        "SELECT 1 FROM information_schema.columns WHERE column_name = '_import_id' AND table_name = 'staff'"
    )


def test_with_a_chosen_type_misfits_fail_the_import_and_are_listed(loader: Loader) -> None:
    rows: list[list[Any]] = [["Id", "Qty"], ["a", 1], ["b", "many"], ["c", 2.5]]
    outcome = loader.load_rows(rows, table="q", type_overrides=(("qty", PgType.BIGINT),))
    assert outcome.state is ImportState.FAILED
    assert [(r.row, r.cell, r.value) for r in outcome.rejects] == [(3, "B3", "many"), (4, "B4", "2.5")]
    assert not loader.exists("q")


def test_allowed_rejects_are_kept_in_the_ledger(loader: Loader) -> None:
    rows: list[list[Any]] = [["Id", "Qty"], ["a", 1], ["b", "many"], ["c", 3]]
    outcome = loader.load_rows(
        rows, table="q", type_overrides=(("qty", PgType.BIGINT),), max_rejects=RejectLimit(percent=40)
    )
    assert (outcome.state, outcome.rows_read, outcome.rows_loaded, outcome.rows_rejected) == (
        ImportState.LOADED, 3, 2, 1,
    )  # fmt: skip
    assert loader.query("SELECT id, qty FROM q ORDER BY 1") == [("a", 1), ("c", 3)]
    found = loader.query("SELECT source_row, source_cell, value, row FROM sheetferry.rejects")
    assert found == [(3, "B3", "many", {"id": "b", "qty": "many"})]


def test_error_cells_by_each_rule(loader: Loader) -> None:
    path = str(loader.folder / "errors.xlsx")
    import xlsxwriter

    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Share"])
        sheet.write_row(1, 0, ["a", 1])
        sheet.write(2, 0, "b")
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    assert loader.load_one(path, table="e_null").state is ImportState.LOADED
    assert loader.query("SELECT share FROM e_null ORDER BY name") == [(1,), (None,)]
    loader.load_one(path, table="e_text", errors="text")
    assert loader.query("SELECT share FROM e_text ORDER BY name") == [("1",), ("#DIV/0!",)]
    rejected = loader.load_one(path, table="e_reject", errors="reject")
    assert rejected.state is ImportState.FAILED
    assert rejected.rejects[0].cell == "B3"


def test_a_streamed_sheet_widens_as_cells_ask_for_it(loader: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rows, "BUFFERED_CELLS", 0)
    monkeypatch.setattr(sheet_rows.read_head, "__defaults__", (3_000,))
    start = dt.datetime(2020, 1, 1)
    rows: list[list[Any]] = [["Id", "Amount", "Code", "Day", "Late"]]
    for n in range(9_000):
        day = start + dt.timedelta(days=n % 300) + (dt.timedelta(hours=3) if n == 8_000 else dt.timedelta())
        rows.append([n, n if n < 5_000 else n + 0.5, n if n != 7_777 else "X7", day, n if n > 6_000 else None])
    outcome = loader.load_rows(rows, table="big")
    assert outcome.state is ImportState.LOADED, outcome.error
    assert loader.types("big") == {
        "id": "bigint",
        "amount": "double precision",
        "code": "text",
        "day": "timestamp",
        "late": "bigint",
    }
    assert loader.query("SELECT count(*), sum(id), min(code), max(late) FROM big") == [(9_000, 40_495_500, "0", 8_999)]
    assert loader.query("SELECT code FROM big WHERE id IN (5, 7777) ORDER BY id") == [("5",), ("X7",)]


def test_a_streamed_and_a_buffered_load_give_the_same_table(loader: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[list[Any]] = [["Id", "Value", "Flag"]]
    rows += [[n, "n/a" if n % 7 == 0 else n / 4, n % 2 == 0] for n in range(6_000)]
    rows += [[6_000, "text after all", True]]
    path = loader.book("both", Data=rows)
    loader.load_one(path, table="whole")
    monkeypatch.setattr(sheet_rows.read_head, "__defaults__", (2_000,))
    outcome = loader.load_one(path, table="streamed")
    assert outcome.state is ImportState.LOADED, outcome.error
    assert loader.types("streamed") == loader.types("whole")
    differing = loader.query(
        "SELECT id, value, flag FROM whole EXCEPT ALL SELECT id, value, flag FROM streamed LIMIT 3"
    )
    assert differing == []
    keys = loader.query("SELECT DISTINCT content_key FROM sheetferry.imports")
    assert len(keys) == 1


def test_white_space_at_the_edge_of_the_used_area_stays_as_it_stands(loader: Loader) -> None:
    rows: list[list[Any]] = [[None, None, " "], ["a", 1, None], ["b", None, "  "], [" "]]
    outcome = loader.load_rows(rows, table="t", header=HeaderChoice("none"), types="cells")
    assert (outcome.state, outcome.rows_loaded, outcome.first_row) == (ImportState.LOADED, 4, 1), outcome.error
    assert loader.query("SELECT a, b, c FROM t ORDER BY _source_row") == [
        (None, None, " "),
        ("a", 1, None),
        ("b", None, "  "),
        (" ", None, None),
    ]
