"""Opens the session of one query: by the right role, with its settings, known to the pool before it does anything."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

import psycopg

from workers.core.model.errors import EnvironmentFailure, SheetferryError, UserError
from workers.core.model.tasks import BackendStarted, Target
from workers.core.query.context import QueryContext
from workers.core.query.outcome import Note
from workers.core.query.request import QueryRequest
from workers.database.engines import check_version
from workers.database.explain import explain
from workers.querying.session.link import ServerLink
from workers.querying.session.reader_role import open_functions, prepare_reader, reader_target

_CANCEL_SECONDS = 0.4
_KEEPALIVES = {
    "connect_timeout": "10",
    "keepalives": "1",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
# How values are written as text, and that a client that has gone keeps nothing busy. Search path, limits and time zone
# stay as the role has them: what is looked at is what its owner would see.
_SETTINGS = {
    "DateStyle": "ISO, MDY",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "standard_conforming_strings": "on",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "idle_in_transaction_session_timeout": "10min",
}
_SETTINGS_14 = {"client_connection_check_interval": "1s"}
_ABOUT_US = """
SELECT pg_catalog.pg_backend_pid()::pg_catalog.text,
       (SELECT a.backend_start::pg_catalog.text FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid()) AS a),
       pg_catalog.current_setting('TimeZone')
"""
_MORE_THAN_READING = """
SELECT pg_catalog.string_agg(r.rolname, ', ' ORDER BY r.rolname)
FROM pg_catalog.pg_roles AS r
WHERE r.rolname IN ('pg_signal_backend', 'pg_execute_server_program', 'pg_write_server_files', 'pg_checkpoint',
                    'pg_maintain', 'pg_create_subscription')
  AND pg_catalog.pg_has_role(r.oid, 'USAGE')
"""


@dataclass(slots=True)
class QuerySession:
    """An open session.

    Attributes:
        link: What talks to the server.
        zone: Its time zone.
        notes: What is to be said about its role.
    """

    connection: psycopg.Connection[Any]
    link: ServerLink
    target: Target
    zone: str = ""
    notes: tuple[Note, ...] = ()

    def cancel(self) -> None:
        """Have the server stop what it does for this session; nothing is raised."""
        with contextlib.suppress(Exception):
            self.link.cancel(_CANCEL_SECONDS)

    def close(self) -> None:
        """End the session, and whatever transaction is open with it."""
        with contextlib.suppress(Exception):
            self.connection.close()


def open_session(request: QueryRequest, context: QueryContext) -> QuerySession:
    """Connect, and begin the transaction in which everything will run.

    Raises:
        SheetferryError: why there is no session; kinds as for other connections, and ``superuser``.
        Cancelled: when the job was cancelled.
    """
    if request.target is None:
        raise UserError.of("no-database", "The query needs a database.", "Choose one with --database.")
    session = _connected(request, request.target, context)
    try:
        context.on_cancel(session.cancel)
        _accept(session, request)
        _begin(session, request, context)
    except psycopg.Error as error:
        session.close()
        context.check()
        raise explain(error, session.target) from error
    except BaseException:
        session.close()
        raise
    return session


def _connected(request: QueryRequest, target: Target, context: QueryContext) -> QuerySession:
    """A session of the right role: of the reader on the built-in server, of the target's own one elsewhere."""
    if not target.embedded or request.write:
        return _connect(target, request, context)
    reader = reader_target(target)
    for attempt in (1, 2):
        try:
            session = _connect(reader, request, context)
        except SheetferryError as error:
            if error.info.kind != "wrong-password" or attempt == 2:
                raise
        else:
            if not open_functions(session.connection):
                return session
            session.close()
        prepare_reader(target)
    raise EnvironmentFailure.of(
        "reader-role",
        "The role for queries on the built-in server can do more than read, so nothing was run.",
        "Run 'sheetferry doctor', or restore the built-in server from a backup.",
    )


def _connect(target: Target, request: QueryRequest, context: QueryContext) -> QuerySession:
    context.check()
    try:
        connection = psycopg.connect(
            **{**_KEEPALIVES, **target.libpq(request.role)}, client_encoding="utf8", autocommit=True
        )
    except psycopg.Error as error:
        context.check()
        raise explain(error, target) from error
    # Ours alone: what a name means must not change between two questions.
    connection.prepare_threshold = None
    return QuerySession(connection, ServerLink(connection, context.check), target)


def _accept(session: QuerySession, request: QueryRequest) -> None:
    """Refuse a server that is too old, and a superuser's session that was not asked for."""
    check_version(session.connection.info.server_version)
    if session.connection.pgconn.parameter_status(b"is_superuser") == b"on":
        _accept_superuser(request)


def _begin(session: QuerySession, request: QueryRequest, context: QueryContext) -> None:
    """One transaction for the whole run. After a first query a reading one cannot be made a writing one any more.

    Settings are those of the transaction: behind a broker of connections that is all that is ours.
    """
    link = session.link
    link.own("BEGIN READ WRITE" if request.write else "BEGIN READ ONLY")
    link.own("SELECT 1")
    version = session.connection.info.server_version
    values = {**_SETTINGS, **(_SETTINGS_14 if version >= 140000 else {})}
    calls = ", ".join(f"pg_catalog.set_config(${2 * n + 1}, ${2 * n + 2}, true)" for n in range(len(values)))
    link.own(f"SELECT {calls}", [text for pair in values.items() for text in pair])
    ((pid, since, zone),) = link.own(_ABOUT_US)
    session.zone = zone or ""
    xid = ""
    if request.write:
        ((number,),) = link.own("SELECT pg_catalog.pg_current_xact_id()::pg_catalog.text")
        xid = number or ""
    context.backend_started(_backend(session, request, int(pid or 0), since or "", xid))
    if not session.target.embedded and not request.write:
        session.notes = _notes(session)


def _backend(session: QuerySession, request: QueryRequest, pid: int, since: str, xid: str = "") -> BackendStarted:
    return BackendStarted(
        import_id=request.job_id,
        pid=pid,
        backend_start=since,
        xid=xid,
        application_name=f"sheetferry/{request.role}",
        ledger=False,
    )


def _accept_superuser(request: QueryRequest) -> None:
    if request.as_superuser or (request.target is not None and request.target.embedded):
        return
    raise UserError.of(
        "superuser",
        "The query would run as a superuser, for whom a read-only transaction is no limit.",
        "Connect as a role that only reads what it has to, or say --as-superuser.",
    )


def _notes(session: QuerySession) -> tuple[Note, ...]:
    ((more,),) = session.link.own(_MORE_THAN_READING)
    if not more:
        return ()
    return (
        Note(
            "role-can-more",
            f"No row, table or setting can be changed; by its membership in {more} this role could still do more than"
            " read, such as ending other sessions.",
        ),
    )
