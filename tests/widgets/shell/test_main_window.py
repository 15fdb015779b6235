"""The frame: navigation by mouse and keys, drops and pastes, state, badges."""

from __future__ import annotations

import warnings

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from widgets.shell.dropping import local_paths, sort_paths
from widgets.shell.main_window import MainWindow
from widgets.shell.page import Page
from widgets.shell.sidebar import NavItem
from widgets.shell.status_data import AlertStatus, DatabaseStatus
from widgets.theme import Theme
from workers.core.jobs.snapshots import PoolSnapshot

KEYS = ("import", "queue", "monitor", "history", "settings")


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> MainWindow:
    made = MainWindow(theme, tuple(Page(theme, key, key.title(), key) for key in KEYS))
    qtbot.addWidget(made, before_close_func=lambda shown: shown.finish_close())
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


def urls(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


def test_pages_open_by_click(window: MainWindow, qtbot: QtBot) -> None:
    items = {item.key: item for item in window.sidebar.findChildren(NavItem)}
    assert list(items) == list(KEYS)
    with qtbot.waitSignal(window.page_changed) as caught:
        qtbot.mouseClick(items["history"], Qt.MouseButton.LeftButton)
    assert caught.args == ["history"]
    assert window.current_page == "history"


def test_pages_open_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    for number, key in enumerate(KEYS, 1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0.value + number), Qt.KeyboardModifier.ControlModifier)
        assert window.current_page == key
    window.show_page("import")
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.current_page == "settings"


def test_open_key_asks_for_files(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    with qtbot.waitSignal(window.open_requested):
        qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)


def test_files_dropped_on_any_page_are_handed_on(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("monitor")
    data = urls("/data/a.xlsx", "/data/~$a.xlsx", "/data/photo.png")
    at, action = QPointF(700, 400), Qt.DropAction.CopyAction
    button, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    # Qt 6.12 puts another form beside this one, which Qt 6.11 does not have.
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        entering = QDragEnterEvent(at.toPoint(), action, data, button, plain)
    window.dragEnterEvent(entering)
    assert window._overlay.isVisible()
    with qtbot.waitSignal(window.paths_dropped) as caught:
        window.dropEvent(QDropEvent(at, action, data, button, plain))
    assert caught.args == [["/data/a.xlsx"]]
    assert not window._overlay.isVisible()
    assert window.current_page == "import"


def test_pasted_paths_are_handed_on_but_not_from_a_field(window: MainWindow, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText('/data/a.xlsx\n"/data/b c.csv"\nnot a path')
    window.activateWindow()
    with qtbot.waitSignal(window.paths_dropped) as caught:
        qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert caught.args == [["/data/a.xlsx", "/data/b c.csv"]]
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    with qtbot.assertNotEmitted(window.paths_dropped):
        qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "a.xlsx" in field.text()


def test_what_is_left_of_a_drop() -> None:
    assert sort_paths(["/a/x.xlsx", "/a/folder", "/a/p.png", "/a/~$x.xlsx"]) == (
        ["/a/x.xlsx", "/a/folder"],
        ["/a/p.png", "/a/~$x.xlsx"],
    )
    assert sort_paths(["/a/data.dat"]) == (["/a/data.dat"], [])
    assert sort_paths(["/a/~$x.xlsx"]) == ([], ["/a/~$x.xlsx"])


def test_addresses_of_other_machines_are_no_paths() -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.xlsx")])
    assert local_paths(data) == []


def test_closing_is_asked_for_and_then_done(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.close_requested):
        window.close()
    assert window.isVisible()
    window.finish_close()
    assert not window.isVisible()


def test_state_comes_back_and_nonsense_is_ignored(window: MainWindow) -> None:
    window.show_page("history")
    state = window.state()
    window.show_page("import")
    window.restore(state)
    assert window.current_page == "history"
    for broken in (b"", b"[]", b'{"pages": 3, "geometry": 5}', b"\xff"):
        window.restore(broken)
    assert window.current_page == "history"


def test_narrow_window_shows_icons_only(window: MainWindow, theme: Theme, qtbot: QtBot) -> None:
    assert not window.sidebar.collapsed
    window.resize(theme.em(1000), theme.em(700))
    qtbot.waitUntil(lambda: window.sidebar.collapsed)
    item = window.sidebar.findChildren(NavItem)[1]
    assert item.toolTip().startswith("Queue")


def test_status_bar_says_how_things_stand(window: MainWindow, qtbot: QtBot) -> None:
    window.set_pool(PoolSnapshot(7, 7, 8, busy=3, idle=4, waiting=12))
    window.set_database(DatabaseStatus("broken", "analytics", "on db-prod-2", "wrong password"))
    window.set_alerts(AlertStatus(2, True, "memory 91% of limit"))
    window.set_lag(8.2)
    status = window.status
    assert status.pool.accessibleName() == "3 of 7 busy, 12 waiting"
    assert "wrong password" in status.database.accessibleName()
    assert status.alerts.accessibleName().startswith("2 alerts firing")
    assert "8 ms" in status.lag.accessibleName()
    assert "15" in window.sidebar.findChildren(NavItem)[1].accessibleName()
    window.grab()
    qtbot.mouseClick(status.alerts, Qt.MouseButton.LeftButton)
    assert window.current_page == "monitor"


def test_twenty_workers_fit_into_the_status_bar(window: MainWindow) -> None:
    window.set_pool(PoolSnapshot(20, 20, 20, busy=20))
    wide = window.status.pool.sizeHint().width()
    window.set_pool(PoolSnapshot(60, 60, 60, busy=60))
    assert window.status.pool.sizeHint().width() <= wide + 2
    window.grab()
