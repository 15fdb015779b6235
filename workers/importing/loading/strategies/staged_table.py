"""Upsert, skip and replace: rows are copied into a private staging table and merged by one set-based statement."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from workers.core.inference.text_format import text_of
from workers.core.model.cells import address
from workers.core.model.column_selection import positions
from workers.core.model.differences import TableDifference
from workers.core.model.errors import UserError
from workers.core.model.options import Mode
from workers.core.model.outcomes import ColumnSum, Reject
from workers.core.model.plans import Finding
from workers.database.ledger import ledger
from workers.database.sessions import settle_deferred, users_path
from workers.importing.loading.import_task import Job, TableTask
from workers.importing.loading.pipeline.checks import sums
from workers.importing.loading.pipeline.columns import LoadColumn
from workers.importing.loading.pipeline.copying import roll_back_to
from workers.importing.loading.pipeline.reject_collector import RejectCollector
from workers.importing.loading.pipeline.table_writer import TableWriter, WriterSetup
from workers.importing.loading.strategies import merge
from workers.importing.loading.strategies.comparison import Comparison, difference_words
from workers.importing.loading.strategies.key_rules import KeyRules
from workers.importing.loading.strategies.matching import lacking, match
from workers.importing.loading.strategies.table_swap import Swap, can_swap
from workers.importing.loading.target.analyze import analyze
from workers.importing.loading.target.target_table import LINEAGE, TargetTable, overriding, session_zone
from workers.importing.loading.undo import row_versions, undo_log

_STAGE = sql.Identifier("pg_temp", "sheetferry_staging")
_ROW = sql.Identifier("_source_row")
_REFUSALS = (
    psycopg.errors.DataError,
    psycopg.errors.IntegrityError,
    psycopg.errors.RaiseException,
    # A value of a type for which the server was not built.
    psycopg.errors.FeatureNotSupported,
)
_UNIQUE_INDEX = """
SELECT ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = i.indrelid
             AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1])), i.indisprimary, i.indimmediate
