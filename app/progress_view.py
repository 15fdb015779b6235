"""What a command shows of its jobs while they run, and when it shows nothing. The bars themselves: `progress_bars`."""

from __future__ import annotations

import sys
from typing import Protocol

from workers.core.snapshots import JobSnapshot


class ProgressView(Protocol):
    """What shows the progress of jobs; the silent one shows nothing."""

    def show(self, job: JobSnapshot) -> None:
        """Take note of a job as it stands now."""


class Silent:
    """Shows nothing: with ``--json``, ``--quiet``, or where no person looks."""

    def show(self, job: JobSnapshot) -> None:
        """Do nothing."""


def wants_bars(quiet: bool, json_lines: bool) -> bool:
    """Whether a person is looking at the error stream and wants to see progress."""
    return not quiet and not json_lines and sys.stderr.isatty()
