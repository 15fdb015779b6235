"""The connection dialog: tests before it saves, keeps no password in sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from widgets.connections.connection_dialog import ConnectionData, ConnectionDialog
from widgets.theme import Theme

SAVED = ConnectionData(
    "k1", "analytics", "db-prod-2", 5433, "analytics", "loader", sslmode="require", has_saved_password=True
)


@pytest.fixture
def dialog(theme: Theme, qtbot: QtBot) -> ConnectionDialog:
    made = ConnectionDialog(theme)
    qtbot.addWidget(made)
    made.set_connections((SAVED,), "k1")
    with qtbot.waitExposed(made):
        made.open()
    return made


def button(dialog: ConnectionDialog, text: str) -> QPushButton:
    return next(each for each in dialog.findChildren(QPushButton) if each.text() == text and each.isVisible())


def field(dialog: ConnectionDialog, name: str) -> QLineEdit:
    return next(each for each in dialog.findChildren(QLineEdit) if each.accessibleName() == name)


def test_saved_connection_is_shown_without_its_password(dialog: ConnectionDialog) -> None:
    assert field(dialog, "Host").text() == "db-prod-2"
    assert field(dialog, "Password").text() == ""
    assert dialog.data() == ConnectionData(
        "k1", "analytics", "db-prod-2", 5433, "analytics", "loader", sslmode="require", has_saved_password=True
    )


def test_test_waits_for_its_result(dialog: ConnectionDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(field(dialog, "Password"), "geheim")
    with qtbot.waitSignal(dialog.test_requested) as caught:
        qtbot.mouseClick(button(dialog, "Test"), Qt.MouseButton.LeftButton)
    assert caught.args[0].password == "geheim"
    assert "geheim" not in repr(caught.args[0])
    assert not button(dialog, "Testing…").isEnabled()
    dialog.show_result(False, "The password is wrong.", "Ask the administrator.")
    assert button(dialog, "Test").isEnabled()


def test_saving_hands_the_data_on_and_closes(dialog: ConnectionDialog, qtbot: QtBot) -> None:
    field(dialog, "Host").setText("db-prod-3")
    with qtbot.waitSignal(dialog.saved) as caught:
        qtbot.mouseClick(button(dialog, "Save and use"), Qt.MouseButton.LeftButton)
    assert caught.args[0].host == "db-prod-3"
    assert caught.args[0].key == "k1"
    assert not dialog.isVisible()


def test_incomplete_connection_cannot_be_saved(dialog: ConnectionDialog) -> None:
    field(dialog, "Host").clear()
    assert not button(dialog, "Save and use").isEnabled()
    assert not button(dialog, "Test").isEnabled()
