"""The right of the Explore page: every statement that was run, searchable."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from widgets.explore.view_data import HistoryLine
from widgets.parts.labels import Label, Panel
from widgets.parts.plain_text import plain_tip
from widgets.parts.search import SearchField
from widgets.theme import Theme

_LINE = Qt.ItemDataRole.UserRole + 1
_ICONS = {"done": ("okc", "ok_fg"), "failed": ("error", "danger_fg"), "cancelled": ("x", "text2")}


class HistoryPanel(Panel):
    """Statements by day, the last one first.

    Signals:
        searched: Words to look for, 150 ms after the last key: answer with `set_lines`.
        taken: `HistoryLine` that was double-clicked or chosen by Return: it goes into a tab.
    """

    searched = Signal(str)
    taken = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__("window", parent=parent)
        self._theme = theme
        self.search = SearchField(theme, self.tr("Search statements"))
        self.list = QListWidget()
        said = self.tr("What you run is kept here, and can be searched and run again.")
        self._none = Label(theme, said, "small", "text2", wrap=True)
        self._build()

    def set_lines(self, lines: tuple[HistoryLine, ...]) -> None:
        """Show these."""
        self.list.clear()
        day = ""
        for line in lines:
            if line.day != day:
                day = line.day
                head = QListWidgetItem(day)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setFont(self._theme.font("caption", weight=600))
                self.list.addItem(head)
            icon, tone = _ICONS.get(line.state, ("warn", "warn_fg"))
            first = " ".join(line.text.split())
            item = QListWidgetItem(self._theme.icon(icon, tone, 14), f"{first}\n{line.words} · {line.time}")
            item.setData(_LINE, line)
            item.setToolTip(plain_tip(line.text[:2000]))
            self.list.addItem(item)
        self._none.setVisible(not lines)

    def _build(self) -> None:
        theme = self._theme
        self.list.setAccessibleName(self.tr("Statements that were run"))
        self.list.setFont(theme.font("small"))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._on_taken)
        self.search.changed.connect(self.searched)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.em(8), theme.em(8), theme.em(8), theme.em(8))
        column.setSpacing(theme.em(6))
        column.addWidget(Label(theme, self.tr("History"), "body", weight=600))
        column.addWidget(self.search)
        column.addWidget(self._none)
        column.addWidget(self.list, 1)

    @Slot(QListWidgetItem)
    def _on_taken(self, item: QListWidgetItem) -> None:
        line = item.data(_LINE)
        if isinstance(line, HistoryLine):
            self.taken.emit(line)
