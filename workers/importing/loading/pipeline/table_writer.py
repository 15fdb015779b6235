"""Batches of cells into a table: converted column by column, widened where cells ask for it, sent with COPY."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import psycopg
from psycopg import sql

from workers.core.inference.conversion import Converted, UnconvertibleCell
from workers.core.inference.infer import common_mark
from workers.core.inference.text_format import text_of
from workers.core.model.cells import CellValue, address
from workers.core.model.options import PgType
from workers.core.model.outcomes import Reject
from workers.importing.columnar.column import ArrayColumn, EncodedCells
from workers.importing.loading.pipeline.columns import LoadColumn, Sendable
from workers.importing.loading.pipeline.copying import CopyStream, GuardedCopy, SentRow
from workers.importing.loading.pipeline.reject_collector import RejectCollector
from workers.importing.loading.pipeline.widening import alter_types, can_widen, delicate
from workers.importing.loading.target.target_table import TYPE_NAMES
from workers.importing.rows.batches import Batch


class PlanBroken(Exception):
    """The plan made from the sheet's head does not hold; the whole sheet has to be looked at first."""


class NeedsWidening(Exception):
    """Columns of a shared table must take a wider type before these rows fit.

    Attributes:
        types: The wider type by column name.
    """

    def __init__(self, types: dict[str, PgType]) -> None:
        """Keep the types."""
        super().__init__(types)
        self.types = types


@dataclass(frozen=True, slots=True)
class WriterSetup:
    """What a writer is told about its table.

    Attributes:
        table: The quoted table that rows are copied into.
        import_id: Written to each row, or None where the table does not take it or has it as its default.
        source_rows: Whether each row takes its Excel row.
        type_names: PostgreSQL's type names of the columns for the binary form; None to send text.
        guarded: Whether the table may refuse rows.
        own: True for a table made in this transaction, which may be altered on the way.
        widens: True for a shared table of ours, which is widened in a transaction of its own.
        users_code: Whether the table brings code of its users.
    """

    table: sql.Composable
    import_id: str | None
    source_rows: bool
    type_names: tuple[str, ...] | None
    guarded: bool
    own: bool
    widens: bool = False
    users_code: bool = False


