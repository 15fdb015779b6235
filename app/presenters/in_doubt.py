"""Presenter of what is unknown: imports whose commit was sent and not answered are settled once the server answers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from app.presenters.database import DatabaseFlow
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState

AGAIN_MS = 10_000


class SettlingFlow(QObject):
    """Has the server asked when it is back, and every ten seconds while it answers. Lives on the UI thread."""

    def __init__(
        self, database: DatabaseFlow, settle: Callable[[], object], parent: QObject | None = None, again: int = AGAIN_MS
    ) -> None:
        """Watch for unknown imports.

        Args:
            database: Tells when the server is there.
            settle: Asks it, on a thread of its own; does nothing while that is under way.
            parent: Owner.
            again: Milliseconds between two questions.
        """
        super().__init__(parent)
        self._database, self._settle = database, settle
        self._unknown: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(again)
        self._timer.timeout.connect(self._ask)
        database.reached.connect(self._ask)

    @Slot(tuple)
    def take_jobs(self, jobs: tuple[JobSnapshot, ...]) -> None:
        """New states of jobs."""
        for job in jobs:
            if job.kind is JobKind.IMPORT and job.state is JobState.UNKNOWN:
                self._unknown.add(job.job_id)
            elif job.state is not JobState.IN_DOUBT:
                self._unknown.discard(job.job_id)
        if not self._unknown:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _ask(self) -> None:
        if self._unknown and self._database.current is not None:
            self._settle()
