"""Tabs as words with a line below the chosen one."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from widgets.parts.painting import paint_focus
from widgets.theme import Theme

_HEIGHT, _GAP, _LINE = 36, 22, 2


class Tabs(QTabBar):
    """Painted, because a style sheet would lose the line; keys and accessibility are those of a tab bar."""

    def __init__(self, theme: Theme, name: str, words: tuple[str, ...], parent: QWidget | None = None) -> None:
        """One tab a word; `name` says what they choose."""
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        for word in words:
            self.addTab(word)
        theme.changed.connect(self.update)

    def tabSizeHint(self, index: int) -> QSize:
        """The word in its strong form, so that choosing it moves nothing."""
        metrics = QFontMetrics(self._theme.font("body", weight=600))
        return QSize(metrics.horizontalAdvance(self.tabText(index)) + self._theme.em(_GAP), self._theme.em(_HEIGHT))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Words are never cut."""
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words, and a line below the chosen one."""
        theme, painter = self._theme, QPainter(self)
        for index in range(self.count()):
            box, chosen = self.tabRect(index), index == self.currentIndex()
            painter.setFont(theme.font("body", weight=600 if chosen else 500))
            painter.setPen(theme.color("text" if chosen else "text2"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.tabText(index))
            if chosen:
                line = theme.em(_LINE)
                painter.fillRect(box.x(), box.bottom() + 1 - line, box.width(), line, theme.color("accent"))
                if self.hasFocus():
                    paint_focus(painter, theme, box.adjusted(1, 2, -1, -line - 2), theme.radius("chip"))
