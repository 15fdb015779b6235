"""Which rows the preview shows first: the head, every flagged row, the tail. The rest is folded."""

from __future__ import annotations

import re

from workers.core.model.cells import column_index
from workers.core.model.plans import Finding, TablePlan

HEAD_ROWS = 8
TAIL_ROWS = 3
AFTER_ROWS = 3
MOST_FLAGGED = 100
SMALL_SHEET = 60

_CELL = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})")
_ROW = re.compile(r"^(\d{1,7})(?::|$)")


def cell_position(address: str) -> tuple[int, int] | None:
    """Excel row (from 1) and column (from 0) of an address or of a range's first cell.

    A row or row range such as ``5010:5027`` gives column 0; anything else gives None.
    """
    text = address.strip().upper().rpartition("!")[2]
    cell = _CELL.match(text)
    if cell:
        return int(cell[2]), column_index(cell[1])
    row = _ROW.match(text)
    return (int(row[1]), 0) if row else None


def flagged_rows(findings: tuple[Finding, ...]) -> list[int]:
    """Rows worth showing: every cell of findings to decide, one example of each other."""
    rows: set[int] = set()
    for finding in findings:
        cells = finding.cells if finding.severity == "decide" else finding.cells[:1]
        for cell in cells:
            place = cell_position(cell)
            if place is not None and len(rows) < MOST_FLAGGED:
                rows.add(place[0])
    return sorted(rows)


def wanted_rows(plan: TablePlan, findings: tuple[Finding, ...]) -> tuple[tuple[int, int], ...]:
    """Ranges of Excel rows for head, flagged and tail, merged and in order."""
    head_end = max([plan.first_row - 1, *plan.header_rows]) + HEAD_ROWS
    # Titles above the table are shown, but not thousands of rows of another table above it.
    head_start = max(1, min([plan.first_row, *plan.header_rows]) - HEAD_ROWS)
    ranges = [(head_start, head_end)]
    if plan.last_row is not None:
        if plan.last_row - plan.first_row <= SMALL_SHEET:
            ranges.append((head_start, plan.last_row + AFTER_ROWS))
        ranges.append((max(1, plan.last_row - TAIL_ROWS + 1), plan.last_row + AFTER_ROWS))
    ranges += [(row, row) for row in flagged_rows(findings)]
    return merge_ranges(ranges)


def merge_ranges(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join ranges that touch or overlap."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        elif last >= first:
            merged.append((first, last))
    return tuple(merged)
