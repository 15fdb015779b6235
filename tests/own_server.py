"""A PostgreSQL server of a test's own, made by the programs of any installation."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workers.core.model.tasks import Secret, Target

USER = "tester"
_SETTINGS = """
listen_addresses = ''
max_connections = 100
fsync = off
"""


class OwnServer:
    """One cluster in a folder of its own. Its account is an ordinary one, also for root."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        """Make the cluster; nothing runs yet."""
        self._binaries, self._folder = binaries, folder
        self._account = _account()
        self.data = folder / "data"
        self._password = secrets.token_hex(8)
        self._own(folder)
        secret = folder / "password"
        secret.write_text(self._password)
        self._own(secret)
        words = ["--auth=scram-sha-256", f"--username={USER}", f"--pwfile={secret}", "--encoding=UTF8", "--locale=C"]
        self._run("initdb", f"--pgdata={self.data}", *words, "--no-sync")
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(f"{_SETTINGS}unix_socket_directories = '{folder}'\n")

    @property
    def target(self) -> Target:
        """How it is reached."""
        return Target(str(self._folder), 5432, USER, "postgres", Secret(self._password), embedded=True)

    def start(self) -> None:
        """Start it and wait until it takes sessions."""
        log = self._folder / "log"
        self._run("pg_ctl", "start", f"--pgdata={self.data}", "--wait", f"--log={log}", "--timeout=60")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: ``fast`` ends the sessions first, ``immediate`` is a crash."""
        self._run("pg_ctl", "stop", f"--pgdata={self.data}", "--wait", f"--mode={mode}", "--timeout=60")

    def stand_by(self) -> None:
        """Let it be a stand-by from its next start on, which only reads."""
        mark = self.data / "standby.signal"
        mark.touch()
        self._own(mark)

    def _own(self, path: Path) -> None:
        if self._account is not None:
            os.chown(path, self._account.pw_uid, self._account.pw_gid)

    def _run(self, program: str, *words: str) -> None:
        account = self._account
        done = subprocess.run(
            [self._binaries / program, *words],
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            log = self._folder / "log"
            raise AssertionError(f"{program} failed: {log.read_text() if log.exists() else done.returncode}")


@contextmanager
def own_server(binaries: Path) -> Iterator[OwnServer]:
    """A running server; stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="sf-own-"))
    server = OwnServer(binaries, folder)
    server.start()
    try:
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> pwd.struct_passwd | None:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None
