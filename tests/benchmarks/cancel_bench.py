"""How long a cancel takes in every phase of a real import, and what it leaves: rows, locks, server processes."""

from __future__ import annotations

import sys
import time
from typing import Any

from tests.benchmarks.import_pool import ImportPool, import_pool, make_workbook
from workers.core.jobs.snapshots import JobState
from workers.core.model.tasks import Phase

NAME = "cancel"

_ROWS = 120_000
_ROUNDS = 3
_SLOW_COMMIT = """
CREATE SCHEMA IF NOT EXISTS slow;
CREATE OR REPLACE FUNCTION slow.wait() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$;
"""


def run(rounds: int = _ROUNDS) -> dict[str, Any]:
    """Cancel in each phase several times; the table goes to stderr, the worst of all to the result."""
    with import_pool(size=1) as bench:
        book = make_workbook(bench.home / "book.xlsx", _ROWS)
        lines = []
        for phase in ("waiting", *(p.value for p in Phase)):
            for number in range(rounds):
                line = _cancel_in(bench, book, phase, f"t_{phase}_{number}")
                if line is not None:
                    lines.append(line)
    print(f"{'phase':12} {'seconds':>8} {'state':>10} {'rows':>6} {'locks':>6} {'backends':>9}", file=sys.stderr)
    for line in lines:
        print(
            f"{line['phase']:12} {line['seconds']:8.3f} {line['state']:>10} {line['rows']:6} {line['locks']:6}"
            f" {line['backends']:9}",
            file=sys.stderr,
        )
    by_phase: dict[str, float] = {}
    for line in lines:
        by_phase[line["phase"]] = max(by_phase.get(line["phase"], 0.0), line["seconds"])
    return {
        "max_seconds": by_phase,
        "worst_seconds": max(by_phase.values(), default=0.0),
        "rows_left": sum(line["rows"] for line in lines),
        "locks_left": sum(line["locks"] for line in lines),
        "backends_left": sum(line["backends"] for line in lines),
    }


def _cancel_in(bench: ImportPool, book: Any, phase: str, table: str) -> dict[str, Any] | None:
    """Cancel as soon as the phase shows; None when the import was faster than that."""
    if phase == "waiting":
        bench.pool.hold()
    if phase == Phase.COMMITTING.value:
        _make_commits_slow(bench)
    job_id = bench.submit(book, table)
    try:
        bench.wait(lambda: _reached(bench, job_id, phase), 60)
        if job_id in bench.ends:
            return None
        began = time.perf_counter()
        bench.pool.cancel(job_id)
        job = bench.wait_end(job_id)
        seconds = time.perf_counter() - began
    finally:
        bench.pool.release()
    if job.state is JobState.DONE:
        return None
    with bench.connect() as connection:
        there = connection.execute("SELECT to_regclass(%s) IS NOT NULL", (f"public.{table}",)).fetchone()
        rows = connection.execute(f'SELECT count(*) FROM public."{table}"').fetchone() if there and there[0] else (0,)
        locks = connection.execute(
            "SELECT count(*) FROM pg_locks WHERE pid IN (SELECT pid FROM pg_stat_activity"
            " WHERE application_name LIKE 'sheetferry/%' AND pid <> pg_backend_pid())"
        ).fetchone()
        backends = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'sheetferry/%'"
            " AND pid <> pg_backend_pid() AND state <> 'idle'"
        ).fetchone()
    assert rows is not None
    assert locks is not None
    assert backends is not None
    return {
        "phase": phase,
        "seconds": round(seconds, 3),
        "state": job.state.value,
        "rows": rows[0],
        "locks": locks[0],
        "backends": backends[0],
    }


def _reached(bench: ImportPool, job_id: str, phase: str) -> bool:
    job = bench.pool.job(job_id)
    if job_id in bench.ends:
        return True
    if job is None:
        return False
    return job.state is JobState.WAITING if phase == "waiting" else job.phase == phase


def _make_commits_slow(bench: ImportPool) -> None:
    """A deferred trigger on the ledger makes every COMMIT take half a minute."""
    with bench.connect() as connection:
        ledger = connection.execute("SELECT to_regclass('sheetferry.imports') IS NOT NULL").fetchone()
        if ledger and ledger[0]:
            connection.execute(_SLOW_COMMIT)
            connection.execute("DROP TRIGGER IF EXISTS slow ON sheetferry.imports")
            connection.execute(
                "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON sheetferry.imports DEFERRABLE INITIALLY DEFERRED"
                " FOR EACH ROW EXECUTE FUNCTION slow.wait()"
            )
