"""The grid of a result: several cells can be copied as a spreadsheet takes them."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from widgets.explore.result_model import ResultModel
from widgets.theme import Theme

_WIDEST = 320


class ResultGrid(QTableView):
    """Rows of a `ResultModel`.

    Signals:
        copy_requested: Result id, first row, number of rows, columns (tuple of int), and whether with headers.
        selection_told: First row, number of rows and columns (tuple of int) of what is selected.
    """

    copy_requested = Signal(str, int, int, object, bool)
    selection_told = Signal(int, int, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._theme = theme
        self.rows = ResultModel(theme.color("text3"), self)
        self.setModel(self.rows)
        self.setAccessibleName(self.tr("Rows of the result"))
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableView.SelectionMode.ContiguousSelection)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setFont(theme.font("small"))
        self.verticalHeader().setFont(theme.font("caption"))
        self.verticalHeader().setDefaultSectionSize(theme.em(24))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.rows.modelReset.connect(self._on_reset)
        self._fitted = False

    def set_page(self, result_id: str, first: int, rows: list[tuple[str | None, ...]]) -> None:
        """Rows that were asked for; the first ones say how wide the columns are."""
        self.rows.set_page(result_id, first, rows)
        if not self._fitted and first == 0 and result_id == self.rows.view.result_id:
            self._fitted = True
            self.resizeColumnsToContents()
            header = self.horizontalHeader()
            for column in range(self.rows.columnCount()):
                wanted = header.sectionSize(column) + self._theme.em(8)
                header.resizeSection(column, min(wanted, self._theme.em(_WIDEST)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies, with Shift the names of the columns too."""
        shift = Qt.KeyboardModifier.ShiftModifier
        with_header = event.key() == Qt.Key.Key_C and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Copy) or (with_header and event.modifiers() & shift):
            self.copy(with_header=bool(event.modifiers() & shift))
            return
        super().keyPressEvent(event)

    def copy(self, *, with_header: bool = False) -> None:
        """Ask for the selected cells."""
        found = self._selected()
        if found is not None:
            first, count, columns = found
            self.copy_requested.emit(self.rows.view.result_id, first, count, columns, with_header)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell what is selected."""
        super().selectionChanged(selected, deselected)
        first, count, columns = self._selected() or (0, 0, ())
        self.selection_told.emit(first, count, columns)

    def _selected(self) -> tuple[int, int, tuple[int, ...]] | None:
        selection = self.selectionModel().selection()
        if selection.isEmpty():
            return None
        box = selection.first()
        return box.top(), box.bottom() - box.top() + 1, tuple(range(box.left(), box.right() + 1))

    @Slot()
    def _on_reset(self) -> None:
        self._fitted = False
