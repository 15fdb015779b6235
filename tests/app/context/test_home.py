"""The home folder is ours alone: what others could have put there is not obeyed, and they see nothing of it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from app.context.home import home_folder
from app.presenters.recent import RecentFiles
from app.window_state import WindowState
from tests.fixtures_database import make_server_home
from workers.core.model.errors import EnvironmentFailure
from workers.database.embedded.server import EmbeddedServer
from workers.database.local.store import LocalStore
from workers.monitor.series_file import SeriesFile
from workers.monitor.status_file import StatusFile

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="access by mode bits")

_STRANGER = 54321


@pytest.fixture
def no_umask() -> Iterator[None]:
    """Nothing is taken away from the modes that the program asks for."""
    before = os.umask(0)
    yield
    os.umask(before)


def found(home: Path) -> Path:
    """The home folder that this setting gives."""
    return home_folder({"SHEETFERRY_HOME": str(home)})


def mode(path: Path) -> int:
    """The permission bits."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("no_umask")
def test_a_new_home_and_what_is_above_it_are_for_us_alone(tmp_path: Path) -> None:
    home = found(tmp_path / "share" / "home")
    assert [mode(path) for path in (home, home.parent)] == [0o700, 0o700]


def test_a_home_that_others_may_read_is_closed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").touch()
    home.chmod(0o755)
    assert mode(found(home)) == (0o711 if os.geteuid() == 0 else 0o700)


@pytest.mark.parametrize("bits", [0o777, 0o770, 0o707])
def test_a_home_that_others_may_have_filled_is_refused(tmp_path: Path, bits: int) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(bits)
    assert not mode(found(home)) & 0o066, "an empty one is closed and used"
    (home / "settings.toml").touch()
    home.chmod(bits)
    with pytest.raises(EnvironmentFailure) as caught:
        found(home)
    assert caught.value.info.kind == "home-not-ours"
    assert str(home) in caught.value.info.message
    assert mode(home) == bits, "and is left as it is"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_home_of_somebody_else_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    os.chown(home, _STRANGER, _STRANGER)
    link = tmp_path / "link"
    link.symlink_to(home)
    for place in (home, link):
        with pytest.raises(EnvironmentFailure) as caught:
            found(place)
        assert caught.value.info.kind == "home-not-ours"


@pytest.mark.usefixtures("no_umask")
def test_what_the_window_keeps_is_for_us_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    (tmp_path / "queue.sqlite").touch(mode=0o666)
    store = LocalStore(tmp_path)
    store.register_instance("window")
    StatusFile(tmp_path).write({"health": []})
    SeriesFile(tmp_path).save(b"series")
    WindowState(tmp_path).save(b"state")
    RecentFiles(tmp_path).save(())
    try:
        names = {path.name for path in tmp_path.iterdir() if path.is_file()}
        assert {"queue.sqlite", "queue.sqlite-wal", "status.json", "monitor.series", "window.json"} <= names
        assert {path.name: oct(mode(path)) for path in tmp_path.iterdir() if mode(path) & 0o077} == {}
    finally:
        store.close()


def test_nothing_that_a_command_leaves_is_open_to_others(tmp_path: Path) -> None:
    home = make_server_home()
    book = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(book)) as workbook:
        workbook.add_worksheet().write_row(0, 0, ["a", "b"])
    try:
        code = (
            "import os, sys; os.umask(0); from app.cli.main import main;"
            f" sys.exit(main(['import', {str(book)!r}, '--quiet']))"
        )
        environ = {**os.environ, "SHEETFERRY_HOME": str(home), "CPU_EXECUTOR_WORKERS": "1"}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environ,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            cwd=Path(__file__).parents[3],
        )
        assert done.returncode == 0, done.stderr
        server = EmbeddedServer(home).status()
        # Its account has to read its settings; passing through a folder shows nothing of it.
        allowed = {server.place / "server.conf"}
        # PostgreSQL's programs are everybody's; what is in the data folder is the server's own care.
        others = (server.data, *server.place.glob("postgresql-*"))
        found = [path for path in home.rglob("*") if path not in allowed]
        left = [path for path in found if not any(path.is_relative_to(other) for other in others)]
        assert any(path.name == "queue.sqlite" for path in left)
        opened = {str(path): oct(mode(path)) for path in left if mode(path) & (0o066 if path.is_dir() else 0o077)}
        assert opened == {}
    finally:
        EmbeddedServer(home).stop()
        subprocess.run(["rm", "-rf", str(home)], check=True)
