"""What a column of an existing table does with values that it does not hold whole, or that say less than it asks for.

PostgreSQL rounds a number to the scale of its column, a moment to the parts of a second that the column keeps, cuts
spaces at the end of a text, and takes a moment without a time zone in that of the session: all without a word. None of
it stops a load, and all of it is said with the cells.
"""

from __future__ import annotations

import datetime as dt
import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from workers.core.inference.text_parsing import TextReader, text_reader
from workers.core.inference.text_shapes import DATES, STAMPS, TextForm, classify
from workers.core.model.cells import address, column_letter
from workers.core.model.options import PgType
from workers.core.model.plans import Finding
from workers.importing.loading.target.target_table import TargetColumn

_CELLS_TOLD = 100
_BOUND = re.compile(r"\((\d+)(?:,(-?\d+))?\)")
_MICROSECOND_DIGITS = 6
_NAME_BYTES = 63
_ZONE = re.compile(
    r":\d{2}(?:\.\d+)?\s*(?:[ap]\.?m\.?)?\s*(?:z|[+-]\d{1,2}(?::?\d{2}){0,2}|[a-z]{3,}[a-z0-9_/+-]*)(?:\s+(?:ad|bc))?$",
    re.IGNORECASE,
)
# Which of day and month comes first is for nobody to guess, PostgreSQL included.
_EITHER_ORDER = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2,4}\b")

Holds = Callable[[Any], bool]


@dataclass(slots=True)
class _Watch:
    """One thing that may happen to values of a column: which values are spared, and what is said of the others."""

    code: str
    holds: Holds
    words: str
    count: int = 0
    cells: list[str] = field(default_factory=list)

    def look(self, values: Sequence[Any], rows: Sequence[int], column: int) -> None:
        for value, row in zip(values, rows, strict=True):
            if value is not None and not self.holds(value):
                self.count += 1
                if len(self.cells) < _CELLS_TOLD:
                    self.cells.append(address(row, column))


class ColumnFit:
    """Watches what is sent to one column of an existing table."""

    def __init__(self, column: TargetColumn, index: int, zone: str = "") -> None:
        """Find out what there is to be watched.

        Args:
            column: The table's column.
            index: The sheet's column, from 0.
            zone: The session's time zone.
        """
        self._index = index
        self._watches: list[_Watch] = []
        found = narrowing(column)
        if found is not None:
            holds, words = found
            self._watches.append(_Watch("narrowed", holds, f"more {words} than {column.base} keeps"))
        if column.type_name == "timestamptz":
            self._watches.append(_Watch("assumed-zone", _has_zone, zone))

    @property
    def watches(self) -> bool:
        """Whether there is anything to be looked at."""
        return bool(self._watches)

    def look(self, values: Sequence[Any], rows: Sequence[int]) -> None:
        """Look at values on their way, with their Excel rows."""
        for watch in self._watches:
            watch.look(values, rows, self._index)

    def findings(self) -> tuple[Finding, ...]:
        """What is to be said."""
        return tuple(self._told(watch) for watch in self._watches if watch.count)

    def _told(self, watch: _Watch) -> Finding:
        cells = "1 cell" if watch.count == 1 else f"{watch.count:,} cells"
        letter = column_letter(self._index)
        if watch.code == "assumed-zone":
            message = f"Column {letter}: {cells} without a time zone, taken in that of the session, {watch.words}."
        else:
            message = f"Column {letter}: {cells} with {watch.words}; rounded or cut there."
        return Finding(watch.code, message, tuple(watch.cells), watch.count, "warn", self._index)


