"""Figures in words: counts, durations, sizes and moments as the user's locale writes them."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication, QLocale

_MINUTE, _HOUR = 60, 3600


def tr(text: str) -> str:
    """Translate a figure's wording."""
    return QCoreApplication.translate("wording", text)


def count(number: int) -> str:
    """A whole number with the locale's separators."""
    return QLocale().toString(number)


def short_count(number: int) -> str:
    """A whole number shortened from ten thousand on: ``44.6k``, ``1.2M``."""
    if number < 10_000:
        return count(number)
    if number < 1_000_000:
        return f"{QLocale().toString(number / 1000, 'f', 1)}k"
    return f"{QLocale().toString(number / 1_000_000, 'f', 1)}M"


def duration(seconds: float) -> str:
    """Seconds in the two largest units that say enough: ``1.9 s``, ``21 s``, ``4 min``, ``2 h 5 min``."""
    if seconds < 10:
        return tr("{0} s").format(QLocale().toString(max(0.0, seconds), "f", 1))
    if seconds < _MINUTE * 2:
        return tr("{0} s").format(round(seconds))
    if seconds < _HOUR:
        return tr("{0} min").format(round(seconds / _MINUTE))
    hours, rest = divmod(round(seconds / _MINUTE), 60)
    return tr("{0} h {1} min").format(hours, rest)


def size(number: int) -> str:
    """Bytes as ``12.4 MB``."""
    return QLocale().formattedDataSize(number, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def clock(moment: float) -> str:
    """A Unix time as hours and minutes of the local day."""
    return dt.datetime.fromtimestamp(moment).strftime("%H:%M")


def rate(rows_per_second: float) -> str:
    """Rows per second."""
    return tr("{0} rows/s").format(count(round(rows_per_second)))
