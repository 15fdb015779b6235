"""The figures over HTTP: loopback only unless told twice, and nothing without the bearer token. Off by default."""

from __future__ import annotations

import hmac
import ipaddress
import json
import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from workers.core.model.errors import EnvironmentFailure, UserError
from workers.core.model.tasks import Secret
from workers.monitor.prometheus import CONTENT_TYPE, exposition

TOKEN_FILE = "endpoint-token"
_TOKEN_BYTES = 32
_REQUEST_SECONDS = 5.0
_log = logging.getLogger(__name__)

MOST_CONNECTIONS = 16
"""Visitors at a time; whoever asks for figures comes and goes within milliseconds."""
Source = Callable[[], dict[str, Any]]


def endpoint_token(home: Path) -> Secret:
    """The token, made at random on first use, in a file that only its owner may read.

    Raises:
        EnvironmentFailure: kind ``token-unusable`` when the file cannot be made, or others may read it.
    """
    path = home / TOKEN_FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_token(path)
    except OSError as error:
        raise _unusable(path, f"cannot be made: {error.strerror}") from error
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(token)
    return Secret(token)


def _read_token(path: Path) -> Secret:
    try:
        mode, token = path.stat().st_mode, path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise _unusable(path, f"cannot be read: {error}") from error
    if os.name == "posix" and mode & 0o077:
        raise _unusable(path, "can be read by others")
    if len(token) < _TOKEN_BYTES:
        raise _unusable(path, "holds no token")
    return Secret(token)


def _unusable(path: Path, why: str) -> EnvironmentFailure:
    error = EnvironmentFailure.of(
        "token-unusable",
        f"The HTTP endpoint stays off: its token file {path} {why}.",
        "Delete the file, so that a new token is made, or correct its permissions (0600).",
    )
    assert isinstance(error, EnvironmentFailure)  # `of` is typed by its base class
    return error


def check_address(address: str, *, beyond_loopback: bool) -> None:
    """Refuse an address that others can reach, unless that was allowed explicitly.

    Raises:
        UserError: kind ``bad-setting``.
    """
    loopback = address == "localhost" or ipaddress.ip_address(address).is_loopback
    if not loopback and not beyond_loopback:
        raise UserError.of(
            "bad-setting",
            f"http.address is “{address}”, which other computers can reach, but http.beyond_loopback is off.",
            "Use 127.0.0.1, or switch on “Allow other computers” too; the traffic is not encrypted.",
        )


class HttpEndpoint:
    """Serves on threads of its own until `close`.

    Paths: ``/metrics`` (Prometheus), ``/api/system/resource-usage``, ``/api/system/executor-stats``,
    ``/api/system/db-pool-stats``, ``/health``.
    """

    def __init__(
        self, status: Source, token: Secret, *, address: str = "127.0.0.1", port: int = 0, beyond_loopback: bool = False
    ) -> None:
        """Bind and serve.

        Args:
            status: Gives the status object; called on the endpoint's threads.
            token: What a request must carry as ``Authorization: Bearer …``.
            address: Where to listen.
            port: 0 takes a free one.
            beyond_loopback: Whether another address than the loopback one is really meant.

        Raises:
            UserError: an address beyond loopback that was not allowed twice.
            EnvironmentFailure: kind ``port-in-use`` when it cannot listen there.
        """
        check_address(address, beyond_loopback=beyond_loopback)
        try:
            self._server = _Server(address, port, status, token)
        except OSError as error:
            raise EnvironmentFailure.of(
                "port-in-use",
                f"The HTTP endpoint cannot listen on {address}:{port}: {error.strerror or error}.",
                "Choose another port in the settings; 0 takes any free one.",
            ) from error
        self._thread = threading.Thread(target=self._server.serve_forever, name="http-endpoint", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port in use."""
        return int(self._server.server_address[1])

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(_REQUEST_SECONDS)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Another program of this user must not take the port over while we serve.
    allow_reuse_address = os.name == "posix"

    def __init__(self, address: str, port: int, status: Source, token: Secret) -> None:
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.status, self.token = status, token
        self._free = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__((address, port), _Handler)

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Turn a visitor away while so many are there: each has a thread of the program that imports."""
        return self._free.acquire(blocking=False)

    def process_request(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request(request, client_address)
        except BaseException:
            self._free.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        _log.debug("a request of the HTTP endpoint failed", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _REQUEST_SECONDS
    server_version = "Sheetferry"
    sys_version = ""

    def do_GET(self) -> None:
        if not self._allowed():
            self._answer(HTTPStatus.UNAUTHORIZED, "application/json", b'{"error": "a bearer token is needed"}')
            return
        path = self.path.split("?", 1)[0]
        if path == "/metrics":
            self._answer(HTTPStatus.OK, CONTENT_TYPE, exposition(self.server.status))
            return
        parts = {
            "/api/system/resource-usage": ("machine",),
            "/api/system/executor-stats": ("pool", "io"),
            "/api/system/db-pool-stats": ("database",),
            "/health": ("health", "alerts"),
        }.get(path)
        if parts is None:
            self._answer(HTTPStatus.NOT_FOUND, "application/json", b'{"error": "there is nothing here"}')
            return
        status = self.server.status()
        body = status[parts[0]] if len(parts) == 1 else {part: status[part] for part in parts}
        code = HTTPStatus.OK
        if path == "/health":
            ok = all(check["ok"] for check in status["health"])
            body = {"ok": ok, **body}
            code = HTTPStatus.OK if ok else HTTPStatus.SERVICE_UNAVAILABLE
        self._answer(code, "application/json", json.dumps(body).encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class names it so
        """Requests are not logged: they carry the token."""

    def _allowed(self) -> bool:
        kind, _, given = self.headers.get("Authorization", "").partition(" ")
        wanted = self.server.token.reveal()
        return kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), wanted.encode())

    def _answer(self, code: HTTPStatus, content_type: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        if code is HTTPStatus.UNAUTHORIZED:
            self.send_header("WWW-Authenticate", "Bearer")
        self.end_headers()
        self.wfile.write(body)
