"""A result's rows for a view: pages are asked for and kept, what has not come yet is shown as such."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from widgets.explore.view_data import ResultView
from widgets.parts.plain_text import plain_tip

PAGE = 200
_PAGES_KEPT = 60
_MOST_ROWS = 2_000_000_000 // 64
"""Rows beyond which a view cannot scroll; files and counts know no such end."""
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_Row = tuple[str | None, ...]


class ResultModel(QAbstractTableModel):
    """Read-only; never reads by itself.

    Signals:
        page_wanted: Result id, first row and number of rows: answer with `set_page`.
    """

    page_wanted = Signal(str, int, int)

    def __init__(self, null_color: QColor, parent: QObject | None = None) -> None:
        """Empty; NULL is written in `null_color`."""
        super().__init__(parent)
        self._null_color = null_color
        self._null_font = QFont()
        self._null_font.setItalic(True)
        self._view = ResultView(1, "done")
        self._pages: OrderedDict[int, list[_Row]] = OrderedDict()
        self._asked: set[int] = set()

    @property
    def view(self) -> ResultView:
        """What is shown."""
        return self._view

    def show(self, view: ResultView) -> None:
        """Show a result, or how the same one stands now: rows are added at its end."""
        before, rows = self._view, min(view.rows, _MOST_ROWS)
        if (view.result_id, view.columns) != (before.result_id, before.columns) or rows < self.rowCount():
            self.beginResetModel()
            self._view, self._pages, self._asked = view, OrderedDict(), set()
            self.endResetModel()
            return
        have = self.rowCount()
        if rows > have:
            self._pages.pop(have // PAGE, None)
            self._asked.discard(have // PAGE)
            self.beginInsertRows(QModelIndex(), have, rows - 1)
            self._view = view
            self.endInsertRows()
            if have % PAGE:
                self.dataChanged.emit(self.index(have - have % PAGE, 0), self.index(have - 1, self.columnCount() - 1))
        else:
            self._view = view

    def set_page(self, result_id: str, first: int, rows: list[_Row]) -> None:
        """Rows that were asked for; those of another result are passed over."""
        if result_id != self._view.result_id:
            return
        number = first // PAGE
        self._asked.discard(number)
        self._pages[number] = rows
        self._pages.move_to_end(number)
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        last = min(first + len(rows), self.rowCount()) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))

    def value(self, row: int, column: int) -> tuple[bool, str | None]:
        """Whether a value has come, and the value; None is NULL."""
        page = self._pages.get(row // PAGE)
        if page is None or row % PAGE >= len(page):
            self._ask(row // PAGE)
            return False, None
        return True, page[row % PAGE][column]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Rows that are there now."""
        return 0 if parent.isValid() else min(self._view.rows, _MOST_ROWS)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Columns of the result."""
        return 0 if parent.isValid() else len(self._view.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name and type; numbers of rows."""
        if orientation is Qt.Orientation.Vertical:
            return f"{section + 1}" if role == Qt.ItemDataRole.DisplayRole else None
        name, pg_type = self._view.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{name}\n{pg_type}"
        if role == Qt.ItemDataRole.TextAlignmentRole and self._right(section):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One value."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = Qt.AlignmentFlag.AlignRight if self._right(index.column()) else Qt.AlignmentFlag.AlignLeft
            return int(right | Qt.AlignmentFlag.AlignVCenter)
        texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        looks = (Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.FontRole)
        if role not in texts and role not in looks:
            return None
        there, text = self.value(index.row(), index.column())
        if role in texts:
            if not there:
                return "…" if role == Qt.ItemDataRole.DisplayRole else None
            shown = "NULL" if text is None else text
            return plain_tip(shown) if role == Qt.ItemDataRole.ToolTipRole else shown.split("\n", 1)[0]
        if there and text is not None:
            return None
        return self._null_color if role == Qt.ItemDataRole.ForegroundRole else self._null_font

    def _right(self, column: int) -> bool:
        return column < len(self._view.numeric) and self._view.numeric[column]

    def _ask(self, number: int) -> None:
        if number not in self._asked and self._view.result_id:
            self._asked.add(number)
            self.page_wanted.emit(self._view.result_id, number * PAGE, PAGE)
