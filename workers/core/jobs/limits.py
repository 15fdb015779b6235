"""When a running job has used up its time."""

from __future__ import annotations

from workers.core.jobs.records import Job, StopCause
from workers.core.jobs.snapshots import JobState
from workers.core.jobs.spec import PoolPolicy
from workers.core.model.tasks import Phase

_DATABASE_AT_WORK = frozenset({Phase.CHECKING, Phase.COMMITTING})
_DATABASE_FACTOR = 10.0


def _still_limit(job: Job) -> float | None:
    limit = job.spec.limits.no_progress
    if job.progress is not None and job.progress.waits:
        return None
    if limit is not None and job.progress is not None and job.progress.phase in _DATABASE_AT_WORK:
        return limit * _DATABASE_FACTOR
    return limit


def _limits(job: Job) -> list[tuple[float, StopCause]]:
    """Times at which limits strike, the harshest first."""
    limits = job.spec.limits
    times: list[tuple[float, StopCause]] = []
    if limits.hard is not None:
        times.append((job.started_at + limits.hard, StopCause.HARD))
    if job.state is JobState.RUNNING:
        if limits.soft is not None:
            times.append((job.started_at + limits.soft, StopCause.SOFT))
        still = _still_limit(job)
        if still is not None:
            times.append((job.moved_at + still, StopCause.NO_PROGRESS))
    return times


def due_stop(job: Job, at: float) -> StopCause | None:
    """The limit that the job has passed, or None."""
    if job.killed:
        return None
    return next((cause for time, cause in _limits(job) if at >= time), None)


def next_limit(job: Job, policy: PoolPolicy) -> float | None:
    """When the job has to be looked at again."""
    if job.killed:
        return None
    times = [time for time, _ in _limits(job)]
    if job.state is JobState.CANCELLING:
        times.append(job.stop_at + policy.grace)
    return min(times, default=None)
