"""The index of rows that somebody else has written."""

from __future__ import annotations

import os
from array import array
from pathlib import Path

import numpy as np

from workers.querying.spool.meta import INDEX, ROWS
from workers.querying.spool.writer import STRIDE_BYTES, STRIDE_ROWS

_BLOCK = 8 << 20
_QUOTE, _NEWLINE = ord('"'), ord("\n")


def write_index(folder: Path) -> int:
    """Make the index of the rows in `folder`; how many there are.

    Raises:
        OSError: when the disk is full.
    """
    rows = offset = 0
    inside = 0
    marked_rows = marked_offset = 0
    marks = array("Q", [0, 0])
    with (folder / ROWS).open("rb") as file:
        while block := file.read(_BLOCK):
            data = np.frombuffer(block, np.uint8)
            # Within a quoted text the number of quotation marks before is odd.
            quotes = (np.cumsum(data == _QUOTE) + inside) & 1
            ends = np.flatnonzero((data == _NEWLINE) & (quotes == 0)) + offset + 1
            inside = int(quotes[-1])
            place = 0
            while place < len(ends):
                by_rows = place + STRIDE_ROWS - (rows + place - marked_rows) - 1
                by_bytes = int(np.searchsorted(ends, marked_offset + STRIDE_BYTES))
                place = max(place, min(by_rows, by_bytes))
                if place >= len(ends):
                    break
                marked_rows, marked_offset = rows + place + 1, int(ends[place])
                marks.extend((marked_rows, marked_offset))
                place += 1
            rows += len(ends)
            offset += len(block)
    descriptor = os.open(folder / INDEX, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(marks.tobytes())
    return rows
