"""What undoing an import will do, and the button that does it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from widgets.history.history_data import UndoPreview
from widgets.history.history_model import tr
from widgets.parts.buttons import Button
from widgets.parts.labels import Label, Panel
from widgets.parts.wording import count
from widgets.theme import Theme
from widgets.translation import spoken


class UndoBox(Panel):
    """Says what undoing will do and does it only when told.

    Signals:
        kept: The user leaves things as they are.
        confirmed: The user wants it undone.
    """

    kept = Signal()
    confirmed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Hidden until there is something to say."""
        super().__init__(kind="danger-card", parent=parent)
        self._theme = theme
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(theme.em(10))
        self._why = Label(theme, "", "small", "text2", wrap=True)
        self._kept = Label(theme, "", "caption", "text2", wrap=True)
        self._keep = Button(theme, tr("Keep"))
        self._undo = Button(theme, "", "undo", "danger")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.em(8))
        buttons.addStretch(1)
        buttons.addWidget(self._keep)
        buttons.addWidget(self._undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.em(14), theme.em(12), theme.em(14), theme.em(12))
        column.setSpacing(theme.em(7))
        column.addWidget(Label(theme, tr("Undo this import?"), "body", weight=600))
        column.addWidget(self._why)
        column.addLayout(self._lines)
        column.addWidget(self._kept)
        column.addLayout(buttons)
        self._keep.clicked.connect(self.kept)
        self._undo.clicked.connect(self.confirmed)
        self.hide()

    def show_preview(self, preview: UndoPreview) -> None:
        """Say what it will do, or why it cannot."""
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (number, text) in enumerate(preview.lines):
            figure = Label(self._theme, count(number), "small", weight=600)
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._lines.addWidget(figure, row, 0)
            self._lines.addWidget(Label(self._theme, spoken(text), "small", "text2", wrap=True), row, 1)
        self._lines.setColumnStretch(1, 1)
        self._why.setText(spoken(preview.blocked))
        self._why.setVisible(bool(preview.blocked))
        self._undo.setEnabled(not preview.blocked)
        self._undo.setText(undo_word(preview))
        self._kept.setText("\n".join(preview.kept))
        self._kept.setVisible(bool(preview.kept))
        self.show()


def undo_word(preview: UndoPreview) -> str:
    """The button's word: what it does to how many rows, as the lines above it have counted."""
    removed, restored = count(preview.removed), count(preview.restored)
    if preview.removed and preview.restored:
        return tr("Undo: {0} rows leave, {1} return").format(removed, restored)
    if preview.removed:
        return tr("Undo, delete {0} rows").format(removed)
    if preview.restored:
        return tr("Undo, restore {0} rows").format(restored)
    return tr("Undo")
