"""Asking the embedded server whether it is there and who uses it."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from enum import Enum, auto
from pathlib import Path
from typing import Any

import psycopg2

from workers.core.model.tasks import Target

WATCHER_ROLE = "watcher"
_PROBE_SECONDS = "3"


class Login(Enum):
    """What became of an attempt to log in."""

    OK = auto()
    WRONG_PASSWORD = auto()
    UNREACHABLE = auto()


def connect(target: Target, role: str) -> Any:
    """A psycopg2 connection in autocommit mode to the database that always exists."""
    keywords = replace(target, dbname="postgres").libpq(role)
    connection = psycopg2.connect(**keywords, connect_timeout=_PROBE_SECONDS)
    connection.autocommit = True
    with connection.cursor() as cursor:
        # A session of our own with a server of our own: no broker stands between.
        cursor.execute("SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', false)")
    return connection


def try_login(target: Target, data: Path) -> Login:
    """Log in; OK only when it is the server of the data directory `data` that answers."""
    try:
        with contextlib.closing(connect(target, "probe")) as connection, connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            found = cursor.fetchone()[0]
    except psycopg2.OperationalError as error:
        return Login.WRONG_PASSWORD if "password authentication failed" in str(error) else Login.UNREACHABLE
    except psycopg2.Error:
        return Login.UNREACHABLE
    return Login.OK if os.path.realpath(found) == os.path.realpath(data) else Login.UNREACHABLE


def other_sessions(target: Target) -> int:
    """How many sessions are connected besides this one and the watcher's; 0 when the server does not answer."""
    try:
        with contextlib.closing(connect(target, "probe")) as connection:
            return count_sessions(connection)
    except psycopg2.Error:
        return 0


def count_sessions(connection: Any) -> int:
    """How many sessions are connected besides this one and the watcher's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
            " AND pid <> pg_backend_pid() AND application_name <> %s",
            (f"sheetferry/{WATCHER_ROLE}",),
        )
        return int(cursor.fetchone()[0])


def sessions_so_far(connection: Any) -> int:
    """How many sessions there have been since the statistics began: also those that came and went unseen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(sessions) FROM pg_stat_database")
        return int(cursor.fetchone()[0] or 0)
