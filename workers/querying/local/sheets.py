"""Workbooks and text files as tables: by our own readers and types, so that what is asked is what would be imported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from workers.core.inference.text_format import text_of
from workers.core.model.errors import UserError
from workers.core.model.naming import table_name
from workers.core.model.options import ImportOptions, PgType
from workers.core.model.plans import TablePlan
from workers.core.model.tasks import Phase, Progress
from workers.core.query.columns import ResultColumn
from workers.core.query.context import QueryContext
from workers.importing.loading.pipeline.columns import LoadColumn
from workers.importing.loading.pipeline.sources import batch_source
from workers.importing.reading.opening import open_workbook
from workers.importing.reading.workbook import Workbook
from workers.importing.source_file import SourceFile
from workers.importing.survey.sheets import select_sheets, survey_sheet
from workers.querying.spool.rows import format_row
from workers.querying.spool.shelf import OpenResult

_TYPES = {
    PgType.TEXT: "text",
    PgType.BIGINT: "bigint",
    PgType.DOUBLE: "double precision",
    PgType.NUMERIC: "numeric",
    PgType.BOOLEAN: "boolean",
    PgType.DATE: "date",
    PgType.TIMESTAMP: "timestamp without time zone",
    PgType.TIME: "time without time zone",
    PgType.INTERVAL: "interval",
}

OpenTable = Callable[[str, tuple[ResultColumn, ...]], OpenResult]
"""Makes the spool of a table of that name and those columns."""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One table of a file.

    Attributes:
        name: What it is called in SQL.
        sheet: The sheet that it lies on, as its file calls it.
        spool: Its rows.
    """

    name: str
    sheet: str
    spool: OpenResult


def read_tables(path: str, alias: str, open_table: OpenTable, context: QueryContext) -> Iterator[SheetTable]:
    """Every table of a file, its rows read into a spool.

    Raises:
        UserError: for a file that cannot be read, ``no-data`` for one without a table.
    """
    options = ImportOptions()
    found = False
    with closing(SourceFile(path)) as source, closing(open_workbook(source)) as workbook:
        sheets = select_sheets(workbook, options)
        for sheet in sheets:
            context.check()
            context.progress(Progress(Phase.READING, sheet=sheet.name))
            for plan in survey_sheet(workbook, sheet, options, context).tables:
                found = True
                several = sheet.name if len(sheets) > 1 else None
                name = alias if alias and not plan.ordinal and not several else table_name(path, several, plan.ordinal)
                columns = tuple(ResultColumn(column.name, _TYPES[column.type]) for column in plan.columns)
                spool = open_table(name, columns)
                _fill(spool, workbook, plan, options, context)
                yield SheetTable(name, sheet.name, spool)
        source.verify(context.check)
    if not found:
        raise UserError.of("no-data", f"There is no table in {Path(path).name}.", "Open it in Excel and look.")


def _fill(
    spool: OpenResult, workbook: Workbook, plan: TablePlan, options: ImportOptions, context: QueryContext
) -> None:
    facts = workbook.facts(plan.sheet)
    columns = [LoadColumn(column, options) for column in plan.columns]
    writers = [_TEXTS.get(column.type, _text) for column in plan.columns]
    reading = batch_source(workbook, facts, options)(plan)
    while (batch := reading.batches()) is not None:
        values = [
            column.convert(cells, kinds).values
            for column, cells, kinds in zip(columns, batch.columns, batch.kinds, strict=False)
        ]
        texts = [
            [None if value is None else write(value) for value in column]
            for write, column in zip(writers, values, strict=True)
        ]
        spool.writer.take([format_row(row) for row in zip(*texts, strict=True)])
        context.check()
        context.progress(Progress(Phase.READING, rows=spool.writer.rows, sheet=plan.sheet.name))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else text_of(value) or ""


def _number(value: float | Decimal) -> str:
    return str(value) if isinstance(value, Decimal) else repr(value)


def _interval(value: Any) -> str:
    if not isinstance(value, dt.timedelta):
        return str(value)
    seconds, micro = divmod(abs(value) // dt.timedelta(microseconds=1), 1_000_000)
    sign = "-" if value < dt.timedelta() else ""
    hours, rest = divmod(seconds, 3600)
    minutes, second = divmod(rest, 60)
    part = f".{micro:06d}".rstrip("0") if micro else ""
    return f"{sign}{hours:02d}:{minutes:02d}:{second:02d}{part}"


_TEXTS: dict[PgType, Callable[[Any], str]] = {
    PgType.BIGINT: str,
    PgType.DOUBLE: _number,
    PgType.NUMERIC: str,
    PgType.BOOLEAN: lambda value: "t" if value else "f",
    PgType.DATE: str,
    PgType.TIMESTAMP: lambda value: value.isoformat(" "),
    PgType.TIME: lambda value: value.isoformat(),
    PgType.INTERVAL: _interval,
}
