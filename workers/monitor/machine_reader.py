"""Reads the machine: CPU, memory, disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import psutil

from workers.core.metrics.samples import MachineSample
from workers.monitor.rates import Rate
from workers.system.cpu_limits import MachineLimits, machine_limits

_FIRST_SECONDS = 0.1
_SLOW_SECONDS = 5.0
_LIMITS_SECONDS = 2.0


class MachineReader:
    """One reader per sampler: rates and CPU shares are taken since its last call."""

    def __init__(
        self,
        home: Path,
        *,
        clock: Callable[[], float],
        limits: Callable[[], MachineLimits] = machine_limits,
    ) -> None:
        """Watch the disk that `home` is on.

        Args:
            home: A folder that exists.
            clock: Monotonic seconds.
            limits: Reads affinity and the container's limits.
        """
        self._home = home
        self._clock = clock
        self._read_limits = limits
        self._limits: MachineLimits | None = None
        self._limits_due = float("-inf")
        self._count = psutil.cpu_count() or 1
        self._read_rate, self._write_rate = Rate(), Rate()
        self._disk: tuple[int, int, float | None] = (0, 0, None)
        self._disk_due = float("-inf")
        psutil.cpu_percent(None)
        self._measured_on = threading.get_ident()

    def read(self) -> MachineSample:
        """The machine now. About half a millisecond of CPU time.

        Raises:
            OSError: when the system does not answer; the sampler leaves the part out then.
        """
        now = self._clock()
        memory = psutil.virtual_memory()
        limit, used, available = memory.total, memory.total - memory.available, memory.available
        limits = self._machine_limits(now)
        if limits.memory_limit is not None and limits.memory_used is not None:
            left = max(0, limits.memory_limit - limits.memory_used)
            if left < memory.available:
                limit, used, available = limits.memory_limit, limits.memory_used, left
        if now >= self._disk_due:
            self._disk, self._disk_due = self._read_disk(), now + _SLOW_SECONDS
        total, free, percent = self._disk
        read, write = self._read_io(now)
        return MachineSample(
            cpu_percent=self._cpu_percent(),
            cpu_count=self._count,
            cpu_limit=float(limits.quota_cores or limits.affinity_cores),
            memory_total=memory.total,
            memory_used=used,
            memory_available=available,
            memory_limit=limit,
            memory_percent=100 * used / limit,
            disk_total=total,
            disk_free=free,
            disk_percent=percent,
            disk_read=read,
            disk_write=write,
        )

    def _cpu_percent(self) -> float:
        """The load since the last reading. The system library begins anew, with 0, on a thread new to it."""
        thread = threading.get_ident()
        known, self._measured_on = self._measured_on == thread, thread
        return psutil.cpu_percent(None if known else _FIRST_SECONDS)

    def _machine_limits(self, now: float) -> MachineLimits:
        if self._limits is None or now >= self._limits_due:
            self._limits, self._limits_due = self._read_limits(), now + _LIMITS_SECONDS
        return self._limits

    def _read_disk(self) -> tuple[int, int, float | None]:
        try:
            usage = psutil.disk_usage(str(self._home))
        except OSError:
            return 0, 0, None
        return usage.total, usage.free, usage.percent

    def _read_io(self, now: float) -> tuple[float | None, float | None]:
        try:
            counters = psutil.disk_io_counters(nowrap=False)
        except (OSError, RuntimeError):
            return None, None
        if counters is None:
            return None, None
        return self._read_rate.of(now, counters.read_bytes), self._write_rate.of(now, counters.write_bytes)
