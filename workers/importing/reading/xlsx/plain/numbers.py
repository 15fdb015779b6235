"""Number texts as doubles, many at once, each rounded as `float` rounds it."""

from __future__ import annotations

from typing import Any

import numpy as np

from workers.importing.reading.xlsx.plain.words import LAST, Chunk, digits, find_byte

_U64 = np.uint64
_DOT, _MINUS = ord("."), ord("-")
_MOST_FRACTION = 16
_MOST_DIGITS = 19
_WORD = 8
_LONGEST = 24
_EXACT = 2.0**53
_TENS = np.array([float(10**place) for place in range(23)])
_WHOLE_TENS = np.array([10**place for place in range(_MOST_DIGITS + 1)], np.uint64)
# Dekker's splitting of a double into two halves whose products are exact (Numerische Mathematik 18, 1971).
_SPLIT = 134_217_729.0
_TENS_HIGH = _SPLIT * _TENS - (_SPLIT * _TENS - _TENS)
_TENS_LOW = _TENS - _TENS_HIGH
_MANTISSA = (1 << 52) - 1


def doubles(chunk: Chunk, starts: Any, ends: Any) -> Any | None:
    """The numbers that some ranges of a chunk write; none of the ranges is empty.

    Returns:
        None where a range is no number.
    """
    negative = chunk.array[starts] == _MINUS
    first = starts + negative
    sizes = ends - first
    values = np.zeros(len(starts))
    sure = np.zeros(len(starts), np.bool_)
    short = sizes <= _WORD
    if short.all():
        values, sure = _short(chunk, ends, sizes)
    else:
        for which, read in ((short, _short_of), (~short & (sizes <= _LONGEST), _long_of)):
            places = np.flatnonzero(which)
            if len(places):
                values[places], sure[places] = read(chunk, first[places], ends[places])
    values = np.where(negative, -values, values)
    if not sure.all():
        try:
            for place in np.flatnonzero(~sure).tolist():
                values[place] = float(chunk.data[starts[place] : ends[place]])
        except ValueError:
            return None
    return values


def _short_of(chunk: Chunk, starts: Any, ends: Any) -> tuple[Any, Any]:
    return _short(chunk, ends, ends - starts)


def _short(chunk: Chunk, ends: Any, sizes: Any) -> tuple[Any, Any]:
    """Up to eight characters, a dot among them or not: the quotient of two exact doubles is rounded once."""
    sizes = np.maximum(sizes, 0)
    text = chunk.words[ends - _WORD] & LAST[sizes]
    place, dotted = find_byte(text, _DOT)
    if not dotted.any():
        number, good = digits(text, sizes)
        return number.astype(np.float64), good & (sizes > 0)
    # The digits before the dot move up into its place.
    unit = _U64(1) << (np.where(dotted, place, 0) * 8).astype(np.uint64)
    before = np.where(dotted, unit - _U64(1), _U64(0))
    dot = np.where(dotted, unit * _U64(255), _U64(0))
    text = ((text & before) << _U64(8)) | (text & ~(before | dot))
    text = np.where(dotted, text, chunk.words[ends - _WORD] & LAST[sizes])
    sizes = sizes - dotted
    number, good = digits(text, sizes)
    fraction = np.where(dotted, 7 - place, 0)
    return number.astype(np.float64) / _TENS[fraction], good & (sizes > 0)


def _long_of(chunk: Chunk, starts: Any, ends: Any) -> tuple[Any, Any]:
    """Nine characters and more: up to seven digits before a dot and sixteen behind it, or sixteen without."""
    sizes = ends - starts
    head = chunk.words[starts]
    whole, dotted = find_byte(head, _DOT)
    whole = np.where(dotted, whole, 0)
    behind = sizes - whole - dotted
    good = (behind <= _MOST_FRACTION) & (sizes - dotted <= _MOST_DIGITS)
    behind = np.minimum(behind, _MOST_FRACTION)
    low, low_good = digits(chunk.words[ends - _WORD], np.minimum(behind, _WORD))
    high, high_good = digits(chunk.words[ends - 2 * _WORD], np.maximum(behind - _WORD, 0))
    left, left_good = digits(head << (((_WORD - whole) & 7) * 8).astype(np.uint64), whole)
    good &= low_good & high_good & left_good
    mantissa = left * _WHOLE_TENS[behind] + high * _U64(10**_WORD) + low
    fraction = np.where(dotted, behind, 0)
    quotient, sure = _divided(mantissa, fraction)
    return quotient, good & sure


def _divided(mantissa: Any, places: Any) -> tuple[Any, Any]:
    """``mantissa / 10**places`` rounded to nearest; second: where that is certain."""
    rough = mantissa.astype(np.float64)
    lost = (mantissa - rough.astype(np.uint64)).view(np.int64).astype(np.float64)
    ten = _TENS[places]
    first = rough / ten
    exact = rough < _EXACT  # one division of two exact doubles
    if exact.all():
        return first, exact
    scaled = first * _SPLIT
    upper = scaled - (scaled - first)
    lower = first - upper
    product = first * ten
    error = ((upper * _TENS_HIGH[places] - product) + upper * _TENS_LOW[places] + lower * _TENS_HIGH[places]) + (
        lower * _TENS_LOW[places]
    )
    rest = ((rough - product) - error + lost) / ten
    total = first + rest
    left_over = rest - (total - first)
    half = np.spacing(total) * 0.5
    sure = np.abs(np.abs(left_over) - half) > half * 1e-9
    # Below a power of two doubles lie twice as close, so that half a step is another one there.
    sure &= (total.view(np.int64) & _MANTISSA) != 0
    return np.where(exact, first, total), exact | sure
