"""What this machine has to give right now: free memory within the container's limit, and cores."""

from __future__ import annotations

from dataclasses import dataclass

import psutil

from workers.core.jobs.worker_sizes import computed_workers
from workers.pool.config import PoolConfig
from workers.system.cpu_limits import MachineLimits, machine_limits

LIMITS_EVERY = 10.0
"""Seconds after which affinity and container limits are read again."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Bytes free and at all, cores, and the number of workers that these mean."""

    free: int
    total: int
    cores: int
    computed_size: int


class ResourceMeter:
    """Measures; keeps the limits for ten seconds, since they seldom change, unless memory is limited by a container."""

    def __init__(self, config: PoolConfig) -> None:
        """Compute the size for this configuration."""
        self._config = config
        self._limits: MachineLimits | None = None
        self._limits_at = 0.0

    def measure(self, at: float) -> Measured:
        """What there is at the monotonic time `at`."""
        # What a container uses comes with its limits, and has to be as fresh as the claims that it is held against.
        contained = self._limits is not None and self._limits.memory_limit is not None
        if self._limits is None or contained or at - self._limits_at >= LIMITS_EVERY:
            self._limits, self._limits_at = machine_limits(), at
        limits = self._limits
        memory = psutil.virtual_memory()
        free, total = int(memory.available), int(memory.total)
        if limits.memory_limit is not None and limits.memory_limit < total:
            total = limits.memory_limit
            if limits.memory_used is not None:
                free = min(free, max(0, total - limits.memory_used))
        size = self._config.size
        if size is None:
            size = computed_workers(limits.cores, window=self._config.profile == "window")
        return Measured(free, total, limits.cores, size)
