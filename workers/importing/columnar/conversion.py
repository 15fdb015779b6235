"""From cells as arrays to PostgreSQL's binary form, where every cell of the batch plainly fits the column's type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from workers.core.inference.conversion import ValueRules
from workers.core.model.options import PgType
from workers.importing.columnar.cell_vector import BLANK, BOOL, ERROR, FLOAT, INT, MOMENT, SPAN, TEXT, TIME, CellVector
from workers.importing.columnar.digits import decimal_texts
from workers.importing.columnar.encoded import BytesColumn, Encoded, FixedColumn
from workers.importing.columnar.text_columns import encode_texts
from workers.importing.columnar.text_pool import TextPool, Whole

_DAY = 86_400_000_000
_EXACT = 2**53
_INTERVAL = np.dtype([("microseconds", ">i8"), ("days", ">i4"), ("months", ">i4")])


def encode(cells: CellVector, pg_type: PgType, rules: ValueRules) -> Encoded | None:
    """Encode a batch of one column.

    Returns:
        None where a cell does not fit, or its text would have to be read as a value: then
        `workers.core.inference.conversion.convert` says what becomes of each cell.
    """
    kinds = frozenset(cells.present) - {BLANK}
    null: Any = cells.kinds == BLANK
    if ERROR in kinds:
        if rules.errors != "null":
            return None
        null |= cells.kinds == ERROR
        kinds -= {ERROR}
    nulls = null if null.any() else None
    if pg_type is PgType.TEXT:
        return _text(cells, kinds, nulls)
    way = _WAYS.get(pg_type)
    if way is None:
        return None
    fitting, make, empty = way
    if not kinds:
        return FixedColumn(np.zeros(len(cells), empty), null)
    if kinds == {TEXT}:
        return encode_texts(cells, null, pg_type, rules)
    if not kinds <= fitting:
        return None
    values = make(cells, kinds)
    return None if values is None else FixedColumn(values, nulls)


def _text(cells: CellVector, kinds: frozenset[int], nulls: Any) -> Encoded | None:
    if not kinds:
        return BytesColumn(cells.pool, np.zeros(len(cells), np.int64), np.ones(len(cells), np.bool_))
    if not kinds <= {TEXT, INT}:
        return None
    if TEXT in kinds:
        assert cells.codes is not None
        if cells.pool.dirty.any() and cells.pool.dirty[cells.codes[cells.kinds == TEXT]].any():
            return None
        if INT not in kinds:
            return BytesColumn(cells.pool, cells.codes, nulls)
    assert cells.numbers is not None
    if INT in kinds and len(kinds) == 1:
        return BytesColumn(decimal_texts(cells.numbers), np.arange(len(cells)), nulls)
    ints = np.flatnonzero(cells.kinds == INT)
    assert cells.codes is not None
    codes = cells.codes.copy()
    codes[ints] = np.arange(len(ints)) + len(cells.pool)
    return BytesColumn(_extended(cells.pool, decimal_texts(cells.numbers[ints])), codes, nulls)


def _extended(pool: TextPool, more: TextPool) -> TextPool:
    return TextPool.joined([pool, more])


def _whole(cells: CellVector, kinds: frozenset[int]) -> Any:
    return cells.numbers


def _double(cells: CellVector, kinds: frozenset[int]) -> Any:
    if kinds == {FLOAT}:
        return cells.floats
    ints = cells.kinds == INT
    numbers: Any = cells.numbers
    numbers = numbers[ints] if FLOAT in kinds or BLANK in kinds else numbers
    if numbers.max(initial=0) > _EXACT or numbers.min(initial=0) < -_EXACT:
        return None
    if FLOAT in kinds:
        return np.where(ints, cells.numbers, cells.floats)  # type: ignore[arg-type]
    return cells.numbers.astype(np.float64)  # type: ignore[union-attr]


def _flag(cells: CellVector, kinds: frozenset[int]) -> Any:
    return cells.numbers.astype(np.uint8)  # type: ignore[union-attr]


def _day(cells: CellVector, kinds: frozenset[int]) -> Any:
    numbers: Any = cells.numbers
    days, clock = np.divmod(numbers, _DAY)
    if clock[cells.kinds == MOMENT].any():
        return None
    return days.astype(np.int32)


def _span(cells: CellVector, kinds: frozenset[int]) -> Any:
    numbers: Any = cells.numbers
    days, microseconds = np.divmod(numbers, _DAY)
    return span_values(days, microseconds)


def span_values(days: Whole, microseconds: Whole) -> Any:
    """Durations in the form of PostgreSQL's intervals."""
    spans = np.zeros(len(days), _INTERVAL)
    spans["microseconds"] = microseconds
    spans["days"] = days
    return spans.view("V16")


_Make = Callable[[CellVector, frozenset[int]], Any]
_WAYS: dict[PgType, tuple[frozenset[int], _Make, Any]] = {
    PgType.BIGINT: (frozenset({INT}), _whole, np.int64),
    PgType.DOUBLE: (frozenset({INT, FLOAT}), _double, np.float64),
    PgType.NUMERIC: (frozenset(), _whole, "V8"),
    PgType.BOOLEAN: (frozenset({BOOL}), _flag, np.uint8),
    PgType.DATE: (frozenset({MOMENT}), _day, np.int32),
    PgType.TIMESTAMP: (frozenset({MOMENT}), _whole, np.int64),
    PgType.TIME: (frozenset({TIME}), _whole, np.int64),
    PgType.INTERVAL: (frozenset({SPAN, TIME}), _span, "V16"),
}
"""For each type the kinds that fit it, how the values are made, and their form."""
