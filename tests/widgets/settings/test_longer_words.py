"""The Settings page in a language whose words are 40% longer, in a narrow window: no choice is cut off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from widgets.settings.settings_page import SettingsPage
from widgets.theme import Theme
from workers.core.settings.catalogue import CATALOGUE
from workers.core.settings.resolve import resolve
from workers.core.settings.schema import Category, SettingContext

SETTINGS = resolve({}, {}, {}, SettingContext(cores=8, memory=16 * 1024**3))


class LongWords(QTranslator):
    """Every text with 40% more letters."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The text and what another language would need beyond it."""
        return text + "n" * max(1, round(len(text) * 0.4))

    def isEmpty(self) -> bool:
        """There is a text for everything."""
        return False


@pytest.fixture
def long_words(qapp: QApplication) -> Iterator[None]:
    translator = LongWords()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def cut_off(page: QWidget) -> list[str]:
    """Choices and buttons that have less room than their words take."""
    boxes = [(box, box.currentText()) for box in page.findChildren(QComboBox)]
    # A button in a field is a sign without words.
    buttons = [b for b in page.findChildren(QAbstractButton) if not isinstance(b.parent(), QLineEdit)]
    found = []
    for widget, words in (*boxes, *((button, button.text()) for button in buttons)):
        if words and widget.isVisible() and widget.width() < widget.sizeHint().width():
            found.append(f"{words}: {widget.width()} of {widget.sizeHint().width()}")
    return found


@pytest.mark.usefixtures("long_words")
@pytest.mark.parametrize("width", [900, 1200])
def test_no_choice_is_cut_off(qtbot: QtBot, qapp: QApplication, width: int) -> None:
    page = SettingsPage(Theme(qapp), CATALOGUE.settings)
    qtbot.addWidget(page)
    page.resize(width, 800)
    with qtbot.waitExposed(page):
        page.show()
    page.show_settings(SETTINGS)
    page.form.build_all()
    for category in Category:
        page.show_category(category)
        qtbot.waitUntil(lambda: cut_off(page) == [])
