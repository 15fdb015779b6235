"""Values that Python made of cells, in PostgreSQL's binary form: for columns that were looked at one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from psycopg.types.numeric import DecimalBinaryDumper

from workers.core.model.options import PgType
from workers.importing.columnar.conversion import span_values
from workers.importing.columnar.encoded import BytesColumn, Encoded, FixedColumn
from workers.importing.columnar.text_pool import TextPool, ranges_of

_MOMENT_EPOCH = dt.datetime(2000, 1, 1)
_DAY_EPOCH = _MOMENT_EPOCH.toordinal()
_MICROSECOND = dt.timedelta(microseconds=1)


def encode_values(values: Sequence[Any], pg_type: PgType) -> Encoded:
    """Encode the values of one column of a batch; None is NULL."""
    flags = np.fromiter((value is None for value in values), np.bool_, len(values))
    nulls = flags if flags.any() else None
    filled = values if nulls is None else [value for value in values if value is not None]
    if pg_type in _PIECES:
        pieces = list(map(_PIECES[pg_type], filled))
        codes = np.cumsum(~flags) - 1
        return BytesColumn(_pool(pieces), np.maximum(codes, 0), nulls)
    array = _ARRAYS[pg_type](filled)
    if nulls is None:
        return FixedColumn(array)
    spread = np.zeros(len(values), array.dtype)
    spread[~flags] = array
    return FixedColumn(spread, nulls)


def _pool(pieces: Sequence[bytes]) -> TextPool:
    lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
    return TextPool(b"".join(pieces), ranges_of(lengths), lengths)


def _decimal(value: Decimal) -> bytes:
    return bytes(DecimalBinaryDumper(Decimal).dump(value) or b"")


def _spans(values: Sequence[dt.timedelta]) -> Any:
    return span_values(np.array([value.days for value in values], np.int64), _microseconds(values))


def _microseconds(values: Sequence[dt.timedelta]) -> Any:
    return np.array([value.seconds * 1_000_000 + value.microseconds for value in values], np.int64)


def _since_midnight(values: Sequence[dt.time]) -> Any:
    return np.array([((v.hour * 60 + v.minute) * 60 + v.second) * 1_000_000 + v.microsecond for v in values], np.int64)


_PIECES: dict[PgType, Callable[[Any], bytes]] = {PgType.TEXT: str.encode, PgType.NUMERIC: _decimal}
_ARRAYS: dict[PgType, Callable[[Sequence[Any]], Any]] = {
    PgType.BIGINT: lambda values: np.array(values, np.int64),
    PgType.DOUBLE: lambda values: np.array(values, np.float64),
    PgType.BOOLEAN: lambda values: np.array(values, np.uint8),
    PgType.DATE: lambda values: np.array([value.toordinal() - _DAY_EPOCH for value in values], np.int32),
    PgType.TIMESTAMP: lambda values: np.array([(v - _MOMENT_EPOCH) // _MICROSECOND for v in values], np.int64),
    PgType.TIME: _since_midnight,
    PgType.INTERVAL: _spans,
}
