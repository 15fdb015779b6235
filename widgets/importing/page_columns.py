"""The three columns of the Import page and their kept widths."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from widgets.theme import Theme


class PageColumns(QSplitter):
    """Files at the left, preview in the middle; health, target and footer at the right."""

    def __init__(
        self, theme: Theme, files: QWidget, preview: QWidget, health: QWidget, target: QWidget, footer: QWidget
    ) -> None:
        """Lay the parts out."""
        super().__init__(Qt.Orientation.Horizontal)
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.addWidget(health)
        self._right.addWidget(target)
        self._right.setChildrenCollapsible(False)
        self._right.setSizes([theme.em(300), theme.em(420)])
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._right, 1)
        column.addWidget(footer)
        files.setMinimumWidth(theme.em(160))
        preview.setMinimumWidth(theme.em(280))
        for part in (files, preview, side):
            self.addWidget(part)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(1, 1)
        self.setSizes([theme.em(228), theme.em(716), theme.em(312)])

    def view_state(self) -> dict[str, object]:
        """Widths of the columns and the height of the health list."""
        return {"columns": self.sizes(), "right": self._right.sizes()}

    def restore_view(self, state: dict[str, object]) -> None:
        """Take back `view_state`."""
        for splitter, key, parts in ((self, "columns", 3), (self._right, "right", 2)):
            sizes = state.get(key)
            if isinstance(sizes, list) and len(sizes) == parts and all(isinstance(part, int) for part in sizes):
                splitter.setSizes(sizes)
