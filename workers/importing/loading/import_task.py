"""What one import is told: its place in the job, its plan, its rows, its target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import psycopg

from workers.core.model.errors import ErrorInfo
from workers.core.model.options import ImportOptions
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.plans import Finding, TablePlan
from workers.core.model.tasks import ImportRequest, Progress, TaskContext
from workers.importing.loading.target.target_table import TableName
from workers.importing.rows.batches import Batch
from workers.importing.source_file import SourceFile

BatchSource = Callable[[TablePlan], "BatchRun"]


@dataclass(slots=True)
class BatchRun:
    """One reading of a table's rows.

    Attributes:
        batches: Call to get the next batch; None at the end.
        end: What was learned about the table's end: its last data row and findings. Filled once all is read.
    """

    batches: Callable[[], Batch | None]
    end: list[tuple[int | None, tuple[Finding, ...]]]


@dataclass(frozen=True, slots=True)
class Job:
    """What the imports of one request share.

    Attributes:
        request: The request.
        context: Progress, cancel, outcomes.
        connection: To the target; serves one import after the other.
        ledger: Whether imports are recorded.
        kept: Whether what an undo needs can be kept.
        source: The file; None as long as none is open.
        sha256: Of the file, or None.
        nested: True when all imports of the request share one transaction.
    """

    request: ImportRequest
    context: TaskContext
    connection: psycopg.Connection[Any]
    ledger: bool
    kept: bool
    sha256: str | None
    nested: bool = False
    source: SourceFile | None = None

    def verify_file(self) -> None:
        """Ask, before anything is committed, whether the file is still the one that was hashed.

        Raises:
            UserError: ``in-use``.
        """
        if self.source is not None:
            self.source.verify(self.context.check)

    @property
    def options(self) -> ImportOptions:
        """The request's options."""
        return self.request.options


@dataclass(frozen=True, slots=True)
class TableTask:
    """One table on its way.

    Attributes:
        import_id: The import's id.
        plan: The table as understood, with the names and types that the options ask for.
        table: Where it goes.
        source: Starts a reading of its rows.
        source_in_lists: The same, in batches that are cut as keys of the former format ask for; None where `source`
            cuts them so.
        findings: What is said about its sheet as a whole.
        warm: True when the rows are in memory, so that reading them twice costs little.
        most_rows: How many rows the sheet says that it has, where they were not counted.
        rest: Sheet of every table that is known to come after this one.
    """

    import_id: str
    plan: TablePlan
    table: TableName
    source: BatchSource
    findings: tuple[Finding, ...] = ()
    warm: bool = False
    most_rows: int | None = None
    rest: tuple[str, ...] = ()
    source_in_lists: BatchSource | None = None

    def blank_outcome(self, job: Job) -> ImportOutcome:
        """The outcome before anything has happened; state and figures are filled in as they come."""
        plan = self.plan
        return ImportOutcome(
            import_id=self.import_id,
            file=job.request.path,
            sheet=plan.sheet.name,
            table=str(self.table),
            mode=job.options.mode.value,
            state=ImportState.FAILED,
            header_rows=plan.header_rows,
            first_row=plan.first_row,
            last_row=plan.last_row,
            columns=plan.columns,
            warnings=(*self.findings, *plan.findings),
            attempts=job.request.attempt,
        )

    def failed(self, job: Job, error: ErrorInfo) -> ImportOutcome:
        """The outcome of an import that failed with nothing left behind."""
        info = replace(error, sheet=error.sheet or self.plan.sheet.name)
        return replace(self.blank_outcome(job), error=info)


def said(job: Job, progress: Progress) -> None:
    """Report progress and hear a cancel."""
    job.context.check()
    job.context.progress(progress)
