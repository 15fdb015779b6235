"""The task of a worker that reads a sheet for another one, which loads what it reads.

Reading is the larger half of an import. The reader does everything that needs the file only: it understands the
sheet's head, makes batches and packs them with what the content key takes of them. Order, types, rejects and the
transaction stay with the loader. Whatever goes wrong here ends the line; the loader then reads by itself from where
the line ended, and meets the same trouble at the same row.
"""

from __future__ import annotations

from contextlib import closing
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection
from typing import Any

from workers.core.model.errors import SheetferryError
from workers.core.model.plans import SheetInfo
from workers.core.model.prefetch_request import AheadRequest
from workers.core.model.tasks import TaskContext
from workers.importing.gc_pause import without_collector
from workers.importing.loading.pipeline.sources import batch_source
from workers.importing.loading.pipeline.table_writer import PlanBroken
from workers.importing.loading.prefetch.wire import (
    HeadUnderstood,
    LineLost,
    Outbox,
    PackedBatch,
    PlanFailed,
    SheetKnown,
    TableRead,
    TableWanted,
    receive,
)
from workers.importing.reading.opening import open_workbook
from workers.importing.reading.workbook import Workbook
from workers.importing.reading.xlsx.reader import XlsxWorkbook
from workers.importing.rows.sheet_rows import HeadedWorkbook, read_head
from workers.importing.source_file import SourceFile
from workers.importing.survey.sheets import plan_from_head
from workers.system.local_link import connect

_MOST_WAITING = 16 << 20


def run_ahead(request: AheadRequest, context: TaskContext) -> None:
    """Read for the loader behind the listener until it lets go.

    Raises:
        Cancelled: when this worker is wanted for something else.
    """
    try:
        line = connect(request.meeting)
    except (OSError, EOFError, AuthenticationError):
        return  # the loader has not waited
    with closing(Outbox(line, _MOST_WAITING, context.check)) as outbox, without_collector():
        try:
            _serve(request, context, line, outbox)
        except (LineLost, SheetferryError, OSError):
            return


def _serve(request: AheadRequest, context: TaskContext, line: Connection[Any, Any], outbox: Outbox) -> None:
    # The loader's file itself, not what its path leads to by now: the hash in the ledger is of that file.
    with closing(SourceFile(request.path, request.stamp)) as source, closing(open_workbook(source)) as workbook:
        if isinstance(workbook, XlsxWorkbook):
            _Reader(request, context, line, outbox, workbook).run()


class _Reader:
    """Serves one loader."""

    def __init__(
        self,
        request: AheadRequest,
        context: TaskContext,
        line: Connection[Any, Any],
        outbox: Outbox,
        workbook: XlsxWorkbook,
    ) -> None:
        self._request = request
        self._context = context
        self._line = line
        self._workbook = workbook
        self._sheet: SheetInfo = workbook.sheets[request.sheet_index]
        self._outbox = outbox

    def run(self) -> None:
        # The head is read before anything is known of the sheet: that takes the loader as long to find out.
        rows = self._workbook.rows(self._sheet) if self._request.head else iter(())
        head, whole = read_head(rows)
        known: SheetKnown = receive(self._line, self._context.check)
        self._workbook.know(self._sheet, known.scan)
        workbook: Workbook = self._workbook
        facts = workbook.facts(self._sheet)
        if self._request.head:
            survey = None
            if not whole:
                options, date_1904 = self._request.options, workbook.date_1904
                survey = plan_from_head(head, facts, self._sheet, options, date_1904=date_1904)
                workbook = HeadedWorkbook(workbook, self._sheet, head, rows)
            self._outbox.put(HeadUnderstood(survey))
        del head, rows
        source = batch_source(workbook, facts, self._request.options)
        while True:
            wanted: TableWanted = receive(self._line, self._context.check)
            run = source(wanted.plan)
            try:
                while (batch := run.batches()) is not None:
                    self._outbox.put(PackedBatch.of(batch))
            except PlanBroken as error:
                self._outbox.put(PlanFailed(str(error)))
            else:
                self._outbox.put(TableRead(tuple(run.end)))
