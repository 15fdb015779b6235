"""What is said when a job ends: its error, and an outcome for every import that did not report its own."""

from __future__ import annotations

from dataclasses import replace

from workers.core.admission import in_words
from workers.core.errors import ErrorInfo
from workers.core.jobs_records import Job, StopCause
from workers.core.jobs_spec import JobSpec
from workers.core.outcomes import ImportOutcome, ImportState
from workers.core.plans import Finding
from workers.core.snapshots import JobKind, JobState
from workers.core.tasks import ImportRequest

WORTH_RETRYING = frozenset(
    {
        "unreachable",
        "connection-lost",
        "too-many-connections",
        "pool-exhausted",
        "server-stopping",
        "server-overloaded",
        "lock-timeout",
        "deadlock",
        "conflict",
        "unknown-commit",
    }
)
"""Error kinds of the surroundings that may be gone a little later. A wrong password stays wrong."""

_OUTCOME_STATES = {
    JobState.CANCELLED: ImportState.CANCELLED,
    JobState.UNKNOWN: ImportState.UNKNOWN,
    JobState.FAILED: ImportState.FAILED,
    JobState.QUARANTINED: ImportState.FAILED,
}


def stop_error(job: Job) -> ErrorInfo:
    """Why a job that the pool stopped by itself has failed."""
    limits = job.spec.limits
    phase = f" while {job.progress.phase.value}" if job.progress else ""
    if job.stop is StopCause.MEMORY:
        return ErrorInfo(
            "too-large",
            f"It took {in_words(job.peak_rss)} of memory{phase}, more than a worker may use.",
            "Split the workbook, or raise the memory limit of workers in the settings.",
        )
    if job.stop is StopCause.NO_PROGRESS:
        return ErrorInfo(
            "timed-out",
            f"Nothing moved for {limits.no_progress:g} s{phase}, so it was stopped.",
            "Try again; if it happens again, the file may be damaged or the table locked by another program.",
        )
    limit = limits.hard if job.stop is StopCause.HARD else limits.soft
    return ErrorInfo(
        "timed-out",
        f"It was not done after {limit:g} s{phase}, so it was stopped.",
        "Give it more time with --timeout, or import fewer sheets at once.",
    )


def death_error(job: Job) -> ErrorInfo:
    """Why a job whose worker died has failed."""
    phase = f" while {job.progress.phase.value}" if job.progress else ""
    times = "its worker process" if job.deaths == 1 else f"{job.deaths} worker processes"
    return ErrorInfo(
        "worker-died",
        f"The file ended {times}{phase} ({job.death or 'no reason given'}); no rows of it were kept.",
        "The file may be damaged: open it in Excel, save a copy, and import the copy.",
        detail=job.death,
    )


def unknown_error() -> ErrorInfo:
    """What is said when the database cannot be asked whether the rows are there."""
    return ErrorInfo(
        "unknown-commit",
        "The rows were sent, and the server cannot be reached to say whether it kept them.",
        "It is settled at the next start, when the server answers again; do not import the file anew before.",
    )


def worth_retrying(job: Job, error: ErrorInfo | None, environment: bool) -> bool:
    """Whether trying again may help, and the job has retries left."""
    if error is None or job.attempts > job.spec.retries:
        return False
    return environment and error.kind in WORTH_RETRYING


def complete(job: Job, *, stopped: bool) -> bool:
    """Whether nothing of the job is left to do.

    A request without named tables does not tell how many there are: a job that was stopped is then taken as complete,
    one whose worker died is tried again, which leaves out what has ended (`next_request`).
    """
    tables = getattr(job.spec.request, "tables", None)
    return stopped if tables is None else len(job.outcomes) >= len(tables)


def missing_outcomes(job: Job, state: JobState, error: ErrorInfo | None) -> list[ImportOutcome]:
    """Outcomes for imports that were under way, or for the file as a whole when nothing else speaks of it."""
    if job.spec.kind is not JobKind.IMPORT or state not in _OUTCOME_STATES:
        return []
    ended = _OUTCOME_STATES[state]
    blank = replace(_blank(job, ended), error=error if ended is not ImportState.CANCELLED else None)
    under_way = [b for b in job.backends.values() if b.import_id not in job.outcomes]
    if under_way:
        return [replace(blank, import_id=b.import_id, sheet=b.sheet, table=b.table) for b in under_way]
    return [] if job.outcomes else [blank]


def outcome_without_receipt(job: Job, import_id: str) -> ImportOutcome:
    """What can be said of an import that was committed, where the ledger keeps no receipt of it."""
    backend = job.backends[import_id]
    said = Finding("no-receipt", "Its worker died after the commit, and without a ledger its figures are not known.")
    loaded = _blank(job, ImportState.LOADED)
    return replace(loaded, import_id=import_id, sheet=backend.sheet, table=backend.table, warnings=(said,))


def _blank(job: Job, state: ImportState) -> ImportOutcome:
    request = job.spec.request
    path, mode = "", ""
    if isinstance(request, ImportRequest):
        path, mode = request.path, request.options.mode.value
    return ImportOutcome(job.job_id, path, None, None, mode, state, attempts=max(1, job.attempts))


def next_request(job: Job) -> object:
    """The request for the coming attempt: it knows its number and which imports are in the database already."""
    request = job.spec.request
    if isinstance(request, ImportRequest):
        return replace(request, attempt=job.attempts, done=(*request.done, *job.outcomes))
    return request


def restored(spec: JobSpec, attempts: int, deaths: int) -> JobSpec:
    """The specification of a job that was tried in an earlier run of the program."""
    return replace(spec, attempts=attempts, deaths=deaths)
