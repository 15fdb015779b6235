"""How every transaction of ours begins: with settings of its own, whatever the role, database or server prescribe.

All of them are set for the transaction alone. A connection broker hands a server's session from client to client
between transactions, so that what is set for the session would be lost, or be found by somebody else.

The search path matters most. Where it leads through a schema in which others may create things, a function or operator
of theirs is called for one that is spelled the same, with our rights. So our own statements see the system's alone.
Triggers, defaults and checks of a user's table were written for the user's own path: see `users_path`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import pq, sql

if TYPE_CHECKING:
    from psycopg._queries import PostgresQuery

LOCK_TIMEOUT = "5s"
SAFE_PATH = "pg_catalog, pg_temp"

_PINNED = {
    "search_path": SAFE_PATH,
    # Else a policy of a table would hide rows by making the statement fail.
    "row_security": "on",
    "lock_timeout": LOCK_TIMEOUT,
    "statement_timeout": "0",
    # A client that has gone keeps no locks.
    "idle_in_transaction_session_timeout": "10min",
    # Texts read the same whatever the server's own settings are.
    "TimeZone": "UTC",
    "DateStyle": "ISO, MDY",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "standard_conforming_strings": "on",
    "backslash_quote": "safe_encoding",
    "array_nulls": "on",
    "quote_all_identifiers": "off",
    "transform_null_equals": "off",
    "xmloption": "content",
}
_PINNED_17 = {"transaction_timeout": "0"}
_DURABLE = (
    "pg_catalog.set_config('synchronous_commit', CASE WHEN pg_catalog.current_setting('synchronous_commit')"
    " OPERATOR(pg_catalog.=) 'off'::pg_catalog.text THEN 'on'"
    " ELSE pg_catalog.current_setting('synchronous_commit') END, true)"
)
"""What is said to be loaded must outlive a crash of the server; more than that (a stand-by's copy) is left as it is."""

# Between transactions: only on a session that is ours alone.
_DIRECT = {
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
_DIRECT_14 = {"idle_session_timeout": "0"}
_LOOKS_FOR_CLIENT = (
    # PostgreSQL 14 looks during a long statement whether its client is still there, but cannot on Windows.
    "CASE WHEN pg_catalog.version() OPERATOR(pg_catalog.!~*) '(windows|mingw|visual c|msvc)'::pg_catalog.text"
    " THEN pg_catalog.set_config('client_connection_check_interval', '2s', false) END"
)
_SCHEMA = re.compile(r'"(?:[^"]|"")*"|[^,\s]+')


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
    """

    path_before: str | None = None

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


def pins(version: int) -> str:
    """The first statement of every transaction; it answers with the search path that it replaces.

    Written so that nothing in it is looked for along that path.
    """
    values = {**_PINNED, **(_PINNED_17 if version >= 170000 else {})}
    settings = [f"pg_catalog.set_config('{name}', '{value}', true)" for name, value in values.items()]
    return "SELECT " + ", ".join(["pg_catalog.current_setting('search_path')", _DURABLE, *settings])


def direct_settings(version: int, pid: int) -> str:
    """What is set once for a session, unless a broker stands between: it tells its clients another process number."""
    values = {**_DIRECT, **(_DIRECT_14 if version >= 140000 else {})}
    settings = [f"pg_catalog.set_config('{name}', '{value}', false)" for name, value in values.items()]
    if version >= 140000:
        settings.append(_LOOKS_FOR_CLIENT)
    ours = f"pg_catalog.pg_backend_pid() OPERATOR(pg_catalog.=) {pid}"
    return "SELECT " + ", ".join(f"CASE WHEN {ours} THEN {setting} END" for setting in settings)


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


def behind_the_systems(path: str) -> str:
    """A search path in which the system's schema is not named, since that is how it comes first."""
    named = _SCHEMA.findall(path)
    return ", ".join(name for name in named if name.strip('"') != "pg_catalog" and name.lower() != "pg_catalog")


@contextmanager
def reading(connection: psycopg.Connection[Any]) -> Iterator[psycopg.Cursor[Any]]:
    """A cursor in the transaction that is open, or in one of its own."""
    idle = connection.pgconn.transaction_status == pq.TransactionStatus.IDLE
    with connection.transaction() if idle else nullcontext(), connection.cursor() as cursor:
        yield cursor
