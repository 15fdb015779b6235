"""Tallies of a sheet in chunks of rows, kept so that a table can be surveyed again without looking at each cell.

When the analyst moves a header, a range or a type, only the chunks at the edges of the table have to be counted again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from workers.core.inference.column_stats import ColumnTally, Kind
from workers.importing.rows.batches import Row

CHUNK: Final = 2_000


class ChunkTallies:
    """The tallies of a sheet whose rows are in memory, made chunk by chunk when they are asked for."""

    def __init__(self, rows: Sequence[Row], null_tokens: Sequence[str]) -> None:
        """Prepare for the rows of a sheet from Excel row 1, and these null tokens."""
        self._rows = rows
        self._tokens = frozenset(null_tokens)
        self._kept: dict[int, list[ColumnTally]] = {}

    def suits(self, null_tokens: Sequence[str]) -> bool:
        """Whether the tallies were made with these null tokens."""
        return self._tokens == frozenset(null_tokens)

    def whole_chunk(self, first_row: int, columns: Sequence[int]) -> list[ColumnTally] | None:
        """The tallies of the chunk that begins at Excel row `first_row`.

        Args:
            first_row: A row at which a chunk begins.
            columns: The table's columns.

        Returns:
            One tally for each column, or None when rows may be wholly blank within these columns, so that they have to
            be looked at one by one.
        """
        tallies = self._tallies((first_row - 1) // CHUNK)
        found = [tallies[column] if column < len(tallies) else None for column in columns]
        if not any(tally is not None and not tally.count(Kind.BLANK) for tally in found):
            return None
        return [tally or self._blank(column) for tally, column in zip(found, columns, strict=True)]

    def _tallies(self, number: int) -> list[ColumnTally]:
        kept = self._kept.get(number)
        if kept is None:
            first = number * CHUNK
            across = zip_longest(*self._rows[first : first + CHUNK])
            kept = []
            for column, values in enumerate(across):
                tally = ColumnTally(column, self._tokens)
                tally.update(values, first + 1)
                kept.append(tally)
            self._kept[number] = kept
        return kept

    def _blank(self, column: int) -> ColumnTally:
        tally = ColumnTally(column, self._tokens)
        tally.update([None] * CHUNK, 1)
        return tally
