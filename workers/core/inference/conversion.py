"""From the cells of one column to values that PostgreSQL takes, a batch at a time.

A batch of one column mostly holds cells of one kind; then the work is done by loops that run in C. Cells are looked at
one by one only where kinds mix or a cell does not fit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from workers.core.inference.text_format import TEXT_FORMS, fits_double, whole_digits
from workers.core.inference.text_parsing import TextReader
from workers.core.model.cells import CellValue, ErrorValue, PaddedNumber
from workers.core.model.options import DEFAULT_NULL_TOKENS, ErrorRule, PgType

_INT64_MIN, _INT64_MAX = -(2**63), 2**63 - 1
_MIDNIGHT = dt.time()
_BLANKS = frozenset({type(None)})
_TEMPORAL = frozenset({PgType.DATE, PgType.TIMESTAMP})
_TEXT_AND_WHOLE = frozenset({str, int, type(None)})


@dataclass(frozen=True, slots=True)
class ValueRules:
    """What decides how the cells of one column become values.

    Attributes:
        errors: What becomes of error cells.
        null_tokens: Texts that mean NULL in a typed column.
        read_text: How a typed column reads its text cells; None where text never counts as a number or a date.
        chosen: True when the user or an existing table fixed the type: numbers shown with leading zeros then fit.
    """

    errors: ErrorRule = "null"
    null_tokens: frozenset[str] = frozenset(DEFAULT_NULL_TOKENS)
    read_text: TextReader | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class UnconvertibleCell:
    """A cell that has no place in its column.

    Attributes:
        position: Its place in the batch, from 0.
        value: The cell.
        reason: Why not, one clause for people.
    """

    position: int
    value: CellValue
    reason: str


@dataclass(slots=True)
class Converted:
    """One column of a batch as PostgreSQL takes it.

    Attributes:
        values: One value a row; None is NULL, also where a misfit stands.
        misfits: Cells that do not fit the type, in order.
        nuls: Positions of texts from which NUL bytes or lone surrogates were removed.
        tokens: Positions of null tokens that became NULL.
        errors: Positions of error cells that became NULL.
        texts_read: True when typed values were read out of texts.
    """

    values: list[Any]
    misfits: list[UnconvertibleCell] = field(default_factory=list)
    nuls: list[int] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)
    texts_read: bool = False


class _Unfit(Exception):
    """Raised by a cell's conversion with the reason for people."""


def convert(
    values: Sequence[CellValue], pg_type: PgType, rules: ValueRules, kinds: frozenset[type] | None = None
) -> Converted:
    """Turn a batch of one column's cells into values of a PostgreSQL type.

    Args:
        values: The cells, in row order.
        pg_type: The column's type.
        rules: How errors, null tokens and texts are read.
        kinds: The types among `values`, when the caller knows them.

    Returns:
        The values, with every cell that did not fit named. Nothing is raised for a cell.
    """
    if kinds is None:
        kinds = frozenset(map(type, values))
    if pg_type is PgType.TEXT and kinds <= _TEXT_AND_WHOLE:
        texts = _plain_texts(values, kinds)
        if texts is not None:
            return Converted(texts)
    fast = _FAST.get((pg_type, kinds - _BLANKS))
    if fast is not None:
        result = fast(values, kinds >= _BLANKS)
        if result is not None:
            return Converted(result)
    return _one_by_one(values, pg_type, rules)


def _plain_texts(values: Sequence[Any], kinds: frozenset[type]) -> list[Any] | None:
    """Texts and whole numbers as they stand, or None when one of them needs a closer look."""
    texts: Sequence[Any] = values
    if int in kinds:
        if _small_ints([v for v in values if type(v) is int], False) is None:
            return None
        texts = [v if v is None else str(v) for v in values] if kinds >= _BLANKS else list(map(str, values))
    joined = "".join(filter(None, texts) if kinds >= _BLANKS else texts)
    if "\0" in joined or not (joined.isascii() or _encodable(joined)):
        return None
    return [v or None for v in texts] if "" in texts else list(texts)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _small_ints(values: Sequence[Any], blanks: bool) -> list[Any] | None:
    filled = [v for v in values if v is not None] if blanks else values
    if filled and (max(filled) > _INT64_MAX or min(filled) < _INT64_MIN):
        return None
    return list(values)


