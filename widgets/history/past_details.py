"""How a past import was made: its choices and columns, and its log."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from widgets.history.history_data import PastDetails
from widgets.history.history_model import tr
from widgets.parts.buttons import Button
from widgets.parts.chips import Chip
from widgets.parts.labels import ElidedLabel, HLine, Label, Panel
from widgets.parts.wording import count
from widgets.theme import Theme
from widgets.translation import spoken
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.plans import ColumnPlan

_MOST_COLUMNS = 200


class PlanView(QScrollArea):
    """The plan that was used: each column's way from the sheet into the table, and the choices as a plan file has them.

    Signals:
        save_requested: Save the plan as a file.
    """

    save_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty until `show_columns`."""
        super().__init__(parent)
        self._theme = theme
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._columns = QVBoxLayout()
        self._why = Label(theme, "", "small", "text2", wrap=True)
        self.text = log_text(theme, tr("Choices of the import"))
        self._save = Button(theme, tr("Save plan…"), "file")
        self._save.clicked.connect(self.save_requested)
        body = QWidget()
        body.setProperty("kind", "scroll")
        column = QVBoxLayout(body)
        column.setContentsMargins(theme.em(16), theme.em(12), theme.em(16), theme.em(8))
        column.setSpacing(theme.em(10))
        column.addLayout(self._columns)
        head = QHBoxLayout()
        head.addWidget(Label(theme, tr("Choices, as a plan file has them"), "small", "text2", weight=600))
        head.addStretch(1)
        head.addWidget(self._save)
        column.addLayout(head)
        column.addWidget(self._why)
        column.addWidget(self.text, 1)
        self.setWidget(body)

    def show_outcome(self, outcome: ImportOutcome) -> None:
        """The columns are known at once; the choices come with `show_details`."""
        while self._columns.count():
            item = self._columns.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if outcome.columns:
            title = tr("{0} columns").format(count(len(outcome.columns)))
            self._columns.addWidget(Label(self._theme, title, "small", "text2", weight=600))
            self._columns.addWidget(self._card(outcome.columns[:_MOST_COLUMNS]))
        self._save.setEnabled(False)
        self._say("", tr("Reading the ledger"))

    def show_details(self, details: PastDetails) -> None:
        """The choices, or why they are not known."""
        self._save.setEnabled(bool(details.plan))
        self._say(details.plan, spoken(details.plan_missing) or tr("The choices of this import are not kept."))

    def _say(self, plan: str, why: str) -> None:
        self.text.setPlainText(plan)
        self.text.setVisible(bool(plan))
        lines = plan.count("\n") + 2
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * min(lines, 24) + self._theme.em(12))
        self._why.setText(why)
        self._why.setVisible(not plan)

    def _card(self, columns: tuple[ColumnPlan, ...]) -> Panel:
        theme = self._theme
        card = Panel(kind="card")
        grid = QGridLayout(card)
        grid.setContentsMargins(theme.em(14), theme.em(6), theme.em(14), theme.em(6))
        grid.setHorizontalSpacing(theme.em(14))
        grid.setVerticalSpacing(theme.em(5))
        for place, name in enumerate(("", tr("Header"), tr("Column"), tr("Type"))):
            grid.addWidget(Label(theme, name, "caption", "text2", weight=500), 0, place)
        for number, column in enumerate(columns):
            row = 1 + 2 * number
            grid.addWidget(HLine(), row, 0, 1, 4)
            grid.addWidget(Label(theme, column.letter, "small", "text3"), row + 1, 0)
            grid.addWidget(ElidedLabel(theme, column.source or tr("no header"), "small"), row + 1, 1)
            grid.addWidget(ElidedLabel(theme, column.name, "small", weight=600), row + 1, 2)
            grid.addWidget(Chip(theme, column.type.value, "neutral"), row + 1, 3, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        return card


def log_text(theme: Theme, name: str) -> QPlainTextEdit:
    """A text that can be read and copied, in the fixed font."""
    text = QPlainTextEdit()
    text.setReadOnly(True)
    text.setProperty("kind", "log")
    text.setFont(theme.font("mono"))
    text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    text.setAccessibleName(name)
    return text
