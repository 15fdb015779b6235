"""What is checked before the commit and said afterwards: counts, control totals, columns, warnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import psycopg
from psycopg import sql

from workers.core.inference.text_format import number_text
from workers.core.model.errors import BugError
from workers.core.model.outcomes import ColumnSum
from workers.core.model.plans import ColumnPlan, Finding
from workers.importing.loading.pipeline.columns import LoadColumn
from workers.importing.loading.pipeline.control_totals import NUMERIC_TYPES, same_total

_PER_STATEMENT = 300


def check_counts(read: int, loaded: int, rejected: int, skipped: int) -> None:
    """Hold what was read against what the database said it did.

    Raises:
        BugError: ``count-mismatch`` when a row is unaccounted for; nothing may be committed then.
    """
    if read != loaded + rejected + skipped:
        raise BugError.of(
            "count-mismatch",
            f"Of {read:,} rows read the database took {loaded:,}; {rejected:,} were rejected and {skipped:,} skipped."
            " Nothing was kept.",
            "A trigger or rule of the table may drop rows. Otherwise please report this.",
        )


def sums(
    cursor: psycopg.Cursor[Any],
    table: sql.Composable,
    columns: Sequence[LoadColumn],
    *conditions: sql.Composable,
    rows: int = 0,
    compare: bool = True,
) -> tuple[ColumnSum, ...]:
    """Control totals of the numeric columns, in the workbook and in the table.

    Args:
        cursor: Inside the import's transaction.
        table: The quoted table.
        columns: The columns that were loaded.
        conditions: Restrict to the rows of this import, the cheapest to answer first; without any all rows count.
        rows: How many rows a condition has to find; with fewer the next one is tried.
        compare: False when the table's rows cannot be told apart, so that its side stays empty.

    Raises:
        BugError: ``sum-mismatch`` when the two sides differ.
    """
    numeric = numeric_of(columns)
    if not compare:
        return tuple(ColumnSum(c.name, c.totals.count, c.totals.texts()) for c in numeric)
    result: list[ColumnSum] = []
    for start in range(0, len(numeric), _PER_STATEMENT):
        part = numeric[start : start + _PER_STATEMENT]
        result += compare_totals(part, _ask(cursor, table, part, conditions, rows))
    return tuple(result)


def numeric_of(columns: Sequence[LoadColumn]) -> list[LoadColumn]:
    """The columns that have control totals."""
    return [c for c in columns if c.type in NUMERIC_TYPES]


def _ask(
    cursor: psycopg.Cursor[Any],
    table: sql.Composable,
    columns: Sequence[LoadColumn],
    conditions: Sequence[sql.Composable],
    rows: int,
) -> Sequence[Any]:
    wanted = [four_totals(c.name) for c in columns]
    query = sql.SQL("SELECT {}, count(*) FROM {}").format(sql.SQL(", ").join(wanted), table)
    for condition in conditions:
        figures = cursor.execute(sql.SQL("{} WHERE {}").format(query, condition)).fetchone() or (0,)
        if figures[-1] == rows or condition is conditions[-1]:
            return figures
    return cursor.execute(query).fetchone() or ()


def four_totals(name: str) -> sql.Composable:
    """What a query asks of one numeric column for `compare_totals`."""
    return sql.SQL("count({0}), sum({0}), min({0}), max({0})").format(sql.Identifier(name))


def compare_totals(columns: Sequence[LoadColumn], figures: Sequence[Any]) -> tuple[ColumnSum, ...]:
    """Control totals of numeric columns, in the workbook and in the table.

    Args:
        columns: The columns.
        figures: What the database answered to the `four_totals` of each of them.

    Raises:
        BugError: ``sum-mismatch`` when the two sides differ.
    """
    compared = []
    for place, column in enumerate(columns):
        count, total, low, high = figures[place * 4 : place * 4 + 4]
        mine = column.totals
        if count != mine.count or (count and not same_total(mine.total, total, count)):
            raise BugError.of(
                "sum-mismatch",
                f"Column {column.name} adds up to {mine.texts()[0]} over {mine.count:,} cells in the workbook, but to"
                f" {total} over {count:,} in the table. Nothing was kept.",
                "A trigger of the table may change values. Otherwise please report this.",
            )
        table_side = (_text(total), _text(low), _text(high)) if count else ("", "", "")
        compared.append(ColumnSum(column.name, count, mine.texts(), table_side))
    return tuple(compared)


def _text(value: Any) -> str:
    return number_text(value) if isinstance(value, int | float) else format(value, "f")


def final_columns(columns: Sequence[LoadColumn]) -> tuple[ColumnPlan, ...]:
    """The columns as they arrived: final types and counted NULLs."""
    return tuple(replace(c.plan, name=c.name, type=c.type, nulls=c.nulls) for c in columns)


def final_warnings(
    before: Sequence[Finding], columns: Sequence[LoadColumn], more: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Warnings of the plan, with those of watched columns replaced by what all their cells showed."""
    watched = {c.plan.index for c in columns if c.watched}
    kept = [f for f in before if f.column not in watched]
    return (*kept, *(f for c in columns for f in c.findings()), *more)
