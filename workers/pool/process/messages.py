"""What goes through the pipes between the supervisor and one worker process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from workers.core.jobs.snapshots import JobKind, TaskEnd
from workers.core.model.errors import ErrorInfo
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.prefetch_request import AheadRequest
from workers.core.model.tasks import BackendStarted, Progress


@dataclass(frozen=True, slots=True)
class ChildSetup:
    """What a worker process is born with.

    Attributes:
        number: Its number.
        spool: Folder for messages that are too large for the pipe.
        log: File that takes what native libraries print; None for nowhere.
        nice: Steps by which its priority is lowered (POSIX); any value above 0 means "below normal" on Windows.
        memory_limit: Bytes of memory that the system lets it have; 0 for no limit.
        heartbeat: Seconds between signs of life.
        tasks: Where the task functions are, ``module:mapping``; imported on first use.
    """

    number: int
    spool: Path
    log: Path | None = None
    nice: int = 10
    memory_limit: int = 0
    heartbeat: float = 0.5
    tasks: str = "workers.importing.tasks:TASKS"


@dataclass(frozen=True, slots=True)
class RunTask:
    """Begin this job."""

    job_id: str
    kind: JobKind
    request: Any


@dataclass(frozen=True, slots=True)
class CancelTask:
    """Stop this job if it is the present one."""

    job_id: str


@dataclass(frozen=True, slots=True)
class NoAssistant:
    """Nobody helps with this job."""

    job_id: str


@dataclass(frozen=True, slots=True)
class Decide:
    """What the job changed is to be committed, or rolled back."""

    job_id: str
    commit: bool


@dataclass(frozen=True, slots=True)
class StopChild:
    """End when idle."""


@dataclass(frozen=True, slots=True)
class ChildReady:
    """The worker takes tasks."""


@dataclass(frozen=True, slots=True)
class Beat:
    """Sign of life: resident bytes now and at the peak of the present task, CPU in percent of one core."""

    rss: int
    peak_rss: int
    cpu_percent: float


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far the job is."""

    job_id: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class BackendSeen:
    """The job now works through this server process."""

    job_id: str
    backend: BackendStarted


@dataclass(frozen=True, slots=True)
class AssistantAsked:
    """Another worker is to do this for the job's own one."""

    job_id: str
    request: AheadRequest


@dataclass(frozen=True, slots=True)
class OutcomeSeen:
    """One import of the job has ended."""

    job_id: str
    outcome: ImportOutcome


@dataclass(frozen=True, slots=True)
class PartSeen:
    """A part of the job's answer."""

    job_id: str
    part: Any


@dataclass(frozen=True, slots=True)
class TaskOver:
    """The task function returned or raised; see `jobs.events.TaskEnded`."""

    job_id: str
    end: TaskEnd
    result: Any = None
    error: ErrorInfo | None = None
    environment: bool = False
    rss: int = 0
    peak_rss: int = 0


ToChild: TypeAlias = RunTask | CancelTask | NoAssistant | Decide | StopChild
FromChild: TypeAlias = ChildReady | Beat | Progressed | BackendSeen | AssistantAsked | OutcomeSeen | PartSeen | TaskOver
