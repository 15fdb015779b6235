"""How jobs are stopped: by people, by their limits, by the end of the program."""

from __future__ import annotations

from workers.core.jobs import events as ev
from workers.core.jobs.completion import JobCompletion, PoolState
from workers.core.jobs.instructions import Kill, SendCancel
from workers.core.jobs.limits import due_stop
from workers.core.jobs.records import Job, StopCause
from workers.core.jobs.snapshots import JobState
from workers.core.jobs.states import WorkerState


class Stops:
    """Asks running jobs to stop and kills the workers of those that do not."""

    def __init__(self, desk: PoolState, ends: JobCompletion) -> None:
        """Work on what `desk` holds; jobs without a worker end by `ends`."""
        self._desk = desk
        self._ends = ends
        self._keep_waiting = False
        self._killed_all = False

    def stop(self, job: Job, cause: StopCause) -> None:
        """Begin to stop a job; a second wish changes nothing, except that a limit kills at once."""
        if job.state is JobState.WAITING:
            job.stop = cause
            self._ends.end_stopped(job)
        elif job.state is JobState.IN_DOUBT:
            # The database is being asked already: the wish decides what happens after its answer.
            job.stop = job.stop or cause
        elif job.worker is not None:
            self._stop_running(job, job.worker, cause)

    def _stop_running(self, job: Job, number: int, cause: StopCause) -> None:
        at_once = cause in (StopCause.HARD, StopCause.MEMORY)
        if job.state is JobState.RUNNING:
            job.stop, job.stop_at = cause, self._desk.now
            job.to(JobState.CANCELLING, self._desk.now, cause.value)
            self._desk.lanes.of(job).fleet.workers[number].to(WorkerState.CANCELLING, self._desk.now)
            if not at_once:
                self._desk.out.append(SendCancel(number, job.job_id))
            self._desk.publish(job)
        if at_once:
            self._kill(job)

    def _kill(self, job: Job) -> None:
        if not job.killed and job.worker is not None:
            job.killed = True
            self._desk.out.append(Kill(job.worker))

    def enforce_limits(self, at: float) -> None:
        """Stop the jobs whose limits have passed, and kill those that did not heed a wish in time."""
        for job in self._desk.running():
            if cause := due_stop(job, at):
                self.stop(job, cause)
            elif job.state is JobState.CANCELLING and at >= job.stop_at + self._desk.policy.grace:
                self._kill(job)

    def shut_down(self, event: ev.ShutdownRequested) -> None:
        """The pool is to end: nothing starts any more, and what runs is stopped if that is wanted."""
        self._desk.deadline = event.deadline
        for lane in self._desk.lanes:
            lane.dispatch.shut = True
        self._keep_waiting = event.keep_waiting
        for job in list(self._desk.jobs.values()):
            if job.state is JobState.WAITING and self._keep_waiting and not job.spec.interactive:
                self._desk.lanes.of(job).dispatch.forget(job)
                del self._desk.jobs[job.job_id]
            elif job.state is JobState.WAITING or event.cancel:
                self.stop(job, StopCause.SHUTDOWN)

    def due(self) -> float | None:
        """When the budget of the shutdown is used up; None while that is nothing to wait for."""
        return None if self._killed_all else self._desk.deadline

    def strike_deadline(self) -> None:
        """Kill every worker once the budget of the shutdown is used up."""
        deadline = self.due()
        if deadline is None or self._desk.now < deadline:
            return
        self._killed_all = True
        for job in self._desk.running():
            job.stop = job.stop or StopCause.SHUTDOWN
        for lane in self._desk.lanes:
            if lane.fleet.workers:
                self._desk.out += lane.fleet.kill_all(self._desk.now)
