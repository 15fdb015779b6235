"""One import: one table, one transaction, one ledger row.

The order within the transaction: name the server process to the parent, take the table's lock, make the table or look
at it, enter the ledger row (whose key makes a second try wait), send the rows, check them, complete the ledger row,
commit. Whatever goes wrong before the commit leaves nothing behind.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import psycopg

from workers.core.model.content_key import VERSION, ContentKey, FormerKey
from workers.core.model.errors import BugError, Cancelled, EnvironmentFailure, SheetferryError, UserError
from workers.core.model.json_codec import encode
from workers.core.model.options import Mode, PgType
from workers.core.model.outcome_json import outcome_to_json
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.plans import Finding
from workers.core.model.tasks import BackendStarted, Phase, Progress
from workers.database.explain import explain
from workers.database.ledger import ledger
from workers.database.sessions import users_path
from workers.importing.columnar.column import ArrayColumn
from workers.importing.loading.import_task import BatchRun, Job, TableTask, said
from workers.importing.loading.pipeline import checks
from workers.importing.loading.pipeline.reject_collector import RejectCollector
from workers.importing.loading.pipeline.table_writer import NeedsWidening, PlanBroken, TableWriter
from workers.importing.loading.strategies.choose import LoadStrategy, choose_strategy
from workers.importing.loading.strategies.unchanged_check import changes_nothing
from workers.importing.loading.target.lock_retry import CONTENTIONS, TRIES, LockRetry
from workers.importing.loading.target.sequences import move_on
from workers.importing.loading.target.shared_table import prepare_shared, widen_shared
from workers.importing.loading.target.target_table import TargetTable, find_table, lock_target
from workers.importing.loading.undo import row_versions, undo_log
from workers.importing.rows.batches import Batch

_LOCK_PATIENCE = 3_600.0
_ROUNDS = 5 + TRIES


@dataclass(frozen=True, slots=True)
class _Keys:
    """The key of what is being read.

    Attributes:
        present: In the present format.
        former: In the format before, where the table holds imports with such keys.
    """

    present: ContentKey
    former: FormerKey | None

    def add(self, batch: Batch) -> None:
        """Take in a batch."""
        for place, (values, kinds) in enumerate(zip(batch.columns, batch.kinds, strict=True)):
            if isinstance(values, ArrayColumn):
                values.add_to_key(self.present, place)
            else:
                self.present.add_column(place, values, kinds)
        if self.former is not None:
            self.former.add(batch.columns, batch.kinds)

    def digests(self) -> tuple[str, ...]:
        """The key in each format, the present one first."""
        return (self.present.digest(), *([self.former.digest()] if self.former else []))


class _Unchanged(Exception):
    """The same content is in force already."""

    def __init__(self, earlier: ledger.EarlierImport) -> None:
        super().__init__(earlier)
        self.earlier = earlier


class _TableChangedError(Exception):
    """The table has appeared or gone since the lock was chosen."""


@dataclass(slots=True)
class _Load:
    """What one attempt has gathered."""

    landing: LoadStrategy
    writer: TableWriter
    book: RejectCollector
    keys: _Keys
    end: tuple[int | None, tuple[Finding, ...]]


class TableImport:
    """Carries out one `TableTask`."""

    def __init__(self, job: Job, task: TableTask) -> None:
        """Prepare; nothing is sent yet."""
        self._job = job
        self._task = task
        self._options = job.options
        self._started = time.monotonic()
        self._wider: dict[str, PgType] = {}
        self._waits = LockRetry(job.connection, task.table, self._tell_waiting)

    def run(self) -> ImportOutcome:
        """Import the table.

        Returns:
            The outcome, also of a failure; it has not been reported yet.

        Raises:
            PlanBroken: when the sheet must be surveyed whole before another try.
            EnvironmentFailure: when the connection was lost; ``unknown-commit`` while the commit was under way.
            Cancelled: when the job was cancelled.
        """
        try:
            outcome = self._rounds()
        except (Cancelled, PlanBroken):
            self._over()
            raise
        except SheetferryError as error:
            if error.info.kind == "unknown-commit":
                raise
            outcome = self._failed(error)
        except psycopg.Error as error:
            self._over()
            self._job.context.check()
            explained = explain(error, self._job.request.target)
            if self._job.connection.closed:
                # Nothing more can be loaded over it; trying the rest again later is for the pool to decide.
                raise explained from error
            outcome = self._failed(explained)
        except Exception as error:
            if self._job.connection.closed:
                # A pooler's last words in the middle of a COPY surprise psycopg, which then raises a ValueError.
                self._over()
                self._job.context.check()
                raise explain(psycopg.OperationalError(_LOST), self._job.request.target) from error
            detail = "".join(traceback.format_exception(error))
            message = f"The import stopped on an error of the program itself ({type(error).__name__})."
            outcome = self._failed(BugError.of("bug", message, "Please report it with the log.", detail=detail))
        self._over()
        return replace(outcome, seconds=time.monotonic() - self._started)

    def _over(self) -> None:
        """Tell the parent that the transaction has ended; within a shared one that is for its owner to say."""
        if not self._job.nested:
            self._job.context.backend_ended(self._task.import_id)

    def _failed(self, error: SheetferryError) -> ImportOutcome:
        outcome = self._task.failed(self._job, error.info)
        book = getattr(self, "_book", None)
        if book is not None:
            outcome = replace(outcome, rejects=tuple(book.first), rows_rejected=book.count)
        return outcome

    def _rounds(self) -> ImportOutcome:
        """Attempt until the shared table is wide enough.

        A table that is missing is made in the import's own transaction, so that not even an empty one is left behind
        by an import that fails or is killed; whoever else wants to load into it waits until then.
        """
        joins = self._options.mode is not Mode.CREATE and not self._options.dry_run
        for _ in range(_ROUNDS):
            try:
                there = joins and prepare_shared(self._job, self._task)
                return self._attempt(there)
            except CONTENTIONS as error:
                self._waits.backoff(error)
            except _TableChangedError:
                continue
            except NeedsWidening as wish:
                if self._options.dry_run:
                    self._wider.update(wish.types)
                else:
                    self._widen(wish.types)
            except _Unchanged as found:
                return self._unchanged(found.earlier)
        raise UserError.of(
            "table-in-use",
            f"Columns of {self._task.table} were changed again and again while rows were loaded into it.",
            "Wait until other imports into it have ended, then try again.",
        )

    def _widen(self, types: dict[str, PgType]) -> None:
        while True:
            try:
                return widen_shared(self._job, self._task.table, types)
            except CONTENTIONS as error:
                self._waits.backoff(error)

    def _tell_waiting(self, note: str) -> None:
        sheet, table = self._task.plan.sheet.name, str(self._task.table)
        said(self._job, Progress(Phase.LOADING, sheet=sheet, table=table, waits=True, note=note))

    def _attempt(self, there: bool) -> ImportOutcome:
        """Load once, into a table that is `there` already or into a new one."""
        with self._transaction() as cursor:
            self._announce(cursor)
            self._lock(cursor, shared=there and self._options.mode is Mode.APPEND)
            if self._options.dry_run and self._options.mode is not Mode.CREATE:
                prepare_shared(self._job, self._task)
                if self._wider:
                    widen_shared(self._job, self._task.table, self._wider)
            table = find_table(cursor, self._task.table)
            if self._options.mode is not Mode.CREATE and not self._options.dry_run and there is (table is None):
                raise _TableChangedError
            self._refuse_existing(cursor, table)
            self._refuse_keyless(table)
            load = self._load(cursor, table)
            outcome = self._settle(cursor, load)
        if not self._options.dry_run:
            load.landing.after_commit(self._job)
        return outcome

    @contextmanager
    def _transaction(self) -> Iterator[psycopg.Cursor[Any]]:
        """The import's transaction; one that may or may not have been committed is said to be so."""
        connection = self._job.connection
        complete = False
        try:
            with connection.transaction(force_rollback=self._options.dry_run), connection.cursor() as cursor:
                yield cursor
                complete = True
        except psycopg.OperationalError as error:
            if complete and connection.closed and not self._options.dry_run and not self._job.nested:
                raise unknown_commit(error) from error
            raise

    def _announce(self, cursor: psycopg.Cursor[Any]) -> None:
        query = (
            "SELECT pid, backend_start::text, pg_current_xact_id()::text, application_name FROM pg_stat_activity"
            " WHERE pid = pg_backend_pid()"
        )
        pid, start, xid, name = cursor.execute(query).fetchone() or (0, "", "", "")
        self._job.context.backend_started(
            BackendStarted(
                self._task.import_id,
                pid,
                start,
                xid,
                name,
                self._task.plan.sheet.name,
                str(self._task.table),
                ledger=self._job.ledger,
                # One transaction for all tables leaves nothing behind once it is committed.
                rest=() if self._job.nested else self._task.rest,
                file=self._job.request.path,
            )
        )

    def _lock(self, cursor: psycopg.Cursor[Any], extra: str = "", *, shared: bool = False) -> None:
        waiting = Progress(Phase.LOADING, sheet=self._task.plan.sheet.name, table=str(self._task.table), waits=True)
        lock_target(
            cursor,
            self._task.table.lock_key(extra),
            shared=shared,
            beat=lambda: said(self._job, waiting),
            patience=_LOCK_PATIENCE,
        )
        said(self._job, replace(waiting, waits=False))

    def _refuse_existing(self, cursor: psycopg.Cursor[Any], table: TargetTable | None) -> None:
        """With ``create`` an existing table ends the import: as unchanged where it holds just this content."""
        if self._options.mode is not Mode.CREATE or table is None:
            return
        if self._job.ledger and not self._options.again and ledger.imports_of_table(cursor, table.oid):
            keys = self._new_keys(cursor, table)
            run = self._reading(keys)
            while (batch := run.batches()) is not None:
                said(self._job, Progress(Phase.READING, sheet=self._task.plan.sheet.name))
                keys.add(batch)
            self._ask_in_force(cursor, keys.digests(), table.oid, lineage=table.has_lineage)
        raise UserError.of(
            "table-exists",
            f"There is a table {self._task.table} already.",
            "Choose another name with --table, or --mode append, replace or upsert.",
        )

    def _refuse_keyless(self, table: TargetTable | None) -> None:
        """A new table has no key of its own by which rows could be matched."""
        if table is None and self._options.mode in (Mode.UPSERT, Mode.SKIP) and not self._options.keys:
            raise UserError.of(
                "no-key",
                f"There is no table {self._task.table} yet, so no key is known by which rows could be matched.",
                "Name the columns that tell rows apart with --key.",
            )

    def _reading(self, keys: _Keys) -> BatchRun:
        start = self._task.source if keys.former is None else self._task.source_in_lists or self._task.source
        return start(self._task.plan)

    def _new_keys(self, cursor: psycopg.Cursor[Any], table: TargetTable | None) -> _Keys:
        columns = self._task.plan.columns
        left = columns[0].index if columns else 0
        # However a column was named when its type was chosen, it is the same choice.
        chosen = tuple((c.name, c.type) for c in columns if c.fixed)
        named = [(c.index - left, c.name) for c in columns]
        options = replace(self._options, type_overrides=chosen)
        asked = self._job.ledger and table is not None and ledger.has_former_keys(cursor, table.oid, VERSION)
        return _Keys(ContentKey(named, options), FormerKey(named, options) if asked else None)

    def _ask_in_force(
        self, cursor: psycopg.Cursor[Any], digests: Sequence[str], oid: int, *, lineage: bool, written: int = 0
    ) -> None:
        for digest in digests:
            earlier = ledger.in_force(cursor, digest, oid, written=written)
            if earlier is not None and changes_nothing(
                cursor, self._options.mode, earlier, self._task.table, lineage=lineage, kept=self._job.kept
            ):
                raise _Unchanged(earlier)

    def _load(self, cursor: psycopg.Cursor[Any], table: TargetTable | None) -> _Load:
        book = self._book = RejectCollector(self._options.max_rejects)
        landing = choose_strategy(cursor, self._job, self._task, table)
        self._begin(cursor, landing)
        if landing.setup.guarded and self._options.mode is not Mode.REPLACE:
            # Else a row that breaks a deferred constraint would be found at the commit, when it cannot be named.
            with users_path(cursor):
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        writer = TableWriter(
            cursor, landing.columns, book, landing.setup, keep_rejects=lambda: self._keep_rejects(cursor, book)
        )
        keys = self._new_keys(cursor, table)
        run = self._reading(keys)
        try:
            self._pump(run.batches, writer, keys)
            writer.finish()
        except BaseException as error:
            writer.abandon(error)
            raise
        end = run.end[0] if run.end else (self._task.plan.last_row, ())
        return _Load(landing, writer, book, keys, end)

    def _pump(self, batches: Any, writer: TableWriter, keys: _Keys) -> None:
        rows = self._task.plan.rows
        name, sheet = str(self._task.table), self._task.plan.sheet.name
        while (batch := batches()) is not None:
            keys.add(batch)
            writer.take(batch)
            share = min(writer.rows_read / rows, 1.0) if rows else None
            said(self._job, Progress(Phase.LOADING, writer.rows_read, share, sheet, name))

    def _begin(self, cursor: psycopg.Cursor[Any], landing: LoadStrategy) -> None:
        if not self._job.ledger:
            return
        request = self._job.request
        row = ledger.LedgerRow(
            import_id=self._task.import_id,
            source_file=request.path,
            source_sheet=self._task.plan.sheet.name,
            source_sha256=self._job.sha256,
            target_table=str(self._task.table),
            mode=self._options.mode.value,
            target_oid=landing.oid,
            app_version=request.app_version,
            plan={**outcome_to_json(self._task.blank_outcome(self._job)), "options": encode(self._options)},
        )
        try:
            with cursor.connection.transaction():
                ledger.begin_import(cursor, row)
        except psycopg.errors.UniqueViolation:
            earlier = ledger.read_outcome(cursor, self._task.import_id)
            if earlier is None:
                raise
            raise _Unchanged(earlier) from None

    def _keep_rejects(self, cursor: psycopg.Cursor[Any], book: RejectCollector) -> None:
        if self._job.ledger and book.pending:
            ledger.insert_rejects(cursor, self._task.import_id, book.pending)
        book.pending.clear()

    def _settle(self, cursor: psycopg.Cursor[Any], load: _Load) -> ImportOutcome:
        """Check everything, complete the ledger row, give the outcome that the commit will make true."""
        writer, book, landing = load.writer, load.book, load.landing
        said(
            self._job,
            Progress(Phase.CHECKING, writer.rows_read, 1.0, self._task.plan.sheet.name, str(self._task.table)),
        )
        self._job.verify_file()
        digests = load.keys.digests()
        self._ask_unchanged(cursor, landing, digests, writer.rows_written)
        loaded, skipped = landing.settle(cursor, writer, book)
        moved = self._move_sequences(cursor, landing, writer)
        book.settle(writer.rows_read)
        checks.check_counts(writer.rows_read, loaded, book.count, skipped)
        self._keep_rejects(cursor, book)
        last_row, end_findings = load.end
        outcome = replace(
            self._task.blank_outcome(self._job),
            state=ImportState.TRIAL if self._options.dry_run else ImportState.LOADED,
            rows_read=writer.rows_read,
            rows_loaded=loaded,
            rows_rejected=book.count,
            rows_skipped=skipped,
            rows_blank=writer.rows_blank,
            last_row=last_row if last_row is not None else writer.last_row,
            columns=checks.final_columns(writer.columns),
            warnings=checks.final_warnings(
                self._task.blank_outcome(self._job).warnings,
                writer.columns,
                (*end_findings, *landing.findings, *moved, *self._waits.findings(), *self._way_back()),
            ),
            rejects=tuple(sorted(book.first, key=lambda reject: reject.row)),
            sums=landing.sums(cursor, writer),
            difference=landing.difference,
            seconds=time.monotonic() - self._started,
        )
        if self._options.dry_run:
            return replace(outcome, warnings=(*outcome.warnings, _DRY_RUN))
        said(self._job, Progress(Phase.COMMITTING, writer.rows_read, 1.0, outcome.sheet, outcome.table))
        if self._job.kept:
            task = self._task
            undo_log.note_facts(cursor, task.import_id, landing.keys, made_table=not landing.existed)
            if not landing.noted:
                self._note_rows(cursor, landing)
        if self._job.ledger:
            ledger.complete_import(cursor, outcome, target_oid=landing.oid, content_key=digests[0])
        return outcome

    def _move_sequences(self, cursor: psycopg.Cursor[Any], landing: LoadStrategy, writer: TableWriter) -> list[Finding]:
        if not landing.existed:
            return []
        highest = {c.name: c.totals.highest for c in writer.columns if c.type is PgType.BIGINT}
        known = {name: high for name, high in highest.items() if high is not None}
        return move_on(cursor, self._task.table, landing.oid, known, trial=self._options.dry_run) if known else []

    def _note_rows(self, cursor: psycopg.Cursor[Any], landing: LoadStrategy) -> None:
        plain = not (landing.setup.guarded or landing.keys or self._options.mode is Mode.REPLACE or self._job.nested)
        note = row_versions.note_plain_import if plain else row_versions.note_import
        note(cursor, landing.oid, self._task.import_id, self._task.table, lineage=landing.lineage)

    def _way_back(self) -> tuple[Finding, ...]:
        return (_NO_WAY_BACK,) if self._job.ledger and not self._job.kept else ()

    def _ask_unchanged(
        self, cursor: psycopg.Cursor[Any], landing: LoadStrategy, digests: Sequence[str], written: int
    ) -> None:
        """Under a lock on table and content, so that two windows with the same file do not both load it."""
        if not self._job.ledger:
            return
        self._lock(cursor, extra=digests[0])
        if landing.existed and not self._options.again:
            in_table = written if landing.direct else 0
            self._ask_in_force(cursor, digests, landing.oid, lineage=landing.lineage, written=in_table)

    def _unchanged(self, earlier: ledger.EarlierImport) -> ImportOutcome:
        """The outcome when the content is there already; a second try of this very import tells its first outcome."""
        if earlier.import_id == self._task.import_id and earlier.outcome is not None:
            return earlier.outcome
        outcome = replace(self._task.blank_outcome(self._job), import_id=earlier.import_id, state=ImportState.UNCHANGED)
        before = earlier.outcome
        if before is None:
            return outcome
        return replace(
            outcome,
            rows_read=before.rows_read,
            rows_blank=before.rows_blank,
            rows_rejected=before.rows_rejected,
            last_row=before.last_row,
            columns=before.columns,
        )


_LOST = "the connection was lost"
_NO_WAY_BACK = Finding(
    "no-undo",
    "This import cannot be undone: your role may not write to schema sheetferry_kept, where the rows before it are"
    " kept.",
    severity="info",
)
_DRY_RUN = Finding("dry-run", "This was a trial: everything was rolled back, nothing was kept.", severity="info")


def unknown_commit(error: BaseException) -> EnvironmentFailure:
    """The error for a commit whose answer was lost."""
    failure = EnvironmentFailure.of(
        "unknown-commit",
        "The connection to the database was lost while the import was being committed.",
        "Whether it was is settled as soon as the database can be reached again.",
        detail=str(error),
    )
    assert isinstance(failure, EnvironmentFailure)
    return failure
