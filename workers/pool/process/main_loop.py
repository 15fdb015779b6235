"""A worker process: runs one task at a time and stays answerable while it does.

Two threads. The main thread runs the tasks. The control thread waits for the command pipe and for the parent's end,
sends the heartbeat, and passes a cancel on to the running task. Neither Qt nor pandas is imported here.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import multiprocessing
import os
import queue
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection, wait
from typing import Any

from workers.core.jobs.snapshots import JobKind, TaskEnd
from workers.core.model.errors import Cancelled, EnvironmentFailure, ErrorInfo, SheetferryError
from workers.pool.process.channel import Receiver, Sender, Spool
from workers.pool.process.messages import (
    Beat,
    CancelTask,
    ChildReady,
    ChildSetup,
    Decide,
    FromChild,
    NoAssistant,
    RunTask,
    TaskOver,
)
from workers.pool.process.process_setup import (
    OwnUsage,
    compute_on_one_thread,
    die_with_parent,
    give_back_memory,
    limit_memory,
    redirect_output,
    take_a_back_seat,
)
from workers.pool.process.task_context import ChildContext

_EXIT_PARENT_GONE = 5
_EXIT_PIPE_BROKEN = 4


def child_main(setup: ChildSetup, commands: Connection, events: Connection) -> None:
    """The life of a worker process, from spawn to exit."""
    die_with_parent()
    compute_on_one_thread()
    gc.disable()
    redirect_output(setup.log)
    take_a_back_seat(setup.nice)
    limit_memory(setup.memory_limit)
    spool = Spool(setup.spool)
    _Child(setup, Receiver(commands, spool), Sender(events, spool, f"w{setup.number}-out-")).run()


class _Child:
    def __init__(self, setup: ChildSetup, commands: Receiver, events: Sender) -> None:
        self._setup = setup
        self._commands = commands
        self._events = events
        self._tasks: queue.SimpleQueue[tuple[RunTask, ChildContext] | None] = queue.SimpleQueue()
        self._present: ChildContext | None = None
        self._usage = OwnUsage()

    def run(self) -> None:
        threading.Thread(target=self._control, name="control", daemon=True).start()
        self._send(ChildReady())
        preload_tasks(self._setup.tasks)
        # What was loaded stays; a collector that looked through it again and again would only cost time.
        gc.freeze()
        gc.enable()
        while (item := self._tasks.get()) is not None:
            self._run_task(*item)
        # Not through the interpreter's own end: a library's thread must not keep the process.
        os._exit(0)

    # ---- main thread

    def _run_task(self, task: RunTask, context: ChildContext) -> None:
        self._usage.peak = 0
        over = _outcome_of(self._setup.tasks, task, context)
        self._present = None
        rss = self._usage.rss()
        over = TaskOver(over.job_id, over.end, over.result, over.error, over.environment, rss, self._usage.peak)
        try:
            self._events.send(over)
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                os._exit(_EXIT_PIPE_BROKEN)
            self._send(_unsendable(task.job_id, error))
        except Exception as error:  # noqa: BLE001 - a result that does not pickle is the task's failure, not the worker's
            self._send(_unsendable(task.job_id, error))
        del over
        if task.kind is not JobKind.PROBE:
            gc.collect()
            give_back_memory()

    # ---- control thread

    def _control(self) -> None:
        parent = multiprocessing.parent_process()
        sentinels = [parent.sentinel] if parent is not None else []
        beat_at = time.monotonic() + self._setup.heartbeat
        while True:
            ready = wait([self._commands.pipe, *sentinels], max(0.0, beat_at - time.monotonic()))
            if self._commands.pipe in ready:
                self._take_command()
            elif ready:
                os._exit(_EXIT_PARENT_GONE)
            if time.monotonic() >= beat_at:
                beat_at = time.monotonic() + self._setup.heartbeat
                self._beat()

    def _take_command(self) -> None:
        try:
            message = self._commands.receive()
        except (EOFError, OSError):
            os._exit(_EXIT_PARENT_GONE)
        present = self._present
        if isinstance(message, RunTask):
            place = self._setup.spool / f"w{self._setup.number}-door-"
            self._present = ChildContext(message.job_id, self._send, place)
            self._tasks.put((message, self._present))
        elif isinstance(message, CancelTask):
            if present is not None and present.job_id == message.job_id:
                present.cancel()
        elif isinstance(message, NoAssistant):
            if present is not None and present.job_id == message.job_id:
                present.no_assistant()
        elif isinstance(message, Decide):
            if present is not None and present.job_id == message.job_id:
                present.decide(message.commit)
        else:
            self._tasks.put(None)

    def _beat(self) -> None:
        present = self._present
        if present is not None:
            present.flush()
        self._send(Beat(self._usage.rss(), self._usage.peak, self._usage.cpu_percent()))

    def _send(self, message: FromChild) -> None:
        try:
            self._events.send(message)
        except BrokenPipeError:
            os._exit(_EXIT_PIPE_BROKEN)


def preload_tasks(tasks: str) -> None:
    """Import what tasks need while nobody waits for it; a fault shows when a task asks for it."""
    with contextlib.suppress(Exception):
        module = importlib.import_module(tasks.partition(":")[0])
        getattr(module, "warm_up", lambda: None)()


def _function_of(tasks: str, kind: JobKind) -> Callable[[Any, Any], Any]:
    if kind is JobKind.PROBE:
        return _probe
    module, _, name = tasks.partition(":")
    functions: Mapping[JobKind, Callable[[Any, Any], Any]] = getattr(importlib.import_module(module), name)
    return functions[kind]


def _probe(request: object, _context: object) -> tuple[int, object]:
    """The health check's task: answers with the pid and the request."""
    return os.getpid(), request


def _outcome_of(tasks: str, task: RunTask, context: ChildContext) -> TaskOver:
    """Run the task function and turn whatever it does into a message."""
    job_id = task.job_id
    try:
        context.check()
        result = _function_of(tasks, task.kind)(task.request, context)
    except Cancelled:
        return TaskOver(job_id, TaskEnd.CANCELLED)
    except SheetferryError as error:
        return TaskOver(job_id, TaskEnd.FAILED, error=error.info, environment=isinstance(error, EnvironmentFailure))
    except MemoryError:
        message = "There is not enough memory for it."
        hint = "Split the workbook, save it as .xlsx, or raise the memory limit of workers in the settings."
        return TaskOver(job_id, TaskEnd.FAILED, error=ErrorInfo("too-large", message, hint))
    except BaseException as error:  # noqa: BLE001 - the worker outlives every task, even one that calls exit()
        return TaskOver(job_id, TaskEnd.FAILED, error=_defect(error))
    return TaskOver(job_id, TaskEnd.DONE, result)


def _defect(error: BaseException) -> ErrorInfo:
    words = f"{type(error).__name__}: {error}"[:300]
    return ErrorInfo(
        "bug",
        f"Sheetferry met a defect of its own ({words}).",
        "Please report it with the log; nothing of this import was kept.",
        detail="".join(traceback.format_exception(error))[-8000:],
    )


def _unsendable(job_id: str, error: Exception) -> TaskOver:
    words = f"{type(error).__name__}: {error}"[:300]
    return TaskOver(
        job_id, TaskEnd.FAILED, error=ErrorInfo("bug", f"The result could not be handed over ({words}).", detail=words)
    )
