"""Connections whose transactions all begin with the settings of `session_settings`.

Triggers, defaults and checks of a user's table were written for the user's own search path: see `users_path`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import pq, sql

from workers.database.session_settings import SAFE_PATH, behind_the_systems, direct_settings, pins

if TYPE_CHECKING:
    from psycopg._queries import PostgresQuery


class OneStatementCursor(psycopg.Cursor[Any]):
    """Sends one statement a message; the first one of a transaction comes after our settings."""

    def _execute_send(self, query: PostgresQuery, *, force_extended: bool = False, binary: bool | None = None) -> None:
        """Never by the simple protocol, in which a value that broke out of its quotes could bring more statements."""
        super()._execute_send(query, force_extended=True, binary=binary)

    def execute(self, *args: Any, **keywords: Any) -> Any:
        """Like `psycopg.Cursor.execute`."""
        connection = self.connection
        if connection.pgconn.transaction_status == pq.TransactionStatus.IDLE and isinstance(connection, Session):
            connection.pin()
        return super().execute(*args, **keywords)


class Session(psycopg.Connection[Any]):
    """A connection whose transactions all begin with our settings.

    Attributes:
        path_before: The search path that the session has outside our transactions, as the server gave it last.
        lock_salt: What advisory locks are salted with in this database; None until it was asked for.
    """

    path_before: str | None = None
    lock_salt: int | None = None

    @contextmanager
    def transaction(
        self, savepoint_name: str | None = None, force_rollback: bool = False
    ) -> Iterator[psycopg.Transaction]:
        """Like `psycopg.Connection.transaction`."""
        outer = self.pgconn.transaction_status == pq.TransactionStatus.IDLE
        with super().transaction(savepoint_name, force_rollback) as transaction:
            if outer:
                self.pin()
            yield transaction

    def pin(self) -> None:
        """Give our settings to the transaction that has just begun, or that begins with this."""
        found = psycopg.Cursor(self).execute(pins(self.info.server_version).encode()).fetchone()
        self.path_before = found[0] if found else None


def open_session(keywords: dict[str, Any], *, read_only: bool) -> Session:
    """Connect. No start-up options, which a connection broker may refuse, and no prepared statements, which it loses.

    Args:
        keywords: Of libpq.
        read_only: Whether its transactions change nothing, so that a stand-by server takes them.

    Raises:
        psycopg.Error: when there is no connection.
    """
    session = Session.connect(
        **keywords,
        client_encoding="utf8",
        autocommit=True,
        prepare_threshold=None,
        cursor_factory=OneStatementCursor,
    )
    try:
        statement = direct_settings(session.info.server_version, session.info.backend_pid)
        psycopg.Cursor(session).execute(statement.encode())
        session.autocommit = False
        session.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        session.read_only = read_only
        session.deferrable = False
    except BaseException:
        session.close()
        raise
    return session


@contextmanager
def users_path(cursor: psycopg.Cursor[Any], needed: bool = True) -> Iterator[None]:
    """Inside the block the search path is the user's, for code that belongs to the user's own table.

    Statements in the block may name nothing that has to be looked for: no function and no operator without its schema,
    unless the system has it for just these types. The system's own schema comes first whatever the path says.

    Args:
        cursor: Inside a transaction of a `Session`; on another connection nothing is changed.
        needed: False where the table is known to have no such code.
    """
    connection = cursor.connection
    path = connection.path_before if isinstance(connection, Session) else None
    if not needed or path is None:
        yield
        return
    set_path(cursor, behind_the_systems(path))
    yield
    # After an error the block around this one rolls back, and the path with it.
    set_path(cursor, SAFE_PATH)


def settle_deferred(cursor: psycopg.Cursor[Any], needed: bool = True) -> None:
    """Let deferred triggers and constraints speak now, under the user's path, and not at the commit under ours."""
    if needed:
        with users_path(cursor):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def set_path(cursor: psycopg.Cursor[Any], path: str) -> None:
    """Set the search path for the rest of the transaction."""
    statement = sql.SQL("SELECT pg_catalog.set_config('search_path', {}, true)").format(sql.Literal(path))
    # Not with the cursor itself: its caller may want to read what it answered.
    with cursor.connection.cursor() as other:
        other.execute(statement)


@contextmanager
def reading(connection: psycopg.Connection[Any]) -> Iterator[psycopg.Cursor[Any]]:
    """A cursor in the transaction that is open, or in one of its own."""
    idle = connection.pgconn.transaction_status == pq.TransactionStatus.IDLE
    with connection.transaction() if idle else nullcontext(), connection.cursor() as cursor:
        yield cursor
