"""What a command shows of its jobs while they run, and when it shows nothing. The bars themselves: `progress_bars`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol

from workers.core.jobs.connection_budget import waits_for_connection
from workers.core.jobs.snapshots import JobSnapshot, JobState


class ProgressView(Protocol):
    """What shows the progress of jobs; the silent one shows nothing."""

    def show(self, job: JobSnapshot) -> None:
        """Take note of a job as it stands now."""


class Silent:
    """Shows nothing, for ``--quiet``."""

    def show(self, job: JobSnapshot) -> None:
        """Do nothing."""


class WaitingNotes:
    """Where nobody watches bars: says once that everything waits for a connection, lest a script hang in silence."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        """Say it with `tell`."""
        self._tell = tell
        self._running: set[str] = set()
        self._told = False

    def show(self, job: JobSnapshot) -> None:
        """Take note of a job as it stands now."""
        if job.state is JobState.WAITING:
            self._running.discard(job.job_id)
            if not self._running and not self._told and waits_for_connection(job.reason):
                self._told = True
                self._tell(f"{job.title}: {job.reason}")
        elif job.state.ended:
            self._running.discard(job.job_id)
        else:
            self._running.add(job.job_id)
            self._told = False


def wants_bars(quiet: bool, json_lines: bool) -> bool:
    """Whether a person is looking at the error stream and wants to see progress."""
    return not quiet and not json_lines and sys.stderr.isatty()
