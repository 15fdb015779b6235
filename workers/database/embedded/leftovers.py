"""What a killed server leaves behind: a pid file with a pid that may be another program's, and orphaned backends.

A pid in a file proves nothing, so nobody is killed because of one: only processes named postgres that work in our own
data directory are touched.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import psutil

from workers.database.embedded.binaries import ServerPrograms
from workers.database.embedded.ownership import read_plain

_DEAD_PID_SEARCH = range(99_990, 1, -4)
_PID_FILE_LINES_WITH_MEMORY_KEY = 7


def postmaster(data: Path) -> psutil.Process | None:
    """The living server process of this data directory, judged by its name and working folder, or None."""
    lines = _pid_file_lines(data)
    if not lines:
        return None
    try:
        process = psutil.Process(int(lines[0]))
        return process if _works_in(process, data) else None
    except (psutil.Error, ValueError):
        return None


def mend_pid_file(data: Path, socket_folder: Path | None, programs: ServerPrograms) -> None:
    """Make a left-over pid file harmless when its pid now belongs to another program.

    PostgreSQL itself copes with a pid that nobody has, but refuses to start when somebody has it. The file is kept with
    a free pid in it, because the shared-memory key in it is what stops a second server beside backends of the first.
    """
    lines = _pid_file_lines(data)
    if not lines or postmaster(data) is not None:
        return
    if len(lines) >= _PID_FILE_LINES_WITH_MEMORY_KEY or sys.platform == "win32":
        free = next(pid for pid in _DEAD_PID_SEARCH if not psutil.pid_exists(pid))
        programs.write(data / "postmaster.pid", "\n".join([str(free), *lines[1:]]) + "\n")
    else:
        programs.remove([data / "postmaster.pid"])
    if socket_folder is not None:
        programs.remove(list(socket_folder.glob(".s.PGSQL.*")))


def end_orphans(data: Path, patience: float = 2.0) -> None:
    """End backends whose server process was killed; they hold the shared memory that a new server needs.

    Most notice by themselves at once. The rest are asked to quit after a second and killed when `patience` is over,
    which is safe: without their server nothing they do can be committed.
    """
    if sys.platform == "win32" or postmaster(data) is not None:
        return
    started = time.monotonic()
    while orphans := [p for p in psutil.process_iter() if _works_in(p, data)]:
        waited = time.monotonic() - started
        if waited > patience + 5:
            return
        if waited > 1:
            _signal(orphans, signal.SIGKILL if waited > patience else signal.SIGQUIT)
        time.sleep(0.1)


def _signal(processes: list[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        try:
            process.send_signal(number)
        except psutil.Error:
            continue


def _works_in(process: psutil.Process, data: Path) -> bool:
    try:
        if not process.name().lower().startswith("postgres") or process.status() == psutil.STATUS_ZOMBIE:
            return False
        if sys.platform != "win32" and process.uids().real != data.stat().st_uid:
            return False
        return os.path.realpath(process.cwd()) == os.path.realpath(data)
    except (psutil.Error, OSError):
        return False


def _pid_file_lines(data: Path) -> list[str]:
    try:
        return read_plain(data / "postmaster.pid").splitlines()
    except OSError:
        return []
