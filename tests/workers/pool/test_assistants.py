"""Two worker processes and one sheet: the rows arrive whichever of them dies, and nobody is left behind."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.workers.pool.conftest import MakePool, Pool
from workers.core.jobs.snapshots import JobKind, JobState, WorkerSnapshot
from workers.core.jobs.spec import JobSpec, PoolPolicy
from workers.core.model.options import ImportOptions
from workers.core.model.tasks import ImportRequest, Target
from workers.importing.rows.sheet_rows import BUFFERED_CELLS
from workers.pool.supervisor import new_job_id

COLUMNS = 50
ROWS = BUFFERED_CELLS * 3 // 2 // COLUMNS
TASKS = "tests.workers.pool.row_by_row_tasks:TASKS"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sheet of half as many cells again as are read before its head is understood."""
    import xlsxwriter

    path = tmp_path_factory.mktemp("books") / "big.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Data")
        sheet.write_row(0, 0, [f"c{column}" for column in range(COLUMNS)])
        for row in range(1, ROWS + 1):
            sheet.write_row(row, 0, [row * column for column in range(COLUMNS)])
    return path


def begin(pool: Pool, book: Path, target: Target, table: str) -> str:
    job_id = new_job_id()
    request = ImportRequest(job_id, str(book), ImportOptions(table=table, again=True), target, share_from=0)
    return pool.supervisor.submit(JobSpec(job_id, JobKind.IMPORT, book.name, request))


def assistant(pool: Pool) -> WorkerSnapshot | None:
    """The worker that helps: it shows the job's title, but the job is not its own."""
    workers = pool.supervisor.snapshot().workers
    return next((w for w in workers if w.task and w.job_id is None and not w.interactive), None)


def rows_in(connection: psycopg.Connection[Any], table: str) -> tuple[Any, ...]:
    (found,) = connection.execute(f"SELECT count(*), count(DISTINCT c1), sum(c1) FROM {table}".encode()).fetchall()
    return tuple(found)


ALL = (ROWS, ROWS, ROWS * (ROWS + 1) // 2)


def test_the_idle_worker_reads_for_the_busy_one(
    make_pool: MakePool, book: Path, target: Target, connection: psycopg.Connection[Any]
) -> None:
    pool = make_pool(PoolPolicy(), tasks=TASKS)
    pool.until_pool(lambda p: p.idle == 2)
    job_id = begin(pool, book, target, "shared")
    pool.until(lambda: assistant(pool) is not None)
    assert pool.until_ended(job_id).state is JobState.DONE
    assert rows_in(connection, "shared") == ALL
    pool.until_pool(lambda p: p.idle == 2 and p.memory_claimed == 0)


def test_a_killed_assistant_costs_time_only(
    make_pool: MakePool, book: Path, target: Target, connection: psycopg.Connection[Any]
) -> None:
    pool = make_pool(PoolPolicy(), tasks=TASKS)
    pool.until_pool(lambda p: p.idle == 2)
    job_id = begin(pool, book, target, "bereaved")
    pool.until(lambda: (w := assistant(pool)) is not None and w.state == "busy")
    helper = assistant(pool)
    assert helper is not None
    os.kill(helper.pid, signal.SIGKILL)
    job = pool.until_ended(job_id)
    assert (job.state, job.attempts) == (JobState.DONE, 1)
    assert rows_in(connection, "bereaved") == ALL


def test_a_killed_loader_frees_its_assistant(
    make_pool: MakePool, book: Path, target: Target, connection: psycopg.Connection[Any]
) -> None:
    pool = make_pool(PoolPolicy(), tasks=TASKS)
    pool.until_pool(lambda p: p.idle == 2)
    job_id = begin(pool, book, target, "orphaned")
    pool.until(lambda: assistant(pool) is not None)
    job = pool.supervisor.job(job_id)
    assert job is not None
    assert job.worker is not None
    os.kill(job.worker, signal.SIGKILL)
    # The job is tried again, with help or without.
    ended = pool.until_ended(job_id)
    assert (ended.state, ended.attempts) == (JobState.DONE, 2)
    assert rows_in(connection, "orphaned") == ALL
    pool.until_pool(lambda p: p.idle == 2 and p.memory_claimed == 0)


def test_a_waiting_job_gets_the_assistant_back(
    make_pool: MakePool, book: Path, target: Target, connection: psycopg.Connection[Any]
) -> None:
    pool = make_pool(PoolPolicy(), tasks=TASKS)
    pool.until_pool(lambda p: p.idle == 2)
    first = begin(pool, book, target, "first")
    pool.until(lambda: assistant(pool) is not None)
    second = begin(pool, book, replace(target), "second")
    pool.until_told(second, lambda job: job.state is not JobState.WAITING)
    assert pool.until_ended(first).state is JobState.DONE
    assert pool.until_ended(second).state is JobState.DONE
    assert rows_in(connection, "first") == rows_in(connection, "second") == ALL


def test_a_cancelled_import_leaves_no_rows_and_no_assistant(
    make_pool: MakePool, book: Path, target: Target, connection: psycopg.Connection[Any]
) -> None:
    pool = make_pool(PoolPolicy(), tasks=TASKS)
    pool.until_pool(lambda p: p.idle == 2)
    job_id = begin(pool, book, target, "cancelled")
    pool.until(lambda: assistant(pool) is not None)
    pool.supervisor.cancel(job_id)
    assert pool.until_ended(job_id).state is JobState.CANCELLED
    pool.until(lambda: assistant(pool) is None)
    assert connection.execute("SELECT to_regclass('cancelled')").fetchone() == (None,)
