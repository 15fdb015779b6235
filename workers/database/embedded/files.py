"""The files with which several programs share one embedded server."""

from __future__ import annotations

import errno
import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from workers.core.model.errors import EnvironmentFailure, SheetferryError
from workers.core.model.tasks import Secret
from workers.database.embedded.account import make_folder, make_passable
from workers.database.embedded.ownership import require_ours
from workers.system.file_locks import FileLock, is_locked

PinReason: TypeAlias = Literal["asked", "sessions"]


@dataclass(frozen=True, slots=True)
class ServerState:
    """How to reach the server, as the last one to start it wrote down.

    Attributes:
        password: Of the server's superuser; random, made with the cluster.
        place: Folder of cluster, socket and log.
        host: Socket folder, or the loopback address; empty before the first start.
    """

    password: Secret
    place: Path
    host: str = ""
    port: int = 0


class ServerFiles:
    """Names and reads the shared files below ``home/server``.

    Attributes:
        control: The folder itself; ours alone.
        clients: One locked file for each program that uses the server.
    """

    def __init__(self, home: Path) -> None:
        """Only names the files; `prepare` makes the folders."""
        self.control = home / "server"
        self.clients = self.control / "clients"
        self._state = self.control / "state.json"
        self._pin = self.control / "pin.json"

    def prepare(self, *, traversable: bool) -> None:
        """Make the folders.

        Args:
            traversable: Let other accounts pass through (not read), since the server runs as one of them.

        Raises:
            EnvironmentFailure: ``home-not-writable`` or ``disk-full``.
        """
        home = self.control.parent
        try:
            make_folder(self.control, traversable=traversable)
            require_ours(self.control)
            if traversable:
                make_passable(self.control)
            self.clients.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise home_failure(home, error) from error

    def guard(self) -> FileLock:
        """The lock under which the server is started, stopped, and joined."""
        return FileLock(self.control / "guard.lock")

    def watcher(self) -> FileLock:
        """The lock that the idle watcher holds."""
        return FileLock(self.control / "watcher.lock")

    def new_client(self) -> FileLock:
        """A lock for one more user of the server."""
        return FileLock(self.clients / f"{os.getpid()}-{time.monotonic_ns():x}.lock")

    def count_clients(self) -> int:
        """How many living programs use the server; what killed ones left is removed. Call it under the guard."""
        living = 0
        for path in self.clients.glob("*.lock"):
            if is_locked(path):
                living += 1
            else:
                path.unlink(missing_ok=True)
        return living

    def living_clients(self) -> int:
        """The same without the guard and without tidying up: for looking on."""
        return sum(is_locked(path) for path in self.clients.glob("*.lock"))

    def read_state(self) -> ServerState | None:
        """The saved state; None when it is missing or unreadable."""
        try:
            saved = json.loads(self._state.read_text(encoding="utf-8"))
            return ServerState(Secret(saved["password"]), Path(saved["place"]), str(saved["host"]), int(saved["port"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write_state(self, state: ServerState) -> None:
        """Save the state atomically, readable by us alone."""
        values = {**asdict(state), "password": state.password.reveal(), "place": str(state.place)}
        _write_private(self._state, json.dumps(values))

    def pin(self, reason: PinReason) -> None:
        """Keep the server running: because somebody asked, or because foreign sessions use it."""
        _write_private(self._pin, json.dumps({"reason": reason}))

    def unpin(self) -> None:
        """The server may stop with its last user."""
        self._pin.unlink(missing_ok=True)

    def pinned(self) -> PinReason | None:
        """Why the server is kept running, or None. An unreadable pin counts as asked for."""
        if not self._pin.exists():
            return None
        try:
            reason = json.loads(self._pin.read_text(encoding="utf-8")).get("reason")
        except (OSError, ValueError, AttributeError):
            return "asked"
        return "sessions" if reason == "sessions" else "asked"


def home_failure(home: Path, error: OSError) -> SheetferryError:
    """What to say when something under the program's folder could not be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return EnvironmentFailure.of(
            "disk-full",
            f"The disk that holds {home} is full.",
            "Free some space, or set SHEETFERRY_HOME to a folder on another disk.",
            detail=str(error),
        )
    return EnvironmentFailure.of(
        "home-not-writable",
        f"The folder {home} cannot be written: {error.strerror or error}.",
        "Give yourself write access to it, or set SHEETFERRY_HOME to another folder.",
        detail=str(error),
    )


def _write_private(path: Path, text: str) -> None:
    """Replace the file atomically by one that only we can read."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise home_failure(path.parent.parent, error) from error
