"""Runs one statement of a session: understood first, then run, its rows spooled as they come."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import psycopg

from workers.core.model.errors import Cancelled, SheetferryError, UserError
from workers.core.model.tasks import Phase, Progress
from workers.core.query.columns import ResultColumn
from workers.core.query.context import QueryContext
from workers.core.query.outcome import StatementOutcome, StatementStarted, StatementState
from workers.core.query.request import QueryRequest
from workers.querying.session.described import columns_of
from workers.querying.session.failures import failure_of
from workers.querying.session.opening import QuerySession
from workers.querying.spool.meta import ResultMeta
from workers.querying.spool.rows import format_fields
from workers.querying.spool.shelf import OpenResult, ResultShelf, disk_failure
from workers.querying.text.parameters import BoundText, bind
from workers.querying.text.statements import Statement, place_of

_COPY_BEFORE, _COPY_AFTER = "COPY (\n", "\n) TO STDOUT (FORMAT csv)"
_COPIED = frozenset({"SELECT", "WITH", "VALUES", "TABLE", "("})
_ENDS_TRANSACTION = frozenset({"BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE"})
_TOUCHED = re.compile(r"^(?:INSERT 0|UPDATE|DELETE|MERGE|COPY|SELECT) (\d+)$")


@dataclass(slots=True)
class StatementRun:
    """Runs the statements of one request, one at a time.

    Attributes:
        of: How many there are.
    """

    request: QueryRequest
    context: QueryContext
    session: QuerySession
    shelf: ResultShelf
    of: int
    clock: Callable[[], float] = time.monotonic

    def run(self, statement: Statement) -> StatementOutcome:
        """Run one statement.

        Returns:
            Its outcome, whose state says whether the next one may run; a failure of the statement is no exception here.

        Raises:
            StoppedHere: when the job was cancelled; carries what had come.
        """
        began = self.clock()
        blank = StatementOutcome(
            self.request.job_id, statement.number, StatementState.FAILED, statement.text, zone=self.session.zone
        )
        blank = replace(blank, notes=self.session.notes if statement.number == 1 else ())
        bound = BoundText(statement.text)
        opened: OpenResult | None = None
        try:
            self._say(Phase.QUERYING)
            _refuse_transaction_control(statement)
            bound = bind(statement.text, dict(self.request.parameters))
            name = self.session.link.prepare(bound.text)
            columns = columns_of(self.session.link, name)
            if not columns:
                return self._without_result(blank, statement, name, bound, began)
            opened = self._open(statement, columns)
            self._tell_start(statement, columns, opened)
            first = self._spool(opened, statement, name, bound, began)
            meta = opened.close(StatementState.DONE, self.clock() - began)
            return replace(
                blank,
                state=StatementState.DONE,
                rows=meta.rows,
                columns=columns,
                result_id=meta.result_id,
                tag=self.session.link.tag,
                seconds=self.clock() - began,
                first_row_seconds=first,
                size=opened.writer.size,
            )
        except psycopg.Error as error:
            return self._failed(blank, statement, bound, opened, error, began)
        except (SheetferryError, OSError) as error:
            return self._refused(blank, opened, error, began)
        except Cancelled:
            raise StoppedHere(self._kept(blank, opened, StatementState.CANCELLED, began)) from None

    # ---- running

    def _without_result(
        self, blank: StatementOutcome, statement: Statement, name: bytes, bound: BoundText, began: float
    ) -> StatementOutcome:
        if not self.request.write:
            raise UserError.of(
                "read-only",
                f"{statement.verb or 'The statement'} gives no rows, so it is taken to change something;"
                " it was not run.",
                "Allow changes with --write, or the switch Write.",
            )
        self.context.part(StatementStarted(self.request.job_id, statement.number, self.of, statement.text))
        tag = self.session.link.run(name, bound.values)
        self._still_open(statement)
        return replace(blank, state=StatementState.DONE, rows=rows_touched(tag), tag=tag, seconds=self.clock() - began)

    def _spool(
        self, opened: OpenResult, statement: Statement, name: bytes, bound: BoundText, began: float
    ) -> float | None:
        """Take in all rows; when the first one was there."""
        first: float | None = None
        for rows in self._rows(statement, name, bound):
            if first is None:
                first = self.clock() - began
            opened.writer.take(rows)
            self._say(Phase.FETCHING, opened.writer.rows)
        self._still_open(statement)
        return first

    def _rows(self, statement: Statement, name: bytes, bound: BoundText) -> Iterator[list[bytes]]:
        """The rows in the spool's form: made by the server where it can, else by us."""
        link = self.session.link
        if statement.verb in _COPIED and not bound.values and (copy := self._copy(bound.text)):
            yield from link.copied(copy)
            return
        for rows in link.rows(name, bound.values):
            yield list(map(format_fields, rows))

    def _copy(self, text: str) -> bytes | None:
        """The same text as a COPY; None where the server does not take it as one, as with some views' rules."""
        link = self.session.link
        link.own("SAVEPOINT sheetferry")
        try:
            name = link.prepare(_COPY_BEFORE + text + _COPY_AFTER)
        except psycopg.Error:
            link.own("ROLLBACK TO SAVEPOINT sheetferry")
            return None
        link.own("RELEASE SAVEPOINT sheetferry")
        return name

    def _still_open(self, statement: Statement) -> None:
        """Nothing that was run may have ended our transaction."""
        if not self.session.link.in_transaction:
            raise UserError.of(
                "transaction-ended",
                f"Statement {statement.number} ended the transaction, so what came before it may be committed.",
                "Leave COMMIT and ROLLBACK to Sheetferry: all statements of a run are committed together.",
            )

    # ---- results

    def _open(self, statement: Statement, columns: tuple[ResultColumn, ...]) -> OpenResult:
        return self.shelf.create(
            ResultMeta(
                result_id=f"{self.request.job_id}-{statement.number}",
                query_id=self.request.job_id,
                statement=statement.number,
                text=statement.text,
                source=self.session.target.label or self.session.target.dbname,
                columns=columns,
                zone=self.session.zone,
                created=time.time(),
            )
        )

    def _tell_start(self, statement: Statement, columns: tuple[ResultColumn, ...], opened: OpenResult) -> None:
        self.context.part(
            StatementStarted(
                self.request.job_id, statement.number, self.of, statement.text, columns, opened.meta.result_id
            )
        )

    # ---- failing

    def _failed(
        self,
        blank: StatementOutcome,
        statement: Statement,
        bound: BoundText,
        opened: OpenResult | None,
        error: psycopg.Error,
        began: float,
    ) -> StatementOutcome:
        try:
            self.context.check()
        except Cancelled:
            raise StoppedHere(self._kept(blank, opened, StatementState.CANCELLED, began)) from None
        failure = failure_of(error, self.session.target)
        state = StatementState.INCOMPLETE if failure.lost else StatementState.FAILED
        outcome = replace(self._kept(blank, opened, state, began), error=failure.error.info)
        if failure.position is None:
            return outcome
        offset = statement.start + bound.original_offset(failure.position)
        return replace(outcome, place=place_of(self.request.script, offset))

    def _refused(
        self, blank: StatementOutcome, opened: OpenResult | None, error: SheetferryError | OSError, began: float
    ) -> StatementOutcome:
        self.session.cancel()
        if isinstance(error, OSError):
            error = disk_failure(error, self.shelf.root)
        return replace(self._kept(blank, opened, StatementState.FAILED, began), error=error.info)

    def _kept(
        self, blank: StatementOutcome, opened: OpenResult | None, state: StatementState, began: float
    ) -> StatementOutcome:
        """What had come before the end: kept, and said to be a part."""
        outcome = replace(blank, state=state, seconds=self.clock() - began)
        if opened is None:
            return outcome
        try:
            meta = opened.close(state, outcome.seconds)
        except OSError:
            opened.abandon()
            return outcome
        if not meta.rows:
            self.shelf.remove(meta.result_id)
            return replace(outcome, columns=meta.columns)
        return replace(outcome, rows=meta.rows, columns=meta.columns, result_id=meta.result_id, size=opened.writer.size)

    def _say(self, phase: Phase, rows: int = 0) -> None:
        self.context.check()
        self.context.progress(Progress(phase, rows=rows))


class StoppedHere(Exception):
    """The job was cancelled during a statement; carries its outcome."""

    def __init__(self, outcome: StatementOutcome) -> None:
        """Keep the outcome."""
        super().__init__(outcome)
        self.outcome = outcome


def rows_touched(tag: str) -> int:
    """The number in the server's word for what was done; 0 where it has none."""
    found = _TOUCHED.match(tag)
    return int(found[1]) if found else 0


def _refuse_transaction_control(statement: Statement) -> None:
    """Refuse what would end our transaction, with a sentence of its own. A hint only: see `_still_open`."""
    if statement.verb in _ENDS_TRANSACTION or statement.text.upper().startswith("PREPARE TRANSACTION"):
        raise UserError.of(
            "read-only",
            f"{statement.verb} is not run: all statements of a run are in one transaction of Sheetferry's own.",
            "Leave it out; with --write everything is committed at the end, or nothing.",
        )
