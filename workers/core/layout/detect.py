"""Which tables lie on a sheet, and what of it is not data.

The search works on a `Sketch`: rows are parted at blank gaps, runs of rows side by side at blank columns; each part is
a table with a header of its own, goes on with a table above it, or is a title or a note. Everything that is left out is
reported with its range.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from workers.core.layout.block_kinds import CONVINCING, are_remarks, is_bulk, is_table, loose_rows
from workers.core.layout.blocks import Block, Layout, LeftOut, book_table, book_tail, leave_out
from workers.core.layout.column_gaps import split_columns
from workers.core.layout.forest import line_forest
from workers.core.layout.header import Header, find_header
from workers.core.layout.header_groups import header_texts
from workers.core.layout.learnt import reread
from workers.core.layout.lines import TEXT, Line, Sketch
from workers.core.layout.page_breaks import is_next_page, without_page_heads
from workers.core.layout.profile import Profile, fits, profile
from workers.core.layout.regions import parts, restricted
from workers.core.layout.tail import Tail, find_tail
from workers.core.model.cells import CellRange
from workers.core.model.options import HeaderChoice
from workers.core.model.plans import DeclaredTable, SheetFacts

_NEAR: Final = 3
_MOST_PROPERTIES: Final = 15


def find_layout(sketch: Sketch, facts: SheetFacts, choice: HeaderChoice, *, whole: bool = False) -> Layout:
    """The tables of a sheet.

    Args:
        sketch: Its rows.
        facts: What the file says about it.
        choice: Where the user says the header is.
        whole: True when the user gave the range: then all of it is one table, apart from what stands above its header.
    """
    lines = sketch.lines
    if not lines:
        return Layout()
    if choice.kind == "none":
        return Layout([_plain_block(sketch)])
    if choice.kind == "rows":
        return _with_given_header(sketch, facts, choice)
    if whole:
        search = _Search(facts)
        search.single(lines)
        layout = search.layout
    else:
        layout = reread(without_declared(lines, facts), facts, ruled_layout(sketch, facts), line_forest())
    layout.blocks.sort(key=lambda b: (min((*b.header_rows, b.first_row)), b.columns[0] if b.columns else 0))
    layout.blocks[:] = [_with_hidden_middle(block, sketch, len(layout.blocks) == 1) for block in layout.blocks]
    return layout


def ruled_layout(sketch: Sketch, facts: SheetFacts) -> Layout:
    """The tables of a sheet by fixed rules alone."""
    search = _Search(facts)
    tables = [t for t in facts.declared if t.is_table]
    for table in tables:
        search.declared(sketch.lines, table)
    search.region(without_declared(sketch.lines, facts), strict=bool(tables))
    _drop_captions(search.layout)
    return search.layout


def _drop_captions(layout: Layout) -> None:
    """Take words above a real table for what they are: its title and notes, or the properties of a report."""
    tables = [block for block in layout.blocks if len(block.columns) > 1 and block.shape.lines > 1]
    for block in list(layout.blocks):
        below = [other for other in tables if other.first_row > block.last_row]
        if block.name is not None or block.shape.typed() or not below:
            continue
        top = min((*block.header_rows, block.first_row))
        if len(block.columns) == 1 or _heads_report(block, top, below[0]):
            layout.blocks.remove(block)
            area = CellRange(top, block.columns[0], block.last_row, block.columns[-1])
            cells = sum(block.shape.fills.values()) + len(block.columns) * len(block.header_rows)
            layout.left_out.append(LeftOut(area, "a title or notes", cells))


def _heads_report(block: Block, top: int, below: Block) -> bool:
    """Whether two columns of words right above a wide table are properties of the report, not records."""
    near = min((*below.header_rows, below.first_row)) - block.last_row <= _NEAR
    few = block.last_row - top < _MOST_PROPERTIES
    wide = len(below.columns) >= 2 * len(block.columns) and below.columns[0] <= block.columns[0]
    return len(block.columns) == 2 and near and few and wide and not block.told


def _plain_block(sketch: Sketch) -> Block:
    """Everything as one table without a header."""
    used = sketch.columns.keys() | sketch.white
    columns = tuple(range(min(used), max(used) + 1))
    first = min(sketch.lines[0].number, sketch.first_white or sketch.lines[0].number)
    return Block(
        (), dict.fromkeys(columns), first, sketch.last_row, columns, "No header was asked for: every row is data."
    )


def _with_given_header(sketch: Sketch, facts: SheetFacts, choice: HeaderChoice) -> Layout:
    """The table under the header rows that the user named."""
    rows = tuple(range(choice.first, choice.last + 1))
    above = [line for line in sketch.lines if line.number < choice.first]
    header = [line for line in sketch.lines if choice.first <= line.number <= choice.last]
    body = [line for line in sketch.lines if line.number > choice.last]
    layout = Layout()
    leave_out(layout, above, "above the header that was chosen")
    tail = find_tail(body) if body else Tail(0)
    book_tail(layout, body, tail)
    used = {c for line in (*header, *body[: tail.end]) for c in line.cells}
    if tail.end == len(body):
        used |= {c for c in sketch.columns if sketch.thinned}
    columns = tuple(sorted(used))
    last = body[tail.end - 1].number if tail.end else choice.last
    texts = header_texts(header, columns, facts.merged)
    why = f"The header was chosen: row {choice.first}" + (f" to {choice.last}." if choice.last > choice.first else ".")
    layout.blocks.append(Block(rows, texts, choice.last + 1, last, columns, why, shape=profile(body[: tail.end])))
    return layout


def without_declared(lines: Sequence[Line], facts: SheetFacts) -> list[Line]:
    """The lines without the cells of declared tables."""
    tables = [table for table in facts.declared if table.is_table]
    if not tables:
        return list(lines)
    rest: list[Line] = []
    gap = 0
    for line in lines:
        areas = [t.area for t in tables if t.area.first_row <= line.number <= t.area.last_row]
        kept = [c for c in line.cells if not any(a.first_column <= c <= a.last_column for a in areas)]
        if kept:
            rest.append(replace(line.within(kept), gap=line.gap + gap))
            gap = 0
        else:
            gap += 1 + line.gap
    return rest


def _with_hidden_middle(block: Block, sketch: Sketch, alone: bool) -> Block:
    """Add columns that only rows in the unkept middle of a long sheet fill."""
    if not (alone and sketch.thinned and block.columns):
        return block
    low, high = block.columns[0], block.columns[-1]
    more = {c for c in sketch.columns if c > high or low < c < high} - set(block.columns)
    lonely = {line_column for line in sketch.lines for line_column in line.cells}
    extra = {c for c in more if c not in lonely}
    if not extra:
        return block
    columns = tuple(sorted({*block.columns, *extra}))
    return replace(block, columns=columns, headers={**dict.fromkeys(columns), **block.headers})


class _Search:
    """One search for the tables of a sheet."""

    def __init__(self, facts: SheetFacts) -> None:
        self.layout = Layout()
        self._facts = facts
        self._merged = facts.merged
        self._bold = facts.bold_rows

    def declared(self, lines: Sequence[Line], table: DeclaredTable) -> None:
        """Take an Excel table as it is declared."""
        area = table.area
        columns = tuple(range(area.first_column, area.last_column + 1))
        inside = [line.within(columns) for line in lines if area.first_row <= line.number <= area.last_row]
        first = area.first_row + table.header_rows
        last = area.last_row - table.totals_rows
        header = [line for line in inside if line.number < first]
        body = [line for line in inside if first <= line.number <= last]
        if not any(line.cells for line in inside):
            return
        totals = [line for line in inside if line.number > last and line.cells]
        leave_out(self.layout, totals, "the total row of the Excel table")
        self.layout.blocks.append(
            Block(
                tuple(range(area.first_row, first)),
                header_texts(header, columns, ()) if header else dict.fromkeys(columns),
                first,
                last,
                columns,
                f"The workbook declares the Excel table {table.name!r} at {area}.",
                table.name,
                profile([line for line in body if line.cells]),
            )
        )

    def single(self, lines: Sequence[Line]) -> None:
        """All of the lines as one table, with a header if one is found; nothing below it is left out."""
        header = self._header(lines)
        book_table(self.layout, lines, header, Tail(len(lines) - header.body), self._facts)

    def region(self, lines: Sequence[Line], *, strict: bool = False) -> None:
        """Find the tables of some lines; with `strict` only where a header convinces."""
        if not lines:
            return
        blocks = split_columns(lines)
        if len(blocks) > 1:
            for columns in blocks:
                self.region(restricted(lines, columns), strict=strict)
            return
        waiting: list[list[Line]] = []
        current: _Open | None = None
        for part in parts(lines):
            sides = split_columns(part)
            if len(sides) > 1:
                self._close(current)
                current = None
                self._note(waiting, "a title or note")
                waiting = []
                for columns in sides:
                    self.region(restricted(part, columns), strict=strict)
            elif current is not None and current.has_more(waiting, part, self._header(part)):
                current.lines.extend([*_joined(waiting), *part])
                waiting = []
            else:
                opened = self._open(part, waiting, current is None and not strict)
                if opened is not None and strict and max(line.width for line in opened.lines) == 1:
                    opened = None
                if opened is None:
                    waiting.append(part)
                    continue
                self._close(current)
                current = opened
                waiting = []
        if current is None and waiting and not strict:
            self._last_resort(_joined(waiting))
        else:
            self._close(current)
            self._note(waiting, "a title or note" if current is None else "a note below the table")

    def _header(self, lines: Sequence[Line]) -> Header:
        return find_header(lines, self._merged, self._bold)

    def _open(self, part: list[Line], waiting: list[list[Line]], first: bool) -> _Open | None:
        """A new table that begins with these lines, or None when they are a title or a note."""
        header = self._header(part)
        lines = part
        if not first and are_remarks(part):
            return None
        if waiting and not header.rows and part[0].gap <= 2:
            joined = [*waiting[-1], *part]
            lent = self._header(joined)
            if lent.rows and lent.score >= CONVINCING and lent.body <= len(waiting[-1]):
                lines, header = joined, lent
                waiting = waiting[:-1]
        if not is_table(lines, header, self._bold) or not (first or header.rows or is_bulk(lines)):
            loose = loose_rows([*waiting, part])
            lines = _joined(loose)
            if len(loose) < 2 or not is_bulk(lines):
                return None
            header, waiting = self._header(lines), waiting[: len(waiting) + 1 - len(loose)]
        self._note(waiting, "a title or note")
        return _Open(list(lines), header, _joined(waiting))

    def _close(self, table: _Open | None) -> None:
        if table is None:
            return
        lines, skipped = without_page_heads(table.lines, table.header, table.titles)
        body = lines[table.header.body :]
        book_table(self.layout, lines, table.header, find_tail(body) if body else Tail(0), self._facts, skipped)

    def _last_resort(self, lines: list[Line]) -> None:
        """Lines that do not look like a table: still one, when they are more than a word or two."""
        widest = max(line.width for line in lines)
        if widest == 1 and len(lines) == 1 and set(lines[0].kinds.values()) == {TEXT}:
            self._note([lines], "a single cell, which makes no table")
            return
        last = lines[-1]
        narrow = all(line.width <= max(1.0, 0.5 * last.width) for line in lines[:-1])
        if last.width > 1 and narrow and all(kind == TEXT for kind in last.kinds.values()):
            header = Header(len(lines) - 1, 1, 0.0, "the last row holds nothing but texts")
            book_table(self.layout, lines, header, Tail(0), self._facts)
            return
        header = self._header(lines)
        body = lines[header.body :]
        book_table(self.layout, lines, header, find_tail(body) if len(body) > 2 else Tail(len(body)), self._facts)

    def _note(self, parts: Sequence[Sequence[Line]], why: str) -> None:
        for part in parts:
            leave_out(self.layout, part, why)


@dataclass(slots=True)
class _Open:
    """A table whose end has not been found yet."""

    lines: list[Line]
    header: Header
    titles: list[Line]

    def has_more(self, waiting: Sequence[Sequence[Line]], part: Sequence[Line], header: Header) -> bool:
        """Whether lines below a gap, perhaps under others not placed yet, belong to this table."""
        return is_next_page(self.lines, self.header, self.titles, [*_joined(waiting), *part]) or self.goes_on(
            part, header
        )

    def goes_on(self, part: Sequence[Line], header: Header) -> bool:
        """Whether lines below a gap are further rows of this table."""
        body = self.lines[self.header.body :]
        if not body:
            return header.rows == 0
        shape = profile(body)
        columns = set(shape.fills) | {c for line in self.lines[self.header.top : self.header.body] for c in line.cells}
        alike = _fits_table if header.rows else _resembles
        fitting = [line for line in part if alike(line, shape, columns)]
        if len(fitting) < 0.7 * len(part) or not fitting:
            return False
        widths = sorted(line.width for line in fitting)
        if widths[len(widths) // 2] < 0.5 * shape.width or (shape.width >= 3 and widths[-1] == 1):
            return False
        if part[0].gap > 1 and header.rows and not shape.typed() and widths[-1] != max(line.width for line in body):
            return False
        # A header that stands out from this very table begins a table of its own.
        return not (
            header.rows
            and header.score >= CONVINCING
            and not _fits_table(part[header.top], shape, columns, strict=True)
            and not _is_record(part, header, body)
        )


def _is_record(part: Sequence[Line], header: Header, body: Sequence[Line]) -> bool:
    """Whether what looks like a header is a row of the table above: its words stand there too, in the same columns."""
    line = part[header.top]
    known = [column for column, value in line.cells.items() if any(row.cells.get(column) == value for row in body)]
    return len(known) >= 0.5 * line.width


def _resembles(line: Line, shape: Profile, columns: set[int]) -> bool:
    """Whether a line fits, or at least half of all its cells do: where nothing names columns anew, that is enough."""
    good = sum(1 for column, kind in line.kinds.items() if fits(kind, shape.families.get(column, "")))
    return _fits_table(line, shape, columns) or good >= 0.5 * line.width


def _fits_table(line: Line, shape: Profile, columns: set[int], *, strict: bool = False) -> bool:
    """Whether a line holds in each column what the table holds there."""
    if sum(1 for c in line.cells if c not in columns) > 0.34 * line.width:
        return False
    typed = [c for c in line.cells if shape.families.get(c, "t") != "t"]
    if strict and not typed and shape.typed():
        return False
    good = sum(1 for c in typed if fits(line.kinds[c], shape.families[c]))
    return good >= 0.5 * len(typed)


def _joined(parts: Sequence[Sequence[Line]]) -> list[Line]:
    return [line for part in parts for line in part]