def narrowing(column: TargetColumn) -> tuple[Holds, str] | None:
    """Which values a column keeps whole, and of what the others have more than it keeps; None where it keeps all."""
    if column.type_name == "float4":
        return _fits_real, "digits"
    if column.type_name == "name":
        return (lambda value: len(str(value).encode()) <= _NAME_BYTES), "bytes"
    bound = _BOUND.search(column.base)
    if bound is None:
        return None
    size = int(bound[1])
    if column.type_name == "numeric":
        scale = int(bound[2] or 0)
        return (lambda value: _has_scale(value, scale)), "decimals"
    if column.type_name == "varchar":
        # What is longer by other signs than spaces is refused by PostgreSQL itself.
        return (lambda value: len(value) <= size or bool(value[size:].strip(" "))), "spaces at the end"
    if column.pg_type in _CLOCKS and size < _MICROSECOND_DIGITS:
        return (lambda value: _has_precision(value, size)), "parts of a second"
    return None


_CLOCKS = frozenset({PgType.TIMESTAMP, PgType.TIME, PgType.INTERVAL})


def _has_scale(value: Any, scale: int) -> bool:
    if not isinstance(value, Decimal) or not value.is_finite():
        return True
    _, digits, exponent = value.as_tuple()
    beyond = -int(exponent) - scale
    return beyond <= 0 or not any(digits[-beyond:])


def _fits_real(value: Any) -> bool:
    """Whether the shortest text of the value as a real is that of the value."""
    if not isinstance(value, float) or value != value or value in (float("inf"), float("-inf")):
        return True
    try:
        real: float = struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return True
    texts = (float(f"{real:.{digits}g}") for digits in range(6, 10))
    return value == next((text for text in texts if _as_real(text) == real), real)


def _as_real(value: float) -> float:
    try:
        real: float = struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return value
    return real


def _has_precision(value: Any, digits: int) -> bool:
    if isinstance(value, str):
        part = re.search(r":\d{2}\.(\d+)", value)
        return part is None or len(part[1].rstrip("0")) <= digits
    micros = value.microseconds if isinstance(value, dt.timedelta) else getattr(value, "microsecond", 0)
    return bool(micros % 10 ** (_MICROSECOND_DIGITS - digits) == 0)


def _has_zone(value: Any) -> bool:
    """Whether a value says its time zone; words such as ``infinity`` need none."""
    return isinstance(value, str) and (_ZONE.search(value) is not None or not any(map(str.isdigit, value)))


def reads_itself(column: TargetColumn) -> bool:
    """Whether texts that are not written as we read them are left to PostgreSQL, which reads far more forms."""
    return column.type_name in _READ_BY_POSTGRESQL


def own_reader(column: TargetColumn, form: TextForm | None) -> TextReader | None:
    """How a column of an existing table reads texts.

    What `text_reader` does not know goes to PostgreSQL as it stands where the type `reads_itself`, but for texts of
    which PostgreSQL would have to guess the day, the month or the century, or would drop a part without a word.
    """
    ours = text_reader(column.pg_type, form)
    if ours is None or not reads_itself(column):
        return ours
    known, kind = ours, column.type_name

    if kind == "interval":
        return str.strip

    def read(text: str) -> Any:
        stripped = text.strip()
        if kind in _DATED and classify(stripped) in DATES | STAMPS:
            return known(text)
        try:
            return known(text)
        except (ValueError, ArithmeticError):
            if _is_doubtful(stripped, kind):
                raise
            return stripped

    return read


_DATED = frozenset({"date", "timestamp", "timestamptz"})
_READ_BY_POSTGRESQL = _DATED | {"time", "interval"}


def _is_doubtful(text: str, kind: str) -> bool:
    """Whether PostgreSQL would guess at a moment, or leave a part of it out."""
    if kind in ("date", "timestamp", "time") and _ZONE.search(text):
        return True
    if kind == "time" or not any(map(str.isdigit, text)):
        return False
    if kind == "date" and ":" in text:
        return True
    # A year of four digits is told from a day; eight digits alone are a year, a month and a day.
    runs = [len(run) for run in re.findall(r"\d+", text.partition(":")[0])]
    return _EITHER_ORDER.match(text) is not None or not ({4, 8} & set(runs))
