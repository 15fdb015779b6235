"""``sheetferry status``: one sample of machine, pool and database. Starts nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from workers.core.alerts.engine import AlertEngine
from workers.core.alerts.states import Alert, Observed
from workers.core.jobs.pool_sizes import PoolSizes
from workers.core.metrics.samples import DatabaseSample, Sample, figures
from workers.core.model.errors import SheetferryError
from workers.core.model.tasks import Target
from workers.core.settings.alert_rules import alert_rules
from workers.core.settings.resolve import Settings
from workers.database.engines import make_engine
from workers.monitor.database_reader import DatabaseReader, WatchedDatabase
from workers.monitor.machine_reader import MachineReader
from workers.monitor.process_reader import ProcessReader
from workers.monitor.status import HealthCheck, PlannedSizes, status_object

_CPU_SECONDS = 0.2


def planned_sizes(settings: Settings, database_url: str) -> PlannedSizes:
    """What this run would use; `database_url` is without a password."""
    return PlannedSizes(
        workers=settings.integer("workers.count"),
        io_threads=settings.integer("workers.io_threads"),
        pool_size=settings.integer("database.pool_size"),
        max_overflow=settings.integer("database.max_overflow"),
        database_url=database_url,
        queries=settings.integer("queries.workers"),
    )


def collect_status(
    settings: Settings,
    home: Path,
    *,
    target: Target | None,
    database_url: str = "",
    running: dict[str, Any] | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> dict[str, Any]:
    """The object of ``status --json``.

    Takes about a quarter of a second (CPU load needs two looks), and longer when the database is slow to answer.

    Args:
        settings: The settings of this run.
        home: Sheetferry's folder.
        target: The database if it is running or somebody else's; None to leave it alone: nothing is started here.
        database_url: The target for people, without a password.
        running: The object that a running window gives of itself (see `workers.monitor.status_file`), or None.
        pause: Waits between the two looks at the CPU.
    """
    if running is not None:
        return running
    machine, ours = MachineReader(home, clock=time.monotonic), ProcessReader(time.monotonic)
    machine.read()
    pause(_CPU_SECONDS)
    database, health = _database(settings, target)
    sample = Sample(time.time(), time.monotonic(), machine.read(), ours.read(None), database=database)
    return status_object(sample, planned_sizes(settings, database_url), alerts=_alerts(settings, sample), health=health)


def _database(settings: Settings, target: Target | None) -> tuple[DatabaseSample, list[HealthCheck]]:
    if target is None:
        return DatabaseSample(), [HealthCheck("database", True, 0.0, "not running; started when it is needed")]
    began = time.monotonic()
    try:
        engine = make_engine(target, PoolSizes(1, 0, settings.number("database.pool_timeout")), "status")
        try:
            watched = WatchedDatabase(engine, target)
            sample = DatabaseReader(lambda: watched, clock=time.monotonic).read()
        finally:
            engine.dispose()
    except (SheetferryError, SQLAlchemyError) as error:
        return DatabaseSample(note=str(error)), [HealthCheck("database", False, _since(began), str(error))]
    # Our one connection was for looking only: it is not part of the pool that a window would have.
    sample = replace(sample, checked_out=0, overflow=0, pool_size=0, max_overflow=0)
    ok = sample.state.value == "connected"
    return sample, [HealthCheck("database", ok, _since(began), sample.note)]


def _alerts(settings: Settings, sample: Sample) -> tuple[Alert, ...]:
    """What is beyond a level at this moment: pending, since one look tells no duration."""
    engine = AlertEngine(alert_rules(settings))
    engine.handle(Observed(sample.clock, sample.time, figures(sample), {}))
    return engine.alerts


def _since(began: float) -> float:
    return (time.monotonic() - began) * 1000
