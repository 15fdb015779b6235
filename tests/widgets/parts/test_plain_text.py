"""A canary in a name, a cell or a message is seen as the text that it is; nothing is fetched for it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from widgets.parts.plain_text import message_box, notification, password_dialog, plain_tip, set_tip

CANARY = '<img src="file:///etc/canary.png"><b>a</b>  &lt;b> & c\nd'


class Watched(QTextDocument):
    """A document, as tooltips are drawn by one, that tells what it wants to load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wanted: list[str] = []
        self.setHtml(text)
        self.size()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        self.wanted.append(QUrl(name).toString())
        return None


@pytest.mark.usefixtures("qapp")
def test_a_tooltip_is_the_text_and_loads_nothing() -> None:
    assert set(Watched(CANARY).wanted) == {"file:///etc/canary.png"}
    shown = Watched(plain_tip(CANARY))
    assert shown.wanted == []
    # A line break within a paragraph is a line separator there.
    assert shown.toPlainText().replace("\u2028", "\n") == CANARY


@pytest.mark.parametrize("text", ["", "orders.xlsx", "two\nlines", "a > b"])
def test_ordinary_tooltips_stay_as_they_are(text: str) -> None:
    assert plain_tip(text) == text


@pytest.mark.parametrize("text", ["&lt;b>", "a\n<b>", " <b>", "<?xml"])
def test_whatever_may_be_taken_for_markup_is_escaped(text: str) -> None:
    assert plain_tip(text).startswith("<qt>")


def test_dialogs_and_boxes_show_plain_text(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    for dialog in (message_box(parent, CANARY, CANARY, CANARY), password_dialog(parent, CANARY, CANARY)):
        said = [label for label in dialog.findChildren(QLabel) if label.text() == CANARY]
        assert said
        assert {label.textFormat() for label in said} == {Qt.TextFormat.PlainText}
    set_tip(parent, CANARY)
    assert parent.toolTip() == plain_tip(CANARY)


def test_notifications_hold_no_tag() -> None:
    assert "<" not in notification(CANARY)
    assert ">" not in notification(CANARY)
