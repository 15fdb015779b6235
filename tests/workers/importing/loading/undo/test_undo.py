"""Imports are taken back, and nothing that anybody else did."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.options import Mode, RejectLimit
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.undo_report import UndoReport, UndoRequest
from workers.importing.loading.undo.undo import run_undo

FIRST: list[list[Any]] = [["id", "name", "qty"], [1, "a", 5], [2, "b", 6], [3, "c", 7]]
SECOND: list[list[Any]] = [["id", "name", "qty"], [3, "cc", 8], [4, "d", 9]]


def undo(loader: Loader, outcome: ImportOutcome, *, trial: bool = False) -> UndoReport:
    """Take an import back."""
    request = UndoRequest(str(uuid.uuid4()), outcome.import_id, loader.target, trial)
    return run_undo(request, RecordingContext())


def content(loader: Loader, table: str = "t") -> list[tuple[Any, ...]]:
    """All rows of a table as text."""
    return loader.query(f"SELECT x::text FROM {table} x ORDER BY 1")


def test_a_created_table_goes_when_all_of_it_is_the_imports_own(loader: Loader) -> None:
    outcome = loader.load_rows(FIRST, table="t")
    report = undo(loader, outcome)
    assert (report.state, report.rows_removed, report.table_dropped) == ("undone", 3, True), report.error
    assert not loader.exists("t")
    assert loader.query("SELECT state FROM sheetferry.imports") == [("undone",)]


def test_a_created_table_with_edited_rows_keeps_those(loader: Loader) -> None:
    outcome = loader.load_rows(FIRST, table="t")
    loader.connection.execute("UPDATE t SET name = 'mine' WHERE id = 2")
    report = undo(loader, outcome)
    assert (report.state, report.rows_removed, report.rows_kept) == ("undone", 2, 1), report.error
    assert "mine" in report.kept[0]
    assert loader.query("SELECT id FROM t") == [(2,)]


@pytest.mark.parametrize("lineage", [True, False])
def test_an_append_is_taken_back_to_the_former_content(loader: Loader, lineage: bool) -> None:
    loader.load_rows(FIRST, "first", table="t", mode=Mode.APPEND, lineage=lineage)
    before = content(loader)
    outcome = loader.load_rows(SECOND, "second", table="t", mode=Mode.APPEND, lineage=None if lineage else False)
    assert undo(loader, outcome).rows_removed == 2
    assert content(loader) == before


def test_rows_behind_savepoints_are_found_again(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE own (id int PRIMARY KEY, name text NOT NULL, qty int)")
    loader.connection.execute("INSERT INTO own VALUES (99, 'old', 1)")
    outcome = loader.load_rows(FIRST, table="own", mode=Mode.APPEND)
    loader.connection.execute("UPDATE own SET qty = 50 WHERE id = 1")
    report = undo(loader, outcome)
    assert (report.rows_removed, report.rows_kept) == (2, 1)
    assert loader.query("SELECT id FROM own ORDER BY 1") == [(1,), (99,)]


def test_widening_in_between_does_not_look_like_an_edit(loader: Loader) -> None:
    first = loader.load_rows(FIRST, "first", table="t", mode=Mode.APPEND)
    loader.connection.execute("UPDATE t SET name = 'mine' WHERE id = 1")
    second = loader.load_rows([["id", "name", "qty"], [9, "w", 1.5]], "second", table="t", mode=Mode.APPEND)
    report = undo(loader, first)
    assert (report.rows_removed, report.rows_kept) == (2, 1), report
    assert undo(loader, second).rows_removed == 1
    assert loader.query("SELECT id, name FROM t") == [(1, "mine")]


@pytest.mark.parametrize("own", [True, False])
def test_an_upsert_gives_former_values_back(loader: Loader, own: bool) -> None:
    if own:
        loader.load_rows(FIRST, "first", table="t", mode=Mode.UPSERT, keys=("id",))
    else:
        loader.connection.execute("CREATE TABLE t (id int PRIMARY KEY, name text, qty int)")
        loader.connection.execute("INSERT INTO t VALUES (1, 'a', 5), (2, 'b', 6), (3, 'c', 7)")
    before = content(loader)
    outcome = loader.load_rows(SECOND, "second", table="t", mode=Mode.UPSERT)
    assert outcome.state is ImportState.LOADED, outcome.error
    report = undo(loader, outcome)
    assert (report.rows_removed, report.rows_restored) == (1, 1), report
    assert content(loader) == before


def test_an_upsert_whose_rows_a_trigger_changes_again_is_taken_back(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE t (id int PRIMARY KEY, name text, qty int, touched int DEFAULT 0)")
    loader.connection.execute("INSERT INTO t VALUES (1, 'a', 5), (2, 'b', 6), (3, 'c', 7)")
    loader.connection.execute(
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN UPDATE t SET touched = t.touched + 1 WHERE id = NEW.id; RETURN NULL; END'"
    )
    loader.connection.execute(
        "CREATE TRIGGER touch AFTER INSERT OR UPDATE ON t FOR EACH ROW WHEN (pg_trigger_depth() = 0)"
        " EXECUTE FUNCTION touch()"
    )
    outcome = loader.load_rows(SECOND, table="t", mode=Mode.UPSERT)
    assert outcome.state is ImportState.LOADED, outcome.error
    report = undo(loader, outcome)
    assert (report.rows_removed, report.rows_restored, report.rows_kept) == (1, 1, 0), report
    assert loader.query("SELECT id, name, qty FROM t ORDER BY id") == [(1, "a", 5), (2, "b", 6), (3, "c", 7)]


def test_an_upsert_of_which_rows_were_refused_is_taken_back(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE t (id int PRIMARY KEY, name text, qty int CHECK (qty < 100))")
    loader.connection.execute("INSERT INTO t VALUES (1, 'a', 5), (2, 'b', 6), (3, 'c', 7)")
    before = content(loader)
    rows: list[list[Any]] = [*SECOND, [2, "bb", 500]]
    outcome = loader.load_rows(rows, table="t", mode=Mode.UPSERT, max_rejects=RejectLimit(rows=5))
    assert (outcome.rows_loaded, outcome.rows_rejected) == (2, 1), outcome.error
    report = undo(loader, outcome)
    assert (report.rows_removed, report.rows_restored, report.rows_kept) == (1, 1, 0), report
    assert content(loader) == before


def test_an_upsert_keeps_only_the_rows_that_it_really_changes(loader: Loader) -> None:
    columns = 'id int PRIMARY KEY, name text, "was, old" numeric(8,2), twice int GENERATED ALWAYS AS (id * 2) STORED'
    loader.connection.execute(f"CREATE TABLE t ({columns})")
    loader.connection.execute("INSERT INTO t VALUES (1, 'a', 5.25), (2, 'b', 6), (3, NULL, 7)")
    before = content(loader)
    rows: list[list[Any]] = [["id", "name", "was, old"], [1, "a", 5.25], [2, "bb", 6], [4, "d", 8]]
    outcome = loader.load_rows(rows, table="t", mode=Mode.UPSERT, only_changed=True)
    assert (outcome.rows_loaded, outcome.rows_skipped) == (2, 1), outcome.error
    kept = f"sheetferry_kept.before_{uuid.UUID(outcome.import_id).hex}"
    # An older server does not return rows as they were: all that have the key are kept before they are changed.
    changed_alone = loader.connection.info.server_version >= 180000
    also_kept = [] if changed_alone else [(1, "a", 2)]
    assert loader.query(f"SELECT id, name, twice FROM {kept} ORDER BY id") == [*also_kept, (2, "b", 4)]
    report = undo(loader, outcome)
    assert (report.rows_removed, report.rows_restored) == (1, 1), report
    assert content(loader) == before


def test_rows_edited_after_an_upsert_are_kept(loader: Loader) -> None:
    loader.load_rows(FIRST, "first", table="t", mode=Mode.UPSERT, keys=("id",))
    outcome = loader.load_rows(SECOND, "second", table="t", mode=Mode.UPSERT)
    loader.connection.execute("UPDATE t SET name = 'mine' WHERE id = 3")
    report = undo(loader, outcome)
    assert (report.rows_removed, report.rows_restored, report.rows_kept) == (1, 0, 1)
    assert loader.query("SELECT id, name FROM t ORDER BY id") == [(1, "a"), (2, "b"), (3, "mine")]


def test_a_row_edited_before_an_upsert_stays_edited_after_its_undo(loader: Loader) -> None:
    first = loader.load_rows(FIRST, "first", table="t", mode=Mode.UPSERT, keys=("id",))
    loader.connection.execute("UPDATE t SET name = 'mine' WHERE id = 3")
    second = loader.load_rows(SECOND, "second", table="t", mode=Mode.UPSERT)
    undo(loader, second)
    report = undo(loader, first)
    assert (report.rows_removed, report.rows_kept) == (2, 1), report
    assert loader.query("SELECT id, name FROM t") == [(3, "mine")]


def test_a_replace_is_taken_back_and_the_former_import_is_in_force_again(loader: Loader) -> None:
    first = loader.load_rows(FIRST, "first", table="t", mode=Mode.REPLACE)
    before = content(loader)
    second = loader.load_rows(SECOND, "second", table="t", mode=Mode.REPLACE)
    assert undo(loader, second).rows_restored == 3
    assert content(loader) == before
    assert loader.load_rows(FIRST, "first", table="t", mode=Mode.REPLACE).state is ImportState.UNCHANGED
    assert undo(loader, first).state == "undone"


def test_a_replace_is_not_taken_back_under_a_later_import(loader: Loader) -> None:
    loader.load_rows(FIRST, "first", table="t", mode=Mode.REPLACE)
    second = loader.load_rows(SECOND, "second", table="t", mode=Mode.REPLACE)
    loader.load_rows([["id", "name"], [7, "x"]], "third", table="t", mode=Mode.APPEND)
    report = undo(loader, second)
    assert report.error
    assert (report.state, report.error.kind) == ("refused", "later-import")


def test_rows_that_others_refer_to_make_it_refuse(loader: Loader) -> None:
    outcome = loader.load_rows(FIRST, table="t", keys=("id",))
    loader.connection.execute("CREATE TABLE child (t_id bigint REFERENCES t ON DELETE CASCADE)")
    loader.connection.execute("INSERT INTO child VALUES (2)")
    report = undo(loader, outcome)
    assert report.error
    assert (report.state, report.error.kind) == ("refused", "referred-to")
    assert "child" in report.error.message
    assert loader.query("SELECT count(*) FROM t") == [(3,)]


def test_a_trial_tells_and_changes_nothing(loader: Loader) -> None:
    outcome = loader.load_rows(FIRST, table="t")
    report = undo(loader, outcome, trial=True)
    assert (report.state, report.rows_removed) == ("would-undo", 3)
    assert loader.query("SELECT count(*) FROM t") == [(3,)]


def test_the_same_content_loads_again_after_an_undo(loader: Loader) -> None:
    loader.load_rows(SECOND, "second", table="t", mode=Mode.APPEND)
    undo(loader, loader.load_rows(FIRST, "first", table="t", mode=Mode.APPEND))
    assert loader.load_rows(FIRST, "first", table="t", mode=Mode.APPEND).state is ImportState.LOADED


def test_what_cannot_be_undone_says_why(loader: Loader) -> None:
    outcome = loader.load_rows(FIRST, table="t")
    loader.connection.execute("DROP TABLE t")
    gone = undo(loader, outcome)
    assert gone.error
    assert gone.error.kind == "table-gone"
    assert undo(loader, outcome).state == "refused"


@pytest.mark.parametrize("lineage", [True, False])
@pytest.mark.parametrize(
    "rewrite",
    [
        "VACUUM FULL t",
        "ALTER TABLE t ALTER qty TYPE numeric",
        "ALTER TABLE t ALTER qty TYPE text, ALTER day TYPE timestamp",
        "ALTER TABLE t ADD note text DEFAULT clock_timestamp()::text",
        "ALTER TABLE t RENAME qty TO amount",
    ],
)
def test_a_rewritten_table_does_not_look_edited(loader: Loader, rewrite: str, lineage: bool) -> None:
    days: list[list[Any]] = [["id", "name", "qty", "day"], *[[n, f"n{n}", n, dt.date(2024, 1, n)] for n in range(1, 6)]]
    outcome = loader.load_rows(days, table="t", mode=Mode.APPEND, lineage=lineage)
    loader.connection.execute("INSERT INTO t (id, name) VALUES (77, 'by hand')")
    loader.connection.execute("UPDATE t SET name = 'mine' WHERE id = 2")
    loader.connection.execute(rewrite.encode())
    report = undo(loader, outcome)
    assert (report.state, report.rows_removed, report.rows_kept) == ("undone", 4, 1), report.error
    assert loader.query("SELECT id, name FROM t ORDER BY id") == [(2, "mine"), (77, "by hand")]


def test_an_edit_in_a_column_that_was_widened_since_is_seen(loader: Loader) -> None:
    outcome = loader.load_rows(FIRST, table="t", mode=Mode.APPEND)
    loader.connection.execute("ALTER TABLE t ALTER qty TYPE numeric, ALTER id TYPE text")
    loader.connection.execute("UPDATE t SET qty = 5.4 WHERE id = '1'")
    loader.connection.execute("UPDATE t SET id = '02' WHERE id = '2'")
    report = undo(loader, outcome)
    assert (report.rows_removed, report.rows_kept) == (1, 2), report.error


def test_rows_that_are_alike_go_as_often_as_they_came(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE own (id int, name text, qty int, extra json)")
    loader.connection.execute("INSERT INTO own VALUES (1, 'a', 5), (1, 'a', 5)")
    outcome = loader.load_rows([*FIRST, FIRST[1]], table="own", mode=Mode.APPEND)
    assert undo(loader, outcome).rows_removed == 4
    assert loader.query("SELECT id, count(*) FROM own GROUP BY id") == [(1, 2)]


@pytest.mark.parametrize("lineage", [True, False])
def test_a_skip_is_taken_back(loader: Loader, lineage: bool) -> None:
    loader.load_rows(FIRST, "first", table="t", mode=Mode.SKIP, keys=("id",), lineage=lineage)
    before = content(loader)
    outcome = loader.load_rows(SECOND, "second", table="t", mode=Mode.SKIP, keys=("id",))
    assert outcome.rows_skipped == 1
    assert undo(loader, outcome).rows_removed == 1
    assert content(loader) == before


def test_a_table_that_came_back_from_a_dump_is_known_by_its_rows(loader: Loader) -> None:
    outcome = loader.load_rows(FIRST, table="t", mode=Mode.APPEND)
    loader.connection.execute("CREATE TABLE public.restored AS SELECT * FROM t")
    loader.connection.execute("DROP TABLE t; ALTER TABLE restored RENAME TO t; UPDATE t SET qty = 0 WHERE id = 1")
    report = undo(loader, outcome)
    assert (report.rows_removed, report.rows_kept) == (2, 1), report.error
