"""Builds everything around monitoring, alerts and settings for the window, and connects it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.context.run_context import RunContext, setting_context
from app.context.settings_store import SettingsStore
from app.gate import Gate
from app.presenters.monitor import MonitorFlow
from app.presenters.settings import SettingsFlow
from app.services.monitor_memory import MonitorMemory
from app.services.monitor_outlets import MonitorOutlets
from app.services.status_snapshot import planned_sizes
from app.services.worker_override import WorkerOverride
from widgets.monitor.monitor_page import MonitorPage
from widgets.settings.override import OverrideStatus
from widgets.settings.settings_page import SettingsPage
from widgets.theme import ColorMode, Theme
from workers.bridges.lag_meter import LagMeter
from workers.bridges.loop_thread import LoopThread
from workers.bridges.monitor_bridge import MonitorBridge
from workers.bridges.ui_calls import UiCalls
from workers.core.metrics.samples import IoSample
from workers.core.settings.alert_levels import setting_key
from workers.core.settings.alert_rules import alert_rules
from workers.core.settings.catalogue import CATALOGUE
from workers.core.settings.resolve import Origin, Settings
from workers.database.local.monitor_repository import MonitorRepository
from workers.monitor.database_beat import DatabaseBeat
from workers.monitor.database_reader import DatabaseReader, WatchedDatabase
from workers.monitor.machine_reader import MachineReader
from workers.monitor.process_reader import ProcessReader
from workers.monitor.sampler import LiveFigures, Readers, Sampler
from workers.monitor.series_file import SeriesFile
from workers.pool.executors import ExecutorManager

_STOP_SECONDS = 5.0
_SETTLE_MS = 300


class _SupervisedPool:
    """What overrides and alerts may do to the pool; alerts share the gate with other keepers."""

    def __init__(self, executors: ExecutorManager, gate: Gate) -> None:
        self.resize = executors.supervisor.resize
        self.recycle = executors.supervisor.recycle
        self._gate = gate

    def gate(self, reason: str | None) -> None:
        self._gate.hold("alerts", reason)


class Monitoring(QObject):
    """Holds pages, presenters, sampler and endpoint. Lives on the UI thread.

    Signals:
        settings_changed: Key (empty for several) and the new `Settings`.
        override_text: Words for the status bar, empty when no override is in force.
        notice: Title and text for the tray.

    Attributes:
        monitor_page: For the window.
        settings_page: For the window.
        flow: Has the signals ``job_requested``, ``alerts_changed``, ``lag_changed``; give it ``take_jobs``.
    """

    settings_changed = Signal(str, object)
    override_text = Signal(str)
    notice = Signal(str, str)

    def __init__(
        self,
        context: RunContext,
        theme: Theme,
        executors: ExecutorManager,
        gate: Gate,
        calls: UiCalls,
        database: Callable[[], WatchedDatabase | None],
        database_url: Callable[[], str] = lambda: "",
        shelf: MonitorRepository | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Build; nothing runs before `start`.

        Args:
            context: Home, settings, environment.
            theme: The look; its scheme follows the setting.
            executors: The pool and the I/O threads.
            gate: The pool's gate.
            calls: Short calls off the UI thread.
            database: The engine in use, or None. Called on I/O threads.
            database_url: The target for people, without a password.
            shelf: Where alerts, usual job times and marks are kept across restarts.
            parent: The owner.
        """
        super().__init__(parent)
        self._context, self._theme, self._executors, self._calls = context, theme, executors, calls
        settings, supervisor = context.settings, executors.supervisor
        self.monitor_page, self.settings_page = MonitorPage(theme), SettingsPage(theme, CATALOGUE.settings)
        count = settings["workers.count"]
        chosen = count.origin not in {Origin.COMPUTED, Origin.DEFAULT}
        pool = _SupervisedPool(executors, gate)
        self.override = WorkerOverride(
            pool,
            lasting=settings.integer("workers.count") if chosen else None,
            computed=int(count.fallback),
            parent=self,
        )
        self.live, self.lag, self.bridge = LiveFigures(), LagMeter(self), MonitorBridge(self)
        reader = DatabaseReader(database, clock=time.monotonic, busy_workers=lambda: supervisor.snapshot().connections)
        beat = DatabaseBeat(reader.read, executors.io, time.monotonic)
        self.sampler = Sampler(
            Readers(
                machine=MachineReader(context.home, clock=time.monotonic).read,
                ours=ProcessReader(time.monotonic).read,
                pool=supervisor.snapshot,
                database=beat.latest,
                io=self._io,
            ),
            self.bridge.heard,
            live=self.live,
        )
        self._thread = LoopThread("sampler", self.sampler.run, self)
        self.flow = MonitorFlow(
            self.monitor_page,
            pool,
            self.override,
            calls,
            rules=alert_rules(settings),
            live=self.live,
            lag=self.lag,
            file=SeriesFile(context.home) if settings.flag("monitor.keep") else None,
            memory=MonitorMemory(shelf, calls, parent=self) if shelf is not None else None,
            parent=self,
        )
        self.settings = SettingsFlow(
            self.settings_page,
            SettingsStore(context.home),
            calls,
            self.override,
            values=context.loaded.values,
            environ=context.environ,
            overrides=context.overrides,
            context=setting_context(context.home, "window"),
            parent=self,
        )
        self._outlets = MonitorOutlets(
            context.home, calls, executors, lambda: planned_sizes(self.settings.settings, database_url()), self
        )
        # A slider or a dragged line changes a setting many times: what is costly waits for the last one.
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE_MS)
        self._connect()

    def start(self) -> None:
        """Begin to sample and to serve."""
        self._show_rules(self.settings.settings)
        self._outlets.apply(self.settings.settings)
        self.flow.start()
        self._thread.start()

    def stop(self) -> None:
        """End sampling and serving; keep the history. On the UI thread, after the pool has ended."""
        self.sampler.stop()
        self._thread.join(_STOP_SECONDS)
        self.flow.close()
        self._outlets.close()

    def _connect(self) -> None:
        self.bridge.sampled.connect(self.flow.take_samples)
        self.bridge.sampled.connect(self._outlets.take_samples)
        self.flow.alert_told.connect(self._outlets.tell)
        self.flow.alerts_changed.connect(self._outlets.take_alerts)
        self.flow.level_wanted.connect(self.settings.set_level)
        self._outlets.notice.connect(self.notice)
        self._outlets.alerts = lambda: self.flow.alerts
        self.settings.changed.connect(self._on_settings)
        self.override.changed.connect(self._on_override)
        self.monitor_page.export_requested.connect(self._export)
        self._settled.timeout.connect(self._apply_outlets)

    def _io(self) -> IoSample:
        status = self._executors.io_status()
        return IoSample(status.threads, status.busy, status.waiting)

    def _show_rules(self, settings: Settings) -> None:
        rules = alert_rules(settings)
        locked = frozenset(r.key for r in rules if settings[setting_key(r.key, "warning")].origin.locked)
        self.flow.set_rules(rules, locked)

    @Slot(str, object)
    def _on_settings(self, key: str, settings: Settings) -> None:
        """Live apply of what can be; the rest takes effect at the next start, which the page says."""
        if not key or key.startswith("alerts."):
            self._show_rules(settings)
        if key == "ui.theme":
            self._theme.set_mode(ColorMode(settings.text(key)))
        if key == "monitor.keep":
            self.flow.keep_history(SeriesFile(self._context.home) if settings.flag(key) else None)
        self._settled.start()
        self.settings_changed.emit(key, settings)

    @Slot()
    def _apply_outlets(self) -> None:
        self._outlets.apply(self.settings.settings)

    @Slot(object)
    def _on_override(self, status: OverrideStatus | None) -> None:
        if status is None:
            text = ""
            self.flow.note_override(self.tr("The override of the workers has ended"))
        else:
            if status.until is None:
                text = self.tr("Override until jobs end")
            else:
                text = self.tr("Override until {0}").format(dt.datetime.fromtimestamp(status.until).strftime("%H:%M"))
            self.flow.note_override(self.tr("{0} instead of {1} workers").format(status.workers, status.instead_of))
        self.override_text.emit(text)

    @Slot(str)
    def _export(self, kind: str) -> None:
        """Ask where to, then write on an I/O thread."""
        window: QWidget = self.monitor_page.window()
        stamp = dt.datetime.now().strftime("%Y%m%d-%H%M")
        content = self.monitor_page.png() if kind == "png" else self.monitor_page.csv().encode("utf-8-sig")
        name, _ = QFileDialog.getSaveFileName(
            window, self.tr("Export"), f"sheetferry-monitor-{stamp}.{kind}", f"*.{kind}"
        )
        if name:
            self._calls.start(lambda: Path(name).write_bytes(content), failure=self._export_failed, parent=self)

    def _export_failed(self, error: BaseException) -> None:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        self.notice.emit(self.tr("The export could not be written"), said)
