"""Columns of cells on their way from one process to another.

What the former content key took of a column is most compact; wherever the cells can be made out of that again, nothing
else is sent.
"""

from __future__ import annotations

import datetime as dt
import marshal
import pickle
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from workers.core.model.cells import CellValue, ErrorValue, PaddedNumber
from workers.core.model.content_key import EPOCH, PLAIN, canonical

_KINDS: tuple[type, ...] = (
    type(None),
    bool,
    int,
    float,
    str,
    dt.date,
    dt.datetime,
    dt.time,
    dt.timedelta,
    ErrorValue,
    PaddedNumber,
)
_BIT_OF = {kind: 1 << place for place, kind in enumerate(_KINDS)}
_MOMENTS = frozenset({type(None), dt.date, dt.datetime})
_BLANK, _DAY, _MOMENT = 0, 1, 2
_MARKS: dict[type, int] = {type(None): _BLANK, dt.date: _DAY, dt.datetime: _MOMENT}
_EXACT_SECONDS = 2.0**33
"""Below this a double tells seconds to the microsecond: until the year 2172."""

_after_epoch: Callable[[dt.timedelta], dt.datetime] = EPOCH.__add__


@dataclass(frozen=True, slots=True)
class PackedColumn:
    """The cells of one column of a batch.

    Attributes:
        kinds: The types among the cells, a bit for each.
        canonical: What the former content key takes.
        marks: Which cells are blank, days and moments, where the cells are to be made out of seconds.
        cells: The cells themselves, pickled, where `canonical` does not tell them.
    """

    kinds: int
    canonical: tuple[bytes, ...]
    marks: bytes | None = None
    cells: bytes | None = None


def pack(values: Sequence[CellValue], kinds: frozenset[type]) -> PackedColumn:
    """Pack the cells of a column; `kinds` are the types among them."""
    bits = sum(map(_BIT_OF.__getitem__, kinds))
    pieces = tuple(canonical(values, kinds))
    if kinds <= PLAIN:
        return PackedColumn(bits, pieces)
    if kinds <= _MOMENTS and _exact(_doubles(pieces[-1])):
        return PackedColumn(bits, pieces, marks=bytes(map(_MARKS.__getitem__, map(type, values))))
    return PackedColumn(bits, pieces, cells=pickle.dumps(list(values), pickle.HIGHEST_PROTOCOL))


def unpack(column: PackedColumn) -> tuple[Sequence[CellValue], frozenset[type]]:
    """The cells, equal in value and type to those that were packed, and the types among them."""
    kinds = frozenset(kind for kind, bit in _BIT_OF.items() if column.kinds & bit)
    values: Sequence[CellValue]
    if column.cells is not None:
        values = pickle.loads(column.cells)  # from a process of our own
    elif column.marks is not None:
        values = _moments(_doubles(column.canonical[-1]), column.marks, kinds)
    else:
        values = marshal.loads(column.canonical[0])
    return values, kinds


def _doubles(data: bytes) -> array[float]:
    numbers = array("d")
    numbers.frombytes(data)
    return numbers


def _exact(seconds: array[float]) -> bool:
    return min(seconds) > -_EXACT_SECONDS and max(seconds) < _EXACT_SECONDS


def _moments(seconds: array[float], marks: bytes, kinds: frozenset[type]) -> list[Any]:
    different = set(seconds)
    known = dict(zip(different, map(_after_epoch, map(partial(dt.timedelta, 0), different)), strict=True))
    moments: Iterator[dt.datetime] = map(known.__getitem__, seconds)
    if len(kinds) == 1 and dt.datetime in kinds:
        return list(moments)
    return [None if mark == _BLANK else _moment(next(moments), mark) for mark in marks]


def _moment(moment: dt.datetime, mark: int) -> dt.date:
    return moment.date() if mark == _DAY else moment
