"""How late the window answers while ``cores - 1`` workers are busy and every chart is shown.

The window's loop is measured by its own 5 ms heartbeat, once with the machine idle and once with busy workers, in the
same run. The load is real imports into a real server: the pool's supervisor runs beside the window as it always does.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.gc_tuning import prefer_quick_answers
from tests.benchmarks.import_pool import ImportPool, import_pool, make_workbook
from widgets.monitor.charts.marks import Mark, MarkKind
from widgets.monitor.monitor_page import MonitorPage
from widgets.shell.main_window import MainWindow
from widgets.theme import Theme
from workers.bridges.lag_meter import LagMeter
from workers.core.jobs.snapshots import JobState, PoolSnapshot, WorkerSnapshot
from workers.core.metrics.samples import METRICS, MachineSample, Sample
from workers.core.metrics.series import SeriesTable
from workers.system.cpu_limits import machine_limits

NAME = "lag"
_IDLE_SECONDS = 10.0
_WARM_SECONDS = 2.0
_ROWS = 60_000


def run(seconds: float | None = None) -> dict[str, Any]:
    """Measure; the busy part takes 60 s, or what ``SHEETFERRY_BENCH_SECONDS`` says."""
    busy_seconds = seconds or float(os.environ.get("SHEETFERRY_BENCH_SECONDS", "60"))
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app)
    theme.install()
    page = MonitorPage(theme)
    window = MainWindow(theme, (page,))
    meter = LagMeter(window)
    feeder = _Feeder(page)
    window.show()
    prefer_quick_answers()
    try:
        meter.start()
        idle = _measure(meter, _IDLE_SECONDS, None)
        workers = max(1, machine_limits().cores - 1)
        with tempfile.TemporaryDirectory(prefix="sheetferry-lag-") as folder, import_pool(workers) as pool:
            load = _Load(pool, make_workbook(Path(folder) / "load.xlsx", _ROWS), 2 * workers)
            busy = _measure(meter, busy_seconds, feeder)
            load.stop()
            imports = load.done
    finally:
        meter.stop()
        window.finish_close()
        window.close()
        window.deleteLater()
    return {
        "p99_ms": round(_percentile(busy, 99), 2),
        "max_ms": round(max(busy), 2),
        "idle_p99_ms": round(_percentile(idle, 99), 2),
        "idle_max_ms": round(max(idle), 2),
        "seconds": round(busy_seconds, 1),
        "workers_busy": workers,
        "imports": imports,
        "charts": len(page.cards),
    }


def _percentile(values: list[float], percent: int) -> float:
    return quantiles(values, n=100)[percent - 1]


def _measure(meter: LagMeter, seconds: float, feeder: _Feeder | None) -> list[float]:
    """Every beat's lateness over a time, with samples coming in if there is a feeder."""
    loop = QEventLoop()
    _wait(loop, _WARM_SECONDS)
    if feeder is not None:
        feeder.timer.start()
        _wait(loop, _WARM_SECONDS)
    meter.record()
    _wait(loop, seconds)
    if feeder is not None:
        feeder.timer.stop()
    return meter.recorded()


def _wait(loop: QEventLoop, seconds: float) -> None:
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


class _Load:
    """Keeps the pool's workers busy: as soon as an import has ended the next one is submitted."""

    def __init__(self, pool: ImportPool, workbook: Path, at_once: int) -> None:
        self._pool, self._workbook, self._at_once = pool, workbook, at_once
        self._count = 0
        self._timer = QTimer()
        self._timer.setInterval(50)
        self._timer.timeout.connect(self._refill)
        self._timer.start()
        self._refill()

    @property
    def done(self) -> int:
        """Imports that have ended, all of which must have loaded."""
        ends = self._pool.ends.copy()
        assert all(jobs[-1].state is JobState.DONE for jobs in ends.values()), ends
        return len(ends)

    def stop(self) -> None:
        """Submit no more."""
        self._timer.stop()

    def _refill(self) -> None:
        while self._count - len(self._pool.ends) < self._at_once:
            self._count += 1
            self._pool.submit(self._workbook, f"t{self._count}")


class _Feeder:
    """Gives the page two samples a second on top of a quarter of an hour of history, with all series moving."""

    def __init__(self, page: MonitorPage) -> None:
        self._page = page
        self._count = 0
        self._series = SeriesTable(METRICS)
        now = time.time()
        for beat in range(1800, 0, -1):
            self._append(now - beat / 2)
        page.set_history(self._series)
        page.set_marks(tuple(Mark(now - 90 * n, MarkKind.STARTED, "job", "id") for n in range(8, 0, -1)))
        self.timer = QTimer(page)
        self.timer.setInterval(500)
        self.timer.timeout.connect(self._feed)

    def _append(self, moment: float) -> None:
        self._count += 1
        row = {name: 40.0 + (self._count * (7 + place)) % 37 for place, name in enumerate(METRICS)}
        giga = 1024.0**3
        row |= {"memory_limit": 14 * giga, "max_connections": 100.0}
        for share, name in ((0.1, "memory_used"), (0.05, "ours_memory")):
            row[name] *= giga * share
        self._series.append(moment, row)

    def _feed(self) -> None:
        now = time.time()
        self._append(now)
        workers = tuple(
            WorkerSnapshot(n, 1000 + n, "busy", task="retail.xlsx", cpu_percent=90, rss=80_000_000, age=now % 1000)
            for n in range(1, 8)
        )
        machine = MachineSample(80, 8, 8, 16 * 1024**3, 12 * 1024**3, 4 * 1024**3, 16 * 1024**3, 75)
        self._page.show_sample(Sample(now, now, machine, pool=PoolSnapshot(7, 7, 8, busy=7, workers=workers)))
