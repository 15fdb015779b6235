"""Writes the rejected rows of an import as a workbook in the source's own shape, each with its reason."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
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
        sheet.append([*_row(sheet, outcome.columns, width, cells, source_cell), None, _safe(reason), source_row])
    side = Path(f"{path}.part")
    try:
        workbook.save(side)
        os.replace(side, path)
    except OSError as error:
        side.unlink(missing_ok=True)
        raise EnvironmentFailure.of(
            "cannot-write",
            f"The file {path} could not be written: {error.strerror}.",
            "Choose another place with --to.",
        ) from error


def _header(sheet: Any, columns: tuple[ColumnPlan, ...], width: int) -> list[Any]:
    texts: list[str | None] = [None] * width
    for column in columns:
        texts[column.index] = column.source or column.name
    return [_styled(sheet, _safe(text), _HEADER) for text in [*texts, None, REASON, SOURCE_ROW]]


def _styled(sheet: Any, text: Any, font: Font) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = font
    return cell


def _row(sheet: Any, columns: tuple[ColumnPlan, ...], width: int, cells: dict[str, Any], bad: str) -> list[Any]:
    bad_column = column_index(bad.rstrip("0123456789")) if bad else -1
    row: list[Any] = [None] * width
    for column in columns:
        value = _value(cells.get(column.name), column.type)
        if column.index == bad_column:
            cell = WriteOnlyCell(sheet, value=value)
            cell.fill = _BAD
            row[column.index] = cell
        else:
            row[column.index] = value
    return row


def _value(text: str | None, pg_type: PgType) -> Any:
    """A number where the column holds numbers and the text is one, else the text itself."""
    if text is None:
        return None
    if pg_type in (PgType.BIGINT, PgType.DOUBLE, PgType.NUMERIC):
        try:
            number = float(text)
        except ValueError:
            return _safe(text)
        return int(number) if number.is_integer() and abs(number) < 2**53 else number
    return _safe(text)


def _safe(text: str | None) -> str | None:
    """A text that a workbook can hold, and that is never taken for a formula."""
    if text is None:
        return None
    kept = "".join(c for c in text if c in "\t\n\r" or c >= " ")[:32_767]
    return f"'{kept}" if kept.startswith("=") else kept
