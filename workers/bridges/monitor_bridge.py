"""Carries samples from the sampler's thread to the UI thread; when the UI is late it gets the latest only, no queue."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, Signal, Slot

from workers.core.metrics.samples import Sample


class MonitorBridge(QObject):
    """Lives on the UI thread; `heard` is the sampler's sink and may be called on any thread.

    Signals:
        sampled: Tuple of the samples since the last one, oldest first; one as a rule, at most `MOST` after a stall.
    """

    MOST = 20
    sampled = Signal(tuple)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Create it on the UI thread."""
        super().__init__(parent)
        self._lock = threading.Lock()
        self._samples: list[Sample] = []
        self._woken.connect(self._flush, Qt.ConnectionType.QueuedConnection)

    def heard(self, sample: Sample) -> None:
        """Take a sample; cheap, on the sampler's thread."""
        with self._lock:
            self._samples.append(sample)
            del self._samples[: -self.MOST]
            if len(self._samples) > 1:
                return
        self._woken.emit()

    @Slot()
    def _flush(self) -> None:
        with self._lock:
            samples, self._samples = tuple(self._samples), []
        if samples:
            self.sampled.emit(samples)
