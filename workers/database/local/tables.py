"""Tables of this workstation's store, and how its SQLite file is opened."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from workers.core.model.errors import EnvironmentFailure, SheetferryError
from workers.system.file_locks import FileLock

VERSION = 1
_BUSY_SECONDS = 20
_ROOM = 1 << 18
_READ = "sheetferry_read"

metadata = sa.MetaData()

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("job_id", sa.String, primary_key=True),
    sa.Column("owner", sa.String, nullable=False, index=True),
    sa.Column("surface", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("target", sa.String, nullable=False),
    sa.Column("request", sa.JSON, nullable=False),
    sa.Column("details", sa.JSON, nullable=False),
    sa.Column("state", sa.String, nullable=False, index=True),
    sa.Column("reason", sa.String, nullable=False),
    sa.Column("priority", sa.String, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("deaths", sa.Integer, nullable=False),
    sa.Column("submitted", sa.Float, nullable=False),
    sa.Column("ended", sa.Float),
    sa.Column("backend", sa.JSON),
)

outcomes = sa.Table(
    "outcomes",
    metadata,
    sa.Column("import_id", sa.String, primary_key=True),
    sa.Column("job_id", sa.String, nullable=False, index=True),
    sa.Column("recorded", sa.Float, nullable=False, index=True),
    sa.Column("target", sa.String, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("words", sa.String, nullable=False),
    sa.Column("outcome", sa.JSON, nullable=False),
    sa.Column("log", sa.String, nullable=False),
    sa.Column("archived", sa.Boolean, nullable=False),
)

templates = sa.Table(
    "templates",
    metadata,
    sa.Column("fingerprint", sa.String, primary_key=True),
    sa.Column("options", sa.JSON, nullable=False),
    sa.Column("headers", sa.JSON, nullable=False),
    sa.Column("target", sa.String, nullable=False),
    sa.Column("source", sa.String, nullable=False),
    sa.Column("saved", sa.Float, nullable=False, index=True),
)

alerts = sa.Table(
    "alerts",
    metadata,
    sa.Column("alert_id", sa.String, primary_key=True),
    sa.Column("seen", sa.Float, nullable=False, index=True),
    sa.Column("alert", sa.JSON, nullable=False),
)

job_times = sa.Table(
    "job_times",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("key", sa.String, nullable=False, index=True),
    sa.Column("seconds", sa.Float, nullable=False),
    sa.Column("ended", sa.Float, nullable=False, index=True),
)

marks = sa.Table(
    "marks",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("time", sa.Float, nullable=False, index=True),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("text", sa.String, nullable=False),
    sa.Column("job_id", sa.String, nullable=False),
)


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
        self.set_aside: Path | None = None
        with self._explained(), FileLock(path.with_suffix(".lock")) as lock:
            lock.acquire(_BUSY_SECONDS)
            self._engine = _engine(path)
            try:
                self._prepare()
            except sa.exc.DatabaseError as error:
                if not _is_broken(error):
                    raise
                self._engine.dispose()
                self.set_aside = _set_aside(path)
                self._engine = _engine(path)
                self._prepare()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that only reads; never waits for writers. Within one that writes it sees what that wrote."""
        present: sa.Connection | None = getattr(self._present, "connection", None)
        if present is not None:
            yield present
            return
        with self._explained(), self._engine.connect() as plain:
            connection = plain.execution_options(**{_READ: True})
            with connection.begin():
                yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes; takes its turn with other processes and is on disk when it ends.

        Within another one of the same thread it is a part of that.
        """
        present: sa.Connection | None = getattr(self._present, "connection", None)
        if present is not None:
            yield present
            return
        with self._explained(), self._engine.begin() as connection:
            self._present.connection = connection
            try:
                yield connection
            finally:
                self._present.connection = None

    def _prepare(self) -> None:
        with self._engine.begin() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
            if found != "ok":
                raise sa.exc.DatabaseError("quick_check", None, sqlite3.DatabaseError(f"malformed: {found}"))
            metadata.create_all(connection)
            # Not a part of the table above: files of earlier versions have the table, and get it here.
            connection.exec_driver_sql("CREATE INDEX IF NOT EXISTS jobs_position ON jobs (position)")
            connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sa.exc.DBAPIError, OSError) as error:
            raise _explain(self._path, error) from error


def _engine(path: Path) -> sa.Engine:
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), connect_args={"timeout": _BUSY_SECONDS})

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        # The driver's own transaction handling would begin too late; see "begin" below.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        # A writer that begins as a reader can fail half-way instead of waiting for its turn.
        connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get(_READ) else "BEGIN IMMEDIATE")

    return engine


def _is_broken(error: sa.exc.DatabaseError) -> bool:
    said = str(error.orig).lower()
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


def _explain(path: Path, error: sa.exc.DBAPIError | OSError) -> SheetferryError:
    said = str(error.orig if isinstance(error, sa.exc.DBAPIError) else error)
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
