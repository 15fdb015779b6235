"""Carries what is new of queries from the pool's thread to the UI thread, the latest of each query only."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from workers.core.query.tracking import QuerySnapshot

_BEAT_MS = 100


class QueryBridge(QObject):
    """Lives on the UI thread; `heard` is the listener of the query service and may be called on any thread.

    Signals:
        queries_changed: Tuple of `QuerySnapshot`, the latest of every query that changed since the last one.
    """

    queries_changed = Signal(tuple)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None, beat_ms: int = _BEAT_MS) -> None:
        """Create it on the UI thread."""
        super().__init__(parent)
        self._lock = threading.Lock()
        self._latest: dict[str, QuerySnapshot] = {}
        self._beat = QTimer(self)
        self._beat.setSingleShot(True)
        self._beat.setInterval(beat_ms)
        self._beat.timeout.connect(self._flush)
        self._woken.connect(self._start_beat, Qt.ConnectionType.QueuedConnection)

    def heard(self, snapshot: QuerySnapshot) -> None:
        """Take what is new of a query; cheap, on any thread."""
        with self._lock:
            pending = bool(self._latest)
            self._latest[snapshot.query_id] = snapshot
        if not pending:
            self._woken.emit()

    @Slot()
    def _start_beat(self) -> None:
        if not self._beat.isActive():
            self._beat.start()

    @Slot()
    def _flush(self) -> None:
        with self._lock:
            latest, self._latest = tuple(self._latest.values()), {}
        if latest:
            self.queries_changed.emit(latest)
