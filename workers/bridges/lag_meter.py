"""Measures how late the UI thread answers: a timer of 5 ms on it, and how much later than that it comes."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from workers.core.metrics.samples import LagFigures

BEAT_MS = 5


class LagMeter(QObject):
    """Lives on the thread that it measures.

    Figures are over a window of the last beats. The cost is a few microseconds a beat; the buffer never grows.
    """

    def __init__(
        self, parent: QObject | None = None, *, window: int = 400, clock: Callable[[], float] = perf_counter
    ) -> None:
        """Measure over the last `window` beats (400 beats are two seconds) once started."""
        super().__init__(parent)
        self._clock = clock
        self._late = array("d", bytes(8 * window))
        self._count = 0
        self._last: float | None = None
        self._recording: list[float] | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self.beat)

    @Slot()
    def start(self) -> None:
        """Begin, or begin again after `stop`."""
        self._last = None
        self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Pause; what was measured stays."""
        self._timer.stop()
        self._last = None

    @Slot()
    def beat(self) -> None:
        """One beat has come."""
        now = self._clock()
        if self._last is not None:
            late = max(0.0, (now - self._last) * 1000 - BEAT_MS)
            self._late[self._count % len(self._late)] = late
            self._count += 1
            if self._recording is not None:
                self._recording.append(late)
        self._last = now

    def figures(self) -> LagFigures | None:
        """Lateness over the window, in milliseconds; None before the first beat."""
        size = min(self._count, len(self._late))
        if not size:
            return None
        ordered = sorted(self._late[:size])
        last = self._late[(self._count - 1) % len(self._late)]
        return LagFigures(last, _at(ordered, 0.5), _at(ordered, 0.95), _at(ordered, 0.99), ordered[-1])

    def record(self) -> None:
        """Keep every beat's lateness from now on, for a benchmark."""
        self._recording = []

    def recorded(self) -> list[float]:
        """What was kept since `record`, which ends."""
        kept, self._recording = self._recording or [], None
        return kept


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
