"""The queue: a model that touches only what changed, words that say why, actions by mouse and key."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from widgets.queue.job_advice import remedies
from widgets.queue.job_words import group_of, progress_left, progress_right, result_line, state_word
from widgets.queue.phase_line import steps_of
from widgets.queue.queue_model import Col, QueueModel
from widgets.queue.queue_page import QueuePage
from widgets.theme import Theme
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState, PoolSnapshot
from workers.core.model.errors import ErrorInfo
from workers.core.model.options import Priority
from workers.core.model.outcomes import ImportOutcome, ImportState, Reject


def job(number: int, state: JobState = JobState.WAITING, **more: object) -> JobSnapshot:
    base = JobSnapshot(f"job-{number}", JobKind.IMPORT, f"file-{number}.xlsx › Orders", "public.orders", state)
    return replace(base, submitted=float(number), **more)  # type: ignore[arg-type]


def outcome(state: ImportState = ImportState.LOADED, **more: object) -> ImportOutcome:
    base = ImportOutcome("id", "file.xlsx", "Orders", "public.orders", "create", state)
    return replace(base, **more)  # type: ignore[arg-type]


FAILED = job(
    7,
    JobState.FAILED,
    phase="loading",
    error=ErrorInfo("rejects", "3 cells are no whole numbers.", "Make qty text.", "D88"),
    outcomes=(
        outcome(
            ImportState.FAILED,
            rows_read=100,
            rows_rejected=3,
            rejects=(Reject(88, "D88", "n/a", "text in a bigint column"),),
        ),
    ),
)


@pytest.fixture
def model() -> QueueModel:
    made = QueueModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> QueuePage:
    made = QueuePage(theme)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitExposed(made):
        made.show()
    return made


def shown(model: QueueModel) -> list[str]:
    return [str(model.index(row, Col.FILE).data()) for row in range(model.rowCount())]


def test_running_comes_first_then_waiting_in_order_then_the_ended(model: QueueModel) -> None:
    model.update_jobs(
        [job(1, JobState.DONE, ended=50.0), job(2, place=2), job(3, place=1), job(4, JobState.RUNNING), FAILED]
    )
    assert shown(model) == ["file-4.xlsx", "file-3.xlsx", "file-2.xlsx", "file-7.xlsx", "file-1.xlsx"]
    model.update_jobs([job(3, JobState.RUNNING, started=9.0)])
    assert shown(model)[:2] == ["file-4.xlsx", "file-3.xlsx"]


def test_only_the_changed_row_is_told_to_the_view() -> None:
    model = QueueModel()
    model.update_jobs([job(number, place=number) for number in range(1, 5001)])
    running = job(1, JobState.RUNNING, rows=10)
    model.update_jobs([running])
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.update_jobs([replace(running, rows=20)])
    assert changed == [(0, 0)]
    model.update_jobs([replace(running, rows=20)])
    assert changed == [(0, 0)]


def test_what_changes_among_five_thousand_rows_costs_little_of_the_whole() -> None:
    model = QueueModel()
    jobs = [job(number, place=number) for number in range(5000)]
    before = time.perf_counter()
    model.update_jobs(jobs)
    whole = time.perf_counter() - before
    running = [replace(each, state=JobState.RUNNING, place=0) for each in jobs[:8]]
    model.update_jobs(running)
    best = whole
    for step in range(20):
        before = time.perf_counter()
        model.update_jobs([replace(each, rows=step + 1) for each in running])
        best = min(best, time.perf_counter() - before)
    assert best < whole / 4


def test_selection_follows_its_job_when_the_order_changes(page: QueuePage) -> None:
    page.update_jobs([job(1, place=1), job(2, place=2), job(3, place=3)])
    page.select("job-3")
    page.update_jobs([job(3, JobState.RUNNING)])
    assert [each.job_id for each in page.selected_jobs()] == ["job-3"]
    assert page.model.row_of("job-3") == 0


def test_filter_by_group_and_text_keeps_what_matches(model: QueueModel) -> None:
    model.update_jobs([job(1), job(2, JobState.RUNNING), FAILED])
    model.set_filter("failed", "")
    assert shown(model) == ["file-7.xlsx"]
    model.set_filter("all", "FILE-2")
    assert shown(model) == ["file-2.xlsx"]
    model.set_filter("all", "whole numbers")
    assert shown(model) == ["file-7.xlsx"]
    model.set_filter("all", "")
    assert model.rowCount() == 3
    assert model.group_count("failed") == 1


def test_removed_jobs_are_gone(model: QueueModel) -> None:
    model.update_jobs([job(number, JobState.DONE, ended=float(number)) for number in range(100)])
    model.remove_jobs([f"job-{number}" for number in range(60)])
    assert model.rowCount() == 40
    assert model.row_of("job-3") == -1
    assert model.group_count("done") == 40


def test_every_state_has_word_and_sign() -> None:
    for state in JobState:
        said = state_word(job(1, state))
        assert said.word
        assert said.icon
        assert group_of(job(1, state))
        assert result_line(job(1, state)).word


def test_progress_says_how_far_and_how_long() -> None:
    running = job(1, JobState.RUNNING, phase="loading", rows=812_400, fraction=0.674, rate=18420.0, eta=21.0)
    assert "67%" in progress_left(running)
    assert "21 s left" in progress_right(running)
    unknown = replace(running, fraction=None, eta=None)
    assert "%" not in progress_left(unknown)
    assert "total not known yet" in progress_right(unknown)
    assert progress_right(replace(running, reason="no heartbeat for 12 s")) == "no heartbeat for 12 s"


def test_reason_of_a_waiting_job_is_in_its_row(model: QueueModel) -> None:
    model.update_jobs([job(1, reason="needs about 1.4 GB, 0.9 GB free")])
    assert model.index(0, Col.PROGRESS).data() == "Needs about 1.4 GB, 0.9 GB free"


def test_failed_job_offers_the_best_way_out_first() -> None:
    assert [each.key for each in remedies(FAILED)] == ["load-others", "open-plan", "open-file"]
    assert "97" in remedies(FAILED)[0].title
    locked = job(1, JobState.FAILED, error=ErrorInfo("encrypted", "The workbook needs a password."))
    assert remedies(locked)[0].key == "password"
    assert all(len(remedies(job(1, state))) <= 3 for state in JobState)


def test_what_memory_holds_back_may_run_alone() -> None:
    waits = job(1, reason="waiting: needs about 1.4 GB, 0.9 GB free")
    assert [each.key for each in remedies(waits)] == ["insist", "cancel"]
    refused = job(1, JobState.FAILED, error=ErrorInfo("too-large", "It needs about 34 GB."))
    assert remedies(refused)[0].key == "insist"
    assert "insist" not in [each.key for each in remedies(replace(refused, attempts=1))]


def test_steps_show_where_it_broke_off() -> None:
    assert [step.state for step in steps_of(FAILED)] == ["done", "done", "failed", "ahead", "ahead"]
    assert {step.state for step in steps_of(job(1, JobState.DONE))} == {"done"}
    assert {step.state for step in steps_of(job(1))} == {"ahead"}


def test_delete_cancels_what_runs_and_removes_what_ended(page: QueuePage, qtbot: QtBot) -> None:
    page.update_jobs([job(1, JobState.RUNNING), FAILED])
    page.table.selectAll()
    page.table.setFocus()
    heard: list[list[str]] = []
    page.cancel_requested.connect(heard.append)
    page.remove_requested.connect(heard.append)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert heard == [["job-1"], ["job-7"]]


def test_arrows_of_the_row_raise_and_lower(page: QueuePage, qtbot: QtBot) -> None:
    page.update_jobs([job(1, place=1)])
    page.select("job-1")
    rect = page.table.visualRect(page.model.index(0, Col.PRIORITY))
    up, down = page.table.itemDelegate().arrows(rect)  # type: ignore[attr-defined]
    for box, wanted in ((up, Priority.HIGH), (down, Priority.LOW)):
        with qtbot.waitSignal(page.priority_requested) as caught:
            qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
        assert caught.args == ["job-1", wanted.value]


def test_raising_a_high_job_moves_it_within_its_level(page: QueuePage, qtbot: QtBot) -> None:
    page.update_jobs([job(1, place=2, priority=Priority.HIGH)])
    page.select("job-1")
    page.table.setFocus()
    with qtbot.waitSignal(page.move_requested) as caught:
        qtbot.keyClick(page.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert caught.args == ["job-1", True]


def button(page: QueuePage, text: str) -> QPushButton:
    QCoreApplication.processEvents()
    return next(each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible())


def test_hold_and_release(page: QueuePage, qtbot: QtBot) -> None:
    page.update_jobs([job(1)])
    with qtbot.waitSignal(page.hold_requested) as caught:
        qtbot.mouseClick(button(page, "Hold queue"), Qt.MouseButton.LeftButton)
    assert caught.args == [True]
    page.set_pool(PoolSnapshot(2, 2, 4, held=True))
    with qtbot.waitSignal(page.hold_requested) as caught:
        qtbot.mouseClick(button(page, "Release queue"), Qt.MouseButton.LeftButton)
    assert caught.args == [False]


def test_details_show_sentence_cells_and_remedies(page: QueuePage, qtbot: QtBot) -> None:
    page.update_jobs([FAILED])
    with qtbot.waitSignal(page.log_requested) as caught:
        page.select("job-7")
    assert caught.args == ["job-7"]
    page.set_log("job-7", "rolled back", {"opening": 0.2})
    page.set_log("job-1", "of another job")
    page.grab()
    with qtbot.waitSignal(page.remedy_requested) as chosen:
        qtbot.mouseClick(button(page, "Load"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["job-7", "load-others"]
    with qtbot.waitSignal(page.cell_opened) as opened:
        qtbot.mouseClick(button(page, "D88"), Qt.MouseButton.LeftButton)
    assert opened.args == ["job-7", "D88"]


def test_empty_queue_leads_to_the_import_page(page: QueuePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.import_page_requested):
        qtbot.mouseClick(button(page, "Go to Import"), Qt.MouseButton.LeftButton)


def test_pause_by_an_alert_is_said_and_goes_away(page: QueuePage) -> None:
    page.update_jobs([job(1)])
    page.set_pool(PoolSnapshot(2, 2, 4, hold_reason="Memory is at 91% of its limit."))
    assert page.banner.isVisible()
    page.set_pool(PoolSnapshot(2, 2, 4))
    assert not page.banner.isVisible()


def test_a_reason_that_changes_and_a_queue_that_cannot_be_saved_are_said(page: QueuePage) -> None:
    """Why nothing starts comes first; the full disk is said as long as it lasts."""

    def said() -> list[str]:
        return [label.text() for label in page.banner.findChildren(QLabel) if label.isVisible()]

    page.update_jobs([job(1)])
    page.set_store_trouble("The disk is full.")
    page.set_pool(PoolSnapshot(2, 2, 4))
    assert "The disk is full." in said()
    page.set_pool(PoolSnapshot(2, 2, 4, hold_reason="The database is being started."))
    page.set_pool(PoolSnapshot(2, 2, 4, hold_reason="The database cannot be reached."))
    assert "The database cannot be reached." in said()
    page.set_pool(PoolSnapshot(2, 2, 4))
    assert "The disk is full." in said()
    page.set_store_trouble("")
    assert not page.banner.isVisible()


def test_widths_come_back(page: QueuePage, theme: Theme, qtbot: QtBot) -> None:
    page.table.setColumnWidth(Col.FILE, 333)
    other = QueuePage(theme)
    qtbot.addWidget(other)
    other.restore_view(page.view_state())
    assert other.table.columnWidth(Col.FILE) == 333
    other.restore_view({"columns": "nonsense", "split": [1, "x"]})
    assert other.table.columnWidth(Col.FILE) == 333


def test_row_of_nowhere_is_none(model: QueueModel) -> None:
    assert model.data(QModelIndex()) is None
    assert model.job_at(5) is None


def test_a_pool_that_goes_slow_says_why(page: QueuePage) -> None:
    why = "Lock waits: 3, warning from 1 on, since 14:03; only 1 worker goes on"
    page.set_pool(PoolSnapshot(1, 2, 4, slow_reason=why))
    assert page.banner.isVisible()
    assert why in [label.text() for label in page.banner.findChildren(QLabel)]
    page.set_pool(PoolSnapshot(2, 2, 4))
    assert not page.banner.isVisible()


def test_a_job_that_waits_for_a_connection_is_told_that_it_goes_on_by_itself() -> None:
    waits = job(1, reason="waiting: 97 of 100 connections are in use on db.example, 10 stay free for others")
    assert result_line(waits).word.startswith("Waiting: 97 of 100 connections")
    first, cancel = remedies(waits)
    assert (first.key, cancel.key) == ("raise", "cancel")
    assert "as soon as a connection is free" in cancel.text


def test_columns_are_chosen_moved_and_remembered(page: QueuePage, theme: Theme, qtbot: QtBot) -> None:
    choice, header = page.columns, page.table.horizontalHeader()
    choice.menu_actions["WORKER"].trigger()
    assert page.table.isColumnHidden(Col.WORKER)
    assert not choice.menu_actions["FILE"].isEnabled(), "a job without its file cannot be told from others"
    header.moveSection(header.visualIndex(Col.ATTEMPTS), 2)
    page.table.setColumnWidth(Col.SHEET, 77)
    other = QueuePage(theme)
    qtbot.addWidget(other)
    other.restore_view(page.view_state())
    kept = other.table.horizontalHeader()
    assert other.table.isColumnHidden(Col.WORKER)
    assert not other.columns.menu_actions["WORKER"].isChecked()
    assert (kept.visualIndex(Col.ATTEMPTS), other.table.columnWidth(Col.SHEET)) == (2, 77)
    other.columns.show_usual()
    assert not other.table.isColumnHidden(Col.WORKER)
    assert [kept.logicalIndex(place) for place in range(len(Col))] == list(Col)


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        [1, 2],
        {"order": "STATE", "hidden": 3, "widths": []},
        {
            "order": ["GONE", "FILE", "FILE"],
            "hidden": ["STATE", 7],
            "widths": {"FILE": "wide", "SHEET": -5, "GONE": 40},
        },
    ],
)
def test_columns_that_cannot_be_understood_stay_as_they_are(page: QueuePage, nonsense: object) -> None:
    page.columns.restore(nonsense)
    assert not any(page.table.isColumnHidden(column) for column in Col)
    assert page.table.columnWidth(Col.SHEET) >= 20


def test_the_log_of_the_shown_job_follows_it(page: QueuePage) -> None:
    asked: list[str] = []
    page.log_requested.connect(asked.append)
    running = job(1, JobState.RUNNING, phase="reading", rows=10)
    page.update_jobs([running])
    page.select("job-1")
    assert asked == ["job-1"]
    page.update_jobs([replace(running, rows=20)])
    assert asked == ["job-1"], "more rows are no new line"
    page.update_jobs([replace(running, phase="committing")])
    page.update_jobs([replace(running, state=JobState.DONE)])
    assert asked == ["job-1"] * 3


def test_a_job_of_a_held_queue_is_held() -> None:
    waits = job(1, reason="waiting: The queue is held by hand.")
    assert state_word(waits).word == "Held"
    assert state_word(replace(waits, reason="waiting: needs about 1 GB")).word == "Waiting"
