"""One command's jobs: hand every file to the pool, tell each result as it comes, answer with an exit code."""

from __future__ import annotations

import queue
import uuid
from collections.abc import Callable, Iterable
from typing import Protocol

from app import exit_codes
from app.cli.progress_view import ProgressView
from workers.core.jobs.pool_events import ImportEnded, JobChanged, PoolClosed, PoolEvent
from workers.core.jobs.snapshots import JobSnapshot, JobState
from workers.core.jobs.spec import JobSpec
from workers.core.model.errors import ErrorInfo
from workers.core.model.outcomes import ImportOutcome, ImportState

_BEAT_SECONDS = 0.5
_ENDS = {
    JobState.CANCELLED: ImportState.CANCELLED,
    JobState.UNKNOWN: ImportState.UNKNOWN,
}


class JobDoor(Protocol):
    """What a run needs of the pool."""

    def submit(self, spec: JobSpec) -> object:
        """Hand in a job."""

    def cancel(self, job_id: str) -> None:
        """Wish a job away."""


class ImportRun:
    """Follows the jobs of one command until the last one has ended.

    `heard` is the pool's listener and may be called on any thread; everything else happens on the caller's thread.
    """

    def __init__(self, tell: Callable[[ImportOutcome], None], progress: ProgressView) -> None:
        """Tell outcomes with `tell`, show what goes on with `progress`."""
        self._tell = tell
        self._progress = progress
        self._events: queue.SimpleQueue[PoolEvent] = queue.SimpleQueue()
        self._open: dict[str, JobSpec] = {}
        self._told: dict[str, set[str]] = {}
        self._states: list[ImportState] = []

    def heard(self, event: PoolEvent) -> None:
        """Take an event from the pool."""
        self._events.put(event)

    def run(self, door: JobDoor, specs: Iterable[JobSpec]) -> int:
        """Submit all jobs and wait for their ends. Ctrl-C cancels them and waits until nothing is left of them.

        Returns:
            The exit code: 0 all loaded or unchanged, 1 something failed or was cancelled, 130 interrupted.
        """
        for spec in specs:
            self._open[spec.job_id] = spec
            self._told[spec.job_id] = set()
            door.submit(spec)
        interrupted = False
        while self._open:
            try:
                self._take_next()
            except KeyboardInterrupt:
                interrupted = True
                for job_id in self._open:
                    door.cancel(job_id)
        if interrupted:
            return exit_codes.INTERRUPTED
        return exit_codes.OK if all(s.good for s in self._states) else exit_codes.FAILED

    def tell_failure(self, path: str, mode: str, error: ErrorInfo) -> None:
        """Tell of a file that never became a job."""
        self._finish(failed_file(path, mode, error))

    def _take_next(self) -> None:
        try:
            event = self._events.get(timeout=_BEAT_SECONDS)
        except queue.Empty:
            return
        match event:
            case ImportEnded(job_id, outcome) if job_id in self._told:
                self._told[job_id].add(outcome.import_id)
                self._finish(outcome)
            case JobChanged(job):
                self._progress.show(job)
                if job.state.ended and job.job_id in self._open:
                    self._close(job)
            case PoolClosed():
                self._close_orphans()
            case _:
                pass

    def _close(self, job: JobSnapshot) -> None:
        """Tell what the job's outcomes have not told yet: what it died of, or that it was cancelled."""
        spec = self._open.pop(job.job_id)
        told = self._told.pop(job.job_id)
        if job.state is JobState.DONE:
            return
        if any(not o.state.good for o in job.outcomes) and told:
            return
        request = spec.request
        state = _ENDS.get(job.state, ImportState.FAILED)
        error = job.error
        if error is None and state is not ImportState.CANCELLED:
            error = ErrorInfo("failed", job.reason or "The import failed without saying why.")
        self._finish(
            ImportOutcome(
                import_id=job.job_id,
                file=request.path,
                sheet=job.sheet,
                table=None,
                mode=request.options.mode.value,
                state=state,
                error=error,
                attempts=max(1, job.attempts),
            )
        )

    def _close_orphans(self) -> None:
        """The pool is gone while jobs were open: say so, so that nothing ends in silence."""
        for spec in self._open.values():
            error = ErrorInfo("pool-ended", "The worker pool ended before this file was imported.", "Import it again.")
            self._finish(failed_file(spec.request.path, spec.request.options.mode.value, error))
        self._open.clear()

    def _finish(self, outcome: ImportOutcome) -> None:
        self._states.append(outcome.state)
        self._tell(outcome)


def failed_file(path: str, mode: str, error: ErrorInfo) -> ImportOutcome:
    """The outcome of a file of which nothing could be imported."""
    return ImportOutcome(str(uuid.uuid4()), path, None, None, mode, ImportState.FAILED, error=error)
