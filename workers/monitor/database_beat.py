"""Asks the database every two seconds on an I/O thread, so that a server that hangs never delays a sample."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace

from workers.core.metrics.samples import DatabaseSample, DatabaseState

INTERVAL = 2.0
_SILENT_AFTER = 6.0


class DatabaseBeat:
    """Keeps the last answer and asks again when it is old; never more than one question under way."""

    def __init__(
        self,
        read: Callable[[], DatabaseSample],
        executor: Executor,
        clock: Callable[[], float],
        interval: float = INTERVAL,
    ) -> None:
        """Ask by `read` on `executor`."""
        self._read = read
        self._executor = executor
        self._clock = clock
        self._interval = interval
        self._last: DatabaseSample | None = None
        self._asked = float("-inf")
        self._answered = 0.0
        self._question: Future[DatabaseSample] | None = None

    def latest(self) -> DatabaseSample | None:
        """The last answer with its age; lost when the server has been silent for long. Never blocks."""
        now = self._clock()
        if self._question is not None and self._question.done():
            self._take(self._question, now)
            self._question = None
        if self._question is None and now - self._asked >= self._interval:
            self._ask(now)
        if self._last is None:
            return None
        age = max(0.0, now - self._answered)
        if self._question is not None and now - self._asked > _SILENT_AFTER:
            note = f"The database has not answered for {age:.0f} s."
            return replace(_emptied(self._last), state=DatabaseState.LOST, note=note, age=age)
        return replace(self._last, age=age)

    def _ask(self, now: float) -> None:
        self._asked = now
        try:
            self._question = self._executor.submit(self._read)
        except RuntimeError:  # the executor is shutting down
            self._question = None

    def _take(self, question: Future[DatabaseSample], now: float) -> None:
        error = question.exception()
        if error is None:
            self._last = question.result()
        else:
            kept = self._last or DatabaseSample()
            self._last = replace(_emptied(kept), state=DatabaseState.LOST, note=f"It could not be read: {error}")
        self._answered = now


def _emptied(sample: DatabaseSample) -> DatabaseSample:
    """The sample without the server's figures: old ones must not look like new ones."""
    return replace(
        sample, server_connections=None, by_state=(), longest_transaction=None, lock_waits=None, database_size=None
    )
