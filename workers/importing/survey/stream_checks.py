"""What a load that planned from a sheet's head asks on the way: does the plan still hold, and where does it end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workers.core.diagnostics.tables import sheet_findings
from workers.core.layout.blocks import LeftOut
from workers.core.layout.lines import Line, Sketcher
from workers.core.layout.profile import Profile, contrasts, fits
from workers.core.layout.tail import find_tail
from workers.core.model.cells import CellRange
from workers.core.model.options import PgType
from workers.core.model.plans import Finding, SheetFacts, TablePlan
from workers.importing.rows.batches import Row

_FAMILIES = {
    PgType.BIGINT: "n",
    PgType.DOUBLE: "n",
    PgType.NUMERIC: "n",
    PgType.DATE: "d",
    PgType.TIMESTAMP: "d",
    PgType.TIME: "d",
    PgType.INTERVAL: "d",
    PgType.BOOLEAN: "b",
    PgType.TEXT: "t",
}


@dataclass(frozen=True, slots=True)
class TailVerdict:
    """What the last rows of a streamed sheet are.

    Attributes:
        last_row: The last data row, or None when none of the rows is one.
        findings: What is left out below it.
        broken: True when something stands there that the plan cannot explain; then a complete survey is needed.
    """

    last_row: int | None
    findings: tuple[Finding, ...] = ()
    broken: bool = False


def tail_check(plan: TablePlan, rows: Sequence[Row], first_row: int) -> TailVerdict:
    """Where the data of a streamed table ends.

    Args:
        plan: The table's plan, made from the sheet's head.
        rows: The last rows of the sheet.
        first_row: Excel row of the first of them.
    """
    lines = _lines(rows, first_row)
    if not lines:
        return TailVerdict(None)
    if breaks_plan(plan, rows, first_row):
        return TailVerdict(lines[-1].number, broken=True)
    tail = find_tail(lines, _expected(plan, lines))
    left = [*tail.notes, *tail.totals]
    if not left:
        return TailVerdict(lines[-1].number)
    parts = [_left_out([lines[i] for i in tail.notes], "notes below the data")] if tail.notes else []
    if tail.totals:
        parts.append(_left_out([lines[i] for i in tail.totals], f"a total: {tail.why_total}"))
    findings = sheet_findings(plan.sheet, SheetFacts(), parts)
    shown = tuple(finding for finding in findings if finding.code != "hidden-sheet")
    return TailVerdict(lines[tail.end - 1].number if tail.end else None, shown)


def breaks_plan(plan: TablePlan, rows: Sequence[Row], first_row: int) -> str | None:
    """Why these rows cannot all be rows of the planned table, or None when they can.

    Cheap for rows without a blank one among them: only what follows a gap can begin another table.
    """
    if all(map(any, rows)):
        return None
    planned = {column.index: _FAMILIES[column.type] for column in plan.columns}
    for line in _lines(rows, first_row):
        if line.gap and line.number > first_row and _begins_table(line, planned):
            return f"row {line.number} below a blank row looks like the header of another table"
    return None


def _begins_table(line: Line, planned: dict[int, str]) -> bool:
    """Whether a line names columns instead of filling them."""
    typed = [c for c in line.cells if planned.get(c, "t") != "t"]
    against = sum(1 for c in typed if contrasts(line.kinds[c], planned[c]))
    support = sum(1 for c in typed if fits(line.kinds[c], planned[c]))
    outside = sum(1 for c in line.cells if c not in planned)
    return line.width >= 2 and not support and (against >= 2 or outside >= 0.5 * line.width)


def _expected(plan: TablePlan, lines: Sequence[Line]) -> Profile:
    """What the rows of the table have in common, by the plan's types and the fill of the last rows."""
    fills: dict[int, int] = {}
    upper = lines[: max(1, len(lines) // 2)]
    for line in upper:
        for column in line.cells:
            fills[column] = fills.get(column, 0) + 1
    widths = sorted(line.width for line in upper)
    families = {column.index: _FAMILIES[column.type] for column in plan.columns}
    return Profile(families, fills, len(upper), float(widths[len(widths) // 2]))


def _lines(rows: Sequence[Row], first_row: int) -> list[Line]:
    sketcher = Sketcher()
    sketcher.feed(rows, first_row)
    return sketcher.finish().lines


def _left_out(lines: Sequence[Line], why: str) -> LeftOut:
    columns = [column for line in lines for column in line.cells]
    area = CellRange(lines[0].number, min(columns), lines[-1].number, max(columns))
    return LeftOut(area, why, len(columns))
