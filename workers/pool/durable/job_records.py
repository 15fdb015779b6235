"""A job's specification as the local store keeps it, and back. Secrets are left out and put back by the caller."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workers.core.jobs.snapshots import JobKind, JobState
from workers.core.jobs.spec import JobLimits, JobSpec
from workers.core.model.outcome_json import request_from_json, request_to_json
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import ImportRequest
from workers.database.local.store import JobRecord

_SETTLED = {ImportState.LOADED, ImportState.UNCHANGED}


def kept(spec: JobSpec) -> bool:
    """Whether the job belongs into the store: imports do, looks at a file and trials do not."""
    return spec.kind is JobKind.IMPORT and isinstance(spec.request, ImportRequest) and not spec.trial


def to_record(spec: JobSpec) -> JobRecord:
    """The record of a job that `kept` says yes to."""
    limits = spec.limits
    details: dict[str, Any] = {
        "memory_claim": spec.memory_claim,
        "estimate_key": spec.estimate_key,
        "limits": [limits.soft, limits.hard, limits.no_progress],
        "retries": spec.retries,
        "rate_key": spec.rate_key,
    }
    return JobRecord(
        job_id=spec.job_id,
        kind=spec.kind,
        title=spec.title,
        request=request_to_json(spec.request),
        target=spec.target,
        details=details,
        priority=spec.priority,
        attempts=spec.attempts,
        deaths=spec.deaths,
        submitted=spec.submitted or 0.0,
    )


def cancelled_details(spec: JobSpec) -> dict[str, Any]:
    """What is kept of a job whose cancel was wished for: whatever happens now, it is not taken up again."""
    return {**to_record(spec).details, "cancelled": True}


def was_cancelled(record: JobRecord) -> bool:
    """Whether somebody had wished the job gone when its program ended."""
    return record.state is JobState.CANCELLING or bool(record.details.get("cancelled"))


def in_force(outcomes: Iterable[ImportOutcome]) -> tuple[str, ...]:
    """Ids of the imports whose rows are in the database: they are left out of a request that is taken up again."""
    return tuple(outcome.import_id for outcome in outcomes if outcome.state in _SETTLED)


def from_record(record: JobRecord) -> JobSpec:
    """The specification of a kept job.

    Raises:
        CodecError: if the record was written by another version and cannot be understood.
    """
    request = request_from_json(record.request)
    details = record.details
    soft, hard, still = details.get("limits", [None, None, 60.0])
    return JobSpec(
        job_id=record.job_id,
        kind=record.kind,
        title=record.title,
        request=request,
        target=record.target,
        priority=record.priority,
        memory_claim=int(details.get("memory_claim", 0)),
        estimate_key=str(details.get("estimate_key", "")),
        limits=JobLimits(soft, hard, still),
        retries=int(details.get("retries", 2)),
        rate_key=str(details.get("rate_key", "")),
        submitted=record.submitted or None,
        attempts=record.attempts,
        deaths=record.deaths,
    )
