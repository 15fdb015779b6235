"""Defaults of settings that are worked out from the machine."""

from __future__ import annotations

from workers.core.settings.schema import SettingContext

_GIB = 1024**3
_FALLBACK_MEMORY_GB = 4.0


def worker_count(context: SettingContext) -> int:
    """Worker processes: one core is left to the window; a command takes them all."""
    wanted = max(1, context.cores - 1) if context.surface == "window" else max(1, context.cores)
    return min(wanted, context.worker_cap)


def io_thread_count(context: SettingContext) -> int:
    """I/O threads: they wait more than they compute."""
    return min(max(1, context.cores) * 5, 20)


def pool_size(context: SettingContext) -> int:
    """Connections that we hold, those of workers included."""
    return min(30, max(1, context.cores) * 10) if context.profile == "production" else 10


def pool_overflow(context: SettingContext) -> int:
    """Connections beyond the pool."""
    return min(20, max(1, context.cores) * 5) if context.profile == "production" else 10


def memory_limit_gb(context: SettingContext) -> float:
    """Seven eighths of the memory, so that the rest of the machine can breathe."""
    return round(context.memory * 7 / 8 / _GIB, 1) if context.memory else _FALLBACK_MEMORY_GB
