"""The ledger: made by whoever comes first, true after every end of a transaction, clear about missing rights."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from psycopg import errors

from workers.core.model.outcomes import ImportOutcome, ImportState, Reject
from workers.core.model.tasks import Secret, Target
from workers.database.engines import connect_bulk
from workers.database.ledger.ledger import (
    LedgerRow,
    RejectedRow,
    begin_import,
    complete_import,
    imports_of_table,
    in_force,
    insert_rejects,
    lock_content,
    mark_gone,
    mark_restored,
    mark_superseded,
    mark_undone,
    read_outcome,
)
from workers.database.ledger.schema import STEPS, ensure_ledger, reader_statements

pytestmark = pytest.mark.db

Query = Callable[..., list[tuple[Any, ...]]]
KEY = "k" * 64


@pytest.fixture
def loader(target: Target) -> Iterator[psycopg.Connection[Any]]:
    """A worker's connection to a database with a ledger."""
    with closing(connect_bulk(target, "loader")) as opened:
        assert ensure_ledger(opened).available
        yield opened


def outcome_of(import_id: str, rows: int = 3) -> ImportOutcome:
    return ImportOutcome(
        import_id,
        "/tmp/sälés.xlsx",
        "Ord\0ers",
        "public.orders",
        "create",
        ImportState.LOADED,
        rows_read=rows,
        rows_loaded=rows,
        rejects=(Reject(9, "B9", "x", "why"),),
    )


def load(
    connection: psycopg.Connection[Any], *, lineage: bool = True, rows: int = 3, table: str = "orders"
) -> tuple[str, int]:
    """What a loader does, in small: ledger row, rows, completed, committed."""
    import_id = str(uuid.uuid4())
    with connection.cursor() as cursor:
        begin_import(cursor, LedgerRow(import_id, "sales.xlsx", "Orders", "f" * 64, f"public.{table}", "create"))
        column = "_import_id uuid, " if lineage else ""
        cursor.execute(f"CREATE TABLE IF NOT EXISTS public.{table} ({column}n int)".encode())
        if lineage:
            cursor.execute(f"INSERT INTO public.{table} SELECT %s, generate_series(1, %s)".encode(), (import_id, rows))
        else:
            cursor.execute(f"INSERT INTO public.{table} SELECT generate_series(1, %s)".encode(), (rows,))
        oid = oid_of(cursor, table)
        complete_import(cursor, outcome_of(import_id, rows), target_oid=oid, content_key=KEY)
    connection.commit()
    return import_id, oid


def oid_of(cursor: psycopg.Cursor[Any], table: str) -> int:
    cursor.execute("SELECT %s::regclass::oid", (f"public.{table}",))
    row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def standing(connection: psycopg.Connection[Any], oid: int) -> str | None:
    with connection.cursor() as cursor:
        earlier = in_force(cursor, KEY, oid)
    connection.commit()
    return earlier.import_id if earlier else None


