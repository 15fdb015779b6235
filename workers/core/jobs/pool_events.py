"""What the pool tells its listener. Frozen, so that it may cross threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from workers.core.jobs.snapshots import JobSnapshot, PoolSnapshot
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.tasks import BackendStarted


@dataclass(frozen=True, slots=True)
class JobChanged:
    """The job now stands so; `job.state.ended` tells its last event."""

    job: JobSnapshot


@dataclass(frozen=True, slots=True)
class PoolChanged:
    """The pool now stands so; sent at most ten times a second."""

    pool: PoolSnapshot


@dataclass(frozen=True, slots=True)
class ImportEnded:
    """One import of a job has ended. Comes before the job's last `JobChanged`."""

    job_id: str
    outcome: ImportOutcome


@dataclass(frozen=True, slots=True)
class ResultReady:
    """What the task function returned, such as a `plans.FileSurvey`. Comes before the job's last `JobChanged`."""

    job_id: str
    result: Any


@dataclass(frozen=True, slots=True)
class BackendChanged:
    """The server process that serves the job, to be remembered in case this program dies; None when there is none."""

    job_id: str
    backend: BackendStarted | None


@dataclass(frozen=True, slots=True)
class PoolClosed:
    """The pool has ended; nothing follows."""


PoolEvent: TypeAlias = JobChanged | PoolChanged | ImportEnded | ResultReady | BackendChanged | PoolClosed
