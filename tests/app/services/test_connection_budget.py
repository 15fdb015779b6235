"""Four workers on a small server that others use too: never beyond the budget, never failed because of it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.context.run_context import make_context
from app.job_specs import import_job
from app.services.pool_connections import engine_sizes
from app.services.target_choice import held_target
from app.services.worker_pool import CommandPool
from tests.fixtures_database import make_server_home
from workers.core.jobs.connection_budget import ServerConnections, waits_for_connection
from workers.core.jobs.pool_events import ImportEnded, JobChanged, PoolEvent
from workers.core.jobs.pool_sizes import PoolSizes
from workers.core.jobs.snapshots import JobSnapshot, JobState
from workers.core.model.errors import EnvironmentFailure
from workers.core.model.options import ImportOptions, Mode
from workers.core.model.outcomes import ImportState
from workers.core.model.tasks import Secret, Target
from workers.database.connection_budget import count_connections
from workers.database.embedded.server import EmbeddedServer
from workers.database.targets import url_with_password

pytestmark = [pytest.mark.db, pytest.mark.slow]
_LIMIT = 15
_PATIENCE = 200.0
_FILES = 4


@pytest.fixture(scope="module")
def small_server() -> Iterator[Target]:
    """A server for 15 connections with an ordinary user's database on it."""
    home = make_server_home()
    server = EmbeddedServer(home, max_connections=_LIMIT)
    try:
        admin = server.acquire()
        with psycopg.connect(**admin.libpq("test"), autocommit=True) as connection:
            connection.execute("CREATE ROLE clerk LOGIN PASSWORD 'pw'")
            connection.execute("CREATE DATABASE shared OWNER clerk")
        yield replace(admin, dbname="shared")
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def _as_clerk(admin: Target) -> Target:
    return replace(admin, user="clerk", password=Secret("pw"), embedded=False, label="")


def _where(target: Target) -> str:
    return "this machine" if target.host.startswith("/") else target.host


