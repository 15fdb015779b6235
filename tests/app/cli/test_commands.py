"""The commands as a script sees them: real processes, the embedded server, JSON lines and exit codes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import xlsxwriter

from tests.fixtures_database import make_server_home
from workers.database.embedded.server import EmbeddedServer

_FIELDS = {
    "import_id", "file", "sheet", "table", "mode", "state", "rows_read", "rows_loaded", "rows_rejected",
    "rows_skipped", "rows_blank", "header_rows", "first_row", "last_row", "columns", "warnings", "rejects", "error",
    "seconds", "attempts",
}  # fmt: skip


def _hear_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Commands:
    """Runs commands with a home of their own and one server that stays up between them."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environ = {**os.environ, "SHEETFERRY_HOME": str(home), "CPU_EXECUTOR_WORKERS": "1"}

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "app", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**self.environ, **more},
            # A shell's background job ignores Ctrl-C, and so would all its children.
            preexec_fn=_hear_interrupts if os.name == "posix" else None,  # noqa: PLW1509 - sets one signal, takes no lock
        )

    def run(self, *arguments: str, **more: str) -> tuple[int, list[dict[str, Any]], str]:
        process = self.start(*arguments, **more)
        out, err = process.communicate(timeout=300)
        assert "Traceback" not in err
        return process.returncode, [json.loads(line) for line in out.splitlines()], err

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        target = EmbeddedServer(self.home).running_target()
        assert target is not None
        with psycopg.connect(**target.libpq("test")) as connection:
            return connection.execute(statement.encode()).fetchall()


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    home = make_server_home()
    server = EmbeddedServer(home)
    server.start_pinned()
    try:
        yield Commands(home)
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def _workbook(path: Path, rows: int = 20, sheets: int = 1) -> str:
    book = xlsxwriter.Workbook(str(path))
    for number in range(sheets):
        sheet = book.add_worksheet(f"S{number + 1}")
        sheet.write_row(0, 0, ["id", "name", "amount"])
        for row in range(1, rows + 1):
            sheet.write_row(row, 0, [row, f"name {row}", row * 1.25])
    book.close()
    return str(path)


def test_an_import_tells_one_line_for_every_table(commands: Commands, tmp_path: Path) -> None:
    """Two sheets give two lines with all fields, and the rows are there."""
    path = _workbook(tmp_path / "two sheets.xlsx", sheets=2)
    code, lines, err = commands.run("import", path, "--json")
    assert (code, err) == (0, "")
    assert [set(line) for line in lines] == [_FIELDS, _FIELDS]
    assert {line["table"] for line in lines} == {"public.two_sheets_s1", "public.two_sheets_s2"}
    assert all(line["rows_read"] == line["rows_loaded"] == 20 and line["file"] == path for line in lines)
    assert commands.query("SELECT count(*), sum(amount) FROM two_sheets_s1") == [(20, 262.5)]
    assert commands.query("SELECT sum(rows_loaded) FROM sheetferry.imports WHERE target_table LIKE 'public.two%'") == [
        (40,)
    ]


def test_the_same_content_is_unchanged_under_another_name(commands: Commands, tmp_path: Path) -> None:
    """The second import into the same table says so with the first one's id, and loads nothing twice."""
    first = commands.run("import", _workbook(tmp_path / "a.xlsx"), "--table", "same", "--mode", "append", "--json")
    second = commands.run("import", _workbook(tmp_path / "b.xlsx"), "--table", "same", "--mode", "append", "--json")
    assert second[0] == 0
    assert second[1][0]["state"] == "unchanged"
    assert second[1][0]["import_id"] == first[1][0]["import_id"]
    assert commands.query("SELECT count(*) FROM same") == [(20,)]


def test_bad_files_cost_only_themselves(commands: Commands, tmp_path: Path) -> None:
    """Missing, empty and damaged files each get a kind, a sentence and code 1; the good one beside them loads."""
    good = _workbook(tmp_path / "good.xlsx")
    empty = tmp_path / "empty.xlsx"
    empty.write_bytes(b"")
    text = tmp_path / "torn.xlsx"
    text.write_bytes(Path(good).read_bytes()[:900])
    missing = str(tmp_path / "missing.xlsx")
    code, lines, _ = commands.run("import", missing, str(empty), str(text), good, "--json")
    assert code == 1
    kinds = {Path(line["file"]).name: (line["error"] or {}).get("kind") for line in lines}
    assert kinds["missing.xlsx"] == "not-found"
    assert kinds["good.xlsx"] is None
    assert {kinds["empty.xlsx"], kinds["torn.xlsx"]} <= {"not-a-workbook", "damaged", "no-data"}
    assert all(line["error"]["message"] for line in lines if line["state"] == "failed")


def test_a_folder_without_spreadsheets_gives_a_line(commands: Commands, tmp_path: Path) -> None:
    for command in ("import", "inspect"):
        code, lines, _ = commands.run(command, str(tmp_path), "--json")
        assert code == 1
        assert [(line["file"], line["error"]["kind"]) for line in lines] == [(str(tmp_path), "no-data")]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_goes_all_the_way(commands: Commands, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\x1b]0;owned\x07\n\xe2\x80\xae.csv")
    Path(path).write_text("a,b\n1,2\n", encoding="utf-8")
    code, lines, err = commands.run("import", path, "--table", "odd_name", "--json")
    assert (code, [line["state"] for line in lines]) == (0, ["loaded"]), (lines, err)
    assert os.fsencode(lines[0]["file"]) == os.fsencode(path)
    assert commands.query(
        "SELECT source_file LIKE '%caf\\\\xe9%' FROM sheetferry.imports WHERE target_table = 'public.odd_name'"
    ) == [(True,)]
    process = commands.start("import", path, "--table", "odd_name")
    out, err = process.communicate(timeout=300)
    assert not set("\x1b\x07\u202e") & set(out + err)
    assert "caf\\xe9" in out + err
    out, err = commands.start("history").communicate(timeout=300)
    assert not set("\x1b\x07\u202e") & set(out + err)
    code, lines, _ = commands.run("inspect", path, "--json")
    assert (code, os.fsencode(lines[0]["file"])) == (0, os.fsencode(path))


