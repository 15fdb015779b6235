"""What a person can do about a job, the best thing first: pure functions of its snapshot."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.parts.hints import hint_of
from widgets.parts.wording import count
from widgets.queue.job_words import target_of, tr
from widgets.translation import spoken
from workers.core.jobs.admission import WAITS_FOR_MEMORY
from workers.core.jobs.connection_budget import waits_for_connection
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.model.outcomes import ImportOutcome, ImportState, Reject


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing that can be done.

    Attributes:
        key: Word for the presenter: ``retry``, ``load-others``, ``open-plan``, ``open-file``, ``password``,
            ``import-now``, ``cancel``, ``raise``, ``insist``, ``settle``, ``receipt``, ``view-table``.
        title: What it does.
        text: What follows from it.
        button: The button's word.
        icon: Its icon.
    """

    key: str
    title: str
    text: str
    button: str
    icon: str


def failed_outcome(job: JobSnapshot) -> ImportOutcome | None:
    """The first import of the job that did not work, or None."""
    return next((o for o in job.outcomes if o.state in (ImportState.FAILED, ImportState.UNKNOWN)), None)


def rejects_of(job: JobSnapshot) -> tuple[Reject, ...]:
    """Rejected rows of the job's first import that has any."""
    return next((o.rejects for o in job.outcomes if o.rejects), ())


def sentence(job: JobSnapshot) -> str:
    """What happened, in one sentence for the details."""
    failed = failed_outcome(job)
    error = job.error or (failed.error if failed else None)
    if error is not None:
        return spoken(error.message)
    return spoken(job.reason)


def remedies(job: JobSnapshot) -> tuple[Remedy, ...]:
    """At most three things to do, the best one first."""
    if job.state is JobState.WAITING:
        first = _insist() if job.reason.startswith(WAITS_FOR_MEMORY) else _raise()
        if waits_for_connection(job.reason):
            return (first, _cancel(tr("It starts by itself as soon as a connection is free; nothing was written.")))
        return (first, _cancel(tr("It has not started; nothing was written.")))
    if not job.state.ended:
        return (_cancel(tr("Rows sent so far are rolled back; the table stays as it was.")),)
    if job.state is JobState.DONE:
        return _after_success(job)
    if job.state is JobState.UNKNOWN:
        settle = tr("The commit was sent, but the answer was lost. It is asked by itself once the server is back.")
        return (Remedy("settle", tr("Settle it now"), settle, tr("Settle now"), "db"),)
    return _after_failure(job)


def _after_success(job: JobSnapshot) -> tuple[Remedy, ...]:
    if job.kind is not JobKind.IMPORT:
        return ()
    if job.trial:
        return _after_trial(job)
    receipt = tr("Rows read, loaded and rejected, and the sums of both sides.")
    view = tr("A read-only look at what is in {0} now.").format(target_of(job) or tr("the table"))
    return (
        Remedy("receipt", tr("Show the receipt"), receipt, tr("Show"), "receipt"),
        Remedy("view-table", tr("Look at the table"), view, tr("Look"), "table"),
    )


def _after_trial(job: JobSnapshot) -> tuple[Remedy, ...]:
    text = tr("The same choices, and this time the rows stay in {0}.").format(target_of(job) or tr("the table"))
    change = tr("Range, header, names, types and target.")
    return (
        Remedy("import-now", tr("Import now"), text, tr("Import"), "import"),
        Remedy("open-plan", tr("Change the plan"), change, tr("Change"), "table"),
    )


def _after_failure(job: JobSnapshot) -> tuple[Remedy, ...]:
    found: list[Remedy] = []
    failed = failed_outcome(job)
    error = job.error or (failed.error if failed else None)
    rejects = rejects_of(job)
    if error is not None and error.kind == "too-large" and not job.attempts:
        found.append(_insist())
    if error is not None and error.kind == "encrypted":
        text = tr("It is used for this file only and not kept.")
        found.append(Remedy("password", tr("Give the password"), text, tr("Give…"), "lock"))
    if rejects and failed is not None:
        good = failed.rows_read - failed.rows_rejected
        bad = failed.rows_rejected or len(rejects)
        text = tr("The {0} rejected rows are kept to be mended.").format(count(bad))
        title = tr("Load the other {0} rows").format(count(good)) if good > 0 else tr("Load the rows that fit")
        found.append(Remedy("load-others", title, text, tr("Load"), "import"))
    change = hint_of(error) if error is not None and error.hint else tr("Range, header, names, types and target.")
    found.append(Remedy("open-plan", tr("Change the plan"), change, tr("Change"), "table"))
    cell = rejects[0].cell if rejects else error.cell if error is not None else None
    if cell:
        text = tr("Save the workbook there, then read it again here.")
        found.append(Remedy("open-file", tr("Open the workbook at {0}").format(cell), text, tr("Open"), "link"))
    elif not rejects:
        text = tr("The same file with the same choices.")
        found.append(Remedy("retry", tr("Try again"), text, tr("Retry"), "retry"))
    return tuple(found[:3])


def _insist() -> Remedy:
    text = tr("It starts when no other import runs, and this machine may become slow.")
    return Remedy("insist", tr("Run it alone"), text, tr("Run alone"), "import")


def _raise() -> Remedy:
    return Remedy("raise", tr("Put it first"), tr("It is the next to start."), tr("Raise"), "up")


def _cancel(text: str) -> Remedy:
    return Remedy("cancel", tr("Cancel this import"), text, tr("Cancel"), "x")
