"""Writes the rejected rows of an import as a workbook in the source's own shape, each with its reason."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import openpyxl
import psycopg
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, PatternFill

from workers.core.model.cells import column_index
from workers.core.model.errors import EnvironmentFailure, UserError
from workers.core.model.options import PgType
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.plans import ColumnPlan
from workers.core.model.reject_export import RejectsReport, RejectsRequest
from workers.core.model.tasks import TaskContext
from workers.database.engines import connect_bulk
from workers.database.explain import explain
from workers.database.ledger import ledger
from workers.database.ledger.schema import ensure_ledger
from workers.importing.rows.rejects_mark import MOST_ABOVE, NAME, REASON, SOURCE_ROW
from workers.system.whole_file import whole_file

_BAD = PatternFill("solid", fgColor="FFF4B9B0")
_HEADER = Font(bold=True)
_QUERY = """
SELECT source_row, source_cell, reason, row FROM sheetferry.rejects WHERE import_id = %s ORDER BY source_row
"""


def run_rejects(request: RejectsRequest, context: TaskContext) -> RejectsReport:
    """Write the workbook: the source's columns where they stood, the bad cell of each row coloured, reasons after them.

    Raises:
        UserError: ``no-such-import``, or ``no-rejects`` when nothing was rejected.
        EnvironmentFailure: when the database cannot be reached or the file cannot be written.
    """
    with closing(connect_bulk(request.target, f"rejects-{request.job_id[:8]}")) as connection:
        try:
            outcome, rows = _rejected(connection, request.import_id)
        except psycopg.Error as error:
            raise explain(error, request.target) from error
    if not rows:
        raise UserError.of("no-rejects", "No row of this import was rejected.", "There is nothing to write.")
    context.check()
    _write(request.to, outcome, rows)
    return RejectsReport(request.to, len(rows))


def _rejected(connection: psycopg.Connection[Any], import_id: str) -> tuple[ImportOutcome, list[tuple[Any, ...]]]:
    ensure_ledger(connection)
    with connection.transaction(), connection.cursor() as cursor:
        entry = ledger.read_outcome(cursor, import_id)
        if entry is None or entry.outcome is None:
            raise UserError.of(
                "no-such-import",
                f"The ledger of this database knows no import {import_id}.",
                "`sheetferry history` lists the imports there are.",
            )
        return entry.outcome, cursor.execute(_QUERY, (import_id,)).fetchall()


def _write(path: str, outcome: ImportOutcome, rows: list[tuple[Any, ...]]) -> None:
    """Write to a side file first, so that a failure leaves no half workbook under the wanted name."""
    workbook = openpyxl.Workbook(write_only=True)
    mark = StringProperty(name=NAME, value=outcome.import_id)
    workbook.custom_doc_props.append(mark)  # type: ignore[attr-defined]  # the stubs lack it
    sheet = workbook.create_sheet((outcome.sheet or "Rejects")[:31])
    width = max((c.index for c in outcome.columns), default=-1) + 1
    # The header stands where the source has it, so that people find their way.
    for _ in range(min(max(outcome.header_rows, default=1), MOST_ABOVE) - 1):
        sheet.append([])
    sheet.append(_header(sheet, outcome.columns, width))
    for source_row, source_cell, reason, cells in rows:
        cells_ = [*_row(sheet, outcome.columns, width, cells, source_cell), None, _cell(sheet, reason), source_row]
        sheet.append(cells_)
    try:
        with whole_file(path) as side:
            workbook.save(side)
    except OSError as error:
        raise EnvironmentFailure.of(
            "cannot-write",
            f"The file {path} could not be written: {error.strerror}.",
            "Choose another place with --to.",
        ) from error


def _header(sheet: Any, columns: tuple[ColumnPlan, ...], width: int) -> list[Any]:
    texts: list[str | None] = [None] * width
    for column in columns:
        texts[column.index] = column.source or column.name
    return [_cell(sheet, text, font=_HEADER) for text in [*texts, None, REASON, SOURCE_ROW]]


def _cell(sheet: Any, value: Any, *, font: Font | None = None, fill: PatternFill | None = None) -> Any:
    """A cell whose text is what it is: never a formula, and the same when the mended workbook is read again."""
    cell = WriteOnlyCell(sheet, value=_safe(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    if font is not None:
        cell.font = font
    if fill is not None:
        cell.fill = fill
    return cell


def _row(sheet: Any, columns: tuple[ColumnPlan, ...], width: int, cells: dict[str, Any], bad: str) -> list[Any]:
    bad_column = column_index(bad.rstrip("0123456789")) if bad else -1
    row: list[Any] = [None] * width
    for column in columns:
        value = _value(cells.get(column.name), column.type)
        row[column.index] = _cell(sheet, value, fill=_BAD if column.index == bad_column else None)
    return row


def _value(text: str | None, pg_type: PgType) -> Any:
    """A number where the column holds numbers and the text is one, else the text itself."""
    if text is None:
        return None
    if pg_type in (PgType.BIGINT, PgType.DOUBLE, PgType.NUMERIC):
        try:
            number = float(text)
        except ValueError:
            return text
        return int(number) if number.is_integer() and abs(number) < 2**53 else number
    return text


def _safe(text: str) -> str:
    """A text that a workbook can hold."""
    return "".join(c for c in text if c in "\t\n\r" or c >= " ")[:32_767]
