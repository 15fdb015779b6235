"""What a worker process does to itself at birth: dies with its parent, stays quiet, takes a back seat, stays small."""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import logging
import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path

from workers.system.log_lines import LineFormatter

_PR_SET_PDEATHSIG = 1
EXIT_ORPHANED = 3


def die_with_parent(born_of: int | None = None) -> None:
    """Ask the kernel (Linux) to kill this process when the thread that made it ends.

    The parent may have ended before the request was made, so look once afterwards. Other systems: the control thread
    waits for the parent, and on Windows the job object ends this process.

    Args:
        born_of: The parent's process id; None for a child of `multiprocessing`, which knows it.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    expected = born_of or (parent.pid if parent is not None else None)
    if expected is not None and sys.platform != "win32" and os.getppid() != expected:
        os._exit(EXIT_ORPHANED)


def redirect_output(log: Path | None) -> None:
    """Send standard output and error, native libraries' included, to `log`: the parent's output is not ours."""
    path = os.devnull if log is None else str(log)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:
        descriptor = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(descriptor, number)
    if descriptor > 2:
        os.close(descriptor)
    # Line by line and never failing: what is printed here is a last word, not data.
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    faulthandler.enable(sys.stderr)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, force=True)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(LineFormatter(logging.BASIC_FORMAT))


def compute_on_one_thread() -> None:
    """Keep libraries of arrays, which are loaded later, from starting a thread for every core: workers share these."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def take_a_back_seat(nice: int) -> None:
    """Lower this process's priority, so that the window stays quick; Ctrl-C is the parent's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if nice <= 0:
        return
    if sys.platform == "win32":
        import psutil

        with contextlib.suppress(psutil.Error):
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        with contextlib.suppress(OSError):
            os.nice(nice)


def limit_memory(size: int) -> None:
    """Let this process have at most `size` bytes of data (Linux); elsewhere the supervisor watches the heartbeat."""
    if size > 0 and sys.platform == "linux":
        import resource

        with contextlib.suppress(OSError, ValueError):
            _, hard = resource.getrlimit(resource.RLIMIT_DATA)
            limit = size if hard == resource.RLIM_INFINITY else min(size, hard)
            resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def give_back_memory() -> None:
    """Return freed memory to the system after a task (glibc keeps it otherwise)."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


class OwnUsage:
    """This process's memory and CPU."""

    def __init__(self) -> None:
        """Begin to count CPU time now."""
        self._cpu = time.process_time()
        self._at = time.monotonic()
        self._page = os.sysconf("SC_PAGE_SIZE") if sys.platform == "linux" else 0
        self.peak = 0

    def rss(self) -> int:
        """Resident bytes."""
        size = self._read()
        self.peak = max(self.peak, size)
        return size

    def cpu_percent(self) -> float:
        """Percent of one core since the last call."""
        cpu, at = time.process_time(), time.monotonic()
        used, self._cpu = cpu - self._cpu, cpu
        passed, self._at = at - self._at, at
        return 100.0 * used / passed if passed > 0 else 0.0

    def _read(self) -> int:
        if self._page:
            try:
                return int(Path("/proc/self/statm").read_bytes().split()[1]) * self._page
            except (OSError, ValueError, IndexError):
                return 0
        import psutil

        return int(psutil.Process().memory_info().rss)
