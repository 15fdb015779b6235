"""Keeps what the monitor is to remember across restarts: gathered on the UI thread, written off it, a second later."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Slot

from widgets.monitor.charts.marks import Mark, MarkKind
from workers.bridges.ui_calls import UiCalls
from workers.core.alerts.states import Alert
from workers.core.metrics.records import JobTime, KeptAlert, KeptMark, MonitorRecords
from workers.core.model.errors import SheetferryError
from workers.database.local.monitor_repository import MonitorRepository

_DELAY_MS = 1000
_log = logging.getLogger(__name__)


class MonitorMemory(QObject):
    """Lives on the UI thread; `load` is for I/O threads."""

    def __init__(
        self,
        shelf: MonitorRepository,
        calls: UiCalls,
        *,
        wall: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        """Keep everything in `shelf`, written by `calls`."""
        super().__init__(parent)
        self._shelf, self._calls, self._wall = shelf, calls, wall
        self._alerts: dict[str, KeptAlert] = {}
        self._times: list[JobTime] = []
        self._marks: list[KeptMark] = []
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_DELAY_MS)
        self._delay.timeout.connect(self.flush)

    def load(self) -> MonitorRecords:
        """What was kept; nothing, and a line in the log, where it cannot be read."""
        try:
            return self._shelf.load(self._wall())
        except SheetferryError as error:
            _log.warning("the monitor's memory cannot be read: %s", error)
            return MonitorRecords()

    def note_alerts(self, alerts: Iterable[Alert]) -> None:
        """Alerts as they stand now; pending ones are nothing to remember."""
        now = self._wall()
        self._alerts |= {a.alert_id: KeptAlert(a, now) for a in alerts if a.fired is not None}
        self._delay.start()

    def note_time(self, key: str, seconds: float, ended: float) -> None:
        """A job about `key` took so long, and ended well."""
        self._times.append(JobTime(key, seconds, ended))
        self._delay.start()

    def note_mark(self, mark: Mark) -> None:
        """Something happened."""
        self._marks.append(KeptMark(mark.time, mark.kind.value, mark.text, mark.job_id))
        self._delay.start()

    @Slot()
    def flush(self) -> None:
        """Write on an I/O thread what has been gathered."""
        records, now = self._taken(), self._wall()
        if records:
            self._calls.start(lambda: self._write(records, now), parent=self)

    def close(self) -> None:
        """Write at once: the window is closing."""
        self._delay.stop()
        records = self._taken()
        if records:
            self._write(records, self._wall())

    def _taken(self) -> MonitorRecords:
        records = MonitorRecords(tuple(self._alerts.values()), tuple(self._times), tuple(self._marks))
        self._alerts, self._times, self._marks = {}, [], []
        return records

    def _write(self, records: MonitorRecords, now: float) -> None:
        try:
            self._shelf.add(records, now)
        except SheetferryError as error:
            _log.warning("the monitor's memory cannot be written: %s", error)


def shown_mark(kept: KeptMark) -> Mark | None:
    """The mark as the charts have it; None for a kind that this version does not know."""
    try:
        return Mark(kept.time, MarkKind(kept.kind), kept.text, kept.job_id)
    except ValueError:
        return None
