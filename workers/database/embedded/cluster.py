"""Making and configuring the embedded server's cluster."""

from __future__ import annotations

import hashlib
import os
import shlex
import socket
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workers.core.model.errors import EnvironmentFailure, SheetferryError
from workers.core.model.tasks import Secret
from workers.database.embedded.binaries import PG_MAJOR, ServerPrograms
from workers.database.embedded.ownership import require_ours

SUPERUSER = "sheetferry"
DATABASE = "sheetferry"
_MEGABYTE = 1024 * 1024
# sockaddr_un holds 108 bytes on Linux and 104 on macOS; the socket's own name takes about 20 of them.
_LONGEST_SOCKET_FOLDER = 80
_SOCKET_PORT = 5432
_LOG_LIMIT = 5 * _MEGABYTE


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the server listens: a Unix socket's folder or the loopback address, and the port."""

    host: str
    port: int


class Cluster:
    """The data folder of the embedded server and what lies beside it.

    Attributes:
        place: Folder of everything that the server's account touches.
        data: PostgreSQL's data directory.
        fresh: Where that is made, before it is whole.
        log: What the server prints.
        settings: The server's settings, which its account may read but not write; they go before those in `data`.
    """

    def __init__(self, place: Path, major: int = PG_MAJOR, *, unfinished: bool = False) -> None:
        """Name the paths; nothing is made.

        Args:
            place: Folder of everything that the server's account touches.
            major: The PostgreSQL major of the data.
            unfinished: Work on the data in the folder where it is made.
        """
        self.place = place
        self.fresh = place / f"pg{major}.new"
        self.data = self.fresh if unfinished else place / f"pg{major}"
        self.log = place / "postgres.log"
        self.settings = place / "server.conf"

    @property
    def exists(self) -> bool:
        """Whether it was made completely."""
        return (self.data / "PG_VERSION").exists()

    def create(self, programs: ServerPrograms, password: Secret) -> None:
        """Make the cluster in a side folder and move it into place, so that an interruption leaves no half of one.

        Raises:
            ProgramError: when ``initdb`` fails.
            OSError: when the folders cannot be written.
        """
        self.prepare(programs, password)
        self.fresh.rename(self.data)

    def prepare(self, programs: ServerPrograms, password: Secret, *options: str) -> None:
        """Make the cluster in its side folder, in the place of what an interruption left there."""
        fresh = self.fresh
        programs.remove_folder(fresh)
        fresh.mkdir(mode=0o700)
        descriptor, name = tempfile.mkstemp(dir=self.place, prefix="pw-")
        secret = Path(name)
        try:
            with open(descriptor, "w", encoding="utf-8") as file:
                file.write(password.reveal() + "\n")
            programs.hand_over(fresh, 0o700)
            programs.hand_over(secret, 0o600)
            # syncfs flushes once; the default walks the thousand files of a new cluster one by one.
            sync = ["--sync-method=syncfs"] if sys.platform.startswith("linux") else []
            programs.run(
                "initdb", "-D", fresh, "-U", SUPERUSER, "--pwfile", secret, "-A", "scram-sha-256", "-E", "UTF8",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", *sync, *options,
            )  # fmt: skip
        finally:
            secret.unlink(missing_ok=True)

    def configure(self, programs: ServerPrograms, settings: Mapping[str, str], former_port: int = 0) -> Endpoint:
        """Write the settings for the next start and choose where the server will listen.

        A port (Windows) stays the former one while it is free: imports that wait know the server by it.
        """
        if sys.platform == "win32":
            endpoint = Endpoint("127.0.0.1", _free_port(former_port))
            place = {"listen_addresses": endpoint.host}
        else:
            endpoint = Endpoint(str(self.socket_folder(programs)), _SOCKET_PORT)
            place = {
                "listen_addresses": "",
                "unix_socket_directories": endpoint.host,
                "unix_socket_permissions": "0700",
            }
        lines = {**settings, **place, "port": str(endpoint.port)}
        own = _quoted(str(self.data / "postgresql.conf"))
        text = f"include_if_exists = {own}\n" + "".join(f"{k} = {_quoted(v)}\n" for k, v in lines.items())
        _replace(self.settings, text)
        self._prepare_log(programs)
        return endpoint

    def start(self, programs: ServerPrograms) -> None:
        """Start the server and wait until it answers.

        Raises:
            ProgramError: when it does not.
        """
        options = f"-c config_file={_for_shell(str(self.settings))}"
        programs.run(
            "pg_ctl", "-D", self.data, "-l", self.log, "-o", options, "-w", "-t", "120", "-s", "start", timeout=180
        )  # fmt: skip

    def stop(self, programs: ServerPrograms) -> None:
        """Stop the server and wait until it is gone; what it was doing is rolled back.

        Raises:
            ProgramError: when it was not running, or did not stop within a minute.
        """
        programs.run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", "60", "-s", "stop")

    def set_password(self, programs: ServerPrograms, password: Secret) -> None:
        """Give the superuser a new password while the server is stopped, for when the old one was lost.

        Raises:
            ProgramError: when the server still runs or the cluster is damaged.
        """
        statement = f"ALTER ROLE {SUPERUSER} PASSWORD '{password.reveal()}';\n"
        programs.run("postgres", "--single", "-D", self.data, "template1", stdin=statement)

    def log_tail(self) -> str:
        """The last 2,000 characters that the server printed."""
        try:
            with self.log.open("rb") as file:
                file.seek(0, os.SEEK_END)
                file.seek(max(0, file.tell() - 4000))
                return file.read().decode(errors="replace")[-2000:]
        except OSError:
            return ""

    def _prepare_log(self, programs: ServerPrograms) -> None:
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        self.log.touch(mode=0o600)
        programs.hand_over(self.log, 0o600)

    def remove_socket_folder(self, programs: ServerPrograms) -> None:
        """Leave nothing in the temporary folder when the server has stopped."""
        folder = self._socket_path()
        if sys.platform != "win32" and folder.parent != self.place and folder.is_dir():
            programs.remove_folder(folder)
            folder.parent.rmdir()

    def _socket_path(self) -> Path:
        """The server account's folder for the socket. It always lies in a folder of ours."""
        folder = self.place / "socket"
        if sys.platform == "win32" or len(os.fsencode(folder)) <= _LONGEST_SOCKET_FOLDER:
            return folder
        name = hashlib.sha256(os.fsencode(self.place)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"sheetferry-socket-{os.getuid()}-{name}" / "s"

    def socket_folder(self, programs: ServerPrograms) -> Path:
        """Make the folder for the socket, which only the server's account may enter.

        Raises:
            EnvironmentFailure: ``socket-folder-taken``.
        """
        folder = self._socket_path()
        try:
            if folder.parent != self.place:
                folder.parent.mkdir(mode=0o700, exist_ok=True)
                require_ours(folder.parent)
                # The umask has no say in it; where the server is another account's, that one must pass.
                folder.parent.chmod(0o711 if programs.apart else 0o700)
            folder.mkdir(mode=0o700, exist_ok=True)
            programs.hand_over(folder, 0o700)
        except (SheetferryError, FileExistsError, NotADirectoryError) as error:
            raise EnvironmentFailure.of(
                "socket-folder-taken",
                f"The folder {folder} for the database's socket belongs to somebody else.",
                "Remove it, or set SHEETFERRY_HOME to a folder with a shorter path.",
            ) from error
        return folder


def workstation_settings(max_connections: int, memory: int) -> dict[str, str]:
    """Server settings for a machine that also does other work.

    Nothing here trades safety for speed: a commit is on disk when it is answered. ``wal_level = minimal`` only leaves
    out what replication would need, and lets a table that was made in the same transaction be loaded without writing
    its rows twice.

    Args:
        max_connections: Sessions that the pool may open, reserve included.
        memory: The machine's memory in bytes.
    """
    shared = min(max(memory // 8, 64 * _MEGABYTE), 1024 * _MEGABYTE)
    maintenance = min(max(memory // 32, 64 * _MEGABYTE), 512 * _MEGABYTE)
    return {
        "max_connections": str(max_connections),
        "shared_buffers": f"{shared // _MEGABYTE}MB",
        "effective_cache_size": f"{max(memory // 2, shared) // _MEGABYTE}MB",
        "maintenance_work_mem": f"{maintenance // _MEGABYTE}MB",
        "work_mem": "16MB",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "jit": "off",
        # Without it the user's own schema comes first: that of the ledger, which bears the same name.
        "search_path": "public",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_min_messages": "warning",
        "lc_messages": "C",
    }


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _for_shell(value: str) -> str:
    """`value` as one word of the command line that ``pg_ctl`` hands to the system's shell."""
    return f'"{value}"' if sys.platform == "win32" else shlex.quote(value)


def _replace(path: Path, text: str) -> None:
    """Write a file of ours that the server's account can read; a reader sees the old one or the new one."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        fresh.chmod(0o644)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _free_port(wanted: int = 0) -> int:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
