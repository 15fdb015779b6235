"""Reads the machine: CPU, memory, disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psutil

from workers.core.samples import MachineSample
from workers.monitor.container_memory import ContainerMemory, ContainerMemoryReader
from workers.monitor.rates import Rate

_SLOW_SECONDS = 5.0


class MachineReader:
    """One reader per sampler: rates and CPU shares are taken since its last call."""

    def __init__(
        self,
        home: Path,
        *,
        cpu_limit: Callable[[], float],
        clock: Callable[[], float],
        container: Callable[[], ContainerMemory | None] | None = None,
    ) -> None:
        """Watch the disk that `home` is on.

        Args:
            home: A folder that exists.
            cpu_limit: Cores that we may use.
            clock: Monotonic seconds.
            container: Reads the container's memory limit; default: control groups.
        """
        self._home = home
        self._cpu_limit = cpu_limit
        self._clock = clock
        self._container = container or ContainerMemoryReader().read
        self._count = psutil.cpu_count() or 1
        self._read_rate, self._write_rate = Rate(), Rate()
        self._disk: tuple[int, int, float | None] = (0, 0, None)
        self._disk_due = float("-inf")
        psutil.cpu_percent(None)

    def read(self) -> MachineSample:
        """The machine now. About half a millisecond of CPU time.

        Raises:
            OSError: when the system does not answer; the sampler leaves the part out then.
        """
        now = self._clock()
        memory = psutil.virtual_memory()
        limit, used, available = memory.total, memory.total - memory.available, memory.available
        container = self._container()
        if container is not None and container.limit - container.used < memory.available:
            limit, used, available = container.limit, container.used, max(0, container.limit - container.used)
        if now >= self._disk_due:
            self._disk, self._disk_due = self._read_disk(), now + _SLOW_SECONDS
        total, free, percent = self._disk
        read, write = self._read_io(now)
        return MachineSample(
            cpu_percent=psutil.cpu_percent(None),
            cpu_count=self._count,
            cpu_limit=self._cpu_limit(),
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
