"""The Monitor page."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from widgets.monitor.alert_log import AlertLog, snooze_menu
from widgets.monitor.alert_words import explanation, title, tone
from widgets.monitor.charts.card import ChartCard
from widgets.monitor.charts.marks import Mark
from widgets.monitor.charts.specs import chart_specs
from widgets.monitor.charts.view import View
from widgets.monitor.export import history_csv
from widgets.monitor.worker_table import WorkerTable
from widgets.parts.buttons import Button
from widgets.parts.controls import SegmentedControl
from widgets.parts.labels import Panel
from widgets.shell.page import Page
from widgets.theme import Theme
from workers.core.alerts.rules import AlertRule
from workers.core.alerts.states import Alert, AlertPhase
from workers.core.metrics.samples import Sample
from workers.core.metrics.series import SeriesTable

_TICK_MS = 40
_RANGES = {str(seconds): float(seconds) for seconds in (60, 300, 900, 3600, 6 * 3600, 24 * 3600)}


class MonitorPage(Page):
    """Live charts, the alert banner, workers and the alert log.

    Data in: `set_history` once, then `show_sample` for every sample, `set_alerts`, `set_marks`, `set_rules`.

    Signals:
        job_opened: Job id that a mark, a worker or an alert leads to.
        acknowledge_requested: Alert id.
        snooze_requested: Alert id and minutes.
        snooze_ended: Alert id.
        recycle_requested: Number of a worker.
        level_changed: Rule, ``warning`` or ``critical``, and the new value in the rule's unit.
        export_requested: ``png`` or ``csv``; take the content from `png` or `csv`.
    """

    job_opened = Signal(str)
    acknowledge_requested = Signal(str)
    snooze_requested = Signal(str, int)
    snooze_ended = Signal(str)
    recycle_requested = Signal(int)
    level_changed = Signal(str, str, float)
    export_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty charts."""
        super().__init__(theme, "monitor", "", "monitor", parent)
        self.set_title(self.tr("Monitor"))
        self.cards = [ChartCard(theme, spec) for spec in chart_specs()]
        self.workers = WorkerTable(theme)
        self.log = AlertLog(theme)
        self._history: SeriesTable | None = None
        self._sample: Sample | None = None
        self._marks: tuple[Mark, ...] = ()
        self._shown_alert: Alert | None = None
        self._logged: tuple[tuple[Alert, ...], float] = ((), 0.0)
        self._banner_state: tuple[str, ...] = ()
        self._paused_at: float | None = None
        self._dirty: list[ChartCard] = []
        self._ranges = SegmentedControl(
            theme,
            self.tr("Time shown"),
            (
                ("60", self.tr("1 min")),
                ("300", self.tr("5 min")),
                ("900", self.tr("15 min")),
                ("3600", self.tr("60 min")),
                ("21600", self.tr("6 h")),
                ("86400", self.tr("24 h")),
            ),
        )
        self._pause = Button(theme, self.tr("Pause"), "pause")
        self._export = Button(theme, self.tr("Export"), "download")
        self._lower = SegmentedControl(
            theme, self.tr("Table"), (("workers", self.tr("Workers")), ("alerts", self.tr("Alert log")))
        )
        self._tables = QStackedWidget()
        self._scroll = QScrollArea()
        self._content = Panel("window")
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._ranges.choose("900")
        self._build_page()
        self._connect()

    # -- data in

    def set_history(self, history: SeriesTable) -> None:
        """The figures to draw; kept by the presenter and changed only on this thread."""
        self._history = history
        self._mark_all_dirty()

    def show_sample(self, sample: Sample) -> None:
        """A new sample is in the history."""
        self._sample = sample
        if not self.isVisible():
            return
        self._say_time()
        if self._lower.key == "workers":
            limit = sample.machine.memory_limit if sample.machine else 0
            self.workers.workers.set_pool(sample.pool, limit)
        if self._paused_at is None:
            self._mark_all_dirty()

    def set_marks(self, marks: tuple[Mark, ...]) -> None:
        """What happened, in order of time."""
        self._marks = marks

    def set_rules(self, rules: tuple[AlertRule, ...], locked: frozenset[str] = frozenset()) -> None:
        """The alert rules in force; the lines of `locked` rules cannot be dragged."""
        by_key = {rule.key: rule for rule in rules}
        for card in self.cards:
            movable = not any(t.rule in locked for t in card.spec.thresholds)
            card.set_rules(by_key, movable=movable)
        self._mark_all_dirty()

    def set_alerts(self, alerts: tuple[Alert, ...], past: tuple[Alert, ...], now: float) -> None:
        """Alerts that are pending or open, the worst first, and those that are over, the newest first."""
        self._logged = ((*alerts, *past), now)
        if self._lower.key == "alerts":
            self.log.alerts.set_alerts(*self._logged)
        self._lower.set_count("alerts", str(sum(a.open for a in alerts)) if alerts else "")
        loud = [a for a in alerts if a.phase is AlertPhase.FIRING]
        self._show_alert(loud[0] if loud else None, len(loud) - 1)

    # -- out

    def csv(self) -> str:
        """The shown stretch as CSV."""
        if self._history is None:
            return ""
        return history_csv(View.of(self._history, *self._span()))

    def png(self) -> bytes:
        """The charts as a picture."""
        pixmap = self._content.grab()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        pixmap.save(buffer, "PNG")
        buffer.close()
        return bytes(data.data())

    def view_state(self) -> dict[str, object]:
        """Chosen range, table and the splitter."""
        return {"range": self._ranges.key, "table": self._lower.key, "split": self._splitter.sizes()}

    def restore_view(self, state: dict[str, object]) -> None:
        """Take back `view_state`."""
        if state.get("range") in _RANGES:
            self._ranges.choose(str(state["range"]))
        if state.get("table") in {"workers", "alerts"}:
            self._lower.choose(str(state["table"]))
            self._on_table(self._lower.key)
        split = state.get("split")
        if isinstance(split, list) and len(split) == 2 and all(isinstance(part, int) for part in split):
            self._splitter.setSizes(split)

    @property
    def paused(self) -> bool:
        """Whether the charts stand still; sampling goes on."""
        return self._paused_at is not None

    def redraw_now(self) -> None:
        """Draw every waiting chart at once, for pictures and tests."""
        while self._dirty:
            self._on_tick()

    # -- drawing

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while hidden."""
        super().showEvent(event)
        self._mark_all_dirty()
        if self._sample is not None:
            self.show_sample(self._sample)

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw nothing while hidden."""
        super().hideEvent(event)
        self._timer.stop()
        self._dirty.clear()

    def _mark_all_dirty(self) -> None:
        if not self.isVisible() or self._history is None:
            return
        for card in self.cards:
            if card not in self._dirty:
                self._dirty.append(card)
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_tick(self) -> None:
        """Redraw one chart; one that is scrolled out of sight is passed over."""
        while self._dirty:
            card = self._dirty.pop(0)
            if card.visibleRegion().isEmpty() or self._history is None:
                continue
            start, end = self._span()
            marks = tuple(mark for mark in self._marks if start <= mark.time <= end)
            card.show_view(View.of(self._history, start, end), marks)
            break
        if not self._dirty:
            self._timer.stop()

    def show_minutes(self, minutes: int) -> None:
        """Show the last 1, 5, 15, 60, 360 or 1,440 minutes."""
        self._ranges.choose(str(60 * minutes))
        self._mark_all_dirty()

    def _span(self) -> tuple[float, float]:
        last = self._history.full.last_time if self._history is not None else None
        end = self._paused_at if self._paused_at is not None else last or 0.0
        return end - _RANGES[self._ranges.key], end

    def _say_time(self) -> None:
        if self._sample is None:
            return
        if self._paused_at is not None:
            text = self.tr("Paused at {0}; sampling goes on").format(_clock(self._paused_at))
        else:
            text = self.tr("Two samples a second, last at {0}").format(_clock(self._sample.time))
        self.set_subtitle(text)

    # -- alert banner

    def _show_alert(self, alert: Alert | None, others: int) -> None:
        self._shown_alert = alert
        if alert is None:
            if self._banner_state:
                self._banner_state = ()
                self.hide_banner()
            return
        text = explanation(alert)
        if others:
            text += " " + self.tr("And {0} more in the alert log.").format(others)
        has_job = alert.cause is not None and bool(alert.cause.job_id)
        state = (alert.alert_id, tone(alert), str(has_job))
        if state != self._banner_state:
            self._banner_state = state
            banner = self.show_banner(tone(alert), title(alert), text, "error")
            for button in self._banner_buttons(has_job=has_job):
                banner.action_row.addWidget(button)
        else:
            self.banner.set_content(tone(alert), title(alert), text, "error")

    def _banner_buttons(self, *, has_job: bool) -> list[Button]:
        snooze = Button(self.theme, self.tr("Snooze"), "snooze")
        menu = snooze_menu(snooze)
        menu.triggered.connect(self._on_snooze)
        snooze.setMenu(menu)
        acknowledge = Button(self.theme, self.tr("Acknowledge"), "check")
        acknowledge.clicked.connect(self._on_acknowledge)
        buttons = [snooze, acknowledge]
        if has_job:
            go = Button(self.theme, self.tr("Go to job"), "link")
            go.clicked.connect(self._on_go)
            buttons.insert(0, go)
        return buttons

    @Slot(QAction)
    def _on_snooze(self, action: QAction) -> None:
        if self._shown_alert is not None:
            self.snooze_requested.emit(self._shown_alert.alert_id, int(action.data()))

    @Slot()
    def _on_acknowledge(self) -> None:
        if self._shown_alert is not None:
            self.acknowledge_requested.emit(self._shown_alert.alert_id)

    @Slot()
    def _on_go(self) -> None:
        alert = self._shown_alert
        if alert is not None and alert.cause is not None and alert.cause.job_id:
            self.job_opened.emit(alert.cause.job_id)

    # -- building and steering

    def _build_page(self) -> None:
        theme = self.theme
        menu = QMenu(self._export)
        for key, text in (("png", self.tr("Charts as a picture (PNG)…")), ("csv", self.tr("Figures as CSV…"))):
            action = QAction(text, menu)
            action.setData(key)
            menu.addAction(action)
        menu.triggered.connect(self._on_export)
        self._export.setMenu(menu)
        for widget in (self._ranges, self._pause, self._export):
            self.action_row.addWidget(widget)
        grid = QGridLayout(self._content)
        grid.setContentsMargins(theme.em(12), theme.em(10), theme.em(12), theme.em(10))
        grid.setHorizontalSpacing(theme.em(12))
        grid.setVerticalSpacing(theme.em(8))
        for number, card in enumerate(self.cards):
            row, column = divmod(number, 2)
            grid.addWidget(card, row, column)
            grid.setColumnStretch(column, 1)
            grid.setRowStretch(row, 9 if card.spec.lane else 8)
        self._scroll.setWidget(self._content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tables.addWidget(self.workers)
        self._tables.addWidget(self.log)
        bar = Panel("surface", "top")
        row_layout = QHBoxLayout(bar)
        row_layout.setContentsMargins(theme.em(16), theme.em(4), theme.em(16), theme.em(2))
        row_layout.addWidget(self._lower)
        row_layout.addStretch(1)
        lower = QWidget()
        column_layout = QVBoxLayout(lower)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(0)
        column_layout.addWidget(bar)
        column_layout.addWidget(self._tables, 1)
        self._splitter.addWidget(self._scroll)
        self._splitter.addWidget(lower)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([theme.em(580), theme.em(210)])
        self.body.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._on_tick)
        self._ranges.chosen.connect(self._on_range)
        self._pause.clicked.connect(self.toggle_pause)
        self._lower.chosen.connect(self._on_table)
        self._scroll.verticalScrollBar().valueChanged.connect(self._on_scroll)
        self.workers.recycle_requested.connect(self.recycle_requested)
        self.workers.job_opened.connect(self.job_opened)
        self.log.job_opened.connect(self.job_opened)
        self.log.acknowledge_requested.connect(self.acknowledge_requested)
        self.log.snooze_requested.connect(self.snooze_requested)
        self.log.snooze_ended.connect(self.snooze_ended)
        for card in self.cards:
            card.hovered.connect(self._on_hover)
            card.job_opened.connect(self.job_opened)
            card.level_changed.connect(self.level_changed)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self)
        space.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        space.activated.connect(self.toggle_pause)
        self.theme.changed.connect(self._on_theme)

    @Slot()
    def toggle_pause(self) -> None:
        """Let the charts stand still, or go on."""
        if self._paused_at is None and self._history is not None:
            self._paused_at = self._history.full.last_time
        else:
            self._paused_at = None
        self._pause.setText(self.tr("Go on") if self.paused else self.tr("Pause"))
        self._pause.set_icon("play" if self.paused else "pause")
        self._say_time()
        self._mark_all_dirty()

    @Slot(object)
    def _on_hover(self, time: float | None) -> None:
        for card in self.cards:
            card.set_cross(time)

    @Slot(str)
    def _on_range(self, _key: str) -> None:
        self._mark_all_dirty()

    @Slot(str)
    def _on_table(self, key: str) -> None:
        self._tables.setCurrentWidget(self.workers if key == "workers" else self.log)
        self.log.alerts.set_alerts(*self._logged)
        if self._sample is not None:
            self.show_sample(self._sample)

    @Slot(int)
    def _on_scroll(self, _value: int) -> None:
        self._mark_all_dirty()

    @Slot()
    def _on_theme(self) -> None:
        self._mark_all_dirty()

    @Slot(QAction)
    def _on_export(self, action: QAction) -> None:
        self.export_requested.emit(str(action.data()))


def _clock(time: float) -> str:
    return dt.datetime.fromtimestamp(time).strftime("%H:%M:%S")
