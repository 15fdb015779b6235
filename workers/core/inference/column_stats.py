"""Counting what one column holds, batch by batch, at the speed of C where a batch is of one kind.

A tally remembers counts, ranges and the first addresses of each kind, never the cells. It does not depend on the order
in which the cells come, and tallies of parts can be merged.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from enum import Enum, auto
from itertools import islice
from operator import is_not
from typing import Any, Final

from workers.core.inference.text_format import fits_double
from workers.core.inference.text_shapes import MAX_DIGITS, Shape, classify
from workers.core.model.cells import CellValue, ErrorValue, PaddedNumber, address
from workers.core.model.options import DEFAULT_NULL_TOKENS

MAX_EXAMPLES: Final = 100
INT64_MIN: Final = -(2**63)
INT64_MAX: Final = 2**63 - 1
_EXACT_INT: Final = 2**53
LONG_INT: Final = 10**MAX_DIGITS
_SHOWN_WHOLE: Final = 1e21
"""From here on spreadsheets write a power of ten, whatever the format: a measure, and no identifier."""
_MIDNIGHT: Final = dt.time()
_SETTLED_AFTER: Final = 200
_DIGITS: Final = re.compile(r"(?:[0-9]+\n)+")
_DOT_TEXTS: Final = re.compile(r"(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\n)+")
_CERTAIN_DOT: Final = re.compile(r"(?:^-?0|[0-9]{4})\.|\.(?:[0-9]{1,2}|[0-9]{4,})$", re.MULTILINE)


class Kind(Enum):
    """What a cell is by itself, before any text is read as something else."""

    __hash__ = object.__hash__  # counted by the million: the name's hash is slow

    INT = auto()
    FLOAT = auto()
    BOOL = auto()
    DATE = auto()
    """A date without a time of day."""
    STAMP = auto()
    """A date with a time of day."""
    TIME = auto()
    DURATION = auto()
    TEXT = auto()
    ERROR = auto()
    PADDED = auto()
    BLANK = auto()


class Trait(Enum):
    """What else is worth telling about a cell."""

    __hash__ = object.__hash__

    WHOLE_FLOAT = auto()
    """A whole number below 2^63 that the reader gave as a float."""
    HUGE = auto()
    """A whole number that does not fit 64 bits."""
    INEXACT = auto()
    """A whole number that a double cannot hold."""
    LONG_NUMBER = auto()
    """A number cell of more than 15 digits."""
    OUTER_SPACES = auto()
    NUL = auto()
    LATE_DAY = auto()
    """A date cell with a day after the 12th: its day and month were not swapped."""
    MIDNIGHT = auto()
    """A time of day of 00:00: what the number 0 gives under a date's format too."""


Mark = Kind | Shape | Trait

_KINDS: Final[dict[type, Kind]] = {
    int: Kind.INT,
    float: Kind.FLOAT,
    bool: Kind.BOOL,
    dt.datetime: Kind.STAMP,
    dt.date: Kind.DATE,
    dt.time: Kind.TIME,
    dt.timedelta: Kind.DURATION,
    str: Kind.TEXT,
    ErrorValue: Kind.ERROR,
    PaddedNumber: Kind.PADDED,
    type(None): Kind.BLANK,
}


