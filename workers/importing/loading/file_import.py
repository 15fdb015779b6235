"""The task of importing one file: open it, understand each sheet, load each table in a transaction of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import psycopg

from workers.core.model.column_selection import renamed
from workers.core.model.errors import Cancelled, EnvironmentFailure, SheetferryError, UserError
from workers.core.model.naming import numbered, table_name
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.plans import Finding, SheetInfo, SheetSurvey, TablePlan
from workers.core.model.tasks import ImportRequest, Phase, Progress, TaskContext
from workers.database.engines import connect_bulk
from workers.database.explain import explain
from workers.database.ledger.schema import ensure_ledger
from workers.importing.gc_pause import without_collector
from workers.importing.loading.atomic import load_together
from workers.importing.loading.import_task import Job, TableTask
from workers.importing.loading.pipeline.sources import batch_source
from workers.importing.loading.pipeline.table_writer import PlanBroken
from workers.importing.loading.prefetch.loader import ReadAhead, ask_for_reader
from workers.importing.loading.rejects.mending import Mending
from workers.importing.loading.table_import import TableImport
from workers.importing.loading.target.target_table import TableName, default_schema, ensure_schema
from workers.importing.loading.undo.pruning import prune
from workers.importing.loading.undo.undo_log import ensure_kept
from workers.importing.reading.opening import open_workbook
from workers.importing.reading.workbook import Workbook
from workers.importing.rows.portions import rows_of
from workers.importing.rows.rejects_mark import rejects_of
from workers.importing.rows.sheet_rows import (
    HEAD_CELLS,
    BufferedWorkbook,
    HeadedBlocks,
    HeadedWorkbook,
    blocks_of,
    has_cells,
    read_head,
    read_head_blocks,
)
from workers.importing.source_file import SourceFile
from workers.importing.survey.sheets import plan_from_head, select_sheets, survey_sheet
from workers.importing.survey.view import unknown_range, view_of


def run_import(request: ImportRequest, context: TaskContext) -> tuple[ImportOutcome, ...]:
    """Import what the request selects of one file.

    Every outcome is also reported by ``context.outcome`` as soon as it is certain. A table that fails does not keep
    the file's other tables from being loaded, unless all of them share one transaction (``--atomic``).

    Raises:
        UserError: when the file cannot be opened or an option fits nothing in it.
        EnvironmentFailure: when the database cannot be reached; ``unknown-commit`` when the connection broke while a
            commit was under way.
        Cancelled: when the job was cancelled; what was being loaded is rolled back and reported.
    """
    context.progress(Progress(Phase.OPENING))
    if request.more:
        return _import_files(request, context)
    with _opened(request, context) as file:
        if file.rejected_by is not None and request.options.mended_rejects is False:
            raise UserError.of(
                "mended-rejects",
                "This workbook says that it holds rejected rows of an earlier import; to add such was not asked for.",
                "Import it from the window or by a command, or write mended_rejects = true into the [run] section of "
                "the watched folder's plan.",
            )
        workbook, mending = file.workbook, file.rejected_by is not None
        ahead = None if mending else ask_for_reader(request, file.source, workbook, file.plans, context)
        try:
            with _connected(request, context) as connection, without_collector():
                job = replace(_job(request, context, connection), sha256=file.sha256, source=file.source)
                if file.rejected_by is not None:
                    return (Mending(_with_ledger(job), workbook, file.rejected_by).run(),)
                if job.nested:
                    return load_together(connection, context, [FileImport(job, workbook, ahead).run])
                return FileImport(job, workbook, ahead).run()
        finally:
            if ahead is not None:
                ahead.close()


def _import_files(request: ImportRequest, context: TaskContext) -> tuple[ImportOutcome, ...]:
    """Several files, all or nothing; each is opened when its turn has come."""
    with _connected(request, context) as connection, without_collector():
        job = _job(request, context, connection)
        parts = [partial(_import_part, replace(job, request=part)) for part in request.parts()]
        return load_together(connection, context, parts)


def _import_part(job: Job) -> tuple[ImportOutcome, ...]:
    """The imports of one of several files; one that cannot be opened is told as a failed import."""
    request = job.request
    try:
        with _opened(request, job.context) as file:
            if file.rejected_by is not None:
                raise UserError.of(
                    "wrong-usage",
                    "This workbook holds rejected rows of an earlier import, to which mended rows can only be added.",
                    "Import it alone, without --atomic.",
                )
            return FileImport(replace(job, sha256=file.sha256, source=file.source), file.workbook).run()
    except EnvironmentFailure:
        raise
    except SheetferryError as error:
        failed = ImportOutcome(
            request.import_id(-1, 0),
            request.path,
            None,
            None,
            request.options.mode.value,
            ImportState.FAILED,
            error=error.info,
            attempts=request.attempt,
        )
        return (failed,)


@dataclass(frozen=True, slots=True)
class _OpenFile:
    """A file that is being imported.

    Attributes:
        source: The file.
        sha256: Its hash.
        rejected_by: The import whose rejects it holds.
        workbook: What is in it.
        plans: The request's plans, where they were made from this very content.
    """

    source: SourceFile
    sha256: str
    rejected_by: str | None
    workbook: Workbook
    plans: tuple[TablePlan, ...] | None


@contextmanager
def _opened(request: ImportRequest, context: TaskContext) -> Iterator[_OpenFile]:
    """Open the request's file once, for its hash and for its rows."""
    with closing(SourceFile(request.path, request.expected, follow=request.expected is None)) as source:
        sha256 = source.identify(context.check).sha256
        rejected_by = rejects_of(source)
        with closing(open_workbook(source, password=request.workbook_password)) as workbook:
            yield _OpenFile(source, sha256, rejected_by, workbook, _valid_plans(request, sha256))


