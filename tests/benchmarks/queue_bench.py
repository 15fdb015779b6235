"""How long it takes until thousands of dropped files are in the queue and on the disk, where a kill leaves them."""

from __future__ import annotations

import sqlite3
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

from workers.core.jobs.pool_events import PoolEvent
from workers.core.jobs.snapshots import JobKind
from workers.core.jobs.spec import JobSpec, PoolPolicy
from workers.core.model.options import ImportOptions
from workers.core.model.tasks import ImportRequest, Target
from workers.database.local.store import LocalStore
from workers.pool.config import PoolConfig
from workers.pool.durable.service import JobService
from workers.pool.executors import ExecutorManager

NAME = "queue"

_FILES = 5_000
_PATIENCE = 300.0
_TARGET = Target("localhost", 1, "nobody", "nowhere")


def run() -> dict[str, Any]:
    """Submit 5,000 files one after the other to a held queue, and wait until the disk has them all.

    The limit is the time that SQLite itself takes to write as many rows of the same size in one transaction.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        files = _files(home / "files")
        return _measure(home / "home", files)


def _files(folder: Path) -> list[Path]:
    folder.mkdir()
    files = [folder / f"branch {number:04}.csv" for number in range(_FILES)]
    for file in files:
        file.write_text("id,name\n1,a\n")
    return files


def _measure(home: Path, files: list[Path]) -> dict[str, Any]:
    store = LocalStore(home)
    service = JobService(store, surface="window", listener=_ignore, settler=_no_settler, with_secrets=None)
    config = PoolConfig(home, size=1, policy=PoolPolicy(prestart=False))
    pool = ExecutorManager(config, threads=2, listener=service.heard, settler=_no_settler)
    pool.start()
    try:
        pool.supervisor.hold("measured")
        service.begin(pool.supervisor).result(_PATIENCE)
        began = time.perf_counter()
        for file in files:
            service.submit(_job(file))
        handed_in = time.perf_counter() - began
        _until(lambda: _kept(home) == _FILES and len(pool.supervisor.jobs()) == _FILES)
        on_disk = time.perf_counter() - began
    finally:
        pool.shutdown(cancel=True)
        service.close(_PATIENCE)
    limit = _limit(home)
    return {
        "files": _FILES,
        "handed_in_s": round(handed_in, 3),
        "on_disk_s": round(on_disk, 3),
        "ms_each": round(on_disk / _FILES * 1e3, 3),
        "limit_s": round(limit, 3),
        "ratio": round(on_disk / limit, 2),
    }


def _job(file: Path) -> JobSpec:
    job_id = str(uuid.uuid4())
    request = ImportRequest(job_id, str(file), ImportOptions(table="t"), _TARGET)
    return JobSpec(job_id, JobKind.IMPORT, file.name, request, "nowhere")


def _kept(home: Path) -> int:
    with sqlite3.connect(home / "queue.sqlite") as connection:
        return int(connection.execute("SELECT count(*) FROM jobs").fetchone()[0])


def _limit(home: Path) -> float:
    """Seconds to write the same rows anew in one transaction of a file of its own."""
    with sqlite3.connect(home / "queue.sqlite") as source:
        rows = source.execute("SELECT * FROM jobs").fetchall()
    with sqlite3.connect(home / "limit.sqlite", isolation_level=None) as copy:
        copy.execute("PRAGMA journal_mode = WAL")
        copy.execute("PRAGMA synchronous = FULL")
        marks = ", ".join("?" * len(rows[0]))
        names = ", ".join(f"c{number}" for number in range(len(rows[0])))
        copy.execute(f"CREATE TABLE jobs ({names}, PRIMARY KEY (c0))")
        began = time.perf_counter()
        copy.execute("BEGIN IMMEDIATE")
        copy.executemany(f"INSERT INTO jobs VALUES ({marks})", rows)
        copy.execute("COMMIT")
        return time.perf_counter() - began


def _until(good: Any) -> None:
    end = time.monotonic() + _PATIENCE
    while not good():
        if time.monotonic() > end:
            raise TimeoutError("the queue was not written in time")
        time.sleep(0.02)


def _ignore(_event: PoolEvent) -> None:
    """Nobody listens in this benchmark."""


def _no_settler(*_arguments: object) -> Any:
    raise AssertionError("nothing to settle in this benchmark")
