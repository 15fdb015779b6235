"""A pool that imports into a real server of its own, for the benchmarks that need one."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.fixtures_database import make_server_home
from workers.core.jobs.pool_events import ImportEnded, JobChanged, PoolEvent
from workers.core.jobs.snapshots import JobKind, JobSnapshot
from workers.core.jobs.spec import JobSpec, PoolPolicy
from workers.core.model.options import ImportOptions
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.tasks import ImportRequest, Target
from workers.database.embedded.server import EmbeddedServer
from workers.database.ledger.resolver import settle
from workers.pool.config import PoolConfig
from workers.pool.executors import ExecutorManager
from workers.pool.supervisor import Supervisor, new_job_id


class ImportPool:
    """Executors and database of one benchmark, with everything that was told."""

    def __init__(self, home: Path, target: Target, size: int, policy: PoolPolicy) -> None:
        self.home = home
        self.target = target
        self.ends: dict[str, list[JobSnapshot]] = {}
        self.outcomes: dict[str, list[ImportOutcome]] = {}
        self._news = threading.Condition()
        config = PoolConfig(home, size=size, policy=policy)
        self.executors = ExecutorManager(config, threads=8, listener=self._hear, settler=settle)
        self.executors.start()

    @property
    def pool(self) -> Supervisor:
        return self.executors.supervisor

    def submit(self, path: Path, table: str, **more: Any) -> str:
        job_id = new_job_id()
        request = ImportRequest(job_id, str(path), ImportOptions(table=table), self.target)
        return self.pool.submit(JobSpec(job_id, JobKind.IMPORT, path.name, request, **more))

    def wait(self, good: Callable[[], bool], seconds: float) -> None:
        end = time.monotonic() + seconds
        with self._news:
            while not good():
                if time.monotonic() > end:
                    raise TimeoutError(f"not within {seconds} s")
                self._news.wait(0.02)

    def wait_end(self, job_id: str, seconds: float = 60.0) -> JobSnapshot:
        self.wait(lambda: job_id in self.ends, seconds)
        return self.ends[job_id][-1]

    def connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(**self.target.libpq("bench"), autocommit=True)

    def _hear(self, event: PoolEvent) -> None:
        with self._news:
            if isinstance(event, JobChanged) and event.job.state.ended:
                self.ends.setdefault(event.job.job_id, []).append(event.job)
            elif isinstance(event, ImportEnded):
                self.outcomes.setdefault(event.job_id, []).append(event.outcome)
            self._news.notify_all()


@contextmanager
def import_pool(size: int, policy: PoolPolicy | None = None) -> Iterator[ImportPool]:
    """A pool and a server in a folder of their own; both are gone afterwards."""
    home = make_server_home()
    server = EmbeddedServer(home, max_connections=60)
    try:
        bench = ImportPool(home, server.acquire(), size, policy or PoolPolicy())
        try:
            yield bench
        finally:
            bench.executors.shutdown(cancel=True)
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def make_workbook(path: Path, rows: int, columns: int = 6, sheets: int = 1) -> Path:
    """A workbook of numbers and texts; every sheet has that many rows, and no two of them are the same."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        for number in range(sheets):
            sheet = book.add_worksheet(f"Data {number + 1}" if number else "Data")
            sheet.write_row(0, 0, [f"Column {c}" for c in range(columns)])
            for row in range(1, rows + 1):
                cells = [row * 7 + c + number if c % 2 else f"text {row % 97}" for c in range(columns)]
                sheet.write_row(row, 0, cells)
    return path
