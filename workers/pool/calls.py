"""Short calls on the I/O threads: what to do, what to do with the answer, what to do with an error.

    calls.of(lambda: list_schemas(target)).success(show).failure(explain).start()

Without Qt: the callbacks run on the I/O thread. An error that nobody takes is logged, never lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Generic, TypeVar

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class Call(Generic[_Result]):
    """One call under construction; nothing happens before `start`."""

    def __init__(self, executor: Executor, work: Callable[[], _Result]) -> None:
        """Prepare to run `work` on `executor`."""
        self._executor = executor
        self._work = work
        self._success: Callable[[_Result], object] | None = None
        self._failure: Callable[[BaseException], object] | None = None

    def success(self, take: Callable[[_Result], object]) -> Call[_Result]:
        """Hand the answer to `take`."""
        self._success = take
        return self

    def failure(self, take: Callable[[BaseException], object]) -> Call[_Result]:
        """Hand an error of the work to `take`."""
        self._failure = take
        return self

    def start(self) -> Future[_Result]:
        """Begin; the future may be waited for or dropped.

        Raises:
            RuntimeError: if the I/O threads have ended.
        """
        future = self._executor.submit(self._work)
        future.add_done_callback(self._deliver)
        return future

    def _deliver(self, future: Future[_Result]) -> None:
        if future.cancelled():
            return
        error = future.exception()
        try:
            if error is None:
                if self._success is not None:
                    self._success(future.result())
            elif self._failure is not None:
                self._failure(error)
            else:
                _log.error("a call in the background failed: %s", error, exc_info=error)
        except Exception:  # noqa: BLE001 - what a callback raises must not be lost in a future
            _log.exception("the answer of a call in the background could not be taken")


class Calls:
    """Makes calls on one executor."""

    def __init__(self, executor: Executor) -> None:
        """Use `executor`, which is owned and closed elsewhere."""
        self._executor = executor

    def of(self, work: Callable[[], _Result]) -> Call[_Result]:
        """A call that runs `work` on an I/O thread."""
        return Call(self._executor, work)
