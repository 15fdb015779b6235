"""The rows of a mended rejects workbook, each with the row of the source that it stands for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from workers.core.model.cells import CellValue, column_letter
from workers.core.model.errors import UserError
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.plans import ColumnPlan, SheetInfo, TablePlan
from workers.importing.reading.workbook import Workbook
from workers.importing.rows.batches import BATCH_ROWS, Batch, BatchMaker, Row
from workers.importing.rows.rejects_mark import MOST_ABOVE, REASON, SOURCE_ROW

_SHEET_HINT = "Keep the header row and the last column as they were written, and mend only the cells between."


@dataclass(frozen=True, slots=True)
class MendedRows:
    """What is to be loaded.

    Attributes:
        plan: Its table: the columns of the first import, where they stand now, with the types they have by now.
        rows: The rows that still count as rejected, without those that were mended before.
        numbers: The source's Excel row of each.
        known: How many rows of the sheet were mended and loaded before.
    """

    plan: TablePlan
    rows: list[Row]
    numbers: list[int]
    known: int

    def batches(self) -> Iterator[Batch]:
        """The rows in batches that bear the source's row numbers."""
        maker = BatchMaker(self.plan)
        for start in range(0, len(self.rows), BATCH_ROWS):
            batch = maker.batch(self.rows[start : start + BATCH_ROWS], start)
            batch.rows = [self.numbers[place] for place in batch.rows]
            yield batch


def read_mended(workbook: Workbook, before: ImportOutcome, open_rows: Collection[int]) -> MendedRows:
    """Read the sheet that `rejects.workbook` wrote.

    Args:
        workbook: The mended workbook.
        before: How the import ended whose rejects these are.
        open_rows: Source rows that are still rejected.

    Raises:
        UserError: ``not-mendable`` with the cell, when header or row numbers were changed so that rows cannot be told.
    """
    sheet = next((s for s in workbook.sheets if s.visibility == "visible"), None)
    if sheet is None:
        raise _not_mendable("The workbook has no visible sheet.", None)
    rows = workbook.rows(sheet)
    top, header = _find_header(rows)
    plan = _plan(sheet, top, header, before)
    source_place = header.index(SOURCE_ROW)
    taken: list[Row] = []
    numbers: list[int] = []
    seen: dict[int, int] = {}
    known = 0
    for excel_row, row in enumerate(rows, start=top + 1):
        if not any(row[c.index] not in (None, "") for c in plan.columns if c.index < len(row)):
            continue
        number = _number(row, source_place, excel_row, seen)
        seen[number] = excel_row
        if number in open_rows:
            taken.append([_unquoted(value) for value in row])
            numbers.append(number)
        else:
            known += 1
    return MendedRows(plan, taken, numbers, known)


def _find_header(rows: Iterator[Row]) -> tuple[int, list[str]]:
    """The row that bears our own headings, which stands where the source had its header."""
    first: list[str] = []
    for number, row in enumerate(islice(rows, MOST_ABOVE), start=1):
        header = ["" if value is None else str(value).strip() for value in row]
        if SOURCE_ROW in header or REASON in header:
            return number, header
        first = first or header
    return 1, first


def _plan(sheet: SheetInfo, top: int, header: Sequence[str], before: ImportOutcome) -> TablePlan:
    for wanted in (REASON, SOURCE_ROW):
        if wanted not in header:
            raise _not_mendable(f"The header {wanted!r} is gone.", None)
    columns = tuple(replace(c, index=_place(c, header), fixed=True) for c in before.columns)
    return TablePlan(sheet, 0, (top,), top + 1, None, columns, complete=True, explanation="mended rejects")


def _place(column: ColumnPlan, header: Sequence[str]) -> int:
    """Where a column stands now; moved columns are found by their header."""
    text = (column.source or column.name).strip()
    if column.index < len(header) and header[column.index].lstrip("'") == text.lstrip("'"):
        return column.index
    if header.count(text) == 1:
        return header.index(text)
    raise _not_mendable(f"The column {text!r} is gone.", f"{column_letter(column.index)}1")


def _number(row: Row, place: int, excel_row: int, seen: dict[int, int]) -> int:
    cell = f"{column_letter(place)}{excel_row}"
    value = row[place] if place < len(row) else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _not_mendable(f"{cell}: the row of the source is missing, so this row cannot be told from others.", cell)
    if value in seen:
        raise _not_mendable(f"{cell}: row {value} of the source stands in row {seen[value]} as well.", cell)
    return value


def _unquoted(value: CellValue) -> CellValue:
    """A text that was written with a quote, so that it is not taken for a formula, as it was in the source."""
    return value[1:] if isinstance(value, str) and value.startswith("'=") else value


def _not_mendable(message: str, cell: str | None) -> UserError:
    return UserError(UserError.of("not-mendable", message, _SHEET_HINT, cell=cell).info)
