"""What is kept so that an import can be taken back: rows as they were before, in schema ``sheetferry_kept``."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

from workers.core.model.errors import UserError
from workers.database.ledger.undo_schema import GUARD_STATEMENTS, SCHEMA, TABLE_STATEMENTS
from workers.importing.loading.target.target_table import TableName, create_schema

_KEPT_TABLE = """
SELECT c.relkind = 'r' AND NOT c.relhasrules AND NOT c.relrowsecurity
       AND c.relowner = (SELECT r.oid FROM pg_roles r WHERE r.rolname = current_user)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relname = %s
"""


def ensure_kept(connection: psycopg.Connection[Any]) -> bool:
    """Make the schema for kept tables, in a transaction of its own; False where the role may not write there."""
    with connection.transaction(), connection.cursor() as cursor:
        if is_there(cursor) and _guarded(cursor):
            return _may_write(cursor)
    try:
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('sheetferry.kept'::text, 0::bigint))")
            if not (is_there(cursor) and _guarded(cursor)):
                create_schema(cursor, SCHEMA)
                for statement in (*TABLE_STATEMENTS, *GUARD_STATEMENTS):
                    cursor.execute(statement.encode())
            return _may_write(cursor)
    except psycopg.errors.InsufficientPrivilege:
        return False


def is_there(cursor: psycopg.Cursor[Any]) -> bool:
    """Whether the newest of our tables is there; asked by a query, which sees what another session has just made."""
    query = "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    query += " WHERE n.nspname = %s AND c.relname = 'row_hashes')"
    return cursor.execute(query, (SCHEMA,)).fetchone() == (True,)


def _guarded(cursor: psycopg.Cursor[Any]) -> bool:
    """Whether each role can change only what is kept of its own imports; the first versions knew no such thing."""
    query = (
        "SELECT bool_and(c.relrowsecurity) FROM pg_class c WHERE c.relnamespace = %s::regnamespace"
        " AND c.relname IN ('imports', 'row_forms', 'row_hashes')"
    )
    return cursor.execute(query, (SCHEMA,)).fetchone() == (True,)


def _may_write(cursor: psycopg.Cursor[Any]) -> bool:
    if cursor.execute("SELECT has_schema_privilege(%s, 'CREATE, USAGE')", (SCHEMA,)).fetchone() != (True,):
        return False
    query = (
        "SELECT bool_and(has_table_privilege(c.oid, p)) FROM pg_class c,"
        " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS p WHERE c.relnamespace = %s::regnamespace"
        " AND c.relname IN ('imports', 'row_forms', 'row_hashes')"
    )
    return cursor.execute(query, (SCHEMA,)).fetchone() == (True,)


def before_name(import_id: str) -> TableName:
    """Where the rows stand that an import changed or replaced."""
    return TableName(SCHEMA, f"before_{uuid.UUID(import_id).hex}")


def keep_rows(cursor: psycopg.Cursor[Any], import_id: str, table: TableName, condition: sql.Composable | None) -> None:
    """Keep the table's rows as they are, all of them or those that meet a condition on ``t``."""
    where = sql.SQL("") if condition is None else sql.SQL(" WHERE {}").format(condition)
    before = before_name(import_id)
    if not exists(cursor, before):
        cursor.execute(sql.SQL("CREATE TABLE {} AS SELECT t.* FROM {} t{}").format(before.sql, table.sql, where))
        return
    # More rows come to an import that has ended: what is kept for it grows.
    described = cursor.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(before.sql)).description or ()
    names = [sql.Identifier(column.name) for column in described]
    cursor.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} t{}").format(
            before.sql,
            sql.SQL(", ").join(names),
            sql.SQL(", ").join(sql.SQL("t.{}").format(name) for name in names),
            table.sql,
            where,
        )
    )


def note_facts(cursor: psycopg.Cursor[Any], import_id: str, keys: Sequence[str], *, made_table: bool) -> None:
    """Keep what an undo must know of an import besides its rows: the key it matched by, and whose table it is."""
    cursor.execute(
        "INSERT INTO sheetferry_kept.imports (import_id, keys, made_table) VALUES (%s, %s, %s)"
        " ON CONFLICT (import_id) DO UPDATE SET keys = excluded.keys, made_table = excluded.made_table",
        (import_id, list(keys), made_table),
    )


def keys_of(cursor: psycopg.Cursor[Any], import_id: str) -> list[str]:
    """The key columns by which an import was matched."""
    row = cursor.execute("SELECT keys FROM sheetferry_kept.imports WHERE import_id = %s", (import_id,)).fetchone()
    return list(row[0]) if row and row[0] else []


def made_table(cursor: psycopg.Cursor[Any], import_id: str) -> bool:
    """Whether the import's table was made for it."""
    row = cursor.execute("SELECT made_table FROM sheetferry_kept.imports WHERE import_id = %s", (import_id,)).fetchone()
    return bool(row and row[0])


def exists(cursor: psycopg.Cursor[Any], name: TableName) -> bool:
    """Whether a kept table is there.

    Raises:
        UserError: ``kept-altered`` when it is not a plain table of the connected role. Others may make things in that
            schema as well, by any name, and a view or a type of theirs would bring code along.
    """
    found = cursor.execute(_KEPT_TABLE, (name.schema, name.name)).fetchone()
    if found is not None and not found[0]:
        raise UserError.of(
            "kept-altered",
            f"What was kept of the rows before this import, {name}, is not a table of the role that made the import.",
            "Have an administrator look at it. Nothing was changed.",
        )
    return found is not None


def drop_kept(cursor: psycopg.Cursor[Any], import_id: str) -> None:
    """Let go of what was kept for an import."""
    cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(before_name(import_id).sql))
    for name in ("row_hashes", "row_forms", "imports"):
        table = sql.Identifier(SCHEMA, name)
        cursor.execute(sql.SQL("DELETE FROM {} WHERE import_id = %s").format(table), (import_id,))
