"""The monitor's memory in this workstation's store: alert log, usual job times, marks; bounded by age and number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from workers.core.alerts.states import Alert
from workers.core.metrics.records import DAY, JobTime, KeptAlert, KeptMark, MonitorRecords
from workers.core.model.json_codec import CodecError, decode, encode
from workers.database.local.tables import LocalFile, alerts, job_times, marks

ALERTS, ALERT_DAYS = 500, 90.0
TIMES_OF_A_JOB, TIMES, TIME_DAYS = 20, 10_000, 365.0
MARKS, MARK_DAYS = 400, 1.0


class MonitorRepository:
    """The monitor's records of one home folder. Thread-safe; every method is one short transaction.

    All methods may raise EnvironmentFailure: ``disk-full``, ``home-not-writable``, ``store-busy``.
    """

    def __init__(self, file: LocalFile) -> None:
        """Use the store's file."""
        self._file = file

    def load(self, now: float) -> MonitorRecords:
        """What is kept and not too old; what a newer version wrote and this one cannot read is left out."""
        with self._file.reading() as connection:
            seen = sa.select(alerts).where(alerts.c.seen >= now - ALERT_DAYS * DAY).order_by(alerts.c.seen.desc())
            alert_rows = connection.execute(seen.limit(ALERTS)).mappings().all()
            ended = sa.select(job_times).where(job_times.c.ended >= now - TIME_DAYS * DAY)
            time_rows = connection.execute(ended.order_by(job_times.c.ended)).all()
            since = sa.select(marks).where(marks.c.time >= now - MARK_DAYS * DAY).order_by(marks.c.time)
            mark_rows = connection.execute(since).all()
        return MonitorRecords(
            tuple(kept for kept in map(_kept_alert, alert_rows) if kept is not None),
            tuple(JobTime(row.key, row.seconds, row.ended) for row in time_rows),
            tuple(KeptMark(row.time, row.kind, row.text, row.job_id) for row in mark_rows),
        )

    def add(self, records: MonitorRecords, now: float) -> None:
        """Keep these; an alert takes the place of what was kept of it. What is too old or too much goes."""
        with self._file.writing() as connection:
            for kept in records.alerts:
                connection.execute(sa.delete(alerts).where(alerts.c.alert_id == kept.alert.alert_id))
                row = {"alert_id": kept.alert.alert_id, "seen": kept.seen, "alert": encode(kept.alert)}
                connection.execute(sa.insert(alerts).values(row))
            if records.times:
                connection.execute(sa.insert(job_times), [encode(time) for time in records.times])
            if records.marks:
                connection.execute(sa.insert(marks), [encode(mark) for mark in records.marks])
            self._prune(connection, {time.key for time in records.times}, now)

    def _prune(self, connection: sa.Connection, keys: Iterable[str], now: float) -> None:
        for key in keys:
            of_key = sa.select(job_times.c.number).where(job_times.c.key == key).order_by(job_times.c.number.desc())
            surplus = of_key.offset(TIMES_OF_A_JOB)
            connection.execute(sa.delete(job_times).where(job_times.c.number.in_(surplus)))
        bounds: tuple[tuple[sa.Table, Any, Any, int, float], ...] = (
            (alerts, alerts.c.alert_id, alerts.c.seen, ALERTS, ALERT_DAYS),
            (job_times, job_times.c.number, job_times.c.ended, TIMES, TIME_DAYS),
            (marks, marks.c.number, marks.c.time, MARKS, MARK_DAYS),
        )
        for table, identity, time, most, days in bounds:
            surplus = sa.select(identity).order_by(time.desc()).offset(most)
            connection.execute(sa.delete(table).where((time < now - days * DAY) | identity.in_(surplus)))


def _kept_alert(row: sa.RowMapping) -> KeptAlert | None:
    try:
        return KeptAlert(decode(Alert, row["alert"]), row["seen"])
    except CodecError:
        return None
