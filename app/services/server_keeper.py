"""Keeps the embedded server running under a command: one that was killed or stopped is started again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from app.lost_database import LossWatch
from workers.core.jobs.pool_events import JobChanged, PoolEvent
from workers.core.model.errors import SheetferryError
from workers.database.embedded.server import EmbeddedServer

_log = logging.getLogger(__name__)
_PATIENCE = 60.0
_REASON = "The built-in database is being started again."


class ServerKeeper:
    """Listens to the pool; when an import has lost the database, nothing starts until the server runs again.

    Whoever made the command holds on to the server all the time; the keeper only sees to it that it runs.
    """

    def __init__(self, server: EmbeddedServer, gate: Callable[[str | None], object]) -> None:
        """Start `server` when it is gone (an object of the keeper's own), and shut the pool's `gate` meanwhile."""
        self._server, self._gate = server, gate
        self._watch = LossWatch()
        self._busy = threading.Lock()

    def heard(self, event: PoolEvent) -> None:
        """An event of the pool, on the pool's thread; returns at once."""
        if isinstance(event, JobChanged) and self._watch.is_news(event.job) and self._busy.acquire(blocking=False):
            self._gate(_REASON)
            threading.Thread(target=self._mend, name="server-keeper", daemon=True).start()

    def close(self) -> None:
        """Wait until a start under way has ended, so that no server is left without anybody who stops it."""
        if self._busy.acquire(timeout=_PATIENCE):
            self._busy.release()

    def _mend(self) -> None:
        try:
            self._server.acquire()
            self._server.release()
        except SheetferryError as error:
            # The import's own next attempt says what is wrong.
            _log.warning("the built-in database could not be started again: %s", error)
        finally:
            self._busy.release()
            self._gate(None)
