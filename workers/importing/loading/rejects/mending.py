"""Loads the mended rows of a rejects workbook into the import that had rejected them.

They get that import's id and their own row numbers of the source, so that whatever takes the import back takes them
along. The ledger's figures are brought up to date in the rows' own transaction; a row is mended only once.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

import psycopg

from workers.core.model.errors import SheetferryError, UserError
from workers.core.model.json_codec import CodecError, decode
from workers.core.model.options import ImportOptions, Mode
from workers.core.model.outcomes import ImportOutcome, ImportState, Reject
from workers.core.model.plans import Finding
from workers.core.model.tasks import BackendStarted, Phase, Progress
from workers.database.explain import explain
from workers.database.ledger import ledger
from workers.importing.loading.import_task import BatchRun, Job, TableTask, said
from workers.importing.loading.pipeline import checks
from workers.importing.loading.pipeline.reject_collector import LISTED, RejectCollector
from workers.importing.loading.pipeline.table_writer import TableWriter
from workers.importing.loading.rejects.mended_rows import MendedRows, read_mended
from workers.importing.loading.strategies.choose import choose_strategy
from workers.importing.loading.target.target_table import TableName, TargetTable, find_table, lock_target
from workers.importing.loading.undo import row_versions, undo_log
from workers.importing.reading.workbook import Workbook

_PATIENCE = 3_600.0
_MERGED = (Mode.UPSERT, Mode.SKIP)


@dataclass(frozen=True, slots=True)
class _Origin:
    """The import whose rejects were mended."""

    outcome: ImportOutcome
    options: ImportOptions
    name: TableName
    table: TargetTable


class Mending:
    """One mended workbook on its way."""

    def __init__(self, job: Job, workbook: Workbook, import_id: str) -> None:
        """Prepare; `import_id` is the import whose rejects the workbook holds."""
        self._job, self._workbook, self._id = job, workbook, import_id
        self._started = time.monotonic()
        self._book = RejectCollector(job.options.max_rejects)
        self._sheet: str | None = None
        self._table: str | None = None
        self._mode = job.options.mode.value

    def run(self) -> ImportOutcome:
        """Load the rows.

        Returns:
            What became of the mended rows alone, under the first import's id; told already.

        Raises:
            EnvironmentFailure: when the connection was lost.
            Cancelled: when the job was cancelled; nothing is changed then.
        """
        try:
            outcome = self._load()
        except SheetferryError as error:
            if self._job.connection.closed:
                raise
            outcome = self._failed(error)
        except psycopg.Error as error:
            self._job.context.check()
            explained = explain(error, self._job.request.target)
            if self._job.connection.closed:
                raise explained from error
            outcome = self._failed(explained)
        finally:
            self._job.context.backend_ended(self._id)
        outcome = replace(outcome, seconds=time.monotonic() - self._started)
        self._job.context.outcome(outcome)
        return outcome

    def _failed(self, error: SheetferryError) -> ImportOutcome:
        rejects, count = tuple(self._book.first), self._book.count
        return replace(self._blank(), rejects=rejects, rows_rejected=count, error=error.info)

    def _blank(self) -> ImportOutcome:
        return ImportOutcome(
            import_id=self._id,
            file=self._job.request.path,
            sheet=self._sheet,
            table=self._table,
            mode=self._mode,
            state=ImportState.FAILED,
            attempts=self._job.request.attempt,
        )

    def _load(self) -> ImportOutcome:
        connection, dry = self._job.connection, self._job.options.dry_run
        with connection.transaction(force_rollback=dry), connection.cursor() as cursor:
            self._announce(cursor)
            origin = self._find(cursor)
            waiting = Progress(Phase.LOADING, table=self._table)
            lock_target(
                cursor, origin.name.lock_key(), shared=False, beat=lambda: said(self._job, waiting), patience=_PATIENCE
            )
            mended = read_mended(self._workbook, origin.outcome, self._open_rows(cursor))
            self._job.verify_file()
            self._sheet = mended.plan.sheet.name
            if not mended.rows:
                return self._nothing_new(mended)
            return self._write(cursor, origin, mended)

    def _announce(self, cursor: psycopg.Cursor[Any]) -> None:
        query = (
            "SELECT pid, backend_start::text, pg_current_xact_id()::text, application_name FROM pg_stat_activity"
            " WHERE pid = pg_backend_pid()"
        )
        pid, start, xid, name = cursor.execute(query).fetchone() or (0, "", "", "")
        # The first import's ledger row is there in any case: only the transaction's own end proves this one.
        self._job.context.backend_started(BackendStarted(self._id, pid, start, xid, name, ledger=False))

    def _find(self, cursor: psycopg.Cursor[Any]) -> _Origin:
        """The import, held so that nobody undoes or mends it meanwhile.

        Raises:
            UserError: ``no-such-import``, ``not-in-force`` or ``table-gone``.
        """
        row = cursor.execute(_LOCKED, (self._id,)).fetchone()
        entry = ledger.read_outcome(cursor, self._id)
        if row is None or entry is None or entry.outcome is None:
            raise UserError.of(
                "no-such-import",
                "This workbook holds rejected rows of an import that this database does not know.",
                "Choose the database of that import. To load the rows as a table, copy them into a new workbook.",
            )
        self._mode = entry.mode
        if entry.state != "loaded":
            raise UserError.of(
                "not-in-force",
                f"The import that these rows belong to is {entry.state}, so they cannot be added to it.",
                "To load them all the same, copy them into a new workbook.",
            )
        schema, table, plan = row
        name = TableName(schema, table) if table is not None else None
        found = find_table(cursor, name) if name is not None else None
        if name is None or found is None:
            raise UserError.of(
                "table-gone",
                f"The table {entry.target_table} was dropped, and the import with it.",
                "Import the whole file again.",
            )
        self._table = str(name)
        self._refuse_other_target(name)
        return _Origin(entry.outcome, self._options(cursor, plan, Mode(entry.mode)), name, found)

    def _refuse_other_target(self, name: TableName) -> None:
        """Who names a target means it; the mark in a file, which anybody can write, does not overrule it.

        Raises:
            UserError: ``other-target``.
        """
        mine = self._job.options
        asked = ".".join(part for part in (mine.schema, mine.table) if part)
        if mine.schema not in (None, name.schema) or mine.table not in (None, name.name):
            raise UserError.of(
                "other-target",
                f"This workbook holds rejected rows of an import into {name}, but {asked} was asked for.",
                "Leave the table out to add them to their import. To load them as a table, copy them into a new"
                " workbook.",
            )
        if mine.mode is Mode.REPLACE:
            raise UserError.of(
                "other-target",
                f"This workbook holds rejected rows of an import into {name}, which cannot replace that table.",
                "Leave the mode out to add them to their import.",
            )

    def _options(self, cursor: psycopg.Cursor[Any], plan: Any, mode: Mode) -> ImportOptions:
        """The first import's choices; its rows come down as they would have then."""
        try:
            options = decode(ImportOptions, plan["options"])
        except (CodecError, KeyError, TypeError):
            options = ImportOptions()
        known = tuple(undo_log.keys_of(cursor, self._id)) if self._job.kept and mode in _MERGED else ()
        mine = self._job.options
        return replace(
            options,
            mode=mode if mode in _MERGED else Mode.APPEND,
            keys=known or options.keys,
            max_rejects=mine.max_rejects,
            dry_run=mine.dry_run,
            again=True,
        )

    def _open_rows(self, cursor: psycopg.Cursor[Any]) -> set[int]:
        query = "SELECT DISTINCT source_row FROM sheetferry.rejects WHERE import_id = %s"
        return {int(row) for (row,) in cursor.execute(query, (self._id,))}

    def _nothing_new(self, mended: MendedRows) -> ImportOutcome:
        return replace(
            self._blank(),
            state=ImportState.UNCHANGED,
            rows_read=mended.known,
            rows_skipped=mended.known,
            columns=mended.plan.columns,
            warnings=(_LOADED_BEFORE,),
        )

    def _write(self, cursor: psycopg.Cursor[Any], origin: _Origin, mended: MendedRows) -> ImportOutcome:
        # Where what is kept for an undo was let go of, a part of it would look like the whole.
        undoable = self._job.kept and row_versions.noted(cursor, self._id)
        request = replace(self._job.request, options=origin.options)
        job = replace(self._job, request=request, nested=True, kept=undoable)
        task = TableTask(self._id, mended.plan, origin.name, lambda plan: BatchRun(lambda: None, []))
        landing = choose_strategy(cursor, job, task, origin.table)
        writer = TableWriter(cursor, landing.columns, self._book, landing.setup, keep_rejects=lambda: None)
        try:
            for batch in mended.batches():
                writer.take(batch)
                said(job, Progress(Phase.LOADING, writer.rows_read, None, self._sheet, self._table))
            writer.finish()
        except BaseException as error:
            writer.abandon(error)
            raise
        loaded, skipped = landing.settle(cursor, writer, self._book)
        self._book.settle(writer.rows_read)
        checks.check_counts(writer.rows_read, loaded, self._book.count, skipped)
        outcome = replace(
            self._blank(),
            state=ImportState.TRIAL if self._job.options.dry_run else ImportState.LOADED,
            rows_read=writer.rows_read + mended.known,
            rows_loaded=loaded,
            rows_rejected=self._book.count,
            rows_skipped=skipped + mended.known,
            rows_blank=writer.rows_blank,
            header_rows=(1,),
            first_row=2,
            columns=checks.final_columns(writer.columns),
            rejects=tuple(sorted(self._book.first, key=lambda reject: reject.row)),
            warnings=(_finding(origin, loaded), *landing.findings),
        )
        self._amend(cursor, origin, mended, loaded, skipped)
        if undoable and not landing.noted:
            row_versions.note_import(cursor, landing.oid, self._id, origin.name, lineage=landing.lineage)
        return outcome

    def _amend(
        self, cursor: psycopg.Cursor[Any], origin: _Origin, mended: MendedRows, loaded: int, skipped: int
    ) -> None:
        """Bring ledger and kept rejects up to date: what was mended is no reject any more."""
        still = {row.source_row for row in self._book.pending}
        gone = [number for number in mended.numbers if number not in still]
        cursor.execute(
            "DELETE FROM sheetferry.rejects WHERE import_id = %s AND source_row = ANY (%s)",
            (self._id, gone + sorted(still)),
        )
        ledger.insert_rejects(cursor, self._id, self._book.pending)
        self._book.pending.clear()
        before = origin.outcome
        left = cursor.execute(_LEFT, (self._id, LISTED)).fetchall()
        note = Finding("mended", f"{loaded:,} rejected rows were mended and loaded later.", severity="info")
        after = replace(
            before,
            rows_loaded=before.rows_loaded + loaded,
            rows_skipped=before.rows_skipped + skipped,
            rows_rejected=before.rows_rejected - loaded - skipped,
            rejects=tuple(Reject(*row) for row in left),
            warnings=(*before.warnings, note),
        )
        checks.check_counts(after.rows_read, after.rows_loaded, after.rows_rejected, after.rows_skipped)
        ledger.amend_import(cursor, after)


def _finding(origin: _Origin, loaded: int) -> Finding:
    return Finding(
        "mended-rejects",
        f"{loaded:,} mended rows went into the import {origin.outcome.import_id} of {origin.name}; an undo of it takes"
        " them along.",
        severity="info",
        count=loaded,
    )


_LOADED_BEFORE = Finding(
    "mended-rejects", "All rows of this workbook were mended and loaded before, or are no rejects.", severity="info"
)
_LOCKED = """
SELECT n.nspname, c.relname, i.plan FROM sheetferry.imports i
LEFT JOIN pg_class c ON c.oid = i.target_oid LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE i.import_id = %s FOR UPDATE OF i
"""
_LEFT = """
SELECT source_row, source_cell, value, reason FROM sheetferry.rejects
WHERE import_id = %s ORDER BY source_row, source_cell LIMIT %s
"""
