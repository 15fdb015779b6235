"""The legend of a chart: sign, name and value of every series, painted at the right of the header."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.monitor.charts.specs import Style
from widgets.parts.painting import LEFT, fill_round
from widgets.parts.plain_text import set_tip
from widgets.theme import Theme

_GAP_PX = 13


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One series in the legend; without a style there is no sign."""

    label: str
    value: str
    tone: str = "text2"
    style: Style | None = None


class Legend(QWidget):
    """Entries from the right; what does not fit at the left is left out, the last ones first to stay."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty at first."""
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[LegendEntry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
        theme.changed.connect(self._refresh)

    def set_entries(self, entries: tuple[LegendEntry, ...]) -> None:
        """Show other values."""
        if entries != self._entries:
            self._entries = entries
            set_tip(self, "\n".join(f"{e.label} {e.value}" for e in entries))
            self.setAccessibleDescription(", ".join(f"{e.label} {e.value}" for e in entries))
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(self._theme.em(120), self._theme.em(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the entries."""
        theme, painter = self._theme, QPainter(self)
        plain, strong = theme.font("caption"), theme.font("caption", weight=600)
        right = self.width()
        for entry in reversed(self._fitting()):
            value_width = QFontMetrics(strong).horizontalAdvance(entry.value)
            label_width = QFontMetrics(plain).horizontalAdvance(entry.label)
            sign = self._sign_width(entry)
            left = right - value_width - theme.em(5) - label_width - sign
            self._sign(painter, entry, left)
            painter.setFont(plain)
            painter.setPen(theme.color("text2"))
            painter.drawText(QRectF(left + sign, 0, label_width + 2, self.height()), int(LEFT), entry.label)
            painter.setFont(strong)
            painter.setPen(theme.color("text"))
            painter.drawText(QRectF(right - value_width, 0, value_width + 2, self.height()), int(LEFT), entry.value)
            right = left - theme.em(_GAP_PX)

    def _fitting(self) -> list[LegendEntry]:
        """The entries that have room: limits go first, which the plot shows anyway, then further figures."""
        theme = self._theme
        plain, strong = QFontMetrics(theme.font("caption")), QFontMetrics(theme.font("caption", weight=600))
        widths = {
            e: strong.horizontalAdvance(e.value)
            + plain.horizontalAdvance(e.label)
            + self._sign_width(e)
            + theme.em(5 + _GAP_PX)
            for e in self._entries
        }
        left = list(self._entries)
        for entry in sorted(self._entries, key=_weight):
            if sum(widths[e] for e in left) - theme.em(_GAP_PX) <= self.width():
                break
            left.remove(entry)
        return left

    def _sign_width(self, entry: LegendEntry) -> int:
        if entry.style is None:
            return 0
        return self._theme.em(15 if entry.style is Style.STACK else 21)

    def _sign(self, painter: QPainter, entry: LegendEntry, x: float) -> None:
        theme, middle = self._theme, self.height() / 2
        color = theme.color(entry.tone)
        if entry.style is None:
            return
        if entry.style is Style.STACK:
            side = theme.em(9)
            fill_round(painter, QRectF(x, middle - side / 2, side, side), theme.em(2), color)
            return
        width = theme.em(15)
        if entry.style in {Style.BAND, Style.AREA}:
            high = theme.em(9)
            painter.fillRect(QRectF(x, middle - high / 2, width, high), theme.color(entry.tone, 60))
        dashed = entry.style in {Style.CONTEXT, Style.LIMIT}
        painter.setPen(
            QPen(color, theme.em(2 if not dashed else 1.4), Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
        )
        painter.drawLine(QPointF(x, middle), QPointF(x + width, middle))

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()


def _weight(entry: LegendEntry) -> int:
    if entry.style is Style.LIMIT:
        return 0
    return 1 if entry.style is None else 2
