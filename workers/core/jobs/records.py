"""What the pool remembers of each job and each worker, and how that looks from outside."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum

from workers.core.jobs.events import Verdict
from workers.core.jobs.snapshots import JobSnapshot, JobState, Lane, WorkerSnapshot
from workers.core.jobs.spec import JobSpec
from workers.core.jobs.states import JOB_TRANSITIONS, WORKER_TRANSITIONS, Transition, WorkerState, check_step
from workers.core.model.errors import ErrorInfo
from workers.core.model.options import Priority
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.tasks import BackendStarted, Progress

RATE_WINDOW = 5.0
"""Seconds over which rows per second and the time left are worked out."""


class StopCause(StrEnum):
    """Why a running job is being stopped."""

    USER = "user"
    SHUTDOWN = "shutdown"
    SOFT = "soft"
    HARD = "hard"
    NO_PROGRESS = "no-progress"
    MEMORY = "memory"


LIMITS_PASSED = frozenset({StopCause.SOFT, StopCause.HARD, StopCause.NO_PROGRESS, StopCause.MEMORY})
"""Causes that make a stopped job a failed one; the others make it a cancelled one."""


@dataclass(slots=True)
class Job:
    """A live job. Mutated by the state machine only."""

    spec: JobSpec
    number: int
    submitted: float
    submitted_at: float
    priority: Priority
    state: JobState = JobState.WAITING
    reason: str = ""
    attempts: int = 0
    deaths: int = 0
    worker: int | None = None
    pid: int | None = None
    started: float | None = None
    started_at: float = 0.0
    moved_at: float = 0.0
    ended: float | None = None
    progress: Progress | None = None
    samples: deque[tuple[float, int, float | None]] = field(default_factory=lambda: deque(maxlen=64))
    outcomes: dict[str, ImportOutcome] = field(default_factory=dict)
    spare: dict[str, ImportOutcome] = field(default_factory=dict)
    backends: dict[str, BackendStarted] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    rest: tuple[str, ...] | None = None
    error: ErrorInfo | None = None
    trouble: str = ""
    stop: StopCause | None = None
    stop_at: float = 0.0
    killed: bool = False
    insist: bool = False
    not_before: float = 0.0
    refused_at: float | None = None
    claim: int = 0
    base_rss: int = 0
    peak_rss: int = 0
    death: str = ""
    history: deque[Transition] = field(default_factory=lambda: deque(maxlen=100))

    @property
    def job_id(self) -> str:
        """The job's id."""
        return self.spec.job_id

    @property
    def file(self) -> str:
        """Path of the file that the job is about; empty where there is none."""
        return str(getattr(self.spec.request, "path", ""))

    def to(self, state: JobState, at: float, why: str = "") -> None:
        """Take one step.

        Raises:
            IllegalTransition: if the step is not in the table.
        """
        check_step(JOB_TRANSITIONS, f"job {self.job_id}", self.state, state, self.history)
        self.history.append(Transition(at, f"{self.state.value} -> {state.value} {why}".rstrip()))
        self.state = state

    def advance(self, progress: Progress, at: float) -> None:
        """Take in a report of progress; only a change counts as a sign of life."""
        if progress != self.progress:
            self.moved_at = at
        if self.progress is not None and (progress.table, progress.sheet) != (self.progress.table, self.progress.sheet):
            self.samples.clear()
        self.progress = progress
        while self.samples and at - self.samples[0][0] > RATE_WINDOW:
            self.samples.popleft()
        self.samples.append((at, progress.rows, progress.fraction))

    def pace(self) -> tuple[float, float | None]:
        """Rows per second over the last seconds, and the seconds left where the share done is known."""
        if len(self.samples) < 2:
            return 0.0, None
        (t0, rows0, share0), (t1, rows1, share1) = self.samples[0], self.samples[-1]
        if t1 <= t0:
            return 0.0, None
        rate = max(0.0, (rows1 - rows0) / (t1 - t0))
        if share0 is None or share1 is None or share1 <= share0:
            return rate, None
        return rate, (1.0 - share1) * (t1 - t0) / (share1 - share0)

    def reset_attempt(self) -> None:
        """Forget what belonged to the last start only."""
        self.worker = self.pid = self.progress = self.stop = None
        self.killed = False
        self.stop_at = 0.0
        self.samples.clear()
        self.backends.clear()
        self.verdicts.clear()
        self.spare.clear()
        self.error = None
        self.death = ""
        self.refused_at = None

    def snapshot(self, place: int, reason: str) -> JobSnapshot:
        """The job as the outside sees it."""
        rate, eta = self.pace() if self.state is JobState.RUNNING else (0.0, None)
        progress = self.progress
        return JobSnapshot(
            job_id=self.job_id,
            kind=self.spec.kind,
            title=self.spec.title,
            target=self.spec.target,
            state=self.state,
            reason=reason or (progress.note if progress and self.state is JobState.RUNNING else ""),
            place=place,
            priority=self.priority,
            phase=progress.phase.value if progress else "",
            sheet=progress.sheet if progress else None,
            rows=progress.rows if progress else 0,
            fraction=progress.fraction if progress else None,
            rate=rate,
            eta=eta,
            worker=self.pid,
            attempts=self.attempts,
            submitted=self.submitted,
            started=self.started,
            ended=self.ended,
            memory_claim=self.claim,
            outcomes=tuple(self.outcomes.values()),
            error=self.error,
            trial=self.spec.trial,
            trouble=self.trouble if self.state in (JobState.WAITING, JobState.IN_DOUBT) else "",
        )


@dataclass(slots=True)
class Worker:
    """A worker process. Mutated by the state machine only."""

    number: int
    interactive: bool
    born: float
    pid: int = 0
    state: WorkerState = WorkerState.STARTING
    job_id: str | None = None
    assists: str | None = None
    retire: bool = False
    tasks_done: int = 0
    rss: int = 0
    cpu_percent: float = 0.0
    heard: float = 0.0
    file: str = ""
    history: deque[Transition] = field(default_factory=lambda: deque(maxlen=50))

    def to(self, state: WorkerState, at: float) -> None:
        """Take one step.

        Raises:
            IllegalTransition: if the step is not in the table.
        """
        check_step(WORKER_TRANSITIONS, f"worker {self.number}", self.state, state, self.history)
        self.history.append(Transition(at, f"{self.state.value} -> {state.value}"))
        self.state = state

    def snapshot(self, now: float, silent_after: float, job: Job | None, lane: Lane = Lane.IMPORTS) -> WorkerSnapshot:
        """The worker as the outside sees it."""
        age = max(0.0, now - self.heard)
        return WorkerSnapshot(
            number=self.number,
            pid=self.pid,
            state=self.state.value,
            interactive=self.interactive,
            task=job.spec.title if job else "",
            job_id=self.job_id,
            phase=job.progress.phase.value if job and job.progress else "",
            cpu_percent=self.cpu_percent,
            rss=self.rss,
            age=max(0.0, now - self.born),
            tasks_done=self.tasks_done,
            heartbeat_age=age,
            silent=age > silent_after,
            lane=lane,
        )
