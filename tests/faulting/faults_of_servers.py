"""Faults of what the program stands on: the server, the wire to it, and the disks."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import psutil

from tests.faulting.disks import Filler, can_mount, small_disk
from tests.faulting.programs import import_command, wait_for_import, window
from tests.faulting.proxy import LOSSES, Proxy
from tests.faulting.stage import Stage, Try, end_told, short
from tests.faulting.truth import look, open_jobs, orphans, untruths
from workers.database.embedded.server import EmbeddedServer

_HONEST = {"loaded", "failed", "unknown"}
_FULL_SERVER_MB = 220
_FULL_HOME_MB = 4


class Skipped(Exception):
    """The line cannot be tried here; its text says why."""


def server_killed(stage: Stage, number: int) -> Try:
    """kill -9 of the server's main process in the middle of an import."""

    def kill() -> None:
        pid = stage.server.status().pid
        assert pid is not None
        psutil.Process(pid).kill()

    return _server_lost(stage, kill)


def server_stopped(stage: Stage, number: int) -> Try:
    """The server is stopped in good order in the middle of an import."""
    return _server_lost(stage, lambda: EmbeddedServer(stage.home).stop())


def _server_lost(stage: Stage, deed: Callable[[], object]) -> Try:
    table, mode = stage.table(), stage.mode()
    with import_command(stage.home, stage.book, "--table", table, "--mode", mode) as command:
        with look(stage.target) as connection:
            wait_for_import(command, connection)
        time.sleep(stage.moment())
        deed()
        seconds, told = end_told(command)
        said = command.said()
    wrong = [] if {line["state"] for line in told} <= _HONEST and told else [f"it says {short(told)} {said[-300:]}"]
    # The next start of the program starts the server again; the stage holds on to it like any other program.
    stage.target = stage.server.acquire()
    return Try(seconds, wrong + stage.again(table, mode, told), short(told))


def server_killed_under_window(stage: Stage, number: int) -> Try:
    """kill -9 of the server while a window imports: the window starts it again, and both imports are loaded."""

    def kill() -> None:
        pid = stage.server.status().pid
        assert pid is not None
        psutil.Process(pid).kill()

    done = _window_without_server(stage, None, kill)
    stage.target = stage.server.acquire()
    return done


def server_away_under_window(stage: Stage, number: int) -> Try:
    """A server on the network is away for longer than all retries: a window's imports wait until it is back."""
    with Proxy(stage.target) as proxy:
        return _window_without_server(stage, proxy, lambda: proxy.go_away(stage.chance.uniform(6, 12)))


def _window_without_server(stage: Stage, proxy: Proxy | None, deed: Callable[[], object]) -> Try:
    tables, mode = [stage.table(), stage.table()], stage.mode()
    wish = {"book": str(stage.book), "tables": tables, "mode": mode}
    with window(stage.home, wish, proxy.target if proxy else None) as program:
        with look(stage.target) as connection:
            wait_for_import(program, connection)
        time.sleep(stage.moment())
        deed()
        seconds, told = end_told(program)
        said = program.said()
    good = sorted(line["state"] for line in told) == ["loaded", "loaded"]
    wrong = [] if good else [f"it says {short(told)} {said[-300:]}"]
    target = stage.target if proxy else stage.server.acquire()
    wrong += [f"{t} has {found} rows" for t in tables if (found := stage.count(t, target)) != stage.rows]
    wrong += [*orphans(stage.home), *untruths(target, told), *open_jobs(stage.home)]
    return Try(seconds, wrong, short(told))


def cut_in_copy(stage: Stage, number: int) -> Try:
    """The wire is cut while rows are on their way."""
    return _cut(stage, lambda proxy: proxy.cut_after(stage.chance.randrange(2_000, stage.rows * 40)))


def cut_in_commit(stage: Stage, number: int) -> Try:
    """The wire is cut at the COMMIT: not sent, sent, or answered without the answer coming through."""
    return _cut(stage, lambda proxy: proxy.lose_commit(stage.chance.choice(LOSSES)))


def _cut(stage: Stage, arm: Callable[[Proxy], object]) -> Try:
    table, mode = stage.table(), stage.mode()
    with Proxy(stage.target) as proxy:
        arm(proxy)
        options = ("--table", table, "--mode", mode)
        with import_command(stage.home, stage.book, *options, target=proxy.target) as command:
            seconds, told = end_told(command)
            said = command.said()
        wrong = [] if proxy.cuts else ["nothing was cut"]
        if [line["state"] for line in told] != ["loaded"]:
            wrong.append(f"it says {short(told)} {said[-300:]}")
        wrong += stage.again(table, mode, told, replace(stage.target, embedded=False))
    return Try(seconds, wrong, short(told))


def server_disk_full(stage: Stage, number: int) -> Try:
    """The server's disk is full for as long as the import lasts, from a random moment on."""
    _need_disks()
    table, mode = stage.table(), stage.mode()
    with small_disk(stage.folder(f"disk{number}"), _FULL_SERVER_MB) as disk:
        server = EmbeddedServer(disk)
        try:
            target = replace(server.acquire(), embedded=False)
            filler = Filler(disk)
            with import_command(stage.home, stage.book, "--table", table, "--mode", mode, target=target) as command:
                with look(target) as connection:
                    wait_for_import(command, connection)
                time.sleep(stage.moment())
                filler.fill()
                seconds, told = end_told(command)
                said = command.said()
            filler.free()
            target = replace(server.acquire(), embedded=False)
            wrong = (
                [] if told and {line["state"] for line in told} <= _HONEST else [f"says {short(told)} {said[-300:]}"]
            )
            wrong += stage.again(table, mode, told, target)
        finally:
            with suppress(OSError):
                Filler(disk).free()
            server.stop()
    return Try(seconds, wrong, short(told))


def home_disk_full(stage: Stage, number: int) -> Try:
    """The disk of SHEETFERRY_HOME is full from a random moment on; the database is elsewhere."""
    _need_disks()
    table, mode = stage.table(), stage.mode()
    target = replace(stage.target, embedded=False)
    with small_disk(stage.folder(f"home{number}"), _FULL_HOME_MB) as home:
        there = replace(stage, home=home)
        filler = Filler(home)
        with import_command(home, stage.book, "--table", table, "--mode", mode, target=target) as command:
            with look(target) as connection:
                wait_for_import(command, connection)
            time.sleep(stage.moment())
            filler.fill()
            seconds, told = end_told(command)
            said = command.said()
        with import_command(home, stage.book, "--table", table, "--mode", mode, target=target) as refused:
            refused.end()
            more = refused.told()
            if "Traceback" in refused.said():
                said += refused.said()
        wrong = [f"a traceback: {said[-300:]}"] if "Traceback" in said else []
        if not {line["state"] for line in told} <= _HONEST:
            wrong.append(f"it says {short(told)} {said[-300:]}")
        filler.free()
        wrong += there.again(table, mode, [*told, *more], target)
    return Try(seconds, wrong, f"{short(told)}; when full: {short(more)} {refused.process.returncode}")


def _need_disks() -> None:
    if not can_mount():
        raise Skipped("needs root on Linux to make a small disk")
