"""Painting of the history's rows: two lines, day headings, figures at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from widgets.history.history_data import HistoryEntry
from widgets.history.history_model import ENTRY_ROLE, Col, file_name, second_line, state_sign
from widgets.parts.painting import LEFT, RIGHT, paint_icon
from widgets.parts.tables import RowDelegate


class HistoryDelegate(RowDelegate):
    """Paints every cell from the row's entry."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex, selected: bool) -> None:
        """Draw one cell."""
        theme = self.theme
        entry: HistoryEntry | None = index.data(ENTRY_ROLE)
        if entry is None:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), theme.color("sunken"))
            self._words(
                painter,
                rect.adjusted(theme.em(16), 0, 0, 0),
                str(index.data()),
                theme.font("small", weight=600),
                "text2",
            )
            return
        column = Col(index.column())
        if column is Col.STATE:
            sign = state_sign(entry.state)
            tone = f"{sign.tone}_fg" if sign.tone != "neutral" else "text2"
            paint_icon(painter, theme, sign.icon, tone, 16, rect.x() + theme.em(16), rect.center().y())
            box = rect.adjusted(theme.em(38), 0, 0, 0)
            self._words(painter, box, sign.word, theme.font("small", weight=500), tone)
        elif column is Col.FILE:
            half = rect.height() // 2
            first = QRect(
                rect.x() + theme.em(8), rect.y() + theme.em(3), rect.width() - theme.em(16), half - theme.em(1)
            )
            second = QRect(first.x(), rect.y() + half, first.width(), half - theme.em(4))
            self._words(painter, first, file_name(entry), theme.font("body", weight=500), "text")
            self._words(painter, second, second_line(entry), theme.font("caption"), "text2")
        elif column is Col.TABLE:
            box = rect.adjusted(theme.em(8), 0, -theme.em(8), 0)
            self._words(painter, box, str(index.data()), theme.font("small"), "text")
        else:
            self._figure(painter, rect, entry, column, str(index.data()))

    def _figure(self, painter: QPainter, rect: QRect, entry: HistoryEntry, column: Col, text: str) -> None:
        theme = self.theme
        bad = column is Col.REJECTED and entry.outcome.rows_rejected > 0
        font = theme.font("small", weight=600 if bad else None)
        tone = "danger_fg" if bad else "text" if column is Col.LOADED else "text2"
        end = theme.em(16 if column is Col.WHEN else 8)
        self._words(painter, rect.adjusted(theme.em(4), 0, -end, 0), text, font, tone, RIGHT)

    def _words(
        self, painter: QPainter, box: QRect, text: str, font: QFont, tone: str, align: Qt.AlignmentFlag = LEFT
    ) -> None:
        painter.setFont(font)
        painter.setPen(self.theme.color(tone))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, max(0, box.width()))
        painter.drawText(box, int(align), shown)
