"""A program that listens where the database should be learns no password."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from workers.core.model.errors import SheetferryError
from workers.core.model.tasks import Secret, Target
from workers.database.embedded.probe import Login, try_login
from workers.database.engines import connect_bulk, probe
from workers.database.targets import parse_url

PASSWORD = "the-real-password"
_ASK_CLEAR = b"R" + struct.pack("!ii", 8, 3)
_WELCOME = b"R" + struct.pack("!ii", 8, 0)
_NEGOTIATIONS = (80877103, 80877104)
"""Requests for encryption by TLS and GSSAPI, see "Message Formats" in PostgreSQL's manual."""


class Impostor:
    """Listens like a PostgreSQL server, refuses encryption, and asks for the password in clear (or for nothing)."""

    def __init__(self, answer: bytes) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.heard = b""
        self._answer = answer
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._listener.close()
        # A thread that waits in accept is woken by a last visit.
        self._thread.join(60)

    def _serve(self) -> None:
        while True:
            try:
                visitor, _ = self._listener.accept()
            except OSError:
                return
            with visitor, contextlib.suppress(OSError):
                visitor.settimeout(30)
                while data := visitor.recv(4096):
                    self.heard += data
                    if data == b"end":
                        return
                    asks = len(data) == 8 and struct.unpack("!ii", data)[1] in _NEGOTIATIONS
                    visitor.sendall(b"N" if asks else self._answer)


def end(impostor: Impostor) -> None:
    """Let the thread go."""
    with socket.create_connection(("127.0.0.1", impostor.port)) as last:
        last.sendall(b"end")
    impostor.close()


@pytest.fixture
def impostor(request: pytest.FixtureRequest) -> Iterator[Impostor]:
    """One that asks in clear, or what the test's parameter says."""
    made = Impostor(getattr(request, "param", _ASK_CLEAR))
    yield made
    end(made)


@pytest.mark.parametrize("impostor", [_ASK_CLEAR, _WELCOME], indirect=True)
def test_the_built_in_servers_password_is_not_told(impostor: Impostor, tmp_path: Path) -> None:
    target = Target("127.0.0.1", impostor.port, "sheetferry", "sheetferry", Secret(PASSWORD), embedded=True)
    assert try_login(target, tmp_path) is Login.UNREACHABLE
    for connect in (lambda: connect_bulk(target, "test"), lambda: probe(target)):
        with pytest.raises(SheetferryError) as caught:
            connect()
        assert caught.value.info.kind == "cleartext-password"
    assert PASSWORD.encode() not in impostor.heard


@pytest.mark.parametrize("query", ["", "?sslmode=prefer", "?sslmode=disable"])
def test_other_servers_are_told_no_password_in_clear(impostor: Impostor, query: str) -> None:
    target = parse_url(f"postgresql://ana:{PASSWORD}@127.0.0.1:{impostor.port}/d{query}")
    with pytest.raises(SheetferryError) as caught:
        connect_bulk(target, "test")
    assert caught.value.info.kind == "cleartext-password"
    assert "sslmode" in (caught.value.info.hint or "")
    assert PASSWORD.encode() not in impostor.heard


def test_who_asks_for_it_may_tell_the_password(impostor: Impostor) -> None:
    target = parse_url(f"postgresql://ana:{PASSWORD}@127.0.0.1:{impostor.port}/d?require_auth=password")
    with pytest.raises(SheetferryError):
        connect_bulk(target, "test")
    assert PASSWORD.encode() in impostor.heard


def test_a_stricter_wish_of_the_environment_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    target = parse_url("postgresql://ana@db.example.org/d")
    assert target.libpq("x")["require_auth"] == "!password"
    monkeypatch.setenv("PGREQUIREAUTH", "scram-sha-256")
    assert target.libpq("x")["require_auth"] == "scram-sha-256"


@pytest.mark.parametrize("place", ["db.example.org/d?sslmode=verify-full", "/d?host=/run/postgresql"])
def test_encrypted_and_local_connections_are_not_restricted(place: str) -> None:
    assert "require_auth" not in parse_url(f"postgresql://{place}").libpq("x")
