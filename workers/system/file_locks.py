"""Locks that the operating system holds for a process and lets go when the process ends, however it ends."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType

_POLL_SECONDS = 0.02


class FileLock:
    """An exclusive lock on a file, held until `release` or until this process is gone.

    The file stays behind unlocked; whoever wants to know whether its holder lives tries to lock it. Nothing is written
    into it. The lock belongs to this object, not to the thread that took it, and child processes do not inherit it.

    Attributes:
        path: The file; its folder must exist.
    """

    def __init__(self, path: Path) -> None:
        """Prepare the lock; nothing is opened yet."""
        self.path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    def descriptors(self) -> tuple[int, ...]:
        """What to hand to a child process that is to hold the lock as well (POSIX), so that it outlives this one."""
        return () if self._descriptor is None or sys.platform == "win32" else (self._descriptor,)

    def acquire(self, timeout: float = 0.0) -> bool:
        """Take the lock, waiting at most `timeout` seconds.

        Returns:
            False when somebody else held it all the time.

        Raises:
            OSError: if the file cannot be made or opened.
        """
        if self.held:
            return True
        deadline = time.monotonic() + timeout
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOINHERIT", 0), 0o600)
        try:
            while not _try_lock(descriptor):
                if time.monotonic() >= deadline:
                    os.close(descriptor)
                    return False
                time.sleep(_POLL_SECONDS)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let the lock go; harmless when it is not held."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)

    def __enter__(self) -> FileLock:
        """The lock itself; it must have been acquired."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Release."""
        self.release()


def is_locked(path: Path) -> bool:
    """Whether a living process holds the lock on `path`; False when the file does not exist."""
    if not path.exists():
        return False
    probe = FileLock(path)
    try:
        if not probe.acquire():
            return True
    except OSError:
        # A file that only another account may open is taken to be in use: the safe answer.
        return path.exists()
    probe.release()
    return False


def _try_lock(descriptor: int) -> bool:
    """Lock without waiting; False when another holder is in the way."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
