"""What a search for tables finds: the tables of a sheet as they lie on it, and everything that is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from workers.core.layout.block_kinds import heads_bold, is_list, remark_rows
from workers.core.layout.header import Header
from workers.core.layout.header_groups import header_texts
from workers.core.layout.lines import Line
from workers.core.layout.profile import Profile, profile
from workers.core.layout.regions import parts
from workers.core.layout.tail import Tail
from workers.core.model.cells import CellRange
from workers.core.model.plans import SheetFacts

TOTAL: Final = "a total: "
"""How the reason of a total begins."""


@dataclass(frozen=True, slots=True)
class Block:
    """One table as it lies on the sheet.

    Attributes:
        header_rows: Excel rows of its header.
        headers: Header text of each column; None where there is none.
        first_row: First data row.
        last_row: Last data row; below `first_row` when the table has no rows.
        columns: Its columns in order.
        why: Why it lies where it lies, in words.
        name: Name of the Excel table it was declared as.
        shape: What its rows have in common.
        told: Whether its header looks different, or values come again in its rows, as only records show.
        skipped: Rows among its data that are no data, because the header or a page's title comes again there.
    """

    header_rows: tuple[int, ...]
    headers: dict[int, str | None]
    first_row: int
    last_row: int
    columns: tuple[int, ...]
    why: str
    name: str | None = None
    shape: Profile = field(default_factory=lambda: Profile({}, {}, 0, 0.0))
    told: bool = False
    skipped: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Cells that are not data: where they are, what they are taken for, and how many they are."""

    area: CellRange
    why: str
    cells: int


@dataclass(slots=True)
class Layout:
    """Everything found on a sheet; `last_row` is the last row that is not blank, 0 for none."""

    blocks: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    last_row: int = 0


def book_table(
    layout: Layout,
    lines: Sequence[Line],
    header: Header,
    tail: Tail,
    facts: SheetFacts,
    skipped: frozenset[int] = frozenset(),
) -> None:
    """Book a table and everything around it that is left out, but for the rows skipped among its data.

    Args:
        layout: Takes it all.
        lines: The lines of the table with those above and below it that are nobody else's.
        header: Which of them name its columns.
        tail: Where its data ends and what stands below.
        facts: What the file says of the sheet.
        skipped: Rows among its data that are none.
    """
    heads = lines[header.top : header.body]
    body = list(lines[header.body : header.body + tail.end])
    remark = remark_rows(body, heads)
    leave_out(layout, lines[: header.top], "above the header: a title or notes")
    leave_out(layout, body[:remark], "a remark between header and data")
    book_tail(layout, lines[header.body :], tail)
    body = body[remark:]
    columns = tuple(sorted({c for line in (*heads, *body) for c in line.cells}))
    if not columns:
        return
    rows = tuple(line.number for line in heads)
    bottom = rows[-1] if rows else lines[0].number - 1
    where = f"Row {rows[0]}" if len(rows) == 1 else f"Rows {rows[0]} to {rows[-1]}" if rows else ""
    why = f"{where} is the header: {header.why}." if len(rows) == 1 else f"{where} are the header: {header.why}."
    layout.blocks.append(
        Block(
            rows,
            header_texts(heads, columns, facts.merged) if heads else dict.fromkeys(columns),
            body[0].number if body else bottom + 1,
            body[-1].number if body else bottom,
            columns,
            why if rows else f"There is no header: {header.why}.",
            shape=profile(body),
            told=is_list(body) or heads_bold(lines, header, facts.bold_rows),
            skipped=skipped,
        )
    )


def book_tail(layout: Layout, body: Sequence[Line], tail: Tail) -> None:
    """Note what stands below the data of a table."""
    for part in parts([body[i] for i in tail.notes]):
        leave_out(layout, part, "notes below the data")
    leave_out(layout, [body[i] for i in tail.totals], f"{TOTAL}{tail.why_total}")
    known = {*tail.notes, *tail.totals}
    leave_out(layout, [body[i] for i in range(tail.end, len(body)) if i not in known], "below the data")


def leave_out(layout: Layout, lines: Sequence[Line], why: str) -> None:
    """Note lines that are not data, and why."""
    filled = [line for line in lines if line.cells]
    if not filled:
        return
    columns = [c for line in filled for c in line.cells]
    area = CellRange(filled[0].number, min(columns), filled[-1].number, max(columns))
    layout.left_out.append(LeftOut(area, why, len(columns)))