class TableWriter:
    """Writes the batches of one import.

    Attributes:
        columns: The columns, with what became of them.
        rows_read: Rows taken, rejected ones included.
        rows_blank: Wholly blank rows that were dropped.
    """

    def __init__(
        self,
        cursor: psycopg.Cursor[Any],
        columns: list[LoadColumn],
        book: RejectCollector,
        setup: WriterSetup,
        keep_rejects: Callable[[], None],
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            cursor: Inside the import's transaction.
            columns: The columns to be written.
            book: Where rejected rows go.
            setup: The table.
            keep_rejects: Writes the book's pending rows to the ledger; called between two COPYs.
        """
        self._cursor = cursor
        self.columns = columns
        self._book = book
        self._setup = setup
        self._keep_rejects = keep_rejects
        self._import_id = uuid.UUID(setup.import_id) if setup.import_id else None
        names = [c.name for c in columns]
        if self._import_id is not None:
            names.append("_import_id")
        if setup.source_rows:
            names.append("_source_row")
        self._stream = CopyStream(cursor, setup.table, names, self._types(), users_code=setup.users_code)
        self._guard = GuardedCopy(cursor, self._stream, self._refused) if setup.guarded else None
        self._names = [c.plan.name for c in columns]
        self.rows_read = 0
        self.rows_blank = 0
        self.last_row: int | None = None

    def _types(self) -> list[str] | None:
        if self._setup.type_names is not None:
            types = list(self._setup.type_names)
        elif self._setup.own:
            types = [TYPE_NAMES[c.type] for c in self.columns]
        else:
            return None
        if self._import_id is not None:
            types.append("uuid")
        if self._setup.source_rows:
            types.append("int4")
        return types

    @property
    def rows_written(self) -> int:
        """Rows that the database said it took; final after `finish`."""
        return self._stream.written

    def take(self, batch: Batch) -> None:
        """Write one batch.

        Raises:
            PlanBroken: when the plan must be made anew from the whole sheet.
            NeedsWidening: when columns of a shared table are too narrow.
            UserError: ``too-many-rejects``.
        """
        self.rows_blank += batch.blank
        if batch.wide is not None:
            raise PlanBroken(f"a cell right of the table, in column {batch.wide}")
        if not batch.rows:
            return
        self.rows_read += len(batch.rows)
        self.last_row = batch.rows[-1]
        results = self._convert(batch)
        if self._stream.types is not None and any(map(_needs_text, self.columns, results)):
            self.flush()
            self._stream.types = None
        rows = batch.rows
        bad = self._misfits(results)
        if bad:
            rows = self._leave_out(batch, results, bad)
        for column, result in zip(self.columns, results, strict=True):
            column.sent(result)
        self._send(results, rows)
        if len(self._book.pending) > _PENDING_REJECTS:
            self.flush()
            self._keep_rejects()

    def _convert(self, batch: Batch) -> list[Sendable]:
        results: list[Sendable] = []
        binary = self._sends_arrays(batch)
        changes: dict[int, PgType] = {}
        for place, column in enumerate(self.columns):
            values, kinds = batch.columns[place], batch.kinds[place]
            column.watch(values, batch.rows, kinds)
            result = _result_of(column, values, kinds, binary=binary)
            better = column.better_type(result)
            if better is not None:
                changes[place] = better
            results.append(result)
        if changes:
            self._widen(changes)
            for place in changes:
                column, values, kinds = self.columns[place], batch.columns[place], batch.kinds[place]
                results[place] = _result_of(column, values, kinds, binary=binary)
        for column, result in zip(self.columns, results, strict=True):
            column.look(result, batch.rows)
        return results

    def _sends_arrays(self, batch: Batch) -> bool:
        """Whether the batch came as arrays and can go on as such."""
        if self._guard is not None or not any(isinstance(values, ArrayColumn) for values in batch.columns):
            return False
        types = self._types() if self._stream.types is not None else None
        return types is not None and all(
            not column.verbatim
            and (name == TYPE_NAMES[column.type] or (name == "varchar" and column.type is PgType.TEXT))
            for name, column in zip(types, self.columns, strict=False)
        )

    def _widen(self, changes: dict[int, PgType]) -> None:
        """Give columns their wider types: in place in our own new table, otherwise by those who call."""
        if not self._setup.own:
            raise NeedsWidening({self.columns[place].name: wanted for place, wanted in changes.items()})
        self.flush()
        for place, wanted in changes.items():
            column = self.columns[place]
            if not can_widen(column.type, wanted, empty=column.empty, loose=column.loose):
                raise PlanBroken(f"{column.name} is {wanted.value}, not {column.type.value}")
            doubtful = None if column.empty else delicate(column.name, column.type, wanted)
            if doubtful is not None and self._any_row(doubtful):
                raise PlanBroken(f"{column.name} cannot become {wanted.value} in place")
        named = [
            (self.columns[p].name, self.columns[p].type, wanted, self.columns[p].empty) for p, wanted in changes.items()
        ]
        if self.rows_read:
            self._cursor.execute(alter_types(self._setup.table, named))
        for place, wanted in changes.items():
            self.columns[place].retype(wanted)
        self._stream.types = self._types()

    def _any_row(self, condition: sql.Composable) -> bool:
        query = sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE {})").format(self._setup.table, condition)
        return self._cursor.execute(query).fetchone() == (True,)

    def _misfits(self, results: list[Sendable]) -> dict[int, tuple[int, UnconvertibleCell]]:
        """The first misfit of each row that has one: position in the batch to column place and misfit."""
        bad: dict[int, tuple[int, UnconvertibleCell]] = {}
        for place, result in enumerate(results):
            for misfit in () if isinstance(result, EncodedCells) else result.misfits:
                bad.setdefault(misfit.position, (place, misfit))
        return bad

    def _leave_out(
        self, batch: Batch, results: list[Sendable], bad: dict[int, tuple[int, UnconvertibleCell]]
    ) -> Sequence[int]:
        for position in sorted(bad):
            place, misfit = bad[position]
            row = batch.rows[position]
            cells = [values[position] for values in batch.columns]
            cell = address(row, self.columns[place].plan.index)
            reason = f"{cell}: {misfit.reason}."
            self._book.add(Reject(row, cell, text_of(misfit.value), reason), self._names, cells)
        keep = [i for i in range(len(batch.rows)) if i not in bad]
        for number, result in enumerate(results):
            if isinstance(result, EncodedCells):
                results[number] = result.keep(keep)
            else:
                result.values = [result.values[i] for i in keep]
        return [batch.rows[i] for i in keep]

    def _send(self, results: list[Sendable], rows: Sequence[int]) -> None:
        values = [result.values for result in results if isinstance(result, Converted)]
        if len(values) < len(results):
            self._send_arrays(results, rows)
            return
        streams: list[Any] = list(values)
        if self._import_id is not None:
            streams.append(repeat(self._import_id, len(rows)))
        if self._setup.source_rows:
            streams.append(rows)
        sent = zip(*streams, strict=True)
        if self._guard is not None:
            self._guard.write(zip(rows, sent, strict=True))
        else:
            self._stream.write(sent)

    def _send_arrays(self, results: list[Sendable], rows: Sequence[int]) -> None:
        # numpy is loaded by imports that have arrays only.
        from workers.importing.columnar.lineage import sent_rows

        types = [column.type for column in self.columns]
        pieces = sent_rows(results, types, rows, self._import_id, source_rows=self._setup.source_rows)
        self._stream.write_binary(pieces)

    def _refused(self, source_row: int, row: SentRow, error: psycopg.Error) -> None:
        """Book a row that the database refused, at the cell that its error names where it names one."""
        place = self._place_of(error)
        cells: list[CellValue] = list(row[: len(self.columns)])
        where = self.columns[place or 0].plan.index
        cell = address(source_row, where)
        said = error.diag.message_primary or str(error).splitlines()[0]
        detail = f" {error.diag.message_detail}" if error.diag.message_detail else ""
        value = text_of(cells[place]) if place is not None else None
        self._unbook(row)
        self._book.add(Reject(source_row, cell, value, f"{cell}: {said}.{detail}"), self._names, cells)

    def _place_of(self, error: psycopg.Error) -> int | None:
        """The place of the column that an error speaks of; of a constraint over several, the first that we send."""
        context = error.diag.context or ""
        named = [error.diag.column_name] if error.diag.column_name else self._constrained(error)
        for place, column in enumerate(self.columns):
            if column.name in named or f"column {column.name}:" in context:
                return place
        return None

    def _constrained(self, error: psycopg.Error) -> list[str]:
        diag = error.diag
        if not diag.constraint_name:
            found = self._cursor.execute(_PARTITION_KEY, (diag.schema_name, diag.table_name))
            return [str(name) for (name,) in found]
        found = self._cursor.execute(_CONSTRAINED, (diag.schema_name, diag.table_name, diag.constraint_name))
        return [str(name) for (name,) in found]

    def _unbook(self, row: SentRow) -> None:
        for column, value in zip(self.columns, row, strict=False):
            column.unsent(value)

    def flush(self) -> None:
        """Send what waits and end the COPY under way."""
        if self._guard is not None:
            self._guard.flush()
        self._stream.flush()

    def abandon(self, error: BaseException) -> None:
        """Break off."""
        self._stream.abandon(error)

    def finish(self) -> None:
        """End the last COPY and hold the plan against everything that was read.

        Raises:
            PlanBroken: when all cells together ask for another type than the column has.
        """
        self.flush()
        mark = common_mark(column.tally for column in self.columns if column.tally is not None)
        for column in self.columns:
            if not column.proven(mark):
                raise PlanBroken(f"{column.name} turned out to be of another type")


def _result_of(column: LoadColumn, values: Sequence[CellValue], kinds: frozenset[type], *, binary: bool) -> Sendable:
    encoded = column.encode(values) if binary and isinstance(values, ArrayColumn) else None
    return column.convert(values, kinds) if encoded is None else encoded


def _needs_text(column: LoadColumn, result: Sendable) -> bool:
    """Whether texts that PostgreSQL is to read are among the values, which the binary form has no room for."""
    if isinstance(result, EncodedCells):
        return False
    return column.verbatim and result.texts_read and str in set(map(type, result.values))


_PENDING_REJECTS = 5_000
_PARTITION_KEY = """
SELECT a.attname FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (p.partattrs)
WHERE n.nspname = %s AND c.relname = %s ORDER BY a.attnum
"""
_CONSTRAINED = """
SELECT a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_constraint k ON k.conrelid = c.oid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey)
WHERE n.nspname = %s AND c.relname = %s AND k.conname = %s ORDER BY a.attnum
"""
