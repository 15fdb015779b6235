"""A chart with its heading, legend and event lane, as one card."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets.monitor.charts.legend import Legend, LegendEntry
from widgets.monitor.charts.marks import EventLane, Mark
from widgets.monitor.charts.plot import LEFT_AXIS_PX, ChartPlot
from widgets.monitor.charts.specs import ChartSpec, Extra, SeriesSpec
from widgets.monitor.charts.view import View
from widgets.parts.labels import Label, Panel, card_layout
from widgets.parts.painting import paint_focus
from widgets.theme import Theme
from workers.core.alerts.rules import AlertLevel, AlertRule


class ChartCard(Panel):
    """One chart of the page. Arrow keys move the crosshair, Home and End jump, M goes to the next mark.

    Signals:
        hovered: Unix time under the crosshair (float), or None.
        job_opened: Job id of a clicked mark.
        level_changed: Rule, level name and new value when a line was dragged.
    """

    hovered = Signal(object)
    job_opened = Signal(str)
    level_changed = Signal(str, str, float)

    def __init__(self, theme: Theme, spec: ChartSpec, parent: QWidget | None = None) -> None:
        """An empty chart."""
        super().__init__(kind="card", parent=parent)
        self._theme, self.spec = theme, spec
        self.plot = ChartPlot(theme, spec)
        self.lane = EventLane(theme, LEFT_AXIS_PX) if spec.lane else None
        self._legend = Legend(theme)
        self._rules: dict[str, AlertRule] = {}
        self._movable = True
        self._view: View | None = None
        self._marks: tuple[Mark, ...] = ()
        self._cross: float | None = None
        self._build()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(spec.title)
        self.plot.hovered.connect(self.hovered)
        self.plot.level_dragging.connect(self._on_dragging)
        self.plot.level_dragged.connect(self.level_changed)
        if self.lane is not None:
            self.lane.job_opened.connect(self.job_opened)

    def show_view(self, view: View, marks: tuple[Mark, ...]) -> None:
        """Draw a stretch of time with its marks."""
        self._view, self._marks = view, marks
        self._place_levels()
        self.plot.show_view(view)
        self.plot.set_marks(marks, view.end)
        if self.lane is not None:
            self.lane.set_marks(marks, view.start, view.end)
        self._refresh_cross()

    def set_cross(self, time: float | None) -> None:
        """Show all values at that time; None shows the last ones."""
        if time != self._cross:
            self._cross = time
            self._refresh_cross()

    def set_rules(self, rules: dict[str, AlertRule], *, movable: bool = True) -> None:
        """The alert rules in force, whose levels are drawn."""
        self._rules, self._movable = rules, movable
        self._place_levels()

    def entries(self) -> tuple[LegendEntry, ...]:
        """The legend as it is shown: values at the crosshair, else the last ones."""
        time = self._cross if self._cross is not None else (self._view.end if self._view else 0.0)
        made = [self._entry(series, time) for series in self.spec.series]
        extra = self._extra(time)
        return (*made, extra) if extra else tuple(made)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the crosshair."""
        view = self._view
        if view is None:
            return super().keyPressEvent(event)
        now = self._cross if self._cross is not None else view.end
        step = (view.end - view.start) / 100
        later = [m.time for m in self._marks if m.time > now + 1e-3] or [m.time for m in self._marks]
        places = {
            Qt.Key.Key_Left: max(view.start, now - step),
            Qt.Key.Key_Right: min(view.end, now + step),
            Qt.Key.Key_Home: view.start,
            Qt.Key.Key_End: view.end,
            Qt.Key.Key_M: later[0] if later else now,
        }
        if event.key() == Qt.Key.Key_Escape:
            self.hovered.emit(None)
        elif event.key() in places:
            self.hovered.emit(places[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        """The focus ring over the card."""
        super().paintEvent(event)
        if self.hasFocus():
            paint_focus(QPainter(self), self._theme, self.rect(), self._theme.radius("card"))

    def _build(self) -> None:
        theme = self._theme
        layout = card_layout(self, 0, 0)
        layout.setContentsMargins(theme.em(12), theme.em(4), theme.em(10), theme.em(4))
        row = QHBoxLayout()
        row.setSpacing(theme.em(6))
        row.addWidget(Label(theme, self.spec.title, "body", weight=600))
        row.addWidget(Label(theme, self.spec.unit, "caption", "text3"))
        row.addSpacing(theme.em(8))
        row.addWidget(self._legend, 1)
        layout.addLayout(row)
        column = QVBoxLayout()
        column.setSpacing(0)
        if self.lane is not None:
            column.addWidget(self.lane)
        column.addWidget(self.plot, 1)
        layout.addLayout(column, 1)
        self.setMinimumHeight(theme.em(150))

    def _refresh_cross(self) -> None:
        self.plot.set_cross(self._cross)
        if self.lane is not None:
            self.lane.set_cross(self._cross)
        self._legend.set_entries(self.entries())

    def _entry(self, series: SeriesSpec, time: float) -> LegendEntry:
        value = self.plot.value_at(series.metric, time)
        text = "–" if value is None else self.spec.figure(value)
        return LegendEntry(series.label, text, series.tone, series.style)

    def _extra(self, time: float) -> LegendEntry | None:
        first = self.spec.series[0]
        if self.spec.extra is Extra.RANGE:
            low, high = (self.plot.value_at(metric, time) for metric in (first.low, first.high))
            if low is None or high is None:
                return None
            return LegendEntry(self.tr("range"), f"{low:.0f}–{high:.0f}{self.spec.suffix}")
        if self.spec.extra is Extra.NONE:
            return None
        shown = self.plot.shown(first.metric)
        if not len(shown):
            return None
        if self.spec.extra is Extra.MEAN:
            return LegendEntry(self.tr("mean"), self.spec.figure(float(shown.mean())))
        return LegendEntry(self.tr("p95"), self.spec.figure(float(np.percentile(shown, 95))))

    def _place_levels(self) -> None:
        for threshold in self.spec.thresholds:
            rule = self._rules.get(threshold.rule)
            if rule is None:
                continue
            factor = self._factor(threshold.percent_of)
            offset = sum(self._last(metric) or 0.0 for metric in threshold.on_top_of) / self.spec.scale
            for level in AlertLevel:
                value = rule.threshold(level) if rule.enabled else None
                label = "" if value is None else f"{level_word(level)} {self.spec.figure(value * factor)}"
                if label and threshold.name:
                    label = f"{threshold.name}: {label}"
                line = self.plot.level_line(rule.key, level.value, threshold.place)
                line.show_level(value, factor, offset, label, movable=self._movable)

    def _factor(self, percent_of: str) -> float:
        """Turns a level into the chart's unit; 0 while the whole that it is a share of is not known."""
        if not percent_of:
            return 1 / self.spec.scale
        return (self._last(percent_of) or 0.0) / self.spec.scale / 100

    def _last(self, metric: str) -> float | None:
        """The newest known figure of a metric, of the last few seconds."""
        view = self._view
        known = [v for v in view.full.column(metric)[-8:] if v == v] if view and view.full.length else []
        return known[-1] if known else None

    @Slot(str, str, float)
    def _on_dragging(self, rule_key: str, level: str, value: float) -> None:
        rule, view = self._rules.get(rule_key), self._view
        if rule is None or view is None or rule.metric not in view.ring.columns:
            return
        count = view.firings(rule, value)
        factor = next((self._factor(t.percent_of) for t in self.spec.thresholds if t.rule == rule_key), 1.0)
        said = self.tr("once") if count == 1 else self.tr("{0} times").format(count)
        note = self.tr("{0}: would have fired {1}").format(self.spec.figure(value * factor), said)
        self.plot.set_level_note(rule_key, level, note)


def level_word(level: AlertLevel) -> str:
    """``warn`` or ``critical``, for lines."""
    if level is AlertLevel.WARNING:
        return QCoreApplication.translate("charts", "warn")
    return QCoreApplication.translate("charts", "critical")
