"""Altering a table that several imports load into, in short transactions of their own.

Two appenders that both widen a table inside their long transactions would run into each other. So that is done
alone, under the table's lock held exclusively and with nothing else held; loads hold the same lock shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql

from workers.core.model.column_selection import positions
from workers.core.model.errors import UserError
from workers.core.model.options import PgType
from workers.core.model.tasks import Phase, Progress
from workers.importing.loading.import_task import Job, TableTask, said
from workers.importing.loading.pipeline.widening import alter_types, delicate
from workers.importing.loading.strategies.matching import fresh_names, match, too_narrow
from workers.importing.loading.target.target_table import (
    LINEAGE,
    TableName,
    TargetTable,
    find_table,
    lock_target,
)

_PATIENCE = 3_600.0


def prepare_shared(job: Job, task: TableTask) -> bool:
    """Give the table the columns and types that the sheet needs.

    Returns:
        False when there is no such table.
    """
    connection = job.connection
    with connection.transaction(), connection.cursor() as cursor:
        table = find_table(cursor, task.table)
        if table is None or not _changes(job, task, table):
            return table is not None
    with connection.transaction(), connection.cursor() as cursor:
        _lock(cursor, job, task.table)
        table = find_table(cursor, task.table)
        if table is None:
            return False
        statements = _changes(job, task, table)
        for statement in statements:
            cursor.execute(statement)
    return True


def key_names(job: Job, task: TableTask) -> list[str]:
    """SQL names of the key columns that the options name.

    Raises:
        UserError: ``no-such-column``.
    """
    return [task.plan.columns[i].name for i in positions(task.plan, job.options.keys, "--key")]


def add_primary_key(cursor: psycopg.Cursor[Any], name: TableName, keys: list[str]) -> None:
    """Make the columns the table's primary key."""
    names = sql.SQL(", ").join(map(sql.Identifier, keys))
    cursor.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY ({})").format(name.sql, names))


def widen_shared(job: Job, name: TableName, types: Mapping[str, PgType]) -> None:
    """Give columns of a shared table wider types.

    Raises:
        UserError: ``cannot-widen`` when values that are there would change.
    """
    connection = job.connection
    with connection.transaction(), connection.cursor() as cursor:
        _lock(cursor, job, name)
        table = find_table(cursor, name)
        if table is None:
            raise UserError.of("table-vanished", f"The table {name} was dropped while it was loaded.", "Try again.")
        statement = _widening(cursor, name, table, types)
        if statement is not None:
            cursor.execute(statement)


def _lock(cursor: psycopg.Cursor[Any], job: Job, name: TableName) -> None:
    waiting = Progress(Phase.OPENING, table=str(name), waits=True)
    lock_target(cursor, name.lock_key(), shared=False, beat=lambda: said(job, waiting), patience=_PATIENCE)


def _changes(job: Job, task: TableTask, table: TargetTable) -> list[sql.Composed]:
    """The statements that make the table fit for the plan; none when it is already."""
    cursor = job.connection.cursor()
    may_add = table.has_lineage
    matches = match(task.plan, table, task.table, job.options, may_add=may_add)
    statements: list[sql.Composed] = []
    added = [
        sql.SQL("ADD COLUMN {} {}").format(sql.Identifier(column), sql.SQL(kind.value))
        for column, kind in fresh_names(matches, table)
    ]
    if job.options.lineage and not table.has_lineage:
        added += [
            sql.SQL("ADD COLUMN IF NOT EXISTS {} uuid").format(sql.Identifier(LINEAGE[0])),
            sql.SQL("ADD COLUMN IF NOT EXISTS {} integer").format(sql.Identifier(LINEAGE[1])),
        ]
    if added:
        statements.append(sql.SQL("ALTER TABLE {} {}").format(task.table.sql, sql.SQL(", ").join(added)))
    if may_add and task.plan.complete:
        wider = too_narrow(matches, task.plan.rows)
        if wider:
            widening = _widening(cursor, task.table, table, wider)
            if widening is not None:
                statements.append(widening)
    return statements


def _widening(
    cursor: psycopg.Cursor[Any], name: TableName, table: TargetTable, types: Mapping[str, PgType]
) -> sql.Composed | None:
    changes = []
    for column_name, wanted in types.items():
        column = table.column(column_name)
        if column is None or column.pg_type is wanted:
            continue
        doubtful = delicate(column_name, column.pg_type, wanted)
        if doubtful is not None and _any_row(cursor, name, doubtful):
            raise UserError.of(
                "cannot-widen",
                f"Column {column_name} of {name} holds numbers that would change as {wanted.value}.",
                f"Import with --type {column_name}={column.pg_type.value}, or into another table.",
            )
        changes.append((column_name, column.pg_type, wanted, False))
    return alter_types(name.sql, changes) if changes else None


def _any_row(cursor: psycopg.Cursor[Any], name: TableName, condition: sql.Composable) -> bool:
    query = sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE {})").format(name.sql, condition)
    return cursor.execute(query).fetchone() == (True,)
