"""The real program in processes of its own: commands and windows that can be interrupted, killed and awaited."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

from tests.faulting.truth import Told, until
from workers.core.model.tasks import Target

CHECKOUT = Path(__file__).resolve().parents[2]
_PATIENCE = 300.0
_SCRUBBED = ("SHEETFERRY_DATABASE_URL", "CPU_EXECUTOR_WORKERS", "DB_POOL_SIZE", "DB_MAX_OVERFLOW")


class Program:
    """One process of the program with its own output file. Use it in a ``with`` block: nothing outlives that."""

    def __init__(self, home: Path, words: Sequence[str], target: Target | None = None) -> None:
        """Start ``python <words>`` on `home`, on the embedded server or on `target`."""
        environment = {k: v for k, v in os.environ.items() if k not in _SCRUBBED}
        environment |= {"SHEETFERRY_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
        if target is not None:
            environment |= {"SHEETFERRY_DATABASE_URL": url_of(target)}
        self.home = home
        # Files, not pipes: a program that is killed in the middle of a word must not block anybody.
        self._folder = Path(tempfile.mkdtemp(prefix="sheetferry-said-"))
        self._out, self._err = self._folder / "out", self._folder / "err"
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, *words],
                cwd=CHECKOUT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    def __enter__(self) -> Program:
        """The program, running."""
        return self

    def __exit__(self, *error: object) -> None:
        """Whatever is left of it is killed."""
        for process in self.workers():
            with contextlib.suppress(psutil.Error):
                process.kill()
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def workers(self) -> list[psutil.Process]:
        """Its worker processes."""
        with contextlib.suppress(psutil.Error):
            children = psutil.Process(self.process.pid).children()
            return [c for c in children if _is_worker(c)]
        return []

    def kill(self) -> None:
        """Kill it as ``kill -9`` does."""
        self.process.kill()
        self.process.wait(_PATIENCE)

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self.process.send_signal(signal.SIGINT)

    def end(self) -> int:
        """Wait for its end and give the exit code.

        Raises:
            TimeoutError: with what it said, when it does not end.
        """
        try:
            return self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"it does not end: {self.said()[-2000:]}") from None

    def told(self) -> list[Told]:
        """Outcomes told so far; an unfinished last line does not count."""
        lines = self._out.read_text("utf-8", "replace").splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n") and line.startswith("{")]

    def said(self) -> str:
        """What it wrote on stderr."""
        return self._err.read_text("utf-8", "replace")


def _is_worker(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE and "spawn_main" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def url_of(target: Target) -> str:
    """The target as a URL with its password."""
    from urllib.parse import quote

    host = quote(target.host, safe="")
    password = quote(target.password.reveal(), safe="") if target.password is not None else ""
    return f"postgresql://{quote(target.user)}:{password}@{host}:{target.port}/{quote(target.dbname)}"


def import_command(home: Path, book: Path, *options: str, target: Target | None = None) -> Program:
    """``sheetferry import BOOK --json …``."""
    return Program(home, ["-m", "app", "import", str(book), "--json", *options], target)


def window(home: Path, wish: Mapping[str, Any] | None = None, target: Target | None = None) -> Program:
    """The window without a screen; with a wish it imports, and without one it goes on with what was left.

    It tells outcomes as a command does and ends by itself once its queue is empty.
    """
    return Program(home, ["-m", "tests.faulting.window_program", json.dumps(wish or {})], target)


def wait_for_import(program: Program, connection: Any, seconds: float = 120.0, *, query: str = "") -> bool:
    """Wait until an import of the program has its transaction open; False when it ended before.

    Args:
        program: The program.
        connection: A connection that looks on.
        seconds: Most time to wait.
        query: Wait until the import's session works on a statement that begins so.
    """
    sessions = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE application_name LIKE 'sheetferry/import-%%' AND xact_start IS NOT NULL"
        " AND query LIKE %s AND (state = 'active' OR %s = '%%')"
    )

    def seen() -> bool:
        row = connection.execute(sessions, (f"{query}%", f"{query}%")).fetchone()
        return bool(row and row[0]) or not program.running

    until(seen, seconds, 0.005)
    return program.running
