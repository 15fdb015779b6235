"""Reads a result by pages, also while it is being written."""

from __future__ import annotations

import os
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from workers.core.model.errors import EnvironmentFailure
from workers.core.query.outcome import StatementState
from workers.querying.spool.meta import INDEX, ROWS, ResultMeta, read_meta
from workers.querying.spool.rows import Fields, count_rows, parse_rows, whole_length

_ENTRY = 16
_BLOCK = 1 << 20


class SpoolReader:
    """The rows of one result. For one thread at a time; every method reads the disk, so not for the UI thread."""

    def __init__(self, folder: Path) -> None:
        """Open the result in `folder`.

        Raises:
            EnvironmentFailure: ``no-such-result`` or ``result-broken``.
        """
        self._folder = folder
        self.meta: ResultMeta = read_meta(folder)
        try:
            self._data = (folder / ROWS).open("rb", buffering=0)
        except OSError as error:
            raise EnvironmentFailure.of(
                "no-such-result", f"The rows of the result {folder.name} are gone.", "Run its query again."
            ) from error
        self._rows, self._offsets = [0], [0]
        self._read_entries = 1
        self._counted = (0, 0)

    def __enter__(self) -> SpoolReader:
        """The reader itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files."""
        self.close()

    def close(self) -> None:
        """Close the files."""
        self._data.close()

    @property
    def size(self) -> int:
        """Bytes on disk now."""
        return os.fstat(self._data.fileno()).st_size

    @property
    def rows_path(self) -> Path:
        """The file of the rows."""
        return self._folder / ROWS

    def count(self) -> int:
        """Whole rows on disk now."""
        if self.meta.state is StatementState.RUNNING:
            self.meta = read_meta(self._folder)
        if self.meta.state is not StatementState.RUNNING:
            return self.meta.rows
        return self.count_on_disk()

    def count_on_disk(self) -> int:
        """Whole rows on disk, counted whatever the result says of itself."""
        self._refresh()
        row, offset = max(self._counted, (self._rows[-1], self._offsets[-1]))
        while block := self._block(offset, self.size):
            row += count_rows(block)
            offset += len(block)
        self._counted = row, offset
        return row

    def page(self, first: int, count: int, *, cell_limit: int | None = None) -> list[tuple[str | None, ...]]:
        """Rows as texts; None is NULL.

        Args:
            first: Number of the first row, from 0.
            count: How many; fewer come at the end.
            cell_limit: Characters after which a value is cut with ``…``; None for no limit.
        """
        out: list[tuple[str | None, ...]] = []
        for row in self._from(first):
            if len(out) >= count:
                break
            out.append(tuple(_text(value, cell_limit) for value in row))
        return out

    def longest(self) -> int:
        """Bytes that no row is longer than, from the index."""
        self._refresh()
        ends = [*self._offsets[1:], self.size]
        return max((end - start for start, end in zip(self._offsets, ends, strict=True)), default=0)

    def raw(self) -> Iterator[bytes]:
        """All bytes of the rows, in blocks that end anywhere."""
        self._data.seek(0)
        while block := self._data.read(_BLOCK):
            yield block

    def blocks(self) -> Iterator[bytes]:
        """All whole rows as they are on disk, in blocks."""
        offset, end = 0, self.size
        while block := self._block(offset, end):
            yield block
            offset += len(block)

    def batches(self) -> Iterator[list[Fields]]:
        """All rows, in batches."""
        return map(parse_rows, self.blocks())

    def _from(self, first: int) -> Iterator[Fields]:
        self._refresh()
        place = bisect_right(self._rows, first) - 1
        row, offset, end = self._rows[place], self._offsets[place], self.size
        while True:
            place += 1
            limit = self._offsets[place] if place < len(self._offsets) else end
            block = self._block(offset, limit, whole=place < len(self._offsets))
            if not block:
                return
            offset += len(block)
            rows = parse_rows(block)
            yield from rows[max(0, first - row) :]
            row += len(rows)

    def _block(self, offset: int, end: int, *, whole: bool = False) -> bytes:
        """Whole rows from `offset` on, at least one where there is one; empty at the end."""
        length = (end - offset) if whole else min(_BLOCK, end - offset)
        while length > 0:
            self._data.seek(offset)
            data = _read(self._data.fileno(), length)
            if whole:
                return data
            cut = whole_length(data)
            if cut:
                return data[:cut]
            if len(data) < length or offset + length >= end:
                return b""
            length = min(length * 4, end - offset)
        return b""

    def _refresh(self) -> None:
        """Read index entries that were added."""
        try:
            with (self._folder / INDEX).open("rb") as file:
                file.seek(self._read_entries * _ENTRY)
                raw = file.read()
        except OSError:
            return
        numbers = array("Q", raw[: len(raw) // _ENTRY * _ENTRY])
        size = self.size
        for row, offset in zip(numbers[::2], numbers[1::2], strict=True):
            # After a crash of the machine the index may be on disk and its rows not.
            if offset > size:
                break
            self._rows.append(row)
            self._offsets.append(offset)
            self._read_entries += 1


def _read(descriptor: int, length: int) -> bytes:
    pieces: list[bytes] = []
    while length > 0 and (piece := os.read(descriptor, length)):
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


def _text(value: bytes | None, limit: int | None) -> str | None:
    if value is None:
        return None
    if limit is not None and len(value) > limit * 4:
        return value[: limit * 4].decode("utf-8", "ignore")[:limit] + "…"
    text = value.decode("utf-8", "replace")
    return text if limit is None or len(text) <= limit else text[:limit] + "…"
