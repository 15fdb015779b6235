"""Takes a sample twice a second and hands it on. One loop for any permanent thread.

[machine] [our processes] [pool] [database's last answer] [live figures of the window]  ->  Sample  ->  sink
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from workers.core.jobs.snapshots import PoolSnapshot
from workers.core.metrics.samples import DatabaseSample, IoSample, LagFigures, MachineSample, OursSample, Sample

INTERVAL = 0.5
_log = logging.getLogger(__name__)
_Part = TypeVar("_Part")


@dataclass(slots=True)
class LiveFigures:
    """Figures that other threads put here for the next sample; each is replaced as a whole, so no lock is needed."""

    lag: LagFigures | None = None
    rows_per_second: float | None = None
    job_overrun: float | None = None


@dataclass(frozen=True, slots=True)
class Readers:
    """Where a sample's parts come from. Each may raise: its part is left out then, and the others go on."""

    machine: Callable[[], MachineSample]
    ours: Callable[[PoolSnapshot | None], OursSample]
    pool: Callable[[], PoolSnapshot | None] = lambda: None
    database: Callable[[], DatabaseSample | None] = lambda: None
    io: Callable[[], IoSample | None] = lambda: None


class Sampler:
    """The loop. `stop` and `wake` may be called on any thread."""

    def __init__(
        self,
        readers: Readers,
        sink: Callable[[Sample], None],
        *,
        live: LiveFigures | None = None,
        interval: float = INTERVAL,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        cpu: Callable[[], float] = time.thread_time,
    ) -> None:
        """Take samples with `readers` and give each to `sink`, on the thread that runs the loop.

        Args:
            readers: The parts of a sample.
            sink: Must return at once.
            live: Figures of other threads.
            interval: Seconds between two samples.
            clock: Monotonic seconds.
            wall: Unix time.
            cpu: CPU seconds of the running thread, for the sampler's own cost.
        """
        self.live = live or LiveFigures()
        self._readers = readers
        self._sink = sink
        self._interval = interval
        self._clock, self._wall, self._cpu = clock, wall, cpu
        self._woken = threading.Event()
        self._stopped = False
        self._complained: set[str] = set()

    def run(self) -> None:
        """Sample until `stop`. Never raises; after a pause of the machine no beats are made up for."""
        due = self._clock()
        while not self._stopped:
            self._beat()
            due = max(due + self._interval, self._clock())
            self._woken.wait(max(0.0, due - self._clock()))
            self._woken.clear()

    def stop(self) -> None:
        """End the loop soon."""
        self._stopped = True
        self._woken.set()

    def take(self) -> Sample:
        """One sample; a part that cannot be read is None."""
        began = self._cpu()
        pool = self._part("pool", self._readers.pool)
        machine = self._part("machine", self._readers.machine)
        ours = self._part("ours", lambda: self._readers.ours(pool))
        database = self._part("database", self._readers.database)
        io = self._part("io", self._readers.io)
        return Sample(
            time=self._wall(),
            clock=self._clock(),
            machine=machine,
            ours=ours,
            pool=pool,
            database=database,
            io=io,
            lag=self.live.lag,
            rows_per_second=self.live.rows_per_second,
            job_overrun=self.live.job_overrun,
            cost=self._cpu() - began,
        )

    def _beat(self) -> None:
        try:
            self._sink(self.take())
        except Exception:  # noqa: BLE001  # the loop goes on whatever the sink does; it is logged
            self._complain("sink")

    def _part(self, name: str, read: Callable[[], _Part]) -> _Part | None:
        try:
            return read()
        except Exception:  # noqa: BLE001  # one part's failure must not cost the others; it is logged
            self._complain(name)
            return None

    def _complain(self, name: str) -> None:
        """Log a failing part once, not twice a second."""
        if name not in self._complained:
            self._complained.add(name)
            _log.warning("the monitor's part %r cannot be read", name, exc_info=True)
