"""What is said when a job ends: its error, and an outcome for every import that did not report its own."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace

from workers.core.jobs.admission import in_words
from workers.core.jobs.records import Job, StopCause
from workers.core.jobs.snapshots import JobKind, JobState
from workers.core.jobs.spec import JobSpec
from workers.core.model.errors import ErrorInfo
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.plans import Finding
from workers.core.model.tasks import BackendStarted, ImportRequest

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

_REST = uuid.UUID("6f0c1f8a-7a3e-4c56-9d6e-2b8f6f1d4b10")

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
        "Give it more time with --timeout."
        if job.spec.kind is not JobKind.IMPORT
        else "Give it more time with --timeout, or import fewer sheets at once.",
    )


def death_error(job: Job) -> ErrorInfo:
    """Why a job whose worker died has failed."""
    phase = f" while {job.progress.phase.value}" if job.progress else ""
    times = "its worker process" if job.deaths == 1 else f"{job.deaths} worker processes"
    stays = what_stays(job.outcomes.values())
    return ErrorInfo(
        "worker-died",
        f"The file ended {times}{phase} ({job.death or 'no reason given'}); no rows of it were kept."
        if not stays
        else f"The file ended {times}{phase} ({job.death or 'no reason given'}).{stays} Nothing else was kept.",
        "The file may be damaged, or larger than the memory: open it in Excel, save a copy as .xlsx, import the copy.",
        detail=job.death,
    )


def query_death_error(job: Job) -> ErrorInfo:
    """Why a query whose worker died has failed."""
    return ErrorInfo(
        "worker-died",
        f"The query ended its worker process ({job.death or 'no reason given'}). Rows that had come are kept.",
        "It is not run again by itself. Ask for fewer rows or columns, or give workers more memory in the settings.",
        detail=job.death,
    )


def unknown_change_error() -> ErrorInfo:
    """What is said when the database cannot be asked whether a query's change was committed."""
    return ErrorInfo(
        "unknown-commit",
        "The change was sent, and the server cannot be reached to say whether it was committed.",
        "Look at the data when the server answers again, before you run it anew.",
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


def turned_away(job: Job, error: ErrorInfo | None) -> bool:
    """Whether the server had no connection for the job, which therefore has not begun."""
    return error is not None and error.kind == "too-many-connections" and not job.backends and not job.outcomes


def open_backends(job: Job) -> list[BackendStarted]:
    """The transactions of the present attempt of which no outcome speaks yet."""
    return [backend for backend in job.backends.values() if not _answered(job, backend)]


def _answered(job: Job, backend: BackendStarted) -> bool:
    """Whether an outcome speaks of this transaction; an unchanged import carries the id of the earlier one."""
    return backend.import_id in job.outcomes or any(
        o.state is ImportState.UNCHANGED and (o.sheet, o.table) == (backend.sheet, backend.table)
        for o in job.outcomes.values()
    )


def complete(job: Job) -> bool:
    """Whether an outcome has been told of every table of the job, so that its task had nothing left to do."""
    if job.spec.kind is not JobKind.IMPORT or open_backends(job):
        return False
    if job.backends and job.rest is not None:
        return not job.rest
    tables = getattr(job.spec.request, "tables", None)
    return tables is not None and len(job.outcomes) + len(job.spec.request.done) >= len(tables)


def left_after(job: Job) -> tuple[str, ...] | None:
    """Sheets of the tables that the next attempt has to load; None when that is not known."""
    again = tuple(backend.sheet for backend in open_backends(job) if backend.sheet)
    if job.rest is None:
        return again or None
    return again + job.rest


def missing_outcomes(job: Job, state: JobState, error: ErrorInfo | None) -> list[ImportOutcome]:
    """Outcomes for what nothing has been told of: transactions under way, tables not begun, or the file as a whole.

    A job never ends in a state of which none of its outcomes speaks.
    """
    if job.spec.kind is not JobKind.IMPORT or state not in _OUTCOME_STATES:
        return []
    ended = _OUTCOME_STATES[state]
    blank = replace(_blank(job, ended), error=error if ended is not ImportState.CANCELLED else None)
    under_way = [
        replace(blank, import_id=b.import_id, file=b.file or blank.file, sheet=b.sheet, table=b.table)
        for b in open_backends(job)
    ]
    # Of what was not begun it is known, even where the database cannot be asked, that nothing of it was kept.
    later = replace(blank, state=ImportState.CANCELLED, error=None) if ended is ImportState.UNKNOWN else blank
    missing = under_way + _not_begun(job, later, under_way)
    if any(outcome.state is ended for outcome in (*missing, *job.outcomes.values())):
        return missing
    return [*missing, blank]


def _not_begun(job: Job, blank: ImportOutcome, under_way: list[ImportOutcome]) -> list[ImportOutcome]:
    """Of tables named in the request, of sheets that the worker had seen, of files that it had not opened."""
    request = job.spec.request
    if not isinstance(request, ImportRequest):
        return []
    told = [*job.outcomes.values(), *under_way]
    if request.tables is not None:
        plans = [(request.import_id(plan.sheet.index, plan.ordinal), plan) for plan in request.tables]
        known = {outcome.import_id for outcome in told} | set(request.done)
        unchanged = {(o.sheet, o.first_row) for o in told if o.state is ImportState.UNCHANGED}
        return [
            replace(blank, import_id=import_id, sheet=plan.sheet.name, first_row=plan.first_row)
            for import_id, plan in plans
            if import_id not in known and (plan.sheet.name, plan.first_row) not in unchanged
        ]
    sheets = dict.fromkeys(sheet for sheet in job.rest or () if sheet not in {o.sheet for o in job.outcomes.values()})
    files = [path for path in request.more if path not in {outcome.file for outcome in told}]
    return [
        *(replace(blank, import_id=rest_id(job.job_id, sheet), sheet=sheet) for sheet in sheets),
        *(replace(blank, import_id=rest_id(job.job_id, path), file=path) for path in files),
    ]


def rest_id(job_id: str, name: str) -> str:
    """The id under which a sheet or file that was not begun is told of: the same whenever that is said."""
    return str(uuid.uuid5(_REST, f"{job_id}/{name}"))


def what_stays(outcomes: Iterable[ImportOutcome]) -> str:
    """A sentence about tables that were loaded before the rest was given up; empty when there are none."""
    tables = [o.table for o in outcomes if o.state is ImportState.LOADED and o.table]
    return f" What had been loaded before stays: {', '.join(tables)}." if tables else ""


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
