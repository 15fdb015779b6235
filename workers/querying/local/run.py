"""SQL over files and earlier results, before anything of them is imported."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workers.core.model.errors import Cancelled, SheetferryError, UserError
from workers.core.model.tasks import Phase, Progress
from workers.core.query.columns import ResultColumn
from workers.core.query.context import QueryContext
from workers.core.query.outcome import QueryReport, StatementOutcome, StatementStarted, StatementState
from workers.core.query.request import QueryRequest
from workers.querying.local.duck import open_duck
from workers.querying.local.locked import describe, duck_failure, proven_select, shut_in, write_rows
from workers.querying.local.tables import SourceTables
from workers.querying.run import QueryFailed, saved_result, statements_of
from workers.querying.spool.index import write_index
from workers.querying.spool.meta import ROWS, ResultMeta
from workers.querying.spool.shelf import ResultShelf, disk_failure
from workers.querying.text.parameters import bind
from workers.querying.text.statements import Statement

if TYPE_CHECKING:
    import duckdb


def run_local(request: QueryRequest, context: QueryContext) -> QueryReport:
    """Run the statements of a request over its sources, and save the last result.

    Raises:
        SheetferryError: why the query as a whole failed; the last outcome that was told says the same.
        Cancelled: when the job was cancelled.
    """
    statements = statements_of(request)
    if request.write:
        raise UserError.of("read-only", "Files and results are read and never written.", "Leave --write out.")
    shelf = ResultShelf(Path(request.results), request.quota)
    with _work_folder(shelf, request.job_id) as folder, open_duck(folder, request.memory) as connection:
        context.on_cancel(connection.interrupt)
        try:
            run = _LocalRun(connection, request, shelf, context, len(statements), folder)
            outcomes = run.all(statements)
        finally:
            context.on_cancel(None)
    outcomes[-1] = saved_result(request, context, shelf, outcomes[-1])
    context.part(outcomes[-1])
    return QueryReport(request.job_id, tuple(outcomes))


class _LocalRun:
    """The statements of one request over its sources."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        request: QueryRequest,
        shelf: ResultShelf,
        context: QueryContext,
        of: int,
        folder: Path,
    ) -> None:
        self._connection = connection
        self._request = request
        self._shelf = shelf
        self._context = context
        self._of = of
        self._rows = folder / ROWS
        self._sources = SourceTables(connection, request, shelf, context, [], [])

    def all(self, statements: tuple[Statement, ...]) -> list[StatementOutcome]:
        """Load the sources, shut DuckDB in, run the statements; the last outcome has not been told yet."""
        import duckdb

        self._context.progress(Progress(Phase.READING))
        try:
            self._sources.load()
        except duckdb.Error as error:
            self._context.check()
            raise duck_failure(error) from error
        shut_in(self._connection, self._rows)
        outcomes: list[StatementOutcome] = []
        for statement in statements:
            if outcomes:
                self._context.part(outcomes[-1])
            outcomes.append(self._one(statement))
        return outcomes

    def _one(self, statement: Statement) -> StatementOutcome:
        import duckdb

        began = time.monotonic()
        blank = StatementOutcome(self._request.job_id, statement.number, StatementState.FAILED, statement.text)
        if statement.number == 1:
            blank = replace(blank, notes=tuple(self._sources.notes))
        try:
            return self._run(statement, blank, began)
        except Cancelled:
            self._context.part(replace(blank, state=StatementState.CANCELLED, seconds=time.monotonic() - began))
            raise
        except (duckdb.Error, SheetferryError, OSError) as error:
            self._stop_if_cancelled(blank, began)
            info = self._explained(error).info
            self._context.part(replace(blank, error=info, seconds=time.monotonic() - began))
            raise QueryFailed(info) from error

    def _run(self, statement: Statement, blank: StatementOutcome, began: float) -> StatementOutcome:
        self._context.check()
        self._context.progress(Progress(Phase.QUERYING))
        bound = bind(statement.text, dict(self._request.parameters))
        proven_select(self._connection, bound.text)
        columns, kinds = describe(self._connection, bound.text, bound.values)
        meta = self._meta(statement, columns)
        self._context.part(StatementStarted(self._request.job_id, statement.number, self._of, statement.text, columns))
        write_rows(self._connection, bound.text, bound.values, kinds, self._rows)
        size = self._rows.stat().st_size
        opened = self._shelf.create(meta)
        try:
            self._shelf.make_room(size, opened.folder)
            self._rows.replace(opened.folder / ROWS)
            os.chmod(opened.folder / ROWS, 0o600)
            opened.writer.rows = write_index(opened.folder)
            opened.writer.size = size
        except BaseException:
            opened.close(StatementState.FAILED, 0.0)
            self._shelf.remove(opened.meta.result_id)
            raise
        done = opened.close(StatementState.DONE, time.monotonic() - began)
        return replace(
            blank,
            state=StatementState.DONE,
            rows=done.rows,
            columns=columns,
            result_id=done.result_id,
            seconds=time.monotonic() - began,
            size=size,
        )

    def _meta(self, statement: Statement, columns: tuple[ResultColumn, ...]) -> ResultMeta:
        return ResultMeta(
            result_id=f"{self._request.job_id}-{statement.number}",
            query_id=self._request.job_id,
            statement=statement.number,
            text=statement.text,
            source=", ".join(self._sources.names),
            columns=columns,
            created=time.time(),
        )

    def _stop_if_cancelled(self, blank: StatementOutcome, began: float) -> None:
        try:
            self._context.check()
        except Cancelled:
            self._context.part(replace(blank, state=StatementState.CANCELLED, seconds=time.monotonic() - began))
            raise

    def _explained(self, error: Exception) -> SheetferryError:
        if isinstance(error, SheetferryError):
            return error
        return disk_failure(error, self._shelf.root) if isinstance(error, OSError) else duck_failure(error)


@contextmanager
def _work_folder(shelf: ResultShelf, query_id: str) -> Iterator[Path]:
    """A folder of this query's own, beside the results so that its rows are theirs by a rename."""
    folder = shelf.root / f".{query_id}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise disk_failure(error, shelf.root) from error
    try:
        yield folder.resolve()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
