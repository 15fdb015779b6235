"""Started by root, the server runs as another account. Whoever has that account must not become root by it.

These tests are root's: they plant what the account could plant, and look whether root's own files stay untouched.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.fixtures_database import make_server_home
from workers.core.model.errors import EnvironmentFailure
from workers.core.model.tasks import Target
from workers.database.embedded.account import Account, server_account
from workers.database.embedded.server import EmbeddedServer

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root gives way to another account"
)

_SECRET = "root:secret\n"


class Hostile:
    """Whoever has the server's account, and a file of root's that this account may neither read nor write."""

    def __init__(self, home: Path, account: Account) -> None:
        self.server = EmbeddedServer(home)
        self.home = home
        self.account = account
        self.treasure = home / "treasure"
        self.treasure.write_text(_SECRET)
        self.treasure.chmod(0o600)

    def does(self, *command: str) -> None:
        """Run a command as the account."""
        subprocess.run(
            command, check=True, user=self.account.uid, group=self.account.gid, extra_groups=[], cwd="/", timeout=60
        )

    def links(self, place: Path) -> None:
        """Put a link to root's file in a place."""
        self.does("rm", "-rf", "--", str(place))
        self.does("ln", "-s", str(self.treasure), str(place))

    def untouched(self) -> bool:
        """Whether root's file is what it was."""
        status = self.treasure.stat()
        return (self.treasure.read_text(), status.st_uid, status.st_mode & 0o777) == (_SECRET, 0, 0o600)


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    """A stopped server that has a cluster."""
    account = server_account()
    assert account is not None
    home = make_server_home()
    found = Hostile(home, account)
    try:
        found.server.acquire()
        found.server.release()
        yield found
    finally:
        found.server.stop()
        shutil.rmtree(home, ignore_errors=True)


def answer(target: Target) -> int:
    """What the server says to a question."""
    with closing(psycopg.connect(**target.libpq("test"))) as connection:
        row = connection.execute("SELECT 42").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize(
    "name", ["sheetferry.conf", "postgresql.conf", "postmaster.pid", "postmaster.opts", "pg_hba.conf"]
)
def test_links_in_the_data_folder_lead_root_nowhere(hostile: Hostile, name: str) -> None:
    hostile.links(hostile.server.status().data / name)
    with contextlib.suppress(EnvironmentFailure):
        hostile.server.acquire()
        hostile.server.release()
    assert hostile.untouched()


def test_a_link_for_a_pid_file_whose_pid_is_taken_is_not_written_through(hostile: Hostile) -> None:
    hostile.server.acquire()
    pid_file = hostile.server.status().data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid = hostile.server.status().pid
    assert pid is not None
    process = psutil.Process(pid)
    process.kill()
    psutil.wait_procs([process], timeout=60)
    # A list of lines in root's file that root's program would take for a pid file.
    hostile.treasure.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    before = hostile.treasure.read_text()
    hostile.links(pid_file)
    with contextlib.suppress(EnvironmentFailure):
        hostile.server.acquire()
    assert hostile.treasure.read_text() == before
    assert hostile.treasure.stat().st_uid == 0


def test_a_stale_pid_file_that_is_a_pipe_does_not_hold_root_up(hostile: Hostile) -> None:
    pid_file = hostile.server.status().data / "postmaster.pid"
    hostile.does("mkfifo", str(pid_file))
    assert hostile.server.status().pid is None
    hostile.does("rm", str(pid_file))
    assert answer(hostile.server.acquire()) == 42
    hostile.server.release()


def test_the_settings_lie_where_the_account_cannot_change_them(hostile: Hostile) -> None:
    target = hostile.server.acquire()
    with closing(psycopg.connect(**target.libpq("test"))) as connection:
        row = connection.execute("SELECT current_setting('config_file')").fetchone()
    assert row is not None
    file = Path(str(row[0]))
    for path in (file, *file.parents):
        status = path.lstat()
        assert status.st_uid == 0
        assert not status.st_mode & 0o022 or status.st_mode & 0o1000
    hostile.server.release()


