"""The watched folder: what comes into it is imported by a plan and moved to done or failed, never twice.

Nothing is kept of it between two starts. A file that was committed but not moved when the program was killed is
imported again at the next start, where its content key tells that nothing is to be loaded, and it is moved.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.context.run_context import RunContext
from app.exit_codes import NO_DATABASE, exit_code_of
from app.job_specs import import_job
from app.presenters.database import DatabaseFlow
from app.services.outcome_text import outcome_lines
from app.services.plan_files import load_plan_file
from workers.bridges.ui_calls import UiCalls
from workers.core.jobs.snapshots import JobSnapshot, JobState
from workers.core.jobs.spec import JobSpec
from workers.core.model.errors import SheetferryError
from workers.core.model.options import ImportOptions
from workers.core.model.outcomes import ImportState
from workers.core.watched_folder import FolderWatch, MoveFile, SeenFile, TakeFile, Verdict
from workers.importing.memory_estimate import estimate_memory
from workers.importing.watched_folder import list_files, move_file

_log = logging.getLogger(__name__)
_LOOK_MS = 2_000
_GOOD = {ImportState.LOADED, ImportState.UNCHANGED}


class WatchFlow(QObject):
    """Looks into the folder every two seconds, off the UI thread. Lives on the UI thread.

    Signals:
        notice: Title and text for people who look elsewhere.
    """

    notice = Signal(str, str)

    def __init__(
        self,
        context: RunContext,
        database: DatabaseFlow,
        calls: UiCalls,
        *,
        submit: Callable[[JobSpec], object],
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        """Prepare; nothing is looked at before `start`.

        Args:
            context: The settings.
            database: Where rows go.
            calls: Short calls off the UI thread.
            submit: Hands a job to the pool without keeping it for the next start.
            clock: Seconds that never go back.
            parent: Owner.
        """
        super().__init__(parent)
        self._database, self._calls, self._submit, self._clock = database, calls, submit, clock
        self._jobs: dict[str, str] = {}
        self._looking = False
        self._said = ""
        self._unmoved: set[str] = set()
        self._folder: Path | None = None
        self._plan = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._started = False
        self.use_settings(context)

    def use_settings(self, context: RunContext) -> None:
        """Take over the settings; another folder is looked at afresh, running imports end as they may."""
        self._context = context
        folder, settle = context.settings.text("watch.folder").strip(), context.settings.integer("watch.settle")
        self._plan = context.settings.text("watch.plan").strip()
        wanted = Path(folder).expanduser() if folder else None
        if wanted != self._folder or settle != getattr(self, "_settle", None):
            self._folder, self._settle = wanted, settle
            self._watch = FolderWatch(float(settle))
            self._jobs.clear()
            self._unmoved.clear()
            self._said = ""
        self._run()

    def start(self) -> None:
        """Begin to look, where a folder is named."""
        self._started = True
        self._run()

    def stop(self) -> None:
        """Look no more; what is cancelled from now on stays where it is."""
        self._started = False
        self._jobs.clear()
        self._run()

    def _run(self) -> None:
        if self._started and self._folder is not None:
            self._timer.start()
        else:
            self._timer.stop()

    # ---- looking

    @Slot()
    def look(self) -> None:
        """Look into the folder once."""
        if self._folder is None or self._looking or self._database.current is None:
            return
        self._looking = True
        self._calls.start(partial(look_into, self._folder, self._plan), self._take, self._refused, self)

    def _take(self, found: tuple[tuple[SeenFile, ...], ImportOptions]) -> None:
        self._looking = False
        self._said = ""
        files, options = found
        for step in self._watch.look(files, self._clock()):
            if isinstance(step, TakeFile):
                self._import(step.name, options)
            else:
                self._move(step)

    def _refused(self, error: BaseException) -> None:
        """The folder or the plan cannot be read: said once, tried again."""
        self._looking = False
        said = str(error).splitlines()[0]
        if said != self._said:
            self._said = said
            _log.warning("the watched folder cannot be used: %s", said)
            self.notice.emit(self.tr("The watched folder cannot be used"), said)

    def _import(self, name: str, options: ImportOptions) -> None:
        reached = self._database.current
        if reached is None or self._folder is None:
            self._watch.ended(name, Verdict.LATER, "", self._clock())
            return
        path = os.fspath(self._folder / name)
        seen = self._watch.seen(name)
        spec = import_job(self._context, path, options, reached.target, expected=seen.stamp() if seen else None)
        self._jobs[spec.job_id] = name
        self._calls.start(
            partial(estimate_memory, path),
            lambda claim: self._submit(replace(spec, memory_claim=claim)),
            lambda _error: self._submit(spec),
            self,
        )

    # ---- ends

    @Slot(tuple)
    def take_jobs(self, jobs: tuple[JobSnapshot, ...]) -> None:
        """States of jobs; those that have ended are ours to clear away."""
        for job in jobs:
            if not job.state.ended or job.job_id not in self._jobs:
                continue
            name = self._jobs.pop(job.job_id)
            verdict, why = judge(job)
            move = self._watch.ended(name, verdict, why, self._clock())
            if move is not None:
                self._move(move)
            if verdict is Verdict.FAILED:
                self.notice.emit(self.tr("{0} was not imported").format(name), why.splitlines()[0])

    def _move(self, move: MoveFile) -> None:
        folder, seen = self._folder, self._watch.seen(move.name)
        if folder is None:
            return
        self._calls.start(
            lambda: move_file(folder, move, seen),
            lambda _moved: self._watch.moved(move.name),
            partial(self._not_moved, move.name),
            self,
        )

    def _not_moved(self, name: str, error: BaseException) -> None:
        """A file that has to wait in the folder; a place that is not trusted is for people to mend."""
        _log.warning("%s cannot be moved yet: %s", name, error)
        if isinstance(error, SheetferryError) and name not in self._unmoved:
            self._unmoved.add(name)
            self.notice.emit(self.tr("{0} cannot be moved away").format(name), error.info.message)


def look_into(folder: Path, plan: str) -> tuple[tuple[SeenFile, ...], ImportOptions]:
    """What lies in the folder, and the choices for it. Touches the disk.

    Raises:
        OSError: when the folder cannot be read.
        UserError: when the plan cannot be read.
    """
    files = list_files(folder)
    options = load_plan_file(plan, unwatched=True).options if plan and files else ImportOptions()
    # Only the ledger and its content key keep a file from being loaded twice. What a file says of itself does not
    # choose its table here, where nobody looks on, unless the plan allows that.
    mended = options.mended_rejects is True
    return files, replace(options, again=False, dry_run=False, ledger=True, mended_rejects=mended)


def judge(job: JobSnapshot) -> tuple[Verdict, str]:
    """Where the file of an ended job goes, and why."""
    if job.state is JobState.CANCELLED:
        return Verdict.LEFT, ""
    if job.state is JobState.UNKNOWN or (job.error is not None and exit_code_of(job.error) == NO_DATABASE):
        return Verdict.LATER, ""
    bad = [outcome for outcome in job.outcomes if outcome.state not in _GOOD]
    if job.state is JobState.DONE and not bad:
        return Verdict.DONE, ""
    lines = [line for outcome in job.outcomes for line in outcome_lines(outcome)]
    if job.error is not None:
        lines = [job.error.message, *([job.error.hint] if job.error.hint else []), *lines]
    elif bad and bad[0].error is not None:
        lines = [bad[0].error.message, *lines]
    return Verdict.FAILED, "\n".join(lines) or job.reason or "The import failed without a reason."
