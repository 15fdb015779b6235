"""What whole commands take beside the least that each could take, in the same run: a text file, a small one, many."""

from __future__ import annotations

import csv
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.benchmarks.whole_process import Spent, ratios, spend

NAME = "commands"
TEXT_ROWS = 300_000
FILES, FILE_ROWS = 10, 5_000
_TURNS = 3

_CONNECT = "import psycopg, sys; psycopg.connect(sys.argv[1]).execute('SELECT 1')"
_COPY = """
import psycopg, sys
with psycopg.connect(sys.argv[1]) as connection, connection.cursor() as cursor:
    cursor.execute('CREATE TEMPORARY TABLE bare (invoice text, description text, quantity bigint, at timestamp,'
                   ' price numeric, country text)')
    with cursor.copy('COPY bare FROM STDIN (FORMAT csv, HEADER)') as copy, open(sys.argv[2], 'rb') as file:
        while block := file.read(1 << 18):
            copy.write(block)
"""
_PARSE = """
import sys, python_calamine_plus as calamine
for path in sys.argv[2:]:
    for row in calamine.load_workbook(path).stream_sheet_by_index(0):
        pass
"""


def run() -> dict[str, Any]:
    """A text file beside a bare COPY of it, ten rows beside a bare connect, many files beside a bare reading."""
    from tests.fixtures_database import make_server_home
    from workers.database.embedded.server import EmbeddedServer
    from workers.database.targets import url_with_password

    home = make_server_home()
    folder = Path(tempfile.mkdtemp(prefix="sheetferry-bench-"))
    server = EmbeddedServer(home)
    try:
        url = url_with_password(server.acquire())
        environ = {**os.environ, "SHEETFERRY_HOME": str(folder / "home"), "SHEETFERRY_DATABASE_URL": url}
        text, small = folder / "orders.csv", folder / "small.xlsx"
        many = [folder / f"part_{number:02d}.xlsx" for number in range(FILES)]
        make_text(text, TEXT_ROWS)
        make_book(small, 10)
        for path in many:
            make_book(path, FILE_ROWS)
        return {
            "text": _beside([text], _COPY, "copy", url, environ),
            "small": _beside([small], _CONNECT, "connect", url, environ),
            "many": _beside(many, _PARSE, "parse", url, environ),
        }
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _beside(paths: list[Path], limit: str, name: str, url: str, environ: dict[str, str]) -> dict[str, float]:
    ours: list[Spent] = []
    least: list[Spent] = []
    files = list(map(str, paths))
    for turn in range(_TURNS):
        options = ["--table", f"{name}_{turn}", "--mode", "append", "--json", "--quiet"]
        ours.append(spend([sys.executable, "-m", "app", "import", *files, *options], environ))
        least.append(spend([sys.executable, "-c", limit, url, *files], environ))
    return ratios(ours, least, name)


def make_text(path: Path, rows: int) -> None:
    """Order lines as a text file: codes, words with delimiters and marks among them, dates, prices."""
    chance = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Invoice", "Description", "Quantity", "Date", "Price", "Country"])
        for row in range(rows):
            words = "white hanging heart" if row % 50 else 'lantern, 6" x 4"'
            when = f"2010-12-{row % 28 + 1:02d} {row % 24:02d}:{row % 60:02d}:00"
            price = round(chance.lognormvariate(0.9, 0.9), 2)
            writer.writerow([f"C{row // 20}", words, chance.choice([1, 2, 6, -1]), when, price, "United Kingdom"])


def make_book(path: Path, rows: int) -> None:
    """Orders as a workbook."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Orders")
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["Order", "Day", "Customer", "Quantity", "Price"])
        for row in range(1, rows + 1):
            sheet.write_number(row, 0, 1000 + row)
            sheet.write_number(row, 1, 45_000 + row % 900, day)
            sheet.write_string(row, 2, f"Customer {row}")
            sheet.write_number(row, 3, row % 50)
            sheet.write_number(row, 4, row / 4)
