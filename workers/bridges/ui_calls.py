"""Short calls off the UI thread whose answers come back on it.

    calls.start(lambda: list_schemas(target), success=panel.show_schemas, failure=panel.show_error, parent=panel)

The work runs on the program's I/O threads; `success` or `failure` runs on the UI thread, and not at all once `parent`
has been destroyed. An error that nobody handles is logged and handed to `unhandled`, never lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class UiCalls(QObject):
    """Starts calls on an executor and delivers their answers on the thread it lives in (the UI's).

    Signals:
        unhandled: An exception of a call that was started without `failure`.
    """

    unhandled = Signal(object)
    _finished = Signal(int, object)

    def __init__(self, executor: Executor, parent: QObject | None = None) -> None:
        """Use `executor` for the work; it is owned and closed elsewhere."""
        super().__init__(parent)
        self._executor = executor
        self._number = 0
        self._waiting: dict[
            int, tuple[Callable[[Any], object] | None, Callable[[BaseException], object] | None, QObject | None]
        ] = {}
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        work: Callable[[], _Result],
        success: Callable[[_Result], object] | None = None,
        failure: Callable[[BaseException], object] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Run `work` on an I/O thread and its answer here. Call on the UI thread.

        Args:
            work: Must not touch widgets.
            success: Gets the result.
            failure: Gets the exception; without it the exception goes to `unhandled`.
            parent: When it is destroyed before the answer, nothing is called.
        """
        self._number += 1
        number = self._number
        self._waiting[number] = (success, failure, parent)
        try:
            future = self._executor.submit(work)
        except RuntimeError:  # the executor is shutting down: nobody waits for an answer any more
            del self._waiting[number]
            return
        future.add_done_callback(lambda done: self._finish(number, done))

    def _finish(self, number: int, done: Future[Any]) -> None:
        """Runs on the I/O thread: only emits."""
        if isValid(self) and not done.cancelled():
            self._finished.emit(number, done)

    @Slot(int, object)
    def _deliver(self, number: int, done: Future[Any]) -> None:
        success, failure, parent = self._waiting.pop(number, (None, None, None))
        if parent is not None and not isValid(parent):
            return
        error = done.exception()
        if error is None:
            if success is not None:
                success(done.result())
        elif failure is not None:
            failure(error)
        else:
            _log.error("a call in the background failed", exc_info=error)
            self.unhandled.emit(error)
