"""What the supervisor tells its listener: reports in order, then the latest snapshot of each changed job."""

from __future__ import annotations

import logging
from collections.abc import Callable

from workers.core.jobs.machine import PoolMachine
from workers.core.jobs.pool_events import JobChanged, PoolChanged, PoolClosed, PoolEvent
from workers.core.jobs.snapshots import JobSnapshot, PoolSnapshot

_log = logging.getLogger(__name__)

POOL_INTERVAL = 0.1
"""Seconds between two snapshots of the pool."""


class EventPublisher:
    """Collects what has changed and tells it once. Used by the supervisor's thread; `known` and `pool` by any."""

    def __init__(self, machine: PoolMachine, listener: Callable[[PoolEvent], None], now: float) -> None:
        """Tell `listener` about `machine`."""
        self._machine = machine
        self._listener = listener
        self._reports: list[PoolEvent] = []
        self._dirty_jobs: dict[str, None] = {}
        self._pool_at = 0.0
        self._closing: PoolClosed | None = None
        self.dirty_pool = True
        self.pool: PoolSnapshot = machine.pool_snapshot(now)
        self.known: dict[str, JobSnapshot] = {}

    def report(self, event: PoolEvent) -> None:
        """To be told as it is, in order; the end of the pool last of all."""
        if isinstance(event, PoolClosed):
            self._closing = event
        else:
            self._reports.append(event)

    def job_changed(self, job_id: str) -> None:
        """The job's latest snapshot is to be told."""
        self._dirty_jobs[job_id] = None

    def due(self) -> float | None:
        """When the pool's snapshot may be told again; None when it has not changed."""
        return self._pool_at + POOL_INTERVAL if self.dirty_pool else None

    def flush(self, now: float) -> None:
        """Tell everything that is due."""
        reports, self._reports = self._reports, []
        for report in reports:
            self._tell(report)
        dirty, self._dirty_jobs = self._dirty_jobs, {}
        for job_id in dirty:
            snapshot = self._machine.job_snapshot(job_id)
            if snapshot is not None:
                self.known[job_id] = snapshot
                self._tell(JobChanged(snapshot))
        if dirty:
            self._forget_old()
        if self.dirty_pool and (now >= self._pool_at + POOL_INTERVAL or self._closing):
            self.dirty_pool, self._pool_at = False, now
            self.pool = self._machine.pool_snapshot(now)
            self._tell(PoolChanged(self.pool))
        if self._closing is not None:
            closing, self._closing = self._closing, None
            self._tell(closing)

    def _forget_old(self) -> None:
        """Ended jobs that the machine has forgotten are forgotten here as well."""
        machine = self._machine
        if len(self.known) > len(machine.jobs) + 2 * len(machine.ended) + 100:
            self.known = {i: s for i, s in self.known.items() if i in machine.jobs or i in machine.ended}

    def _tell(self, event: PoolEvent) -> None:
        try:
            self._listener(event)
        except Exception:  # noqa: BLE001 - the pool must outlive whatever listens to it
            _log.exception("the listener of the pool failed")
