"""Rows meet a table that exists: append, upsert, skip, replace, and the same content again."""

from __future__ import annotations

import threading
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.jobs.endings import WORTH_RETRYING
from workers.core.model.errors import EnvironmentFailure
from workers.core.model.options import Mode, PgType, RejectLimit
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import Progress
from workers.database import session_settings
from workers.database.ledger.schema import LedgerAccess, ensure_ledger
from workers.importing.loading.file_import import run_import

FIRST: list[list[Any]] = [["id", "name", "qty"], [1, "a", 5], [2, "b", 6], [3, "c", 7]]
SECOND: list[list[Any]] = [["id", "name", "qty"], [3, "cc", 8], [4, "d", 9]]


def test_append_makes_the_table_and_adds_to_it(loader: Loader) -> None:
    loader.load_rows(FIRST, "first", table="t", mode=Mode.APPEND)
    outcome = loader.load_rows(SECOND, "second", table="t", mode=Mode.APPEND)
    assert (outcome.state, outcome.rows_loaded) == (ImportState.LOADED, 2)
    assert loader.query("SELECT id FROM t ORDER BY id, name") == [(1,), (2,), (3,), (3,), (4,)]
    per_import = loader.query("SELECT count(*), max(_source_row) FROM t GROUP BY _import_id ORDER BY 1")
    assert per_import == [(2, 3), (3, 4)]


def test_append_widens_a_table_of_ours(loader: Loader) -> None:
    loader.load_rows(FIRST, "first", table="t", mode=Mode.APPEND)
    loader.load_rows([["id", "name", "qty"], ["x9", "z", 1.5]], "second", table="t", mode=Mode.APPEND)
    assert loader.types("t") == {"id": "text", "name": "text", "qty": "double precision"}
    assert loader.query("SELECT id, qty FROM t ORDER BY id") == [("1", 5.0), ("2", 6.0), ("3", 7.0), ("x9", 1.5)]


def test_append_adds_new_columns_to_a_table_of_ours_and_leaves_missing_ones_null(loader: Loader) -> None:
    loader.load_rows(FIRST, "first", table="t", mode=Mode.APPEND)
    loader.load_rows([["ID", "Colour"], [4, "red"]], "second", table="t", mode=Mode.APPEND)
    assert loader.query("SELECT id, name, qty, colour FROM t WHERE id > 2 ORDER BY id") == [
        (3, "c", 7, None),
        (4, None, None, "red"),
    ]


