"""How jobs end, wait for the database, or go back into the queue: the part of the state machine after a task."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace

from workers.core.jobs import events as ev
from workers.core.jobs.endings import (
    complete,
    death_error,
    left_after,
    missing_outcomes,
    open_backends,
    query_death_error,
    stop_error,
    turned_away,
    unknown_change_error,
    unknown_error,
    what_stays,
    worth_retrying,
)
from workers.core.jobs.instructions import (
    Instruction,
    PublishBackend,
    PublishJob,
    PublishOutcome,
    PublishPool,
    PublishResult,
    Settle,
)
from workers.core.jobs.lanes import Lanes
from workers.core.jobs.records import LIMITS_PASSED, Job, StopCause
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.jobs.spec import PoolPolicy
from workers.core.model.errors import ErrorInfo
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import Target

_REMEMBERED_ENDS = 500
_DEATH_RETRY_DELAY = 0.2


@dataclass(slots=True)
class PoolState:
    """What the parts of the state machine share.

    Attributes:
        epoch: Unix time of the monotonic time zero.
        jobs: Jobs that have not ended.
        ended: The last ones that have.
        now: Monotonic time of the present event.
        out: Instructions so far.
        rows_loaded: Rows committed since the start.
        deadline: When a shutdown's budget is used up; None while there is no shutdown.
    """

    policy: PoolPolicy
    lanes: Lanes
    epoch: float
    jobs: dict[str, Job] = field(default_factory=dict)
    ended: OrderedDict[str, JobSnapshot] = field(default_factory=OrderedDict)
    now: float = 0.0
    out: list[Instruction] = field(default_factory=list)
    rows_loaded: int = 0
    deadline: float | None = None

    @property
    def closing(self) -> bool:
        """Whether the pool is ending."""
        return self.deadline is not None

    def running(self) -> list[Job]:
        """Jobs that have a worker."""
        return [self.jobs[w.job_id] for _, w in self.lanes.workers() if w.job_id is not None]

    def wall(self) -> float:
        """Unix time."""
        return self.epoch + self.now

    def publish(self, job: Job) -> None:
        """The job has changed."""
        self.out.append(PublishJob(job.job_id))

    def pool_changed(self) -> None:
        """The pool has changed."""
        self.out.append(PublishPool())


class JobCompletion:
    """Takes jobs from the end of their task to their own end."""

    def __init__(self, desk: PoolState) -> None:
        """Work on what `desk` holds."""
        self._desk = desk

    def task_over(self, job: Job, event: ev.TaskEnded) -> None:
        """The task is over and the database has no open question."""
        spare = next(iter(job.spare.values()), None)
        error = event.error or (spare.error if spare else None)
        if complete(job):
            # Whatever stopped the task after its last table: the tables say how the job ended.
            self._end_by_outcomes(job)
        elif job.state is JobState.CANCELLING and event.end is not ev.TaskEnd.DONE:
            if job.spec.kind is JobKind.QUERY and job.backends:
                # Cancelled is what it is called once the server has let go, and not before.
                self.ask_database(job)
            else:
                self.end_stopped(job)
        elif job.state is JobState.RUNNING and not self._desk.closing and turned_away(job, event.error):
            self._wait_for_connection(job, event.error)
        elif (
            job.state is JobState.RUNNING
            and not self._desk.closing
            and (
                worth_retrying(job, error, event.environment)
                or (spare is not None and job.attempts <= job.spec.retries)
            )
        ):
            delays = self._desk.policy.retry_delays
            self._requeue(job, delays[min(job.attempts, len(delays)) - 1], error)
        elif event.end is ev.TaskEnd.FAILED:
            self.end(job, JobState.FAILED, event.error)
        elif event.end is ev.TaskEnd.CANCELLED:
            self.end_stopped(job)
        else:
            if job.spec.kind is not JobKind.IMPORT:
                self._desk.out.append(PublishResult(job.job_id, event.result))
            self._end_by_outcomes(job)

    def ask_database(self, job: Job) -> None:
        """Ask the database about every import that was under way; conclude at once when there is none."""
        job.to(JobState.IN_DOUBT, self._desk.now, job.death)
        target = getattr(job.spec.request, "target", None)
        unsettled = open_backends(job)
        if isinstance(target, Target) and unsettled:
            self._desk.out += [Settle(job.job_id, target, backend) for backend in unsettled]
            self._desk.publish(job)
        else:
            self.after_settling(job)

    def after_settling(self, job: Job) -> None:
        """The database has answered about everything that was under way."""
        if job.spec.kind is JobKind.QUERY:
            self._end_query(job)
        elif "unknown" in job.verdicts.values():
            self.end(job, JobState.UNKNOWN, unknown_error())
        elif complete(job):
            self._end_by_outcomes(job)
        elif job.stop is not None:
            self.end_stopped(job)
        elif self._desk.closing:
            job.stop = StopCause.SHUTDOWN
            self.end_stopped(job)
        elif job.deaths >= self._desk.policy.deaths_allowed or (job.deaths and job.spec.interactive):
            state = JobState.QUARANTINED if job.deaths >= self._desk.policy.deaths_allowed else JobState.FAILED
            self.end(job, state, death_error(job))
        elif job.error is not None and job.attempts > job.spec.retries:
            self.end(job, JobState.FAILED, job.error)
        else:
            self._requeue(job, _DEATH_RETRY_DELAY, job.error, f"its worker died ({job.death})")

    def _end_query(self, job: Job) -> None:
        """A query whose worker is gone, or that was stopped. It is never run again by itself: it may have been long."""
        asked = [job.verdicts.get(backend.import_id) for backend in job.backends.values() if backend.xid]
        if "committed" in asked:
            self.end(job, JobState.DONE, reason="What it changed was committed.")
        elif "unknown" in asked:
            self.end(job, JobState.UNKNOWN, unknown_change_error())
        elif job.stop is not None:
            self.end_stopped(job)
        elif self._desk.closing:
            job.stop = StopCause.SHUTDOWN
            self.end_stopped(job)
        else:
            repeated = job.deaths >= self._desk.policy.deaths_allowed
            self.end(job, JobState.QUARANTINED if repeated else JobState.FAILED, query_death_error(job))

    def end_stopped(self, job: Job) -> None:
        """The job was stopped before all of its tables had ended."""
        if job.stop in LIMITS_PASSED:
            self.end(job, JobState.FAILED, stop_error(job))
            return
        why = "The program was ending." if job.stop is StopCause.SHUTDOWN else "Cancelled."
        self.end(job, JobState.CANCELLED, reason=why + what_stays(job.outcomes.values()))

    def _end_by_outcomes(self, job: Job) -> None:
        """The task ran to its end: the job is as good as its imports."""
        self._flush_spare(job)
        states = {o.state for o in job.outcomes.values()}
        failed = next((o for o in job.outcomes.values() if o.state is ImportState.FAILED), None)
        if failed is not None:
            self.end(job, JobState.FAILED, failed.error)
        elif ImportState.UNKNOWN in states:
            self.end(job, JobState.UNKNOWN, unknown_error())
        elif ImportState.CANCELLED in states:
            self.end_stopped(job)
        elif job.stop is not None:
            self.end(job, JobState.DONE, reason="It was done before it could be stopped.")
        else:
            self.end(job, JobState.DONE)

    def take_outcome(self, job: Job, outcome: ImportOutcome) -> None:
        """One import of the job has ended; a failure that may be gone in the next attempt is not told yet."""
        if outcome.import_id in job.outcomes:
            return
        if outcome.state is ImportState.CANCELLED and job.stop in LIMITS_PASSED:
            outcome = replace(outcome, state=ImportState.FAILED, error=stop_error(job))
        elif outcome.state is ImportState.FAILED:
            if job.stop in (StopCause.USER, StopCause.SHUTDOWN):
                outcome = replace(outcome, state=ImportState.CANCELLED, error=None)
            elif worth_retrying(job, outcome.error, environment=True):
                job.spare[outcome.import_id] = outcome
                return
        job.spare.pop(outcome.import_id, None)
        job.outcomes[outcome.import_id] = outcome
        if outcome.state is ImportState.LOADED:
            self._desk.rows_loaded += outcome.rows_loaded
        self._desk.out.append(PublishOutcome(job.job_id, outcome))

    def _flush_spare(self, job: Job) -> None:
        for outcome in job.spare.values():
            job.outcomes[outcome.import_id] = outcome
            self._desk.out.append(PublishOutcome(job.job_id, outcome))
        job.spare.clear()

    def _wait_for_connection(self, job: Job, error: ErrorInfo | None) -> None:
        """The server had no connection left before anything was begun: the job waits for one, and that is no try."""
        self._desk.lanes.of(job).dispatch.connections.refused(job, self._desk.now)
        job.to(JobState.WAITING, self._desk.now, error.message if error else "")
        job.reset_attempt()
        job.attempts -= 1
        job.trouble = error.kind if error else ""
        job.not_before = self._desk.now
        self._desk.lanes.of(job).dispatch.add_first(job)
        self._desk.publish(job)

    def _requeue(self, job: Job, delay: float, error: ErrorInfo | None, why: str = "") -> None:
        why, job.trouble = (error.message, error.kind) if error else (why, "")
        self._desk.out.append(PublishBackend(job.job_id, None))
        job.to(JobState.WAITING, self._desk.now, why)
        job.rest = left_after(job)
        job.reset_attempt()
        job.not_before = self._desk.now + delay
        job.reason = f"waiting: tried again, {why}" if why else "waiting: tried again"
        self._desk.lanes.of(job).dispatch.add_first(job)
        self._desk.publish(job)

    def end(self, job: Job, state: JobState, error: ErrorInfo | None = None, reason: str = "") -> None:
        """The job ends in this state; whatever nobody has told of it is told now."""
        if job.state is JobState.WAITING:
            self._desk.lanes.of(job).dispatch.forget(job)
        self._flush_spare(job)
        for outcome in missing_outcomes(job, state, error):
            job.outcomes[outcome.import_id] = outcome
            self._desk.out.append(PublishOutcome(job.job_id, outcome))
        job.to(state, self._desk.now, reason or (error.message if error else ""))
        job.error, job.reason, job.ended = error, reason or (error.message if error else ""), self._desk.wall()
        if job.backends and state is not JobState.UNKNOWN:
            self._desk.out.append(PublishBackend(job.job_id, None))
        for lane in self._desk.lanes:
            lane.fleet.job_ended(job.job_id)
        del self._desk.jobs[job.job_id]
        self._desk.ended[job.job_id] = job.snapshot(0, job.reason)
        while len(self._desk.ended) > _REMEMBERED_ENDS:
            self._desk.ended.popitem(last=False)
        self._desk.publish(job)
        self._desk.pool_changed()