class Watched:
    """What the pool says and what the server shows, meanwhile."""

    def __init__(self, admin: Target) -> None:
        self.jobs: dict[str, JobSnapshot] = {}
        self.reasons: set[str] = set()
        self.loaded: list[ImportState] = []
        self.most = 0
        self._news = threading.Condition()
        self._over = threading.Event()
        self._connection = psycopg.connect(**{**admin.libpq("x"), "application_name": "watch"}, autocommit=True)
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def heard(self, event: PoolEvent) -> None:
        with self._news:
            if isinstance(event, JobChanged):
                self.jobs[event.job.job_id] = event.job
                self.reasons.add(event.job.reason)
            if isinstance(event, ImportEnded):
                self.loaded.append(event.outcome.state)
            self._news.notify_all()

    def until(self, good: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(good, _PATIENCE), (self.jobs.values(), self.reasons)

    def until_only(self, *names: str) -> None:
        """Wait until the server has seen the end of all other sessions: it takes its time over closed ones."""
        end = time.monotonic() + _PATIENCE
        while True:
            found = self._connection.execute(
                "SELECT application_name FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).fetchall()
            if sorted(name for (name,) in found) == sorted(names):
                return
            assert time.monotonic() < end, found
            time.sleep(0.02)

    def count(self, clerk: Target, *names: str) -> ServerConnections:
        """What the server has, when nothing but the named sessions is connected to it."""
        self.until_only(*names)
        counted = count_connections(clerk)
        self.until_only(*names)
        return counted

    def running(self) -> int:
        return sum(1 for job in self.jobs.values() if job.state is JobState.RUNNING)

    def waiting(self) -> list[str]:
        waiting = [job.reason for job in self.jobs.values() if job.state is JobState.WAITING]
        return [reason for reason in waiting if waits_for_connection(reason) and "counted" not in reason]

    def ended(self) -> bool:
        return len(self.loaded) == _FILES and all(job.state.ended for job in self.jobs.values())

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        self._connection.close()

    def _watch(self) -> None:
        while not self._over.wait(0.002):
            row = self._connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'sheetferry/%'"
                " AND application_name NOT IN ('sheetferry/watcher', 'sheetferry/test')"
            ).fetchone()
            self.most = max(self.most, row[0] if row else 0)


@contextmanager
def _others(target: Target, count: int) -> Iterator[list[psycopg.Connection[Any]]]:
    with ExitStack() as stack:
        keywords = {**target.libpq("x"), "application_name": "psql"}
        yield [stack.enter_context(closing(psycopg.connect(**keywords))) for _ in range(count)]


@contextmanager
def _pool(tmp_path: Path, watched: Watched, target: Target) -> Iterator[None]:
    """Four workers with four jobs for one server."""
    environ = {"SHEETFERRY_HOME": str(tmp_path / "home")}
    context = make_context(environ, "command", {"workers.count": 4})
    with CommandPool(context, watched.heard, _FILES) as pool, pool.door(target) as door:
        for number in range(_FILES):
            path = tmp_path / f"part{number}.csv"
            path.write_text("a\n1\n2\n", encoding="utf-8")
            options = ImportOptions(table=f"part{number}", mode=Mode.APPEND)
            door.submit(import_job(context, str(path), options, target))
        yield


def _tables(target: Target, *, drop: bool = False) -> None:
    with psycopg.connect(**target.libpq("test"), autocommit=True) as connection:
        for number in range(_FILES):
            connection.execute(f"DROP TABLE IF EXISTS part{number}".encode())
            if not drop:
                connection.execute(f"CREATE TABLE part{number} (a bigint)".encode())


@contextmanager
def _locked(target: Target) -> Iterator[psycopg.Connection[Any]]:
    """As long as this lasts no import can end."""
    with closing(psycopg.connect(**{**target.libpq("x"), "application_name": "locker"})) as locker:
        for number in range(_FILES):
            locker.execute(f"LOCK TABLE part{number}".encode())
        yield locker


def test_imports_keep_to_the_budget_and_all_are_loaded(small_server: Target, tmp_path: Path) -> None:
    clerk = _as_clerk(small_server)
    _tables(clerk)
    watched = Watched(small_server)
    with closing(watched), _locked(clerk) as locker:
        free = watched.count(clerk, "locker")
        # All but the counting session itself; 3 are reserved, and with 5 kept free 3 are left for us.
        with _others(clerk, _LIMIT - free.reserved - 5 - 3 - (free.used - 1)), _pool(tmp_path, watched, clerk):
            watched.until(lambda: (watched.running(), len(watched.waiting())) == (2, 2))
            assert len(watched.jobs) == _FILES
            # Later one may still be seen to close while the next one begins.
            assert watched.most <= 3
            said = f"of {_LIMIT} connections are in use on {_where(clerk)}, 5 stay free for others"
            assert watched.waiting()[0].endswith(said)
            locker.rollback()
            watched.until(watched.ended)
    assert watched.loaded == [ImportState.LOADED] * _FILES
    _tables(clerk, drop=True)


def test_a_full_server_is_waited_for_until_others_have_gone(small_server: Target, tmp_path: Path) -> None:
    clerk = _as_clerk(small_server)
    watched = Watched(small_server)
    with closing(watched), _others(small_server, 1):
        free = watched.count(clerk, "psql")
        with _others(clerk, _LIMIT - free.reserved - (free.used - 1)) as others, _pool(tmp_path, watched, clerk):
            watched.until(lambda: any("no free connection" in reason for reason in watched.waiting()))
            assert not watched.loaded
            for other in others:
                other.close()
            watched.until(watched.ended)
    assert watched.loaded == [ImportState.LOADED] * _FILES
    assert all(job.attempts == 1 for job in watched.jobs.values()), "waiting is no try"
    _tables(clerk, drop=True)


def test_the_limit_of_a_role_is_part_of_the_budget(small_server: Target, tmp_path: Path) -> None:
    clerk = _as_clerk(small_server)
    with psycopg.connect(**small_server.libpq("test"), autocommit=True) as admin:
        admin.execute("ALTER ROLE clerk CONNECTION LIMIT 2")
        try:
            watched = Watched(small_server)
            with closing(watched), _pool(tmp_path, watched, clerk):
                watched.until(watched.ended)
        finally:
            admin.execute("ALTER ROLE clerk CONNECTION LIMIT -1")
    assert watched.loaded == [ImportState.LOADED] * _FILES
    assert watched.most <= 2
    _tables(clerk, drop=True)


def test_the_windows_engine_takes_a_share_that_fits_the_server(small_server: Target) -> None:
    server = replace(count_connections(_as_clerk(small_server)), limit=15, reserved=3, ours=0, others=1)
    assert engine_sizes(PoolSizes(10, 10, 20), server) == PoolSizes(2, 0, 20)
    assert engine_sizes(PoolSizes(10, 10, 20), replace(server, limit=100)) == PoolSizes(2, 3, 20)
    assert engine_sizes(PoolSizes(10, 10, 20), replace(server, others=12)) == PoolSizes(1, 0, 20)
    assert engine_sizes(PoolSizes(10, 10, 20), None) == PoolSizes(2, 3, 20)


def test_a_command_does_not_give_up_at_a_server_that_is_full_when_it_begins(
    small_server: Target, tmp_path: Path
) -> None:
    clerk = _as_clerk(small_server)
    environ = {"SHEETFERRY_HOME": str(tmp_path), "SHEETFERRY_DATABASE_URL": url_with_password(clerk)}
    with psycopg.connect(**small_server.libpq("test"), autocommit=True) as admin:
        admin.execute("ALTER ROLE clerk CONNECTION LIMIT 0")
        try:
            with held_target(make_context(environ, "command", {}), None) as target:
                assert (target.host, target.dbname) == (clerk.host, clerk.dbname)
                with pytest.raises(EnvironmentFailure) as caught:
                    count_connections(target)
                assert caught.value.info.kind == "too-many-connections"
        finally:
            admin.execute("ALTER ROLE clerk CONNECTION LIMIT -1")
