"""Painting of preview cells: header, left out, warnings, rejects, NULL, folds."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from widgets.importing.preview.model import CELL_ROLE, GridCell, RowKind, tr
from widgets.parts.painting import LEFT, RIGHT, corner_mark, hatch, paint_icon
from widgets.theme import Theme

_BACK = {"warn": "warn_bg", "danger": "danger_bg", "info": "info_bg"}


class GridDelegate(QStyledItemDelegate):
    """Paints one cell of the preview; fonts and colours are fetched once per theme, not per cell."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        """The view tells which cell is at hand."""
        super().__init__(view)
        self._theme, self._view = theme, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        """Draw the cell."""
        cell: GridCell | None = index.data(CELL_ROLE)
        if cell is None:
            return
        rect = option.rect
        painter.save()
        if cell.kind is RowKind.FOLD:
            self._fold(painter, rect, cell)
            painter.restore()
            return
        at_hand = index == self._view.currentIndex()
        self._background(painter, rect, cell, bool(option.state & QStyle.StateFlag.State_Selected) and not at_hand)
        self._text(painter, rect, cell)
        grid = QPen(self._theme.color("grid"), 1)
        painter.setPen(grid)
        painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        if cell.mark:
            corner_mark(painter, self._theme, rect, f"{cell.mark}_line")
        if at_hand:
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _background(self, painter: QPainter, rect: QRect, cell: GridCell, selected: bool) -> None:
        theme = self._theme
        if cell.kind is RowKind.LEFT_OUT:
            painter.fillRect(rect, theme.color("leftout_bg"))
            hatch(painter, theme, rect)
        elif cell.kind is RowKind.HEADER:
            painter.fillRect(rect, theme.color("header_tint"))
        elif cell.mark:
            painter.fillRect(rect, theme.color(_BACK[cell.mark]))
        if selected:
            tint = QColor(theme.color("accent"))
            tint.setAlpha(28)
            painter.fillRect(rect, tint)

    def _text(self, painter: QPainter, rect: QRect, cell: GridCell) -> None:
        theme = self._theme
        box = rect.adjusted(theme.em(8), 0, -theme.em(8), 0)
        if cell.text is None:
            painter.setFont(theme.font("caption", italic=True))
            painter.setPen(theme.color("text3"))
            painter.drawText(box, int(RIGHT if cell.numeric else LEFT), tr("NULL"))
            return
        if cell.kind is RowKind.PENDING or not cell.text:
            return
        header = cell.kind is RowKind.HEADER
        font = theme.font("small", weight=600 if header else None)
        tone = "leftout_fg" if cell.kind is RowKind.LEFT_OUT else "danger_fg" if cell.mark == "danger" else "text"
        painter.setFont(font)
        painter.setPen(theme.color(tone))
        text = cell.text if len(cell.text) < 200 else cell.text[:200]
        text = QFontMetrics(font).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(RIGHT if cell.numeric else LEFT) | int(Qt.TextFlag.TextSingleLine), text)

    def _fold(self, painter: QPainter, rect: QRect, cell: GridCell) -> None:
        theme = self._theme
        painter.fillRect(rect, theme.color("sunken"))
        pen = QPen(theme.color("border"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(rect.left(), rect.top(), rect.right(), rect.top())
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        paint_icon(painter, theme, "chevr", "text2", 12, rect.x() + theme.em(8), rect.center().y())
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        painter.drawText(rect.adjusted(theme.em(25), 0, 0, 0), int(LEFT), cell.text or "")
