"""Writes a result's rows as they come, with an index, in constant memory."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path

from workers.querying.spool.meta import INDEX, ROWS

STRIDE_ROWS = 256
"""An index entry comes after at most so many rows …"""

STRIDE_BYTES = 1 << 20
"""… and, between rows, after at least so many bytes: a page of large cells stays small."""

_ROOM_EVERY = 16 << 20


class SpoolWriter:
    """Appends rows. The index is written behind the rows that it points to, so that a reader may follow at any time.

    Attributes:
        rows: Rows written.
        size: Bytes written.
    """

    def __init__(self, folder: Path, make_room: Callable[[int], None] = lambda _size: None) -> None:
        """Make the two files in `folder`.

        Args:
            folder: The result's own folder.
            make_room: Called with the size whenever it has grown by some megabytes; raises when there is no room.

        Raises:
            OSError: when they cannot be made.
        """
        self._data = _create(folder / ROWS)
        try:
            self._index = _create(folder / INDEX)
        except OSError:
            os.close(self._data)
            raise
        self._make_room = make_room
        self._room_at = _ROOM_EVERY
        self._marked_rows = self._marked_size = 0
        self.rows = self.size = 0
        self._write_index([(0, 0)])

    def take(self, rows: Sequence[bytes]) -> None:
        """Append rows, each with its end of line.

        Raises:
            OSError: when the disk is full; what was whole before stays.
            EnvironmentFailure: when the quota is used up.
        """
        if not rows:
            return
        data = b"".join(rows)
        marks = self._marks(rows)
        self._write_all(data)
        self.rows += len(rows)
        self.size += len(data)
        self._write_index(marks)
        if self.size >= self._room_at:
            self._room_at = self.size + _ROOM_EVERY
            self._make_room(self.size)

    def close(self) -> None:
        """Close the files; harmless when they are closed."""
        for name in ("_data", "_index"):
            descriptor = getattr(self, name)
            if descriptor >= 0:
                setattr(self, name, -1)
                os.close(descriptor)

    def _marks(self, rows: Sequence[bytes]) -> list[tuple[int, int]]:
        """Row and offset of each index entry that falls into these rows."""
        marks: list[tuple[int, int]] = []
        row, size, place, count = self.rows, self.size, 0, len(rows)
        while place < count:
            step = min(count - place, max(1, STRIDE_ROWS - (row - self._marked_rows)))
            piece = rows[place : place + step]
            length = sum(map(len, piece))
            if step > 1 and size + length - self._marked_size > STRIDE_BYTES:
                step, length = _fitting(piece, STRIDE_BYTES - (size - self._marked_size))
            place, row, size = place + step, row + step, size + length
            if row - self._marked_rows >= STRIDE_ROWS or size - self._marked_size >= STRIDE_BYTES:
                marks.append((row, size))
                self._marked_rows, self._marked_size = row, size
        return marks

    def _write_all(self, data: bytes) -> None:
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._data, view) :]
        except OSError:
            os.ftruncate(self._data, self.size)
            os.lseek(self._data, self.size, os.SEEK_SET)
            raise

    def _write_index(self, marks: Sequence[tuple[int, int]]) -> None:
        if marks:
            os.write(self._index, array("Q", [number for mark in marks for number in mark]).tobytes())


def _create(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)


def _fitting(rows: Sequence[bytes], room: int) -> tuple[int, int]:
    """How many of the rows reach `room` bytes, at least one, and their length."""
    length = 0
    for count, row in enumerate(rows, start=1):
        length += len(row)
        if length >= room:
            return count, length
    return len(rows), length
