"""Run one job of the pool for a command and hand back what it answered."""

from __future__ import annotations

import queue
from typing import Any

from app.context.run_context import RunContext
from app.services.worker_pool import CommandPool
from workers.core.jobs.pool_events import JobChanged, PoolClosed, PoolEvent, ResultReady
from workers.core.jobs.snapshots import JobState
from workers.core.jobs.spec import JobSpec
from workers.core.model.errors import ErrorInfo, SheetferryError


def run_job(context: RunContext, spec: JobSpec) -> Any:
    """What the task function of `spec` returned.

    Raises:
        SheetferryError: what the task failed with, or why the pool could not run it.
        KeyboardInterrupt: on Ctrl-C; the job is cancelled and rolled back when the pool ends.
    """
    events: queue.SimpleQueue[PoolEvent] = queue.SimpleQueue()
    with CommandPool(context, events.put) as pool, pool.door() as jobs:
        jobs.submit(spec)
        while True:
            try:
                event = events.get(timeout=0.5)
            except queue.Empty:
                continue
            match event:
                case ResultReady(job_id, result) if job_id == spec.job_id:
                    return result
                case JobChanged(job) if (
                    job.job_id == spec.job_id and job.state.ended and job.state is not JobState.DONE
                ):
                    raise SheetferryError(job.error or ErrorInfo("failed", job.reason or "It failed without a reason."))
                case PoolClosed():
                    raise SheetferryError(ErrorInfo("pool-ended", "The worker pool ended too early."))
                case _:
                    pass
