"""The lower half of the queue: phases, sentence and cells, what you can do, log."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from widgets.parts.buttons import Button
from widgets.parts.empty import EmptyState
from widgets.parts.hints import hint_of
from widgets.parts.labels import ElidedLabel, IconLabel, Label, Panel
from widgets.parts.reject_table import RejectTable
from widgets.queue.job_advice import Remedy, rejects_of, remedies, sentence
from widgets.queue.job_words import (
    file_and_sheet,
    group_of,
    progress_left,
    progress_right,
    result_line,
    state_word,
    target_of,
)
from widgets.queue.phase_line import PhaseLine, steps_of
from widgets.theme import Theme
from workers.core.jobs.snapshots import JobSnapshot

_FIRST = ("load-others", "password", "import-now")
"""Remedies whose button is filled."""


class RemedyCard(Panel):
    """One thing that can be done, as a card with one button.

    Signals:
        chosen: The remedy's key.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, remedy: Remedy, primary: bool, parent: QWidget | None = None) -> None:
        """Only the first card's button is filled."""
        super().__init__(kind="card", parent=parent)
        self._key = remedy.key
        button = Button(theme, remedy.button, kind="primary" if primary else "default")
        button.setAccessibleName(remedy.title)
        button.clicked.connect(self._on_clicked)
        words = QVBoxLayout()
        words.setSpacing(theme.em(2))
        words.addWidget(Label(theme, remedy.title, "body", weight=500, wrap=True))
        words.addWidget(Label(theme, remedy.text, "small", "text2", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.em(12), theme.em(9), theme.em(12), theme.em(9))
        row.setSpacing(theme.em(10))
        row.addWidget(IconLabel(theme, remedy.icon, "text2", 16))
        row.addLayout(words, 1)
        row.addWidget(button)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._key)


