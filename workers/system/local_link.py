"""A private line between two processes of one machine that have no pipe between them.

One opens a door and tells the other, by way of somebody both know, where it is; whoever comes must know the key. A
Unix socket in a private folder, a named pipe on Windows, and the loopback where a folder's path is too long for a
socket.
"""

from __future__ import annotations

import contextlib
import secrets
import sys
import threading
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from workers.core.model.prefetch_request import Address, Meeting

_LONGEST_SOCKET_PATH = 100
"""The shortest limit of any system is 104 bytes with the closing zero."""

_TRIES = 3
_KEY_BYTES = 32


class LinkListener:
    """Waits for the one visitor that knows the key, on a thread of its own; see `model.prefetch_request.Awaiting`.

    Close it in any case.
    """

    def __init__(self, place: Path) -> None:
        """Open a door.

        Args:
            place: Where its socket may be made, in a folder that only its owner can enter; nothing is there yet.

        Raises:
            OSError: if the system gives none.
        """
        key = secrets.token_bytes(_KEY_BYTES)
        self._listener = Listener(_address_near(place), authkey=key)
        self.meeting = Meeting(_address_of(self._listener), key)
        self._lock = threading.Lock()
        self._settled = threading.Event()
        self._visitor: Connection[Any, Any] | None = None
        self._shut = False
        self._waiting = threading.Thread(target=self._wait, name="door", daemon=True)
        self._waiting.start()

    def visitor(self, timeout: float) -> Connection[Any, Any] | None:
        """The line to the visitor, for which this waits so many seconds; None when nobody came, or nobody will."""
        self._settled.wait(max(0.0, timeout))
        return self._visitor

    def give_up(self) -> None:
        """Nobody will come: whoever waits goes on at once. May be called from any thread."""
        self._settled.set()

    def close(self) -> None:
        """Shut the door and end the line."""
        with self._lock:
            self._shut = True
            visitor = self._visitor
        if visitor is not None:
            visitor.close()
        elif self._waiting.is_alive():
            # A visit of our own ends the waiting; nothing else does so on every system.
            threading.Thread(target=_look_in, args=(self.meeting,), name="door-close", daemon=True).start()
        self._settled.set()

    def _wait(self) -> None:
        with self._listener:
            for _ in range(_TRIES):
                try:
                    visitor = self._listener.accept()
                except (OSError, EOFError, AuthenticationError):
                    visitor = None
                with self._lock:
                    if self._shut:
                        if visitor is not None:
                            visitor.close()
                        return
                    self._visitor = visitor
                if visitor is not None:
                    break
        self._settled.set()


def connect(meeting: Meeting) -> Connection[Any, Any]:
    """Visit a door.

    Raises:
        OSError: if it is not there any more.
        EOFError: if it was shut meanwhile.
        AuthenticationError: if the key does not open it.
    """
    return Client(meeting.address, authkey=meeting.key)


def _look_in(meeting: Meeting) -> None:
    with contextlib.suppress(OSError, EOFError, AuthenticationError):
        connect(meeting).close()


def _address_near(place: Path) -> Any:
    if sys.platform == "win32":
        return rf"\\.\pipe\sheetferry-{secrets.token_hex(16)}"
    if len(str(place).encode()) <= _LONGEST_SOCKET_PATH:
        return str(place)
    return ("127.0.0.1", 0)


def _address_of(listener: Listener) -> Address:
    address: Address = listener.address
    return address