def test_twenty_creators_at_once_make_one_ledger(target: Target, query: Query) -> None:
    results: list[object] = []

    def create() -> None:
        try:
            with closing(connect_bulk(target, "creator")) as opened:
                results.append(ensure_ledger(opened).available)
        except Exception as error:  # noqa: BLE001 - the assertion below shows it
            results.append(error)

    threads = [threading.Thread(target=create) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 20
    assert query("SELECT step FROM sheetferry.schema_steps") == [(n + 1,) for n in range(len(STEPS))]


def test_the_columns_are_those_of_the_contract(loader: psycopg.Connection[Any]) -> None:
    with loader.cursor() as cursor:
        cursor.execute("SELECT * FROM sheetferry.imports")
        assert cursor.description is not None
        found = {column.name for column in cursor.description}
        expected = (
            "import_id state source_file source_sheet source_sha256 content_key target_oid target_table mode rows_read"
            " rows_loaded rows_rejected rows_skipped started_at committed_at app_version os_user xid plan receipt"
        )
        assert set(expected.split()) <= found
        cursor.execute("SELECT import_id, source_row, source_cell, value, reason, row FROM sheetferry.rejects")
    loader.rollback()


def test_a_committed_import_is_there_whole(loader: psycopg.Connection[Any], query: Query) -> None:
    import_id, oid = load(loader)
    with loader.cursor() as cursor:
        found = read_outcome(cursor, import_id)
        assert found is not None
        assert found.outcome == replace(outcome_of(import_id), sheet="Orders"), "NUL cannot be kept, the rest is"
        assert [earlier.import_id for earlier in imports_of_table(cursor, oid)] == [import_id]
        assert read_outcome(cursor, str(uuid.uuid4())) is None
    loader.commit()
    assert query(
        "SELECT state, rows_loaded, committed_at >= started_at, xid = pg_current_xact_id() FROM sheetferry.imports"
    ) == [("loaded", 3, True, False)]


def test_a_rolled_back_import_leaves_nothing(loader: psycopg.Connection[Any], query: Query) -> None:
    with loader.cursor() as cursor:
        begin_import(cursor, LedgerRow(str(uuid.uuid4()), "a.xlsx", None, None, "public.t", "create"))
    loader.rollback()
    assert query("SELECT count(*) FROM sheetferry.imports") == [(0,)]


def test_a_second_try_waits_for_the_first_and_then_knows(loader: psycopg.Connection[Any], target: Target) -> None:
    row = LedgerRow(str(uuid.uuid4()), "a.xlsx", None, None, "public.t", "create")
    with loader.cursor() as cursor:
        begin_import(cursor, row)
    with closing(connect_bulk(target, "second")) as second:
        second.execute("SET LOCAL lock_timeout = '100ms'")
        with second.cursor() as cursor, pytest.raises(errors.LockNotAvailable):
            begin_import(cursor, row)
        second.rollback()
        loader.commit()
        with second.cursor() as cursor, pytest.raises(errors.UniqueViolation):
            begin_import(cursor, row)


def test_completing_what_was_not_begun_is_an_error(loader: psycopg.Connection[Any]) -> None:
    with loader.cursor() as cursor, pytest.raises(LookupError):
        complete_import(cursor, outcome_of(str(uuid.uuid4())), target_oid=None, content_key=None)


@pytest.mark.parametrize("lineage", [True, False])
def test_in_force_while_rows_of_it_are_in_the_table(
    loader: psycopg.Connection[Any], query: Query, lineage: bool
) -> None:
    import_id, oid = load(loader, lineage=lineage)
    assert standing(loader, oid) == import_id
    assert standing(loader, oid + 1) is None, "another table"
    query("DELETE FROM orders")
    assert standing(loader, oid) is None, "emptied by hand"


def test_not_in_force_after_the_table_was_dropped_and_made_again(loader: psycopg.Connection[Any], query: Query) -> None:
    _, old = load(loader)
    query("DROP TABLE orders")
    assert standing(loader, old) is None
    second, new = load(loader)
    assert new != old
    assert standing(loader, new) == second


def test_rows_of_another_import_do_not_keep_it_in_force(loader: psycopg.Connection[Any], query: Query) -> None:
    first, oid = load(loader)
    second, _ = load(loader)
    query("DELETE FROM orders WHERE _import_id = %s", second)
    assert standing(loader, oid) == first
    query("DELETE FROM orders")
    query("INSERT INTO orders VALUES (gen_random_uuid(), 1)")
    assert standing(loader, oid) is None


def test_an_import_of_no_rows_stands_as_long_as_its_table(loader: psycopg.Connection[Any], query: Query) -> None:
    import_id, oid = load(loader, rows=0)
    assert standing(loader, oid) == import_id
    query("DROP TABLE orders")
    assert standing(loader, oid) is None


@pytest.mark.parametrize("end", [mark_undone, mark_gone])
def test_what_has_ended_is_no_longer_in_force(
    loader: psycopg.Connection[Any], end: Callable[[psycopg.Cursor[Any], str], bool]
) -> None:
    import_id, oid = load(loader)
    with loader.cursor() as cursor:
        assert end(cursor, import_id)
        assert not end(cursor, import_id), "only once"
    loader.commit()
    assert standing(loader, oid) is None


def test_a_replace_supersedes_and_its_undo_restores(loader: psycopg.Connection[Any], query: Query) -> None:
    old, oid = load(loader)
    new = str(uuid.uuid4())
    with loader.cursor() as cursor:
        begin_import(cursor, LedgerRow(new, "sales.xlsx", "Orders", None, "public.orders", "replace", oid))
        assert mark_superseded(cursor, [oid], by=new) == 1
        complete_import(cursor, outcome_of(new), target_oid=oid, content_key="other")
    loader.commit()
    assert query("SELECT state FROM sheetferry.imports WHERE import_id = %s", old) == [("superseded",)]
    with loader.cursor() as cursor:
        assert mark_undone(cursor, new)
        assert mark_restored(cursor, new, oid) == 1
    loader.commit()
    assert standing(loader, oid) == old


def test_rejects_are_kept_with_their_cells(loader: psycopg.Connection[Any], query: Query) -> None:
    import_id, _ = load(loader)
    rejects = [RejectedRow(n, f"B{n}", "a\0b", "is no number", {"amount": "a\0b", "x": None}) for n in range(2, 7)]
    with loader.cursor() as cursor:
        assert insert_rejects(cursor, import_id, rejects) == 5
        assert insert_rejects(cursor, import_id, []) == 0
    loader.commit()
    assert query("SELECT source_cell, value, row->>'amount' FROM sheetferry.rejects ORDER BY source_row LIMIT 1") == [
        ("B2", "ab", "ab")
    ]


def test_the_content_lock_excludes_the_same_content_only(loader: psycopg.Connection[Any], target: Target) -> None:
    with loader.cursor() as cursor:
        lock_content(cursor, "public.t", KEY)
    with closing(connect_bulk(target, "second")) as second:
        second.execute("SET LOCAL lock_timeout = '100ms'")
        with second.cursor() as cursor:
            lock_content(cursor, "public.t", "other")
            lock_content(cursor, "public.u", KEY)
            with pytest.raises(errors.LockNotAvailable):
                lock_content(cursor, "public.t", KEY)


@pytest.fixture
def guest(target: Target, query: Query) -> Iterator[Target]:
    """A role that may log in and nothing else."""
    role = f"guest {uuid.uuid4().hex[:8]}"
    query(f"CREATE ROLE \"{role}\" LOGIN PASSWORD 'pw'")
    yield replace(target, user=role, password=Secret("pw"))
    query(f'DROP OWNED BY "{role}"')
    query(f'DROP ROLE "{role}"')


def test_without_rights_the_statements_for_an_administrator_work(guest: Target, query: Query) -> None:
    with closing(connect_bulk(guest, "guest")) as opened:
        access = ensure_ledger(opened)
        assert not access.available
        assert guest.user in access.reason
        for statement in access.statements:
            query(statement)
        assert ensure_ledger(opened).available


def test_a_ledger_of_somebody_else_is_granted_by_the_statements(
    loader: psycopg.Connection[Any], guest: Target, query: Query
) -> None:
    load(loader)
    with closing(connect_bulk(guest, "guest")) as opened:
        access = ensure_ledger(opened)
        assert not access.available
        for statement in access.statements:
            query(statement)
        assert ensure_ledger(opened).available
        with opened.cursor() as cursor:
            begin_import(cursor, LedgerRow(str(uuid.uuid4()), "a.xlsx", None, None, "public.t", "create"))
        opened.commit()
    assert query("SELECT count(*) FROM sheetferry.imports") == [(2,)]


def test_an_administrator_can_let_somebody_only_read(
    loader: psycopg.Connection[Any], guest: Target, query: Query
) -> None:
    load(loader)
    for statement in reader_statements(guest.user):
        query(statement)
    with closing(connect_bulk(guest, "guest")) as opened:
        assert opened.execute("SELECT count(*) FROM sheetferry.imports").fetchone() == (1,)
        opened.rollback()
        assert not ensure_ledger(opened).available
