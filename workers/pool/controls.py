"""What any thread may ask of the pool: wishes are left in the inbox, answers are read from the last snapshots."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future

from workers.core.jobs import events as ev
from workers.core.jobs.snapshots import JobSnapshot, PoolSnapshot
from workers.core.jobs.spec import JobSpec, PoolPolicy
from workers.core.model.errors import EnvironmentFailure
from workers.core.model.options import Priority
from workers.pool.inbox import Inbox, Wish
from workers.pool.publisher import EventPublisher


class PoolControls:
    """The pool's side towards its callers. Every method is safe from any thread and returns at once."""

    def __init__(self, teller: EventPublisher) -> None:
        """Answer from what `teller` has told."""
        self._teller = teller
        self._inbox = Inbox()
        self._closed = threading.Event()

    def submit(self, spec: JobSpec) -> str:
        """Put a job into the queue; returns its id.

        Raises:
            EnvironmentFailure: if the pool has ended.
        """
        self._post(lambda at: ev.Submitted(at, spec))
        return spec.job_id

    def cancel(self, job_id: str) -> None:
        """Stop a job wherever it is."""
        self._post(lambda at: ev.CancelRequested(at, job_id), quietly=True)

    def decide(self, job_id: str, commit: bool) -> None:
        """Commit what a running job changed, or roll it back, when it waits for that."""
        self._post(lambda at: ev.Decided(at, job_id, commit), quietly=True)

    def set_priority(self, job_id: str, priority: Priority) -> None:
        """Put a waiting job on another level."""
        self._post(lambda at: ev.PriorityChanged(at, job_id, priority), quietly=True)

    def move(self, job_id: str, before: str | None) -> None:
        """Put a waiting job before another one, or at the end of its level."""
        self._post(lambda at: ev.Moved(at, job_id, before), quietly=True)

    def insist(self, job_id: str) -> None:
        """Let a job that waits for memory run alone."""
        self._post(lambda at: ev.Insisted(at, job_id), quietly=True)

    def hold(self, reason: str = "the queue is held") -> None:
        """Start no more jobs until `release`; running ones go on."""
        self._post(lambda at: ev.HoldChanged(at, reason), quietly=True)

    def release(self) -> None:
        """End a `hold`."""
        self._post(lambda at: ev.HoldChanged(at, None), quietly=True)

    def gate(self, reason: str | None) -> None:
        """Shut the gate for an alert, or open it with None; independent of `hold`."""
        self._post(lambda at: ev.GateChanged(at, reason), quietly=True)

    def use_policy(self, policy: PoolPolicy) -> None:
        """Keep other rules from now on: recycling, limits, rates."""
        self._post(lambda at: ev.PolicyChanged(at, policy), quietly=True)

    def resize(
        self, size: int | None, *, until: float | None = None, until_job: str | None = None, reason: str = ""
    ) -> None:
        """Use another number of workers; None goes back to the computed one.

        Args:
            size: From 1.
            until: Unix time at which the override ends.
            until_job: Job whose end ends it.
            reason: Why the pool goes slow, for jobs that wait; empty when a person wants it so.
        """
        offset = time.time() - time.monotonic()
        until_at = None if until is None else until - offset
        self._post(lambda at: ev.Resized(at, size, until_at, until_job, reason), quietly=True)

    def recycle(self, worker_number: int) -> None:
        """Replace a worker once it is idle."""
        self._post(lambda at: ev.RecycleRequested(at, worker_number), quietly=True)

    def shutdown(self, *, cancel: bool, budget: float = 30.0, keep_waiting: bool = False) -> None:
        """End the pool; `run` returns afterwards.

        Args:
            cancel: Cancel what runs; otherwise it may finish within the budget.
            budget: Seconds until everything is killed.
            keep_waiting: Leave waiting jobs as they are instead of cancelling them.
        """
        self._post(lambda at: ev.ShutdownRequested(at, cancel, keep_waiting, at + budget), quietly=True)

    def snapshot(self) -> PoolSnapshot:
        """The pool as it stood a moment ago."""
        return self._teller.pool

    def job(self, job_id: str) -> JobSnapshot | None:
        """The job as it stood a moment ago; ended ones are known for a while."""
        return self._teller.known.get(job_id)

    def jobs(self) -> tuple[JobSnapshot, ...]:
        """All jobs that have not ended."""
        return tuple(job for job in self._teller.known.copy().values() if not job.state.ended)

    def ping(self) -> Future[float]:
        """Answered by the supervisor's thread with the seconds that it took, for the health check."""
        asked = time.monotonic()
        answer: Future[float] = Future()

        def reply(at: float) -> None:
            answer.set_result(at - asked)

        try:
            self._post(reply)
        except EnvironmentFailure as error:
            answer.set_exception(error)
        return answer

    def wait_closed(self, timeout: float | None = None) -> bool:
        """Wait until `run` has returned; False when the time is over."""
        return self._closed.wait(timeout)

    def _post(self, wish: Wish, *, quietly: bool = False) -> None:
        if not self._inbox.put(wish) and not quietly:
            raise EnvironmentFailure.of("pool-closed", "The program is ending and takes no more work.")
