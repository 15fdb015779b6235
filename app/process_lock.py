"""A lock between processes that the operating system drops when its last holder ends, however it ends."""

from __future__ import annotations

import errno
import sys
import time
from pathlib import Path
from types import TracebackType

_NO_LOCKS_HERE = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
"""A file system without locks: going on unlocked is better than not at all."""


class ProcessLock:
    """An exclusive lock on a file; the file itself stays and means nothing."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            OSError: if it cannot be made or opened.
        """
        self._file = path.open("a+b")

    def __enter__(self) -> ProcessLock:
        """Nothing is locked yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give up this process's hold."""
        self._file.close()

    def descriptors(self) -> tuple[int, ...]:
        """Descriptors for children: they hold the lock as well, so a killed parent's child is still waited for."""
        return () if sys.platform == "win32" else (self._file.fileno(),)

    def acquire(self) -> None:
        """Wait for the lock."""
        while not self.try_acquire():
            time.sleep(0.2)

    def try_acquire(self) -> bool:
        """Take the lock if nobody has it."""
        try:
            if sys.platform == "win32":
                import msvcrt

                self._file.seek(0)
                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno in _NO_LOCKS_HERE
        return True
