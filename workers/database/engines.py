"""Connections: a SQLAlchemy engine on psycopg2 for short calls, and psycopg 3 connections for bulk loading."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from workers.core.jobs.pool_sizes import PoolSizes
from workers.core.model.errors import EnvironmentFailure
from workers.core.model.tasks import Target
from workers.database.explain import explain
from workers.database.session_settings import direct_settings, pins

if TYPE_CHECKING:
    import sqlalchemy as sa

    from workers.database.sessions import Session

OLDEST_SERVER = 130000
PATH_BEFORE = "sheetferry_path_before"
"""Where the engine's connections keep the search path of the role, in ``Connection.info``."""
_RECYCLE_SECONDS = 1800
# Client side: a server that has gone is noticed within about a minute.
_KEEPALIVES = {
    "connect_timeout": "10",
    "keepalives": "1",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}


def connect_bulk(target: Target, role: str, *, read_only: bool = False) -> Session:
    """Open a connection for a worker. Everything done over it is done in ``connection.transaction()``.

    Args:
        target: The database.
        role: Last part of the session's ``application_name``; with the job's id in it a session can be told apart.
        read_only: Whether it only looks, so that a stand-by server will do.

    Raises:
        SheetferryError: with a kind such as ``unreachable``, ``wrong-password``, ``too-many-connections``,
            ``server-too-old``.
    """
    # Here, because a command that only asks whether the server is there starts without it.
    import psycopg

    from workers.database.sessions import open_session

    try:
        connection = open_session({**_KEEPALIVES, **target.libpq(role)}, read_only=read_only)
    except psycopg.Error as error:
        raise explain(error, target) from error
    try:
        check_version(connection.info.server_version)
    except BaseException:
        connection.close()
        raise
    return connection


def probe(target: Target) -> None:
    """Ask whether the target can be used: connect, look at the server's version, and leave.

    By psycopg2, which loads ten times as fast as psycopg 3: a command asks while its workers load theirs.

    Raises:
        SheetferryError: as `connect_bulk` does.
    """
    import psycopg2

    try:
        with contextlib.closing(psycopg2.connect(**{**_KEEPALIVES, **target.libpq("probe")})) as connection:
            check_version(connection.server_version)
    except psycopg2.Error as error:
        raise explain(error, target) from error


def make_engine(target: Target, sizes: PoolSizes, role: str) -> sa.Engine:
    """The engine for everything that is not bulk, which only looks. Opens nothing before it is used; dispose of it."""
    # Here, because workers use this module as well and never load SQLAlchemy: it would cost each of them over 10 MB.
    import sqlalchemy as sa

    keywords = {**_KEEPALIVES, **target.libpq(role), "client_encoding": "utf8"}
    engine = sa.create_engine(
        "postgresql+psycopg2://",
        creator=lambda: _connect_for_engine(keywords),
        pool_size=sizes.size,
        max_overflow=sizes.overflow,
        pool_timeout=sizes.timeout,
        pool_pre_ping=True,
        pool_recycle=_RECYCLE_SECONDS,
        # The last one used is used again, so that what a peak opened can close.
        pool_use_lifo=True,
        hide_parameters=True,
        # It would be looked for in the catalogue at each connection.
        use_native_hstore=False,
    )
    sa.event.listen(engine, "begin", _pin)
    return engine


def _connect_for_engine(keywords: dict[str, Any]) -> Any:
    """A connection whose first transaction is open already: SQLAlchemy has questions of its own to a new one."""
    import psycopg2

    connection = psycopg2.connect(**keywords)
    try:
        connection.set_session(isolation_level="READ COMMITTED", readonly=True, deferrable=False)
        with connection.cursor() as cursor:
            cursor.execute(direct_settings(connection.server_version, connection.info.backend_pid))
            connection.commit()
            cursor.execute(pins(connection.server_version))
    except BaseException:
        connection.close()
        raise
    return connection


def _pin(connection: sa.Connection) -> None:
    """Begin a transaction of the engine with our settings; what they replace of the search path is kept at hand."""
    driver: Any = connection.connection.dbapi_connection
    # The one in which SQLAlchemy asked its own questions, if the connection is new.
    driver.rollback()
    version = driver.server_version
    connection.info[PATH_BEFORE] = connection.exec_driver_sql(pins(version)).scalar_one()


def check_version(version: int) -> None:
    """Refuse a server that is older than PostgreSQL 13.

    Raises:
        EnvironmentFailure: ``server-too-old``.
    """
    if version < OLDEST_SERVER:
        raise EnvironmentFailure.of(
            "server-too-old",
            f"The database server is PostgreSQL {version // 10000}; Sheetferry needs 13 or newer.",
            "Use a newer server, or the built-in one.",
        )
