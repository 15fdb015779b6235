"""The built-in server's databases go into a file and come back from it, with everything that the ledger knows."""

from __future__ import annotations

import io
import json
import shutil
import stat
import sys
import tarfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.fixtures_database import make_server_home
from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.errors import SheetferryError
from workers.core.model.options import Mode
from workers.core.model.tasks import Target
from workers.core.model.undo_report import UndoReport, UndoRequest
from workers.database.embedded.backup import back_up, restore
from workers.database.embedded.server import EmbeddedServer
from workers.database.ledger.history import read_history
from workers.importing.loading.undo.undo import run_undo

FIRST: list[list[Any]] = [["id", "name"], [1, "a"], [2, "陈"]]
SECOND: list[list[Any]] = [["id", "name"], [2, "changed"], [3, "c"]]


@pytest.fixture
def other_home() -> Iterator[Path]:
    """A second home with a server of its own."""
    home = make_server_home()
    try:
        yield home
    finally:
        EmbeddedServer(home).stop()
        shutil.rmtree(home, ignore_errors=True)


def ask(target: Target, statement: str) -> object:
    """The first value that a database answers."""
    with closing(psycopg.connect(**target.libpq("test"), autocommit=True)) as connection:
        cursor = connection.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def undo(target: Target, import_id: str) -> UndoReport:
    """Take an import back."""
    return run_undo(UndoRequest(str(uuid.uuid4()), import_id, target, False), RecordingContext())


def test_what_was_saved_comes_back_in_another_home(server_home: Path, tmp_path: Path, other_home: Path) -> None:
    server, file = EmbeddedServer(server_home), tmp_path / "saved.backup"
    target = server.acquire()
    with closing(psycopg.connect(**target.libpq("test"), autocommit=True)) as connection:
        loader = Loader(tmp_path, target, connection)
        loader.load_rows(FIRST, "first", table="t", lineage=False)
        second = loader.load_rows(SECOND, "second", table="t", mode=Mode.UPSERT, keys=("id",))
        gone = loader.load_rows(FIRST, "third", table="gone")
        connection.execute("DROP TABLE gone")
        connection.execute("CREATE ROLE reader LOGIN PASSWORD 'theirs'")
        connection.execute("GRANT SELECT ON t TO reader")
        connection.execute("CREATE DATABASE mine")
    manifest = back_up(target, server.client_programs(), file)
    assert [database.name for database in manifest.databases] == ["mine", "sheetferry"]
    assert sys.platform == "win32" or stat.S_IMODE(file.stat().st_mode) == 0o600
    server.release()

    other = EmbeddedServer(other_home)
    target = other.acquire()
    # So that oids of the one server mean other tables in the other.
    ask(target, "CREATE TABLE here AS SELECT 1 AS n")
    restored = {one.name: one for one in restore(target, other.client_programs(), file)}
    assert restored["mine"].former == ""
    assert ask(replace(target, dbname=restored["sheetferry"].former), "SELECT n FROM here") == 1
    with closing(psycopg.connect(**target.libpq("test"))) as connection:
        states = {entry.import_id: entry.state for entry in read_history(connection)}
    assert (len(states), states[gone.import_id], states[second.import_id]) == (3, "gone", "loaded")
    report = undo(target, second.import_id)
    assert (report.state, report.rows_removed, report.rows_restored) == ("undone", 1, 1), report.error
    assert ask(target, "SELECT string_agg(name, ',' ORDER BY id) FROM t") == "a,陈"
    assert ask(target, "SELECT has_table_privilege('reader', 't', 'SELECT')") is True
    other.release()


def test_a_database_in_use_is_not_replaced(server_home: Path, tmp_path: Path) -> None:
    server, file = EmbeddedServer(server_home), tmp_path / "saved.backup"
    target = server.acquire()
    ask(target, "CREATE TABLE t AS SELECT 1 AS n")
    back_up(target, server.client_programs(), file)
    ask(target, "UPDATE t SET n = 2")
    with closing(psycopg.connect(**target.libpq("test"))), pytest.raises(SheetferryError) as caught:
        restore(target, server.client_programs(), file)
    assert caught.value.info.kind == "database-in-use"
    assert ask(target, "SELECT n FROM t") == 2
    (restored,) = restore(target, server.client_programs(), file)
    assert ask(target, "SELECT n FROM t") == 1
    assert ask(replace(target, dbname=restored.former), "SELECT n FROM t") == 2
    names = "SELECT count(*) FROM pg_database WHERE NOT datistemplate"
    assert ask(target, names) == 3, "nothing half-done is left"
    server.release()


def _without_dump(file: Path) -> None:
    text = json.dumps({"format": 1, "postgresql": 18, "made": "", "databases": [{"name": "x", "dump": "0.dump"}]})
    _write(file, {"manifest.json": text.encode()})


def _newer(file: Path) -> None:
    _write(file, {"manifest.json": json.dumps({"format": 99, "postgresql": 18, "made": ""}).encode()})


def _broken_dump(file: Path) -> None:
    _without_dump(file)
    with tarfile.open(file) as archive:
        manifest = archive.extractfile("manifest.json")
        assert manifest is not None
        text = manifest.read()
    _write(file, {"manifest.json": text, "0.dump": b"no dump"})


def _linked_dump(file: Path) -> None:
    _without_dump(file)
    with tarfile.open(file, "a") as archive:
        entry = tarfile.TarInfo("0.dump")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)


def _write(file: Path, members: dict[str, bytes]) -> None:
    with tarfile.open(file, "w") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda file: file.write_text("no archive"), "not-a-backup"),
        (lambda file: None, "not-a-backup"),
        (lambda file: _write(file, {"other": b""}), "not-a-backup"),
        (_newer, "not-a-backup"),
        (_without_dump, "restore-failed"),
        (_broken_dump, "restore-failed"),
        (_linked_dump, "restore-failed"),
    ],
)
def test_what_is_no_backup_changes_nothing(
    server_target: Target, tmp_path: Path, make: Callable[[Path], None], kind: str
) -> None:
    file = tmp_path / "some.backup"
    make(file)
    names = "SELECT count(*) FROM pg_database"
    before = ask(server_target, names)
    with pytest.raises(SheetferryError) as caught:
        restore(server_target, EmbeddedServer(tmp_path).client_programs(), file)
    assert caught.value.info.kind == kind
    assert ask(server_target, names) == before


def test_a_backup_that_fails_leaves_the_earlier_one(server_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "saved.backup"
    file.write_text("the earlier one")
    server = EmbeddedServer(server_home)
    target = server.acquire()
    with pytest.raises(SheetferryError) as caught:
        back_up(replace(target, user="nobody here"), server.client_programs(), file)
    assert caught.value.info.kind == "backup-failed"
    assert file.read_text() == "the earlier one"
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    with pytest.raises(SheetferryError) as caught:
        back_up(target, server.client_programs(), tmp_path / "nowhere" / "x")
    assert caught.value.info.kind == "cannot-write"
    server.release()
