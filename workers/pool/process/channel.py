"""One direction of a pipe between two processes. A message goes through whole or not at all.

A write of at most 4,096 bytes to a pipe is atomic on POSIX, so a process that is killed while it writes leaves no half
message. Larger messages go through a file of a private folder, and only its name goes through the pipe.
"""

from __future__ import annotations

import os
import pickle
import shutil
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from workers.system.private_files import read_own

LARGEST_IN_PIPE = 4000
"""Bytes; with the length prefix of the pipe this stays below 4,096."""


@dataclass(frozen=True, slots=True)
class _Spooled:
    """Stands for a message in the file of this name."""

    name: str


class Spool:
    """A private folder for messages that are too large for a pipe."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which `create` makes."""
        self.folder = folder

    def create(self) -> None:
        """Make the folder, readable by its owner only.

        Raises:
            OSError: if it cannot be made, or is there already.
        """
        self.folder.mkdir(mode=0o700, parents=True)

    def put(self, name: str, data: bytes) -> None:
        """Write a message.

        Raises:
            OSError: if the disk is full or the folder is gone.
        """
        path = self.folder / name
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
        except OSError:
            path.unlink(missing_ok=True)
            raise

    def take(self, name: str) -> bytes:
        """Read a message and remove its file."""
        path = self.folder / name
        # What is unpickled can run code: never what somebody else has put there.
        data = read_own(path)
        path.unlink(missing_ok=True)
        return data

    def clear(self, prefix: str) -> None:
        """Remove what a worker left behind."""
        for path in self.folder.glob(f"{prefix}*"):
            path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove the whole folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Sender:
    """The writing end. Safe to use from several threads of one process."""

    def __init__(self, pipe: Connection, spool: Spool, prefix: str) -> None:
        """Send through `pipe`; files of large messages begin with `prefix`, which no other sender uses."""
        self._pipe = pipe
        self._spool = spool
        self._prefix = prefix
        self._count = 0
        self._lock = threading.Lock()

    def send(self, message: object) -> None:
        """Send one message.

        Raises:
            OSError: if the other end is gone, or a large message cannot be written.
            Exception: whatever pickling raises when the message cannot be sent at all.
        """
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            if len(data) > LARGEST_IN_PIPE:
                self._count += 1
                name = f"{self._prefix}{self._count}.message"
                self._spool.put(name, data)
                data = pickle.dumps(_Spooled(name), pickle.HIGHEST_PROTOCOL)
            self._pipe.send_bytes(data)

    def close(self) -> None:
        """Close this end."""
        self._pipe.close()


class Receiver:
    """The reading end; used by one thread."""

    def __init__(self, pipe: Connection, spool: Spool) -> None:
        """Receive from `pipe`, which is what `multiprocessing.connection.wait` waits for."""
        self.pipe = pipe
        self._spool = spool

    def receive(self) -> Any:
        """The next message, waiting for it.

        Raises:
            EOFError: if the other end is gone and nothing is left.
            OSError: the same on some systems.
        """
        message = pickle.loads(self.pipe.recv_bytes())  # both ends are our own processes
        if isinstance(message, _Spooled):
            return pickle.loads(self._spool.take(message.name))
        return message

    def close(self) -> None:
        """Close this end."""
        self.pipe.close()
