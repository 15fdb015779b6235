"""Table view of whole rows: no grid, hover on the row, one line below each, keyboard first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from widgets.parts.painting import paint_focus
from widgets.theme import Theme

_Column = TypeVar("_Column", bound=int)


class RowTable(QTableView):
    """A table in which a row is one thing.

    Signals:
        left: The pointer left the table, after the hover mark was taken away.
    """

    left = Signal()

    def __init__(self, theme: Theme, name: str, row_px: float = 36, parent: QWidget | None = None) -> None:
        """`name` is what the table lists; `row_px` the row height at a 13 px base font."""
        super().__init__(parent)
        self._theme, self._row_px = theme, row_px
        self.hover_row = -1
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(theme.em(row_px))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setFixedHeight(theme.em(28))
        header.setFont(theme.font("caption", weight=500))
        self.setCornerButtonEnabled(False)

    def set_widths(self, widths: Mapping[_Column, float]) -> None:
        """Set columns to widths in px at a 13 px base font, or wider where a heading needs more in this language."""
        header = self.horizontalHeader()
        for column, width in widths.items():
            self.setColumnWidth(column, max(self._theme.em(width), header.sectionSizeHint(column)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer by rows."""
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is pointed at any more."""
        self._hover(-1)
        self.left.emit()
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row == self.hover_row:
            return
        before, self.hover_row = self.hover_row, row
        for each in (before, row):
            if each >= 0:
                top = self.rowViewportPosition(each)
                self.viewport().update(QRect(0, top, self.viewport().width(), self.rowHeight(each)))


class RowDelegate(QStyledItemDelegate):
    """Base of delegates that paint cells of a `RowTable` themselves; override `paint_cell`."""

    def __init__(self, theme: Theme, table: RowTable) -> None:
        """`table` tells which row is pointed at."""
        super().__init__(table)
        self.theme, self.table = theme, table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        """Background, accent bar, line, then the cell."""
        theme, rect = self.theme, option.rect
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.color("selected"))
            if index.column() == 0:
                painter.fillRect(rect.x(), rect.y(), theme.em(3), rect.height(), theme.color("accent"))
        elif index.row() == self.table.hover_row:
            painter.fillRect(rect, theme.color("hover"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("border_subtle"))
        self.paint_cell(painter, rect, index, selected)
        focused = option.state & QStyle.StateFlag.State_HasFocus
        if focused and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
            paint_focus(painter, theme, rect.adjusted(1, 1, -1, -2), theme.radius("chip"))
        painter.restore()

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex, selected: bool) -> None:
        """Draw the content of one cell; the painter's state is restored afterwards."""
        raise NotImplementedError
