"""The parent's end of one worker process: its pipes, its log, its death."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workers.pool.process.channel import Receiver, Sender, Spool
from workers.pool.process.main_loop import child_main
from workers.pool.process.messages import ChildSetup

_LAST_WORDS = 600


class WorkerProcess:
    """One spawned worker. Make, use and end it on the supervisor's thread: on Linux it dies with that thread."""

    def __init__(self, setup: ChildSetup, spool: Spool, *, interactive: bool) -> None:
        """Start the process; it says `messages.ChildReady` when it takes tasks.

        Raises:
            OSError: if the system makes no more processes or pipes.
        """
        context = multiprocessing.get_context("spawn")
        self.number = setup.number
        self.stop_by: float | None = None
        self._spool = spool
        self._log = setup.log
        command_reader, command_writer = context.Pipe(duplex=False)
        event_reader, event_writer = context.Pipe(duplex=False)
        name = "sheetferry-interactive" if interactive else f"sheetferry-worker-{setup.number}"
        # A daemon, so that the interpreter's end does not wait for it when the pool was never shut down.
        self.process = context.Process(
            target=child_main, args=(setup, command_reader, event_writer), name=name, daemon=True
        )
        try:
            self.process.start()
        except BaseException:
            command_writer.close()
            event_reader.close()
            raise
        finally:
            # Only the child holds these ends now, so the end of file means that it is gone.
            command_reader.close()
            event_writer.close()
        self.sender = Sender(command_writer, spool, f"w{setup.number}-in-")
        self.receiver = Receiver(event_reader, spool)
        self.listening = True

    @property
    def pid(self) -> int:
        """The process's id."""
        return self.process.pid or 0

    @property
    def sentinel(self) -> int:
        """What becomes ready when the process has ended."""
        return self.process.sentinel

    def kill(self) -> None:
        """End it at once; harmless when it has ended."""
        with contextlib.suppress(OSError, ValueError):
            self.process.kill()

    def remaining(self) -> Iterator[Any]:
        """Messages that a dead worker managed to write."""
        with contextlib.suppress(EOFError, OSError):
            while self.receiver.pipe.poll():
                yield self.receiver.receive()

    def bury(self) -> tuple[int | None, str]:
        """Collect the dead process and remove what it left behind; its exit code and last words."""
        self.process.join()
        code = self.process.exitcode
        words = _tail(self._log)
        self.receiver.close()
        self.sender.close()
        self.process.close()
        self._spool.clear(f"w{self.number}-")
        if self._log is not None:
            self._log.unlink(missing_ok=True)
        return code, words


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