def _valid_plans(request: ImportRequest, sha256: str | None) -> tuple[TablePlan, ...] | None:
    """The plans of the request, unless the file is not the one that they were made from."""
    return request.tables if request.sha256 in (None, sha256) else None


def _job(request: ImportRequest, context: TaskContext, connection: psycopg.Connection[Any]) -> Job:
    ledger = _prepare_database(request, connection)
    kept = ledger and ensure_kept(connection)
    if kept and not request.options.dry_run:
        prune(connection, request.kept_days, request.kept_bytes)
    return Job(
        request=request,
        context=context,
        connection=connection,
        ledger=ledger,
        kept=kept,
        sha256=None,
        nested=request.options.atomic,
    )


@contextmanager
def _connected(request: ImportRequest, context: TaskContext) -> Iterator[psycopg.Connection[Any]]:
    connection = connect_bulk(request.target, request.role)
    context.on_cancel(connection.cancel_safe)
    try:
        yield connection
    except psycopg.Error as error:
        # Lost between two imports, or before the first: no less the surroundings' fault than in the middle of one.
        context.check()
        raise explain(error, request.target) from error
    finally:
        context.on_cancel(None)
        connection.close()


def _prepare_database(request: ImportRequest, connection: psycopg.Connection[Any]) -> bool:
    """Make the ledger if need be; gives whether imports are recorded.

    Raises:
        UserError: ``no-ledger`` when the role may not and recording was not waived.
    """
    if not request.options.ledger:
        return False
    access = ensure_ledger(connection)
    if not access.available:
        raise UserError.of(
            "no-ledger",
            access.reason,
            "An administrator can run: "
            + " ".join(access.statements)
            + " Or import with --no-ledger: then nothing guards against importing twice, and there is no undo.",
        )
    return True


def _with_ledger(job: Job) -> Job:
    """The job, when its ledger can be asked for the import that mended rows belong to.

    Raises:
        UserError: ``wrong-usage``.
    """
    if not job.ledger:
        raise UserError.of(
            "wrong-usage",
            "This workbook holds rejected rows of an earlier import, which only the ledger knows.",
            "Leave --no-ledger out, or copy the rows into a new workbook.",
        )
    return job


