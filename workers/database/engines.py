"""Connections: a SQLAlchemy engine on psycopg2 for short calls, and psycopg 3 connections for bulk loading."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from workers.core.jobs.pool_sizes import PoolSizes
from workers.core.model.errors import EnvironmentFailure
from workers.core.model.tasks import Target
from workers.database.explain import explain

if TYPE_CHECKING:
    import psycopg
    import sqlalchemy as sa

OLDEST_SERVER = 130000
LOCK_TIMEOUT = "5s"
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
# Server side: a client that has gone keeps no locks, and texts read the same whatever the server's own settings are.
_SESSION = {
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "60000",
    "idle_in_transaction_session_timeout": "10min",
    "lock_timeout": LOCK_TIMEOUT,
    "statement_timeout": "0",
    "TimeZone": "UTC",
    "DateStyle": "ISO, MDY",
    "IntervalStyle": "postgres",
    "standard_conforming_strings": "on",
    "extra_float_digits": "1",
}
# PostgreSQL 14 looks during a long statement whether its client is still there.
_SESSION_14 = {"client_connection_check_interval": "2s"}


def connect_bulk(target: Target, role: str) -> psycopg.Connection[Any]:
    """Open a connection for a worker, with the session settings of an import. Not in autocommit mode.

    Args:
        target: The database.
        role: Last part of the session's ``application_name``; with the job's id in it a session can be told apart.

    Raises:
        SheetferryError: with a kind such as ``unreachable``, ``wrong-password``, ``too-many-connections``,
            ``server-too-old``.
    """
    # Here, because a command that only asks whether the server is there starts without it.
    import psycopg

    try:
        connection = psycopg.connect(**{**_KEEPALIVES, **target.libpq(role)}, client_encoding="utf8", autocommit=True)
    except psycopg.Error as error:
        raise explain(error, target) from error
    try:
        check_version(connection.info.server_version)
        connection.execute(*_set_session(connection.info.server_version))
        connection.autocommit = False
    except psycopg.Error as error:
        connection.close()
        raise explain(error, target) from error
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
    """The engine for everything that is not bulk. Opens nothing before it is used; dispose of it in the end."""
    # Here, because workers use this module as well and never load SQLAlchemy: it would cost each of them over 10 MB.
    import psycopg2
    import sqlalchemy as sa

    keywords = {**_KEEPALIVES, **target.libpq(role), "client_encoding": "utf8"}
    return sa.create_engine(
        "postgresql+psycopg2://",
        creator=lambda: psycopg2.connect(**keywords),
        pool_size=sizes.size,
        max_overflow=sizes.overflow,
        pool_timeout=sizes.timeout,
        pool_pre_ping=True,
        pool_recycle=_RECYCLE_SECONDS,
        # The last one used is used again, so that what a peak opened can close.
        pool_use_lifo=True,
        hide_parameters=True,
    )


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


def _set_session(version: int) -> tuple[str, list[str]]:
    """One statement for all settings: one round trip, and no start-up options that a connection broker may refuse."""
    values = {**_SESSION, **(_SESSION_14 if version >= 140000 else {})}
    statement = "SELECT " + ", ".join(["set_config(%s, %s, false)"] * len(values))
    return statement, [text for pair in values.items() for text in pair]
