"""Rows of a sheet cut into columnar batches of one table.

Rows come from the reader as ragged lists. Everything that follows works on columns, because loops over one column of
one kind run in C. Blank rows are dropped here, hidden ones where the user says so, and blanks filled from above.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from workers.core.model.cells import CellValue
from workers.core.model.plans import TablePlan
from workers.importing.columnar.column import ArrayColumn
from workers.importing.rows.portions import (
    BlockSource,
    Portion,
    RowSource,
    blank_rows,
    joined,
    part_of,
    rows_of,
    without_blank_end,
)
from workers.importing.rows.portions import Row as Row

if TYPE_CHECKING:  # numpy is loaded by those who make arrays only
    from workers.importing.columnar.cell_vector import ArrayBlock

BATCH_ROWS = 2_000
BLOCK_ROWS = 20_000
"""Most rows of a batch that is made of arrays, which cost the less a row the more rows there are."""
HELD_ROWS = 50
"""Rows kept back at the end of a sheet whose end is not known, where totals and footnotes stand."""

_NAMES_ENOUGH = 2


@dataclass(slots=True)
class Batch:
    """Some rows of one table, column by column.

    Attributes:
        rows: The Excel row of each row.
        columns: The cells of each planned column; blanks are None.
        kinds: The types among the cells of each column.
        blank: How many wholly blank rows were dropped.
        wide: Column index (from 0) of a filled cell right of the last planned column, or None.
        repeated: Excel rows that were dropped because they say the header again.
    """

    rows: Sequence[int]
    columns: list[Sequence[CellValue]]
    kinds: list[frozenset[type]]
    blank: int = 0
    wide: int | None = None
    repeated: tuple[int, ...] = ()


class RowEnd:
    """Finds the end of a table whose end the plan does not know: keeps the last rows back and asks about them."""

    def __init__(self, rows: RowSource, first_row: int, judge: Callable[[list[Row], int], int | None]) -> None:
        """Wrap `rows`, the first of which is Excel row `first_row`.

        Args:
            rows: The sheet's rows from there on.
            first_row: Excel row of the first one.
            judge: Told the last rows and the Excel row of the first of them, gives the last data row, or None for
                "no data row among them".
        """
        self._rows = rows
        self._next = first_row
        self._judge = judge

    def chunks(self) -> Iterator[Portion]:
        """Yield portions of rows, all but the trailing blank and trimmed ones."""
        yield from self._blocks() if isinstance(self._rows, BlockSource) else self._lists()

    def _blocks(self) -> Iterator[Portion]:
        """The portions as they come; enough of them are kept back to hold the last rows."""
        held: deque[Portion] = deque()
        count = blanks = 0
        while (chunk := self._rows.take(BLOCK_ROWS)) is not None:
            filled = without_blank_end(chunk)
            if not filled:
                blanks += len(chunk)
                continue
            if blanks:
                held.append(blank_rows(blanks, chunk))
            held.append(part_of(chunk, 0, filled))
            count += blanks + filled
            blanks = len(chunk) - filled
            while count - len(held[0]) >= HELD_ROWS:
                count -= len(held[0])
                yield self._passed(held.popleft())
        surplus = max(count - HELD_ROWS, 0)
        last: list[Row] = []
        for portion in held:
            ready = min(surplus, len(portion))
            surplus -= ready
            if ready:
                yield self._passed(part_of(portion, 0, ready))
            last.extend(rows_of(part_of(portion, ready, len(portion))))
        yield from self._judged(last)

    def _passed(self, portion: Portion) -> Portion:
        self._next += len(portion)
        return portion

    def _judged(self, held: Portion) -> Iterator[Portion]:
        last = self._judge(rows_of(held), self._next)
        if last is not None and last >= self._next:
            yield from self._emit(part_of(held, 0, last - self._next + 1))

    def _lists(self) -> Iterator[Portion]:
        """Portions of the same size; keys of the former format depend on where they are cut."""
        held: Portion = []
        blanks = 0
        while (chunk := self._rows.take(BATCH_ROWS)) is not None:
            filled = without_blank_end(chunk)
            if filled:
                parts = [held] if len(held) else []
                if blanks:
                    parts.append(blank_rows(blanks, chunk))
                ready = joined([*parts, part_of(chunk, 0, filled)])
                blanks = len(chunk) - filled
                keep = min(HELD_ROWS, len(ready))
                held = part_of(ready, len(ready) - keep, len(ready))
                yield from self._emit(part_of(ready, 0, len(ready) - keep))
            else:
                blanks += len(chunk)
        yield from self._judged(held)

    def _emit(self, rows: Portion) -> Iterator[Portion]:
        for start in range(0, len(rows), BATCH_ROWS):
            part = part_of(rows, start, min(start + BATCH_ROWS, len(rows)))
            self._next += len(part)
            yield part


def plain_chunks(rows: RowSource, count: int | None) -> Iterator[Portion]:
    """Portions of rows, up to `count` rows in all."""
    left = count
    most = BLOCK_ROWS if isinstance(rows, BlockSource) else BATCH_ROWS
    while left is None or left > 0:
        chunk = rows.take(most if left is None else min(most, left))
        if chunk is None:
            return
        left = None if left is None else left - len(chunk)
        yield chunk


class BatchMaker:
    """Turns chunks of rows into batches of one table."""

    def __init__(
        self,
        plan: TablePlan,
        hidden_rows: frozenset[int] = frozenset(),
        fill_down: frozenset[int] = frozenset(),
    ) -> None:
        """Prepare for the columns of `plan`.

        Args:
            plan: The table.
            hidden_rows: Excel rows to leave out.
            fill_down: Positions among the plan's columns whose blanks take the value above.
        """
        self._indices = [c.index for c in plan.columns]
        self._width = max(self._indices, default=-1) + 1
        self._watch_width = not plan.complete
        self._hidden = hidden_rows.union(plan.skipped)
        self._header = _header_texts(plan)
        self._fill = fill_down
        self._above: dict[int, CellValue] = {}

    def batch(self, chunk: Portion, first_row: int) -> Batch:
        """The batch of a chunk whose first row is Excel row `first_row`."""
        if not isinstance(chunk, list):
            return self._batch_of_block(chunk, first_row)
        rows: Sequence[int] = range(first_row, first_row + len(chunk))
        if self._hidden and not self._hidden.isdisjoint(rows):
            kept = [(n, row) for n, row in zip(rows, chunk, strict=True) if n not in self._hidden]
            rows, chunk = [n for n, _ in kept], [row for _, row in kept]
        across = list(zip_longest(*chunk))
        blank_column = [None] * len(chunk)
        columns: list[Sequence[CellValue]] = [
            across[index] if index < len(across) else blank_column for index in self._indices
        ]
        kinds = [frozenset(map(type, values)) for values in columns]
        for position, values in enumerate(columns):
            # To ask whether a cell is true costs a fraction of comparing it with a text.
            if str in kinds[position] and not all(values):
                columns[position] = [v if v or v != "" else None for v in values]
                kinds[position] = frozenset(map(type, columns[position]))
        wide = self._wide(across)
        batch = Batch(rows, columns, kinds, 0, wide)
        if self._header:
            _drop_repeated_header(batch, self._header)
        _drop_blank_rows(batch)
        for position in self._fill:
            batch.columns[position] = self._filled(position, batch.columns[position])
            batch.kinds[position] = frozenset(map(type, batch.columns[position]))
        return batch

    def _batch_of_block(self, block: ArrayBlock, first_row: int) -> Batch:
        """The same of a block of arrays."""
        rows: Sequence[int] = range(first_row, first_row + len(block))
        columns: list[Sequence[CellValue]] = [block.column(index) for index in self._indices]
        batch = Batch(rows, columns, [_types(column) for column in columns], 0, self._wide_of_block(block))
        if self._hidden and not self._hidden.isdisjoint(rows):
            _drop(batch, {place for place, row in enumerate(rows) if row in self._hidden})
        if self._header:
            _drop_repeated_header(batch, self._header)
        _drop_blank_rows(batch)
        for position in self._fill:
            batch.columns[position] = self._filled(position, list(batch.columns[position]))
            batch.kinds[position] = _types(batch.columns[position])
        return batch

    def _wide_of_block(self, block: ArrayBlock) -> int | None:
        if self._watch_width:
            for index in range(self._width, len(block.columns)):
                if not all(block.columns[index].blanks):
                    return index
        return None

    def may_repeat(self, chunk: Sequence[Row]) -> bool:
        """Whether a row of the chunk may say the header again; costs one look at a single column."""
        if not self._header:
            return False
        place, text = next(iter(self._header.items()))
        index = self._indices[place]
        return any(len(row) > index and row[index] == text for row in chunk)

    def _wide(self, across: list[tuple[CellValue, ...]]) -> int | None:
        if not self._watch_width or len(across) <= self._width:
            return None
        for index in range(self._width, len(across)):
            if any(v is not None and v != "" for v in across[index]):
                return index
        return None

    def _filled(self, position: int, values: Sequence[CellValue]) -> list[CellValue]:
        above = self._above.get(position)
        filled: list[CellValue] = []
        for value in values:
            if value is not None:
                above = value
            filled.append(above)
        self._above[position] = above
        return filled


def _drop_blank_rows(batch: Batch) -> None:
    """Leave out rows that are blank in every column; costs next to nothing where one column is always filled."""
    if not all(type(None) in kinds for kinds in batch.kinds):
        return
    suspects = list(range(len(batch.rows)))
    for values in batch.columns:
        blanks = values.blanks if isinstance(values, ArrayColumn) else [value is None for value in values]
        suspects = [i for i in suspects if blanks[i]]
    gone = set(suspects)
    if gone:
        _drop(batch, gone)
        batch.blank = len(gone)


def _drop(batch: Batch, gone: set[int]) -> None:
    keep = [i for i in range(len(batch.rows)) if i not in gone]
    batch.rows = [batch.rows[i] for i in keep]
    batch.columns = [
        values.keep(keep) if isinstance(values, ArrayColumn) else [values[i] for i in keep] for values in batch.columns
    ]
    batch.kinds = list(map(_types, batch.columns))


def _types(values: Sequence[CellValue]) -> frozenset[type]:
    return values.types if isinstance(values, ArrayColumn) else frozenset(map(type, values))


def _header_texts(plan: TablePlan) -> dict[int, str]:
    """The header of each named column by position, words before figures; empty where a row could not repeat it.

    A declared table is taken as it is declared, and a row of several header rows alone says little.
    """
    named = {
        place: column.source for place, column in enumerate(plan.columns) if column.source and column.source.strip()
    }
    words = [place for place, text in named.items() if any(map(str.isalpha, text))]
    if plan.name is not None or len(plan.header_rows) != 1 or len(named) < _NAMES_ENOUGH or not words:
        return {}
    return {place: named[place] for place in (words[0], *(p for p in named if p != words[0]))}


def _drop_repeated_header(batch: Batch, header: dict[int, str]) -> None:
    """Leave out rows that say the whole header again, as printed reports do on each page."""
    first, text = next(iter(header.items()))
    if str not in batch.kinds[first]:
        return
    gone = {
        i
        for i in _places_of(batch.columns[first], text)
        if all(_says(batch.columns[place][i], name) for place, name in header.items())
    }
    if gone:
        batch.repeated = tuple(batch.rows[i] for i in sorted(gone))
        _drop(batch, gone)


def _places_of(values: Sequence[CellValue], text: str) -> Iterable[int]:
    if isinstance(values, ArrayColumn):
        return values.places_of(text)
    return [i for i, value in enumerate(values) if value == text] if text in values else ()


def _says(value: CellValue, name: str) -> bool:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value is not None and str(value).strip().removesuffix(" 00:00:00") == name.strip()
