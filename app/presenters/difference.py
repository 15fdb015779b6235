"""Presenter of the comparison before an upsert: asked for on the Import page, computed by a trial run, shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from app.context.run_context import RunContext
from app.job_specs import import_job
from app.presenters.database import DatabaseFlow
from widgets.importing.drafts.difference_dialog import DifferenceDialog
from widgets.importing.import_page import ImportPage
from widgets.importing.view_data import TableDraft
from widgets.theme import Theme
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.jobs.spec import JobSpec
from workers.core.model.errors import ErrorInfo
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.plans import FileSurvey
from workers.core.model.tasks import Secret


class DifferenceFlow(QObject):
    """Answers *Compare*. Lives on the UI thread."""

    def __init__(
        self,
        context: RunContext,
        theme: Theme,
        page: ImportPage,
        database: DatabaseFlow,
        *,
        submit: Callable[[JobSpec], object],
        cancel: Callable[[str], object],
        survey_of: Callable[[str], FileSurvey | None],
        password_of: Callable[[str], Secret | None],
        parent: QObject | None = None,
    ) -> None:
        """Connect the page.

        Args:
            context: Limits of jobs.
            theme: The look of the dialog.
            page: The Import page.
            database: What is compared with.
            submit: Hands a job to the pool without keeping it for the next start.
            cancel: Takes it back.
            survey_of: What was found in a file on the page.
            password_of: The password of a workbook on the page.
            parent: Owner.
        """
        super().__init__(parent)
        self._context, self._theme, self._page, self._database = context, theme, page, database
        self._submit, self._cancel = submit, cancel
        self._survey_of, self._password_of = survey_of, password_of
        self._job_id = ""
        self._draft: TableDraft | None = None
        self.dialog: DifferenceDialog | None = None
        page.footer.compare_clicked.connect(self._compare)

    def use_settings(self, context: RunContext) -> None:
        """Take over changed settings for the next comparison."""
        self._context = context

    @Slot()
    def _compare(self) -> None:
        draft, reached = self._page.current_draft(), self._database.current
        if draft is None or reached is None or self.dialog is not None:
            return
        survey = self._survey_of(draft.ref.path)
        spec = import_job(
            self._context,
            draft.ref.path,
            replace(draft.options, dry_run=True),
            reached.target,
            tables=(draft.plan,),
            sha256=survey.sha256 if survey else None,
            password=self._password_of(draft.ref.path),
        )
        self._job_id, self._draft = spec.job_id, draft
        dialog = DifferenceDialog(self._theme, draft.options.table or "", self._page.window())
        dialog.only_changed_requested.connect(self._import_changed)
        dialog.finished.connect(self._on_closed)
        self.dialog = dialog
        dialog.open()
        self._submit(replace(spec, kind=JobKind.COMPARE, retries=0, interactive=True))

    @Slot(tuple)
    def take_results(self, results: tuple[tuple[str, object], ...]) -> None:
        """The pool's answers."""
        for job_id, result in results:
            if job_id != self._job_id or self.dialog is None or not isinstance(result, tuple):
                continue
            self._job_id = ""
            outcome = next((o for o in result if isinstance(o, ImportOutcome)), None)
            if outcome is None or outcome.error is not None:
                self.dialog.show_error(outcome.error if outcome and outcome.error else ErrorInfo("failed", "–"))
            elif outcome.difference is not None:
                self.dialog.show_difference(outcome.difference)
            else:
                self.dialog.show_new(outcome.rows_loaded)

    @Slot(tuple)
    def take_jobs(self, jobs: tuple[JobSnapshot, ...]) -> None:
        """Failures of the comparison as a whole."""
        for job in jobs:
            if job.job_id == self._job_id and job.state.ended and job.state is not JobState.DONE:
                self._job_id = ""
                if self.dialog is not None:
                    self.dialog.show_error(job.error or ErrorInfo("failed", job.reason))

    @Slot()
    def _import_changed(self) -> None:
        if self._draft is not None:
            options = replace(self._draft.options, only_changed=True)
            self._page.import_requested.emit([replace(self._draft, options=options)], False)

    @Slot()
    def _on_closed(self) -> None:
        if self._job_id:
            self._cancel(self._job_id)
            self._job_id = ""
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
