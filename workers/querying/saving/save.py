"""Saves a result as what was asked for."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from workers.core.model.errors import EnvironmentFailure, SheetferryError, UserError
from workers.core.query.context import QueryContext
from workers.core.query.outcome import Note, StatementOutcome
from workers.core.query.request import FileFormat, QueryRequest, format_of
from workers.querying.saving.csv_file import save_csv
from workers.querying.saving.excel import save_excel
from workers.querying.saving.json_lines import save_json_lines
from workers.querying.saving.parquet import save_parquet
from workers.querying.saving.progress import Saving
from workers.querying.spool.reader import SpoolReader
from workers.querying.spool.shelf import ResultShelf

_SAVERS: Mapping[FileFormat, Callable[[SpoolReader, Path, Saving], tuple[Note, ...]]] = {
    FileFormat.CSV: save_csv,
    FileFormat.JSON_LINES: save_json_lines,
    FileFormat.EXCEL: save_excel,
    FileFormat.PARQUET: save_parquet,
}


def save_result(
    request: QueryRequest, context: QueryContext, shelf: ResultShelf, outcome: StatementOutcome
) -> StatementOutcome:
    """Save the result of a statement as a file, as a table, or as both; its outcome with what that gave.

    Raises:
        SheetferryError: ``no-result`` and what the disk or the server says.
        Cancelled: when the job was cancelled; no half of a file or table is left.
    """
    began = time.monotonic()
    if outcome.result_id is None:
        raise UserError.of("no-result", "The last statement gives no rows, so there is nothing to save.", None)
    with shelf.open(outcome.result_id) as reader:
        if request.save_to:
            notes = save_file(reader, request.save_to, Saving(context, reader.meta.rows))
            outcome = replace(outcome, saved=request.save_to, notes=(*outcome.notes, *notes))
        if request.save_as:
            from workers.querying.saving.table import save_table

            outcome = save_table(reader, request, context, outcome)
    return replace(outcome, seconds=outcome.seconds + time.monotonic() - began)


def save_file(reader: SpoolReader, path: str, tell: Saving) -> tuple[Note, ...]:
    """Write a result to a file, which is there whole or not at all.

    Raises:
        SheetferryError: ``unknown-format``, ``file-not-writable``, ``disk-full``, ``too-wide``.
    """
    final = Path(path).expanduser()
    save = _SAVERS[format_of(path)]
    part = final.with_name(f".{final.name}.{os.getpid()}.part")
    try:
        notes = save(reader, part, tell)
        tell(reader.meta.rows)
        part.replace(final)
    except OSError as error:
        raise _unwritable(error, final) from error
    finally:
        part.unlink(missing_ok=True)
    return notes


def _unwritable(error: OSError, path: Path) -> SheetferryError:
    if error.errno in (28, 122):
        return EnvironmentFailure.of(
            "disk-full",
            f"The disk that {path} is on is full; the rows are kept as a result.",
            "Free some space and save the result again.",
            detail=str(error),
        )
    return EnvironmentFailure.of(
        "file-not-writable",
        f"{path} cannot be written: {error.strerror or error}.",
        "Choose another folder; the rows are kept as a result.",
        detail=str(error),
    )
