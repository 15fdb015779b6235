"""Asking servers, off the supervisor's thread, how many connections they have."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor

from workers.core.jobs.events import ConnectionsCounted
from workers.core.jobs.instructions import CountConnections
from workers.core.model.errors import SheetferryError
from workers.pool.config import Counter

_log = logging.getLogger(__name__)


class ConnectionProbe:
    """Puts one question after another; every question gets an answer, if only that there are no figures."""

    def __init__(
        self, counter: Counter | None, executor: Executor, answer: Callable[[ConnectionsCounted], None]
    ) -> None:
        """Ask `counter` on `executor`; `answer` is called there and must be safe to call from any thread.

        Without a `counter` no server has figures.
        """
        self._counter = counter
        self._executor = executor
        self._answer = answer

    def ask(self, question: CountConnections, at: float) -> ConnectionsCounted | None:
        """Begin to find out; the answer at once when nobody can be asked."""
        counter, nothing = self._counter, ConnectionsCounted(at, question.server, None)
        if counter is None:
            return nothing
        try:
            self._executor.submit(self._count, counter, question)
        except RuntimeError:  # the executor is shutting down
            return nothing
        return None

    def _count(self, counter: Counter, question: CountConnections) -> None:
        figures, full = None, False
        try:
            figures = counter(question.target)
        except SheetferryError as error:
            full = error.info.kind == "too-many-connections"
            _log.info("the server's connections could not be counted: %s", error)
        except Exception:  # noqa: BLE001 - an answer must come, whatever the database's library raises
            _log.exception("the server's connections could not be counted")
        self._answer(ConnectionsCounted(0.0, question.server, figures, full))
