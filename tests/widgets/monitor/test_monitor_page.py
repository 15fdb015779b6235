"""The Monitor page: what it draws, what it leaves undrawn, and what it tells."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from widgets.monitor.alert_log import AlertLogModel
from widgets.monitor.charts.card import ChartCard
from widgets.monitor.charts.marks import Mark, MarkKind, group_marks
from widgets.monitor.charts.math import bucket_starts, nice_ticks, runs, steps, thin_last, thin_peaks
from widgets.monitor.monitor_page import MonitorPage
from widgets.monitor.worker_model import WorkerCol, WorkerModel
from widgets.parts.buttons import Button
from widgets.theme import Theme
from workers.core.alerts.rules import AlertLevel
from workers.core.alerts.states import Alert, AlertPhase, Cause
from workers.core.jobs.snapshots import PoolSnapshot, WorkerSnapshot
from workers.core.metrics.samples import METRICS, MachineSample, Sample
from workers.core.metrics.series import SeriesTable
from workers.core.settings.alert_rules import alert_rules
from workers.core.settings.resolve import resolve
from workers.core.settings.schema import SettingContext

NOW = 1_800_000_000.0
GIB = 1024**3
RULES = alert_rules(resolve({}, {"SHEETFERRY_ENV": "production"}, {}, SettingContext(cores=8)))
WORKER = WorkerSnapshot(1, 4711, "busy", task="retail.xlsx", job_id="job-1", cpu_percent=90, rss=GIB)
SAMPLE = Sample(
    NOW,
    0,
    MachineSample(83, 8, 8, 16 * GIB, 12 * GIB, 4 * GIB, 14 * GIB, 90),
    pool=PoolSnapshot(1, 1, 1, workers=(WORKER,)),
)
ALERT = Alert(
    "memory-1", next(r for r in RULES if r.key == "memory"), AlertPhase.FIRING, AlertLevel.CRITICAL,
    AlertLevel.CRITICAL, 91, NOW - 10, NOW - 5, most=92, cause=Cause("worker W1", "job-1"),
)  # fmt: skip


def history() -> SeriesTable:
    table = SeriesTable(METRICS)
    for beat in range(600, -1, -1):
        row = {"cpu_percent": 50.0, "memory_limit": 14.0 * GIB, "memory_used": 12.0 * GIB, "ours_memory": 1.0 * GIB}
        table.append(NOW - beat / 2, row if beat != 100 else {})
    return table


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication) -> MonitorPage:
    made = MonitorPage(Theme(qapp))
    qtbot.addWidget(made)
    made.resize(1200, 860)
    made.set_rules(RULES)
    made.set_history(history())
    return made


def test_nothing_is_drawn_while_hidden_and_all_of_it_when_shown(page: MonitorPage, qtbot: QtBot) -> None:
    page.show_sample(SAMPLE)
    assert page.cards[0].plot.value_at("cpu_percent", NOW) is None
    with qtbot.waitExposed(page):
        page.show()
    page.redraw_now()
    assert page.cards[0].plot.value_at("cpu_percent", NOW) == 50
    assert page.cards[1].plot.value_at("memory_used", NOW) == pytest.approx(12, rel=1e-6)


def test_a_gap_has_no_value_and_the_legend_says_so(page: MonitorPage, qtbot: QtBot) -> None:
    with qtbot.waitExposed(page):
        page.show()
    page.redraw_now()
    card = page.cards[0]
    machine = {e.label: e.value for e in card.entries()}
    assert machine["machine"] == "50%"
    card.set_cross(NOW - 10_000)
    assert {e.label: e.value for e in card.entries()}["machine"] == "–"


def test_the_crosshair_is_shared_by_all_charts(page: MonitorPage, qtbot: QtBot) -> None:
    with qtbot.waitExposed(page):
        page.show()
    page.redraw_now()
    page.cards[2].setFocus()
    qtbot.keyClick(page.cards[2], Qt.Key.Key_Home)
    assert all(card._cross == pytest.approx(NOW - 900) for card in page.cards)
    qtbot.keyClick(page.cards[2], Qt.Key.Key_Right)
    assert page.cards[0]._cross == pytest.approx(NOW - 891)
    qtbot.keyClick(page.cards[2], Qt.Key.Key_Escape)
    assert page.cards[0]._cross is None


def test_pause_keeps_the_picture_and_says_so(page: MonitorPage, qtbot: QtBot) -> None:
    with qtbot.waitExposed(page):
        page.show()
    page.toggle_pause()
    table = history()
    table.append(NOW + 60, {"cpu_percent": 99.0})
    page.set_history(table)
    page.show_sample(replace(SAMPLE, time=NOW + 60))
    assert page.paused
    assert page._span()[1] == NOW
    page.toggle_pause()
    assert page._span()[1] == NOW + 60


def test_a_dragged_line_says_what_would_have_been_and_tells_the_new_level(page: MonitorPage, qtbot: QtBot) -> None:
    with qtbot.waitExposed(page):
        page.show()
    page.redraw_now()
    told: list[tuple[str, str, float]] = []
    page.level_changed.connect(lambda *level: told.append(level))
    line = page.cards[1].plot._lines["memory", "warning"]
    assert line.value() == pytest.approx(0.85 * 14)
    line.setValue(7.0)
    line.sigDragged.emit(line)
    assert "would have fired" in line._note
    line.sigPositionChangeFinished.emit(line)
    ((rule, level, value),) = told
    assert (rule, level) == ("memory", "warning")
    assert value == pytest.approx(50)


def drawn(page: MonitorPage, qtbot: QtBot, **row: float) -> dict[str, ChartCard]:
    """The page with one sample's figures in all its charts, by key."""
    with qtbot.waitExposed(page):
        page.show()
    table = SeriesTable(METRICS)
    for beat in range(20, -1, -1):
        table.append(NOW - beat / 2, row)
    page.set_history(table)
    page.redraw_now()
    return {card.spec.key: card for card in page.cards}


