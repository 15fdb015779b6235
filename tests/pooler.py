"""A real PgBouncer between the tests and their server: each transaction on whichever session is free."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from workers.core.model.tasks import Target

_PATIENCE = 30.0
_CONFIGURATION = """
[databases]
* = host={host} port={port} user={user} password='{password}'
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own_port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {sessions}
max_client_conn = 100
server_round_robin = 1
logfile = {folder}/log
"""


@contextmanager
def pooled(target: Target, *, sessions: int = 3) -> Iterator[Target]:
    """The same databases through a pooler of so many server sessions; the test is skipped where there is none."""
    program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip("PgBouncer is not installed (Debian: apt install pgbouncer)")
    folder = Path(tempfile.mkdtemp(prefix="sf-pooler-"))
    # It refuses to run as root; as the account of the server's socket it may reach that.
    account = _account(target)
    port = _free_port()
    process = None
    try:
        settings = folder / "pgbouncer.ini"
        settings.write_text(_settings(target, folder, port, sessions))
        if account is not None:
            for path in (folder, settings):
                os.chown(path, account.pw_uid, account.pw_gid)
        process = subprocess.Popen(
            [program, "-q", str(settings)],
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )
        through = replace(target, host="127.0.0.1", port=port, embedded=False)
        _wait_for(through, process, folder)
        yield through
    finally:
        if process is not None:
            process.kill()
            process.wait()
        shutil.rmtree(folder)


def _settings(target: Target, folder: Path, port: int, sessions: int) -> str:
    password = target.password.reveal() if target.password else ""
    return _CONFIGURATION.format(
        host=target.host,
        port=target.port,
        user=target.user,
        password=password,
        own_port=port,
        sessions=sessions,
        folder=folder,
    )


def _account(target: Target) -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    return pwd.getpwuid(os.stat(target.host).st_uid) if target.host.startswith("/") else pwd.getpwnam("nobody")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait_for(target: Target, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            psycopg.connect(**replace(target, dbname="postgres").libpq("test")).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError((folder / "log").read_text()) from None
            time.sleep(0.05)
        else:
            return
