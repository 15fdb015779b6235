"""What happened to each job, line by line, told from its snapshots: the log in the lower half of the queue."""

from __future__ import annotations

import datetime as dt
from collections import deque
from dataclasses import dataclass, field

from workers.core.jobs.snapshots import JobSnapshot, JobState
from workers.core.model.outcomes import ImportOutcome

_MOST_LINES = 300
_MOST_JOBS = 2_000
_MOST_WARNINGS = 20


@dataclass(slots=True)
class _Story:
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=_MOST_LINES))
    state: JobState | None = None
    reason: str = ""
    phase: str = ""
    attempts: int = 0
    told: int = 0


class JobStories:
    """Keeps the stories of the latest jobs. English, as every log is. Not thread-safe."""

    def __init__(self) -> None:
        """No jobs yet."""
        self._stories: dict[str, _Story] = {}

    def take(self, job: JobSnapshot, now: dt.datetime) -> None:
        """Note what is new in a snapshot; `now` is local time."""
        story = self._stories.get(job.job_id)
        if story is None:
            story = self._stories[job.job_id] = _Story()
            while len(self._stories) > _MOST_JOBS:
                del self._stories[next(iter(self._stories))]
        work = [*_phase_lines(story, job), *_outcome_lines(story, job)]
        states = _state_lines(story, job)
        lines = [*work, *states] if job.state.ended else [*states, *work]
        story.state, story.reason, story.phase = job.state, job.reason, job.phase
        story.attempts, story.told = job.attempts, len(job.outcomes)
        story.lines.extend(f"{now:%H:%M:%S}  {line}" for line in lines)

    def text(self, job_id: str) -> str:
        """The story of a job so far."""
        story = self._stories.get(job_id)
        return "\n".join(story.lines) if story else ""

    def forget(self, job_id: str) -> None:
        """Forget a job."""
        self._stories.pop(job_id, None)


def _state_lines(story: _Story, job: JobSnapshot) -> list[str]:
    if story.state is job.state and story.attempts == job.attempts:
        changed = bool(job.reason) and job.reason != story.reason
        return [_with_reason(job.state, job.reason)] if changed else []
    if job.state is JobState.RUNNING:
        worker = f" in worker process {job.worker}" if job.worker else ""
        again = f", attempt {job.attempts}" if job.attempts > 1 else ""
        return [f"started{worker}{again}"]
    why = job.error.message if job.error is not None else job.reason
    return [_with_reason(job.state, why)]


def _with_reason(state: JobState, why: str) -> str:
    return why if why.startswith(f"{state.value}: ") else f"{state.value}: {why}" if why else state.value


def _phase_lines(story: _Story, job: JobSnapshot) -> list[str]:
    if not job.phase or job.phase == story.phase:
        return []
    rows = f", {job.rows:,} rows so far" if job.rows else ""
    sheet = f" {job.sheet}" if job.sheet else ""
    return [f"{job.phase}{sheet}{rows}"]


def _outcome_lines(story: _Story, job: JobSnapshot) -> list[str]:
    lines: list[str] = []
    for outcome in job.outcomes[story.told :]:
        lines.append(_sum(outcome))
        lines += [f"  {warning.message}" for warning in outcome.warnings[:_MOST_WARNINGS]]
        hidden = len(outcome.warnings) - _MOST_WARNINGS
        if hidden > 0:
            lines.append(f"  and {hidden} more warnings, all in the receipt")
    return lines


def _sum(outcome: ImportOutcome) -> str:
    where = f"{outcome.sheet or 'file'} into {outcome.table}" if outcome.table else outcome.sheet or outcome.file
    if outcome.error is not None:
        return f"{outcome.state.value}: {where}: {outcome.error.message}"
    figures = f"{outcome.rows_read:,} read = {outcome.rows_loaded:,} loaded + {outcome.rows_rejected:,} rejected"
    skipped = f" + {outcome.rows_skipped:,} skipped" if outcome.rows_skipped else ""
    return f"{outcome.state.value}: {where}, {figures}{skipped}, {outcome.seconds:.1f} s, import {outcome.import_id}"
