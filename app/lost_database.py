"""Tells when an import has just lost its database; once for each attempt, however often the job changes meanwhile."""

from __future__ import annotations

from workers.core.jobs.snapshots import JobSnapshot


class LossWatch:
    """Remembers which losses were told. For one thread."""

    def __init__(self) -> None:
        """Nothing was lost so far."""
        self._told: dict[str, int] = {}

    def is_news(self, job: JobSnapshot) -> bool:
        """Whether this attempt of the job has lost the database, and this is the first time that it is asked."""
        if job.state.ended:
            self._told.pop(job.job_id, None)
            return False
        if not job.lost_database or self._told.get(job.job_id) == job.attempts:
            return False
        self._told[job.job_id] = job.attempts
        return True
