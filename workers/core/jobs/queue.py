"""The waiting line: three levels, first come first served within a level, and aging so that nobody starves."""

from __future__ import annotations

from collections.abc import Iterator

from workers.core.jobs.records import Job
from workers.core.model.options import Priority

LEVELS = (Priority.HIGH, Priority.NORMAL, Priority.LOW)


class WaitingQueue:
    """Waiting jobs in order. Adding, removing and finding the first are O(1); moving is O(n) of a level."""

    def __init__(self, aging: float) -> None:
        """Let a job rise one level for every `aging` seconds that it has waited."""
        self._aging = aging
        self._levels: dict[Priority, dict[str, Job]] = {level: {} for level in LEVELS}

    def __len__(self) -> int:
        """How many jobs wait."""
        return sum(map(len, self._levels.values()))

    def __contains__(self, job_id: object) -> bool:
        """Whether the job waits here."""
        return any(job_id in level for level in self._levels.values())

    def add(self, job: Job) -> None:
        """Put the job at the end of its level."""
        self._levels[job.priority][job.job_id] = job

    def add_first(self, job: Job) -> None:
        """Put the job before all others of its level: it was at its turn already."""
        self._levels[job.priority] = {job.job_id: job, **self._levels[job.priority]}

    def remove(self, job: Job) -> None:
        """Take the job out; nothing happens if it is not here."""
        self._levels[job.priority].pop(job.job_id, None)

    def change_priority(self, job: Job, priority: Priority) -> None:
        """Put the job at the end of another level."""
        self.remove(job)
        job.priority = priority
        self.add(job)

    def move(self, job: Job, before: Job | None) -> None:
        """Put the job before another waiting one (taking over its level), or at the end of its level."""
        self.remove(job)
        if before is None or before.job_id not in self:
            self.add(job)
            return
        job.priority = before.priority
        level = self._levels[before.priority]
        order: dict[str, Job] = {}
        for job_id, other in level.items():
            if job_id == before.job_id:
                order[job.job_id] = job
            order[job_id] = other
        self._levels[before.priority] = order

    def in_order(self, at: float) -> Iterator[Job]:
        """The jobs in the order in which they would start, worked out lazily."""
        cursors = {level: iter(jobs.values()) for level, jobs in self._levels.items()}
        heads = {level: next(cursor, None) for level, cursor in cursors.items()}
        while True:
            best: Priority | None = None
            best_key = (0.0, 0)
            for level in LEVELS:
                head = heads[level]
                if head is None:
                    continue
                key = (self._rank(head, at), LEVELS.index(level))
                if best is None or key < best_key:
                    best, best_key = level, key
            if best is None:
                return
            chosen = heads[best]
            heads[best] = next(cursors[best], None)
            if chosen is not None:
                yield chosen

    def _rank(self, job: Job, at: float) -> float:
        """Lower goes first. A waiting job rises in whole levels, beyond the highest one if need be."""
        steps = max(0.0, at - job.submitted_at) // self._aging if self._aging > 0 else 0.0
        return LEVELS.index(job.priority) - steps
