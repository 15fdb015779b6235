"""The Settings page: every setting has its row, its origin, its reset, and refuses nonsense in place."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from widgets.parts.buttons import Button
from widgets.parts.chips import Chip
from widgets.parts.controls import Switch
from widgets.settings.override import OverrideStatus, WorkerEditor
from widgets.settings.settings_page import SettingsPage
from widgets.theme import Theme
from workers.core.settings.catalogue import CATALOGUE
from workers.core.settings.resolve import resolve
from workers.core.settings.schema import Category, SettingContext

CONTEXT = SettingContext(cores=8, memory=16 * 1024**3)
SETTINGS = resolve({"workers.recycle_tasks": 7}, {"DB_POOL_SIZE": "12"}, {}, CONTEXT)


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication) -> SettingsPage:
    made = SettingsPage(Theme(qapp), CATALOGUE.settings)
    qtbot.addWidget(made)
    made.resize(1200, 860)
    with qtbot.waitExposed(made):
        made.show()
    made.show_settings(SETTINGS)
    made.form.build_all()
    return made


def field(page: SettingsPage, key: str) -> QLineEdit:
    row = page.form.row(key)
    assert row is not None
    found = row.editor.findChild(QLineEdit)
    assert found is not None
    return found


def enter(qtbot: QtBot, line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_every_setting_has_a_row_and_shows_its_value(page: SettingsPage) -> None:
    for setting in CATALOGUE.settings:
        assert page.form.row(setting.key) is not None, setting.key
    assert field(page, "workers.recycle_tasks").text() == "7"


def test_a_typed_value_is_told_checked_and_nonsense_is_refused_in_place(page: SettingsPage, qtbot: QtBot) -> None:
    line = field(page, "workers.recycle_tasks")
    with qtbot.waitSignal(page.value_changed) as told:
        enter(qtbot, line, "40")
    assert told.args == ["workers.recycle_tasks", 40]
    with qtbot.assertNotEmitted(page.value_changed):
        enter(qtbot, line, "many")
    assert line.property("invalid") == "true"


def test_what_the_environment_sets_is_locked_and_says_by_what(page: SettingsPage) -> None:
    page.show_category(Category.DATABASE)
    row = page.form.row("database.pool_size")
    assert row is not None
    assert not field(page, "database.pool_size").isEnabled()
    assert "DB_POOL_SIZE=12" in row._lock_note.text()
    chip = row.findChild(Chip)
    assert chip is not None
    assert chip.accessibleName() == "Environment"
    assert row._reset.isHidden()


def test_reset_is_offered_where_the_file_differs_only(page: SettingsPage, qtbot: QtBot) -> None:
    changed, default = page.form.row("workers.recycle_tasks"), page.form.row("limits.retries")
    assert changed is not None
    assert default is not None
    assert default._reset.isHidden()
    with qtbot.waitSignal(page.reset_requested) as told:
        qtbot.mouseClick(changed._reset, Qt.MouseButton.LeftButton)
    assert told.args == ["workers.recycle_tasks"]


def test_search_finds_across_categories_and_filters_narrow(page: SettingsPage, qtbot: QtBot) -> None:
    row = page.form.row("notify.webhook_url")
    assert row is not None
    assert not row.isVisible()
    with qtbot.waitSignal(page.search.changed):
        page.search.setText("webhook ADDRESS")
    assert row.isVisible()
    with qtbot.waitSignal(page.search.changed):
        page.search.setText("DB_POOL_SIZE")
    locked = page.form.row("database.pool_size")
    assert locked is not None
    assert locked.isVisible()
    assert not row.isVisible()


def test_a_switch_tells_at_once(page: SettingsPage, qtbot: QtBot) -> None:
    page.show_category(Category.NOTIFICATIONS)
    row = page.form.row("notify.tray")
    assert row is not None
    switch = row.editor.findChild(Switch)
    assert switch is not None
    with qtbot.waitSignal(page.value_changed) as told:
        switch.click()
    assert told.args == ["notify.tray", False]


def test_the_slider_tells_a_number_for_good_or_with_its_end(page: SettingsPage, qtbot: QtBot) -> None:
    row = page.form.row("workers.count")
    assert row is not None
    editor = row.editor
    assert isinstance(editor, WorkerEditor)
    assert editor.slider.value() == 7
    editor.slider.setFocus()
    with qtbot.waitSignal(page.value_changed) as told:
        qtbot.keyClick(editor.slider, Qt.Key.Key_Left)
    assert told.args == ["workers.count", 6]
    with qtbot.waitSignal(page.override_requested) as wanted:
        editor._job.click()
    assert wanted.args == [6, None]
    editor._time.setTime(QTime(9, 30))
    noon = dt.datetime(2026, 11, 21, 12, 0)
    assert dt.datetime.fromtimestamp(editor.end_time(noon)) == dt.datetime(2026, 11, 22, 9, 30)


def test_an_override_shows_a_banner_with_its_two_answers(page: SettingsPage, qtbot: QtBot) -> None:
    page.show_override(OverrideStatus(4, 7, None, 1_800_000_000))
    assert page.banner.isVisible()
    _keep, end = page.banner.findChildren(Button)
    with qtbot.waitSignal(page.override_ended):
        qtbot.mouseClick(end, Qt.MouseButton.LeftButton)
    page.show_override(None)
    assert not page.banner.isVisible()
