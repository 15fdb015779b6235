"""One sample as the object that ``status --json`` and the HTTP endpoint give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from workers.core.alerts.states import Alert
from workers.core.jobs.snapshots import PoolSnapshot, WorkerSnapshot
from workers.core.metrics.samples import DatabaseSample, DatabaseState, IoSample, Sample


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """One part that was asked whether it is well."""

    name: str
    ok: bool
    milliseconds: float = 0.0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PlannedSizes:
    """What would be used if no window is running: the figures are never null."""

    workers: int
    io_threads: int
    pool_size: int
    max_overflow: int
    database_url: str = ""
    queries: int = 3


def status_object(
    sample: Sample,
    planned: PlannedSizes,
    *,
    alerts: Iterable[Alert] = (),
    health: Iterable[HealthCheck] = (),
) -> dict[str, Any]:
    """The whole object, ready for JSON. No figure of pool and database counts is ever null.

    Args:
        sample: What was measured; parts that are missing count as nothing going on.
        planned: Sizes for what is not running.
        alerts: Pending and open alerts.
        health: Answers of the parts.
    """
    return {
        "time": sample.time,
        "machine": machine_object(sample),
        "pool": pool_object(sample.pool, planned),
        "io": io_object(sample.io, planned),
        "health": [_health(check) for check in health],
        "database": database_object(sample.database, planned),
        "alerts": [alert_object(alert) for alert in alerts],
    }


def machine_object(sample: Sample) -> dict[str, Any]:
    """Machine and our own processes."""
    machine, ours = sample.machine, sample.ours
    found: dict[str, Any] = {}
    if machine is not None:
        found = {
            "cpu_percent": round(machine.cpu_percent, 1),
            "cpu_count": machine.cpu_count,
            "cpu_limit": machine.cpu_limit,
            "memory_percent": round(machine.memory_percent, 1),
            "memory_total": machine.memory_total,
            "memory_used": machine.memory_used,
            "memory_available": machine.memory_available,
            "memory_limit": machine.memory_limit,
            "disk_percent": machine.disk_percent,
            "disk_total": machine.disk_total,
            "disk_free": machine.disk_free,
            "disk_read_per_second": _rounded(machine.disk_read),
            "disk_write_per_second": _rounded(machine.disk_write),
        }
    if ours is not None:
        found |= {"our_cpu_percent": round(ours.cpu_percent, 1), "our_memory": ours.rss}
    return found


def pool_object(pool: PoolSnapshot | None, planned: PlannedSizes) -> dict[str, Any]:
    """The worker pool, or what it would be."""
    if pool is None:
        return {
            "workers": planned.workers,
            "busy": 0,
            "idle": 0,
            "waiting": 0,
            "hold_reason": "",
            "slow_reason": "",
            "queries": {"workers": planned.queries, "busy": 0, "idle": 0, "waiting": 0},
            "worker_list": [],
        }
    return {
        "workers": pool.size,
        "busy": pool.busy,
        "idle": pool.idle,
        "waiting": pool.waiting,
        "hold_reason": pool.hold_reason,
        "slow_reason": pool.slow_reason,
        "queries": {
            "workers": pool.queries.size,
            "busy": pool.queries.busy,
            "idle": pool.queries.idle,
            "waiting": pool.queries.waiting,
        },
        "worker_list": [_worker(worker) for worker in pool.workers],
    }


def io_object(io: IoSample | None, planned: PlannedSizes) -> dict[str, Any]:
    """The I/O threads."""
    io = io or IoSample(planned.io_threads)
    return {"threads": io.threads, "busy": io.busy, "waiting": io.waiting}


def database_object(database: DatabaseSample | None, planned: PlannedSizes) -> dict[str, Any]:
    """Our pool of connections, and the server's sessions."""
    database = database or DatabaseSample()
    return {
        "url_without_password": planned.database_url,
        "connected": database.state is DatabaseState.CONNECTED,
        "pool_size": database.pool_size or planned.pool_size,
        "max_overflow": database.max_overflow or planned.max_overflow,
        "checked_out": database.checked_out,
        "overflow": database.overflow,
        "server_connections": database.server_connections or 0,
        "max_connections": database.max_connections or 0,
        "by_state": dict(database.by_state),
        "longest_transaction_seconds": _rounded(database.longest_transaction),
        "lock_waits": database.lock_waits or 0,
        "database_size": database.database_size,
        "note": database.note,
    }


def alert_object(alert: Alert) -> dict[str, Any]:
    """One alert."""
    return {
        "id": alert.alert_id,
        "rule": alert.rule.key,
        "label": alert.rule.label,
        "state": alert.phase.value,
        "level": alert.level.value,
        "value": round(alert.value, 2),
        "threshold": alert.threshold,
        "unit": alert.rule.unit,
        "since": alert.since,
        "cause": alert.cause.text if alert.cause else None,
        "done": alert.done,
    }


def _worker(worker: WorkerSnapshot) -> dict[str, Any]:
    return {
        "number": worker.number,
        "pid": worker.pid,
        "state": worker.state,
        "lane": worker.lane.value,
        "interactive": worker.interactive,
        "task": worker.task,
        "phase": worker.phase,
        "cpu_percent": round(worker.cpu_percent, 1),
        "rss": worker.rss,
        "age_seconds": round(worker.age, 1),
        "tasks_done": worker.tasks_done,
        "heartbeat_seconds": round(worker.heartbeat_age, 1),
    }


def _health(check: HealthCheck) -> dict[str, Any]:
    return {"name": check.name, "ok": check.ok, "ms": round(check.milliseconds, 2), "detail": check.detail}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
