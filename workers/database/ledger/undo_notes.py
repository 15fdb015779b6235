"""Which imports of the ledger can be taken back, and why others cannot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg

_ENDED = {
    "undone": "It was undone already.",
    "superseded": "It was replaced by a later import.",
    "gone": "Its table was dropped, and its rows with it.",
}
_NOT_KEPT = "What an undo needs to know of it is not kept (any more)."
_LATER = "A later import went into the table; undo that one first."
_KEPT = """
SELECT f.import_id::text,
       to_regclass('sheetferry_kept.before_' || replace(f.import_id::text, '-', '')) IS NOT NULL
FROM sheetferry_kept.row_forms f WHERE f.import_id = ANY (%s::uuid[])
"""
_NEWEST = """
SELECT DISTINCT ON (target_oid) import_id::text FROM sheetferry.imports
WHERE state = 'loaded' AND target_oid = ANY (%s::oid[]) ORDER BY target_oid, committed_at DESC NULLS FIRST
"""


def undo_notes(cursor: psycopg.Cursor[Any], imports: Sequence[tuple[str, str, str, int | None]]) -> dict[str, str]:
    """For each import that cannot be undone the reason, one sentence.

    Args:
        cursor: In the database of the ledger.
        imports: Id, state, mode and oid of the table of each import.
    """
    images = _kept(cursor, [import_id for import_id, state, _, _ in imports if state == "loaded"])
    newest = _newest(cursor, {oid for _, state, mode, oid in imports if oid and mode == "replace"})
    notes: dict[str, str] = {}
    for import_id, state, mode, _ in imports:
        if state != "loaded":
            notes[import_id] = _ENDED.get(state, "It is not in force.")
        elif import_id not in images:
            notes[import_id] = _NOT_KEPT
        elif mode == "replace" and images[import_id] and import_id not in newest:
            notes[import_id] = _LATER
    return notes


def _kept(cursor: psycopg.Cursor[Any], ids: list[str]) -> dict[str, bool]:
    """Imports of which rows are known, and whether there is an image of the rows before."""
    readable = "SELECT has_table_privilege(to_regclass('sheetferry_kept.row_forms'), 'SELECT')"
    if not ids or cursor.execute("SELECT to_regclass('sheetferry_kept.row_forms')").fetchone() == (None,):
        return {}
    if cursor.execute(readable).fetchone() != (True,):
        return {}
    return dict(cursor.execute(_KEPT, (ids,)).fetchall())


def _newest(cursor: psycopg.Cursor[Any], oids: set[int]) -> set[str]:
    return {import_id for (import_id,) in cursor.execute(_NEWEST, (list(oids),))} if oids else set()
