"""What the pool tells the outside about itself: frozen, small, safe to hand across threads.

The window, the command line, the status command and the monitor all read these and nothing else of the pool.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workers.core.model.errors import ErrorInfo
from workers.core.model.options import Priority
from workers.core.model.outcomes import ImportOutcome


class TaskEnd(StrEnum):
    """How a task function ended inside its worker."""

    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobState(StrEnum):
    """Where a job is. The last five are ends."""

    WAITING = "waiting"
    RUNNING = "running"
    CANCELLING = "cancelling"
    IN_DOUBT = "settling"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    QUARANTINED = "quarantined"
    UNKNOWN = "unknown"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to the job by itself."""
        return self in _ENDS


_DATABASE_GONE = frozenset({"unreachable", "connection-lost", "server-stopping", "unknown-commit"})
_ENDS = {JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.QUARANTINED, JobState.UNKNOWN}


class JobKind(StrEnum):
    """What a job asks for; each kind has its task function."""

    IMPORT = "import"
    INSPECT = "inspect"
    PREVIEW = "preview"
    COMPARE = "compare"
    UNDO = "undo"
    REJECTS = "rejects"
    ASSIST = "assist"
    """Never submitted: a worker lent to a running import."""
    QUERY = "query"
    PROBE = "probe"


class Lane(StrEnum):
    """Jobs of different lanes never wait for each other: each has workers, connections and a queue of its own."""

    IMPORTS = "imports"
    QUERIES = "queries"


def lane_of(kind: JobKind) -> Lane:
    """The lane that a kind of job runs in."""
    return Lane.QUERIES if kind is JobKind.QUERY else Lane.IMPORTS


@dataclass(frozen=True, slots=True)
class JobSnapshot:
    """One job as it stands.

    Attributes:
        job_id: UUID.
        kind: What it does.
        title: Text for people, such as ``retail.xlsx › Orders``.
        target: Where the rows go, for people; empty when not known.
        state: Where it is.
        reason: Why it waits or how it ended, one sentence; empty when there is nothing to say.
        place: Place among the waiting jobs from 1, or 0.
        priority: Its level.
        phase: What the worker does now, empty before it runs.
        sheet: Sheet being read.
        rows: Rows sent so far.
        fraction: Share done, 0 to 1, or None.
        rate: Rows per second over the last seconds.
        eta: Seconds left, or None.
        worker: Pid of its worker, or None.
        attempts: How often it was started.
        submitted: Unix time.
        started: Unix time, or None.
        ended: Unix time, or None.
        memory_claim: Bytes that were estimated for it.
        outcomes: Imports of this job that have ended so far.
        error: Why the job as a whole failed.
        trial: Whether it only says what it would do.
        trouble: While it waits to be tried again or is settled: the kind of error that its last attempt met.
    """

    job_id: str
    kind: JobKind
    title: str
    target: str
    state: JobState
    reason: str = ""
    place: int = 0
    priority: Priority = Priority.NORMAL
    phase: str = ""
    sheet: str | None = None
    rows: int = 0
    fraction: float | None = None
    rate: float = 0.0
    eta: float | None = None
    worker: int | None = None
    attempts: int = 0
    submitted: float = 0.0
    started: float | None = None
    ended: float | None = None
    memory_claim: int = 0
    outcomes: tuple[ImportOutcome, ...] = ()
    error: ErrorInfo | None = None
    trouble: str = ""
    trial: bool = False

    @property
    def lost_database(self) -> bool:
        """Whether its last attempt ended because the database was gone."""
        return self.trouble in _DATABASE_GONE


@dataclass(frozen=True, slots=True)
class WorkerSnapshot:
    """One worker process as it stands.

    Attributes:
        number: Its number in this run, from 1; never reused.
        state: ``starting``, ``idle``, ``busy``, ``cancelling``, ``retiring``, ``dead``.
        interactive: True for the extra worker that serves inspect and preview.
        lane: The lane that it works in.
        task: Title of its job, or empty.
        job_id: The job, or None.
        cpu_percent: Of one core.
        rss: Resident bytes.
        age: Seconds since it was started.
        tasks_done: Tasks ended in it.
        heartbeat_age: Seconds since its last sign of life.
        silent: True after 5 s without one.
    """

    number: int
    pid: int
    state: str
    interactive: bool = False
    task: str = ""
    job_id: str | None = None
    phase: str = ""
    cpu_percent: float = 0.0
    rss: int = 0
    age: float = 0.0
    tasks_done: int = 0
    heartbeat_age: float = 0.0
    silent: bool = False
    lane: Lane = Lane.IMPORTS


@dataclass(frozen=True, slots=True)
class LaneSnapshot:
    """A lane besides that of the imports.

    Attributes:
        size: Workers that it may have busy at once.
        busy: Workers with a job.
        idle: Workers without one.
        waiting: Jobs waiting.
        connections: Database connections that its running jobs hold.
    """

    size: int = 0
    busy: int = 0
    idle: int = 0
    waiting: int = 0
    connections: int = 0


@dataclass(frozen=True, slots=True)
class PoolSnapshot:
    """The pool as a whole. What is counted is the lane of the imports, but for `workers`, which are all.

    Attributes:
        size: Workers wanted (the interactive one is not counted).
        computed_size: What would be used without an override.
        cores: Cores after affinity and container limits.
        busy: Sized workers with a task.
        idle: Sized workers without one.
        waiting: Jobs waiting.
        held: True while the queue is held by hand.
        hold_reason: Why nothing is admitted (an alert, the user), empty when open.
        workers: Every live worker.
        memory_claimed: Bytes claimed by running jobs.
        rows_loaded: Rows committed since start, for the throughput.
        connections: Database connections that running jobs hold.
        slow_reason: Why there are fewer workers for a while (an alert), empty when there are not.
        queries: The lane of the queries.
    """

    size: int
    computed_size: int
    cores: int
    busy: int = 0
    idle: int = 0
    waiting: int = 0
    held: bool = False
    hold_reason: str = ""
    workers: tuple[WorkerSnapshot, ...] = ()
    memory_claimed: int = 0
    rows_loaded: int = 0
    connections: int = 0
    slow_reason: str = ""
    queries: LaneSnapshot = LaneSnapshot()