def test_append_to_a_foreign_table_names_the_columns_that_it_lacks(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE own (id int, name text)")
    outcome = loader.load_rows(FIRST, table="own", mode=Mode.APPEND)
    assert outcome.error
    assert outcome.error.kind == "unknown-columns"
    assert "qty" in outcome.error.message
    mapped = loader.load_rows(
        [["No", "name"], [7, "g"]], "mapped", table="own", mode=Mode.APPEND, mapping=(("No", "id"),)
    )
    assert mapped.state is ImportState.LOADED
    assert loader.query("SELECT id, name FROM own") == [(7, "g")]


def test_append_takes_the_types_of_a_foreign_table(loader: Loader) -> None:
    loader.connection.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
    loader.connection.execute(
        "CREATE TABLE own (id serial PRIMARY KEY, n smallint, price numeric(8,2), feeling mood, code varchar(3))"
    )
    rows: list[list[Any]] = [["n", "price", "feeling", "code"], [1, 9.99, "ok", 12], [2, 0.5, "sad", "abc"]]
    outcome = loader.load_rows(rows, table="own", mode=Mode.APPEND)
    assert outcome.state is ImportState.LOADED, outcome.error
    assert loader.query("SELECT id, n, price, feeling::text, code FROM own ORDER BY id") == [
        (1, 1, Decimal("9.99"), "ok", "12"),
        (2, 2, Decimal("0.50"), "sad", "abc"),
    ]


@pytest.fixture
def guarded(loader: Loader) -> Loader:
    """A loader beside a table with constraints."""
    loader.connection.execute(
        "CREATE TABLE own (id int PRIMARY KEY, name varchar(5) NOT NULL, qty int CHECK (qty < 100))"
    )
    return loader


def test_rows_that_constraints_refuse_are_found_one_by_one(guarded: Loader) -> None:
    rows: list[list[Any]] = [["id", "name", "qty"]]
    rows += [[n, "ok", n % 90] for n in range(9_000)]
    rows[101] = [100, "ok", 5_000]
    rows[8_001] = [7, "twice", 1]
    rows[8_501] = [8_500, None, 1]
    outcome = guarded.load_rows(rows, table="own", mode=Mode.APPEND, max_rejects=RejectLimit(5))
    assert outcome.state is ImportState.LOADED, outcome.error
    assert (outcome.rows_read, outcome.rows_loaded, outcome.rows_rejected) == (9_000, 8_997, 3)
    assert [(r.row, r.cell) for r in outcome.rejects] == [(102, "C102"), (8_002, "A8002"), (8_502, "B8502")]
    assert guarded.query("SELECT count(*) FROM own") == [(8_997,)]


def test_a_deferred_constraint_names_its_rows(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE parent (id int PRIMARY KEY)")
    loader.connection.execute("INSERT INTO parent VALUES (1)")
    loader.connection.execute("CREATE TABLE own (id int, parent int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
    rows: list[list[Any]] = [["id", "parent"], [1, 1], [2, 7], [3, 1]]
    outcome = loader.load_rows(rows, table="own", mode=Mode.APPEND, max_rejects=RejectLimit(1))
    assert (outcome.rows_loaded, [r.cell for r in outcome.rejects]) == (2, ["B3"]), outcome.error


def test_without_allowance_refused_rows_fail_the_import_whole(guarded: Loader) -> None:
    outcome = guarded.load_rows([["id", "name", "qty"], [1, "a", 1], [2, "b", 500]], table="own", mode=Mode.APPEND)
    assert outcome.state is ImportState.FAILED
    assert outcome.rejects[0].cell == "C3"
    assert guarded.query("SELECT count(*) FROM own") == [(0,)]


def test_upsert_changes_what_is_there_and_adds_what_is_not(loader: Loader) -> None:
    loader.load_rows(FIRST, "first", table="t", mode=Mode.UPSERT, keys=("id",))
    outcome = loader.load_rows(SECOND, "second", table="t", mode=Mode.UPSERT)
    assert (outcome.state, outcome.rows_loaded, outcome.rows_skipped) == (ImportState.LOADED, 2, 0)
    assert loader.query("SELECT id, name, qty FROM t ORDER BY id") == [
        (1, "a", 5),
        (2, "b", 6),
        (3, "cc", 8),
        (4, "d", 9),
    ]


def test_blank_cells_overwrite_unless_told_to_keep(loader: Loader) -> None:
    loader.load_rows(FIRST, "first", table="t", mode=Mode.UPSERT, keys=("id",))
    loader.load_rows([["id", "name"], [1, "new"]], "second", table="t", mode=Mode.UPSERT)
    assert loader.query("SELECT name, qty FROM t WHERE id = 1") == [("new", 5)]
    loader.load_rows([["id", "name", "qty"], [1, None, 8]], "third", table="t", mode=Mode.UPSERT, keep_existing=True)
    assert loader.query("SELECT name, qty FROM t WHERE id = 1") == [("new", 8)]
    loader.load_rows([["id", "name", "qty"], [1, None, 8]], "fourth", table="t", mode=Mode.UPSERT, again=True)
    assert loader.query("SELECT name, qty FROM t WHERE id = 1") == [(None, 8)]


@pytest.mark.parametrize("mode", [Mode.UPSERT, Mode.SKIP])
def test_a_key_without_a_unique_index_is_matched_under_a_lock(loader: Loader, mode: Mode) -> None:
    loader.connection.execute("CREATE TABLE own (id int, name text, qty int)")
    loader.connection.execute("INSERT INTO own VALUES (1, 'old', 0), (9, 'nine', 9)")
    outcome = loader.load_rows(FIRST, table="own", mode=mode, keys=("id",))
    assert outcome.state is ImportState.LOADED, outcome.error
    assert "key-without-index" in {w.code for w in outcome.warnings}
    kept = "old" if mode is Mode.SKIP else "a"
    assert loader.query("SELECT id, name FROM own ORDER BY id") == [(1, kept), (2, "b"), (3, "c"), (9, "nine")]
    assert outcome.rows_skipped == (1 if mode is Mode.SKIP else 0)


def test_skip_leaves_rows_alone_whose_key_is_there(loader: Loader) -> None:
    loader.load_rows(FIRST, "first", table="t", mode=Mode.SKIP, keys=("id",))
    outcome = loader.load_rows(SECOND, "second", table="t", mode=Mode.SKIP)
    assert (outcome.rows_read, outcome.rows_loaded, outcome.rows_skipped) == (2, 1, 1)
    assert loader.query("SELECT name FROM t WHERE id = 3") == [("c",)]


@pytest.mark.parametrize(("rule", "kept"), [("first", "a"), ("last", "z")])
def test_the_same_key_twice_in_the_file_by_rule(loader: Loader, rule: str, kept: str) -> None:
    rows: list[list[Any]] = [["id", "name"], [1, "a"], [2, "b"], [1, "z"]]
    outcome = loader.load_rows(rows, table="t", keys=("id",), duplicates=rule)
    assert (outcome.rows_loaded, outcome.rows_skipped) == (2, 1), outcome.error
    assert loader.query("SELECT name FROM t WHERE id = 1") == [(kept,)]


@pytest.mark.parametrize("lineage", [True, False])
def test_the_same_key_twice_rejects_both_rows_by_default(loader: Loader, lineage: bool) -> None:
    rows: list[list[Any]] = [["id", "name"], [1, "a"], [2, "b"], [1, "z"], [None, "n"]]
    outcome = loader.load_rows(
        rows, table="t", mode=Mode.UPSERT, keys=("id",), max_rejects=RejectLimit(3), lineage=lineage
    )
    assert outcome.state is ImportState.LOADED, outcome.error
    assert [r.row for r in outcome.rejects] == [2, 4, 5]
    assert "row 4" in outcome.rejects[0].reason
    assert loader.query("SELECT id FROM t") == [(2,)]


def test_upsert_without_a_key_says_what_is_missing(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE own (id int, name text, qty int)")
    outcome = loader.load_rows(FIRST, table="own", mode=Mode.UPSERT)
    assert outcome.error
    assert outcome.error.kind == "no-key"
    assert "--key" in (outcome.error.hint or "")


def test_replace_keeps_views_grants_and_indexes(loader: Loader) -> None:
    loader.load_rows(FIRST, "first", table="t", mode=Mode.REPLACE)
    loader.connection.execute("CREATE INDEX t_name ON t (name)")
    loader.connection.execute("CREATE VIEW v AS SELECT sum(qty) AS total FROM t")
    outcome = loader.load_rows(SECOND, "second", table="t", mode=Mode.REPLACE)
    assert outcome.state is ImportState.LOADED, outcome.error
    assert loader.query("SELECT total FROM v") == [(17,)]
    assert loader.query("SELECT count(*) FROM pg_indexes WHERE indexname = 't_name'") == [(1,)]
    assert loader.query("SELECT state FROM sheetferry.imports ORDER BY started_at") == [("superseded",), ("loaded",)]


def test_the_same_content_again_is_unchanged_under_any_file_name(loader: Loader) -> None:
    first = loader.load_rows(FIRST, "first", table="t", mode=Mode.APPEND)
    again = loader.load_rows(FIRST, "renamed", table="t", mode=Mode.APPEND)
    assert (again.state, again.import_id) == (ImportState.UNCHANGED, first.import_id)
    created = loader.load_rows(FIRST, "created", table="t")
    assert created.state is ImportState.UNCHANGED
    insisted = loader.load_rows(FIRST, "renamed", table="t", mode=Mode.APPEND, again=True)
    assert insisted.state is ImportState.LOADED
    assert loader.query("SELECT count(*) FROM t") == [(6,)]


@pytest.mark.parametrize("change", ["DROP TABLE t", "DELETE FROM t", "TRUNCATE t"])
def test_content_is_not_unchanged_after_its_rows_went_away(loader: Loader, change: str) -> None:
    loader.load_rows(FIRST, table="t", mode=Mode.APPEND)
    loader.connection.execute(change.encode())
    assert loader.load_rows(FIRST, table="t", mode=Mode.APPEND).state is ImportState.LOADED
    assert loader.query("SELECT count(*) FROM t") == [(3,)]


def test_content_is_not_unchanged_after_a_replace_in_between(loader: Loader) -> None:
    for name, rows in (("a", FIRST), ("b", SECOND), ("a", FIRST)):
        assert loader.load_rows(rows, name, table="t", mode=Mode.REPLACE).state is ImportState.LOADED


def run_together(
    loader: Loader, monkeypatch: pytest.MonkeyPatch, paths: list[str], **options: Any
) -> list[ImportOutcome]:
    """Import several files at once, each on a thread and connection of its own, with all patience for the others."""
    outcomes: list[ImportOutcome] = []
    monkeypatch.setitem(session_settings._PINNED, "lock_timeout", "5min")

    def one(path: str) -> None:
        outcomes.extend(run_import(loader.request(path, **options), RecordingContext()))

    threads = [threading.Thread(target=one, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    return outcomes


def test_two_windows_with_the_same_file_load_it_once(loader: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    path = loader.book("same", Data=FIRST)
    outcomes = run_together(loader, monkeypatch, [path] * 4, table="t", mode=Mode.APPEND)
    states = sorted(o.state.value for o in outcomes)
    assert states == ["loaded", "unchanged", "unchanged", "unchanged"], [o.error for o in outcomes]
    assert loader.query("SELECT count(*) FROM t") == [(3,)]


def test_many_clients_append_to_one_table_that_has_to_widen(loader: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [
        loader.book(
            f"part{n}", Data=[["id", "value"], *[[n * 100 + i, "x" if n == 3 and i == 9 else i] for i in range(50)]]
        )
        for n in range(8)
    ]
    outcomes = run_together(loader, monkeypatch, paths, table="t", mode=Mode.APPEND)
    assert [o.state.value for o in outcomes] == ["loaded"] * 8, [o.error for o in outcomes]
    assert loader.query("SELECT count(*), count(DISTINCT id) FROM t") == [(400, 400)]
    assert loader.query("SELECT sum(rows_loaded) FROM sheetferry.imports") == [(400,)]
    assert loader.types("t") == {"id": "bigint", "value": "text"}


def test_a_failed_append_leaves_no_empty_table_behind(loader: Loader) -> None:
    outcome = loader.load_rows(FIRST, table="t", mode=Mode.APPEND, keys=("missing",))
    assert outcome.error
    assert outcome.error.kind == "no-such-column"
    assert not loader.exists("t")


def test_a_dry_run_of_an_append_that_must_widen_leaves_the_table_as_it_is(loader: Loader) -> None:
    loader.load_rows(FIRST, "first", table="t", mode=Mode.APPEND)
    rows: list[list[Any]] = [["id", "name", "qty", "new"], ["x", "y", 1.5, 1]]
    outcome = loader.load_rows(rows, "second", table="t", mode=Mode.APPEND, dry_run=True)
    assert (outcome.state, outcome.rows_loaded) == (ImportState.TRIAL, 1), outcome.error
    assert loader.types("t") == {"id": "bigint", "name": "text", "qty": "bigint"}
    assert loader.query("SELECT count(*) FROM t") == [(3,)]


def test_rounding_types_of_a_foreign_table_are_no_mismatch(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE own (id int PRIMARY KEY, price numeric(8,1))")
    outcome = loader.load_rows([["id", "price"], [1, 1.25], [2, 2.25]], table="own", mode=Mode.UPSERT)
    assert outcome.state is ImportState.LOADED, outcome.error
    assert loader.query("SELECT sum(price) FROM own") == [(Decimal("3.6"),)]


def test_a_lost_connection_fails_the_job_and_leaves_nothing(loader: Loader) -> None:
    path = loader.book("two", A=FIRST, B=SECOND)
    context = RecordingContext()

    def cut(progress: Progress) -> bool:
        if progress.rows > 0 and context.backends:
            loader.connection.execute("SELECT pg_terminate_backend(%s)", (context.backends[-1].pid,))
        return False

    context.cancel_when = cut
    with pytest.raises(EnvironmentFailure):
        run_import(loader.request(path), context)
    assert not loader.exists("two_a")
    assert loader.query("SELECT count(*) FROM sheetferry.imports") == [(0,)]


def test_a_connection_lost_before_the_first_table_is_the_surroundings_fault(
    loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(connection: psycopg.Connection[Any]) -> LedgerAccess:
        loader.connection.execute("SELECT pg_terminate_backend(%s)", (connection.info.backend_pid,))
        return ensure_ledger(connection)

    monkeypatch.setattr("workers.importing.loading.file_import.ensure_ledger", cut)
    with pytest.raises(EnvironmentFailure) as failure:
        run_import(loader.request(loader.book("one", A=FIRST)), RecordingContext())
    assert failure.value.info.kind in WORTH_RETRYING


@pytest.mark.parametrize(
    "options",
    [{"mapping": (("Nope", "x"),)}, {"type_overrides": (("Nope", PgType.TEXT),)}, {"fill_down": ("Nope",)}],
)
def test_an_option_for_a_column_that_is_nowhere_is_no_silence(loader: Loader, options: dict[str, Any]) -> None:
    blocks: list[list[Any]] = [*FIRST, [], [], ["code", "price"], ["x", 1.5], ["y", 2.5]]
    outcomes = loader.load(loader.book("two", One=FIRST, Blocks=blocks), **options)
    assert [o.error.kind if o.error else "" for o in outcomes] == ["no-such-column"] * 3
    assert all("Nope" in o.error.message for o in outcomes if o.error)


def test_an_option_for_a_column_of_a_neighbouring_table_concerns_that_one_only(loader: Loader) -> None:
    blocks: list[list[Any]] = [*FIRST, [], [], ["code", "price"], ["x", 1.5], [None, 2.5]]
    path = loader.book("two", Blocks=blocks)
    types = (("qty", PgType.TEXT),)
    outcomes = loader.load(path, mapping=(("price", "cost"),), type_overrides=types, fill_down=("code",))
    assert [o.state for o in outcomes] == [ImportState.LOADED] * 2, [o.error for o in outcomes]
    assert loader.types("two")["qty"] == "text"
    assert loader.query("SELECT code, cost FROM two_2 ORDER BY cost") == [("x", 1.5), ("x", 2.5)]
