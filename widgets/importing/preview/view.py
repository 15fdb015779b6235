"""The preview's table: keys, folds, the cell at hand, lazy rows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from widgets.importing.preview.delegate import GridDelegate
from widgets.importing.preview.folding import cell_position
from widgets.importing.preview.headers import CardHeader, RowGutter
from widgets.importing.preview.model import GridModel, RowKind, tr
from widgets.theme import Theme
from workers.core.model.cells import CellRange

_ROW, _FOLD = 24, 20
_UNUSED = 40
_ASK_MS = 40
_BLOCK = 200


class GridView(QTableView):
    """Rows of the sheet with cards above.

    Keys: arrows; F8 and Shift+F8 go to the next and previous flagged cell; H makes the row the header; F2 edits the
    column's name; Alt+Down opens its type; Return opens a fold.

    Signals:
        header_chosen: Excel row to be the header.
        range_selected: The selected block as text such as ``A3:H120``; empty when it is only one cell.
        fold_opened: First and last Excel row to be shown.
        rows_needed: First and last Excel row that are looked at in the full view and missing.
        cell_changed: Excel row and column of the cell at hand.
    """

    header_chosen = Signal(int)
    range_selected = Signal(str)
    fold_opened = Signal(int, int)
    rows_needed = Signal(int, int)
    cell_changed = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._theme = theme
        self.grid = GridModel(self)
        self.cards = CardHeader(theme, self.grid, self)
        self.gutter = RowGutter(theme, self.grid, self)
        self._asked: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_ASK_MS)
        self._timer.timeout.connect(self._ask)
        self.setAccessibleName(tr("Preview: values as they will arrive"))
        self.setHorizontalHeader(self.cards)
        self.setVerticalHeader(self.gutter)
        self.setModel(self.grid)
        self.setItemDelegate(GridDelegate(theme, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.gutter.header_chosen.connect(self.header_chosen)
        self.grid.rows_needed.connect(self._on_needed)
        self.grid.modelReset.connect(self._after_reset)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self._on_selection)

    def go_to(self, place: str) -> bool:
        """Select the cell of an address and scroll it to the middle; a fold that hides it is asked to open."""
        position = cell_position(place)
        if position is None:
            return False
        row, column = position
        at = self.grid.grid_row(row)
        if at < 0:
            return False
        index = self.grid.index(at, min(column, max(0, self.grid.columnCount() - 1)))
        self._centre(index)
        if self.grid.fold_at(at) is not None:
            self.fold_opened.emit(row, row)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def go_flagged(self, forward: bool = True) -> bool:
        """Go to the next or previous flagged cell, around the end."""
        flagged = self.grid.flagged_cells()
        if not flagged:
            return False
        here = (self.grid.excel_row(self.currentIndex().row()), self.currentIndex().column())
        if forward:
            row, column = next((place for place in flagged if place > here), flagged[0])
        else:
            row, column = next((place for place in reversed(flagged) if place < here), flagged[-1])
        at = self.grid.grid_row(row)
        if at < 0:
            return False
        index = self.grid.index(at, column)
        self._centre(index)
        return True

    def _centre(self, index: QModelIndex) -> None:
        # The row goes to the middle; sideways the view moves only as far as it must.
        across = self.horizontalScrollBar().value()
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.horizontalScrollBar().setValue(across)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The grid's own keys, then the table's."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        fold = self.grid.fold_at(row)
        if key == Qt.Key.Key_F8:
            self.go_flagged(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif key == Qt.Key.Key_F2:
            self.cards.start_rename(column)
        elif key == Qt.Key.Key_Down and alt:
            self.cards.open_types(column)
        elif key == Qt.Key.Key_H and not event.modifiers() and row >= 0 and fold is None:
            self.header_chosen.emit(self.grid.excel_row(row))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and fold is not None:
            self.fold_opened.emit(*fold)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a fold opens it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        fold = self.grid.fold_at(index.row()) if index.isValid() else None
        if fold is not None and event.button() is Qt.MouseButton.LeftButton:
            self.fold_opened.emit(*fold)

    def fit_columns(self) -> None:
        """Widths by what the first rows hold, within bounds; a table that lies far to the right is scrolled to."""
        theme, metrics = self._theme, self.fontMetrics()
        names = QFontMetrics(theme.font("small", weight=600))
        for column in range(min(self.grid.columnCount(), 200)):
            texts = [
                str(self.grid.index(row, column).data() or "")
                for row in range(min(12, self.grid.rowCount()))
                if self.grid.row_kind(row) in (RowKind.HEADER, RowKind.DATA)
            ]
            widest = max((metrics.horizontalAdvance(text[:60]) for text in texts), default=0) + theme.em(24)
            plan = self.grid.column_plan(column)
            if plan is None and not any(texts):
                self.setColumnWidth(column, theme.em(_UNUSED))
                continue
            if plan is not None:
                widest = max(widest, names.horizontalAdvance(plan.name) + theme.em(44))
            self.setColumnWidth(column, min(max(widest, theme.em(104)), theme.em(240)))
        self._show_table()

    def _show_table(self) -> None:
        """Bring the table's first column into view when it lies in the right half or beyond."""
        first = next((c for c in range(self.grid.columnCount()) if self.grid.column_plan(c) is not None), 0)
        at = self.cards.sectionPosition(first)
        if at > self.viewport().width() // 2:
            self.horizontalScrollBar().setValue(at - self._theme.em(_UNUSED))

    @Slot()
    def _after_reset(self) -> None:
        self.clearSpans()
        self._asked.clear()
        theme, width = self._theme, self.grid.columnCount()
        self.gutter.setDefaultSectionSize(theme.em(_ROW))
        for row in self.grid.fold_rows():
            self.gutter.resizeSection(row, theme.em(_FOLD))
            if width > 1:
                self.setSpan(row, 0, 1, width)
        if not self.grid.shows_all:
            self._spread_titles(width)

    def _spread_titles(self, width: int) -> None:
        # As in Excel, a lone text outside the table runs over its empty neighbours.
        for row in range(self.grid.rowCount()):
            column = self.grid.lone_text(row)
            if 0 <= column < width - 1:
                self.setSpan(row, column, 1, width - column)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.cards.set_current(current.column())
        self.gutter.set_current(current.row())
        if current.isValid():
            self.cell_changed.emit(self.grid.excel_row(current.row()), current.column())

    @Slot()
    def _on_selection(self) -> None:
        indexes = self.selectionModel().selection()
        if indexes.isEmpty():
            self.range_selected.emit("")
            return
        block = indexes.first()
        if block.top() == block.bottom() and block.left() == block.right():
            self.range_selected.emit("")
            return
        first, last = self.grid.excel_row(block.top()), self.grid.excel_row(block.bottom())
        self.range_selected.emit(str(CellRange(first, block.left(), last, block.right())))

    @Slot(int, int)
    def _on_needed(self, first: int, _last: int) -> None:
        block = (first - 1) // _BLOCK
        if block not in self._asked and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _ask(self) -> None:
        top, bottom = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        bottom = bottom if bottom >= 0 else self.grid.rowCount() - 1
        for block in range(max(0, top) // _BLOCK, max(0, bottom) // _BLOCK + 1):
            if block not in self._asked:
                self._asked.add(block)
                self.rows_needed.emit(block * _BLOCK + 1, (block + 1) * _BLOCK)
