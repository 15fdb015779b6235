"""The History page: every import by day, and the receipt of the selected one."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from widgets.history.history_data import HistoryEntry, PastDetails, UndoPreview
from widgets.history.history_delegate import HistoryDelegate
from widgets.history.history_model import Col, HistoryModel, state_sign
from widgets.history.receipt import Receipt
from widgets.parts.buttons import Button
from widgets.parts.controls import SelectBox
from widgets.parts.empty import EmptyState
from widgets.parts.labels import Panel
from widgets.parts.search import SearchField
from widgets.parts.tables import RowTable
from widgets.parts.wording import count
from widgets.shell.page import Page
from widgets.theme import Theme
from widgets.translation import spoken

_ROW, _DAY = 44, 28
_WIDTHS = {Col.STATE: 126, Col.TABLE: 150, Col.LOADED: 84, Col.REJECTED: 84, Col.WHEN: 72}
_GIVING_WAY = {Col.REJECTED: 640, Col.LOADED: 560, Col.TABLE: 420}
"""Columns that are left to the receipt where the list is narrower than this, in px at a 13 px base font."""
_STATES = ("loaded", "failed", "cancelled", "unchanged", "undone", "superseded", "unknown")


class HistoryPage(Page):
    """Past imports, searchable.

    Data in: `set_entries`, `show_undo`, `show_details`, `set_broken`.

    Signals:
        search_changed: Text, state word (empty for any) and days back (0 for all); answer with `set_entries`.
        export_requested: Save the list as a file.
        undo_requested: Import id; answer with `show_undo`.
        undo_confirmed: Import id to undo now.
        rejects_requested: Import id whose rejects are wanted as a workbook.
        view_requested: Import id whose table is wanted for a look.
        again_requested: Import id whose file and plan are wanted on the Import page.
        plan_requested: Import id, and its choices as the text of a plan file to be saved.
        receipt_requested: Import id whose receipt is wanted as a file.
        cell_opened: Import id and cell address.
        details_requested: Import id whose plan and log are wanted; answer with `show_details`.
        import_page_requested: The empty state's button.
    """

    search_changed = Signal(str, str, int)
    export_requested = Signal()
    undo_requested = Signal(str)
    undo_confirmed = Signal(str)
    rejects_requested = Signal(str)
    view_requested = Signal(str)
    again_requested = Signal(str)
    plan_requested = Signal(str, str)
    receipt_requested = Signal(str)
    cell_opened = Signal(str, str)
    details_requested = Signal(str)
    import_page_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Nothing imported yet."""
        super().__init__(theme, "history", "", "history", parent)
        self.set_title(self.tr("History"))
        self.model = HistoryModel(self)
        self.table = RowTable(theme, self.tr("Imports"), _ROW)
        self.receipt = Receipt(theme)
        self.search = SearchField(theme, self.tr("Search file, table, person or import id"))
        self._state = SelectBox(theme, self.tr("State"))
        self._days = SelectBox(theme, self.tr("Period"))
        self._export = Button(theme, self.tr("Export list"), "download")
        self._empty = EmptyState(
            theme,
            "history",
            self.tr("Nothing imported yet"),
            self.tr("Every import leaves a receipt here: what was read, what was loaded, and the way back."),
            self.tr("Go to Import"),
            "import",
        )
        self._stack = QStackedWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._build_page()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list shows as many columns as it has room for."""
        if event.type() == QEvent.Type.Resize and watched is self.table.viewport():
            width = self.table.viewport().width()
            for column, least in _GIVING_WAY.items():
                self.table.setColumnHidden(column, width < self.theme.em(least))
        return super().eventFilter(watched, event)

    def set_entries(
        self, entries: tuple[HistoryEntry, ...], total: int | None = None, today: dt.date | None = None
    ) -> None:
        """Show entries, newest first; `total` counts those that the search leaves out too."""
        shown = self.selected()
        self.model.set_entries(entries, today)
        self.table.clearSpans()
        for row in self.model.heading_rows():
            self.table.setSpan(row, 0, 1, len(Col))
            self.table.setRowHeight(row, self.theme.em(_DAY))
        filtered = bool(self.search.text() or self._state.currentData() or self._days.currentData())
        self._stack.setCurrentIndex(1 if entries or filtered else 0)
        number = total if total is not None else len(entries)
        self.set_subtitle(self.tr("{0} imports").format(count(number)) if number else "")
        self._export.setEnabled(bool(entries))
        if shown is not None:
            self.select(shown.outcome.import_id)
        if self.selected() is None:
            self.receipt.hide()

    def set_broken(self, message: str, hint: str) -> None:
        """The history cannot be read: say why and what to do."""
        self._empty.set_content("error", spoken(message), spoken(hint), tone="danger_fg")
        self._stack.setCurrentIndex(0)

    def show_undo(self, import_id: str, preview: UndoPreview) -> None:
        """What undoing an import will do."""
        self.receipt.show_undo(import_id, preview)

    def show_details(self, import_id: str, details: PastDetails) -> None:
        """The plan and the log of an import."""
        self.receipt.show_details(import_id, details)

    def select(self, import_id: str) -> None:
        """Show an import."""
        row = self.model.row_of(import_id)
        if row >= 0:
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))

    def selected(self) -> HistoryEntry | None:
        """The selected import."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.entry_at(rows[0].row()) if rows else None

    def entry(self, import_id: str) -> HistoryEntry | None:
        """A shown import."""
        row = self.model.row_of(import_id)
        return self.model.entry_at(row) if row >= 0 else None

    def focus_search(self) -> bool:
        """Ctrl+F goes to the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def refresh(self) -> None:
        """F5 asks for the list again."""
        self._tell()

    def content_widget(self) -> QWidget | None:
        """The list takes the keyboard."""
        return self.table

    def view_state(self) -> dict[str, object]:
        """Width of the receipt."""
        return {"split": self._splitter.sizes()}

    def restore_view(self, state: dict[str, object]) -> None:
        """Take back `view_state`."""
        split = state.get("split")
        if isinstance(split, list) and len(split) == 2 and all(isinstance(part, int) for part in split):
            self._splitter.setSizes(split)

    def _build_page(self) -> None:
        theme = self.theme
        self.action_row.addWidget(self._export)
        self._state.addItem(self.tr("Any state"), "")
        for state in _STATES:
            self._state.addItem(state_sign(state).word, state)
        for text, days in (
            (self.tr("All time"), 0),
            (self.tr("Last 7 days"), 7),
            (self.tr("Last 30 days"), 30),
            (self.tr("Last year"), 365),
        ):
            self._days.addItem(text, days)
        bar = Panel("surface", "bottom")
        bar.setFixedHeight(theme.size("toolbar"))
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.em(16), 0, theme.em(16), 0)
        row.setSpacing(theme.em(8))
        row.addWidget(self.search, 1)
        row.addWidget(self._state)
        row.addWidget(self._days)
        self.table.setModel(self.model)
        self.table.setItemDelegate(HistoryDelegate(theme, self.table))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.set_widths(_WIDTHS)
        self.table.horizontalHeader().setSectionResizeMode(Col.FILE, QHeaderView.ResizeMode.Stretch)
        self.table.viewport().installEventFilter(self)
        left = QWidget()
        column_layout = QVBoxLayout(left)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(0)
        column_layout.addWidget(bar)
        column_layout.addWidget(self.table, 1)
        self.receipt.setMinimumWidth(theme.em(360))
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.receipt)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([theme.em(716), theme.em(540)])
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._splitter)
        self.body.addWidget(self._stack, 1)
        self.receipt.hide()
        self._export.setEnabled(False)
        self._connect()

    def _connect(self) -> None:
        self._empty.acted.connect(self.import_page_requested)
        self._export.clicked.connect(self.export_requested)
        self.search.changed.connect(self._tell)
        self._state.activated.connect(self._tell)
        self._days.activated.connect(self._tell)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.receipt.closed.connect(self._on_closed)
        for mine, theirs in (
            (self.undo_requested, self.receipt.undo_requested),
            (self.undo_confirmed, self.receipt.undo_confirmed),
            (self.rejects_requested, self.receipt.rejects_requested),
            (self.view_requested, self.receipt.view_requested),
            (self.again_requested, self.receipt.again_requested),
            (self.plan_requested, self.receipt.plan_requested),
            (self.receipt_requested, self.receipt.receipt_requested),
            (self.details_requested, self.receipt.details_requested),
        ):
            theirs.connect(mine)
        self.receipt.cell_opened.connect(self.cell_opened)

    @Slot()
    def _tell(self) -> None:
        days = self._days.currentData()
        self.search_changed.emit(self.search.text(), str(self._state.currentData() or ""), int(days or 0))

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        entry = self.model.entry_at(current.row())
        if entry is not None:
            self.receipt.show_entry(entry)
            self.receipt.show()

    @Slot()
    def _on_closed(self) -> None:
        self.table.clearSelection()
        self.receipt.hide()
