"""What an upsert would change: counts, and the first changes with old and new values."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from widgets.parts.buttons import Button
from widgets.parts.labels import Label
from widgets.parts.wording import count
from widgets.theme import Theme
from widgets.translation import spoken
from workers.core.model.differences import TableDifference
from workers.core.model.errors import ErrorInfo


class DifferenceDialog(QDialog):
    """Waits for `show_difference` or `show_error`.

    Signals:
        only_changed_requested: Import only what is new or changed.
    """

    only_changed_requested = Signal()

    def __init__(self, theme: Theme, table: str, parent: QWidget | None = None) -> None:
        """Comparing with `table`."""
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(self.tr("Compare with {0}").format(table))
        self.resize(theme.em(680), theme.em(440))
        self._title = Label(theme, self.tr("Comparing…"), "heading", wrap=True)
        self._text = Label(theme, self.tr("All rows are read and rolled back; nothing changes."), "small", "text2")
        self._text.setWordWrap(True)
        self.model = QStandardItemModel(self)
        self._table = QTableView()
        self._only = Button(theme, "", "import", "primary")
        self._build()

    def show_difference(self, difference: TableDifference) -> None:
        """Show the figures and the changed cells."""
        figures = self.tr("{0} new · {1} changed · {2} unchanged")
        self._title.setText(
            figures.format(count(difference.new), count(difference.changed), count(difference.unchanged))
        )
        listed = len(difference.rows)
        if difference.changed > listed:
            said = self.tr("The first {0} changed rows:").format(count(listed))
        else:
            said = self.tr("Every changed cell:") if listed else self.tr("No row of the table gets other values.")
        self._text.setText(said)
        self.model.setHorizontalHeaderLabels(
            [
                self.tr("Row"),
                self.tr("Key"),
                self.tr("Column"),
                self.tr("In the table"),
                self.tr("In the sheet"),
            ]
        )
        for row in difference.rows:
            key = ", ".join(self._shown(part) for part in row.key)
            for column, old, new in row.changes:
                cells = (str(row.source_row), key, column, self._shown(old), self._shown(new))
                self.model.appendRow([QStandardItem(text) for text in cells])
        self._table.setVisible(bool(difference.rows))
        rows = difference.new + difference.changed
        several = self.tr("Import only these {0} rows").format(count(rows))
        self._only.setText(several if rows != 1 else self.tr("Import only this row"))
        self._only.setVisible(rows > 0 and difference.unchanged > 0)

    def show_error(self, error: ErrorInfo) -> None:
        """It could not be compared."""
        self._title.setText(spoken(error.message))
        self._text.setText(spoken(error.hint or ""))

    def show_new(self, rows: int) -> None:
        """The table is not there yet."""
        self._title.setText(self.tr("All {0} rows are new").format(count(rows)))
        self._text.setText(self.tr("The table is made by the import."))

    def _shown(self, value: str | None) -> str:
        return self.tr("(blank)") if value is None else value

    def _build(self) -> None:
        theme = self._theme
        self._table.setModel(self.model)
        self._table.setAccessibleName(self.tr("Changed cells"))
        self._table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._table.horizontalHeader().setStretchLastSection(True)
        self._table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._table.hide()
        self._only.hide()
        close = Button(theme, self.tr("Close"))
        close.clicked.connect(self.reject)
        self._only.clicked.connect(self._on_only)
        foot = QHBoxLayout()
        foot.setSpacing(theme.em(8))
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self._only)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.em(20), theme.em(16), theme.em(20), theme.em(16))
        column.setSpacing(theme.em(10))
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addWidget(self._table, 1)
        column.addStretch(0)
        column.addLayout(foot)

    def _on_only(self) -> None:
        self.only_changed_requested.emit()
        self.accept()
