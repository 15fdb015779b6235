"""What is read from a target: its catalogue, its history, its connections."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from workers.core.jobs.pool_sizes import PoolSizes, connection_budget
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import Secret, Target
from workers.database import catalog
from workers.database.connection_budget import budget, read_connections
from workers.database.engines import connect_bulk, make_engine
from workers.database.ledger.history import read_history, read_rejects
from workers.database.ledger.ledger import LedgerRow, RejectedRow, begin_import, complete_import, insert_rejects
from workers.database.ledger.schema import ensure_ledger

pytestmark = pytest.mark.db

Query = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def engine(target: Target) -> Iterator[sa.Engine]:
    made = make_engine(target, PoolSizes(2, 1, 1.0), "test-engine")
    yield made
    made.dispose()


def test_catalogue(engine: sa.Engine, query: Query, target: Target) -> None:
    query('CREATE SCHEMA "My Schema"')
    query(
        'CREATE TABLE "My Schema"."T %" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Naïve" varchar(20) NOT NULL,'
        " d date NOT NULL DEFAULT now(), g int GENERATED ALWAYS AS (1 + 1) STORED, gone int)"
    )
    query('ALTER TABLE "My Schema"."T %" DROP COLUMN gone')
    query("""COMMENT ON COLUMN "My Schema"."T %"."Naïve" IS 'Der Kopf'""")
    query("CREATE TABLE parent (n int) PARTITION BY LIST (n)")
    query("CREATE TABLE part PARTITION OF parent FOR VALUES IN (1)")
    query("CREATE VIEW seen AS SELECT 1 AS one")
    with engine.connect() as connection:
        assert target.dbname in catalog.databases(connection)
        assert [s.name for s in catalog.schemas(connection)] == ["My Schema", "public"]
        assert catalog.default_schema(connection) == "public"
        (table,) = catalog.tables(connection, "My Schema")
        assert (table.name, table.rows, table.insertable) == ("T %", None, True)
        assert [t.name for t in catalog.tables(connection, "public")] == ["parent"]
        found = catalog.columns(connection, "My Schema", "T %")
        assert catalog.columns(connection, "public", "no such") == []
    assert [(c.name, c.type, c.required, c.generated, c.key, c.comment) for c in found] == [
        ("id", "integer", False, True, True, ""),
        ("Naïve", "character varying(20)", True, False, False, "Der Kopf"),
        ("d", "date", False, False, False, ""),
        ("g", "integer", False, True, False, ""),
    ]


def test_the_default_schema_of_a_role_with_one_schema(target: Target, query: Query) -> None:
    role = f"clerk_{uuid.uuid4().hex[:8]}"
    query(f"CREATE ROLE {role} LOGIN PASSWORD 'pw'")
    query(f"CREATE SCHEMA office AUTHORIZATION {role}")
    clerk = make_engine(replace(target, user=role, password=Secret("pw")), PoolSizes(1, 0, 1.0), "clerk")
    try:
        with clerk.connect() as connection:
            assert catalog.default_schema(connection) is None
        query(f"ALTER ROLE {role} SET search_path = office, public")
        clerk.dispose()
        with clerk.connect() as connection:
            assert catalog.default_schema(connection) == "office"
            assert [(s.name, s.writable) for s in catalog.schemas(connection)] == [("office", True), ("public", False)]
    finally:
        clerk.dispose()
        query(f"DROP SCHEMA office; DROP ROLE {role}")


def test_bulk_connections_have_the_session_of_an_import(target: Target) -> None:
    with closing(connect_bulk(target, "loader-1")) as connection:
        wanted = {
            "application_name": "sheetferry/loader-1",
            "lock_timeout": "5s",
            "TimeZone": "UTC",
            "DateStyle": "ISO, MDY",
            "client_encoding": "UTF8",
            "statement_timeout": "0",
            "idle_in_transaction_session_timeout": "10min",
            "client_connection_check_interval": "2s",
        }
        for name, value in wanted.items():
            assert connection.execute("SELECT current_setting(%s)", (name,)).fetchone() == (value,)
        assert not connection.autocommit
        connection.rollback()
        assert connection.execute("SHOW lock_timeout").fetchone() == ("5s",), "settings outlive a rollback"


def test_the_engine_forgives_a_session_that_was_ended(engine: sa.Engine, query: Query) -> None:
    with engine.connect() as connection:
        pid = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
    query("SELECT pg_terminate_backend(%s, 5000)", pid)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT 1")).scalar_one() == 1


def test_the_servers_connections_are_counted_by_whose_they_are(engine: sa.Engine, target: Target) -> None:
    with engine.connect() as connection:
        before = read_connections(connection)
        stranger = psycopg.connect(**{**target.libpq("x"), "application_name": "psql"})
        with closing(stranger), closing(connect_bulk(target, "loader")):
            after = read_connections(connection)
    assert (after.limit, after.reserved) == (100, 3)
    assert (after.ours - before.ours, after.others - before.others) == (1, 1)
    assert budget(PoolSizes(30, 20, 1), replace(after, others=40)) == 47
    assert budget(PoolSizes(30, 20, 1), replace(after, others=95)) == 0


@given(size=st.integers(1, 100), overflow=st.integers(0, 100), limit=st.integers(1, 1000), others=st.integers(0, 1000))
def test_a_tenth_and_at_least_five_connections_stay_free(size: int, overflow: int, limit: int, others: int) -> None:
    allowed = connection_budget(PoolSizes(size, overflow), max_connections=limit, used_by_others=others)
    assert 0 <= allowed <= size + overflow
    assert allowed == 0 or limit - others - allowed >= max(5, limit / 10)


@pytest.fixture
def ledger(target: Target) -> Iterator[psycopg.Connection[Any]]:
    with closing(connect_bulk(target, "loader")) as opened:
        ensure_ledger(opened)
        yield opened


def enter(connection: psycopg.Connection[Any], file: str, target_oid: int | None = None) -> str:
    import_id = str(uuid.uuid4())
    with connection.cursor() as cursor:
        begin_import(cursor, LedgerRow(import_id, file, "Orders", None, "public.t", "create"))
        done = ImportOutcome(
            import_id, file, "Orders", "public.t", "create", ImportState.LOADED, rows_read=4, rows_loaded=4
        )
        complete_import(cursor, done, target_oid=target_oid, content_key="k")
    connection.commit()
    return import_id


def test_history_is_newest_first_and_searched(ledger: psycopg.Connection[Any], query: Query) -> None:
    ids = [enter(ledger, file) for file in ("first.xlsx", "50%_off.xlsx", "third.xlsx")]
    assert [entry.import_id for entry in read_history(ledger)] == ids[::-1]
    assert [entry.source_file for entry in read_history(ledger, search="%_OFF orders")] == ["50%_off.xlsx"]
    assert [entry.import_id for entry in read_history(ledger, limit=1, offset=1)] == [ids[1]]
    (entry,) = read_history(ledger, import_id=ids[0])
    assert entry.outcome is not None
    assert (entry.outcome.rows_loaded, entry.rows_loaded, entry.state) == (4, 4, "loaded")
    written = entry.to_json()
    assert (written["file"], written["rows_read"]) == ("first.xlsx", 4)
    assert written["committed_at"].endswith("+00:00")
    assert read_history(ledger, import_id="no uuid") == []


def test_an_import_whose_table_was_dropped_is_gone(ledger: psycopg.Connection[Any], query: Query) -> None:
    query("CREATE TABLE t (n int)")
    oid = query("SELECT 't'::regclass::oid")[0][0]
    enter(ledger, "a.xlsx", oid)
    assert [entry.state for entry in read_history(ledger)] == ["loaded"]
    query("DROP TABLE t")
    assert [entry.state for entry in read_history(ledger)] == ["gone"]


def test_rejects_come_in_the_order_of_their_rows(ledger: psycopg.Connection[Any]) -> None:
    import_id = enter(ledger, "a.xlsx")
    with ledger.cursor() as cursor:
        insert_rejects(cursor, import_id, [RejectedRow(n, f"B{n}", "x", "why", {"b": "x"}) for n in (9, 3)])
    assert [(r.source_row, r.source_cell, r.row) for r in read_rejects(ledger, import_id)] == [
        (3, "B3", {"b": "x"}),
        (9, "B9", {"b": "x"}),
    ]


def test_without_a_ledger_there_is_no_history(target: Target) -> None:
    with closing(connect_bulk(target, "reader")) as connection:
        assert read_history(connection) == []
        assert read_rejects(connection, str(uuid.uuid4())) == []