FROM pg_index i WHERE i.indrelid = %s AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
"""


class StagedTable:
    """A table that exists and whose rows meet the sheet's by key, or give way to them."""

    existed = True
    noted = False
    direct = False

    def __init__(self, cursor: psycopg.Cursor[Any], job: Job, task: TableTask, table: TargetTable) -> None:
        """Match columns, find the key, make the staging table."""
        self.findings: list[Finding] = []
        self.difference: TableDifference | None = None
        self._job, self._task, self._table = job, task, table
        self.oid = table.oid
        self._mode = job.options.mode
        self._into: sql.Composable = task.table.sql
        ours = self.lineage = table.has_lineage
        matches = match(task.plan, table, task.table, job.options, may_add=False)
        zone = session_zone(cursor, table)
        self.columns = [
            LoadColumn(
                m.plan,
                job.options,
                name=m.target.name,
                target=m.target,
                zone=zone,
                fixed=not (ours and m.target.ours and not m.plan.fixed),
                watched=not task.plan.complete,
                shared=True,
            )
            for m in matches
            if m.target is not None
        ]
        self._unique: list[set[str]] = []
        self._refusal: psycopg.Error | None = None
        # A row that a policy does not allow is refused by the same error as a statement that a role may not give.
        may_write = table.secured and self._may_insert(cursor)
        self._refusals = (*_REFUSALS, psycopg.errors.InsufficientPrivilege) if may_write else _REFUSALS
        self.keys: list[str] = self._find_keys(cursor) if self._mode in (Mode.UPSERT, Mode.SKIP) else []
        self._lacking = lacking(table, matches) if self._mode is Mode.UPSERT else []
        self._refuse_changed_identity()
        self._make_stage(cursor)
        targets = [table.column(c.name) for c in self.columns]
        # A type such as numeric(8,2) rounds, so that its sums differ without anything being wrong.
        self._same_types = all(t is not None and t.ours for t in targets)
        self.setup = WriterSetup(
            table=_STAGE,
            import_id=None,
            source_rows=True,
            type_names=tuple(t.type_name for t in targets if t) if all(t and t.binary for t in targets) else None,
            # Constraints and triggers speak at the merge; on the way to staging only a narrower type can refuse.
            guarded=not all(t and t.ours for t in targets),
            own=False,
            widens=ours,
        )

    def _may_insert(self, cursor: psycopg.Cursor[Any]) -> bool:
        query = "SELECT has_table_privilege(%s, 'INSERT') OR has_any_column_privilege(%s, 'INSERT')"
        return cursor.execute(query, (self.oid, self.oid)).fetchone() == (True,)

    def _find_keys(self, cursor: psycopg.Cursor[Any]) -> list[str]:
        primary: list[str] = []
        for names, is_primary, immediate in cursor.execute(_UNIQUE_INDEX, (self._table.oid,)):
            # A deferrable constraint does not tell at once that a key is there.
            if immediate:
                self._unique.append(set(names))
            primary = names if is_primary else primary
        if self._job.options.keys:
            return [self.columns[i].name for i in positions(self._task.plan, self._job.options.keys, "--key")]
        if not primary:
            raise UserError.of(
                "no-key",
                f"{self._task.table} has no primary key, so rows cannot be matched without one being named.",
                "Name the columns that tell rows apart with --key.",
            )
        here = {c.name for c in self.columns}
        lacking = [name for name in primary if name not in here]
        if lacking:
            raise UserError.of(
                "no-key",
                f"The sheet has no column for {', '.join(lacking)}, the key of {self._task.table}.",
                f'Name it with --map "Header={lacking[0]}", or name another key with --key.',
            )
        return primary

    def _refuse_changed_identity(self) -> None:
        """An update may not write to a column whose values the table makes itself."""
        for column in self.columns:
            target = self._table.column(column.name)
            if self._mode is Mode.UPSERT and target and target.identity and column.name not in self.keys:
                raise UserError.of(
                    "identity-column",
                    f"{self._task.table} makes the values of column {column.name} itself, so rows that are there"
                    " cannot take others.",
                    f'Name it as the key with --key {column.name}, or leave it out with --map "{column.name}=".',
                )

    def _make_stage(self, cursor: psycopg.Cursor[Any]) -> None:
        parts = [sql.SQL("{} integer").format(_ROW)]
        for column in self.columns:
            target = self._table.column(column.name)
            assert target is not None
            # The declared type comes from PostgreSQL's own format_type, which quotes what needs it.
            parts.append(sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(target.declared)))
        cursor.execute("DROP TABLE IF EXISTS pg_temp.sheetferry_staging")
        cursor.execute(
            sql.SQL("CREATE TEMP TABLE sheetferry_staging ({}) ON COMMIT DROP").format(sql.SQL(", ").join(parts))
        )

    def settle(self, cursor: psycopg.Cursor[Any], writer: TableWriter, book: RejectCollector) -> tuple[int, int]:
        """Merge the staged rows; gives rows loaded and rows skipped."""
        staged = writer.rows_written
        skipped = 0
        if self.keys:
            rules = KeyRules(_STAGE, self.keys, self.columns, self._job.options.duplicates, _ROW)
            rejected, skipped = rules.apply(cursor, book)
            staged -= rejected + skipped
            if self._lacking:
                unknown = sql.SQL("NOT {}").format(self._present("sheetferry_staging"))
                staged -= rules.reject_unknown(cursor, book, unknown, self._lacking)
        self._figures = sums(cursor, _STAGE, self.columns, compare=staged == writer.rows_written and self._same_types)
        refused_before = book.count
        taken = self._merge_in_one_pass(cursor)
        if taken is None:
            if self.keys:
                cursor.execute(sql.SQL("ANALYZE {}").format(_STAGE))
            self._compare(cursor)
            self._keep_images(cursor)
            taken = self._replace(cursor, book) if self._mode is Mode.REPLACE else self._merge(cursor, book)
        left = staged - taken - (book.count - refused_before)
        return taken, skipped + max(left, 0)

    def _merge_in_one_pass(self, cursor: psycopg.Cursor[Any]) -> int | None:
        """Merge and keep what an undo needs at once; None where that cannot be done or a row was refused."""
        if not self._job.kept or self._job.options.dry_run or self._job.nested or set(self.keys) not in self._unique:
            return None
        if self._lacking:
            return None
        # What it is made of names functions, for which a user's search path must not be asked.
        if self._table.users_code or not merge.suits(cursor, self.oid, self._task.import_id):
            return None
        conflict = self._on_conflict_of_keys()
        changes = self._mode is Mode.UPSERT and bool(self._changes(sql.SQL("excluded"), sql.SQL("t")))
        former = [c.name for c in self._table.columns] if changes else []
        insert = self._insertion(sql.SQL("true"), conflict)
        cursor.execute("SAVEPOINT merge")
        try:
            taken = merge.merge(
                cursor,
                insert,
                self._task.table,
                self.oid,
                self._task.import_id,
                former,
                self.keys[0],
                lineage=self.lineage,
            )
        except self._refusals as error:
            roll_back_to(cursor, "merge")
            self._refusal = error
            return None
        cursor.execute("RELEASE SAVEPOINT merge")
        self.noted = True
        return taken

    def _comparison(self) -> Comparison:
        others = [c.name for c in self.columns if c.name not in self.keys]
        same = self._table.same(self.keys, "t", "s")
        return Comparison(_STAGE, self._task.table.sql, same, _ROW, self.keys, others, self._job.options.keep_existing)

    def _compare(self, cursor: psycopg.Cursor[Any]) -> None:
        """A trial run of an upsert says what it would change."""
        if self._mode is Mode.UPSERT and self._job.options.dry_run:
            self.difference = self._comparison().ask(cursor)
            self.findings.append(Finding("difference", difference_words(self.difference), severity="info"))

    def _keep_images(self, cursor: psycopg.Cursor[Any]) -> None:
        """Keep what is about to change, so that the import can be taken back."""
        if not self._job.kept or self._job.options.dry_run:
            return
        if self._mode is Mode.UPSERT:
            undo_log.keep_rows(cursor, self._task.import_id, self._task.table, self._others_with_same_key(cursor))

    def _others_with_same_key(self, cursor: psycopg.Cursor[Any]) -> sql.Composable:
        """Rows about to change, but for this very import's when mended rows come to it: it is what made them."""
        if not undo_log.exists(cursor, undo_log.before_name(self._task.import_id)):
            return self._same_key("t")
        known = row_versions.find_own(
            cursor, self.oid, self._task.table, self._task.import_id, lineage=self._table.has_lineage
        )
        mine = row_versions.own("t") if known else sql.SQL("false")
        return sql.SQL("{} AND NOT ({})").format(self._same_key("t"), mine)

    def _same_key(self, alias: str) -> sql.Composed:
        return sql.SQL("EXISTS (SELECT FROM {} s WHERE {})").format(_STAGE, self._table.same(self.keys, "s", alias))

    def _replace(self, cursor: psycopg.Cursor[Any], book: RejectCollector) -> int:
        """New rows for old: by a swap where nobody can tell the difference, else by deleting and inserting."""
        old, keeps = self.oid, self._job.kept and not self._job.options.dry_run
        taken = self._swap(cursor, book) if keeps and not self._job.nested else None
        if taken is None:
            if keeps:
                undo_log.keep_rows(cursor, self._task.import_id, self._task.table, None)
            self._empty(cursor)
            taken = self._merge(cursor, book)
            settle_deferred(cursor, self._table.users_code and not self._job.nested)
        if self._job.ledger:
            ledger.mark_superseded(cursor, [old], self._task.import_id)
        return taken

    def _empty(self, cursor: psycopg.Cursor[Any]) -> None:
        try:
            with users_path(cursor, self._table.users_code):
                cursor.execute(sql.SQL("DELETE FROM {}").format(self._task.table.sql))
        except (psycopg.errors.ForeignKeyViolation, psycopg.errors.RestrictViolation) as error:
            where = f"{error.diag.schema_name}.{error.diag.table_name}"
            raise UserError.of(
                "referenced-table",
                f"The rows of {self._task.table} cannot be replaced: rows of {where} refer to them.",
                f"Change the rows that are there with --mode upsert, or take those of {where} away first.",
            ) from error

    def _swap(self, cursor: psycopg.Cursor[Any], book: RejectCollector) -> int | None:
        """Fill a successor and let it take the table's place; None when the rows still have to be replaced."""
        if not can_swap(cursor, self.oid):
            return None
        swap = Swap(cursor, self.oid, self._task.table, self._task.import_id)
        self._into = swap.successor.sql
        taken = self._merge(cursor, book)
        self._into = self._task.table.sql
        if not swap.carry_out(cursor):
            return None
        self.oid = swap.oid
        return taken

    def _merge(self, cursor: psycopg.Cursor[Any], book: RejectCollector) -> int:
        refusal, self._refusal = self._refusal, None
        if refusal is None:
            cursor.execute("SAVEPOINT merge")
            try:
                taken = self._merge_part(cursor, sql.SQL("true"))
            except self._refusals as error:
                roll_back_to(cursor, "merge")
                refusal = error
            else:
                cursor.execute("RELEASE SAVEPOINT merge")
                return taken
        bounds = cursor.execute(sql.SQL("SELECT min({0}), max({0}) FROM {1}").format(_ROW, _STAGE)).fetchone()
        return self._halve(cursor, book, bounds or (0, 0), refusal)

    def _halve(
        self, cursor: psycopg.Cursor[Any], book: RejectCollector, bounds: tuple[int, int], error: psycopg.Error
    ) -> int:
        """Merge the two halves of a range of Excel rows that was refused as a whole."""
        first, last = bounds
        if first == last:
            self._refuse(cursor, book, first, error)
            return 0
        middle = (first + last) // 2
        return self._try_range(cursor, book, (first, middle)) + self._try_range(cursor, book, (middle + 1, last))

    def _try_range(self, cursor: psycopg.Cursor[Any], book: RejectCollector, bounds: tuple[int, int]) -> int:
        within = sql.SQL("{} BETWEEN {} AND {}").format(_ROW, sql.Literal(bounds[0]), sql.Literal(bounds[1]))
        cursor.execute("SAVEPOINT merge")
        try:
            taken = self._merge_part(cursor, within)
        except self._refusals as error:
            roll_back_to(cursor, "merge")
            return self._halve(cursor, book, bounds, error)
        cursor.execute("RELEASE SAVEPOINT merge")
        return taken

    def _refuse(self, cursor: psycopg.Cursor[Any], book: RejectCollector, row: int, error: psycopg.Error) -> None:
        names = [c.name for c in self.columns]
        fields = sql.SQL(", ").join(map(sql.Identifier, names))
        query = sql.SQL("SELECT {} FROM {} WHERE {} = %s").format(fields, _STAGE, _ROW)
        cells = cursor.execute(query, (row,)).fetchone()
        if cells is None:
            return
        place = next((i for i, n in enumerate(names) if n == error.diag.column_name), 0)
        cell = address(row, self.columns[place].plan.index)
        said = f"{error.diag.message_primary}. {error.diag.message_detail or ''}".strip()
        if isinstance(error, psycopg.errors.InsufficientPrivilege):
            said = "a row-level security policy of the table does not allow this row."
        book.add(Reject(row, cell, text_of(cells[place]), f"{cell}: {said}"), names, cells)
        cursor.execute(sql.SQL("DELETE FROM {} WHERE {} = %s").format(_STAGE, _ROW), (row,))

    def _merge_part(self, cursor: psycopg.Cursor[Any], within: sql.Composable) -> int:
        if not self.keys:
            return self._insert(cursor, within, sql.SQL(""))
        if self._lacking:
            return self._update(cursor, within)
        if set(self.keys) in self._unique:
            return self._insert(cursor, within, self._on_conflict_of_keys())
        return self._merge_without_index(cursor, within)

    def _insert(self, cursor: psycopg.Cursor[Any], within: sql.Composable, tail: sql.Composable) -> int:
        with users_path(cursor, self._table.users_code):
            return cursor.execute(self._insertion(within, tail)).rowcount

    def _insertion(self, within: sql.Composable, tail: sql.Composable) -> sql.Composed:
        names = [sql.Identifier(c.name) for c in self.columns]
        values: list[sql.Composable] = list(names)
        if self._table.has_lineage:
            names += [sql.Identifier(LINEAGE[0]), sql.Identifier(LINEAGE[1])]
            values += [sql.SQL("{}::uuid").format(sql.Literal(self._task.import_id)), _ROW]
        targets = [self._table.column(c.name) for c in self.columns]
        return sql.SQL("INSERT INTO {} AS t ({}){} SELECT {} FROM {} WHERE {} ORDER BY {}{}").format(
            self._into,
            sql.SQL(", ").join(names),
            overriding(targets),
            sql.SQL(", ").join(values),
            _STAGE,
            within,
            _ROW,
            tail,
        )

    def _on_conflict_of_keys(self) -> sql.Composable:
        keys = sql.SQL(", ").join(map(sql.Identifier, self.keys))
        return sql.SQL(" ON CONFLICT ({}) DO {}").format(keys, self._on_conflict())

    def _on_conflict(self) -> sql.Composable:
        changes = self._changes(sql.SQL("excluded"), sql.SQL("t"))
        if self._mode is Mode.SKIP or not changes:
            return sql.SQL("NOTHING")
        update = sql.SQL("UPDATE SET {}").format(sql.SQL(", ").join(changes))
        if not self._job.options.only_changed:
            return update
        return sql.SQL("{} WHERE {}").format(update, self._comparison().differs("t", "excluded"))

    def _changes(self, new: sql.Composable, old: sql.Composable) -> list[sql.Composable]:
        changes: list[sql.Composable] = []
        for column in self.columns:
            if column.name in self.keys:
                continue
            form = "{0} = coalesce({1}.{0}, {2}.{0})" if self._job.options.keep_existing else "{0} = {1}.{0}"
            changes.append(sql.SQL(form).format(sql.Identifier(column.name), new, old))
        if changes and self._table.has_lineage:
            mine = sql.SQL("{}::uuid").format(sql.Literal(self._task.import_id))
            changes.append(sql.SQL("{} = {}").format(sql.Identifier(LINEAGE[0]), mine))
            changes.append(sql.SQL("{0} = {1}.{0}").format(_ROW, new))
        return changes

    def _merge_without_index(self, cursor: psycopg.Cursor[Any], within: sql.Composable) -> int:
        """Match by anti-join; the table is locked against others' writes, since no index would stop a double."""
        if not any(f.code == "key-without-index" for f in self.findings):
            cursor.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(self._task.table.sql))
            self.findings.append(
                Finding(
                    "key-without-index",
                    f"{self._task.table} has no unique index on {', '.join(self.keys)}, or only a deferrable one: rows"
                    " were matched while the table was locked.",
                    severity="info",
                )
            )
        updated = self._update(cursor, within) if self._mode is Mode.UPSERT else 0
        fresh = sql.SQL("{} AND NOT {}").format(within, self._present("sheetferry_staging"))
        return updated + self._insert(cursor, fresh, sql.SQL(""))

    def _update(self, cursor: psycopg.Cursor[Any], within: sql.Composable) -> int:
        """Give the rows that are there the sheet's values."""
        changes = self._changes(sql.SQL("s"), sql.SQL("t"))
        if not changes:
            return 0
        pairs: sql.Composable = self._table.same(self.keys, "s", "t")
        if self._job.options.only_changed:
            pairs = sql.SQL("{} AND {}").format(pairs, self._comparison().differs())
        # Counted first: afterwards nothing differs any more.
        matched = sql.SQL("SELECT count(*) FROM {} s WHERE {} AND EXISTS (SELECT FROM {} t WHERE {})").format(
            _STAGE, within, self._task.table.sql, pairs
        )
        updated = int((cursor.execute(matched).fetchone() or (0,))[0])
        query = sql.SQL("UPDATE {} t SET {} FROM (SELECT * FROM {} WHERE {}) s WHERE {}").format(
            self._task.table.sql, sql.SQL(", ").join(changes), _STAGE, within, pairs
        )
        with users_path(cursor, self._table.users_code):
            cursor.execute(query)
        return updated

    def _present(self, alias: str) -> sql.Composed:
        pairs = self._table.same(self.keys, "t", alias)
        return sql.SQL("EXISTS (SELECT FROM {} t WHERE {})").format(self._task.table.sql, pairs)

    def sums(self, cursor: psycopg.Cursor[Any], writer: TableWriter) -> tuple[ColumnSum, ...]:
        """Control totals, the table's side over the staged rows."""
        return self._figures

    def after_commit(self, job: Job) -> None:
        """Statistics."""
        analyze(job, self._task.table, self.oid)
