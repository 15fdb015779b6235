"""What is said about a job in the queue: pure functions of its snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from widgets.parts.wording import count, duration, rate
from widgets.translation import spoken
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.model.options import Priority
from workers.core.model.outcomes import ImportState

Group = Literal["running", "waiting", "failed", "done"]
GROUPS: tuple[Group, ...] = ("running", "waiting", "failed", "done")

_STALLED_PHASES = {"checking", "committing"}


def tr(text: str) -> str:
    """Translate in the queue's context."""
    return QCoreApplication.translate("queue", text)


@dataclass(frozen=True, slots=True)
class StateWord:
    """How a state is shown: word, tone and icon always together."""

    word: str
    tone: str
    icon: str


def group_of(job: JobSnapshot) -> Group:
    """Which filter a job belongs to."""
    if job.state is JobState.WAITING:
        return "waiting"
    if not job.state.ended:
        return "running"
    if job.state in (JobState.FAILED, JobState.QUARANTINED, JobState.UNKNOWN):
        return "failed"
    return "done"


def held_by_hand() -> str:
    """The reason of jobs that wait because somebody holds the queue."""
    return tr("The queue is held by hand.")


def state_word(job: JobSnapshot) -> StateWord:
    """Word, tone and icon of a job's state."""
    if job.state is JobState.WAITING and job.reason.endswith(held_by_hand()):
        return StateWord(tr("Held"), "warn", "pause")
    if job.state is JobState.DONE:
        states = {outcome.state for outcome in job.outcomes}
        if states == {ImportState.UNCHANGED}:
            return StateWord(tr("Unchanged"), "neutral", "okc")
        if job.trial:
            return StateWord(tr("Dry run"), "info", "okc")
        word = tr("Loaded") if job.kind is JobKind.IMPORT else tr("Done")
        return StateWord(word, "ok", "okc")
    words = {
        JobState.WAITING: StateWord(tr("Waiting"), "neutral", "wait"),
        JobState.RUNNING: StateWord(tr("Running"), "info", "run"),
        JobState.CANCELLING: StateWord(tr("Cancelling"), "warn", "x"),
        JobState.IN_DOUBT: StateWord(tr("Settling"), "warn", "retry"),
        JobState.FAILED: StateWord(tr("Failed"), "danger", "error"),
        JobState.CANCELLED: StateWord(tr("Cancelled"), "neutral", "x"),
        JobState.QUARANTINED: StateWord(tr("Set aside"), "danger", "error"),
        JobState.UNKNOWN: StateWord(tr("Unknown"), "warn", "warn"),
    }
    return words[job.state]


def priority_word(priority: Priority) -> str:
    """The level as a word."""
    words = {Priority.HIGH: tr("High"), Priority.NORMAL: tr("Normal"), Priority.LOW: tr("Low")}
    return words[priority]


def target_of(job: JobSnapshot) -> str:
    """Where the rows go, in the user's language; empty when not known."""
    server, mark, table = job.target.rpartition(" · ")
    return f"{spoken(server)}{mark}{table}"


def file_and_sheet(job: JobSnapshot) -> tuple[str, str]:
    """The file's name, and the sheet where one is known."""
    file, _, sheet = job.title.partition(" › ")
    if not sheet and job.sheet:
        sheet = job.sheet
    if not sheet and len(job.outcomes) == 1:
        sheet = job.outcomes[0].sheet or ""
    return file, sheet


def progress_left(job: JobSnapshot) -> str:
    """The left half of a running job's line: how far it is."""
    rows = tr("{0} rows").format(count(job.rows))
    if job.phase == "checking":
        return tr("Checking {0}").format(rows)
    if job.phase == "committing":
        return tr("Committing {0}").format(rows)
    if not job.rows:
        opening = {"opening": tr("Opening"), "reading": tr("Reading"), "loading": tr("Loading"), "": tr("Starting")}
        return opening.get(job.phase, job.phase)
    if job.fraction is None:
        return rows
    return f"{rows} · {round(job.fraction * 100)}%"


def progress_right(job: JobSnapshot) -> str:
    """The right half: rate and time left, or why there is none."""
    if job.reason:
        return spoken(job.reason)
    if job.phase in _STALLED_PHASES:
        return tr("no rate while checking") if job.phase == "checking" else ""
    parts = [rate(job.rate)] if job.rate >= 1 else []
    if job.eta is not None:
        parts.append(tr("{0} left").format(duration(job.eta)))
    elif job.rows and job.fraction is None:
        parts.append(tr("total not known yet"))
    return " · ".join(parts)


def progress_tone(job: JobSnapshot) -> str:
    """Colour of the bar: accent while rows flow, ok while they are checked, a warning when nothing moves."""
    if job.state is not JobState.RUNNING or job.reason:
        return "warn_line"
    return "ok_line" if job.phase in _STALLED_PHASES else "accent"


def result_line(job: JobSnapshot) -> StateWord:
    """What the progress column says of a job that is not running: the reason or the result."""
    if job.state is JobState.WAITING:
        text = spoken(job.reason) or tr("Next free worker")
        return StateWord(text[:1].upper() + text[1:], "neutral", _waiting_icon(text))
    if group_of(job) == "failed":
        text = spoken(job.error.message if job.error else job.reason or _first_error(job)) or tr("It failed")
        locked = job.error is not None and job.error.kind == "encrypted"
        tone = "warn" if job.state is JobState.UNKNOWN else "danger"
        return StateWord(text, tone, "lock" if locked else state_word(job).icon)
    if job.state is JobState.CANCELLED:
        return StateWord(spoken(job.reason) or tr("Cancelled, no rows were written"), "neutral", "x")
    return _done_line(job)


def _waiting_icon(reason: str) -> str:
    lowered = reason.lower()
    if "held" in lowered or "hold" in lowered:
        return "pause"
    return "mem" if " gb" in lowered or " mb" in lowered else "wait"


def _first_error(job: JobSnapshot) -> str:
    return next((o.error.message for o in job.outcomes if o.error is not None), "")


def _done_line(job: JobSnapshot) -> StateWord:
    unchanged = [o for o in job.outcomes if o.state is ImportState.UNCHANGED]
    if job.outcomes and len(unchanged) == len(job.outcomes):
        return StateWord(spoken(job.reason) or tr("The same rows are in the table already"), "neutral", "history")
    loaded = sum(o.rows_loaded for o in job.outcomes)
    rejected = sum(o.rows_rejected for o in job.outcomes)
    took = (job.ended or 0) - (job.started or 0) if job.started and job.ended else sum(o.seconds for o in job.outcomes)
    if not job.outcomes:
        return StateWord(spoken(job.reason) or tr("Done in {0}").format(duration(took)), "ok", "check")
    said = tr("{0} rows would load, tried in {1}") if job.trial else tr("{0} rows in {1}")
    text = said.format(count(loaded), duration(took))
    if rejected:
        text += ", " + tr("{0} rejected").format(count(rejected))
    if len(job.outcomes) > 1:
        text += ", " + tr("{0} tables").format(len(job.outcomes))
    return StateWord(text, "info" if job.trial else "ok", "check")
