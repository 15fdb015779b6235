"""The plot of one chart: pyqtgraph items made once and fed with new arrays.

Places on the time axis are seconds before the newest moment shown, so that the axes stay fixed while data moves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from widgets.monitor.charts.items import AreaItem, GridItem, MarksItem, TimeAxis
from widgets.monitor.charts.marks import Mark
from widgets.monitor.charts.math import (
    Floats,
    bucket_starts,
    fill_gaps,
    gap_places,
    nice_ticks,
    steps,
    thin_last,
    thin_peaks,
)
from widgets.monitor.charts.specs import ChartSpec, Extra, SeriesSpec, Style
from widgets.monitor.charts.threshold_line import ThresholdLine
from widgets.monitor.charts.view import View
from widgets.theme import Theme
from workers.core.metrics.series import Ring

LEFT_AXIS_PX = 44
_BOTTOM_AXIS_PX = 20
_LABEL_PX, _TICK_PX = 19, 7
_HEADROOM = 1.15
_FAR = 1.6
_POINTS_A_PIXEL = 1.0


@dataclass(slots=True)
class _Drawn:
    """The items of one series."""

    spec: SeriesSpec
    line: pg.PlotCurveItem
    area: AreaItem | None


class ChartPlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph carries no types
    """One plot; it cannot be panned or zoomed by the mouse.

    Signals:
        hovered: Unix time under the pointer (float), or None when it has left.
        level_dragging: Rule, level name, value in the rule's unit, while a line is dragged.
        level_dragged: The same when it is let go.
    """

    hovered = Signal(object)
    level_dragging = Signal(str, str, float)
    level_dragged = Signal(str, str, float)

    def __init__(self, theme: Theme, spec: ChartSpec, parent: QWidget | None = None) -> None:
        """An empty plot."""
        self._axis = TimeAxis()
        super().__init__(parent, axisItems={"bottom": self._axis}, background=None)
        self._theme, self.spec = theme, spec
        self._view: View | None = None
        self._gaps: np.ndarray = np.zeros(0, dtype=np.intp)
        self._top = 0.0
        self._lines: dict[tuple[str, str], ThresholdLine] = {}
        self._marks = MarksItem()
        self._grid = GridItem()
        self._cross = pg.InfiniteLine(angle=90, movable=False)
        self._dots = pg.ScatterPlotItem(pxMode=True)
        self._drawn = [self._make(series) for series in spec.series]
        self._prepare()
        self.restyle()
        theme.changed.connect(self.restyle)

    # -- data

    def show_view(self, view: View) -> None:
        """Draw the stretch. The one costly call; the page makes one of them per timer tick."""
        self._view = view
        first = max(0, view.ring.first_since(view.start) - 1)
        times = np.frombuffer(view.ring.times(), dtype=np.float64)[first:]
        times = times[times <= view.end + 1e-6]
        # One width for every chart, or the buckets would lie apart.
        width = self._bucket(view)
        count, self._gaps = len(times), gap_places(times, max(view.longest_step, 2 * width))
        times = fill_gaps(times, self._gaps, times[self._gaps - 1] + width)
        starts = bucket_starts(times, width)
        x, stacked, highest = times - view.end, None, 0.0
        for drawn in self._drawn:
            base = stacked if drawn.spec.style is Style.STACK else None
            top, edge = self._draw(drawn, slice(first, first + count), x, starts, base)
            highest = max(highest, top)
            stacked = edge if drawn.spec.style is Style.STACK else stacked
        self._axis.set_now(view.end)
        self.getViewBox().setXRange(view.start - view.end, 0, padding=0)
        self._fit(highest)

    def value_at(self, metric: str, time: float) -> float | None:
        """The scaled figure of a metric nearest to a time; None where nothing is known within three seconds."""
        value = self._view.value_at(metric, time) if self._view is not None else None
        return None if value is None else value / self.spec.scale

    def shown(self, metric: str) -> Floats:
        """All known scaled figures of a metric in the shown stretch; of thinned ones the highest."""
        view = self._view
        if view is None:
            return np.zeros(0)
        first = view.ring.first_since(view.start)
        ring = view.most if self.spec.extra is Extra.P95 else view.ring
        values = np.frombuffer(ring.column(metric), dtype=np.float32)[first:].astype(np.float64)
        return values[np.isfinite(values)] / self.spec.scale

    # -- marks, crosshair, levels

    def set_marks(self, marks: tuple[Mark, ...], end: float) -> None:
        """Dotted lines at the marks."""
        self._marks.set_lines([(mark.time - end, self._theme.color(f"{mark.tone}_line", 150)) for mark in marks])

    def set_cross(self, time: float | None) -> None:
        """The crosshair at a Unix time, with a dot on every line."""
        visible = time is not None and self._view is not None
        self._cross.setVisible(visible)
        self._dots.setVisible(visible)
        if time is None or self._view is None:
            return
        x = time - self._view.end
        self._cross.setPos(x)
        dots = []
        for drawn in self._drawn:
            value = self.value_at(drawn.spec.metric, time)
            if value is not None and drawn.spec.style not in {Style.STACK, Style.LIMIT}:
                dots.append({"pos": (x, value), "brush": pg.mkBrush(self._theme.color(drawn.spec.tone))})
        self._dots.setData(dots)

    def level_line(self, rule: str, level: str, place: float) -> ThresholdLine:
        """The line of a rule's ``warning`` or ``critical`` level; it is made when it is first asked for."""
        line = self._lines.get((rule, level))
        if line is None:
            line = self._lines[rule, level] = ThresholdLine(self._theme, rule, level, place)
            line.dragging.connect(self.level_dragging)
            line.dragged.connect(self.level_dragged)
            self.addItem(line, ignoreBounds=True)
        return line

    def set_level_note(self, rule: str, level: str, note: str) -> None:
        """Write a remark behind a level's label while it is dragged."""
        line = self._lines.get((rule, level))
        if line is not None:
            line.set_note(note)

    # -- events

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where the pointer is in time."""
        super().mouseMoveEvent(event)
        if self._view is None:
            return
        place: QPointF = self.getViewBox().mapSceneToView(self.mapToScene(event.position().toPoint()))
        time = self._view.end + place.x()
        self.hovered.emit(time if self._view.start <= time <= self._view.end else None)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer has gone."""
        super().leaveEvent(event)
        self.hovered.emit(None)

    def wheelEvent(self, event: object) -> None:
        """Let the page scroll."""
        event.ignore()  # type: ignore[attr-defined]  # a QWheelEvent; pyqtgraph's own base is untyped

    @Slot()
    def restyle(self) -> None:
        """Colours and sizes of the theme in force."""
        theme = self._theme
        chart = theme.tokens.chart
        self.setBackground(theme.color("surface"))
        for drawn in self._drawn:
            color = theme.color(drawn.spec.tone)
            dashed = drawn.spec.style in {Style.CONTEXT, Style.LIMIT}
            # Width 1: wider pens go through Qt's slow path and cost the UI its quickness.
            drawn.line.setPen(pg.mkPen(color, width=1, style=Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
            if drawn.area is not None:
                alpha = chart["stack_alpha"] if drawn.spec.style is Style.STACK else chart["band_alpha"]
                drawn.area.set_fill(theme.color(drawn.spec.tone, alpha))
        font = theme.font("caption")
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setTickFont(font)
            axis.setTextPen(theme.color("text2"))
            axis.setPen(theme.color("border") if side == "bottom" else pg.mkPen(None))
            axis.setStyle(tickLength=0, tickAlpha=0, tickTextOffset=theme.em(5))
        self.getAxis("left").setWidth(theme.em(LEFT_AXIS_PX))
        self.getAxis("bottom").setHeight(theme.em(_BOTTOM_AXIS_PX))
        self._cross.setPen(pg.mkPen(theme.color("text"), width=1))
        self._dots.setSize(theme.em(8))
        self._dots.setPen(pg.mkPen(theme.color("surface"), width=1.5))
        for line in self._lines.values():
            line.restyle()
        self._top = 0.0

    # -- building

    def _make(self, spec: SeriesSpec) -> _Drawn:
        line = pg.PlotCurveItem(connect="finite", antialias=False)
        filled = spec.style in {Style.AREA, Style.BAND, Style.STACK}
        area = AreaItem(self._theme.color(spec.tone, 60)) if filled else None
        return _Drawn(spec, line, area)

    def _prepare(self) -> None:
        box = self.getViewBox()
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setMenuEnabled(False)
        box.setDefaultPadding(0)
        box.disableAutoRange()
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.getPlotItem().layout.setContentsMargins(0, 0, 0, 0)
        for item in (self._grid, self._marks):
            self.addItem(item, ignoreBounds=True)
        for number, drawn in enumerate(self._drawn):
            if drawn.area is not None:
                drawn.area.setZValue(-10 + number * 0.1)
                self.addItem(drawn.area, ignoreBounds=True)
            self.addItem(drawn.line, ignoreBounds=True)
        self._cross.setZValue(20)
        self._dots.setZValue(21)
        for item in (self._cross, self._dots):
            self.addItem(item, ignoreBounds=True)
            item.setVisible(False)
        self.hideAxis("top")
        self.hideAxis("right")

    def _bucket(self, view: View) -> float:
        width = max(100.0, float(self.getViewBox().width()))
        return max(view.step, (view.end - view.start) / width / _POINTS_A_PIXEL)

    def _column(self, ring: Ring, metric: str, rows: slice) -> Floats:
        values = np.frombuffer(ring.column(metric), dtype=np.float32)[rows]
        return fill_gaps(values.astype(np.float64) / self.spec.scale, self._gaps, np.nan)

    def _draw(
        self, drawn: _Drawn, rows: slice, x: Floats, starts: np.ndarray, below: Floats | None
    ) -> tuple[float, Floats | None]:
        """Feed the items of one series; gives its highest value and, for a stack, its upper edge."""
        spec, view = drawn.spec, self._view
        assert view is not None  # only called while a view is drawn
        values = self._column(view.ring, spec.metric, rows)
        edge: Floats | None = None
        if spec.style is Style.STACK:
            at, edge = x[starts], thin_last(values, starts)
            edge = edge + (below if below is not None else 0.0)
            low = below if below is not None else np.zeros_like(edge)
            line_x, line_y = steps(at, edge, 0.0) if self.spec.whole else (at, edge)
            _, low_y = steps(at, low, 0.0) if self.spec.whole else (at, low)
            if drawn.area is not None:
                drawn.area.set_data(line_x, low_y, line_y)
        elif spec.style is Style.BAND:
            at = x[starts]
            line_x, line_y = at, thin_last(values, starts)
            low = np.fmin.reduceat(self._column(view.least, spec.low, rows), starts) if len(starts) else at
            high = np.fmax.reduceat(self._column(view.most, spec.high, rows), starts) if len(starts) else at
            values = high
            if drawn.area is not None:
                drawn.area.set_data(at, low, high)
        elif spec.style in {Style.CONTEXT, Style.LIMIT}:
            # Dashes along a ragged line are what costs most of all to paint: one point a bucket is enough here.
            line_x, line_y = x[starts], thin_last(values, starts)
        else:
            least = self._column(view.least, spec.metric, rows) if view.thinned else values
            values = self._column(view.most, spec.metric, rows) if view.thinned else values
            line_x, line_y = thin_peaks(x, least, values, starts)
            if drawn.area is not None and len(starts):
                high = np.fmax.reduceat(values, starts)
                drawn.area.set_data(x[starts], np.zeros_like(high), high)
        drawn.line.setData(line_x, line_y)
        highest = np.fmax.reduce(values if edge is None else edge, initial=0.0)
        return float(highest), edge

    def _fit(self, highest: float) -> None:
        """Set the vertical axis: steady, with room above the highest line for its label."""
        spec = self.spec
        levels = sorted(line.height for line in self._lines.values() if line.isVisible())
        least = levels[0] if levels and spec.reaches_levels else 0.0
        reach = max(spec.least_top, highest, least)
        # A level far above everything else would press the figures flat: it comes into sight when they rise.
        near = [level for level in levels if level <= reach * _FAR]
        wanted = max(max([reach, *near]) * _HEADROOM, self._above_label(near))
        if spec.fixed_top is not None:
            wanted = max(spec.fixed_top * _HEADROOM, self._above_label(levels))
        elif self._top * 0.6 < wanted <= self._top:
            wanted = self._top
        if wanted != self._top:
            self._set_top(wanted)
        self._pin_far_levels()

    def _set_top(self, top: float) -> None:
        spec, self._top = self.spec, top
        ticks = nice_ticks(top, whole=spec.whole)
        if spec.fixed_top is not None:
            ticks = [0.0, spec.fixed_top / 2, spec.fixed_top]
        # A figure at the very top would be cut in half.
        ticks = [tick for tick in ticks if tick <= top * (1 - self._share(_TICK_PX))]
        self.getViewBox().setYRange(0, top, padding=0)
        self.getAxis("left").setTicks([[(tick, _tick_text(tick, spec.suffix)) for tick in ticks]])
        self._grid.set_ticks(ticks, self._theme.color("chart_grid"))

    def _pin_far_levels(self) -> None:
        """The lowest level that is out of sight waits at the upper edge, so that it is known and can be dragged."""
        shown = [line for line in self._lines.values() if line.isVisible()]
        far = min((line for line in shown if line.height > self._top), key=lambda line: line.height, default=None)
        for line in shown:
            edge = self._top * (1 - self._share(1)) if line is far else None
            line.pin(edge, self._top * self._share(_LABEL_PX))

    def _above_label(self, levels: list[float]) -> float:
        """The least top of the axis at which the highest level's label, which stands above its line, is seen whole."""
        return levels[-1] / (1 - self._share(_LABEL_PX)) if levels else 0.0

    def _share(self, px: float) -> float:
        """How much of the plot's height a length takes, at most half of it."""
        height = float(self.getViewBox().height())
        return min(0.5, self._theme.em(px) / height) if height > 0 else 0.0


def _tick_text(tick: float, suffix: str) -> str:
    unit = suffix if suffix == "%" else ""
    for size, letter in ((1_000_000, "M"), (1000, "k")):
        if tick >= size:
            return f"{tick / size:g}{letter}{unit}"
    return f"{tick:g}{unit}"
