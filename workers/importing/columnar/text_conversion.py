"""From texts to the values of a typed column, for a whole batch at once: whole numbers, decimals, dates and stamps.

Only texts in the plainest way of writing are read here; the few others of a batch go to the column's own reader one by
one, and where even that finds no value the batch is left to `workers.core`, which names the cells.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from workers.core.inference.text_parsing import FormReader
from workers.core.inference.text_shapes import MAX_DIGITS, DateForm, NumberForm
from workers.importing.columnar.text_judging import DecimalParts
from workers.importing.columnar.text_marks import (
    all_digits,
    byte_at,
    calendar_fits,
    clock_fits,
    count_of,
    is_digit,
    matrix,
    number_at,
    separated,
)
from workers.importing.columnar.text_pool import TextPool

_LONGEST = 26
_EPOCH = dt.datetime(2000, 1, 1)
_EPOCH_DAY = 730_425
"""The day of `_EPOCH`, counted from 1 March of the year 0 (0 being that day)."""
_DAY = 86_400_000_000
_MICROSECOND = dt.timedelta(microseconds=1)
_POWERS = 10 ** np.arange(19, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Decimals:
    """Decimal numbers as whole numbers and the count of their decimals."""

    units: Any
    scales: Any


def read_whole(pool: TextPool, codes: Any, reader: FormReader) -> Any:
    """Texts as 64-bit integers; None where one of them is none in the column's form.

    Args:
        pool: Where the texts lie.
        codes: Which of them.
        reader: The column's own.
    """
    if not _reads_numbers(reader):
        return None
    signs, digit, lengths = _looked_at(pool, codes)
    negative = signs[0] == ord("-")
    bodies = lengths - negative
    zero = byte_at(signs, negative) == ord("0")
    plain = (count_of(digit) == bodies) & (bodies >= 1) & (bodies <= MAX_DIGITS) & ~(zero & (negative | (bodies > 1)))
    numbers = _digits_as_number(signs, digit, lengths)
    numbers = np.where(negative, -numbers, numbers)
    return _with_rest(numbers, plain, pool, codes, reader, int)


def read_decimals(pool: TextPool, codes: Any, reader: FormReader) -> Decimals | None:
    """Texts as decimal numbers with a dot; None as `read_whole`, and for columns with exponents or a decimal comma."""
    form = reader.form
    if not isinstance(form, NumberForm) or form.decimal != "." or form.exponents or form.percent:
        return None
    signs, digit, lengths = _looked_at(pool, codes)
    negative = signs[0] == ord("-")
    bodies = lengths - negative
    digits = count_of(digit)
    zero = byte_at(signs, negative) == ord("0")
    whole = (digits == bodies) & (bodies >= 1) & ~(zero & (negative | (bodies > 1)))
    parts = DecimalParts(signs, digit, lengths)
    if form.whole and parts.plain.any():
        return None
    plain = (whole | parts.plain) & (digits <= MAX_DIGITS)
    if not plain.all():
        return None
    units = _digits_as_number(signs, digit, lengths)
    return Decimals(np.where(negative, -units, units), np.where(whole, 0, parts.decimals))


def read_moments(pool: TextPool, codes: Any, reader: FormReader) -> Any:
    """Texts as microseconds since 2000; None as `read_whole`."""
    form = reader.form
    if not isinstance(form, DateForm):
        return None
    signs, digit, lengths = _looked_at(pool, codes)
    if len(signs) < 10:
        return None
    iso = form.order == "ymd"
    places = (0, 1, 2, 3, 5, 6, 8, 9) if iso else (0, 1, 3, 4, 6, 7, 8, 9)
    plain = (lengths >= 10) & separated(signs, *((4, 7) if iso else (2, 5))) & all_digits(digit, places)
    year = number_at(signs, 0 if iso else 6, 4)
    first, second = number_at(signs, 5 if iso else 0, 2), number_at(signs, 8 if iso else 3, 2)
    month, day = (second, first) if form.order == "dmy" else (first, second)
    clocked = lengths > 10
    plain &= calendar_fits(year, month, day) & (~clocked | clock_fits(signs, digit, lengths))
    moments = (_days(year, month, day) - _EPOCH_DAY) * _DAY
    if clocked.any():
        moments += np.where(clocked, _clock(signs, lengths), 0)
    return _with_rest(moments, plain, pool, codes, reader, _microseconds)


def double_of(decimals: Decimals) -> Any:
    """Decimals as the nearest doubles: below 2^53 and 10^22 both are exact, so one division rounds correctly."""
    return decimals.units / 10.0**decimals.scales


def numeric_of(decimals: Decimals) -> Any:
    """Decimals in the binary form of PostgreSQL's numeric, all of the same size.

    Four digits each make one of base 10,000; the form is that of ``numeric_send`` in PostgreSQL's ``numeric.c``: number
    of digits, weight of the first, sign, decimals to show, digits. Zeros in front and behind are allowed.
    """
    units, scales = np.abs(decimals.units), decimals.scales
    groups = (scales + 3) // 4
    aligned = units * _POWERS[groups * 4 - scales]
    count = max(1, -(-len(str(int(aligned.max(initial=0)))) // 4))
    form = np.dtype(
        [("digits", ">i2"), ("weight", ">i2"), ("sign", ">u2"), ("scale", ">i2"), ("values", ">i2", (count,))]
    )
    numbers = np.zeros(len(units), form)
    numbers["digits"] = count
    numbers["weight"] = count - groups - 1
    numbers["sign"] = np.where(decimals.units < 0, 0x4000, 0)
    numbers["scale"] = scales
    for place in range(count - 1, -1, -1):
        aligned, digit = np.divmod(aligned, 10_000)
        numbers["values"][:, place] = digit
    return numbers.view(f"V{form.itemsize}")


def decimal_totals(decimals: Decimals) -> tuple[Decimal, Decimal, Decimal]:
    """Sum, least and greatest of some decimals, exactly; at least one."""
    total, lows, highs = Decimal(0), [], []
    for scale in np.unique(decimals.scales).tolist():
        units = decimals.units[decimals.scales == scale]
        unit = Decimal(1).scaleb(-scale)
        total += sum_of(units) * unit
        lows.append(int(units.min()) * unit)
        highs.append(int(units.max()) * unit)
    return total, min(lows), max(highs)


def sum_of(numbers: Any) -> int:
    """The exact sum of 64-bit integers."""
    fits = max(-int(numbers.min()), int(numbers.max())) * len(numbers) < 2**63
    return int(numbers.sum()) if fits else sum(numbers.tolist())


def _reads_numbers(reader: FormReader) -> bool:
    return reader.form is None or (isinstance(reader.form, NumberForm) and not reader.form.percent)


def _looked_at(pool: TextPool, codes: Any) -> tuple[Any, Any, Any]:
    starts, lengths = pool.starts[codes], pool.lengths[codes]
    signs = matrix(pool.buffer, starts, min(int(lengths.max(initial=1)), _LONGEST + 1), lengths)
    return signs, is_digit(signs), lengths


def _digits_as_number(signs: Any, digit: Any, lengths: Any) -> Any:
    """The number that all digits of each text write, whatever stands between them; of at most 18 digits."""
    number = np.zeros(signs.shape[1], np.int64)
    for sign, one in zip(signs[:_LONGEST], digit, strict=False):
        if one.all():
            number *= 10
            number += sign - np.uint8(ord("0"))
        else:
            number = np.where(one, number * 10 + (sign - np.uint8(ord("0"))), number)
    return number


def _days(year: Any, month: Any, day: Any) -> Any:
    """Days since 1 March of the year 0, by Howard Hinnant's ``days_from_civil``."""
    year = year.astype(np.int64) - (month <= 2)
    shifted = (month + 9) % 12
    return year * 365 + year // 4 - year // 100 + year // 400 + (153 * shifted + 2) // 5 + day - 1


def _clock(signs: Any, lengths: Any) -> Any:
    """Microseconds since midnight of the texts that have a time of day."""
    width = len(signs)
    seconds = number_at(signs, 11, 2) * 3600 + number_at(signs, 14, 2) * 60
    if width >= 19:
        seconds += np.where(lengths >= 19, number_at(signs, 17, 2), 0)
    moments = seconds * np.int64(1_000_000)
    for place in range(20, min(width, _LONGEST)):
        digits = (signs[place] - np.uint8(ord("0"))).astype(np.int64)
        moments += np.where(lengths > place, digits * 10 ** (25 - place), 0)
    return moments


def _microseconds(value: Any) -> int:
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    return (moment - _EPOCH) // _MICROSECOND


def _with_rest(values: Any, plain: Any, pool: TextPool, codes: Any, reader: FormReader, number: Any) -> Any:
    """The values, those of texts that are not plain read one by one."""
    rest = np.flatnonzero(~plain)
    if 4 * len(rest) > len(values):
        return None
    for place in rest.tolist():
        try:
            values[place] = number(reader(pool.text(int(codes[place]))))
        except (ValueError, ArithmeticError):
            return None
    return values
