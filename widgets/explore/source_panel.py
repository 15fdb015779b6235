"""The left of the Explore page: databases with schemas, tables and columns; files; results."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from widgets.explore.view_data import SourceKind, SourceNode, Sources
from widgets.parts.buttons import IconButton
from widgets.parts.labels import Label, Panel
from widgets.parts.plain_text import plain_tip
from widgets.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_NODE = Qt.ItemDataRole.UserRole + 1
_ICONS = {
    SourceKind.DATABASE: "db",
    SourceKind.SCHEMA: "schema",
    SourceKind.TABLE: "table",
    SourceKind.COLUMN: "text",
    SourceKind.FILE: "file",
    SourceKind.RESULT: "receipt",
}


class SourcePanel(Panel):
    """Everything that can be asked.

    Signals:
        opened: Key of a source that was unfolded for the first time: answer with `set_children`.
        inserted: SQL text of a source that was double-clicked.
        looked_at: Key of a table or a result whose rows are wanted.
        pinned: Key of a result, and whether it is to be kept.
        removed: Key of a file or a result that is to go.
        file_wanted: The plus.
        refresh_requested: Read the catalogue again.
    """

    opened = Signal(str)
    inserted = Signal(str)
    looked_at = Signal(str)
    pinned = Signal(str, bool)
    removed = Signal(str)
    file_wanted = Signal()
    refresh_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__("window", parent=parent)
        self._theme = theme
        self._model = QStandardItemModel(self)
        self._items: dict[str, QStandardItem] = {}
        self._asked: set[str] = set()
        self.tree = QTreeView()
        self._build()

    def set_sources(self, sources: Sources) -> None:
        """Show these; what was unfolded stays so while it is there."""
        unfolded = {key for key, item in self._items.items() if self.tree.isExpanded(item.index())}
        self._model.clear()
        self._items, self._asked = {}, set()
        groups = ((self.tr("Databases"), sources.databases), (self.tr("Files"), sources.files))
        for name, nodes in (*groups, (self.tr("Results"), sources.results)):
            if not nodes:
                continue
            group = QStandardItem(name)
            group.setSelectable(False)
            self._model.appendRow(group)
            for node in nodes:
                group.appendRow(self._item(node))
            self.tree.setExpanded(group.index(), True)
        for key in unfolded & set(self._items):
            self.tree.setExpanded(self._items[key].index(), True)

    def set_children(self, key: str, nodes: tuple[SourceNode, ...]) -> None:
        """What lies below a source."""
        item = self._items.get(key)
        if item is None:
            return
        item.removeRows(0, item.rowCount())
        for node in nodes:
            item.appendRow(self._item(node))

    def node(self, index: QModelIndex | QPersistentModelIndex) -> SourceNode | None:
        """What a row stands for; None for a heading."""
        found = index.data(_NODE)
        return found if isinstance(found, SourceNode) else None

    def _item(self, node: SourceNode) -> QStandardItem:
        item = QStandardItem(node.name)
        item.setEditable(False)
        item.setData(node, _NODE)
        item.setIcon(self._theme.icon("pin" if node.pinned else _ICONS[node.kind], "text2", 14))
        item.setToolTip(plain_tip(" · ".join(part for part in (node.name, node.detail) if part)))
        item.setData(f"{node.name} {node.detail}".strip(), Qt.ItemDataRole.AccessibleTextRole)
        self._items[node.key] = item
        if node.opens:
            item.appendRow(QStandardItem("…"))
        return item

    def _build(self) -> None:
        theme, tree = self._theme, self.tree
        head = Panel("window", "bottom")
        head.setFixedHeight(theme.size("toolbar"))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.em(16), 0, theme.em(8), 0)
        row.addWidget(Label(theme, self.tr("Sources"), "body", weight=600))
        row.addStretch(1)
        for icon, text, signal in (
            ("retry", self.tr("Read the catalogue again (F5)"), self.refresh_requested),
            ("plus", self.tr("Add files to be asked"), self.file_wanted),
        ):
            button = IconButton(theme, icon, text, size="small")
            button.clicked.connect(signal)
            row.addWidget(button)
        tree.setModel(self._model)
        tree.setHeaderHidden(True)
        tree.setAccessibleName(self.tr("Sources"))
        tree.setItemDelegate(_Detail(theme, tree))
        tree.setIndentation(theme.em(14))
        tree.setUniformRowHeights(True)
        tree.setFont(theme.font("small"))
        tree.setExpandsOnDoubleClick(False)
        tree.setFrameShape(QTreeView.Shape.NoFrame)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.expanded.connect(self._on_expanded)
        tree.doubleClicked.connect(self._on_double)
        tree.customContextMenuRequested.connect(self._on_menu)
        look = QShortcut(QKeySequence("Ctrl+L"), tree)
        look.setContext(Qt.ShortcutContext.WidgetShortcut)
        look.activated.connect(self._on_look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(tree, 1)

    @Slot(QModelIndex)
    def _on_expanded(self, index: QModelIndex) -> None:
        node = self.node(index)
        if node is not None and node.opens and node.key not in self._asked:
            self._asked.add(node.key)
            self.opened.emit(node.key)

    @Slot(QModelIndex)
    def _on_double(self, index: QModelIndex) -> None:
        node = self.node(index)
        if node is not None and node.kind is not SourceKind.DATABASE:
            self.inserted.emit(node.insert or node.name)

    @Slot()
    def _on_look(self) -> None:
        node = self.node(self.tree.currentIndex())
        if node is not None and node.kind in (SourceKind.TABLE, SourceKind.RESULT):
            self.looked_at.emit(node.key)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        node = self.node(self.tree.indexAt(place))
        menu = self.menu_of(node) if node is not None else None
        if menu is not None:
            menu.popup(self.tree.viewport().mapToGlobal(place))

    def menu_of(self, node: SourceNode) -> QMenu | None:
        """What can be done with a source; None where that is nothing but inserting it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = node.insert or node.name
        menu.addAction(self.tr("Insert the name"), lambda: self.inserted.emit(name))
        if node.kind in (SourceKind.TABLE, SourceKind.RESULT):
            menu.addAction(self.tr("Look at the rows"), lambda: self.looked_at.emit(node.key))
        if node.kind is SourceKind.RESULT:
            word = self.tr("Let it go by age") if node.pinned else self.tr("Keep it (pin)")
            menu.addAction(word, lambda: self.pinned.emit(node.key, not node.pinned))
        if node.kind in (SourceKind.FILE, SourceKind.RESULT):
            word = self.tr("Take it out") if node.kind is SourceKind.FILE else self.tr("Delete the result")
            menu.addAction(word, lambda: self.removed.emit(node.key))
        return menu


class _Detail(QStyledItemDelegate):
    """The detail at the right of a row, in the quiet colour."""

    def __init__(self, theme: Theme, tree: QTreeView) -> None:
        super().__init__(tree)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A row's height."""
        return QSize(super().sizeHint(option, index).width(), self._theme.em(24))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The row, and its detail; the name gives way to it."""
        node = index.data(_NODE)
        detail = node.detail if isinstance(node, SourceNode) else ""
        font, gap = self._theme.font("caption"), self._theme.em(8)
        width = QFontMetrics(font).horizontalAdvance(detail) + 2 * gap if detail else 0
        whole = QRect(option.rect)
        option.rect = whole.adjusted(0, 0, -width, 0)
        super().paint(painter, option, index)
        if not detail:
            return
        painter.save()
        painter.setFont(font)
        painter.setPen(self._theme.color("text3"))
        box = whole.adjusted(0, 0, -gap, 0)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), detail)
        painter.restore()
