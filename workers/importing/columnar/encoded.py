"""A column of a batch in PostgreSQL's binary form, and rows of such columns as one piece of a binary COPY.

Formats: the COPY documentation of PostgreSQL, "Binary Format": each row begins with its number of fields, each field
with its length (-1 for NULL), all of them big-endian.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.importing.columnar.column import EncodedCells, Figures
from workers.importing.columnar.text_pool import Flags, TextPool, Whole, padded

_MOST_BYTES = 8 << 20
"""Rows are assembled in parts of at most so many bytes, texts counted at the length of the longest."""


@dataclass(frozen=True, slots=True)
class FixedColumn(EncodedCells):
    """Values that all take the same number of bytes.

    Attributes:
        values: Them; they are turned big-endian on the way. Those of NULLs do not matter.
        nulls: Which are NULL; None where none is.
    """

    values: NDArray[Any]
    nulls: Flags | None = None

    def __len__(self) -> int:
        return len(self.values)

    @property
    def null_count(self) -> int:
        """See `EncodedCells.null_count`."""
        return 0 if self.nulls is None else int(self.nulls.sum())

    def figures(self) -> Figures:
        """See `EncodedCells.figures`."""
        numbers = self.values if self.nulls is None else self.values[~self.nulls]
        if not len(numbers):
            return Figures(0, 0, 0, 0)
        if numbers.dtype.kind == "f":
            return _figures_of_doubles(numbers)
        low, high = int(numbers.min()), int(numbers.max())
        fits = max(-low, high) * len(numbers) < 2**63
        return Figures(len(numbers), int(numbers.sum()) if fits else sum(numbers.tolist()), low, high)

    def keep(self, chosen: Sequence[int] | slice) -> FixedColumn:
        """See `EncodedCells.keep`."""
        which = chosen if isinstance(chosen, slice) else np.asarray(chosen, np.int64)
        return FixedColumn(self.values[which], None if self.nulls is None else self.nulls[which])


@dataclass(frozen=True, slots=True)
class BytesColumn(EncodedCells):
    """Values of different lengths.

    Attributes:
        pool: Them, each once.
        codes: Which of them each row has.
        nulls: Which rows have none; None where all have one.
    """

    pool: TextPool
    codes: Whole
    nulls: Flags | None = None

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def null_count(self) -> int:
        """See `EncodedCells.null_count`."""
        return 0 if self.nulls is None else int(self.nulls.sum())

    def figures(self) -> Figures:
        """Texts have no totals."""
        raise TypeError

    def keep(self, chosen: Sequence[int] | slice) -> BytesColumn:
        """See `EncodedCells.keep`."""
        which = chosen if isinstance(chosen, slice) else np.asarray(chosen, np.int64)
        return BytesColumn(self.pool, self.codes[which], None if self.nulls is None else self.nulls[which])

    @property
    def lengths(self) -> Whole:
        """Bytes of each value; 0 of a NULL."""
        if not len(self.pool):
            return np.zeros(len(self.codes), np.int64)
        lengths = self.pool.lengths[self.codes]
        return lengths if self.nulls is None else np.where(self.nulls, 0, lengths)


def _figures_of_doubles(numbers: NDArray[Any]) -> Figures:
    values = numbers.tolist()
    if np.isnan(numbers).any():
        low, high = min(values), max(values)  # what Python makes of them depends on their order
    else:
        low, high = float(numbers.min()), float(numbers.max())
    try:
        total = math.fsum(values)
    except (ValueError, OverflowError):
        total = float(sum(values))
    return Figures(len(values), total, low, high)


Encoded = FixedColumn | BytesColumn


def copy_rows(columns: Sequence[Encoded], count: int) -> list[bytes]:
    """The rows of some columns as pieces of a binary COPY, without its header and trailer.

    Args:
        columns: The columns of the table, in its order.
        count: How many rows.
    """
    widest = 2 + sum(4 + _widest(column) for column in columns)
    most = max(_MOST_BYTES // widest, 1)
    pieces = []
    for start in range(0, count, most):
        rows = slice(start, min(start + most, count))
        part = columns if most >= count else [column.keep(rows) for column in columns]
        pieces.append(_assemble(part, rows.stop - rows.start))
    return pieces


def _widest(column: Encoded) -> int:
    if isinstance(column, FixedColumn):
        return column.values.dtype.itemsize
    return int(column.lengths.max(initial=0))


def _assemble(columns: Sequence[Encoded], count: int) -> bytes:
    widths = [_widest(column) for column in columns]
    layout: list[tuple[str, str]] = [("fields", ">i2")]
    for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
        layout.append((f"length{place}", ">i4"))
        layout.append((f"value{place}", _field(column, width)))
    form = np.dtype(layout)
    rows = np.empty(count, form)
    rows["fields"] = len(columns)
    raw = rows.view(np.uint8).reshape(count, form.itemsize)
    used: Any = None
    for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
        at = _offset(form, f"value{place}")
        if isinstance(column, FixedColumn):
            rows[f"value{place}"] = column.values
            rows[f"length{place}"] = width
            lengths = None
        else:
            lengths = column.lengths
            rows[f"length{place}"] = lengths
            if width:
                raw[:, at : at + width] = padded(column.pool, column.codes, width)
        if column.nulls is not None:
            rows[f"length{place}"][column.nulls] = -1
        if lengths is not None and int(lengths.min(initial=width)) == width:
            lengths = None
        if lengths is None and column.nulls is None:
            continue
        used = np.ones((count, form.itemsize), np.bool_) if used is None else used
        if lengths is not None:
            used[:, at : at + width] = np.arange(width) < lengths[:, None]
        elif column.nulls is not None:
            used[:, at : at + width] = ~column.nulls[:, None]
    return raw.tobytes() if used is None else raw[used].tobytes()


def _field(column: Encoded, width: int) -> str:
    if isinstance(column, FixedColumn) and column.values.dtype.kind != "V":
        return f">{column.values.dtype.kind}{width}" if column.values.dtype.kind != "b" else "?"
    return f"V{width}"


def _offset(form: np.dtype[Any], name: str) -> int:
    fields = form.fields
    assert fields is not None
    return int(fields[name][1])
