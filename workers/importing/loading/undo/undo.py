"""Takes one import back, in one transaction, without touching what anybody changed since."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

import psycopg
from psycopg import sql

from workers.core.model.errors import SheetferryError, UserError
from workers.core.model.tasks import Phase, Progress, TaskContext
from workers.core.model.undo_report import UndoReport, UndoRequest
from workers.database.engines import connect_bulk
from workers.database.explain import explain
from workers.database.ledger import ledger
from workers.database.ledger.guard import refuse_foreign_code
from workers.database.ledger.schema import ensure_ledger
from workers.database.sessions import settle_deferred, users_path
from workers.importing.loading.target.lock_retry import CONTENTIONS, LockRetry
from workers.importing.loading.target.target_table import TableName, TargetTable, find_table, lock_target
from workers.importing.loading.undo import row_versions, undo_log

_PATIENCE = 60.0
_LISTED = 100


def run_undo(request: UndoRequest, context: TaskContext) -> UndoReport:
    """Take an import back.

    A create drops its table when every row in it is its own and unedited, otherwise its rows are deleted; an append
    loses its rows; an upsert gives changed rows their former values; a replace brings the former rows back. Rows that
    were edited since are kept and listed. Rows that others refer to make it refuse.

    Raises:
        EnvironmentFailure: when the database cannot be reached.
        Cancelled: when the job was cancelled; nothing is changed then.
    """
    with closing(connect_bulk(request.target, f"undo-{request.job_id[:8]}")) as connection:
        context.on_cancel(connection.cancel_safe)
        try:
            ensure_ledger(connection)
            return _undo(connection, request, context)
        except SheetferryError as error:
            return UndoReport(request.import_id, "", "", "refused", error=error.info)
        except psycopg.errors.ForeignKeyViolation as error:
            return UndoReport(
                request.import_id, "", "", "refused", error=_referred(str(error.diag.message_detail)).info
            )
        except psycopg.Error as error:
            context.check()
            raise explain(error, request.target) from error
        finally:
            context.on_cancel(None)


def _undo(connection: psycopg.Connection[Any], request: UndoRequest, context: TaskContext) -> UndoReport:
    waits: LockRetry | None = None
    while True:
        try:
            return _undo_once(connection, request, context)
        except CONTENTIONS as error:
            waits = waits or _waits(connection, request, context)
            waits.backoff(error)


def _waits(connection: psycopg.Connection[Any], request: UndoRequest, context: TaskContext) -> LockRetry:
    with connection.transaction(), connection.cursor() as cursor:
        entry = ledger.read_outcome(cursor, request.import_id)
    schema, _, table = (entry.target_table if entry else "").partition(".")

    def tell(note: str) -> None:
        context.check()
        context.progress(Progress(Phase.LOADING, table=f"{schema}.{table}", waits=True, note=note))

    return LockRetry(connection, TableName(schema, table), tell)


def _undo_once(connection: psycopg.Connection[Any], request: UndoRequest, context: TaskContext) -> UndoReport:
    with connection.transaction(force_rollback=request.trial), connection.cursor() as cursor:
        undo = _Undo(cursor, request.import_id, context)
        report = undo.run()
    return replace(report, state="would-undo") if request.trial else report


@dataclass(frozen=True, slots=True)
class _Effect:
    """What was done: rows deleted, rows given their former values, whether the table was dropped."""

    removed: int = 0
    restored: int = 0
    dropped: bool = False


class _Undo:
    """One import being taken back."""

    def __init__(self, cursor: psycopg.Cursor[Any], import_id: str, context: TaskContext) -> None:
        self._cursor = cursor
        self._id = import_id
        self._context = context
        self._users_code = True

    def run(self) -> UndoReport:
        """Find out what is there and take the import back."""
        refuse_foreign_code(self._cursor)
        entry = self._entry()
        acting = self._act_for(entry)
        name, table = self._find_target(entry)
        if acting and table.users_code:
            raise _code_of_others(name, entry.made_by)
        waiting = Progress(Phase.LOADING, table=str(name), waits=True)
        lock_target(self._cursor, name.lock_key(), shared=False, beat=lambda: self._beat(waiting), patience=_PATIENCE)
        self._cursor.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(name.sql))
        self._find_rows(name, table)
        self._refuse_references(name, table)
        edited = self._edited(name, table)
        self._users_code = table.users_code
        effect = self._take_back(entry, name, table, edited)
        settle_deferred(self._cursor, table.users_code)
        if not ledger.mark_undone(self._cursor, self._id):
            raise UserError.of(
                "not-in-force",
                "The import was taken back or replaced by somebody else at the same moment.",
                "`sheetferry history` shows what is in force.",
            )
        undo_log.drop_kept(self._cursor, self._id)
        return UndoReport(
            import_id=self._id,
            table=str(name),
            mode=entry.mode,
            state="undone",
            rows_removed=effect.removed,
            rows_restored=effect.restored,
            rows_kept=len(edited)
            if table.has_lineage
            else max(entry.rows_loaded - effect.removed - effect.restored, 0),
            kept=tuple(edited[:_LISTED]),
            table_dropped=effect.dropped,
        )

    def _beat(self, progress: Progress) -> None:
        self._context.check()
        self._context.progress(progress)

    def _entry(self) -> ledger.EarlierImport:
        entry = ledger.read_outcome(self._cursor, self._id)
        if entry is None:
            raise UserError.of(
                "no-such-import",
                f"The ledger of this database knows no import {self._id}.",
                "`sheetferry history` lists the imports there are.",
            )
        if entry.state != "loaded":
            words = {"undone": "was undone already", "superseded": "was replaced by a later import"}
            raise UserError.of(
                "not-in-force",
                f"The import {words.get(entry.state, 'is not in force any more')}, so there is nothing to take back.",
                "`sheetferry history` shows what is in force.",
            )
        return entry

    def _act_for(self, entry: ledger.EarlierImport) -> bool:
        """Go on with the rights of the role that made the import; True if that is another than the connected one.

        What the ledger says of an import was written by that role. With more rights than its own, an entry of it could
        have rows deleted that were never its own.

        Raises:
            UserError: ``not-yours`` when the connected role may not act for it.
        """
        row = self._cursor.execute("SELECT current_user").fetchone()
        me = str(row[0]) if row else ""
        if entry.made_by in ("", me):
            return False
        try:
            with self._cursor.connection.transaction():
                self._cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(entry.made_by)))
        except psycopg.Error as error:
            if error.sqlstate not in _NO_SUCH_RIGHT:
                raise
            raise UserError.of(
                "not-yours",
                f"The import was made by the role {entry.made_by}, and {me} may not act for that role.",
                f"Let {entry.made_by} take it back, or a member of it. Where that role is gone, an administrator can"
                " write another one into made_by of the import in sheetferry.imports.",
            ) from error
        return True

    def _find_target(self, entry: ledger.EarlierImport) -> tuple[TableName, TargetTable]:
        """The table by its oid, whatever it is called by now; one restored from a dump by its name and our rows."""
        found = self._cursor.execute(_BY_OID, (entry.target_oid,)).fetchone() or self._restored(entry)
        table = None
        if found is not None:
            name = TableName(*found)
            table = find_table(self._cursor, name)
        if found is None or table is None:
            ledger.mark_gone(self._cursor, self._id)
            raise UserError.of(
                "table-gone",
                f"The table {entry.target_table} was dropped, and the rows of this import with it.",
                "There is nothing left to take back.",
            )
        return TableName(*found), table

    def _restored(self, entry: ledger.EarlierImport) -> tuple[str, str] | None:
        schema, _, table = entry.target_table.partition(".")
        name = TableName(schema, table)
        found = find_table(self._cursor, name)
        if found is None or not found.has_lineage:
            return None
        query = sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE _import_id = %s)").format(name.sql)
        return (schema, table) if self._cursor.execute(query, (self._id,)).fetchone() == (True,) else None

    def _find_rows(self, name: TableName, table: TargetTable) -> None:
        """Tell the import's rows from others', and edited ones from those that are as they were.

        Raises:
            UserError: ``nothing-kept`` when that is not known any more.
        """
        if not row_versions.find_own(self._cursor, table.oid, name, self._id, lineage=table.has_lineage):
            raise UserError.of(
                "nothing-kept",
                "What an undo needs to know of this import is not kept (any more), so edited rows cannot be told from"
                " others. Nothing was taken back.",
                "Delete its rows yourself"
                + (f": they bear _import_id = '{self._id}'." if table.has_lineage else ", or import the file again."),
            )

    def _edited(self, name: TableName, table: TargetTable) -> list[str]:
        if not table.has_lineage:
            return []
        query = sql.SQL("SELECT t::text FROM {} t WHERE {} AND NOT ({}) ORDER BY t._source_row").format(
            name.sql, row_versions.own(), row_versions.pristine()
        )
        return [str(row) for (row,) in self._cursor.execute(query)]

    def _refuse_references(self, name: TableName, table: TargetTable) -> None:
        """Rows that others refer to are not taken away, least of all by a cascade.

        Raises:
            UserError: ``referred-to`` with the tables that refer to them.
        """
        keys = self._cursor.execute(_REFERENCES, (table.oid,)).fetchall()
        for schema, other, theirs, ours, operators in keys:
            pairs = sql.SQL(" AND ").join(
                # The operator of the foreign key itself, as PostgreSQL writes it with its schema.
                sql.SQL("t.{} OPERATOR({}.{}) r.{}").format(
                    sql.Identifier(b), sql.Identifier(where), sql.SQL(operator), sql.Identifier(a)
                )
                for a, b, (where, operator) in zip(theirs, ours, operators, strict=True)
            )
            query = sql.SQL("SELECT count(*) FROM {} t WHERE {} AND EXISTS (SELECT FROM {} r WHERE {})").format(
                name.sql, row_versions.own(), sql.Identifier(schema, other), pairs
            )
            count = int((self._cursor.execute(query).fetchone() or (0,))[0])
            if count:
                raise _referred(f"{count:,} of them from {schema}.{other}.")

    def _take_back(
        self, entry: ledger.EarlierImport, name: TableName, table: TargetTable, edited: Sequence[str]
    ) -> _Effect:
        if entry.mode == "replace" and undo_log.exists(self._cursor, undo_log.before_name(self._id)):
            return self._bring_back(entry, name, table, edited)
        if entry.mode == "upsert" and undo_log.exists(self._cursor, undo_log.before_name(self._id)):
            return self._give_former_values(name, table)
        if (
            entry.mode != "append"
            and not edited
            and self._all_mine(entry, name, table)
            and not self._depends(table.oid)
        ):
            removed = self._count(name)
            self._cursor.execute(sql.SQL("DROP TABLE {}").format(name.sql))
            return _Effect(removed, dropped=True)
        return _Effect(self._delete(name, row_versions.own()))

    def _delete(self, name: TableName, condition: sql.Composable) -> int:
        query = sql.SQL("DELETE FROM {} t WHERE {} AND {}").format(name.sql, condition, row_versions.pristine())
        return self._write(query)

    def _write(self, statement: sql.Composed) -> int:
        """Write to the user's table, with what its triggers and rules need."""
        with users_path(self._cursor, self._users_code):
            self._cursor.execute(statement)
        return self._cursor.rowcount

    def _count(self, name: TableName) -> int:
        row = self._cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(name.sql)).fetchone()
        return int(row[0]) if row else 0

    def _all_mine(self, entry: ledger.EarlierImport, name: TableName, table: TargetTable) -> bool:
        """Whether this import made the table and no row is anyone else's."""
        others = [e for e in ledger.imports_of_table(self._cursor, table.oid) if e.import_id != self._id]
        made = entry.mode == "create" or undo_log.made_table(self._cursor, self._id)
        if others or not made:
            return False
        query = sql.SQL("SELECT EXISTS (SELECT FROM {} t WHERE ({}) IS NOT TRUE)").format(name.sql, row_versions.own())
        return self._cursor.execute(query).fetchone() == (False,)

    def _depends(self, oid: int) -> bool:
        return self._cursor.execute(_DEPENDENTS, {"oid": oid}).fetchone() == (True,)

    def _bring_back(
        self, entry: ledger.EarlierImport, name: TableName, table: TargetTable, edited: Sequence[str]
    ) -> _Effect:
        """Undo a replace: only while it is the table's latest import and nobody touched its rows.

        Raises:
            UserError: ``later-import`` or ``edited-rows``.
        """
        newest = ledger.imports_of_table(self._cursor, table.oid)
        if newest and newest[0].import_id != self._id:
            raise UserError.of(
                "later-import",
                f"Another import went into {name} after this one, so the former rows cannot simply come back.",
                f"Undo {newest[0].import_id} first.",
            )
        foreign = sql.SQL("SELECT count(*) FROM {} t WHERE ({}) IS NOT TRUE").format(name.sql, row_versions.own())
        strangers = int((self._cursor.execute(foreign).fetchone() or (0,))[0])
        if edited or strangers:
            raise UserError.of(
                "edited-rows",
                f"{max(len(edited), strangers):,} rows of {name} were edited or added since the replace.",
                "Save them elsewhere and delete them, then undo again.",
            )
        removed = self._count(name)
        self._write(sql.SQL("DELETE FROM {}").format(name.sql))
        restored = self._insert_before(name, table)
        ledger.mark_restored(self._cursor, self._id, table.oid)
        return _Effect(removed, restored)

    def _insert_before(self, name: TableName, table: TargetTable) -> int:
        before = undo_log.before_name(self._id)
        names = sql.SQL(", ").join(sql.Identifier(c) for c in self._common(before, table))
        query = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}").format(
            name.sql, names, names, before.sql
        )
        return self._write(query)

    def _common(self, before: TableName, table: TargetTable) -> list[str]:
        image = find_table(self._cursor, before)
        there = {c.name for c in image.columns} if image else set()
        generated = self._cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s AND attgenerated <> ''", (table.oid,)
        )
        barred = {str(column) for (column,) in generated}
        return [c.name for c in table.columns if c.name in there and c.name not in barred]

    def _give_former_values(self, name: TableName, table: TargetTable) -> _Effect:
        """Undo an upsert: changed rows get their former values, added ones go."""
        before = undo_log.before_name(self._id)
        keys = undo_log.keys_of(self._cursor, self._id)
        pairs = table.same(keys, "b", "t")
        # Numbers that the server gives by itself: no import changed them, and no UPDATE may set them.
        own_numbers = {c.name for c in table.columns if c.identity}
        changes = sql.SQL(", ").join(
            sql.SQL("{0} = b.{0}").format(sql.Identifier(c))
            for c in self._common(before, table)
            if c not in keys and c not in own_numbers
        )
        restore = sql.SQL("UPDATE {} t SET {} FROM {} b WHERE {} AND {} AND {}").format(
            name.sql, changes, before.sql, pairs, row_versions.own(), row_versions.pristine()
        )
        fresh = sql.SQL("{} AND NOT EXISTS (SELECT FROM {} b WHERE {})").format(row_versions.own(), before.sql, pairs)
        removed = self._delete(name, fresh)
        restored = self._write(restore) if self._common(before, table) else 0
        return _Effect(removed, restored)


