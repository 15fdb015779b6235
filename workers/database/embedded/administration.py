"""Small questions to a server as its administrator, and its address for PostgreSQL's own programs."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ, make_dsn

from workers.core.model.tasks import Target

_TABLES = (
    "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
)
_READABLE = (
    "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'm', 't') AND c.relpersistence = 'p' AND n.nspname !~ '^pg_temp'"
    " AND (NOT %s OR n.nspname IN ('pg_catalog', 'sheetferry', 'sheetferry_kept')) ORDER BY c.relpages"
)


@contextlib.contextmanager
def transaction(target: Target, *, snapshot: bool = False) -> Iterator[Any]:
    """A cursor in a transaction that is committed at the end.

    Args:
        target: The database.
        snapshot: All that it sees is of one moment.
    """
    opened = psycopg2.connect(**target.libpq("administration"))
    if snapshot:
        opened.set_session(isolation_level=ISOLATION_LEVEL_REPEATABLE_READ, readonly=True)
    with contextlib.closing(opened) as connection, connection, connection.cursor() as cursor:
        cursor.execute("SET search_path = pg_catalog, pg_temp")
        yield cursor


def run_alone(target: Target, statement: sql.Composable) -> None:
    """Run a statement that must not be in a transaction."""
    with contextlib.closing(psycopg2.connect(**target.libpq("administration"))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)


def database_names(target: Target) -> list[str]:
    """The databases that people use."""
    with transaction(target) as cursor:
        cursor.execute("SELECT datname FROM pg_catalog.pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1")
        return [str(name) for (name,) in cursor.fetchall()]


def row_counts(cursor: Any) -> dict[tuple[str, str], int]:
    """The number of rows of every table, by its schema and name."""
    cursor.execute(_TABLES)
    counts = {}
    for schema, name in cursor.fetchall():
        cursor.execute(sql.SQL("SELECT pg_catalog.count(*) FROM ONLY {}").format(sql.Identifier(schema, name)))
        counts[schema, name] = int(cursor.fetchone()[0])
    return counts


def unreadable_tables(
    target: Target, *, vital: bool, seconds: float, clock: Callable[[], float] = time.monotonic
) -> list[str]:
    """Read tables through, and say which of them the server cannot read: their pages have checksums.

    Args:
        target: The server; all databases are looked at.
        vital: Only the catalogs and the ledger with what an undo needs, instead of all tables.
        seconds: When to stop looking.
        clock: Steady seconds.
    """
    deadline, found = clock() + seconds, []
    for name in database_names(target):
        with contextlib.closing(psycopg2.connect(**replace(target, dbname=name).libpq("check"))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(_READABLE, (vital,))
                for schema, table in cursor.fetchall():
                    left = deadline - clock()
                    if left > 0 and not _readable(cursor, schema, table, left):
                        found.append(f"{name}: {schema}.{table}")
    return found


def _readable(cursor: Any, schema: str, table: str, seconds: float) -> bool:
    try:
        cursor.execute("SELECT pg_catalog.set_config('statement_timeout', %s, false)", (f"{max(1, int(seconds))}s",))
        cursor.execute(sql.SQL("SELECT pg_catalog.count(*) FROM ONLY {}").format(sql.Identifier(schema, table)))
    except psycopg2.Error as error:
        # Damage and failing disks; a table that was dropped meanwhile or takes too long says nothing.
        return not (error.pgcode or "").startswith(("XX", "58"))
    return True


def has_tables(cursor: Any) -> bool:
    """Whether anybody has made a table in the database."""
    cursor.execute(_TABLES + " LIMIT 1")
    return cursor.fetchone() is not None


def address(target: Target) -> str:
    """The target for PostgreSQL's programs, its password left out."""
    keywords = {"host": target.host, "port": str(target.port), "user": target.user, "dbname": target.dbname}
    return make_dsn(**keywords)
