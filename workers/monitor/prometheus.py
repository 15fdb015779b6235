"""The status object in Prometheus' text format, through a registry of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_PREFIX = "sheetferry"

_GAUGES: tuple[tuple[str, str, str, str], ...] = (
    ("machine_cpu_percent", "machine", "cpu_percent", "Load of all cores together"),
    ("machine_cpu_limit_cores", "machine", "cpu_limit", "Cores that may be used"),
    ("machine_memory_percent", "machine", "memory_percent", "Memory in use of machine or container"),
    ("machine_memory_available_bytes", "machine", "memory_available", "Memory that can still be had"),
    ("machine_disk_percent", "machine", "disk_percent", "Disk space in use"),
    ("machine_disk_free_bytes", "machine", "disk_free", "Disk space free"),
    ("process_cpu_percent", "machine", "our_cpu_percent", "CPU of all our processes, of one core"),
    ("process_memory_bytes", "machine", "our_memory", "Memory of all our processes"),
    ("pool_workers", "pool", "workers", "Worker processes wanted"),
    ("pool_busy_workers", "pool", "busy", "Workers with a task"),
    ("pool_idle_workers", "pool", "idle", "Workers without a task"),
    ("pool_waiting_jobs", "pool", "waiting", "Jobs that wait"),
    ("query_workers", "queries", "workers", "Queries that may run at once"),
    ("query_busy_workers", "queries", "busy", "Queries that run"),
    ("query_waiting_jobs", "queries", "waiting", "Queries that wait"),
    ("io_threads", "io", "threads", "I/O threads"),
    ("io_busy_threads", "io", "busy", "I/O threads with a call"),
    ("io_waiting_calls", "io", "waiting", "Calls that wait for a thread"),
    ("database_connected", "database", "connected", "1 when the database answers"),
    ("database_pool_size", "database", "pool_size", "Connections kept open"),
    ("database_pool_checked_out", "database", "checked_out", "Connections in use, workers included"),
    ("database_pool_overflow", "database", "overflow", "Connections beyond the pool"),
    ("database_server_connections", "database", "server_connections", "Sessions of everybody"),
    ("database_max_connections", "database", "max_connections", "Sessions that the server allows"),
    ("database_lock_waits", "database", "lock_waits", "Sessions that wait for a lock"),
    ("database_longest_transaction_seconds", "database", "longest_transaction_seconds", "Oldest open transaction"),
    ("database_size_bytes", "database", "database_size", "Size of the database"),
)


class StatusCollector(Collector):
    """Turns the status object of the moment into metrics."""

    def __init__(self, status: Callable[[], dict[str, Any]]) -> None:
        """Ask `status` at every scrape."""
        self._status = status

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: the registry need not ask for the status when we register."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """All metrics now; what is not known is left out."""
        status = self._status()
        for name, part, key, help_text in _GAUGES:
            value = (status["pool"]["queries"] if part == "queries" else status[part]).get(key)
            if value is not None:
                yield GaugeMetricFamily(f"{_PREFIX}_{name}", help_text, value=float(value))
        yield self._labelled("database_sessions", "Sessions by state", "state", status["database"]["by_state"].items())
        workers = status["pool"]["worker_list"]
        for name, key, help_text in (
            ("worker_cpu_percent", "cpu_percent", "CPU of a worker, of one core"),
            ("worker_memory_bytes", "rss", "Memory of a worker"),
            ("worker_tasks_done", "tasks_done", "Tasks ended in a worker"),
        ):
            yield self._labelled(name, help_text, "worker", [(str(w["number"]), w[key]) for w in workers])
        alerts = [a for a in status["alerts"] if a["state"] != "pending"]
        yield self._labelled("alert_firing", "1 for each open alert", "rule", [(a["rule"], 1) for a in alerts])

    def _labelled(self, name: str, text: str, label: str, values: Iterable[tuple[str, float]]) -> Metric:
        family = GaugeMetricFamily(f"{_PREFIX}_{name}", text, labels=[label])
        for labelled, value in values:
            family.add_metric([labelled], float(value))
        return family


def exposition(status: Callable[[], dict[str, Any]]) -> bytes:
    """The text that a Prometheus server reads."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(StatusCollector(status))
    return generate_latest(registry)
