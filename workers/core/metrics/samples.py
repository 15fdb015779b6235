"""What the monitor measures: one frozen `Sample` per beat, and the flat figures that charts and alerts are made of."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from workers.core.jobs.snapshots import PoolSnapshot


@dataclass(frozen=True, slots=True)
class MachineSample:
    """The machine, or the container that we are in.

    Attributes:
        cpu_percent: Load of all cores together, 0 to 100.
        cpu_count: Logical cores of the machine.
        cpu_limit: Cores that we may use (affinity, container), may be a fraction.
        memory_total: Bytes of the machine.
        memory_used: Bytes in use: of the container when its limit is nearer, else of the machine.
        memory_available: Bytes that can still be had without swapping or reaching the limit.
        memory_limit: The container's limit in bytes, else the machine's memory.
        memory_percent: Use in percent of the nearer of machine and container.
        disk_total: Bytes of the disk with our folder.
        disk_free: Bytes free for us there.
        disk_percent: Use in percent; None when the disk does not answer.
        disk_read: Bytes per second read from all disks; None when not known.
        disk_write: Bytes per second written to all disks.
    """

    cpu_percent: float
    cpu_count: int
    cpu_limit: float
    memory_total: int
    memory_used: int
    memory_available: int
    memory_limit: int
    memory_percent: float
    disk_total: int = 0
    disk_free: int = 0
    disk_percent: float | None = None
    disk_read: float | None = None
    disk_write: float | None = None


@dataclass(frozen=True, slots=True)
class OursSample:
    """Our own processes.

    Attributes:
        cpu_percent: Of one core, all our processes together; may pass 100.
        rss: Resident bytes, all together.
        own_cpu_percent: Of one core, this process alone.
        own_rss: Resident bytes of this process.
        worker_cpu: Of one core, for each busy worker.
        read_rate: Bytes per second that our workers read; None when the system does not tell.
    """

    cpu_percent: float = 0.0
    rss: int = 0
    own_cpu_percent: float = 0.0
    own_rss: int = 0
    worker_cpu: tuple[float, ...] = ()
    read_rate: float | None = None


class DatabaseState(StrEnum):
    """How the database is, as the monitor sees it."""

    OFF = "off"
    CONNECTED = "connected"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class DatabaseSample:
    """The target database and our pool of connections to it.

    Attributes:
        state: ``off`` (not asked for yet), ``connected`` or ``lost``.
        name: The database and its place, for people; never a password.
        note: Why it is lost, or what could not be seen and how to mend that; empty otherwise.
        pool_size: Connections that our engine keeps.
        max_overflow: Connections that it may open beyond.
        checked_out: Connections in use, the workers' included.
        overflow: Connections open beyond the pool.
        waiting: Calls that wait for a connection.
        server_connections: Sessions of everybody; None when not known.
        max_connections: What the server allows.
        by_state: Sessions by state, in fixed order; sessions whose state may not be seen are under ``not visible``.
        longest_transaction: Age in seconds of the oldest open transaction, anybody's.
        lock_waits: Sessions that wait for a lock.
        database_size: Bytes.
        age: Seconds since these figures were read.
    """

    state: DatabaseState = DatabaseState.OFF
    name: str = ""
    note: str = ""
    pool_size: int = 0
    max_overflow: int = 0
    checked_out: int = 0
    overflow: int = 0
    waiting: int = 0
    server_connections: int | None = None
    max_connections: int | None = None
    by_state: tuple[tuple[str, int], ...] = ()
    longest_transaction: float | None = None
    lock_waits: int | None = None
    database_size: int | None = None
    age: float = 0.0


@dataclass(frozen=True, slots=True)
class LagFigures:
    """Lateness of the window's event loop over the last seconds, in milliseconds."""

    last: float
    p50: float
    p95: float
    p99: float
    maximum: float


@dataclass(frozen=True, slots=True)
class IoSample:
    """The I/O threads."""

    threads: int = 0
    busy: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Sample:
    """Everything at one moment. A part that could not be read is None, never a guess.

    Attributes:
        time: Unix time.
        clock: Monotonic seconds, for durations.
        cost: CPU seconds that taking this sample needed.
        rows_per_second: Rows that the running imports send.
        job_overrun: How many times its usual duration the slowest running job has taken; None without one.
    """

    time: float
    clock: float
    machine: MachineSample | None = None
    ours: OursSample | None = None
    pool: PoolSnapshot | None = None
    database: DatabaseSample | None = None
    io: IoSample | None = None
    lag: LagFigures | None = None
    rows_per_second: float | None = None
    job_overrun: float | None = None
    cost: float = 0.0


