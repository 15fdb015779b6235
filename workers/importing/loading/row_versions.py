"""Which rows of a table are still as an import left them.

PostgreSQL stamps every version of a row with the transaction that wrote it. A row that still bears the stamp of its
import was not edited. Where we rewrite rows ourselves (a column widens, an undo restores old values) the stamps are
renewed; those transactions are noted as harmless, and rows that had been edited before are noted by their origin.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from workers.importing.loading.kept import SCHEMA
from workers.importing.loading.target_table import TableName

_SINCE_NOW = sql.SQL("xmin::text::bigint >= (pg_current_xact_id()::text::bigint & 4294967295)")
_STILL_OPEN = sql.SQL(
    "pg_xact_status((((pg_current_xact_id()::text::bigint >> 32) << 32) | stamp)::text::xid8) = 'in progress'"
)
STAMP = sql.SQL("xmin::text::bigint")
"""The stamp of a row, to be put after its table's alias and a dot."""


def note_plain_import(cursor: psycopg.Cursor[Any], oid: int, import_id: str) -> None:
    """Note the stamp of an import whose rows were all written without savepoints: it is the transaction's own."""
    cursor.execute(
        "INSERT INTO sheetferry_kept.row_stamps SELECT %s, %s, (pg_current_xact_id()::text::bigint & 4294967295)",
        (oid, import_id),
    )


def note_import(cursor: psycopg.Cursor[Any], oid: int, import_id: str, table: TableName, *, lineage: bool) -> None:
    """Note the stamps of an import's rows, at the end of its transaction.

    Rows written behind savepoints bear stamps of their own. Where rows do not tell their import, those are ours that
    we can see although their writer has not committed yet.

    Args:
        cursor: Inside the transaction.
        oid: The table.
        import_id: The import.
        table: The table's name.
        lineage: Whether the table's rows tell their import.
    """
    mine = sql.SQL("_import_id = {}::uuid").format(sql.Literal(import_id)) if lineage else _SINCE_NOW
    query = sql.SQL(
        "INSERT INTO {schema}.row_stamps SELECT {oid}::oid, {id}::uuid, stamp FROM"
        " (SELECT DISTINCT {stamp} AS stamp FROM {table} WHERE {mine}) seen WHERE {open}"
    ).format(
        schema=sql.Identifier(SCHEMA),
        oid=sql.Literal(oid),
        id=sql.Literal(import_id),
        stamp=STAMP,
        table=table.sql,
        mine=mine,
        open=_STILL_OPEN,
    )
    cursor.execute(query)


def note_edited(cursor: psycopg.Cursor[Any], oid: int, table: TableName, condition: sql.Composable) -> None:
    """Before rows of a table with lineage are rewritten by us: note which of them were edited.

    Args:
        cursor: Inside the transaction.
        oid: The table.
        table: Its name.
        condition: Restricts the rows; the table is called ``t`` in it.
    """
    query = sql.SQL(
        "INSERT INTO {schema}.edited_rows SELECT {oid}::oid, t._import_id, t._source_row FROM {table} t"
        " WHERE t._import_id IS NOT NULL AND {condition} AND NOT ({pristine})"
    ).format(
        schema=sql.Identifier(SCHEMA),
        oid=sql.Literal(oid),
        table=table.sql,
        condition=condition,
        pristine=pristine(oid, "t", lineage=True),
    )
    cursor.execute(query)


def note_harmless(cursor: psycopg.Cursor[Any], oid: int) -> None:
    """Rows that this transaction writes into the table count as unedited."""
    cursor.execute(
        f"INSERT INTO {SCHEMA}.row_stamps SELECT %s, NULL, (pg_current_xact_id()::text::bigint & 4294967295)", (oid,)
    )


def pristine(oid: int, alias: str, *, lineage: bool, import_id: str | None = None) -> sql.Composed:
    """A condition that holds for rows which are as their import left them.

    Args:
        oid: The table.
        alias: What the table is called in the statement.
        lineage: Whether its rows tell their import.
        import_id: The import, for tables whose rows do not tell.
    """
    name = sql.Identifier(alias)
    owner = (
        sql.SQL("s.import_id = {}._import_id").format(name)
        if lineage
        else sql.SQL("s.import_id = {}::uuid").format(sql.Literal(import_id))
    )
    stamped = sql.SQL(
        "{name}.{stamp} IN (SELECT s.stamp FROM {schema}.row_stamps s WHERE s.table_oid = {oid}"
        " AND ({owner} OR s.import_id IS NULL))"
    ).format(name=name, stamp=STAMP, schema=sql.Identifier(SCHEMA), oid=sql.Literal(oid), owner=owner)
    if not lineage:
        return stamped
    return sql.SQL(
        "{stamped} AND NOT EXISTS (SELECT FROM {schema}.edited_rows e WHERE e.table_oid = {oid}"
        " AND e.import_id = {name}._import_id AND e.source_row = {name}._source_row)"
    ).format(stamped=stamped, schema=sql.Identifier(SCHEMA), oid=sql.Literal(oid), name=name)
