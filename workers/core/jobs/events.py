"""What can happen to the pool. Every event carries `at`, a monotonic time in seconds: nothing else needs a clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from workers.core.jobs.connection_budget import ServerConnections
from workers.core.jobs.snapshots import Lane
from workers.core.jobs.snapshots import TaskEnd as TaskEnd
from workers.core.jobs.spec import JobSpec, PoolPolicy
from workers.core.model.errors import ErrorInfo
from workers.core.model.options import Priority
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.tasks import BackendStarted, Progress

Verdict: TypeAlias = Literal["committed", "rolled_back", "unknown"]
"""What the database says about the transaction of a worker that died."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a monotonic time."""

    at: float


@dataclass(frozen=True, slots=True)
class Submitted(Event):
    """A caller handed in a job."""

    spec: JobSpec


@dataclass(frozen=True, slots=True)
class CancelRequested(Event):
    """Someone wants the job gone."""

    job_id: str


@dataclass(frozen=True, slots=True)
class PriorityChanged(Event):
    """A waiting job goes to another level."""

    job_id: str
    priority: Priority


@dataclass(frozen=True, slots=True)
class Moved(Event):
    """A waiting job goes before another one of its level, or to its end with None."""

    job_id: str
    before: str | None


@dataclass(frozen=True, slots=True)
class Insisted(Event):
    """The analyst wants a job to run although memory says no."""

    job_id: str


@dataclass(frozen=True, slots=True)
class HoldChanged(Event):
    """The queue is held by hand with a reason, or released with None."""

    reason: str | None


@dataclass(frozen=True, slots=True)
class PolicyChanged(Event):
    """Other rules hold from now on; what a running job was given when it started stays with it."""

    policy: PoolPolicy


@dataclass(frozen=True, slots=True)
class GateChanged(Event):
    """An alert shuts the gate with a reason, or opens it with None."""

    reason: str | None


@dataclass(frozen=True, slots=True)
class Resized(Event):
    """Another number of workers is wanted; None goes back to the computed one.

    Attributes:
        until: Monotonic time at which the override ends, or None.
        until_job: Job whose end ends the override, or None.
        reason: Why there are fewer workers for a while, told to jobs that wait; empty when a person wants it so.
    """

    size: int | None
    until: float | None = None
    until_job: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecycleRequested(Event):
    """A worker is to be replaced once it is idle."""

    number: int


@dataclass(frozen=True, slots=True)
class ShutdownRequested(Event):
    """The pool is to end.

    Attributes:
        cancel: True cancels what runs; False lets it finish within the budget.
        keep_waiting: True leaves waiting jobs as they are (for the next start); False cancels them.
        deadline: Monotonic time at which everything is killed.
    """

    cancel: bool
    keep_waiting: bool
    deadline: float


@dataclass(frozen=True, slots=True)
class ResourcesMeasured(Event):
    """What the machine has now.

    Attributes:
        free: Bytes that can be used without swapping, within the container's limit.
        total: Bytes that this machine or container has at all.
        cores: Cores after affinity and container limits.
        computed_size: Workers that these cores mean.
    """

    free: int
    total: int
    cores: int
    computed_size: int


@dataclass(frozen=True, slots=True)
class SlotsHeld(Event):
    """How many of the machine's worker slots this instance holds now.

    Attributes:
        held: The number.
        contended: True when another instance waits for one.
        lane: Which lane's slots.
    """

    held: int
    contended: bool = False
    lane: Lane = Lane.IMPORTS


@dataclass(frozen=True, slots=True)
class ConnectionsCounted(Event):
    """A server's answer about its connections.

    Attributes:
        server: As in the question.
        figures: None when there are none.
        full: Without figures: True when the server had no connection left to ask by, False when they cannot be had.
    """

    server: str
    figures: ServerConnections | None
    full: bool = False


@dataclass(frozen=True, slots=True)
class WorkerSpawned(Event):
    """The process of worker `number` exists."""

    number: int
    pid: int


@dataclass(frozen=True, slots=True)
class WorkerReady(Event):
    """The worker said that it takes tasks."""

    number: int


@dataclass(frozen=True, slots=True)
class WorkerDied(Event):
    """The process is gone, or could not be made.

    Attributes:
        exit_code: Negative for a signal; None when it never existed.
        detail: Its last words on stderr.
    """

    number: int
    exit_code: int | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Heartbeat(Event):
    """A worker's sign of life. CPU in percent of one core, memory in bytes."""

    number: int
    rss: int
    cpu_percent: float
    peak_rss: int = 0


@dataclass(frozen=True, slots=True)
class ProgressReported(Event):
    """How far the worker's task is."""

    number: int
    job_id: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class AssistantWanted(Event):
    """The worker would like another one to read for it, which is to be handed `request`."""

    number: int
    job_id: str
    request: Any


@dataclass(frozen=True, slots=True)
class BackendReported(Event):
    """The server process that serves the task."""

    number: int
    job_id: str
    backend: BackendStarted


@dataclass(frozen=True, slots=True)
class PartReported(Event):
    """A part of the task's answer is there, such as one statement of a query."""

    number: int
    job_id: str
    part: Any


@dataclass(frozen=True, slots=True)
class Decided(Event):
    """Somebody decided whether what a running job changed is to be committed."""

    job_id: str
    commit: bool


@dataclass(frozen=True, slots=True)
class OutcomeReported(Event):
    """One import of the task has ended."""

    number: int
    job_id: str
    outcome: ImportOutcome


@dataclass(frozen=True, slots=True)
class TaskEnded(Event):
    """The task function returned or raised.

    Attributes:
        result: What it returned.
        error: What it raised, for people.
        environment: True when the error lies in the surroundings, so that trying again may help.
    """

    number: int
    job_id: str
    end: TaskEnd
    result: Any = None
    error: ErrorInfo | None = None
    environment: bool = False


@dataclass(frozen=True, slots=True)
class SendFailed(Event):
    """The request could not be sent to the worker (it does not pickle); the worker is unharmed."""

    number: int
    job_id: str
    error: ErrorInfo


@dataclass(frozen=True, slots=True)
class Settled(Event):
    """The database's answer about one import of a job whose worker died.

    Attributes:
        import_id: The import in question.
        verdict: Committed, rolled back, or not to be found out now.
        outcomes: The receipts from the ledger of all imports of the transaction when it was committed.
    """

    job_id: str
    import_id: str
    verdict: Verdict
    outcomes: tuple[ImportOutcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Tick(Event):
    """Time has passed: limits, delays and overrides that are due take effect."""