def _exact_doubles(values: Sequence[Any], blanks: bool) -> list[Any] | None:
    """Whole numbers among floats: exact below 2^53."""
    try:
        doubles = [v if v is None else float(v) for v in values] if blanks else list(map(float, values))
    except OverflowError:
        return None
    return doubles if doubles == list(values) else None


def _midnights(values: Sequence[Any], blanks: bool) -> list[Any] | None:
    filled = [v for v in values if v is not None] if blanks else values
    if any(clock != _MIDNIGHT for clock in set(map(dt.datetime.time, filled))):
        return None
    return [v if v is None else v.date() for v in values] if blanks else list(map(dt.datetime.date, values))


def _as_they_are(values: Sequence[Any], blanks: bool) -> list[Any]:
    return list(values)


_FastPath = Callable[[Sequence[Any], bool], "list[Any] | None"]


def _fast_paths() -> dict[tuple[PgType, frozenset[type]], _FastPath]:
    """For a type and the kinds in a batch besides blanks: a conversion in C, told whether there are blanks."""
    paths: dict[tuple[PgType, frozenset[type]], _FastPath] = {
        (PgType.BIGINT, frozenset({int})): _small_ints,
        (PgType.DOUBLE, frozenset({float})): _as_they_are,
        (PgType.DOUBLE, frozenset({int, float})): _exact_doubles,
        (PgType.DOUBLE, frozenset({int})): _exact_doubles,
        (PgType.BOOLEAN, frozenset({bool})): _as_they_are,
        (PgType.DATE, frozenset({dt.datetime})): _midnights,
        (PgType.DATE, frozenset({dt.date})): _as_they_are,
        (PgType.TIMESTAMP, frozenset({dt.datetime})): _as_they_are,
        (PgType.TIME, frozenset({dt.time})): _as_they_are,
        (PgType.INTERVAL, frozenset({dt.timedelta})): _as_they_are,
    }
    for pg_type in PgType:
        paths[pg_type, frozenset()] = _as_they_are
    return paths


def _one_by_one(values: Sequence[CellValue], pg_type: PgType, rules: ValueRules) -> Converted:
    result = Converted([None] * len(values))
    out = result.values
    is_text = pg_type is PgType.TEXT
    cell = _CELLS[pg_type]
    for position, value in enumerate(values):
        if value is None or value == "":
            continue
        kind = type(value)
        try:
            if kind is ErrorValue:
                out[position] = _error(str(value), position, is_text, rules, result)
            elif is_text:
                out[position] = _clean(TEXT_FORMS[kind](value), position, result)
            elif pg_type in _TEMPORAL and kind is dt.time and value == _MIDNIGHT:
                # The number 0 under a date's format, which spreadsheets show as "0 January 1900".
                result.tokens.append(position)
            elif kind is str or (kind is PaddedNumber and rules.chosen):
                out[position] = _typed_text(value, position, pg_type, rules, result)
            else:
                out[position] = _flag(value) if rules.chosen and pg_type is PgType.BOOLEAN else cell(value)
        except _Unfit as unfit:
            result.misfits.append(UnconvertibleCell(position, value, str(unfit)))
    return result


def _error(text: str, position: int, is_text: bool, rules: ValueRules, result: Converted) -> str | None:
    if rules.errors == "reject":
        raise _Unfit(f"the cell holds the error {text}")
    if rules.errors == "null":
        result.errors.append(position)
        return None
    if not is_text:
        raise _Unfit(f"the error {text} stands in a column of another type")
    return text


def _clean(text: str, position: int, result: Converted) -> str | None:
    """Text without what PostgreSQL cannot hold; what was removed is counted."""
    if "\0" not in text and (text.isascii() or _encodable(text)):
        return text or None
    result.nuls.append(position)
    return text.replace("\0", "").encode("utf-8", "replace").decode() or None


