"""A text file read in columns, piece by piece; what is not plain goes to the exact reader, a piece at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol, cast

import numpy as np

from workers.core.model.cells import CellValue
from workers.importing.columnar.cell_vector import BLANK, TEXT, ArrayBlock, CellVector
from workers.importing.columnar.text_pool import TextPool
from workers.importing.reading.text.cutting import Cut, Cutter, Refused
from workers.importing.reading.text.dialect import CsvDialect, parse_records
from workers.importing.reading.text.marks import NULL_MARK, mended

_MOST_COLUMNS = 20_000
_LISTED = 2_000
_FIRST_PART = 4
_NULL_MARK = np.frombuffer(NULL_MARK.encode(), np.uint8)
_SPREAD = 8
"""Rows may differ in length until the longest would make so many times the cells that there are."""


class Readable(Protocol):
    """A file as far as it is needed here."""

    def read(self, count: int, /) -> bytes:
        """At most about so many bytes; none at the end."""

    def close(self) -> None:
        """Let it go."""


Row = list[CellValue]
Block = ArrayBlock | list[Row]


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text in UTF-8, or in what is a part of it, in a plain dialect.

    Attributes:
        open: Opens the file.
        mark: Bytes before the text itself.
        dialect: How it is divided.
        longest: Bytes of the longest row that is read in columns.
        marks: Whether some cells may say something else than their letters; see `marks`.
        otherwise: Reads rows of the file in another way, from a row on.
        piece: Bytes that are read at a time; the first time fewer, for what is looked at before the rest.
    """

    open: Callable[[], Readable]
    mark: int
    dialect: CsvDialect
    longest: int
    marks: bool
    otherwise: Callable[[int, int | None], Iterator[Row]]
    piece: int

    def blocks(self, first_row: int = 1, last_row: int | None = None) -> Iterator[Block]:
        """The rows from `first_row` on as `Workbook.rows` gives them, in blocks of rows that follow one another.

        Raises:
            UserError: as `Workbook.rows` does.
        """
        at = 1
        try:
            for block in self._all_blocks():
                start, at = at, at + len(block)
                low = max(first_row - start, 0)
                high = len(block) if last_row is None else min(len(block), last_row + 1 - start)
                if low < high:
                    yield block if high - low == len(block) else _part(block, low, high)
                if last_row is not None and at > last_row:
                    return
        except Refused:
            yield from _in_lists(self.otherwise(max(first_row, at), last_row))

    def _all_blocks(self) -> Iterator[Block]:
        """Every row from the first on.

        Raises:
            Refused: when what follows has to be read in another way.
        """
        cutter = Cutter(self.dialect.delimiter, self.dialect.quote)
        with closing(self.open()) as file:
            file.read(self.mark)
            rest = b""
            quotes = 0
            piece = max(self.piece // _FIRST_PART, 1)
            while True:
                more = file.read(max(piece, len(rest)))
                piece = self.piece
                data = rest + more
                if not data:
                    break
                last = not more
                block: Block
                try:
                    used, block = self._cut(cutter, data, last=last)
                except Refused:
                    block, data, used = self._exact(data, file)
                if used:
                    quotes += data.count(self._quote, 0, used) if self._quote else 0
                    yield block
                elif len(data) > self.longest:
                    raise Refused
                rest = data[used:]
        if quotes % 2:
            raise Refused  # the exact reader says whether a mark is missing

    @property
    def _quote(self) -> bytes:
        return self.dialect.quote.encode()

    def _cut(self, cutter: Cutter, data: bytes, *, last: bool) -> tuple[int, ArrayBlock]:
        """The bytes of the rows that are whole, and these rows.

        Raises:
            Refused: where the piece is not plain.
        """
        if self.marks and b'="' in data:
            raise Refused
        cut = cutter.cut(data, last=last)
        if cut is None:
            return 0, ArrayBlock(0, ())
        return cut.used, block_of(cut, null_marks=self.marks)

    def _exact(self, data: bytes, file: Readable) -> tuple[list[Row], bytes, int]:
        """The rows of a piece that is not plain, to the end of the last one that begins in it.

        Returns:
            The rows, all that was read, and how many bytes of it the rows took.

        Raises:
            Refused: where these rows are too long: the exact reader of the whole file says what is wrong.
        """
        feed = _Lines(data, file, self.piece, self.longest)
        rows: list[Row] = []
        try:
            for record in parse_records(feed, self.dialect):
                rows.append(cast(Row, mended(record) if self.marks else record))
                if feed.served >= len(data):
                    break
        except (csv.Error, UnicodeError) as error:
            raise Refused from error
        return rows, feed.data, feed.served


class _Lines:
    """The lines of a piece, and of what follows as long as somebody asks.

    Attributes:
        data: All that was read.
        served: Bytes of the lines that were given.
    """

    def __init__(self, data: bytes, file: Readable, piece: int, longest: int) -> None:
        self.data = data
        self._file = file
        self._piece = piece
        self._longest = len(data) + longest
        self._ended = False
        self.served = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._next():
            self.served += len(line)
            yield line.decode("utf-8", "surrogatepass")

    def _next(self) -> bytes:
        while True:
            end = self._line_end()
            if end or self._ended:
                return self.data[self.served : end or len(self.data)]
            if len(self.data) > self._longest:
                raise Refused
            more = self._file.read(self._piece)
            self._ended = not more
            self.data += more

    def _line_end(self) -> int:
        """Where the next line ends; 0 when that is not to be seen yet."""
        newline = self.data.find(b"\n", self.served)
        carriage = self.data.find(b"\r", self.served, newline if newline >= 0 else len(self.data))
        if carriage < 0:
            return newline + 1
        if carriage + 1 == len(self.data):
            return carriage + 1 if self._ended else 0
        return carriage + 1 + (self.data[carriage + 1 : carriage + 2] == b"\n")


def block_of(cut: Cut, *, null_marks: bool = False) -> ArrayBlock:
    """Some rows as columns of texts; an empty cell is blank.

    Args:
        cut: The rows.
        null_marks: Whether `NULL_MARK` is blank as well.

    Raises:
        Refused: where rows differ so much in length that columns would be mostly holes.
    """
    counts = np.diff(cut.rows)
    rows, width = len(counts), int(counts.max(initial=0))
    cells = len(cut.starts)
    if width > _MOST_COLUMNS or rows * width > _SPREAD * (cells + rows):
        raise Refused
    pool = TextPool(cut.buffer, cut.starts, cut.lengths)
    filled = (cut.lengths > 0).astype(np.uint8) * np.uint8(TEXT)
    if null_marks:
        short = np.flatnonzero(cut.lengths == len(_NULL_MARK))
        signs = cut.buffer[cut.starts[short][:, None] + np.arange(len(_NULL_MARK))]
        filled[short[(signs == _NULL_MARK).all(1)]] = BLANK
    if rows * width == cells:
        numbers = np.arange(cells).reshape(rows, width)
        kinds = filled.reshape(rows, width)
        columns = (CellVector(_whole(kinds[:, j]), codes=_whole(numbers[:, j]), pool=pool) for j in range(width))
        return ArrayBlock(rows, tuple(columns))
    return ArrayBlock(rows, tuple(_ragged(cut, counts, filled, pool, j) for j in range(width)))


def _whole(column: Any) -> Any:
    return np.ascontiguousarray(column)


def _ragged(cut: Cut, counts: Any, filled: Any, pool: TextPool, place: int) -> CellVector:
    there = counts > place
    numbers = np.where(there, cut.rows[:-1] + place, 0)
    return CellVector(np.where(there, filled[numbers], np.uint8(BLANK)), codes=numbers, pool=pool)


class RecodedText:
    """A text of another encoding, read as if it were UTF-8; what `PlainText` needs of a file."""

    def __init__(self, text: io.TextIOWrapper, repair: Callable[[str], str] | None) -> None:
        """Take over an open text.

        Args:
            text: It, with its line ends as they stand.
            repair: What is done to its characters besides.
        """
        self._text = text
        self._repair = repair

    def read(self, count: int) -> bytes:
        """About so many bytes of it.

        Raises:
            Refused: where it cannot be decoded.
        """
        try:
            text = self._text.read(count)
        except UnicodeError as error:
            raise Refused from error
        return (self._repair(text) if self._repair else text).encode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Close it."""
        self._text.close()


def _part(block: Block, low: int, high: int) -> Block:
    return block.part(low, high) if isinstance(block, ArrayBlock) else block[low:high]


def _in_lists(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while portion := list(islice(rows, _LISTED)):
        yield portion
