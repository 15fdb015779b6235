"""Reading a table for people: its head at once, all of it row by row. Never changes anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from typing import Any

import psycopg
from psycopg import sql

from workers.core.model.errors import UserError
from workers.core.model.table_preview import TableHead
from workers.core.model.tasks import Target
from workers.database.engines import connect_bulk
from workers.database.explain import explain

_COUNT_PATIENCE = "3s"
_MOST_LETTERS = 500
_PORTION = 5_000


def split_name(name: str) -> tuple[str, str]:
    """Schema and table of ``schema.table`` as outcomes write it, unquoted; the schema holds no dot."""
    schema, _, table = name.partition(".")
    return (schema, table) if table else ("public", schema)


def read_head(target: Target, schema: str, table: str, limit: int = 500) -> TableHead:
    """The first rows and how many there are.

    Raises:
        UserError: ``no-such-table``.
        SheetferryError: when the database cannot be reached, or refuses.
    """
    with closing(_connect(target)) as connection:
        try:
            return _read_head(connection, schema, table, limit)
        except psycopg.Error as error:
            raise explain(error, target) from error


def _read_head(connection: psycopg.Connection[Any], schema: str, table: str, limit: int) -> TableHead:
    with connection.transaction():
        columns = _columns(connection, schema, table)
        rows = _head(connection, schema, table, [name for name, _, _ in columns], limit)
        total, exact = _total(connection, schema, table)
    return TableHead(
        schema,
        table,
        tuple((name, pg_type) for name, pg_type, _ in columns),
        rows,
        max(total, len(rows)),
        exact,
        tuple(comment for _, _, comment in columns),
    )


class TableReader:
    """All rows of a table, a portion at a time, as they were at the beginning."""

    def __init__(self, target: Target, schema: str, table: str) -> None:
        """Connect.

        Raises:
            UserError: ``no-such-table``.
            SheetferryError: when the database cannot be reached, or refuses.
        """
        self._target = target
        self._connection = _connect(target)
        self._open = ExitStack()
        try:
            self._open.enter_context(self._connection.transaction())
            self.columns = [name for name, _, _ in _columns(self._connection, schema, table)]
        except psycopg.Error as error:
            self.close()
            raise explain(error, target) from error
        except BaseException:
            self.close()
            raise
        self._name = sql.Identifier(schema, table)

    def portions(self) -> Iterator[list[tuple[Any, ...]]]:
        """Rows in portions of some thousands."""
        names = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        try:
            with self._connection.cursor(name="look") as cursor:
                cursor.itersize = _PORTION
                cursor.execute(sql.SQL("SELECT {} FROM {}").format(names, self._name))
                while rows := cursor.fetchmany(_PORTION):
                    yield rows
        except psycopg.Error as error:
            raise explain(error, self._target) from error

    def close(self) -> None:
        """Let go of the connection."""
        with suppress(psycopg.Error):
            self._open.close()
        self._connection.close()


def _connect(target: Target) -> psycopg.Connection[Any]:
    connection = connect_bulk(target, "look", read_only=True)
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    return connection


def _columns(connection: psycopg.Connection[Any], schema: str, table: str) -> Sequence[tuple[str, str, str]]:
    found = connection.execute(
        "SELECT a.attname, format_type(a.atttypid, a.atttypmod), coalesce(col_description(c.oid, a.attnum), '')"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        " WHERE n.nspname = %s AND c.relname = %s ORDER BY a.attnum",
        (schema, table),
    ).fetchall()
    if not found:
        raise UserError.of(
            "no-such-table",
            f"There is no table {schema}.{table} any more.",
            "It was dropped or renamed, or its import was undone.",
        )
    return found


def _head(
    connection: psycopg.Connection[Any], schema: str, table: str, names: Sequence[str], limit: int
) -> tuple[tuple[str | None, ...], ...]:
    shown = sql.SQL(", ").join(sql.SQL("left({}::text, %s)").format(sql.Identifier(name)) for name in names)
    query = sql.SQL("SELECT {} FROM {} LIMIT %s").format(shown, sql.Identifier(schema, table))
    return tuple(connection.execute(query, [*[_MOST_LETTERS] * len(names), limit]).fetchall())


def _total(connection: psycopg.Connection[Any], schema: str, table: str) -> tuple[int, bool]:
    """Counted if that is quick, else the server's estimate."""
    name = sql.Identifier(schema, table)
    try:
        with connection.transaction():
            connection.execute(sql.SQL("SET LOCAL statement_timeout = {}").format(_COUNT_PATIENCE))
            row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(name)).fetchone()
            return (int(row[0]) if row else 0), True
    except psycopg.errors.QueryCanceled:
        query = "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = to_regclass(%s)"
        row = connection.execute(query, (name.as_string(connection),)).fetchone()
        return (int(row[0]) if row and row[0] else 0), False
