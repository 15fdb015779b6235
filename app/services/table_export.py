"""A table as a CSV file or an Excel workbook, streamed: memory does not grow with the table."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import closing
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from workers.core.model.errors import EnvironmentFailure, UserError
from workers.core.model.tasks import Target
from workers.database.table_reader import TableReader

_EXCEL_ROWS = 1_048_576
_EXCEL_DIGITS = 10**15
_PLAIN = (str, int, float, bool, type(None), dt.date, dt.datetime, dt.time, dt.timedelta)


def export_table(target: Target, schema: str, table: str, path: Path) -> int:
    """Write a whole table to `path`: ``.xlsx`` as a workbook, anything else as CSV. Not for the UI thread.

    The file appears when it is complete; a failed export leaves what was there before.

    Returns:
        How many rows were written.

    Raises:
        UserError: ``too-large`` when a workbook cannot hold the table.
        EnvironmentFailure: ``disk`` when the file cannot be written.
    """
    side = path.with_name(f".{path.name}.part")
    try:
        with closing(TableReader(target, schema, table)) as reader:
            rows = _workbook(reader, side, table) if path.suffix.lower() == ".xlsx" else _csv(reader, side)
        os.replace(side, path)
    except OSError as error:
        raise EnvironmentFailure.of(
            "disk", f"{path.name} could not be written: {error.strerror}.", "Choose another place, or make room."
        ) from error
    finally:
        side.unlink(missing_ok=True)
    return rows


def _csv(reader: TableReader, path: Path) -> int:
    """UTF-8 with a byte order mark, which Excel needs to read it right."""
    import pandas as pd

    written = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        pd.DataFrame(columns=reader.columns).to_csv(file, index=False)
        for rows in reader.portions():
            # Objects: pandas' own types would make 1.0 of a whole number in a column with a NULL.
            pd.DataFrame(rows, columns=reader.columns, dtype=object).to_csv(file, index=False, header=False)
            written += len(rows)
    return written


def _workbook(reader: TableReader, path: Path, table: str) -> int:
    from openpyxl import Workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(" " if c in r"[]:*?/\'" else c for c in table)[:31].strip() or "table")
    sheet.append(reader.columns)
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