def test_every_rule_of_a_charts_metric_has_its_line(page: MonitorPage, qtbot: QtBot) -> None:
    row = {"busy": 2.0, "idle": 1.0, "waiting": 1.0, "max_connections": 100.0, "pool_limit": 20.0, "checked_out": 3.0}
    cards = drawn(page, qtbot, **row)
    lines = {key: line.height for card in cards.values() for key, line in card.plot._lines.items() if line.isVisible()}
    assert lines["queue", "warning"] == 3 + 50, "waiting jobs stand on the workers"
    assert lines["pool_connections", "warning"] == pytest.approx(16)
    assert lines["pool_connections", "critical"] == pytest.approx(19)
    assert lines["server_connections", "critical"] == pytest.approx(95)
    for chart, rules in (("cpu", "cpu"), ("disk", "disk"), ("lag", "ui_lag")):
        assert {(rules, "warning"), (rules, "critical")} <= set(cards[chart].plot._lines)


def test_a_level_far_above_the_figures_waits_at_the_edge_and_can_be_dragged(page: MonitorPage, qtbot: QtBot) -> None:
    told: list[tuple[str, str, float]] = []
    page.level_changed.connect(lambda *level: told.append(level))
    plot = drawn(page, qtbot, busy=2.0, idle=1.0, waiting=1.0)["pool"].plot
    line = plot._lines["queue", "warning"]
    assert line.value() < plot._top < line.height
    line.setValue(5.0)
    line.sigDragged.emit(line)
    line.sigPositionChangeFinished.emit(line)
    assert told == [("queue", "warning", 2.0)]
    plot = drawn(page, qtbot, busy=3.0, idle=0.0, waiting=60.0)["pool"].plot
    assert line.value() == line.height == 53, "it is where it belongs as soon as the figures come near"


def test_the_banner_leads_to_the_job_and_takes_answers(page: MonitorPage, qtbot: QtBot) -> None:
    with qtbot.waitExposed(page):
        page.show()
    page.set_alerts((ALERT,), (), NOW)
    assert page.banner.isVisible()
    go, snooze, acknowledge = page.banner.findChildren(Button)
    with qtbot.waitSignal(page.job_opened) as opened:
        qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    assert opened.args == ["job-1"]
    with qtbot.waitSignal(page.snooze_requested) as snoozed:
        snooze.menu().actions()[0].trigger()
    assert snoozed.args == ["memory-1", 15]
    with qtbot.waitSignal(page.acknowledge_requested) as known:
        qtbot.mouseClick(acknowledge, Qt.MouseButton.LeftButton)
    assert known.args == ["memory-1"]
    page.set_alerts((replace(ALERT, phase=AlertPhase.ACKNOWLEDGED),), (), NOW)
    assert not page.banner.isVisible()


def test_the_logs_menu_answers_alerts(page: MonitorPage, qtbot: QtBot) -> None:
    def action(alert: Alert, text: str) -> QAction:
        return next(a for a in page.log.menu_for(alert).actions() if a.text() == text)

    with qtbot.waitSignal(page.acknowledge_requested) as known:
        action(ALERT, "Acknowledge").trigger()
    assert known.args == ["memory-1"]
    snoozed = replace(ALERT, phase=AlertPhase.SNOOZED, snoozed_until=NOW + 60)
    with qtbot.waitSignal(page.snooze_ended):
        action(snoozed, "End the snooze").trigger()
    menu = action(snoozed, "Snooze").menu()
    assert isinstance(menu, QMenu)
    with qtbot.waitSignal(page.snooze_requested) as asleep:
        menu.actions()[1].trigger()
    assert asleep.args == ["memory-1", 60]
    with qtbot.waitSignal(page.job_opened):
        action(ALERT, "Go to job").trigger()
    over = replace(ALERT, phase=AlertPhase.RESOLVED, cause=None, ended=NOW)
    assert page.log.menu_for(over).isEmpty()


def test_recycle_is_a_click_in_the_workers_row(page: MonitorPage, qtbot: QtBot) -> None:
    with qtbot.waitExposed(page):
        page.show()
    page.show_sample(SAMPLE)
    table = page.workers
    at = table.visualRect(table.workers.index(0, WorkerCol.RECYCLE)).center()
    with qtbot.waitSignal(page.recycle_requested) as wanted:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert wanted.args == [1]


