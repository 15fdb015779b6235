"""The left of the Import page: files with their sheets and tables."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets.importing.files.tree_model import NODE_ROLE, FileTreeModel, Node
from widgets.importing.files.tree_view import TreeView
from widgets.importing.view_data import FileEntry, TableRef
from widgets.parts.buttons import IconButton
from widgets.parts.labels import Label, Panel
from widgets.parts.plain_text import password_dialog
from widgets.theme import Theme


def tr(text: str) -> str:
    """Translate in the tree's context."""
    return QCoreApplication.translate("files", text)


class FilePanel(Panel):
    """Files, sheets, tables.

    Signals:
        table_selected: The `TableRef` whose row is current.
        file_selected: Path of a file whose own row is current.
        removed: Paths that the user takes out (list of str).
        password_wanted: Path of a file that needs one and was activated.
        open_files: The plus.
        open_folder: The folder.
        paste: The clipboard.
    """

    table_selected = Signal(object)
    file_selected = Signal(str)
    removed = Signal(list)
    password_wanted = Signal(str)
    open_files = Signal()
    open_folder = Signal()
    paste = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__("window", parent=parent)
        self._theme = theme
        self.model = FileTreeModel(self)
        self.view = TreeView(theme, tr("Files, sheets and tables"))
        self._number = Label(theme, "", "small", "text3")
        self._summary = Label(theme, "", "small", weight=500)
        self._build()

    def put(self, entry: FileEntry) -> None:
        """Add a file, or show how it stands now; its tables are unfolded when they come in."""
        fresh = self.model.entry(entry.path)
        self.model.put(entry)
        had = fresh is not None and fresh.survey is not None
        if entry.survey is not None and not had and len(self.model.paths) <= 3:
            row = self.model.paths.index(entry.path)
            self.view.expandRecursively(self.model.index(row, 0))
        self._number.setText(str(len(self.model.paths)))

    def remove(self, paths: list[str]) -> None:
        """Take files out."""
        self.model.remove(paths)
        self._number.setText(str(len(self.model.paths)))

    def select(self, ref: TableRef) -> None:
        """Make a table current."""
        index = self.model.index_of(ref)
        if index.isValid():
            self.view.setCurrentIndex(index)

    def set_summary(self, text: str) -> None:
        """What is chosen."""
        self._summary.setText(text)

    def ask_password(self, path: str, name: str) -> str | None:
        """Ask for a workbook's password; None when the user gives none."""
        said = tr("Password of {0}:").format(name)
        dialog = password_dialog(self, tr("Password"), said)
        given = dialog.exec() and dialog.textValue()
        dialog.deleteLater()
        return given or None

    def _build(self) -> None:
        theme = self._theme
        head = Panel("window", "bottom")
        head.setFixedHeight(theme.size("toolbar"))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.em(16), 0, theme.em(8), 0)
        row.setSpacing(theme.em(2))
        row.addWidget(Label(theme, tr("Files"), "body", weight=600))
        row.addSpacing(theme.em(5))
        row.addWidget(self._number)
        row.addStretch(1)
        for icon, text, signal in (
            ("clip", tr("Paste paths (Ctrl+V)"), self.paste),
            ("folder", tr("Open a folder"), self.open_folder),
            ("plus", tr("Open files (Ctrl+O)"), self.open_files),
        ):
            button = IconButton(theme, icon, text, size="small")
            button.clicked.connect(signal)
            row.addWidget(button)
        foot = Panel("window", "top")
        lines = QVBoxLayout(foot)
        lines.setContentsMargins(theme.em(16), theme.em(8), theme.em(8), theme.em(8))
        lines.setSpacing(theme.em(1))
        lines.addWidget(self._summary)
        self.view.setModel(self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addSpacing(theme.em(6))
        column.addWidget(self.view, 1)
        column.addWidget(foot)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.activated.connect(self._on_activated)
        self.view.clicked.connect(self._on_activated)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._on_delete)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        node: Node | None = current.data(NODE_ROLE) if current.isValid() else None
        if node is None:
            return
        if node.ref is not None:
            self.table_selected.emit(node.ref)
        else:
            self.file_selected.emit(node.path)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        node: Node | None = index.data(NODE_ROLE)
        entry = self.model.entry(node.path) if node is not None else None
        if entry is not None and entry.error is not None and entry.error.kind == "encrypted":
            self.password_wanted.emit(entry.path)

    @Slot()
    def _on_delete(self) -> None:
        chosen = {index.data(NODE_ROLE).path for index in self.view.selectionModel().selectedIndexes()}
        if chosen:
            self.removed.emit([path for path in self.model.paths if path in chosen])
