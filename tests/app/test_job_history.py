"""The log of a job is told from its snapshots, each thing once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.job_history import JobStories
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.model.errors import ErrorInfo
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.plans import Finding

NOON = dt.datetime(2026, 10, 1, 12)
WAITING = JobSnapshot("job", JobKind.IMPORT, "a.xlsx", "db", JobState.WAITING)
RUNNING = replace(WAITING, state=JobState.RUNNING, worker=42, attempts=1, phase="loading", sheet="Orders", rows=5)
LOADED = ImportOutcome(
    "import-1",
    "a.xlsx",
    "Orders",
    "public.a",
    "create",
    ImportState.LOADED,
    rows_read=5,
    rows_loaded=5,
    warnings=(Finding("left-out", "Left out A1."),),
)


def told(*jobs: JobSnapshot) -> list[str]:
    stories = JobStories()
    for job in jobs:
        stories.take(job, NOON)
    return [line.removeprefix("12:00:00  ") for line in stories.text("job").splitlines()]


def test_a_job_is_told_from_waiting_to_its_end() -> None:
    done = replace(RUNNING, state=JobState.DONE, outcomes=(LOADED,))
    lines = told(WAITING, RUNNING, replace(RUNNING, rows=9), done)
    assert lines[:3] == ["waiting", "started in worker process 42", "loading Orders, 5 rows so far"]
    assert lines[3].startswith("loaded: Orders into public.a, 5 read = 5 loaded + 0 rejected")
    assert lines[4:] == ["  Left out A1.", "done"]


def test_a_second_attempt_and_a_failure_say_why() -> None:
    failed = replace(RUNNING, state=JobState.FAILED, error=ErrorInfo("damaged", "The file is damaged."))
    again = replace(RUNNING, attempts=2, worker=43)
    assert told(RUNNING, again, failed)[-2:] == [
        "started in worker process 43, attempt 2",
        "failed: The file is damaged.",
    ]


def test_a_new_reason_for_waiting_is_told_and_an_old_one_is_not_repeated() -> None:
    held = replace(WAITING, reason="The queue is held.")
    assert told(WAITING, held, held) == ["waiting", "waiting: The queue is held."]


def test_a_forgotten_job_has_no_story() -> None:
    stories = JobStories()
    stories.take(WAITING, NOON)
    stories.forget("job")
    assert stories.text("job") == ""
