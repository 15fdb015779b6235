"""The cells that made rows rejects: address as a link, column, value, reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from widgets.parts.buttons import Button
from widgets.parts.labels import ElidedLabel, HLine, Label, Panel
from widgets.theme import Theme
from widgets.translation import spoken
from workers.core.model.outcomes import Reject

_MOST = 100


class RejectTable(Panel):
    """A small card with at most a hundred rejects, scrolling when there are more than fit.

    Signals:
        cell_opened: The address that was clicked.
    """

    cell_opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(kind="card", parent=parent)
        self._theme = theme
        self._shown: tuple[Reject, ...] = ()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._scroll)
        self.setAccessibleName(self.tr("Rejected cells"))

    def set_rejects(self, rejects: tuple[Reject, ...]) -> None:
        """Show other rejects."""
        if rejects[:_MOST] == self._shown:
            return
        self._shown = rejects[:_MOST]
        theme = self._theme
        inner = QWidget()
        inner.setProperty("kind", "scroll")
        grid = QGridLayout(inner)
        grid.setContentsMargins(theme.em(14), theme.em(6), theme.em(14), theme.em(6))
        grid.setHorizontalSpacing(theme.em(20))
        grid.setVerticalSpacing(theme.em(3))
        for column, head in enumerate((self.tr("Cell"), self.tr("Value"), self.tr("Reason"))):
            grid.addWidget(Label(theme, head, "caption", "text2", weight=500), 0, column)
        for number, reject in enumerate(self._shown):
            self._add(grid, 2 * number + 1, reject)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(2 * len(self._shown) + 2, 1)
        self._scroll.setWidget(inner)
        rows = min(len(self._shown), 4) + 1
        self.setMaximumHeight(theme.em(12) + rows * theme.em(29))
        self.setMinimumHeight(min(theme.em(12) + rows * theme.em(27), theme.em(100)))

    def _add(self, grid: QGridLayout, row: int, reject: Reject) -> None:
        theme = self._theme
        grid.addWidget(HLine(), row, 0, 1, 3)
        link = Button(theme, reject.cell, kind="link")
        link.clicked.connect(self._on_link)
        value = reject.value if reject.value is not None else self.tr("(blank)")
        grid.addWidget(link, row + 1, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(ElidedLabel(theme, value, "mono"), row + 1, 1)
        # The cell stands before it already.
        reason = spoken(reject.reason).removeprefix(f"{reject.cell}: ")
        grid.addWidget(ElidedLabel(theme, reason, "small", "text2", mode=_END), row + 1, 2)

    def _on_link(self) -> None:
        link = self.sender()
        if isinstance(link, Button):
            self.cell_opened.emit(link.text())


_END = Qt.TextElideMode.ElideRight
