"""Small questions to a server as its administrator, and its address for PostgreSQL's own programs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ, make_dsn

from workers.core.model.tasks import Target

_TABLES = (
    "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
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


def has_tables(cursor: Any) -> bool:
    """Whether anybody has made a table in the database."""
    cursor.execute(_TABLES + " LIMIT 1")
    return cursor.fetchone() is not None


def address(target: Target) -> str:
    """The target for PostgreSQL's programs, its password left out."""
    keywords = {"host": target.host, "port": str(target.port), "user": target.user, "dbname": target.dbname}
    return make_dsn(**keywords)
