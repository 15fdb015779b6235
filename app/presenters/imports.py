"""Presenter of the Import page: dropped paths → inspection → preview → plan → import → outcome."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.context.run_context import RunContext
from app.inspections import Inspections, OneSheet, SomeRows, WholeFile
from app.job_specs import import_job, inspect_job
from app.presenters.database import DatabaseFlow, ReachedTarget
from app.services.survey_store import SurveyStore
from app.services.target_check import TargetView, look_at_target, target_meant
from widgets.importing.import_page import ImportPage
from widgets.importing.view_data import TableDraft, TableRef, TargetCheck
from workers.bridges.ui_calls import UiCalls
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.jobs.spec import JobLimits, JobSpec
from workers.core.model.errors import ErrorInfo, SheetferryError
from workers.core.model.options import ImportOptions, Mode, Priority, RejectLimit
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.plans import FileSurvey
from workers.core.model.tasks import PreviewGrid, PreviewRequest, Secret
from workers.importing.files import expand_paths

_PREVIEW_LIMITS = JobLimits.of_timeout(60.0)


class ImportFlow(QObject):
    """Connects the Import page with the pool. Lives on the UI thread and never touches the disk itself.

    Signals:
        imports_submitted: Job ids of imports that were just handed in.
        surveyed: `FileSurvey` of a file whose drafts are on the page now.
    """

    imports_submitted = Signal(list)
    surveyed = Signal(object)

    def __init__(
        self,
        context: RunContext,
        page: ImportPage,
        database: DatabaseFlow,
        calls: UiCalls,
        *,
        submit_import: Callable[[JobSpec], object],
        submit_interactive: Callable[[JobSpec], object],
        cancel: Callable[[str], object],
        parent: QObject | None = None,
    ) -> None:
        """Connect everything.

        Args:
            context: Settings that new drafts start from.
            page: The page.
            database: The target.
            calls: Short calls off the UI thread.
            submit_import: Hands an import to the queue.
            submit_interactive: Hands an inspection or preview to the extra worker.
            cancel: Takes a job back.
            parent: Owner.
        """
        super().__init__(parent)
        self._context, self._page, self._database, self._calls = context, page, database, calls
        self._submit_import, self._submit_interactive, self._cancel = submit_import, submit_interactive, cancel
        self._questions = Inspections()
        self._files = SurveyStore()
        self._passwords: dict[str, Secret] = {}
        self._imports: dict[str, TableRef] = {}
        self._trials: set[str] = set()
        self._checked: dict[object, TableDraft] = {}
        self._base = ImportOptions()
        self.use_settings(context)
        page.paths_given.connect(self.add_paths)
        page.files_removed.connect(self._forget)
        page.refresh_requested.connect(self._inspect)
        page.reread_requested.connect(self._reread)
        page.preview_requested.connect(self._preview)
        page.draft_changed.connect(self._check)
        page.import_requested.connect(self._import)
        page.password_given.connect(self._take_password)
        database.reached.connect(self._check_all)

    def use_settings(self, context: RunContext) -> None:
        """Take over changed settings for new drafts."""
        self._context = context
        settings = context.settings
        lineage = {"on": True, "off": False}.get(settings.text("import.lineage"))
        self._base = ImportOptions(
            types=settings.text("import.types"),  # type: ignore[arg-type]  # the catalogue allows only these words
            errors=settings.text("import.errors"),  # type: ignore[arg-type]  # the same
            hidden=settings.text("import.hidden"),  # type: ignore[arg-type]  # the same
            mode=Mode(settings.text("import.mode")),
            lineage=lineage,
            max_rejects=RejectLimit(rows=settings.integer("import.max_rejects")),
        )
        self._page.set_base_options(self._base)

    @Slot(list)
    def add_paths(self, paths: list[str]) -> None:
        """Take dropped, pasted or chosen files and folders; folders are looked into off the UI thread."""
        for path in paths:
            # Who drops files wants to see the first of them.
            take = partial(self._add_files, first=path == paths[0])
            self._calls.start(partial(expand_paths, [path]), take, self._refuser(path), self)

    @Slot(str, str, str)
    def show_place(self, path: str, sheet: str, cell: str) -> None:
        """Show a sheet's table, and a cell of it, on the page; a file that is not there is read first."""
        self._page.show_place(path, sheet, cell)
        if self._files.entry(path) is None:
            self.add_paths([path])

    def _refuser(self, path: str) -> Callable[[BaseException], None]:
        def refuse(error: BaseException) -> None:
            info = error.info if isinstance(error, SheetferryError) else ErrorInfo("bug", str(error))
            self._page.set_file(self._files.failed(path, info))

        return refuse

    def _add_files(self, files: list[str], *, first: bool) -> None:
        if first and files and self._page.wanted_file not in files:
            self._page.show_place(files[0], "", "")
        for path in files:
            self._inspect(path)

    @Slot(str)
    def _inspect(self, path: str) -> None:
        self._page.set_file(self._files.waiting(path))
        spec = inspect_job(self._context, path, self._base, password=self._passwords.get(path), interactive=True)
        self._questions.ask(spec.job_id, WholeFile(path))
        self._submit_interactive(spec)

    @Slot(object, object)
    def _reread(self, ref: TableRef, options: ImportOptions) -> None:
        path = ref.path
        spec = inspect_job(self._context, path, options, password=self._passwords.get(path), interactive=True)
        self._questions.ask(spec.job_id, OneSheet(path, next(iter(options.sheets), ""), ref.ordinal))
        self._submit_interactive(replace(spec, priority=Priority.HIGH))

    @Slot(object, object, bool)
    def _preview(self, draft: TableDraft, rows: tuple[tuple[int, int], ...], more: bool) -> None:
        job_id = str(uuid.uuid4())
        path = draft.ref.path
        request = PreviewRequest(
            job_id, path, draft.ref.sheet_index, tuple(rows), draft.options, draft.plan, self._passwords.get(path)
        )
        self._questions.ask(job_id, SomeRows(draft.ref, more))
        self._submit_interactive(
            JobSpec(
                job_id,
                JobKind.PREVIEW,
                draft.ref.path,
                request,
                priority=Priority.HIGH,
                limits=_PREVIEW_LIMITS,
                retries=0,
                interactive=True,
            )
        )

    @Slot(list)
    def _forget(self, paths: list[str]) -> None:
        self._files.forget(paths)
        for path in paths:
            self._passwords.pop(path, None)
            for job_id in self._questions.forget_file(path):
                self._cancel(job_id)

    @Slot(str, str)
    def _take_password(self, path: str, text: str) -> None:
        self._passwords[path] = Secret(text)
        self._inspect(path)

    def password(self, path: str) -> Secret | None:
        """The password that was given for a workbook on the page."""
        return self._passwords.get(path)

    def survey(self, path: str) -> FileSurvey | None:
        """What was found in a file that is on the page, with the sheets that were read again since."""
        return self._files.survey(path)

    # ------------------------------------------------------------------------------------------ from the pool

    @Slot(tuple)
    def take_jobs(self, jobs: tuple[JobSnapshot, ...]) -> None:
        """New states from the pool: progress and failures of inspections and previews."""
        for job in jobs:
            question = self._questions.open(job.job_id)
            if question is None:
                continue
            if job.state is JobState.RUNNING and isinstance(question, WholeFile):
                self._page.set_file(self._files.reading(question.path, job.fraction))
            elif job.state.ended and job.state is not JobState.DONE:
                self._questions.close(job.job_id)
                self._fail(question, job.error or ErrorInfo("failed", job.reason or self.tr("It could not be read.")))

    def _fail(self, question: WholeFile | OneSheet | SomeRows, error: ErrorInfo) -> None:
        if isinstance(question, SomeRows):
            self._page.set_preview_error(question.ref, error)
        elif isinstance(question, WholeFile):
            self._page.set_file(self._files.failed(question.path, error))
        else:
            self._page.set_sheet_error(question.path, question.sheet, error)

    @Slot(tuple)
    def take_results(self, results: tuple[tuple[str, object], ...]) -> None:
        """Surveys and previews."""
        for job_id, result in results:
            question = self._questions.close(job_id)
            if isinstance(question, WholeFile) and isinstance(result, FileSurvey):
                self._page.set_file(self._files.read(question.path, result))
                self.surveyed.emit(result)
            elif isinstance(question, OneSheet) and isinstance(result, FileSurvey):
                self._take_sheets(question, result)
            elif isinstance(question, SomeRows) and isinstance(result, PreviewGrid):
                self._page.set_preview(question.ref, result, question.more)

    def _take_sheets(self, question: OneSheet, result: FileSurvey) -> None:
        for sheet in result.sheets:
            entry = self._files.take_sheet(question.path, sheet, question.ordinal)
            if entry is not None:
                self._page.set_sheet(entry, sheet)

    @Slot(tuple)
    def take_outcomes(self, ended: tuple[tuple[str, ImportOutcome], ...]) -> None:
        """Ends of imports and trials: said at the file, and the target is looked at again."""
        for job_id, outcome in ended:
            ref = self._imports.get(job_id)
            entry = self._files.ended(ref, outcome) if ref is not None else None
            if entry is not None:
                self._page.set_file(entry)
            if ref is not None and job_id in self._trials:
                self._page.notices.trial_ended(ref, outcome)
        self._check_shown()

    @Slot(object)
    def take_undone(self, outcome: ImportOutcome) -> None:
        """An import was taken back."""
        for entry in self._files.undone(outcome.import_id):
            self._page.set_file(entry)
        self._check_shown()

    @Slot(str, str)
    def follow(self, job_id: str, again: str) -> None:
        """The queue tries a job of this page again under another id."""
        if job_id in self._imports:
            self._imports[again] = self._imports[job_id]

    def _check_shown(self) -> None:
        draft = self._page.current_draft()
        if draft is not None:
            self._check(draft)

    # ------------------------------------------------------------------------------------------ to the database

    @Slot(object)
    def _check(self, draft: TableDraft) -> None:
        reached = self._database.current
        self._checked[draft.ref] = draft
        if reached is None:
            waiting = self.tr("The database is not ready yet.")
            self._page.set_check(draft.ref, TargetCheck(blocked=waiting))
            return
        engine = reached.engine

        survey = self._files.survey(draft.ref.path)
        sha256 = survey.sha256 if survey is not None else None

        def show(view: TargetView) -> None:
            if self._checked.get(draft.ref) is draft:
                self._page.set_check(draft.ref, view.check)
                self._page.set_tables(view.tables)

        def explain(error: BaseException) -> None:
            self._page.set_check(draft.ref, TargetCheck(blocked=str(error).splitlines()[0]))

        self._calls.start(lambda: look_at_target(engine, draft, sha256), show, explain, self)

    @Slot(object)
    def _check_all(self, reached: ReachedTarget) -> None:
        self._check_shown()

    @Slot(list, bool)
    def _import(self, drafts: list[TableDraft], dry_run: bool) -> None:
        reached = self._database.current
        if reached is None:
            return
        submitted = []
        for draft in drafts:
            survey = self._files.survey(draft.ref.path)
            spec = import_job(
                self._context,
                draft.ref.path,
                replace(target_meant(draft), dry_run=dry_run),
                reached.target,
                tables=(draft.plan,),
                sha256=survey.sha256 if survey else None,
                password=self._passwords.get(draft.ref.path),
            )
            self._imports[spec.job_id] = draft.ref
            if dry_run:
                self._trials.add(spec.job_id)
            self._submit_import(spec)
            submitted.append(spec.job_id)
        if dry_run:
            self._page.notices.trial_started()
        else:
            self.imports_submitted.emit(submitted)
