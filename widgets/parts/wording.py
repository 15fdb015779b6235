"""Figures in words: counts, durations, sizes and moments as the user's locale writes them."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication, QDate, QLocale

_MINUTE, _HOUR = 60, 3600


def tr(text: str) -> str:
    """Translate a figure's wording."""
    return QCoreApplication.translate("wording", text)


def locale() -> QLocale:
    """The user's locale; English where the system names none, since its ``C`` locale parts no thousands."""
    found = QLocale()
    return QLocale(QLocale.Language.English) if found.language() is QLocale.Language.C else found


def count(number: int) -> str:
    """A whole number with the locale's separators."""
    return locale().toString(number)


def short_count(number: int) -> str:
    """A whole number shortened from ten thousand on: ``44.6k``, ``1.2M``."""
    if number < 10_000:
        return count(number)
    if number < 1_000_000:
        return f"{locale().toString(number / 1000, 'f', 1)}k"
    return f"{locale().toString(number / 1_000_000, 'f', 1)}M"


def duration(seconds: float) -> str:
    """Seconds in the two largest units that say enough: ``1.9 s``, ``21 s``, ``4 min``, ``2 h 5 min``."""
    if seconds < 10:
        return tr("{0} s").format(locale().toString(max(0.0, seconds), "f", 1))
    if seconds < _MINUTE * 2:
        return tr("{0} s").format(round(seconds))
    if seconds < _HOUR:
        return tr("{0} min").format(round(seconds / _MINUTE))
    hours, rest = divmod(round(seconds / _MINUTE), 60)
    return tr("{0} h {1} min").format(hours, rest)


def size(number: int) -> str:
    """Bytes as ``12.4 MB``."""
    return locale().formattedDataSize(number, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def today() -> dt.date:
    """The local day."""
    return dt.datetime.now().date()


def day(date: dt.date, *, year: bool = True, weekday: bool = False) -> str:
    """A day in the language's order and the locale's words: ``3 May 2026``, ``Sunday, 3 May``."""
    # Forms of a date as Qt writes them; a language may order the parts otherwise.
    if weekday:
        form = tr("dddd, d MMMM yyyy") if year else tr("dddd, d MMMM")
    else:
        form = tr("d MMMM yyyy") if year else tr("d MMMM")
    return locale().toString(QDate(date.year, date.month, date.day), form)


def listed(*parts: str) -> str:
    """The parts that are not empty in a row, as the language parts them."""
    return tr(", ").join(part for part in parts if part)


def clock(moment: float) -> str:
    """A Unix time as hours and minutes of the local day."""
    return dt.datetime.fromtimestamp(moment).strftime("%H:%M")


def mode_word(mode: str) -> str:
    """A way of importing as a word within a line."""
    words = {
        "create": tr("create"),
        "append": tr("append"),
        "replace": tr("replace"),
        "upsert": tr("upsert"),
        "skip": tr("skip"),
    }
    return words.get(mode, mode)


def rate(rows_per_second: float) -> str:
    """Rows per second."""
    return tr("{0} rows/s").format(count(round(rows_per_second)))
