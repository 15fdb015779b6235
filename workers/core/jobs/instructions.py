"""What the pool's decisions ask the shell to do. The shell carries them out in order and reports back by events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from workers.core.jobs.snapshots import JobKind, Lane
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.tasks import BackendStarted, Target


@dataclass(frozen=True, slots=True)
class Spawn:
    """Make the process of worker `number`."""

    number: int
    interactive: bool
    lane: Lane = Lane.IMPORTS


@dataclass(frozen=True, slots=True)
class SendTask:
    """Hand the job to an idle worker."""

    number: int
    job_id: str
    kind: JobKind
    request: Any


@dataclass(frozen=True, slots=True)
class SendCancel:
    """Tell the worker that its job is to stop."""

    number: int
    job_id: str


@dataclass(frozen=True, slots=True)
class RefuseAssistant:
    """Tell the worker that nobody will help it with its job."""

    number: int
    job_id: str


@dataclass(frozen=True, slots=True)
class SendDecision:
    """Tell the worker whether what its job changed is to be committed."""

    number: int
    job_id: str
    commit: bool


@dataclass(frozen=True, slots=True)
class StopWorker:
    """Ask an idle worker to end."""

    number: int


@dataclass(frozen=True, slots=True)
class Kill:
    """End the process at once."""

    number: int


@dataclass(frozen=True, slots=True)
class Settle:
    """Find out what became of a transaction, ending its backend first; answer with `jobs.events.Settled`."""

    job_id: str
    target: Target
    backend: BackendStarted


@dataclass(frozen=True, slots=True)
class RequestSlots:
    """Try to hold so many of the machine's worker slots; answer with `jobs.events.SlotsHeld`."""

    count: int
    lane: Lane = Lane.IMPORTS


@dataclass(frozen=True, slots=True)
class ReleaseSlots:
    """Hold no more than `keep` slots."""

    keep: int
    lane: Lane = Lane.IMPORTS


@dataclass(frozen=True, slots=True)
class CountConnections:
    """Ask the target's server how many connections it has; answer with `jobs.events.ConnectionsCounted`."""

    server: str
    target: Target


@dataclass(frozen=True, slots=True)
class PublishJob:
    """The job's snapshot has changed."""

    job_id: str


@dataclass(frozen=True, slots=True)
class PublishPool:
    """The pool's snapshot has changed."""


@dataclass(frozen=True, slots=True)
class PublishOutcome:
    """One import of the job has ended so."""

    job_id: str
    outcome: ImportOutcome


@dataclass(frozen=True, slots=True)
class PublishResult:
    """The task function of the job returned this."""

    job_id: str
    result: Any


@dataclass(frozen=True, slots=True)
class PublishBackend:
    """This server process now serves the job; None when none does any more."""

    job_id: str
    backend: BackendStarted | None


@dataclass(frozen=True, slots=True)
class Report:
    """Something for the log.

    Attributes:
        level: ``info``, ``warning`` or ``error``.
    """

    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Close:
    """The pool has ended: no worker lives, no job runs."""


Instruction: TypeAlias = (
    Spawn
    | SendTask
    | SendCancel
    | RefuseAssistant
    | SendDecision
    | StopWorker
    | Kill
    | Settle
    | RequestSlots
    | ReleaseSlots
    | CountConnections
    | PublishJob
    | PublishPool
    | PublishOutcome
    | PublishResult
    | PublishBackend
    | Report
    | Close
)
