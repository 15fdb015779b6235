"""History: days, receipts, and an undo that says what it does first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from widgets.history.history_data import HistoryEntry, PastDetails, UndoPreview
from widgets.history.history_model import Col, HistoryModel, second_line, state_sign
from widgets.history.history_page import HistoryPage
from widgets.history.receipt import grouped, same_figure, short_figure
from widgets.history.undo_box import undo_word
from widgets.theme import Theme
from workers.core.model.errors import ErrorInfo
from workers.core.model.outcomes import ColumnSum, ImportOutcome, ImportState, Reject

NOW = dt.datetime(2026, 11, 1, 14, 25)


def entry(number: int, when: dt.datetime, state: str = "loaded") -> HistoryEntry:
    failed = state == "failed"
    made = ImportOutcome(
        f"id-{number}",
        f"/data/file-{number}.xlsx",
        "Orders",
        "public.orders",
        "upsert",
        ImportState.FAILED if failed else ImportState.LOADED,
        rows_read=100,
        rows_loaded=97,
        rows_rejected=3,
        rejects=(Reject(88, "D88", "n/a", "text in a bigint column"),),
        sums=(ColumnSum("qty", 97, ("10", "1", "9"), ("10", "1", "9")), ColumnSum("x", 1, ("1", "1", "1"), ())),
        error=ErrorInfo("rejects", "3 cells do not fit.", "Make it text.") if failed else None,
        seconds=1.5,
    )
    return HistoryEntry(made, when, "m.keller", state)


ENTRIES = (
    entry(1, NOW),
    entry(2, NOW - dt.timedelta(hours=1), "failed"),
    entry(3, NOW - dt.timedelta(days=1), "undone"),
)


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> HistoryPage:
    made = HistoryPage(theme)
    qtbot.addWidget(made)
    made.resize(1250, 850)
    with qtbot.waitExposed(made):
        made.show()
    return made


def button(page: HistoryPage, text: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible())


def test_each_day_has_its_heading() -> None:
    model = HistoryModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.set_entries(ENTRIES, NOW.date())
    assert model.heading_rows() == [0, 3]
    assert str(model.index(0, 0).data()).startswith("Today, 1 November")
    assert str(model.index(3, 0).data()).startswith("Yesterday")
    assert model.index(1, Col.WHEN).data() == "14:25"
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_every_state_has_a_word() -> None:
    for state in ("loaded", "failed", "cancelled", "unchanged", "unknown", "undone", "superseded", "gone", "new"):
        assert state_sign(state).word


def test_receipt_opens_and_closes(page: HistoryPage, qtbot: QtBot) -> None:
    page.set_entries(ENTRIES, 214, NOW.date())
    assert not page.receipt.isVisible()
    at = page.table.visualRect(page.model.index(1, Col.FILE)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.receipt.isVisible()
    page.grab()
    page.receipt.closed.emit()
    assert not page.receipt.isVisible()


def test_undo_is_said_before_it_is_done(page: HistoryPage, qtbot: QtBot) -> None:
    page.set_entries(ENTRIES, None, NOW.date())
    page.select("id-1")
    with qtbot.waitSignal(page.undo_requested) as caught:
        qtbot.mouseClick(button(page, "Undo…"), Qt.MouseButton.LeftButton)
    assert caught.args == ["id-1"]
    page.show_undo("id-2", UndoPreview(removed=9))
    assert not page.receipt._box.isVisible()
    page.show_undo("id-1", UndoPreview(((97, "rows are deleted"),), 97))
    with qtbot.waitSignal(page.undo_confirmed) as caught:
        qtbot.mouseClick(button(page, "Undo, delete 97 rows"), Qt.MouseButton.LeftButton)
    assert caught.args == ["id-1"]


def test_undo_that_cannot_be_done_says_why(page: HistoryPage) -> None:
    page.set_entries(ENTRIES, None, NOW.date())
    page.select("id-1")
    page.show_undo("id-1", UndoPreview(blocked="A later import changed these rows."))
    assert not button(page, "Undo").isEnabled()


def test_failed_import_offers_no_undo(page: HistoryPage) -> None:
    page.set_entries(ENTRIES, None, NOW.date())
    page.select("id-2")
    assert not any(each.text() == "Undo…" and each.isVisible() for each in page.findChildren(QPushButton))


def test_rejects_and_cells_are_links(page: HistoryPage, qtbot: QtBot) -> None:
    page.set_entries(ENTRIES, None, NOW.date())
    page.select("id-1")
    with qtbot.waitSignal(page.rejects_requested):
        qtbot.mouseClick(button(page, "Open as workbook"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.cell_opened) as caught:
        qtbot.mouseClick(button(page, "D88"), Qt.MouseButton.LeftButton)
    assert caught.args == ["id-1", "D88"]


def test_search_is_handed_on(page: HistoryPage, qtbot: QtBot) -> None:
    page.set_entries(ENTRIES, None, NOW.date())
    assert page.focus_search()
    with qtbot.waitSignal(page.search_changed) as caught:
        qtbot.keyClicks(page.search, "retail")
    assert caught.args == ["retail", "", 0]


def test_empty_and_broken_say_what_to_do(page: HistoryPage, qtbot: QtBot) -> None:
    page.set_entries(())
    with qtbot.waitSignal(page.import_page_requested):
        qtbot.mouseClick(button(page, "Go to Import"), Qt.MouseButton.LeftButton)
    page.set_broken("The database is not reachable.", "Check the connection in the settings.")
    page.grab()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("14866.11", "14866.109999999999", True),
        ("7344", "7344", True),
        ("7344", "7345", False),
        ("", "1", False),
    ],
)
def test_sums_of_doubles_may_differ_in_their_last_digits(one: str, other: str, same: bool) -> None:
    assert same_figure(one, other) is same


def test_figures_have_at_most_fifteen_digits() -> None:
    assert short_figure("14866.109999999999") == "14866.11"
    assert short_figure("12345678901234567890") == "12345678901234567890"
    assert short_figure("0.65") == "0.65"


def test_receipt_and_plan_of_an_import_can_be_saved(page: HistoryPage, qtbot: QtBot) -> None:
    page.set_entries(ENTRIES)
    page.select("id-1")
    icons = {each.accessibleName(): each for each in page.receipt.findChildren(QToolButton)}
    with qtbot.waitSignal(page.receipt_requested) as receipt:
        icons["Save receipt…"].click()
    assert receipt.args == ["id-1"]
    page.select("id-2")
    assert icons["Save receipt…"].isVisible()
    found = page.entry("id-2")
    assert found is not None
    assert found.outcome.import_id == "id-2"
    assert page.entry("nothing") is None


def test_plan_and_log_are_read_for_those_who_look_at_them(page: HistoryPage, qtbot: QtBot) -> None:
    asked: list[str] = []
    page.details_requested.connect(asked.append)
    page.set_entries(ENTRIES)
    page.select("id-1")
    assert not asked
    page.receipt.tabs.setCurrentIndex(1)
    assert asked == ["id-1"]
    save = next(b for b in page.receipt.plan.findChildren(QPushButton) if b.text() == "Save plan…")
    assert not save.isEnabled(), "there is nothing to be saved yet"
    page.show_details("id-2", PastDetails("late", "", ""))
    assert not page.receipt.plan.text.toPlainText(), "that was of another import"
    page.show_details("id-1", PastDetails("mode = 'append'", "", "14:25:00  started"))
    with qtbot.waitSignal(page.plan_requested) as plan:
        save.click()
    assert plan.args == ["id-1", "mode = 'append'"]
    page.receipt.tabs.setCurrentIndex(2)
    assert page.receipt.log.isVisible()
    assert "started" in page.receipt.log.toPlainText()
    page.select("id-2")
    assert asked == ["id-1", "id-2"]
    page.show_details("id-2", PastDetails("", "The choices of this import are not kept.", "x"))
    page.receipt.tabs.setCurrentIndex(1)
    assert not save.isEnabled()


def test_figures_are_grouped_and_other_texts_are_left_alone() -> None:
    assert [grouped(text) for text in ("1846220", "-1203417.36", "0.05", "7")] == [
        "1,846,220",
        "-1,203,417.36",
        "0.05",
        "7",
    ]
    for text in ("", "1e+20", "2026-10-01", "NaN", "1.5e3", "12345678901234567890"):
        assert grouped(text) == text


def test_when_an_import_was_undone_is_said_in_the_words_of_the_window() -> None:
    gone = replace(entry(3, NOW, "undone"), note="undone 2026-11-02 16:20", ended=dt.datetime(2026, 11, 2, 16, 20))
    line = second_line(gone)
    assert state_sign("undone").word in line
    assert "16:20" in line
    assert "2026-11-02" not in line


def test_the_undo_button_says_what_was_counted() -> None:
    assert undo_word(UndoPreview(removed=60, restored=300)) == "Undo: 60 rows leave, 300 return"
    assert undo_word(UndoPreview(restored=300)) == "Undo, restore 300 rows"
    assert undo_word(UndoPreview(removed=60)) == "Undo, delete 60 rows"


def test_figures_that_are_the_same_look_the_same() -> None:
    sides = ("1841603.54000001", "1841603.54")
    assert {short_figure(a, b) for a, b in (sides, sides[::-1])} == {"1841603.54"}
    assert short_figure("0.1", "0.2") == "0.1"