METRICS: tuple[str, ...] = (
    "cpu_percent",
    "ours_cpu",
    "worker_cpu_min",
    "worker_cpu_median",
    "worker_cpu_max",
    "memory_percent",
    "memory_used",
    "memory_limit",
    "ours_memory",
    "disk_percent",
    "disk_read",
    "disk_write",
    "busy",
    "idle",
    "waiting",
    "size",
    "db_active",
    "db_idle",
    "db_in_transaction",
    "db_other",
    "server_connections",
    "max_connections",
    "checked_out",
    "overflow",
    "pool_limit",
    "pool_used_percent",
    "server_used_percent",
    "longest_transaction",
    "lock_waits",
    "database_size",
    "rows_per_second",
    "bytes_per_second",
    "ui_lag",
    "ui_lag_p95",
    "job_overrun",
    "queries_busy",
    "queries_waiting",
    "queries_size",
)
"""Names of all figures, in the order in which they are kept."""


def figures(sample: Sample) -> dict[str, float]:
    """The sample as flat figures by the names of `METRICS`. What is not known is not in it.

    CPU of ours is in percent of the whole machine, so that it can be drawn beside the machine's.
    """
    found: dict[str, float | None] = {
        "rows_per_second": sample.rows_per_second,
        "job_overrun": sample.job_overrun,
    }
    if sample.machine is not None:
        found |= _machine(sample.machine)
    if sample.ours is not None:
        found |= _ours(sample.ours, sample.machine)
    if sample.pool is not None:
        pool = sample.pool
        found |= {"busy": pool.busy, "idle": pool.idle, "waiting": pool.waiting, "size": pool.size}
        lane = pool.queries
        found |= {"queries_busy": lane.busy, "queries_waiting": lane.waiting, "queries_size": lane.size}
    if sample.database is not None:
        found |= _database(sample.database)
    if sample.lag is not None:
        found |= {"ui_lag": sample.lag.maximum, "ui_lag_p95": sample.lag.p95}
    return {name: float(value) for name, value in found.items() if value is not None and math.isfinite(value)}


def _machine(machine: MachineSample) -> Mapping[str, float | None]:
    return {
        "cpu_percent": machine.cpu_percent,
        "memory_percent": machine.memory_percent,
        "memory_used": machine.memory_used,
        "memory_limit": machine.memory_limit,
        "disk_percent": machine.disk_percent,
        "disk_read": machine.disk_read,
        "disk_write": machine.disk_write,
    }


def _ours(ours: OursSample, machine: MachineSample | None) -> Mapping[str, float | None]:
    found: dict[str, float | None] = {"ours_memory": ours.rss, "bytes_per_second": ours.read_rate}
    if machine is not None:
        found["ours_cpu"] = ours.cpu_percent / max(1, machine.cpu_count)
    if ours.worker_cpu:
        found["worker_cpu_min"] = min(ours.worker_cpu)
        found["worker_cpu_median"] = median(ours.worker_cpu)
        found["worker_cpu_max"] = max(ours.worker_cpu)
    return found


def _database(database: DatabaseSample) -> Mapping[str, float | None]:
    if database.state is not DatabaseState.CONNECTED:
        return {}
    states = dict(database.by_state)
    total, limit = database.server_connections, database.max_connections
    ours = database.pool_size + database.max_overflow
    seen = {name: states.get(name, 0) for name in ("active", "idle", "idle in transaction")}
    return {
        "db_active": seen["active"],
        "db_idle": seen["idle"],
        "db_in_transaction": seen["idle in transaction"],
        "db_other": None if total is None else max(0, total - sum(seen.values())),
        "server_connections": total,
        "max_connections": limit,
        "checked_out": database.checked_out,
        "overflow": database.overflow,
        "pool_limit": ours or None,
        "pool_used_percent": 100 * database.checked_out / ours if ours else None,
        "server_used_percent": 100 * total / limit if total is not None and limit else None,
        "longest_transaction": database.longest_transaction,
        "lock_waits": database.lock_waits,
        "database_size": database.database_size,
    }
