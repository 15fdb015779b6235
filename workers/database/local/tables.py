"""Tables of this workstation's store, and how its SQLite file is opened.

By the standard library's driver: every command opens the store, and a larger library would take longer to load than a
small import takes.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from workers.core.model.errors import EnvironmentFailure, SheetferryError
from workers.core.model.shown_text import kept
from workers.database.local.migrations import bring_up_to_date
from workers.system.file_locks import FileLock
from workers.system.private_files import make_private_file

_BUSY_SECONDS = 20
_ROOM = 1 << 18
_JSON = frozenset({"request", "details", "backend", "outcome", "options", "headers", "alert"})
"""Columns, of whichever table, that hold plain values as JSON."""

_TABLES = (
    """
    CREATE TABLE IF NOT EXISTS jobs (
        job_id VARCHAR NOT NULL PRIMARY KEY, owner VARCHAR NOT NULL, surface VARCHAR NOT NULL, kind VARCHAR NOT NULL,
        title VARCHAR NOT NULL, target VARCHAR NOT NULL, request JSON NOT NULL, details JSON NOT NULL,
        state VARCHAR NOT NULL, reason VARCHAR NOT NULL, priority VARCHAR NOT NULL, position INTEGER NOT NULL,
        attempts INTEGER NOT NULL, deaths INTEGER NOT NULL, submitted FLOAT NOT NULL, ended FLOAT, backend JSON)
    """,
    """
    CREATE TABLE IF NOT EXISTS outcomes (
        import_id VARCHAR NOT NULL PRIMARY KEY, job_id VARCHAR NOT NULL, recorded FLOAT NOT NULL,
        target VARCHAR NOT NULL, state VARCHAR NOT NULL, words VARCHAR NOT NULL, outcome JSON NOT NULL,
        log VARCHAR NOT NULL, archived BOOLEAN NOT NULL)
    """,
    """
    CREATE TABLE IF NOT EXISTS templates (
        fingerprint VARCHAR NOT NULL PRIMARY KEY, options JSON NOT NULL, headers JSON NOT NULL,
        target VARCHAR NOT NULL, source VARCHAR NOT NULL, saved FLOAT NOT NULL)
    """,
    """
    CREATE TABLE IF NOT EXISTS alerts (
        alert_id VARCHAR NOT NULL PRIMARY KEY, seen FLOAT NOT NULL, alert JSON NOT NULL)
    """,
    """
    CREATE TABLE IF NOT EXISTS job_times (
        number INTEGER NOT NULL PRIMARY KEY, key VARCHAR NOT NULL, seconds FLOAT NOT NULL, ended FLOAT NOT NULL)
    """,
    """
    CREATE TABLE IF NOT EXISTS marks (
        number INTEGER NOT NULL PRIMARY KEY, time FLOAT NOT NULL, kind VARCHAR NOT NULL, text VARCHAR NOT NULL,
        job_id VARCHAR NOT NULL)
    """,
)
_INDEXES = {
    "jobs": ("owner", "state"),
    "outcomes": ("job_id", "recorded"),
    "templates": ("saved",),
    "alerts": ("seen",),
    "job_times": ("key", "ended"),
    "marks": ("time",),
}


class LocalFile:
    """The SQLite file: opened, brought up to date, and set aside when it is broken.

    Attributes:
        set_aside: Where a broken file went when one was found at opening, else None.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            EnvironmentFailure: when the folder cannot be written or its disk is full.
        """
        self._path = path
        self._present = threading.local()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        self.set_aside: Path | None = None
        with self._explained(), FileLock(path.with_suffix(".lock")) as lock:
            lock.acquire(_BUSY_SECONDS)
            try:
                make_private_file(path)  # SQLite gives its side files the mode of this one
                self._prepare()
            except sqlite3.DatabaseError as error:
                if not _is_broken(error):
                    raise
                self._dispose()
                self.set_aside = _set_aside(path)
                make_private_file(path)
                self._prepare()

    def close(self) -> None:
        """Close all connections."""
        self._closed = True
        self._dispose()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A transaction that only reads; never waits for writers. Within one that writes it sees what that wrote."""
        present: sqlite3.Connection | None = getattr(self._present, "connection", None)
        if present is not None:
            yield present
            return
        with self._explained(), self._connected() as connection, _transaction(connection, "BEGIN"):
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that writes; takes its turn with other processes and is on disk when it ends.

        Within another one of the same thread it is a part of that.
        """
        present: sqlite3.Connection | None = getattr(self._present, "connection", None)
        if present is not None:
            yield present
            return
        # A writer that begins as a reader can fail half-way instead of waiting for its turn.
        with self._explained(), self._connected() as connection, _transaction(connection, "BEGIN IMMEDIATE"):
            self._present.connection = connection
            try:
                yield connection
            finally:
                self._present.connection = None

    def shrink(self) -> None:
        """Give unused room back to the disk when it is a quarter of the file or more, unless others write meanwhile."""
        with self._explained(), self._connected() as connection:
            pages, free = (
                connection.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "freelist_count")
            )
            if free * 4 >= pages:
                with contextlib.suppress(sqlite3.OperationalError):
                    connection.execute("VACUUM")

    def _prepare(self) -> None:
        with self._connected() as connection, _transaction(connection, "BEGIN IMMEDIATE"):
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise sqlite3.DatabaseError(f"malformed: {found}")
            for statement in _TABLES:
                connection.execute(statement)
            for table, columns in _INDEXES.items():
                for column in columns:
                    connection.execute(f"CREATE INDEX IF NOT EXISTS ix_{table}_{column} ON {table} ({column})")
            connection.execute("CREATE INDEX IF NOT EXISTS jobs_position ON jobs (position)")
            bring_up_to_date(connection)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection that no other thread uses meanwhile; one whose use failed is not used again."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = _open(self._path)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        if self._closed:
            self._dispose()

    def _dispose(self) -> None:
        with contextlib.suppress(IndexError):
            while True:
                self._idle.pop().close()

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise _explain(self._path, error) from error


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, which have the same columns; plain values in a column of JSON are written as such."""
    if rows:
        names = list(rows[0])
        places = ", ".join("?" * len(names))
        statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 - names of our own
        connection.executemany(statement, [[_kept(name, row[name]) for name in names] for row in rows])


