"""The tables of a sheet, read by what was learnt from many sheets, region by region.

The fixed rules come first: their reading is evidence, and it stands where a region is too small to tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workers.core.layout.blocks import TOTAL, Block, Layout, book_table, leave_out
from workers.core.layout.forest import Forest
from workers.core.layout.header import Header
from workers.core.layout.lines import Line
from workers.core.layout.profile import contrasts, profile
from workers.core.layout.regions import regions
from workers.core.layout.roles import Span, read_spans
from workers.core.layout.tail import Tail, stands_for_total
from workers.core.model.plans import SheetFacts

_FEW: Final = 3
"""So few lines look like nothing that was learnt."""
_NEAR: Final = 60
_FAR: Final = 2
"""Blank rows, from which on words below a table belong to the next one."""


def reread(lines: Sequence[Line], facts: SheetFacts, ruled: Layout, forest: Forest) -> Layout:
    """The layout of a sheet.

    Args:
        lines: Its lines without the cells of declared tables.
        facts: What the file says of it.
        ruled: Its layout by fixed rules; declared tables are taken over from it.
        forest: What was learnt.
    """
    layout = Layout([block for block in ruled.blocks if block.name is not None])
    layout.left_out += [part for part in ruled.left_out if part.why.startswith("the total row of the Excel table")]
    for every in regions(lines):
        blocks = [block for block in ruled.blocks if block.name is None and _touches(block, every)]
        region, skipped = without_rows(every, blocks)
        spans = read_spans(region, facts.merged, facts.bold_rows, blocks, forest) if len(region) > _FEW else []
        if len(region) <= _FEW or (not spans and any(block.last_row < block.first_row for block in blocks)):
            _take_over(layout, ruled, blocks, region)
        elif not spans:
            leave_out(layout, region, _NO_TABLE)
        else:
            _book(layout, region, spans, facts, skipped, _known_totals(ruled))
    return layout


def without_rows(region: Sequence[Line], ruled: Sequence[Block]) -> tuple[list[Line], frozenset[int]]:
    """A region without the heads of pages that come again in it, and the rows of these."""
    skipped = frozenset[int]().union(*(block.skipped for block in ruled))
    return [line for line in region if line.number not in skipped], skipped


_NO_TABLE: Final = "titles, notes or a form: its rows are not built like those of a table"


def _touches(block: Block, region: Sequence[Line]) -> bool:
    top = min((*block.header_rows, block.first_row))
    bottom = max((*block.header_rows, block.last_row))
    return any(top <= line.number <= bottom and not line.cells.keys().isdisjoint(block.columns) for line in region)


def _take_over(layout: Layout, ruled: Layout, blocks: Sequence[Block], region: Sequence[Line]) -> None:
    """Keep what the fixed rules say of a region."""
    layout.blocks += blocks
    columns = {column for line in region for column in line.cells}
    first, last = region[0].number, region[-1].number
    for part in ruled.left_out:
        area = part.area
        if first <= area.first_row <= last and not columns.isdisjoint(range(area.first_column, area.last_column + 1)):
            layout.left_out.append(part)


def _known_totals(ruled: Layout) -> dict[int, str]:
    """The rows that the fixed rules take for totals, and why."""
    return {
        row: part.why.removeprefix(TOTAL)
        for part in ruled.left_out
        if part.why.startswith(TOTAL)
        for row in range(part.area.first_row, part.area.last_row + 1)
    }


def _book(
    layout: Layout,
    region: Sequence[Line],
    spans: Sequence[Span],
    facts: SheetFacts,
    skipped: frozenset[int],
    totals: dict[int, str],
) -> None:
    """Book the tables of a region, and whatever stands between them with the one that it belongs to."""
    begin = 0
    for place, span in enumerate(spans):
        following = spans[place + 1].top if place + 1 < len(spans) else len(region)
        stop = following if place + 1 == len(spans) else _parting(region, span.end, following)
        lines = region[begin:stop]
        header = Header(span.top - begin, span.body - span.top, 0.0, _evidence(region, span, facts.bold_rows))
        first, last = region[span.body].number, region[span.end - 1].number
        gone = frozenset(row for row in skipped if first < row < last)
        book_table(layout, lines, header, _tail(lines[header.body :], span.end - span.body, totals), facts, gone)
        begin = stop


def _parting(region: Sequence[Line], end: int, top: int) -> int:
    """The place from which lines between two tables belong to the lower one: after the first wide gap, else a gap."""
    gaps = [place for place in range(end, top) if region[place].gap]
    wide = [place for place in gaps if region[place].gap >= _FAR]
    return (wide or gaps or [top if end < top and top < len(region) and region[top].gap else end])[0]


def _tail(body: Sequence[Line], end: int, known: dict[int, str]) -> Tail:
    """What the lines below the data are: totals where they are called so or known to be some, else notes."""
    totals: list[int] = []
    why = ""
    for place in range(end, len(body)):
        reason = known.get(body[place].number) or stands_for_total(body[place])
        if not reason:
            continue
        totals.append(place)
        why = why or reason
    notes = tuple(place for place in range(end, len(body)) if place not in totals)
    return Tail(end, notes, tuple(totals), why)


def _evidence(region: Sequence[Line], span: Span, bold: frozenset[int]) -> str:
    """Why the header, or the lack of one, is believed in, in words."""
    share = f"{span.sure:.0%} by what was learnt from sheets labelled by hand"
    if span.top == span.body:
        return f"no row above the data names its columns ({share})"
    heads = region[span.top : span.body]
    shape = profile(region[span.body : min(span.end, span.body + _NEAR)])
    named = {column for line in heads for column in line.cells}
    covered = sum(1 for column in shape.fills if column in named) / len(shape.fills)
    typed = shape.typed()
    last = heads[-1].kinds
    clear = sum(1 for column in typed if column in last and contrasts(last[column], shape.families[column]))
    said = [f"it names {covered:.0%} of the columns filled below"]
    if clear:
        said.append(f"its texts stand over numbers, dates or booleans in {clear} of {len(typed)} columns")
    if all(line.number in bold for line in heads):
        said.append("it is bold")
    if len(heads) > 1:
        said.append(f"{len(heads)} header rows belong together")
    return "; ".join([*said, f"sure to {share}"])
