"""Monitoring as the window has it: alerts steer the pool and let go, overrides end, settings apply at once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.context.run_context import make_context
from app.gate import Gate
from app.monitoring import Monitoring
from app.presenters.monitor import MonitorFlow
from app.services.monitor_memory import MonitorMemory
from app.services.worker_override import WorkerOverride
from app.services.worker_pool import pool_config, settle_import
from widgets.monitor.charts.marks import MarkKind
from widgets.monitor.monitor_page import MonitorPage
from widgets.theme import ColorMode, Theme
from workers.bridges.lag_meter import LagMeter
from workers.bridges.loop_thread import LoopThread
from workers.bridges.ui_calls import UiCalls
from workers.core.alerts.rules import AlertAction, AlertLevel, AlertRule
from workers.core.alerts.states import AlertPhase, PoolWish
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState, PoolSnapshot, WorkerSnapshot
from workers.core.metrics.samples import MachineSample, OursSample, Sample
from workers.database.local.store import LocalStore
from workers.monitor.sampler import LiveFigures
from workers.monitor.series_file import SeriesFile
from workers.pool.executors import ExecutorManager

MEMORY = AlertRule(
    "memory", "memory_percent", "Memory", "%", warning=85, critical=90, hold_for=1, margin=3, clear_for=1,
    action=AlertAction.HOLD,
)  # fmt: skip
LOCKS = AlertRule(
    "lock_waits", "lock_waits", "Lock waits", warning=1, clear_for=0, action=AlertAction.SHRINK,
    action_level=AlertLevel.WARNING, shrink_to=1,
)  # fmt: skip
WALL = 1_800_000_000.0


class Pool:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.gates: list[str | None] = []
        self.sizes: list[int | None] = []
        self.reasons: list[str] = []
        self.recycled: list[int] = []

    def gate(self, reason: str | None) -> None:
        self.gates.append(reason)

    def resize(
        self, size: int | None, *, until: float | None = None, until_job: str | None = None, reason: str = ""
    ) -> None:
        self.sizes.append(size)
        self.reasons.append(reason)

    def recycle(self, worker_number: int) -> None:
        self.recycled.append(worker_number)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, ColorMode.LIGHT)
    yield made
    made.deleteLater()


@pytest.fixture
def calls(qapp: QApplication) -> Iterator[UiCalls]:
    executor = ThreadPoolExecutor(1)
    made = UiCalls(executor)
    yield made
    executor.shutdown()
    made.deleteLater()


def sample(second: float, percent: float, busy: int = 1) -> Sample:
    worker = WorkerSnapshot(4, 4711, "busy", task="budget.xlsb", job_id="job-1", rss=4 * 1024**3)
    machine = MachineSample(10, 4, 4, 100, 50, 50, 100, percent)
    return Sample(WALL + second, second, machine, pool=PoolSnapshot(3, 3, 4, busy=busy, workers=(worker,)))


def test_critical_memory_holds_admission_says_why_and_lets_go_by_itself(
    qtbot: QtBot, theme: Theme, calls: UiCalls
) -> None:
    page, pool = MonitorPage(theme), Pool()
    qtbot.addWidget(page)
    override = WorkerOverride(pool, lasting=None, computed=3)
    flow = MonitorFlow(
        page, pool, override, calls, rules=(MEMORY,), live=LiveFigures(), lag=LagMeter(), wall=lambda: WALL
    )
    for second in range(3):
        flow.take_samples((sample(second, 95),))
    since = dt.datetime.fromtimestamp(WALL + 1).strftime("%H:%M")
    reason = f"Memory: 95%, critical from 90% on, since {since}"
    assert pool.gates == [reason]
    (alert,) = flow.alerts
    assert alert.cause is not None
    assert (alert.cause.job_id, "budget.xlsb" in alert.cause.text) == ("job-1", True)
    page.acknowledge_requested.emit(alert.alert_id)
    for second in range(3, 8):
        flow.take_samples((sample(second, 50),))
    assert pool.gates == [reason, None]
    assert flow.alerts == ()
    assert [m.kind for m in page._marks].count(MarkKind.ALERT) == 2
    page.recycle_requested.emit(4)
    assert pool.recycled == [4]


def test_a_worker_is_not_blamed_for_the_load_of_other_programs(qtbot: QtBot, theme: Theme, calls: UiCalls) -> None:
    page, pool = MonitorPage(theme), Pool()
    qtbot.addWidget(page)
    rule = AlertRule("cpu", "cpu_percent", "CPU", "%", warning=5)
    override = WorkerOverride(pool, lasting=None, computed=3)
    flow = MonitorFlow(page, pool, override, calls, rules=(rule,), live=LiveFigures(), lag=LagMeter())
    flow.take_samples((sample(-60, 5),))
    for second, ours, words, job in ((1, 4.0, "other programs", None), (2, 30.0, "budget.xlsb", "job-1")):
        flow.take_samples((replace(sample(second, 50), ours=OursSample(cpu_percent=ours)),))
        (alert,) = flow.alerts
        assert alert.cause is not None
        assert words in alert.cause.text
        assert alert.cause.job_id == job


def test_jobs_leave_marks_and_their_rates_add_up(qtbot: QtBot, theme: Theme, calls: UiCalls) -> None:
    page, pool, live = MonitorPage(theme), Pool(), LiveFigures()
    qtbot.addWidget(page)
    flow = MonitorFlow(
        page, pool, WorkerOverride(pool, lasting=None, computed=3), calls, rules=(), live=live, lag=LagMeter()
    )

    def job(number: int, state: JobState) -> JobSnapshot:
        return JobSnapshot(
            f"job-{number}", JobKind.IMPORT, "retail.xlsx", "public.retail", state, rate=100, started=WALL
        )

    flow.take_jobs((job(1, JobState.RUNNING), job(2, JobState.RUNNING), job(3, JobState.WAITING)))
    flow.take_samples((sample(1, 10),))
    assert live.rows_per_second == 200
    flow.take_jobs((job(1, JobState.DONE), job(2, JobState.FAILED)))
    flow.take_samples((sample(2, 10),))
    assert live.rows_per_second == 0
    assert [m.kind for m in page._marks] == [MarkKind.STARTED, MarkKind.STARTED, MarkKind.DONE, MarkKind.FAILED]


def test_an_alerts_limit_and_the_users_override_do_not_lose_each_other() -> None:
    pool, now = Pool(), [WALL]
    override = WorkerOverride(pool, lasting=None, computed=7, wall=lambda: now[0])
    override.override(4, WALL + 100)
    override.obey(PoolWish(shrink_to=1, shrink_reason="locks"))
    override.obey(PoolWish())
    now[0] += 200
    override.take_pool(PoolSnapshot(4, 7, 8))
    assert pool.sizes == [4, 1, 4, None]
    assert pool.reasons == ["", "locks", "", ""]
    assert override.status is None


def test_an_override_until_the_jobs_end_waits_for_them() -> None:
    pool = Pool()
    override = WorkerOverride(pool, lasting=5, computed=7)
    override.override(2, None)
    override.take_pool(PoolSnapshot(2, 7, 8, busy=2))
    assert override.status is not None
    assert override.status.instead_of == 5
    override.take_pool(PoolSnapshot(2, 7, 8, waiting=1))
    assert pool.sizes == [2]
    override.take_pool(PoolSnapshot(2, 7, 8))
    assert pool.sizes == [2, 5]


def test_the_history_is_kept_and_comes_back(qtbot: QtBot, theme: Theme, calls: UiCalls, tmp_path: Path) -> None:
    def make() -> MonitorFlow:
        page, pool = MonitorPage(theme), Pool()
        qtbot.addWidget(page)
        override = WorkerOverride(pool, lasting=None, computed=3)
        return MonitorFlow(
            page, pool, override, calls, rules=(), live=LiveFigures(), lag=LagMeter(), file=SeriesFile(tmp_path),
            wall=lambda: WALL + 10,
        )  # fmt: skip

    first = make()
    first.start()
    first.take_samples((sample(1, 10),))
    qtbot.waitUntil(lambda: first._series.full.length == 1)
    first.close()
    second = make()
    second.start()
    qtbot.waitUntil(lambda: second._series.full.length >= 1)
    assert second._series.full.times()[0] == WALL + 1
    second.close()


def test_alerts_usual_times_and_marks_survive_a_restart(
    qtbot: QtBot, theme: Theme, calls: UiCalls, tmp_path: Path
) -> None:
    now = [WALL]

    def make(store: LocalStore) -> tuple[MonitorFlow, MonitorPage]:
        page, pool = MonitorPage(theme), Pool()
        qtbot.addWidget(page)
        flow = MonitorFlow(
            page, pool, WorkerOverride(pool, lasting=None, computed=3), calls, rules=(MEMORY,), live=LiveFigures(),
            lag=LagMeter(), memory=MonitorMemory(store.monitor, calls, wall=lambda: now[0]), wall=lambda: now[0],
        )  # fmt: skip
        flow.start()
        qtbot.waitUntil(lambda: flow._early is None, timeout=20_000)
        return flow, page

    def job(state: JobState, number: int) -> JobSnapshot:
        return JobSnapshot(f"job-{number}", JobKind.IMPORT, "retail.xlsx", "", state, started=WALL, ended=WALL + 100)

    store = LocalStore(tmp_path)
    first, page = make(store)
    for number in range(3):
        first.take_jobs((job(JobState.RUNNING, number),))
        first.take_jobs((job(JobState.DONE, number),))
    for second in range(3):
        now[0] = WALL + second
        first.take_samples((sample(second, 95),))
    page.snooze_requested.emit(first.alerts[0].alert_id, 60)
    first.close()
    store.close()

    store = LocalStore(tmp_path)
    now[0] = WALL + 200
    second_run, page = make(store)
    (alert,) = second_run.alerts
    assert (alert.phase, alert.snoozed_until) == (AlertPhase.SNOOZED, WALL + 2 + 3600)
    assert [m.kind for m in page._marks].count(MarkKind.DONE) == 3
    assert second_run._usual.overrun("retail.xlsx", 300) == 3
    page.snooze_ended.emit(alert.alert_id)
    assert second_run.alerts[0].phase is AlertPhase.FIRING
    for second in range(5):
        now[0] = WALL + 200 + second
        second_run.take_samples((sample(200 + second, 40),))
    assert second_run.alerts == ()
    second_run.close()
    store.close()

    store = LocalStore(tmp_path)
    third, page = make(store)
    assert third.alerts == ()
    assert [(a.alert_id, a.phase) for a in page._logged[0]] == [(alert.alert_id, AlertPhase.RESOLVED)]
    third.close()
    store.close()


def test_the_whole_samples_a_real_pool_applies_settings_and_ends(
    qtbot: QtBot, theme: Theme, tmp_path: Path, qapp: QApplication
) -> None:
    context = make_context({"SHEETFERRY_HOME": str(tmp_path)}, "window", {})
    executors = ExecutorManager(
        pool_config(context, "window"),
        threads=4,
        listener=lambda _event: None,
        settler=settle_import,
        carrier=lambda loop: LoopThread("supervisor", loop),
    )
    calls = UiCalls(executors.io)
    whole = Monitoring(context, theme, executors, Gate(executors.supervisor.gate), calls, lambda: None)
    for page in (whole.monitor_page, whole.settings_page):
        qtbot.addWidget(page)
    executors.start()
    whole.start()
    try:
        qtbot.waitUntil(lambda: whole.flow._series.full.length >= 2)
        status = tmp_path / "status.json"
        qtbot.waitUntil(status.exists)
        written = json.loads(status.read_text())["status"]
        assert written["machine"]["cpu_count"] >= 1
        assert written["pool"]["workers"] >= 1
        whole.settings_page.value_changed.emit("alerts.cpu.warning", 70.0)
        assert whole.settings.settings.number("alerts.cpu.warning") == 70
        file = tmp_path / "settings.toml"
        qtbot.waitUntil(lambda: file.exists() and "warning = 70.0" in file.read_text())
        whole.settings_page.value_changed.emit("alerts.cpu.critical", 60.0)
        assert whole.settings.settings.number("alerts.cpu.critical") != 60, "below the warning: refused"
        whole.settings_page.reset_requested.emit("alerts.cpu.warning")
        qtbot.waitUntil(lambda: "warning" not in file.read_text())
    finally:
        executors.shutdown(cancel=True, budget=60)
        whole.stop()
        whole.deleteLater()
        calls.deleteLater()
    assert not (tmp_path / "status.json").exists()
    assert (tmp_path / "monitor.series").exists()


def test_the_start_s_own_load_is_nothing_to_be_alarmed_at(qtbot: QtBot, theme: Theme, calls: UiCalls) -> None:
    page, pool = MonitorPage(theme), Pool()
    qtbot.addWidget(page)
    rule = AlertRule("cpu", "cpu_percent", "CPU", "%", warning=5, clear_for=1)
    override = WorkerOverride(pool, lasting=None, computed=3)
    flow = MonitorFlow(page, pool, override, calls, rules=(rule,), live=LiveFigures(), lag=LagMeter())
    for second in (0, 1, 59):
        flow.take_samples((sample(second, 50),))
        assert flow.alerts == ()
    flow.take_samples((sample(61, 50),))
    assert [alert.phase for alert in flow.alerts] == [AlertPhase.FIRING]


def test_an_override_to_what_is_in_force_is_none(qtbot: QtBot) -> None:
    override = WorkerOverride(Pool(), lasting=None, computed=3)
    override.override(3, None)
    assert override.status is None
