"""Whether loading a content once more would change anything: asked before an import is called unchanged.

An append of what is there already would double it, so that it is enough that rows of the earlier import are there. But
a replace, an upsert or a skip is asked for to bring the table to a certain state: there it is unchanged only where the
table is in just that state.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from workers.core.model.options import Mode
from workers.database.ledger.ledger import EarlierImport
from workers.importing.loading.target.target_table import LINEAGE, TableName
from workers.importing.loading.undo import row_versions

_STATE_MODES = frozenset({Mode.REPLACE, Mode.UPSERT, Mode.SKIP})


def changes_nothing(
    cursor: psycopg.Cursor[Any],
    mode: Mode,
    earlier: EarlierImport,
    table: TableName,
    *,
    lineage: bool,
    kept: bool,
) -> bool:
    """Whether an import with the content of an earlier one, which is in force, would leave the table as it is.

    Args:
        cursor: Inside the import's transaction, under the table's lock.
        mode: How the content would be loaded now.
        earlier: The import in force.
        table: The table.
        lineage: Whether the table's rows tell their import.
        kept: Whether hashes of the rows may have been kept.
    """
    if mode not in _STATE_MODES:
        return True
    if mode is not Mode.REPLACE and (earlier.outcome is None or earlier.outcome.rows_skipped):
        return False  # what was left out then may be missing now
    if mode is Mode.REPLACE and _count(cursor, table, sql.SQL("true")) != earlier.rows_loaded:
        return False
    return _own_rows(cursor, earlier, table, lineage=lineage, kept=kept) == earlier.rows_loaded


def _own_rows(
    cursor: psycopg.Cursor[Any], earlier: EarlierImport, table: TableName, *, lineage: bool, kept: bool
) -> int:
    """How many rows are as the earlier import left them; -1 where that cannot be told."""
    oid = earlier.target_oid or 0
    if kept and row_versions.find_own(cursor, oid, table, earlier.import_id, lineage=lineage):
        return _count(cursor, table, row_versions.pristine("t"))
    if not lineage:
        return -1
    mine = sql.SQL("t.{} = {}::uuid").format(sql.Identifier(LINEAGE[0]), sql.Literal(earlier.import_id))
    return _count(cursor, table, mine)


def _count(cursor: psycopg.Cursor[Any], table: TableName, condition: sql.Composable) -> int:
    found = cursor.execute(sql.SQL("SELECT count(*) FROM {} t WHERE {}").format(table.sql, condition)).fetchone()
    return int(found[0]) if found else 0
