"""Chips and state words as widgets."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.parts.painting import LEFT, ChipData, chip_width, fill_round, paint_chip, paint_focus, paint_icon
from widgets.theme import Theme


class Chip(QWidget):
    """A small filled sign: icon and word."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        tone: str = "neutral",
        icon: str = "",
        *,
        height: float = 18,
        parent: QWidget | None = None,
    ) -> None:
        """`height` is 18, or 20 for origin badges."""
        super().__init__(parent)
        self._theme, self._height = theme, height
        self._data = ChipData(text, tone, icon)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._refresh)

    def set_data(self, text: str, tone: str = "neutral", icon: str = "") -> None:
        """Show another word, tone or icon."""
        data = ChipData(text, tone, icon)
        if data != self._data:
            self._data = data
            self.setAccessibleName(text)
            self._refresh()

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(chip_width(self._theme, self._data), self._theme.em(self._height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        paint_chip(QPainter(self), self._theme, self.rect(), self._data, self._height)

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()


class RemovableChip(QWidget):
    """A chip that stands for a chosen thing and can be taken away by a click on its cross, Delete or Backspace.

    Signals:
        removed: The chip's text, when the user takes it away.
    """

    removed = Signal(str)

    def __init__(self, theme: Theme, text: str, icon: str = "", parent: QWidget | None = None) -> None:
        """Show `text` in the info tone."""
        super().__init__(parent)
        self._theme, self._text, self._icon = theme, text, icon
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("{0}, press Delete to remove").format(text))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Word, icon and cross."""
        theme = self._theme
        metrics = QFontMetrics(theme.font("small", weight=500))
        icon = theme.em(17) if self._icon else 0
        return QSize(metrics.horizontalAdvance(self._text) + icon + theme.em(12 + 16), theme.em(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip and its cross."""
        theme, painter = self._theme, QPainter(self)
        fill_round(painter, self.rect().toRectF(), theme.radius("chip"), theme.color("info_bg"))
        x, middle = theme.em(6), self.height() / 2
        if self._icon:
            paint_icon(painter, theme, self._icon, "info_fg", 13, x, middle)
            x += theme.em(17)
        painter.setFont(theme.font("small", weight=500))
        painter.setPen(theme.color("info_fg"))
        painter.drawText(self.rect().adjusted(x, 0, 0, 0), int(LEFT), self._text)
        paint_icon(painter, theme, "x", "info_fg", 11, self.width() - theme.em(16), middle)
        if self.hasFocus():
            paint_focus(painter, theme, self.rect(), theme.radius("chip"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The cross at the right removes."""
        if event.position().x() >= self.width() - self._theme.em(20) and self.rect().contains(
            event.position().toPoint()
        ):
            self.removed.emit(self._text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace remove."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self._text)
        else:
            super().keyPressEvent(event)
