"""What an upsert would do to the rows of a table: counted, and the first changes shown."""

from __future__ import annotations

from dataclasses import dataclass

LISTED = 100
"""Changed rows that are shown."""


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row of the table that gets other values.

    Attributes:
        source_row: Excel row of the sheet that changes it.
        key: Its key's values as text, in the order of the key's columns.
        changes: Column, old and new value as text (None is NULL), for the columns that differ.
    """

    source_row: int
    key: tuple[str | None, ...]
    changes: tuple[tuple[str, str | None, str | None], ...]


@dataclass(frozen=True, slots=True)
class TableDifference:
    """The rows of a sheet against those of a table, matched by key.

    Attributes:
        keys: Names of the key's columns.
        new: Rows whose key the table does not have.
        changed: Rows whose key it has, with other values.
        unchanged: Rows that it has just so.
        rows: The first changed ones in the sheet's order, at most `LISTED`.
    """

    keys: tuple[str, ...]
    new: int
    changed: int
    unchanged: int
    rows: tuple[ChangedRow, ...] = ()
