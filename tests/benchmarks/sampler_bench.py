"""What sampling costs: CPU of the sampler's thread in percent of one core, and the memory of a day of samples."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from workers.core.jobs.snapshots import PoolSnapshot, WorkerSnapshot
from workers.core.metrics.samples import METRICS, Sample
from workers.core.metrics.series import SeriesTable
from workers.monitor.machine_reader import MachineReader
from workers.monitor.process_reader import ProcessReader
from workers.monitor.sampler import Readers, Sampler

NAME = "sampler"
_SECONDS = 10.0
_WORKERS = 7
_DAY_SAMPLES = 2 * 24 * 3600


def run() -> dict[str, Any]:
    """Sample for ten seconds with seven workers in the pool; then put a day of samples into the history."""
    costs: list[float] = []
    own = psutil.Process().pid
    workers = tuple(WorkerSnapshot(n, own, "busy", cpu_percent=50, rss=50_000_000) for n in range(1, _WORKERS + 1))
    pool = PoolSnapshot(_WORKERS, _WORKERS, _WORKERS + 1, busy=_WORKERS, workers=workers)

    def sink(sample: Sample) -> None:
        costs.append(sample.cost)

    with TemporaryDirectory() as home:
        sampler = Sampler(
            Readers(
                machine=MachineReader(Path(home), clock=time.monotonic).read,
                ours=ProcessReader(time.monotonic).read,
                pool=lambda: pool,
            ),
            sink,
        )
        thread = threading.Thread(target=sampler.run)
        began = time.monotonic()
        thread.start()
        thread.join(_SECONDS)
        sampler.stop()
        thread.join()
        seconds = time.monotonic() - began
    return {
        "seconds": round(seconds, 1),
        "samples": len(costs),
        "cpu_percent_of_a_core": round(100 * sum(costs) / seconds, 3),
        **_memory(),
    }


def _memory() -> dict[str, Any]:
    process = psutil.Process()
    table = SeriesTable(METRICS)
    row = dict.fromkeys(METRICS, 1.5)
    for beat in range(7200):
        table.append(beat / 2, row)
    after_hour = process.memory_info().rss
    for beat in range(7200, _DAY_SAMPLES):
        table.append(beat / 2, row)
    after_day = process.memory_info().rss
    return {"mb_after_an_hour": round(after_hour / 1e6, 1), "mb_after_a_day": round(after_day / 1e6, 1)}
