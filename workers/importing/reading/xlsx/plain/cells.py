"""The rows of a chunk of plain worksheet XML as columns of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from workers.core.model.cells import CellValue, PaddedNumber
from workers.importing.columnar.cell_vector import (
    BLANK,
    BOOL,
    ERROR,
    FLOAT,
    INT,
    MOMENT,
    NO_TEXTS,
    PADDED,
    SPAN,
    TEXT,
    TIME,
    TYPES,
    ArrayBlock,
    CellVector,
)
from workers.importing.columnar.text_pool import TextPool, gather, ranges_of
from workers.importing.reading.date_serials import formatted_number, whole
from workers.importing.reading.number_formats import GENERAL, FormatKind, NumberFormat
from workers.importing.reading.xlsx.plain import markup as tags
from workers.importing.reading.xlsx.plain.cell_tags import (
    TailTable,
    columns_of,
    formulas_are_plain,
    rows_of,
)
from workers.importing.reading.xlsx.plain.numbers import doubles
from workers.importing.reading.xlsx.plain.serials import moments, spans
from workers.importing.reading.xlsx.plain.texts import is_plain_text, text_pool
from workers.importing.reading.xlsx.plain.words import LAST, Chunk, digits

_NUMBER, _SHARED, _FLAG, _ERROR, _STRING = range(5)
_TYPES = {b"n": _NUMBER, b"s": _SHARED, b"b": _FLAG, b"e": _ERROR, b"str": _STRING, b"inlineStr": _STRING}
_EXACT = 2.0**53
_COUNTED = [BOOL, INT, MOMENT, TIME, SPAN, PADDED]
"""Kinds that are told by a whole number."""
_WRITTEN = [TEXT, ERROR, PADDED]
_WORD = 8
_ROOM = 16
_SPARSE_FROM = 1 << 20
"""So many places for each cell of a chunk, and so many in all, are the most that its columns may take."""


@dataclass(frozen=True, slots=True)
class SheetTexts:
    """What the cells of a sheet refer to.

    Attributes:
        strings: The shared strings; some may be empty.
        formats: The number format of each cell style.
        date_1904: Whether dates count from 1904.
    """

    strings: TextPool
    formats: Sequence[NumberFormat]
    date_1904: bool


class ChunkReader:
    """Reads the chunks of one sheet, one after the other."""

    def __init__(self, texts: SheetTexts, prefixes: frozenset[bytes]) -> None:
        """Prepare; `prefixes` are those that the sheet's head declares."""
        self._texts = texts
        self._prefixes = prefixes
        self._tails = TailTable(prefixes)
        self._row_tails: set[bytes] = set()
        self._formula_tails: set[bytes] = set()
        self._padded: dict[tuple[int, float], CellValue] = {}

    def read(self, content: bytes, before: int) -> ArrayBlock | None:
        """The rows of a chunk from the one after `before` on.

        Returns:
            None where the chunk is not of the plain grammar, or a cell needs a closer look.
        """
        if not is_plain_text(content):
            return None
        markup = tags.tags_of(Chunk.of(content))
        if markup is None or not formulas_are_plain(markup, self._prefixes, self._formula_tails):
            return None
        found = rows_of(markup, before, self._prefixes, self._row_tails)
        if found is None:
            return None
        rows, (cells, shown, sizes) = found
        count = int(rows.numbers[-1]) - before
        if not len(cells):
            return ArrayBlock(count, ())
        placed = columns_of(markup, cells, rows, shown, sizes)
        if placed is None:
            return None
        columns, tail_starts = placed
        tail_stops = markup.closes[cells] - (markup.kinds[cells] == tags.CELL_EMPTY)
        tails = self._tails.places(markup.chunk, tail_starts, tail_stops)
        if tails is None:
            return None
        values = _Values.of(markup, cells)
        if values is None:
            return None
        filled = values.filled
        width = int(columns.max()) + 1
        if width * count > max(_SPARSE_FROM, _ROOM * len(cells)):
            return None
        at = columns[filled] * count + (rows.numbers[rows.of_cell[filled]] - before - 1)
        return self._block(values, tails[filled], at, (width, count))

    def _block(self, values: _Values, tails: Any, at: Any, shape: tuple[int, int]) -> ArrayBlock | None:
        cells = _Cells(len(at))
        kinds = np.array([_TYPES.get(name, -1) for name, _ in self._tails.attributes], np.int64)
        styles = [style for _, style in self._tails.attributes]
        present = np.flatnonzero(np.bincount(tails, minlength=len(styles))).tolist()
        of_cell = kinds[tails]
        pieces: list[_Piece] = []
        for kind in {int(kinds[tail]) for tail in present}:
            where = np.flatnonzero(of_cell == kind) if len(present) > 1 else np.arange(len(at))
            if kind == _NUMBER:
                good = self._numbers(cells, values, where, tails, [(t, styles[t]) for t in present if kinds[t] == kind])
            elif kind == _SHARED:
                good = self._shared(cells, values, where)
            elif kind == _FLAG:
                good = _flags(cells, values, where)
            else:
                good = kind in (_ERROR, _STRING)
                pieces.append(_Piece(where, ERROR if kind == _ERROR else TEXT))
            if not good:
                return None
            if values.inline and kind != _STRING and values.is_inline[where].any():
                return None
        own = _own_texts(cells, values, pieces)
        return _columns(cells, at, shape, self._texts.strings, own)

    def _shared(self, cells: _Cells, values: _Values, where: Any) -> bool:
        starts, stops = values.starts[where], values.stops[where]
        sizes = stops - starts
        if int(sizes.max()) > _WORD:
            return False
        words = values.chunk.words[stops - _WORD]
        numbers, good = digits(words & LAST[sizes], sizes)
        numbers = numbers.astype(np.int64)
        strings = self._texts.strings
        if not good.all() or int(numbers.max()) >= len(strings):
            return False
        cells.codes[where] = numbers
        cells.shared = True
        cells.kinds[where] = TEXT
        empty = strings.lengths[numbers] == 0
        if empty.any():
            cells.kinds[where[empty]] = BLANK
            cells.codes[where[empty]] = 0
        return True

    def _numbers(
        self, cells: _Cells, values: _Values, where: Any, tails: Any, styles: Sequence[tuple[int, int]]
    ) -> bool:
        found = doubles(values.chunk, values.starts[where], values.stops[where])
        if found is None:
            return False
        _plain_numbers(cells, where, found)
        for tail, style in styles:
            number_format = self._texts.formats[style] if style < len(self._texts.formats) else GENERAL
            if number_format.kind is FormatKind.NUMBER and not number_format.pads:
                continue
            chosen = np.flatnonzero(tails[where] == tail)
            if number_format.kind is FormatKind.NUMBER:
                self._pad(cells, where[chosen], found[chosen], style, number_format)
            elif not self._moments(cells, where[chosen], found[chosen], number_format.kind):
                return False
        return True

    def _moments(self, cells: _Cells, where: Any, found: Any, kind: FormatKind) -> bool:
        if not np.isfinite(found).all():
            return False
        if kind is FormatKind.DURATION:
            told = spans(found)
            if told is None:
                return False
            cells.put(where, SPAN, told)
            return True
        times, days, numbers = moments(found, kind, date_1904=self._texts.date_1904)
        cells.put(where[times], TIME, numbers[times])
        cells.put(where[days], MOMENT, numbers[days])
        return True

    def _pad(self, cells: _Cells, where: Any, found: Any, style: int, number_format: NumberFormat) -> None:
        for place, number in zip(where.tolist(), found.tolist(), strict=True):
            shown = self._padded.get((style, number))
            if shown is None:
                shown = formatted_number(number, number_format, self._texts.date_1904)
                if len(self._padded) < _SPARSE_FROM:
                    self._padded[style, number] = shown
            if isinstance(shown, PaddedNumber) and shown.number is not None:
                cells.padded.append((place, str.__str__(shown)))
                cells.kinds[place] = PADDED
                cells.numbers[place] = shown.number
                cells.floats[place] = 0.0


