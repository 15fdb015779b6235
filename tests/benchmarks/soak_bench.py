"""Imports while workers are killed at random, jobs are cancelled at random and the pool changes its size.

At the end every job has ended once, the database holds exactly the rows of those that say so, and nothing is left over:
no process, no pipe, no thread, no file.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from typing import Any

import psutil

from tests.benchmarks.import_pool import ImportPool, import_pool, make_workbook
from workers.core.jobs.snapshots import JobState
from workers.core.jobs.spec import PoolPolicy
from workers.core.model.outcomes import ImportState

NAME = "soak"

_BOOKS = 8
_KILL_EVERY = 2.0
_SEED = 4
_TRUE_OUTCOMES = {
    JobState.DONE: {ImportState.LOADED},
    JobState.CANCELLED: {ImportState.CANCELLED},
    JobState.QUARANTINED: {ImportState.FAILED},
}
"""Every job has one table: its outcome and the job's end say the same. Nothing fails but by being killed twice."""


def run(jobs: int | None = None) -> dict[str, Any]:
    """Import `jobs` small workbooks (500, or ``SHEETFERRY_SOAK_JOBS``) over 2 workers under all that."""
    count = jobs or int(os.environ.get("SHEETFERRY_SOAK_JOBS", "500"))
    me = psutil.Process()
    chance = random.Random(_SEED)
    with import_pool(size=2, policy=PoolPolicy(recycle_tasks=50)) as bench:
        books = [make_workbook(bench.home / f"book{n}.xlsx", 1000 * (n + 1)) for n in range(_BOOKS)]
        bench.wait_end(bench.submit(books[0], "warm_up"))
        before = _own_things(me)
        began = time.monotonic()
        submitted = {bench.submit(chance.choice(books), f"soak_{n}"): f"soak_{n}" for n in range(count)}
        deeds = _Deeds(bench, chance)
        bench.wait(lambda: all(job in bench.ends for job in submitted), 900)
        deeds.stop()
        seconds = time.monotonic() - began
        bench.pool.resize(None)
        time.sleep(1.0)
        wrong = _untrue(bench, submitted)
        after = _own_things(me)
        spooled = len(list((bench.home / "spool").rglob("*.message")))
    orphans = [c.pid for c in me.children(recursive=True) if "spawn_main" in " ".join(c.cmdline())]
    states = Counter(bench.ends[job][-1].state.value for job in submitted)
    return {
        "jobs": count,
        "seconds": round(seconds, 1),
        "states": dict(states),
        "kills": deeds.kills,
        "cancels": deeds.cancels,
        "resizes": deeds.resizes,
        "ended_more_than_once": sum(1 for job in submitted if len(bench.ends[job]) != 1),
        "untrue": len(wrong),
        "untrue_first": wrong[:10],
        "claimed_at_the_end": bench.pool.snapshot().memory_claimed,
        "leaked": {name: after[name] - before[name] for name in before},
        "spooled_left": spooled,
        "orphans": len(orphans),
    }


class _Deeds:
    """Kills, cancels and resizes on a thread of its own."""

    def __init__(self, bench: ImportPool, chance: random.Random) -> None:
        self.kills = self.cancels = self.resizes = 0
        self._bench = bench
        self._chance = random.Random(chance.random())
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def stop(self) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        kill_at = time.monotonic() + _KILL_EVERY
        while not self._end.wait(0.2):
            if time.monotonic() >= kill_at:
                kill_at += _KILL_EVERY
                self._kill()
            deed = self._chance.random()
            if deed < 0.15:
                live = self._bench.pool.jobs()
                if live:
                    self.cancels += 1
                    # Running ones half of the time: they are the interesting ones, and the queue is long.
                    running = [job for job in live if job.worker is not None]
                    chosen = running if running and self._chance.random() < 0.5 else live
                    self._bench.pool.cancel(self._chance.choice(chosen).job_id)
            elif deed < 0.2:
                self.resizes += 1
                self._bench.pool.resize(self._chance.choice([1, 2, 3]))

    def _kill(self) -> None:
        workers = [w for w in self._bench.pool.snapshot().workers if w.pid]
        if workers:
            try:
                os.kill(self._chance.choice(workers).pid, signal.SIGKILL)
            except ProcessLookupError:
                return
            self.kills += 1


def _own_things(me: psutil.Process) -> dict[str, int]:
    handles: int = getattr(me, "num_handles" if sys.platform == "win32" else "num_fds")()
    workers = sum(1 for c in me.children(recursive=True) if "spawn_main" in " ".join(c.cmdline()))
    # Each worker has its pipes and its sentinel; what is counted is what no living worker accounts for.
    return {
        "descriptors": handles - 3 * workers,
        "threads": me.num_threads(),
        "memory_mb": me.memory_info().rss >> 20,
    }


def _untrue(bench: ImportPool, submitted: dict[str, str]) -> list[str]:
    """Jobs of which the database says something else than they do."""
    wrong = []
    with bench.connect() as connection:
        for job_id, table in submitted.items():
            job = bench.ends[job_id][-1]
            loaded = [o for o in bench.outcomes.get(job_id, []) if o.state is ImportState.LOADED]
            said = sum(o.rows_loaded for o in loaded)
            there = connection.execute("SELECT to_regclass(%s) IS NOT NULL", (f"public.{table}",)).fetchone()
            found = -1
            if there and there[0]:
                row = connection.execute(f'SELECT count(*) FROM public."{table}"').fetchone()
                found = row[0] if row else -1
            states = {o.state for o in bench.outcomes.get(job_id, [])}
            false_end = states != _TRUE_OUTCOMES[job.state] if job.state in _TRUE_OUTCOMES else True
            if found != (said if loaded else -1) or false_end:
                told = ", ".join(sorted(states)) + (f"; {job.error.message}" if job.error else "")
                wrong.append(f"{table}: {job.state.value} ({told}), says {said}, has {found}")
        ledger = connection.execute("SELECT count(*) FROM sheetferry.imports WHERE state = 'loaded'").fetchone()
        true = sum(1 for outcomes in bench.outcomes.values() for o in outcomes if o.state is ImportState.LOADED)
        if ledger is None or ledger[0] != true:
            wrong.append(f"ledger has {ledger}, outcomes {true}")
    return wrong
