"""How rows come down in the target: straight into a new table, straight into one that exists, or by way of staging."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol

import psycopg
from psycopg import sql

from workers.core.model.differences import TableDifference
from workers.core.model.options import Mode
from workers.core.model.outcomes import ColumnSum
from workers.core.model.plans import Finding
from workers.importing.loading.import_task import Job, TableTask
from workers.importing.loading.pipeline.checks import sums
from workers.importing.loading.pipeline.columns import LoadColumn
from workers.importing.loading.pipeline.reject_collector import RejectCollector
from workers.importing.loading.pipeline.table_writer import TableWriter, WriterSetup
from workers.importing.loading.strategies.key_rules import KeyRules
from workers.importing.loading.strategies.matching import match
from workers.importing.loading.strategies.staged_append import StagedAppend, pays
from workers.importing.loading.strategies.staged_table import StagedTable
from workers.importing.loading.target.analyze import analyze
from workers.importing.loading.target.shared_table import add_primary_key, key_names
from workers.importing.loading.target.target_table import (
    LINEAGE,
    TargetTable,
    comment_columns,
    create_table,
    page_count,
    session_zone,
)

_PAGES_AHEAD = 256
"""A neighbour that loads as well extends the table by so many pages at most before it fills them; we may get some."""

_STAMPED_NOW = sql.SQL("xmin = (SELECT pg_current_xact_id()::xid)")


class LoadStrategy(Protocol):
    """Where the rows of one import come down.

    Attributes:
        columns: The columns, prepared for conversion.
        setup: What the writer is told.
        oid: The target's oid.
        existed: Whether the target was there before.
        findings: What is to be said besides.
        keys: Names of the key columns that rows were matched by.
        lineage: Whether the target's rows tell their import.
        difference: What a trial run of an upsert found out, else None.
        noted: Whether the hashes of its rows were kept as they were written.
        direct: Whether the writer's rows are in the target as soon as they are written.
    """

    columns: list[LoadColumn]
    setup: WriterSetup
    oid: int
    existed: bool
    findings: list[Finding]
    keys: list[str]
    lineage: bool
    difference: TableDifference | None
    noted: bool
    direct: bool

    def settle(self, cursor: psycopg.Cursor[Any], writer: TableWriter, book: RejectCollector) -> tuple[int, int]:
        """Finish what has to be done once all rows are sent; gives rows loaded and rows skipped."""

    def sums(self, cursor: psycopg.Cursor[Any], writer: TableWriter) -> tuple[ColumnSum, ...]:
        """Control totals."""

    def after_commit(self, job: Job) -> None:
        """What may follow once the rows are safe."""


def choose_strategy(cursor: psycopg.Cursor[Any], job: Job, task: TableTask, table: TargetTable | None) -> LoadStrategy:
    """Choose the way down and prepare the target."""
    if table is None:
        return NewTable(cursor, job, task)
    # COPY is not for tables with row-level security.
    if job.options.mode is Mode.APPEND and not table.secured:
        return ExistingTable(cursor, job, task, table)
    return StagedTable(cursor, job, task, table)


class NewTable:
    """A table made in the import's own transaction: no one else sees it before the commit."""

    existed = False
    difference: TableDifference | None = None
    noted = False
    direct = True

    def __init__(self, cursor: psycopg.Cursor[Any], job: Job, task: TableTask) -> None:
        """Create it."""
        plan = task.plan
        self.findings: list[Finding] = []
        self._job, self._task = job, task
        self.lineage = job.options.lineage is not False
        self.columns = [LoadColumn(c, job.options, watched=not plan.complete) for c in plan.columns]
        self.oid = create_table(cursor, task.table, [(c.name, c.type) for c in plan.columns], lineage=self.lineage)
        self.keys = key_names(job, task)
        if self.lineage:
            # Every row gets the id as the column's default, which costs less than sending it with each row.
            self._default(cursor, sql.SQL("SET DEFAULT {}::uuid").format(sql.Literal(task.import_id)))
        # Rows that a key refuses are named by their place in the sheet, so they bear it for as long as that takes.
        self._numbered = bool(self.keys) and not self.lineage
        if self._numbered:
            self._alter(cursor, sql.SQL("ADD COLUMN {} integer").format(sql.Identifier(LINEAGE[1])))
        self.setup = WriterSetup(
            table=task.table.sql,
            import_id=None,
            source_rows=self.lineage or self._numbered,
            type_names=None,
            guarded=False,
            own=True,
        )

    def _default(self, cursor: psycopg.Cursor[Any], action: sql.Composable) -> None:
        self._alter(cursor, sql.SQL("ALTER COLUMN {} {}").format(sql.Identifier(LINEAGE[0]), action))

    def _alter(self, cursor: psycopg.Cursor[Any], action: sql.Composable) -> None:
        cursor.execute(sql.SQL("ALTER TABLE {} {}").format(self._task.table.sql, action))

    def settle(self, cursor: psycopg.Cursor[Any], writer: TableWriter, book: RejectCollector) -> tuple[int, int]:
        """Comments, and the primary key once rows with a doubtful key are out."""
        comment_columns(cursor, self._task.table, [replace(c.plan, name=c.name) for c in self.columns])
        if self.lineage:
            self._default(cursor, sql.SQL("DROP DEFAULT"))
        loaded, skipped = writer.rows_written, 0
        if self.keys:
            rules = KeyRules(self._task.table.sql, self.keys, self.columns, self._job.options.duplicates)
            rejected, skipped = rules.apply(cursor, book)
            loaded -= rejected + skipped
            if self._numbered:
                self._alter(cursor, sql.SQL("DROP COLUMN {}").format(sql.Identifier(LINEAGE[1])))
            add_primary_key(cursor, self._task.table, self.keys)
        self._exact = not self.keys or loaded == writer.rows_written
        return loaded, skipped

    def sums(self, cursor: psycopg.Cursor[Any], writer: TableWriter) -> tuple[ColumnSum, ...]:
        """Control totals, the table's side over all its rows."""
        return sums(cursor, self._task.table.sql, self.columns, compare=self._exact)

    def after_commit(self, job: Job) -> None:
        """Statistics."""
        analyze(job, self._task.table, self.oid)


