"""Upsert of 100,000 rows into 1,000,000, beside a hand-written ``INSERT … ON CONFLICT`` from a staging table."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import xlsxwriter

NAME = "upsert"
ROWS = 100_000
TABLE_ROWS = 1_000_000
_ROUNDS = 3


def run(rows: int = ROWS, table_rows: int = TABLE_ROWS, rounds: int = _ROUNDS) -> dict[str, Any]:
    """Both ways in turns into the same table; what each takes from the file to the commit."""
    from tests.fixtures_database import make_server_home
    from workers.database.embedded.server import EmbeddedServer

    home = make_server_home()
    folder = Path(tempfile.mkdtemp(prefix="sheetferry-bench-"))
    server = EmbeddedServer(home)
    try:
        target = server.acquire()
        with closing(psycopg.connect(**target.libpq("bench"), autocommit=True)) as connection:
            return _measure(connection, target, folder, rows, table_rows, rounds)
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _measure(
    connection: psycopg.Connection[Any], target: Any, folder: Path, rows: int, table_rows: int, rounds: int
) -> dict[str, Any]:
    book, small = _book(folder / "many.xlsx", rows), _book(folder / "few.xlsx", rows // 10)
    ours, theirs, reads = [], [], []
    for _ in range(rounds):
        _fill(connection, table_rows)
        reads.append(_seconds_to_stage(connection, book))
        theirs.append(_by_hand(connection))
        _fill(connection, table_rows)
        ours.append(_import(target, book)[0])
    _fill(connection, table_rows)
    many, few = _import(target, book)[1], _import(target, small)[1]
    by_hand = min(a + b for a, b in zip(reads, theirs, strict=True))
    return {
        "rows": rows,
        "table_rows": table_rows,
        "import_seconds": round(min(ours), 3),
        "by_hand_seconds": round(by_hand, 3),
        "by_hand_merge_seconds": round(min(theirs), 3),
        "ratio": round(min(ours) / by_hand, 3),
        "statements": many,
        "statements_of_a_tenth_of_the_rows": few,
        "load_average": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def _book(path: Path, rows: int) -> str:
    """Every tenth key is new, the others are there already."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Stock")
        sheet.write_row(0, 0, ["Id", "Name", "Quantity", "Price"])
        for row in range(1, rows + 1):
            key = row * 9 if row % 10 else 10_000_000 + row
            sheet.write_row(row, 0, [key, f"item {row} of the new list", row % 500, row / 7])
    return str(path)


def _fill(connection: psycopg.Connection[Any], rows: int) -> None:
    connection.execute("DROP TABLE IF EXISTS public.stock")
    connection.execute(
        "CREATE TABLE public.stock AS"
        " SELECT n AS id, 'item ' || n AS name, n %% 100 AS quantity, n / 3.0::float8 AS price"
        " FROM generate_series(1::bigint, %s) n",
        (rows,),
    )
    connection.execute("ALTER TABLE public.stock ADD PRIMARY KEY (id)")
    connection.execute("VACUUM ANALYZE public.stock")
    connection.execute("CHECKPOINT")


def _seconds_to_stage(connection: psycopg.Connection[Any], book: str) -> float:
    """What a careful script does before its one statement: read the sheet and copy it into a staging table."""
    from workers.importing.reading.opening import open_workbook

    started = time.perf_counter()
    connection.execute("DROP TABLE IF EXISTS pg_temp.stage")
    connection.execute("CREATE TEMP TABLE stage (id bigint, name text, quantity bigint, price float8)")
    workbook = open_workbook(book)
    rows = workbook.rows(workbook.sheets[0], 2)
    with connection.cursor() as cursor, cursor.copy("COPY stage FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["int8", "text", "int8", "float8"])
        for key, name, quantity, price in rows:
            copy.write_row((key, name, quantity, float(price)))  # type: ignore[arg-type]
    workbook.close()
    return time.perf_counter() - started


def _by_hand(connection: psycopg.Connection[Any]) -> float:
    """The one statement, and what an undo of it takes: the rows as they were before."""
    started = time.perf_counter()
    connection.execute("DROP TABLE IF EXISTS public.before")
    with connection.transaction():
        connection.execute("ANALYZE stage")
        connection.execute(
            "CREATE TABLE public.before AS"
            " SELECT t.* FROM public.stock t WHERE EXISTS (SELECT FROM stage s WHERE s.id = t.id)"
        )
        connection.execute(
            "INSERT INTO public.stock SELECT * FROM stage ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
            " quantity = excluded.quantity, price = excluded.price"
        )
    return time.perf_counter() - started


def _import(target: Any, book: str) -> tuple[float, int]:
    """Seconds of the whole import, and how many statements it sent between its first row and its end."""
    from tests.benchmarks.import_bench import SilentContext
    from workers.core.model.options import ImportOptions, Mode
    from workers.core.model.tasks import ImportRequest
    from workers.importing.loading import file_import as running

    options = ImportOptions(table="stock", mode=Mode.UPSERT, keys=("id",), again=True)
    request = ImportRequest(str(uuid.uuid4()), book, options, target)
    sent = 0
    execute = psycopg.Cursor.execute

    def counted(self: Any, *arguments: Any, **keywords: Any) -> Any:
        nonlocal sent
        sent += 1
        return execute(self, *arguments, **keywords)

    psycopg.Cursor.execute = counted  # type: ignore[method-assign]
    started = time.perf_counter()
    try:
        (outcome,) = running.run_import(request, SilentContext())
    finally:
        psycopg.Cursor.execute = execute  # type: ignore[method-assign]
    if outcome.error is not None:
        print(outcome.error, file=sys.stderr)
        raise RuntimeError(outcome.error.message)
    return time.perf_counter() - started, sent
