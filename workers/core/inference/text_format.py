"""How a cell is written in a text column, the same whether Python writes it or PostgreSQL does when a column widens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from workers.core.model.cells import CellValue, ErrorValue, PaddedNumber

_INT64_BOUND = 2**63
_EXACT_BOUND = 2**53


def whole_digits(value: float) -> int:
    """A whole double as the whole number that its shortest text names.

    Beyond 2^53 a double stands for many whole numbers. Spreadsheets show the one whose last digits are zeros
    (``7.77711159064846E+17`` is 777711159064846000), not the one that the bits come to.
    """
    return int(value) if abs(value) <= _EXACT_BOUND else int(Decimal(repr(value)))


def fits_double(value: int) -> bool:
    """Whether a double gives a whole number back, exactly or by its shortest text."""
    try:
        as_double = float(value)
    except OverflowError:
        return False
    return int(as_double) == value or whole_digits(as_double) == value


def number_text(value: float) -> str:
    """A number's text: whole numbers below 2^63 in all their digits, others in the shortest form that reads back."""
    if isinstance(value, int):
        return str(value) if -_INT64_BOUND <= value < _INT64_BOUND else _big_whole_text(value)
    if value == 0 and str(value)[0] == "-":
        return "-0"
    if value.is_integer() and -_INT64_BOUND <= value < _INT64_BOUND:
        return str(whole_digits(value))
    return repr(value)


def _big_whole_text(value: int) -> str:
    """Whole numbers beyond 64 bits: as the double they came from, or in all digits where no double holds them."""
    return repr(float(value)) if fits_double(value) else str(value)


def _clock_text(hour: int, minute: int, second: int, microsecond: int) -> str:
    text = f"{hour:02d}:{minute:02d}:{second:02d}"
    return f"{text}.{microsecond:06d}".rstrip("0") if microsecond else text


def date_text(value: dt.date) -> str:
    """A date's text, ``2024-01-31``."""
    return value.isoformat()


def datetime_text(value: dt.datetime) -> str:
    """A date-time's text; midnight prints as a date."""
    clock = _clock_text(value.hour, value.minute, value.second, value.microsecond)
    day = value.date().isoformat()
    return day if clock == "00:00:00" else f"{day} {clock}"


def time_text(value: dt.time) -> str:
    """A time of day's text, ``14:05:00``."""
    return _clock_text(value.hour, value.minute, value.second, value.microsecond)


def duration_text(value: dt.timedelta) -> str:
    """A duration's text in hours, minutes and seconds: ``36:00:00``, ``-0:30:00`` as ``-00:30:00``."""
    sign, span = ("-", -value) if value < dt.timedelta(0) else ("", value)
    minutes, seconds = divmod(span.days * 86400 + span.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return sign + _clock_text(hours, minutes, seconds, span.microseconds)


def _bool_text(value: bool) -> str:
    return "true" if value else "false"


TEXT_FORMS: dict[type, Callable[[Any], str]] = {
    str: str,
    PaddedNumber: str.__str__,
    ErrorValue: str.__str__,
    bool: _bool_text,
    int: number_text,
    float: number_text,
    dt.date: date_text,
    dt.datetime: datetime_text,
    dt.time: time_text,
    dt.timedelta: duration_text,
    Decimal: lambda value: format(value, "f"),
}
"""The text form of each kind of cell, and of the decimals that cells are converted to."""


def text_of(value: CellValue | Decimal) -> str | None:
    """The text of one cell, None for a blank one."""
    if value is None or value == "":
        return None
    return TEXT_FORMS[type(value)](value)
