"""Making and configuring the embedded server's cluster."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workers.core.model.errors import EnvironmentFailure
from workers.core.model.tasks import Secret
from workers.database.embedded.binaries import PG_MAJOR, ServerPrograms

SUPERUSER = "sheetferry"
DATABASE = "sheetferry"
_MEGABYTE = 1024 * 1024
_SETTINGS_FILE = "sheetferry.conf"
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
        log: What the server prints.
    """

    def __init__(self, place: Path) -> None:
        """Name the paths; nothing is made."""
        self.place = place
        self.data = place / f"pg{PG_MAJOR}"
        self.log = place / "postgres.log"

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
        fresh = self.place / f"pg{PG_MAJOR}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        descriptor, name = tempfile.mkstemp(dir=self.place, prefix="pw-")
        secret = Path(name)
        try:
            with open(descriptor, "w", encoding="utf-8") as file:
                file.write(password.reveal() + "\n")
            programs.give(fresh)
            programs.give(secret)
            # syncfs flushes once; the default walks the thousand files of a new cluster one by one.
            sync = ["--sync-method=syncfs"] if sys.platform.startswith("linux") else []
            programs.run(
                "initdb", "-D", fresh, "-U", SUPERUSER, "--pwfile", secret, "-A", "scram-sha-256", "-E", "UTF8",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", *sync,
            )  # fmt: skip
        finally:
            secret.unlink(missing_ok=True)
        with (fresh / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"\ninclude_if_exists = '{_SETTINGS_FILE}'\n")
        fresh.rename(self.data)

    def configure(self, programs: ServerPrograms, settings: Mapping[str, str], former_port: int = 0) -> Endpoint:
        """Write the settings for the next start and choose where the server will listen.

        A port (Windows) stays the former one while it is free: imports that wait know the server by it.
        """
        if sys.platform == "win32":
            endpoint = Endpoint("127.0.0.1", _free_port(former_port))
            place = {"listen_addresses": endpoint.host}
        else:
            endpoint = Endpoint(str(self._socket_folder(programs)), _SOCKET_PORT)
            place = {
                "listen_addresses": "",
                "unix_socket_directories": endpoint.host,
                "unix_socket_permissions": "0700",
            }
        lines = {**settings, **place, "port": str(endpoint.port)}
        path = self.data / _SETTINGS_FILE
        path.write_text("".join(f"{k} = {_quoted(v)}\n" for k, v in lines.items()), encoding="utf-8")
        path.chmod(0o600)
        programs.give(path)
        self._prepare_log(programs)
        return endpoint

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
        programs.give(self.log)

    def remove_socket_folder(self) -> None:
        """Leave nothing in the temporary folder when the server has stopped."""
        if sys.platform != "win32" and (folder := self._socket_path()).parent != self.place and folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)

    def _socket_path(self) -> Path:
        folder = self.place / "socket"
        if len(os.fsencode(folder)) <= _LONGEST_SOCKET_FOLDER:
            return folder
        name = hashlib.sha256(os.fsencode(self.place)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"sheetferry-{os.getuid()}-{name}"

    def _socket_folder(self, programs: ServerPrograms) -> Path:
        folder = self._socket_path()
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if folder.is_symlink() or status.st_uid not in {os.getuid(), self.data.stat().st_uid}:
            raise EnvironmentFailure.of(
                "socket-folder-taken",
                f"The folder {folder} for the database's socket belongs to somebody else.",
                "Remove it, or set SHEETFERRY_HOME to a folder with a shorter path.",
            )
        folder.chmod(0o700)
        programs.give(folder)
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


def _free_port(wanted: int = 0) -> int:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
