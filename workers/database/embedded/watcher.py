"""A small process that stops a pinned server when nobody has used it for a while. Runs beside the server.

It keeps one session of its own, which tells it at once when the server goes away, and reads two figures: who is
connected now, and how many sessions there have been, so that a short visit between two looks counts as well.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from workers.database.embedded.files import ServerFiles
from workers.database.embedded.probe import WATCHER_ROLE, connect, count_sessions, sessions_so_far
from workers.database.embedded.server import EmbeddedServer
from workers.system.file_locks import FileLock

_LONGEST_PAUSE = 15.0
_LOOKS_PER_PERIOD = 8
_GUARD_SECONDS = 60.0


@dataclass(slots=True)
class IdleClock:
    """Decides when a server has been idle for long enough. Times are seconds of any steady clock.

    Attributes:
        limit: Seconds without use after which `observe` says so.
    """

    limit: float
    _since: float | None = None
    _visits: int = -1

    def observe(self, now: float, *, users: int, visits: int) -> bool:
        """Take in one look.

        Args:
            now: The time.
            users: Sessions and programs that use the server at this moment.
            visits: Sessions there have ever been; a change means that somebody came in between.

        Returns:
            True when nobody has used the server for the limit.
        """
        if self._since is None or users or visits != self._visits:
            self._since = now
        self._visits = visits
        return now - self._since >= self.limit


class Watcher:
    """Watches the server of one home folder until it stops, is no longer pinned, or was idle for too long."""

    def __init__(self, home: Path, idle_seconds: float, *, sleep: Callable[[float], None] = time.sleep) -> None:
        """Prepare to watch; `sleep` is replaceable for tests."""
        self._files = ServerFiles(home)
        self._server = EmbeddedServer(home)
        self._idle_seconds = idle_seconds
        self._pause = min(_LONGEST_PAUSE, idle_seconds / _LOOKS_PER_PERIOD)
        self._sleep = sleep

    def run(self) -> None:
        """Watch to the end."""
        lock = self._files.watcher()
        if not lock.acquire():
            return
        while not self._finished(lock):
            if self._watch_until_idle():
                self._server.stop_if_idle()
            self._sleep(min(self._pause, 1.0))

    def _watch_until_idle(self) -> bool:
        """Watch one run of the server: True when it was idle for long enough, False when it went away."""
        target = self._server.running_target()
        if target is None:
            return False
        clock = IdleClock(self._idle_seconds)
        with contextlib.suppress(psycopg2.Error), contextlib.closing(connect(target, WATCHER_ROLE)) as connection:
            while self._files.pinned():
                users = count_sessions(connection) + self._files.living_clients()
                if clock.observe(time.monotonic(), users=users, visits=sessions_so_far(connection)):
                    return True
                self._sleep(self._pause)
        return False

    def _finished(self, lock: FileLock) -> bool:
        """Whether there is nothing to watch. The lock is let go under the guard, so that no new pin is missed."""
        guard = self._files.guard()
        if not guard.acquire(_GUARD_SECONDS):
            return False
        with guard:
            if self._files.pinned() and self._server.running_target() is not None:
                return False
            lock.release()
            return True


def main(arguments: list[str]) -> int:
    """Watch: the home folder and the idle seconds are the arguments."""
    Watcher(Path(arguments[0]), float(arguments[1])).run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
