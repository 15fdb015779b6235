"""The monitor's memory in this workstation's store: alert log, usual job times, marks; bounded by age and number."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from workers.core.alerts.states import Alert
from workers.core.metrics.records import DAY, JobTime, KeptAlert, KeptMark, MonitorRecords
from workers.core.model.json_codec import CodecError, decode, encode
from workers.database.local.tables import LocalFile, insert, select

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
            seen = "SELECT * FROM alerts WHERE seen >= ? ORDER BY seen DESC LIMIT ?"
            alert_rows = select(connection, seen, (now - ALERT_DAYS * DAY, ALERTS))
            ended = "SELECT key, seconds, ended FROM job_times WHERE ended >= ? ORDER BY ended"
            time_rows = connection.execute(ended, (now - TIME_DAYS * DAY,)).fetchall()
            since = "SELECT time, kind, text, job_id FROM marks WHERE time >= ? ORDER BY time"
            mark_rows = connection.execute(since, (now - MARK_DAYS * DAY,)).fetchall()
        return MonitorRecords(
            tuple(kept for kept in map(_kept_alert, alert_rows) if kept is not None),
            tuple(JobTime(*row) for row in time_rows),
            tuple(KeptMark(*row) for row in mark_rows),
        )

    def add(self, records: MonitorRecords, now: float) -> None:
        """Keep these; an alert takes the place of what was kept of it. What is too old or too much goes."""
        with self._file.writing() as connection:
            for kept in records.alerts:
                connection.execute("DELETE FROM alerts WHERE alert_id = ?", (kept.alert.alert_id,))
                row = {"alert_id": kept.alert.alert_id, "seen": kept.seen, "alert": encode(kept.alert)}
                insert(connection, "alerts", [row])
            insert(connection, "job_times", [encode(time) for time in records.times])
            insert(connection, "marks", [encode(mark) for mark in records.marks])
            self._prune(connection, {time.key for time in records.times}, now)

    def _prune(self, connection: sqlite3.Connection, keys: Iterable[str], now: float) -> None:
        for key in keys:
            connection.execute(
                "DELETE FROM job_times WHERE number IN"
                " (SELECT number FROM job_times WHERE key = ? ORDER BY number DESC LIMIT -1 OFFSET ?)",
                (key, TIMES_OF_A_JOB),
            )
        connection.execute(
            "DELETE FROM alerts WHERE seen < ?"
            " OR alert_id IN (SELECT alert_id FROM alerts ORDER BY seen DESC LIMIT -1 OFFSET ?)",
            (now - ALERT_DAYS * DAY, ALERTS),
        )
        connection.execute(
            "DELETE FROM job_times WHERE ended < ?"
            " OR number IN (SELECT number FROM job_times ORDER BY ended DESC LIMIT -1 OFFSET ?)",
            (now - TIME_DAYS * DAY, TIMES),
        )
        connection.execute(
            "DELETE FROM marks WHERE time < ?"
            " OR number IN (SELECT number FROM marks ORDER BY time DESC LIMIT -1 OFFSET ?)",
            (now - MARK_DAYS * DAY, MARKS),
        )


def _kept_alert(row: Mapping[str, Any]) -> KeptAlert | None:
    try:
        return KeptAlert(decode(Alert, row["alert"]), row["seen"])
    except CodecError:
        return None
