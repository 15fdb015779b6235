"""Date serials as whole numbers of microseconds, many at once; the twin of `reading.date_serials`."""

from __future__ import annotations

from typing import Any

import numpy as np

from workers.importing.reading.date_serials import FEIGNED_LEAP_DAY, FIRST_SERIAL, LAST_SERIAL
from workers.importing.reading.number_formats import FormatKind

_DAY = 86_400_000
"""Milliseconds, to which Excel rounds."""
_MICROSECONDS = 1_000
_EPOCH_1900 = 36_526
_EPOCH_1904 = 35_064
"""Days from the epoch of serials to 2000-01-01."""
_DAYS_1904 = 1_462
_MOST_DAYS = 100_000_000
"""Durations of so many days are told exactly; nobody has longer ones."""


def spans(serials: Any) -> Any | None:
    """Durations in microseconds; None where one is absurdly long."""
    if (np.abs(serials) > _MOST_DAYS).any():
        return None
    return _milliseconds(serials) * _MICROSECONDS


def _milliseconds(serials: Any) -> Any:
    return np.rint(serials * _DAY).astype(np.int64)


def moments(serials: Any, kind: FormatKind, *, date_1904: bool) -> tuple[Any, Any, Any]:
    """What serials stand for under a format of dates or times.

    Returns:
        Which are times of day, which are moments, and the microseconds since midnight or since 2000-01-01. Those that
        are neither are plain numbers.
    """
    limit = LAST_SERIAL - (_DAYS_1904 if date_1904 else 0)
    told = (serials >= FIRST_SERIAL) & (serials < limit)
    milliseconds = _milliseconds(np.where(told, serials, 0.0))
    told &= milliseconds < limit * _DAY
    times = told & (milliseconds >= 0) & (milliseconds < _DAY)
    if date_1904 and kind is FormatKind.DATE:
        times &= serials != np.trunc(serials)
    days = told & ~times
    epoch = _EPOCH_1904 if date_1904 else _EPOCH_1900
    since = milliseconds - epoch * _DAY
    if not date_1904:
        since = since + np.where((serials > 0) & (serials < FEIGNED_LEAP_DAY), _DAY, 0)
    return times, days, np.where(times, milliseconds, since) * _MICROSECONDS
