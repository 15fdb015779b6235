"""What stands in the tags of cells and rows: references, and the few different texts of attributes behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from workers.importing.reading.limits import MAX_ROWS
from workers.importing.reading.xlsx.plain.markup import CELL_EMPTY, FORMULA, FORMULA_EMPTY, ROW, ROW_EMPTY, Markup
from workers.importing.reading.xlsx.plain.words import FIRST, Chunk, digits, find_byte, word

_U64 = np.uint64
_QUOTE = ord('"')
_CELL_START = word(b'<c r="')
_AT_REFERENCE = 6
_AT_ROW_NUMBER = 8
_WORD = 8
_LONGEST = 3 * _WORD
_MOST_DIGITS = 7
_LETTERS = 26
_MIX = (_U64(0x9E3779B97F4A7C15), _U64(0xC2B2AE3D27D4EB4F), _U64(0x165667B19E3779F9))
_MOST_TAILS = 4_096

_ATTRIBUTES = re.compile(rb'(?:[ \t\n]+[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?="[^"<&\t\n]*")*[ \t\n]*')
_ATTRIBUTE = re.compile(rb'([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)="([^"]*)"')
_KNOWN_PREFIXES = (b"xml",)


def attributes_of(text: bytes, prefixes: frozenset[bytes]) -> dict[bytes, bytes] | None:
    """The attributes of a tag, of which `text` follows the name; None where they are not well-formed.

    Args:
        text: Without the tag's end and without the slash of an empty element.
        prefixes: Those that are declared in the part's head.
    """
    if not _ATTRIBUTES.fullmatch(text):
        return None
    found: dict[bytes, bytes] = {}
    for name, value in _ATTRIBUTE.findall(text):
        prefix, colon, _ = name.partition(b":")
        if name in found or name.startswith(b"xmlns") or (colon and prefix not in prefixes):
            return None
        found[name] = value
    return found


def declared_prefixes(head: bytes) -> frozenset[bytes]:
    """The namespace prefixes that a part's head declares."""
    return frozenset((*re.findall(rb'\sxmlns:([A-Za-z_][\w.-]*)="[^"<]+"', head), *_KNOWN_PREFIXES))


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a chunk.

    Attributes:
        numbers: Excel row of each.
        cells: How many cells each has.
        of_cell: The place among the rows of each cell's row.
    """

    numbers: Any
    cells: Any
    of_cell: Any


class TailTable:
    """The different texts that follow references in the tags of a sheet's cells, each understood once."""

    def __init__(self, prefixes: frozenset[bytes]) -> None:
        """Start with none; `prefixes` are those that attributes may have."""
        self._prefixes = prefixes
        self.attributes: list[tuple[bytes, int]] = []
        self._marks = np.zeros(0, np.uint64)
        self._places = np.zeros(0, np.int64)
        self._words = np.zeros((3, 0), np.uint64)

    def places(self, chunk: Chunk, starts: Any, stops: Any) -> Any | None:
        """The place in `attributes` (cell type and style) of each tail; None where one cannot be understood."""
        sizes = stops - starts
        longest = int(sizes.max(initial=0))
        if longest > _LONGEST or int(sizes.min(initial=0)) < 0:
            return None
        words = [chunk.words[starts] & FIRST[np.minimum(sizes, _WORD)]]
        for at in (_WORD, 2 * _WORD):
            if longest > at:
                words.append(chunk.words[starts + at] & FIRST[np.clip(sizes - at, 0, _WORD)])
            else:
                words.append(np.zeros(len(starts), np.uint64))
        marks = words[0] * _MIX[0] + words[1] * _MIX[1] + words[2] * _MIX[2]
        while True:
            found = np.minimum(np.searchsorted(self._marks, marks), len(self._marks) - 1)
            if len(self._marks):
                known = self._marks[found] == marks
                for number, column in enumerate(words):
                    known &= self._words[number][found] == column
                if known.all():
                    return self._places[found]
                new = int(np.argmin(known))
            else:
                new = 0
                if not len(starts):
                    return found
            text = chunk.data[starts[new] : stops[new]]
            if not self._learn(text, marks[new], [column[new] for column in words]):
                return None

    def _learn(self, text: bytes, mark: Any, words: Sequence[Any]) -> bool:
        attributes = attributes_of(text, self._prefixes)
        if attributes is None or mark in self._marks or len(self._marks) >= _MOST_TAILS or b"r" in attributes:
            return False
        style = attributes.get(b"s", b"0")
        if not style.isdigit() or len(style) > _MOST_DIGITS:
            return False
        at = int(np.searchsorted(self._marks, mark))
        self._places = np.insert(self._places, at, len(self.attributes))
        self._marks = np.insert(self._marks, at, mark)
        self._words = np.insert(self._words, at, np.array(words), axis=1)
        self.attributes.append((attributes.get(b"t", b"n"), int(style)))
        return True


