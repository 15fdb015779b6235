"""A table as a CSV file or an Excel workbook, streamed: memory does not grow with the table."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from workers.core.model.errors import EnvironmentFailure, UserError
from workers.core.model.formula_guard import FormulaGuard
from workers.core.model.tasks import Target
from workers.database.table_reader import TableReader
from workers.system.whole_file import whole_file

_EXCEL_ROWS = 1_048_576
_EXCEL_DIGITS = 10**15
_PLAIN = (str, int, float, bool, type(None), dt.date, dt.datetime, dt.time, dt.timedelta)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        rows: Rows of the table.
        formulas: Texts in a CSV file that a spreadsheet program would run as formulas, or would have without `guarded`.
        guarded: Whether an apostrophe stands before those.
    """

    rows: int
    formulas: int = 0
    guarded: bool = False


def export_table(target: Target, schema: str, table: str, path: Path, *, guarded: bool = False) -> Exported:
    """Write a whole table to `path`: ``.xlsx`` as a workbook, anything else as CSV. Not for the UI thread.

    The file appears when it is complete; a failed export leaves what was there before.

    Args:
        target: The database.
        schema: The table's schema.
        table: Its name.
        path: The file.
        guarded: Put an apostrophe before texts in CSV that would be run as formulas.

    Raises:
        UserError: ``too-large`` when a workbook cannot hold the table.
        EnvironmentFailure: ``disk`` when the file cannot be written.
    """
    try:
        with closing(TableReader(target, schema, table)) as reader, whole_file(path) as side:
            if path.suffix.lower() == ".xlsx":
                return Exported(_workbook(reader, side, table))
            guard = FormulaGuard(guards=guarded)
            return Exported(_csv(reader, side, guard), guard.found, guarded)
    except OSError as error:
        raise EnvironmentFailure.of(
            "disk", f"{path.name} could not be written: {error.strerror}.", "Choose another place, or make room."
        ) from error


def _csv(reader: TableReader, path: Path, guard: FormulaGuard) -> int:
    """UTF-8 with a byte order mark, which Excel needs to read it right."""
    import pandas as pd

    written = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        names = guard.row(reader.columns)
        pd.DataFrame(columns=names).to_csv(file, index=False)
        for rows in reader.portions():
            # Objects: pandas' own types would make 1.0 of a whole number in a column with a NULL.
            shown = list(map(guard.row, rows))
            pd.DataFrame(shown, columns=names, dtype=object).to_csv(file, index=False, header=False)
            written += len(rows)
    return written


def _workbook(reader: TableReader, path: Path, table: str) -> int:
    from openpyxl import Workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(" " if c in r"[]:*?/\'" else c for c in table)[:31].strip() or "table")
    sheet.append([_cell(_printable(name), sheet) for name in reader.columns])
    written = 0
    for rows in reader.portions():
        if written + len(rows) >= _EXCEL_ROWS:
            raise UserError.of(
                "too-large", f"A sheet holds {_EXCEL_ROWS - 1:,} rows; the table has more.", "Export it as CSV."
            )
        for row in rows:
            try:
                sheet.append([_cell(value, sheet) for value in row])
            except IllegalCharacterError:
                sheet.append([_cell(_printable(value), sheet) for value in row])
        written += len(rows)
    book.save(path)
    return written


def _cell(value: Any, sheet: Any) -> Any:
    """A value as Excel can hold it without loss, else its text."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.isoformat(sep=" ")
    if isinstance(value, dt.date) and value.year < 1900:
        return str(value)
    if isinstance(value, Decimal):
        exact = value.is_finite() and Decimal(repr(float(value))) == value
        return float(value) if exact else str(value)
    if isinstance(value, int) and abs(value) >= _EXCEL_DIGITS:
        return str(value)
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if isinstance(value, str) and value.startswith("="):
        return _literal(value, sheet)
    return value if isinstance(value, _PLAIN) else str(value)


def _literal(text: str, sheet: Any) -> Any:
    """A text that would otherwise be taken for a formula."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def _printable(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return "".join(c for c in value if c in "\t\n\r" or ord(c) >= 32)
