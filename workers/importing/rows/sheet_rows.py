"""Where the rows of a sheet come from: memory for a small sheet, the reader's stream for a big one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from workers.core.model.plans import SheetFacts, SheetInfo
from workers.importing.reading.workbook import Workbook
from workers.importing.rows.batches import Row

BUFFERED_CELLS = 300_000
"""Sheets of up to so many cells are read once and kept; larger ones are planned from so many and then streamed."""
_PORTION = 500


class BufferedWorkbook:
    """An open workbook one sheet of which has been read already; everything else is asked of the workbook itself."""

    def __init__(self, workbook: Workbook, sheet: SheetInfo, rows: list[Row]) -> None:
        """Keep the rows of one sheet, from Excel row 1."""
        self._workbook = workbook
        self._sheet = sheet
        self._rows = rows
        self.format = workbook.format
        self.reader = workbook.reader
        self.date_1904 = workbook.date_1904
        self.streams = workbook.streams
        self.text_only = workbook.text_only
        self.sheets = workbook.sheets

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[Row]:
        """The kept rows, or those of another sheet."""
        if sheet.index != self._sheet.index:
            return self._workbook.rows(sheet, first_row, last_row)
        return islice(iter(self._rows), first_row - 1, last_row)

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        """What the file says about the sheet."""
        return self._workbook.facts(sheet)

    def close(self) -> None:
        """Forget the rows; the workbook itself stays open."""
        self._rows = []


class HeadedWorkbook:
    """An open workbook the head of one sheet of which has been read, with the reading still under way.

    The first reading of that sheet goes on where the head ends; later ones start anew.
    """

    def __init__(self, workbook: Workbook, sheet: SheetInfo, head: list[Row], rest: Iterator[Row]) -> None:
        """Keep the head, from Excel row 1, and the iterator that gave it."""
        self._workbook = workbook
        self._sheet = sheet
        self._head: list[Row] | None = head
        self._rest = rest
        self.format = workbook.format
        self.reader = workbook.reader
        self.date_1904 = workbook.date_1904
        self.streams = workbook.streams
        self.text_only = workbook.text_only
        self.sheets = workbook.sheets

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[Row]:
        """The rows from the head on, once; afterwards, and for other sheets, a new reading."""
        head, self._head = self._head, None
        if sheet.index != self._sheet.index or head is None:
            return self._workbook.rows(sheet, first_row, last_row)
        return islice(chain(_drained(head), self._rest), first_row - 1, last_row)

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        """What the file says about the sheet."""
        return self._workbook.facts(sheet)

    def close(self) -> None:
        """Forget the head; the workbook itself stays open."""
        self._head = None


def _drained(head: list[Row]) -> Iterator[Row]:
    """The head's rows, each let go of as soon as it is given."""
    head.reverse()
    while head:
        yield head.pop()


def read_head(rows: Iterator[Row], limit: int = BUFFERED_CELLS) -> tuple[list[Row], bool]:
    """Read rows until `limit` cells are reached.

    Returns:
        The rows, and whether they are all there are.
    """
    head: list[Row] = []
    cells = 0
    while portion := list(islice(rows, _PORTION)):
        head.extend(portion)
        cells += sum(map(len, portion))
        if cells > limit:
            return head, False
    return head, True


def has_cells(workbook: Workbook, sheet: SheetInfo) -> bool:
    """Whether the sheet holds anything; looks no further than its first filled cell."""
    return any(value is not None and value != "" for row in workbook.rows(sheet) for value in row)
