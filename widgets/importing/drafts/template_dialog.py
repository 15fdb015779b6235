"""Remembered mappings: which headers go where, to be saved as a plan or forgotten."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from widgets.importing.view_data import RememberedMapping
from widgets.parts.buttons import Button, IconButton
from widgets.parts.labels import ElidedLabel, HLine, Label
from widgets.theme import Theme


class TemplateDialog(QDialog):
    """One line a mapping.

    Signals:
        save_requested: Key of a mapping that is wanted as a plan file.
        forget_requested: Key of a mapping to be forgotten; answer with `set_templates`.
    """

    save_requested = Signal(str)
    forget_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty until `set_templates`."""
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(self.tr("Remembered mappings"))
        self.setMinimumSize(theme.em(560), theme.em(380))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        close = Button(theme, self.tr("Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.em(20), theme.em(10), theme.em(20), theme.em(16))
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(HLine())
        column.addLayout(foot)
        self.set_templates(())

    def set_templates(self, mappings: tuple[RememberedMapping, ...]) -> None:
        """Show these."""
        inner = QWidget()
        inner.setProperty("kind", "scroll")
        theme = self._theme
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.em(20), theme.em(12), theme.em(12), theme.em(12))
        column.setSpacing(theme.em(12))
        for mapping in mappings:
            column.addLayout(self._line(mapping))
        if not mappings:
            said = self.tr("Nothing is remembered yet. The choices of every import that was loaded are kept here.")
            column.addWidget(Label(theme, said, "body", "text2", wrap=True))
        column.addStretch(1)
        self._scroll.setWidget(inner)

    def _line(self, mapping: RememberedMapping) -> QHBoxLayout:
        theme = self._theme
        words = QVBoxLayout()
        words.setSpacing(theme.em(1))
        words.addWidget(ElidedLabel(theme, mapping.target, "body"))
        words.addWidget(ElidedLabel(theme, mapping.headers, "small", "text2"))
        origin = self.tr("{0}, {1}").format(mapping.source, mapping.when)
        words.addWidget(ElidedLabel(theme, origin, "small", "text3"))
        save = IconButton(theme, "download", self.tr("Save {0} as a plan…").format(mapping.target))
        forget = IconButton(theme, "x", self.tr("Forget {0}").format(mapping.target))
        save.clicked.connect(partial(self.save_requested.emit, mapping.key))
        forget.clicked.connect(partial(self.forget_requested.emit, mapping.key))
        line = QHBoxLayout()
        line.setSpacing(theme.em(4))
        line.addLayout(words, 1)
        line.addWidget(save)
        line.addWidget(forget)
        return line
