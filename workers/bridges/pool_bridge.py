"""Carries the pool's news from its own thread to the UI thread, the latest of each job only, about ten times a second.

    supervisor thread --heard()--> [latest per job] --one queued wake-up--> UI thread: timer --> signals

However many events arrive between two beats, the UI gets one tuple.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from workers.core.jobs.pool_events import ImportEnded, JobChanged, PoolChanged, PoolEvent, ResultReady
from workers.core.jobs.snapshots import JobSnapshot, PoolSnapshot

_BEAT_MS = 100


class PoolBridge(QObject):
    """Lives on the UI thread; `heard` is the pool's listener and may be called on any thread.

    Signals:
        jobs_changed: Tuple of `JobSnapshot`, the latest of every job that changed since the last one.
        pool_changed: The latest `PoolSnapshot`.
        imports_ended: Tuple of ``(job_id, ImportOutcome)``, none left out, in order.
        results_ready: Tuple of ``(job_id, result)`` of jobs that return something, none left out, in order.
    """

    jobs_changed = Signal(tuple)
    pool_changed = Signal(object)
    imports_ended = Signal(tuple)
    results_ready = Signal(tuple)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None, beat_ms: int = _BEAT_MS) -> None:
        """Create it on the UI thread."""
        super().__init__(parent)
        self._lock = threading.Lock()
        self._jobs: dict[str, JobSnapshot] = {}
        self._pool: PoolSnapshot | None = None
        self._ended: list[tuple[str, object]] = []
        self._results: list[tuple[str, object]] = []
        self._pending = False
        self._beat = QTimer(self)
        self._beat.setSingleShot(True)
        self._beat.setInterval(beat_ms)
        self._beat.timeout.connect(self._flush)
        self._woken.connect(self._start_beat, Qt.ConnectionType.QueuedConnection)

    def heard(self, event: PoolEvent) -> None:
        """Take an event of the pool; cheap, on the pool's thread."""
        with self._lock:
            match event:
                case JobChanged(job):
                    self._jobs[job.job_id] = job
                case PoolChanged(pool):
                    self._pool = pool
                case ImportEnded(job_id, outcome):
                    self._ended.append((job_id, outcome))
                case ResultReady(job_id, result):
                    self._results.append((job_id, result))
                case _:
                    return
            if self._pending:
                return
            self._pending = True
        self._woken.emit()

    @Slot()
    def _start_beat(self) -> None:
        if not self._beat.isActive():
            self._beat.start()

    @Slot()
    def _flush(self) -> None:
        with self._lock:
            jobs, self._jobs = tuple(self._jobs.values()), {}
            pool, self._pool = self._pool, None
            ended, self._ended = tuple(self._ended), []
            results, self._results = tuple(self._results), []
            self._pending = False
        if results:
            self.results_ready.emit(results)
        if ended:
            self.imports_ended.emit(ended)
        if jobs:
            self.jobs_changed.emit(jobs)
        if pool is not None:
            self.pool_changed.emit(pool)
