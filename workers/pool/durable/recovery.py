"""Taking over the jobs that programs which are gone have left in this workstation's store.

What was in a transaction is settled by asking the database; then every job either ends, saying what is known of each of
its tables, or waits again. Only a window goes on with jobs; those of a command have ended with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from workers.core.jobs.endings import complete, missing_outcomes, open_backends, outcome_without_receipt, what_stays
from workers.core.jobs.pool_events import ImportEnded, JobChanged, PoolEvent
from workers.core.jobs.records import Job
from workers.core.jobs.snapshots import JobSnapshot, JobState
from workers.core.jobs.spec import JobSpec
from workers.core.model.errors import ErrorInfo, SheetferryError
from workers.core.model.json_codec import CodecError
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import ImportRequest
from workers.database.local.store import JobRecord, LocalStore, Surface
from workers.pool.config import OrphanResolver, Settler
from workers.pool.durable.job_records import from_record, in_force, was_cancelled

_UNDER_WAY = {JobState.RUNNING, JobState.CANCELLING, JobState.IN_DOUBT, JobState.UNKNOWN}
_CERTAIN = {ImportState.LOADED, ImportState.UNCHANGED, ImportState.FAILED}


@dataclass(frozen=True, slots=True)
class Recovery:
    """What became of the jobs of programs that are gone.

    Attributes:
        resumed: Jobs that wait again.
        settled: Jobs that ended by the database's answer.
        open: Jobs whose database does not answer: unknown until they are asked about again.
    """

    resumed: int = 0
    settled: int = 0
    open: int = 0


class Takeover:
    """Settles and ends abandoned jobs, or hands them back to the queue. Used by one thread."""

    def __init__(
        self,
        store: LocalStore,
        *,
        surface: Surface,
        listener: Callable[[PoolEvent], None],
        settler: Settler,
        seeker: OrphanResolver | None,
        with_secrets: Callable[[ImportRequest], ImportRequest],
        resume: Callable[[JobSpec], None],
        remembered: Callable[[str], JobSpec | None] = lambda _: None,
    ) -> None:
        """Work on `store`.

        Args:
            store: The workstation's store.
            surface: What this program is.
            listener: Told how jobs and imports ended.
            settler: Asks the database about a transaction.
            seeker: Asks it about a job of which no transaction is known although it ran; None to take it for undone.
            with_secrets: Puts the passwords back into a kept request, or raises a SheetferryError.
            resume: Puts a job back into the queue.
            remembered: The job as this program knows it, with the workbook's password that is never kept.
        """
        self._store = store
        self._surface: Surface = surface
        self._listener = listener
        self._settler = settler
        self._seeker = seeker
        self._with_secrets = with_secrets
        self._resume = resume
        self._remembered = remembered

    def all(self, stop: Callable[[], bool]) -> Recovery:
        """Take over what there is, job by job, until `stop` says so."""
        done = Recovery()
        for record in self._store.abandoned_jobs():
            ours = self._surface == "window" or record.surface == "command"
            if ours and not stop() and self._store.adopt(record.job_id):
                done = self._one(record, done)
        return done

    def again(self, job_ids: Iterable[str], stop: Callable[[], bool]) -> Recovery:
        """Ask once more about jobs of ours whose outcome is unknown, until `stop` says so."""
        done = Recovery()
        for job_id in job_ids:
            record = self._store.job(job_id)
            if record is not None and not stop():
                self._say(record, JobState.IN_DOUBT, None, "The server is asked whether it kept the rows.")
                done = self._one(record, done)
        return done

    def _one(self, record: JobRecord, done: Recovery) -> Recovery:
        stored = self._store.outcomes_of(record.job_id)
        try:
            spec = self._remembered(record.job_id) or from_record(record)
            spec = replace(spec, request=self._with_secrets(spec.request))
        except CodecError as error:
            info = ErrorInfo("other-version", f"Another version of Sheetferry left this job ({error}).")
            self._end(record, JobState.FAILED, info)
            return replace(done, settled=done.settled + 1)
        except SheetferryError as error:
            self._end(record, JobState.UNKNOWN if record.backend else JobState.FAILED, error.info)
            return replace(done, open=done.open + 1)
        job = _as_it_was(record, spec, stored)
        if not self._settle(record, job):
            return replace(done, open=done.open + 1)
        if complete(job):
            failed = next((o for o in job.outcomes.values() if o.state is ImportState.FAILED), None)
            self._end(record, JobState.FAILED if failed else JobState.DONE, failed.error if failed else None)
        elif was_cancelled(record):
            self._give_up(record, job, None, "Cancelled.")
        elif record.surface == "command" or self._surface == "command":
            info = ErrorInfo("command-ended", "The command that it belonged to ended before it was done.")
            self._give_up(record, job, info, info.message)
        else:
            self._store.set_state(record.job_id, JobState.WAITING)
            self._resume(replace(spec, request=replace(spec.request, done=in_force(job.outcomes.values()))))
            return replace(done, resumed=done.resumed + 1)
        return replace(done, settled=done.settled + 1)

    def _settle(self, record: JobRecord, job: Job) -> bool:
        """Ask the database about what was under way; False when it does not answer."""
        if record.backend is None and record.state in _UNDER_WAY and not self._seek(record, job):
            return False
        for backend in open_backends(job):
            settlement = self._settler(job.spec.request.target, backend)
            if settlement.verdict == "unknown":
                return self._leave_open(record, job)
            if settlement.verdict == "committed":
                known = {outcome.import_id: outcome for outcome in settlement.outcomes}
                if backend.import_id not in known:
                    known[backend.import_id] = outcome_without_receipt(job, backend.import_id)
                job.outcomes |= known
                self._tell(record, known.values())
        self._store.set_backend(record.job_id, None)
        return True

    def _seek(self, record: JobRecord, job: Job) -> bool:
        """A program that is killed may not have kept in time what its worker had reported: ask by the job's ids."""
        if self._seeker is None or not job.spec.request.options.ledger:
            return True
        settlement = self._seeker(job.spec.request)
        if settlement.verdict == "unknown":
            return self._leave_open(record, job)
        found = [outcome for outcome in settlement.outcomes if outcome.import_id not in job.outcomes]
        job.outcomes |= {outcome.import_id: outcome for outcome in found}
        self._tell(record, found)
        return True

    def _leave_open(self, record: JobRecord, job: Job) -> bool:
        info = ErrorInfo("unknown-commit", "The server does not answer yet whether it kept the rows.")
        self._tell(record, [o for o in missing_outcomes(job, JobState.UNKNOWN, info) if o.error is info])
        if record.backend is not None:
            self._end(record, JobState.UNKNOWN, info)
        else:
            # Its kept state stays, which says that it ran: at the next start it is sought by its ids again.
            self._say(record, JobState.UNKNOWN, info, info.message)
        return False

    def _give_up(self, record: JobRecord, job: Job, error: ErrorInfo | None, why: str) -> None:
        """End a job that nobody goes on with, and say of each of its tables that nothing of it was kept."""
        self._tell(record, missing_outcomes(job, JobState.CANCELLED, None))
        self._end(record, JobState.CANCELLED, error, why + what_stays(job.outcomes.values()))

    def _tell(self, record: JobRecord, outcomes: Iterable[ImportOutcome]) -> None:
        for outcome in outcomes:
            self._store.record_outcome(record.job_id, outcome, target=record.target)
            self._listener(ImportEnded(record.job_id, outcome))

    def _end(self, record: JobRecord, state: JobState, error: ErrorInfo | None, reason: str = "") -> None:
        reason = reason or (error.message if error else "")
        self._store.set_state(record.job_id, state, reason)
        self._say(record, state, error, reason)

    def _say(self, record: JobRecord, state: JobState, error: ErrorInfo | None, reason: str) -> None:
        snapshot = JobSnapshot(
            job_id=record.job_id,
            kind=record.kind,
            title=record.title,
            target=record.target,
            state=state,
            reason=reason,
            priority=record.priority,
            attempts=record.attempts,
            submitted=record.submitted,
            outcomes=tuple(self._store.outcomes_of(record.job_id)),
            error=error,
        )
        self._listener(JobChanged(snapshot))


def _as_it_was(record: JobRecord, spec: JobSpec, stored: Iterable[ImportOutcome]) -> Job:
    """The job as the program that is gone knew it; what it did not know for certain is to be found out."""
    job = Job(spec, 0, record.submitted, 0.0, record.priority, attempts=record.attempts, deaths=record.deaths)
    job.outcomes = {outcome.import_id: outcome for outcome in stored if outcome.state in _CERTAIN}
    if record.backend is not None:
        job.backends = {record.backend.import_id: record.backend}
        job.rest = record.backend.rest
    return job
