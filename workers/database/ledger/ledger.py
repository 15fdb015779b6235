"""The ledger: one row per import in the target database, written in the transaction of the rows that it speaks of.

All functions take a psycopg cursor inside that transaction and commit nothing. That a row exists is the proof that its
import was committed; there is no other.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from workers.core.model.outcome_json import outcome_from_json, outcome_to_json
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.shown_text import kept

__all__ = [
    "EarlierImport",
    "LedgerRow",
    "RejectedRow",
    "amend_import",
    "begin_import",
    "complete_import",
    "imports_of_table",
    "in_force",
    "insert_rejects",
    "lock_content",
    "mark_gone",
    "mark_superseded",
    "mark_undone",
    "read_outcome",
]


_REJECTS_AT_ONCE = 2_000
_MAY_WRITE = (
    "(made_by IS NULL OR EXISTS (SELECT FROM pg_roles r WHERE r.rolname = made_by"
    " AND has_table_privilege(r.oid, target_oid, 'INSERT')))"
)
"""Whoever may write to the ledger could enter an import of a table that is none of his business."""


_dumps = partial(json.dumps, ensure_ascii=False)


def user_name() -> str:
    """Who runs us, or an empty text where the system does not know (a container's bare number)."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What is known of an import before its first row. See the contract's list of columns.

    Attributes:
        plan: The options and columns of the import, as plain JSON values.
    """

    import_id: str
    source_file: str
    source_sheet: str | None
    source_sha256: str | None
    target_table: str
    mode: str
    target_oid: int | None = None
    content_key: str | None = None
    app_version: str = ""
    os_user: str = field(default_factory=user_name)
    plan: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class EarlierImport:
    """An import that the ledger knows.

    Attributes:
        outcome: Its whole outcome, or None when the receipt cannot be read.
        made_by: The role that made it; empty for the oldest ones, of which that is not known.
        trusted: Whether that role may write to the table, so that an entry of it may be true.
    """

    import_id: str
    state: str
    mode: str
    target_oid: int | None
    target_table: str
    rows_loaded: int
    outcome: ImportOutcome | None
    made_by: str = ""
    trusted: bool = True


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One reject for the table ``sheetferry.rejects``: the cell that made it one, and all cells of its row as text."""

    source_row: int
    source_cell: str
    value: str | None
    reason: str
    row: Mapping[str, str | None]


def begin_import(cursor: psycopg.Cursor[Any], row: LedgerRow) -> None:
    """Enter the import at the start of its transaction.

    A second try of the same import waits here until the first one has committed or rolled back.

    Raises:
        psycopg.errors.UniqueViolation: when that import was committed already: read its outcome.
    """
    cursor.execute(
        "INSERT INTO sheetferry.imports (import_id, state, source_file, source_sheet, source_sha256, content_key,"
        " target_oid, target_table, mode, app_version, os_user, plan)"
        " VALUES (%s, 'loaded', %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            row.import_id,
            storable(row.source_file),
            storable(row.source_sheet),
            row.source_sha256,
            row.content_key,
            row.target_oid,
            storable(row.target_table),
            row.mode,
            row.app_version,
            storable(row.os_user),
            _jsonb(row.plan),
        ),
    )


def complete_import(
    cursor: psycopg.Cursor[Any], outcome: ImportOutcome, *, target_oid: int | None, content_key: str | None
) -> None:
    """Write the figures and the receipt; the last statement before the commit.

    Raises:
        LookupError: when `begin_import` was not called for it.
    """
    cursor.execute(
        "UPDATE sheetferry.imports SET rows_read = %s, rows_loaded = %s, rows_rejected = %s, rows_skipped = %s,"
        " target_oid = coalesce(%s, target_oid), content_key = coalesce(%s, content_key),"
        " target_table = coalesce(%s, target_table), receipt = %s, committed_at = clock_timestamp()"
        " WHERE import_id = %s",
        (
            outcome.rows_read,
            outcome.rows_loaded,
            outcome.rows_rejected,
            outcome.rows_skipped,
            target_oid,
            content_key,
            storable(outcome.table),
            _jsonb(outcome_to_json(outcome)),
            outcome.import_id,
        ),
    )
    if cursor.rowcount != 1:
        raise LookupError(f"the ledger has no import {outcome.import_id}")


