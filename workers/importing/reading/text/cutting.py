"""Cuts a piece of a plainly delimited text into cells, all of them at once.

Where delimiters, line ends and quotation marks stand is found by arrays; whether a mark opens or closes a cell follows
from how many stood before it. A piece in which a mark stands anywhere but at the edges of a cell, or a line ends with
nothing but a carriage return, is refused: the `csv` module then says what it means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

_NEWLINE, _RETURN = ord("\n"), ord("\r")


class Refused(Exception):
    """A piece has to be divided by the exact reader."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The cells of some whole rows.

    Attributes:
        buffer: The text, marks that stood for one doubled mark taken out.
        starts: Where each cell begins in it, row by row.
        lengths: Bytes of each cell.
        rows: The number of the first cell of each row, and at the end the number of cells.
        used: Bytes of the piece that these rows took.
    """

    buffer: Any
    starts: Any
    lengths: Any
    rows: Any
    used: int


class Cutter:
    """Cuts pieces of one text."""

    def __init__(self, delimiter: str, quote: str) -> None:
        """Prepare for a delimiter and a quotation mark (or none), both of ASCII."""
        self._delimiter = ord(delimiter)
        self._quote = ord(quote) if quote else None
        self._before = self._neighbours(ord("\n"))
        self._behind = self._neighbours(ord("\n"), ord("\r"))

    def _neighbours(self, *more: int) -> Any:
        """Which bytes may stand beside a quotation mark, outside of its cell."""
        allowed = np.zeros(256, np.bool_)
        allowed[[self._delimiter, *more, *([] if self._quote is None else [self._quote])]] = True
        return allowed

    def cut(self, data: bytes, *, last: bool) -> Cut | None:
        """The rows at the beginning of a piece that are whole.

        Args:
            data: The piece, which begins with a row.
            last: Whether nothing follows it.

        Returns:
            None when not even one row is whole.

        Raises:
            Refused: when the piece is not as plain as it has to be.
        """
        raw = np.frombuffer(data, np.uint8)
        special = (raw == self._delimiter) | (raw == _NEWLINE)
        for sign in (b"\r", b"" if self._quote is None else bytes([self._quote])):
            if sign and sign in data:
                special |= raw == sign[0]
        at = np.flatnonzero(special)
        signs = raw[at]
        outside, doubled = self._quotes(raw, at, signs, last=last)
        ends_line = (signs == _NEWLINE) & outside
        ends = at[ends_line]
        end = len(raw) if last else int(ends[-1]) + 1 if len(ends) else 0
        if not end:
            return None
        self._check_returns(raw, at[(signs == _RETURN) & outside], end)
        edge = (((signs == self._delimiter) & outside) | ends_line) & (at < end)
        edges, closes = at[edge], ends_line[edge]
        if end and last and raw[end - 1 :].tobytes() != b"\n":
            edges, closes = np.append(edges, end), np.append(closes, True)
        elif last and not (len(closes) and closes[-1]):
            raise Refused  # the line end belongs to a cell that nothing closes
        return self._cells(raw, edges, closes, doubled, end)

    def _quotes(self, raw: Any, at: Any, signs: Any, *, last: bool) -> tuple[Any, Any]:
        """Which signs stand outside of marked cells, and where a mark is the second of a doubled one."""
        marks = signs == self._quote if self._quote is not None else np.zeros(0, np.bool_)
        if not marks.any():
            return np.ones(len(at), np.bool_), None
        before = np.cumsum(marks, dtype=np.int64) - marks
        odd = (before & 1).astype(np.bool_)
        places = at[marks]
        closing = odd[marks]
        opening = places[~closing]
        ahead = opening[opening > 0] - 1
        behind = places[closing] + 1
        if last and (len(places) & 1):
            raise Refused
        behind = behind[behind < len(raw)]
        if not (self._before[raw[ahead]].all() and self._behind[raw[behind]].all()):
            raise Refused
        doubled = opening[(opening > 0) & (raw[np.maximum(opening - 1, 0)] == self._quote)]
        return ~odd & ~marks, doubled if len(doubled) else None

    @staticmethod
    def _check_returns(raw: Any, returns: Any, end: int) -> None:
        returns = returns[returns < end]
        if len(returns) and (int(returns[-1]) + 1 >= end or not (raw[returns + 1] == ord("\n")).all()):
            raise Refused

    def _cells(self, raw: Any, edges: Any, closes: Any, doubled: Any, end: int) -> Cut:
        starts = np.zeros(len(edges), np.int64)
        starts[1:] = edges[:-1] + 1
        ends = edges.copy()
        full = closes & (ends > starts)
        ends[full] -= raw[ends[full] - 1] == ord("\r")
        buffer = raw
        if self._quote is not None:
            filled = ends > starts
            marked = np.zeros(len(edges), np.bool_)
            marked[filled] = raw[starts[filled]] == self._quote
            starts, ends = starts + marked, ends - marked
        if doubled is not None:
            doubled = doubled[doubled < end]
            keep = np.ones(len(raw), np.bool_)
            keep[doubled] = False
            buffer = raw[keep]
            gone = np.zeros(len(raw) + 1, np.int32)
            gone[doubled + 1] = 1
            np.cumsum(gone, out=gone)
            starts, ends = starts - gone[starts], ends - gone[ends]
        rows = np.concatenate([np.zeros(1, np.int64), np.flatnonzero(closes) + 1])
        return Cut(buffer, starts, ends - starts, rows, end)
