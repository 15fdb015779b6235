"""The built program does its main job: ``SHEETFERRY_FROZEN=dist/sheetferry python3 -m tests -m frozen -s``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import xlsxwriter

FOLDER = Path(os.environ.get("SHEETFERRY_FROZEN", ""))
PROGRAM = FOLDER / ("sheetferry.exe" if sys.platform == "win32" else "sheetferry")
ROWS = 3000

pytestmark = [
    pytest.mark.frozen,
    pytest.mark.skipif("SHEETFERRY_FROZEN" not in os.environ, reason="SHEETFERRY_FROZEN does not name a built program"),
]


def call(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"SHEETFERRY_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"} | variables
    return subprocess.run(
        [PROGRAM.resolve(), *arguments], env=environ, capture_output=True, text=True, timeout=300, check=False
    )


def complaint(ended: subprocess.CompletedProcess[str], home: Path) -> str:
    """What it said, and its log."""
    logs = [path.read_text(encoding="utf-8")[-3000:] for path in sorted(home.glob("logs/*.log"))]
    return "\n".join([f"exit code {ended.returncode}", ended.stdout[-2000:], ended.stderr[-2000:], *logs])


def make_workbook(path: Path, first: int) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Orders")
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["Number", "Customer", "Amount", "Day"])
        for row in range(ROWS):
            sheet.write_row(row + 1, 0, [first + row, f"Customer {row % 97}", row / 4])
            sheet.write_number(row + 1, 3, 45000 + row % 365, day)


def test_it_is_a_program_of_reasonable_size() -> None:
    size = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file() and not path.is_symlink())
    started = time.perf_counter()
    version = subprocess.run([PROGRAM.resolve(), "--version"], capture_output=True, text=True, timeout=200, check=True)
    seconds = time.perf_counter() - started
    print(f"\nbuilt program: {size / 1e6:.0f} MB, says its version after {seconds:.2f} s")
    assert version.stdout.startswith("sheetferry ")
    assert size < 400e6


def test_it_carries_the_notices_of_what_it_holds() -> None:
    (place,) = FOLDER.rglob("THIRD-PARTY-NOTICES.txt")
    text = place.read_text(encoding="utf-8")
    for sign in ("PYTHON SOFTWARE FOUNDATION LICENSE", "The Qt Company", "PostgreSQL Database Management System"):
        assert sign in text


def test_two_workers_import_into_the_embedded_server(server_home: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"orders {number}.xlsx" for number in range(3)]
    for number, file in enumerate(files):
        make_workbook(file, number * ROWS)
    ended = call(
        server_home, "import", "--json", "--workers", "2", "--mode", "append", "--table", "orders", *map(str, files)
    )
    assert ended.returncode == 0, complaint(ended, server_home)
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [line["state"] for line in lines] == ["loaded"] * 3, lines
    assert {line["rows_loaded"] for line in lines} == {ROWS}

    url = call(server_home, "server", "url").stdout.strip()
    try:
        with psycopg.connect(url) as connection:
            counts = connection.execute("select count(*), sum(number), sum(amount) from orders").fetchone()
        total = 3 * ROWS
        assert counts == (total, total * (total - 1) // 2, 3 * sum(row / 4 for row in range(ROWS)))
    finally:
        stopped = call(server_home, "server", "stop")
    assert stopped.returncode == 0, stopped.stderr


def test_the_window_paints_and_quits(server_home: Path) -> None:
    started = time.perf_counter()
    ended = call(server_home, SHEETFERRY_SELFTEST="quit")
    print(f"\nbuilt program: window painted and closed after {time.perf_counter() - started:.2f} s")
    assert ended.returncode == 0, complaint(ended, server_home)
    assert "Traceback" not in ended.stderr
