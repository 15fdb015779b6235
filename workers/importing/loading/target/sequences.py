"""Sequences behind columns whose values came from a sheet: they have to go on after them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql

from workers.core.model.plans import Finding
from workers.importing.loading.target.target_table import TableName

_OWNED = """
SELECT a.attname, d.objid, has_sequence_privilege(d.objid, 'UPDATE'), q.seqmax,
       coalesce(pg_sequence_last_value(d.objid), q.seqstart - 1)
FROM pg_depend d JOIN pg_sequence q ON q.seqrelid = d.objid
JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = %s
  AND d.deptype IN ('a', 'i') AND q.seqincrement > 0
"""
_MOVE = "SELECT setval(%s::oid::regclass, greatest(%s, coalesce(pg_sequence_last_value(%s), 0)))"


def move_on(
    cursor: psycopg.Cursor[Any], name: TableName, oid: int, highest: Mapping[str, int], *, trial: bool
) -> list[Finding]:
    """Let the sequences of a table go on after the values that were loaded.

    A sequence is moved at once and stays moved if the import is rolled back, which leaves a gap and does no harm. So
    that is done last; a trial does not do it.

    Args:
        cursor: Inside the import's transaction.
        name: The table.
        oid: Its oid.
        highest: The highest value loaded into each column of whole numbers.
        trial: Whether nothing may be kept.

    Returns:
        What was moved, and what could not be.
    """
    findings: list[Finding] = []
    for column, sequence, allowed, most, last in cursor.execute(_OWNED, (oid,)).fetchall():
        high = highest.get(column)
        if high is None or high <= last:
            continue
        if not allowed or high > most:
            query = sql.SQL("SELECT setval(pg_get_serial_sequence({}, {}), {})").format(
                sql.Literal(name.sql.as_string(cursor)), sql.Literal(column), sql.Literal(high)
            )
            findings.append(
                Finding(
                    "sequence-behind",
                    f"The sequence of {name}.{column} stands at {last} and will give values that are taken; whoever"
                    f" may can run: {query.as_string(cursor)}",
                )
            )
            continue
        if not trial:
            cursor.execute(_MOVE, (sequence, high, sequence))
        findings.append(
            Finding("sequence-moved", f"The sequence of {name}.{column} goes on after {high}.", severity="info")
        )
    return findings
