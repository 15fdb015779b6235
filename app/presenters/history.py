"""Presenter of the History page: the ledger of the target, undo said before it is done, rejects as a workbook."""

from __future__ import annotations

import csv
import datetime as dt
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from app.presenters.database import DatabaseFlow
from app.services.history_reading import read_entries
from app.services.past_details import past_details
from app.undo_words import undo_preview
from widgets.history.history_data import HistoryEntry, UndoPreview
from widgets.history.history_page import HistoryPage
from widgets.parts.wording import count
from widgets.translation import spoken
from workers.bridges.ui_calls import UiCalls
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.jobs.spec import JobSpec
from workers.core.model.errors import SheetferryError
from workers.core.model.formula_guard import FormulaGuard
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.reject_export import RejectsReport, RejectsRequest
from workers.core.model.undo_report import UndoReport, UndoRequest
from workers.database.local.store import LocalStore


class HistoryFlow(QObject):
    """Connects the History page with the ledger and the pool. Lives on the UI thread.

    Signals:
        page_requested: Key of the page that should be shown.
        table_requested: ``schema.name`` of a table that should be looked at.
        place_requested: Path, sheet and cell to be shown on the Import page.
        file_requested: Paths (list of str) of a workbook to be opened on the Import page.
        undone: `ImportOutcome` of an import that was taken back here.
    """

    page_requested = Signal(str)
    table_requested = Signal(str)
    place_requested = Signal(str, str, str)
    file_requested = Signal(list)
    undone = Signal(object)

    def __init__(
        self,
        page: HistoryPage,
        database: DatabaseFlow,
        store: LocalStore,
        calls: UiCalls,
        *,
        submit: Callable[[JobSpec], object],
        submit_interactive: Callable[[JobSpec], object],
        read_log: Callable[[str], str] = lambda _: "",
        parent: QObject | None = None,
    ) -> None:
        """Connect everything.

        Args:
            page: The page.
            database: Whose ledger is shown.
            store: Has the imports of this workstation that never reached a ledger, and their logs.
            calls: Short calls off the UI thread.
            submit: Hands an undo to the queue.
            submit_interactive: Hands a trial to the extra worker.
            read_log: Gives a job's lines of the log file, on an I/O thread.
            parent: Owner.
        """
        super().__init__(parent)
        self._read_log = read_log
        self._page, self._database, self._store, self._calls = page, database, store, calls
        self._submit, self._submit_interactive = submit, submit_interactive
        self._search = ("", "", 0)
        self._asked = 0
        self._trials: dict[str, str] = {}
        self._undos: dict[str, str] = {}
        self._exports: dict[str, str] = {}
        self._entries: tuple[HistoryEntry, ...] = ()
        page.search_changed.connect(self._on_search)
        page.undo_requested.connect(self._ask_undo)
        page.undo_confirmed.connect(self._undo)
        page.rejects_requested.connect(self._export_rejects)
        page.again_requested.connect(self._open_again)
        page.view_requested.connect(self._view)
        page.cell_opened.connect(self._open_cell)
        page.details_requested.connect(self._show_details)
        page.export_requested.connect(self._export_list)
        page.import_page_requested.connect(self._go_to_import)
        database.reached.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Read the history again."""
        self._asked += 1
        number, (text, state, days) = self._asked, self._search
        reached = self._database.current
        target = reached.target if reached else None
        since = dt.datetime.now() - dt.timedelta(days=days) if days else None

        def show(entries: tuple[HistoryEntry, ...]) -> None:
            if number == self._asked:
                self._entries = entries
                self._page.set_entries(entries)

        self._calls.start(
            lambda: read_entries(target, self._store, text=text, state=state, since=since), show, self._broken, self
        )

    def _broken(self, error: BaseException) -> None:
        hint = error.info.hint if isinstance(error, SheetferryError) else None
        self._page.set_broken(str(error).splitlines()[0], hint or "")

    @Slot(tuple)
    def take_outcomes(self, ended: tuple[tuple[str, object], ...]) -> None:
        """Imports have ended: the list is older than the truth."""
        self.refresh()

    def select(self, import_id: str) -> None:
        """Show one import."""
        self._page.select(import_id)

    @Slot(str)
    def _show_details(self, import_id: str) -> None:
        entry, reached = self._page.entry(import_id), self._database.current
        if entry is None:
            return
        ask = partial(past_details, reached.target if reached else None, self._store, self._read_log, entry)
        self._calls.start(ask, partial(self._page.show_details, import_id), self._broken, self)

    # ---- undo

    @Slot(str)
    def _ask_undo(self, import_id: str) -> None:
        self._trials[self._submit_undo(import_id, trial=True)] = import_id

    @Slot(str)
    def _undo(self, import_id: str) -> None:
        self._undos[self._submit_undo(import_id, trial=False)] = import_id

    def _submit_undo(self, import_id: str, *, trial: bool) -> str:
        job_id = str(uuid.uuid4())
        reached = self._database.current
        if reached is None:
            self._page.show_undo(import_id, UndoPreview(blocked=self.tr("The database is not ready.")))
            return job_id
        title = self.tr("Undo of {0}").format(import_id[:8])
        request = UndoRequest(job_id, import_id, reached.target, trial)
        spec = JobSpec(job_id, JobKind.UNDO, title, request, retries=0, interactive=trial)
        (self._submit_interactive if trial else self._submit)(spec)
        return job_id

    @Slot(tuple)
    def take_results(self, results: tuple[tuple[str, object], ...]) -> None:
        """Answers of the pool to what was asked here."""
        for job_id, result in results:
            if isinstance(result, UndoReport) and job_id in self._trials:
                self._page.show_undo(self._trials.pop(job_id), undo_preview(result))
            elif isinstance(result, UndoReport) and job_id in self._undos:
                import_id = self._undos.pop(job_id)
                if result.error is not None:
                    self._page.show_undo(import_id, undo_preview(result))
                elif result.state == "undone":
                    self._say_undone(import_id)
                self.refresh()
            elif isinstance(result, RejectsReport) and job_id in self._exports:
                del self._exports[job_id]
                said = self.tr("{0} rejected rows are in {1}").format(count(result.rows), result.path)
                self._page.set_subtitle(said)

    def _say_undone(self, import_id: str) -> None:
        entry = self._page.entry(import_id)
        if entry is not None:
            self.undone.emit(entry.outcome)

    @Slot(tuple)
    def take_jobs(self, jobs: tuple[JobSnapshot, ...]) -> None:
        """Failures of what was asked here."""
        for job in jobs:
            if not job.state.ended or job.state is JobState.DONE:
                continue
            import_id = self._trials.pop(job.job_id, None) or self._undos.pop(job.job_id, None)
            said = job.error.message if job.error else job.reason
            if import_id is not None:
                self._page.show_undo(import_id, UndoPreview(blocked=said))
            elif self._exports.pop(job.job_id, None) is not None:
                self._page.set_subtitle(spoken(said))

    # ---- files

    @Slot(str)
    def _export_rejects(self, import_id: str) -> None:
        reached = self._database.current
        if reached is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self._page.window(), self.tr("Save the rejected rows"), f"rejects-{import_id[:8]}.xlsx", "*.xlsx"
        )
        if name:
            job_id = str(uuid.uuid4())
            self._exports[job_id] = import_id
            request = RejectsRequest(job_id, import_id, reached.target, name)
            self._submit_interactive(
                JobSpec(job_id, JobKind.REJECTS, Path(name).name, request, retries=0, interactive=True)
            )

    @Slot()
    def _export_list(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._page.window(), self.tr("Export the list"), "sheetferry-history.csv", "*.csv"
        )
        if name:
            entries = self._entries
            self._calls.start(lambda: write_list(Path(name), entries), failure=self._broken, parent=self)

    @Slot(str)
    def _open_again(self, import_id: str) -> None:
        entry = next((e for e in self._entries if e.outcome.import_id == import_id), None)
        if entry is not None:
            self.file_requested.emit([entry.outcome.file])
            self.page_requested.emit("import")

    def _outcome(self, import_id: str) -> ImportOutcome | None:
        return next((e.outcome for e in self._entries if e.outcome.import_id == import_id), None)

    @Slot(str)
    def _view(self, import_id: str) -> None:
        outcome = self._outcome(import_id)
        if outcome is not None and outcome.table:
            self.table_requested.emit(outcome.table)

    @Slot(str, str)
    def _open_cell(self, import_id: str, cell: str) -> None:
        outcome = self._outcome(import_id)
        if outcome is not None:
            self.place_requested.emit(outcome.file, outcome.sheet or "", cell)
            self.page_requested.emit("import")

    @Slot()
    def _go_to_import(self) -> None:
        self.page_requested.emit("import")

    @Slot(str, str, int)
    def _on_search(self, text: str, state: str, days: int) -> None:
        self._search = (text, state, days)
        self.refresh()


def write_list(path: Path, entries: tuple[HistoryEntry, ...]) -> None:
    """The shown list as CSV for a spreadsheet; a file's or table's name is no formula there."""
    guard = FormulaGuard(guards=True)
    with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["when", "state", "file", "sheet", "table", "mode", "read", "loaded", "rejected", "import"])
        for entry in entries:
            o = entry.outcome
            when = entry.when.isoformat(sep=" ", timespec="seconds")
            row = (when, entry.state, o.file, o.sheet, o.table, o.mode, *_counts(o), o.import_id)
            writer.writerow(guard.row(row))


def _counts(outcome: ImportOutcome) -> tuple[int, int, int]:
    return outcome.rows_read, outcome.rows_loaded, outcome.rows_rejected
