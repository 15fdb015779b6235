"""A pool with real worker processes, watched by a listener, and proof that it leaves nothing behind."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from workers.core.jobs.events import Verdict
from workers.core.jobs.pool_events import ImportEnded, JobChanged, PoolClosed, PoolEvent, ResultReady
from workers.core.jobs.snapshots import JobKind, JobSnapshot, PoolSnapshot
from workers.core.jobs.spec import JobLimits, JobSpec, PoolPolicy
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.tasks import BackendStarted, Target
from workers.pool.config import PoolConfig
from workers.pool.supervisor import Supervisor, new_job_id

FUNCTIONS = "tests.workers.pool.task_functions:TASKS"

PATIENCE = 120.0
"""Seconds that a test waits for what has to come: nothing is measured by it, a busy machine may take its time."""


class Answer:
    def __init__(self, verdict: Verdict, *outcomes: ImportOutcome) -> None:
        self.verdict = verdict
        self.outcomes = outcomes


class FakeLedger:
    """Stands in for the database where a test is about the pool's side of settling only."""

    def __init__(self) -> None:
        self.answer = Answer("rolled_back")
        self.asked: list[BackendStarted] = []

    def __call__(self, target: Target, backend: BackendStarted, /) -> Answer:
        self.asked.append(backend)
        return self.answer


class Pool:
    """A running supervisor and everything that it has told."""

    def __init__(self, home: Path, policy: PoolPolicy, **config: Any) -> None:
        self.ledger = FakeLedger()
        self.events: list[PoolEvent] = []
        self._news = threading.Condition()
        config.setdefault("size", 2)
        config.setdefault("tasks", FUNCTIONS)
        self.supervisor = Supervisor(
            PoolConfig(home, policy=policy, heartbeat=0.1, **config), listener=self._hear, settler=self.ledger
        )
        self._thread = threading.Thread(target=self.supervisor.run, name="supervisor")
        self._thread.start()

    def _hear(self, event: PoolEvent) -> None:
        with self._news:
            self.events.append(event)
            self._news.notify_all()

    def submit(self, *request: Any, kind: JobKind = JobKind.IMPORT, **more: Any) -> str:
        spec = JobSpec(new_job_id(), kind, f"job {request!r}", request, **more)
        return self.supervisor.submit(spec)

    def until(self, good: Callable[[], object], seconds: float = PATIENCE) -> None:
        end = time.monotonic() + seconds
        with self._news:
            while not good():
                left = end - time.monotonic()
                assert left > 0, f"not within {seconds} s; last events: {self.events[-3:]}"
                self._news.wait(min(left, 0.05))

    def told(self, job_id: str) -> list[JobSnapshot]:
        """Every snapshot of the job that was told, the latest last: what is missing here has not been heard yet."""
        return [e.job for e in self.events.copy() if isinstance(e, JobChanged) and e.job.job_id == job_id]

    def until_told(self, job_id: str, good: Callable[[JobSnapshot], object]) -> JobSnapshot:
        """Wait until the latest snapshot that was told is as wanted; gives that very snapshot."""
        found: list[JobSnapshot] = []

        def latest() -> bool:
            found[:] = [job for job in self.told(job_id)[-1:] if good(job)]
            return bool(found)

        self.until(latest)
        return found[0]

    def until_phase(self, job_id: str) -> JobSnapshot:
        return self.until_told(job_id, lambda job: job.phase != "")

    def until_ended(self, job_id: str) -> JobSnapshot:
        return self.until_told(job_id, lambda job: job.state.ended)

    def until_pool(self, good: Callable[[PoolSnapshot], object]) -> PoolSnapshot:
        """Wait for a picture of the pool, which comes up to ten times a second; gives that very picture."""
        found: list[PoolSnapshot] = []

        def latest() -> bool:
            found[:] = [pool for pool in (self.supervisor.snapshot(),) if good(pool)]
            return bool(found)

        self.until(latest)
        return found[0]

    def until_heeded(self) -> None:
        """Wait until everything that was asked of the pool so far has been taken in."""
        self.supervisor.ping().result(PATIENCE)

    def result(self, job_id: str) -> Any:
        return next(e.result for e in self.events if isinstance(e, ResultReady) and e.job_id == job_id)

    def outcomes(self, job_id: str) -> list[ImportOutcome]:
        return [e.outcome for e in self.events if isinstance(e, ImportEnded) and e.job_id == job_id]

    def ends_told(self, job_id: str) -> int:
        return sum(1 for job in self.told(job_id) if job.state.ended)

    def close(self, *, cancel: bool = True, budget: float = 10.0, keep_waiting: bool = False) -> None:
        self.supervisor.shutdown(cancel=cancel, budget=budget, keep_waiting=keep_waiting)
        self._thread.join(budget + PATIENCE)
        assert not self._thread.is_alive(), "the supervisor did not end"
        assert isinstance(self.events[-1], PoolClosed)


MakePool = Callable[..., Pool]


def workers_of_ours() -> list[psutil.Process]:
    """Spawned workers among our children; the standard library's resource tracker is not one."""
    ours = []
    for child in psutil.Process(os.getpid()).children(recursive=True):
        try:
            line = " ".join(child.cmdline())
        except psutil.Error:
            continue
        if "spawn_main" in line or "multiprocessing-fork" in line:
            ours.append(child)
    return ours


@pytest.fixture
def make_pool(tmp_path: Path) -> Iterator[MakePool]:
    pools: list[Pool] = []

    def make(policy: PoolPolicy | None = None, home: Path | None = None, **config: Any) -> Pool:
        pool = Pool(home or tmp_path, policy or PoolPolicy(prestart=False), **config)
        pools.append(pool)
        return pool

    yield make
    for pool in pools:
        if not pool.supervisor.wait_closed(0):
            pool.close()
    assert not workers_of_ours()
    spool = tmp_path / "spool"
    assert not spool.exists() or not list(spool.iterdir())


NO_LIMITS = JobLimits(None, None, None)