class _Cells:
    """The filled cells of a chunk in document order."""

    def __init__(self, count: int) -> None:
        self.kinds = np.zeros(count, np.uint8)
        self.numbers = np.zeros(count, np.int64)
        self.floats = np.zeros(count)
        self.codes = np.zeros(count, np.int64)
        self.shared = False
        self.padded: list[tuple[int, str]] = []

    def put(self, where: Any, kind: int, numbers: Any) -> None:
        """Cells of a kind that is told by a whole number."""
        self.kinds[where] = kind
        self.numbers[where] = numbers
        self.floats[where] = 0.0


def _plain_numbers(cells: _Cells, where: Any, found: Any) -> None:
    """Numbers without a format: whole ones are ints as far as 64 bits reach."""
    is_whole = (found == np.floor(found)) & (np.abs(found) <= _EXACT)
    big = np.flatnonzero(~is_whole & (np.abs(found) > _EXACT) & np.isfinite(found))
    if is_whole.all():
        cells.kinds[where] = INT
        cells.numbers[where] = found
        return
    cells.kinds[where] = np.where(is_whole, INT, FLOAT)
    cells.floats[where] = np.where(is_whole, 0.0, found)
    cells.numbers[where] = np.where(is_whole, found, 0.0)
    for place in big.tolist():
        number = whole(float(found[place]))
        if isinstance(number, int):
            cells.put(where[place], INT, number)


def _flags(cells: _Cells, values: _Values, where: Any) -> bool:
    starts = values.starts[where]
    flags = values.chunk.array[starts].astype(np.int64) - ord("0")
    cells.kinds[where] = BOOL
    cells.numbers[where] = flags
    return bool((values.stops[where] - starts == 1).all() and (flags >= 0).all() and (flags <= 1).all())


