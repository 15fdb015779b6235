"""Hundreds of queries of mixed length, with cancels, kills of workers, a restart of the server and imports beside.

Every query has to end in a true state, no session may be left on the server, no file over its quota, and no level of
priority may starve.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psutil
import psycopg

from tests.app.services.query_pool import Asking
from tests.fixtures_database import make_server_home
from workers.core.jobs.snapshots import JobState
from workers.core.model.options import Priority
from workers.core.query.outcome import StatementState
from workers.core.query.tracking import QuerySnapshot
from workers.database.embedded.server import EmbeddedServer

NAME = "query_soak"

_QUERIES = 500
_QUOTA = 64 << 20
_TEXTS = (
    "SELECT 1",
    "SELECT generate_series(1, 20000) AS n, md5('x') AS m",
    "SELECT pg_sleep(0.2)",
    "SELECT 1; SELECT 2; SELECT nothing",
    "SELECT 1 / (3000 - generate_series(1, 5000))",
    "DELETE FROM t RETURNING n",
    "SELECT count(*) FROM generate_series(1, 300000) n",
    "SELECT repeat('x', 200000) FROM generate_series(1, 20)",
)
_LONG = "SELECT generate_series(1, 1000000000) AS n"


def run(queries: int = _QUERIES, seed: int = 7) -> dict[str, Any]:
    """Ask, disturb, and look what is left."""
    chance = random.Random(seed)
    home = make_server_home()
    folder = Path(tempfile.mkdtemp(prefix="sheetferry-bench-"))
    server = EmbeddedServer(home, max_connections=40)
    try:
        target = server.acquire()
        with psycopg.connect(**target.libpq("bench"), autocommit=True) as connection:
            connection.execute("CREATE TABLE t AS SELECT generate_series(1, 10) AS n")
        asking = Asking(folder, target, queries=3)
        asking.service.results.quota = _QUOTA
        began = time.perf_counter()
        ids = _disturbed(asking, server, chance, queries)
        ends = {query_id: asking.end(query_id) for query_id in ids}
        seconds = time.perf_counter() - began
        asking.service.results.sweep()
        size = asking.service.results.total()
        running = sum(1 for r in asking.service.results.results() if r.meta.state is StatementState.RUNNING)
        asking.close()
        with psycopg.connect(**target.libpq("bench"), autocommit=True) as connection:
            left = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'sheetferry/query%'"
            ).fetchone()
            rows = connection.execute("SELECT count(*) FROM t").fetchone()
        assert left is not None
        assert rows is not None
        return {
            "queries": len(ids),
            "seconds": round(seconds, 1),
            "states": dict(Counter(end.job.state.value for end in ends.values() if end.job is not None)),
            "errors": dict(Counter(_kinds(ends.values()))),
            "untrue": [snapshot.text for snapshot in ends.values() if not _is_true(snapshot)],
            "waited": _waits(ends.values()),
            "backends_left": left[0],
            "rows_in_table": rows[0],
            "results_mb": round(size / 2**20, 1),
            "results_over_quota": size > _QUOTA,
            "results_left_open": running,
        }
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _disturbed(asking: Asking, server: EmbeddedServer, chance: random.Random, queries: int) -> list[str]:
    levels = (Priority.HIGH, Priority.NORMAL, Priority.LOW)
    ids: list[str] = []
    for number in range(queries):
        text = _LONG if chance.random() < 0.05 else chance.choice(_TEXTS)
        soft = 2.0 if text is _LONG else 60.0
        ids.append(asking.ask(text, priority=chance.choice(levels), soft=soft))
        draw = chance.random()
        if draw < 0.1:
            asking.service.cancel(chance.choice(ids))
        elif draw < 0.14:
            _kill_one(asking, chance)
        if number == queries // 2:
            pid = server.status().pid
            if pid is not None:
                psutil.Process(pid).kill()
            server.acquire()
        while sum(1 for job in asking.pool.jobs() if job.state is JobState.WAITING) > 30:
            time.sleep(0.02)
    return ids


def _kill_one(asking: Asking, chance: random.Random) -> None:
    pids = [worker.pid for worker in asking.pool.snapshot().workers if worker.state == "busy"]
    if pids:
        try:
            psutil.Process(chance.choice(pids)).kill()
        except psutil.NoSuchProcess:
            return


def _is_true(snapshot: QuerySnapshot) -> bool:
    """Whether what is said of a query can be: no statement left running, and what failed says why."""
    job = snapshot.job
    if job is None or not job.state.ended or (job.attempts > 1 and job.state is not JobState.DONE):
        return False
    states = {outcome.state for outcome in snapshot.outcomes}
    if StatementState.RUNNING in states:
        return False
    if job.state is JobState.DONE:
        return states == {StatementState.DONE}
    if job.state is JobState.FAILED:
        return any(outcome.error is not None for outcome in snapshot.outcomes)
    return job.state in (JobState.CANCELLED, JobState.QUARANTINED)


def _kinds(snapshots: Iterable[QuerySnapshot]) -> list[str]:
    """What failed, by its text, and with which kind of error."""
    return [
        f"{snapshot.text[:24]}: {snapshot.job.error.kind}"
        for snapshot in snapshots
        if snapshot.job is not None and snapshot.job.error is not None
    ]


def _waits(snapshots: Any) -> dict[str, dict[str, float]]:
    """Median and longest wait of each level, in seconds."""
    found: dict[str, list[float]] = defaultdict(list)
    for snapshot in snapshots:
        job = snapshot.job
        if job is not None and job.started is not None:
            found[job.priority.value].append(job.started - job.submitted)
    return {
        level: {"median": round(sorted(waits)[len(waits) // 2], 2), "longest": round(max(waits), 2)}
        for level, waits in sorted(found.items())
    }
