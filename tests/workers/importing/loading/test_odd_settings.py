"""Roles and databases with settings of their own: an import does the same under all of them, and exactly once."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from typing import Any, Literal

import psycopg
import pytest
from psycopg import sql

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.options import Mode, PgType
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import ImportRequest
from workers.core.model.undo_report import UndoRequest
from workers.database.engines import connect_bulk
from workers.database.ledger.history import read_history
from workers.importing.loading.file_import import run_import
from workers.importing.loading.undo.undo import run_undo

pytestmark = pytest.mark.db

Scope = Literal["role", "database"]
ROWS: list[list[Any]] = [
    ["id", "day", "moment", "ratio", "span", "text"],
    [1, dt.datetime(2026, 3, 4), dt.datetime(2026, 3, 4, 5, 6, 7), 0.1234567890123456, "1:30", "a\\b'c"],
    [2, dt.datetime(2026, 12, 1), dt.datetime(1999, 12, 31, 23, 59, 59), 1e-7, "26:15", None],
]
ODD: dict[str, dict[str, str]] = {
    "repeatable read": {"default_transaction_isolation": "repeatable read"},
    "serializable": {"default_transaction_isolation": "serializable", "default_transaction_deferrable": "on"},
    "read only": {"default_transaction_read_only": "on", "default_transaction_deferrable": "on"},
    "short of time": {
        "statement_timeout": "400ms",
        "lock_timeout": "1ms",
        "idle_in_transaction_session_timeout": "400ms",
        "idle_session_timeout": "400ms",
        "transaction_timeout": "400ms",
    },
    "other forms": {
        "DateStyle": "German, DMY",
        "IntervalStyle": "sql_standard",
        "TimeZone": "Asia/Kathmandu",
        "extra_float_digits": "-15",
        "bytea_output": "escape",
        "client_encoding": "LATIN1",
    },
    "other rules": {
        "standard_conforming_strings": "off",
        "escape_string_warning": "off",
        "backslash_quote": "on",
        "array_nulls": "off",
        "transform_null_equals": "on",
        "quote_all_identifiers": "on",
        "row_security": "off",
        "search_path": "",
        "xmloption": "document",
    },
    "in a hurry": {"synchronous_commit": "off", "enable_seqscan": "off", "enable_indexscan": "off", "jit": "off"},
}


def odd(loader: Loader, scope: Scope, settings: dict[str, str]) -> None:
    """Give role or database these settings, as far as the server knows them, for all sessions to come."""
    database = sql.Identifier(loader.target.dbname)
    subject = sql.SQL("ROLE {} IN DATABASE {}").format(sql.Identifier(loader.target.user), database)
    whose = subject if scope == "role" else sql.SQL("DATABASE {}").format(database)
    known = {name.lower() for (name,) in loader.query("SELECT name FROM pg_settings")}
    for name, value in settings.items():
        if name.lower() in known:
            setting = sql.SQL("ALTER {} SET {} = {}").format(whose, sql.Identifier(name), sql.Literal(value))
            loader.connection.execute(setting)


def race(requests: list[ImportRequest]) -> list[ImportOutcome]:
    """All at the same moment, each on a thread and connection of its own."""
    start = threading.Barrier(len(requests))
    outcomes: list[ImportOutcome] = []

    def one(request: ImportRequest) -> None:
        start.wait(60)
        outcomes.extend(run_import(request, RecordingContext()))

    threads = [threading.Thread(target=one, args=(request,)) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return outcomes


@pytest.mark.parametrize("scope", ["role", "database"])
@pytest.mark.parametrize("name", ODD)
def test_two_windows_with_one_file_load_it_once_and_as_ever(loader: Loader, scope: Scope, name: str) -> None:
    options: dict[str, Any] = {
        "schema": "public",
        "mode": Mode.APPEND,
        "type_overrides": (("span", PgType.INTERVAL), ("day", PgType.DATE), ("moment", PgType.TIMESTAMP)),
    }
    path = loader.book("odd", Data=ROWS)
    usual = loader.load_one(path, table="usual", **options)
    assert usual.state is ImportState.LOADED, usual.error
    odd(loader, scope, ODD[name])
    outcomes = race([loader.request(path, table="t", **options) for _ in range(2)])
    assert sorted(o.state.value for o in outcomes) == ["loaded", "unchanged"], [o.error for o in outcomes]
    columns = "id, day, moment, ratio, span, text, _source_row"
    same = f"(SELECT {columns} FROM public.{{0}} EXCEPT SELECT {columns} FROM public.{{1}})"
    assert loader.query(same.format("usual", "t")) == loader.query(same.format("t", "usual")) == []
    assert loader.query("SELECT count(*) FROM public.t") == [(2,)]
    with connect_bulk(loader.target, "history", read_only=True) as connection:
        assert [entry.state for entry in read_history(connection)] == ["loaded", "loaded"]
    loaded = next(o for o in outcomes if o.state is ImportState.LOADED)
    report = run_undo(UndoRequest(str(uuid.uuid4()), loaded.import_id, loader.target), RecordingContext())
    assert (report.rows_removed, report.rows_kept, report.error) == (2, 0, None)


def test_what_is_loaded_is_on_disk_before_it_is_said(loader: Loader) -> None:
    odd(loader, "role", {"synchronous_commit": "off"})
    with connect_bulk(loader.target, "x") as connection:
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
    odd(loader, "role", {"synchronous_commit": "remote_apply"})
    with connect_bulk(loader.target, "x") as connection:
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("remote_apply",), "more is not taken away"


def test_one_message_brings_one_statement(loader: Loader) -> None:
    with connect_bulk(loader.target, "x") as connection, pytest.raises(psycopg.errors.SyntaxError, match="multiple"):
        connection.execute("SELECT 1; SELECT 2")


def test_a_session_through_a_pooler_keeps_nothing_of_ours(loader: Loader) -> None:
    """What the next client of the same server session would find."""
    with connect_bulk(loader.target, "x") as connection:
        with connection.transaction():
            assert connection.execute("SHOW search_path").fetchone() == ("pg_catalog, pg_temp",)
        bare = psycopg.Cursor(connection)
        assert bare.execute("SHOW search_path").fetchall() == loader.query("SHOW search_path")
        assert bare.execute("SELECT count(*) FROM pg_prepared_statements").fetchone() == (0,)
        assert bare.execute("SELECT count(*) FROM pg_class WHERE relpersistence = 't'").fetchone() == (0,)
