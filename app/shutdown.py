"""Closing the window in stages: ask once, cancel or drain, close services, leave. The window stays alive meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from widgets.parts.plain_text import message_box

BUDGET_SECONDS = 30.0


class Ending(StrEnum):
    """What is to become of running and waiting imports."""

    WAIT = "wait"
    CANCEL = "cancel"
    STAY = "stay"


class Shutdown(QObject):
    """Ends the program without blocking the UI thread.

    Signals:
        finished: Everything has ended; the window may close.
    """

    finished = Signal()
    _ended = Signal()

    def __init__(
        self,
        *,
        running: Callable[[], int],
        waiting: Callable[[], int],
        ask: Callable[[int, int], Ending],
        end_pool: Callable[[bool, float], object],
        close_services: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        """Prepare.

        Args:
            running: How many imports run.
            waiting: How many wait; they stay for the next start.
            ask: Asks the user; given the numbers of running and waiting imports. Only called when something runs.
            end_pool: Ends the pool within a budget: whether to cancel, seconds. Blocks, so it runs on a thread.
            close_services: Closes what the pool needed. Blocks, on the same thread.
            parent: Owner.
        """
        super().__init__(parent)
        self._running, self._waiting, self._ask = running, waiting, ask
        self._end_pool, self._close_services = end_pool, close_services
        self._thread: threading.Thread | None = None
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def request(self) -> None:
        """The user wants to close."""
        if self._thread is not None:
            return
        running = self._running()
        ending = self._ask(running, self._waiting()) if running else Ending.CANCEL
        if ending is not Ending.STAY:
            self.begin(cancel=ending is Ending.CANCEL)

    def begin(self, *, cancel: bool) -> None:
        """End everything now; `finished` follows."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, args=(cancel,), name="shutdown")
            self._thread.start()

    def _work(self, cancel: bool) -> None:
        try:
            # An import that may end by itself is given as long as it needs: the user has chosen to wait for it.
            self._end_pool(cancel, BUDGET_SECONDS if cancel else 24 * 3600.0)
            self._close_services()
        finally:
            self._ended.emit()

    @Slot()
    def _finish(self) -> None:
        if self._thread is not None:
            self._thread.join()
        self.finished.emit()


def ask_in_a_dialog(parent: QWidget, running: int, waiting: int) -> Ending:
    """The one question at closing: wait, cancel, or stay."""
    said = parent.tr("{0} imports are still running.").format(running)
    if running == 1:
        said = parent.tr("One import is still running.")
    kept = parent.tr("{0} waiting imports are kept for the next start.").format(waiting)
    rolled_back = parent.tr("Cancelled imports are rolled back: no rows are left behind.")
    more = f"{rolled_back}\n{kept}" if waiting else rolled_back
    box = message_box(parent, parent.tr("Close Sheetferry"), said, more)
    wait = box.addButton(parent.tr("Wait for them, then close"), QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(parent.tr("Cancel them and close"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(parent.tr("Keep the window open"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    chosen = box.clickedButton()
    if chosen is wait:
        return Ending.WAIT
    return Ending.CANCEL if chosen is cancel else Ending.STAY
