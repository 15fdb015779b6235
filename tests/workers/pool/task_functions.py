"""Task functions that misbehave in every way that a worker has to bear; worker processes import this module."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import Any

from workers.core.jobs.snapshots import JobKind
from workers.core.model.errors import EnvironmentFailure, UserError
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import BackendStarted, ImportRequest, Phase, Progress, TaskContext


def act(request: Any, context: TaskContext) -> Any:
    """Do what the request's first part, or an import request's path, names."""
    if isinstance(request, ImportRequest):
        request = (request.path,)
    what, *rest = request if isinstance(request, tuple) else (request,)
    return ACTIONS[what](context, *rest)


def echo(_context: TaskContext, value: object = None) -> object:
    return value


def hang(context: TaskContext) -> None:
    """Computes for ever and never looks at the cancel flag."""
    context.progress(Progress(Phase.READING))
    while True:
        time.sleep(0.05)


def polite(context: TaskContext, seconds: float = 60.0) -> str:
    """Works until it is cancelled or the time is over."""
    end = time.monotonic() + seconds
    rows = 0
    while time.monotonic() < end:
        context.check()
        rows += 100
        context.progress(Progress(Phase.LOADING, rows=rows, fraction=0.5))
        time.sleep(0.005)
    return "finished"


def until_file(context: TaskContext, path: str) -> str:
    """Works until the file is there: as long as the test wants, however fast the machine."""
    rows = 0
    while not os.path.exists(path):
        context.check()
        rows += 1
        context.progress(Progress(Phase.LOADING, rows=rows, fraction=0.5))
        time.sleep(0.005)
    return "finished"


def hang_once(context: TaskContext, mark: str) -> str:
    """Hangs at the first attempt, and is done at once at the second."""
    if os.path.exists(mark):
        return "second"
    with open(mark, "w", encoding="ascii"):
        pass
    hang(context)
    return "never"


def marked(_context: TaskContext, book: str, seconds: float) -> None:
    """Notes its beginning and its end in a file that all processes share; nobody ends before two have met."""
    for mark in (b"+", b"-"):
        handle = os.open(book, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(handle, mark)
        os.close(handle)
        if mark == b"+":
            end = time.monotonic() + 60.0
            while not _have_met(book) and time.monotonic() < end:
                time.sleep(0.005)
            time.sleep(seconds)


def _have_met(book: str) -> bool:
    """Whether two jobs have been under way at the same time."""
    with open(book, "rb") as file:
        return b"++" in file.read()


def silent_wait(context: TaskContext) -> None:
    """Waits without progress, as for a lock, until its cancel action wakes it."""
    woken = threading.Event()
    context.on_cancel(woken.set)
    context.progress(Progress(Phase.LOADING))
    woken.wait(60)
    context.check()


def die(_context: TaskContext) -> None:
    os.write(2, b"thread 'main' panicked at a bad record\n")
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(_context: TaskContext, mark: str) -> str:
    if os.path.exists(mark):
        return "second"
    with open(mark, "w", encoding="ascii"):
        pass
    os._exit(9)


def _backend(import_id: str) -> BackendStarted:
    return BackendStarted(import_id, 4711, "2026-01-01", "99", "sheetferry/import", "S", "public.t", rest=())


def die_in_transaction(context: TaskContext, import_id: str) -> None:
    context.backend_started(_backend(import_id))
    context.progress(Progress(Phase.COMMITTING))
    os._exit(9)


def two_tables_then_die(context: TaskContext, first: str, second: str) -> None:
    context.outcome(ImportOutcome(first, "f.xlsx", "A", "public.a", "create", ImportState.LOADED, 5, 5))
    die_in_transaction(context, second)


def hang_in_transaction(context: TaskContext, import_id: str) -> None:
    context.backend_started(_backend(import_id))
    hang(context)


def bad_input(_context: TaskContext) -> None:
    raise UserError.of("damaged", "The file is damaged.", "Save it again.", cell="B5")


def no_server(_context: TaskContext) -> None:
    raise EnvironmentFailure.of("unreachable", "The server cannot be reached.")


def defect(_context: TaskContext) -> None:
    raise ZeroDivisionError("oops")


def unpicklable(_context: TaskContext) -> object:
    return lambda: None


def big(_context: TaskContext, size: int) -> bytes:
    return b"x" * size


def chatty(_context: TaskContext) -> str:
    print("noise on stdout")
    os.write(1, b"native noise\n")
    sys.stderr.write("noise on stderr\n")
    return "quiet"


def leave(_context: TaskContext) -> None:
    sys.exit(3)


def chunk_of_memory(context: TaskContext, size: int) -> None:
    block = bytearray(size)
    for at in range(0, size, 4096):
        block[at] = 1
    hang(context)


def loaded_modules(_context: TaskContext) -> list[str]:
    return sorted(name for name in ("PySide6", "pandas", "shiboken6") if name in sys.modules)


def niceness(_context: TaskContext) -> int:
    return os.nice(0)


def exit_at_birth(*_arguments: object) -> None:
    """Stands in for a worker that cannot start."""
    os._exit(11)


ACTIONS = {
    name: function
    for name, function in list(globals().items())
    if callable(function) and getattr(function, "__module__", "") == __name__
}
TASKS = {JobKind.IMPORT: act, JobKind.INSPECT: act, JobKind.PREVIEW: act}
