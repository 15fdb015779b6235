"""Reads our own processes: this one, and the workers by their heartbeats or, when those are silent, by the system."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import psutil

from workers.core.jobs.snapshots import PoolSnapshot, WorkerSnapshot
from workers.core.metrics.samples import OursSample
from workers.monitor.rates import Rate

_BUSY = {"busy", "cancelling"}
_FRESH_SECONDS = 3.0


class ProcessReader:
    """Keeps one handle for each process, so that shares are taken since the last call."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Watch this process from now on."""
        self._clock = clock
        self._own = psutil.Process()
        self._own.cpu_percent(None)
        self._workers: dict[int, psutil.Process] = {}
        self._read_rates: dict[int, Rate] = {}

    def read(self, pool: PoolSnapshot | None) -> OursSample:
        """Our processes now; a worker that has just ended counts as nothing."""
        workers = [] if pool is None else [w for w in pool.workers if w.state != "dead"]
        self._forget({w.pid for w in workers})
        with self._own.oneshot():
            own_cpu, own_rss = self._own.cpu_percent(None), self._own.memory_info().rss
        shares = [(w, *self._share(w)) for w in workers]
        return OursSample(
            cpu_percent=own_cpu + sum(cpu for _, cpu, _ in shares),
            rss=own_rss + sum(rss for _, _, rss in shares),
            own_cpu_percent=own_cpu,
            own_rss=own_rss,
            worker_cpu=tuple(cpu for w, cpu, _ in shares if w.state in _BUSY and not w.interactive),
            read_rate=self._read_rate(workers),
        )

    def _share(self, worker: WorkerSnapshot) -> tuple[float, int]:
        if worker.rss and worker.heartbeat_age < _FRESH_SECONDS:
            return worker.cpu_percent, worker.rss
        process = self._process(worker.pid)
        if process is None:
            return 0.0, 0
        try:
            with process.oneshot():
                return process.cpu_percent(None), process.memory_info().rss
        except psutil.Error:
            return 0.0, 0

    def _process(self, pid: int) -> psutil.Process | None:
        found = self._workers.get(pid)
        if found is None:
            try:
                found = self._workers[pid] = psutil.Process(pid)
                found.cpu_percent(None)
            except psutil.Error:
                return None
        return found

    def _read_rate(self, workers: Iterable[WorkerSnapshot]) -> float | None:
        """Bytes per second that busy workers read, from the system's counters where it has them."""
        now, total, known = self._clock(), 0.0, False
        for worker in workers:
            process = self._process(worker.pid) if worker.state in _BUSY else None
            if process is None:
                continue
            try:
                counters = process.io_counters()
            except (psutil.Error, AttributeError):  # macOS has no such counters
                continue
            # On Linux read_bytes leaves out what came from the file cache, which is most of it.
            count = getattr(counters, "read_chars", counters.read_bytes)
            rate = self._read_rates.setdefault(worker.pid, Rate()).of(now, count)
            if rate is not None:
                total, known = total + rate, True
        return total if known else None

    def _forget(self, alive: set[int]) -> None:
        for pid in [pid for pid in self._workers if pid not in alive]:
            del self._workers[pid]
            self._read_rates.pop(pid, None)
