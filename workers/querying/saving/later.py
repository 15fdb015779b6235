"""A result that is there already is saved: the same rows, without running anything again."""

from __future__ import annotations

from pathlib import Path

from workers.core.model.errors import UserError
from workers.core.query.context import QueryContext
from workers.core.query.outcome import QueryReport, StatementOutcome, StatementState
from workers.core.query.request import QueryRequest, format_of
from workers.querying.run import saved_result
from workers.querying.spool.shelf import ResultShelf


def run_saving(request: QueryRequest, context: QueryContext) -> QueryReport:
    """Save the request's result as a file, as a table, or as both.

    Raises:
        SheetferryError: ``no-such-result``, and what the disk or the server says; it has been told.
        Cancelled: when the job was cancelled; no half of a file or table is left.
    """
    if request.save_to:
        format_of(request.save_to)
        if not request.overwrite and Path(request.save_to).exists():
            raise UserError.of("file-exists", f"{request.save_to} exists already.", "Choose another name.")
    shelf = ResultShelf(Path(request.results), request.quota)
    with shelf.open(request.result_id) as reader:
        meta, rows, size = reader.meta, reader.count(), reader.size
    outcome = StatementOutcome(
        request.job_id,
        1,
        StatementState.DONE,
        meta.text,
        rows=rows,
        columns=meta.columns,
        result_id=meta.result_id,
        size=size,
        zone=meta.zone,
    )
    saved = saved_result(request, context, shelf, outcome)
    context.part(saved)
    return QueryReport(request.job_id, (saved,))