class ColumnTally:
    """Counts of one column.

    Attributes:
        column: The column in the sheet, from 0.
        rows: Cells seen, blank ones included.
        counts: How many cells of each kind, shape and trait. Shapes are counted only until it is plain that the
            column's texts are mostly words.
        low: Smallest int seen, or None.
        high: Largest int seen, or None.
        settled: True once the texts are known to be mostly words; shapes are no longer counted then.
        tokens: The texts that may stand for NULL.
    """

    __slots__ = ("_examples", "_number_tokens", "column", "counts", "high", "low", "rows", "settled", "tokens")

    def __init__(self, column: int, null_tokens: Collection[str] = DEFAULT_NULL_TOKENS) -> None:
        """Start empty; `null_tokens` are the texts that may stand for NULL."""
        self.column = column
        self.rows = 0
        self.counts: Counter[Mark] = Counter()
        self.low: int | None = None
        self.high: int | None = None
        self.settled = False
        self.tokens = frozenset(null_tokens)
        self._number_tokens = any(token.lstrip("-")[:1].isdigit() for token in self.tokens)
        self._examples: dict[Mark, list[int]] = {}

    def update(
        self, values: Sequence[CellValue], first_row: int | Sequence[int], kinds: frozenset[type] | None = None
    ) -> None:
        """Count a batch of cells of this column.

        Args:
            values: The cells; None and ``""`` are blank.
            first_row: Excel row of the first one when they lie one below the other, else the row of each.
            kinds: The types of the cells, where the caller knows them.
        """
        rows = range(first_row, first_row + len(values)) if isinstance(first_row, int) else first_row
        self.rows += len(values)
        kinds = kinds if kinds is not None else frozenset(map(type, values))
        for kind in kinds:
            if len(kinds) == 1:
                self._update_kind(kind, values, rows)
            elif kind is type(None):
                self.note(Kind.BLANK, values.count(None), _LazyRows(values, rows, kind))
            else:
                # Rows are picked only while there is still room for examples of this kind.
                part = _of_kind(values, kind, among=kinds)
                self._update_kind(kind, part, _LazyRows(values, rows, kind))

    def merge(self, other: ColumnTally) -> None:
        """Add the counts of another part of the same column."""
        self.rows += other.rows
        self.counts.update(other.counts)
        self.low = _pick(min, self.low, other.low)
        self.high = _pick(max, self.high, other.high)
        self.settled = self.settled or other.settled
        for mark, rows in other._examples.items():
            self._examples[mark] = sorted({*self._examples.get(mark, ()), *rows})[:MAX_EXAMPLES]

    def count(self, *marks: Mark) -> int:
        """How many cells carry these marks together."""
        return sum(self.counts[mark] for mark in marks)

    def cells(self, *marks: Mark) -> tuple[str, ...]:
        """Addresses of the first cells with these marks, at most 100."""
        rows = sorted({row for mark in marks for row in self._examples.get(mark, ())})
        return tuple(address(row, self.column) for row in rows[:MAX_EXAMPLES])

    @property
    def filled(self) -> int:
        """Cells that are not blank."""
        return self.rows - self.counts[Kind.BLANK]

    @property
    def shapes(self) -> frozenset[Shape]:
        """The text shapes seen."""
        return frozenset(mark for mark, number in self.counts.items() if isinstance(mark, Shape) and number)

    def note(self, mark: Mark, number: int, rows: Iterable[int]) -> None:
        """Count a mark and keep its first rows; `rows` is looked at only while there is room."""
        if not number:
            return
        self.counts[mark] += number
        known = self._examples.setdefault(mark, [])
        if len(known) < MAX_EXAMPLES:
            known.extend(islice(rows, MAX_EXAMPLES - len(known)))

    def _update_kind(self, kind: type, values: Sequence[Any], rows: Iterable[int]) -> None:
        mark = _KINDS.get(kind, Kind.TEXT)
        if mark is Kind.TEXT:
            self._texts(values, rows)
        elif mark is Kind.STAMP:
            self._stamps(values, rows)
        else:
            self.note(mark, len(values), rows)
            if mark is Kind.INT:
                self._ints(values, rows)
            elif mark is Kind.FLOAT:
                self._floats(values, rows)
            elif mark is Kind.TIME:
                self._note_where(Trait.MIDNIGHT, [value == _MIDNIGHT for value in values], rows)
            elif mark is Kind.DATE:
                self.counts[Trait.LATE_DAY] += sum(value.day > 12 for value in values)

    def _ints(self, values: Sequence[int], rows: Iterable[int]) -> None:
        low, high = min(values), max(values)
        self.widen(low, high)
        if high < LONG_INT and low > -LONG_INT:
            return
        self._note_where(Trait.LONG_NUMBER, [abs(value) >= LONG_INT for value in values], rows)
        if high > _EXACT_INT or low < -_EXACT_INT:
            self._note_where(Trait.HUGE, [not INT64_MIN <= value <= INT64_MAX for value in values], rows)
            self._note_where(Trait.INEXACT, [not fits_double(value) for value in values], rows)

    def _floats(self, values: Sequence[float], rows: Iterable[int]) -> None:
        whole = list(map(float.is_integer, values))
        if any(whole):
            self._note_where(Trait.HUGE, [w and abs(v) >= 2.0**63 for v, w in zip(values, whole, strict=True)], rows)
            self._note_where(
                Trait.WHOLE_FLOAT, [w and abs(v) < 2.0**63 for v, w in zip(values, whole, strict=True)], rows
            )
            if max(values) >= LONG_INT or min(values) <= -LONG_INT:
                self._note_where(Trait.LONG_NUMBER, [LONG_INT <= abs(v) < _SHOWN_WHOLE for v in values], rows)

    def _stamps(self, values: Sequence[dt.datetime], rows: Iterable[int]) -> None:
        midnight = list(map(_MIDNIGHT.__eq__, map(dt.datetime.time, values)))
        dates = sum(midnight)
        if dates == len(values):
            self.note(Kind.DATE, dates, rows)
        else:
            self._note_where(Kind.DATE, midnight, rows)
            self._note_where(Kind.STAMP, [not date for date in midnight], rows)
        # Whether days were swapped is a question only until one late day has been seen.
        if not self.counts[Trait.LATE_DAY]:
            self.counts[Trait.LATE_DAY] += sum(value.day > 12 for value in values)

    def _texts(self, values: Sequence[str], rows: Iterable[int]) -> None:
        blanks = values.count("")
        if blanks:
            filled = [text != "" for text in values]
            self._note_where(Kind.BLANK, [not f for f in filled], rows)
            rows = [row for row, f in zip(rows, filled, strict=True) if f] if self._wants_rows() else ()
            values = [text for text in values if text]
            if not values:
                return
        self.note(Kind.TEXT, len(values), rows)
        joined = "\n".join(values) + "\n"
        if "\0" in joined:
            self._note_where(Trait.NUL, ["\0" in text for text in values], rows)
        stripped = list(map(str.strip, values))
        if any(map(is_not, stripped, values)):
            # A text of white space only is a null token, not a text with spaces around it.
            spaced = [bool(bare) and bare is not text for bare, text in zip(stripped, values, strict=True)]
            self._note_where(Trait.OUTER_SPACES, spaced, rows)
        if not self.settled and not self._number_texts(values, joined, rows):
            self._shapes(values, rows)
        self.settle()

    def settle(self) -> None:
        """Count no more shapes once most texts are words; to be asked after each batch of texts."""
        if self.counts[Shape.PLAIN] >= _SETTLED_AFTER and self.counts[Shape.PLAIN] * 2 > self.counts[Kind.TEXT]:
            self.settled = True

    def widen(self, low: int, high: int) -> None:
        """Take in the smallest and the largest of some ints."""
        self.low = _pick(min, self.low, low)
        self.high = _pick(max, self.high, high)

    def _number_texts(self, values: Sequence[str], joined: str, rows: Iterable[int]) -> bool:
        """Count a batch that is all digits, whole numbers or plain decimals with one look; False when it is not."""
        if not (joined[0].isdigit() or joined[0] == "-") or self._number_tokens:
            return False
        if len(max(values, key=len)) > MAX_DIGITS:
            return False
        if joined.count("\n") != len(values):
            return False
        if _DIGITS.fullmatch(joined):
            padded = [text[0] == "0" and len(text) > 1 for text in values]
            if any(padded):
                self._note_where(Shape.LEADING_ZERO, padded, rows)
                self._note_where(Shape.INTEGER, [not p for p in padded], rows)
            else:
                self.note(Shape.INTEGER, len(values), rows)
            return True
        if "-0\n" in joined or not _DOT_TEXTS.fullmatch(joined):
            return False
        parted = joined.count(".")
        if not parted:
            self.note(Shape.INTEGER, len(values), rows)
            return True
        certain = bool(self.counts[Shape.DOT]) or _CERTAIN_DOT.search(joined) is not None
        decimals = ["." in text for text in values]
        if parted < len(values):
            self._note_where(Shape.INTEGER, [not d for d in decimals], rows)
        if certain:
            # One certain decimal dot decides for the column, so the doubtful ones may be counted with it.
            self._note_where(Shape.DOT, decimals, rows)
        else:
            self._note_where(Shape.DOT3, decimals, rows)
        return True

    def _shapes(self, values: Sequence[str], rows: Iterable[int]) -> None:
        tokens = self.tokens
        shape_of: dict[str, Shape] = {}
        found: Counter[Shape] = Counter()
        for text, number in Counter(values).items():
            stripped = text.strip()
            shape = Shape.TOKEN if not stripped or stripped in tokens else classify(stripped)
            shape_of[text] = shape
            found[shape] += number
        for shape, number in found.items():
            if len(self._examples.get(shape, ())) < MAX_EXAMPLES:
                self._note_where(shape, [shape_of[text] is shape for text in values], rows)
            else:
                self.counts[shape] += number

    def _note_where(self, mark: Mark, chosen: Sequence[bool], rows: Iterable[int]) -> None:
        number = sum(chosen)
        if not number:
            return
        if len(self._examples.get(mark, ())) < MAX_EXAMPLES:
            self.note(mark, number, (row for row, yes in zip(rows, chosen, strict=False) if yes))
        else:
            self.counts[mark] += number

    def _wants_rows(self) -> bool:
        return not self.settled or len(self._examples.get(Kind.TEXT, ())) < MAX_EXAMPLES


def _of_kind(values: Sequence[CellValue], kind: type, among: frozenset[type]) -> list[Any]:
    """The cells of one kind; where there are only blanks besides, in half the time."""
    if len(among) == 2 and type(None) in among:
        return [value for value in values if value is not None]
    return [value for value in values if type(value) is kind]


class _LazyRows:
    """The rows of one kind of cell within a mixed batch, found only when somebody looks."""

    __slots__ = ("_kind", "_rows", "_values")

    def __init__(self, values: Sequence[CellValue], rows: Sequence[int], kind: type) -> None:
        self._values, self._rows, self._kind = values, rows, kind

    def __iter__(self) -> Any:
        kind = self._kind
        return (row for row, value in zip(self._rows, self._values, strict=True) if type(value) is kind)


def _pick(choose: Any, first: int | None, second: int | None) -> int | None:
    if first is None or second is None:
        return second if first is None else first
    return int(choose(first, second))
