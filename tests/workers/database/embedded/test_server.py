"""The embedded server's life: made once, shared, joined after a kill, stopped by the last one out."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.fixtures_database import make_server_home
from workers.core.model.errors import EnvironmentFailure
from workers.core.model.tasks import Target
from workers.database.embedded.administration import unreadable_tables
from workers.database.embedded.files import ServerFiles
from workers.database.embedded.leftovers import postmaster
from workers.database.embedded.server import EmbeddedServer
from workers.database.embedded.watcher_start import FROZEN_COMMAND

pytestmark = pytest.mark.db

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Unix signals and sockets")


def until(condition: Callable[[], object], seconds: float = 120.0) -> bool:
    """Wait for a condition, looking often; False when it did not come in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def rows(target: Target, statement: str) -> list[tuple[object, ...]]:
    with closing(psycopg.connect(**target.libpq("test"), autocommit=True)) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(autouse=True)
def sessions_may_take_their_time_to_close(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test closes its session and lets the server go in one breath; a busy server may see the end much later."""
    monkeypatch.setattr("workers.database.embedded.server._LINGER_SECONDS", 60.0)


def pid_of(server: EmbeddedServer) -> int:
    pid = server.status().pid
    assert pid is not None
    return pid


def test_life_from_nothing_to_stopped(server_home: Path) -> None:
    server = EmbeddedServer(server_home, max_connections=23)
    assert not server.status().exists
    assert list(server_home.iterdir()) == [], "status makes no files"
    target = server.acquire()
    assert target.embedded
    assert rows(target, "SHOW max_connections") == [("23",)]
    assert rows(
        target, "SELECT datlocprovider::text, datlocale FROM pg_database WHERE datname = current_database()"
    ) == [("b", "C.UTF-8")]
    status = server.status()
    assert (status.running, status.pinned, status.clients) == (True, False, 1)
    assert server.release()
    assert not server.status().running
    assert not server.release(), "a second release does nothing"


@posix_only
def test_secrets_are_closed_to_others_and_logins_need_the_password(server_home: Path) -> None:
    server = EmbeddedServer(server_home)
    target = server.acquire()
    assert (server_home / "server" / "state.json").stat().st_mode & 0o777 == 0o600
    assert Path(target.host).stat().st_mode & 0o777 == 0o700
    assert rows(target, "SHOW listen_addresses") == [("",)]
    assert rows(target, "SELECT DISTINCT auth_method FROM pg_hba_file_rules") == [("scram-sha-256",)]
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(**replace(target, password=None).libpq("test"))
    server.release()


def test_rows_survive_a_restart_with_other_settings(server_home: Path) -> None:
    first = EmbeddedServer(server_home, max_connections=20)
    rows(first.acquire(), "CREATE TABLE kept AS SELECT 7 AS n")
    first.release()
    second = EmbeddedServer(server_home, max_connections=33)
    target = second.acquire()
    assert rows(target, "SELECT n FROM kept") == [(7,)]
    assert rows(target, "SHOW max_connections") == [("33",)]
    second.release()


def test_the_last_of_several_users_stops_it(server_home: Path) -> None:
    first, second = EmbeddedServer(server_home), EmbeddedServer(server_home)
    assert first.acquire() == second.acquire()
    assert first.status().clients == 2
    assert not first.release()
    assert second.status().running
    assert second.release()


def test_a_foreign_session_keeps_it_running_under_a_watcher(server_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.database.embedded.server._LINGER_SECONDS", 0.1)
    server = EmbeddedServer(server_home, idle_seconds=0.5)
    target = server.acquire()
    with closing(psycopg.connect(**target.libpq("guest"))) as guest:
        assert not server.release()
        assert server.status().running
        assert guest.execute("SELECT 1").fetchone() == (1,)
    assert until(lambda: postmaster(server_home / "server" / "pg18") is None), (
        "the watcher stops it once the guest has gone"
    )
    assert not server.status().pinned


def test_a_pinned_server_outlives_its_users_until_stopped(server_home: Path) -> None:
    server = EmbeddedServer(server_home)
    target = server.start_pinned()
    assert server.acquire() == target
    assert not server.release()
    assert (server.status().running, server.status().pinned) == (True, True)
    assert server.stop()
    assert (server.status().running, server.status().pinned) == (False, False)
    assert not server.stop()


def test_a_pinned_server_stops_after_the_idle_time_and_not_before(server_home: Path) -> None:
    idle = 3.0
    server = EmbeddedServer(server_home, idle_seconds=idle)
    target = server.start_pinned()
    last = time.monotonic()
    kept_busy_until = last + 1.5 * idle
    while time.monotonic() < kept_busy_until:  # short visits, none of which lasts until the watcher looks
        try:
            assert rows(target, "SELECT 1") == [(1,)]
        except psycopg.OperationalError:
            assert time.monotonic() - last >= idle, "it stopped while it was in use"
            break  # this machine was so busy that the visits came too late
        last = time.monotonic()
        time.sleep(0.2)
    assert until(lambda: postmaster(server_home / "server" / "pg18") is None), "and then it goes by itself"
    assert not server.status().pinned


@posix_only
def test_a_killed_user_leaves_no_count_and_the_next_one_joins(server_home: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from workers.database.embedded.server import EmbeddedServer\n"
        "EmbeddedServer(Path(sys.argv[1])).acquire(); print('up', flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(server_home)], stdout=subprocess.PIPE, text=True, cwd=os.getcwd()
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "up\n"
        server = EmbeddedServer(server_home)
        before = pid_of(server)
        child.kill()
        child.wait()
    server.acquire()
    assert pid_of(server) == before, "joined, not restarted"
    assert server.release(), "and nobody else is counted"


@posix_only
def test_a_killed_server_with_busy_orphans_starts_again(server_home: Path) -> None:
    server = EmbeddedServer(server_home)
    target = server.acquire()
    rows(target, "CREATE TABLE kept AS SELECT 7 AS n")
    orphan = psycopg.connect(**target.libpq("orphan"), autocommit=True)
    backend = psutil.Process(orphan.info.backend_pid)
    # Stopped, it cannot notice that its server is gone, and holds on to the shared memory.
    backend.send_signal(signal.SIGSTOP)
    psutil.Process(pid_of(server)).kill()
    with closing(orphan):
        assert rows(server.acquire(), "SELECT n FROM kept") == [(7,)]
    assert not backend.is_running() or backend.status() == psutil.STATUS_ZOMBIE
    assert server.release()


@posix_only
def test_a_stale_pid_of_another_program_is_neither_believed_nor_killed(server_home: Path) -> None:
    server = EmbeddedServer(server_home)
    server.acquire()
    pid_file = server.status().data / "postmaster.pid"
    saved = pid_file.read_text()
    psutil.Process(pid_of(server)).kill()
    assert until(lambda: server.status().pid is None)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as bystander:
        pid_file.write_text("\n".join([str(bystander.pid), *saved.splitlines()[1:]]) + "\n")
        assert rows(server.acquire(), "SELECT 1") == [(1,)]
        assert bystander.poll() is None, "the bystander lives"
        bystander.kill()
    server.release()


def test_an_interrupted_set_up_is_made_again(server_home: Path) -> None:
    place = server_home / "server"
    half = place / "pg18.new"
    half.mkdir(parents=True)
    place.chmod(0o711)
    (half / "PG_VERSION").write_text("18\n")
    server = EmbeddedServer(server_home)
    assert rows(server.acquire(), "SELECT 1") == [(1,)]
    server.release()


def test_a_lost_password_is_replaced_and_the_rows_kept(server_home: Path) -> None:
    server = EmbeddedServer(server_home)
    rows(server.acquire(), "CREATE TABLE kept AS SELECT 7 AS n")
    server.release()
    (server_home / "server" / "state.json").write_text("{ torn")
    assert rows(server.acquire(), "SELECT n FROM kept") == [(7,)]
    server.release()


def test_a_changed_password_file_is_mended_too(server_home: Path) -> None:
    server = EmbeddedServer(server_home)
    rows(server.acquire(), "CREATE TABLE kept AS SELECT 7 AS n")
    server.release()
    state = server_home / "server" / "state.json"
    state.write_text(json.dumps({**json.loads(state.read_text()), "password": "of-another-time"}))
    assert rows(server.acquire(), "SELECT n FROM kept") == [(7,)]
    server.release()


@posix_only
def test_a_strict_umask_keeps_nobody_out_who_has_to_pass(server_home: Path) -> None:
    before = os.umask(0o077)
    try:
        server = EmbeddedServer(server_home)
        assert rows(server.acquire(), "SELECT 1") == [(1,)]
        assert server.release()
    finally:
        os.umask(before)


@pytest.mark.parametrize("name", ["with space", "ünïcödé-表", "quote's", "long" * 30])
def test_homes_with_unusual_names(server_home: Path, name: str) -> None:
    home = server_home / name
    server = EmbeddedServer(home)
    assert rows(server.acquire(), "SELECT 1") == [(1,)]
    assert server.release()


def test_many_starting_and_leaving_at_once(server_home: Path) -> None:
    errors: list[BaseException] = []

    def come_and_go() -> None:
        try:
            for _ in range(4):
                server = EmbeddedServer(server_home)
                assert rows(server.acquire(), "SELECT 1") == [(1,)]
                server.release()
        except BaseException as error:  # noqa: BLE001 - the assertion below shows it
            errors.append(error)

    threads = [threading.Thread(target=come_and_go) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert EmbeddedServer(server_home).status().clients == 0
    assert not EmbeddedServer(server_home).status().running


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root gives way to another account")
def test_root_with_a_closed_home_keeps_cluster_and_password_apart(tmp_path: Path) -> None:
    home = tmp_path / "closed"
    home.mkdir(mode=0o700)
    server = EmbeddedServer(home)
    try:
        assert rows(server.acquire(), "SELECT 1") == [(1,)]
        status = server.status()
        assert status.relocated
        assert status.account in {"postgres", "nobody"}
        assert (home / "server" / "state.json").exists()
        assert server.release()
    finally:
        server.stop()
        shutil.rmtree(server.status().place, ignore_errors=True)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(EnvironmentFailure) as caught:
        EmbeddedServer(tmp_path / "home").acquire()
    tmp_path.chmod(0o700)
    assert caught.value.info.kind == "home-not-writable"
    assert "SHEETFERRY_HOME" in (caught.value.info.hint or "")


def test_a_broken_cluster_is_said_with_the_log(server_home: Path) -> None:
    server = EmbeddedServer(server_home)
    server.acquire()
    data = server.status().data
    server.release()
    (data / "global" / "pg_control").unlink()
    with pytest.raises(EnvironmentFailure) as caught:
        server.acquire()
    assert caught.value.info.kind == "server-start-failed"
    assert "postgres.log" in (caught.value.info.hint or "")


def test_the_sockets_folder_of_somebody_else_is_not_used(server_home: Path) -> None:
    server = EmbeddedServer(server_home)
    server.acquire()
    server.release()
    folder = server_home / "server" / "socket"
    shutil.rmtree(folder)
    folder.symlink_to(server_home)
    with pytest.raises(EnvironmentFailure) as caught:
        server.acquire()
    assert caught.value.info.kind == "socket-folder-taken"


def test_an_unreadable_pin_counts_as_asked_for(tmp_path: Path) -> None:
    files = ServerFiles(tmp_path)
    files.prepare(traversable=False)
    assert files.pinned() is None
    files.pin("sessions")
    assert files.pinned() == "sessions"
    (tmp_path / "server" / "pin.json").write_text("[")
    assert files.pinned() == "asked"
    files.unpin()
    assert files.pinned() is None


def test_make_server_home_can_be_traversed() -> None:
    home = make_server_home()
    try:
        assert sys.platform == "win32" or home.stat().st_mode & 0o011
    finally:
        home.rmdir()


def test_a_built_program_watches_by_running_itself(server_home: Path) -> None:
    command = [sys.executable, "-m", "app", *FROZEN_COMMAND]
    server = EmbeddedServer(server_home, idle_seconds=0.4, watcher=command)
    server.start_pinned()
    assert until(lambda: postmaster(server_home / "server" / "pg18") is None)
    assert not server.status().pinned


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_server_and_watcher_know_nothing_of_our_secrets(server_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {
        "SHEETFERRY_WORKBOOK_PASSWORD": "canary-1",
        "AWS_SECRET_ACCESS_KEY": "canary-2",
        "PGPASSWORD": "canary-3",
    }
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    server = EmbeddedServer(server_home)
    server.start_pinned()

    def watchers() -> list[psutil.Process]:
        return [p for p in psutil.process_iter() if p.pid != os.getpid() and str(server_home) in _command_line(p)[3:]]

    assert until(lambda: bool(watchers()))
    for process in [psutil.Process(pid_of(server)), *watchers()]:
        told = process.environ()
        assert "PATH" in told, "it has been looked at"
        assert not [value for value in told.values() if value.startswith("canary")]
    server.stop()


def _command_line(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@posix_only
def test_damage_after_an_unclean_end_is_found_and_named(server_home: Path) -> None:
    server = EmbeddedServer(server_home)
    target = server.acquire()
    rows(target, "CREATE SCHEMA sheetferry")
    rows(target, "CREATE TABLE sheetferry.imports AS SELECT generate_series(1, 5000) AS n")
    rows(target, "CREATE TABLE other AS SELECT generate_series(1, 5000) AS n")
    ((path, other),) = rows(target, "SELECT pg_relation_filepath('sheetferry.imports'), pg_relation_filepath('other')")
    rows(target, "CHECKPOINT")
    data = server.status().data

    def kill() -> None:
        process = psutil.Process(pid_of(server))
        process.kill()
        psutil.wait_procs([process], timeout=60)

    kill()
    server.acquire()
    assert server.damaged == (), "a kill alone damages nothing"
    rows(server.acquire(), "CHECKPOINT")
    kill()
    for name in (path, other):
        with (data / str(name)).open("r+b") as file:
            file.seek(3 * 8192 + 4000)
            file.write(b"a cosmic ray")
    again = EmbeddedServer(server_home)
    target = again.acquire()
    assert again.damaged == ("sheetferry: sheetferry.imports",)
    assert unreadable_tables(target, vital=False, seconds=600) == [
        "sheetferry: public.other",
        "sheetferry: sheetferry.imports",
    ]
    assert unreadable_tables(target, vital=False, seconds=0) == []
    server.release()
    again.release()
