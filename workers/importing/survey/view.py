"""Which part of a sheet is looked at: the range that was asked for, without hidden rows and columns if so wished."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workers.core.layout.lines import Sketcher
from workers.core.model.cells import CellRange, CellValue, column_index
from workers.core.model.errors import UserError
from workers.core.model.options import ImportOptions
from workers.core.model.plans import DeclaredTable, SheetFacts

Row = Sequence[CellValue]

_CELLS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
LAST_ROW = 1_048_576
LAST_COLUMN = 16_383


@dataclass(frozen=True, slots=True)
class View:
    """The part of one sheet that counts.

    Attributes:
        area: Only these cells, or None for all.
        declared: The Excel table or defined name that `area` was given as.
        hidden_rows: Rows that are skipped.
        hidden_columns: Columns that are skipped.
    """

    area: CellRange | None = None
    declared: DeclaredTable | None = None
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def shows(self, column: int) -> bool:
        """Whether a column counts."""
        inside = self.area is None or self.area.first_column <= column <= self.area.last_column
        return inside and column not in self.hidden_columns

    def cut(self, row: Row) -> Row:
        """The row with everything that does not count made blank."""
        if self.area is not None:
            row = [None] * self.area.first_column + list(row[self.area.first_column : self.area.last_column + 1])
        if self.hidden_columns:
            row = [None if column in self.hidden_columns else value for column, value in enumerate(row)]
        return row

    def feed(self, sketcher: Sketcher, chunk: Sequence[Row], first_row: int) -> None:
        """Give a chunk of the sheet's rows to the search for tables."""
        if self.area is None and not self.hidden_rows and not self.hidden_columns:
            sketcher.feed(chunk, first_row)
            return
        low = max(self.area.first_row if self.area else 1, first_row)
        high = min(self.area.last_row if self.area else LAST_ROW, first_row + len(chunk) - 1)
        start = low
        for hidden in sorted(self.hidden_rows & frozenset(range(low, high + 1))):
            self._feed_run(sketcher, chunk, first_row, start, hidden - 1)
            start = hidden + 1
        self._feed_run(sketcher, chunk, first_row, start, high)

    def _feed_run(self, sketcher: Sketcher, chunk: Sequence[Row], first_row: int, low: int, high: int) -> None:
        if low <= high:
            sketcher.feed([self.cut(row) for row in chunk[low - first_row : high - first_row + 1]], low)


def view_of(facts: SheetFacts, options: ImportOptions) -> View | None:
    """The view that the options ask for; None when their range names a table that another sheet holds.

    Raises:
        UserError: ``wrong-range`` when the range is neither a block of cells nor the name of one.
    """
    skip = options.hidden == "skip"
    rows = facts.hidden_rows if skip else frozenset[int]()
    columns = facts.hidden_columns if skip else frozenset[int]()
    if options.cell_range is None:
        return View(None, None, rows, columns)
    wanted = options.cell_range.strip()
    for table in facts.declared:
        if table.name.casefold() == wanted.casefold():
            return View(table.area, table, rows, columns)
    area = parse_range(wanted)
    return View(area, None, rows, columns) if area else None


def parse_range(text: str) -> CellRange | None:
    """A block of cells such as ``A5:H200`` or ``B:D``; None when the text is none."""
    text = text.strip()
    whole = _COLUMNS.fullmatch(text)
    if whole:
        first, last = sorted((column_index(whole[1]), column_index(whole[2])))
        return CellRange(1, first, LAST_ROW, last)
    found = _CELLS.fullmatch(text)
    if not found:
        return None
    columns = sorted((column_index(found[1]), column_index(found[3] or found[1])))
    rows = sorted((int(found[2]), int(found[4] or found[2])))
    if rows[0] < 1 or rows[1] > LAST_ROW or columns[1] > LAST_COLUMN:
        return None
    return CellRange(rows[0], columns[0], rows[1], columns[1])


def unknown_range(wanted: str, names: Sequence[str]) -> UserError:
    """The error for a range that no surveyed sheet knows."""
    known = f" The workbook names: {', '.join(names[:20])}." if names else ""
    return UserError(
        UserError.of(
            "wrong-range",
            f"{wanted!r} is neither a block of cells such as A5:H200 nor the name of a table in the workbook.",
            f"Give the block's first and last cell, or one of the workbook's names.{known}",
        ).info
    )
