"""An upsert or skip that keeps what its undo needs in the very statement that changes the table.

From PostgreSQL 18 on a statement returns rows as they were as well as they are, so that neither the former rows nor the
hashes of the new ones have to be looked for in the table, however large it is. The former rows are those that were
really changed, also where another session changed them a moment ago.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

from workers.importing.loading.target.target_table import TableName
from workers.importing.loading.undo import row_versions, undo_log

_RETURNS_FORMER_ROWS = 180000
_SUITS = """
SELECT c.relkind = 'r' AND NOT c.relhassubclass AND NOT c.relhasrules
       AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal)
       AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.confrelid = c.oid)
       AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attgenerated = 'v')
FROM pg_class c WHERE c.oid = %s
"""
_MERGE = """
WITH merged AS ({insert} RETURNING WITH (OLD AS was) {returned}), hashed AS ({gather}){kept}
SELECT count(*) FROM merged
"""


def suits(cursor: psycopg.Cursor[Any], oid: int, import_id: str) -> bool:
    """Whether what such a statement returns is what will stand in the table, and all that is kept for the import."""
    if cursor.connection.info.server_version < _RETURNS_FORMER_ROWS or row_versions.noted(cursor, import_id):
        return False
    if undo_log.exists(cursor, undo_log.before_name(import_id)):
        return False
    return cursor.execute(_SUITS, (oid,)).fetchone() == (True,)


def merge(
    cursor: psycopg.Cursor[Any],
    insert: sql.Composable,
    table: TableName,
    oid: int,
    import_id: str,
    former: Sequence[str],
    key: str,
    *,
    lineage: bool,
) -> int:
    """Carry an ``INSERT … ON CONFLICT`` out and keep what it changed.

    Args:
        cursor: Inside the transaction.
        insert: The statement, with the table as ``t``.
        table: The table.
        oid: Its oid.
        import_id: The import; nothing may be kept for it yet.
        former: The table's columns where former rows have to be kept; empty where no row is changed.
        key: A column of the key, which is never NULL: a row that had none was not there.
        lineage: Whether the table's rows tell their import.

    Returns:
        How many rows were added or changed.
    """
    place, row_hash = row_versions.begin(cursor, oid, import_id, lineage=lineage)
    returned = [sql.SQL("{} AS place").format(place), sql.SQL("{} AS hash").format(row_hash)]
    keeping: sql.Composable = sql.SQL("")
    if former:
        before = undo_log.before_name(import_id)
        cursor.execute(sql.SQL("CREATE TABLE {} AS SELECT * FROM {} WITH NO DATA").format(before.sql, table.sql))
        names = [sql.Identifier(f"was_{number}") for number in range(len(former))]
        pairs = zip(names, former, strict=True)
        returned += [sql.SQL("was.{} AS {}").format(sql.Identifier(column), name) for name, column in pairs]
        keeping = sql.SQL(", former AS (INSERT INTO {} ({}) SELECT {} FROM merged WHERE {} IS NOT NULL)").format(
            before.sql,
            sql.SQL(", ").join(map(sql.Identifier, former)),
            sql.SQL(", ").join(names),
            names[list(former).index(key)],
        )
    query = sql.SQL(_MERGE).format(
        insert=insert,
        returned=sql.SQL(", ").join(returned),
        gather=row_versions.gather(import_id, sql.SQL("SELECT place, hash FROM merged"), lineage=lineage),
        kept=keeping,
    )
    return int((cursor.execute(query).fetchone() or (0,))[0])
