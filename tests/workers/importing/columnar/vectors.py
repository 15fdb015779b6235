"""Cells one by one turned into arrays, for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from workers.core.model.cells import CellValue, ErrorValue, PaddedNumber
from workers.importing.columnar.cell_vector import EPOCH, TYPES, CellVector
from workers.importing.columnar.text_pool import TextPool

_MICROSECOND = dt.timedelta(microseconds=1)


def vector_of(cells: Sequence[CellValue]) -> CellVector:
    """The vector of some cells, none of which is an empty text or a whole number beyond 64 bits."""
    kinds = np.array([TYPES.index(type(cell)) for cell in cells], np.uint8)
    numbers = np.array([_number(cell) for cell in cells], np.int64)
    floats = np.array([cell if type(cell) is float else 0.0 for cell in cells], np.float64)
    texts = sorted({str(cell) for cell in cells if isinstance(cell, str)})
    codes = np.array([texts.index(str(cell)) if isinstance(cell, str) else 0 for cell in cells], np.int64)
    return CellVector(kinds, numbers, floats, codes, TextPool.of(texts))


def _number(cell: CellValue) -> int:
    if isinstance(cell, PaddedNumber):
        return cell.number or 0
    if isinstance(cell, bool | int):
        return int(cell)
    if isinstance(cell, dt.datetime):
        return (cell - EPOCH) // _MICROSECOND
    if isinstance(cell, dt.timedelta):
        return cell // _MICROSECOND
    if isinstance(cell, dt.time):
        return (dt.datetime.combine(EPOCH.date(), cell) - EPOCH) // _MICROSECOND
    assert cell is None or isinstance(cell, float | str | ErrorValue)
    return 0
