"""The monitor's memory on disk: what comes back, what is replaced, what goes by age and by number."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from workers.core.alerts.rules import AlertAction, AlertLevel, AlertRule
from workers.core.alerts.states import Alert, AlertPhase, Cause
from workers.core.metrics.records import DAY, RESUMED_FOR, JobTime, KeptAlert, KeptMark, MonitorRecords, resume
from workers.database.local.monitor_repository import ALERTS, MARKS, TIMES_OF_A_JOB
from workers.database.local.store import LocalStore

NOW = 1_800_000_000.0
RULE = AlertRule("memory", "memory_percent", "Memory", "%", warning=85, critical=90, action=AlertAction.HOLD)
ALERT = Alert(
    "memory-1", RULE, AlertPhase.SNOOZED, AlertLevel.WARNING, AlertLevel.CRITICAL, 87.5, NOW - 60, fired=NOW - 55,
    snoozed_until=NOW + 600, least=86, mean=88, most=93, count=7, cause=Cause("worker W1", "job-1"), done="held",
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    made = LocalStore(tmp_path)
    yield made
    made.close()


def test_everything_comes_back_as_it_was(store: LocalStore, tmp_path: Path) -> None:
    records = MonitorRecords(
        (KeptAlert(ALERT, NOW),), (JobTime("retail.xlsx", 61.5, NOW - 5),), (KeptMark(NOW - 3, "done", "好", "job-1"),)
    )
    store.monitor.add(records, NOW)
    store.close()
    again = LocalStore(tmp_path)
    assert again.monitor.load(NOW) == records
    again.close()


def test_a_later_state_of_an_alert_replaces_the_earlier(store: LocalStore) -> None:
    over = replace(ALERT, phase=AlertPhase.RESOLVED, ended=NOW + 9, snoozed_until=None)
    store.monitor.add(MonitorRecords((KeptAlert(ALERT, NOW),)), NOW)
    store.monitor.add(MonitorRecords((KeptAlert(over, NOW + 9),)), NOW + 9)
    assert [kept.alert for kept in store.monitor.load(NOW + 9).alerts] == [over]


def test_the_log_is_bounded_by_number_and_by_age_and_the_newest_stay(store: LocalStore) -> None:
    alerts = tuple(KeptAlert(replace(ALERT, alert_id=f"a{n}"), NOW + n) for n in range(ALERTS + 10))
    marks = tuple(KeptMark(NOW + n, "done", str(n)) for n in range(MARKS + 10))
    times = tuple(JobTime("retail.xlsx", float(n), NOW + n) for n in range(TIMES_OF_A_JOB + 5))
    store.monitor.add(MonitorRecords(alerts, times, marks), NOW + 600)
    found = store.monitor.load(NOW + 600)
    assert (len(found.alerts), len(found.times), len(found.marks)) == (ALERTS, TIMES_OF_A_JOB, MARKS)
    assert found.alerts[0].alert.alert_id == f"a{ALERTS + 9}"
    assert (found.times[0].seconds, found.marks[0].text) == (5, "10")
    store.monitor.add(MonitorRecords(), NOW + 400 * DAY)
    assert store.monitor.load(NOW) == MonitorRecords()


def test_what_another_version_wrote_is_left_out(store: LocalStore, tmp_path: Path) -> None:
    store.monitor.add(MonitorRecords((KeptAlert(ALERT, NOW),)), NOW)
    connection = sqlite3.connect(tmp_path / "queue.sqlite")
    connection.execute("INSERT INTO alerts VALUES ('new', ?, '{\"phase\": \"dreaming\"}')", (NOW,))
    connection.commit()
    connection.close()
    assert [kept.alert for kept in store.monitor.load(NOW).alerts] == [ALERT]


def test_open_alerts_go_on_after_a_weekend_but_not_after_a_week() -> None:
    done = replace(ALERT, alert_id="memory-0", phase=AlertPhase.RESOLVED, ended=NOW - 500)
    other = replace(ALERT, alert_id="memory-2")
    kept = (KeptAlert(ALERT, NOW), KeptAlert(other, NOW - 1), KeptAlert(done, NOW - 500))
    going, over = resume(kept, NOW + RESUMED_FOR)
    assert going == (ALERT,)
    assert [(a.alert_id, a.phase) for a in over] == [
        ("memory-2", AlertPhase.RESOLVED),
        ("memory-0", AlertPhase.RESOLVED),
    ]
    going, over = resume(kept, NOW + RESUMED_FOR + 1)
    assert going == ()
    assert (over[0].ended, over[0].open) == (NOW, False)
