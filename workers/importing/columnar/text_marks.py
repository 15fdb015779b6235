"""Looks at the bytes of many texts at once: their ends, digits, clocks and calendars."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.int64)
# The first bytes of the characters that Python takes for white space beyond ASCII, and what their last bytes follow.
_SPACE_LEADS = np.zeros(256, np.bool_)
_SPACE_LEADS[[0xC2, 0xE1, 0xE2, 0xE3]] = True
_SPACE_MIDDLES = np.zeros(256, np.bool_)
_SPACE_MIDDLES[[0x9A, 0x80, 0x81]] = True


def matrix(buffer: Any, starts: Any, width: int, lengths: Any) -> Any:
    """The first bytes of texts: a row holds the bytes at one place of all texts; behind a text's end they are 0."""
    width = max(width, 1)
    highest = int(starts.max(initial=0)) + width
    if highest > len(buffer):
        buffer = np.concatenate([buffer, np.zeros(highest - len(buffer), np.uint8)])
    windows = np.ndarray((len(buffer) - width + 1,), f"V{width}", np.ascontiguousarray(buffer), 0, (1,))
    signs = np.ascontiguousarray(windows[starts].view(np.uint8).reshape(len(starts), width).T)
    if int(lengths.min(initial=width)) < width:
        signs *= np.arange(width, dtype=np.uint8)[:, None] < np.minimum(lengths, width).astype(np.uint8)
    return signs


def is_digit(signs: Any) -> Any:
    """Which bytes are ASCII digits."""
    return (signs - np.uint8(ord("0"))) < 10


def count_of(flags: Any) -> Any:
    """How many bytes of each text are flagged."""
    return flags.sum(0, dtype=np.uint8).astype(np.int64)


def number_at(signs: Any, place: int, count: int) -> Any:
    """The number that so many digits at a place write; at most nine."""
    number = np.zeros(signs.shape[1], np.int32)
    for offset in range(place, place + count):
        number *= 10
        number += signs[offset] - np.uint8(ord("0"))
    return number


def byte_at(signs: Any, places: Any) -> Any:
    """The byte of each text at its place."""
    return signs[np.minimum(places, len(signs) - 1).astype(np.int64), np.arange(signs.shape[1])]


def solid_ends(buffer: Any, starts: Any, lengths: Any) -> Any:
    """Which texts certainly neither begin nor end with white space."""
    first, last = buffer[starts], buffer[starts + lengths - 1]
    solid = _is_ink(first) & _is_ink(last)
    wide = np.flatnonzero(((first >= 0x80) | (last >= 0x80)) & (lengths >= 2))
    if len(wide):
        begins, ends = starts[wide], starts[wide] + lengths[wide]
        before = buffer[np.maximum(ends - 3, 0)]
        middle = buffer[ends - 2]
        tail = buffer[ends - 1]
        at_end = (tail >= 0x80) & (
            ((middle == 0xC2) & ((tail == 0x85) | (tail == 0xA0))) | (_SPACE_LEADS[before] & _SPACE_MIDDLES[middle])
        )
        lead, second = buffer[begins], buffer[begins + 1]
        at_start = _SPACE_LEADS[lead] & ((lead == 0xC2) | _SPACE_MIDDLES[second])
        solid[wide] = _is_wide_ink(lead) & _is_wide_ink(tail) & ~at_start & ~at_end
    return solid


def _is_ink(byte: Any) -> Any:
    return (byte > 0x20) & (byte < 0x7F)


def _is_wide_ink(byte: Any) -> Any:
    return (byte > 0x20) & (byte != 0x7F)


def calendar_fits(year: Any, month: Any, day: Any) -> Any:
    """Which days there are."""
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    month = np.where((month >= 1) & (month <= 12), month, 0)
    most = _MONTH_DAYS[month] + ((month == 2) & leap)
    return (year >= 1) & (day >= 1) & (day <= most)


def clock_fits(signs: Any, digit: Any, lengths: Any) -> Any:
    """Which texts have a time of day behind their first ten bytes: ``12:30``, ``12:30:15`` or ``12:30:15.25``."""
    width, count = signs.shape
    if width < 16:
        return np.zeros(count, np.bool_)
    good = (lengths >= 16) & ((signs[10] == ord(" ")) | (signs[10] == ord("T"))) & (signs[13] == ord(":"))
    good &= digit[11] & digit[12] & digit[14] & digit[15]
    good &= (number_at(signs, 11, 2) < 24) & (number_at(signs, 14, 2) < 60)
    short = lengths == 16
    if width < 19:
        return good & short
    seconds = (signs[16] == ord(":")) & digit[17] & digit[18] & (number_at(signs, 17, 2) < 60)
    if width < 21:
        return good & (short | (seconds & (lengths == 19)))
    parts = count_of(digit[20:])
    parted = (signs[19] == ord(".")) & (lengths >= 21) & (lengths <= 26) & (parts == lengths - 20)
    return good & (short | (seconds & ((lengths == 19) | parted)))


def all_digits(digit: Any, places: Iterable[int]) -> Any:
    """Which texts have a digit at each of these places."""
    return np.logical_and.reduce([digit[place] for place in places])


def separated(signs: Any, one: int, other: int) -> Any:
    """Which texts have the same mark of dates at two places."""
    mark = signs[one]
    return (mark == signs[other]) & ((mark == ord("-")) | (mark == ord("/")) | (mark == ord(".")))
