"""Rows that follow one another in a sheet: as lists of cells, or as columns of arrays where the reader gives these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeAlias

from workers.core.model.cells import CellValue

if TYPE_CHECKING:  # numpy is loaded by those who make arrays only
    from workers.importing.columnar.cell_vector import ArrayBlock

Row = list[CellValue]
Portion: TypeAlias = "list[Row] | ArrayBlock"


class RowSource(Protocol):
    """Gives the rows of a sheet, one portion after the other."""

    def take(self, count: int) -> Portion | None:
        """The next rows, at most `count` of them; None at the sheet's end."""


class ListSource:
    """Rows that come one by one."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Wrap an iterator."""
        self._rows = iter(rows)

    def take(self, count: int) -> list[Row] | None:
        """See `RowSource.take`."""
        return list(islice(self._rows, count)) or None


class BlockSource:
    """Rows that come in blocks of any size, which are handed on as they come."""

    def __init__(self, blocks: Iterator[Portion]) -> None:
        """Wrap an iterator."""
        self._blocks = blocks
        self._rest: Portion = []

    def take(self, count: int) -> Portion | None:
        """The next rows, at most `count`: blocks are never joined, for then all their texts would have to be copied."""
        while not len(self._rest):
            block = next(self._blocks, None)
            if block is None:
                return None
            self._rest = block
        block, self._rest = self._rest, []
        if len(block) > count:
            block, self._rest = part_of(block, 0, count), part_of(block, count, len(block))
        return block


def rows_of(portion: Portion) -> list[Row]:
    """The rows as lists of cells."""
    return portion if isinstance(portion, list) else portion.rows()


def part_of(portion: Portion, start: int, end: int) -> Portion:
    """The rows from `start` up to `end`, counted from 0."""
    return portion[start:end] if isinstance(portion, list) else portion.part(start, end)


def joined(parts: Sequence[Portion]) -> Portion:
    """The rows of some portions, one after the other; as lists where one of the portions is a list of rows."""
    if len(parts) == 1:
        return parts[0]
    blocks = [part for part in parts if not isinstance(part, list)]
    if len(blocks) == len(parts):
        return blocks[0].joined(blocks)
    return [row for part in parts for row in rows_of(part)]


def blank_rows(count: int, like: Portion) -> Portion:
    """So many blank rows, in the form of another portion."""
    return [[] for _ in range(count)] if isinstance(like, list) else type(like)(count, ())


def without_blank_end(portion: Portion) -> int:
    """How many rows are left when the blank ones at the end are taken away."""
    if not isinstance(portion, list):
        return portion.filled_rows
    count = len(portion)
    while count and not any(v is not None and v != "" for v in portion[count - 1]):
        count -= 1
    return count
