"""Holds staged rows against a table's: which are new, which change what, which are there just so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from workers.core.model.differences import LISTED, ChangedRow, TableDifference


@dataclass(frozen=True, slots=True)
class Comparison:
    """Staged rows ``s`` against the table's rows ``t``.

    Attributes:
        stage: The quoted staging table.
        table: The quoted table.
        same: The condition on ``t`` and ``s`` that they have the same key.
        row: The quoted column of the sheet's row numbers in the staging table.
        keys: Names of the key's columns.
        columns: Names of the other columns that an upsert would set.
        keep_existing: Whether blank cells leave the table's value.
    """

    stage: sql.Composable
    table: sql.Composable
    same: sql.Composable
    row: sql.Composable
    keys: Sequence[str]
    columns: Sequence[str]
    keep_existing: bool

    def ask(self, cursor: psycopg.Cursor[Any]) -> TableDifference:
        """Count and list, in three statements whatever the rows."""
        counted = cursor.execute(
            sql.SQL(
                "SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT FROM {table} t WHERE {same})),"
                " count(*) FILTER (WHERE EXISTS (SELECT FROM {table} t WHERE {same} AND {differs})) FROM {stage} s"
            ).format(table=self.table, same=self.same, differs=self.differs(), stage=self.stage)
        ).fetchone()
        staged, matched, changed = counted or (0, 0, 0)
        return TableDifference(
            tuple(self.keys), staged - matched, changed, matched - changed, self._changed(cursor) if changed else ()
        )

    def differs(self, old: str = "t", new: str = "s") -> sql.Composable:
        """A condition on a matched pair of rows: an upsert would change something."""
        # As text, since not every type of a foreign table can be compared; a double's text is exact.
        tests = [
            sql.SQL("{}::text IS DISTINCT FROM {}::text").format(
                sql.SQL("{}.{}").format(sql.Identifier(old), sql.Identifier(name)), self._value(name, old, new)
            )
            for name in self.columns
        ]
        return sql.SQL("({})").format(sql.SQL(" OR ").join(tests)) if tests else sql.SQL("false")

    def _value(self, name: str, old: str, new: str) -> sql.Composable:
        value = sql.SQL("{}.{}").format(sql.Identifier(new), sql.Identifier(name))
        if not self.keep_existing:
            return value
        return sql.SQL("coalesce({}, {}.{})").format(value, sql.Identifier(old), sql.Identifier(name))

    def _changed(self, cursor: psycopg.Cursor[Any]) -> tuple[ChangedRow, ...]:
        def texts(values: Sequence[sql.Composable]) -> sql.Composable:
            listed = sql.SQL(", ").join(sql.SQL("{}::text").format(value) for value in values)
            return sql.SQL("ARRAY[{}]::text[]").format(listed)

        query = sql.SQL(
            "SELECT s.{row}, {keys}, {old}, {new} FROM {stage} s JOIN {table} t ON {same} WHERE {differs}"
            " ORDER BY s.{row} LIMIT {most}"
        ).format(
            row=self.row,
            keys=texts([sql.SQL("s.{}").format(sql.Identifier(k)) for k in self.keys]),
            old=texts([sql.SQL("t.{}").format(sql.Identifier(c)) for c in self.columns]),
            new=texts([self._value(c, "t", "s") for c in self.columns]),
            stage=self.stage,
            table=self.table,
            same=self.same,
            differs=self.differs(),
            most=sql.Literal(LISTED),
        )
        return tuple(
            ChangedRow(
                row,
                tuple(key),
                tuple((c, o, n) for c, o, n in zip(self.columns, old, new, strict=True) if o != n),
            )
            for row, key, old, new in cursor.execute(query)
        )


def difference_words(difference: TableDifference) -> str:
    """The difference in one sentence."""
    return (
        f"Rows that are new: {difference.new:,}; that change: {difference.changed:,}; that are in the table just so:"
        f" {difference.unchanged:,}."
    )
