"""Where the rows of a sheet come from: memory for a small sheet, the reader's stream for a big one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Protocol, TypeVar, runtime_checkable

from workers.core.model.plans import SheetFacts, SheetInfo
from workers.importing.reading.workbook import Workbook
from workers.importing.rows.portions import BlockSource, ListSource, Portion, Row, RowSource, part_of

BUFFERED_CELLS = 300_000
"""Sheets of up to so many cells are read once and kept; larger ones are planned from so many and then streamed."""
_PORTION = 500
HEAD_CELLS = 16_000
"""A sheet that is read in blocks is planned from so many cells, for the rest is looked at on the way at no cost."""
_HEAD_ROWS = 100


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


class HeadedBlocks:
    """An open workbook one sheet of which is read in blocks, the first of which have been looked at.

    The first reading of that sheet goes on where the head ends; later ones start anew.
    """

    def __init__(self, workbook: Workbook, sheet: SheetInfo, head: list[Portion], rest: Iterator[Portion]) -> None:
        """Keep the head, from Excel row 1, and the iterator that gave it."""
        self._workbook = workbook
        self._sheet = sheet
        self._head: list[Portion] | None = head
        self._rest = rest
        self.format = workbook.format
        self.reader = workbook.reader
        self.date_1904 = workbook.date_1904
        self.streams = workbook.streams
        self.text_only = workbook.text_only
        self.sheets = workbook.sheets

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[Row]:
        """A new reading row by row."""
        return self._workbook.rows(sheet, first_row, last_row)

    def blocks(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[Portion] | None:
        """The blocks from the head on, once; afterwards, and for other sheets, a new reading."""
        head, self._head = self._head, None
        if sheet.index == self._sheet.index and head is not None:
            return rows_between(chain(_drained(head), self._rest), first_row, last_row)
        return blocks_of(self._workbook, sheet, first_row, last_row)

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        """What the file says about the sheet."""
        return self._workbook.facts(sheet)

    def close(self) -> None:
        """Forget the head; the workbook itself stays open."""
        self._head = None


@runtime_checkable
class ReadsBlocks(Protocol):
    """An open workbook that may read a sheet in blocks of arrays."""

    def blocks(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[Portion] | None:
        """The rows as `Workbook.rows` gives them, in blocks; None where the sheet is better read row by row."""


def blocks_of(
    workbook: Workbook, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None
) -> Iterator[Portion] | None:
    """The rows of a sheet in blocks of arrays; None where it is better read row by row."""
    return workbook.blocks(sheet, first_row, last_row) if isinstance(workbook, ReadsBlocks) else None


def row_source(workbook: Workbook, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> RowSource:
    """The rows of a sheet in the quickest way that its reader knows."""
    blocks = blocks_of(workbook, sheet, first_row, last_row)
    return BlockSource(blocks) if blocks is not None else ListSource(workbook.rows(sheet, first_row, last_row))


def list_source(workbook: Workbook, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> RowSource:
    """The rows of a sheet one by one."""
    return ListSource(workbook.rows(sheet, first_row, last_row))


def rows_between(blocks: Iterator[Portion], first_row: int, last_row: int | None) -> Iterator[Portion]:
    """Of the rows of a sheet, from Excel row 1 on, those between two."""
    at = 1
    for block in blocks:
        start, at = at, at + len(block)
        low = max(first_row - start, 0)
        high = len(block) if last_row is None else min(len(block), last_row + 1 - start)
        if low < high:
            yield block if high - low == len(block) else part_of(block, low, high)
        if last_row is not None and at > last_row:
            return


def read_head_blocks(blocks: Iterator[Portion], limit: int) -> tuple[list[Portion], bool]:
    """Read blocks until `limit` cells, and at least some rows, are reached.

    Returns:
        The blocks, and whether they are all there are.
    """
    head: list[Portion] = []
    rows = cells = 0
    for block in blocks:
        head.append(block)
        rows += len(block)
        cells += sum(map(len, block)) if isinstance(block, list) else len(block) * len(block.columns)
        if cells > BUFFERED_CELLS or (cells > limit and rows >= _HEAD_ROWS):
            return head, False
    return head, True


_Piece = TypeVar("_Piece")


def _drained(head: list[_Piece]) -> Iterator[_Piece]:
    """The head's rows or blocks, each let go of as soon as it is given."""
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
