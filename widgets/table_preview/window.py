"""A window that shows a table as it stands: its first rows, how many there are, and ways to take it along."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QStackedWidget, QTableView, QVBoxLayout, QWidget

from widgets.parts.buttons import Button
from widgets.parts.empty import EmptyState
from widgets.parts.labels import ElidedLabel, Panel
from widgets.parts.notices import Notice
from widgets.parts.wording import count
from widgets.table_preview.head_model import HeadModel
from widgets.table_preview.wording import tr
from widgets.theme import Theme
from workers.core.model.table_preview import TableHead

_WIDEST = 320


class TableWindow(QDialog):
    """Not modal: the work in the main window goes on.

    Data in: `show_head`, `show_error`, `say`.

    Signals:
        refresh_requested: Read the rows again.
        export_requested: ``csv`` or ``xlsx``.
        connection_requested: Copy the address of the database.
    """

    refresh_requested = Signal()
    export_requested = Signal(str)
    connection_requested = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """A look at table `name`, empty until `show_head`."""
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("{0}, read only").format(name))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(theme.em(900), theme.em(560))
        self.model = HeadModel(theme.color("text3"), self)
        self.table = QTableView()
        self._name = ElidedLabel(theme, name, "heading", mode=Qt.TextElideMode.ElideMiddle)
        self._rows = ElidedLabel(theme, "", "small", "text2", mode=Qt.TextElideMode.ElideRight)
        self._copy = Button(theme, tr("Copy connection"), "db")
        self._csv = Button(theme, tr("Export CSV…"), "download")
        self._xlsx = Button(theme, tr("Export Excel…"), "download")
        self._again = Button(theme, tr("Read again"), "retry")
        self._notice = Notice(theme, "info")
        self._empty = EmptyState(theme, "table", tr("Reading {0}").format(name), "")
        self._stack = QStackedWidget()
        self._build()

    def show_head(self, head: TableHead) -> None:
        """Show the first rows."""
        self.model.show(head)
        header = self.table.horizontalHeader()
        self.table.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            header.resizeSection(column, min(header.sectionSize(column) + self._theme.em(8), self._theme.em(_WIDEST)))
        total = tr("{0} rows") if head.exact else tr("about {0} rows")
        shown = len(head.rows)
        said = total.format(count(head.total))
        self._rows.setText(said if shown >= head.total else tr("{0}, the first {1} shown").format(said, count(shown)))
        self._stack.setCurrentWidget(self.table)
        for button in (self._csv, self._xlsx):
            button.setEnabled(True)

    def show_error(self, message: str, hint: str) -> None:
        """The table cannot be read."""
        self._empty.set_content("error", message, hint, tone="danger_fg")
        self._stack.setCurrentWidget(self._empty)
        for button in (self._csv, self._xlsx):
            button.setEnabled(False)

    def say(self, tone: str, title: str, text: str = "") -> None:
        """One line below the rows: what was copied or written, or why not."""
        self._notice.set_content(tone, title, text)
        self._notice.show()

    def _build(self) -> None:
        theme = self._theme
        head = Panel("surface", "bottom")
        head.setFixedHeight(theme.em(52))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.em(16), 0, theme.em(16), 0)
        row.setSpacing(theme.em(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._rows)
        words.addStretch(1)
        row.addLayout(words, 1)
        for button in (self._again, self._copy, self._csv, self._xlsx):
            row.addWidget(button)
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(self.windowTitle())
        table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        table.setWordWrap(False)
        table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().setDefaultSectionSize(theme.em(24))
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setFont(theme.font("small"))
        table.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._notice.hide()
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.em(16), theme.em(8), theme.em(16), theme.em(8))
        foot.addWidget(self._notice)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
        self._again.clicked.connect(self.refresh_requested)
        self._copy.clicked.connect(self.connection_requested)
        self._csv.clicked.connect(self._on_csv)
        self._xlsx.clicked.connect(self._on_xlsx)
        for button in (self._csv, self._xlsx):
            button.setEnabled(False)
        QShortcut(QKeySequence(Qt.Key.Key_F5), self).activated.connect(self.refresh_requested)

    @Slot()
    def _on_csv(self) -> None:
        self.export_requested.emit("csv")

    @Slot()
    def _on_xlsx(self) -> None:
        self.export_requested.emit("xlsx")