def test_a_socket_folder_that_is_replaced_by_a_link_is_not_given_away() -> None:
    account = server_account()
    assert account is not None
    home = Path(tempfile.mkdtemp(prefix="sheetferry-test-"))
    home.chmod(0o711)
    long_home = home / ("long" * 30)
    hostile = Hostile(home, account)
    hostile.server = EmbeddedServer(long_home)
    try:
        folder = Path(hostile.server.acquire().host)
        hostile.server.release()
        assert not folder.exists(), "nothing is left in the temporary folder"
        # Once it was the account's, the account could make it again in a folder that is everybody's.
        outer = folder if folder.parent == Path(tempfile.gettempdir()) else folder.parent
        treasures = home / "treasures"
        treasures.mkdir(mode=0o755)
        hostile.does("ln", "-s", str(treasures), str(outer))
        with contextlib.suppress(EnvironmentFailure):
            hostile.server.acquire()
            hostile.server.release()
        assert (treasures.stat().st_uid, treasures.stat().st_mode & 0o777) == (0, 0o755)
        assert list(treasures.iterdir()) == []
        outer.unlink()
    finally:
        hostile.server.stop()
        shutil.rmtree(home, ignore_errors=True)


def test_a_place_that_the_account_owns_is_refused(hostile: Hostile) -> None:
    place = hostile.server.status().place
    os.chown(place, hostile.account.uid, hostile.account.gid)
    with pytest.raises(EnvironmentFailure) as caught:
        hostile.server.acquire()
    assert caught.value.info.kind == "not-ours"
    assert str(place) in caught.value.info.message
    os.chown(place, 0, 0)


_WATCHED_LIFE = """
import os, pathlib, sys, time
account = int(sys.argv[2])
seen = []

def strangers(path, flags):
    if isinstance(path, int) or path is None:
        return False
    path = pathlib.Path(os.path.abspath(os.fsdecode(path)))
    if path.parts[1] in {"proc", "sys"}:
        return False
    for parent in path.parents:
        try:
            if os.lstat(parent).st_uid == account:
                return True
        except OSError:
            continue
    return False

EVENTS = {"open", "os.chmod", "os.chown", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink",
          "os.truncate", "os.utime", "shutil.rmtree", "shutil.copyfile", "shutil.move"}
busy = False

def hook(event, arguments):
    global busy
    if busy or event not in EVENTS:
        return
    busy = True
    try:
        flags = arguments[2] if event == "open" and isinstance(arguments[2], int) else 0
        if event == "open" and flags & os.O_NOFOLLOW and not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return  # reads its own file or nothing
        paths = arguments[:2] if event in {"os.rename", "os.link"} else arguments[:1]
        seen.extend((event, str(path)) for path in paths if strangers(path, flags))
    finally:
        busy = False

from workers.database.embedded.server import EmbeddedServer
import psutil
home = pathlib.Path(sys.argv[1])
sys.addaudithook(hook)
server = EmbeddedServer(home)
target = server.acquire()
server.status()
pid = server.status().pid
data = server.status().data
psutil.Process(pid).kill()
while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
    time.sleep(0.05)
server.acquire()
server.release()
(home / "server" / "state.json").write_text("{ torn")
server.acquire()
server.release()
print("\\n".join(f"{event} {path}" for event, path in seen))
sys.stdout.flush()
os._exit(0)
"""


@pytest.mark.parametrize("name", ["short", "long" * 30])
def test_root_touches_nothing_below_a_folder_of_the_account(name: str) -> None:
    account = server_account()
    assert account is not None
    home = make_server_home()
    inner = home / name
    inner.mkdir()
    inner.chmod(0o711)
    try:
        done = subprocess.run(
            [sys.executable, "-c", _WATCHED_LIFE, str(inner), str(account.uid)],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            cwd=Path(__file__).parents[4],
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.split("\n") == ["", ""], "root's hands in the account's folders"
    finally:
        EmbeddedServer(inner).stop()
        shutil.rmtree(home, ignore_errors=True)
