"""What a terminal shows while jobs run and wait."""

from __future__ import annotations

from dataclasses import replace

from app.cli.progress_bars import ProgressBars
from app.cli.progress_view import WaitingNotes
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState

JOB = JobSnapshot("j", JobKind.IMPORT, "a.xlsx", "", JobState.WAITING, "waiting for a free worker", place=1)


def titles(bars: ProgressBars) -> list[tuple[str, str]]:
    return [(task.fields["title"], task.fields["rows"]) for task in bars._progress.tasks]


def test_a_job_that_waits_for_its_turn_is_not_shown_but_one_that_is_held_back_says_why() -> None:
    bars = ProgressBars()
    bars.show(JOB)
    bars.show(replace(JOB, job_id="k", place=2, reason="waiting: 1 before it"))
    assert titles(bars) == []
    held = replace(JOB, reason="waiting: needs about 1.4 GB, 0.9 GB free")
    bars.show(held)
    assert titles(bars) == [("a.xlsx", "waiting: needs about 1.4 GB, 0.9 GB free")]
    bars.show(replace(held, state=JobState.RUNNING, reason="", rows=1200))
    assert titles(bars) == [("a.xlsx", "1,200 rows")]
    bars.show(replace(held, state=JobState.WAITING, reason="waiting for a free worker"))
    assert titles(bars) == []
    bars.show(replace(held, state=JobState.DONE))
    assert titles(bars) == []


def test_without_a_terminal_it_is_said_once_that_everything_waits_for_a_connection() -> None:
    said: list[str] = []
    notes = WaitingNotes(said.append)
    full = replace(JOB, reason="waiting: db.example has no free connection")
    notes.show(JOB)
    assert said == []
    for job in (full, replace(full, reason="waiting: 15 of 15 connections are in use on db.example, …"), full):
        notes.show(job)
    assert said == ["a.xlsx: waiting: db.example has no free connection"]
    notes.show(replace(JOB, state=JobState.RUNNING, reason=""))
    notes.show(replace(full, job_id="k"))
    assert len(said) == 1, "something goes on"
    notes.show(replace(JOB, state=JobState.DONE, reason=""))
    notes.show(replace(full, job_id="k"))
    assert len(said) == 2
