"""How quickly a job goes to a worker and back, how quickly a worker starts, and what an idle one weighs."""

from __future__ import annotations

import queue
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from workers.core.jobs.pool_events import JobChanged, PoolEvent
from workers.core.jobs.snapshots import JobKind
from workers.core.jobs.spec import JobSpec, PoolPolicy
from workers.pool.config import PoolConfig
from workers.pool.supervisor import Supervisor, new_job_id

NAME = "dispatch"

_ROUNDS = 1000
_STARTS = 5
_QUEUED = 5000


def run() -> dict[str, Any]:
    """Round trips of an empty task on an idle pool, then 5,000 jobs submitted at once."""
    with tempfile.TemporaryDirectory() as home:
        return _measure(Path(home))


def _measure(home: Path) -> dict[str, Any]:
    ended: queue.SimpleQueue[str] = queue.SimpleQueue()

    def hear(event: PoolEvent) -> None:
        if isinstance(event, JobChanged) and event.job.state.ended:
            ended.put(event.job.job_id)

    config = PoolConfig(home, size=1, policy=PoolPolicy(recycle_tasks=0), share_slots=True)
    pool = Supervisor(config, listener=hear, settler=_no_settler)
    thread = threading.Thread(target=pool.run)
    thread.start()
    try:
        _until(lambda: pool.snapshot().idle == 1)
        trips = sorted(_trip(pool, ended) for _ in range(_ROUNDS))
        weight = _settled_weight(pool)
        starts = sorted(_start(pool) for _ in range(_STARTS))
        began = time.perf_counter()
        for _ in range(_QUEUED):
            pool.submit(_probe())
        submitted = time.perf_counter() - began
        for _ in range(_QUEUED):
            ended.get(timeout=60)
        drained = time.perf_counter() - began
    finally:
        pool.shutdown(cancel=True)
        thread.join(30)
    return {
        "rounds": _ROUNDS,
        "p50_ms": round(trips[_ROUNDS // 2] * 1e3, 3),
        "p99_ms": round(trips[int(_ROUNDS * 0.99)] * 1e3, 3),
        "worker_start_s": round(starts[_STARTS // 2], 3),
        "idle_worker_mb": round(weight / 2**20, 1),
        "queued": _QUEUED,
        "submit_us_each": round(submitted / _QUEUED * 1e6, 1),
        "jobs_per_second": round(_QUEUED / drained),
    }


def _probe() -> JobSpec:
    return JobSpec(new_job_id(), JobKind.PROBE, "probe")


def _trip(pool: Supervisor, ended: queue.SimpleQueue[str]) -> float:
    began = time.perf_counter()
    pool.submit(_probe())
    ended.get(timeout=10)
    return time.perf_counter() - began


def _start(pool: Supervisor) -> float:
    """Seconds from the wish for one more worker until it is idle."""
    before = pool.snapshot().idle
    began = time.perf_counter()
    pool.resize(before + 1)
    _until(lambda: pool.snapshot().idle > before)
    passed = time.perf_counter() - began
    pool.resize(before)
    _until(lambda: pool.snapshot().idle == before)
    return passed


def _settled_weight(pool: Supervisor) -> int:
    """Resident bytes of an idle worker once it has imported what imports need."""
    _until(lambda: pool.snapshot().workers[0].rss > 30 << 20, seconds=5)
    return pool.snapshot().workers[0].rss


def _until(good: Any, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not good() and time.monotonic() < end:
        time.sleep(0.005)


def _no_settler(*_arguments: object) -> Any:
    raise AssertionError("nothing to settle in this benchmark")
