"""The ledger as people read it: imports of a database, newest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import psycopg

from workers.core.model.json_codec import CodecError, decode
from workers.core.model.options import ImportOptions
from workers.core.model.outcome_json import outcome_from_json
from workers.core.model.outcomes import ImportOutcome
from workers.database.ledger.guard import refuse_foreign_code
from workers.database.ledger.undo_notes import undo_notes
from workers.database.sessions import reading

_ESCAPED = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One import of the ledger. See the contract's list of columns.

    Attributes:
        state: ``loaded``, ``undone``, ``superseded`` or ``gone``; a loaded import whose table has since been dropped
            by other hands is told as ``gone``.
        ended_at: When it was undone or replaced.
        ended_by: The import that replaced it.
        outcome: Its whole outcome, or None when the receipt cannot be read.
        undoable: Whether it can be taken back, as far as that is known without trying.
        undo_note: Why not, one sentence; empty when it can.
    """

    import_id: str
    state: str
    source_file: str
    source_sheet: str | None
    source_sha256: str | None
    content_key: str | None
    target_oid: int | None
    target_table: str | None
    mode: str
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    rows_skipped: int
    started_at: dt.datetime
    committed_at: dt.datetime | None
    app_version: str
    os_user: str
    ended_at: dt.datetime | None
    ended_by: str | None
    outcome: ImportOutcome | None
    undoable: bool = False
    undo_note: str = ""

    def to_json(self) -> dict[str, Any]:
        """The object of ``history --json``; times are ISO texts in UTC."""
        return {
            "import_id": self.import_id,
            "state": self.state,
            "file": self.source_file,
            "sheet": self.source_sheet,
            "table": self.target_table,
            "mode": self.mode,
            "rows_read": self.rows_read,
            "rows_loaded": self.rows_loaded,
            "rows_rejected": self.rows_rejected,
            "rows_skipped": self.rows_skipped,
            "started_at": _iso(self.started_at),
            "committed_at": _iso(self.committed_at),
            "ended_at": _iso(self.ended_at),
            "ended_by": self.ended_by,
            "source_sha256": self.source_sha256,
            "content_key": self.content_key,
            "app_version": self.app_version,
            "os_user": self.os_user,
            "undoable": self.undoable,
            "undo_note": self.undo_note or None,
        }


@dataclass(frozen=True, slots=True)
class RejectEntry:
    """One kept reject: where it was, why, and its row's cells by column name."""

    source_row: int
    source_cell: str
    value: str | None
    reason: str
    row: dict[str, str | None]


def read_history(
    connection: psycopg.Connection[Any],
    *,
    search: str = "",
    import_id: str | None = None,
    limit: int = 100,
    offset: int = 0,
) -> list[HistoryEntry]:
    """Imports of the connected database, newest first; none where there is no ledger.

    Args:
        connection: See `engines.connect_bulk`; a transaction that it is in stays open.
        search: Words that must all occur in file, sheet, table, state, user or id; any case.
        import_id: Only this one.
        limit: How many at most.
        offset: How many to leave out first.
    """
    words = [f"%{word.translate(_ESCAPED)}%" for word in search.split()]
    with reading(connection) as cursor:
        if not _has_ledger(cursor):
            return []
        cursor.execute(
            "SELECT import_id::text, CASE WHEN state = 'loaded' AND target_oid IS NOT NULL"
            " AND NOT EXISTS (SELECT FROM pg_class WHERE oid = target_oid) THEN 'gone' ELSE state END,"
            " source_file, source_sheet, source_sha256, content_key, target_oid::bigint, target_table, mode,"
            " rows_read, rows_loaded, rows_rejected, rows_skipped, started_at, committed_at, app_version, os_user,"
            " ended_at, ended_by::text, receipt FROM sheetferry.imports"
            " WHERE concat_ws(' ', source_file, source_sheet, target_table, state, os_user, import_id::text)"
            " ILIKE ALL (%(words)s::text[]) AND (%(id)s::text IS NULL OR import_id::text = %(id)s)"
            " ORDER BY committed_at DESC NULLS FIRST, import_id LIMIT %(limit)s OFFSET %(offset)s",
            {"words": words, "id": import_id, "limit": limit, "offset": offset},
        )
        return _with_notes(cursor, [_entry(row) for row in cursor.fetchall()])


def read_rejects(connection: psycopg.Connection[Any], import_id: str) -> list[RejectEntry]:
    """The kept rejects of an import in the order of their rows; none where there is no ledger."""
    with reading(connection) as cursor:
        if not _has_ledger(cursor):
            return []
        cursor.execute(
            "SELECT source_row, source_cell, value, reason, coalesce(row, '{}') FROM sheetferry.rejects"
            " WHERE import_id::text = %s ORDER BY source_row, source_cell",
            (import_id,),
        )
        return [RejectEntry(*row) for row in cursor.fetchall()]


def read_choices(connection: psycopg.Connection[Any], import_id: str) -> tuple[ImportOptions, ImportOutcome] | None:
    """The options and planned columns of an import; None where the ledger does not know it or was older."""
    with reading(connection) as cursor:
        if not _has_ledger(cursor):
            return None
        cursor.execute("SELECT plan FROM sheetferry.imports WHERE import_id::text = %s", (import_id,))
        row = cursor.fetchone()
    try:
        return (decode(ImportOptions, row[0]["options"]), outcome_from_json(row[0])) if row else None
    except (CodecError, KeyError, TypeError):
        return None


def _with_notes(cursor: psycopg.Cursor[Any], entries: list[HistoryEntry]) -> list[HistoryEntry]:
    notes = undo_notes(cursor, [(e.import_id, e.state, e.mode, e.target_oid) for e in entries])
    return [replace(e, undoable=e.import_id not in notes, undo_note=notes.get(e.import_id, "")) for e in entries]


def _has_ledger(cursor: psycopg.Cursor[Any]) -> bool:
    cursor.execute(
        "SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'sheetferry' AND c.relname = 'imports'"
    )
    if cursor.fetchone() is None:
        return False
    refuse_foreign_code(cursor)
    return True


def _entry(row: tuple[Any, ...]) -> HistoryEntry:
    try:
        outcome = outcome_from_json(row[-1])
    except CodecError:
        outcome = None
    return HistoryEntry(*(*row[:-1], outcome))


def _iso(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).isoformat() if moment else None