def amend_import(cursor: psycopg.Cursor[Any], outcome: ImportOutcome) -> None:
    """Rows were added to an import after its commit: its figures and receipt from now on. Its time stays.

    Raises:
        LookupError: when there is no such import.
    """
    cursor.execute(
        "UPDATE sheetferry.imports SET rows_loaded = %s, rows_rejected = %s, rows_skipped = %s, receipt = %s"
        " WHERE import_id = %s",
        (
            outcome.rows_loaded,
            outcome.rows_rejected,
            outcome.rows_skipped,
            _jsonb(outcome_to_json(outcome)),
            outcome.import_id,
        ),
    )
    if cursor.rowcount != 1:
        raise LookupError(f"the ledger has no import {outcome.import_id}")


def lock_content(cursor: psycopg.Cursor[Any], target: str, content_key: str) -> None:
    """Let only one transaction at a time load this content into this table, however many windows ask for it.

    The `target` is ``schema.table``: a name rather than an oid, since the table may not be there yet.
    """
    cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s::text, 1::bigint))", (f"{target}\n{content_key}",))


def in_force(
    cursor: psycopg.Cursor[Any], content_key: str, target_oid: int, *, written: int = 0
) -> EarlierImport | None:
    """The import of the same content that still stands in the table, if there is one: then nothing has changed.

    It stands while the table with the recorded oid exists, the import was neither undone nor replaced, and the table
    holds rows of it: by ``_import_id`` where the table has that column, else any row at all but those that this
    transaction has `written` into it.
    """
    cursor.execute(
        f"{_SELECT_EARLIER} WHERE content_key = %s AND target_oid = %s AND state = 'loaded'"
        " AND EXISTS (SELECT FROM pg_class WHERE oid = target_oid) ORDER BY committed_at DESC",
        (content_key, target_oid),
    )
    # An entry alone proves nothing where its maker could not have written to the table: the rows have to bear its id.
    return next((earlier for earlier in map(_earlier, cursor.fetchall()) if _stands(cursor, earlier, written)), None)


def has_former_keys(cursor: psycopg.Cursor[Any], target_oid: int, version: str) -> bool:
    """Whether imports in force in a table have content keys that do not begin with the present format's `version`."""
    found = cursor.execute(
        "SELECT EXISTS (SELECT FROM sheetferry.imports WHERE target_oid = %s AND state = 'loaded'"
        " AND content_key IS NOT NULL AND NOT starts_with(content_key, %s))",
        (target_oid, version),
    ).fetchone()
    return found == (True,)


def imports_of_table(cursor: psycopg.Cursor[Any], target_oid: int) -> list[EarlierImport]:
    """Imports in force in a table, newest first."""
    cursor.execute(
        f"{_SELECT_EARLIER} WHERE target_oid = %s AND state = 'loaded' AND {_MAY_WRITE}"
        " ORDER BY committed_at DESC NULLS FIRST",
        (target_oid,),
    )
    return [_earlier(row) for row in cursor.fetchall()]


def read_outcome(cursor: psycopg.Cursor[Any], import_id: str) -> EarlierImport | None:
    """The import of that id when it was committed, whatever became of it later."""
    cursor.execute(f"{_SELECT_EARLIER} WHERE import_id = %s", (import_id,))
    row = cursor.fetchone()
    return _earlier(row) if row else None


def mark_superseded(cursor: psycopg.Cursor[Any], target_oids: Sequence[int], by: str) -> int:
    """A replace has taken the place of all imports in these tables; returns how many.

    Called in the transaction of the replace, after its own `begin_import`.
    """
    cursor.execute("SELECT sheetferry.supersede(%s::oid[], %s::uuid)", (list(target_oids), by))
    return _count(cursor)


def mark_undone(cursor: psycopg.Cursor[Any], import_id: str) -> bool:
    """The import was undone; False when it was not in force. Imports that it had replaced are for the caller."""
    return _end(cursor, import_id, "undone")


def mark_gone(cursor: psycopg.Cursor[Any], import_id: str) -> bool:
    """Its table was dropped or emptied by other hands; False when it was not in force."""
    return _end(cursor, import_id, "gone")


