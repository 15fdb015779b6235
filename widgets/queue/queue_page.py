"""The Queue page: toolbar, table of jobs, details of the selected one."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from PySide6.QtCore import QItemSelection, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from widgets.parts.buttons import Button
from widgets.parts.column_choice import ColumnChoice
from widgets.parts.controls import SegmentedControl
from widgets.parts.empty import EmptyState
from widgets.parts.labels import Panel
from widgets.parts.search import SearchField
from widgets.parts.tables import RowTable
from widgets.parts.wording import duration, listed
from widgets.queue.job_details import JobDetails
from widgets.queue.job_words import group_of
from widgets.queue.queue_delegate import QueueDelegate
from widgets.queue.queue_model import Col, QueueModel
from widgets.shell.page import Page
from widgets.theme import Theme
from widgets.translation import spoken
from workers.core.jobs.snapshots import JobSnapshot, JobState, PoolSnapshot
from workers.core.model.options import Priority

_WIDTHS: dict[IntEnum, float] = {
    Col.STATE: 126,
    Col.FILE: 206,
    Col.SHEET: 92,
    Col.TARGET: 150,
    Col.PRIORITY: 100,
    Col.WORKER: 76,
    Col.ATTEMPTS: 86,
}
_LEVELS = (Priority.LOW, Priority.NORMAL, Priority.HIGH)


class QueueTable(RowTable):
    """The table; a click on a row's arrow raises or lowers it.

    Signals:
        arrow_clicked: Row, and True to raise or False to lower.
    """

    arrow_clicked = Signal(int, bool)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Arrows first, then selection as usual."""
        index = self.indexAt(event.position().toPoint())
        delegate = self.itemDelegate()
        if index.isValid() and index.column() == Col.PRIORITY and isinstance(delegate, QueueDelegate):
            for raised, box in zip((True, False), delegate.arrows(self.visualRect(index)), strict=True):
                if box.contains(event.position().toPoint()):
                    self.arrow_clicked.emit(index.row(), raised)
                    return
        super().mousePressEvent(event)