def test_the_models_keep_qts_rules(qtmodeltester: ModelTester) -> None:
    workers, alerts = WorkerModel(), AlertLogModel()
    workers.set_pool(SAMPLE.pool, GIB)
    alerts.set_alerts((ALERT,), NOW)
    qtmodeltester.check(workers)
    qtmodeltester.check(alerts)


def test_only_changed_workers_are_announced() -> None:
    model, told = WorkerModel(), []
    other = replace(WORKER, number=2)
    model.set_pool(PoolSnapshot(2, 2, 2, workers=(WORKER, other)), GIB)
    model.dataChanged.connect(lambda first, last, _roles: told.append((first.row(), last.row())))
    model.set_pool(PoolSnapshot(2, 2, 2, workers=(WORKER, replace(other, rss=5))), GIB)
    assert told == [(1, 1)]


def test_the_exports_hold_the_shown_stretch(page: MonitorPage, qtbot: QtBot) -> None:
    with qtbot.waitExposed(page):
        page.show()
    page.redraw_now()
    lines = page.csv().splitlines()
    assert lines[0].startswith("time,cpu_percent")
    assert len(lines) == 1 + 601
    assert lines[1].split(",")[1] == "50"
    assert any(line.split(",")[1] == "" for line in lines), "a gap is empty"
    assert page.png().startswith(b"\x89PNG")


def day(page: MonitorPage) -> SeriesTable:
    """A day of thinned figures with three hours missing, as after a restart, then a minute of samples."""
    table = SeriesTable(METRICS)
    for row in range(8640, 6, -1):
        time = NOW - 10 * row
        if not 5 * 3600 < NOW - time < 8 * 3600:
            least, mean, most = ({"cpu_percent": value} for value in (5.0, 20.0, 60.0))
            peak = {"cpu_percent": 99.0} if row == 5000 else most
            table.add_thinned(time - time % 10, least, mean, peak)
    for beat in range(120, -1, -1):
        table.append(NOW - beat / 2, {"cpu_percent": 50.0})
    page.set_history(table)
    return table


def test_a_day_is_drawn_from_the_thinned_figures_and_loses_no_peak(page: MonitorPage, qtbot: QtBot) -> None:
    with qtbot.waitExposed(page):
        page.show()
    day(page)
    page.show_minutes(24 * 60)
    page.redraw_now()
    card = page.cards[0]
    assert {e.label: e.value for e in card.entries()}["machine"] == "50%", "the last sample, not the last row"
    card.set_cross(NOW - 12 * 3600)
    assert {e.label: e.value for e in card.entries()}["machine"] == "20%"
    x, y = card.plot._drawn[1].line.getData()
    assert x[0] == pytest.approx(-86_400, abs=400)
    missing = (x > -8 * 3600 + 400) & (x < -5 * 3600 - 400)
    assert not np.isfinite(y[missing]).any(), "nothing is drawn across the time of which nothing is known"
    assert np.isfinite(y[x > -4 * 3600]).all()
    assert card._view is not None
    rule = next(r for r in RULES if r.key == "cpu")
    assert [card._view.firings(replace(rule, hold_for=0), level) for level in (55, 98, 99.5)] == [1, 1, 0]


def test_a_days_export_has_the_spread_of_every_row(page: MonitorPage, qtbot: QtBot) -> None:
    with qtbot.waitExposed(page):
        page.show()
    day(page)
    page.show_minutes(6 * 60)
    head, *lines = page.csv().splitlines()
    assert head.startswith("time,cpu_percent,cpu_percent_min,cpu_percent_max,")
    assert lines[0].split(",")[1:4] == ["20", "5", "60"]


def test_marks_that_are_near_become_one_and_the_worst_gives_the_look() -> None:
    marks = [Mark(t, k, "", "") for t, k in ((0, MarkKind.DONE), (1, MarkKind.FAILED), (2, MarkKind.STARTED))]
    groups = group_marks([(0, marks[0]), (10, marks[1]), (100, marks[2])], near=18)
    assert [len(g.marks) for g in groups] == [2, 1]
    assert groups[0].worst.kind is MarkKind.FAILED


def test_thinning_loses_no_peak_and_keeps_gaps() -> None:
    times = np.arange(100, dtype=np.float64)
    values = np.full(100, 5.0)
    values[42] = 99
    values[60:80] = math.nan
    x, y = thin_peaks(times, values, values, bucket_starts(times, 10))
    assert np.nanmax(y) == 99
    assert np.isnan(y[(x >= 60) & (x < 80)]).all()
    assert runs(np.isfinite(thin_last(values, bucket_starts(times, 10)))) == [(0, 6), (8, 10)]


def test_counts_are_steps_and_ticks_are_round() -> None:
    x, y = steps(np.array([0.0, 1.0]), np.array([3.0, 5.0]), 2.0)
    assert list(zip(x, y, strict=True)) == [(0, 3), (1, 3), (1, 5), (2, 5)]
    assert nice_ticks(17) == [0, 5, 10, 15]
    assert nice_ticks(2, whole=True) == [0, 1, 2]
    assert nice_ticks(0) == [0]