class ExistingTable:
    """A table that exists: rows are copied straight into it, or through `StagedAppend` where they are few beside it."""

    existed = True
    difference: TableDifference | None = None
    noted = False

    def __init__(self, cursor: psycopg.Cursor[Any], job: Job, task: TableTask, table: TargetTable) -> None:
        """Match the sheet's columns to the table's."""
        self.findings: list[Finding] = []
        self._job, self._task, self._table = job, task, table
        self.oid = table.oid
        self._pages = page_count(cursor, table.oid)
        self.keys: list[str] = []
        ours = self.lineage = table.has_lineage
        self.columns = []
        zone = session_zone(cursor, table)
        for found in match(task.plan, table, task.table, job.options, may_add=False):
            assert found.target is not None
            widens = ours and found.target.ours and not found.plan.fixed
            self.columns.append(
                LoadColumn(
                    found.plan,
                    job.options,
                    name=found.target.name,
                    target=found.target,
                    zone=zone,
                    fixed=not widens,
                    watched=not task.plan.complete,
                    shared=True,
                )
            )
        targets = [table.column(c.name) for c in self.columns]
        # A type such as numeric(8,2) rounds, so that its sums differ without anything being wrong.
        self._comparable = ours and all(t is not None and t.ours for t in targets)
        self.setup = WriterSetup(
            table=task.table.sql,
            import_id=task.import_id if ours else None,
            source_rows=ours,
            type_names=tuple(t.type_name for t in targets if t) if all(t and t.binary for t in targets) else None,
            guarded=table.guarded or table.doubtful,
            own=False,
            widens=ours,
            users_code=table.users_code,
        )
        self._arrivals: StagedAppend | None = None
        if pays(cursor, task, table, self._pages, self.columns):
            self._arrivals = StagedAppend(cursor, job, task, table, self.columns)
            self.setup = self._arrivals.setup(self.setup)
        self.direct = self._arrivals is None

    def settle(self, cursor: psycopg.Cursor[Any], writer: TableWriter, book: RejectCollector) -> tuple[int, int]:
        """All that was written is loaded."""
        if self._arrivals is None:
            return writer.rows_written, 0
        taken = self._arrivals.hand_over(cursor, totals=self._comparable)
        self.noted = self._arrivals.noted
        return taken, 0

    def sums(self, cursor: psycopg.Cursor[Any], writer: TableWriter) -> tuple[ColumnSum, ...]:
        """Control totals, the table's side over the rows of this import where they can be told apart."""
        if not self._comparable:
            return sums(cursor, self._task.table.sql, self.columns, compare=False)
        if self._arrivals is not None:
            return self._arrivals.sums()
        mine = sql.SQL("_import_id = {}::uuid").format(sql.Literal(self._task.import_id))
        # New rows mostly stand at the end, which spares a look through all that was there before; and who wrote a row
        # is told faster by its stamp than by its content.
        first_page = sql.Literal(f"({max(self._pages - _PAGES_AHEAD, 0)},0)")
        ways = [sql.SQL("ctid >= {}::tid AND {}").format(first_page, mine), _STAMPED_NOW, mine]
        if self._job.nested:
            ways.remove(_STAMPED_NOW)
        return sums(cursor, self._task.table.sql, self.columns, *ways, rows=writer.rows_written)

    def after_commit(self, job: Job) -> None:
        """Statistics."""
        analyze(job, self._task.table, self.oid)
