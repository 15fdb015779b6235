"""Which column of the table takes which column of the sheet, line by line."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from widgets.importing.drafts.drafts import all_columns
from widgets.importing.view_data import TableDraft, TargetCheck
from widgets.parts.buttons import Button
from widgets.parts.chips import Chip
from widgets.parts.controls import SelectBox
from widgets.parts.labels import Label
from widgets.parts.notices import Notice
from widgets.parts.wording import listed
from widgets.theme import Theme

_NOWHERE = "\0nowhere"
_NEW = "\0new"


class MatchDialog(QDialog):
    """One line a column of the sheet: where it goes. After `accept`, `names` has the answer."""

    def __init__(self, theme: Theme, draft: TableDraft, check: TargetCheck, parent: QWidget | None = None) -> None:
        """Match the columns of `draft` with those of the existing table in `check`."""
        super().__init__(parent)
        self._theme, self._draft, self._check = theme, draft, check
        self.setWindowTitle(self.tr("Match columns"))
        self.setMinimumSize(theme.em(560), theme.em(420))
        self._boxes: dict[int, SelectBox] = {}
        self._notice = Notice(theme, "info")
        self._use = Button(theme, self.tr("Use"), kind="primary")
        self._build()
        self._judge()

    def names(self) -> dict[int, str | None]:
        """By sheet index: the target column's name, or None for a column that is not loaded."""
        found: dict[int, str | None] = {}
        for column in all_columns(self._draft):
            data = str(self._boxes[column.index].currentData())
            found[column.index] = None if data == _NOWHERE else column.name if data == _NEW else data
        return found

    def _build(self) -> None:
        theme = self._theme
        inner = QWidget()
        inner.setProperty("kind", "scroll")
        grid = QGridLayout(inner)
        grid.setContentsMargins(theme.em(20), theme.em(8), theme.em(20), theme.em(8))
        grid.setHorizontalSpacing(theme.em(12))
        grid.setVerticalSpacing(theme.em(6))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        titles = (self.tr("Column of the sheet"), self.tr("Type"), self.tr("Column of the table"))
        for place, title in zip((1, 2, 3), titles, strict=True):
            grid.addWidget(Label(theme, title, "small", "text2"), 0, place)
        for row, column in enumerate(all_columns(self._draft), start=1):
            grid.addWidget(Label(theme, column.letter, "small", "text3"), row, 0)
            grid.addWidget(Label(theme, column.source or self.tr("no header"), "body"), row, 1)
            grid.addWidget(Chip(theme, column.type.value, "neutral"), row, 2)
            box = self._box(column.name, dropped=column in self._draft.left_out)
            box.setAccessibleName(self.tr("Where {0} goes").format(column.source or column.letter))
            self._boxes[column.index] = box
            grid.addWidget(box, row, 3)
        grid.setRowStretch(len(self._boxes) + 1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.em(20), theme.em(10), theme.em(20), theme.em(16))
        foot.setSpacing(theme.em(12))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.em(8))
        buttons.addStretch(1)
        cancel = Button(theme, self.tr("Cancel"))
        self._use.setDefault(True)
        buttons.addWidget(cancel)
        buttons.addWidget(self._use)
        foot.addWidget(self._notice)
        foot.addLayout(buttons)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, theme.em(8), 0, 0)
        column_layout.addWidget(scroll, 1)
        column_layout.addLayout(foot)
        cancel.clicked.connect(self._on_cancel)
        self._use.clicked.connect(self._on_use)

    def _box(self, name: str, *, dropped: bool) -> SelectBox:
        box = SelectBox(self._theme, "")
        for target, pg_type in self._check.columns:
            box.addItem(f"{target}   {pg_type}", target)
        box.insertSeparator(box.count())
        box.addItem(self.tr("New column {0}").format(name), _NEW)
        box.addItem(self.tr("Do not load"), _NOWHERE)
        exact = box.findData(_NOWHERE if dropped else name)
        box.setCurrentIndex(exact if exact >= 0 else box.findData(_NEW))
        box.activated.connect(self._judge)
        return box

    @Slot()
    def _judge(self) -> None:
        """Say what the lines come to, and refuse two columns for one."""
        names = self.names()
        taken = [name for name in names.values() if name is not None]
        existing = {name for name, _ in self._check.columns}
        twice = sorted(name for name, number in Counter(taken).items() if number > 1)
        unfilled = [name for name, _ in self._check.columns if name not in taken]
        if twice:
            said = self.tr("{0} would take more than one column.").format(listed(*twice))
            self._notice.set_content("danger", self.tr("Two columns go to the same place"), said)
        elif not taken:
            self._notice.set_content("danger", self.tr("Nothing would be loaded"), "")
        elif not existing:
            title = self.tr("{0} of {1} columns are loaded").format(len(taken), len(names))
            self._notice.set_content("ok", title, "")
        else:
            matched = sum(1 for name in taken if name in existing)
            title = self.tr("{0} of {1} columns go to columns of the table").format(matched, len(names))
            rest = self.tr("Not filled: {0}.").format(listed(*unfilled)) if unfilled else ""
            self._notice.set_content("warn" if matched < len(taken) else "ok", title, rest)
        self._use.setEnabled(bool(taken) and not twice)

    @Slot()
    def _on_cancel(self) -> None:
        self.reject()

    @Slot()
    def _on_use(self) -> None:
        self.accept()
