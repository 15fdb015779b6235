"""Drawing items for pyqtgraph that know gaps: filled areas, marks, and an axis of wall-clock times."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from widgets.monitor.charts.math import Floats, runs, time_step


class AreaItem(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph carries no types
    """A filled area between two lines; gaps stay empty.

    Few points are filled as polygons. Many points are about one pixel apart: there a column for each is drawn, which
    looks the same and costs a tenth (filling one ragged polygon of a thousand points was seen to take 25 ms).
    """

    POLYGON_POINTS = 300

    def __init__(self, fill: QColor) -> None:
        """Fill with `fill`, without an edge."""
        super().__init__()
        self._fill = fill
        self._polygons: list[QPolygonF] = []
        self._columns: list[QRectF] = []
        self._bounds = QRectF()

    def set_fill(self, fill: QColor) -> None:
        """Another colour."""
        self._fill = fill
        self.update()

    def set_data(self, x: Floats, low: Floats, high: Floats) -> None:
        """Show other data; the three arrays have one length."""
        finite = np.isfinite(low) & np.isfinite(high)
        self._polygons, self._columns = [], []
        if len(x) > self.POLYGON_POINTS:
            self._columns = _columns(x, low, high, finite)
        else:
            self._polygons = [
                pg.functions.arrayToQPolygonF(
                    np.concatenate((x[a:b], x[a:b][::-1])), np.concatenate((high[a:b], low[a:b][::-1]))
                )
                for a, b in runs(finite)
                if b - a > 1
            ]
        self.prepareGeometryChange()
        if finite.any():
            top, bottom = float(high[finite].max()), float(low[finite].min())
            self._bounds = QRectF(float(x[0]), bottom, float(x[-1] - x[0]), top - bottom)
        else:
            self._bounds = QRectF()
        self.update()

    def boundingRect(self) -> QRectF:
        """What is filled."""
        return self._bounds

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Fill."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._fill)
        if self._columns:
            painter.drawRects(self._columns)
        for polygon in self._polygons:
            painter.drawPolygon(polygon)


def _columns(x: Floats, low: Floats, high: Floats, finite: np.ndarray) -> list[QRectF]:
    """A column from each point to the next."""
    keep = np.flatnonzero(finite[:-1] & finite[1:] & (np.diff(x) > 0))
    return [
        QRectF(left, bottom, right - left, top - bottom)
        for left, right, bottom, top in zip(
            x[keep].tolist(), x[keep + 1].tolist(), low[keep].tolist(), high[keep].tolist(), strict=True
        )
    ]


class MarksItem(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph carries no types
    """Dotted vertical lines over the whole height: starts and ends of jobs, alerts."""

    def __init__(self) -> None:
        """No lines yet."""
        super().__init__()
        self._lines: list[tuple[float, QColor]] = []
        self.setZValue(-5)

    def set_lines(self, lines: list[tuple[float, QColor]]) -> None:
        """Places on the time axis and their colours."""
        if lines != self._lines:
            self._lines = lines
            self.update()

    def boundingRect(self) -> QRectF:
        """The whole view: the lines follow it."""
        return QRectF(self.viewRect())

    def viewRangeChanged(self) -> None:
        """The view was moved."""
        self.prepareGeometryChange()
        self.update()

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Draw the lines, one pixel wide whatever the scale."""
        view = self.viewRect()
        for x, color in self._lines:
            pen = QPen(color, 1, Qt.PenStyle.DotLine)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawLine(QPointF(x, view.top()), QPointF(x, view.bottom()))


class GridItem(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph carries no types
    """Horizontal lines at the ticks, behind everything."""

    def __init__(self) -> None:
        """No lines yet."""
        super().__init__()
        self._ticks: list[float] = []
        self._color = QColor()
        self.setZValue(-50)

    def set_ticks(self, ticks: list[float], color: QColor) -> None:
        """Heights of the lines."""
        self._ticks, self._color = ticks, color
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole view."""
        return QRectF(self.viewRect())

    def viewRangeChanged(self) -> None:
        """The view was moved."""
        self.prepareGeometryChange()

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Draw the lines."""
        view = self.viewRect()
        pen = QPen(self._color, 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for y in self._ticks:
            painter.drawLine(QPointF(view.left(), y), QPointF(view.right(), y))


class TimeAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph carries no types
    """The bottom axis: places are seconds before `now`, texts are local times at round minutes."""

    def __init__(self) -> None:
        """At the bottom."""
        super().__init__("bottom")
        self.now = 0.0

    def set_now(self, now: float) -> None:
        """The Unix time at place 0."""
        if now != self.now:
            self.now = now
            self.picture = None
            self.update()

    def tickValues(self, least: float, most: float, _size: float) -> list[tuple[float, list[float]]]:
        """Round moments of the local day."""
        step = time_step(most - least)
        offset = dt.datetime.fromtimestamp(self.now).astimezone().utcoffset() or dt.timedelta()
        local = self.now + offset.total_seconds()
        first = np.ceil((local + least) / step) * step - local
        margin = (most - least) * 0.03
        ticks = np.arange(first, most, step)
        return [(step, [float(t) for t in ticks if least + margin <= t <= most - margin])]

    def tickStrings(self, values: list[float], _scale: float, spacing: float) -> list[str]:
        """Hours and minutes; seconds too where the ticks are that near."""
        form = "%H:%M:%S" if spacing < 60 else "%H:%M"
        return [dt.datetime.fromtimestamp(self.now + value + 0.5).strftime(form) for value in values]
