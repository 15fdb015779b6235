"""The first rows of a table for a view: texts as they are, NULL in italics, numbers at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from widgets.parts.plain_text import plain_tip
from widgets.table_preview.wording import tr
from workers.core.model.table_preview import TableHead

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_NUMBERS = ("smallint", "integer", "bigint", "numeric", "real", "double precision")


class HeadModel(QAbstractTableModel):
    """Read-only."""

    def __init__(self, null_color: QColor, parent: QObject | None = None) -> None:
        """Empty; NULL is written in `null_color`."""
        super().__init__(parent)
        self._head = TableHead("", "", (), (), 0)
        self._null_color = null_color
        self._null_font = QFont()
        self._null_font.setItalic(True)
        self._numeric: tuple[bool, ...] = ()

    def show(self, head: TableHead) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._head = head
        self._numeric = tuple(pg_type.split("(")[0] in _NUMBERS for _, pg_type in head.columns)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Rows that were read."""
        return 0 if parent.isValid() else len(self._head.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Columns of the table."""
        return 0 if parent.isValid() else len(self._head.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name and type; the workbook's header in the tooltip."""
        if orientation is Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        name, pg_type = self._head.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{name}\n{pg_type}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._head.comments[section] if section < len(self._head.comments) else "")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One value."""
        if not index.isValid():
            return None
        text = self._head.rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return tr("NULL") if text is None else text.split("\n", 1)[0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(text or "")
        if role == Qt.ItemDataRole.TextAlignmentRole and self._numeric[index.column()]:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if text is None and role == Qt.ItemDataRole.ForegroundRole:
            return self._null_color
        if text is None and role == Qt.ItemDataRole.FontRole:
            return self._null_font
        return None
