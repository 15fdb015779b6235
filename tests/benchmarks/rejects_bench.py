"""What two bad rows among 100,000 cost a table that refuses them, against the same import with good rows only."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import xlsxwriter

NAME = "rejects"
ROWS = 100_000
_ROUNDS = 3


def run(rows: int = ROWS, rounds: int = _ROUNDS) -> dict[str, Any]:
    """The clean and the dirty workbook in turns into an emptied table with constraints."""
    from tests.fixtures_database import make_server_home
    from workers.database.embedded.server import EmbeddedServer

    home = make_server_home()
    folder = Path(tempfile.mkdtemp(prefix="sheetferry-bench-"))
    server = EmbeddedServer(home)
    try:
        target = server.acquire()
        books = _book(folder / "clean.xlsx", rows, set()), _book(folder / "dirty.xlsx", rows, {rows // 3, rows - 7})
        with closing(psycopg.connect(**target.libpq("bench"), autocommit=True)) as connection:
            connection.execute(
                "CREATE TABLE public.staff (id bigint PRIMARY KEY, name text NOT NULL, age bigint CHECK (age < 150))"
            )
            seconds: tuple[list[float], list[float]] = ([], [])
            for _ in range(rounds):
                for place, book in enumerate(books):
                    connection.execute("TRUNCATE public.staff")
                    connection.execute("CHECKPOINT")
                    seconds[place].append(_import(target, book, rows, 2 * place))
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
    clean, dirty = min(seconds[0]), min(seconds[1])
    return {
        "rows": rows,
        "rejected": 2,
        "clean_seconds": round(clean, 3),
        "dirty_seconds": round(dirty, 3),
        "ratio": round(dirty / clean, 3),
        "load_average": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def _book(path: Path, rows: int, bad: set[int]) -> str:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Staff")
        sheet.write_row(0, 0, ["Id", "Name", "Age"])
        for row in range(1, rows + 1):
            sheet.write_row(row, 0, [row, f"person {row}", 400 if row in bad else row % 90])
    return str(path)


def _import(target: Any, book: str, rows: int, rejected: int) -> float:
    from tests.benchmarks.import_bench import SilentContext
    from workers.core.model.options import ImportOptions, Mode, RejectLimit
    from workers.core.model.tasks import ImportRequest
    from workers.importing.loading.file_import import run_import

    options = ImportOptions(table="staff", mode=Mode.APPEND, max_rejects=RejectLimit(2), again=True)
    request = ImportRequest(str(uuid.uuid4()), book, options, target)
    started = time.perf_counter()
    (outcome,) = run_import(request, SilentContext())
    seconds = time.perf_counter() - started
    if (outcome.rows_loaded, outcome.rows_rejected) != (rows - rejected, rejected):
        raise RuntimeError(outcome.error or outcome)
    return seconds
