"""Presenter of the queue: what the pool says goes to the page, what the user wants goes to the pool."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import Protocol

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from app.job_history import JobStories
from widgets.parts.plain_text import password_dialog
from widgets.queue.job_words import held_by_hand
from widgets.queue.queue_page import QueuePage
from workers.bridges.ui_calls import UiCalls
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState, PoolSnapshot
from workers.core.jobs.spec import JobSpec
from workers.core.model.options import Priority, RejectLimit
from workers.core.model.outcomes import ImportState
from workers.core.model.tasks import ImportRequest, Secret

_SHOWN = {JobKind.IMPORT, JobKind.UNDO, JobKind.QUERY}


class JobControl(Protocol):
    """What the queue's page may do to jobs."""

    def submit(self, spec: JobSpec) -> object:
        """Hand in a job."""

    def cancel(self, job_id: str) -> object:
        """Stop a job wherever it is."""

    def retry(self, job_id: str) -> bool:
        """Submit an ended job again under its own id; False when it is not known any more."""

    def keep_log(self, job_id: str, log: str) -> object:
        """Keep what was said on the way of a job that has ended."""

    def settle(self) -> object:
        """Ask the database what became of the jobs whose outcome is unknown."""

    def set_priority(self, job_id: str, priority: Priority) -> object:
        """Put a waiting job on another level."""

    def move(self, job_id: str, before: str | None) -> object:
        """Put a waiting job before another one."""

    def insist(self, job_id: str) -> object:
        """Let a job that waits for memory run alone."""

    def hold(self, reason: str) -> object:
        """Start no more jobs."""

    def release(self) -> object:
        """Start jobs again."""


