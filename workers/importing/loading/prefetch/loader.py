"""The loader's side of a sheet that another worker reads for it.

Nothing depends on the other one: when it does not come, is wanted elsewhere or dies, the loader reads by itself, from
the batch on that it has not got.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

from workers.core.model.errors import SheetferryError
from workers.core.model.plans import Finding, SheetInfo, SheetSurvey, TablePlan
from workers.core.model.prefetch_request import AheadRequest, Awaiting, FileStamp
from workers.core.model.tasks import ImportRequest, TaskContext
from workers.importing.loading.import_task import BatchRun, BatchSource
from workers.importing.loading.pipeline.table_writer import PlanBroken
from workers.importing.loading.prefetch.wire import (
    HeadUnderstood,
    LineLost,
    PackedBatch,
    PlanFailed,
    SheetKnown,
    TableWanted,
    receive,
    send,
)
from workers.importing.reading.workbook import Workbook
from workers.importing.reading.xlsx.reader import XlsxWorkbook
from workers.importing.rows.batches import Batch
from workers.importing.source_file import SourceFile
from workers.importing.survey.sheets import select_sheets

_PATIENCE = 0.6
"""Seconds from the wish to the moment when the loader begins by itself; it has other things to do for most of them."""


_SILENCE = 30.0
"""Seconds without a word after which a reader is not waited for any more; it says something every few milliseconds."""


class ReadAhead:
    """One sheet of a file that another worker may read."""

    def __init__(
        self, door: Awaiting, workbook: XlsxWorkbook, sheet: SheetInfo, context: TaskContext, *, head: bool
    ) -> None:
        """Expect a reader at `door`.

        Args:
            door: Where it will come.
            workbook: The open workbook.
            sheet: The sheet of it that the reader was asked to read.
            context: The loader's.
            head: Whether it was asked to understand the sheet's head.
        """
        self._door = door
        self._workbook = workbook
        self._sheet = sheet
        self._context = context
        self._head_due = head
        self._until = monotonic() + _PATIENCE
        self._line: Connection[Any, Any] | None = None
        self._gone = False
        self._told = False

    def survey(self, sheet: SheetInfo) -> SheetSurvey | None:
        """What the reader has found in the sheet's head; None when that is to be looked at here."""
        if not self._head_due or sheet.index != self._sheet.index:
            return None
        if not self.tell_known(patient=True) or self._line is None:
            return None
        self._head_due = False
        try:
            understood: HeadUnderstood = receive(self._line, self._context.check, _SILENCE)
        except LineLost:
            self.close()
            return None
        if understood.survey is None:
            self.close()
        return understood.survey

    def source(self, alone: BatchSource) -> BatchSource:
        """Starts readings of a table of the sheet: by the reader as long as there is one, else like `alone`."""

        def start(plan: TablePlan) -> BatchRun:
            mine = plan.sheet.index == self._sheet.index and not self._head_due
            if not mine or not self.tell_known(patient=True):
                return alone(plan)
            end: list[tuple[int | None, tuple[Finding, ...]]] = []
            reading = self._read(plan, alone, end)
            return BatchRun(lambda: next(reading, None), end)

        return start

    def tell_known(self, *, patient: bool) -> bool:
        """Tell the reader what it has to know of the sheet.

        Args:
            patient: Wait a moment for one that has not come yet.

        Returns:
            Whether there is a reader that knows it.
        """
        if self._line is None and not self._gone:
            self._line = self._door.visitor(self._until - monotonic() if patient else 0.0)
            if self._line is None and patient:
                self.close()
        if self._line is None:
            return False
        if not self._told:
            try:
                send(self._line, SheetKnown(self._workbook.scanned(self._sheet)))
            except LineLost:
                self.close()
                return False
            self._told = True
        return True

    def close(self) -> None:
        """Let the reader go."""
        self._gone = True
        self._line = None
        self._door.close()

    def _read(
        self, plan: TablePlan, alone: BatchSource, end: list[tuple[int | None, tuple[Finding, ...]]]
    ) -> Iterator[Batch]:
        taken = 0
        whole = False
        try:
            for batch in self._received(plan, end):
                taken += 1
                yield batch
            whole = True
        except LineLost:
            yield from self._rest(alone(plan), taken, end)
        finally:
            if not whole:
                # A reading that is not read to its end leaves batches in the line that no other one may meet.
                self.close()

    def _received(self, plan: TablePlan, end: list[tuple[int | None, tuple[Finding, ...]]]) -> Iterator[Batch]:
        if self._line is None:
            raise LineLost
        send(self._line, TableWanted(plan))
        while isinstance(message := receive(self._line, self._context.check, _SILENCE), PackedBatch):
            yield message.batch()
        if isinstance(message, PlanFailed):
            raise PlanBroken(message.why)
        end.extend(message.end)

    def _rest(self, run: BatchRun, taken: int, end: list[tuple[int | None, tuple[Finding, ...]]]) -> Iterator[Batch]:
        """The batches of a reading of our own but the first ones, which have come already."""
        place = 0
        while (batch := run.batches()) is not None:
            self._context.check()
            place += 1
            if place > taken:
                yield batch
        end.extend(run.end)


def ask_for_reader(
    request: ImportRequest,
    source: SourceFile,
    workbook: Workbook,
    plans: Sequence[TablePlan] | None,
    context: TaskContext,
) -> ReadAhead | None:
    """Ask the pool for a worker that reads the file's heaviest sheet.

    Args:
        request: The import.
        source: Its open file.
        workbook: Its open workbook.
        plans: The tables to be loaded where they are known already.
        context: The loader's.

    Returns:
        None where that does not pay or nobody can come.
    """
    if not isinstance(workbook, XlsxWorkbook) or request.workbook_password is not None:
        return None
    try:
        sheets = [plan.sheet for plan in plans] if plans is not None else select_sheets(workbook, request.options)
        sheet = max(sheets, key=workbook.weight, default=None)
        if sheet is None or workbook.weight(sheet) < request.share_from or workbook.reads_blocks(sheet):
            return None
        ahead = _ask(request, workbook, sheet, source.stamp, context, head=plans is None)
    except (SheetferryError, OSError):
        return None  # what is wrong is told when the loader comes to it
    return ahead


def _ask(
    request: ImportRequest,
    workbook: XlsxWorkbook,
    sheet: SheetInfo,
    stamp: FileStamp,
    context: TaskContext,
    *,
    head: bool,
) -> ReadAhead | None:
    door = context.assistant(
        lambda meeting: AheadRequest(
            request.job_id, request.path, stamp, sheet.index, request.options, head=head, meeting=meeting
        )
    )
    if door is None:
        return None
    ahead = ReadAhead(door, workbook, sheet, context, head=head)
    try:
        # To look through the sheet takes as long as a reader takes to come and to read the head.
        workbook.scanned(sheet)
        ahead.tell_known(patient=False)
    except BaseException:
        ahead.close()
        raise
    return ahead