def _typed_text(text: Any, position: int, pg_type: PgType, rules: ValueRules, result: Converted) -> Any:
    if rules.read_text is None:
        raise _Unfit(f"text in a column of type {pg_type.value}")
    if text in rules.null_tokens or not text.strip():
        result.tokens.append(position)
        return None
    if type(text) is PaddedNumber:
        text = text.digits
    try:
        value = rules.read_text(text)
    except (ValueError, ArithmeticError):
        raise _Unfit(f"{shorten(text)!r} is not of type {pg_type.value}") from None
    result.texts_read = True
    return value


def shorten(text: str, limit: int = 60) -> str:
    """A text cut for a message."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _to_bigint(value: Any) -> int:
    kind = type(value)
    if kind is float and value.is_integer():
        value, kind = whole_digits(value), int
    if kind is not int:
        raise _Unfit(f"{TEXT_FORMS[kind](value)} is not a whole number")
    if not _INT64_MIN <= value <= _INT64_MAX:
        raise _Unfit(f"{value} is larger than a bigint holds")
    return int(value)


def _to_double(value: Any) -> float:
    kind = type(value)
    if kind is float:
        return float(value)
    if kind is int:
        if fits_double(value):
            return float(value)
        raise _Unfit(f"{value} has more digits than a double precision number holds")
    raise _Unfit(f"{TEXT_FORMS[kind](value)} is not a number")


def _to_numeric(value: Any) -> Decimal:
    if type(value) is int:
        return Decimal(value)
    if type(value) is float:
        return Decimal(repr(value))
    raise _Unfit(f"{TEXT_FORMS[type(value)](value)} is not a number")


def _to_boolean(value: Any) -> bool:
    if type(value) is bool:
        return value
    raise _Unfit(f"{TEXT_FORMS[type(value)](value)} is neither true nor false")


def _flag(value: Any) -> bool:
    """A boolean, or one of the numbers 1 and 0, for a column of which somebody said that it holds booleans."""
    if type(value) in (int, float) and value in (0, 1):
        return bool(value)
    return _to_boolean(value)


def _to_date(value: Any) -> dt.date:
    kind = type(value)
    if kind is dt.date:
        return dt.date.fromordinal(value.toordinal())
    if kind is dt.datetime:
        if value.time() == _MIDNIGHT:
            return dt.date(value.year, value.month, value.day)
        raise _Unfit(f"{TEXT_FORMS[kind](value)} has a time of day")
    raise _Unfit(f"{TEXT_FORMS[kind](value)} is not a date")


def _to_timestamp(value: Any) -> dt.datetime:
    kind = type(value)
    if kind is dt.datetime:
        stamp: dt.datetime = value
        return stamp
    if kind is dt.date:
        return dt.datetime.combine(value, _MIDNIGHT)
    raise _Unfit(f"{TEXT_FORMS[kind](value)} is not a date")


def _to_time(value: Any) -> dt.time:
    kind = type(value)
    if kind is dt.time:
        clock: dt.time = value
        return clock
    raise _Unfit(f"{TEXT_FORMS[kind](value)} is not a time of day")


def _to_interval(value: Any) -> dt.timedelta:
    kind = type(value)
    if kind is dt.timedelta:
        span: dt.timedelta = value
        return span
    if kind is dt.time:
        return dt.timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
        )
    raise _Unfit(f"{TEXT_FORMS[kind](value)} is not a duration")


_CELLS: dict[PgType, Callable[[Any], Any]] = {
    PgType.TEXT: lambda value: value,
    PgType.BIGINT: _to_bigint,
    PgType.DOUBLE: _to_double,
    PgType.NUMERIC: _to_numeric,
    PgType.BOOLEAN: _to_boolean,
    PgType.DATE: _to_date,
    PgType.TIMESTAMP: _to_timestamp,
    PgType.TIME: _to_time,
    PgType.INTERVAL: _to_interval,
}

_FAST = _fast_paths()
