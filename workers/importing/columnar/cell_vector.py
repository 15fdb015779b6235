"""Cells of one column as arrays: the contract between those who read columns and those who load them.

A reader that can tell the cells of many rows at once (worksheet XML, CSV) makes a `CellVector` for each column, and
`ArrayBlock` of them for some rows that follow one another. Everything behind it, from the counting of kinds to the
bytes for COPY, works on the arrays; a Python object is made only for a cell that somebody wants to look at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from workers.core.inference.column_stats import ColumnTally
from workers.core.inference.conversion import ValueRules
from workers.core.model.cells import CellValue, ErrorValue, PaddedNumber
from workers.core.model.content_key import ContentKey
from workers.core.model.options import PgType
from workers.importing.columnar.column import ArrayColumn, EncodedCells
from workers.importing.columnar.text_pool import Bytes, TextPool, Whole

BLANK, BOOL, INT, FLOAT, TEXT, MOMENT, TIME, SPAN, ERROR, PADDED = range(10)
"""Kinds of cell. MOMENT is a date with or without a time of day, SPAN a duration."""

TYPES: tuple[type, ...] = (
    type(None),
    bool,
    int,
    float,
    str,
    dt.datetime,
    dt.time,
    dt.timedelta,
    ErrorValue,
    PaddedNumber,
)
"""The type of the cells of each kind."""

EPOCH = dt.datetime(2000, 1, 1)
"""Moments are counted from here, as PostgreSQL counts them."""

NO_TEXTS = TextPool(b"", np.zeros(0, np.int64), np.zeros(0, np.int64))
_MICROSECOND = dt.timedelta(microseconds=1)


@dataclass(slots=True)
class CellVector(ArrayColumn):
    """The cells of one column, in row order.

    Arrays have one element for each cell; an element that the cell's kind does not ask for is 0. An array that no
    cell asks for is None. Arrays are never written to once they are here.

    Attributes:
        kinds: The kind of each cell.
        numbers: Of BOOL 0 or 1, of INT the number, of MOMENT microseconds since `EPOCH`, of TIME microseconds since
            midnight, of SPAN microseconds, of PADDED the number that is shown so. Whole numbers beyond 64 bits cannot
            be told: leave such cells to Python.
        floats: Of FLOAT the number; a whole number below 2^63 is an INT.
        codes: Of TEXT, ERROR and PADDED the text's number in the pool.
        pool: The texts; pools may be shared by columns and batches, which then judge each text only once.
    """

    kinds: Bytes
    numbers: Whole | None = None
    floats: NDArray[np.float64] | None = None
    codes: Whole | None = None
    pool: TextPool = NO_TEXTS
    _counts: Whole | None = field(default=None, repr=False)

    @classmethod
    def blank(cls, count: int) -> CellVector:
        """So many blank cells."""
        return cls(np.zeros(count, np.uint8))

    @property
    def counts(self) -> Whole:
        """How many cells are of each kind."""
        if self._counts is None:
            self._counts = np.bincount(self.kinds, minlength=len(TYPES))
        return self._counts

    @property
    def present(self) -> list[int]:
        """The kinds among the cells, in rising order."""
        return [kind for kind, count in enumerate(self.counts.tolist()) if count]

    @property
    def types(self) -> frozenset[type]:
        """See `ArrayColumn.types`."""
        return frozenset(TYPES[kind] for kind in self.present)

    def count_into(self, tally: ColumnTally, rows: Sequence[int]) -> None:
        """See `ArrayColumn.count_into`."""
        from workers.importing.columnar.counting import count_into

        count_into(tally, self, rows)

    def encode(self, pg_type: PgType, rules: ValueRules) -> EncodedCells | None:
        """See `ArrayColumn.encode`."""
        from workers.importing.columnar.conversion import encode

        return encode(self, pg_type, rules)

    def add_to_key(self, key: ContentKey, place: int) -> None:
        """See `ArrayColumn.add_to_key`."""
        from workers.importing.columnar.key_streams import add_to_key

        add_to_key(key, place, self)

    @property
    def blanks(self) -> Any:
        """See `ArrayColumn.blanks`."""
        return self.kinds == BLANK

    def places_of(self, text: str) -> list[int]:
        """See `ArrayColumn.places_of`."""
        if self.codes is None or not len(self.pool):
            return []
        size = len(text.encode("utf-8", "surrogatepass"))
        maybe = np.flatnonzero((self.kinds == TEXT) & (self.pool.lengths[self.codes] == size))
        return [place for place in maybe.tolist() if self.pool.text(int(self.codes[place])) == text]

    def keep(self, chosen: Sequence[int] | Whole) -> CellVector:
        """See `ArrayColumn.keep`."""
        return self._picked(np.asarray(chosen, np.int64))

    def _picked(self, which: Any) -> CellVector:
        return CellVector(
            self.kinds[which],
            None if self.numbers is None else self.numbers[which],
            None if self.floats is None else self.floats[which],
            None if self.codes is None else self.codes[which],
            self.pool,
        )

    def __len__(self) -> int:
        return len(self.kinds)

    @overload
    def __getitem__(self, place: int) -> CellValue: ...

    @overload
    def __getitem__(self, place: slice) -> CellVector: ...

    def __getitem__(self, place: int | slice) -> CellValue | CellVector:
        if isinstance(place, slice):
            return self._picked(place)
        return self._picked(slice(place, place + 1 or None)).cells()[0]

    def __iter__(self) -> Iterator[CellValue]:
        return iter(self.cells())

    def cells(self) -> list[CellValue]:
        """The cells as Python's own values."""
        present = self.present
        if len(present) == 1:
            return list(self._of_kind(present[0], None))
        result: list[CellValue] = [None] * len(self)
        for kind in present:
            if kind != BLANK:
                where = np.flatnonzero(self.kinds == kind)
                for place, cell in zip(where.tolist(), self._of_kind(kind, where), strict=True):
                    result[place] = cell
        return result

    def _of_kind(self, kind: int, where: Whole | None) -> Sequence[CellValue]:
        """The cells at these places, which are all of one kind; None for all of them."""
        if kind == BLANK:
            return [None] * (len(self) if where is None else len(where))
        if kind == FLOAT:
            return list(_at(self.floats, where).tolist())
        if kind in (TEXT, ERROR, PADDED):
            texts = self.pool.texts(_at(self.codes, where))
            if kind == PADDED:
                return list(map(PaddedNumber, texts, _at(self.numbers, where).tolist()))
            return texts if kind == TEXT else list(map(ErrorValue, texts))
        numbers = _at(self.numbers, where).tolist()
        if kind == INT:
            return list(numbers)
        if kind == BOOL:
            return list(map(bool, numbers))
        return [_MAKERS[kind](number) for number in numbers]