def test_a_table_that_exists_is_left_alone(commands: Commands, tmp_path: Path) -> None:
    """`create` refuses with a hint, and nothing changes."""
    path = _workbook(tmp_path / "once.xlsx")
    commands.run("import", path, "--json")
    code, lines, _ = commands.run("import", path, "--again", "--json")
    assert (code, lines[0]["error"]["kind"]) == (1, "table-exists")
    assert lines[0]["error"]["hint"]
    assert commands.query("SELECT count(*) FROM once") == [(20,)]


def test_wrong_usage_leaves_with_code_2(commands: Commands, tmp_path: Path) -> None:
    """Unknown options, passwords in arguments, wrong environment values, one table for several files."""
    path = _workbook(tmp_path / "x.xlsx")
    for arguments, environ in (
        (("import", path, "--frobnicate"), {}),
        (("import", path, "--database", "postgresql://me:secret@host/db", "--json"), {}),
        (("import", path, "--json"), {"DB_POOL_SIZE": "many"}),
        (("import", path, _workbook(tmp_path / "y.xlsx"), "--table", "one", "--json"), {}),
    ):
        code, lines, err = commands.run(*arguments, **environ)
        assert (code, lines) == (2, [])
        assert err
        assert "secret" not in err


def test_an_unreachable_database_is_code_3(commands: Commands, tmp_path: Path) -> None:
    """A server that is not there is told before any file is read."""
    path = _workbook(tmp_path / "z.xlsx")
    code, lines, err = commands.run("import", path, "--database", "postgresql://me@127.0.0.1:9/db", "--json")
    assert (code, lines) == (3, [])
    assert "127.0.0.1" in err


def test_inspect_history_and_undo_go_round(commands: Commands, tmp_path: Path) -> None:
    """What inspect promises is what an import does; history knows it; undo takes it back."""
    path = _workbook(tmp_path / "round.xlsx")
    _, (survey,), _ = commands.run("inspect", path, "--json")
    table = survey["sheets"][0]["tables"][0]
    _, (outcome,), _ = commands.run("import", path, "--json")
    assert (table["rows"], table["range"]) == (outcome["rows_loaded"], "A1:C21")
    assert [c["type"] for c in table["columns"]] == [c["type"] for c in outcome["columns"]]
    _, entries, _ = commands.run("history", "--json")
    assert outcome["import_id"] in {e["import_id"] for e in entries}
    code, (report,), _ = commands.run("undo", outcome["import_id"], "--json")
    assert (code, report["state"], report["rows_removed"]) == (0, "undone", 20)
    assert commands.query("SELECT to_regclass('public.round')") == [(None,)]


def test_status_and_version_start_nothing(commands: Commands) -> None:
    """One object with the contract's parts."""
    code, (status,), _ = commands.run("status", "--json")
    assert code == 0
    assert {"machine", "pool", "io", "health", "database", "alerts"} <= set(status)
    assert {"workers", "busy", "idle", "waiting", "worker_list"} <= set(status["pool"])
    assert "password" not in json.dumps(status["database"]["url_without_password"])


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_ctrl_c_rolls_back_and_leaves_with_130(commands: Commands, tmp_path: Path) -> None:
    """An interrupted import leaves no rows and no table."""
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("a,b,c\n")
        file.writelines(f"{n},text {n},{n}.5\n" for n in range(1_500_000))
    process = commands.start("import", str(path), "--json")
    deadline = time.monotonic() + 200
    active = (
        "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'sheetferry/import%' AND state = 'active'"
    )
    while commands.query(active)[0][0] == 0:
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 130
    assert [json.loads(line)["state"] for line in out.splitlines()] == ["cancelled"]
    assert "Traceback" not in err
    assert commands.query("SELECT to_regclass('public.long')") == [(None,)]


def test_the_built_in_database_is_saved_and_taken_back(commands: Commands, tmp_path: Path) -> None:
    file = tmp_path / "saved.backup"
    commands.run("import", _workbook(tmp_path / "saved.xlsx", rows=7), "--json")
    code, (saved,), _ = commands.run("server", "backup", str(file), "--json")
    assert (code, saved["databases"], saved["bytes"]) == (0, ["sheetferry"], file.stat().st_size)
    before = commands.query("SELECT count(*) FROM saved")
    commands.run("import", _workbook(tmp_path / "saved.xlsx", rows=9), "--table", "saved", "--mode", "append", "--json")
    code, (restored,), _ = commands.run("server", "restore", str(file), "--json")
    assert code == 0
    assert restored["databases"][0]["former"].startswith("sheetferry_before_")
    assert commands.query("SELECT count(*) FROM saved") == before
    assert commands.run("server", "backup", "--json")[0] == 2
    assert commands.run("server", "stop", "x", "--json")[0] == 2
