"""The pool's decisions as a pure state machine: `PoolMachine.handle(event)` answers with instructions.

No clock, no process, no sleep: times come with the events, and the shell (`workers.pool.supervisor`) carries the
instructions out. Every job walks the table in `jobs.states`; it holds one claim from its start to the moment its
worker is free again, and ends exactly once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workers.core.jobs import events as ev
from workers.core.jobs.admission import Accounts, EstimateBook, Resources
from workers.core.jobs.completion import JobCompletion, PoolState
from workers.core.jobs.endings import open_backends, outcome_without_receipt
from workers.core.jobs.instructions import (
    Close,
    Instruction,
    Kill,
    PublishBackend,
    PublishJob,
    PublishResult,
    Report,
    SendDecision,
)
from workers.core.jobs.lanes import Lanes, LaneState
from workers.core.jobs.limits import next_limit
from workers.core.jobs.records import Job, StopCause, Worker
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState, Lane, PoolSnapshot
from workers.core.jobs.spec import PoolPolicy
from workers.core.jobs.states import IllegalTransition, WorkerState
from workers.core.jobs.stops import Stops
from workers.core.model.errors import ErrorInfo
from workers.core.model.outcomes import ImportOutcome

_RECOUNT_EVERY = 60.0


class PoolMachine:
    """Jobs, workers, queue and admission of one pool."""

    def __init__(self, policy: PoolPolicy, size: int, *, epoch: float = 0.0, book: EstimateBook | None = None) -> None:
        """Begin without jobs and workers.

        Args:
            policy: The rules.
            size: Workers wanted.
            epoch: Unix time of the monotonic time zero, for the times in snapshots.
            book: What was learnt about estimates.
        """
        self.policy = policy
        self.accounts = Accounts()
        self.book = book or EstimateBook()
        self.lanes = Lanes(policy, size, self.accounts, epoch)
        self.fleet = self.lanes[Lane.IMPORTS].fleet
        self.dispatch = self.lanes[Lane.IMPORTS].dispatch
        self._desk = PoolState(policy, self.lanes, epoch)
        self._ends = JobCompletion(self._desk)
        self._stops = Stops(self._desk, self._ends)
        self.jobs = self._desk.jobs
        self.ended = self._desk.ended
        self.closed = False
        self._count = 0
        self._recount_at = _RECOUNT_EVERY
        self._handlers: dict[type[ev.Event], Callable[[Any], None]] = {
            ev.Submitted: self._submitted,
            ev.CancelRequested: self._cancel_requested,
            ev.PriorityChanged: self._priority_changed,
            ev.Moved: self._moved,
            ev.Insisted: self._insisted,
            ev.HoldChanged: self._hold_changed,
            ev.GateChanged: self._gate_changed,
            ev.Resized: self._resized,
            ev.PolicyChanged: self._policy_changed,
            ev.RecycleRequested: self._recycle_requested,
            ev.ShutdownRequested: self._shutdown_requested,
            ev.ResourcesMeasured: self._resources_measured,
            ev.SlotsHeld: self._slots_held,
            ev.ConnectionsCounted: self._connections_counted,
            ev.WorkerSpawned: self._worker_spawned,
            ev.WorkerReady: self._worker_ready,
            ev.WorkerDied: self._worker_died,
            ev.Heartbeat: self._heartbeat,
            ev.ProgressReported: self._progress,
            ev.BackendReported: self._backend,
            ev.AssistantWanted: self._assistant_wanted,
            ev.OutcomeReported: self._outcome,
            ev.PartReported: self._part,
            ev.Decided: self._decided,
            ev.TaskEnded: self._task_ended,
            ev.SendFailed: self._send_failed,
            ev.Settled: self._settled,
            ev.Tick: self._tick,
        }

    # ---- outside view

    def handle(self, event: ev.Event) -> list[Instruction]:
        """Take in one event; the answer is to be carried out in order."""
        self._desk.now = max(self._desk.now, event.at)
        self._desk.out = []
        if not self.closed:
            self._handlers[type(event)](event)
            self._follow_up()
        return self._desk.out

    def next_due(self) -> float | None:
        """The monotonic time at which a `Tick` would do something; None when only events matter."""
        times = [t for lane in self.lanes for t in (*lane.fleet.due(), *lane.dispatch.due(self._desk.now))]
        times += [t for job in self._desk.running() if (t := next_limit(job, self.policy)) is not None]
        if (deadline := self._stops.due()) is not None:
            times.append(deadline)
        return min(times, default=None)

    def job_snapshot(self, job_id: str) -> JobSnapshot | None:
        """How the job stands; ended ones are remembered for a while."""
        job = self.jobs.get(job_id)
        if job is None:
            return self.ended.get(job_id)
        dispatch = self.lanes.of(job).dispatch
        return job.snapshot(dispatch.places.get(job_id, 0), dispatch.reason_of(job))

    def pool_snapshot(self, now: float) -> PoolSnapshot:
        """How the pool stands."""
        fleet = self.fleet
        sized = list(fleet.sized())
        workers = tuple(
            w.snapshot(now, self.policy.silent_after, self.jobs.get(w.job_id or w.assists or ""), lane)
            for lane, w in self.lanes.workers()
        )
        return PoolSnapshot(
            size=fleet.size,
            computed_size=fleet.computed_size,
            cores=self.dispatch.resources.cores,
            busy=fleet.busy(),
            idle=sum(1 for w in sized if w.state is WorkerState.IDLE),
            waiting=self.dispatch.waiting,
            held=self.dispatch.hold is not None,
            hold_reason=self.dispatch.closed_reason,
            workers=workers,
            memory_claimed=self.accounts.totals.memory,
            rows_loaded=self._desk.rows_loaded,
            connections=self.dispatch.connections.held,
            slow_reason=fleet.slow_reason,
            queries=self.lanes[Lane.QUERIES].snapshot(),
        )

    # ---- what callers want

    def _submitted(self, event: ev.Submitted) -> None:
        spec = event.spec
        if spec.job_id in self.jobs:
            raise IllegalTransition(
                ErrorInfo("duplicate-job", f"job {spec.job_id} is in the pool already"),
                tuple(self.jobs[spec.job_id].history),
            )
        self._count += 1
        submitted = spec.submitted if spec.submitted is not None else self._desk.wall()
        job = Job(spec, self._count, submitted, event.at, spec.priority, attempts=spec.attempts, deaths=spec.deaths)
        job.insist = spec.insist
        job.claim = self.book.corrected(spec.estimate_key, spec.memory_claim)
        self.jobs[spec.job_id] = job
        self.ended.pop(spec.job_id, None)
        self.lanes.of(job).dispatch.add(job)
        if self._desk.deadline is not None:
            self._ends.end(job, JobState.CANCELLED, reason="The program was ending.")
            return
        self._desk.publish(job)

    def _cancel_requested(self, event: ev.CancelRequested) -> None:
        if job := self.jobs.get(event.job_id):
            self._stops.stop(job, StopCause.USER)

    def _priority_changed(self, event: ev.PriorityChanged) -> None:
        if job := self.jobs.get(event.job_id):
            self.lanes.of(job).dispatch.change_priority(job, event.priority)
            self._desk.publish(job)

    def _moved(self, event: ev.Moved) -> None:
        job = self.jobs.get(event.job_id)
        if job is not None and job.state is JobState.WAITING and event.before != event.job_id:
            self.lanes.of(job).dispatch.move(job, self.jobs.get(event.before) if event.before else None)
            self._desk.publish(job)

    def _insisted(self, event: ev.Insisted) -> None:
        if job := self.jobs.get(event.job_id):
            job.insist = True
            self._desk.publish(job)

    def _hold_changed(self, event: ev.HoldChanged) -> None:
        for lane in self.lanes:
            lane.dispatch.hold = event.reason
        self._desk.pool_changed()

    def _gate_changed(self, event: ev.GateChanged) -> None:
        for lane in self.lanes:
            lane.dispatch.gate = event.reason
        self._desk.pool_changed()

    def _policy_changed(self, event: ev.PolicyChanged) -> None:
        self.policy = self._desk.policy = event.policy
        self.lanes.use(event.policy)
        self._desk.pool_changed()

    def _resized(self, event: ev.Resized) -> None:
        self.fleet.override_size(event.size, event.until, event.until_job, event.reason)
        self._desk.pool_changed()

    def _recycle_requested(self, event: ev.RecycleRequested) -> None:
        if worker := self.lanes.worker(event.number):
            worker.retire = True
            self._desk.pool_changed()

    def _shutdown_requested(self, event: ev.ShutdownRequested) -> None:
        self._stops.shut_down(event)

    # ---- what the surroundings say

    def _resources_measured(self, event: ev.ResourcesMeasured) -> None:
        before = self.fleet.computed_size, self.dispatch.resources.cores
        for lane in self.lanes:
            lane.dispatch.resources = Resources(event.free, event.total, event.cores)
        self.fleet.computed_size = event.computed_size
        if before != (event.computed_size, event.cores):
            self._desk.pool_changed()

    def _slots_held(self, event: ev.SlotsHeld) -> None:
        self.lanes[event.lane].dispatch.take_slots(event.held, event.contended, event.at)

    def _connections_counted(self, event: ev.ConnectionsCounted) -> None:
        for lane in self.lanes:
            lane.dispatch.connections.take(event)

    def _worker_spawned(self, event: ev.WorkerSpawned) -> None:
        self.lanes.with_worker(event.number).fleet.started(event.number, event.pid, event.at)
        self._desk.pool_changed()

    def _worker_ready(self, event: ev.WorkerReady) -> None:
        self.lanes.with_worker(event.number).fleet.ready(event.number, event.at)
        self._desk.pool_changed()

    def _worker_died(self, event: ev.WorkerDied) -> None:
        words = event.detail or _exit_words(event.exit_code)
        lane = self.lanes.with_worker(event.number)
        worker, at_start = lane.fleet.died(event.number, event.at, words)
        if worker is None:
            return
        lane.dispatch.lending.ended(event.number)
        self._desk.pool_changed()
        if at_start and not lane.fleet.closing:
            self._desk.out.append(Report("error", f"worker {event.number} could not start: {words}"))
        job = self.jobs.get(worker.job_id) if worker.job_id else None
        worker.job_id = None
        if job is None:
            return
        self._let_go(job)
        job.death = _exit_words(event.exit_code) + (f": {event.detail}" if event.detail else "")
        if job.stop is None:
            job.deaths += 1
            self._desk.out.append(Report("error", f"worker {event.number} died with {job.spec.title!r}: {job.death}"))
        self._ends.ask_database(job)

    def _heartbeat(self, event: ev.Heartbeat) -> None:
        lane = self.lanes.with_worker(event.number)
        worker = lane.fleet.workers.get(event.number)
        if worker is None:
            return
        worker.heard, worker.rss, worker.cpu_percent = event.at, event.rss, event.cpu_percent
        job = self.jobs.get(worker.job_id) if worker.job_id else None
        if job is None:
            lane.fleet.judge(worker)
            if worker.assists is not None and 0 < self.policy.worker_memory < event.rss:
                self._desk.out.append(Kill(worker.number))
        else:
            job.peak_rss = max(job.peak_rss, event.rss, event.peak_rss)
            if 0 < self.policy.worker_memory < event.rss:
                self._stops.stop(job, StopCause.MEMORY)
        self._desk.pool_changed()

    def _progress(self, event: ev.ProgressReported) -> None:
        if job := self._job_on(event.number, event.job_id):
            job.advance(event.progress, event.at)
            self._desk.publish(job)

    def _backend(self, event: ev.BackendReported) -> None:
        if job := self._job_on(event.number, event.job_id):
            job.moved_at = event.at
            job.backends[event.backend.import_id] = event.backend
            job.rest = event.backend.rest
            self.lanes.of(job).dispatch.connections.connected(job)
            self._desk.out.append(PublishBackend(job.job_id, event.backend))

    def _part(self, event: ev.PartReported) -> None:
        if job := self._job_on(event.number, event.job_id):
            job.moved_at = event.at
            self._desk.out.append(PublishResult(job.job_id, event.part))

    def _decided(self, event: ev.Decided) -> None:
        job = self.jobs.get(event.job_id)
        if job is not None and job.worker is not None and job.state is JobState.RUNNING:
            self._desk.out.append(SendDecision(job.worker, job.job_id, event.commit))

    def _assistant_wanted(self, event: ev.AssistantWanted) -> None:
        if self._job_on(event.number, event.job_id):
            self.dispatch.lending.wish(event.number, event.job_id, event.request, event.at)

    def _outcome(self, event: ev.OutcomeReported) -> None:
        if job := self._job_on(event.number, event.job_id):
            job.moved_at = event.at
            self._ends.take_outcome(job, event.outcome)
            self._desk.publish(job)

    # ---- how tasks end

    def _task_ended(self, event: ev.TaskEnded) -> None:
        worker = self.lanes.worker(event.number)
        if worker is not None and worker.assists is not None:
            if event.error is not None:
                self._desk.out.append(Report("warning", f"an assistant failed: {event.error.message}"))
            self._assistance_ended(worker, event.at)
            return
        job = self._job_on(event.number, event.job_id)
        if worker is None or job is None:
            return
        worker.heard = event.at
        self.lanes.of(job).fleet.task_over(worker, event.at)
        self._let_go(job)
        self._desk.pool_changed()
        if isinstance(event.result, tuple):
            for item in event.result:
                if isinstance(item, ImportOutcome) and item.import_id not in job.outcomes:
                    self._ends.take_outcome(job, item)
        if job.state is JobState.RUNNING and event.end is ev.TaskEnd.DONE:
            self.book.learn(job.spec.estimate_key, job.spec.memory_claim, job.peak_rss)
        if event.error is not None and event.error.kind == "unknown-commit":
            job.error, job.trouble = event.error, event.error.kind
            self._ends.ask_database(job)
        else:
            self._ends.task_over(job, event)

    def _send_failed(self, event: ev.SendFailed) -> None:
        worker = self.lanes.worker(event.number)
        if worker is not None and worker.assists is not None:
            self._assistance_ended(worker, event.at)
            return
        job = self._job_on(event.number, event.job_id)
        if worker is not None and job is not None:
            self.lanes.of(job).fleet.task_over(worker, event.at)
            self._let_go(job)
            self._ends.end(job, JobState.FAILED, event.error)

    def _assistance_ended(self, worker: Worker, at: float) -> None:
        worker.heard = at
        self.dispatch.lending.ended(worker.number)
        self.fleet.task_over(worker, at)
        self._desk.pool_changed()

    def _settled(self, event: ev.Settled) -> None:
        job = self.jobs.get(event.job_id)
        if job is None or job.state is not JobState.IN_DOUBT or event.import_id not in job.backends:
            return
        job.verdicts[event.import_id] = event.verdict
        if event.verdict == "committed" and job.spec.kind is not JobKind.QUERY:
            for outcome in event.outcomes:
                self._ends.take_outcome(job, outcome)
            if event.import_id not in job.outcomes:
                self._ends.take_outcome(job, outcome_without_receipt(job, event.import_id))
        if all(backend.import_id in job.verdicts for backend in open_backends(job)):
            self._ends.after_settling(job)

    def _tick(self, event: ev.Tick) -> None:
        self._stops.enforce_limits(event.at)
        if event.at >= self._recount_at:
            self._recount_at = event.at + _RECOUNT_EVERY
            claims = [(j.job_id, j.claim) for j in self._desk.running() if not j.spec.interactive]
            drift = self.accounts.recompute([*claims, *self.dispatch.lending.claims()])
            if drift is not None:
                self._desk.out.append(
                    Report("error", f"claims had drifted by {drift.cores} cores, {drift.memory} bytes")
                )

    # ---- after every event

    def _follow_up(self) -> None:
        over = self._desk.closing and not any(j.state is not JobState.IN_DOUBT for j in self.jobs.values())
        for lane in self.lanes:
            self._give_up_starting(lane)
            lane.fleet.closing = lane.fleet.closing or over
            self._start_what_may_start(lane)
        self._stops.strike_deadline()
        if self._desk.closing and not any(lane.fleet.workers for lane in self.lanes) and not self.jobs:
            self.closed = True
            self._desk.out.append(Close())

    def _start_what_may_start(self, lane: LaneState) -> None:
        dispatch = lane.dispatch
        self._desk.out += lane.fleet.adjust(self._desk.now, dispatch.demand(), dispatch.interactive_demand)
        self._desk.out += dispatch.run(self._desk.now)
        for job in dispatch.take_refused():
            self._ends.end(job, JobState.FAILED, job.error)
        self._desk.out += [PublishJob(job_id) for job_id in dispatch.take_changed()]

    def _give_up_starting(self, lane: LaneState) -> None:
        if not lane.fleet.hopeless(self._desk.now):
            return
        error = ErrorInfo(
            "workers-cannot-start",
            f"No worker process can be started ({lane.fleet.last_failure}).",
            "Run 'sheetferry doctor'; a virus scanner or a full disk may be in the way.",
        )
        for job in [j for j in self.jobs.values() if j.state is JobState.WAITING and self.lanes.of(j) is lane]:
            self._ends.end(job, JobState.FAILED, error)

    # ---- helpers

    def _job_on(self, number: int, job_id: str) -> Job | None:
        """The job if this worker really has it; late messages of earlier jobs are dropped."""
        worker = self.lanes.worker(number)
        if worker is None or worker.job_id != job_id:
            return None
        return self.jobs.get(job_id)

    def _let_go(self, job: Job) -> None:
        """The job has no worker any more."""
        job.worker = job.pid = None
        self.lanes.of(job).dispatch.free(job)


def _exit_words(code: int | None) -> str:
    if code is None:
        return "the process could not be made"
    return f"signal {-code}" if code < 0 else f"exit code {code}"
