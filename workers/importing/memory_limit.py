"""A ceiling on the memory of this process, so that a hostile file ends a worker and not the machine.

On Linux and macOS the system refuses allocations above the limit: Python then raises `MemoryError`, native code aborts
the process, and either is settled by the pool. Windows has no such limit for one process without a job object; there the
pool's own watch over resident memory is what remains.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_ROOM = 256 << 20


def current_address_space() -> int:
    """Bytes of address space that the process has now; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    import resource

    return pages * resource.getpagesize()


@contextmanager
def memory_limit(extra_bytes: int) -> Iterator[bool]:
    """Limit how much more memory the process may take while the block runs.

    Args:
        extra_bytes: Allowed above what the process has now.

    Yields:
        Whether the system enforces the limit.
    """
    if sys.platform == "win32":
        yield False
        return
    import resource

    kind = resource.RLIMIT_AS if sys.platform == "linux" else resource.RLIMIT_DATA
    soft, hard = resource.getrlimit(kind)
    wanted = current_address_space() + max(extra_bytes, _ROOM)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        yield True  # someone has set a tighter one already
        return
    try:
        resource.setrlimit(kind, (wanted, hard))
    except (OSError, ValueError):
        yield False
        return
    try:
        yield True
    finally:
        resource.setrlimit(kind, (soft, hard))
