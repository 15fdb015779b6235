"""Keys among the rows just loaded: rows without a key, and keys that come more than once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

from workers.core.inference.text_format import text_of
from workers.core.model.cells import address
from workers.core.model.options import DuplicateRule
from workers.core.model.outcomes import Reject
from workers.importing.loading.pipeline.columns import LoadColumn
from workers.importing.loading.pipeline.reject_collector import RejectCollector

_SOURCE = sql.Identifier("_source_row")


class KeyRules:
    """Applies the rules for keys to a table or staging table with a ``_source_row`` column."""

    def __init__(
        self,
        table: sql.Composable,
        keys: Sequence[str],
        columns: Sequence[LoadColumn],
        duplicates: DuplicateRule,
        source: sql.Composable = _SOURCE,
    ) -> None:
        """Prepare.

        Args:
            table: The quoted table; all its rows are of this import.
            keys: Names of the key columns.
            columns: All columns of the import.
            duplicates: What becomes of a key that comes twice.
            source: What orders the rows: the quoted column of their Excel rows, or ``ctid`` where there is none.
        """
        self._table = table
        self._keys = sql.SQL(", ").join(map(sql.Identifier, keys))
        self._names = list(keys)
        self._columns = columns
        self._rule = duplicates
        self._source = source

    def apply(self, cursor: psycopg.Cursor[Any], book: RejectCollector) -> tuple[int, int]:
        """Take the rows out that have no key, and those that the rule for duplicates refuses.

        Returns:
            How many were rejected, and how many were left out for another with the same key.
        """
        missing = sql.SQL(" OR ").join(sql.SQL("{} IS NULL").format(sql.Identifier(k)) for k in self._names)
        rejected = self._reject(cursor, book, missing, "a row without a value in the key cannot be told from others")
        if self._rule == "reject":
            # A partition compares keys as their own types do; an operator would be looked for in the search path.
            twice = sql.SQL(
                "ctid IN (SELECT ctid FROM (SELECT ctid, count(*) OVER (PARTITION BY {keys}) AS times FROM {table})"
                " AS counted WHERE times > 1)"
            ).format(keys=self._keys, table=self._table)
            return rejected + self._reject(cursor, book, twice, None), 0
        return rejected, self._drop_all_but_one(cursor)

    def reject_unknown(
        self, cursor: psycopg.Cursor[Any], book: RejectCollector, unknown: sql.Composable, lacking: Sequence[str]
    ) -> int:
        """Reject the rows whose key is not in the target, to which only new values for old rows can come.

        Args:
            cursor: Inside the import's transaction.
            book: Where rejected rows go.
            unknown: The condition on these rows.
            lacking: The columns that a new row would need a value in.
        """
        reason = f"there is no row with this key, and a new one would need a value in {', '.join(lacking)}"
        return self._reject(cursor, book, unknown, reason)

    def _reject(
        self, cursor: psycopg.Cursor[Any], book: RejectCollector, condition: sql.Composable, reason: str | None
    ) -> int:
        names = [c.name for c in self._columns]
        fields = sql.SQL(", ").join(map(sql.Identifier, names))
        query = sql.SQL("DELETE FROM {table} WHERE {condition} RETURNING {source}, {fields}").format(
            table=self._table, condition=condition, source=self._source, fields=fields
        )
        rows = cursor.execute(query).fetchall()
        places = [names.index(k) for k in self._names]
        partners: dict[tuple[Any, ...], list[int]] = {}
        rows.sort(key=lambda row: row[0] if isinstance(row[0], int) else 0)
        for row in rows:
            partners.setdefault(tuple(row[1 + p] for p in places), []).append(row[0])
        for row in rows:
            place = next((p for p in places if row[1 + p] is None), places[0])
            number = row[0] if isinstance(row[0], int) else 0
            cell = address(number, self._columns[place].plan.index)
            value = text_of(row[1 + place])
            why = reason or _same_key(partners[tuple(row[1 + p] for p in places)], number)
            book.add(Reject(number, cell, value, f"{cell}: {why}."), names, row[1:])
        return len(rows)

    def _drop_all_but_one(self, cursor: psycopg.Cursor[Any]) -> int:
        order = sql.SQL("ASC") if self._rule == "first" else sql.SQL("DESC")
        query = sql.SQL(
            "DELETE FROM {table} WHERE ctid IN (SELECT ctid FROM (SELECT ctid, row_number() OVER"
            " (PARTITION BY {keys} ORDER BY {source} {order}) AS place FROM {table}) AS ranked WHERE place > 1)"
        ).format(table=self._table, keys=self._keys, source=self._source, order=order)
        return cursor.execute(query).rowcount


def _same_key(rows: list[int], me: int) -> str:
    others = [str(row) for row in rows if row != me][:5]
    return f"the same key stands in row {', '.join(others)}" if others else "the key comes more than once"