def _at(array: Any, where: Whole | None) -> Any:
    assert array is not None
    return array if where is None else array[where]


def _moment(microseconds: int) -> dt.datetime:
    return EPOCH + dt.timedelta(microseconds=microseconds)


def _clock(microseconds: int) -> dt.time:
    return _moment(microseconds).time()


def _span(microseconds: int) -> dt.timedelta:
    return dt.timedelta(microseconds=microseconds)


_MAKERS: dict[int, Any] = {MOMENT: _moment, TIME: _clock, SPAN: _span}


JoinedPools = dict[tuple[int, ...], TextPool]
"""Pools that were made of several others, by the identities of these."""


def joined(parts: Sequence[CellVector], known: JoinedPools) -> CellVector:
    """The cells of some parts of a column, one part after the other.

    Args:
        parts: The parts.
        known: Spares joining the same pools for one column after the other.
    """
    if len(parts) == 1:
        return parts[0]
    pools = {id(part.pool): part.pool for part in parts if part.codes is not None and len(part.pool)}
    if len(pools) > 1:
        return _joined_texts(parts, list(pools.values()), known)
    return CellVector(
        np.concatenate([part.kinds for part in parts]),
        _concatenated([part.numbers for part in parts], parts, np.int64),
        _concatenated([part.floats for part in parts], parts, np.float64),
        _concatenated([part.codes for part in parts], parts, np.int64),
        next(iter(pools.values()), NO_TEXTS),
    )


def _joined_texts(parts: Sequence[CellVector], pools: list[TextPool], known: JoinedPools) -> CellVector:
    """Parts whose texts lie in different pools: the pools become one."""
    first: dict[int, int] = {}
    at = 0
    for pool in pools:
        first[id(pool)] = at
        at += len(pool)
    together = known.get(tuple(first))
    if together is None:
        together = known[tuple(first)] = TextPool.joined(pools)
    moved = []
    for part in parts:
        codes = part.codes
        if codes is not None and len(part.pool):
            codes = np.where(_textual(part.kinds), codes + first[id(part.pool)], 0)
        moved.append(CellVector(part.kinds, part.numbers, part.floats, codes, together))
    return joined(moved, known)


def _textual(kinds: Bytes) -> Any:
    return (kinds == TEXT) | (kinds >= ERROR)


def _concatenated(arrays: Sequence[Any], parts: Sequence[CellVector], dtype: Any) -> Any:
    if all(array is None for array in arrays):
        return None
    filled = [np.zeros(len(part), dtype) if array is None else array for array, part in zip(arrays, parts, strict=True)]
    return np.concatenate(filled)


@dataclass(frozen=True, slots=True)
class ArrayBlock:
    """Some rows of a sheet that follow one another, blank ones in between included.

    Attributes:
        count: How many rows.
        columns: The columns from A on; those right of the last one are blank.
    """

    count: int
    columns: tuple[CellVector, ...]

    def __len__(self) -> int:
        return self.count

    def part(self, start: int, end: int) -> ArrayBlock:
        """The rows from `start` up to `end`, counted from 0."""
        rows = slice(start, end)
        return ArrayBlock(end - start, tuple(column[rows] for column in self.columns))

    def column(self, index: int) -> CellVector:
        """The column at an index from 0."""
        return self.columns[index] if index < len(self.columns) else CellVector.blank(self.count)

    @property
    def filled_rows(self) -> int:
        """How many rows are left when the blank ones at the end are taken away."""
        last = 0
        for column in self.columns:
            if len(column) and column.kinds[-1]:
                return self.count
            filled = np.flatnonzero(column.kinds)
            if len(filled):
                last = max(last, int(filled[-1]) + 1)
        return last

    def rows(self) -> list[list[CellValue]]:
        """The rows as `Workbook.rows` gives them."""
        if not self.columns:
            return [[] for _ in range(self.count)]
        return list(map(list, zip(*(column.cells() for column in self.columns), strict=True)))

    @staticmethod
    def joined(blocks: Sequence[ArrayBlock]) -> ArrayBlock:
        """The rows of some blocks, one block after the other."""
        if len(blocks) == 1:
            return blocks[0]
        width = max(len(block.columns) for block in blocks)
        known: JoinedPools = {}
        columns = tuple(joined([block.column(index) for block in blocks], known) for index in range(width))
        return ArrayBlock(sum(map(len, blocks)), columns)
