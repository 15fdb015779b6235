"""A wire between client and server that can be cut at a chosen moment."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from dataclasses import replace
from types import TracebackType
from typing import Literal, TypeAlias, get_args

from workers.core.model.tasks import Target

Loss: TypeAlias = Literal["unsent", "sent", "answered"]
LOSSES: tuple[Loss, ...] = get_args(Loss)

_CHUNK = 65_536
_COMMIT = b"COMMIT"
_COPY = b"COPY "
_SHORT = 200


class Proxy:
    """Listens on loopback and forwards to a server. Use it in a ``with`` block.

    Attributes:
        cuts: How many connections were cut.
    """

    def __init__(self, target: Target) -> None:
        """Forward to `target` (its Unix socket or its address)."""
        self._behind = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._deaf: set[socket.socket] = set()
        self._closing = False
        self._away_until = 0.0
        self._bytes_left: int | None = None
        self._copied: set[socket.socket] = set()
        self._commits_to_lose: list[Loss] = []
        self.cuts = 0
        self._thread = threading.Thread(target=self._accept, daemon=True, name="proxy")

    @property
    def target(self) -> Target:
        """The server as it is reached through this wire."""
        return replace(self._behind, host="127.0.0.1", port=self._listener.getsockname()[1], embedded=False)

    def cut_after(self, size: int) -> None:
        """Cut the connection by which the next `size` bytes come in from clients."""
        with self._lock:
            self._bytes_left = size

    def go_away(self, seconds: float) -> None:
        """Cut everything, and let nobody through for so long."""
        with self._lock:
            self._away_until = time.monotonic() + seconds
            left = list(self._open)
        self.cuts += 1
        for end in left:
            _cut(end)

    def lose_commit(self, how: Loss) -> None:
        """Cut at the COMMIT that follows the next COPY.

        It is cut before the COMMIT reaches the server (``unsent``), right behind it (``sent``), or when its answer has
        reached the proxy and nobody else (``answered``).
        """
        with self._lock:
            self._commits_to_lose.append(how)

    def __enter__(self) -> Proxy:
        """Listen."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cut everything."""
        self._closing = True
        self._listener.close()
        with self._lock:
            left = list(self._open)
        for end in left:
            _cut(end)
        # A thread in accept() is not woken everywhere by closing its socket: it is a daemon.
        self._thread.join(0.2)

    def _accept(self) -> None:
        while not self._closing:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                if time.monotonic() < self._away_until:
                    raise ConnectionRefusedError("away")
                server = self._connect()
            except OSError:
                _cut(client)
                continue
            with self._lock:
                self._open |= {client, server}
            for work in (self._forward, self._backward):
                threading.Thread(target=work, args=(client, server), daemon=True, name="proxy-wire").start()

    def _connect(self) -> socket.socket:
        behind = self._behind
        if not behind.host.startswith("/"):
            return socket.create_connection((behind.host, behind.port))
        end = socket.socket(socket.AF_UNIX)
        end.connect(f"{behind.host}/.s.PGSQL.{behind.port}")
        return end

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(_CHUNK):
                if self._is_cut_here(data):
                    break
                how = self._commit_lost(client, data)
                if how == "unsent":
                    break
                if how == "answered":
                    with self._lock:
                        self._deaf.add(client)
                    server.sendall(data)
                    # The way back swallows the answer, and that ends this connection.
                    continue
                server.sendall(data)
                if how == "sent":
                    break
        self._end(client, server)

    def _backward(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(_CHUNK):
                with self._lock:
                    if client in self._deaf:
                        break
                client.sendall(data)
        self._end(client, server)

    def _is_cut_here(self, data: bytes) -> bool:
        with self._lock:
            if self._bytes_left is None:
                return False
            self._bytes_left -= len(data)
            if self._bytes_left > 0:
                return False
            self._bytes_left = None
            self.cuts += 1
            return True

    def _commit_lost(self, client: socket.socket, data: bytes) -> Loss | None:
        with self._lock:
            if data[:1] in b"QP" and _COPY in data[:_SHORT]:
                self._copied.add(client)
            if len(data) > _SHORT or _COMMIT not in data or client not in self._copied or not self._commits_to_lose:
                return None
            self.cuts += 1
            return self._commits_to_lose.pop(0)

    def _end(self, *ends: socket.socket) -> None:
        for end in ends:
            _cut(end)
        with self._lock:
            self._open -= set(ends)
            self._copied -= set(ends)
            self._deaf -= set(ends)


def _cut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