class QueuePage(Page):
    """Every job of this workstation.

    Data in: `update_jobs`, `remove_jobs`, `set_pool`, `set_store_trouble`, `set_log`.

    Signals:
        cancel_requested: Job ids (list of str).
        retry_requested: Job ids (list of str).
        remove_requested: Ids of ended jobs to forget (list of str).
        priority_requested: Job id and the new level (`Priority` value as str).
        move_requested: Job id, and True for one place up, False for one down, within its level.
        hold_requested: True to hold the queue, False to release it.
        remedy_requested: Job id and a remedy's key (see `job_advice.Remedy`).
        cell_opened: Job id and a cell address.
        log_requested: Job id whose log is wanted; answer with `set_log`.
        import_page_requested: The empty state's button.
    """

    cancel_requested = Signal(list)
    retry_requested = Signal(list)
    remove_requested = Signal(list)
    priority_requested = Signal(str, str)
    move_requested = Signal(str, bool)
    hold_requested = Signal(bool)
    remedy_requested = Signal(str, str)
    cell_opened = Signal(str, str)
    log_requested = Signal(str)
    import_page_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty queue."""
        super().__init__(theme, "queue", "", "queue", parent)
        self.set_title(self.tr("Queue"))
        self._held = False
        self._wanted = ""
        self._closed = self._slow = self._store_trouble = ""
        self._said = ("", "")
        self.model = QueueModel(self)
        self.table = QueueTable(theme, self.tr("Jobs"))
        self.table.setModel(self.model)
        self.columns = ColumnChoice(
            theme, self.table, Col, _WIDTHS, stretched=Col.PROGRESS, always=(Col.STATE, Col.FILE)
        )
        self.details = JobDetails(theme)
        self._clear = Button(theme, self.tr("Clear done"))
        self._retry_failed = Button(theme, self.tr("Retry failed"), "retry")
        self._hold = Button(theme, self.tr("Hold queue"), "pause")
        self._filter = SegmentedControl(
            theme,
            self.tr("Show"),
            (
                ("all", self.tr("All")),
                ("running", self.tr("Running")),
                ("waiting", self.tr("Waiting")),
                ("failed", self.tr("Failed")),
                ("done", self.tr("Done")),
            ),
        )
        self.search = SearchField(theme, self.tr("Filter by file, table or error"))
        self._stack = QStackedWidget()
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._build_page()
        self._connect()
        self._after_change()

    def update_jobs(self, jobs: Iterable[JobSnapshot]) -> None:
        """Take new and changed jobs; unchanged ones cost nothing."""
        if self.model.update_jobs(jobs):
            self._after_change()
        if self._wanted and self.model.row_of(self._wanted) >= 0:
            self.select(self._wanted)

    def remove_jobs(self, job_ids: Iterable[str]) -> None:
        """Forget jobs."""
        self.model.remove_jobs(job_ids)
        self._after_change()

    def set_pool(self, pool: PoolSnapshot) -> None:
        """Whether the queue is on hold or slowed down and why, and how workers are called."""
        self.model.set_worker_names({w.pid: f"W{w.number}" for w in pool.workers if not w.interactive})
        if pool.held != self._held:
            self._held = pool.held
            self._hold.setText(self.tr("Release queue") if pool.held else self.tr("Hold queue"))
            self._hold.set_icon("play" if pool.held else "pause")
        self._closed = "" if pool.held else pool.hold_reason
        self._slow = pool.slow_reason
        self._say()

    def set_store_trouble(self, text: str) -> None:
        """Why the queue cannot be saved, with the next step; empty when all is well."""
        self._store_trouble = text
        self._say()

    def _say(self) -> None:
        """The banner: why nothing is started comes before what is only to be known."""
        if self._closed:
            saying = (self.tr("Nothing is started at the moment"), spoken(self._closed))
        elif self._slow:
            saying = (self.tr("Fewer imports run at the moment"), spoken(self._slow))
        elif self._store_trouble:
            saying = (
                self.tr("Imports go on, but the queue cannot be saved"),
                self._store_trouble,
            )
        else:
            saying = ("", "")
        if saying == self._said:
            return
        self._said = saying
        if saying[0]:
            self.show_banner("warn", *saying, "pause" if self._closed else "warn")
        else:
            self.hide_banner()

    def set_log(self, job_id: str, text: str, seconds: dict[str, float] | None = None) -> None:
        """The log of a job, asked for by `log_requested`, and its seconds by phase."""
        self.details.set_log(job_id, text, seconds)

    def select(self, job_id: str) -> None:
        """Show a job: filters that hide it are taken off."""
        if self.model.row_of(job_id) < 0:
            self._filter.choose("all")
            self.search.clear()
            self._on_filter()
        row = self.model.row_of(job_id)
        # A job that was just handed in shows up a moment later.
        self._wanted = job_id if row < 0 else ""
        if row >= 0:
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))

    def selected_jobs(self) -> list[JobSnapshot]:
        """The selected jobs in the order shown."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [job for row in rows if (job := self.model.job_at(row)) is not None]

    def focus_search(self) -> bool:
        """Ctrl+F goes to the filter."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def content_widget(self) -> QWidget | None:
        """The list takes the keyboard."""
        return self.table

    def view_state(self) -> dict[str, object]:
        """The columns and the splitter."""
        return {"columns": self.columns.state(), "split": self._splitter.sizes()}

    def restore_view(self, state: dict[str, object]) -> None:
        """Take back `view_state`."""
        self.columns.restore(state.get("columns"))
        split = state.get("split")
        if isinstance(split, list) and len(split) == 2 and all(isinstance(part, int) for part in split):
            self._splitter.setSizes(split)

    def _build_page(self) -> None:
        theme = self.theme
        for button in (self._clear, self._retry_failed, self._hold):
            self.action_row.addWidget(button)
        self.search.setFixedWidth(theme.em(240))
        bar = Panel("surface", "bottom")
        bar.setFixedHeight(theme.size("toolbar"))
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.em(16), 0, theme.em(16), 0)
        row.addWidget(self._filter)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addSpacing(theme.em(8))
        row.addWidget(self.columns)
        self.table.setItemDelegate(QueueDelegate(theme, self.table))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        empty = EmptyState(
            theme,
            "queue",
            self.tr("Nothing in the queue"),
            self.tr("Imports you start are listed here while they run, and after they ended until you clear them."),
            self.tr("Go to Import"),
            "import",
        )
        empty.acted.connect(self.import_page_requested)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self.details)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([theme.em(450), theme.em(306)])
        full = QWidget()
        column_layout = QVBoxLayout(full)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(0)
        column_layout.addWidget(bar)
        column_layout.addWidget(self._splitter, 1)
        self._stack.addWidget(empty)
        self._stack.addWidget(full)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._clear.clicked.connect(self._on_clear)
        self._retry_failed.clicked.connect(self._on_retry_failed)
        self._hold.clicked.connect(self._on_hold)
        self._filter.chosen.connect(self._on_filter)
        self.search.changed.connect(self._on_filter)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.arrow_clicked.connect(self._on_arrow)
        self.table.customContextMenuRequested.connect(self._on_menu)
        self.details.remedy_chosen.connect(self._on_remedy)
        self.details.cell_opened.connect(self.cell_opened)
        self.details.log_requested.connect(self.log_requested)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._on_delete)
        for keys, raised in (("Alt+Up", True), ("Alt+Down", False)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._on_raise_key if raised else self._on_lower_key)

    def _after_change(self) -> None:
        model = self.model
        self._stack.setCurrentIndex(1 if model.total else 0)
        for key in ("all", "running", "waiting", "failed", "done"):
            self._filter.set_count(key, str(model.group_count(key)))
        running, waiting = model.group_count("running"), model.group_count("waiting")
        self._clear.setEnabled(model.group_count("done") > 0)
        self._retry_failed.setEnabled(model.group_count("failed") > 0)
        parts = [self.tr("{0} running, {1} waiting").format(running, waiting)]
        left = max((job.eta for job in model.jobs() if job.eta is not None and not job.state.ended), default=None)
        if left is not None and not waiting:
            parts.append(self.tr("about {0} left").format(duration(left)))
        self.set_subtitle(listed(*parts) if model.total else self.tr("Nothing to do"))
        self._show_selected()

    def _show_selected(self) -> None:
        jobs = self.selected_jobs()
        self.details.set_job(jobs[0] if jobs else None)

    @Slot()
    def _on_filter(self) -> None:
        self.model.set_filter(self._filter.key, self.search.text())

    @Slot(QItemSelection, QItemSelection)
    def _on_selection(self, _chosen: QItemSelection, _dropped: QItemSelection) -> None:
        self._show_selected()

    @Slot()
    def _on_clear(self) -> None:
        self.remove_requested.emit([job.job_id for job in self.model.jobs() if group_of(job) == "done"])

    @Slot()
    def _on_retry_failed(self) -> None:
        self.retry_requested.emit([job.job_id for job in self.model.jobs() if group_of(job) == "failed"])

    @Slot()
    def _on_hold(self) -> None:
        self.hold_requested.emit(not self._held)

    @Slot(int, bool)
    def _on_arrow(self, row: int, raised: bool) -> None:
        job = self.model.job_at(row)
        if job is not None and job.state is JobState.WAITING:
            self._shift(job, raised)

    def _shift(self, job: JobSnapshot, raised: bool) -> None:
        level = _LEVELS.index(job.priority) + (1 if raised else -1)
        if 0 <= level < len(_LEVELS):
            self.priority_requested.emit(job.job_id, _LEVELS[level].value)
        else:
            self.move_requested.emit(job.job_id, raised)

    @Slot()
    def _on_raise_key(self) -> None:
        self._shift_selected(True)

    @Slot()
    def _on_lower_key(self) -> None:
        self._shift_selected(False)

    def _shift_selected(self, raised: bool) -> None:
        for job in self.selected_jobs():
            if job.state is JobState.WAITING:
                self._shift(job, raised)

    @Slot()
    def _on_delete(self) -> None:
        jobs = self.selected_jobs()
        live = [job.job_id for job in jobs if not job.state.ended]
        over = [job.job_id for job in jobs if job.state.ended]
        if live:
            self.cancel_requested.emit(live)
        if over:
            self.remove_requested.emit(over)

    @Slot(str, str)
    def _on_remedy(self, job_id: str, key: str) -> None:
        simple = {
            "cancel": self.cancel_requested,
            "retry": self.retry_requested,
            "remove": self.remove_requested,
        }
        if key in simple:
            simple[key].emit([job_id])
        elif key == "raise":
            self.priority_requested.emit(job_id, Priority.HIGH.value)
        else:
            self.remedy_requested.emit(job_id, key)

    @Slot(QPoint)
    def _on_menu(self, at: QPoint) -> None:
        jobs = self.selected_jobs()
        if not jobs:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        waiting = any(job.state is JobState.WAITING for job in jobs)
        for text, on, slot in (
            (self.tr("Raise"), waiting, self._on_raise_key),
            (self.tr("Lower"), waiting, self._on_lower_key),
            (self.tr("Cancel or remove"), True, self._on_delete),
            (self.tr("Retry"), any(group_of(job) == "failed" for job in jobs), self._on_retry),
        ):
            action = QAction(text, menu)
            action.setEnabled(on)
            action.triggered.connect(slot)
            menu.addAction(action)
        menu.popup(self.table.viewport().mapToGlobal(at))

    @Slot()
    def _on_retry(self) -> None:
        self.retry_requested.emit([job.job_id for job in self.selected_jobs() if group_of(job) == "failed"])