class FileImport:
    """All imports of one open file."""

    def __init__(self, job: Job, workbook: Workbook, ahead: ReadAhead | None = None) -> None:
        """Prepare; nothing is read yet. Where there is somebody who reads `ahead`, that is made use of."""
        self._job = job
        self._workbook = workbook
        self._ahead = ahead
        self._options = job.options
        self._tables = 0
        self._outcomes: list[ImportOutcome] = []
        self._schema = ""
        self._later: tuple[str, ...] = ()

    def run(self) -> tuple[ImportOutcome, ...]:
        """Import table after table; within a shared transaction the outcomes are for its owner to tell."""
        self._schema = self._find_schema()
        self._import_all()
        return tuple(self._outcomes)

    def _find_schema(self) -> str:
        connection = self._job.connection
        if self._options.schema:
            ensure_schema(connection, self._options.schema)
            return self._options.schema
        with connection.transaction(), connection.cursor() as cursor:
            return default_schema(cursor)

    def _import_all(self) -> None:
        plans = _valid_plans(self._job.request, self._job.sha256)
        if plans is not None:
            for place, plan in enumerate(plans, start=1):
                self._later = tuple(p.sheet.name for p in plans[place:])
                self._import_planned(plan)
            return
        changed = (_CHANGED,) if self._job.request.tables is not None else ()
        sheets = self._sheets()
        if not sheets:
            self._tell(self._no_data())
        for place, sheet in enumerate(sheets, start=1):
            self._later = tuple(s.name for s in sheets[place:])
            self._job.context.check()
            self._import_sheet(sheet, len(sheets) > 1, changed)
        if not self._tables and not self._outcomes:
            self._tell(self._no_data())

    def _sheets(self) -> list[SheetInfo]:
        selected = select_sheets(self._workbook, self._options)
        if self._options.cell_range:
            facts = [self._workbook.facts(sheet) for sheet in selected]
            if not any(view_of(f, self._options) for f in facts):
                raise unknown_range(self._options.cell_range, [t.name for f in facts for t in f.declared])
        if len(selected) == 1:
            return list(selected)
        return [sheet for sheet in selected if self._is_wanted(sheet)]

    def _is_wanted(self, sheet: SheetInfo) -> bool:
        """Whether a sheet among several holds anything; one that cannot be read is kept, to be told as failed."""
        try:
            return has_cells(self._workbook, sheet)
        except UserError:
            return True

    def _no_data(self) -> ImportOutcome:
        error = UserError.of(
            "no-data",
            "There is no table in this workbook: its sheets hold no cells that could be rows.",
            "Hidden sheets are left out; name them with --sheet, or take all with --sheet all.",
        )
        return ImportOutcome(
            import_id=self._job.request.import_id(-1, 0),
            file=self._job.request.path,
            sheet=None,
            table=None,
            mode=self._options.mode.value,
            state=ImportState.FAILED,
            error=error.info,
            attempts=self._job.request.attempt,
        )

    def _import_sheet(self, sheet: SheetInfo, several: bool, extra: tuple[Finding, ...]) -> None:
        """Survey a sheet and import its tables; a sheet that cannot be read is told as one failed import."""
        context = self._job.context
        context.progress(Progress(Phase.READING, sheet=sheet.name))
        try:
            workbook: Workbook = self._workbook
            survey = self._ahead.survey(sheet) if self._ahead is not None else None
            if survey is None:
                workbook, survey = self._understand(sheet)
        except SheetferryError as error:
            self._tell(self._unread(sheet, several, error))
            return
        self._import_tables(workbook, survey, several, extra)

    def _understand(self, sheet: SheetInfo) -> tuple[Workbook, SheetSurvey]:
        """What the sheet holds, and the workbook with as much of the sheet as was read for that."""
        facts = self._workbook.facts(sheet)
        blocks = blocks_of(self._workbook, sheet)
        if blocks is not None:
            first, ended = read_head_blocks(blocks, HEAD_CELLS)
            if not ended:
                head = [row for block in first for row in rows_of(block)]
                survey = plan_from_head(head, facts, sheet, self._options, date_1904=self._workbook.date_1904)
                return HeadedBlocks(self._workbook, sheet, first, blocks), survey
        rows = self._workbook.rows(sheet)
        head, whole = read_head(rows)
        if whole:
            buffered = BufferedWorkbook(self._workbook, sheet, head)
            return buffered, survey_sheet(buffered, sheet, self._options, self._job.context)
        # The facts come first: a reader may have only one reading under way.
        survey = plan_from_head(head, facts, sheet, self._options, date_1904=self._workbook.date_1904)
        return HeadedWorkbook(self._workbook, sheet, head, rows), survey

    def _import_tables(
        self, workbook: Workbook, survey: SheetSurvey, several: bool, extra: tuple[Finding, ...]
    ) -> None:
        plans = list(survey.tables)
        place = 0
        while place < len(plans):
            findings = (*extra, *survey.findings)
            rest = (plans[place].sheet.name,) * (len(plans) - place - 1)
            try:
                self._import_table(workbook, plans[place], several, findings, plans, rest)
            except PlanBroken:
                if plans[place].complete:
                    raise
                survey = self._survey_again(workbook, plans[place].sheet)
                plans = list(survey.tables)
                continue
            place += 1

    def _survey_again(self, workbook: Workbook, sheet: SheetInfo) -> SheetSurvey:
        return survey_sheet(workbook, sheet, self._options, self._job.context)

    def _import_planned(self, plan: TablePlan) -> None:
        several = len({p.sheet.index for p in self._job.request.tables or ()}) > 1
        try:
            self._import_table(self._workbook, plan, several, (), self._job.request.tables or ())
        except PlanBroken:
            survey = self._survey_again(self._workbook, plan.sheet)
            for found in survey.tables:
                if found.ordinal == plan.ordinal:
                    self._import_table(self._workbook, found, several, survey.findings, survey.tables)

    def _import_table(
        self,
        workbook: Workbook,
        plan: TablePlan,
        several: bool,
        findings: tuple[Finding, ...],
        others: Sequence[TablePlan],
        rest: tuple[str, ...] = (),
    ) -> None:
        import_id = self._job.request.import_id(plan.sheet.index, plan.ordinal)
        if import_id in self._job.request.done:
            self._tables += 1
            return
        name = TableName(self._schema, self._name(plan, several))
        facts = workbook.facts(plan.sheet)
        source = batch_source(workbook, facts, self._options)
        task = TableTask(
            import_id=import_id,
            plan=plan,
            table=name,
            source=source if self._ahead is None else self._ahead.source(source),
            source_in_lists=batch_source(workbook, workbook.facts(plan.sheet), self._options, in_lists=True),
            findings=findings,
            most_rows=facts.dimension_rows,
            rest=(*rest, *self._later),
        )
        try:
            task = replace(task, plan=renamed(plan, self._options, others=others))
            outcome = TableImport(self._job, task).run()
        except Cancelled:
            cancelled = replace(task.blank_outcome(self._job), state=ImportState.CANCELLED)
            self._job.context.outcome(cancelled)
            raise
        except EnvironmentFailure:
            raise
        except UserError as error:
            outcome = task.failed(self._job, error.info)
        self._tables += 1
        self._tell(outcome)

    def _name(self, plan: TablePlan, several: bool) -> str:
        if self._options.table:
            return numbered(self._options.table, self._tables)
        sheet = plan.sheet.name if several else None
        return table_name(self._job.request.path, sheet, plan.ordinal)

    def _unread(self, sheet: SheetInfo, several: bool, error: SheetferryError) -> ImportOutcome:
        info = replace(error.info, sheet=error.info.sheet or sheet.name)
        return ImportOutcome(
            import_id=self._job.request.import_id(sheet.index, 0),
            file=self._job.request.path,
            sheet=sheet.name,
            table=None,
            mode=self._options.mode.value,
            state=ImportState.FAILED,
            error=info,
            attempts=self._job.request.attempt,
        )

    def _tell(self, outcome: ImportOutcome) -> None:
        self._outcomes.append(outcome)
        if not self._job.nested:
            self._job.context.outcome(outcome)


_CHANGED = Finding(
    "file-changed",
    "The file was changed after it had been looked at, so it was surveyed again before the import.",
)