def rows_of(markup: Markup, before: int, prefixes: frozenset[bytes], seen: set[bytes]) -> tuple[Rows, Any] | None:
    """The rows of a chunk, and the word in which each one's number stands with its digits first.

    Args:
        markup: The chunk's tags.
        before: The last row before the chunk.
        prefixes: Those that attributes may have.
        seen: Texts behind row numbers that are known to be well-formed; grows.
    """
    chunk = markup.chunk
    places = np.flatnonzero(markup.kinds >= ROW)
    at = markup.opens[places] + _AT_ROW_NUMBER
    shown = chunk.words[at]
    sizes, quoted = find_byte(shown, _QUOTE)
    if not quoted.all() or not (sizes > 0).all():
        return None
    numbers, good = digits(shown << ((_WORD - sizes) * 8).astype(np.uint64), sizes)
    numbers = numbers.astype(np.int64)
    if not good.all() or numbers[0] <= before or not (np.diff(numbers) > 0).all() or numbers[-1] > MAX_ROWS:
        return None
    stops = markup.closes[places] - (markup.kinds[places] == ROW_EMPTY)
    tails = set(map(chunk.data.__getitem__, map(slice, (at + sizes + 1).tolist(), stops.tolist())))
    for tail in tails - seen:
        attributes = attributes_of(tail, prefixes)
        if attributes is None or b"r" in attributes:
            return None
    seen |= tails
    cells = np.flatnonzero(markup.kinds <= CELL_EMPTY)
    count = np.diff(np.append(np.searchsorted(cells, places), len(cells)))
    rows = Rows(numbers, count, np.repeat(np.arange(len(places)), count))
    return rows, (cells, shown & FIRST[sizes], sizes)


def columns_of(markup: Markup, cells: Any, rows: Rows, shown: Any, sizes: Any) -> tuple[Any, Any] | None:
    """The column of each cell, and where its reference ends; None where a reference is not what its row says.

    Args:
        markup: The chunk's tags.
        cells: Places of the cells' tags.
        rows: The rows.
        shown: Of each row the digits of its number in a word.
        sizes: How many digits.
    """
    chunk = markup.chunk
    opens = markup.opens[cells]
    start = chunk.words[opens]
    if ((start & FIRST[_AT_REFERENCE]) != _CELL_START).any():
        return None
    first = chunk.array[opens + 6].astype(np.int64) - ord("A")
    second = chunk.array[opens + 7].astype(np.int64) - ord("A")
    columns = first
    letters: Any = 1
    two = (second >= 0) & (second < _LETTERS)
    good = (first >= 0) & (first < _LETTERS)
    if two.any():
        third = chunk.array[opens + 8].astype(np.int64) - ord("A")
        three = two & (third >= 0) & (third < _LETTERS)
        columns = np.where(two, (first + 1) * _LETTERS + second, first)
        columns = np.where(three, (columns + 1) * _LETTERS + third, columns)
        letters = 1 + two + three
    at = opens + _AT_REFERENCE + letters
    count = sizes[rows.of_cell]
    good &= (chunk.words[at] & FIRST[count]) == shown[rows.of_cell]
    ends = at + count
    good &= chunk.array[ends] == _QUOTE
    # Within a row from left to right, so that no cell stands twice.
    good[1:] &= (columns[1:] > columns[:-1]) | (rows.of_cell[1:] != rows.of_cell[:-1])
    return (columns, ends + 1) if good.all() else None


def formulas_are_plain(markup: Markup, prefixes: frozenset[bytes], seen: set[bytes]) -> bool:
    """Whether the tags of formulas are well-formed; `seen` are those known to be and grows."""
    places = np.flatnonzero((markup.kinds == FORMULA) | (markup.kinds == FORMULA_EMPTY))
    if not len(places):
        return True
    starts = markup.opens[places] + 2
    stops = markup.closes[places] - (markup.kinds[places] == FORMULA_EMPTY)
    if (stops == starts).all():
        return True
    tails = set(map(markup.chunk.data.__getitem__, map(slice, starts.tolist(), stops.tolist())))
    if any(attributes_of(tail, prefixes) is None for tail in tails - seen):
        return False
    if len(seen) < _MOST_TAILS:
        seen |= tails
    return True