def update(connection: sqlite3.Connection, table: str, values: Mapping[str, Any], key: str, wanted: object) -> None:
    """Give the row whose column `key` is `wanted` these values."""
    changes = ", ".join(f"{name} = ?" for name in values)
    parameters = [*(_kept(name, value) for name, value in values.items()), wanted]
    connection.execute(f"UPDATE {table} SET {changes} WHERE {key} = ?", parameters)  # noqa: S608 - names of our own


def select(connection: sqlite3.Connection, statement: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """The rows of a query by their columns' names, JSON read."""
    cursor = connection.execute(statement, [kept(p) if isinstance(p, str) else p for p in parameters])
    names = [column[0] for column in cursor.description]
    return [{name: _read(name, value) for name, value in zip(names, row, strict=True)} for row in cursor]


def _kept(name: str, value: Any) -> Any:
    if name in _JSON:
        return None if value is None else json.dumps(value)  # which escapes the half characters of odd file names
    return kept(value) if isinstance(value, str) else value


def _read(name: str, value: Any) -> Any:
    return json.loads(value) if name in _JSON and value is not None else value


def _open(path: Path) -> sqlite3.Connection:
    # Without the driver's own transactions, which would begin too late. One thread at a time uses a connection.
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # Some failures, a full disk among them, have rolled it back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _is_broken(error: sqlite3.DatabaseError) -> bool:
    said = str(error).lower()
    return any(word in said for word in ("not a database", "malformed", "no such column", "unsupported file format"))


def _set_aside(path: Path) -> Path:
    """Rename the file and its companions; nothing is deleted."""
    aside = path.with_name(f"{path.name}.broken-{time.strftime('%Y%m%d-%H%M%S')}")
    for suffix in ("-wal", "-shm", ""):
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.replace(aside.with_name(aside.name + suffix))
    return aside


def _is_full(folder: Path) -> bool:
    """SQLite reports a full disk as an I/O error where it writes by way of memory."""
    try:
        return shutil.disk_usage(folder).free < _ROOM
    except OSError:
        return False


def _explain(path: Path, error: sqlite3.Error | OSError) -> SheetferryError:
    said = str(error)
    text = said.lower()
    if "disk is full" in text or "no space left" in text or ("disk i/o error" in text and _is_full(path.parent)):
        kind, what = "disk-full", f"The disk that holds {path.parent} is full, so the queue cannot be saved."
        hint = "Free some space, or set SHEETFERRY_HOME to a folder on another disk."
    elif any(word in text for word in ("readonly", "read-only", "unable to open", "permission")):
        kind, what = "home-not-writable", f"The queue in {path.parent} cannot be written."
        hint = "Give yourself write access to that folder, or set SHEETFERRY_HOME to another one."
    elif "locked" in text or "busy" in text:
        kind, what = "store-busy", "Another Sheetferry has been writing the queue for too long."
        hint = "Try again; if it stays so, end the other program."
    else:
        kind, what = "store-broken", f"The queue in {path} cannot be read: {said}."
        hint = "Start again: a broken file is set aside at the start."
    return EnvironmentFailure.of(kind, what, hint, detail=said)
