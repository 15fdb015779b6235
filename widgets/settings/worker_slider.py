"""The slider for the number of workers: one tick a core, and a mark at the computed value."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from widgets.parts.painting import fill_round
from widgets.theme import Theme

_EVERY_TICK_UP_TO = 16


class WorkerSlider(QSlider):
    """A horizontal slider from 1 to the number of cores. Clicking the mark sets the computed value."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """One worker of one core."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._computed = 1
        self.setRange(1, 1)
        self.setPageStep(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Worker processes"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._refresh)

    def set_scale(self, cores: int, computed: int, most: int) -> None:
        """The number of cores, the value that would be used by itself, and the most that can be chosen."""
        self._computed = computed
        self.setRange(1, max(1, cores, computed, most))
        self.setAccessibleDescription(self.tr("auto: {0} of {1} cores").format(computed, cores))
        self._auto_text = self.tr("auto: {0} of {1} cores").format(computed, cores)
        self.update()

    _auto_text = ""

    def sizeHint(self) -> QSize:
        """Mark, track, ticks."""
        return QSize(self._theme.em(360), self._theme.em(52))

    def minimumSizeHint(self) -> QSize:
        """Still usable."""
        return QSize(self._theme.em(160), self._theme.em(52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw everything."""
        theme, painter = self._theme, QPainter(self)
        y, left, right = self._track_y(), self._edge(), self.width() - self._edge()
        thick = theme.em(4)
        enabled = self.isEnabled()
        track = QRectF(left, y - thick / 2, right - left, thick)
        fill_round(painter, track, thick / 2, theme.color("border"))
        done = QRectF(track)
        done.setRight(self._x(self.value()))
        fill_round(painter, done, thick / 2, theme.color("accent" if enabled else "disabled"))
        self._paint_ticks(painter, y)
        self._paint_mark(painter, y)
        self._paint_handle(painter, y)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The handle comes to the pointer; the mark gives the computed value."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        above = event.position().y() < self._track_y() - self._theme.em(8)
        near = abs(event.position().x() - self._x(self._computed)) < self._theme.em(40)
        self.setSliderDown(True)
        self.setValue(self._computed if above and near else self._value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self.setSliderDown(False)

    def wheelEvent(self, event: object) -> None:
        """Let the page scroll: a number of workers must not change by accident."""
        event.ignore()  # type: ignore[attr-defined]  # a QWheelEvent

    def _paint_ticks(self, painter: QPainter, y: float) -> None:
        theme = self._theme
        every = 1 if self.maximum() <= _EVERY_TICK_UP_TO else 4
        for number in range(1, self.maximum() + 1):
            labelled = number in (1, self.maximum(), self.value()) or number % every == 0
            x = self._x(number)
            painter.setPen(QPen(theme.color("border_control"), 1))
            painter.drawLine(QPointF(x, y + theme.em(9)), QPointF(x, y + theme.em(13)))
            if labelled:
                strong = number in (self.value(), self._computed)
                painter.setFont(theme.font("caption", weight=600 if strong else None))
                painter.setPen(theme.color("text" if strong else "text2"))
                box = QRectF(x - theme.em(20), y + theme.em(13), theme.em(40), theme.em(15))
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(number))

    def _paint_mark(self, painter: QPainter, y: float) -> None:
        theme, x = self._theme, self._x(self._computed)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("info_line"))
        side, tip = theme.em(5), y - theme.em(4)
        painter.drawPolygon(QPolygonF([QPointF(x - side, tip - side), QPointF(x + side, tip - side), QPointF(x, tip)]))
        font = theme.font("caption", weight=500)
        width = QFontMetrics(font).horizontalAdvance(self._auto_text)
        start = x - width - theme.em(10)
        start = start if start >= 0 else x + theme.em(10)
        painter.setFont(font)
        painter.setPen(theme.color("info_fg"))
        box = QRectF(start, tip - theme.em(13), width + 2, theme.em(16))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), self._auto_text)

    def _paint_handle(self, painter: QPainter, y: float) -> None:
        theme, x = self._theme, self._x(self.value())
        radius = theme.em(8)
        if self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("focus", 70))
            painter.drawEllipse(QPointF(x, y), radius + theme.em(3), radius + theme.em(3))
        painter.setPen(QPen(theme.color("accent" if self.isEnabled() else "disabled"), theme.em(2)))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(QPointF(x, y), radius - 1, radius - 1)

    def _track_y(self) -> float:
        return float(self._theme.em(21))

    def _edge(self) -> int:
        return self._theme.em(12)

    def _x(self, value: int) -> float:
        span = max(1, self.maximum() - self.minimum())
        share = (min(value, self.maximum()) - self.minimum()) / span
        return self._edge() + share * (self.width() - 2 * self._edge())

    def _value_at(self, x: float) -> int:
        share = (x - self._edge()) / max(1, self.width() - 2 * self._edge())
        return round(self.minimum() + min(1.0, max(0.0, share)) * (self.maximum() - self.minimum()))

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()
