"""A made-up survey that the tests of the Import page share."""

from __future__ import annotations

from workers.core.model.options import PgType
from workers.core.model.plans import ColumnPlan, FileSurvey, Finding, SheetInfo, SheetSurvey, TablePlan
from workers.core.model.tasks import PreviewGrid

PATH = "/data/retail.xlsx"
ORDERS, LOOKUP, NOTES = SheetInfo(0, "Orders"), SheetInfo(1, "Lookup"), SheetInfo(2, "Notes", "hidden")

TO_DECIDE = Finding(
    "mixed-kinds", "Column B: 3 texts among numbers", ("B88", "B901"), 3, "decide", 1, ("reject", "null", "text")
)
ERRORS = Finding("error-cells", "Column C: 7 errors", ("C410",), 7, "warn", 2, ("null", "text", "reject"))
ZEROS = Finding("leading-zeros", "Column A: leading zeros", ("A4",), 12, "warn", 0, ("text", "bigint"))
LEFT = Finding("left-out", "The title", ("A1:C2",), 2, "info", None)

COLUMNS = (
    ColumnPlan(0, "Invoice No", "invoice_no", PgType.TEXT, evidence="leading zeros"),
    ColumnPlan(1, "Qty", "qty", PgType.BIGINT, evidence="all but three"),
    ColumnPlan(2, "Price", "price", PgType.DOUBLE, nulls=7, evidence="errors to NULL"),
)


def plan(rows: int = 1000) -> TablePlan:
    """The table of the first sheet: header in row 3."""
    return TablePlan(ORDERS, 0, (3,), 4, 3 + rows, COLUMNS, rows=rows, findings=(TO_DECIDE, ERRORS, ZEROS, LEFT))


def small(ordinal: int) -> TablePlan:
    """One of two tables of the second sheet."""
    column = ColumnPlan(4 * ordinal, "Code", "code", PgType.TEXT)
    return TablePlan(LOOKUP, ordinal, (1,), 2, 20, (column,), rows=19)


def survey() -> FileSurvey:
    """Three sheets: one table, two tables, none."""
    sheets = (
        SheetSurvey(ORDERS, (plan(),)),
        SheetSurvey(LOOKUP, (small(0), small(1))),
        SheetSurvey(NOTES, ()),
    )
    return FileSurvey(PATH, "xlsx", "reader", "a" * 64, 1234, sheets=sheets)


def grid() -> PreviewGrid:
    """Head, one flagged row, tail, and what follows the table."""
    rows: list[tuple[int, tuple[str | None, ...]]] = [(1, ("Title",)), (2, ()), (3, ("Invoice No", "Qty", "Price"))]
    rows += [(row, (f"00{row}", str(row), "1.5")) for row in range(4, 12)]
    rows += [(88, ("0088", "n/a", "1.5")), (410, ("00410", "4", None)), (901, ("00901", "12 pcs", "2"))]
    rows += [(row, (f"0{row}", str(row), "1.5")) for row in range(1001, 1004)]
    rows += [(1004, ("Total", "99", ""))]
    return PreviewGrid(tuple(rows), tuple(0b110 for _ in rows), (), 1004)
