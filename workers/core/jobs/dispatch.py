"""Which waiting job starts next, on which worker, and why the others wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice

from workers.core.jobs.admission import Accounts, Resources, admit
from workers.core.jobs.assistants import Lending
from workers.core.jobs.connection_gate import Connections
from workers.core.jobs.endings import next_request
from workers.core.jobs.fleet import Fleet
from workers.core.jobs.instructions import (
    Instruction,
    PublishJob,
    PublishPool,
    ReleaseSlots,
    RequestSlots,
    SendTask,
)
from workers.core.jobs.queue import WaitingQueue
from workers.core.jobs.records import Job, Worker
from workers.core.jobs.snapshots import JobState, Lane
from workers.core.jobs.spec import PoolPolicy, RateLimit
from workers.core.model.errors import ErrorInfo
from workers.core.model.options import Priority

_LOOK_AHEAD = 50
_PLACES_AT_ONCE = 100
_PLACES_EVERY = 0.5
_ALL_PLACES_EVERY = 15.0
_SLOT_RETRY = 0.1
_SLOT_YIELD = 0.25


class Dispatcher:
    """Queue, admission and slots. Pure: `run` gives instructions."""

    def __init__(
        self,
        policy: PoolPolicy,
        fleet: Fleet,
        accounts: Accounts,
        epoch: float = 0.0,
        *,
        lane: Lane = Lane.IMPORTS,
    ) -> None:
        """Begin with an empty, open queue. `epoch` is the Unix time of the monotonic time zero."""
        self.policy = policy
        self._lane = lane
        self._fleet = fleet
        self._accounts = accounts
        self.lending = Lending(fleet, accounts)
        self._epoch = epoch
        self._queue = WaitingQueue(policy.aging)
        self._interactive: dict[str, Job] = {}
        self._delayed: dict[str, Job] = {}
        self._running: dict[str, Job] = {}
        self._starts: dict[tuple[RateLimit, str], deque[float]] = {}
        self._slots = 0
        self._contended = False
        self._slot_retry_at = 0.0
        self._slot_wait = False
        self._slot_asked = False
        self._loan_asked = False
        self._loan_denied = False
        self._changed: dict[str, None] = {}
        self._refused: list[Job] = []
        self._order_changed = False
        self._told_reason: tuple[str, str, bool, bool] = ("", "", False, False)
        self._places_at = 0.0
        self._all_places_at = 0.0
        self._later: deque[str] = deque()
        self._rate_until = 0.0
        self._explained: dict[str, Job] = {}
        self.resources = Resources()
        self.connections = Connections(policy.connections)
        self.hold: str | None = None
        self.gate: str | None = None
        self.shut = False
        self.places: dict[str, int] = {}

    # ---- the waiting line

    @property
    def waiting(self) -> int:
        """How many jobs wait, interactive ones not counted."""
        return len(self._queue) + sum(1 for job in self._delayed.values() if not job.spec.interactive)

    @property
    def interactive_demand(self) -> int:
        """How many interactive workers could be busy now."""
        return len(self._interactive) + self._fleet.interactive_busy()

    @property
    def closed_reason(self) -> str:
        """Why nothing is admitted; empty when the queue is open."""
        if self.shut:
            return "the program is ending"
        return self.hold if self.hold is not None else self.gate or ""

    def demand(self) -> int:
        """How many sized workers could be busy now."""
        return self._fleet.busy() + (0 if self.closed_reason else len(self._queue) + self.lending.wished)

    def add(self, job: Job) -> None:
        """A job joins the line."""
        if job.spec.interactive:
            self._interactive[job.job_id] = job
            return
        self._queue.add(job)
        self.places[job.job_id] = self.waiting
        self._order_changed = True

    def add_first(self, job: Job) -> None:
        """A job that ran comes back, to start again at `job.not_before`."""
        self._delayed[job.job_id] = job

    def forget(self, job: Job) -> None:
        """A job leaves the line without having run."""
        self._interactive.pop(job.job_id, None)
        self._delayed.pop(job.job_id, None)
        self._queue.remove(job)
        self.places.pop(job.job_id, None)
        self._explained.pop(job.job_id, None)
        self._order_changed = True

    def free(self, job: Job) -> None:
        """The job's worker is free again, or gone: its claims end."""
        self._accounts.release(job.job_id)
        self.connections.ends(job)
        self._running.pop(job.job_id, None)
        self.lending.job_over(job.job_id)

    def change_priority(self, job: Job, priority: Priority) -> None:
        """Another level; for a job that waits for its retry it counts from then on."""
        if job.job_id in self._queue:
            self._queue.change_priority(job, priority)
            self._order_changed = True
        else:
            job.priority = priority

    def move(self, job: Job, before: Job | None) -> None:
        """Another place in the line."""
        if job.job_id in self._queue:
            self._queue.move(job, before)
            self._order_changed = True

    def reason_of(self, job: Job) -> str:
        """Why the job waits, or how it ended."""
        if job.state is not JobState.WAITING:
            return job.reason
        if job.spec.interactive:
            return job.reason
        if self.closed_reason:
            return f"waiting: {self.closed_reason}"
        if job.reason:
            return job.reason
        if self._fleet.start_failures > 1:
            return f"waiting: a worker process could not be started ({self._fleet.last_failure}), it is tried again"
        if self._slot_wait:
            return "waiting: another Sheetferry on this machine uses the workers"
        if self._fleet.slow_reason and self._fleet.busy() >= self._fleet.size:
            return f"waiting: {self._fleet.slow_reason}"
        place = self.places.get(job.job_id, 0)
        if self._lane is Lane.QUERIES:
            return f"waiting: {self._fleet.busy()} of {self._fleet.size} running, {place} in line"
        return f"waiting: {place - 1} before it" if place > 1 else "waiting for a free worker"

    def take_changed(self) -> list[str]:
        """Jobs whose place or reason has changed since the last call."""
        changed, self._changed = list(self._changed), {}
        return changed

    def take_refused(self) -> list[Job]:
        """Jobs that can never run here; their error is set."""
        refused, self._refused = self._refused, []
        return refused

    # ---- deciding

    def take_slots(self, held: int, contended: bool, at: float) -> None:
        """The shell says how many slots this instance holds."""
        self._slots = held
        self._contended = contended
        if self._loan_asked:
            self._loan_asked = self._slot_asked = False
            self._loan_denied = held <= self._fleet.busy()
            return
        self._slot_wait = held <= self._fleet.busy() and (self._slot_asked or self._slot_wait)
        if self._slot_wait:
            self._slot_retry_at = at + _SLOT_RETRY
        self._slot_asked = False

    def run(self, at: float) -> list[Instruction]:
        """Start whatever may start now."""
        self._wake_delayed(at)
        self.connections.look_anew(at)
        out = self._run_interactive(at)
        out += self._yield_slot(at)
        if not self.closed_reason:
            out += self._run_sized(at)
        out += self.connections.questions(at)
        out += self._lend(at)
        busy = self._fleet.busy()
        if self._slots > busy and not self._slot_asked:
            self._slots = busy
            out.append(ReleaseSlots(busy, self._lane))
        self._tell_reasons(at)
        self._refresh_places(at)
        return out

    def due(self, at: float) -> Iterator[float]:
        """Times at which `run` would do something by itself."""
        yield from (job.not_before for job in self._delayed.values())
        yield from self.connections.due(at)
        yield from self.lending.due()
        if self._queue:
            if self._slot_retry_at > at:
                yield self._slot_retry_at
            if self._rate_until > at:
                yield self._rate_until
            if self._order_changed or self._later:
                yield self._places_at + _PLACES_EVERY

    def _wake_delayed(self, at: float) -> None:
        for job in [j for j in self._delayed.values() if at >= j.not_before]:
            del self._delayed[job.job_id]
            job.reason = ""
            if job.spec.interactive:
                self._interactive[job.job_id] = job
            else:
                self._queue.add_first(job)
                self._order_changed = True

    def _run_interactive(self, at: float) -> list[Instruction]:
        out: list[Instruction] = []
        while self._fleet.idle(interactive=True) and (job := self._next_interactive(at)):
            worker = self._fleet.idle_for(job.file)
            assert worker is not None
            del self._interactive[job.job_id]
            worker.file = job.file
            out += self._start(job, worker, at)
        return out

    def _next_interactive(self, at: float) -> Job | None:
        """What somebody looks at goes first, and never waits behind a row of dropped files that are being read."""
        room = self._fleet.room_for_reading()
        waiting = sorted(self._interactive.values(), key=lambda job: job.priority is not Priority.HIGH)
        for job in waiting:
            if job.priority is not Priority.HIGH and not room:
                return None
            if self._may_connect(job, at):
                return job
        return None

    def _may_connect(self, job: Job, at: float) -> bool:
        """Whether there is a connection for the job; notes why not."""
        reason = self.connections.refusal(job, at)
        if reason:
            self._wait_because(job, reason)
        return not reason

    def _yield_slot(self, at: float) -> list[Instruction]:
        """When another instance waits for a slot, a freed one is offered to it before our next job takes it."""
        busy = self._fleet.busy()
        if not self._contended or self._slots <= busy or self._slot_asked:
            return []
        self._contended = False
        self._slots = busy
        self._slot_retry_at = at + _SLOT_YIELD
        return [ReleaseSlots(busy, self._lane)]

    def _run_sized(self, at: float) -> list[Instruction]:
        out: list[Instruction] = []
        busy = self._fleet.busy()
        while self._queue and (worker := self._fleet.idle(interactive=False)):
            if busy >= self._fleet.size or (job := self._pick(at)) is None:
                break
            if busy >= self._slots:
                if at >= self._slot_retry_at and not self._slot_asked:
                    self._slot_asked = True
                    out.append(RequestSlots(busy + 1, self._lane))
                break
            self._queue.remove(job)
            self._order_changed = True
            out += self._start(job, worker, at)
            busy = self._fleet.busy()
        if self._explained and (busy >= self._fleet.size or self._fleet.idle(interactive=False) is None):
            self._forget_reasons()
        return out

    def _forget_reasons(self) -> None:
        """All workers are busy: that is what everybody waits for in the first place."""
        for job in self._explained.values():
            job.reason = ""
        self._changed.update(dict.fromkeys(self._explained))
        self._explained.clear()

    def _lend(self, at: float) -> list[Instruction]:
        """Lend workers to running jobs while no job waits for them."""
        waits, wished = bool(self._queue), self.lending.wished
        denied, self._loan_denied = self._loan_denied, False
        refuse = waits or denied or bool(self.closed_reason)
        out = self.lending.run(at, refuse=refuse, slots=self._slots, admits=self._has_memory)
        if waits and not self.closed_reason and self._fleet.busy() >= self._fleet.size:
            out += self.lending.call_back(at)
        more = self.lending.needs_slot(self._slots)
        if (more or (denied and wished)) and not self._slot_asked:
            # A wish that was denied is withdrawn: other instances are not to take it for a job that waits.
            self._slot_asked = self._loan_asked = True
            out.append(RequestSlots(self._fleet.busy() + (1 if more else 0), self._lane))
        return out

    def _has_memory(self, claim: int) -> bool:
        outstanding = sum(max(0, j.claim - j.peak_rss) for j in self._running.values())
        running, reserve = len(self._running), self.policy.memory_reserve
        alone = any(job.insist for job in self._running.values())
        return not alone and admit(claim, outstanding, running, self.resources, reserve, False).answer == "go"

    def _pick(self, at: float) -> Job | None:
        """The first job that may start now; notes on the way why others may not."""
        outstanding = sum(max(0, j.claim - j.peak_rss) for j in self._running.values())
        reserve = self.policy.memory_reserve
        self._rate_until = 0.0
        for job in list(islice(self._queue.in_order(at), _LOOK_AHEAD)):
            free_at, limit = self._rate_free_at(job, at)
            if limit is not None:
                self._rate_until = min(self._rate_until or free_at, free_at)
                self._wait_because(job, f"waiting: {_in_words(limit)}")
                continue
            answer = admit(job.claim, outstanding, len(self._running), self.resources, reserve, job.insist)
            if answer.answer == "go":
                if self._may_connect(job, at):
                    return job
                continue
            if answer.answer == "refuse":
                hint = "Split the workbook, or save it as .xlsx or .csv, which are read row by row."
                job.error = ErrorInfo("too-large", answer.reason, hint)
                self._queue.remove(job)
                self._refused.append(job)
                continue
            self._wait_because(job, answer.reason)
            if job.refused_at is None:
                job.refused_at = at
            if at - job.refused_at >= self.policy.patience:
                return None
        return None

    def _wait_because(self, job: Job, reason: str) -> None:
        if not job.spec.interactive:
            self._explained[job.job_id] = job
        if job.reason != reason:
            job.reason = reason
            self._changed[job.job_id] = None

    def _rate_free_at(self, job: Job, at: float) -> tuple[float, RateLimit | None]:
        """When the rate limits let the job start, and the one that holds it back now."""
        free_at, holding = at, None
        for limit in self.policy.rate_limits:
            if limit.kind is not job.spec.kind:
                continue
            starts = self._starts.setdefault((limit, job.spec.rate_key), deque())
            while starts and at - starts[0] >= limit.seconds:
                starts.popleft()
            if len(starts) >= limit.count and starts[0] + limit.seconds > free_at:
                free_at, holding = starts[0] + limit.seconds, limit
        return free_at, holding

    def _start(self, job: Job, worker: Worker, at: float) -> list[Instruction]:
        for limit in self.policy.rate_limits:
            if limit.kind is job.spec.kind:
                self._starts.setdefault((limit, job.spec.rate_key), deque()).append(at)
        self._fleet.task_begins(worker, job.job_id, at)
        job.reset_attempt()
        job.to(JobState.RUNNING, at, f"on worker {worker.number}")
        job.attempts += 1
        job.reason = ""
        self._explained.pop(job.job_id, None)
        job.worker, job.pid = worker.number, worker.pid
        job.started, job.started_at, job.moved_at = self._epoch + at, at, at
        job.peak_rss = worker.rss
        self.places.pop(job.job_id, None)
        if not job.spec.interactive:
            self._running[job.job_id] = job
            self._accounts.claim(job.job_id, job.claim)
        self.connections.begins(job)
        return [
            SendTask(worker.number, job.job_id, job.spec.kind, next_request(job)),
            PublishJob(job.job_id),
            PublishPool(),
        ]

    def _tell_reasons(self, at: float) -> None:
        """When what holds everybody changes, the first jobs are told at once and the others bit by bit."""
        reason = self.closed_reason, self._fleet.slow_reason, self._slot_wait, self._fleet.start_failures > 1
        if reason == self._told_reason:
            return
        self._told_reason = reason
        self._changed.update(dict.fromkeys(self._delayed))
        waiting = [job.job_id for job in self._queue.in_order(at)]
        self._changed.update(dict.fromkeys(waiting[:_PLACES_AT_ONCE]))
        self._later.extend(waiting[_PLACES_AT_ONCE:])

    def _refresh_places(self, at: float) -> None:
        """Tell the first jobs their new place soon and the others bit by bit, so that a long line costs little."""
        if at < self._places_at + _PLACES_EVERY or not (self._order_changed or self._later):
            return
        self._places_at = at
        if self._order_changed:
            self._order_changed = False
            whole = len(self._queue) > _PLACES_AT_ONCE and at >= self._all_places_at + _ALL_PLACES_EVERY
            seen = None if whole else _PLACES_AT_ONCE
            for place, job in enumerate(islice(self._queue.in_order(at), seen), start=1):
                if self.places.get(job.job_id) != place:
                    self.places[job.job_id] = place
                    if place <= _PLACES_AT_ONCE:
                        self._changed[job.job_id] = None
                    else:
                        self._later.append(job.job_id)
            if whole:
                self._all_places_at = at
        for _ in range(min(_PLACES_AT_ONCE, len(self._later))):
            job_id = self._later.popleft()
            if job_id in self.places:
                self._changed[job_id] = None


def _in_words(limit: RateLimit) -> str:
    what = f"{limit.count} {limit.kind.value}{'s' if limit.count > 1 else ''}"
    return f"the rate limit lets {what} into one server start in {limit.seconds:g} s"
