"""A search field that waits until typing pauses."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from widgets.theme import Theme

_PAUSE_MS = 150


class SearchField(QLineEdit):
    """A line with a magnifier and a cross.

    Signals:
        changed: The text, 150 ms after the last key.
    """

    changed = Signal(str)

    def __init__(self, theme: Theme, hint: str, parent: QWidget | None = None) -> None:
        """`hint` is the placeholder and accessible name."""
        super().__init__(parent)
        self._theme = theme
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self._sign = QAction(self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._tell)
        self.textChanged.connect(self._on_text)
        self._refresh()
        theme.changed.connect(self._refresh)

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        self._timer.start()

    @Slot()
    def _tell(self) -> None:
        self.changed.emit(self.text())

    @Slot()
    def _refresh(self) -> None:
        self._sign.setIcon(self._theme.icon("search", "text2", 16))
