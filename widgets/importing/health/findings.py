"""The health list: what was found, how often, where, and the choice in force."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from widgets.importing.drafts.drafts import choice_of, finding_key, undecided
from widgets.importing.health.wording import choice_word, places, title_of, tr
from widgets.importing.view_data import TableDraft
from widgets.parts.buttons import Button
from widgets.parts.chips import Chip
from widgets.parts.labels import ElidedLabel, IconLabel, Label, Panel
from widgets.parts.plain_text import set_tip
from widgets.parts.wording import count
from widgets.theme import Theme
from widgets.translation import spoken
from workers.core.model.plans import Finding

_SIGNS = {"decide": ("error", "danger_fg"), "warn": ("warn", "warn_fg"), "info": ("info", "info_fg")}
_ORDER = ("decide", "warn", "info")


class HealthRow(Panel):
    """One finding.

    Signals:
        opened: The address to go to.
        chosen: The finding's place in the list and the choice.
    """

    opened = Signal(str)
    chosen = Signal(int, str)

    def __init__(self, theme: Theme, number: int, finding: Finding, choice: str, parent: QWidget | None = None) -> None:
        """Title and count on the first line, cells and choice on the second."""
        super().__init__(edge="bottom", parent=parent)
        self._number, self._finding = number, finding
        icon, tone = _SIGNS[finding.severity]
        set_tip(self, spoken(finding.message))
        self.setAccessibleName(spoken(finding.message))
        sign = IconLabel(theme, icon, tone, 16)
        first = QHBoxLayout()
        first.addWidget(ElidedLabel(theme, title_of(finding), "small", weight=500, mode=_END), 1)
        first.addWidget(Label(theme, count(finding.count) if finding.count else "", "small", weight=600))
        second = QHBoxLayout()
        second.setSpacing(0)
        if finding.cells:
            link = Button(theme, places(finding), kind="link")
            link.setAccessibleName(tr("Go to {0}").format(finding.cells[0]))
            link.clicked.connect(self._on_link)
            second.addWidget(link)
            second.addStretch(1)
        else:
            second.addWidget(ElidedLabel(theme, spoken(finding.message), "caption", "text2", mode=_END), 1)
        if choice:
            second.addWidget(self._choice_button(theme, finding, choice))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addLayout(first)
        lines.addLayout(second)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.em(16), theme.em(5), theme.em(8), theme.em(2))
        row.setSpacing(theme.em(8))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)

    def _choice_button(self, theme: Theme, finding: Finding, choice: str) -> QWidget:
        if len(finding.choices) < 2:
            return Label(theme, choice_word(choice), "small", "text2")
        button = Button(theme, choice_word(choice) + " ▾", kind="ghost", size="small")
        button.setAccessibleName(tr("{0}: {1}, change").format(title_of(finding), choice_word(choice)))
        menu = QMenu(button)
        for each in finding.choices:
            action = QAction(choice_word(each), menu)
            action.setCheckable(True)
            action.setChecked(each == choice)
            action.setData(each)
            action.triggered.connect(self._on_choice)
            menu.addAction(action)
        button.setMenu(menu)
        return button

    @Slot()
    def _on_link(self) -> None:
        self.opened.emit(self._finding.cells[0])

    @Slot()
    def _on_choice(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(self._number, str(action.data()))


class HealthList(Panel):
    """Every finding of the selected table, the ones to decide first.

    Signals:
        cell_opened: An address that was clicked.
        choice_made: The `Finding` and the choice.
    """

    cell_opened = Signal(str)
    choice_made = Signal(object, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__("surface", parent=parent)
        self._theme = theme
        self._findings: tuple[Finding, ...] = ()
        self._said: tuple[tuple[str, str], ...] = ()
        self._chip = Chip(theme, "", "danger", "error")
        self._settled = Label(theme, "", "small", "text2")
        self._fine = Label(theme, tr("Nothing to report."), "small", "text2")
        self._rows = QVBoxLayout()
        self._build()

    def show_findings(self, draft: TableDraft | None, findings: tuple[Finding, ...]) -> None:
        """Show what was found for a draft."""
        ordered = tuple(sorted(findings, key=lambda f: _ORDER.index(f.severity)))
        said = tuple((finding_key(f), choice_of(draft, f) if draft else "") for f in ordered)
        open_count = undecided(draft, findings) if draft else 0
        self._chip.setVisible(open_count > 0)
        self._chip.set_data(tr("{0} to decide").format(open_count), "danger", "error")
        self._settled.setText(tr("{0} settled").format(len(findings) - open_count) if findings else "")
        self._fine.setVisible(draft is not None and not findings)
        if ordered == self._findings and said == self._said:
            return
        self._findings, self._said = ordered, said
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, (finding, (_, choice)) in enumerate(zip(ordered, said, strict=True)):
            row = HealthRow(self._theme, number, finding, choice)
            row.opened.connect(self.cell_opened)
            row.chosen.connect(self._on_choice)
            self._rows.addWidget(row)

    def _build(self) -> None:
        theme = self._theme
        head = Panel("surface", "bottom")
        head.setFixedHeight(theme.size("toolbar"))
        line = QHBoxLayout(head)
        line.setContentsMargins(theme.em(16), 0, theme.em(16), 0)
        line.setSpacing(theme.em(8))
        line.addWidget(Label(theme, tr("Health"), "body", weight=600))
        line.addStretch(1)
        line.addWidget(self._chip)
        line.addWidget(self._settled)
        self._chip.hide()
        inner = QWidget()
        inner.setProperty("kind", "scroll")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows.setSpacing(0)
        self._fine.setContentsMargins(theme.em(16), theme.em(12), 0, 0)
        self._fine.hide()
        column.addWidget(self._fine)
        column.addLayout(self._rows)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(scroll, 1)

    @Slot(int, str)
    def _on_choice(self, number: int, choice: str) -> None:
        self.choice_made.emit(self._findings[number], choice)


_END = Qt.TextElideMode.ElideRight