@dataclass(frozen=True, slots=True)
class _Piece:
    """Cells whose texts stand in the chunk itself."""

    where: Any
    kind: int


def _own_texts(cells: _Cells, values: _Values, pieces: Sequence[_Piece]) -> TextPool:
    """The pool of the texts that stand in the chunk, to which codes below zero refer from -1 on."""
    pools: list[TextPool] = []
    at = 0
    if pieces:
        where = np.sort(np.concatenate([piece.where for piece in pieces]))
        for piece in pieces:
            cells.kinds[piece.where] = piece.kind
        escapes = cells.kinds[where] == TEXT
        pools.append(text_pool(values.chunk, values.starts[where], values.stops[where], escapes))
        cells.codes[where] = -1 - np.arange(len(where))
        at = len(where)
    if cells.padded:
        texts = list(dict.fromkeys(text for _, text in cells.padded))
        number_of = {text: at + place for place, text in enumerate(texts)}
        pools.append(TextPool.of(texts))
        for place, text in cells.padded:
            cells.codes[place] = -1 - number_of[text]
    return NO_TEXTS if not pools else pools[0] if len(pools) == 1 else TextPool.joined(pools)


def _columns(cells: _Cells, at: Any, shape: tuple[int, int], strings: TextPool, own: TextPool) -> ArrayBlock:
    width, count = shape
    kinds = np.zeros(width * count, np.uint8)
    kinds[at] = cells.kinds
    counts = np.bincount(at // count * len(TYPES) + cells.kinds, minlength=width * len(TYPES))
    counts = counts.reshape(width, len(TYPES))
    counts[:, BLANK] += count - counts.sum(axis=1)
    numbers = _grid(cells.numbers, at, shape, counts[:, _COUNTED].any(axis=1))
    floats = _grid(cells.floats, at, shape, counts[:, FLOAT] > 0)
    codes = _grid(cells.codes, at, shape, counts[:, _WRITTEN].any(axis=1))
    columns = []
    for place, of_column in enumerate(list(kinds.reshape(shape))):
        written, pool = codes[place], NO_TEXTS
        if written is not None:
            written, pool = _texts_of(written, of_column, strings, own)
        columns.append(CellVector(of_column, numbers[place], floats[place], written, pool, counts[place]))
    return ArrayBlock(count, tuple(columns))


def _grid(values: Any, at: Any, shape: tuple[int, int], wanted: Any) -> Sequence[Any]:
    """The values by column; None for the columns that do not want them."""
    if not wanted.any():
        return [None] * shape[0]
    grid = np.zeros(shape[0] * shape[1], values.dtype)
    grid[at] = values
    return [row if want else None for row, want in zip(list(grid.reshape(shape)), wanted.tolist(), strict=True)]


def _texts_of(codes: Any, kinds: Any, strings: TextPool, own: TextPool) -> tuple[Any, TextPool]:
    """The codes of a column in one pool."""
    mine = codes < 0
    if not mine.any():
        return codes, strings
    moved = np.where(mine, -1 - codes, 0)
    others = (kinds == TEXT) & ~mine
    if not others.any():
        return moved, own
    different, places = np.unique(codes[others], return_inverse=True)
    texts, lengths = gather(strings, different)
    moved[others] = places + len(own)
    return moved, TextPool.joined([own, TextPool(texts, ranges_of(lengths), lengths)])


@dataclass(slots=True)
class _Values:
    """The texts between the tags of a chunk's filled cells.

    Attributes:
        chunk: The chunk.
        filled: Places of the filled cells among all.
        starts: Where the text of each filled cell begins.
        stops: Where it ends.
        is_inline: Which of them are inline texts.
        inline: Whether any is.
    """

    chunk: Chunk
    filled: Any
    starts: Any
    stops: Any
    is_inline: Any
    inline: bool

    @classmethod
    def of(cls, markup: tags.Markup, cells: Any) -> _Values | None:
        kinds = np.append(markup.kinds, np.zeros(4, np.uint8))
        behind = kinds[cells + 1]
        behind[markup.kinds[cells] == tags.CELL_EMPTY] = tags.CELL_END
        content = cells + 1
        formula = behind == tags.FORMULA
        if formula.any():
            content = np.where(formula, cells + 3, content)
        bare = behind == tags.FORMULA_EMPTY
        if bare.any():
            content = np.where(bare, cells + 2, content)
        inline = behind == tags.INLINE
        some_inline = bool(inline.any())
        if some_inline:
            content = np.where(inline, cells + 2, content)
        there = (kinds[content] == tags.VALUE) | (inline & (kinds[content] == tags.TEXT))
        there &= behind != tags.CELL_END
        starts = markup.closes[np.minimum(content, len(markup.closes) - 1)] + 1
        stops = markup.opens[np.minimum(content + 1, len(markup.opens) - 1)]
        filled = np.flatnonzero(there & (stops > starts))
        return cls(markup.chunk, filled, starts[filled], stops[filled], inline[filled], some_inline)
