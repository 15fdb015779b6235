"""A worker's birth on POSIX: one new interpreter with a pipe each way, and no helper process beside it.

`multiprocessing` starts a second interpreter with the first child (its resource tracker), runs the program's main
module again in every child, and has to be loaded before it can start anything. A small import waits for all three. What
is needed here is loaded with the interpreter, so that a command can start its first worker before it knows anything
else; built programs and Windows go on with `multiprocessing`.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable

# A descriptor can be inherited by a child only while every other child that is started could inherit it as well.
_one_birth = threading.Lock()

_CODE = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); sys.path[:] = {path!r};"
    " from workers.pool.process.birth import spawn_main; spawn_main({commands}, {events}, {parent}, {preload!r})"
)


def is_possible() -> bool:
    """Whether workers of this program are born this way."""
    return sys.platform != "win32" and not getattr(sys, "frozen", False)


class NewProcess:
    """A child that loads what tasks need, then waits to be told what it is to be.

    Attributes:
        pid: The process's id.
        sentinel: A descriptor that becomes ready when the process has ended.
        commands: The writing end of the pipe to it.
        events: The reading end of the pipe from it. Both belong to whoever takes the process over.
    """

    def __init__(self, preload: str = "") -> None:
        """Start the process.

        Args:
            preload: ``module:mapping`` of the tasks, to be loaded before anything is asked of the child; empty for a
                child whose setup follows at once.

        Raises:
            OSError: if the system makes no more processes or pipes.
        """
        pipes: list[tuple[int, int]] = []
        try:
            pipes += [os.pipe() for _ in range(3)]
            (command_reader, self.commands), (self.events, event_writer), (self.sentinel, alive) = pipes
            theirs = (command_reader, event_writer, alive)
            code = _CODE.format(
                path=sys.path, commands=command_reader, events=event_writer, parent=os.getpid(), preload=preload
            )
            self.pid = _spawn([sys.executable, *_interpreter_flags(), "-c", code], theirs)
        except BaseException:
            for pair in pipes:
                for descriptor in pair:
                    os.close(descriptor)
            raise
        for descriptor in theirs:
            os.close(descriptor)
        self._code: int | None = None

    def kill(self) -> None:
        """End it at once; harmless when it has ended."""
        if self._code is None:
            os.kill(self.pid, 9)

    def join(self) -> int:
        """Wait for its end; gives its exit code, or the number of the signal that ended it as a negative one."""
        if self._code is None:
            _, status = os.waitpid(self.pid, 0)
            self._code = os.waitstatus_to_exitcode(status)
            os.close(self.sentinel)
        return self._code

    def discard(self) -> None:
        """End a child that nobody has taken over."""
        self.kill()
        self.join()
        os.close(self.commands)
        os.close(self.events)


def spawn_main(commands: int, events: int, parent: int, preload: str) -> None:
    """What the child does: its first message says who it is, see `process.handle`."""
    from multiprocessing.connection import Connection

    from workers.pool.process.main_loop import preload_tasks
    from workers.pool.process.process_setup import die_with_parent

    die_with_parent(parent)
    if preload:
        preload_tasks(preload)
    asked, said = Connection(commands, writable=False), Connection(events, readable=False)
    try:
        main, setup = asked.recv()
    except (EOFError, OSError):
        return  # the program has ended without a use for it
    body: Callable[..., None] = main
    body(setup, asked, said)


def _spawn(command: list[str], inherited: tuple[int, ...]) -> int:
    with _one_birth:
        for descriptor in inherited:
            os.set_inheritable(descriptor, True)
        try:
            return os.posix_spawn(command[0], command, os.environ)
        finally:
            for descriptor in inherited:
                os.set_inheritable(descriptor, False)


def _interpreter_flags() -> list[str]:
    """The options that this interpreter was started with and that its children should have."""
    import subprocess

    return subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined,no-any-return]