_NO_SUCH_RIGHT = {"42501", "22023"}
"""Not a member of the role; no such role."""


def _code_of_others(name: TableName, role: str) -> UserError:
    error = UserError.of(
        "not-yours",
        f"The import was made by the role {role}, and {name} runs code when its rows change (triggers, functions in"
        " defaults or checks, types of its own), which would run with your rights.",
        f"Let {role} take it back, or a member of it by its own login.",
    )
    assert isinstance(error, UserError)
    return error


def _referred(detail: str) -> UserError:
    error = UserError.of(
        "referred-to",
        f"Rows of this import are referred to by other tables: {detail} Nothing was taken back.",
        "Delete or change the rows that refer to them first.",
    )
    assert isinstance(error, UserError)
    return error


_BY_OID = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = %s
"""
_REFERENCES = """
SELECT n.nspname, c.relname,
       ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(num, place)
             JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num ORDER BY u.place),
       ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(num, place)
             JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num ORDER BY u.place),
       ARRAY(SELECT ARRAY[s.nspname::text, o.oprname::text] FROM unnest(k.conpfeqop) WITH ORDINALITY u(num, place)
             JOIN pg_operator o ON o.oid = u.num JOIN pg_namespace s ON s.oid = o.oprnamespace ORDER BY u.place)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.confrelid = %s AND k.contype = 'f' AND k.conparentid = 0
"""
_DEPENDENTS = """
SELECT EXISTS (SELECT FROM pg_depend d WHERE d.refobjid = %(oid)s AND d.refclassid = 'pg_class'::regclass
               AND d.deptype = 'n' AND d.classid <> 'pg_constraint'::regclass)
    OR EXISTS (SELECT FROM pg_constraint k WHERE k.confrelid = %(oid)s)
"""
