"""Presenter of the target database: starts or reaches it off the UI thread, and says how it stands."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import psycopg
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from sqlalchemy import Engine

from app.context.run_context import RunContext
from app.services.embedded_service import embedded_server
from app.services.pool_connections import engine_sizes, pool_sizes, window_role
from app.services.target_choice import chosen_target
from app.services.target_holder import TargetHolder
from widgets.shell.status_data import DatabaseStatus
from widgets.translation import spoken
from workers.bridges.ui_calls import UiCalls
from workers.core.jobs.connection_budget import ServerConnections
from workers.core.jobs.pool_sizes import PoolSizes
from workers.core.model.errors import ErrorInfo, SheetferryError
from workers.core.model.tasks import Target
from workers.database.connection_budget import count_by
from workers.database.embedded.server import EmbeddedServer
from workers.database.engines import connect_bulk, make_engine
from workers.database.targets import url_without_password
from workers.monitor.database_reader import WatchedDatabase

_log = logging.getLogger(__name__)
_RETRY_MS = 10_000
_BEAT_MS = 4_000
"""A target that has gone is noticed within about so long, also while nothing is imported."""


@dataclass(frozen=True, slots=True)
class ReachedTarget:
    """A target that answered, with the engine for short calls on it.

    Attributes:
        sizes: Our whole pool, of which the engine has a share.
        former: Where the data is as it was before this start carried it over to another PostgreSQL; else empty.
        damaged: Tables that cannot be read; else empty.
    """

    target: Target
    engine: Engine
    version: str
    sizes: PoolSizes
    former: str = ""
    damaged: str = ""


class DatabaseFlow(QObject):
    """Holds on to the target while the window is open. Lives on the UI thread; all work is done on I/O threads.

    Signals:
        status_changed: A `DatabaseStatus` for the status bar.
        reached: The target answers (a `ReachedTarget`).
        lost: It does not (an `ErrorInfo`); tried again every ten seconds.
        carried_over: The built-in server's data was brought to another PostgreSQL; a sentence for people.
        damaged: Tables of the built-in server that cannot be read after it was killed.
    """

    status_changed = Signal(object)
    reached = Signal(object)
    lost = Signal(object)
    carried_over = Signal(str)
    damaged = Signal(str)

    def __init__(
        self, context: RunContext, calls: UiCalls, holder: TargetHolder, parent: QObject | None = None
    ) -> None:
        """Prepare; nothing is started before `start`. The target is put into `holder` as soon as it is known."""
        super().__init__(parent)
        self._context, self._calls, self._holder = context, calls, holder
        self._argument: str | None = None
        self._server: EmbeddedServer | None = None
        self._current: ReachedTarget | None = None
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(self.start)
        self._closed = False
        self._told = ""
        self._beat = QTimer(self)
        self._beat.setSingleShot(True)
        self._beat.setInterval(_BEAT_MS)
        self._beat.timeout.connect(self._look)

    @property
    def current(self) -> ReachedTarget | None:
        """The target if it has answered, else None."""
        return self._current

    @property
    def watched(self) -> WatchedDatabase | None:
        """What the monitor looks at; may be asked on any thread."""
        current = self._current
        return WatchedDatabase(current.engine, current.target, current.sizes) if current else None

    @property
    def url(self) -> str:
        """The target for people, without a password; empty while it is not known."""
        current = self._current
        return url_without_password(current.target) if current else ""

    @Slot()
    def start(self) -> None:
        """Reach the target: the chosen one, else the embedded server, which is started."""
        if self._closed:
            return
        self._retry.stop()
        self.status_changed.emit(DatabaseStatus("starting", self.tr("Database"), "", self.tr("starting")))
        self._calls.start(self._reach, self._on_reached, self._on_failed, self)

    def look_again(self) -> None:
        """The database seems to be gone: reach it anew, which starts the embedded server if it has ended."""
        if self._current is None:  # it is being reached already, or tried every ten seconds
            return
        self._dispose()
        self.start()

    @Slot()
    def _look(self) -> None:
        """Ask the target for a sign of life; the next question waits for the answer to this one."""
        current = self._current
        if current is None:
            return

        def ask() -> None:
            with current.engine.connect() as connection:
                connection.exec_driver_sql("SELECT 1")

        def gone(_error: BaseException) -> None:
            if self._current is current:
                self.look_again()

        self._calls.start(ask, lambda _: self._beat.start(), gone, self)

    def switch(self, named: str | None) -> None:
        """Use another target: a URL, the name of a saved connection, or None for the configured one."""
        self._argument = named
        self._dispose()
        self.start()

    def _reach(self) -> ReachedTarget:
        """On an I/O thread."""
        target = chosen_target(self._context, self._argument)
        if target is None:
            self._server = self._server or embedded_server(self._context)
            target = self._server.acquire()
        self._holder.put(target)
        with connect_bulk(target, "probe", read_only=True) as connection:
            version = connection.info.parameter_status("server_version") or ""
            server = _counted(connection)
        sizes = pool_sizes(self._context.settings)
        engine = make_engine(target, engine_sizes(sizes, server), window_role())
        carried = self._server is not None and target.embedded and self._server.carried_over is not None
        former = ", ".join(map(str, self._server.status().kept)) if carried and self._server else ""
        damaged = ", ".join(self._server.damaged) if target.embedded and self._server else ""
        return ReachedTarget(target, engine, version, sizes, former, damaged)

    def _on_reached(self, reached: ReachedTarget) -> None:
        self._current = reached
        self._beat.start()
        target = reached.target
        major = reached.version.split(" ")[0]
        where = (
            self.tr("built-in PostgreSQL {0}").format(major)
            if target.embedded
            else self.tr("on {0}").format(target.host or "localhost")
        )
        self.status_changed.emit(DatabaseStatus("connected", target.dbname, where, self.tr("connected")))
        self.reached.emit(reached)
        if reached.damaged:
            self.damaged.emit(reached.damaged)
        if reached.former and self._told != reached.former:
            self._told = reached.former
            self.carried_over.emit(self._words(reached.former, major))

    def _words(self, former: str, major: str) -> str:
        said = self.tr("The data of the built-in database was carried over to PostgreSQL {0}.").format(major)
        kept = self.tr("As it was before, it is kept in {0} until you remove that folder.").format(former)
        return f"{said} {kept}"

    def _on_failed(self, error: BaseException) -> None:
        info = error.info if isinstance(error, SheetferryError) else ErrorInfo("bug", str(error))
        if not isinstance(error, SheetferryError):
            _log.error("the database could not be reached", exc_info=error)
        self._current = None
        self.status_changed.emit(DatabaseStatus("broken", self.tr("Database"), "", spoken(info.message)))
        self.lost.emit(info)
        self._retry.start()

    def _dispose(self) -> None:
        if self._current is not None:
            self._calls.start(self._current.engine.dispose)
            self._current = None

    def close(self) -> None:
        """Let go of the target; the last user of the embedded server stops it.

        Blocks, so it is called at the very end on another thread, where timers must not be touched: they find nothing
        to do any more.
        """
        self._closed = True
        if self._current is not None:
            self._current.engine.dispose()
            self._current = None
        if self._server is not None:
            try:
                self._server.release()
            except SheetferryError as error:
                _log.warning("the built-in database could not be released: %s", error)


def _counted(connection: psycopg.Connection[Any]) -> ServerConnections | None:
    """The server's connections; None where it does not tell them."""
    try:
        return count_by(connection)
    except psycopg.Error as error:
        _log.info("the server's connections could not be counted: %s", error)
        return None
