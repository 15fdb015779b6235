"""An import that has lost its database makes it be looked at once an attempt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.lost_database import LossWatch
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState

_JOB = JobSnapshot("j", JobKind.IMPORT, "a.xlsx", "", JobState.WAITING, attempts=1, trouble="connection-lost")


def test_a_loss_is_news_once_an_attempt() -> None:
    """A waiting job changes its place many times; its next failure is news again."""
    watch = LossWatch()
    assert [watch.is_news(_JOB), watch.is_news(replace(_JOB, place=2)), watch.is_news(_JOB)] == [True, False, False]
    assert not watch.is_news(replace(_JOB, state=JobState.RUNNING, trouble="", attempts=2))
    assert watch.is_news(replace(_JOB, attempts=2))


@pytest.mark.parametrize(
    ("state", "trouble"),
    [(JobState.WAITING, ""), (JobState.WAITING, "deadlock"), (JobState.FAILED, "unreachable")],
)
def test_what_has_another_cause_is_no_loss(state: JobState, trouble: str) -> None:
    """A deadlock needs no new server, and a job that has ended needs none any more."""
    assert not LossWatch().is_news(replace(_JOB, state=state, trouble=trouble))
