"""The rows of a sheet as the search for tables sees them: only filled cells, their kinds, and the gaps in between.

A sheet may have a million rows, so the middle of a long run of rows is not kept: the head, the end, and the
surroundings of every blank gap tell where tables begin and end.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from workers.core.inference.text_shapes import DATES, NUMBERS, STAMPS, Shape, classify
from workers.core.model.cells import CellValue, ErrorValue, PaddedNumber

Cells = dict[int, CellValue]
"""Filled cells of one row by column; cells of white space only are not filled."""

HEAD_LINES: Final = 400
TAIL_LINES: Final = 120
_AFTER_GAP: Final = 40
_MAX_GAPS: Final = 150
_SLICE: Final = 500
_TITLE: Final = 12
"""Shorter words in all cells of a row may be values."""
_NUMBER_TEXTS: Final = NUMBERS | {Shape.LEADING_ZERO, Shape.LONG_DIGITS}
_DATE_TEXTS: Final = DATES | STAMPS
_TOKENS: Final = frozenset({":", "n/a", "N/A", "NA", "-", "--", ".", "NULL", "None", "..", "…", "x", "*"})

TEXT, NUMBER, DATE, TIME, BOOLEAN, ERROR, NUMBER_TEXT, DATE_TEXT, TOKEN = "tndhbeNDo"
TYPED: Final = frozenset({NUMBER, DATE, TIME, BOOLEAN, NUMBER_TEXT, DATE_TEXT})
"""Kinds that a header cell rarely is."""
_KINDS: Final[dict[type, str]] = {
    bool: BOOLEAN,
    int: NUMBER,
    float: NUMBER,
    dt.date: DATE,
    dt.datetime: DATE,
    dt.time: TIME,
    dt.timedelta: TIME,
    ErrorValue: ERROR,
    PaddedNumber: NUMBER_TEXT,
}


def kind_of(value: CellValue) -> str:
    """One letter for the kind of a filled cell."""
    if type(value) is str:
        return _text_kind(value)
    return _KINDS.get(type(value), TEXT)


def _text_kind(value: str) -> str:
    text = value.strip()
    if text in _TOKENS:
        return TOKEN
    if len(text) > 40:
        return TEXT
    shape = classify(text)
    if shape in _NUMBER_TEXTS:
        return NUMBER_TEXT
    return DATE_TEXT if shape in _DATE_TEXTS else TEXT


@dataclass(slots=True)
class Line:
    """One row with at least one filled cell.

    Attributes:
        number: Excel row.
        gap: Wholly blank rows directly before it.
        cells: Its filled cells by column.
        skipped: Data rows directly before it that were not kept.
    """

    number: int
    gap: int
    cells: Cells
    skipped: int = 0
    _kinds: dict[int, str] | None = None

    @property
    def kinds(self) -> dict[int, str]:
        """The kind of each filled cell, worked out once."""
        if self._kinds is None:
            self._kinds = {column: kind_of(value) for column, value in self.cells.items()}
        return self._kinds

    @property
    def width(self) -> int:
        """How many cells are filled."""
        return len(self.cells)

    def within(self, columns: Iterable[int]) -> Line:
        """The same row with only these columns."""
        cells = {column: self.cells[column] for column in columns if column in self.cells}
        return Line(self.number, self.gap, cells, self.skipped)


def filled_cells(row: Sequence[CellValue]) -> Cells:
    """The filled cells of a row as a reader gives it."""
    return {
        column: value
        for column, value in enumerate(row)
        if value is not None and value != "" and not (type(value) is str and value.isspace())
    }


def _unrepeated(cells: Cells) -> Cells:
    """One cell of a row that shows the same words in all of its cells, as a title over merged cells is written out."""
    column, first = next(iter(cells.items()))
    if len(cells) == 1 or type(first) is not str or len(first.strip()) < _TITLE or _text_kind(first) != TEXT:
        return cells
    return {column: first} if all(value == first for value in cells.values()) else cells


@dataclass(slots=True)
class Sketch:
    """What is remembered of a sheet to find its tables.

    Attributes:
        lines: Kept rows in order.
        columns: The columns in which any row, kept or not, has a cell; the counts are of kept rows.
        blank_rows: Wholly blank rows between the first and the last filled one.
        last_row: Last filled Excel row, 0 for an empty sheet.
        thinned: True when rows in the middle were not kept.
        white: Columns of texts of nothing but white space in kept rows; they count where all cells are asked for.
        first_white: Excel row of the first such text, or None.
    """

    lines: list[Line] = field(default_factory=list)
    columns: dict[int, int] = field(default_factory=dict)
    blank_rows: int = 0
    last_row: int = 0
    thinned: bool = False
    white: set[int] = field(default_factory=set)
    first_white: int | None = None


class Sketcher:
    """Builds a `Sketch` from chunks of rows, in constant memory."""

    def __init__(self, head_lines: int = HEAD_LINES, tail_lines: int = TAIL_LINES) -> None:
        """Keep so many filled rows at the top and at the bottom."""
        self._sketch = Sketch()
        self._head_lines = head_lines
        self._tail: deque[tuple[int, int, Sequence[CellValue]]] = deque(maxlen=tail_lines)
        self._until = 0
        self._gap = 0
        self._gaps = 0
        self._skipped = 0

    def feed(self, chunk: Sequence[Sequence[CellValue]], first_row: int) -> None:
        """Take the next rows; the first one is Excel row `first_row`."""
        if self._passes_by(chunk, first_row):
            return
        for start in range(0, len(chunk), _SLICE):
            part = chunk[start : start + _SLICE]
            if not self._passes_by(part, first_row + start):
                self._feed_singly(part, first_row + start)

    def _feed_singly(self, chunk: Sequence[Sequence[CellValue]], first_row: int) -> None:
        number = first_row
        for row in chunk:
            if any(row) or _holds_something(row):
                self._take(number, row)
            else:
                self._gap += 1
            number += 1

    def finish(self) -> Sketch:
        """The sketch, once every row has been fed."""
        while self._tail:
            number, gap, row = self._tail.popleft()
            self._keep(number, gap, row)
        return self._sketch

    def _passes_by(self, chunk: Sequence[Sequence[CellValue]], first_row: int) -> bool:
        """Take a chunk in the middle of a long run of rows at once; False when it needs a closer look."""
        tail = self._tail
        long = len(chunk) >= (tail.maxlen or 0) and len(self._sketch.lines) >= self._head_lines
        if not long or self._gap or first_row < self._until or not all(map(any, chunk)):
            return False
        self._skip_many([row for _, _, row in tail])
        tail.clear()
        first_kept = len(chunk) - (tail.maxlen or 0)
        self._skip_many(chunk[:first_kept])
        tail.extend((first_row + place, 0, chunk[place]) for place in range(first_kept, len(chunk)))
        self._sketch.last_row = first_row + len(chunk) - 1
        return True

    def _skip_many(self, rows: Sequence[Sequence[CellValue]]) -> None:
        if not rows:
            return
        self._skipped += len(rows)
        self._sketch.thinned = True
        columns = self._sketch.columns
        for column in range(max(map(len, rows))):
            if column not in columns and any(row[column] for row in rows if len(row) > column):
                columns[column] = 1

    def _take(self, number: int, row: Sequence[CellValue]) -> None:
        sketch = self._sketch
        gap, self._gap = self._gap, 0
        if sketch.last_row:
            sketch.blank_rows += gap
        else:
            gap = number - 1
        sketch.last_row = number
        if gap and self._gaps < _MAX_GAPS and len(sketch.lines) >= self._head_lines:
            # What stands before a gap may be the end of a table, so all of the tail is kept, not only a bit.
            self._gaps += 1
            self._until = number + _AFTER_GAP
            while self._tail:
                self._keep(*self._tail.popleft())
        if len(sketch.lines) < self._head_lines or number < self._until:
            self._keep(number, gap, row)
            return
        if len(self._tail) == self._tail.maxlen:
            self._skip(*self._tail.popleft())
        self._tail.append((number, gap, row))

    def _keep(self, number: int, gap: int, row: Sequence[CellValue]) -> None:
        cells = filled_cells(row)
        if len(cells) < len(row):
            self._note_white(number, row)
        if not cells:
            self._gap += gap + 1
            return
        self._count(cells)
        self._sketch.lines.append(Line(number, gap, _unrepeated(cells), self._skipped))
        self._skipped = 0

    def _note_white(self, number: int, row: Sequence[CellValue]) -> None:
        white = [column for column, value in enumerate(row) if type(value) is str and value.isspace()]
        if white:
            self._sketch.white.update(white)
            self._sketch.first_white = min(number, self._sketch.first_white or number)

    def _skip(self, number: int, gap: int, row: Sequence[CellValue]) -> None:
        self._skip_many([row])

    def _count(self, cells: Cells) -> None:
        columns = self._sketch.columns
        for column in cells:
            columns[column] = columns.get(column, 0) + 1


def _holds_something(row: Sequence[CellValue]) -> bool:
    """Whether a row without a truthy cell holds one after all, such as a zero."""
    return any(value is not None and value != "" for value in row)


def sketch_of(rows: Sequence[Sequence[CellValue]], first_row: int = 1) -> Sketch:
    """The sketch of rows that are all in memory."""
    sketcher = Sketcher()
    sketcher.feed(rows, first_row)
    return sketcher.finish()
