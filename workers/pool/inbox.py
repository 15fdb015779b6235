"""How other threads reach the supervisor while it blocks: a list of wishes and one byte that wakes it up."""

from __future__ import annotations

import multiprocessing
import threading
from collections import deque
from collections.abc import Callable
from typing import TypeAlias

from workers.core.jobs.events import Event

Wish: TypeAlias = Callable[[float], Event | None]
"""Makes the event at the monotonic time at which it is taken out; None when there is nothing to decide."""


class Inbox:
    """Many threads put, one takes. At most one wake-up byte is under way, so that the pipe never fills."""

    def __init__(self) -> None:
        """Open, and empty."""
        self.reader, self._writer = multiprocessing.get_context("spawn").Pipe(duplex=False)
        self._wishes: deque[Wish] = deque()
        self._lock = threading.Lock()
        self._awake = False
        self._open = True

    def put(self, wish: Wish) -> bool:
        """Leave a wish; False when the inbox is closed."""
        with self._lock:
            if not self._open:
                return False
            self._wishes.append(wish)
            if not self._awake:
                self._awake = True
                self._writer.send_bytes(b"!")
            return True

    def take(self) -> list[Wish]:
        """Everything that was left since the last call, in order."""
        with self._lock:
            while self._awake and self.reader.poll():
                self.reader.recv_bytes()
            self._awake = False
            wishes, self._wishes = list(self._wishes), deque()
            return wishes

    def close(self) -> list[Wish]:
        """Take no more; what was left and not taken."""
        with self._lock:
            self._open = False
            wishes, self._wishes = list(self._wishes), deque()
        self.reader.close()
        self._writer.close()
        return wishes
