"""The parent's end of one worker process: its pipes, its log, its death."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from workers.pool.process import birth
from workers.pool.process.channel import Receiver, Sender, Spool
from workers.pool.process.main_loop import child_main
from workers.pool.process.messages import ChildSetup

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_LAST_WORDS = 600


class _Process(Protocol):
    pid: int
    sentinel: int

    def kill(self) -> None: ...

    def join(self) -> int | None: ...


class WorkerProcess:
    """One spawned worker. Make, use and end it on the supervisor's thread: on Linux it dies with that thread."""

    def __init__(
        self, setup: ChildSetup, spool: Spool, *, interactive: bool, early: birth.NewProcess | None = None
    ) -> None:
        """Start the process; it says `messages.ChildReady` when it takes tasks.

        Args:
            setup: What it is to be.
            spool: The folder for large messages.
            interactive: Whether it is the one that answers people.
            early: A process that was started before the pool was made, to be this one.

        Raises:
            OSError: if the system makes no more processes or pipes.
        """
        self.number = setup.number
        self.stop_by: float | None = None
        self._spool = spool
        self._log = setup.log
        if early is not None or birth.is_possible():
            self._process: _Process = early or birth.NewProcess()
            commands = Connection(self._process.commands, readable=False)
            events = Connection(self._process.events, writable=False)
            with contextlib.suppress(BrokenPipeError):  # it has died already, which its sentinel tells
                commands.send((child_main, setup))
        else:
            name = "sheetferry-interactive" if interactive else f"sheetferry-worker-{setup.number}"
            self._process, commands, events = _by_multiprocessing(setup, name)
        self.sender = Sender(commands, spool, f"w{setup.number}-in-")
        self.receiver = Receiver(events, spool)
        self.listening = True

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def sentinel(self) -> int:
        """What becomes ready when the process has ended."""
        return self._process.sentinel

    def kill(self) -> None:
        """End it at once; harmless when it has ended."""
        with contextlib.suppress(OSError, ValueError):
            self._process.kill()

    def remaining(self) -> Iterator[Any]:
        """Messages that a dead worker managed to write."""
        with contextlib.suppress(EOFError, OSError):
            while self.receiver.pipe.poll():
                yield self.receiver.receive()

    def bury(self) -> tuple[int | None, str]:
        """Collect the dead process and remove what it left behind; its exit code and last words."""
        code = self._process.join()
        words = _tail(self._log)
        self.receiver.close()
        self.sender.close()
        self._spool.clear(f"w{self.number}-")
        if self._log is not None:
            self._log.unlink(missing_ok=True)
        return code, words


class _MultiprocessingChild:
    """A child of `multiprocessing`, in a built program and on Windows."""

    def __init__(self, process: SpawnProcess) -> None:
        self._process = process
        self.pid = process.pid or 0
        self.sentinel = process.sentinel

    def kill(self) -> None:
        self._process.kill()

    def join(self) -> int | None:
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        return code


def _by_multiprocessing(
    setup: ChildSetup, name: str
) -> tuple[_MultiprocessingChild, Connection[Any, Any], Connection[Any, Any]]:
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    command_reader, command_writer = context.Pipe(duplex=False)
    event_reader, event_writer = context.Pipe(duplex=False)
    # A daemon, so that the interpreter's end does not wait for it when the pool was never shut down.
    process = context.Process(target=child_main, args=(setup, command_reader, event_writer), name=name, daemon=True)
    try:
        process.start()
    except BaseException:
        command_writer.close()
        event_reader.close()
        raise
    finally:
        # Only the child holds these ends now, so the end of file means that it is gone.
        command_reader.close()
        event_writer.close()
    return _MultiprocessingChild(process), command_writer, event_reader


def _tail(log: Path | None) -> str:
    """The last lines of what native code printed, on one line."""
    if log is None:
        return ""
    try:
        with log.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - 4 * _LAST_WORDS))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ""
    return " ".join(text.split())[-_LAST_WORDS:]
