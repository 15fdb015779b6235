"""What is kept so that an import can be taken back: rows as they were before, in schema ``sheetferry_kept``."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

from workers.importing.loading.target_table import TableName

SCHEMA = "sheetferry_kept"


def ensure_kept(connection: psycopg.Connection[Any]) -> bool:
    """Make the schema for kept tables, in a transaction of its own; False where the role may not."""
    with connection.transaction(), connection.cursor() as cursor:
        if cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", (SCHEMA,)).fetchone() == (True,):
            return True
    try:
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('sheetferry.kept', 0))")
            cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(SCHEMA)))
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def before_name(import_id: str) -> TableName:
    """Where the rows stand that an import changed or replaced."""
    return TableName(SCHEMA, f"before_{uuid.UUID(import_id).hex}")


def keys_name(import_id: str) -> TableName:
    """Where the keys stand that an import added to a table without lineage columns."""
    return TableName(SCHEMA, f"keys_{uuid.UUID(import_id).hex}")


def keep_rows(cursor: psycopg.Cursor[Any], import_id: str, table: TableName, condition: sql.Composable | None) -> None:
    """Keep the table's rows as they are, all of them or those that meet a condition on ``t``."""
    where = sql.SQL("") if condition is None else sql.SQL(" WHERE {}").format(condition)
    cursor.execute(
        sql.SQL("CREATE TABLE {} AS SELECT t.* FROM {} t{}").format(before_name(import_id).sql, table.sql, where)
    )


def keep_new_keys(
    cursor: psycopg.Cursor[Any], import_id: str, table: TableName, keys: Sequence[str], stage: sql.Composable
) -> None:
    """Keep the staged keys that the table does not have yet."""
    names = sql.SQL(", ").join(sql.SQL("s.{}").format(sql.Identifier(k)) for k in keys)
    pairs = sql.SQL(" AND ").join(sql.SQL("t.{0} = s.{0}").format(sql.Identifier(k)) for k in keys)
    cursor.execute(
        sql.SQL("CREATE TABLE {} AS SELECT {} FROM {} s WHERE NOT EXISTS (SELECT FROM {} t WHERE {})").format(
            keys_name(import_id).sql, names, stage, table.sql, pairs
        )
    )
