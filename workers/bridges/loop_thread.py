"""A QThread that carries one blocking loop, such as the pool's supervisor or the sampler."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread

_log = logging.getLogger(__name__)


class LoopThread(QThread):
    """Runs `loop` once; the loop is ended by its own stop call, then `join` waits for it.

    It has no slots: slots of a QThread subclass would run on the thread that made it.
    """

    def __init__(self, name: str, loop: Callable[[], None], parent: QObject | None = None) -> None:
        """Name the thread, for logs and debuggers."""
        super().__init__(parent)
        self.setObjectName(name)
        self._loop = loop

    def run(self) -> None:
        """The thread's whole life."""
        try:
            self._loop()
        except Exception:  # noqa: BLE001 - nobody above could catch it; the log must have it
            _log.exception("the loop of thread %s ended with a defect", self.objectName())

    def join(self, timeout: float | None = None) -> None:
        """Wait for the loop's end, at most `timeout` seconds."""
        if timeout is None:
            self.wait()
        else:
            self.wait(round(timeout * 1000))