class JobDetails(Panel):
    """Everything about the selected job.

    Signals:
        remedy_chosen: Job id and the remedy's key (see `job_advice.Remedy`).
        cell_opened: Job id and a cell address that was clicked.
        log_requested: Job id; answer with `set_log`.
    """

    remedy_chosen = Signal(str, str)
    cell_opened = Signal(str, str)
    log_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty until a job is shown."""
        super().__init__("surface", parent=parent)
        self._theme = theme
        self._job: JobSnapshot | None = None
        self._shown: tuple[Remedy, ...] = ()
        self._seconds: dict[str, float] = {}
        self._icon = IconLabel(theme, "info", "text2", 20)
        self._title = ElidedLabel(theme, "", "heading")
        self._where = Label(theme, "", "small", "text2")
        self._remove = Button(theme, self.tr("Remove"), kind="ghost")
        self._plan = Button(theme, self.tr("Open plan"), "table")
        self._retry = Button(theme, self.tr("Retry"), "retry")
        self._cancel = Button(theme, self.tr("Cancel"), "x", "danger")
        self._phases = PhaseLine(theme)
        self._sentence = Label(theme, "", "body", weight=600, wrap=True)
        self._hint = Label(theme, "", "small", "text2", wrap=True)
        self._cells = RejectTable(theme)
        self._cards = QVBoxLayout()
        self._log = QPlainTextEdit()
        self._empty = EmptyState(
            theme, "queue", self.tr("No job selected"), self.tr("Select a row to see what it does and what you can do.")
        )
        self._content = QWidget()
        self._build()
        self.set_job(None)

    def set_job(self, job: JobSnapshot | None) -> None:
        """Show another job, or how the same one stands now."""
        previous, self._job = self._job, job
        self._content.setVisible(job is not None)
        self._empty.setVisible(job is None)
        if job is None:
            return
        if previous is None or previous.job_id != job.job_id:
            self._seconds = {}
            self._log.clear()
            self.log_requested.emit(job.job_id)
        elif _told(previous) != _told(job):
            self.log_requested.emit(job.job_id)
        self._show(job)

    def set_log(self, job_id: str, text: str, seconds: dict[str, float] | None = None) -> None:
        """The job's log and, by phase, the seconds it took; ignored when another job is shown meanwhile."""
        if self._job is None or self._job.job_id != job_id:
            return
        self._seconds = dict(seconds or {})
        self._phases.set_steps(steps_of(self._job, self._seconds))
        if self._log.toPlainText() != text:
            self._log.setPlainText(text)

    def _show(self, job: JobSnapshot) -> None:
        said = state_word(job)
        file, sheet = file_and_sheet(job)
        self._icon.set_icon(said.icon, f"{said.tone}_fg")
        self._title.setText(f"{file} › {sheet}" if sheet else file)
        self._where.setText(self.tr("into {0}").format(target_of(job)) if job.target else "")
        self._phases.set_steps(steps_of(job, self._seconds))
        running = group_of(job) == "running"
        state = " · ".join(p for p in (progress_left(job), progress_right(job)) if p) if running else ""
        said_of_it = "" if group_of(job) == "waiting" else sentence(job)
        self._sentence.setText(state or said_of_it or result_line(job).word)
        hint = hint_of(job.error) if job.error else ""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._cells.set_rejects(rejects_of(job))
        self._cells.setVisible(bool(rejects_of(job)))
        self._remove.setVisible(job.state.ended)
        self._plan.setVisible(job.state.ended)
        self._retry.setVisible(group_of(job) == "failed" or job.state.value == "cancelled")
        self._cancel.setVisible(not job.state.ended)
        self._show_cards(remedies(job))

    def _show_cards(self, wanted: tuple[Remedy, ...]) -> None:
        if wanted == self._shown:
            return
        self._shown = wanted
        while self._cards.count():
            item = self._cards.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, remedy in enumerate(wanted):
            card = RemedyCard(self._theme, remedy, primary=number == 0 and remedy.key in _FIRST)
            card.chosen.connect(self._on_remedy)
            self._cards.addWidget(card)

    def _build(self) -> None:
        theme = self._theme
        head = QHBoxLayout()
        head.setSpacing(theme.em(8))
        for part in (self._icon, self._title, self._where):
            head.addWidget(part)
        head.addStretch(1)
        for key, button in self._buttons().items():
            button.setObjectName(key)
            button.clicked.connect(self._on_button)
            head.addWidget(button)
        left = QVBoxLayout()
        left.setSpacing(theme.em(8))
        left.addWidget(self._phases)
        left.addWidget(self._sentence)
        left.addWidget(self._hint)
        left.addWidget(self._cells)
        left.addStretch(1)
        middle = self._column(self.tr("What you can do"))
        self._cards.setSpacing(theme.em(8))
        middle.addLayout(self._cards)
        middle.addStretch(1)
        right = self._column(self.tr("Log"))
        self._log.setReadOnly(True)
        self._log.setProperty("kind", "log")
        self._log.setFont(theme.font("mono"))
        self._log.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._log.setMaximumBlockCount(2000)
        self._log.setAccessibleName(self.tr("Log of the selected job"))
        self._log.setMinimumWidth(theme.em(160))
        right.addWidget(self._log, 1)
        columns = QHBoxLayout()
        columns.setSpacing(theme.em(16))
        for layout, share in ((left, 45), (middle, 38), (right, 30)):
            columns.addLayout(layout, share)
        inside = QVBoxLayout(self._content)
        inside.setContentsMargins(theme.em(16), theme.em(10), theme.em(16), theme.em(14))
        inside.setSpacing(theme.em(10))
        inside.addLayout(head)
        inside.addLayout(columns, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._content)
        outer.addWidget(self._empty)
        self._cells.cell_opened.connect(self._on_cell)
        self._where.setAlignment(Qt.AlignmentFlag.AlignVCenter)

    def _buttons(self) -> dict[str, Button]:
        return {"remove": self._remove, "open-plan": self._plan, "retry": self._retry, "cancel": self._cancel}

    def _column(self, heading: str) -> QVBoxLayout:
        layout = QVBoxLayout()
        layout.setSpacing(self._theme.em(8))
        layout.addWidget(Label(self._theme, heading, "small", "text2", weight=600))
        return layout

    @Slot()
    def _on_button(self) -> None:
        button = self.sender()
        if button is not None:
            self._on_remedy(button.objectName())

    @Slot(str)
    def _on_remedy(self, key: str) -> None:
        if self._job is not None:
            self.remedy_chosen.emit(self._job.job_id, key)

    @Slot(str)
    def _on_cell(self, cell: str) -> None:
        if self._job is not None:
            self.cell_opened.emit(self._job.job_id, cell)


def _told(job: JobSnapshot) -> tuple[object, ...]:
    """What makes another line of the log when it changes."""
    return job.state, job.phase, job.attempts, job.reason, len(job.outcomes)
