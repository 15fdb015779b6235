"""An append of few rows to a large table, at a cost that does not grow with the table.

PostgreSQL puts new rows wherever there is room, and afterwards they can only be found by looking through the whole
table: for the control totals, and once more for the hashes that an undo needs. With thousands of small files this look
costs more than everything else. So the rows come down in a temporary table first and go on by one INSERT, which gives
back each row as it was written; totals and hashes are made of that.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from workers.core.model.outcomes import ColumnSum
from workers.importing.loading.import_task import Job, TableTask
from workers.importing.loading.pipeline.checks import compare_totals, four_totals, numeric_of
from workers.importing.loading.pipeline.columns import LoadColumn
from workers.importing.loading.pipeline.table_writer import WriterSetup
from workers.importing.loading.target.target_table import LINEAGE, TargetTable, overriding
from workers.importing.loading.undo import row_versions

_STAGE = sql.Identifier("pg_temp", "sheetferry_arrivals")
_PAGES_AT_LEAST = 250
_ROWS_A_PAGE = 10
"""The way round by a temporary table costs as much as a look at so many pages, and a page more for each ten rows."""
_LONGEST_SHEET = 1_048_576
_MOST_TOTALS = 300
"""Numeric columns of which one query can tell four totals each and stay within PostgreSQL's 1,664 results."""

_SUITS = """
SELECT c.relkind = 'r' AND NOT c.relhasrules AND has_database_privilege(current_database(), 'TEMP')
       AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attgenerated = 'v')
FROM pg_class c WHERE c.oid = %s
"""
_INSERT = """
WITH written AS (INSERT INTO {table} AS t ({names}){overriding} SELECT {values} FROM {stage} RETURNING {returned}){kept}
SELECT {totals}count(*) FROM written
"""


def pays(
    cursor: psycopg.Cursor[Any], task: TableTask, table: TargetTable, pages: int, columns: list[LoadColumn]
) -> bool:
    """Whether rows had better come by way of a temporary table: few of them, for a table of so many pages."""
    plan = task.plan
    counted = plan.rows if plan.complete else task.most_rows
    rows = counted if counted is not None else _LONGEST_SHEET
    # A table that may refuse rows is asked row by row, so that the right one can be named.
    far = pages > _PAGES_AT_LEAST + rows / _ROWS_A_PAGE
    if table.guarded or table.users_code or not far or len(numeric_of(columns)) > _MOST_TOTALS:
        return False
    return cursor.execute(_SUITS, (table.oid,)).fetchone() == (True,)


class StagedAppend:
    """The temporary table of one import.

    Attributes:
        noted: Whether the hashes of the rows were kept as they were written.
    """

    noted = False

    def __init__(
        self,
        cursor: psycopg.Cursor[Any],
        job: Job,
        task: TableTask,
        table: TargetTable,
        columns: list[LoadColumn],
    ) -> None:
        """Make it.

        Args:
            cursor: Inside the import's transaction.
            job: What the imports of the request share.
            task: The table on its way.
            table: Where the rows go.
            columns: The columns that are loaded.
        """
        self._job, self._task, self._table, self._columns = job, task, table, columns
        self._lineage = table.has_lineage
        self._figures: tuple[Any, ...] = ()
        targets = [table.column(c.name) for c in columns]
        parts = [
            # The declared type comes from PostgreSQL's own format_type, which quotes what needs it.
            sql.SQL("{} {}").format(sql.Identifier(t.name), sql.SQL(t.declared))
            for t in targets
            if t is not None
        ]
        if self._lineage:
            parts.append(sql.SQL("{} integer").format(sql.Identifier(LINEAGE[1])))
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(_STAGE))
        columns_of_stage = sql.SQL(", ").join(parts)
        cursor.execute(sql.SQL("CREATE TEMP TABLE sheetferry_arrivals ({}) ON COMMIT DROP").format(columns_of_stage))

    def setup(self, direct: WriterSetup) -> WriterSetup:
        """What the writer is told, made of what it would be told were it to write straight into the table."""
        return WriterSetup(
            table=_STAGE,
            import_id=None,
            source_rows=self._lineage,
            type_names=direct.type_names,
            guarded=self._table.doubtful,
            own=False,
            widens=direct.widens,
        )

    def hand_over(self, cursor: psycopg.Cursor[Any], *, totals: bool) -> int:
        """Let the rows go on into the table; gives how many it took.

        Args:
            cursor: Inside the import's transaction.
            totals: Whether control totals of the numeric columns are wanted.
        """
        query = sql.SQL(_INSERT).format(table=self._task.table.sql, stage=_STAGE, **self._parts(cursor, totals))
        self._figures = cursor.execute(query).fetchone() or (0,)
        return int(self._figures[-1])

    def _parts(self, cursor: psycopg.Cursor[Any], totals: bool) -> dict[str, sql.Composable]:
        names = [sql.Identifier(c.name) for c in self._columns]
        values: list[sql.Composable] = list(names)
        if self._lineage:
            row = sql.Identifier(LINEAGE[1])
            names += [sql.Identifier(LINEAGE[0]), row]
            values += [sql.SQL("{}::uuid").format(sql.Literal(self._task.import_id)), row]
        wanted = numeric_of(self._columns) if totals else []
        aliases = [f"n{number}" for number in range(len(wanted))]
        returned: list[sql.Composable] = [
            sql.SQL("t.{} AS {}").format(sql.Identifier(c.name), sql.Identifier(alias))
            for c, alias in zip(wanted, aliases, strict=True)
        ]
        kept: sql.Composable = sql.SQL("")
        if self._job.kept and not self._job.options.dry_run:
            place, row_hash = row_versions.begin(cursor, self._table.oid, self._task.import_id, lineage=self._lineage)
            returned += [sql.SQL("{} AS place").format(place), sql.SQL("{} AS hash").format(row_hash)]
            rows = sql.SQL("SELECT place, hash FROM written")
            gathering = row_versions.gather(self._task.import_id, rows, lineage=self._lineage)
            kept = sql.SQL(", kept AS ({})").format(gathering)
            self.noted = True
        return {
            "overriding": overriding([self._table.column(c.name) for c in self._columns]),
            "names": sql.SQL(", ").join(names),
            "values": sql.SQL(", ").join(values),
            "returned": sql.SQL(", ").join(returned or [sql.SQL("NULL AS nothing")]),
            "totals": sql.SQL("").join(sql.SQL("{}, ").format(four_totals(alias)) for alias in aliases),
            "kept": kept,
        }

    def sums(self) -> tuple[ColumnSum, ...]:
        """Control totals of the rows that were handed over.

        Raises:
            BugError: ``sum-mismatch`` when the two sides differ.
        """
        return compare_totals(numeric_of(self._columns), self._figures)
