"""One query from its first statement to its last, and what is made of the result."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import psycopg

from workers.core.model.errors import Cancelled, ErrorInfo, SheetferryError, UserError
from workers.core.model.tasks import Phase, Progress
from workers.core.query.context import QueryContext
from workers.core.query.outcome import DecisionWanted, QueryReport, StatementOutcome, StatementState
from workers.core.query.request import QueryRequest, format_of
from workers.querying.saving.save import save_result
from workers.querying.session.failures import failure_of
from workers.querying.session.opening import QuerySession, open_session
from workers.querying.spool.shelf import ResultShelf
from workers.querying.statement_run import StatementRun, StoppedHere
from workers.querying.text.statements import Statement, split


class QueryFailed(SheetferryError):
    """A statement failed; what it was has been told already."""


def run_query(request: QueryRequest, context: QueryContext) -> QueryReport:
    """Run a query's statements until the first error, and save the last result.

    Each statement's outcome is told as a part of the answer when it ends.

    Raises:
        SheetferryError: why the query as a whole failed; the last outcome that was told says the same.
        Cancelled: when the job was cancelled; nothing is changed then.
    """
    statements = statements_of(request)
    shelf = ResultShelf(Path(request.results), request.quota)
    context.progress(Progress(Phase.CONNECTING))
    session = open_session(request, context)
    try:
        run = StatementRun(request, context, session, shelf, len(statements))
        outcomes = _run_all(run, statements)
        rolled_back = _end(request, context, session, outcomes)
    except psycopg.Error as error:
        context.check()
        raise failure_of(error, session.target).error from error
    except (StoppedHere, Cancelled) as stopped:
        session.cancel()
        if isinstance(stopped, StoppedHere):
            context.part(stopped.outcome)
        raise Cancelled from None
    finally:
        context.on_cancel(None)
        session.close()
    if request.write and not rolled_back:
        outcomes = [replace(outcome, committed=True) for outcome in outcomes]
    if not rolled_back:
        outcomes[-1] = saved_result(request, context, shelf, outcomes[-1])
    context.part(outcomes[-1])
    return QueryReport(request.job_id, tuple(outcomes), rolled_back)


def statements_of(request: QueryRequest) -> tuple[Statement, ...]:
    """The statements of a request that can be run and saved as it says.

    Raises:
        UserError: ``no-statement``, ``unknown-format``, ``file-exists``.
    """
    statements = split(request.script)
    if not statements:
        raise UserError.of("no-statement", "There is no SQL to run.", None)
    if request.save_to:
        format_of(request.save_to)
        if not request.overwrite and Path(request.save_to).exists():
            raise UserError.of("file-exists", f"{request.save_to} exists already.", "Choose another name.")
    return statements


def _run_all(run: StatementRun, statements: tuple[Statement, ...]) -> list[StatementOutcome]:
    """All outcomes, the last of which has not been told yet.

    Raises:
        QueryFailed: when one failed; it has been told.
    """
    outcomes: list[StatementOutcome] = []
    for statement in statements:
        if outcomes:
            run.context.part(outcomes[-1])
        outcome = run.run(statement)
        if outcome.state is not StatementState.DONE:
            run.context.part(outcome)
            raise QueryFailed(outcome.error or ErrorInfo("failed", "The statement failed without saying why."))
        outcomes.append(outcome)
    return outcomes


def _end(request: QueryRequest, context: QueryContext, session: QuerySession, outcomes: list[StatementOutcome]) -> str:
    """Everything has succeeded: the transaction ends. Why nothing of it was committed; empty for one that only read."""
    if not request.write:
        session.link.own("ROLLBACK")
        return ""
    why = "" if request.commit_unasked else _asked(request, context, tuple(outcomes))
    context.check()
    if not why:
        context.progress(Progress(Phase.COMMITTING))
    session.link.own("ROLLBACK" if why else "COMMIT")
    return why


def _asked(request: QueryRequest, context: QueryContext, outcomes: tuple[StatementOutcome, ...]) -> str:
    """Why it is rolled back; empty when it is to be committed."""
    context.progress(Progress(Phase.DECIDING, waits=True))
    context.part(DecisionWanted(request.job_id, outcomes, request.decision_seconds))
    decided = context.decision(request.decision_seconds)
    if decided is None:
        return f"Nobody decided within {request.decision_seconds:g} s, so everything was rolled back."
    return "" if decided else "Rolled back, as was wished."


def saved_result(
    request: QueryRequest, context: QueryContext, shelf: ResultShelf, last: StatementOutcome
) -> StatementOutcome:
    """The last outcome with what its result was saved as.

    Raises:
        QueryFailed: when it could not be saved; that has been told, and the rows are kept.
        Cancelled: when the job was cancelled.
    """
    if not (request.save_to or request.save_as):
        return last
    try:
        return save_result(request, context, shelf, last)
    except SheetferryError as error:
        context.part(replace(last, state=StatementState.FAILED, error=error.info))
        raise QueryFailed(error.info) from error
    except Cancelled:
        context.part(replace(last, state=StatementState.CANCELLED))
        raise