def mark_restored(cursor: psycopg.Cursor[Any], ended_by: str, target_oid: int) -> int:
    """A replace was undone: what it had superseded is in force again, in the table of that oid; returns how many."""
    cursor.execute("SELECT sheetferry.restore(%s::uuid, %s::oid)", (ended_by, target_oid))
    return _count(cursor)


def _count(cursor: psycopg.Cursor[Any]) -> int:
    row = cursor.fetchone()
    return int(row[0]) if row else 0


def insert_rejects(cursor: psycopg.Cursor[Any], import_id: str, rejects: Iterable[RejectedRow]) -> int:
    """Keep rejected rows; returns how many."""
    count = 0
    remaining = iter(rejects)
    while part := list(islice(remaining, _REJECTS_AT_ONCE)):
        # Not by COPY, which PostgreSQL refuses where each role may add to its own imports only.
        cursor.execute(
            "INSERT INTO sheetferry.rejects (import_id, source_row, source_cell, value, reason, row)"
            " SELECT %s::uuid, * FROM unnest(%s::integer[], %s::text[], %s::text[], %s::text[], %s::jsonb[])",
            (
                import_id,
                [reject.source_row for reject in part],
                [reject.source_cell for reject in part],
                [storable(reject.value) for reject in part],
                [storable(reject.reason) for reject in part],
                [_jsonb(dict(reject.row)) for reject in part],
            ),
        )
        count += len(part)
    return count


def storable(text: str | None) -> str | None:
    """`text` as PostgreSQL can hold it: no NUL, and an escape for what is not valid Unicode."""
    return text if text is None else kept(text.replace("\0", ""))


_SELECT_EARLIER = (
    "SELECT import_id::text, state, mode, target_oid, target_table, rows_loaded, receipt,"
    " coalesce(made_by, ''), {trusted} FROM sheetferry.imports"
).replace("{trusted}", _MAY_WRITE)


def _earlier(row: tuple[Any, ...]) -> EarlierImport:
    import_id, state, mode, target_oid, target_table, rows_loaded, receipt, made_by, trusted = row
    try:
        outcome = outcome_from_json(receipt)
    except ValueError:
        outcome = None
    return EarlierImport(import_id, state, mode, target_oid, target_table, rows_loaded, outcome, made_by, trusted)


def _stands(cursor: psycopg.Cursor[Any], earlier: EarlierImport, written: int) -> bool:
    """Whether the table holds rows of the import; one that loaded no row stands as long as its table."""
    if not earlier.rows_loaded:
        return earlier.trusted
    cursor.execute(
        "SELECT n.nspname, c.relname, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid"
        " AND a.attname = '_import_id' AND a.atttypid = 'uuid'::regtype AND NOT a.attisdropped)"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = %s",
        (earlier.target_oid,),
    )
    found = cursor.fetchone()
    if found is None:
        return False
    schema, table, has_lineage = found
    name = sql.Identifier(schema, table)
    if has_lineage:
        statement = sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE _import_id = %s)").format(name)
        return cursor.execute(statement, (earlier.import_id,)).fetchone() == (True,)
    if not earlier.trusted:
        return False
    statement = sql.SQL("SELECT EXISTS (SELECT FROM {} OFFSET {})").format(name, sql.Literal(written))
    return cursor.execute(statement).fetchone() == (True,)


def _end(cursor: psycopg.Cursor[Any], import_id: str, state: str) -> bool:
    cursor.execute(
        "UPDATE sheetferry.imports SET state = %s, ended_at = clock_timestamp()"
        " WHERE import_id = %s AND state = 'loaded'",
        (state, import_id),
    )
    return cursor.rowcount == 1


def _jsonb(value: Mapping[str, Any] | None) -> Jsonb | None:
    # Letters as they are: a database without an encoding of its own (SQL_ASCII) takes no escapes for them.
    return None if value is None else Jsonb(_storable_json(value), dumps=_dumps)


def _storable_json(value: Any) -> Any:
    """JSON whose texts PostgreSQL can hold."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {storable(key): _storable_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable_json(item) for item in value]
    return value
