"""Real databases for tests: one embedded server a session, one fresh database a test.

Registered as a plugin by the root ``conftest.py``. Nothing starts before a test asks for it.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.own_server import own_server
from workers.core.model.tasks import Target
from workers.database.embedded.account import server_account
from workers.database.embedded.binaries import find_installation, reachable_installation
from workers.database.embedded.server import EmbeddedServer

_TEMPLATE = "sheetferry_template"


def make_server_home() -> Path:
    """A new home folder that the server's account can traverse even when the tests run as root; remove it after use.

    Pytest's own temporary folders are closed to other accounts, so a server for them would go to a shared place.
    """
    home = Path(tempfile.mkdtemp(prefix="sheetferry-test-"))
    home.chmod(0o711)
    return home


@pytest.fixture
def server_home() -> Iterator[Path]:
    """An empty home for a test that runs a server of its own; the server is stopped and the home removed after."""
    home = make_server_home()
    try:
        yield home
    finally:
        EmbeddedServer(home).stop()
        shutil.rmtree(home, ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--server-binaries=/usr/lib/postgresql/15/bin`` runs the tests against a server of that installation."""
    parser.addoption(
        "--server-binaries",
        type=Path,
        default=None,
        help="folder with initdb and pg_ctl of the PostgreSQL to test against (default: the built-in server)",
    )


@pytest.fixture(scope="session")
def server_binaries(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Programs of the PostgreSQL that is tested against, where an ordinary account can run them."""
    chosen = request.config.getoption("--server-binaries")
    if isinstance(chosen, Path):
        yield chosen
        return
    place = make_server_home()
    try:
        yield reachable_installation(find_installation(), server_account(), place) / "bin"
    finally:
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="session")
def server_target(request: pytest.FixtureRequest) -> Iterator[Target]:
    """The server of this test session, by default the embedded one; stopped at the end, also after failures."""
    chosen = request.config.getoption("--server-binaries")
    if isinstance(chosen, Path):
        with own_server(chosen) as own:
            yield own.target
        return
    home = make_server_home()
    server = EmbeddedServer(home, max_connections=100)
    try:
        target = server.acquire()
        # The system's cache survives every kill that tests do; only a power cut would need the disk.
        _administer(target, "ALTER SYSTEM SET fsync = off")
        _administer(target, "SELECT pg_reload_conf()")
        yield target
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def _database_names() -> Iterator[int]:
    """Numbers for databases, one sequence for the session."""
    return itertools.count(1)


@pytest.fixture
def target(server_target: Target, _database_names: Iterator[int]) -> Iterator[Target]:
    """A database of this test alone; dropped after it, whoever is still connected."""
    name = f"test_{next(_database_names)}"
    _administer(server_target, f'CREATE DATABASE "{name}" TEMPLATE template0 STRATEGY FILE_COPY')
    try:
        yield replace(server_target, dbname=name)
    finally:
        _administer(server_target, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def connection(target: Target) -> Iterator[psycopg.Connection[Any]]:
    """A psycopg connection to the test's database, in autocommit mode, for looking and for setting things up."""
    with closing(psycopg.connect(**target.libpq("test"), autocommit=True)) as opened:
        yield opened


@pytest.fixture
def query(connection: psycopg.Connection[Any]) -> Callable[..., list[tuple[Any, ...]]]:
    """Run one statement in the test's database and return its rows, if it has any."""

    def run(statement: str, *values: Any) -> list[tuple[Any, ...]]:
        cursor = connection.execute(statement.encode(), values or None)
        return cursor.fetchall() if cursor.description else []

    return run


def _administer(target: Target, statement: str) -> None:
    with closing(psycopg.connect(**replace(target, dbname="postgres").libpq("test"), autocommit=True)) as connection:
        connection.execute(statement.encode())
