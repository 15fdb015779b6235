"""Worker slots of this machine, shared by the window and all commands through locks of the operating system.

An instance holds one lock for every job that it runs on a sized worker. With `n` workers it uses the first `n` lock
files only, so all instances together never run more than the largest of their sizes. A lock ends with its process.
"""

from __future__ import annotations

from pathlib import Path

from workers.system.file_locks import FileLock, is_locked

_MOST_WAITERS = 16


class WorkerSlots:
    """The slots that this instance holds. Used by one thread."""

    def __init__(self, folder: Path) -> None:
        """Keep the lock files in `folder`, which is made when it is missing."""
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._held: list[FileLock] = []
        self._waiting: FileLock | None = None

    @property
    def held(self) -> int:
        """How many slots this instance holds."""
        return len(self._held)

    def request(self, count: int, size: int) -> int:
        """Try to hold `count` of the first `size` slots; returns how many are held now."""
        taken = {lock.path.name for lock in self._held}
        for number in range(size):
            if len(self._held) >= count:
                break
            name = f"worker-{number + 1}.lock"
            if name not in taken:
                lock = FileLock(self._folder / name)
                if lock.acquire():
                    self._held.append(lock)
        self._show_waiting(len(self._held) < count)
        return len(self._held)

    def release(self, keep: int) -> None:
        """Hold no more than `keep` slots."""
        while len(self._held) > keep:
            self._held.pop().release()
        if not keep:
            self._show_waiting(False)

    def others_wait(self) -> bool:
        """Whether another instance wants a slot and found none."""
        own = self._waiting.path if self._waiting else None
        return any(path != own and is_locked(path) for path in self._folder.glob("waiting-*.lock"))

    def close(self) -> None:
        """Let everything go."""
        self.release(0)
        self._show_waiting(False)

    def _show_waiting(self, waiting: bool) -> None:
        if not waiting:
            if self._waiting is not None:
                self._waiting.release()
                self._waiting = None
            return
        for number in range(_MOST_WAITERS if self._waiting is None else 0):
            lock = FileLock(self._folder / f"waiting-{number + 1}.lock")
            if lock.acquire():
                self._waiting = lock
                return
