"""From the text of a cell to the value of a typed column, in the one form that the column's texts are written in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, cast

from workers.core.inference.text_shapes import (
    DATES,
    NUMBERS,
    STAMPS,
    DateForm,
    NumberForm,
    TextForm,
    classify,
    date_form,
    number_form,
    parse_date,
    parse_number,
)
from workers.core.model.options import PgType

TextReader = Callable[[str], Any]
"""Reads the typed value out of a text; raises ValueError where the text holds none without loss."""

_INT64 = range(-(2**63), 2**63)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,6}))?)?")
_SPAN = re.compile(r"(-?)([0-9]+):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,6}))?)?")
_TRUE = frozenset({"true", "t", "yes", "y", "on", "1"})
_FALSE = frozenset({"false", "f", "no", "n", "off", "0"})


def form_code(form: TextForm | None) -> str:
    """A short text for a form, to be kept in a plan; empty for None."""
    if isinstance(form, NumberForm):
        kind = "whole" if form.whole else "exponents" if form.exponents else "decimals"
        around = ["percent"] if form.percent else ["affixed"] if form.affixed else []
        return " ".join(["number", form.decimal, kind, *around])
    if isinstance(form, DateForm):
        return f"date {form.order} {'stamp' if form.stamp else 'day'}"
    return ""


def form_of_code(code: str) -> TextForm | None:
    """The form that `form_code` wrote; None for the empty text.

    Raises:
        ValueError: if `code` is of no known form.
    """
    if not code:
        return None
    parts = code.split(" ")
    around = parts[3] if len(parts) == 4 else ""
    if len(parts) >= 3 and parts[0] == "number" and parts[1] in (".", ",") and around in ("", "affixed", "percent"):
        mark = cast('Literal[".", ","]', parts[1])
        return NumberForm(mark, parts[2] == "whole", parts[2] == "exponents", bool(around), around == "percent")
    if len(parts) == 3 and parts[0] == "date" and parts[1] in ("ymd", "dmy", "mdy"):
        return DateForm(cast('Literal["ymd", "dmy", "mdy"]', parts[1]), parts[2] == "stamp")
    raise ValueError(f"not a form of numbers or dates: {code!r}")


@dataclass(frozen=True, slots=True)
class FormReader:
    """Reads texts that are written in one form; a `TextReader`.

    Attributes:
        pg_type: What is made of them.
        form: How they are written; None lets every text speak for itself, ambiguous ones being refused.
    """

    pg_type: PgType
    form: TextForm | None

    def __call__(self, text: str) -> Any:
        """The value of one text.

        Raises:
            ValueError: where it holds none without loss.
        """
        if self.pg_type in _NARROW:
            return _NARROW[self.pg_type](_number(text, self.form))
        moment = _moment(text, self.form)
        return _day(moment) if self.pg_type is PgType.DATE else moment


def text_reader(pg_type: PgType, form: TextForm | None) -> TextReader | None:
    """How a column of `pg_type` reads texts; None for a text column.

    Args:
        pg_type: The column's type.
        form: How its texts are written; None lets every text speak for itself, ambiguous ones being refused.
    """
    if pg_type in (PgType.BIGINT, PgType.DOUBLE, PgType.NUMERIC, PgType.DATE, PgType.TIMESTAMP):
        return FormReader(pg_type, form)
    return _PLAIN.get(pg_type)


def _number(text: str, form: TextForm | None) -> int | Decimal | float:
    shape = classify(text)
    match form or (number_form([shape]) if shape in NUMBERS else None):
        case NumberForm() as known:
            value = parse_number(text, known)
        case _:
            value = None
    if value is None:
        raise ValueError(text)
    return value


def _moment(text: str, form: TextForm | None) -> dt.datetime:
    shape = classify(text)
    match form or (date_form([shape]) if shape in DATES | STAMPS else None):
        case DateForm() as known:
            value = parse_date(text, known)
        case _:
            value = None
    if value is None:
        raise ValueError(text)
    return value


def _day(value: dt.datetime) -> dt.date:
    if value.time() != dt.time():
        raise ValueError(value)
    return value.date()


def _bigint(value: float | Decimal) -> int:
    whole = int(value)
    if whole != value or whole not in _INT64:
        raise ValueError(value)
    return whole


def _double(value: float | Decimal) -> float:
    return float(value)


def _numeric(value: float | Decimal) -> Decimal:
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def _boolean(text: str) -> bool:
    word = text.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError(text)


def _micros(part: str | None) -> int:
    return int((part or "0").ljust(6, "0"))


def _clock(text: str) -> dt.time:
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    hour, minute, second, part = found.groups()
    return dt.time(int(hour), int(minute), int(second or 0), _micros(part))


def _span(text: str) -> dt.timedelta:
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    sign, hours, minutes, seconds, part = found.groups()
    span = dt.timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0), microseconds=_micros(part))
    return -span if sign else span


_NARROW: dict[PgType, Callable[[int | Decimal | float], Any]] = {
    PgType.BIGINT: _bigint,
    PgType.DOUBLE: _double,
    PgType.NUMERIC: _numeric,
}
_PLAIN: dict[PgType, TextReader] = {
    PgType.BOOLEAN: _boolean,
    PgType.TIME: _clock,
    PgType.INTERVAL: _span,
}
