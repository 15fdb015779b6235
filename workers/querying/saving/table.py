"""A result made into a table, in one transaction of ours: user text never runs in one that writes."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import psycopg
from psycopg import sql

from workers.core.model.errors import UserError
from workers.core.model.json_codec import encode
from workers.core.model.naming import MAX_BYTES, SYSTEM_COLUMNS, cut
from workers.core.model.options import PgType
from workers.core.model.outcome_json import outcome_to_json
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.plans import ColumnPlan
from workers.core.model.tasks import BackendStarted, Phase, Progress
from workers.core.query.columns import ResultColumn, renamed, unique_names
from workers.core.query.context import QueryContext
from workers.core.query.outcome import Note, StatementOutcome
from workers.core.query.request import QueryRequest
from workers.database.engines import connect_bulk
from workers.database.ledger import ledger
from workers.database.ledger.schema import ensure_ledger
from workers.importing.loading.target.target_table import (
    MAX_COLUMNS,
    TableName,
    create_schema,
    default_schema,
    find_table,
    lock_target,
)
from workers.importing.loading.undo import row_versions, undo_log
from workers.querying.saving.progress import Saving
from workers.querying.session.failures import failure_of
from workers.querying.spool.reader import SpoolReader

_LOCK_PATIENCE = 60.0
_MODE = "create"
_NO_COLUMN_TYPES = frozenset(
    {"unknown", "record", "void", "cstring", "internal", "trigger", "event_trigger", "record[]", "any", "anyelement"}
)
"""Types of PostgreSQL that a value may have and a column may not (its manual, "Pseudo-Types")."""

_RECEIPT_TYPES = {
    "smallint": PgType.BIGINT,
    "integer": PgType.BIGINT,
    "bigint": PgType.BIGINT,
    "real": PgType.DOUBLE,
    "double precision": PgType.DOUBLE,
    "numeric": PgType.NUMERIC,
    "boolean": PgType.BOOLEAN,
    "date": PgType.DATE,
    "timestamp without time zone": PgType.TIMESTAMP,
    "time without time zone": PgType.TIME,
    "interval": PgType.INTERVAL,
}


def save_table(
    reader: SpoolReader, request: QueryRequest, context: QueryContext, outcome: StatementOutcome
) -> StatementOutcome:
    """Make the table, copy the result in and write the ledger's row: all of it or nothing.

    Raises:
        SheetferryError: ``table-exists``, ``no-ledger``, ``too-wide``, and what the server says.
        Cancelled: when the job was cancelled; nothing is left then.
    """
    target = request.target
    if target is None:
        raise UserError.of("no-database", "A table needs a database.", "Choose one with --database.")
    try:
        with closing(connect_bulk(target, request.role)) as connection:
            context.on_cancel(connection.cancel_safe)
            try:
                return _Table(connection, reader, request, context, outcome).save()
            finally:
                context.on_cancel(None)
    except psycopg.Error as error:
        context.check()
        raise failure_of(error, target).error from error


class _Table:
    """One table being made."""

    def __init__(
        self,
        connection: psycopg.Connection[Any],
        reader: SpoolReader,
        request: QueryRequest,
        context: QueryContext,
        outcome: StatementOutcome,
    ) -> None:
        self._connection = connection
        self._reader = reader
        self._request = request
        self._context = context
        self._outcome = outcome
        self._import_id = str(uuid.uuid5(uuid.UUID(request.job_id), "save-as"))
        self._columns = reader.meta.columns
        names = unique_names((c.name for c in self._columns), taken=SYSTEM_COLUMNS)
        self._names = tuple(cut(name, MAX_BYTES) for name in names)

    def save(self) -> StatementOutcome:
        """Do it, and tell."""
        if len(self._columns) > MAX_COLUMNS:
            raise UserError.of("too-wide", f"A table holds at most {MAX_COLUMNS:,} columns.", "Ask for fewer.")
        access = ensure_ledger(self._connection)
        if not access.available:
            raise UserError.of("no-ledger", access.reason, "An administrator can run: " + " ".join(access.statements))
        keeps = undo_log.ensure_kept(self._connection)
        began = time.monotonic()
        with self._connection.transaction(), self._connection.cursor() as cursor:
            table = self._name(cursor)
            self._announce(cursor, table)
            self._refuse_existing(cursor, table)
            oid = self._create(cursor, table)
            blank = self._receipt(table)
            self._begin(cursor, table, oid, blank)
            rows = self._copy(cursor, table)
            if keeps:
                undo_log.note_facts(cursor, self._import_id, (), made_table=True)
                row_versions.note_import(cursor, oid, self._import_id, table, lineage=False)
            self._context.check()
            self._context.progress(Progress(Phase.COMMITTING, rows=rows, table=str(table)))
            receipt = replace(
                blank,
                state=ImportState.LOADED,
                rows_read=rows,
                rows_loaded=rows,
                seconds=time.monotonic() - began,
            )
            ledger.complete_import(cursor, receipt, target_oid=oid, content_key=None)
        return replace(
            self._outcome,
            table=str(table),
            import_id=self._import_id,
            notes=(*self._outcome.notes, *self._notes()),
        )

    def _name(self, cursor: psycopg.Cursor[Any]) -> TableName:
        schema, dot, name = self._request.save_as.rpartition(".")
        if not name or len(name.encode()) > MAX_BYTES or len(schema.encode()) > MAX_BYTES:
            raise UserError.of("bad-name", f"{self._request.save_as!r} is no name for a table.", "Write schema.name.")
        if not dot:
            return TableName(default_schema(cursor), name)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (TableName(schema, "").lock_key("schema"),))
        create_schema(cursor, schema)
        return TableName(schema, name)

    def _announce(self, cursor: psycopg.Cursor[Any], table: TableName) -> None:
        """Tell the pool, so that the truth about this transaction can be found out if this process dies."""
        query = (
            "SELECT pid, backend_start::text, pg_current_xact_id()::text, application_name FROM pg_stat_activity"
            " WHERE pid = pg_backend_pid()"
        )
        pid, start, xid, name = cursor.execute(query).fetchone() or (0, "", "", "")
        self._context.backend_started(BackendStarted(self._import_id, pid, start, xid, name, table=str(table)))

    def _refuse_existing(self, cursor: psycopg.Cursor[Any], table: TableName) -> None:
        waiting = Progress(Phase.SAVING, table=str(table), waits=True)

        def beat() -> None:
            self._context.check()
            self._context.progress(waiting)

        lock_target(cursor, table.lock_key(), shared=False, beat=beat, patience=_LOCK_PATIENCE)
        if find_table(cursor, table) is not None:
            raise UserError.of(
                "table-exists",
                f"There is a table {table} already.",
                "Choose another name; the rows are kept as a result.",
            )

    def _create(self, cursor: psycopg.Cursor[Any], table: TableName) -> int:
        parts = [
            # The type is the server's own text of what it described, quoted by itself where that is needed.
            sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(_column_type(column)))
            for name, column in zip(self._names, self._columns, strict=True)
        ]
        cursor.execute(sql.SQL("CREATE TABLE {} ({})").format(table.sql, sql.SQL(", ").join(parts)))
        made = find_table(cursor, table)
        if made is None:
            raise UserError.of("table-vanished", f"The table {table} vanished while it was made.", "Try again.")
        return made.oid

    def _begin(self, cursor: psycopg.Cursor[Any], table: TableName, oid: int, blank: ImportOutcome) -> None:
        ledger.begin_import(
            cursor,
            ledger.LedgerRow(
                import_id=self._import_id,
                source_file=blank.file,
                source_sheet=None,
                source_sha256=None,
                target_table=str(table),
                mode=_MODE,
                target_oid=oid,
                app_version=self._request.app_version,
                plan={**outcome_to_json(blank), "query": encode(self._reader.meta.text)},
            ),
        )

    def _receipt(self, table: TableName) -> ImportOutcome:
        text = " ".join(self._reader.meta.text.split())
        return ImportOutcome(
            import_id=self._import_id,
            file=f"SQL: {text[:200]}",
            sheet=None,
            table=str(table),
            mode=_MODE,
            state=ImportState.FAILED,
            columns=tuple(
                ColumnPlan(n, column.name, name, _RECEIPT_TYPES.get(column.base, PgType.TEXT), evidence=column.type)
                for n, (column, name) in enumerate(zip(self._columns, self._names, strict=True))
            ),
        )

    def _copy(self, cursor: psycopg.Cursor[Any], table: TableName) -> int:
        if not self._columns:
            return 0
        names = sql.SQL(", ").join(map(sql.Identifier, self._names))
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(table.sql, names)
        with cursor.copy(statement) as copy:
            for block in self._told():
                copy.write(block)
        rows = cursor.rowcount
        if rows != self._reader.meta.rows:
            raise UserError.of(
                "count-mismatch",
                f"The result has {self._reader.meta.rows:,} rows and {rows:,} arrived, so nothing was kept.",
                "Run the query again.",
            )
        return rows

    def _told(self) -> Iterator[bytes]:
        tell = Saving(self._context, self._reader.meta.rows)
        size, done = max(1, self._reader.size), 0
        for block in self._reader.raw():
            yield block
            done += len(block)
            tell(self._reader.meta.rows * done // size)

    def _notes(self) -> list[Note]:
        notes = []
        if changed := renamed(self._columns, self._names):
            notes.append(
                Note(
                    "names-changed", f"Columns need names of their own in a table: {', '.join(changed)}.", len(changed)
                )
            )
        texts = [column.type for column in self._columns if column.type in _NO_COLUMN_TYPES]
        if texts:
            notes.append(
                Note("text-columns", f"No column can have these types, they are text: {', '.join(texts)}.", len(texts))
            )
        return notes


def _column_type(column: ResultColumn) -> str:
    return "text" if column.type in _NO_COLUMN_TYPES else column.type