class QueueFlow(QObject):
    """Connects the queue's page with the pool. Lives on the UI thread.

    Signals:
        page_requested: Key of the page that should be shown.
        history_requested: An import's id whose receipt should be shown.
        table_requested: ``schema.name`` of a table that should be looked at.
        resubmitted: Id of an ended job and the id of the one that takes its place.
        place_requested: Path, sheet (empty for the first one) and cell (or empty) to be shown on the Import page.
    """

    page_requested = Signal(str)
    history_requested = Signal(str)
    table_requested = Signal(str)
    place_requested = Signal(str, str, str)
    resubmitted = Signal(str, str)

    def __init__(
        self,
        page: QueuePage,
        jobs: JobControl,
        calls: UiCalls,
        read_log: Callable[[str], str],
        parent: QObject | None = None,
    ) -> None:
        """Show the jobs of `jobs` on `page`; `read_log` gives a job's log lines and runs on an I/O thread."""
        super().__init__(parent)
        self._page, self._jobs, self._calls, self._read_log = page, jobs, calls, read_log
        self._specs: dict[str, JobSpec] = {}
        self._known: dict[str, JobSnapshot] = {}
        self._stories = JobStories()
        page.cancel_requested.connect(self._cancel)
        page.retry_requested.connect(self._retry)
        page.remove_requested.connect(self._remove)
        page.priority_requested.connect(self._set_priority)
        page.move_requested.connect(self._move)
        page.hold_requested.connect(self._hold)
        page.remedy_requested.connect(self._remedy)
        page.cell_opened.connect(self._open_cell)
        page.log_requested.connect(self._show_log)
        page.import_page_requested.connect(self._open_import)

    @property
    def unfinished(self) -> tuple[JobSnapshot, ...]:
        """Jobs that have not ended, for the question at closing."""
        return tuple(job for job in self._known.values() if not job.state.ended)

    def submit(self, spec: JobSpec) -> None:
        """Hand in a job and remember it, so that it can be tried again."""
        self._specs[spec.job_id] = spec
        self._jobs.submit(spec)

    @Slot(tuple)
    def take_jobs(self, jobs: tuple[JobSnapshot, ...]) -> None:
        """New states from the pool."""
        # What an undo would do is asked for by the page that shows it.
        shown = [job for job in jobs if job.kind in _SHOWN and not (job.kind is JobKind.UNDO and job.trial)]
        for job in shown:
            self._known[job.job_id] = job
            self._stories.take(job, dt.datetime.now())
            if job.state.ended and job.outcomes:
                self._jobs.keep_log(job.job_id, self._stories.text(job.job_id))
        if shown:
            self._page.update_jobs(shown)

    @Slot(object)
    def take_pool(self, pool: PoolSnapshot) -> None:
        """The pool's new state."""
        self._page.set_pool(pool)

    @Slot(list)
    def _cancel(self, job_ids: list[str]) -> None:
        for job_id in job_ids:
            self._jobs.cancel(job_id)

    @Slot(list)
    def _retry(self, job_ids: list[str]) -> None:
        for job_id in job_ids:
            # Under its own id, so that an import that was committed after all is not loaded a second time.
            if not self._jobs.retry(job_id):
                self._open_plan(job_id)

    def _submit_changed(self, job_id: str, change: Callable[[ImportRequest], ImportRequest]) -> None:
        """A new job in place of an ended one, with other choices."""
        spec = self._specs.get(job_id)
        if spec is None or not isinstance(spec.request, ImportRequest):
            self._open_plan(job_id)
            return
        again = str(uuid.uuid4())
        request = replace(change(spec.request), job_id=again, done=())
        self.resubmitted.emit(job_id, again)
        self.submit(replace(spec, job_id=again, request=request, submitted=None, attempts=0, deaths=0))
        self._remove([job_id])

    def _insist(self, job_id: str) -> None:
        """Let a job run alone that waits for memory, or that was refused because the machine has too little."""
        spec, job = self._specs.get(job_id), self._known.get(job_id)
        if job is None or not job.state.ended or spec is None:
            self._jobs.insist(job_id)
            return
        self._specs[job_id] = replace(spec, insist=True)
        self._submit_changed(job_id, lambda request: request)

    @Slot(list)
    def _remove(self, job_ids: list[str]) -> None:
        ended = [j for j in job_ids if j not in self._known or self._known[j].state.ended]
        for job_id in ended:
            self._known.pop(job_id, None)
            self._stories.forget(job_id)
        self._page.remove_jobs(ended)

    @Slot(str, str)
    def _set_priority(self, job_id: str, priority: str) -> None:
        self._jobs.set_priority(job_id, Priority(priority))

    @Slot(str, bool)
    def _move(self, job_id: str, up: bool) -> None:
        """One place up or down within the job's level."""
        job = self._known.get(job_id)
        if job is None or job.state is not JobState.WAITING:
            return
        level = sorted(
            (j for j in self._known.values() if j.state is JobState.WAITING and j.priority is job.priority),
            key=lambda j: j.place,
        )
        ids = [j.job_id for j in level]
        at = ids.index(job_id)
        if up and at > 0:
            self._jobs.move(job_id, ids[at - 1])
        elif not up and at + 1 < len(ids):
            self._jobs.move(job_id, ids[at + 2] if at + 2 < len(ids) else None)

    @Slot(bool)
    def _hold(self, hold: bool) -> None:
        if hold:
            self._jobs.hold(held_by_hand())
        else:
            self._jobs.release()

    @Slot(str, str)
    def _remedy(self, job_id: str, key: str) -> None:
        job = self._known.get(job_id)
        match key:
            case "cancel":
                self._cancel([job_id])
            case "retry":
                self._retry([job_id])
            case "raise":
                self._set_priority(job_id, Priority.HIGH.value)
            case "insist":
                self._insist(job_id)
            case "settle":
                self._jobs.settle()
            case "import-now":
                self._submit_changed(job_id, _for_good)
            case "load-others":
                self._submit_changed(job_id, _all_rejects_allowed)
            case "password":
                self._ask_password(job_id)
            case "open-file":
                QDesktopServices.openUrl(QUrl.fromLocalFile(self._path(job_id)))
            case "receipt" if job is not None and job.outcomes:
                self.history_requested.emit(job.outcomes[0].import_id)
                self.page_requested.emit("history")
            case "view-table" if job is not None and (table := _loaded_table(job)):
                self.table_requested.emit(table)
            case _:
                self._open_plan(job_id)

    def _path(self, job_id: str) -> str:
        spec, job = self._specs.get(job_id), self._known.get(job_id)
        if spec is not None and isinstance(spec.request, ImportRequest):
            return spec.request.path
        return job.outcomes[0].file if job is not None and job.outcomes else ""

    def _sheet(self, job_id: str) -> str:
        spec, job = self._specs.get(job_id), self._known.get(job_id)
        if spec is not None and isinstance(spec.request, ImportRequest) and spec.request.tables:
            return spec.request.tables[0].sheet.name
        return (job.outcomes[0].sheet or "") if job is not None and job.outcomes else ""

    def _open_plan(self, job_id: str) -> None:
        self._open_cell(job_id, "")

    @Slot(str, str)
    def _open_cell(self, job_id: str, cell: str) -> None:
        path = self._path(job_id)
        if path:
            self.place_requested.emit(path, self._sheet(job_id), cell)
        self.page_requested.emit("import")

    def _ask_password(self, job_id: str) -> None:
        """Not modal for the rest of the program: the dialog only covers this window."""
        question = self.tr("Password of {0}:").format(PurePath(self._path(job_id)).name)
        dialog = password_dialog(self._page.window(), self.tr("Password"), question)

        def use(text: str) -> None:
            self._submit_changed(job_id, lambda request: replace(request, workbook_password=Secret(text)))

        dialog.textValueSelected.connect(use)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _show_log(self, job_id: str) -> None:
        def show(lines: str) -> None:
            self._page.set_log(job_id, "\n".join(part for part in (self._stories.text(job_id), lines) if part))

        self._calls.start(partial(self._read_log, job_id), show, parent=self)

    @Slot()
    def _open_import(self) -> None:
        self.page_requested.emit("import")


def _for_good(request: ImportRequest) -> ImportRequest:
    return replace(request, options=replace(request.options, dry_run=False))


def _all_rejects_allowed(request: ImportRequest) -> ImportRequest:
    return replace(request, options=replace(request.options, max_rejects=RejectLimit(percent=100.0)))


def _loaded_table(job: JobSnapshot) -> str:
    """The table of the job's first import whose rows are in it; empty when there is none."""
    there = (ImportState.LOADED, ImportState.UNCHANGED)
    return next((o.table for o in job.outcomes if o.table and o.state in there), "")
