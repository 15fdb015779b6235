"""Counting a column of arrays into a tally: the same figures and examples as cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from workers.core.inference.column_stats import LONG_INT, ColumnTally, Kind, Trait
from workers.core.inference.text_shapes import MAX_DIGITS, Shape
from workers.importing.columnar.cell_vector import (
    BLANK,
    BOOL,
    ERROR,
    FLOAT,
    INT,
    MOMENT,
    PADDED,
    SPAN,
    TEXT,
    TIME,
    CellVector,
)
from workers.importing.columnar.text_judging import NUMBER_OF, SHAPES
from workers.importing.columnar.text_marks import is_digit
from workers.importing.columnar.text_pool import TextPool

_MARKS = {
    BLANK: Kind.BLANK,
    BOOL: Kind.BOOL,
    INT: Kind.INT,
    FLOAT: Kind.FLOAT,
    TIME: Kind.TIME,
    SPAN: Kind.DURATION,
    ERROR: Kind.ERROR,
    PADDED: Kind.PADDED,
}
_DAY = 86_400_000_000
_DAY_WIDE = np.timedelta64(1, "D")
_LATE = 12
_FIGURES = frozenset({Shape.INTEGER, Shape.LEADING_ZERO})
_PLAIN_DECIMALS = frozenset({Shape.INTEGER, Shape.DOT, Shape.DOT3})


def count_into(tally: ColumnTally, cells: CellVector, rows: Sequence[int]) -> None:
    """Count a batch of cells, which stand in these Excel rows."""
    tally.rows += len(cells)
    present = cells.present
    for kind in present:
        part = _Part(cells, rows, kind, alone=len(present) == 1)
        if kind == TEXT:
            _texts(tally, part)
        elif kind == MOMENT:
            _moments(tally, part)
        elif (kind == INT and not _short_ints(part)) or (kind == FLOAT and not _broken_floats(part)):
            _one_by_one(tally, part)
        else:
            tally.note(_MARKS[kind], part.count, part)
            if kind == INT:
                numbers = part.of(cells.numbers)
                tally.widen(int(numbers.min()), int(numbers.max()))
            elif kind == TIME:
                _note_where(tally, Trait.MIDNIGHT, part, part.of(cells.numbers) == 0)


class _Part:
    """The cells of one kind among those of a batch; iterates over their rows."""

    def __init__(self, cells: CellVector, rows: Sequence[int], kind: int, *, alone: bool) -> None:
        self.cells, self._rows, self._kind, self._alone = cells, rows, kind, alone
        self.count = int(cells.counts[kind])
        self._where: Any = None

    @property
    def where(self) -> Any:
        """Their places in the batch."""
        if self._where is None:
            self._where = np.arange(self.count) if self._alone else np.flatnonzero(self.cells.kinds == self._kind)
        return self._where

    def of(self, array: Any) -> Any:
        """Their elements of an array."""
        return array if self._alone else array[self.where]

    def __iter__(self) -> Any:
        return map(self._rows.__getitem__, self.where.tolist())

    def chosen(self, flags: Any) -> Iterable[int]:
        """The rows of those that are flagged; found only when somebody looks."""
        yield from map(self._rows.__getitem__, self.where[flags].tolist())


def _short_ints(part: _Part) -> bool:
    numbers = part.of(part.cells.numbers)
    return bool(numbers.max() < LONG_INT and numbers.min() > -LONG_INT)


def _broken_floats(part: _Part) -> bool:
    """Whether no float is a whole number."""
    floats = part.of(part.cells.floats)
    return not bool((floats == np.floor(floats)).any())


def _one_by_one(tally: ColumnTally, part: _Part) -> None:
    values = part.cells.keep(part.where).cells()
    tally.rows -= len(values)  # counted already
    tally.update(values, list(part))


def _moments(tally: ColumnTally, part: _Part) -> None:
    moments = part.of(part.cells.numbers)
    midnight = moments % _DAY == 0
    dates = int(midnight.sum())
    if dates:
        tally.note(Kind.DATE, dates, part.chosen(midnight))
    if dates < part.count:
        tally.note(Kind.STAMP, part.count - dates, part.chosen(~midnight))
    # Whether days were swapped is a question only until one late day has been seen.
    if not tally.counts[Trait.LATE_DAY]:
        tally.counts[Trait.LATE_DAY] += int((_day_of_month(moments) > _LATE).sum())


def _day_of_month(moments: Any) -> Any:
    days = (moments // _DAY).view("M8[D]") + np.timedelta64(10_957, "D")  # from 1970 to 2000
    return (days - days.astype("M8[M]").astype("M8[D]")) // _DAY_WIDE + 1


def _texts(tally: ColumnTally, part: _Part) -> None:
    pool = part.cells.pool
    numbers = part.of(part.cells.codes)
    if pool.has_nul:
        _one_by_one(tally, part)
        return
    shapes = None if tally.settled else pool.shapes(tally.tokens, numbers)
    spaced = pool.spaced[numbers]
    together = shapes is not None and _judged_together(shapes)
    if together and not _plain_figures(tally, pool, numbers, spaced):
        _one_by_one(tally, part)
        return
    tally.note(Kind.TEXT, part.count, part)
    _note_where(tally, Trait.OUTER_SPACES, part, spaced)
    if together:
        _figures(tally, part, shapes)
    elif shapes is not None:
        for number in np.flatnonzero(np.bincount(shapes)).tolist():
            _note_where(tally, SHAPES[number], part, shapes == number)
    tally.settle()


def _judged_together(shapes: Any) -> bool:
    """Whether the tally would judge the batch as a whole and count doubtful decimals with the certain ones."""
    seen = {SHAPES[number] for number in np.flatnonzero(np.bincount(shapes)).tolist()}
    return seen <= _PLAIN_DECIMALS and not seen <= _FIGURES


def _plain_figures(tally: ColumnTally, pool: TextPool, numbers: Any, spaced: Any) -> bool:
    """Whether these numbers are all short and plainly written, with a digit at the beginning and at the end."""
    if spaced.any() or any(token.lstrip("-")[:1].isdigit() for token in tally.tokens):
        return False
    starts, lengths = pool.starts[numbers], pool.lengths[numbers]
    if int(lengths.max()) > MAX_DIGITS:
        return False
    negative = pool.buffer[starts] == ord("-")
    heads, ends = pool.buffer[starts + negative], pool.buffer[starts + lengths - 1]
    return bool(is_digit(heads).all() and is_digit(ends).all())


def _figures(tally: ColumnTally, part: _Part, shapes: Any) -> None:
    """Count numbers that the tally judges together: one certain decimal dot decides for the doubtful ones."""
    certain = shapes == NUMBER_OF[Shape.DOT]
    whole = shapes == NUMBER_OF[Shape.INTEGER]
    decided = bool(tally.counts[Shape.DOT]) or bool(certain.any())
    _note_where(tally, Shape.INTEGER, part, whole)
    _note_where(tally, Shape.DOT if decided else Shape.DOT3, part, ~whole)


def _note_where(tally: ColumnTally, mark: Any, part: _Part, flags: Any) -> None:
    number = int(flags.sum())
    if number:
        tally.note(mark, number, part.chosen(flags))
