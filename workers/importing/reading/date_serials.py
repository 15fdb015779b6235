"""Date serials of Excel into Python's dates, times and durations."""

from __future__ import annotations

import datetime as dt
from math import isfinite

from workers.core.inference.text_format import whole_digits
from workers.core.model.cells import CellValue, PaddedNumber
from workers.importing.reading.number_formats import FormatKind, NumberFormat

_EPOCH_1900 = dt.datetime(1899, 12, 30)
_EPOCH_1904 = dt.datetime(1904, 1, 1)
_DAY_MILLISECONDS = 86_400_000
FIRST_SERIAL = -690_000
"""Some time in the year 10."""
LAST_SERIAL = 2_958_466
"""The day after 9999-12-31 in the 1900 system."""
FEIGNED_LEAP_DAY = 60
"""Serial of 29 February 1900, a day that Excel counts though it never was."""
_INT64_BOUND = 1 << 63
_MAX_DURATION_DAYS = 999_999_998


def whole(value: float) -> int | float:
    """A float without a fraction as an int of 64 bits, in the digits that a spreadsheet shows; others as they are."""
    if value.is_integer() and abs(value) < 1 << 63:
        number = whole_digits(value)
        return number if -_INT64_BOUND <= number < _INT64_BOUND else value
    return value


def from_serial(value: int | float, kind: FormatKind, date_1904: bool) -> CellValue:
    """The moment that a serial stands for; the number itself where there is no such moment.

    A serial between 0 and 1 under a date or time format is a time of day. Negative serials count back from the epoch,
    as LibreOffice shows them (Excel shows none); those before the year 10 or past 9999 stay numbers. Times are rounded
    to the millisecond, as Excel shows them.
    """
    milliseconds = round(value * _DAY_MILLISECONDS)
    if kind is FormatKind.DURATION:
        return _duration(value, milliseconds)
    limit = LAST_SERIAL - (1462 if date_1904 else 0)
    if not FIRST_SERIAL <= value < limit or milliseconds >= limit * _DAY_MILLISECONDS:
        return whole(float(value))
    if 0 <= milliseconds < _DAY_MILLISECONDS and not (date_1904 and kind is FormatKind.DATE and value == int(value)):
        return (_EPOCH_1904 + dt.timedelta(milliseconds=milliseconds)).time()
    if date_1904:
        return _EPOCH_1904 + dt.timedelta(milliseconds=milliseconds)
    moment = _EPOCH_1900 + dt.timedelta(milliseconds=milliseconds)
    return moment + dt.timedelta(days=1) if 0 < value < FEIGNED_LEAP_DAY else moment


def _duration(value: int | float, milliseconds: int) -> CellValue:
    if abs(value) > _MAX_DURATION_DAYS:
        return whole(float(value))
    return dt.timedelta(milliseconds=milliseconds)


def formatted_number(value: int | float, number_format: NumberFormat, date_1904: bool) -> CellValue:
    """What a number cell holds under its format; what is no finite number is no moment either."""
    if not isfinite(value):
        return value
    if number_format.kind is not FormatKind.NUMBER:
        return from_serial(value, number_format.kind, date_1904)
    number = whole(value) if isinstance(value, float) else value
    if number_format.pads and isinstance(number, int):
        text = number_format.shown(number)
        return number if text is None else PaddedNumber(text, number)
    return number
